// Staff lists as files: what comes in, what goes back.
import { parse, CsvError } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { refuse } from '../platform/refusal.ts';

export const COLUMNS = ['nama', 'nip', 'surel', 'telepon', 'opd', 'jabatan', 'tingkat'] as const;
export type Column = (typeof COLUMNS)[number];
const REQUIRED: readonly Column[] = ['nama', 'nip', 'opd'];
const ALSO_CALLED: Record<string, Column> = {
  email: 'surel',
  'e-mail': 'surel',
  hp: 'telepon',
  'no hp': 'telepon',
  'nomor telepon': 'telepon',
  unit: 'opd',
  skpd: 'opd',
  level: 'tingkat',
};
const REASON = 'alasan';
const MAX_ROWS = 10_000;

/** `row` counts as a spreadsheet does: the header is row 1. A column the file lacks is undefined, an empty cell ''. */
export type CsvRow = { row: number; cells: string[]; values: Partial<Record<Column, string>>; tooWide: boolean };
export type StaffFile = { header: string[]; delimiter: string; rows: CsvRow[] };

/** Refuses what is not CSV with the columns of the template; `;` or `,`, with or without a byte order mark. */
export function readStaff(text: string): StaffFile {
  if (/[\0\uFFFD]/.test(text)) refuse('import.unreadable', { detail: 'simpan sebagai "CSV UTF-8"' });
  const delimiter = delimiterOf(text);
  const [header = [], ...records] = recordsOf(text, delimiter);
  if (records.length > MAX_ROWS) refuse('import.unreadable', { detail: `paling banyak ${MAX_ROWS} baris` });
  const columns = header.map(columnOf);
  const missing = REQUIRED.filter((column) => !columns.includes(column));
  if (missing.length > 0) refuse('import.header', { columns: missing.join(', ') });
  const rows = records.map((cells, index) => rowOf(cells, index + 2, columns)).filter((row) => row.cells.some((cell) => cell !== ''));
  return { header, delimiter, rows };
}

function recordsOf(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { delimiter, bom: true, trim: true, relax_column_count: true, max_record_size: 100_000 });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error;
    refuse('import.unreadable', { detail: typeof lines === 'number' ? `baris ${lines}` : 'tanda kutip tidak berpasangan' });
  }
}

function rowOf(cells: string[], row: number, columns: readonly (Column | null)[]): CsvRow {
  const values: CsvRow['values'] = {};
  columns.forEach((column, i) => {
    if (column !== null) values[column] ??= plain(cells[i] ?? '');
  });
  return { row, cells, values, tooWide: cells.slice(columns.length).some((cell) => cell !== '') };
}

/** Without the apostrophe that keeps a spreadsheet from calculating. */
const plain = (cell: string): string =>
  cell
    .replace(/^'(?=[=+\-@\d])/, '')
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim();

function columnOf(title: string): Column | null {
  const name = title.toLowerCase().trim();
  return COLUMNS.find((column) => column === name) ?? ALSO_CALLED[name] ?? null;
}

function delimiterOf(text: string): string {
  const first = text.split(/\r?\n/, 1)[0]!.replace(/"[^"]*"/g, '');
  const count = (sign: string): number => first.split(sign).length;
  return count(';') > count(',') ? ';' : ',';
}

const WRITE = { bom: true, escape_formulas: true, record_delimiter: 'windows' } as const;

/** The refused rows as they came, with the reason beside them. */
export function writeRefused(file: StaffFile, refused: readonly { cells: readonly string[]; reason: string }[]): string {
  const old = file.header.findIndex((title) => title.toLowerCase() === REASON);
  const width = file.header.length;
  const line = (cells: readonly string[], last: string): string[] => [
    ...Array.from({ length: Math.max(width, cells.length) }, (_, i) => cells[i] ?? '').filter((_, i) => i !== old),
    last,
  ];
  return stringify([line(file.header, REASON), ...refused.map((r) => line(r.cells, r.reason))], { ...WRITE, delimiter: file.delimiter });
}

export const template = (): string =>
  stringify(
    [
      [...COLUMNS],
      ['Contoh Nama, S.Sos.', '198501012010011001', 'contoh.nama@contoh.example', '0000-0000-0000', 'Dinas Sosial', 'Analis Kebijakan Ahli Muda', 'fungsional'],
    ],
    { ...WRITE, escape_formulas: false, delimiter: ';' },
  );
