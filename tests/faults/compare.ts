// What the sheet says beside the truth. Pure: see 0011-faults.md for what counts as lost and as invented.
import { MERGE_GAP_MS } from '../../server/attendance/intervals.ts';
import { joined, overlap, type Span } from './truth.ts';

/** An interval of the sheet; `to: null` = it says that the person is still inside. */
export type Written = { from: number; to: number | null };
/** Seconds: ends that a witness could see, and ends that none could. */
export type Verdict = {
  visits: number;
  lost: number;
  invented: number;
  witnessed: number[];
  unwitnessed: number[];
  problems: string[];
  /** What lies behind a lost or invented visit, or a large error. */ notes: string[];
};

/** A leave is told in whole seconds. */
const TOLD_WITHIN_MS = 1000;
/** Time beside the truth that a sheet may give: the bound where no witness was there. */
const MAY_EXCEED_MS = 30_000;

const NOTED_MS = 8_000;

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
  const verdict: Verdict = { visits: 0, lost: 0, invented: 0, witnessed: [], unwitnessed: [], problems: [], notes: [] };
  for (const person of new Set([...truth.keys(), ...sheet.keys()])) {
    const visits = truth.get(person) ?? [];
    const written = (sheet.get(person) ?? []).map(({ from, to }) => {
      if (to === null) verdict.problems.push(`${person} is inside for ever`);
      return { from: from - clockMs, to: (to ?? from) - clockMs };
    });
    const said = (): string => `${person}: true ${words(visits)}; sheet ${words(written)}`;
    const note = (at: number, errorMs: number): void => {
      const dark = blind.some(({ from, to }) => at >= from - TOLD_WITHIN_MS && at <= to + TOLD_WITHIN_MS);
      verdict[dark ? 'unwitnessed' : 'witnessed'].push(Math.abs(errorMs) / 1000);
      if (Math.abs(errorMs) > NOTED_MS) verdict.notes.push(`${said()}${dark ? ' (nobody could see)' : ''}`);
    };
    verdict.visits += visits.length;
    const missed = visits.filter((visit) => !written.some((w) => touches(w, visit)));
    verdict.lost += missed.length;
    if (missed.length > 0) verdict.notes.push(`lost of ${said()}`);
    const whole = joined(visits, MERGE_GAP_MS);
    for (const interval of written) {
      const covered = whole.reduce((sum, visit) => sum + overlap(interval, visit), 0);
      const known = whole.some((visit) => touches(interval, visit));
      if (known && interval.to - interval.from - covered <= MAY_EXCEED_MS) continue;
      verdict.invented += 1;
      verdict.notes.push(`invented for ${said()}`);
    }
    for (const visit of whole) {
      const own = written.filter((w) => touches(w, visit)).toSorted((a, b) => a.from - b.from);
      const [first, last] = [own[0], own.at(-1)];
      if (!first || !last) continue;
      // An interval over two visits is judged by what it gives too much, above; its outer ends belong to the outer visits.
      if (!whole.some((other) => other.from < visit.from && touches(first, other))) note(visit.from, first.from - visit.from);
      if (!whole.some((other) => other.to > visit.to && touches(last, other))) note(visit.to, last.to - visit.to);
      // A hole is an error of the time in it that somebody was inside: the truth may have had one there itself.
      own.slice(1).forEach((next, n) => {
        const hole = { from: own[n]?.to ?? next.from, to: next.from };
        for (const part of joined(visits, 0))
          if (overlap(part, hole) > 0) note(part.to < hole.to ? part.to : Math.max(part.from, hole.from), overlap(part, hole));
      });
    }
  }
  return verdict;
}

const touches = (interval: Span, visit: Span): boolean => interval.from <= visit.to + TOLD_WITHIN_MS && interval.to >= visit.from - TOLD_WITHIN_MS;
const words = (spans: readonly Span[]): string =>
  spans.map(({ from, to }) => `${new Date(from).toISOString().slice(11, 21)}–${new Date(to).toISOString().slice(11, 21)}`).join(', ') || 'nothing';
