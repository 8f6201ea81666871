import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashPassword } from '../../server/people/accounts.ts';
import { deviceInWords } from '../../server/people/device.ts';
import { isWeak, makeFirstPassword } from '../../server/people/password.ts';
import { attempt, bucketsOf, type Bucket } from '../../server/people/throttle.ts';

const start = new Date('2026-11-23T01:00:00Z');
const after = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);

/** Seconds at which a try was let through, of tries made at these seconds, all failing. */
function letThrough(seconds: readonly number[]): number[] {
  let bucket: Bucket | null = null;
  return seconds.filter((second) => {
    const result = attempt(bucket, after(second));
    if (result.allowed) bucket = result.bucket;
    return result.allowed;
  });
}

describe('guessing a password', () => {
  test('is free five times, then waits 30 seconds, then twice as long each time', () => {
    expect(letThrough([0, 0, 0, 0, 0, 0])).toHaveLength(5);
    expect(letThrough([0, 0, 0, 0, 0, 29, 30, 89, 90, 209, 210])).toEqual([0, 0, 0, 0, 0, 30, 90, 210]);
  });
  test('the refusal says how long', () => {
    let bucket: Bucket | null = null;
    for (let i = 0; i < 5; i += 1) {
      const result = attempt(bucket, start);
      if (result.allowed) bucket = result.bucket;
    }
    expect(attempt(bucket, after(10))).toEqual({ allowed: false, seconds: 20 });
  });
  test('is looked at no more than ten times in any quarter of an hour, however the tries are spread', () => {
    const tries = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1000 })), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(tries, (gaps) => {
        let at = 0;
        const through = letThrough(gaps.map((gap) => (at += gap)));
        for (const from of through) expect(through.filter((t) => t >= from && t < from + 900).length).toBeLessThanOrEqual(10);
      }),
    );
  });
  test('never waits longer than a quarter of an hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (failures) => {
        const result = attempt({ failures, lastAt: start, blockedUntil: null }, start);
        expect(result.allowed && (result.bucket.blockedUntil ?? start).getTime()).toBeLessThanOrEqual(after(900).getTime());
      }),
    );
  });
  test('a device of the owner has a bucket of its own; strangers share one per login and a silent one per account', () => {
    expect(bucketsOf({ login: 'l', person: 'p', device: 'd', deviceKnown: true })).toEqual({ loud: 'known:d:p', silent: null });
    expect(bucketsOf({ login: 'l', person: 'p', device: 'd', deviceKnown: false })).toEqual({ loud: 'login:l', silent: 'account:p' });
    expect(bucketsOf({ login: 'l', person: null, device: 'd', deviceKnown: false })).toEqual({ loud: 'login:l', silent: 'account:l' });
  });
});

describe('a password', () => {
  const owner = { name: 'Sari Dirumah', nip: '198001042005011703', email: 'sari.d@uji.example' };
  test.each([
    '1234567890',
    'aaaaaaaaaa',
    'qwertyuiop',
    'Password123!',
    'administrator1',
    'saridirumah1',
    'Dirumah-2026',
    '198001042005011703',
    'Pemerintah#1',
    'bismillah1',
    'rahasia2026',
    'pendek',
  ])('%s is too easy', async (password) => {
    expect(await isWeak(password, owner)).toBe(true);
  });
  test.each(['kopi tanpa gula', 'hujan-di-bulan-7', 'Xk9#mPq2vL'])('%s will do', async (password) => {
    expect(await isWeak(password, owner)).toBe(false);
  });
  test('the first one is new each time and not weak', async () => {
    const made = Array.from({ length: 200 }, makeFirstPassword);
    expect(new Set(made).size).toBe(200);
    for (const password of made.slice(0, 20)) expect(await isWeak(password, owner)).toBe(false);
  });
});

test('a device is told in words its owner knows', () => {
  expect(deviceInWords('Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36')).toBe('Chrome di Android');
  expect(deviceInWords('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1')).toBe(
    'Safari di iPhone',
  );
  expect(deviceInWords('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0')).toBe('Edge di Windows');
  expect(deviceInWords('')).toBe('Perangkat tidak dikenal');
});

test('a password is kept as Argon2id that takes 19 MiB and two passes', async () => {
  expect(await hashPassword('sandi-uji-pemeran')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});
