// What neighbours ask of the calls into a meeting: how each person stood, who came for whom, the units and how many of them are needed.
import type { CalleeState, RungAs } from '../../shared/calls.ts';
import type { People } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { dayIn } from '../platform/local-time.ts';
import type { Call, Rung } from './call.ts';
import type { Places } from './places.ts';
import type { Seat } from './ladder.ts';
import { unitsOf } from './quorum.ts';
import { groupedBy } from './ringing.ts';
import * as store from './store.ts';

type World = { people: Pick<People, 'chainsFor'>; places: Places };
export type CallStanding = {
  personId: string;
  state: CalleeState;
  reason: string | null;
  eta: Date | null;
  seats: { title: string; unitName: string; as: RungAs; label: string }[];
  /** Posts of others this person came in for. `personId`: who holds it and was not inside for it; null = nobody does. */
  represents: { personId: string | null; title: string }[];
  representedBy: { personId: string; name: string; label: string }[];
};

/** Of several calls into one meeting, the last one that rang a person says how they stood. */
export async function standings({ people, places }: World, tx: Tx, meetingIds: readonly string[]): Promise<Map<string, CallStanding[]>> {
  const calls = meetingIds.length === 0 ? [] : await store.callsOf(tx, meetingIds);
  if (calls.length === 0) return new Map();
  const ids = calls.map((c) => c.id);
  const [seats, rung, callees] = await Promise.all([store.seatsOf(tx, ids), store.rungOf(tx, ids), store.calleesOf(tx, ids)]);
  const seatById = new Map(seats.map((s) => [s.id, s]));
  const calleeById = new Map(callees.map((e) => [e.id, e]));
  const bySeat = groupedBy(rung, (r) => r.seatId);
  const byCallee = groupedBy(rung, (r) => r.calleeId);
  const came = (r: Rung): boolean => calleeById.get(r.calleeId)?.joinedAt !== null;
  const holderNotRung = await holdersNotRung({ people, places }, tx, calls, seats, bySeat);

  const found = new Map<string, Map<string, CallStanding>>();
  for (const callee of callees.toSorted((a, b) => a.rungAt.getTime() - b.rungAt.getTime())) {
    const own = byCallee.get(callee.id) ?? [];
    const ofSeats = own.flatMap((r) => {
      const seat = seatById.get(r.seatId);
      return seat ? [{ r, seat, others: (bySeat.get(r.seatId) ?? []).filter((o) => o.calleeId !== callee.id) }] : [];
    });
    const standing: CallStanding = {
      personId: callee.personId,
      state: callee.state,
      reason: callee.reason,
      eta: callee.eta,
      seats: ofSeats.map(({ r, seat }) => ({ title: seat.title, unitName: seat.unitName, as: r.as, label: r.label })),
      represents:
        callee.joinedAt === null
          ? []
          : ofSeats.flatMap(({ r, seat, others }) => {
              const before = others.filter((o) => o.n < r.n && isHolder(o));
              if (before.length > 0)
                return before.filter((o) => !came(o)).map((o) => ({ personId: calleeById.get(o.calleeId)?.personId ?? '', title: seat.title }));
              return standsIn(r) ? [{ personId: holderNotRung.get(seat.id) ?? null, title: seat.title }] : [];
            }),
      representedBy: callee.joinedAt
        ? []
        : ofSeats.flatMap(({ r, others }) =>
            isHolder(r)
              ? others.flatMap((o) => {
                  const other = calleeById.get(o.calleeId);
                  return o.n > r.n && other && came(o) ? [{ personId: other.personId, name: other.name, label: o.label }] : [];
                })
              : [],
          ),
    };
    const ofMeeting = found.get(callee.meetingId) ?? new Map<string, CallStanding>();
    found.set(callee.meetingId, ofMeeting.set(callee.personId, standing));
  }
  return new Map([...found].map(([id, persons]) => [id, [...persons.values()]]));
}

/** The holders of posts for which somebody else was rung first, because they were away that day; by seat. An empty post has none. */
async function holdersNotRung(
  { people, places }: World,
  tx: Tx,
  calls: readonly Call[],
  seats: readonly (Seat & { callId: string })[],
  bySeat: ReadonlyMap<string, readonly Rung[]>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const call of calls) {
    const stoodIn = seats.filter((s) => s.callId === call.id && s.positionId !== null && (bySeat.get(s.id) ?? []).some((r) => r.n === 0 && standsIn(r)));
    if (stoodIn.length === 0) continue;
    const day = dayIn(call.placedAt, await places.zoneOf(tx, call.opdId));
    const posts = await people.chainsFor(
      tx,
      stoodIn.flatMap((s) => s.positionId ?? []),
      day,
    );
    for (const { positionId, holders } of posts) {
      const holder = holders.find((h) => h.kind === 'definitif');
      if (holder) for (const seat of stoodIn) if (seat.positionId === positionId) found.set(seat.id, holder.personId);
    }
  }
  return found;
}

const standsIn = ({ as }: Pick<Rung, 'as'>): boolean => as === 'plh' || as === 'plt' || as === 'pengganti';
/** Whose post it is, that somebody else can come for. */
const isHolder = ({ as }: Pick<Rung, 'as'>): boolean => as === 'definitif' || as === 'plt' || as === 'plh';

/** The units called into a meeting, in the order they were called, with who was rung for each; null = nobody was called. */
export async function calledUnits(tx: Tx, meetingId: string): Promise<{ unitId: string; unitName: string; personIds: string[] }[] | null> {
  return unitsCalled(tx, await store.callsOf(tx, [meetingId]));
}

async function unitsCalled(tx: Tx, calls: readonly Call[]): ReturnType<typeof calledUnits> {
  if (calls.length === 0) return null;
  const ids = calls.map((c) => c.id);
  const order = new Map(ids.map((id, n) => [id, n]));
  const [seats, rung, callees] = await Promise.all([store.seatsOf(tx, ids), store.rungOf(tx, ids), store.calleesOf(tx, ids)]);
  const persons = new Map(callees.map((e) => [e.id, e.personId]));
  const inOrder = seats.toSorted((a, b) => (order.get(a.callId) ?? 0) - (order.get(b.callId) ?? 0) || a.no - b.no);
  return unitsOf(
    inOrder,
    rung,
    (id) => persons.get(id),
    () => false,
  ).map(({ unitId, unitName, personIds }) => ({ unitId, unitName, personIds }));
}

/** How many units are needed: the calls' own numbers together, at most all units. Calls that were cancelled before anybody came ask nothing. */
export async function neededUnits(tx: Tx, meetingId: string): Promise<{ needed: number; reachedAt: Date | null } | null> {
  const calls = await store.callsOf(tx, [meetingId]);
  const units = (await unitsCalled(tx, calls))?.length ?? 0;
  const [first] = calls;
  if (!first || units === 0) return null;
  const times = await store.quorumTimes(
    tx,
    calls.map((c) => c.id),
  );
  const counted = calls.filter((c) => c.cancelledAt === null);
  const asked = counted.length > 0 ? counted : [first];
  const reached = asked.map((c) => times.get(c.id)?.getTime() ?? Infinity);
  const last = Math.max(...reached);
  return {
    needed: Math.min(
      units,
      asked.reduce((sum, c) => sum + c.quorum, 0),
    ),
    reachedAt: Number.isFinite(last) ? new Date(last) : null,
  };
}
