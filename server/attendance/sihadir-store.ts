// SQL of the export for SIHadir: codes, batches, rows, and what became of them. Rows are only added.
import type { ExportCode } from '../../shared/sihadir.ts';
import type { Tx } from '../platform/database.ts';
import type { LastRow, Line } from './sihadir-rules.ts';

/** Two who make a batch of one OPD, or say what became of one, come one after the other. */
export const lockOpd = async (tx: Tx, opdId: string): Promise<void> =>
  void (await tx`select pg_advisory_xact_lock(hashtextextended(${`attendance.export ${opdId}`}, 0))`);

export const changedCodes = (tx: Tx) => tx<ExportCode[]>`select distinct on (key) key, code, note from attendance.export_code order by key, id desc`;
export const insertCode = (tx: Tx, { key, code, note }: ExportCode, by: string, at: Date) =>
  tx`insert into attendance.export_code (key, code, note, by_id, at) values (${key}, ${code}, ${note}, ${by}, ${at})`;

/** How each of these person-days stood in its newest batch. */
export const lastRows = (tx: Tx, personIds: readonly string[], from: string, to: string) => tx<LastRow[]>`
  select distinct on (r.person_id, r.date) r.person_id as "personId", r.date, r.nip, r.code, r.note, r.revision, a.act, a.at as "actAt"
  from attendance.export_row r
  left join lateral (select act, at from attendance.export_act a where a.row_id = r.id order by a.id desc limit 1) a on true
  where r.person_id = any(${[...personIds]}::uuid[]) and r.date between ${from} and ${to} order by r.person_id, r.date, r.id desc`;

export type Batch = {
  id: string;
  opdId: string;
  opdName: string | null;
  month: string;
  serial: number;
  rows: number;
  corrected: number;
  rejected: number;
  sha256: string;
  madeBy: string | null;
  madeAt: Date;
  sentBy: string | null;
  sentAt: Date | null;
};
const batches = (tx: Tx) => tx`
  select b.id, b.opd_id as "opdId", b.opd_name as "opdName", b.month, b.serial, b.row_count as rows, b.sha256, b.made_by_name as "madeBy", b.made_at as "madeAt",
    (select count(*)::int from attendance.export_row r where r.batch_id = b.id and r.revision > 0) as corrected,
    (select count(*)::int from (select distinct on (row_id) act from attendance.export_act a where a.batch_id = b.id and row_id is not null order by row_id, id desc) a where act = 'ditolak') as rejected,
    s.by_name as "sentBy", s.at as "sentAt"
  from attendance.export_batch b left join lateral (select * from attendance.export_act a where a.batch_id = b.id and a.act = 'terkirim' order by a.id limit 1) s on true`;
export const batchesOf = (tx: Tx, opdId: string, month: string): Promise<Batch[]> =>
  tx<Batch[]>`${batches(tx)} where b.opd_id = ${opdId} and b.month = ${month} order by b.serial desc`;
export const batchById = async (tx: Tx, id: string): Promise<Batch | null> => (await tx<Batch[]>`${batches(tx)} where b.id = ${id}`)[0] ?? null;

type NewBatch = { opdId: string; opdName: string; month: string; rows: number; sha256: string; byId: string; byName: string; at: Date };
/** The OPD is locked. */
export async function insertBatch(tx: Tx, b: NewBatch): Promise<{ id: string; serial: number }> {
  const [row] = await tx<{ id: string; serial: number }[]>`
    insert into attendance.export_batch (opd_id, opd_name, month, serial, row_count, sha256, made_by, made_by_name, made_at)
    select ${b.opdId}, ${b.opdName}, ${b.month}, coalesce(max(serial), 0) + 1, ${b.rows}, ${b.sha256}, ${b.byId}, ${b.byName}, ${b.at}
    from attendance.export_batch where opd_id = ${b.opdId} and month = ${b.month} returning id, serial`;
  if (!row) throw new Error('batch was not inserted');
  return row;
}

export const insertRows = (tx: Tx, batchId: string, rows: readonly (Line & { revision: number })[], firstNo: number) => tx`
  insert into attendance.export_row (batch_id, no, person_id, date, revision, nip, name, code, note, basis, confirmed_by, confirmed_at)
  select ${batchId}, n.no, n.person_id, n.date, n.revision, n.nip, n.name, n.code, n.note, n.basis, n.confirmed_by, n.confirmed_at
  from unnest(${rows.map((_, n) => firstNo + n)}::int[], ${rows.map((r) => r.personId)}::uuid[], ${rows.map((r) => r.date)}::date[], ${rows.map((r) => r.revision)}::int[],
    ${rows.map((r) => r.nip)}::text[], ${rows.map((r) => r.name)}::text[], ${rows.map((r) => r.code)}::text[], ${rows.map((r) => r.note)}::text[],
    ${rows.map((r) => r.basis)}::text[], ${rows.map((r) => r.confirmedBy)}::text[], ${rows.map((r) => r.confirmedAt.toISOString())}::timestamptz[])
    as n (no, person_id, date, revision, nip, name, code, note, basis, confirmed_by, confirmed_at)
  order by n.no`;

export type Row = {
  id: string;
  no: number;
  personId: string | null;
  date: string | null;
  revision: number;
  nip: string | null;
  name: string | null;
  code: string | null;
  note: string | null;
  basis: string | null;
  confirmedBy: string | null;
  act: LastRow['act'];
  reason: string | null;
  replacedBy: number | null;
};
/** A piece of a batch, in its order, after a number. */
export const rowsAfter = (tx: Tx, batchId: string, after: number, limit: number) => tx<Row[]>`
  select r.id::text, r.no, r.person_id as "personId", r.date, r.revision, r.nip, r.name, r.code, r.note, r.basis, r.confirmed_by as "confirmedBy", a.act, a.reason,
    (select b.serial from attendance.export_row later join attendance.export_batch b on b.id = later.batch_id
      where later.person_id = r.person_id and later.date = r.date and later.id > r.id order by later.id limit 1) as "replacedBy"
  from attendance.export_row r
  left join lateral (select act, reason from attendance.export_act a where a.row_id = r.id order by a.id desc limit 1) a on true
  where r.batch_id = ${batchId} and r.no > ${after} order by r.no limit ${limit}`;

type Act = { batchId: string; act: 'terkirim' | 'ditolak' | 'kirim_lagi'; rowId: string | null; reason: string | null; byId: string; byName: string; at: Date };
export const insertActs = (tx: Tx, acts: readonly Act[]) => tx`
  insert into attendance.export_act (batch_id, act, row_id, reason, by_id, by_name, at)
  select * from unnest(${acts.map((a) => a.batchId)}::uuid[], ${acts.map((a) => a.act)}::text[], ${acts.map((a) => a.rowId)}::bigint[], ${acts.map((a) => a.reason)}::text[],
    ${acts.map((a) => a.byId)}::uuid[], ${acts.map((a) => a.byName)}::text[], ${acts.map((a) => a.at.toISOString())}::timestamptz[])`;
