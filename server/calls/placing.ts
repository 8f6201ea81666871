// Placing an urgent call: one transaction, and everybody rings when it is committed.
import { randomUUID } from 'node:crypto';
import type { BodyOf } from '../../shared/endpoint.ts';
import type { postCall } from '../../shared/calls.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { dayIn } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Invitee, People } from '../people/index.ts';
import { joined, stopped, type Call, type Callee, type Rung } from './call.ts';
import { isReached, unitsCalled, type ChainMember, type Desk, type Seat as Called } from './desk/index.ts';
import { channelsByStep, type Seat } from './ladder.ts';
import { defaultQuorum } from './quorum.ts';
import type { Ringing } from './ringing.ts';
import { insertSteps, type NewStep } from './steps-store.ts';
import * as store from './store.ts';
import type { Whereabouts } from './whereabouts.ts';

export type Placing = BodyOf<typeof postCall>;
type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'resolve'>;
  meetings: Pick<Meetings, 'beginNow' | 'letIn' | 'chairedRunning'>;
  desk: Pick<Desk, 'mayCall' | 'resolve' | 'limit' | 'ladderOf'>;
  ringing: Ringing;
  whereabouts: Pick<Whereabouts, 'inside' | 'noteQuorum'>;
};

/** Invited as whom they are rung; the list of attendance says so too. */
export const invitedAs = (invitee: Invitee, { as, label, why }: Pick<ChainMember, 'as' | 'label' | 'why'>): Invitee => ({
  ...invitee,
  position: as === 'nama' || as === 'piket' ? invitee.position : label,
  via: `Panggilan mendesak: ${why}`,
});

export function createPlacing({ sql, clock, people, meetings, desk, ringing, whereabouts }: World) {
  /** Answers the call's id: `key` is its own, so that a second tap finds the first. */
  async function place(person: SignedIn, input: Placing): Promise<string> {
    return sql.begin(async (tx) => {
      const now = clock.now();
      const limit = await desk.limit(tx, person.id, now);
      const known = await store.callById(tx, input.key);
      if (known) return known.callerId === person.id ? known.id : refuse('not_found');
      const as = await desk.mayCall(tx, person, input.opdId);
      if (isReached(limit) && input.overLimitReason === undefined) refuse('call.too_often', { count: limit.placed, minutes: limit.minutes });
      const day = dayIn(now, as.zone);
      const seats = (await desk.resolve(tx, person, input.whom, { day, at: now })).map((seat, no): Seat => ({ ...seat, id: randomUUID(), no: no + 1 }));
      if (seats.every((s) => s.chain.length === 0)) refuse('call.nobody');
      const meetingId = await meetingFor(tx, person, input, as.opdId);
      const call: Call = {
        id: input.key,
        meetingId,
        opdId: as.opdId,
        callerId: person.id,
        callerName: person.name,
        callerAs: as.label,
        subject: input.subject,
        sifat: input.sifat,
        ladder: await desk.ladderOf(tx, input.sifat),
        quorum: quorumFor(seats, input.quorum),
        overLimitReason: isReached(limit) ? (input.overLimitReason ?? null) : null,
        placedAt: now,
        cancelledAt: null,
      };
      await store.insertCall(tx, call, input.whom);
      await store.insertSeats(tx, call.id, seats);
      await callEverybody(tx, call, seats, day);
      return call.id;
    });
  }

  /** A running one of the own chair, or a new one that runs from now on. */
  async function meetingFor(tx: Tx, person: SignedIn, { meetingId, subject, sifat }: Placing, opdId: string): Promise<string> {
    if (meetingId === undefined) return meetings.beginNow(tx, person.id, { title: subject, sifat, opdId });
    await meetings.chairedRunning(tx, person, meetingId);
    await store.lockCalls(tx, [meetingId]);
    return meetingId;
  }

  async function callEverybody(tx: Tx, call: Call, seats: readonly Seat[], day: string): Promise<void> {
    const at = call.placedAt;
    const firsts = new Map<string, { member: ChainMember; calleeId: string }>();
    const rung: Rung[] = [];
    for (const seat of seats) {
      const member = seat.chain[0];
      if (!member) continue;
      const first = firsts.get(member.personId) ?? { member, calleeId: randomUUID() };
      firsts.set(member.personId, first);
      rung.push({ seatId: seat.id, n: 0, calleeId: first.calleeId, as: member.as, label: member.label, why: member.why, at });
    }
    const invitees = await people.resolve(tx, { people: [call.callerId, ...firsts.keys()], positions: [], units: [] }, day);
    await meetings.letIn(
      tx,
      call.meetingId,
      call.callerId,
      invitees.map((i) => {
        const first = firsts.get(i.personId);
        return first ? invitedAs(i, first.member) : { ...i, position: call.callerAs, via: 'Panggilan mendesak: pemanggil' };
      }),
    );
    const inside = await whereabouts.inside(tx, call.meetingId);
    const callees = [...firsts].map(([personId, { member, calleeId }]): Callee => {
      const callee = newCallee(call, { id: calleeId, personId, name: member.name }, at);
      return inside.has(personId) ? joined(callee, at) : callee;
    });
    const absent = callees.filter((e) => e.state === 'memanggil');
    await ringing.takeOver(tx, call, [...firsts.keys()], (e) => stopped(e, 'dibatalkan'));
    // Sent one behind the other: the database works on one while the next is put together.
    await Promise.all([
      store.insertCallees(tx, callees),
      store.insertFirstRung(tx, rung),
      insertSteps(tx, stepsOf(call)),
      store.insertFacts(tx, factsOf(call, callees, rung)),
    ]);
    if (absent.length < callees.length) await whereabouts.noteQuorum(tx, call, inside);
    const [channels = []] = channelsByStep(call.ladder);
    await ringing.ring(
      tx,
      call,
      absent.map((callee) => ({ callee, channels })),
    );
    await tell(tx, [`meeting:${call.meetingId}`, `host:${call.meetingId}`], { type: 'room.changed', meetingId: call.meetingId });
  }

  return { place };
}

/** More than half of the units that can be present, unless the caller says how many. */
function quorumFor(seats: readonly Called[], wanted: number | undefined): number {
  const units = Math.max(1, unitsCalled(seats).length);
  if (wanted !== undefined && wanted > units) refuse('call.quorum_too_high', { needed: wanted, units });
  return wanted ?? defaultQuorum(units);
}

export const newCallee = (call: Pick<Call, 'id' | 'meetingId'>, who: Pick<Callee, 'id' | 'personId' | 'name'>, at: Date): Callee => ({
  ...who,
  callId: call.id,
  meetingId: call.meetingId,
  state: 'memanggil',
  rungAt: at,
  rounds: 1,
  sentAt: at,
  deliveredAt: null,
  ringingAt: null,
  answeredAt: null,
  reachedBy: null,
  reason: null,
  eta: null,
  joinedAt: null,
  seenAt: null,
});

/** What the ladder will do. One row a step, for all posts: which of them it still concerns is seen when it is due. */
function stepsOf({ id: callId, ladder, placedAt }: Call): NewStep[] {
  const channels = channelsByStep(ladder);
  return ladder.flatMap(({ act, afterSeconds }, n) =>
    act === 'dering'
      ? []
      : [{ callId, seatId: null, calleeId: null, act, channels: channels[n] ?? [], dueAt: new Date(placedAt.getTime() + afterSeconds * 1000) }],
  );
}

function factsOf(call: Call, callees: readonly Callee[], rung: readonly Rung[]): store.NewFact[] {
  const base = { callId: call.id, at: call.placedAt, byId: call.callerId };
  const seatOf = new Map(rung.toReversed().map((r) => [r.calleeId, r]));
  return [
    { ...base, kind: 'dipanggil', detail: call.subject },
    ...(call.overLimitReason === null ? [] : [{ ...base, kind: 'panggil_batas' as const, detail: call.overLimitReason }]),
    ...callees.map((e) => {
      const first = seatOf.get(e.id);
      const kind = e.state === 'bergabung' ? ('bergabung' as const) : ('dering' as const);
      return { ...base, calleeId: e.id, seatId: first?.seatId ?? null, kind, detail: first?.why ?? null };
    }),
  ];
}
