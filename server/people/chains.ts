// Posts as a call sees them: who holds each on a day and by which letter, who stands in by structure; and where people belong.
import type { HoldingKind, Level, Zone } from '../../shared/people.ts';
import type { Tx } from '../platform/database.ts';
import * as store from './chain-store.ts';
import { heldBy } from './directory.ts';
import * as persons from './person-store.ts';
import * as units from './unit-store.ts';
import { inTreeOrder, type Unit } from './units.ts';

export type Holder = { personId: string; name: string; kind: HoldingKind; basis: string };
/** A post and who holds it on the day. `holders`: at most one of each kind; disabled accounts are left out. */
export type HeldPost = {
  positionId: string;
  title: string;
  level: Level;
  unitId: string;
  unitName: string;
  opdId: string;
  opdName: string;
  zone: Zone;
  holders: Holder[];
};
/** `standIn`: the post that stands in by structure. */
export type PostChain = HeldPost & { standIn: HeldPost | null };

/** Somebody who may sign in. `unitIds`: the own unit first, then all above it. `label`: their highest position in force. */
export type Placed = {
  personId: string;
  name: string;
  label: string | null;
  rank: number;
  unitId: string | null;
  unitName: string | null;
  unitIds: string[];
  opdId: string | null;
  opdName: string | null;
};

/** In the order of the office: OPD by OPD, the unit above first, the highest post first. Ids that are no post are left out. */
export async function chainsFor(tx: Tx, positionIds: readonly string[], day: string): Promise<PostChain[]> {
  if (positionIds.length === 0) return [];
  const [posts, deputies, tree] = await Promise.all([store.posts(tx, positionIds), store.standIns(tx, positionIds), units.units(tx)]);
  const held = await withHolders(tx, [...posts, ...deputies], day);
  const deputyOf = new Map(deputies.map((d) => [d.forId, d.positionId]));
  const order = new Map(inTreeOrder(tree).map((unit, index) => [unit.id, index]));
  const place = (post: HeldPost): number => order.get(post.unitId) ?? 0;
  return posts
    .map((post) => ({ ...held.get(post.positionId)!, standIn: held.get(deputyOf.get(post.positionId) ?? '') ?? null }))
    .toSorted((a, b) => place(a) - place(b) || persons.LEVELS.indexOf(a.level) - persons.LEVELS.indexOf(b.level) || a.title.localeCompare(b.title, 'id'));
}

async function withHolders(tx: Tx, posts: readonly store.PostRow[], day: string): Promise<Map<string, HeldPost>> {
  const byId = new Map(
    posts.map(({ positionId, title, level, unitId, unitName, opdId, opdName, zone }): [string, HeldPost] => [
      positionId,
      { positionId, title, level, unitId, unitName, opdId, opdName, zone, holders: [] },
    ]),
  );
  for (const { positionId, ...holder } of await store.holdersOn(tx, [...byId.keys()], day)) byId.get(positionId)?.holders.push(holder);
  return byId;
}

/** The post of the head of each OPD, who holds it on the day. */
export async function headsOf(tx: Tx, opdIds: readonly string[], day: string): Promise<Map<string, HeldPost>> {
  const held = opdIds.length === 0 ? [] : [...(await withHolders(tx, await store.headPosts(tx, opdIds), day)).values()];
  return new Map(held.map((post) => [post.opdId, post]));
}

/** Where these people belong on a day; who may not sign in, or is unknown, is left out. */
export async function placed(tx: Tx, personIds: readonly string[], day: string): Promise<Map<string, Placed>> {
  if (personIds.length === 0) return new Map();
  const [rows, tree] = await Promise.all([persons.byIds(tx, { day }, personIds), units.units(tx)]);
  const place = placing(tree);
  return new Map(rows.filter((row) => !row.disabled).map((row) => [row.id, place(row)]));
}

/** Each of these units that exists, with everybody in it and below it who may sign in; who belongs to several, to the first. */
export async function staffOfUnits(tx: Tx, unitIds: readonly string[], day: string): Promise<{ id: string; name: string; opdName: string; staff: Placed[] }[]> {
  if (unitIds.length === 0) return [];
  const [rows, tree] = await Promise.all([persons.ofUnits(tx, { day }, unitIds), units.units(tx)]);
  const known = new Map(tree.map((unit) => [unit.id, unit]));
  const staff = new Map(unitIds.map((id): [string, Placed[]] => [id, []]));
  for (const person of rows.map(placing(tree))) staff.get(unitIds.find((id) => person.unitIds.includes(id)) ?? '')?.push(person);
  return unitIds.flatMap((id) => {
    const unit = known.get(id);
    return unit ? [{ id, name: unit.name, opdName: known.get(unit.topId)?.name ?? unit.name, staff: staff.get(id) ?? [] }] : [];
  });
}

function placing(tree: readonly Unit[]): (row: persons.PersonRow) => Placed {
  const above = new Map(tree.map((unit) => [unit.id, unit.parentId]));
  const pathFrom = (id: string | null): string[] => (id === null ? [] : [id, ...pathFrom(above.get(id) ?? null)]);
  return (row) => ({
    personId: row.id,
    name: row.name,
    label: heldBy(row)[0]?.label ?? null,
    rank: row.rank,
    unitId: row.opdId,
    unitName: row.unitName,
    unitIds: pathFrom(row.opdId),
    opdId: row.topId,
    opdName: row.topName,
  });
}

/** Those of these people who belong to one of these units or below. */
export const within = async (tx: Tx, personIds: readonly string[], unitIds: readonly string[]): Promise<string[]> =>
  personIds.length === 0 || unitIds.length === 0 ? [] : (await store.within(tx, personIds, unitIds)).map((row) => row.id);
