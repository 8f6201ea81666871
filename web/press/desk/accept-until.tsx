// Accepted here, and by itself elsewhere until a day.
import { useState, type FormEvent } from 'react';
import type { Zone } from '../../../shared/people.ts';
import type { Refused } from '../../platform/call.ts';
import { dayAfter, dayIn } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/notice.tsx';
import { commonWords } from '../../words/common.ts';
import { deskWords } from '../../words/press-desk.ts';

/** Offered first: a year. */
const USUAL_DAYS = 365;
type Props = { name: string; zone: Zone; busy: boolean; failure: Refused | undefined; onYes: (day: string) => void; onClose: () => void };

export function AcceptUntil({ name, zone, busy, failure, onYes, onClose }: Props) {
  const w = useWords(deskWords);
  const c = useWords(commonWords);
  const today = dayIn(zone);
  const [day, setDay] = useState(dayAfter(today, USUAL_DAYS));
  function submit(event: FormEvent): void {
    event.preventDefault();
    onYes(day);
  }
  return (
    <Dialog title={w.acceptUntilTitle(name)} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>{w.acceptUntilText}</p>
        <TextField label={w.until} type="date" value={day} onValue={setDay} min={today} max={dayAfter(today, 2 * 365)} required />
        {failure && (
          <Note tone="alarm" alert>
            {failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={busy}>
            {w.accept}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
