// The day of one person: a planned WFH day is marked by joining an official meeting, and by nothing a person presses.
// Other codes are not judged by meetings. The machine never writes an absence; where the portal was away it says so instead.
import type { DayRow } from '../../shared/attendance.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { Zone } from '../../shared/people.ts';
import type { Interval } from './intervals.ts';
import { boundsOf } from '../platform/local-time.ts';
import { minutesOf } from './sheet.ts';
import { lengthOf, within, type Span } from './spans.ts';

/** One meeting a person was in, or one conference; its intervals may belong to more than one day. */
export type Attended = { meetingId: string; title: string; intervals: readonly Interval[]; conference?: { opens: boolean } | undefined };
export type DayReading = Pick<DayRow, 'mark' | 'evidence'>;

/** Outages and invitations as spans, sorted and disjoint; `accepted`: a named human decided that this was a WFH day kept. `work`: of the office that day. */
export type DayFacts = { date: string; zone: Zone; now: Date; outages?: readonly Span[]; invited?: readonly Span[]; accepted?: boolean; work?: DayWork };
type DayWork = { expected: boolean; hours: Span | null };

const HOUR_MS = 3_600_000;
/** Where the office has no hours on a day somebody works nevertheless; and how much of the hours may be gone. Our own rule. */
const OFFICE_HOURS = { from: 6, to: 18 };
const OUTAGE_EXCUSES_MS = 15 * 60_000;

export function markOf(code: DayCode | null, attended: readonly Attended[], facts: DayFacts): DayReading {
  if (code !== 'WFH') return { mark: 'tidak_dinilai', evidence: [] };
  const evidence = attended.flatMap((meeting) => evidenceOf(meeting, facts.date, facts.zone, facts.now)).toSorted((a, b) => (a.from < b.from ? -1 : 1));
  if (evidence.length > 0 || facts.accepted) return { mark: 'hadir_wfh', evidence };
  // A holiday told of after the plan was made: nobody is expected.
  if (facts.work && !facts.work.expected) return { mark: 'tidak_dinilai', evidence };
  return { mark: excusedByOutage(facts) ? 'gangguan_sistem' : 'belum_ada_bukti', evidence };
}

/** The portal was away in a meeting this person was invited to, or for a quarter of an hour of the working day. */
export function excusedByOutage({ date, zone, outages = [], invited = [], work }: DayFacts): boolean {
  const day = boundsOf(date, zone);
  const midnight = day.from.getTime();
  const hours = work?.hours ?? { from: midnight + OFFICE_HOURS.from * HOUR_MS, to: midnight + OFFICE_HOURS.to * HOUR_MS };
  const worked = within(outages, hours.from, hours.to);
  if (lengthOf(worked) >= OUTAGE_EXCUSES_MS) return true;
  return within(invited, midnight, day.to.getTime()).some((meeting) => within(outages, meeting.from, meeting.to).length > 0);
}

function evidenceOf({ meetingId, title, intervals, conference }: Attended, date: string, zone: Zone, now: Date): DayRow['evidence'] {
  const parts = intervals.flatMap((interval) => partOn(interval, date, zone, now));
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return [];
  const seen = { from: first.from.toISOString(), to: last.to?.toISOString() ?? null, minutes: minutesOf(parts, now) };
  return [{ meetingId, title, ...seen, ...(conference && { conference }) }];
}

/** What of an interval falls on that local day: minutes split at the midnight of the office. */
export function partOn({ from, to }: Pick<Interval, 'from' | 'to'>, date: string, zone: Zone, now: Date): { from: Date; to: Date | null }[] {
  const day = boundsOf(date, zone);
  const end = to ?? now;
  if (from >= day.to || end < day.from || (from < day.from && end.getTime() === day.from.getTime())) return [];
  const stillOpen = to === null && now < day.to;
  return [{ from: from < day.from ? day.from : from, to: stillOpen ? null : end > day.to ? day.to : end }];
}
