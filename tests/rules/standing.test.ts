// What an urgent call adds to the Daftar Hadir.
import { expect, test } from 'vitest';
import type { Interval } from '../../server/attendance/intervals.ts';
import { csvOf } from '../../server/attendance/exports.ts';
import { noteOf, paperOf, thawed, type Paper } from '../../server/attendance/paper.ts';
import { countsOf, rowsOf, type Meeting } from '../../server/attendance/sheet.ts';
import type { Standing } from '../../server/attendance/standing.ts';

const at = (minutes: number): Date => new Date(Date.parse('2026-11-23T02:00:00Z') + minutes * 60_000);
const inside: Interval[] = [{ from: at(1), to: at(20), confidence: 'pasti', sources: ['webhook'] }];
const invite = (personId: string, name: string, position: string): Meeting['invitations'][number] => ({
  id: personId,
  meetingId: 'm',
  member: `p_${personId}`,
  personId,
  name,
  nip: null,
  position,
  rank: 3,
  opdId: 'o',
  opdName: 'Dinas Kesehatan',
  badge: null,
  institution: null,
  via: 'nama',
  linkVersion: 1,
  linkBrowser: null,
  linkRevokedAt: null,
  linkOffAt: null,
  email: null,
  invitedAt: at(0),
  linkUsed: false,
});
const meeting: Meeting = {
  startsAt: at(0),
  startedAt: at(0),
  endedAt: at(20),
  invitations: [
    invite('kepala', 'Wahyu', 'Kepala Dinas Kesehatan'),
    invite('plh', 'Tuti', 'Sekretaris Dinas Kesehatan'),
    invite('lapangan', 'Budi', 'Kepala Bidang'),
    invite('jalan', 'Sari', 'Kepala Seksi'),
  ],
};
const standing = (personId: string, more: Partial<Standing> = {}): Standing => ({
  personId,
  state: 'memanggil',
  reason: null,
  eta: null,
  represents: [],
  representedBy: [],
  ...more,
});
const kepala = standing('kepala', { representedBy: [{ personId: 'plh', name: 'Tuti', label: 'Plh. Kepala Dinas Kesehatan' }] });
const plh = standing('plh', { state: 'bergabung', represents: [{ personId: 'kepala', title: 'Kepala Dinas Kesehatan' }] });
const lapangan = standing('lapangan', { state: 'menolak', reason: 'di lapangan, 10 menit' });
const jalan = standing('jalan', { state: 'menyusul', eta: at(20), reason: 'di jalan' });

const list = (insideNow: string[], standings: Standing[]) =>
  rowsOf(meeting, new Map(insideNow.map((id) => [`p_${id}`, inside])), new Map(), { now: at(30), standings: new Map(standings.map((s) => [s.personId, s])) });
const zone = { zone: 'Asia/Jakarta' as const, startedAt: at(0).toISOString() };
const said = (insideNow: string[], standings: Standing[]) =>
  Object.fromEntries(list(insideNow, standings).map((row) => [row.name, [row.status, noteOf(row, zone)]]));

test('the holder is represented by the Plh who came, who is present for the post', () => {
  expect(said(['plh'], [kepala, plh])).toMatchObject({
    Wahyu: ['diwakili', 'oleh Tuti (Plh. Kepala Dinas Kesehatan)'],
    Tuti: ['hadir', 'mewakili Kepala Dinas Kesehatan'],
  });
});

test('a deputy who was rung and never came represents nobody', () => {
  expect(said([], [kepala, plh])).toMatchObject({ Wahyu: ['belum_ada_bukti', null], Tuti: ['belum_ada_bukti', null] });
});

test('a holder who came after all is present, and nobody is there for them', () => {
  expect(said(['kepala', 'plh'], [kepala, plh])).toMatchObject({ Wahyu: ['hadir', null], Tuti: ['hadir', null] });
});

test('who declined is listed with the reason, and who follows has no evidence yet', () => {
  expect(said([], [lapangan, jalan])).toMatchObject({
    Budi: ['menolak', 'di lapangan, 10 menit'],
    Sari: ['belum_ada_bukti', 'menyusul ± 09.20: di jalan'],
  });
});

test('who declined and came is present; who declined and was stood in for is represented, and the reason stays', () => {
  expect(said(['lapangan'], [lapangan])).toMatchObject({ Budi: ['hadir', null] });
  const stoodIn = { ...lapangan, representedBy: [{ personId: 'plh', name: 'Tuti', label: 'Piket' }] };
  expect(said(['plh'], [stoodIn])).toMatchObject({ Budi: ['diwakili', 'oleh Tuti (Piket); menolak: di lapangan, 10 menit'] });
});

test('an acting head of an empty post represents the post', () => {
  const plt = { ...plh, represents: [{ personId: null, title: 'Kepala Dinas Kesehatan' }] };
  expect(said(['plh'], [plt])).toMatchObject({ Tuti: ['hadir', 'mewakili Kepala Dinas Kesehatan'] });
});

test('what was noted when a name was called stands beside it, and changes no status', () => {
  const rollMarks = new Map([
    ['p_plh', { mark: 'hadir' as const, at: at(25).toISOString() }],
    ['p_lapangan', { mark: 'tidak_menjawab' as const, at: at(26).toISOString() }],
    ['p_jalan', { mark: 'hadir' as const, at: at(27).toISOString() }],
  ]);
  const called = rowsOf(meeting, new Map([['p_plh', inside]]), new Map(), { now: at(30), standings: new Map([['lapangan', lapangan]]), rollMarks });
  const notes = Object.fromEntries(called.map((row) => [row.name, [row.status, noteOf(row, zone)]]));
  expect(notes).toEqual({
    Wahyu: ['belum_ada_bukti', null],
    Tuti: ['hadir', 'panggil nama: hadir pukul 09.25'],
    Budi: ['menolak', 'di lapangan, 10 menit; panggil nama: tidak menjawab pukul 09.26'],
    Sari: ['belum_ada_bukti', 'panggil nama: hadir pukul 09.27'],
  });
});

const rows = list(['plh'], [kepala, plh, lapangan, jalan]);
const sheet: Paper = {
  meetingId: 'm',
  state: 'final',
  number: '005/DH/DINKES/XI/2026',
  code: '7K3M-QX9T-2WHB-P4RD',
  finalisedAt: at(30).toISOString(),
  finalisedBy: 'Tuti',
  title: 'Banjir',
  sifat: 'sangat_segera',
  opdName: 'Dinas Kesehatan',
  regionName: 'Kota Uji',
  chairName: 'Tuti',
  chairPosition: null,
  chairNip: null,
  zone: 'Asia/Jakarta',
  place: 'Daring',
  startedAt: at(0).toISOString(),
  endedAt: at(20).toISOString(),
  outages: [],
  corrections: [],
  rows,
  counts: countsOf(rows, 4),
};

test('the paper counts them, says it beside each name, and never says absent', () => {
  expect(sheet.counts).toMatchObject({ invited: 4, hadir: 1, diwakili: 1, menolak: 1, belumAdaBukti: 1 });
  const paper = paperOf(sheet, { url: 'https://portal.example/v/x', fingerprint: 'f'.repeat(64), root: null });
  expect(paper.ringkasan).toBe('Diundang 4 orang: hadir 1, terlambat 0, diwakili 1, menolak 1, belum ada bukti 1.');
  expect(paper.baris.find((r) => r.nama === 'Budi')).toMatchObject({ status: 'menolak', catatan: 'di lapangan, 10 menit' });
  expect(JSON.stringify(paper.baris)).not.toContain('tidak hadir');
  expect(csvOf(sheet)).toContain(',,diwakili,oleh Tuti (Plh. Kepala Dinas Kesehatan),');
});

test('a list frozen before there were calls reads as it did', () => {
  const { representedBy: _, represents: __, answer: ___, rollCall: ____, ...before } = rows[0]!;
  const { diwakili: _d, menolak: _m, ...counts } = sheet.counts;
  const read = thawed({ ...sheet, rows: [{ ...before, status: 'hadir' }], counts });
  expect(read.rows[0]).toMatchObject({ status: 'hadir', representedBy: [], represents: [], answer: null, rollCall: null });
  expect(read.counts).toMatchObject({ hadir: 1, diwakili: 0, menolak: 0 });
});
