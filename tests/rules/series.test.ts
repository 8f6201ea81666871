import ICAL from 'ical.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_OCCURRENCES, Repeat, type Weekday } from '../../shared/planning.ts';
import type { Zone } from '../../shared/people.ts';
import { changeFor, concerned, whole, type One } from '../../server/planning/scope.ts';
import { occurrences } from '../../server/planning/series.ts';
import { clockText, dayIn } from '../../server/platform/local-time.ts';
import { Refusal } from '../../server/platform/refusal.ts';

const zones: Zone[] = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];
const repeat = (pattern: Repeat['pattern'], ends: Repeat['ends'] = { kind: 'kali', times: 4 }): Repeat => ({ pattern, ends, skipHolidays: false });
const days = (rule: Repeat, start = '2026-11-24T09:00:00+07:00', zone: Zone = 'Asia/Jakarta') =>
  occurrences(rule, new Date(start), zone).starts.map((at) => dayIn(at, zone));
const refusalOf = (act: () => unknown): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

test('each kind of repetition gives the days an office means', () => {
  expect(days(repeat({ kind: 'mingguan', every: 1, days: ['TU'] }))).toEqual(['2026-11-24', '2026-12-01', '2026-12-08', '2026-12-15']);
  expect(days(repeat({ kind: 'mingguan', every: 2, days: ['MO', 'TH'] }))).toEqual(['2026-11-26', '2026-12-07', '2026-12-10', '2026-12-21']);
  expect(days(repeat({ kind: 'bulanan_tanggal', every: 1, date: 31 }))).toEqual(['2026-12-31', '2027-01-31', '2027-03-31', '2027-05-31']);
  expect(days(repeat({ kind: 'bulanan_hari', every: 1, nth: -1, day: 'FR' }))).toEqual(['2026-11-27', '2026-12-25', '2027-01-29', '2027-02-26']);
  expect(days(repeat({ kind: 'bulanan_hari', every: 1, nth: 2, day: 'TU' }))).toEqual(['2026-12-08', '2027-01-12', '2027-02-09', '2027-03-09']);
});

test('working days begin on one, also when the first day is a Saturday', () => {
  expect(days(repeat({ kind: 'hari_kerja' }), '2026-11-28T09:00:00+07:00')).toEqual(['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03']);
});

test('the rule is what a calendar reads: UNTIL in UTC at the end of the last day of the office', () => {
  const { rule } = occurrences(
    repeat({ kind: 'mingguan', every: 1, days: ['TU'] }, { kind: 'sampai', day: '2026-12-15' }),
    new Date('2026-11-24T02:00:00Z'),
    'Asia/Jakarta',
  );
  expect(ICAL.Recur.fromString(rule).toString()).toBe(rule);
  expect(rule).toContain('UNTIL=20261215T165959Z');
});

test('sixty are the most, and two years; a rule that gives nothing is refused', () => {
  const daily = { kind: 'hari_kerja' } as const;
  expect(refusalOf(() => days(repeat(daily, { kind: 'sampai', day: '2027-11-24' })))).toBe('plan.too_many');
  expect(days(repeat(daily, { kind: 'kali', times: MOST_OCCURRENCES }))).toHaveLength(MOST_OCCURRENCES);
  expect(Repeat.safeParse(repeat(daily, { kind: 'kali', times: 61 })).success).toBe(false);
  expect(refusalOf(() => days(repeat({ kind: 'bulanan_tanggal', every: 12, date: 1 }, { kind: 'sampai', day: '2028-11-25' })))).toBe('plan.too_many');
  expect(refusalOf(() => days(repeat({ kind: 'bulanan_tanggal', every: 6, date: 1 }, { kind: 'kali', times: 9 })))).toBe('plan.too_many');
  expect(refusalOf(() => days(repeat(daily, { kind: 'sampai', day: '2026-11-20' })))).toBe('plan.none');
  // 30 February, year after year.
  expect(
    refusalOf(() => days(repeat({ kind: 'bulanan_tanggal', every: 12, date: 30 }, { kind: 'sampai', day: '2028-02-01' }), '2027-02-01T09:00:00+07:00')),
  ).toBe('plan.none');
});

test('in every zone each meeting has the hour of the first one and a day of the rule, in order and once', () => {
  const names: Weekday[] = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 2 * 365 * 48 }),
      fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 7 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 20 }),
      (zone, halfHours, weekdays, every, times) => {
        const start = new Date(Date.parse('2026-01-01T00:00:00Z') + halfHours * 1_800_000);
        const { starts } = occurrences(repeat({ kind: 'mingguan', every, days: weekdays }, { kind: 'kali', times }), start, zone);
        expect(starts).toHaveLength(times);
        expect(starts[0]!.getTime()).toBeGreaterThanOrEqual(start.getTime());
        starts.forEach((at, index) => {
          expect(clockText(at, zone)).toBe(clockText(start, zone));
          expect(weekdays).toContain(names[new Date(`${dayIn(at, zone)}T12:00:00Z`).getUTCDay()]);
          if (index > 0) expect(at.getTime()).toBeGreaterThan(starts[index - 1]!.getTime());
        });
      },
    ),
    { numRuns: 200 },
  );
});

const now = new Date('2026-11-23T02:00:00Z');
const one = (id: string, day: string, more: Partial<One> = {}): One => {
  const startsAt = new Date(`${day}T02:00:00Z`);
  const about = { title: 'Rapat staf', sifat: 'biasa', place: 'Daring', description: null } as const;
  return { id, ...about, startsAt, endsAt: new Date(`${day}T03:00:00Z`), occursAt: startsAt, state: 'terjadwal', movedAlone: false, ...more };
};

test('what changes with one of a series: itself, the following, or all that have not begun', () => {
  const all = [
    one('lewat', '2026-11-16'),
    one('satu', '2026-11-30'),
    one('dua', '2026-12-07'),
    one('batal', '2026-12-14', { state: 'dibatalkan' }),
    one('tiga', '2026-12-21'),
  ];
  const ids = (scope: 'ini' | 'berikutnya' | 'semua') => concerned(all, all[2]!, scope, now).map(({ id }) => id);
  expect(ids('ini')).toEqual(['dua']);
  expect(ids('berikutnya')).toEqual(['dua', 'tiga']);
  expect(ids('semua')).toEqual(['satu', 'dua', 'tiga']);
});

test('the others move as far from their rule as the chosen one; one that was moved alone keeps its hour unless asked', () => {
  const chosen = one('dua', '2026-12-07');
  const wanted = whole(chosen, { startsAt: new Date('2026-12-08T06:00:00Z') });
  expect(wanted.endsAt).toEqual(new Date('2026-12-08T07:00:00Z'));
  const moved = { startsAt: new Date('2026-12-22T06:00:00Z'), endsAt: new Date('2026-12-22T07:00:00Z') };
  expect(changeFor(one('tiga', '2026-12-21'), chosen, wanted, false)).toEqual(moved);
  const exception = one('tiga', '2026-12-21', { startsAt: new Date('2026-12-23T01:00:00Z'), movedAlone: true });
  expect(changeFor(exception, chosen, wanted, false)).toEqual({});
  expect(changeFor(exception, chosen, wanted, true)).toEqual(moved);
});

test('a new title goes to the others, but not over one that was given its own', () => {
  const chosen = one('dua', '2026-12-07');
  const wanted = { title: 'Rapat pimpinan', place: 'Daring' };
  expect(changeFor(one('tiga', '2026-12-21'), chosen, wanted, false)).toEqual({ title: 'Rapat pimpinan' });
  expect(changeFor(one('tiga', '2026-12-21', { title: 'Rapat akhir tahun' }), chosen, wanted, false)).toEqual({});
});
