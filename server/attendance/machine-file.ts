// A log of an attendance machine as rows of cells, one after another, whatever it was written by: text with commas, semicolons or tabs
// (UTF-8, or UTF-16 as some machines write), or a workbook. What is in the cells is somebody else's business.
import { setImmediate } from 'node:timers/promises';
import { parse, CsvError } from 'csv-parse';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { refuse } from '../platform/refusal.ts';

/** `line` as a spreadsheet or an editor counts it. */
export type FileRow = { line: number; cells: string[] };

const MOST_LINES = 100_000;
/** Titles over the table. */
const HEAD_LINES = 20;
/** A workbook unpacks to many times its size; more than this is no log. */
const MOST_UNPACKED = 120 * 1024 * 1024;
/** Rows given out before others may have the event loop. */
const BREATH = 500;
const MOST_CELLS = 60;

export async function* rowsOf(bytes: Uint8Array): AsyncGenerator<FileRow> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') yield* counted(workbookRows(buffer));
  else yield* counted(textRows(textOf(buffer)));
}

async function* counted(rows: AsyncIterable<FileRow>): AsyncGenerator<FileRow> {
  let count = 0;
  for await (const { line, cells } of rows) {
    const trimmed = cells.slice(0, MOST_CELLS).map((cell) => cell.normalize('NFC').replace(/\s+/gu, ' ').trim());
    if (trimmed.every((cell) => cell === '')) continue;
    count += 1;
    if (count > MOST_LINES + HEAD_LINES) tooLong();
    if (count % BREATH === 0) await setImmediate();
    yield { line, cells: trimmed };
  }
}

function textOf(buffer: Buffer): string {
  if (buffer[0] === 0xd0 && buffer[1] === 0xcf) refuse('machine.file', { detail: 'ini buku kerja lama (XLS); simpan sebagai XLSX atau CSV' });
  if (buffer.subarray(0, 5).toString('latin1') === '%PDF-') refuse('machine.file', { detail: 'ini PDF; ekspor dari mesin sebagai CSV atau XLSX' });
  const text = buffer[0] === 0xff && buffer[1] === 0xfe ? buffer.toString('utf16le') : buffer.toString('utf8');
  if (/^\s*</.test(text)) refuse('machine.file', { detail: 'ini halaman web; simpan sebagai XLSX atau CSV' });
  if (text.includes('\0')) refuse('machine.file', { detail: 'ini bukan teks; simpan sebagai CSV atau XLSX' });
  return text;
}

const tooLong = (): never => refuse('machine.file', { detail: 'paling banyak 100.000 baris; bagi per bulan' });

const DELIMITERS = ['\t', ';', ','] as const;
function delimiterOf(text: string): string {
  const head = text.slice(0, 4_000).replace(/"[^"]*"/g, '');
  return DELIMITERS.toSorted((a, b) => head.split(b).length - head.split(a).length)[0]!;
}

async function* textRows(text: string): AsyncGenerator<FileRow> {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  if (lines > MOST_LINES + HEAD_LINES) tooLong();
  // Fed in pieces: a parser given all at once keeps the event loop until it is through.
  const parser = parse({ bom: true, delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: true, max_record_size: 10_000, info: true });
  const feed = async (): Promise<void> => {
    for (let from = 0; from < text.length; from += 64 * 1024) {
      if (!parser.write(text.slice(from, from + 64 * 1024))) await new Promise((resolve) => parser.once('drain', resolve));
      if (parser.destroyed) return;
    }
    parser.end();
  };
  void feed();
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) yield { line: info.lines, cells: record };
  } catch (error) {
    if (error instanceof CsvError) refuse('machine.file', { detail: `baris ${typeof error.lines === 'number' ? error.lines : '?'} tidak terbaca` });
    throw error;
  } finally {
    parser.destroy();
  }
}

/** The first sheet of a workbook: texts as they stand, dates as the numbers they are kept as (days since 30 December 1899). */
async function* workbookRows(buffer: Buffer): AsyncGenerator<FileRow> {
  const parts = await partsOf(buffer);
  const sheet = [...parts.keys()].filter((name) => /^xl\/worksheets\/[^/]+\.xml$/i.test(name)).toSorted(byNumber)[0];
  if (sheet === undefined) refuse('machine.file', { detail: 'buku kerja tanpa lembar' });
  const strings: string[] = [];
  const shared = parts.get('xl/sharedStrings.xml');
  if (shared) for await (const item of elements(await shared(), 'si')) strings.push(textIn(item));
  let line = 0;
  for await (const row of elements(await parts.get(sheet)!(), 'row')) {
    line = Number(/^<(?:\w+:)?row\b[^>]*?\br="(\d{1,7})"/.exec(row)?.[1] ?? line + 1);
    const cells: string[] = [];
    let next = 0;
    for (const { attributes, inner } of within(row, 'c')) {
      const letters = /\br="([A-Z]{1,3})\d+"/.exec(attributes)?.[1];
      const place = letters === undefined ? next : columnOf(letters);
      next = place + 1;
      if (place >= MOST_CELLS) continue;
      while (cells.length < place) cells.push('');
      const kind = /\bt="(\w+)"/.exec(attributes)?.[1];
      const value = within(inner, 'v').next().value?.inner ?? '';
      cells[place] = kind === 's' ? (strings[Number(value)] ?? '') : kind === 'inlineStr' ? textIn(inner) : unescaped(value);
    }
    yield { line, cells };
  }
}

const byNumber = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
const columnOf = (letters: string): number => letters.split('').reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;
const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : null;
    return code === null ? (SIGNS[name ?? ''] ?? whole) : code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
/** Texts of a cell, without how they are spoken (phonetic runs). */
function textIn(xml: string): string {
  let plain = '';
  let from = 0;
  for (const { start, end } of within(xml, 'rPh')) {
    plain += xml.slice(from, start);
    from = end;
  }
  return [...within(plain + xml.slice(from), 't')].map(({ inner }) => unescaped(inner)).join('');
}

type Piece = { attributes: string; inner: string; start: number; end: number };
/** Elements of this name that lie side by side, each by its first end. Tag by tag: a pattern over whole elements looks for each end that is missing through the rest of the file. */
function* within(xml: string, name: string): Generator<Piece, undefined> {
  let open: { attributes: string; start: number; from: number } | null = null;
  for (const { 0: tag, 1: closes, 2: named, 3: attributes = '', index: start } of xml.matchAll(/<(\/?)(?:\w+:)?(\w+)\b([^<>]*)>/g)) {
    if (named !== name) continue;
    const end = start + tag.length;
    if (closes === '/') {
      if (open) yield { attributes: open.attributes, inner: xml.slice(open.from, start), start: open.start, end };
      open = null;
    } else if (!open) {
      if (attributes.endsWith('/')) yield { attributes, inner: '', start, end };
      else open = { attributes, start, from: end };
    }
  }
}

/** `<row …>…</row>` by `<row …>…</row>` while the text comes. */
async function* elements(texts: AsyncIterable<string>, name: string): AsyncGenerator<string> {
  const begin = new RegExp(`<(?:\\w+:)?${name}\\b[^<>]*>`);
  const end = new RegExp(`</(?:\\w+:)?${name}>`, 'g');
  let rest = '';
  for await (const text of texts) {
    rest += text;
    let from = 0;
    end.lastIndex = 0;
    for (let closed = end.exec(rest); closed; closed = end.exec(rest)) {
      const piece = rest.slice(from, end.lastIndex);
      const at = lastEmptySkipped(piece, begin);
      if (at !== -1) yield piece.slice(at);
      from = end.lastIndex;
    }
    rest = rest.slice(from);
    if (rest.length > 4_000_000) refuse('machine.file', { detail: 'lembar kerja tidak terbaca' });
  }
}
/** Where the element that is closed begins: `<row r="3"/>` before it holds nothing. */
function lastEmptySkipped(piece: string, begin: RegExp): number {
  let at = 0;
  for (let found = begin.exec(piece); found; found = begin.exec(piece.slice(at))) {
    if (!found[0].endsWith('/>')) return at + found.index;
    at += found.index + found[0].length;
  }
  return -1;
}

type Part = () => Promise<AsyncIterable<string>>;
async function partsOf(buffer: Buffer): Promise<Map<string, Part>> {
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(buffer, { lazyEntries: true }, (error, file) => (error ? reject(error) : resolve(file))),
  ).catch(broken);
  const parts = new Map<string, Part>();
  let unpacked = 0;
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      unpacked += entry.uncompressedSize;
      parts.set(entry.fileName, () => open(zip, entry));
      zip.readEntry();
    });
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  }).catch(broken);
  if (unpacked > MOST_UNPACKED) refuse('machine.file', { detail: 'buku kerja terlalu besar' });
  return parts;
}
const broken = (): never => refuse('machine.file', { detail: 'buku kerja rusak atau terkunci' });

async function open(zip: ZipFile, entry: Entry): Promise<AsyncIterable<string>> {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) =>
    zip.openReadStream(entry, (error, found) => (error ? reject(error) : resolve(found))),
  ).catch(broken);
  // yauzl itself refuses more bytes than the entry promised.
  stream.setEncoding('utf8');
  return stream as unknown as AsyncIterable<string>;
}
