// What is known of such a day, in one line.
import type { MachineCase } from '../../shared/machine.ts';
import type { Zone } from '../../shared/people.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { machineWords } from '../words/machine.ts';

export function Known({ row, zone }: { row: MachineCase; zone: Zone }) {
  const w = useWords(machineWords);
  const f = useFormats();
  const { punches, hours, dayName, meetings, minutes, basis } = row.facts;
  const times = punches.map(({ at, device }) => `${f.time(at, zone)}${device === null ? '' : ` (${device})`}`);
  const known = [
    punches.length > 0 ? w.knownTouches(times.join(', ')) : w.knownNone,
    hours && w.knownHours(f.span(hours.from, hours.to, zone)),
    dayName,
    meetings > 0 && w.knownMeetings(meetings, minutes),
    basis,
  ].filter(Boolean);
  return <span className="s case-known">{known.join('; ')}</span>;
}
