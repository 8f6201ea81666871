// The desk of the urgent call: who may call and in whose name, whom a choice means now, saved groups, mandates, ladders.
import type { CallDesk, Ladder, LadderStep, Reach, SavedGroup, SeatPreview } from '../../../shared/calls.ts';
import {
  isReachable,
  Whom,
  deleteGroup,
  deleteMandate,
  getCallDesk,
  getLadders,
  getMandates,
  postCallPreview,
  postGroup,
  postMandate,
  putLadder,
} from '../../../shared/calls.ts';
import { Sifat } from '../../../shared/meetings.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { refuse } from '../../platform/refusal.ts';
import { serve, type Route, type SignedIn } from '../../platform/serve.ts';
import type { Meetings } from '../../meetings/index.ts';
import type { People } from '../../people/index.ts';
import type { Roster } from '../../roster/index.ts';
import { createCapacities, dayIn } from './capacity.ts';
import { checkLadder, DEFAULT_BASIS, DEFAULT_LADDERS } from './ladder.ts';
import { MOST_CALLS, WITHIN_MINUTES, type Limit } from './limit.ts';
import { createDuty } from './duty.ts';
import { createMandates } from './mandates.ts';
import { createResolve, unitsCalled } from './resolve.ts';
import * as store from './store.ts';

export type { ChainMember } from './chain.ts';
export { isReached, type Limit } from './limit.ts';
export { unitsCalled, type Seat } from './resolve.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'chainsFor' | 'headsOf' | 'placed' | 'staffOfUnits' | 'opds' | 'topOpd' | 'persons' | 'noteAccess'>;
  roster: Pick<Roster, 'codesOn' | 'onDuty' | 'dutyBetween'>;
  meetings: Pick<Meetings, 'chairedNow'>;
  channels: { reach: (tx: Tx, personIds: readonly string[]) => Promise<Map<string, Reach>> };
};
export type Desk = ReturnType<typeof createDesk>;

const MOST_GROUPS = 50;
const UNREACHABLE: Reach = { tabs: 0, push: 0, gateways: [], phone: false };

export function createDesk({ sql, clock, people, roster, meetings, channels }: World) {
  const capacities = createCapacities({ clock, people });
  const { resolve } = createResolve({ people, roster });
  const duty = createDuty({
    sql,
    clock,
    people,
    roster,
    reach: channels.reach,
    mayCall: async (tx, id) => (await capacities.capacitiesOf(tx, id)).length > 0,
  });
  const { mandates, give, revoke } = createMandates({ sql, clock, people, capacities });

  const limitOf = async (tx: Tx, personId: string, now: Date): Promise<Limit> => ({
    most: MOST_CALLS,
    minutes: WITHIN_MINUTES,
    placed: await store.placedSince(tx, personId, new Date(now.getTime() - WITHIN_MINUTES * 60_000)),
  });

  /** Calls of one caller are counted one after another, until the transaction ends. */
  async function limit(tx: Tx, personId: string, now: Date): Promise<Limit> {
    await store.lockCaller(tx, personId);
    return limitOf(tx, personId, now);
  }

  async function ladders(tx: Tx): Promise<Ladder[]> {
    const set = new Map((await store.newestLadders(tx)).map((row) => [row.sifat, row]));
    const setters = [...set.values()].flatMap((row) => row.setBy ?? []);
    const persons = await people.persons(tx, setters);
    return Sifat.options.map((sifat) => {
      const row = set.get(sifat);
      if (!row) return { sifat, steps: [...DEFAULT_LADDERS[sifat]], basis: DEFAULT_BASIS, setByName: null, setAt: null };
      return { sifat, steps: row.steps, basis: row.basis, setByName: persons.get(row.setBy ?? '')?.name ?? null, setAt: row.setAt.toISOString() };
    });
  }

  /** The steps in force; a call keeps the ones it began with. */
  async function ladderOf(tx: Tx, sifat: Sifat): Promise<LadderStep[]> {
    return (await store.newestLadders(tx)).find((row) => row.sifat === sifat)?.steps ?? [...DEFAULT_LADDERS[sifat]];
  }

  async function setLadder(person: SignedIn, sifat: Sifat, { steps, basis }: { steps: LadderStep[]; basis: string }): Promise<Ladder> {
    checkLadder(steps);
    return sql.begin(async (tx) => {
      await store.insertLadder(tx, { sifat, steps, basis, setBy: person.id, setAt: clock.now() });
      return (await ladders(tx)).find((l) => l.sifat === sifat)!;
    });
  }

  async function desk(person: SignedIn): Promise<CallDesk> {
    return sql.begin(async (tx) => {
      const now = clock.now();
      const as = await capacities.capacitiesOf(tx, person.id);
      const home = person.opdId === null ? null : await people.topOpd(tx, person.opdId);
      const zone = as[0]?.zone ?? home?.zone ?? 'Asia/Jakarta';
      const last = await store.lastCallOf(tx, person.id);
      return {
        as: as.map(({ opdId, opdName, label, mandate }) => ({ opdId, opdName, label, mandate })),
        groups: await store.groupsOf(tx, person.id),
        lastCall: last && { ...last, placedAt: last.placedAt.toISOString() },
        onDuty: home ? (await roster.onDuty(tx, { opdIds: [home.id] }, now)).length : 0,
        ladders: await ladders(tx),
        running: await meetings.chairedNow(tx, person.id),
        limit: await limitOf(tx, person.id, now),
        zone,
      };
    });
  }

  /** Nobody who may not call looks up who stands in for whom. */
  async function allowed(tx: Tx, person: SignedIn): Promise<{ day: string; at: Date }> {
    const [first] = await capacities.capacitiesOf(tx, person.id);
    const at = clock.now();
    return first ? { day: dayIn(first.zone, at), at } : refuse('call.not_allowed');
  }

  async function preview(person: SignedIn, whom: Whom) {
    return sql.begin(async (tx) => {
      const seats = await resolve(tx, person, whom, await allowed(tx, person));
      const all = [...new Set(seats.flatMap((s) => s.chain.map((c) => c.personId)))];
      const reaches = all.length === 0 ? new Map<string, Reach>() : await channels.reach(tx, all);
      const reachOf = (id: string): Reach => reaches.get(id) ?? UNREACHABLE;
      if (all.length > 0)
        await people.noteAccess(tx, { by: person.id, what: 'panggilan.pratinjau', subject: 'panggilan mendesak', count: all.length, persons: all });
      const first = [...new Set(seats.flatMap((s) => s.chain[0]?.personId ?? []))];
      const shown: SeatPreview[] = seats.map((s) => ({ ...s, chain: s.chain.map((c) => ({ ...c, reach: reachOf(c.personId) })) }));
      return { seats: shown, people: first.length, unreachable: first.filter((id) => !isReachable(reachOf(id))).length, units: unitsCalled(seats).length };
    });
  }

  async function saveGroup(person: SignedIn, { name, choice }: { name: string; choice: SavedGroup['choice'] }): Promise<SavedGroup> {
    return sql.begin(async (tx) => {
      const when = await allowed(tx, person);
      if (choice.positions.length + choice.units.length + choice.people.length === 0) refuse('call.nobody');
      // Whatever could not be called cannot be saved either.
      await resolve(tx, person, mayBeCalled(choice), when);
      await store.lockGroups(tx, person.id);
      const groups = await store.groupsOf(tx, person.id);
      const isNew = groups.every((g) => g.name.toLowerCase() !== name.toLowerCase());
      if (isNew && groups.length >= MOST_GROUPS)
        refuse('input.invalid', {}, [{ path: 'name', message: `Paling banyak ${MOST_GROUPS} grup. Hapus yang tidak dipakai dahulu.` }]);
      return { id: await store.saveGroup(tx, person.id, name, choice, clock.now()), name, choice };
    });
  }

  async function removeGroup(person: SignedIn, id: string): Promise<void> {
    if (!(await store.removeGroup(sql, person.id, id, clock.now()))) refuse('not_found');
  }

  const routes: Route[] = [
    ...duty.routes,
    serve(getCallDesk, ({ person }) => desk(person)),
    serve(postCallPreview, ({ person, body }) => preview(person, body.whom)),
    serve(postGroup, ({ person, body }) => saveGroup(person, body)),
    serve(deleteGroup, ({ person, params }) => removeGroup(person, params.id)),
    serve(getMandates, ({ person }) => mandates(person)),
    serve(postMandate, ({ person, body }) => give(person, body)),
    serve(deleteMandate, ({ person, params }) => revoke(person, params.id)),
    serve(getLadders, () => ladders(sql)),
    serve(putLadder, ({ person, params, body }) => setLadder(person, params.sifat, body)),
  ];
  return { routes, mayCall: capacities.mayCall, capacitiesOf: capacities.capacitiesOf, resolve, limit, ladderOf };
}

/** The bounds of one call hold for a saved choice too. */
function mayBeCalled(choice: SavedGroup['choice']): Whom {
  const parsed = Whom.safeParse(choice);
  if (parsed.success) return parsed.data;
  return refuse(
    'input.invalid',
    {},
    parsed.error.issues.map(({ path }) => ({ path: `choice.${path.join('.')}`, message: 'Terlalu banyak pilihan untuk satu grup.' })),
  );
}
