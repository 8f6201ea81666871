// The sheet as a file for spreadsheets: full NIP as text, and no cell that a spreadsheet could run.
import { stringify } from 'csv-stringify/sync';
import writeXlsxFile, { type Cell } from 'write-excel-file/node';
import type { SheetRow } from '../../shared/attendance.ts';
import { addendumHead, addendumOf, addendumTitle } from './addendum.ts';
import { dateText, zoneName } from '../platform/local-time.ts';
import { governmentOf } from '../platform/region.ts';
import { csvText, harmless } from '../platform/tables.ts';
import { noteOf, outagesText, statusText, type Paper } from './paper.ts';

type CellStyle = { fontWeight?: 'bold'; fontSize?: number; backgroundColor?: string; bottomBorderStyle?: 'thin' };

type Column = { title: string; width: number; of: (row: SheetRow, sheet: Paper) => string | number | null };

const columns: readonly Column[] = [
  { title: 'No', width: 5, of: (r) => r.no },
  { title: 'Nama', width: 34, of: (r) => r.name },
  { title: 'NIP', width: 22, of: (r) => r.nip },
  { title: 'Jabatan', width: 36, of: (r) => r.position },
  { title: 'OPD/Instansi', width: 32, of: (r) => r.opdName },
  { title: 'Masuk', width: 20, of: (r, s) => secondText(r.firstIn, s) },
  { title: 'Keluar', width: 20, of: (r, s) => secondText(r.lastOut, s) },
  { title: 'Menit', width: 8, of: (r) => r.minutes },
  { title: 'Menit gangguan', width: 16, of: (r) => r.excused },
  { title: 'Cara', width: 16, of: (r) => r.mode },
  { title: 'Status', width: 18, of: (r) => statusText[r.status] },
  { title: 'Keterangan', width: 40, of: noteOf },
  { title: 'Keyakinan', width: 12, of: (r) => r.confidence },
  { title: 'Lencana', width: 10, of: (r) => r.badge },
  { title: 'Daftar', width: 26, of: (_, s) => s.number ?? 'sementara' },
  { title: 'Gangguan sistem', width: 40, of: (_, s) => (s.outages.length > 0 ? outagesLine(s) : null) },
];

const outagesLine = (sheet: Paper): string => `${outagesText(sheet)} ${zoneName(sheet.zone)}; tidak dihitung terhadap siapa pun`;

/** `2026-11-23 09:30:05`, in the meeting's zone. */
function secondText(instant: string | null, { zone }: Paper): string | null {
  if (instant === null) return null;
  const part = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  return part.format(new Date(instant));
}

/** Below the list, after an empty line: nothing when nothing was corrected. */
function addendum(sheet: Paper): string[][] {
  const lines = addendumOf(sheet);
  return lines.length > 0 ? [[''], [addendumTitle(sheet)], addendumHead, ...lines] : [];
}

/** UTF-8 with BOM, so that names keep their letters in every spreadsheet. `root`: of the ledger, as on paper. */
export function csvOf(sheet: Paper, root: string | null = null): string {
  const all: Column[] = root === null ? [...columns] : [...columns, { title: 'Buku bukti', width: 40, of: () => root }];
  const rows = sheet.rows.map((row) => all.map(({ of }) => of(row, sheet)).map((v) => (typeof v === 'string' ? csvText(v) : (v ?? ''))));
  return stringify([all.map((c) => c.title), ...rows, ...addendum(sheet).map((line) => line.map(csvText))], { bom: true, record_delimiter: 'windows' });
}

export async function xlsxOf(sheet: Paper, root: string | null = null): Promise<Buffer> {
  const text = (value: string | null, more: CellStyle = {}): Cell => (value === null ? null : { type: String, value: harmless(value), ...more });
  const bold = { fontWeight: 'bold' } as const;
  const head: Cell[][] = [
    [text(governmentOf(sheet.regionName).toUpperCase(), bold)],
    [text(sheet.opdName.toUpperCase(), bold)],
    [text(sheet.number ? `DAFTAR HADIR Nomor ${sheet.number}` : 'DAFTAR HADIR (SEMENTARA)', { ...bold, fontSize: 14 })],
    [text('Agenda'), text(sheet.title)],
    [text('Hari/tanggal'), text(sheet.startedAt === null ? '–' : dateText(new Date(sheet.startedAt), sheet.zone))],
    [text('Zona waktu'), text(zoneName(sheet.zone))],
    [text('Tempat'), text(sheet.place)],
    [text('Pimpinan'), text(sheet.chairName)],
    ...(sheet.outages.length > 0 ? [[text('Gangguan sistem'), text(outagesLine(sheet))]] : []),
    ...(sheet.code ? [[text('Kode verifikasi'), text(sheet.code)]] : []),
    ...(root ? [[text('Buku bukti'), text(root)]] : []),
    [],
    columns.map((c) => text(c.title, { ...bold, backgroundColor: '#eef1f4', bottomBorderStyle: 'thin' })),
  ];
  const body = sheet.rows.map((row) =>
    columns.map(({ of }): Cell => {
      const value = of(row, sheet);
      return typeof value === 'number' ? { type: Number, value } : text(value);
    }),
  );
  return writeXlsxFile([...head, ...body, ...addendum(sheet).map((line) => line.map((value) => text(value)))], {
    sheet: 'Daftar Hadir',
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: head.length,
    orientation: 'landscape',
  }).toBuffer();
}

/** `daftar-hadir-005-DH-DINSOS-XI-2026.pdf`. */
export const fileName = (sheet: Paper, extension: string): string => `daftar-hadir-${(sheet.number ?? 'sementara').replace(/[^\w]+/g, '-')}.${extension}`;
