// What the sheet says beside the truth. Pure: see 0011-faults.md for what counts as lost and as invented.
import { MERGE_GAP_MS } from '../../server/attendance/intervals.ts';
import { joined, overlap, type Span } from './truth.ts';

/** An interval of the sheet; `to: null` = it says that the person is still inside. */
export type Written = { from: number; to: number | null };
/** Seconds: ends that a witness could see, and ends that none could. */
export type Verdict = { visits: number; lost: number; invented: number; witnessed: number[]; unwitnessed: number[]; problems: string[] };

/** A leave is told in whole seconds. */
const TOLD_WITHIN_MS = 1000;
/** Time beside the truth that a sheet may give: the bound where no witness was there. */
const MAY_EXCEED_MS = 30_000;

type Circumstances = {
  /** When no witness could see an end: portal, media server or client were gone or still. */
  blind?: readonly Span[];
  /** What the portal's clock shows more than the true time. */
  clockMs?: number;
};

export function compare(
  truth: ReadonlyMap<string, readonly Span[]>,
  sheet: ReadonlyMap<string, readonly Written[]>,
  { blind = [], clockMs = 0 }: Circumstances = {},
): Verdict {
  const verdict: Verdict = { visits: 0, lost: 0, invented: 0, witnessed: [], unwitnessed: [], problems: [] };
  const note = (at: number, errorMs: number): void => {
    const dark = blind.some(({ from, to }) => at >= from - TOLD_WITHIN_MS && at <= to + TOLD_WITHIN_MS);
    verdict[dark ? 'unwitnessed' : 'witnessed'].push(Math.abs(errorMs) / 1000);
  };
  for (const person of new Set([...truth.keys(), ...sheet.keys()])) {
    const visits = truth.get(person) ?? [];
    const written = (sheet.get(person) ?? []).map(({ from, to }) => {
      if (to === null) verdict.problems.push(`${person} is inside for ever`);
      return { from: from - clockMs, to: (to ?? from) - clockMs };
    });
    verdict.visits += visits.length;
    verdict.lost += visits.filter((visit) => !written.some((w) => touches(w, visit))).length;
    const whole = joined(visits, MERGE_GAP_MS);
    for (const interval of written) {
      const covered = whole.reduce((sum, visit) => sum + overlap(interval, visit), 0);
      if (!whole.some((visit) => touches(interval, visit)) || interval.to - interval.from - covered > MAY_EXCEED_MS) verdict.invented += 1;
    }
    for (const visit of whole) {
      const own = written.filter((w) => touches(w, visit)).toSorted((a, b) => a.from - b.from);
      const [first, last] = [own[0], own.at(-1)];
      if (!first || !last) continue;
      // An interval over two visits is judged by what it gives too much, above; its outer ends belong to the outer visits.
      if (!whole.some((other) => other.from < visit.from && touches(first, other))) note(visit.from, first.from - visit.from);
      if (!whole.some((other) => other.to > visit.to && touches(last, other))) note(visit.to, last.to - visit.to);
      // A hole in one visit is an error of its length.
      own.slice(1).forEach((next, n) => note(next.from, next.from - (own[n]?.to ?? next.from)));
    }
  }
  return verdict;
}

const touches = (interval: Span, visit: Span): boolean => interval.from <= visit.to + TOLD_WITHIN_MS && interval.to >= visit.from - TOLD_WITHIN_MS;
