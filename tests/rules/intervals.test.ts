import { expect, test } from 'vitest';
import { fold, LEAVE_DETECT_MS, withManual, type Window } from '../../server/attendance/intervals.ts';
import type { PresenceFact } from '../../server/rooms/index.ts';

const nine = Date.parse('2026-11-23T02:00:00Z'); // 09.00 WIB
const at = (minutes: number, seconds = 0): Date => new Date(nine + (minutes * 60 + seconds) * 1000);
const DEWI = 'p_00000000-0000-4000-8000-000000000001';
const BUDI = 'p_00000000-0000-4000-8000-000000000002';

let serial = 0;
const fact = (kind: PresenceFact['kind'], when: Date, more: Partial<PresenceFact> = {}): PresenceFact => ({
  id: String(++serial),
  roomId: 'room',
  source: 'webhook',
  kind,
  sid: 'PA_1',
  member: DEWI,
  device: 's1',
  at: when,
  reason: null,
  receivedAt: when,
  ...more,
});
const exit = (when: Date): PresenceFact => fact('server_exit', when, { sid: null, member: null, device: null, source: 'supervisor' });
const closed = (when: Date): PresenceFact => ({ ...exit(when), kind: 'room_closed' });
const absent = (lastSeen: Date, noticed: Date, more: Partial<PresenceFact> = {}): PresenceFact =>
  fact('absent', lastSeen, { source: 'poll', receivedAt: noticed, ...more });

const running: Window = { from: at(0), to: null, now: at(60) };
const ended: Window = { from: at(0), to: at(60), now: at(90) };
const dewi = (facts: PresenceFact[], window: Window = ended) => fold(facts, window).get(DEWI) ?? [];

test('a join and a leave told by LiveKit are one certain visit', () => {
  expect(dewi([fact('joined', at(1)), fact('left', at(31), { reason: 'CLIENT_INITIATED' })])).toEqual([
    { from: at(1), to: at(31), confidence: 'pasti', sources: ['webhook'] },
  ]);
});

test('a reload is one visit, though the new join is told before the old leave', () => {
  const facts = [fact('joined', at(1)), fact('joined', at(10, 1), { sid: 'PA_2' }), fact('left', at(10)), fact('left', at(20), { sid: 'PA_2' })];
  expect(dewi(facts)).toEqual([{ from: at(1), to: at(20), confidence: 'pasti', sources: ['webhook'] }]);
});

test('sixty seconds away are the same visit, sixty-one are two', () => {
  const away = (seconds: number) =>
    dewi([fact('joined', at(1)), fact('left', at(10)), fact('joined', at(10, seconds), { sid: 'PA_2' }), fact('left', at(20), { sid: 'PA_2' })]);
  expect(away(60)).toHaveLength(1);
  expect(away(61)).toHaveLength(2);
});

test('telephone and laptop at once are a union, not a sum', () => {
  const phone = { sid: 'PA_phone', device: 's2' };
  expect(dewi([fact('joined', at(1)), fact('left', at(30)), fact('joined', at(5), phone), fact('left', at(40), phone)])).toMatchObject([
    { from: at(1), to: at(40) },
  ]);
});

test('who only tried to connect was not there', () => {
  expect(fold([fact('aborted', at(2), { reason: 'JOIN_FAILURE' })], ended).size).toBe(0);
  expect(fold([fact('seen', at(1), { source: 'poll' }), fact('aborted', at(2))], ended).size).toBe(0);
});

test('a recorder without a member is nobody', () => {
  expect(fold([fact('joined', at(1), { member: null }), fact('left', at(5), { member: null })], ended).size).toBe(0);
});

test('a connection that timed out ended 21.5 s before LiveKit noticed, and says so', () => {
  const [visit] = dewi([fact('joined', at(1)), fact('left', at(31), { reason: 'CONNECTION_TIMEOUT' })]);
  expect(visit).toMatchObject({
    to: new Date(at(31).getTime() - LEAVE_DETECT_MS),
    confidence: 'perkiraan',
  });
});

test('a time-out seconds after the join is a visit without length, never a negative one', () => {
  expect(dewi([fact('joined', at(1)), fact('left', at(1, 20), { reason: 'CONNECTION_TIMEOUT' })])).toMatchObject([
    { from: at(1), to: at(1), confidence: 'perkiraan' },
  ]);
});

test('a lost join is read from the poll', () => {
  expect(dewi([fact('joined', at(3), { source: 'poll' }), fact('left', at(20))])).toEqual([
    { from: at(3), to: at(20), confidence: 'pasti', sources: ['poll', 'webhook'] },
  ]);
  expect(dewi([fact('seen', at(4), { source: 'poll' }), fact('left', at(20))])).toMatchObject([{ from: at(4), to: at(20), confidence: 'perkiraan' }]);
});

test('a lost leave is read from two polls that miss the session', () => {
  expect(dewi([fact('joined', at(1)), absent(at(12), at(12, 10))])).toMatchObject([{ to: at(12), confidence: 'perkiraan', sources: ['poll', 'webhook'] }]);
});

test('a session closed by the poll and seen again is open again', () => {
  const facts = [fact('joined', at(1)), absent(at(12), at(12, 10)), fact('seen', at(14), { source: 'poll' })];
  expect(dewi(facts, running)).toMatchObject([{ from: at(1), to: null }]);
  expect(dewi([...facts, fact('left', at(20))])).toMatchObject([{ from: at(1), to: at(20), confidence: 'pasti' }]);
});

test('a leave that comes late replaces the end the poll had given', () => {
  expect(dewi([fact('joined', at(1)), absent(at(12), at(12, 10)), fact('left', at(12, 3), { receivedAt: at(15) })])).toMatchObject([
    { to: at(12, 3), confidence: 'pasti' },
  ]);
});

test('when the media server dies everybody inside was inside until then', () => {
  expect(dewi([fact('joined', at(1)), exit(at(25)), absent(at(24, 56), at(25, 8))])).toMatchObject([
    { to: at(25), confidence: 'perkiraan', sources: ['poll', 'supervisor', 'webhook'] },
  ]);
});

test('who had left unnoticed long before the media server died is not counted until then', () => {
  expect(dewi([fact('joined', at(1)), absent(at(12), at(12, 10)), exit(at(50))])).toMatchObject([{ to: at(12) }]);
});

test('a supervisor that was mistaken is overruled by the list', () => {
  expect(dewi([fact('joined', at(1)), exit(at(25)), fact('seen', at(26), { source: 'poll' })], running)).toMatchObject([{ to: null }]);
});

test('an exit before the join does not touch it', () => {
  expect(dewi([exit(at(1)), fact('joined', at(2)), fact('left', at(9))])).toMatchObject([{ from: at(2), to: at(9) }]);
});

test('the end of the room is the end of everybody in it', () => {
  expect(dewi([fact('joined', at(1)), closed(at(60))])).toMatchObject([{ to: at(60), confidence: 'pasti' }]);
});

test('nobody stays open after the meeting, even when no witness told an end', () => {
  expect(dewi([fact('joined', at(1))])).toMatchObject([{ to: at(60), confidence: 'perkiraan' }]);
  expect(dewi([fact('joined', at(1))], running)).toMatchObject([{ to: null, confidence: 'pasti' }]);
});

test('clocks that differ move times to the meeting, they never lose a visit', () => {
  expect(dewi([fact('joined', at(-2)), fact('left', at(-1))])).toMatchObject([{ from: at(0), to: at(0) }]);
  expect(dewi([fact('joined', at(61)), fact('left', at(62))])).toMatchObject([{ from: at(60), to: at(60) }]);
  expect(dewi([fact('joined', at(61))], running)).toMatchObject([{ from: at(60), to: null }]);
});

test('a leave whose join nobody told is kept as a visit without length', () => {
  expect(dewi([fact('left', at(20))])).toMatchObject([{ from: at(20), to: at(20), confidence: 'perkiraan' }]);
});

const beat = (when: Date, more: Partial<PresenceFact> = {}): PresenceFact => fact('seen', when, { source: 'heartbeat', ...more });

test('a page that LiveKit never told of was there from its first beat to its last, as an estimate', () => {
  expect(dewi([beat(at(3)), beat(at(9))])).toEqual([{ from: at(3), to: at(9), confidence: 'perkiraan', sources: ['heartbeat'] }]);
  expect(dewi([beat(at(3)), beat(at(9))], running)).toMatchObject([{ to: at(9) }]);
});

test('a beat before a time-out was noticed bounds the correction, a beat after it does not', () => {
  const timeout = fact('left', at(31), { reason: 'CONNECTION_TIMEOUT' });
  expect(dewi([fact('joined', at(1)), timeout, beat(at(30, 50))])).toMatchObject([{ to: at(30, 50), confidence: 'perkiraan' }]);
  expect(dewi([fact('joined', at(1)), timeout, beat(at(20))])).toMatchObject([{ to: new Date(at(31).getTime() - LEAVE_DETECT_MS) }]);
  expect(dewi([fact('joined', at(1)), timeout, beat(at(40))])).toMatchObject([{ to: new Date(at(31).getTime() - LEAVE_DETECT_MS) }]);
});

test('LiveKit lists a client that vanished until it notices: its list does not undo the correction', () => {
  const facts = [fact('joined', at(1)), fact('left', at(31), { reason: 'CONNECTION_TIMEOUT' }), absent(at(30, 57), at(31, 7))];
  expect(dewi(facts)).toMatchObject([{ to: new Date(at(31).getTime() - LEAVE_DETECT_MS) }]);
});

test('where the leave was lost, the last beat tells more than the last list', () => {
  expect(dewi([fact('joined', at(1)), absent(at(12), at(12, 10)), beat(at(12, 4))])).toMatchObject([
    { to: at(12, 4), confidence: 'perkiraan', sources: ['heartbeat', 'poll', 'webhook'] },
  ]);
  expect(dewi([fact('joined', at(1)), absent(at(12), at(12, 10)), beat(at(13))])).toMatchObject([{ to: at(12) }]);
});

test('a page that still beats when the media server is dead or the room closed is not inside', () => {
  expect(dewi([fact('joined', at(1)), exit(at(25)), beat(at(25, 20))], running)).toMatchObject([{ to: at(25) }]);
  expect(dewi([fact('joined', at(1)), closed(at(25)), beat(at(25, 20))], running)).toMatchObject([{ to: at(25) }]);
  expect(dewi([beat(at(1)), closed(at(25)), beat(at(26))], running)).toMatchObject([{ to: at(25) }]);
});

test('a meeting that nobody ended holds nobody longer than a day', () => {
  const week: Window = { from: at(0), to: null, now: at(7 * 24 * 60) };
  expect(dewi([fact('joined', at(1))], week)).toMatchObject([{ from: at(1), to: at(24 * 60), confidence: 'perkiraan' }]);
});

test('an accepted correction fills what nobody saw, and never counts a minute twice', () => {
  const seen = dewi([fact('joined', at(10)), fact('left', at(20))]);
  expect(
    withManual(seen, [
      { from: at(5), to: at(15) },
      { from: at(12), to: at(30) },
    ]),
  ).toEqual([
    { from: at(5), to: at(10), confidence: 'manual', sources: ['koreksi'] },
    { from: at(10), to: at(20), confidence: 'pasti', sources: ['webhook'] },
    { from: at(20), to: at(30), confidence: 'manual', sources: ['koreksi'] },
  ]);
  expect(withManual(seen, [{ from: at(12), to: at(18) }])).toEqual(seen);
  expect(withManual([], [{ from: at(5), to: at(15) }])).toHaveLength(1);
  expect(withManual(dewi([fact('joined', at(10))], running), [{ from: at(5), to: at(50) }])).toMatchObject([{ from: at(5), to: at(10) }, { to: null }]);
});

test('each member is folded apart', () => {
  expect([...fold([fact('joined', at(1)), fact('joined', at(2), { sid: 'PA_9', member: BUDI })], running).keys()]).toEqual([DEWI, BUDI]);
});
