// The day of one person: a planned WFH day is marked by joining an official meeting, and by nothing a person presses.
// Other codes are not judged by meetings. The machine never writes an absence.
import type { DayRow } from '../../shared/attendance.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { Zone } from '../../shared/people.ts';
import type { Interval } from './intervals.ts';
import { boundsOf } from './local-time.ts';
import { minutesOf } from './sheet.ts';

/** One meeting a person was in; its intervals may belong to more than one day. */
export type Attended = { meetingId: string; title: string; intervals: readonly Interval[] };
export type DayReading = Pick<DayRow, 'mark' | 'evidence'>;

export function markOf(code: DayCode | null, attended: readonly Attended[], { date, zone, now }: { date: string; zone: Zone; now: Date }): DayReading {
  if (code !== 'WFH') return { mark: 'tidak_dinilai', evidence: [] };
  const evidence = attended.flatMap((meeting) => evidenceOf(meeting, date, zone, now)).toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return { mark: evidence.length > 0 ? 'hadir_wfh' : 'belum_ada_bukti', evidence };
}

function evidenceOf({ meetingId, title, intervals }: Attended, date: string, zone: Zone, now: Date): DayRow['evidence'] {
  const parts = intervals.flatMap((interval) => partOn(interval, date, zone, now));
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return [];
  return [{ meetingId, title, from: first.from.toISOString(), to: last.to?.toISOString() ?? null, minutes: minutesOf(parts, now) }];
}

/** What of an interval falls on that local day: minutes split at the midnight of the office. */
export function partOn({ from, to }: Pick<Interval, 'from' | 'to'>, date: string, zone: Zone, now: Date): { from: Date; to: Date | null }[] {
  const day = boundsOf(date, zone);
  const end = to ?? now;
  if (from >= day.to || end < day.from || (from < day.from && end.getTime() === day.from.getTime())) return [];
  const stillOpen = to === null && now < day.to;
  return [{ from: from < day.from ? day.from : from, to: stillOpen ? null : end > day.to ? day.to : end }];
}
