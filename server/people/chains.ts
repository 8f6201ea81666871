// Posts as a call sees them: who holds each on a day and by which letter, who stands in by structure; and where people belong.
import type { HoldingKind, Level, Zone } from '../../shared/people.ts';
import type { Tx } from '../platform/database.ts';
import * as store from './chain-store.ts';
import { heldBy } from './directory.ts';
import * as persons from './person-store.ts';
import * as units from './unit-store.ts';
import { inTreeOrder } from './units.ts';

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
  const above = new Map(tree.map((unit) => [unit.id, unit.parentId]));
  const pathFrom = (id: string | null): string[] => (id === null ? [] : [id, ...pathFrom(above.get(id) ?? null)]);
  return new Map(
    rows
      .filter((row) => !row.disabled)
      .map((row) => [
        row.id,
        {
          personId: row.id,
          name: row.name,
          label: heldBy(row)[0]?.label ?? null,
          rank: row.rank,
          unitId: row.opdId,
          unitName: row.unitName,
          unitIds: pathFrom(row.opdId),
          opdId: row.topId,
          opdName: row.topName,
        },
      ]),
  );
}

/** Everybody of a unit and what is below it, who may sign in, the highest first. */
export async function staffOfUnit(
  tx: Tx,
  unitId: string,
  day: string,
): Promise<{ unit: { id: string; name: string; opdName: string } | null; personIds: string[] }> {
  const [unit, top] = await Promise.all([units.unit(tx, unitId), units.topOf(tx, unitId)]);
  if (!unit || !top) return { unit: null, personIds: [] };
  return { unit: { id: unit.id, name: unit.name, opdName: top.name }, personIds: (await persons.ofUnits(tx, { day }, [unitId])).map((row) => row.id) };
}
