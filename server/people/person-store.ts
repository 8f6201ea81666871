// SQL of persons, and of the positions they hold on a day.
import type { HeldPosition, Zone } from '../../shared/people.ts';
import type { JsonValue, Sql, Tx } from '../platform/database.ts';
import { NO_RANK, RANK } from './holdings.ts';
import type { Granted } from './rights.ts';

/** Which positions count: those in force on a day, or at an instant (its day in each office's zone). */
export type When = { day: string } | { now: Date };
export type PersonFields = { name: string; nip: string | null; email: string | null; phone: string | null; opdId: string | null };
export type PersonRow = {
  id: string;
  name: string;
  nip: string | null;
  email: string | null;
  phone: string | null;
  disabled: boolean;
  mustChangePassword: boolean;
  opdId: string | null;
  unitName: string | null;
  topId: string | null;
  topName: string | null;
  topAbbreviation: string | null;
  zone: Zone | null;
  positions: Omit<HeldPosition, 'label'>[];
  rank: number;
};

export const LEVELS = Object.keys(RANK);

function select(tx: Tx, when: When, where: ReturnType<Sql>, limit = 100_000) {
  const day = 'day' in when ? when.day : null;
  const now = 'now' in when ? when.now : new Date(0);
  return tx<PersonRow[]>`
    select p.id, p.name, p.nip, p.email, p.phone, p.disabled_at is not null as disabled, p.must_change_password as "mustChangePassword",
      p.opd_id as "opdId", u.name as "unitName", t.id as "topId", t.name as "topName", t.abbreviation as "topAbbreviation", t.zone,
      coalesce(held.positions, '[]') as positions, coalesce(held.rank, ${NO_RANK}) as rank
    from people.person p
    left join people.opd u on u.id = p.opd_id
    left join people.opd t on t.id = u.top_id
    left join lateral (
      select min(array_position(${LEVELS}::text[], pos.level)) as rank, string_agg(h.kind || ' ' || pos.title, ' ') as titles,
        json_agg(json_build_object('positionId', pos.id, 'title', pos.title, 'level', pos.level, 'as', h.kind,
          'opdId', top.id, 'opdName', top.name, 'opdAbbreviation', top.abbreviation)) as positions
      from people.holding h
      join people.position pos on pos.id = h.position_id
      join people.opd o on o.id = pos.opd_id
      join people.opd top on top.id = o.top_id
      where h.person_id = p.id and h.held @> coalesce(${day}::date, timezone(o.zone, ${now}::timestamptz)::date)
    ) held on true
    where ${where}
    order by coalesce(held.rank, ${NO_RANK}), p.name, p.id
    limit ${limit}`;
}

export const byIds = (tx: Tx, when: When, ids: readonly string[]) => select(tx, when, tx`p.id = any(${[...ids]}::uuid[])`);

/** Everybody of an OPD who may still sign in. */
export const ofTop = (tx: Tx, when: When, topId: string) => select(tx, when, tx`u.top_id = ${topId} and p.disabled_at is null`);

/** Everybody who may still sign in and belongs to an OPD, OPD by OPD. */
export const staffIds = (tx: Tx) => tx<{ id: string; opdId: string }[]>`
  select p.id, u.top_id as "opdId" from people.person p join people.opd u on u.id = p.opd_id where p.disabled_at is null order by u.top_id, p.id`;

const subtree = (tx: Tx, units: readonly string[]) => tx`
  with recursive tree as (
    select id from people.opd where id = any(${[...units]}::uuid[])
    union select o.id from people.opd o join tree on o.parent_id = tree.id
  ) select id from tree`;

export const ofUnits = (tx: Tx, when: When, units: readonly string[]) => select(tx, when, tx`p.opd_id in (${subtree(tx, units)}) and p.disabled_at is null`);

/** By unit and by words that all occur in name, positions or unit. */
export function search(tx: Tx, when: When, { unit, words, limit }: { unit: string | null; words: readonly string[]; limit: number }) {
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  return select(
    tx,
    when,
    tx`(${unit}::uuid is null or p.opd_id in (${subtree(tx, unit ? [unit] : [])}))
      and concat_ws(' ', p.name, held.titles, u.name, u.abbreviation, t.name, t.abbreviation, array_to_string(t.aliases, ' ')) ilike all(${patterns}::text[])`,
    limit,
  );
}

export const exists = async (tx: Tx, id: string): Promise<boolean> => (await tx`select 1 from people.person where id = ${id}`).length === 1;

/** Locks the record: whoever changes a person goes one after another. */
export async function lockPerson(tx: Tx, id: string): Promise<(PersonFields & { id: string; disabled: boolean; topId: string | null }) | null> {
  const [row] = await tx<(PersonFields & { id: string; disabled: boolean; topId: string | null })[]>`
    select p.id, p.name, p.nip, p.email, p.phone, p.opd_id as "opdId", p.disabled_at is not null as disabled,
      (select top_id from people.opd where id = p.opd_id) as "topId"
    from people.person p where p.id = ${id} for update of p`;
  return row ?? null;
}

/** How these persons are reached outside the portal; who may not sign in is not. */
export const contacts = (tx: Tx, ids: readonly string[]) => tx<{ id: string; name: string; phone: string | null; email: string | null }[]>`
  select id, name, phone, email from people.person where id = any(${[...ids]}::uuid[]) and disabled_at is null`;

/** Which of these already belongs to somebody else. */
export async function takenBy(
  tx: Tx,
  { nip, email, except }: { nip: string | null; email: string | null; except: string | null },
): Promise<'NIP' | 'Surel' | null> {
  const [row] = await tx<{ nip: boolean }[]>`
    select nip is not distinct from ${nip} and nip is not null as nip from people.person
    where (nip = ${nip} or lower(email) = lower(${email})) and id is distinct from ${except}::uuid order by 1 desc limit 1`;
  if (!row) return null;
  return row.nip ? 'NIP' : 'Surel';
}

export async function insertPerson(tx: Tx, person: PersonFields, at: Date): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into people.person (name, nip, email, phone, opd_id, created_at)
    values (${person.name}, ${person.nip}, ${person.email}, ${person.phone}, ${person.opdId}, ${at}) returning id`;
  return row!.id;
}

export const updatePerson = (tx: Tx, id: string, p: PersonFields) => tx`
  update people.person set name = ${p.name}, nip = ${p.nip}, email = ${p.email}, phone = ${p.phone}, opd_id = ${p.opdId} where id = ${id}`;

export const setDisabled = (tx: Tx, id: string, at: Date | null) => tx`update people.person set disabled_at = ${at} where id = ${id}`;

export const grantedTo = (tx: Tx, id: string) => tx<Granted[]>`
  select role, opd_id as "opdId" from people.role where person_id = ${id} and revoked_at is null order by id`;

export const holdersOf = async (tx: Tx, role: Granted['role']): Promise<string[]> =>
  (
    await tx<{ id: string }[]>`
      select distinct r.person_id as id from people.role r join people.person p on p.id = r.person_id
      where r.role = ${role} and r.revoked_at is null and p.disabled_at is null`
  ).map(({ id }) => id);

export const grant = (tx: Tx, id: string, { role, opdId }: Granted, by: string | null, at: Date) => tx`
  insert into people.role (person_id, role, opd_id, granted_by, granted_at) values (${id}, ${role}, ${opdId}, ${by}, ${at})`;

export const revoke = (tx: Tx, id: string, { role, opdId }: Granted, by: string | null, at: Date) => tx`
  update people.role set revoked_by = ${by}, revoked_at = ${at}
  where person_id = ${id} and role = ${role} and opd_id is not distinct from ${opdId} and revoked_at is null`;

/** Administrators who can sign in. Serialised by a lock, so that the last two cannot dismiss each other. */
export async function administrators(tx: Tx): Promise<string[]> {
  await tx`select pg_advisory_xact_lock(hashtext('people.administrators'))`;
  const rows = await tx<{ id: string }[]>`
    select p.id from people.person p join people.role r on r.person_id = p.id
    where r.role = 'administrator' and r.revoked_at is null and p.disabled_at is null`;
  return rows.map((row) => row.id);
}

export const insertChange = (
  tx: Tx,
  c: { personId: string; by: string | null; at: Date; what: string; before: JsonValue | null; after: JsonValue | null },
) => tx`
  insert into people.change (person_id, by_id, at, what, before, after)
  values (${c.personId}, ${c.by}, ${c.at}, ${c.what}, ${c.before === null ? null : tx.json(c.before)}, ${c.after === null ? null : tx.json(c.after)})`;

/** Who leads a unit today, with the highest of their posts. */
export const officials = (tx: Tx, now: Date) => tx<{ name: string; title: string }[]>`
  select distinct on (p.id) p.name, pos.title from people.holding h
  join people.position pos on pos.id = h.position_id join people.opd o on o.id = pos.opd_id join people.person p on p.id = h.person_id
  where pos.level in ('kepala_opd', 'sekretaris', 'kabid', 'kasi') and p.disabled_at is null and h.held @> timezone(o.zone, ${now}::timestamptz)::date
  order by p.id, array_position(${LEVELS}::text[], pos.level)`;

export async function regionName(tx: Tx): Promise<string> {
  const [row] = await tx<{ name: string }[]>`select name from people.region`;
  return row?.name ?? 'Pemerintah Daerah';
}
export const setRegion = (tx: Tx, name: string) => tx`
  insert into people.region (one, name) values (true, ${name}) on conflict (one) do update set name = excluded.name`;
