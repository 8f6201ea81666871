// SQL of the access log. Rows of the ledger: added, never changed.
import type { Tx } from '../platform/database.ts';
import type { Access } from './access.ts';

type NewAccess = Omit<Access, 'persons'> & { persons: string[] | null; at: Date };

export const insertAccess = (tx: Tx, a: NewAccess) => tx`
  insert into people.access (at, by_id, what, subject, people_count, scope_kind, scope_id, persons)
  values (${a.at}, ${a.by}, ${a.what}, ${a.subject}, ${a.count}, ${a.scope?.kind ?? null}, ${a.scope?.id ?? null}, ${a.persons})`;

export type LookRow = {
  at: Date;
  byName: string | null;
  what: string;
  scopeId: string | null;
  subject: string;
  through: 'person' | 'meeting' | 'opd';
};
/** Where a person may be found: in which meetings, in which units. */
export type Whereabouts = { personId: string; meetingIds: readonly string[]; unitIds: readonly string[] };

/** Reads and copies by others that this person was in, newest first. A list that names its persons counts only for them. */
export const looksAt = (tx: Tx, { personId, meetingIds, unitIds }: Whereabouts, since: Date, limit: number): Promise<LookRow[]> => tx<LookRow[]>`
  select a.at, p.name as "byName", a.what, a.subject, a.scope_id as "scopeId",
    case when a.persons @> array[${personId}]::uuid[] or a.scope_kind = 'person' then 'person' else a.scope_kind end as through
  from people.access a left join people.person p on p.id = a.by_id
  where a.destroyed_at is null and a.at >= ${since} and a.by_id is distinct from ${personId}::uuid and (
    a.persons @> array[${personId}]::uuid[]
    or (a.scope_id = ${personId} and a.scope_kind = 'person')
    or (a.scope_id = any(${[...meetingIds]}::uuid[]) and a.scope_kind = 'meeting' and a.persons is null)
    or (a.scope_id = any(${[...unitIds]}::uuid[]) and a.scope_kind = 'opd' and a.persons is null))
  order by a.id desc limit ${limit}`;

/** Lists of everybody that were too long to name who was on them. */
export async function looksAtAll(tx: Tx, personId: string, since: Date): Promise<number> {
  const [row] = await tx<{ n: number }[]>`
    select count(*)::int as n from people.access
    where scope_kind = 'region' and persons is null and destroyed_at is null and at >= ${since} and by_id is distinct from ${personId}::uuid`;
  return row?.n ?? 0;
}

/** A unit and all above it. */
export const unitsAbove = async (tx: Tx, unitId: string): Promise<string[]> =>
  (
    await tx<{ id: string }[]>`
    with recursive up as (select id, parent_id from people.opd where id = ${unitId} union select o.id, o.parent_id from people.opd o join up on o.id = up.parent_id)
    select id from up`
  ).map((row) => row.id);
