// What a run of faults has found: a row for each, what is wrong, one line of JSON.
import { median, report, round, table, type Aim } from '../bench/figures.ts';
import type { Verdict } from './compare.ts';

export type Result = { fault: string; verdict: Verdict };

/** Seconds. */
const AIMS = { median: 2, witnessed: 10, unwitnessed: 30 };

const nothing: Verdict = { visits: 0, lost: 0, invented: 0, witnessed: [], unwitnessed: [], problems: [], notes: [] };

export async function verdictOf(fault: string, happens: () => Promise<Verdict>): Promise<Result> {
  const from = Date.now();
  const verdict = await happens().catch((error: unknown): Verdict => ({ ...nothing, problems: [error instanceof Error ? error.message : String(error)] }));
  const well = verdict.lost + verdict.invented + verdict.problems.length === 0;
  console.error(`${well ? '✓' : '✗'} ${fault} · ${Math.round((Date.now() - from) / 1000)} s`);
  return { fault, verdict };
}

const cell = (n: number): string => (Number.isFinite(n) ? String(round(n)) : '–');
const largest = (errors: readonly number[]): number => (errors.length > 0 ? Math.max(...errors) : Number.NaN);

/** `ledger`: what `npm run verify` finds wrong. Answers whether nothing was lost, invented or wrong; the seconds are figures. */
export function tellVerdicts(bench: string, results: readonly Result[], ledger: readonly string[], more: Record<string, { value: number; aim: Aim }> = {}) {
  table([
    ['fault', 'visits', 'lost', 'invented', 'median error s', `largest s, witnessed (≤ ${AIMS.witnessed})`, `largest s, no witness (≤ ${AIMS.unwitnessed})`],
    ...results.map(({ fault, verdict: v }) => [
      fault,
      String(v.visits),
      String(v.lost),
      String(v.invented),
      cell(median([...v.witnessed, ...v.unwitnessed])),
      cell(largest(v.witnessed)),
      cell(largest(v.unwitnessed)),
    ]),
  ]);
  for (const { fault, verdict } of results) for (const problem of verdict.problems) console.log(`✗ ${fault}: ${problem}`);
  for (const { fault, verdict } of results) for (const note of new Set(verdict.notes)) console.log(`· ${fault}: ${note}`);
  for (const finding of ledger) console.log(`✗ npm run verify: ${finding}`);
  const sum = (of: (verdict: Verdict) => number): number => results.reduce((total, { verdict }) => total + of(verdict), 0);
  const errors = { witnessed: results.flatMap((r) => r.verdict.witnessed), unwitnessed: results.flatMap((r) => r.verdict.unwitnessed) };
  const figures = {
    visits: sum((v) => v.visits),
    lost: sum((v) => v.lost),
    invented: sum((v) => v.invented),
    medianErrorSeconds: round(median([...errors.witnessed, ...errors.unwitnessed])),
    largestErrorSeconds: round(largest(errors.witnessed)),
    ...(errors.unwitnessed.length > 0 && { largestUnwitnessedSeconds: round(largest(errors.unwitnessed)) }),
    ...Object.fromEntries(Object.entries(more).map(([name, { value }]) => [name, value])),
  };
  const isInTime = report({
    bench,
    figures,
    aims: {
      lost: { max: 0 },
      invented: { max: 0 },
      medianErrorSeconds: { max: AIMS.median },
      largestErrorSeconds: { max: AIMS.witnessed },
      ...(errors.unwitnessed.length > 0 && { largestUnwitnessedSeconds: { max: AIMS.unwitnessed } }),
      ...Object.fromEntries(Object.entries(more).map(([name, { aim }]) => [name, aim])),
    },
  });
  const isWell = figures.visits > 0 && figures.lost + figures.invented + sum((v) => v.problems.length) + ledger.length === 0;
  return { isWell, isInTime };
}
