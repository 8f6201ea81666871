// Whom a choice means today: each post with who is rung for it in turn, each person by name, each person once.
import type { Whom } from '../../../shared/calls.ts';
import type { Tx } from '../../platform/database.ts';
import { refuse } from '../../platform/refusal.ts';
import type { People, Placed, PostChain } from '../../people/index.ts';
import type { OnDuty, Roster } from '../../roster/index.ts';
import { chainOf, dutyText, isCallersOwn, type ChainMember, type OnTheDay } from './chain.ts';
import * as store from './store.ts';

/** What is called: a post, or a person by name (`positionId` null). `chain` empty: nobody holds it, nobody stands in. */
export type Seat = {
  positionId: string | null;
  title: string;
  unitId: string | null;
  unitName: string;
  opdName: string | null;
  chain: ChainMember[];
};

/** The units that can be present: those of the seats for which somebody can be rung. */
export const unitsCalled = (seats: readonly Seat[]): string[] => [
  ...new Set(seats.flatMap((s) => (s.unitId !== null && s.chain.length > 0 ? [s.unitId] : []))),
];

/** Whoever calls more at once writes to everybody instead. */
const MOST_SEATS = 1000;

type World = { people: Pick<People, 'chainsFor' | 'placed' | 'staffOfUnits' | 'opds'>; roster: Pick<Roster, 'codesOn' | 'onDuty'> };
/** Now, and today at the calling office. */
type When = { day: string; at: Date };
const invalid = (path: string, message: string): never => refuse('input.invalid', {}, [{ path: `whom.${path}`, message }]);

export function createResolve({ people, roster }: World) {
  /** Groups and the last call become what they stand for, as far as it still exists. */
  async function spread(tx: Tx, callerId: string, whom: Whom) {
    const groups = whom.groups.length === 0 ? [] : (await store.groupsOf(tx, callerId)).filter((g) => whom.groups.includes(g.id));
    if (groups.length < new Set(whom.groups).size) refuse('not_found');
    const former = whom.lastCall === undefined ? null : ((await store.calledIn(tx, callerId, whom.lastCall)) ?? refuse('not_found'));
    return {
      positions: [...new Set([...whom.positions, ...groups.flatMap((g) => g.choice.positions), ...(former?.positions ?? [])])],
      units: [...new Set([...whom.units, ...groups.flatMap((g) => g.choice.units)])],
      people: [...new Set([...whom.people, ...groups.flatMap((g) => g.choice.people), ...(former?.people ?? [])])],
    };
  }

  async function ofPosts(tx: Tx, callerId: string, posts: readonly PostChain[], { day, at }: When): Promise<Seat[]> {
    if (posts.length === 0) return [];
    const holders = posts.flatMap((p) => [...p.holders, ...(p.standIn?.holders ?? [])]).map((h) => h.personId);
    const [codes, allDuty] = await Promise.all([roster.codesOn(tx, holders, day), roster.onDuty(tx, { opdIds: posts.map((p) => p.opdId) }, at)]);
    return posts.flatMap((post): Seat[] => {
      const onTheDay: OnTheDay = { codes, duty: dutyFor(post, allDuty) };
      if (isCallersOwn(post, onTheDay, callerId)) return [];
      const { positionId, title, unitId, unitName, opdName } = post;
      return [{ positionId, title, unitId, unitName, opdName, chain: chainOf(post, onTheDay, callerId) }];
    });
  }

  async function ofDuty(tx: Tx, opdIds: readonly string[], at: Date): Promise<Seat[]> {
    const opds = opdIds.length === 0 ? [] : (await people.opds(tx)).filter((o) => o.parentId === null && opdIds.includes(o.id));
    if (opds.length < new Set(opdIds).size) invalid('dutyOf', 'OPD tidak ditemukan. Pilih lagi dari daftar.');
    const onDuty = await roster.onDuty(tx, { opdIds }, at);
    return opds.flatMap((opd) => {
      const here = onDuty.filter((d) => d.opdId === opd.id);
      const title = `Piket ${opd.name}`;
      if (here.length === 0) return [{ positionId: null, title, unitId: opd.id, unitName: opd.name, opdName: opd.name, chain: [] }];
      return here.map((d) => byName(d, { as: 'piket', why: dutyText(d) }));
    });
  }

  /** `person`: the caller, who is never called. At most 1000 seats. */
  async function resolve(tx: Tx, person: { id: string }, whom: Whom, when: When): Promise<Seat[]> {
    const { day, at } = when;
    const choice = await spread(tx, person.id, whom);
    const posts = await people.chainsFor(tx, choice.positions, day);
    const known = new Set(posts.map((p) => p.positionId));
    if (whom.positions.some((id) => !known.has(id))) invalid('positions', 'Ada jabatan yang tidak ditemukan. Muat ulang, lalu pilih lagi.');
    const named = await people.placed(tx, choice.people, day);
    if (whom.people.some((id) => !named.has(id))) invalid('people', 'Ada orang yang tidak ditemukan atau akunnya nonaktif. Hapus dari pilihan.');

    const seats = new Seats(person.id);
    seats.add(await ofPosts(tx, person.id, posts, when));
    seats.add([...named.values()].toSorted(byRank).map((p) => byName(p, { as: 'nama', why: 'Dipanggil dengan nama' })));
    seats.add(await ofDuty(tx, whom.dutyOf, at));
    const units = await people.staffOfUnits(tx, choice.units, day);
    if (whom.units.some((id) => units.every((u) => u.id !== id))) invalid('units', 'Ada unit yang tidak ditemukan. Muat ulang, lalu pilih lagi.');
    for (const { id, name, opdName, staff } of units)
      seats.add(staff.toSorted(byRank).map((p) => ({ ...byName(p, { as: 'nama', why: `Unit: ${name}` }), unitId: id, unitName: name, opdName })));
    return seats.all;
  }

  return { resolve };
}

/** Who is rung first for one seat is not called again by name. */
class Seats {
  readonly all: Seat[] = [];
  readonly #first: Set<string>;
  constructor(callerId: string) {
    this.#first = new Set([callerId]);
  }
  add(seats: readonly Seat[]): void {
    for (const seat of seats) {
      const first = seat.chain[0]?.personId;
      if (seat.positionId === null && first !== undefined && this.#first.has(first)) continue;
      if (first !== undefined) this.#first.add(first);
      this.all.push(seat);
    }
    const count = this.all.length;
    if (count > MOST_SEATS)
      refuse('input.invalid', {}, [{ path: 'whom', message: `Paling banyak ${MOST_SEATS} orang sekali panggil; pilihan Anda ${count}. Kurangi unit.` }]);
  }
}

const byRank = (a: Placed, b: Placed): number => a.rank - b.rank || a.name.localeCompare(b.name, 'id');

function byName({ personId, name, label, unitId, unitName, opdName }: Placed, { as, why }: Pick<ChainMember, 'as' | 'why'>): Seat {
  const title = label ?? name;
  return { positionId: null, title, unitId, unitName: unitName ?? '', opdName, chain: [{ personId, name, label: label ?? unitName ?? '', as, why }] };
}

/** Of the post's own unit; where nobody is, of its OPD. */
function dutyFor(post: PostChain, all: readonly OnDuty[]): OnDuty[] {
  const here = all.filter((d) => d.unitIds.includes(post.unitId));
  return here.length > 0 ? here : all.filter((d) => d.opdId === post.opdId);
}
