// `npm run bench -- NAME --note` writes the row of the bench in docs/measurements.md: figures of the day, and the shape of the machine.
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, release, totalmem, type } from 'node:os';
import type { Aim, Report } from './figures.ts';

export const PAGE = new URL('../../docs/measurements.md', import.meta.url);
const began = loadavg()[0] ?? 0;

/** No name of the machine: only what figures depend on. */
const shape = (): string =>
  `${availableParallelism()} cores, ${(totalmem() / 1024 ** 3).toFixed(1)} GiB, ${type()} ${release().replace(/^(\d+\.\d+).*/, '$1')}, Node ${process.versions.node}; load ${began.toFixed(1)} before`;

export const aimText = ({ max, min }: Aim): string => (max === undefined ? `≥ ${min}` : `≤ ${max}`);

export function rowOf({ bench, figures, aims }: Report, met: (name: string) => boolean, day: string, machine: string): string {
  const said = Object.entries(figures).map(([name, value]) => {
    const aim = aims[name];
    return aim === undefined ? `${name} ${value}` : `**${name} ${value}** (${aimText(aim)}${met(name) ? '' : ', MISSED'})`;
  });
  return `| ${bench} | ${day} | ${machine} | ${said.join(', ')} |`;
}

const nameOf = (row: string): string => row.split('|')[1]?.trim() ?? '';

/** The page with this row in place of the bench's former one; rows stand by name. */
export function withRow(page: string, row: string): string {
  const lines = page.trimEnd().split('\n');
  const head = lines.findIndex((line) => line.startsWith('| ---'));
  const end = lines.findIndex((line, n) => n > head && !line.startsWith('|'));
  const rows = lines.slice(head + 1, end < 0 ? undefined : end).filter((line) => nameOf(line) !== nameOf(row));
  const all = [...rows, row].toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), 'en'));
  return [...lines.slice(0, head + 1), ...all, ...(end < 0 ? [] : lines.slice(end)), ''].join('\n');
}

export function note(report: Report, met: (name: string) => boolean): void {
  writeFileSync(PAGE, withRow(readFileSync(PAGE, 'utf8'), rowOf(report, met, new Date().toISOString().slice(0, 10), shape())));
}
