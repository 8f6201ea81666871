// Another text for one paragraph: the old one quoted, the new one, why.
import { useState, type FormEvent } from 'react';
import type { Paragraph, postProposal } from '../../shared/minutes.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { newKey } from '../platform/new-key.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { minutesWords } from '../words/minutes.ts';
import { textOf } from './read-part.tsx';

export function Propose({ paragraph, meetingId, onClose }: { paragraph: Paragraph; meetingId: string; onClose: () => void }) {
  const w = useWords(minutesWords);
  // As it was when the dialog opened: what somebody else changes meanwhile is refused, not overwritten.
  const [oldText] = useState(() => textOf(paragraph));
  const [newText, setNewText] = useState(oldText);
  const [reason, setReason] = useState('');
  const [key] = useState(newKey);
  const send = useWrite<typeof postProposal>('POST', '/api/meetings/:id/minutes/proposals', ['/api/meetings/:id/minutes']);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await send.run({ params: { id: meetingId }, body: { key, paragraph: paragraph.id, oldText, newText, reason } })) onClose();
  }
  return (
    <Dialog title={w.propose} onClose={onClose} side>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <div>
          <p className="quiet s">{w.oldText}</p>
          <blockquote className="quoted">{oldText === '' ? w.emptyParagraph : oldText}</blockquote>
        </div>
        <Field label={w.newText} hint={w.newTextHint} error={fieldFailure(send.failure, 'newText')}>
          {(props) => <textarea {...props} rows={6} maxLength={5000} value={newText} onChange={(event) => setNewText(event.target.value)} />}
        </Field>
        <TextField label={w.reason} value={reason} onValue={setReason} required maxLength={300} error={fieldFailure(send.failure, 'reason')} />
        {send.failure && (
          <Note tone="alarm" alert>
            {send.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button type="submit" kind="main" busy={send.busy} disabled={newText.trim() === oldText}>
            {w.send}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
