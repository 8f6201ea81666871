// SQL of units, positions and who holds them.
import type { Level } from '../../shared/people.ts';
import type { Tx } from '../platform/database.ts';
import { RANK, type HeldBy } from './holdings.ts';
import type { Unit, UnitInput } from './units.ts';

const LEVELS = Object.keys(RANK);

const columns = (tx: Tx) => tx`id, parent_id as "parentId", top_id as "topId", name, abbreviation, aliases, kind, zone, sort`;

export const units = (tx: Tx) => tx<Unit[]>`select ${columns(tx)} from people.opd`;

export async function unit(tx: Tx, id: string): Promise<Unit | null> {
  const [row] = await tx<Unit[]>`select ${columns(tx)} from people.opd where id = ${id}`;
  return row ?? null;
}

export async function topOf(tx: Tx, id: string): Promise<Unit | null> {
  const [row] = await tx<Unit[]>`select ${columns(tx)} from people.opd where id = (select top_id from people.opd where id = ${id})`;
  return row ?? null;
}

export async function insertUnit(tx: Tx, u: UnitInput, topId: string | null): Promise<Unit> {
  const [row] = await tx<Unit[]>`
    with fresh as (select gen_random_uuid() as id)
    insert into people.opd (id, parent_id, top_id, name, abbreviation, aliases, kind, zone, sort)
    select fresh.id, ${u.parentId}, coalesce(${topId}::uuid, fresh.id), ${u.name}, ${u.abbreviation}, ${u.aliases}, ${u.kind}, ${u.zone},
      (select count(*)::int from people.opd where parent_id is not distinct from ${u.parentId}::uuid)
    from fresh returning ${columns(tx)}`;
  return row!;
}

/** Moves what is under the unit to the new top with it. */
export async function updateUnit(tx: Tx, id: string, u: UnitInput, topId: string): Promise<void> {
  await tx`update people.opd set parent_id = ${u.parentId}, name = ${u.name}, abbreviation = ${u.abbreviation}, aliases = ${u.aliases}, kind = ${u.kind}, zone = ${u.zone} where id = ${id}`;
  await tx`
    with recursive tree as (select id from people.opd where id = ${id} union select o.id from people.opd o join tree on o.parent_id = tree.id)
    update people.opd set top_id = ${topId} where id in (select id from tree)`;
}

export const deleteUnit = (tx: Tx, id: string) => tx`delete from people.opd where id = ${id}`;

export async function isEmpty(tx: Tx, id: string): Promise<boolean> {
  const [row] = await tx<{ empty: boolean }[]>`
    select not exists (select from people.opd where parent_id = ${id}) and not exists (select from people.position where opd_id = ${id})
      and not exists (select from people.person where opd_id = ${id}) and not exists (select from people.role where opd_id = ${id}) as empty`;
  return row!.empty;
}

export type PositionRow = { id: string; opdId: string; topId: string; zone: string; title: string; level: Level };
const position = (tx: Tx) =>
  tx`select pos.id, pos.opd_id as "opdId", o.top_id as "topId", o.zone, pos.title, pos.level from people.position pos join people.opd o on o.id = pos.opd_id`;

/** Of a unit and its sub-units, or all; the highest first. */
export const positions = (tx: Tx, unitId: string | null) => tx<PositionRow[]>`
  ${position(tx)} where ${unitId}::uuid is null or pos.opd_id in (
    with recursive tree as (select id from people.opd where id = ${unitId} union select c.id from people.opd c join tree on c.parent_id = tree.id)
    select id from tree)
  order by array_position(${LEVELS}::text[], pos.level), pos.sort, pos.title, pos.id`;

export const positionsByIds = (tx: Tx, ids: readonly string[]) => tx<PositionRow[]>`${position(tx)} where pos.id = any(${[...ids]}::uuid[])`;

/** Locks the position: appointments to it go one after another. */
export async function lockPosition(tx: Tx, id: string): Promise<PositionRow | null> {
  const [row] = await tx<PositionRow[]>`${position(tx)} where pos.id = ${id} for update of pos`;
  return row ?? null;
}

export async function insertPosition(tx: Tx, p: { opdId: string; title: string; level: Level }): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into people.position (opd_id, title, level, sort)
    values (${p.opdId}, ${p.title}, ${p.level}, (select count(*)::int from people.position where opd_id = ${p.opdId})) returning id`;
  return row!.id;
}

export type HoldingRow = HeldBy & { id: string; positionId: string; personName: string; disabled: boolean; basis: string };
const holding = (tx: Tx) => tx`
  select h.id, h.position_id as "positionId", h.person_id as "personId", p.name as "personName", p.disabled_at is not null as disabled,
    h.kind, lower(h.held)::text as "from", (upper(h.held) - 1)::text as until, h.basis
  from people.holding h join people.person p on p.id = h.person_id`;

export const holdingsOf = (tx: Tx, positionIds: readonly string[]) => tx<HoldingRow[]>`
  ${holding(tx)} where h.position_id = any(${[...positionIds]}::uuid[]) order by lower(h.held), h.created_at, h.id`;

export const holdingsBy = (tx: Tx, personIds: readonly string[]) => tx<HoldingRow[]>`
  ${holding(tx)} where h.person_id = any(${[...personIds]}::uuid[]) order by lower(h.held), h.created_at, h.id`;

export async function holdingById(tx: Tx, id: string): Promise<HoldingRow | null> {
  const [row] = await tx<HoldingRow[]>`${holding(tx)} where h.id = ${id}`;
  return row ?? null;
}

export type NewHolding = HeldBy & { positionId: string; basis: string };
export const insertHolding = (tx: Tx, h: NewHolding) => tx`
  insert into people.holding (position_id, person_id, kind, held, basis)
  values (${h.positionId}, ${h.personId}, ${h.kind}, daterange(${h.from}, ${h.until}, '[]'), ${h.basis})`;

export const endHolding = (tx: Tx, id: string, until: string) => tx`
  update people.holding set held = daterange(lower(held), ${until}::date, '[]') where id = ${id}`;
