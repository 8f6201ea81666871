// What rings on a page: from a pushed message alone, from catching up, and what an answer, another device or the caller makes of it.
import { describe, expect, test } from 'vitest';
import type { IncomingCall } from '../../shared/calls.ts';
import {
  answered,
  answering,
  caughtUp,
  heard,
  isRinging,
  NO_RINGS,
  onTop,
  quieted,
  RING_MS,
  silenced,
  troubled,
  type Rings,
} from '../../web/calls/ring/rings.ts';

const NOW = Date.parse('2026-11-23T02:00:05Z');
const BANJIR = '10000000-0000-4000-8000-000000000001';
const BERAS = '10000000-0000-4000-8000-000000000002';
const pushed = (callId = BANJIR, round = 1) => ({
  type: 'call.ringing' as const,
  callId,
  meetingId: callId.replace('1', '2'),
  subject: 'Banjir Kelurahan Telagabiru',
  sifat: 'sangat_segera' as const,
  callerName: 'Wiraguna Mendungpagi',
  callerAs: 'Kepala Dinas Sosial',
  at: '2026-11-23T02:00:00.000Z',
  round,
});
const listed = (id = BANJIR, more: Partial<IncomingCall> = {}): IncomingCall => ({
  id,
  meetingId: pushed(id).meetingId,
  subject: pushed().subject,
  sifat: 'sangat_segera',
  callerName: pushed().callerName,
  callerAs: pushed().callerAs,
  opdName: 'Dinas Sosial',
  youAs: 'Kepala Bidang Rehabilitasi',
  zone: 'Asia/Jakarta',
  placedAt: pushed().at,
  rungAt: pushed().at,
  rounds: 1,
  state: 'memanggil',
  missed: false,
  reason: null,
  eta: null,
  inside: 2,
  invited: 5,
  meetingState: 'berlangsung',
  ...more,
});
const asked = { askedAt: NOW + 100, now: NOW + 200 };
const reply = (ringing: IncomingCall[], recent: IncomingCall[] = []) => ({ ringing, recent, serverTime: '2026-11-23T02:00:05.000Z' });
const rung = (): Rings => heard(NO_RINGS, pushed(), NOW);
const first = (all: Rings) => all.rings[0]!;

describe('a call that arrives', () => {
  test('rings from the message alone, for its time, and then waits in silence', () => {
    const all = rung();
    expect(first(all)).toMatchObject({ state: 'waiting', details: null });
    expect(isRinging(first(all), NOW + RING_MS - 1)).toBe(true);
    expect(isRinging(first(all), NOW + RING_MS)).toBe(false);
    expect(all.rings).toHaveLength(1);
  });

  test('rings once when the message comes twice, and anew with another round', () => {
    const quiet = silenced(rung(), BANJIR, 1);
    expect(heard(quiet, pushed(), NOW + 9000)).toBe(quiet);
    expect(isRinging(first(heard(quiet, pushed(BANJIR, 2), NOW + 60_000)), NOW + 61_000)).toBe(true);
  });

  test('stands on top of those that ring already; another one can be put there', () => {
    const two = heard(rung(), pushed(BERAS), NOW + 1000);
    expect(two.rings.map((ring) => ring.callId)).toEqual([BERAS, BANJIR]);
    expect(onTop(two, BANJIR).rings.map((ring) => ring.callId)).toEqual([BANJIR, BERAS]);
  });
});

describe('catching up', () => {
  test('says more of a call that rings without starting it anew', () => {
    const all = caughtUp(rung(), reply([listed()]), asked);
    expect(first(all)).toMatchObject({ round: 1, since: NOW, details: { inside: 2, invited: 5 } });
  });

  test('a tab that was away rings for the rest of the time only', () => {
    const all = caughtUp(NO_RINGS, reply([listed()]), asked);
    expect(isRinging(first(all), asked.now)).toBe(true);
    expect(isRinging(first(all), asked.now + RING_MS - 5000)).toBe(false);
    const late = caughtUp(NO_RINGS, { ...reply([listed()]), serverTime: '2026-11-23T02:03:00Z' }, asked);
    expect(isRinging(first(late), asked.now)).toBe(false);
  });

  test('hears of a round that it missed', () => {
    const again = listed(BANJIR, { rungAt: '2026-11-23T02:00:45.000Z', rounds: 2 });
    const all = caughtUp(silenced(rung(), BANJIR, 1), { ...reply([again]), serverTime: '2026-11-23T02:00:46Z' }, { askedAt: NOW + 41_000, now: NOW + 41_000 });
    expect(first(all)).toMatchObject({ round: 2, state: 'waiting', silenced: false });
  });

  test('ends what was cancelled meanwhile, in words without an hour', () => {
    const all = caughtUp(rung(), reply([], [listed(BANJIR, { state: 'dibatalkan', missed: true })]), asked);
    expect(all).toMatchObject({ rings: [], outcomes: [{ kind: 'elsewhere', why: 'dibatalkan', at: null }] });
  });

  test('an answer older than the ringing does not silence it', () => {
    expect(caughtUp(rung(), reply([]), { askedAt: NOW - 50, now: NOW + 200 }).rings).toHaveLength(1);
  });
});

describe('an answer', () => {
  const tolak = { answer: 'menolak' as const, reason: 'Sakit' };

  test('on another device silences this one with words and the hour', () => {
    const all = quieted(rung(), { type: 'call.quiet', callId: BANJIR, why: 'menjawab' }, NOW + 3000);
    expect(all).toMatchObject({ rings: [], outcomes: [{ why: 'menjawab', at: NOW + 3000 }] });
  });

  test('of this page needs no words from elsewhere, and its own when it is heard', () => {
    const saying = answering(rung(), BANJIR, tolak);
    expect(isRinging(first(saying), NOW)).toBe(false);
    expect(quieted(saying, { type: 'call.quiet', callId: BANJIR, why: 'menolak' }, NOW)).toBe(saying);
    expect(answered(saying, BANJIR, { answer: tolak }, NOW)).toMatchObject({ rings: [], outcomes: [{ kind: 'said', answer: tolak }] });
  });

  test('that does not get through stays on its way, over a new round and over the portal’s list', () => {
    const cut = troubled(answering(rung(), BANJIR, tolak), BANJIR, tolak, { kind: 'offline' });
    expect(first(heard(cut, pushed(BANJIR, 2), NOW + 60_000))).toMatchObject({ state: 'answering', round: 2, trouble: { kind: 'offline' } });
    expect(first(caughtUp(cut, reply([listed()]), asked))).toMatchObject({ state: 'answering' });
  });

  test('that was heard at last is not taken for one from elsewhere, though the word of silence comes first', () => {
    const cut = troubled(answering(rung(), BANJIR, tolak), BANJIR, tolak, { kind: 'offline' });
    expect(quieted(cut, { type: 'call.quiet', callId: BANJIR, why: 'menolak' }, NOW)).toBe(cut);
    expect(quieted(cut, { type: 'call.quiet', callId: BANJIR, why: 'dibatalkan' }, NOW).rings).toEqual([]);
  });

  test('that did not get through gives way to what was answered on another device meanwhile', () => {
    const cut = troubled(answering(rung(), BANJIR, tolak), BANJIR, tolak, { kind: 'offline' });
    expect(caughtUp(cut, reply([], [listed(BANJIR, { state: 'menjawab' })]), asked)).toMatchObject({ rings: [], outcomes: [{ why: 'menjawab' }] });
    expect(caughtUp(cut, reply([], [listed(BANJIR, { state: 'menolak' })]), asked).rings).toHaveLength(1);
  });

  test('whose trouble comes late says nothing about the one that took its place', () => {
    const other = { answer: 'menyusul' as const, minutes: 10 };
    const next = answering(answering(rung(), BANJIR, tolak), BANJIR, other);
    expect(troubled(next, BANJIR, tolak, { kind: 'offline' }).rings).toMatchObject([{ answer: other, trouble: null }]);
  });

  test('that came too late is told the portal’s own words', () => {
    const all = answered(answering(rung(), BANJIR, tolak), BANJIR, { refused: 'Panggilan dibatalkan pukul 09.01 WIB.' }, NOW);
    expect(all.outcomes).toMatchObject([{ kind: 'refused', message: 'Panggilan dibatalkan pukul 09.01 WIB.' }]);
  });
});

test('a new call of the same subject takes the place of what was told about the last', () => {
  const over = quieted(rung(), { type: 'call.quiet', callId: BANJIR, why: 'menyusul' }, NOW);
  expect(heard(over, pushed(BANJIR, 2), NOW + 600_000)).toMatchObject({ rings: [{ round: 2 }], outcomes: [] });
});
