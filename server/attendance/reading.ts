// One person and one day, read from the log: what the machine proposes, and what a named human then confirms. Pure; days are
// counted from the first of the period, because a zone without summer time has days of 24 hours.
import { createHash } from 'node:crypto';
import type { DayRow } from '../../shared/attendance.ts';
import type { Zone } from '../../shared/people.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { Confidence, Interval } from './intervals.ts';
import { boundsOf, dayIn } from './local-time.ts';

type DayMark = DayRow['mark'];
export type DayReading = {
  personId: string;
  date: string;
  code: DayCode | null;
  basis: string | null;
  mark: DayMark;
  /** Inside a meeting, whichever: two at once count once. */
  minutes: number;
  meetings: number;
  /** Meetings entered late, on the day of entering. */
  late: number;
  confidence: Confidence | null;
  outage: boolean;
  corrected: boolean;
  /** Somebody objects, and nobody has decided yet. */
  objected: boolean;
  /** SHA-256 of what a confirmation confirms: code, mark, what was corrected. */
  fingerprint: string;
};

/** One visit to a meeting; `to: null` = still inside. */
export type Visit = { meetingId: string; from: Date; to: Date | null; confidence: Confidence; late: boolean };
/** What of a correction changes a reading: a mark of a day. Times in a meeting come as visits. */
export type MarkedDay = { id: string; date: string; meetingId: string | null; mark: 'hadir_wfh' | null };
export type Known = {
  personId: string;
  /** By days after the first of the period. */
  codes: ReadonlyMap<number, { code: DayCode; basis: string }>;
  visits: readonly Visit[];
  corrections: readonly MarkedDay[];
  openDates: ReadonlySet<string>;
};

export type Period = { dates: readonly string[]; from: Date; to: Date; now: Date; outages: ReadonlySet<number> };

const DAY_MS = 86_400_000;

/** `from` and `to` are days of the office, both included. `outages`: when the portal was away; an open one has no end. */
export function periodOf(
  zone: Zone,
  from: string,
  to: string,
  { now, outages = [] }: { now: Date; outages?: readonly { from: Date; to: Date | null }[] },
): Period {
  const [first, last] = [boundsOf(from, zone), boundsOf(to, zone)];
  const count = Math.max(0, Math.round((last.to.getTime() - first.from.getTime()) / DAY_MS));
  const dates = Array.from({ length: count }, (_, n) => dayIn(new Date(first.from.getTime() + n * DAY_MS), zone));
  const period = { dates, from: first.from, to: last.to, now, outages: new Set<number>() };
  for (const outage of outages) for (const n of daysTouched(outage, period)) period.outages.add(n);
  return period;
}

function daysTouched({ from, to }: { from: Date; to: Date | null }, { dates, from: start, now }: Pick<Period, 'dates' | 'from' | 'now'>): number[] {
  const end = (to ?? now).getTime();
  const first = Math.floor((from.getTime() - start.getTime()) / DAY_MS);
  // An end at midnight belongs to the day before, unless that is all there is.
  const last = Math.max(first, Math.ceil((end - start.getTime()) / DAY_MS) - 1);
  const touched: number[] = [];
  for (let n = Math.max(0, first); n <= Math.min(last, dates.length - 1); n += 1) touched.push(n);
  return touched;
}

/** The days of a period on which this person has a code or was seen, or has something corrected or open. */
export function daysOf(known: Known, period: Period): DayReading[] {
  const days: (Visit[] | undefined)[] = [];
  for (const visit of known.visits) for (const n of daysTouched(visit, period)) (days[n] ??= []).push(visit);
  const readings: DayReading[] = [];
  period.dates.forEach((date, n) => {
    const { code = null, basis = null } = known.codes.get(n) ?? {};
    const visits = days[n] ?? [];
    const corrections = known.corrections.length === 0 ? [] : known.corrections.filter((c) => c.date === date);
    const objected = known.openDates.has(date);
    if (code === null && visits.length === 0 && corrections.length === 0 && !objected) return;
    const byHand = corrections.some((c) => c.mark !== null);
    const outage = period.outages.has(n);
    const mark = markFor(code, visits.length > 0 || byHand, outage);
    const corrected = corrections.length > 0;
    readings.push({
      personId: known.personId,
      date,
      code,
      basis,
      mark,
      ...insideOn(visits, n, period),
      confidence: byHand ? 'manual' : weakest(visits),
      outage,
      corrected,
      objected,
      fingerprint: fingerprint(code, mark, corrections.map((c) => c.id).toSorted()),
    });
  });
  return readings;
}

/** Never an absence: only a named human says so. */
const markFor = (code: DayCode | null, seen: boolean, outage: boolean): DayMark =>
  code !== 'WFH' ? 'tidak_dinilai' : seen ? 'hadir_wfh' : outage ? 'gangguan_sistem' : 'belum_ada_bukti';

function insideOn(visits: readonly Visit[], n: number, { from, now }: Period): Pick<DayReading, 'minutes' | 'meetings' | 'late'> {
  if (visits.length === 0) return { minutes: 0, meetings: 0, late: 0 };
  const start = from.getTime() + n * DAY_MS;
  const spans = visits
    .map((v) => [Math.max(v.from.getTime(), start), Math.min((v.to ?? now).getTime(), start + DAY_MS)] as const)
    .toSorted((a, b) => a[0] - b[0]);
  let [sum, until] = [0, -Infinity];
  for (const [begin, end] of spans) {
    sum += Math.max(0, end - Math.max(begin, until));
    until = Math.max(until, end);
  }
  const late = visits.filter((v) => v.late && v.from.getTime() >= start && v.from.getTime() < start + DAY_MS).length;
  return { minutes: Math.round(sum / 60_000), meetings: new Set(visits.map((v) => v.meetingId)).size, late };
}

function weakest(visits: readonly Visit[]): Confidence | null {
  if (visits.length === 0) return null;
  return visits.some((v) => v.confidence === 'manual') ? 'manual' : visits.some((v) => v.confidence === 'perkiraan') ? 'perkiraan' : 'pasti';
}

/** The same few readings come again and again: each is hashed once. */
const hashed = new Map<string, string>();
function fingerprint(code: DayCode | null, mark: DayMark, corrections: readonly string[]): string {
  const text = `${code ?? '-'} ${mark} ${corrections.join(' ')}`;
  const known = hashed.get(text);
  if (known !== undefined) return known;
  const made = createHash('sha256').update(text).digest('hex');
  if (corrections.length === 0) hashed.set(text, made);
  return made;
}

/** The visits of one person to one meeting; the first decides whether they were late. */
export const visitsOf = (meetingId: string, intervals: readonly Interval[], late: (first: Date) => boolean): Visit[] =>
  intervals.map(({ from, to, confidence }, n) => ({ meetingId, from, to, confidence, late: n === 0 && late(from) }));
