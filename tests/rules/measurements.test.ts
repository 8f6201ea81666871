// docs/measurements.md has a row for each bench, written by the bench.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PAGE, rowOf, withRow } from '../bench/note.ts';

const page = readFileSync(PAGE, 'utf8');
const namesIn = (text: string): string[] => [...text.matchAll(/^\| ([a-z][a-z-]*) \|/gm)].map(([, name = '']) => name);

test('each bench has its row, and each row its bench', () => {
  const folder = new URL('../bench/', import.meta.url);
  const benches = readdirSync(folder).filter((name) => name.endsWith('.ts') && /\breport\(\{[^)]*\bbench: '/.test(readFileSync(new URL(name, folder), 'utf8')));
  expect(namesIn(page)).toEqual(benches.map((name) => name.slice(0, -3)).toSorted());
});

test('a bench that is measured again replaces its row and leaves the others', () => {
  const report = { bench: 'join', figures: { ratio: 1.2, kB: 259 }, aims: { ratio: { max: 1 }, kB: { max: 260 } } };
  const row = rowOf(report, (name) => name === 'kB', '2026-11-24', '2 cores');
  expect(row).toBe('| join | 2026-11-24 | 2 cores | **ratio 1.2** (≤ 1, MISSED), **kB 259** (≤ 260) |');
  const after = withRow(page, row);
  expect(namesIn(after)).toEqual(namesIn(page));
  expect(after).toContain(row);
  expect(withRow(after, row)).toBe(after);
  const others = (text: string): string[] => text.split('\n').filter((line) => !line.startsWith('| join |'));
  expect(others(after)).toEqual(others(page));
});

test('a bench that is new gets its row where its name belongs', () => {
  expect(namesIn(withRow(page, '| aaa | – | – | ratio 1 |'))[0]).toBe('aaa');
});
