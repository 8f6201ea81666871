// Quiet hours, in every zone and over midnight: minute by minute against a clock that is read the slow way.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Quiet } from '../../shared/notifications.ts';
import type { Zone } from '../../shared/people.ts';
import { mustBeQuietHours, quietUntil } from '../../server/notifications/quiet.ts';
import type { Refusal } from '../../server/platform/refusal.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const night: Quiet = { from: '21:00', to: '05:00', days: EVERY_DAY, zone: 'Asia/Jakarta' };
const zones: Zone[] = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];

/** What a clock on the wall of that zone shows. */
function wall(at: Date, zone: Zone): { weekday: number; clock: string } {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(of('weekday')) + 1, clock: `${of('hour')}:${of('minute')}` };
}
const before = (weekday: number): number => (weekday === 1 ? 7 : weekday - 1);
function isQuiet({ from, to, days, zone }: Quiet, at: Date): boolean {
  const { weekday, clock } = wall(at, zone);
  if (from < to) return days.includes(weekday) && clock >= from && clock < to;
  return (days.includes(weekday) && clock >= from) || (days.includes(before(weekday)) && clock < to);
}

test('at 21.00 of the own zone it grows quiet, at 05.00 it is over; the same instant is day further west', () => {
  const at = (iso: string, zone: Zone = 'Asia/Jakarta') => quietUntil({ ...night, zone }, new Date(iso))?.toISOString() ?? null;
  expect(at('2026-11-23T20:59:59+07:00')).toBeNull();
  expect(at('2026-11-23T21:00:00+07:00')).toBe('2026-11-23T22:00:00.000Z');
  expect(at('2026-11-24T04:59:59+07:00')).toBe('2026-11-23T22:00:00.000Z');
  expect(at('2026-11-24T05:00:00+07:00')).toBeNull();
  expect(at('2026-11-23T20:30:00+07:00', 'Asia/Jayapura')).toBe('2026-11-23T20:00:00.000Z');
  expect(quietUntil(null, new Date('2026-11-23T23:00:00+07:00'))).toBeNull();
});

test('a night belongs to the day it begins on', () => {
  const friday: Quiet = { ...night, days: [5] };
  expect(quietUntil(friday, new Date('2026-11-27T23:00:00+07:00'))).not.toBeNull();
  expect(quietUntil(friday, new Date('2026-11-28T03:00:00+07:00'))).not.toBeNull();
  expect(quietUntil(friday, new Date('2026-11-28T23:00:00+07:00'))).toBeNull();
  expect(quietUntil(friday, new Date('2026-11-27T03:00:00+07:00'))).toBeNull();
});

const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
const quiets = fc
  .record({ from: clock, to: clock, days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }), zone: fc.constantFrom(...zones) })
  .filter(({ from, to }) => from !== to);
const instants = fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2028-12-31T00:00:00Z'), noInvalidDate: true });

test('whatever the hours, days and zone: quiet is when the clock on the wall says so, and it ends when that clock says so', () => {
  fc.assert(
    fc.property(quiets, instants, (quiet, at) => {
      const until = quietUntil(quiet, at);
      expect(until !== null).toBe(isQuiet(quiet, at));
      if (until === null) return;
      expect(wall(until, quiet.zone).clock).toBe(quiet.to);
      expect(until.getTime()).toBeGreaterThan(at.getTime());
      expect(until.getTime() - at.getTime()).toBeLessThanOrEqual(86_400_000);
      expect(quietUntil(quiet, until)).toBeNull();
      expect(isQuiet(quiet, new Date(until.getTime() - 1))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('hours without a length, and a day named twice, are refused by name', () => {
  const refused = (quiet: Quiet): string => {
    try {
      mustBeQuietHours(quiet);
      return '';
    } catch (error) {
      return (error as Refusal).code;
    }
  };
  expect(refused(night)).toBe('');
  expect(refused({ ...night, to: '21:00' })).toBe('quiet.empty');
  expect(refused({ ...night, days: [1, 1] })).toBe('quiet.days');
});
