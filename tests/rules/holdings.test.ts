import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayIn, lastDayOfMonths } from '../../server/people/days.ts';
import { actingOn, byRank, checkPeriod, covers, labelOf, overlaps, type HeldBy } from '../../server/people/holdings.ts';
import { Refusal } from '../../server/platform/refusal.ts';

const holder: HeldBy = { personId: 'holder', kind: 'definitif', from: '2024-01-02', until: null };
const plh: HeldBy = { personId: 'plh', kind: 'plh', from: '2026-11-23', until: '2026-11-27' };
const codeOf = (act: () => void): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof Refusal ? error.code : 'other';
  }
};
const day = fc.integer({ min: 0, max: 2000 }).map((n) => addDays('2024-01-01', n));
const period = fc
  .tuple(day, fc.option(fc.integer({ min: 0, max: 400 })))
  .map(([from, length]) => ({ from, until: length === null ? null : addDays(from, length) }));

describe('who acts in a position', () => {
  test('the holder, on a day without anybody acting for them', () => {
    expect(actingOn([holder, plh], '2026-11-22')?.personId).toBe('holder');
  });
  test('the Plh while the holder is away, on the first and on the last day of the letter', () => {
    expect(actingOn([holder, plh], '2026-11-23')?.personId).toBe('plh');
    expect(actingOn([holder, plh], '2026-11-27')?.personId).toBe('plh');
    expect(actingOn([holder, plh], '2026-11-28')?.personId).toBe('holder');
  });
  test('the Plt where the post is empty, and nobody before the letter', () => {
    const plt: HeldBy = { personId: 'plt', kind: 'plt', from: '2026-11-01', until: '2027-01-31' };
    expect(actingOn([plt], '2026-11-23')?.personId).toBe('plt');
    expect(actingOn([plt], '2026-10-31')).toBeNull();
  });
  test('is one of those whose period covers the day, whatever the order of the record', () => {
    const holdings = fc.array(
      fc.tuple(period, fc.constantFrom('definitif', 'plt', 'plh'), fc.uuid()).map(([p, kind, personId]): HeldBy => ({ ...p, kind, personId })),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(holdings, day, (all, on) => {
        const acting = actingOn(all, on);
        expect(acting === null).toBe(!all.some((h) => covers(h, on)));
        if (acting) expect(covers(acting, on)).toBe(true);
        expect(actingOn(all.toReversed(), on)?.kind).toBe(acting?.kind);
      }),
    );
  });
  test('is called by the letter: Plh. Kepala Dinas Sosial', () => {
    expect(labelOf('Kepala Dinas Sosial', 'plh')).toBe('Plh. Kepala Dinas Sosial');
    expect(labelOf('Kepala Dinas Sosial', 'plt')).toBe('Plt. Kepala Dinas Sosial');
    expect(labelOf('Kepala Dinas Sosial', 'definitif')).toBe('Kepala Dinas Sosial');
  });
  test('a kabid who is Plt. Kepala Dinas leads as Plt; of two equal posts the own one comes first', () => {
    const own = { level: 'kabid', as: 'definitif', title: 'Kepala Bidang B' } as const;
    expect([own, { level: 'kepala_opd', as: 'plt', title: 'Kepala Dinas' } as const].toSorted(byRank)[0]?.as).toBe('plt');
    expect([{ level: 'kabid', as: 'plh', title: 'Kepala Bidang A' } as const, own].toSorted(byRank)[0]).toBe(own);
  });
});

describe('periods', () => {
  test('overlap when a day lies in both, both ends included', () => {
    fc.assert(
      fc.property(period, period, (a, b) => {
        const days = Array.from({ length: 2500 }, (_, n) => addDays('2024-01-01', n));
        expect(overlaps(a, b)).toBe(days.some((d) => covers(a, d) && covers(b, d)) || (a.until === null && b.until === null));
      }),
      { numRuns: 15 },
    );
  });
  test('a Plt lasts three months to the day, not one more', () => {
    expect(codeOf(() => checkPeriod('plt', { from: '2026-01-01', until: '2026-03-31' }))).toBeNull();
    expect(codeOf(() => checkPeriod('plt', { from: '2026-01-01', until: '2026-04-01' }))).toBe('holding.too_long');
    expect(codeOf(() => checkPeriod('plt', { from: '2026-01-01', until: null }))).toBe('holding.too_long');
    expect(codeOf(() => checkPeriod('plh', { from: '2026-01-01', until: null }))).toBeNull();
  });
  test('three months from the end of November end with February', () => {
    expect(lastDayOfMonths('2026-11-30', 3)).toBe('2027-02-28');
    expect(lastDayOfMonths('2026-11-15', 3)).toBe('2027-02-14');
    expect(lastDayOfMonths('2026-12-01', 3)).toBe('2027-02-28');
  });
  test('a period that ends before it begins is refused', () => {
    expect(codeOf(() => checkPeriod('plh', { from: '2026-01-02', until: '2026-01-01' }))).toBe('input.invalid');
  });
  test('at one instant it is Monday in Jakarta and already Tuesday in Jayapura', () => {
    const at = new Date('2026-11-23T15:30:00Z');
    expect(dayIn('Asia/Jakarta', at)).toBe('2026-11-23');
    expect(dayIn('Asia/Jayapura', at)).toBe('2026-11-24');
  });
});
