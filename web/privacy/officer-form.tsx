// Whom the notice names for personal data; for the administrator.
import { useState, type FormEvent } from 'react';
import type { putDataOfficer } from '../../shared/privacy.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { privacyWords } from '../words/privacy.ts';

export function OfficerForm({ officer }: { officer: string | null }) {
  const w = useWords(privacyWords);
  const c = useWords(commonWords);
  const [text, setText] = useState(officer ?? '');
  const put = useWrite<typeof putDataOfficer>('PUT', '/api/retention/officer', ['/api/retention', '/api/me/data']);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await put.run({ body: { officer: text.trim() === '' ? null : text } });
  }
  return (
    <form className="stack officer" onSubmit={(event) => void submit(event)}>
      <TextField
        label={w.officerTitle}
        hint={w.officerHint}
        optional
        placeholder={w.officerDefault}
        value={text}
        onValue={setText}
        error={fieldFailure(put.failure, 'officer')}
        maxLength={200}
      />
      {put.failure && (
        <Note tone="alarm" alert>
          {put.failure.message}
        </Note>
      )}
      <div className="row">
        <Button type="submit" busy={put.busy} disabled={text === (officer ?? '')}>
          {c.save}
        </Button>
      </div>
    </form>
  );
}
