import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addReading, isSkewed, middleOf, togetherOf, type Reading } from '../../server/rooms/skew.ts';

/** What a server whose clock is `ahead` answers when it is asked at `askedAt`, on the way and back for so long. */
const asked = (ahead: number, askedAt: number, there = 1, back = 1): Reading => ({
  askedAt,
  answeredAt: askedAt + there + back,
  told: Math.floor((askedAt + there + ahead) / 1000) * 1000,
});
const all = (readings: readonly Reading[]) => readings.reduce<Reading[]>((kept, reading) => addReading(kept, reading), []);
const START = Date.UTC(2026, 10, 23, 2);

test('one answer tells the difference to a second', () => {
  const skew = togetherOf([asked(30_000, START + 400)]) ?? expect.unreachable();
  expect(skew.most - skew.least).toBeLessThanOrEqual(1_002);
  expect(skew.least).toBeLessThanOrEqual(30_000);
  expect(skew.most).toBeGreaterThanOrEqual(30_000);
});

test('answers at different parts of a second tell it to a tenth', () => {
  const skew = togetherOf(all(Array.from({ length: 10 }, (_, n) => asked(2_345, START + n * 5_100)))) ?? expect.unreachable();
  expect(skew.most - skew.least).toBeLessThan(200);
  expect(Math.abs(middleOf(skew) - 2_345)).toBeLessThan(100);
});

test('a clock that is set says so at the next answer', () => {
  const before = all(Array.from({ length: 8 }, (_, n) => asked(120_000, START + n * 5_030)));
  const kept = addReading(before, asked(0, START + 60_000));
  expect(kept).toHaveLength(1);
  expect(isSkewed(togetherOf(kept) ?? expect.unreachable(), true)).toBe(false);
});

test('it is an alarm when it is above two seconds for certain, and over when it is well below', () => {
  expect(isSkewed({ least: 1_900, most: 2_900 }, false)).toBe(false);
  expect(isSkewed({ least: 2_001, most: 2_900 }, false)).toBe(true);
  expect(isSkewed({ least: -3_000, most: -2_001 }, false)).toBe(true);
  expect(isSkewed({ least: 1_500, most: 2_100 }, true)).toBe(true);
  expect(isSkewed({ least: 1_000, most: 1_900 }, true)).toBe(false);
  expect(isSkewed({ least: -500, most: 500 }, true)).toBe(false);
});

test('whatever the way there and back takes, the truth lies between', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -130_000, max: 130_000 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 0, max: 1_500 })), {
        minLength: 1,
        maxLength: 30,
      }),
      (ahead, ways) => {
        let at = START;
        const skew = togetherOf(all(ways.map(([pause, there, back]) => asked(ahead, (at += pause), there, back)))) ?? expect.unreachable();
        expect(skew.least).toBeLessThanOrEqual(ahead);
        expect(skew.most).toBeGreaterThan(ahead - 1);
        if (Math.abs(ahead) > 8_000) expect(isSkewed(skew, false)).toBe(true);
      },
    ),
    { numRuns: 1_000 },
  );
});
