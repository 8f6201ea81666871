import { expect, test } from 'vitest';
import * as rules from '../../server/attendance/confirmation-rules.ts';
import { refusalOf } from '../support/refusal.ts';

const PRINT = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const WFH = { code: 'WFH' as const, mark: 'hadir_wfh' as const, outage: false, confidence: 'pasti' as const, objected: false, fingerprint: PRINT };
const doubts = (more: Partial<Parameters<typeof rules.doubtsOf>[0]>, confirmed?: { fingerprint: string }) => rules.doubtsOf({ ...WFH, ...more }, confirmed);

test('a day is sure when the record has an answer and nobody objects', () => {
  expect(doubts({})).toEqual([]);
  expect(doubts({ confidence: 'manual' })).toEqual([]);
  expect(doubts({ code: 'WFO', mark: 'tidak_dinilai', confidence: null })).toEqual([]);
  // Seen at an estimated time in a meeting of a day that meetings do not judge.
  expect(doubts({ code: 'WFO', mark: 'tidak_dinilai', confidence: 'perkiraan' })).toEqual([]);
});

test('somebody looks at a day without evidence, with an outage, an estimate or an objection', () => {
  expect(doubts({ mark: 'belum_ada_bukti', confidence: null })).toEqual(['no_evidence']);
  expect(doubts({ mark: 'gangguan_sistem', confidence: null, outage: true })).toEqual(['outage']);
  expect(doubts({ confidence: 'perkiraan' })).toEqual(['estimated']);
  expect(doubts({ objected: true })).toEqual(['objected']);
});

test('and again when the reading changed since it was confirmed', () => {
  expect(doubts({}, { fingerprint: PRINT })).toEqual([]);
  expect(doubts({}, { fingerprint: OTHER })).toEqual(['changed']);
});

const day = { ...WFH, personId: 'sari', date: '2026-11-23' };
const by = { id: 'kepala', zone: 'Asia/Jayapura' as const, now: new Date('2026-11-23T15:00:00Z') }; // midnight in Jayapura
const said = { outcome: 'sesuai' as const, reason: null, fingerprint: PRINT };
const refusal = (of: Partial<typeof day> = {}, what: Partial<Parameters<typeof rules.mustConfirm>[1]> = {}, who: Partial<typeof by> = {}) =>
  refusalOf(() => rules.mustConfirm({ ...day, ...of }, { ...said, ...what }, { ...by, ...who }));

test('not the own day, not before its midnight, not another reading than was shown', () => {
  expect(refusal()).toBeNull();
  expect(refusal({}, {}, { id: 'sari' })).toBe('confirmation.own');
  expect(refusal({}, {}, { now: new Date(by.now.getTime() - 1) })).toBe('confirmation.day_not_over');
  expect(refusal({ fingerprint: OTHER })).toBe('confirmation.moved');
  expect(refusal({ code: null as never })).toBe('confirmation.no_code');
});

test('“tidak hadir” needs a reason, a decided objection, and no witness who saw the person', () => {
  const absent = { outcome: 'tidak_hadir' as const, reason: 'Tidak ada kabar sampai sore, sudah dihubungi.' };
  const unseen = { mark: 'belum_ada_bukti' as never, confidence: null as never };
  expect(refusal(unseen, absent)).toBeNull();
  expect(refusal(unseen, { ...absent, reason: 'singkat' })).toBe('input.invalid');
  expect(refusal(unseen, { outcome: 'gangguan_sistem' })).toBe('input.invalid');
  expect(refusal({ ...unseen, objected: true }, absent)).toBe('confirmation.objected');
  expect(refusal({}, absent)).toBe('confirmation.witnessed');
});

test('what was seen names its rows in any order, and nothing else', () => {
  const [a, b] = [
    { personId: '1', date: '2026-11-23', fingerprint: PRINT },
    { personId: '2', date: '2026-11-23', fingerprint: PRINT },
  ];
  expect(rules.seenOf([a, b])).toBe(rules.seenOf([b, a]));
  expect(rules.seenOf([a, b])).not.toBe(rules.seenOf([a]));
  expect(rules.seenOf([a])).not.toBe(rules.seenOf([{ ...a, fingerprint: OTHER }]));
});
