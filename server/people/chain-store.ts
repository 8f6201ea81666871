// SQL of posts as a call needs them: the post, its place in the office, and the posts around it.
import type { HoldingKind, Level, Zone } from '../../shared/people.ts';
import type { Tx } from '../platform/database.ts';

export type PostRow = {
  positionId: string;
  title: string;
  level: Level;
  unitId: string;
  unitName: string;
  opdId: string;
  opdName: string;
  zone: Zone;
};
const post = (tx: Tx) => tx`
  pos.id as "positionId", pos.title, pos.level, o.id as "unitId", o.name as "unitName", t.id as "opdId", t.name as "opdName", t.zone
  from people.position pos join people.opd o on o.id = pos.opd_id join people.opd t on t.id = o.top_id`;

export const posts = (tx: Tx, ids: readonly string[]) => tx<PostRow[]>`select ${post(tx)} where pos.id = any(${[...ids]}::uuid[])`;

/** The post of the head of each OPD; where there are several, the first. */
export const headPosts = (tx: Tx, opdIds: readonly string[]) => tx<PostRow[]>`
  select distinct on (t.id) ${post(tx)} where pos.level = 'kepala_opd' and t.id = any(${[...opdIds]}::uuid[])
  order by t.id, o.parent_id nulls first, pos.sort, pos.title`;

/** For each post the one that stands in by structure: the sekretaris for a head; for a sekretaris or kabid the first kasi straight below. */
export const standIns = (tx: Tx, ids: readonly string[]) => tx<(PostRow & { forId: string })[]>`
  select distinct on (called.id) called.id as "forId", ${post(tx)}
  cross join (select p.id, p.level, p.opd_id, u.top_id from people.position p join people.opd u on u.id = p.opd_id where p.id = any(${[...ids]}::uuid[])) called
  where (called.level = 'kepala_opd' and pos.level = 'sekretaris' and t.id = called.top_id)
    or (called.level in ('sekretaris', 'kabid') and pos.level = 'kasi' and (o.id = called.opd_id or o.parent_id = called.opd_id))
  order by called.id, o.parent_id nulls first, o.sort, pos.sort, pos.title, pos.id`;

export type HolderRow = { positionId: string; personId: string; name: string; kind: HoldingKind; basis: string };
/** Who holds these posts on a day, those who may still sign in. */
export const holdersOn = (tx: Tx, ids: readonly string[], day: string) => tx<HolderRow[]>`
  select h.position_id as "positionId", h.person_id as "personId", p.name, h.kind, h.basis
  from people.holding h join people.person p on p.id = h.person_id
  where h.position_id = any(${[...ids]}::uuid[]) and h.held @> ${day}::date and p.disabled_at is null
  order by h.position_id, h.created_at, h.id`;

/** Those of these people whose unit is one of these, below one, or of an OPD among them. */
export const within = (tx: Tx, personIds: readonly string[], unitIds: readonly string[]) => tx<{ id: string }[]>`
  select p.id from people.person p join people.opd u on u.id = p.opd_id
  where p.id = any(${[...personIds]}::uuid[]) and (u.id = any(${[...unitIds]}::uuid[]) or u.parent_id = any(${[...unitIds]}::uuid[]) or u.top_id = any(${[...unitIds]}::uuid[]))`;
