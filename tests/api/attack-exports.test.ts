// What somebody wrote to be reckoned by a spreadsheet, in every table the portal hands out: a cell is words or a number, whatever
// the separator of the region is, and a NIP keeps its eighteen digits.
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getSheetCsv, getSheetXlsx } from '../../shared/attendance.ts';
import type { CallOf, Endpoint } from '../../shared/endpoint.ts';
import { getNumberBookCsv } from '../../shared/letters.ts';
import { getImportTemplate } from '../../shared/people.ts';
import { getRetentionCsv, putRetentionClass } from '../../shared/privacy.ts';
import { getRecapCsv, getRecapXlsx, getRegionRecapCsv, getRegionRecapXlsx } from '../../shared/recap.ts';
import { getJadwalCsv, getJadwalDifferencesCsv, getJadwalXlsx, getRegionJadwalCsv } from '../../shared/rota-recap.ts';
import { postRotaCorrection } from '../../shared/rota.ts';
import { getExportCsv, getExportXlsx, postExport } from '../../shared/sihadir.ts';
import { signIn } from '../support/cast.ts';
import { theMorningAfter } from '../support/confirmed.ts';
import { MONTH, rotaOffice, TUESDAY, WEDNESDAY } from '../support/rota-office.ts';
import type { Client, World } from '../support/world.ts';

const FORMULA = '=HYPERLINK("http://jahat.example";"klik")';
/** In names, titles and reasons: one that begins a cell, and one that begins a cell where `;` separates. */
const poison = (words: string): string => `@SUM(A1);=cmd|'/C calc'!A0;${words}`;

const worlds: World[] = [];
const files = new Map<string, () => Promise<Buffer>>();
const nips: string[] = [];
beforeAll(async () => {
  const day = await theMorningAfter();
  const rota = await rotaOffice();
  worlds.push(day.world, rota.world);
  nips.push(day.cast.staf.nip);
  for (const { sql } of worlds) {
    await sql`update people.person set name = ${poison('')} || name`;
    await sql`update people.position set title = ${FORMULA} || title`;
    await sql`update people.opd set name = '-1+1;+' || name`;
  }
  await day.world.sql`update meetings.meeting set title = ${poison('Rapat')}, place = ${FORMULA}`;
  await day.world.sql`update meetings.invitation set institution = ${FORMULA}, name = ${poison('')} || name`;
  await day.confirmsSure();
  const { batchId } = await day.admin.call(postExport, { params: day.opd, body: { month: '2026-11' } });
  await day.world.sql`
    insert into letters.number (opd_id, series, classification, year, serial, number, day, subject, by_id, at)
    values (${day.opd.id}, 'undangan', '005', 2026, 900, ${FORMULA}, '2026-11-23', ${poison('Undangan')}, ${day.cast.kepala.id}, ${day.world.clock.now()})`;
  await day.bkd.call(putRetentionClass, {
    params: { key: 'fakta_hadir' },
    body: { name: FORMULA, basis: poison('JRA'), months: 120, action: 'tinjau', active: false },
  });
  await rota.published();
  const { plan } = await rota.view();
  for (const [date, reason] of [
    [TUESDAY, FORMULA],
    [WEDNESDAY, poison('Surat tugas')],
  ] as const)
    await rota.admin.call(postRotaCorrection, { params: { id: plan.id }, body: { personId: rota.cast.staf.id, date, code: 'DL', reason } });

  const gives = <const E extends Endpoint>(client: Client, endpoint: E, given: CallOf<E>): void => {
    files.set(`${endpoint.method} ${endpoint.path}`, async () => Buffer.from(await ((await client.call(endpoint, given)) as Blob).arrayBuffer()));
  };
  const [meeting, purpose] = [{ params: day.id }, FORMULA];
  const ofDay = { query: { month: '2026-11', per: 'hari' as const, purpose } };
  gives(day.head, getSheetCsv, meeting);
  gives(day.head, getSheetXlsx, meeting);
  gives(day.head, getRecapCsv, { params: day.opd, ...ofDay });
  gives(day.head, getRecapXlsx, { params: day.opd, ...ofDay });
  gives(day.bkd, getRegionRecapCsv, ofDay);
  gives(day.bkd, getRegionRecapXlsx, ofDay);
  gives(day.admin, getExportCsv, { params: { id: batchId } });
  gives(day.admin, getExportXlsx, { params: { id: batchId } });
  gives(day.admin, getNumberBookCsv, { params: { opd: day.opd.id } });
  gives(day.admin, getImportTemplate, {});
  gives(day.bkd, getRetentionCsv, {});
  const ofMonth = { month: MONTH, purpose };
  gives(rota.head, getJadwalCsv, { params: rota.opd, query: ofMonth });
  gives(rota.head, getJadwalXlsx, { params: rota.opd, query: ofMonth });
  gives(rota.head, getJadwalDifferencesCsv, { params: rota.opd, query: { ...ofMonth, from: 0, to: 2 } });
  gives(await signIn(rota.world, rota.cast.bkd), getRegionJadwalCsv, { query: ofMonth });
});
afterAll(async () => void (await Promise.all(worlds.map((world) => world.close()))));

const isTable = ({ reply }: Endpoint): boolean => reply !== undefined && 'file' in reply && /csv|spreadsheet/.test(reply.file);
/** Where nothing stands that a person wrote. */
const WORDLESS = ['GET /api/people/import/template.csv'];

test('each table the portal hands out stands here', () => {
  const served = worlds[0]!.app.routes.filter(({ endpoint }) => isTable(endpoint)).map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`);
  expect([...files.keys()].toSorted()).toEqual(served.toSorted());
});

test('no cell of a CSV is a formula, be it cut at commas or at semicolons', async () => {
  for (const [name, take] of files) {
    if (name.includes('.xlsx')) continue;
    const text = (await take()).toString().replace(/^\ufeff/, '');
    const found = [...cellsOf(text), ...text.split(/[;\t\r\n]/)].filter((cell) => isFormula(cell));
    expect([name, found]).toEqual([name, []]);
    if (!WORDLESS.includes(name)) expect([name, /'(?:=HYPERLINK|@SUM|-1\+1)/.test(text)]).toEqual([name, true]);
  }
});

test('a workbook has words and numbers, no formula and no link outside', async () => {
  for (const [name, take] of files) {
    if (!name.includes('.xlsx')) continue;
    const parts = partsOf(await take());
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
    expect([name, [...parts].filter(([, xml]) => /<f[ >]|TargetMode="External"|<hyperlink|<!DOCTYPE/i.test(xml))]).toEqual([name, []]);
    const words = [...`${sheet}${parts.get('xl/sharedStrings.xml') ?? ''}`.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text]) => text!);
    expect([name, words.filter((word) => isFormula(word))]).toEqual([name, []]);
    expect([name, words.some((word) => word.startsWith("'"))]).toEqual([name, true]);
  }
});

test('a NIP is eighteen digits of text, never a number', async () => {
  let seen = 0;
  for (const [name, take] of files) {
    if (name.includes('template')) continue;
    const bytes = await take();
    if (name.includes('.xlsx')) {
      const all = [...partsOf(bytes).values()].join('');
      expect([name, /<v>\d{12,}<\/v>|<v>[\d.]+E\+?\d+<\/v>/.test(all)]).toEqual([name, false]);
      if (all.includes(`>${nips[0]}<`)) seen += 1;
      continue;
    }
    const numbers = cellsOf(bytes.toString()).filter((cell) => /\d{15,}/.test(cell) && !/[a-z]/i.test(cell));
    expect([name, numbers.filter((cell) => !/^'\d{18}$/.test(cell))]).toEqual([name, []]);
    if (numbers.includes(`'${nips[0]}`)) seen += 1;
  }
  expect(seen).toBeGreaterThanOrEqual(6);
});

/** A number below nought is a number. */
function isFormula(cell: string): boolean {
  return /^"?\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell);
}

function cellsOf(csv: string): string[] {
  return [...csv.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(?:,|\r\n|$)/g)].map(([, cell]) =>
    cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!,
  );
}

/** The parts of a workbook, by what its directory says. */
function partsOf(zip: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  for (let at = zip.readUInt32LE(end + 16), n = zip.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [method, size, name, extra, comment, local] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
      zip.readUInt32LE(at + 42),
    ];
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(from, from + size);
    parts.set(zip.toString('utf8', at + 46, at + 46 + name), (method === 8 ? inflateRawSync(bytes) : bytes).toString());
    at += 46 + name + extra + comment;
  }
  return parts;
}
