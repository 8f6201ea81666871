// Date and hours in the zone of the office that convenes; beside it the person's own zone, when that is another.
import type { Zone } from '../../shared/people.ts';
import type { Refused } from '../platform/call.ts';
import { fieldFailure } from '../platform/api.ts';
import { useFormats, zoneName } from '../platform/format.ts';
import { useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { TextField } from '../ui/field.tsx';
import { planningWords } from '../words/planning.ts';
import { hasTimes, lasts, later, timesOf, type Form } from './form.ts';

export type WhenProps = { form: Form; onForm: (form: Form) => void; zone: Zone; opdName: string; failure: Refused | undefined };

export function WhenFields({ form, onForm, zone, opdName, failure }: WhenProps) {
  const w = useWords(planningWords);
  const f = useFormats();
  const own = useZone();
  const times = hasTimes(form) ? timesOf(form, zone) : null;
  // The end goes along with the start.
  const start = (from: string): void => onForm({ ...form, from, to: from === '' || form.to === '' ? form.to : later(from, lasts(form)) });
  return (
    <div className="stack">
      <div className="plan-when">
        <TextField label={w.day} type="date" value={form.day} onValue={(day) => onForm({ ...form, day })} error={fieldFailure(failure, 'startsAt')} required />
        <TextField label={`${w.from} (${zoneName(zone)})`} type="time" value={form.from} onValue={start} required />
        <TextField label={w.to} type="time" value={form.to} onValue={(to) => onForm({ ...form, to })} error={fieldFailure(failure, 'endsAt')} />
      </div>
      {own !== zone && (
        <p className="hint" aria-live="polite">
          {w.officeZone(zoneName(zone), opdName)} {times && w.yours(`${f.shortDayOf(times.startsAt, own)}, ${f.span(times.startsAt, times.endsAt, own)}`)}
        </p>
      )}
    </div>
  );
}
