// One person and one day, read from the log: what the machine proposes, and what a named human then confirms. Pure; times in
// milliseconds. Days are counted from the first of the period: a zone without summer time has days of 24 hours.
import { createHash } from 'node:crypto';
import type { DayRow } from '../../shared/attendance.ts';
import type { Zone } from '../../shared/people.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { Confidence } from './intervals.ts';
import { excusedByOutage, type DayFacts } from './day.ts';
import { boundsOf, dayIn } from '../platform/local-time.ts';
import { lengthOf, unionOf, within, type Span } from './spans.ts';

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
  /** The portal was away when this person may have tried to be there (day.ts). */
  outage: boolean;
  corrected: boolean;
  /** Somebody objects, and nobody has decided yet. */
  objected: boolean;
  /** SHA-256 of what a confirmation confirms: code, mark, what was corrected. */
  fingerprint: string;
};

/** One visit to a meeting; an open one goes up to now. */
export type Visit = Span & { meetingId: string; confidence: Confidence; late: boolean; open: boolean };
/** What of an accepted correction changes a reading. Times in a meeting come as visits. */
export type Corrected = { id: string; date: string; meetingId: string | null; mark: 'hadir_wfh' | null };
export type Known = {
  personId: string;
  /** By days after the first of the period. */
  codes: ReadonlyMap<number, { code: DayCode; basis: string }>;
  visits: readonly Visit[];
  corrections: readonly Corrected[];
  openDates: ReadonlySet<string>;
  /** When there was a meeting to be in; only looked at on days of an outage. */
  invited: readonly Span[];
  /** The office's day; without it every day is one of 6 to 18 hours. */
  work?: (date: string) => NonNullable<DayFacts['work']>;
};
export type Period = { zone: Zone; dates: readonly string[]; from: number; to: number; away: readonly Span[]; awayOn: ReadonlySet<number> };

const DAY_MS = 86_400_000;

/** `from` and `to` are days of the office, both included. `away`: outages, sorted and disjoint. */
export function periodOf(zone: Zone, from: string, to: string, away: readonly Span[] = []): Period {
  const [start, end] = [boundsOf(from, zone).from.getTime(), boundsOf(to, zone).to.getTime()];
  const dates = Array.from({ length: Math.max(0, Math.round((end - start) / DAY_MS)) }, (_, n) => dayIn(new Date(start + n * DAY_MS), zone));
  const awayOn = new Set([...dates.keys()].filter((n) => within(away, start + n * DAY_MS, start + (n + 1) * DAY_MS).length > 0));
  return { zone, dates, from: start, to: end, away, awayOn };
}

/** The days of a period on which this person has a code, was seen, or has something corrected or open. */
export function daysOf({ personId, codes, visits, corrections, openDates, invited, work }: Known, period: Period): DayReading[] {
  const seen = byDay(visits, period);
  const readings: DayReading[] = [];
  period.dates.forEach((date, n) => {
    const { code, basis } = codes.get(n) ?? uncoded;
    const here = seen[n] ?? nobody;
    const changed =
      corrections.length === 0 ? nobody : corrections.filter((c) => (c.meetingId === null ? c.date === date : here.some((v) => v.meetingId === c.meetingId)));
    const objected = openDates.has(date);
    if (code === null && here.length === 0 && changed.length === 0 && !objected) return;
    const byHand = changed.some((c) => c.mark !== null);
    const office = code === 'WFH' || period.awayOn.has(n) ? work?.(date) : undefined;
    const outage =
      period.awayOn.has(n) &&
      excusedByOutage({ date, zone: period.zone, now: new Date(period.to), outages: period.away, invited, ...(office && { work: office }) });
    const mark = markFor(code, here.length > 0 || byHand, { outage, expected: office?.expected ?? true });
    const { minutes, meetings, late } = here.length === 0 ? nothing : insideOn(here, period.from + n * DAY_MS);
    const confidence = byHand ? 'manual' : weakest(here);
    const corrected = changed.length > 0;
    readings.push({
      personId,
      date,
      code,
      basis,
      mark,
      minutes,
      meetings,
      late,
      confidence,
      outage,
      corrected,
      objected,
      fingerprint: fingerprintOf(code, mark, changed),
    });
  });
  return readings;
}
const uncoded = { code: null, basis: null };
const nobody: readonly never[] = [];

function byDay(visits: readonly Visit[], { dates, from }: Period): (Visit[] | undefined)[] {
  const days: (Visit[] | undefined)[] = [];
  for (const visit of visits) {
    const first = Math.floor((visit.from - from) / DAY_MS);
    // An end at midnight belongs to the day before, unless that is all there is.
    const last = Math.max(first, Math.ceil((visit.to - from) / DAY_MS) - 1);
    for (let n = Math.max(0, first); n <= Math.min(last, dates.length - 1); n += 1) (days[n] ??= []).push(visit);
  }
  return days;
}

/** Never an absence: only a named human says so. */
const markFor = (code: DayCode | null, seen: boolean, { outage, expected }: { outage: boolean; expected: boolean }): DayMark =>
  code !== 'WFH' || (!seen && !expected) ? 'tidak_dinilai' : seen ? 'hadir_wfh' : outage ? 'gangguan_sistem' : 'belum_ada_bukti';

const nothing = { minutes: 0, meetings: 0, late: 0 };
function insideOn(visits: readonly Visit[], start: number): typeof nothing {
  const end = start + DAY_MS;
  const spans = within(visits.length === 1 ? visits : unionOf(visits), start, end);
  const late = visits.filter((v) => v.late && v.from >= start && v.from < end).length;
  const meetings = visits.length === 1 ? 1 : new Set(visits.map((v) => v.meetingId)).size;
  return { minutes: Math.round(lengthOf(spans) / 60_000), meetings, late };
}

const weakest = (visits: readonly Visit[]): Confidence | null =>
  (['manual', 'perkiraan', 'pasti'] as const).find((confidence) => visits.some((v) => v.confidence === confidence)) ?? null;

/** The same few readings come again and again: each is hashed once. */
const hashed = new Map<string, string>();
function fingerprintOf(code: DayCode | null, mark: DayMark, corrections: readonly Corrected[]): string {
  const text = `${code ?? '-'} ${mark}`;
  if (corrections.length > 0) return sha256([text, ...corrections.map((c) => c.id).toSorted()].join(' '));
  const before = hashed.get(text);
  if (before !== undefined) return before;
  const made = sha256(text);
  hashed.set(text, made);
  return made;
}
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
