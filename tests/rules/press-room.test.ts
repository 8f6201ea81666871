import { expect, test } from 'vitest';
import type { RegistrationState } from '../../shared/press-desk.ts';
import { createLimits } from '../../server/press/room/limits.ts';
import { foremost, hasPlace, isOpenTo, isSeen, mustBeOpen, wordOf } from '../../server/press/room/rule.ts';
import { settableClock } from '../support/world.ts';

const START = '2026-11-23T03:00:00Z';
const conf = (state: Parameters<typeof isOpenTo>[0]['state'], liveAt: string | null = null) => ({
  state,
  liveAt: liveAt === null ? null : new Date(liveAt),
  startsAt: new Date(START),
  zone: 'Asia/Jakarta' as const,
});

test('an interpreter shows and is not heard, an operator listens, who speaks or leads speaks', () => {
  expect(wordOf).toEqual({ moderator: 'speaker', narasumber: 'speaker', jbi: 'signer', operator: 'audience' });
});

test('somebody with several tasks has the one that allows most', () => {
  const rows = (['operator', 'jbi', 'narasumber', 'moderator'] as const).map((role) => ({ role }));
  expect(foremost(rows)?.role).toBe('moderator');
  expect(foremost(rows.slice(0, 2))?.role).toBe('jbi');
  expect(foremost([])).toBeUndefined();
});

test('the crew may come from the green room to the end, others from the first picture to the end, by the millisecond', () => {
  const live = new Date('2026-11-23T03:00:05Z');
  const before = new Date(live.getTime() - 1);
  const states = ['draft', 'diumumkan', 'registrasi', 'ruang_tunggu', 'tayang', 'tanya_jawab', 'selesai', 'arsip', 'dibatalkan'] as const;
  const open = (crew: boolean, at: Date) => states.filter((state) => isOpenTo(conf(state, live.toISOString()), crew, at));
  expect(open(true, before)).toEqual(['ruang_tunggu', 'tayang', 'tanya_jawab']);
  expect(open(false, before)).toEqual([]);
  expect(open(false, live)).toEqual(['tayang', 'tanya_jawab']);
  expect(isOpenTo(conf('tayang'), false, live)).toBe(false);
});

test('who comes too early is told when, in the time of the place; who comes too late is told that it is over', () => {
  const told = (state: Parameters<typeof conf>[0], liveAt: string | null): unknown => {
    try {
      return mustBeOpen(conf(state, liveAt), false, new Date(START));
    } catch (error) {
      return error;
    }
  };
  expect(told('diumumkan', null)).toMatchObject({ code: 'press.not_live', values: { time: 'Senin, 23 November 2026, 10.00 WIB' } });
  expect(told('tayang', '2026-11-23T03:00:05Z')).toMatchObject({ code: 'press.not_live' });
  expect(told('dibatalkan', null)).toMatchObject({ code: 'press.over' });
  expect(told('tayang', START)).toBeUndefined();
});

test('a journalist is seen while the registration waits or was accepted', () => {
  const states: (RegistrationState | null)[] = ['menunggu', 'diterima', 'ditolak', 'dicabut', null];
  expect(states.filter((state) => isSeen(state))).toEqual(['menunggu', 'diterima']);
});

test('who watches and who is on the way take a place each, once; who has one keeps it', () => {
  const watching = new Set(['v_1', 'v_2']);
  expect(hasPlace({ limit: 3, watching, coming: ['v_2', 'v_3'], own: null })).toBe(false);
  expect(hasPlace({ limit: 3, watching, coming: ['v_2'], own: null })).toBe(true);
  expect(hasPlace({ limit: 2, watching, coming: [], own: 'v_1' })).toBe(true);
  expect(hasPlace({ limit: 2, watching, coming: [], own: 'v_9' })).toBe(false);
});

test('a newsroom behind one address gets in at once; of a flood five in a hundred at most get through after the limit', () => {
  const clock = settableClock(START);
  const wait = createLimits({ clock });
  const asks = (mark: string, more: { cookie?: boolean; known?: boolean } = {}) => wait({ ip: '192.0.2.1', mark, cookie: true, known: false, ...more });
  for (let n = 0; n < 200; n += 1) expect(asks(`redaksi-${n}`)).toBe(0);
  /** Twenty a second for a minute, after the first refusal. */
  const through = (kind: string, cookie: boolean): number => {
    let n = 0;
    while (asks(`${kind}-awal-${(n += 1)}`, { cookie }) === 0);
    let passed = 0;
    for (let call = 0; call < 1200; call += 1) {
      clock.advance(50);
      if (asks(`${kind}-${call}`, { cookie }) === 0) passed += 1;
    }
    return passed;
  };
  expect(through('tanpa-kue', false)).toBeLessThanOrEqual(60);
  expect(through('kue-karangan', true)).toBeLessThanOrEqual(60);
  // Neither holds up who watches already, nor another address.
  expect(asks('redaksi-7', { known: true })).toBe(0);
  expect(wait({ ip: '192.0.2.2', mark: 'lain', cookie: true, known: false })).toBe(0);
});
