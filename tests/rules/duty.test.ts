import { expect, test } from 'vitest';
import { isDuring, spellOf } from '../../server/roster/duty.ts';
import type { Zone } from '../../shared/people.ts';

const NIGHT = { from: '22:00', to: '07:00' };
const text = (date: string, shift: typeof NIGHT | null, zone: Zone): string => {
  const { from, until } = spellOf(date, shift, zone);
  return `${from.toISOString().slice(0, 16)} ${until.toISOString().slice(0, 16)}`;
};

test.each<[Zone, string, string]>([
  ['Asia/Jakarta', '2026-11-22T17:00 2026-11-23T17:00', '2026-11-23T15:00 2026-11-24T00:00'],
  ['Asia/Makassar', '2026-11-22T16:00 2026-11-23T16:00', '2026-11-23T14:00 2026-11-23T23:00'],
  ['Asia/Jayapura', '2026-11-22T15:00 2026-11-23T15:00', '2026-11-23T13:00 2026-11-23T22:00'],
])('a day of duty and a night of it by the clock of %s', (zone, day, night) => {
  expect(text('2026-11-23', null, zone)).toBe(day);
  expect(text('2026-11-23', NIGHT, zone)).toBe(night);
});

test('a shift ends as the next one begins: nobody is on both', () => {
  const [early, late] = [
    spellOf('2026-11-23', { from: '07:00', to: '15:00' }, 'Asia/Jakarta'),
    spellOf('2026-11-23', { from: '15:00', to: '22:00' }, 'Asia/Jakarta'),
  ];
  const at = new Date('2026-11-23T08:00:00Z');
  expect([isDuring(early, at), isDuring(late, at)]).toEqual([false, true]);
  expect([isDuring(early, new Date(at.getTime() - 1)), isDuring(late, new Date(at.getTime() - 1))]).toEqual([true, false]);
});

test('a shift that ends when it begins lasts a day', () => {
  expect(text('2026-11-23', { from: '08:00', to: '08:00' }, 'Asia/Jakarta')).toBe('2026-11-23T01:00 2026-11-24T01:00');
});
