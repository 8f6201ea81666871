// Rows pasted from a table become holidays in the form; what cannot be read is named by its row. Nothing is saved by it.
import { useState } from 'react';
import type { Holiday, postHolidayReading } from '../../shared/planning.ts';
import { useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { planningWords } from '../words/planning.ts';

export function PasteHolidays({ onRead }: { onRead: (holidays: readonly Holiday[]) => void }) {
  const w = useWords(planningWords);
  const [text, setText] = useState('');
  const read = useWrite<typeof postHolidayReading>('POST', '/api/holidays/reading');
  async function run(): Promise<void> {
    const done = await read.run({ body: text });
    if (!done) return;
    onRead(done.reply.holidays);
    if (done.reply.problems.length === 0) setText('');
  }
  return (
    <details className="more">
      <summary>{w.paste}</summary>
      <div className="stack">
        <Field label={w.paste} hint={w.pasteHint}>
          {(props) => <textarea {...props} rows={6} wrap="off" spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
        {read.failure && (
          <Note tone="alarm" alert>
            {read.failure.message}
          </Note>
        )}
        {read.reply && (
          <div role="status">
            <p>{w.pasted(read.reply.holidays.length)}</p>
            {read.reply.problems.map(({ row, reason }) => (
              <p key={row} className="error">
                {w.pasteProblem(String(row), reason)}
              </p>
            ))}
          </div>
        )}
        <div>
          <Button busy={read.busy} disabled={text.trim() === ''} onClick={() => void run()}>
            {w.pasteDo}
          </Button>
        </div>
      </div>
    </details>
  );
}
