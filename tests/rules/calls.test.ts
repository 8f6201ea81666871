import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CalleeState } from '../../shared/calls.ts';
import { answer, joined, mayRingAgain, overOf, rungAgain, stopped, type Answer, type Callee, type Over } from '../../server/calls/call.ts';
import type { HopRow } from '../../server/calls/hops-store.ts';
import { progressOf, waitingSince } from '../../server/calls/progress.ts';
import { defaultQuorum, unitsOf } from '../../server/calls/quorum.ts';
import { refusalOf } from '../support/refusal.ts';

const NINE = new Date('2026-11-23T02:00:00Z');
const after = (seconds: number): Date => new Date(NINE.getTime() + seconds * 1000);
const callee = (more: Partial<Callee> = {}): Callee => ({
  id: 'e',
  callId: 'c',
  meetingId: 'm',
  personId: 'p',
  name: 'Sari',
  state: 'memanggil',
  rungAt: NINE,
  rounds: 1,
  sentAt: NINE,
  deliveredAt: null,
  ringingAt: null,
  answeredAt: null,
  reachedBy: null,
  reason: null,
  eta: null,
  joinedAt: null,
  seenAt: null,
  ...more,
});
const running = { over: null, zone: 'Asia/Jakarta' as const };
const answers: fc.Arbitrary<Answer> = fc.oneof(
  fc.constant<Answer>({ answer: 'gabung' }),
  fc.constantFrom('sakit', 'di jalan').map((reason): Answer => ({ answer: 'menolak', reason })),
  fc.record({ answer: fc.constant('menyusul' as const), minutes: fc.integer({ min: 1, max: 120 }) }),
);

test('the same answer again, at any later moment, changes nothing', () => {
  fc.assert(
    fc.property(answers, fc.integer({ min: 0, max: 7200 }), (given, later) => {
      const once = answer(callee(), given, { ...running, now: NINE });
      expect(answer(once, given, { ...running, now: after(later) })).toBe(once);
    }),
  );
});

test('of several answers the last one stands, with nothing of those before it, as long as nobody is inside', () => {
  fc.assert(
    fc.property(fc.array(answers, { minLength: 1, maxLength: 6 }), (all) => {
      const now = after(60);
      const last = all.at(-1)!;
      const stands = all.reduce((e, given) => answer(e, given, { ...running, now }), callee());
      expect(stands).toEqual(answer(callee(), last, { ...running, now }));
      expect(stands.eta === null).toBe(last.answer !== 'menyusul');
    }),
  );
});

test('who is inside stays inside whatever is answered; gabung is no other answer there', () => {
  fc.assert(
    fc.property(answers, (given) => {
      const inside = joined(callee(), after(5));
      if (given.answer === 'gabung') expect(answer(inside, given, { ...running, now: after(9) })).toBe(inside);
      else expect(refusalOf(() => answer(inside, given, { ...running, now: after(9) }))).toBe('call.inside_already');
    }),
  );
});

test.each<[Over, string]>([
  [{ why: 'dibatalkan', at: NINE }, 'call.cancelled'],
  [{ why: 'berakhir', at: NINE }, 'call.over'],
])('after %o an answer is refused by name, and the one already given still holds', (over, code) => {
  const context = { over, zone: 'Asia/Jakarta' as const, now: after(60) };
  expect(refusalOf(() => answer(callee(), { answer: 'gabung' }, context))).toBe(code);
  const declined = callee({ state: 'menolak', reason: 'sakit', answeredAt: NINE });
  expect(answer(declined, { answer: 'menolak', reason: 'sakit' }, context)).toBe(declined);
});

test('a call is cancelled when it was cancelled before its meeting ended', () => {
  expect(overOf({ cancelledAt: null }, null)).toBeNull();
  expect(overOf({ cancelledAt: NINE }, after(9))?.why).toBe('dibatalkan');
  expect(overOf({ cancelledAt: after(9) }, NINE)?.why).toBe('berakhir');
});

test('when everything stops, an answer given before the last ring is the last word; who never answered was missed', () => {
  const declined = rungAgain(callee({ state: 'menolak', reason: 'sakit', answeredAt: NINE }), after(20));
  expect(stopped(declined, 'berakhir').state).toBe('menolak');
  const later = rungAgain(callee({ state: 'menyusul', eta: after(600), answeredAt: NINE }), after(720));
  expect(stopped(later, 'berakhir').state).toBe('menyusul');
  expect(stopped(callee(), 'dibatalkan').state).toBe('dibatalkan');
  fc.assert(
    fc.property(fc.constantFrom(...CalleeState.options), (state) => {
      const before = callee({ state });
      if (state !== 'memanggil') expect(stopped(before, 'berakhir')).toBe(before);
    }),
  );
});

test('panggil lagi waits ten seconds for the same person, and is not for who is inside', () => {
  expect(refusalOf(() => mayRingAgain(callee(), true, after(60)))).toBe('call.inside_already');
  expect(refusalOf(() => mayRingAgain(callee(), false, after(9)))).toBe('limit.reached');
  expect(refusalOf(() => mayRingAgain(callee(), false, after(10)))).toBeNull();
});

const hop = (state: HopRow['state'], round = 1): HopRow => ({ calleeId: 'e', round, channel: 'tab', name: null, state, detail: null, at: NINE });

test.each<[string, HopRow['state'][], number, string]>([
  ['nothing sent yet', ['antre'], 1, 'dikirim'],
  ['one of two channels took it', ['gagal', 'dikirim'], 1, 'dikirim'],
  ['a tab shows it', ['diterima', 'dikirim'], 1, 'diterima'],
  ['a tab sounds', ['berdering', 'diterima'], 1, 'berdering'],
  ['half a minute less a second', ['berdering'], 29, 'berdering'],
  ['half a minute', ['berdering'], 30, 'belum_menjawab'],
  ['no channel took it', ['gagal', 'gagal'], 1, 'tak_terjangkau'],
  ['no channel took it, and time went by', ['gagal'], 300, 'tak_terjangkau'],
  ['there is no channel', [], 1, 'tak_terjangkau'],
])('progress: %s', (_what, states, seconds, progress) => {
  expect(
    progressOf(
      callee(),
      states.map((s) => hop(s)),
      NINE,
      after(seconds),
    ),
  ).toBe(progress);
});

test('only the last round says how far the ring came, and the wait is counted from the first ring', () => {
  const again = rungAgain(callee(), after(20));
  expect(progressOf(again, [hop('berdering'), hop('dikirim', 2)], NINE, after(21))).toBe('dikirim');
  expect(waitingSince(again, NINE)).toEqual(NINE);
  expect(waitingSince(rungAgain(callee({ state: 'menolak', answeredAt: NINE }), after(20)), NINE)).toEqual(after(20));
});

test('a unit is present while somebody rung for one of its seats is inside; a seat nobody can be rung for makes no unit', () => {
  const seat = (id: string, unitId: string | null, chain = [{ personId: 'x', name: '', label: '', as: 'nama' as const, why: '' }]) => ({
    id,
    no: 1,
    positionId: null,
    title: id,
    unitId,
    unitName: unitId ?? '',
    opdName: null,
    chain,
  });
  const seats = [seat('1', 'a'), seat('2', 'a'), seat('3', 'b'), seat('4', 'c', []), seat('5', null)];
  const rung = [
    { seatId: '1', calleeId: 'e1' },
    { seatId: '2', calleeId: 'e2' },
    { seatId: '3', calleeId: 'e3' },
  ];
  const of = (inside: string[]) =>
    unitsOf(
      seats,
      rung,
      (id) => id.replace('e', 'p'),
      (p) => inside.includes(p),
    );
  expect(of(['p2']).map((u) => [u.unitId, u.personIds, u.present])).toEqual([
    ['a', ['p1', 'p2'], true],
    ['b', ['p3'], false],
  ]);
  expect([1, 2, 3, 4, 5, 6].map(defaultQuorum)).toEqual([1, 2, 2, 3, 3, 4]);
});
