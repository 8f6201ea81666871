// Moving a meeting asks once: from when to when, and why. Whether it was dragged here or called by M, the hours can still be mended.
import { useState, type FormEvent } from 'react';
import type { CalendarEntry } from '../../shared/calendar.ts';
import type { Zone } from '../../shared/people.ts';
import type { putPlan } from '../../shared/planning.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { clockField, dayAfter, instantAt, localIn, useFormats, zoneName } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { calendarWords } from '../words/calendar.ts';
import { commonWords } from '../words/common.ts';
import type { Times } from './days.ts';

type Props = { entry: CalendarEntry; times: Times; zone: Zone; onClose: () => void; onDone: (said: string) => void };

export default function MoveDialog({ entry, times, zone, onClose, onDone }: Props) {
  const w = useWords(calendarWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const [day, setDay] = useState(localIn(times.startsAt, zone).slice(0, 10));
  const [start, setStart] = useState(clockField(times.startsAt, zone));
  const [end, setEnd] = useState(times.endsAt === null ? '' : clockField(times.endsAt, zone));
  const [reason, setReason] = useState('');
  const plan = useWrite<typeof putPlan>('PUT', '/api/meetings/:id/plan', [
    '/api/calendar',
    '/api/meetings',
    '/api/meetings/:id',
    '/api/meetings/:id/plan',
    '/api/meetings/:id/plan/changes',
    '/api/meetings/:id/letters',
    '/api/facilities',
  ]);
  const whole = day !== '' && start !== '';
  const startsAt = whole ? instantAt(day, start, zone) : entry.startsAt;
  // An end before its start is one after midnight.
  const endsAt = end === '' ? null : instantAt(whole && end <= start ? dayAfter(day, 1) : day, end, zone);
  const told = (at: Times): string => `${f.dayOf(at.startsAt, zone)}, ${f.span(at.startsAt, at.endsAt, zone)}`;
  const next = { startsAt, endsAt };
  const same = Date.parse(startsAt) === Date.parse(entry.startsAt) && endsAt?.slice(0, 16) === entry.endsAt?.slice(0, 16);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!whole) return;
    const done = await plan.run({ params: { id: entry.id }, body: { ...next, version: entry.version, reason: reason.trim() === '' ? null : reason } });
    if (done) onDone(w.moved(entry.title ?? '', told(next)));
  }

  return (
    <Dialog title={w.moveTitle} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p className="cal-moving">{entry.title}</p>
        <dl className="cal-change">
          <dt>{w.moveFrom}</dt>
          <dd>{told(entry)}</dd>
          <dt>{w.moveTo}</dt>
          <dd aria-live="polite">
            {told(next)}
            {entry.zone !== zone && <small> {w.officeTime(f.span(startsAt, endsAt, entry.zone))}</small>}
          </dd>
        </dl>
        <div className="cal-fields">
          <TextField type="date" label={w.date} value={day} onValue={setDay} required error={undefined} />
          <TextField
            type="time"
            label={`${w.start} (${zoneName(zone)})`}
            value={start}
            onValue={setStart}
            required
            error={fieldFailure(plan.failure, 'startsAt')}
          />
          <TextField type="time" label={w.end} value={end} onValue={setEnd} required={entry.endsAt !== null} error={fieldFailure(plan.failure, 'endsAt')} />
        </div>
        <TextField
          label={w.reason}
          hint={w.reasonHint}
          optional
          value={reason}
          onValue={setReason}
          maxLength={300}
          autoComplete="off"
          error={fieldFailure(plan.failure, 'reason')}
        />
        <p className="quiet s">
          {w.moveTells}
          {entry.series && ` ${w.moveSeries}`}
        </p>
        {plan.failure && (
          <p className="note note-alarm" role="alert">
            {plan.failure.message}
          </p>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={plan.busy} disabled={same || !whole}>
            {w.move}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
