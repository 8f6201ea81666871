// One code with its basis for everybody ticked on the day board.
import { useState, type FormEvent } from 'react';
import type { DayCode, putDayCodes } from '../../shared/roster.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Code } from '../ui/marks.tsx';
import { Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { rosterWords } from '../words/roster.ts';
import './roster.css';

const codes: readonly DayCode[] = ['WFO', 'WFH', 'PIKET', 'DL', 'CUTI', 'SAKIT', 'LIBUR'];
type Props = { opdId: string; date: string; people: readonly { id: string; name: string }[]; onDone: () => void; onClose: () => void };

export default function SetCodes({ opdId, date, people, onDone, onClose }: Props) {
  const w = useWords(rosterWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const [code, setCode] = useState<DayCode>('WFH');
  const [basis, setBasis] = useState('');
  const put = useWrite<typeof putDayCodes>('PUT', '/api/opds/:id/day-codes', ['/api/opds/:id/day', '/api/me/day', '/api/me/home', '/api/duty']);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const done = await put.run({ params: { id: opdId }, body: { date, basis, codes: people.map((person) => ({ personId: person.id, code })) } });
    if (done) onDone();
  }

  const names = people.slice(0, 4).map((person) => person.name);
  return (
    <Dialog title={w.title(people.length)} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p className="quiet s">
          {f.day(date)}. {names.join('; ')}
          {people.length > 4 && ` ${w.others(people.length - 4)}`}
        </p>
        <fieldset className="code-choice">
          <legend className="legend">{w.code}</legend>
          {codes.map((one) => (
            <label key={one} className="check">
              <input type="radio" name="code" checked={one === code} onChange={() => setCode(one)} />
              <Code code={one} />
              <span>{c.codes[one]}</span>
            </label>
          ))}
        </fieldset>
        <TextField
          label={w.basis}
          hint={w.basisHint}
          value={basis}
          onValue={setBasis}
          error={fieldFailure(put.failure, 'basis')}
          required
          maxLength={200}
          autoComplete="off"
        />
        <p className="quiet s">{w.kept}</p>
        {put.failure && (
          <Note tone="alarm" alert>
            {put.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={put.busy}>
            {w.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
