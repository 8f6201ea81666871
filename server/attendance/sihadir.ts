// Verbs of the export for SIHadir: a batch of an OPD and month holds what a named human confirmed and no batch held before, or what
// has changed since. Handing it over, and typing in what came back, is work of people: the portal is not connected to SIHadir.
import { createHash } from 'node:crypto';
import type { Opd } from '../../shared/people.ts';
import type { ExportBatch, ExportCode, ExportMonth, ExportRow } from '../../shared/sihadir.ts';
import type { People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Ledger } from '../platform/ledger-keeper.ts';
import { lockStreams } from '../platform/ledger.ts';
import { refuse } from '../platform/refusal.ts';
import type { ServedFile, SignedIn } from '../platform/serve.ts';
import { csvStream, csvTexts, xlsxStream, type Table } from '../platform/tables.ts';
import type { Confirmations } from './confirmations.ts';
import { clockText, dayIn, monthText, shortDateText } from '../platform/local-time.ts';
import { governmentOf } from '../platform/region.ts';
import type { Readings } from './readings.ts';
import { readRejections } from './sihadir-csv.ts';
import { candidateOf, cellsOf, checkCodes, lineColumns, mappingOf, revisionFor, stateOf, type Line } from './sihadir-rules.ts';
import * as store from './sihadir-store.ts';

export type SihadirWorld = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'maskNip' | 'staffOf' | 'topOpd' | 'regionName' | 'noteAccess' | 'mayAdminister'>;
  ledger: Pick<Ledger, 'root'>;
};
type Sources = { readings: Readings; confirmations: Confirmations };
export type SihadirVerbs = ReturnType<typeof createSihadir>;
type Revised = Line & { revision: number };

/** Rows written, and read, at once. */
const PORTION = 1_000;

export function createSihadir({ sql, clock, people, ledger }: SihadirWorld, { readings, confirmations }: Sources) {
  /** The OPD's own admins, BKD and administrators; to others it does not exist. */
  async function exported(tx: Tx, person: SignedIn, unitId: string): Promise<Opd> {
    const top = await people.topOpd(tx, unitId);
    if (!top || top.id !== unitId) refuse('not_found');
    return person.roles.includes('bkd') || (await people.mayAdminister(tx, person, top.id)) ? top : refuse('not_found');
  }
  async function batchFor(tx: Tx, person: SignedIn, id: string): Promise<{ batch: store.Batch; opd: Opd }> {
    const batch = await store.batchById(tx, id);
    return batch ? { batch, opd: await exported(tx, person, batch.opdId) } : refuse('not_found');
  }

  async function codes(person: SignedIn): Promise<{ codes: ExportCode[]; mayChange: boolean }> {
    const mapping = mappingOf(await store.changedCodes(sql));
    const mayChange = person.roles.includes('bkd') || person.roles.includes('administrator');
    return { codes: [...mapping].map(([key, said]) => ({ key, ...said })), mayChange };
  }

  async function setCodes(person: SignedIn, wanted: readonly ExportCode[]): Promise<void> {
    checkCodes(wanted);
    await sql.begin(async (tx) => {
      await lockStreams(tx, ['export-codes']);
      const before = mappingOf(await store.changedCodes(tx));
      for (const code of wanted) {
        const same = before.get(code.key)?.code === code.code && before.get(code.key)?.note === code.note;
        if (!same) await store.insertCode(tx, code, person.id, clock.now());
      }
    });
  }

  /** Every person-day of the month: what goes into the next batch, what is missing, what stays. */
  async function monthOf(tx: Tx, opd: Opd, month: string) {
    const staff = await people.staffOf(tx, opd.id);
    const now = clock.now();
    const [from, last] = [`${month}-01`, `${month}-${lastDay(month)}`];
    const today = dayIn(now, opd.zone);
    const to = last < today ? last : today;
    const counts = { all: 0, missing: 0, fresh: 0, corrected: 0, done: 0, rejected: 0 };
    const next: Revised[] = [];
    if (to < from) return { counts, next, persons: [] };
    const ids = staff.map((s) => s.id);
    const said = await confirmations.of(tx, ids, from, to);
    const before = new Map((await store.lastRows(tx, ids, from, to)).map((r) => [`${r.personId} ${r.date}`, r]));
    const given = { mapping: mappingOf(await store.changedCodes(tx)), zone: opd.zone, now };
    const persons = new Map(staff.map((s) => [s.id, s]));
    for await (const [personId, days] of readings.each(tx, staff, opd.zone, from, to))
      for (const day of days) {
        const { over, line } = candidateOf(persons.get(personId)!, day, said.get(`${personId} ${day.date}`), given);
        if (!over) continue;
        counts.all += 1;
        const lastRow = before.get(`${personId} ${day.date}`);
        const revision = line === null ? null : revisionFor(line, lastRow);
        if (line === null) counts.missing += 1;
        else if (revision !== null) next.push({ ...line, revision });
        else if (lastRow?.act === 'ditolak') counts.rejected += 1;
        else counts.done += 1;
      }
    counts.fresh = next.filter((l) => l.revision === 0).length;
    counts.corrected = next.length - counts.fresh;
    return { counts, next, persons: ids };
  }

  async function read(person: SignedIn, unitId: string, asked: string | undefined): Promise<ExportMonth> {
    const opd = await exported(sql, person, unitId);
    const month = asked ?? dayIn(clock.now(), opd.zone).slice(0, 7);
    const { counts, persons } = await monthOf(sql, opd, month);
    await note(sql, person, { opd, what: 'sihadir.baca', subject: month, persons });
    return { opdId: opd.id, opdName: opd.name, month, counts, batches: (await store.batchesOf(sql, opd.id, month)).map(batchShown) };
  }

  /** Nothing new: the newest batch again, or a refusal where there is none. */
  async function make(person: SignedIn, unitId: string, month: string): Promise<{ batchId: string; serial: number; added: number }> {
    return sql.begin(async (tx) => {
      const opd = await exported(tx, person, unitId);
      await store.lockOpd(tx, opd.id);
      const { counts, next } = await monthOf(tx, opd, month);
      if (next.length === 0) {
        const [newest] = await store.batchesOf(tx, opd.id, month);
        return newest ? { batchId: newest.id, serial: newest.serial, added: 0 } : refuse('export.nothing', { missing: counts.missing });
      }
      const hash = createHash('sha256');
      for await (const text of csvTexts({ columns: lineColumns, rows: next.map(cellsOf) })) hash.update(text);
      const at = clock.now();
      const batch = await store.insertBatch(tx, {
        opdId: opd.id,
        opdName: opd.name,
        month,
        rows: next.length,
        sha256: hash.digest('hex'),
        byId: person.id,
        byName: person.name,
        at,
      });
      for (let n = 0; n < next.length; n += PORTION) await store.insertRows(tx, batch.id, next.slice(n, n + PORTION), n + 1);
      const persons = [...new Set(next.map((l) => l.personId))];
      await note(tx, person, { opd, what: 'sihadir.buat', subject: `${month} nomor ${batch.serial}`, persons });
      return { batchId: batch.id, serial: batch.serial, added: next.length };
    });
  }

  const note = (
    tx: Tx,
    person: SignedIn,
    { opd, what, subject, persons }: { opd: Opd; what: string; subject: string; persons: readonly string[] },
  ): Promise<void> =>
    people.noteAccess(tx, { by: person.id, what, subject: `${opd.name} ${subject}`, count: persons.length, scope: { kind: 'opd', id: opd.id }, persons });

  async function* rowsOf(tx: Tx, batchId: string): AsyncGenerator<store.Row> {
    for (let after = 0; ;) {
      const some = await store.rowsAfter(tx, batchId, after, PORTION);
      yield* some;
      if (some.length < PORTION) return;
      after = some.at(-1)!.no;
    }
  }

  async function rows(person: SignedIn, id: string) {
    const { batch, opd } = await batchFor(sql, person, id);
    const shown: ExportRow[] = [];
    const persons = new Set<string>();
    for await (const row of rowsOf(sql, id)) {
      shown.push(rowShown(row, batch.sentAt !== null, people.maskNip));
      if (row.personId !== null) persons.add(row.personId);
    }
    await note(sql, person, { opd, what: 'sihadir.baca', subject: `${batch.month} nomor ${batch.serial}`, persons: [...persons] });
    return { batch: batchShown(batch), opdId: opd.id, opdName: opd.name, month: batch.month, rows: shown };
  }

  /** The client itself reads, not a transaction: rows of a batch never change, and whoever loads slowly holds no connection. */
  async function file(person: SignedIn, id: string, extension: 'csv' | 'xlsx'): Promise<ServedFile> {
    const { batch, opd } = await batchFor(sql, person, id);
    const persons: string[] = [];
    for await (const { personId } of rowsOf(sql, id)) if (personId !== null && persons.at(-1) !== personId) persons.push(personId);
    await note(sql, person, { opd, what: `sihadir.${extension}`, subject: `${batch.month} nomor ${batch.serial}`, persons: [...new Set(persons)] });
    async function* cells(): AsyncGenerator<(string | null)[]> {
      for await (const row of rowsOf(sql, id)) yield cellsOf(row);
    }
    const table: Table = {
      name: 'Untuk SIHadir',
      over: [
        [governmentOf(await people.regionName(sql)).toUpperCase()],
        [(batch.opdName ?? opd.name).toUpperCase()],
        [`EKSPOR UNTUK SIHADIR, ${monthText(batch.month).toUpperCase()}, NOMOR ${batch.serial}`],
        ['Dibuat oleh', batch.madeBy ?? '–'],
        ['Pada', `${shortDateText(batch.madeAt, opd.zone)} pukul ${clockText(batch.madeAt, opd.zone)}`],
        ['SHA-256 CSV', batch.sha256],
      ],
      columns: lineColumns,
      rows: cells(),
      at: batch.madeAt,
    };
    const name = `sihadir-${opd.abbreviation.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}-${batch.month}-${String(batch.serial).padStart(2, '0')}.${extension}`;
    return { content: await (extension === 'csv' ? csvStream(table) : xlsxStream(table)), name };
  }

  async function markSent(person: SignedIn, id: string): Promise<void> {
    await sql.begin(async (tx) => {
      const { opd } = await batchFor(tx, person, id);
      await store.lockOpd(tx, opd.id);
      if ((await store.batchById(tx, id))?.sentAt) return;
      await store.insertActs(tx, [{ batchId: id, act: 'terkirim', rowId: null, reason: null, byId: person.id, byName: person.name, at: clock.now() }]);
    });
    await ledger.root();
  }

  type Said = { row: store.Row; reason: string };
  /** In the lock of the OPD. Saying of a row what was last said of it writes nothing. */
  async function reject(tx: Tx, person: SignedIn, batch: store.Batch, said: readonly Said[]): Promise<number> {
    if (batch.sentAt === null) refuse('export.not_sent');
    const news = said.filter(({ row, reason }) => row.act !== 'ditolak' || row.reason !== reason);
    const by = { byId: person.id, byName: person.name, at: clock.now() };
    if (news.length > 0)
      await store.insertActs(
        tx,
        news.map(({ row, reason }) => ({ batchId: batch.id, act: 'ditolak', rowId: row.id, reason, ...by })),
      );
    return news.length;
  }

  async function locked(tx: Tx, person: SignedIn, id: string): Promise<{ batch: store.Batch; all: store.Row[] }> {
    const { opd } = await batchFor(tx, person, id);
    await store.lockOpd(tx, opd.id);
    const batch = (await store.batchById(tx, id))!;
    const all: store.Row[] = [];
    for await (const row of rowsOf(tx, id)) all.push(row);
    return { batch, all };
  }

  async function rejectOne(person: SignedIn, id: string, { rowId, reason }: { rowId: string; reason: string }): Promise<void> {
    await sql.begin(async (tx) => {
      const { batch, all } = await locked(tx, person, id);
      const row = all.find((r) => r.id === rowId) ?? refuse('not_found');
      await reject(tx, person, batch, [{ row, reason }]);
    });
  }

  async function rejectFile(person: SignedIn, id: string, csv: string) {
    const lines = readRejections(csv);
    return sql.begin(async (tx) => {
      const { batch, all } = await locked(tx, person, id);
      const byKey = new Map(all.map((r) => [`${r.nip ?? ''} ${r.date ?? ''}`, r]));
      const said = new Map<string, Said>();
      const unknown: { line: number; why: string }[] = [];
      for (const { line, nip, date, reason } of lines) {
        const row = byKey.get(`${nip} ${date}`);
        if (!row) unknown.push({ line, why: 'nip dan tanggal ini tidak ada dalam ekspor ini' });
        else if (reason.length < 3) unknown.push({ line, why: 'alasan kosong' });
        else said.set(row.id, { row, reason });
      }
      const rejected = await reject(tx, person, batch, [...said.values()]);
      return { rejected, already: said.size - rejected, unknown: unknown.slice(0, 200) };
    });
  }

  async function sendAgain(person: SignedIn, id: string, { rowId, reason }: { rowId: string; reason: string }): Promise<void> {
    await sql.begin(async (tx) => {
      const { all } = await locked(tx, person, id);
      const row = all.find((r) => r.id === rowId) ?? refuse('not_found');
      if (row.act === 'kirim_lagi') return;
      if (row.act !== 'ditolak' || row.replacedBy !== null) refuse('export.not_rejected');
      await store.insertActs(tx, [{ batchId: id, act: 'kirim_lagi', rowId, reason, byId: person.id, byName: person.name, at: clock.now() }]);
    });
  }

  return { codes, setCodes, read, make, rows, file, markSent, rejectOne, rejectFile, sendAgain };
}

const lastDay = (month: string): number => {
  const [year = 0, n = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, n, 0)).getUTCDate();
};

const batchShown = ({ id, serial, rows, corrected, rejected, madeBy, madeAt, sentBy, sentAt, sha256 }: store.Batch): ExportBatch => ({
  id,
  serial,
  rows,
  corrected,
  rejected,
  madeBy: madeBy ?? '–',
  madeAt: madeAt.toISOString(),
  sent: sentAt && { by: sentBy ?? '–', at: sentAt.toISOString() },
  sha256,
});

const rowShown = (row: store.Row, sent: boolean, maskNip: (nip: string | null) => string | null): ExportRow => ({
  id: row.id,
  no: row.no,
  name: row.name ?? '–',
  nip: maskNip(row.nip),
  date: row.date ?? '1970-01-01',
  code: row.code ?? '–',
  note: row.note,
  basis: row.basis,
  confirmedBy: row.confirmedBy ?? '–',
  revision: row.revision,
  state: stateOf({ sent, revision: row.revision, act: row.act, replaced: row.replacedBy !== null }),
  reason: row.act === null ? null : row.reason,
  again: row.act === 'kirim_lagi' && row.replacedBy === null,
  replacedBy: row.replacedBy,
});
