import { expect, test } from 'vitest';
import { Refusal } from '../../server/platform/refusal.ts';
import { readRejections } from '../../server/attendance/sihadir-csv.ts';
import { candidateOf, checkCodes, mappingOf, revisionFor, stateOf, type LastRow, type Line } from '../../server/attendance/sihadir-rules.ts';
import type { Confirmed } from '../../server/attendance/confirmations.ts';
import type { DayReading } from '../../server/attendance/reading.ts';

const sari = { id: 'sari', nip: '198001032005011703', name: 'Sari Dirumah' };
const day = (more: Partial<DayReading> = {}): DayReading => ({
  personId: sari.id,
  date: '2026-11-23',
  code: 'WFH',
  basis: 'SE 1',
  mark: 'hadir_wfh',
  minutes: 20,
  meetings: 1,
  late: 0,
  confidence: 'pasti',
  outage: false,
  corrected: false,
  objected: false,
  fingerprint: 'a',
  ...more,
});
const at = new Date('2026-11-24T01:00:00Z');
const said = (more: Partial<Confirmed> = {}): Confirmed => ({
  personId: sari.id,
  date: '2026-11-23',
  outcome: 'sesuai',
  by: 'Hartini Kepaladinas',
  byId: 'hartini',
  at,
  reason: null,
  fingerprint: 'a',
  ...more,
});
const given = { mapping: mappingOf([]), zone: 'Asia/Jakarta' as const, now: at };
const lineOf = (d: DayReading, s: Confirmed | undefined, g = given) => candidateOf(sari, d, s, g).line;

test('a confirmed day goes out under the code it was planned with, and by whom it was confirmed', () => {
  expect(lineOf(day(), said())).toEqual({
    personId: 'sari',
    date: '2026-11-23',
    nip: sari.nip,
    name: sari.name,
    code: 'WFH',
    note: null,
    basis: 'SE 1',
    confirmedBy: 'Hartini Kepaladinas',
    confirmedAt: at,
  });
  expect(lineOf(day({ code: 'DL', mark: 'tidak_dinilai' }), said())).toMatchObject({ code: 'DL', note: 'Dinas luar' });
});

test('TK stands only where a named human said so: no evidence alone keeps the planned code', () => {
  expect(lineOf(day({ mark: 'belum_ada_bukti' }), said())).toMatchObject({ code: 'WFH' });
  expect(lineOf(day({ mark: 'belum_ada_bukti' }), said({ outcome: 'tidak_hadir' }))).toMatchObject({ code: 'TK' });
});

test('a day the portal was away keeps its planned code, and says why there is no evidence', () => {
  expect(lineOf(day({ mark: 'gangguan_sistem' }), said())).toMatchObject({ code: 'WFH', note: 'Gangguan sistem presensi' });
  expect(lineOf(day({ mark: 'belum_ada_bukti' }), said({ outcome: 'gangguan_sistem' }))).toMatchObject({ code: 'WFH', note: 'Gangguan sistem presensi' });
});

test('the region’s own codes are used; without one for a key only an outage may stay open', () => {
  const mapping = mappingOf([{ key: 'WFH', code: 'BDR', note: 'Bekerja dari rumah' }]);
  expect(lineOf(day(), said(), { ...given, mapping })).toMatchObject({ code: 'BDR', note: 'Bekerja dari rumah' });
  expect(lineOf(day({ mark: 'gangguan_sistem' }), said(), { ...given, mapping })).toMatchObject({ code: 'BDR', note: 'Gangguan sistem presensi' });
  checkCodes([{ key: 'GANGGUAN', code: null, note: null }]);
  expect(() => checkCodes([{ key: 'WFH', code: null, note: null }])).toThrow(Refusal);
});

test('nothing goes out unconfirmed, confirmed by oneself, changed since, without a code, or before the day is over', () => {
  expect(candidateOf(sari, day(), undefined, given)).toEqual({ over: true, line: null });
  expect(candidateOf(sari, day(), said({ byId: sari.id }), given)).toEqual({ over: true, line: null });
  expect(candidateOf(sari, day(), said({ byId: '' }), given)).toEqual({ over: true, line: null });
  expect(candidateOf(sari, day({ fingerprint: 'b' }), said(), given)).toEqual({ over: true, line: null });
  expect(candidateOf(sari, day({ code: null, mark: 'tidak_dinilai' }), said(), given)).toEqual({ over: false, line: null });
  expect(candidateOf(sari, day({ date: '2026-11-24' }), said(), given)).toEqual({ over: false, line: null });
});

const line = (more: Partial<Line> = {}): Line => ({ ...(lineOf(day(), said()) as Line), ...more });
const last = (more: Partial<LastRow> = {}): LastRow => ({
  personId: 'sari',
  date: '2026-11-23',
  nip: sari.nip,
  code: 'WFH',
  note: null,
  revision: 0,
  act: null,
  actAt: null,
  ...more,
});

test('a row goes once; again only when it changed, or came back and was confirmed anew, or somebody sends it as it is', () => {
  expect(revisionFor(line(), undefined)).toBe(0);
  expect(revisionFor(line(), last())).toBeNull();
  expect(revisionFor(line({ name: 'Sari D.', confirmedBy: 'Rina' }), last())).toBeNull();
  expect(revisionFor(line({ code: 'TK' }), last())).toBe(1);
  expect(revisionFor(line({ nip: '199001032005011703' }), last({ revision: 1 }))).toBe(2);
  const back = last({ act: 'ditolak', actAt: new Date('2026-11-25T01:00:00Z') });
  expect(revisionFor(line(), back)).toBeNull();
  expect(revisionFor(line({ confirmedAt: new Date('2026-11-25T02:00:00Z') }), back)).toBe(1);
  expect(revisionFor(line(), last({ act: 'kirim_lagi', actAt: at }))).toBe(1);
});

test('siap, terkirim, ditolak, diperbaiki', () => {
  const state = { sent: false, revision: 0, act: null, replaced: false };
  expect(stateOf(state)).toBe('siap');
  expect(stateOf({ ...state, revision: 1 })).toBe('diperbaiki');
  expect(stateOf({ ...state, sent: true, revision: 1 })).toBe('terkirim');
  expect(stateOf({ ...state, sent: true, act: 'ditolak' })).toBe('ditolak');
  expect(stateOf({ ...state, sent: true, act: 'ditolak', replaced: true })).toBe('diperbaiki');
  expect(stateOf({ ...state, sent: true, act: 'kirim_lagi' })).toBe('diperbaiki');
});

test('the file that came back is read as offices save it', () => {
  const read = (text: string) => readRejections(text).map(({ line, nip, date, reason }) => [line, nip, date, reason]);
  const row = [2, sari.nip, '2026-11-23', 'NIP tidak terdaftar'];
  expect(read(`nip,tanggal,alasan\r\n'${sari.nip},2026-11-23,NIP tidak terdaftar\r\n`)).toEqual([row]);
  expect(read(`\ufeffTanggal;Alasan;NIP\n23/11/2026; NIP  tidak terdaftar ;${sari.nip}\n;;\n`)).toEqual([row]);
  expect(() => readRejections('nip,tanggal\n1,2')).toThrow(Refusal);
  expect(() => readRejections('nip,tanggal,alasan\n"1')).toThrow(Refusal);
  expect(() => readRejections('\0')).toThrow(Refusal);
});
