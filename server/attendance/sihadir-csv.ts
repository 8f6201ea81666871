// The file that came back: which rows the region's system did not take, and why.
import { CsvError, parse } from 'csv-parse/sync';
import { refuse } from '../platform/refusal.ts';

export type Rejected = { line: number; nip: string; date: string; reason: string };
const COLUMNS = ['nip', 'tanggal', 'alasan'] as const;
const MAX_ROWS = 20_000;

/** `;` or `,`, with or without a byte order mark; a NIP may carry the apostrophe of the export, a date be 23/11/2026. */
export function readRejections(text: string): Rejected[] {
  if (/[\0\uFFFD]/.test(text)) refuse('import.unreadable', { detail: 'simpan sebagai "CSV UTF-8"' });
  const [header = [], ...records] = recordsOf(text);
  const places = COLUMNS.map((column) => header.findIndex((cell) => cell.trim().toLowerCase() === column));
  const missing = COLUMNS.filter((_, n) => places[n] === -1);
  if (missing.length > 0) refuse('import.header', { columns: missing.join(', ') });
  if (records.length > MAX_ROWS) refuse('import.unreadable', { detail: `paling banyak ${MAX_ROWS} baris` });
  return records.flatMap((cells, n) => {
    const [nip = '', date = '', reason = ''] = places.map((place) => (cells[place] ?? '').normalize('NFC').replace(/\s+/gu, ' ').trim());
    if (nip === '' && date === '' && reason === '') return [];
    return [{ line: n + 2, nip: nip.replace(/['.\s]/g, ''), date: dayOf(date), reason: reason.replace(/\p{Cc}/gu, '').slice(0, 300) }];
  });
}

function dayOf(text: string): string {
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.replace(/^'/, '')) ?? [];
  return day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text.replace(/^'/, '');
}

function recordsOf(text: string): string[][] {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  try {
    return parse(text, { bom: true, delimiter: first.includes(';') ? ';' : ',', relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    if (error instanceof CsvError) refuse('import.unreadable', { detail: error.message.slice(0, 120) });
    throw error;
  }
}
