// A table as a file while its rows come: CSV and XLSX with constant memory. Text stays text (a NIP of 18 digits keeps them all),
// nothing a spreadsheet could run is written, and a reader who goes away ends the work.
import { Readable } from 'node:stream';
import { zip } from './zip.ts';

type Cell = string | number | null;
/** `width` in characters. */
export type TableColumn = { title: string; width: number };
export type Table = {
  name: string;
  /** Lines over the head of the table, in a workbook only: what it is, of whom, made when and by whom. */
  over: readonly (readonly [string, string?])[];
  columns: readonly TableColumn[];
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
  /** Lines below the table, in a workbook only: what its signs mean, who signs. */
  under?: readonly (readonly Cell[])[];
  /** Drawn with lines and fitted to the width of this paper, the head of the table on each page. */
  print?: { paper: 'a3' | 'a4' };
  /** The date inside the file: the same rows, the same bytes. */
  at: Date;
};

/** Rows are given out in pieces of about this many letters. */
const PIECE = 32 * 1024;

/** What a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection). */
export const harmless = (text: string): string => (/^(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/.test(text) ? `'${text}` : text);
/** Where the separator of the region is `;`, a spreadsheet cuts there, and at the end of a line, whatever is quoted: each part must be harmless. */
const harmlessParts = (text: string): string => harmless(text).replaceAll(/[;\t\r\n] {0,9}(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g, "$&'");

async function* pieces(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** A spreadsheet that opens a CSV keeps 15 digits of a number; the apostrophe keeps all 18. */
export const csvText = (text: string): string => (/^\d{12,}$/.test(text) ? `'${text}` : harmlessParts(text));
function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = csvText(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** Rows that are all there need not be waited for one by one. */
export function* csvPieces(rows: Iterable<readonly Cell[]>): Generator<string> {
  let piece = '';
  for (const row of rows) {
    piece += csvLine(row);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** UTF-8 with BOM, so that names keep their letters in every spreadsheet. */
export async function* csvTexts({ columns, rows }: Pick<Table, 'columns' | 'rows'>): AsyncGenerator<string> {
  let piece = `\ufeff${csvLine(columns.map((c) => c.title))}`;
  if (Symbol.iterator in rows) {
    yield piece;
    yield* csvPieces(rows);
    return;
  }
  for await (const row of rows) {
    piece += csvLine(row);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
/** XML has no way to write these. */
// eslint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const xml = (text: string): string => text.replace(UNWRITABLE, '').replace(/[&<>"]/g, (sign) => NAMED[sign] ?? sign);

const STYLE = { plain: 0, bold: 1, head: 2, ruled: 3, ruledHead: 4 } as const;
const PAPER = { a3: 8, a4: 9 } as const;
/** `A`, `B`, … `Z`, `AA`: readers go by these, not by the order. */
const letterOf = (n: number): string => (n < 26 ? '' : letterOf(Math.floor(n / 26) - 1)) + String.fromCodePoint(65 + (n % 26));
function xlsxCell(value: Cell, place: string, style: number): string {
  const at = style === 0 ? `r="${place}"` : `r="${place}" s="${style}"`;
  if (value === null) return style === STYLE.ruled ? `<c ${at}/>` : '';
  return typeof value === 'number' ? `<c ${at}><v>${value}</v></c>` : `<c ${at} t="inlineStr"><is><t xml:space="preserve">${xml(harmless(value))}</t></is></c>`;
}

async function* sheetTexts({ over, columns, rows, under = [], print }: Table): AsyncGenerator<string> {
  const letters = columns.map((_, n) => letterOf(n));
  const top = over.length + 2;
  let line = 0;
  const row = (cells: readonly Cell[], style: number = STYLE.plain): string => {
    line += 1;
    return `<row r="${line}">${cells.map((cell, n) => xlsxCell(cell, `${letters[n]}${line}`, style)).join('')}</row>`;
  };
  yield `${XML}<worksheet xmlns="${MAIN}">${print ? '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' : ''}<sheetViews><sheetView workbookViewId="0"><pane ySplit="${top}" topLeftCell="A${top + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  yield `<cols>${columns.map(({ width }, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`).join('')}</cols><sheetData>`;
  for (const [label, value = null] of over) yield row([label, value], value === null ? STYLE.bold : STYLE.plain);
  yield row([]);
  yield row(
    columns.map((c) => c.title),
    print ? STYLE.ruledHead : STYLE.head,
  );
  for await (const cells of rows) yield row(cells, print ? STYLE.ruled : STYLE.plain);
  for (const cells of under) yield row(cells);
  yield `</sheetData><pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="${PAPER[print?.paper ?? 'a4']}" orientation="landscape" fitToHeight="0"/></worksheet>`;
}

const font = (bold: boolean): string => `<font>${bold ? '<b/>' : ''}<sz val="11"/><name val="Calibri"/></font>`;
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2">${font(false)}${font(true)}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEEF1F4"/></patternFill></fill></fills><borders count="2"><border/><border>${['left', 'right', 'top', 'bottom'].map((side) => `<${side} style="hair"/>`).join('')}</border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf fontId="1" applyFont="1"/><xf fontId="1" fillId="2" applyFont="1" applyFill="1"/><xf borderId="1" applyBorder="1"/><xf fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1"/></cellXfs></styleSheet>`;
const type = (part: string, what: string): string =>
  `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${what}+xml"/>`;
const relation = (id: string, what: string, target: string): string => `<Relationship Id="${id}" Type="${OFFICE}/${what}" Target="${target}"/>`;
const relations = (...all: string[]): string => `${XML}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;

const sheetName = ({ name }: Table): string => xml(name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31));
function titlesOf(table: Table): string {
  if (!table.print) return '';
  const line = table.over.length + 2;
  return `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${sheetName(table).replaceAll("'", "''")}'!$${line}:$${line}</definedName></definedNames>`;
}

/** Written here because a library that wants all rows at once keeps all rows at once (docs/decisions/0013). */
export function xlsxBytes(table: Table): AsyncGenerator<Buffer> {
  return zip(
    [
      {
        name: '[Content_Types].xml',
        chunks: [
          `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type('/xl/workbook.xml', 'sheet.main')}${type('/xl/worksheets/sheet1.xml', 'worksheet')}${type('/xl/styles.xml', 'styles')}</Types>`,
        ],
      },
      { name: '_rels/.rels', chunks: [relations(relation('rId1', 'officeDocument', 'xl/workbook.xml'))] },
      {
        name: 'xl/workbook.xml',
        chunks: [
          `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${sheetName(table)}" sheetId="1" r:id="rId1"/></sheets>${titlesOf(table)}</workbook>`,
        ],
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        chunks: [relations(relation('rId1', 'worksheet', 'worksheets/sheet1.xml'), relation('rId2', 'styles', 'styles.xml'))],
      },
      { name: 'xl/styles.xml', chunks: [STYLES] },
      { name: 'xl/worksheets/sheet1.xml', chunks: pieces(sheetTexts(table)) },
    ],
    table.at,
  );
}

/** As a reply's body. What fails before the first piece is there is a refusal of words, not half a file. */
export async function streamed(chunks: AsyncGenerator<string | Buffer>): Promise<Readable> {
  const first = await chunks.next();
  async function* all(): AsyncGenerator<Buffer> {
    try {
      if (!first.done) yield Buffer.from(first.value);
      for await (const chunk of chunks) yield Buffer.from(chunk);
    } finally {
      await chunks.return(undefined);
    }
  }
  return Readable.from(all(), { objectMode: false });
}
export const csvStream = (table: Table): Promise<Readable> => streamed(csvTexts(table));
export const xlsxStream = (table: Table): Promise<Readable> => streamed(xlsxBytes(table));
