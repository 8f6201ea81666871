import { expect, test } from 'vitest';
import {
  agendaIsDue,
  confirm,
  crossing,
  inProtocolOrder,
  marksIn,
  mustBeRead,
  mustBeToCome,
  neededOf,
  voicesTo,
  type Confirming,
} from '../../server/proceedings/rules.ts';
import { refusalOf } from '../support/refusal.ts';

const at = (time: string): Date => new Date(`2026-11-23T${time}:00Z`);
const ready: Confirming = {
  objections: [],
  seen: 0,
  quorum: { present: 4, needed: 3 },
  acting: null,
  underQuorumReason: null,
  strategic: null,
  strategicReason: null,
};
const plh = { ...ready, acting: 'Plh. Kepala Dinas Sosial' };

test('the agenda is born once, and again at the start when only the portal had written it before', () => {
  expect(agendaIsDue(null, null)).toBe(true);
  expect(agendaIsDue({ byId: null, at: at('01:00') }, at('02:00'))).toBe(true);
  expect(agendaIsDue({ byId: null, at: at('02:00') }, at('02:00'))).toBe(false);
  expect(agendaIsDue({ byId: 'ketua', at: at('01:00') }, at('02:00'))).toBe(false);
  expect(agendaIsDue({ byId: null, at: at('01:00') }, null)).toBe(false);
});

test.each([
  [0, 1],
  [1, 1],
  [2, 2],
  [5, 3],
  [6, 4],
])('of %i units more than half is %i', (units, needed) => expect(neededOf(units, { byChair: null, byCall: null })).toEqual({ needed, from: 'setengah_lebih' }));

test('the chair’s own number goes before the call’s, and the call’s before more than half', () => {
  expect(neededOf(5, { byChair: 2, byCall: 4 })).toEqual({ needed: 2, from: 'pimpinan' });
  expect(neededOf(5, { byChair: null, byCall: 4 })).toEqual({ needed: 4, from: 'panggilan' });
  expect(neededOf(3, { byChair: null, byCall: 4 })).toEqual({ needed: 3, from: 'panggilan' });
});

test('reaching the quorum is written once, each loss once, whatever the chair set between', () => {
  expect(crossing([], 2, 3)).toBeNull();
  expect(crossing([], 3, 3)).toBe('tercapai');
  expect(crossing([{ kind: 'tercapai', needed: 3 }], 4, 3)).toBeNull();
  expect(crossing([{ kind: 'tercapai', needed: 3 }], 2, 3)).toBe('hilang');
  expect(
    crossing(
      [
        { kind: 'tercapai', needed: 3 },
        { kind: 'hilang', needed: 3 },
      ],
      2,
      3,
    ),
  ).toBeNull();
  expect(
    crossing(
      [
        { kind: 'tercapai', needed: 3 },
        { kind: 'diatur', needed: 5 },
      ],
      3,
      5,
    ),
  ).toBe('hilang');
  expect(
    crossing(
      [
        { kind: 'hilang', needed: 3 },
        { kind: 'diatur', needed: 2 },
      ],
      2,
      2,
    ),
  ).toBe('tercapai');
});

test('a decision with quorum and a definitive chair needs no words', () => {
  expect(confirm(ready)).toEqual({ underQuorumReason: null, strategic: null, strategicReason: null });
  expect(confirm({ ...ready, underQuorumReason: 'tidak perlu', strategic: true, strategicReason: 'tidak perlu' })).toEqual({
    underQuorumReason: null,
    strategic: null,
    strategicReason: null,
  });
});

test('under quorum it asks for a reason, and keeps it', () => {
  const under = { ...ready, quorum: { present: 2, needed: 3 } };
  expect(refusalOf(() => confirm(under))).toBe('decision.under_quorum');
  expect(confirm({ ...under, underQuorumReason: 'Bantuan harus berangkat hari ini' }).underQuorumReason).toBe('Bantuan harus berangkat hari ini');
});

test('a Plh is asked whether it is strategic, and for what is strategic why it cannot wait', () => {
  expect(refusalOf(() => confirm(plh))).toBe('decision.strategic_asked');
  expect(confirm({ ...plh, strategic: false })).toEqual({ underQuorumReason: null, strategic: false, strategicReason: null });
  expect(refusalOf(() => confirm({ ...plh, strategic: true }))).toBe('decision.strategic_reason');
  expect(confirm({ ...plh, strategic: true, strategicReason: 'Atas perintah tertulis Sekda' })).toMatchObject({
    strategic: true,
    strategicReason: 'Atas perintah tertulis Sekda',
  });
});

test('an objection that came while the chair was pressing is shown first', () => {
  const objected = { ...ready, objections: [{ name: 'Budi' }] };
  expect(refusalOf(() => confirm(objected))).toBe('decision.objected');
  expect(refusalOf(() => confirm({ ...objected, seen: 1 }))).toBeNull();
});

test('only what is read back, in the words that were read, can be answered or confirmed', () => {
  expect(refusalOf(() => mustBeRead({ state: 'dibacakan', version: 2 }, 2))).toBeNull();
  expect(refusalOf(() => mustBeRead({ state: 'dibacakan', version: 2 }, 1))).toBe('proceedings.changed');
  expect(refusalOf(() => mustBeRead({ state: 'rancangan', version: 2 }, 2))).toBe('decision.not_read');
  expect(refusalOf(() => mustBeRead({ state: 'dicabut', version: 2 }, 2))).toBe('decision.over');
});

test('a due date may be today, not yesterday', () => {
  expect(refusalOf(() => mustBeToCome('2026-11-23', '2026-11-23'))).toBeNull();
  expect(refusalOf(() => mustBeToCome(null, '2026-11-23'))).toBeNull();
  expect(refusalOf(() => mustBeToCome('2026-11-22', '2026-11-23'))).toBe('decision.due_past');
});

test('the last word of each counts, to this version only', () => {
  const said = (member: string, answer: 'setuju' | 'keberatan', version = 1) => ({ decisionId: 'k', version, member, answer });
  const rows = [said('budi', 'keberatan'), said('sari', 'setuju'), said('budi', 'setuju'), said('sari', 'keberatan', 2)];
  expect(voicesTo(rows, 'k', 1).map(({ member, answer }) => [member, answer])).toEqual([
    ['budi', 'setuju'],
    ['sari', 'setuju'],
  ]);
});

test('a mark that was taken back stands no more', () => {
  const row = (member: string | null, kind: 'dibuka' | 'hadir' | 'tidak_menjawab' | 'dibatalkan', round = 1) => ({ round, kind, member });
  const rows = [
    row(null, 'dibuka'),
    row('budi', 'tidak_menjawab'),
    row('sari', 'hadir'),
    row('budi', 'dibatalkan'),
    row(null, 'dibuka', 2),
    row('budi', 'hadir', 2),
  ];
  expect(marksIn(rows, 1).map((r) => r.member)).toEqual(['sari']);
  expect(marksIn(rows, 2).map((r) => r.member)).toEqual(['budi']);
});

test('units are called by the highest post that speaks for them, people in them by theirs', () => {
  const order = inProtocolOrder([
    { unitName: 'Bidang B', rank: 3, name: 'Wati' },
    { unitName: 'Bidang A', rank: 6, name: 'Edi' },
    { unitName: 'Dinas', rank: 6, name: 'Joko' },
    { unitName: 'Bidang A', rank: 3, name: 'Budi' },
    { unitName: 'Dinas', rank: 1, name: 'Hartini' },
  ]);
  expect(order.map(({ unitName, people }) => [unitName, people.map((p) => p.name)])).toEqual([
    ['Dinas', ['Hartini', 'Joko']],
    ['Bidang A', ['Budi', 'Edi']],
    ['Bidang B', ['Wati']],
  ]);
});
