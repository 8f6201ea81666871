// Asks once, and for the reason that stays on record.
import { useState, type FormEvent } from 'react';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';

type Props = {
  title: string;
  text: string;
  label: string;
  yes: string;
  busy: boolean;
  failure: string | undefined;
  onYes: (reason: string) => void;
  onClose: () => void;
};

export function ReasonDialog({ title, text, label, yes, busy, failure, onYes, onClose }: Props) {
  const c = useWords(commonWords);
  const [reason, setReason] = useState('');
  function submit(event: FormEvent): void {
    event.preventDefault();
    onYes(reason);
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>{text}</p>
        <Field label={label}>
          {(props) => <textarea {...props} rows={3} required maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        {failure !== undefined && (
          <Note tone="alarm" alert>
            {failure}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="alarm" busy={busy} disabled={reason.trim() === ''}>
            {yes}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
