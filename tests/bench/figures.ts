// One form for figures: a table for people, and one line of JSON for machines. A figure that misses its aim is reported. With `--note` the
// page of measurements is written too.
import { aimText, note } from './note.ts';

export type Aim = { max?: number; min?: number };
export type Report = { bench: string; figures: Record<string, number>; aims: Record<string, Aim> };

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]];
  return (low + high) / 2;
};
export const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? Number.NaN;
export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

export const fits = (value: number, { max, min }: Aim): boolean =>
  Number.isFinite(value) && (max === undefined || value <= max) && (min === undefined || value >= min);

export function report({ bench, figures, aims }: Report): boolean {
  const met = Object.entries(aims).every(([name, aim]) => fits(figures[name] ?? Number.NaN, aim));
  const rows = Object.entries(figures).map(([name, value]) => {
    const aim = aims[name];
    return [name, String(value), aim === undefined ? '' : aimText(aim), aim === undefined ? '' : fits(value, aim) ? 'met' : 'MISSED'];
  });
  table([['figure', 'value', 'aim', ''], ...rows]);
  console.log(JSON.stringify({ bench, figures, aims, met }));
  if (process.argv.includes('--note')) note({ bench, figures, aims }, (name) => fits(figures[name] ?? Number.NaN, aims[name] ?? {}));
  return met;
}

export function table(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}
