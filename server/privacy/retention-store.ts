// SQL of retention: how many rows of a class are past their date, how many are held, and destroying the rest.
// Table and column names are this folder's own constants (classes.ts); values go as parameters.
import type { Tx } from '../platform/database.ts';
import type { Target } from './classes.ts';

export type Held = { persons: readonly string[]; meetings: readonly string[] };
export type Count = { past: number; held: number; oldest: Date | null; newest: Date | null };

const heldBy = (target: Target): string => {
  const person = target.person ? `coalesce(${target.person('$2::text[]')}, false)` : 'cardinality($2::text[]) < 0';
  const meeting = target.meeting ? `coalesce(${target.meeting('$3::text[]')}, false)` : 'cardinality($3::text[]) < 0';
  return `(${person} or ${meeting})`;
};
/** Strictly before the date; of a book, what is not destroyed yet; of what is blanked, what still says something. */
const pastOf = ({ at, clears, blanks }: Target): string =>
  `${at} < $1${clears ? ' and t.destroyed_at is null' : ''}${blanks ? ` and num_nonnulls(${blanks.map((column) => `t.${column}`).join(', ')}) > 0` : ''}`;

/** `before`: what happened earlier is past its time. */
export async function count(tx: Tx, target: Target, before: Date, held: Held): Promise<Count> {
  const [row] = await tx.unsafe<Count[]>(
    `select count(*)::int as past, count(*) filter (where ${heldBy(target)})::int as held, min(${target.at}) as oldest, max(${target.at}) as newest
     from ${target.table} t where ${pastOf(target)}`,
    [before, [...held.persons], [...held.meetings]] as never[],
  );
  return row!;
}

export type Certificate = { run: string; key: string; basis: string; by: string; at: Date };

/** Destroys what is past and not held, and writes the certificate in the same statement. Only the database's owner can. */
export async function destroy(tx: Tx, target: Target, before: Date, held: Held, { run, key, basis, by, at }: Certificate): Promise<number> {
  const where = `${pastOf(target)} and not ${heldBy(target)}`;
  const values = [before, [...held.persons], [...held.meetings], at, run, key, basis, by] as never[];
  const common = `count(*) as n, min(was) as oldest, max(was) as newest`;
  const insert = (stream: string, seqs: string, group: string): string => `
    insert into privacy.destruction (run, class, book, of_stream, seqs, row_count, oldest, newest, basis, by_name, at)
    select $5::uuid, $6::text, '${target.table}', ${stream}, ${seqs}, n, oldest, newest, $7::text, $8::text, $4::timestamptz
    from (select ${group ? 'stream, range_agg(int8range(seq, seq, $$[]$$)) as seqs, ' : ''}${common} from gone ${group}) g where n > 0 order by ${group ? 'stream' : '1'}
    returning row_count`;
  const statement = target.clears
    ? `with old as (select stream, seq, ${target.at} as was from ${target.table} t where ${where} for update),
       gone as (
         update ${target.table} t set ${target.clears.map((column) => `${column} = null`).join(', ')}, destroyed_at = $4
         from old where t.stream = old.stream and t.seq = old.seq returning t.stream, t.seq, old.was
       ) ${insert('stream', 'seqs', 'group by stream')}`
    : target.blanks
      ? `with gone as (update ${target.table} t set ${target.blanks.map((column) => `${column} = null`).join(', ')} where ${where} returning ${target.at} as was)
         ${insert('null', 'null', '')}`
      : `with gone as (delete from ${target.table} t where ${where} returning ${target.at} as was) ${insert('null', 'null', '')}`;
  const rows = await tx.unsafe<{ row_count: string }[]>(statement, values);
  return rows.reduce((sum, row) => sum + Number(row.row_count), 0);
}

export const allowDestroying = (tx: Tx) => tx`set local ledger.destroying = 'on'`;

export type DestructionRow = {
  run: string;
  class: string;
  book: string;
  streams: number;
  rows: number;
  oldest: Date | null;
  newest: Date | null;
  basis: string;
  by: string;
  at: Date;
};
/** What was destroyed, newest run first, per class and table. */
export const destructions = (tx: Tx): Promise<DestructionRow[]> => tx<DestructionRow[]>`
  select run, class, book, count(of_stream)::int as streams, sum(row_count)::int as rows, min(oldest) as oldest, max(newest) as newest,
    min(basis) as basis, min(by_name) as by, min(at) as at
  from privacy.destruction where destroyed_at is null group by run, class, book order by min(at) desc, run, class, book limit 1000`;

export type HoldKind = 'meeting' | 'person' | 'class';
export type HoldRow = {
  id: string;
  kind: HoldKind;
  target: string;
  reason: string;
  basis: string;
  byId: string;
  at: Date;
  liftedAt: Date | null;
  liftedBy: string | null;
  liftReason: string | null;
};
const holdColumns = (tx: Tx) => tx`h.id, h.kind, h.target, h.reason, h.basis, h.by_id as "byId", h.at,
  l.at as "liftedAt", l.by_id as "liftedBy", l.reason as "liftReason" from privacy.hold h left join privacy.hold_lift l on l.hold_id = h.id`;
/** Those in force first, then the lifted ones. */
export const holds = (tx: Tx): Promise<HoldRow[]> => tx<HoldRow[]>`select ${holdColumns(tx)} order by l.at is not null, h.at desc limit 500`;
export const openHolds = (tx: Tx): Promise<HoldRow[]> => tx<HoldRow[]>`select ${holdColumns(tx)} where l.at is null`;
export const holdById = async (tx: Tx, id: string): Promise<HoldRow | null> => (await tx<HoldRow[]>`select ${holdColumns(tx)} where h.id = ${id}`)[0] ?? null;
/** Whoever places, lifts or destroys goes one after another: a hold that was answered is not overtaken by a destruction. */
export const lockHolds = (tx: Tx) => tx`select pg_advisory_xact_lock(hashtext('privacy.hold'))`;

export const insertHold = (tx: Tx, h: { kind: HoldKind; target: string; reason: string; basis: string; byId: string; at: Date }) => tx`
  insert into privacy.hold (kind, target, reason, basis, by_id, at) values (${h.kind}, ${h.target}, ${h.reason}, ${h.basis}, ${h.byId}, ${h.at})`;
export const insertLift = (tx: Tx, l: { holdId: string; reason: string; byId: string; at: Date }) => tx`
  insert into privacy.hold_lift (hold_id, reason, by_id, at) values (${l.holdId}, ${l.reason}, ${l.byId}, ${l.at})`;
