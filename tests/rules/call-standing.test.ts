// What the caller's screens work out by themselves, between two answers of the portal.
import { expect, test } from 'vitest';
import type { BoardCallee, BoardSeat, CallDesk, Progress } from '../../shared/calls.ts';
import { againIn, byUnit, counts, overAt, progressAt } from '../../web/calls/board/standing.ts';
import { toKeep, usualQuorum, type Whom } from '../../web/calls/compose/whom.ts';
import { faultIn, type Typed } from '../../web/calls/settings/ladder-rules.ts';
import { formats } from '../../web/platform/format.ts';

const RUNG = '2026-11-23T02:00:00Z';
const after = (seconds: number): number => Date.parse(RUNG) + seconds * 1000;
const rung = (id: string, progress: Progress): BoardCallee => ({ id, progress, rungAt: RUNG }) as BoardCallee;
const seat = (unitId: string | null, unitName: string, present: BoardSeat['present'], ...people: BoardCallee[]): BoardSeat =>
  ({ id: `${unitName}/${people[0]?.id}`, unitId, unitName, present, rung: people }) as BoardSeat;

test.each(['dikirim', 'diterima', 'berdering'] as const)('%s becomes belum menjawab after half a minute, without being told', (progress) => {
  expect(progressAt(rung('a', progress), after(29.9))).toBe(progress);
  expect(progressAt(rung('a', progress), after(30))).toBe('belum_menjawab');
});

test('nobody is rung again by hand within ten seconds of the last round', () => {
  expect([0, 3.2, 9.9, 10, 60].map((seconds) => againIn(rung('a', 'menolak'), after(seconds)))).toEqual([10, 7, 1, 0, 0]);
});

test('an answer stays an answer, however long ago the ring was', () => {
  for (const progress of ['menjawab', 'menolak', 'menyusul', 'bergabung', 'tak_terjangkau', 'dibatalkan', 'berakhir'] as const)
    expect(progressAt(rung('a', progress), after(3600))).toBe(progress);
});

test('somebody called for two posts is counted once', () => {
  const plh = rung('plh', 'bergabung');
  const seats = [seat('u1', 'Dinas Sosial', 'diwakili', rung('head', 'berdering'), plh), seat('u2', 'Dinas Kesehatan', 'hadir', plh)];
  expect(counts(seats, after(5))).toEqual([
    { word: 'bergabung', n: 1 },
    { word: 'berdering', n: 1 },
  ]);
});

test('posts stand under their unit in the order of the call, and the unit is in with the first of them', () => {
  const units = byUnit([
    seat('u2', 'Bidang Sosial', null, rung('a', 'berdering')),
    seat('u1', 'Dinas Kesehatan', null, rung('b', 'berdering')),
    seat('u2', 'Bidang Sosial', 'hadir', rung('c', 'bergabung')),
    seat(null, 'Tanpa unit', null, rung('d', 'berdering')),
  ]);
  expect(units.map(({ name, present, seats }) => [name, present, seats.length])).toEqual([
    ['Bidang Sosial', true, 2],
    ['Dinas Kesehatan', false, 1],
    ['Tanpa unit', false, 1],
  ]);
});

test('a cancelled call whose meeting ended later was over when the meeting ended', () => {
  expect(overAt({ cancelledAt: '2026-11-23T02:01:00Z', endedAt: null })).toBe('2026-11-23T02:01:00Z');
  expect(overAt({ cancelledAt: '2026-11-23T02:01:00Z', endedAt: '2026-11-23T03:00:00Z' })).toBe('2026-11-23T03:00:00Z');
});

test('the usual quorum is more than half', () => {
  expect([1, 2, 3, 4, 5, 6].map(usualQuorum)).toEqual([1, 2, 2, 3, 3, 4]);
});

test('a group that is kept opens up the groups it was made of; duty and the last call stay out', () => {
  const whom: Whom = {
    choice: { positions: ['p1', 'p2'], units: [], people: [{ id: 'a', name: 'Sari' }], guests: [] },
    groups: ['g1'],
    dutyOf: ['opd'],
    lastCall: 'c1',
  };
  const groups = [
    { id: 'g1', name: 'Posko', choice: { positions: ['p2', 'p3'], units: ['u1'], people: [] } },
    { id: 'g2', name: 'Lain', choice: { positions: ['p9'], units: [], people: [] } },
  ];
  expect(toKeep(whom, { groups } as unknown as CallDesk)).toEqual({ positions: ['p1', 'p2', 'p3'], units: ['u1'], people: ['a'] });
});

const typed = (...steps: [string, Typed['act'], Typed['channels']?][]): Typed[] =>
  steps.map(([seconds, act, channels = []], n) => ({ key: String(n), seconds, act, channels }));

test('a ladder that goes down, leaves its range or names no channel is told at its step', () => {
  expect(faultIn(typed(['0', 'dering'], ['30', 'dering_ulang'], ['30', 'kanal', ['sms']], ['120', 'pengganti']))).toBeNull();
  expect(faultIn(typed(['0', 'dering'], ['60', 'dering_ulang'], ['45', 'pengganti']))).toEqual({ step: 2, why: 'down', before: 60 });
  expect(faultIn(typed(['0', 'dering'], ['9999', 'piket']))).toMatchObject({ step: 1, why: 'range' });
  expect(faultIn(typed(['0', 'dering'], ['', 'piket']))).toMatchObject({ step: 1, why: 'range' });
  expect(faultIn(typed(['0', 'dering'], ['60', 'kanal']))).toMatchObject({ step: 1, why: 'channels' });
});

test('a length of time reads like a stopwatch, and never runs backwards below nothing', () => {
  const { lasting } = formats('id');
  expect([0, 38_400, 725_000, 3_753_000, -500].map(lasting)).toEqual(['0.00', '0.38', '12.05', '1.02.33', '0.00']);
  expect(formats('en').lasting(38_400)).toBe('0:38');
});
