import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Zone } from '../../shared/people.ts';
import { findTimes, overlaps, workingDays, type Invited } from '../../server/planning/find-time.ts';
import { boundsOf, clockText, dayIn, hourText } from '../../server/platform/local-time.ts';

const zones: Zone[] = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];
/** A Monday, 06.00 WIB. */
const now = new Date('2026-11-22T23:00:00Z');
const asked = (more: Partial<Parameters<typeof findTimes>[1]> = {}) => ({
  from: '2026-11-23',
  zone: 'Asia/Jakarta' as Zone,
  minutes: 60,
  holidays: new Set<string>(),
  now,
  ...more,
});
const busyOn = (day: string, from = '00:00', to = '23:59', zone: Zone = 'Asia/Jakarta') => {
  const midnight = boundsOf(day, zone).from.getTime();
  const at = (text: string): Date => new Date(midnight + (Number(text.slice(0, 2)) * 60 + Number(text.slice(3))) * 60_000);
  return { from: at(from), to: at(to) };
};
const person = (personId: string, busy: Invited['busy'] = [], leads = false): Invited => ({ personId, leads, busy });

test('with everybody free it proposes the earliest, at most two a day, on working days that are no holiday', () => {
  const found = findTimes([person('a')], asked({ holidays: new Set(['2026-11-24']) }));
  expect(found.map(({ startsAt }) => `${dayIn(startsAt, 'Asia/Jakarta')} ${hourText(startsAt, 'Asia/Jakarta')}`)).toEqual([
    '2026-11-23 07.30',
    '2026-11-23 08.30',
    '2026-11-25 07.30',
    '2026-11-25 08.30',
    '2026-11-26 07.30',
    '2026-11-26 08.30',
    '2026-11-27 07.30',
    '2026-11-27 08.30',
  ]);
});

test('what has passed is not proposed; the break is not, unless half a day is too short', () => {
  const today = findTimes([person('a')], asked({ now: new Date('2026-11-23T04:40:00Z') }));
  expect(clockText(today[0]!.startsAt, 'Asia/Jakarta')).toBe('13.00 WIB');
  const long = findTimes([person('a')], asked({ minutes: 480 }));
  expect(clockText(long[0]!.startsAt, 'Asia/Jakarta')).toBe('07.30 WIB');
  // Friday has the longer break and half an hour more.
  const friday = findTimes([person('a', [busyOn('2026-11-27', '07:30', '11:30')])], asked({ from: '2026-11-27', now }));
  expect(friday.map(({ startsAt, busy }) => [hourText(startsAt, 'Asia/Jakarta'), busy])[0]).toEqual(['13.00', []]);
});

test('a head who is away weighs more than three others; who is away is named', () => {
  const head = person('kepala', [busyOn('2026-11-23', '07:00', '12:00')], true);
  const others = ['a', 'b', 'c'].map((id) =>
    person(id, [busyOn('2026-11-23', '12:00', '17:00'), ...workingDays('2026-11-24', new Set()).map((day) => busyOn(day))]),
  );
  const [best, second] = findTimes([head, ...others], asked());
  expect(best!.busy).toEqual(['a', 'b', 'c']);
  expect(dayIn(best!.startsAt, 'Asia/Jakarta')).toBe('2026-11-23');
  expect(hourText(second!.startsAt, 'Asia/Jakarta')).toBe('14.00');
});

test('fourteen working days are looked through, weekends and cuti bersama not counted', () => {
  const days = workingDays('2026-12-21', new Set(['2026-12-24', '2026-12-25', '2027-01-01']));
  expect(days).toHaveLength(14);
  expect(days.at(-1)).toBe('2027-01-12');
});

test('for whom it calls a time free, no engagement overlaps it: any zone of the office, any zone of the person', () => {
  const engagement = fc.record({
    day: fc.integer({ min: 0, max: 25 }),
    from: fc.integer({ min: 0, max: 47 }),
    halves: fc.integer({ min: 1, max: 12 }),
    zone: fc.constantFrom(...zones),
  });
  const people = fc.array(fc.record({ leads: fc.boolean(), busy: fc.array(engagement, { maxLength: 12 }) }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(people, fc.constantFrom(...zones), fc.integer({ min: 1, max: 16 }), fc.integer({ min: 0, max: 96 }), (all, zone, quarters, later) => {
      const invited = all.map(({ leads, busy }, index) =>
        person(
          String(index),
          busy.map((one) => {
            const day = new Date(Date.parse('2026-11-23T12:00:00Z') + one.day * 86_400_000).toISOString().slice(0, 10);
            const from = new Date(boundsOf(day, one.zone).from.getTime() + one.from * 1_800_000);
            return { from, to: new Date(from.getTime() + one.halves * 1_800_000) };
          }),
          leads,
        ),
      );
      const minutes = quarters * 30;
      const at = new Date(now.getTime() + later * 1_800_000);
      const found = findTimes(invited, asked({ zone, minutes, now: at, from: dayIn(at, zone) }));
      expect(found.length).toBeLessThanOrEqual(8);
      found.forEach((slot, index) => {
        const span = { from: slot.startsAt, to: slot.endsAt };
        expect(slot.startsAt.getTime()).toBeGreaterThan(at.getTime());
        expect(slot.endsAt.getTime() - slot.startsAt.getTime()).toBe(minutes * 60_000);
        const [opens, closes] = [hourText(slot.startsAt, zone), hourText(slot.endsAt, zone)];
        expect(opens >= '07.30' && closes <= '16.30').toBe(true);
        for (const { personId, busy } of invited) expect(slot.busy.includes(personId)).toBe(busy.some((one) => overlaps(one, span)));
        for (const other of found.slice(0, index)) expect(overlaps(span, { from: other.startsAt, to: other.endsAt })).toBe(false);
      });
      const cost = found.map(({ busy }) => busy.filter((id) => invited[Number(id)]!.leads).length * 100 + busy.length);
      expect(cost).toEqual(cost.toSorted((a, b) => a - b));
    }),
    { numRuns: 150 },
  );
});
