// The register of letter numbers: one after the other per OPD, series, classification and year, given in the transaction that uses
// them; the book in which they stand; and the letterhead of an OPD.
import type { z } from 'zod';
import * as wire from '../../shared/letters.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { dayIn } from '../platform/local-time.ts';
import { governmentOf } from '../platform/region.ts';
import { refuse } from '../platform/refusal.ts';
import type { Scanner } from '../platform/scanner.ts';
import { serve, type ServedFile, type SignedIn } from '../platform/serve.ts';
import { csvTexts, streamed } from '../platform/tables.ts';
import type { People } from '../people/index.ts';
import { createCodes } from './codes.ts';
import { logoSvg, pngSize } from './logo.ts';
import { DEFAULT_TEMPLATE, letterNumber, templateProblem } from './numbering.ts';
import * as store from './register-store.ts';
import { createSigners } from './signers.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'topOpd' | 'persons' | 'regionName' | 'mayAdminister' | 'noteAccess' | 'headsOf' | 'staffOf' | 'positionsByIds'>;
  scanner: Pick<Scanner, 'judge'>;
};
export type TakenNumber = { id: string; number: string; serial: number; year: number };
/** `classification`: as in `005`, `000.1.5`. `day`: the day of the letter at the office, `2026-11-23`; its year is the year of the number. */
export type NumberFor = { opdId: string; series: string; classification: string; day: string; subject?: string; byId?: string | null };
export type Register = ReturnType<typeof createRegister>;

const LEAST_PIXELS = 64;
const MOST_PIXELS = 2_000;
const MOST_BYTES = 256 * 1024;

export function createRegister({ sql, clock, people, scanner }: World) {
  /** The next number. Who else wants one of the same series waits until this transaction is over: none is lost, none given twice. */
  async function takeNumber(tx: Tx, { opdId, series, classification, day, subject, byId = null }: NumberFor): Promise<TakenNumber> {
    const opd = (await people.topOpd(tx, opdId)) ?? refuse('not_found');
    const counter = { opdId: opd.id, series, classification, year: Number(day.slice(0, 4)) };
    const { template } = await store.letterheadOf(tx, opd.id);
    const serial = await store.nextSerial(tx, counter);
    const number = letterNumber(template ?? DEFAULT_TEMPLATE, { series, classification, serial, abbreviation: opd.abbreviation, day });
    const id = await store.insertNumber(tx, { ...counter, serial, number, day, subject: subject ?? null, byId, at: clock.now() });
    return { id, number, serial, year: counter.year };
  }

  /** The number stays in the book as *batal* and is never given again. Voiding twice is voiding once. */
  const voidNumber = async (tx: Tx, numberId: string, { reason, byId }: { reason: string; byId: string | null }): Promise<void> =>
    void (await store.insertVoid(tx, { numberId, reason, byId, at: clock.now() }));

  async function managed(tx: Tx, person: SignedIn, opdId: string) {
    const opd = await people.topOpd(tx, opdId);
    if (!opd || opd.id !== opdId || !(person.managesOpds.includes(opdId) || person.roles.includes('administrator'))) refuse('not_found');
    return opd;
  }
  /** Its admin; a head reads and does not write. */
  async function kept(tx: Tx, person: SignedIn, opdId: string) {
    const opd = await managed(tx, person, opdId);
    if (!(await people.mayAdminister(tx, person, opdId))) refuse('role.missing');
    return opd;
  }

  const yearNow = (zone: Parameters<typeof dayIn>[1]): number => Number(dayIn(clock.now(), zone).slice(0, 4));

  async function book(tx: Tx, person: SignedIn, opdId: string, asked: number | undefined): Promise<z.input<typeof wire.NumberBook>> {
    const opd = await managed(tx, person, opdId);
    const year = asked ?? yearNow(opd.zone);
    const rows = await store.book(tx, opdId, year);
    const writers = await people.persons(tx, [...new Set(rows.flatMap((row) => row.byId ?? []))]);
    return {
      opdId,
      opdName: opd.name,
      year,
      years: [...new Set([yearNow(opd.zone), ...(await store.yearsOf(tx, opdId))])].toSorted((a, b) => b - a),
      rows: rows.map(({ byId, at, voided, ...row }) => ({
        ...row,
        byName: writers.get(byId ?? '')?.name ?? null,
        at: at.toISOString(),
        voided: voided && { reason: voided.reason, at: new Date(voided.at).toISOString() },
      })),
      counters: [...(await store.countersOf(tx, opdId, year))],
      mayKeep: await people.mayAdminister(tx, person, opdId),
    };
  }

  const read = (person: SignedIn, opdId: string, year?: number) => sql.begin((tx) => book(tx, person, opdId, year));

  async function csv(person: SignedIn, opdId: string, asked?: number): Promise<ServedFile> {
    const { rows, opdName, year } = await sql.begin(async (tx) => {
      const found = await book(tx, person, opdId, asked);
      await people.noteAccess(tx, {
        by: person.id,
        what: 'nomor_surat.csv',
        subject: found.opdName,
        count: found.rows.length,
        scope: { kind: 'opd', id: opdId },
      });
      return found;
    });
    const titles = ['Nomor', 'Tanggal surat', 'Seri', 'Klasifikasi', 'Hal', 'Dicatat oleh', 'Dicatat pada (UTC)', 'Keadaan', 'Alasan batal'];
    const cells = rows.map((r) => [
      r.number,
      r.day,
      r.series,
      r.classification,
      r.subject,
      r.byName,
      r.at,
      r.voided ? 'batal' : 'terpakai',
      r.voided?.reason ?? null,
    ]);
    return {
      content: await streamed(csvTexts({ columns: titles.map((title) => ({ title, width: 20 })), rows: cells })),
      name: `nomor surat ${opdName} ${year}.csv`,
    };
  }

  async function setFirst(person: SignedIn, opdId: string, { first, ...at }: { series: string; classification: string; year: number; first: number }) {
    return sql.begin(async (tx) => {
      await kept(tx, person, opdId);
      if (!(await store.beginAt(tx, { opdId, ...at }, first))) {
        const now = (await store.countersOf(tx, opdId, at.year)).find((c) => c.series === at.series && c.classification === at.classification);
        if (now?.first !== first) refuse('letter.numbers_given', { last: now?.last ?? 0 }, [{ path: 'first', message: 'seri ini sudah berjalan' }]);
      }
      return book(tx, person, opdId, at.year);
    });
  }

  async function letterhead(tx: Tx, person: SignedIn, opdId: string): Promise<z.input<typeof wire.Letterhead>> {
    const opd = await managed(tx, person, opdId);
    const { logo, ...head } = await store.letterheadOf(tx, opdId);
    const day = dayIn(clock.now(), opd.zone);
    const counter = (await store.countersOf(tx, opdId, Number(day.slice(0, 4)))).find((c) => c.series === 'undangan' && c.classification === '005');
    const parts = { series: 'undangan', classification: '005', serial: (counter?.last ?? 0) + 1, abbreviation: opd.abbreviation, day };
    return {
      opdId,
      opdName: opd.name,
      regionName: governmentOf(await people.regionName(tx)),
      ...head,
      defaultTemplate: DEFAULT_TEMPLATE,
      example: letterNumber(head.template ?? DEFAULT_TEMPLATE, parts),
      logo: logo !== null,
    };
  }

  /** What a letter of this OPD is headed by. */
  async function headOf(tx: Tx, opdId: string) {
    const { address, contact, place, logo } = await store.letterheadOf(tx, opdId);
    return { address, contact, place, lambang: logo && logoSvg(logo) };
  }

  async function saveLetterhead(person: SignedIn, opdId: string, head: Omit<store.Letterhead, 'logo'>) {
    const problem = head.template === null ? null : templateProblem(head.template);
    if (problem !== null) refuse('input.invalid', {}, [{ path: 'template', message: problem }]);
    return sql.begin(async (tx) => {
      await kept(tx, person, opdId);
      await store.saveLetterhead(tx, opdId, head, person.id, clock.now());
      return letterhead(tx, person, opdId);
    });
  }

  async function saveLogo(person: SignedIn, opdId: string, bytes: Uint8Array | null) {
    const size = bytes && bytes.byteLength <= MOST_BYTES ? pngSize(bytes) : null;
    if (size && bytes) {
      await sql.begin((tx) => kept(tx, person, opdId));
      await scanner.judge('logo.png', bytes);
    }
    return sql.begin(async (tx) => {
      await kept(tx, person, opdId);
      if (bytes && !(size && [size.width, size.height].every((side) => side >= LEAST_PIXELS && side <= MOST_PIXELS))) refuse('letter.logo');
      await store.saveLogo(tx, opdId, bytes && Buffer.from(bytes), person.id, clock.now());
      return letterhead(tx, person, opdId);
    });
  }

  async function logo(person: SignedIn, opdId: string): Promise<ServedFile> {
    await managed(sql, person, opdId);
    return { content: (await store.letterheadOf(sql, opdId)).logo ?? refuse('not_found') };
  }

  const routes = [
    serve(wire.getNumberBook, ({ person, params, query }) => read(person, params.opd, query.year)),
    serve(wire.getNumberBookCsv, ({ person, params, query }) => csv(person, params.opd, query.year)),
    serve(wire.putFirstNumber, ({ person, params, body }) => setFirst(person, params.opd, body)),
    serve(wire.getLetterhead, ({ person, params }) => sql.begin((tx) => letterhead(tx, person, params.opd))),
    serve(wire.putLetterhead, ({ person, params, body }) => saveLetterhead(person, params.opd, body)),
    serve(wire.putLetterLogo, ({ person, params, body }) => saveLogo(person, params.opd, body)),
    serve(wire.deleteLetterLogo, ({ person, params }) => saveLogo(person, params.opd, null)),
    serve(wire.getLetterLogo, ({ person, params }) => logo(person, params.opd)),
    ...createCodes({ sql, clock, people }).routes,
  ];
  return { takeNumber, voidNumber, headOf, saveLetterhead, signersOf: createSigners({ clock, people }), routes };
}
