import { expect, test } from 'vitest';
import { createBuckets, take, type Bucket } from '../../server/platform/buckets.ts';

const budget = { size: 60, everyMs: 2_000 };
const start = Date.parse('2026-11-23T02:00:00Z');

test('as many as it holds pass at once; then it says how long to wait', () => {
  let bucket: Bucket | null = null;
  for (let n = 0; n < 60; n += 1) {
    const taken = take(bucket, budget, new Date(start));
    expect(taken.allowed).toBe(true);
    bucket = taken.bucket;
  }
  expect(take(bucket, budget, new Date(start))).toMatchObject({ allowed: false, seconds: 2 });
  expect(take(bucket, budget, new Date(start + 2_000)).allowed).toBe(true);
});

test('of a flood of a thousand a minute at most 5 % pass after the limit', () => {
  const bucket = createBuckets(budget);
  let passed = 0;
  for (let n = 0; n < 10_000; n += 1) if (bucket('10.0.0.1', new Date(start + n * 60)) === 0) passed += 1;
  expect((passed - 60) / 10_000).toBeLessThanOrEqual(0.05);
});

test('a clock that is set back gives nothing away', () => {
  const first = take(null, { size: 1, everyMs: 1_000 }, new Date(start));
  expect(take(first.bucket, { size: 1, everyMs: 1_000 }, new Date(start - 60_000)).allowed).toBe(false);
});

test('buckets do not know of each other', () => {
  const bucket = createBuckets({ size: 1, everyMs: 60_000 });
  expect(bucket('a', new Date(start))).toBe(0);
  expect(bucket('a', new Date(start))).toBe(60);
  expect(bucket('b', new Date(start))).toBe(0);
});
