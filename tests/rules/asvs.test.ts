// docs/asvs.csv: every requirement of levels 1 and 2 has one line, what it names is there, and the bar is kept.
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';

type Line = { id: string; level: string; state: 'met' | 'partly' | 'not' | 'n/a'; what: string; where: string; proof: string };
const lines = parse(readFileSync('docs/asvs.csv', 'utf8'), { columns: true }) as Line[];
const applicable = lines.filter(({ state }) => state !== 'n/a');

test('each of the 70 and 183 requirements is there once, with a state of its own', () => {
  expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  expect([lines.filter(({ level }) => level === '1').length, lines.filter(({ level }) => level === '2').length]).toEqual([70, 183]);
  expect(lines.filter(({ state }) => !['met', 'partly', 'not', 'n/a'].includes(state))).toEqual([]);
});

test('what is met names a test or a page that is there; what is not says why', () => {
  expect(applicable.filter(({ state, proof }) => state === 'met' && proof === '').map(({ id }) => id)).toEqual([]);
  expect(lines.filter(({ where }) => where === '').map(({ id }) => id)).toEqual([]);
  const named = new Set(lines.flatMap(({ proof }) => proof.split(' ').filter(Boolean)));
  expect([...named].filter((path) => !existsSync(path))).toEqual([]);
});

test('level 1 is met whole, level 2 by 95 of a hundred', () => {
  const share = (level: string): number => {
    const own = applicable.filter((line) => line.level === level);
    return own.filter(({ state }) => state === 'met').length / own.length;
  };
  expect(share('1')).toBe(1);
  expect(share('2')).toBeGreaterThanOrEqual(0.95);
});
