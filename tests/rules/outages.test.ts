import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gapSince, joined, mediaWindow, nextPulse, type MediaSigns, type Outage } from '../../server/platform/outages-rules.ts';

const at = (seconds: number): Date => new Date(Date.parse('2026-11-23T02:00:00Z') + seconds * 1000);
const window = (what: Outage['what'], from: number, to: number | null, id = `${what}${from}`): Outage => ({
  id,
  what,
  from: at(from),
  to: to === null ? null : at(to),
});
const signs = (more: Partial<MediaSigns>): MediaSigns => ({ exitAt: null, silentSince: null, backAt: at(100), ...more });

test('three pulses that did not come are an outage; two are a busy machine', () => {
  expect(gapSince(at(0), at(15))).toBeNull();
  expect(gapSince(at(0), at(15.1))).toEqual({ from: at(0), to: at(15.1) });
});

test('before the first pulse ever nothing was away', () => {
  expect(gapSince(null, at(1_000_000))).toBeNull();
  expect(mediaWindow(signs({}), null)).toBeNull();
});

test('a pulse does not go back because another process has a slower clock, unless the clock was plainly wrong', () => {
  expect(nextPulse(at(20), at(5))).toEqual(at(20));
  expect(nextPulse(at(3600), at(5))).toEqual(at(5));
  expect(nextPulse(null, at(5))).toEqual(at(5));
});

test('a media server that ended is away from that second until it answers, however soon', () => {
  expect(mediaWindow(signs({ exitAt: at(4), backAt: at(7) }), at(2))).toEqual({ from: at(4), to: at(7) });
});

test('a media server that was frozen before it ended is away since its last answer', () => {
  expect(mediaWindow(signs({ silentSince: at(0), exitAt: at(60), backAt: at(70) }), at(2))).toEqual({ from: at(0), to: at(70) });
});

test('one that nobody asked was not away: a portal that was away itself knows nothing of it', () => {
  expect(mediaWindow(signs({ exitAt: at(600), backAt: at(603) }), at(0))).toEqual({ from: at(600), to: at(603) });
  expect(mediaWindow(signs({ backAt: at(603) }), at(0))).toBeNull();
});

test('silence to one process is no outage when another one had its answer', () => {
  expect(mediaWindow(signs({ silentSince: at(0) }), at(95))).toBeNull();
  expect(mediaWindow(signs({ silentSince: at(0) }), at(20))).toEqual({ from: at(20), to: at(100) });
  expect(mediaWindow(signs({ silentSince: at(30) }), at(20))).toEqual({ from: at(30), to: at(100) });
});

test('windows of one kind that touch are one, and nothing is cut off', () => {
  expect(joined([window('media', 30, 60), window('portal', 40, 50), window('media', 0, 30)])).toEqual([
    window('media', 0, 60, 'media0'),
    window('portal', 40, 50),
  ]);
  expect(joined([window('media', 0, 30), window('media', 20, null)])).toEqual([window('media', 0, null, 'media0')]);
});

test('whatever the windows, each second that was away stays away, once per kind, and no other', () => {
  const any = fc
    .record({ what: fc.constantFrom<Outage['what'][]>('portal', 'database', 'media'), from: fc.nat(30), length: fc.integer({ min: 1, max: 10 }) })
    .map(({ what, from, length }) => window(what, from, from + length));
  const covers = (list: readonly Outage[], what: Outage['what'], second: number): number =>
    list.filter((w) => w.what === what && w.from <= at(second) && (w.to === null || w.to > at(second))).length;
  fc.assert(
    fc.property(fc.array(any, { maxLength: 12 }), (windows) => {
      const once = joined(windows);
      for (const what of ['portal', 'database', 'media'] as const)
        for (let second = 0; second < 40; second += 1)
          if (covers(once, what, second) !== Math.min(1, covers(windows, what, second))) throw new Error(`${what} ${second}`);
    }),
    { numRuns: 2_000 },
  );
});
