import fc from 'fast-check';
import readXlsx from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { SheetRow } from '../../shared/attendance.ts';
import { csvOf, fileName, xlsxOf } from '../../server/attendance/exports.ts';
import { paperOf, type Paper } from '../../server/attendance/paper.ts';
import { csvText, harmless } from '../../server/platform/tables.ts';

const row = (more: Partial<SheetRow>): SheetRow => ({
  no: 1,
  name: 'Sari Dirumah',
  nip: '198001032005011703',
  position: 'Pengelola Data',
  opdName: 'Dinas Sosial',
  badge: null,
  firstIn: '2026-11-23T02:00:05.400Z',
  lastOut: '2026-11-23T03:00:00.000Z',
  minutes: 60,
  excused: 0,
  invited: true,
  insideNow: false,
  mode: 'daring',
  status: 'hadir',
  confidence: 'pasti',
  intervals: [],
  representedBy: [],
  represents: [],
  delegate: false,
  rollCall: null,
  answer: null,
  ...more,
});
const sheet: Paper = {
  meetingId: 'm',
  state: 'final',
  number: '005/DH/DINSOS/XI/2026',
  code: '7K3M-QX9T-2WHB-P4RD',
  finalisedAt: '2026-11-23T03:05:00.000Z',
  finalisedBy: 'Hartini Kepaladinas',
  title: '=HYPERLINK("http://jahat.example")',
  sifat: 'segera',
  opdName: 'Dinas Sosial',
  regionName: 'Kota Uji',
  chairName: 'Hartini Kepaladinas',
  chairPosition: 'Kepala Dinas Sosial',
  chairNip: '198001022005011701',
  zone: 'Asia/Makassar',
  place: 'Daring',
  startedAt: '2026-11-23T02:00:00.000Z',
  endedAt: '2026-11-23T03:00:00.000Z',
  outages: [],
  corrections: [],
  rows: [
    row({}),
    row({
      no: 2,
      name: '=1+1',
      nip: null,
      position: '@SUM(A1)',
      badge: 'Tamu',
      firstIn: null,
      lastOut: null,
      minutes: 0,
      mode: null,
      status: 'belum_ada_bukti',
      confidence: null,
    }),
  ],
  counts: { invited: 2, hadir: 1, terlambat: 0, diwakili: 0, izin: 0, menolak: 0, belumAdaBukti: 1, inside: 0 },
};

test('a CSV keeps the NIP as text and starts with a byte order mark', () => {
  const csv = csvOf(sheet);
  expect(csv.startsWith('\ufeffNo,Nama,NIP,')).toBe(true);
  expect(csv).toContain(
    "1,Sari Dirumah,'198001032005011703,Pengelola Data,Dinas Sosial,2026-11-23 10:00:05,2026-11-23 11:00:00,60,0,daring,hadir,,pasti,,005/DH/DINSOS/XI/2026,\r\n",
  );
  expect(csv).toContain("2,'=1+1,,'@SUM(A1),Dinas Sosial,,,0,0,,belum ada bukti,,,Tamu,");
});

test('a live list says that it is for the time being', () => {
  const now = { ...sheet, number: null, code: null, state: 'berjalan' as const };
  expect(csvOf(now)).toContain(',sementara,\r\n');
  expect(fileName(now, 'csv')).toBe('daftar-hadir-sementara.csv');
  expect(fileName(sheet, 'pdf')).toBe('daftar-hadir-005-DH-DINSOS-XI-2026.pdf');
});

test('an XLSX holds the NIP as a text cell and no formula', async () => {
  const [first] = await readXlsx(await xlsxOf(sheet));
  const cells = first?.data ?? [];
  const head = cells.findIndex((cell) => cell[1] === 'Nama');
  expect(cells[head + 1]?.slice(0, 5)).toEqual([1, 'Sari Dirumah', '198001032005011703', 'Pengelola Data', 'Dinas Sosial']);
  expect(cells[head + 2]?.slice(1, 4)).toEqual(["'=1+1", null, "'@SUM(A1)"]);
  expect(cells.flat()).toContain('\'=HYPERLINK("http://jahat.example")');
});

test('a copy carries the root of the ledger, in each row of a CSV and at the head of an XLSX', async () => {
  const root = `Akar buku bukti #57 · 23 November 2026 · ${'ab12 '.repeat(16).trim()}`;
  expect(csvOf(sheet, root).split('\r\n')[1]).toMatch(new RegExp(`,${root}$`));
  const [first] = await readXlsx(await xlsxOf(sheet, root));
  expect(first?.data.flat()).toContain(root);
});

test('whatever somebody is called, no cell can become a formula', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('=', '-', '@', ';', ' ', '\t', '\n', '＝', 'a', '1', '"', ',') }), (text) => {
      const cut = csvText(text).split(/[;\t\r\n]/);
      return !/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(harmless(text)) && !cut.some((part) => /^ {0,9}[=+\-@＝＋－＠]/.test(part));
    }),
    { numRuns: 2_000 },
  );
});

test('the paper says times in the zone of the meeting, and names the next day', () => {
  const paper = paperOf(
    { ...sheet, rows: [row({ lastOut: '2026-11-23T16:20:00.000Z', confidence: 'perkiraan' })] },
    { url: 'https://portal.example/v/7K3M-QX9T-2WHB-P4RD', fingerprint: 'f'.repeat(64), root: null },
  );
  expect(paper.perihal).toContainEqual(['Hari/tanggal', 'Senin, 23 November 2026']);
  expect(paper.perihal).toContainEqual(['Pukul', '10.00 – 11.00 WITA']);
  expect(paper.baris[0]).toMatchObject({ masuk: '10.00', keluar: '≈ 00.20 (24 Nov)', menit: '≈ 60', status: 'hadir' });
  expect(paper.keterangan.some((note) => note.startsWith('≈ berarti perkiraan'))).toBe(true);
  expect(paper.daerah).toBe('Pemerintah Kota Uji');
});
