// SQL of calls: the call, its posts, the people, what happened. Whoever changes a call takes, in this order: its meeting, presence,
// the calls of that meeting, hops, callees, the ledger's stream of the call. So nobody waits for each other in a ring.
import type { CallFactKind, Channel, Whom } from '../../shared/calls.ts';
import type { Tx } from '../platform/database.ts';
import type { z } from 'zod';
import type { Call, Callee, Rung } from './call.ts';
import type { Seat } from './ladder.ts';

/** In arrays: the driver takes an array of dates for one date. */
export const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

const callColumns = (tx: Tx) => tx`
  c.id, c.meeting_id as "meetingId", c.opd_id as "opdId", c.caller_id as "callerId", c.caller_name as "callerName", c.caller_as as "callerAs", c.subject, c.sifat,
  c.ladder, c.quorum, c.over_limit_reason as "overLimitReason", c.placed_at as "placedAt", c.cancelled_at as "cancelledAt"`;
const calleeColumns = (tx: Tx) => tx`
  e.id, e.call_id as "callId", e.meeting_id as "meetingId", e.person_id as "personId", e.name, e.state, e.rung_at as "rungAt", e.rounds, e.sent_at as "sentAt",
  e.delivered_at as "deliveredAt", e.ringing_at as "ringingAt", e.answered_at as "answeredAt", e.reached_by as "reachedBy", e.reason, e.eta,
  e.joined_at as "joinedAt", e.seen_at as "seenAt"`;

/** All calls into these meetings: whoever changes one of them waits here. */
export const lockCalls = (tx: Tx, meetingIds: readonly string[]): Promise<Call[]> =>
  tx<Call[]>`select ${callColumns(tx)} from calls.call c where meeting_id = any(${[...meetingIds]}::uuid[]) order by c.id for update`;
export const lockCallsByIds = (tx: Tx, ids: readonly string[]): Promise<Call[]> =>
  tx<Call[]>`select ${callColumns(tx)} from calls.call c where id = any(${[...ids]}::uuid[]) order by c.id for update`;
export const callsOf = (tx: Tx, meetingIds: readonly string[]): Promise<Call[]> =>
  tx<Call[]>`select ${callColumns(tx)} from calls.call c where meeting_id = any(${[...meetingIds]}::uuid[]) order by placed_at, id`;
export const callsByIds = (tx: Tx, ids: readonly string[]): Promise<Call[]> =>
  tx<Call[]>`select ${callColumns(tx)} from calls.call c where id = any(${[...ids]}::uuid[])`;
export const callById = async (tx: Tx, id: string): Promise<Call | null> => (await callsByIds(tx, [id]))[0] ?? null;

export const callsSeenBy = (tx: Tx, personId: string, opdIds: readonly string[], since: Date, most: number) => tx<
  (Call & { called: number; joined: number })[]
>`
  select ${callColumns(tx)}, n.called, n.joined from calls.call c
  cross join lateral (select count(*)::int as called, count(e.joined_at)::int as joined from calls.callee e where e.call_id = c.id) n
  where (c.caller_id = ${personId} or c.opd_id = any(${[...opdIds]}::uuid[])) and c.placed_at > ${since}
  order by c.placed_at desc, c.id limit ${most}`;

export async function insertCall(tx: Tx, c: Call, choice: Whom): Promise<void> {
  await tx`
    insert into calls.call (id, meeting_id, opd_id, caller_id, caller_name, caller_as, subject, sifat, choice, ladder, quorum, over_limit_reason, placed_at)
    values (${c.id}, ${c.meetingId}, ${c.opdId}, ${c.callerId}, ${c.callerName}, ${c.callerAs}, ${c.subject}, ${c.sifat}, ${tx.json(choice)},
      ${tx.json(c.ladder)}, ${c.quorum}, ${c.overLimitReason}, ${c.placedAt})`;
}
export const cancelCall = async (tx: Tx, id: string, by: string, at: Date): Promise<void> =>
  void (await tx`update calls.call set cancelled_at = ${at}, cancelled_by = ${by} where id = ${id} and cancelled_at is null`);

/** The first of each chain is rung with the call. */
export async function insertSeats(tx: Tx, callId: string, seats: readonly Seat[]): Promise<void> {
  const rows = seats.map((s) => ({ ...s, position_id: s.positionId, unit_id: s.unitId, unit_name: s.unitName, opd_name: s.opdName }));
  await tx`
    insert into calls.seat (id, call_id, no, position_id, title, unit_id, unit_name, opd_name, chain, reached)
    select id, ${callId}, no, position_id, title, unit_id, unit_name, opd_name, chain, least(1, jsonb_array_length(chain)) from jsonb_to_recordset(${tx.json(rows)}::jsonb)
      as s (id uuid, no int, position_id uuid, title text, unit_id uuid, unit_name text, opd_name text, chain jsonb)`;
}
export const seatsOf = (tx: Tx, callIds: readonly string[]): Promise<(Seat & { callId: string })[]> => tx<(Seat & { callId: string })[]>`
  select id, call_id as "callId", no, position_id as "positionId", title, unit_id as "unitId", unit_name as "unitName", opd_name as "opdName", chain
  from calls.seat where call_id = any(${[...callIds]}::uuid[]) order by call_id, no`;

export async function insertCallees(tx: Tx, all: readonly Callee[]): Promise<void> {
  if (all.length === 0) return;
  const column = <T>(of: (callee: Callee) => T): T[] => all.map(of);
  await tx`
    insert into calls.callee (id, call_id, meeting_id, person_id, name, state, rung_at, rounds, sent_at, joined_at)
    select * from unnest(
      ${column((e) => e.id)}::uuid[], ${column((e) => e.callId)}::uuid[], ${column((e) => e.meetingId)}::uuid[], ${column((e) => e.personId)}::uuid[],
      ${column((e) => e.name)}::text[], ${column((e) => e.state)}::text[], ${column((e) => iso(e.rungAt))}::timestamptz[], ${column((e) => e.rounds)}::int[],
      ${column((e) => iso(e.sentAt))}::timestamptz[], ${column((e) => iso(e.joinedAt))}::timestamptz[])`;
}
export const calleesOf = (tx: Tx, callIds: readonly string[]): Promise<Callee[]> =>
  tx<Callee[]>`select ${calleeColumns(tx)} from calls.callee e where call_id = any(${[...callIds]}::uuid[]) order by e.id`;
export const calleesAt = (tx: Tx, meetingIds: readonly string[], personIds: readonly string[]): Promise<Callee[]> => tx<Callee[]>`
  select ${calleeColumns(tx)} from calls.callee e where meeting_id = any(${[...meetingIds]}::uuid[]) and person_id = any(${[...personIds]}::uuid[]) order by e.id`;
/** One person's, the last ring first: rung since, or still ringing. */
export const calleesFor = (tx: Tx, personId: string, since: Date, most: number): Promise<Callee[]> => tx<Callee[]>`
  select ${calleeColumns(tx)} from calls.callee e where person_id = ${personId} and (rung_at > ${since} or state = 'memanggil') order by rung_at desc, id limit ${most}`;

/** As they stand now; first times of reaching them are other statements'. */
export async function saveCallees(tx: Tx, all: readonly Callee[]): Promise<void> {
  if (all.length === 0) return;
  const column = <T>(of: (callee: Callee) => T): T[] => all.map(of);
  await tx`
    update calls.callee e
    set state = n.state, rung_at = n.rung_at, rounds = n.rounds, answered_at = n.answered_at, reason = n.reason, eta = n.eta, joined_at = n.joined_at
    from unnest(
      ${column((e) => e.id)}::uuid[], ${column((e) => e.state)}::text[], ${column((e) => iso(e.rungAt))}::timestamptz[], ${column((e) => e.rounds)}::int[],
      ${column((e) => iso(e.answeredAt))}::timestamptz[], ${column((e) => e.reason)}::text[], ${column((e) => iso(e.eta))}::timestamptz[],
      ${column((e) => iso(e.joinedAt))}::timestamptz[]) as n (id, state, rung_at, rounds, answered_at, reason, eta, joined_at)
    where e.id = n.id`;
}
export const markSeen = async (tx: Tx, personId: string, at: Date): Promise<void> =>
  void (await tx`
    update calls.callee set seen_at = ${at} where person_id = ${personId} and state in ('dibatalkan', 'berakhir') and (seen_at is null or seen_at < rung_at)`);
/** First times, as a channel told them. */
export const noteReached = async (tx: Tx, calleeId: string, channel: Channel, kind: 'dikirim' | 'diterima' | 'berdering', at: Date): Promise<void> =>
  void (await tx`
    update calls.callee set sent_at = coalesce(sent_at, ${at}),
      delivered_at = case when ${kind} <> 'dikirim' then coalesce(delivered_at, ${at}) else delivered_at end,
      ringing_at = case when ${kind} = 'berdering' then coalesce(ringing_at, ${at}) else ringing_at end,
      reached_by = case when ${kind} <> 'dikirim' then coalesce(reached_by, ${channel}) else reached_by end
    where id = ${calleeId}`);
export const callOfCallee = async (tx: Tx, calleeId: string): Promise<string | null> =>
  (await tx<{ id: string }[]>`select call_id as id from calls.callee where id = ${calleeId}`)[0]?.id ?? null;

/** Those with whom a call begins: `insertSeats` has counted them. */
export async function insertFirstRung(tx: Tx, all: readonly Rung[]): Promise<void> {
  if (all.length === 0) return;
  const column = <T>(of: (rung: Rung) => T): T[] => all.map(of);
  await tx`
    insert into calls.rung (seat_id, n, callee_id, "as", label, why, at)
    select * from unnest(${column((r) => r.seatId)}::uuid[], ${column((r) => r.n)}::int[], ${column((r) => r.calleeId)}::uuid[], ${column((r) => r.as)}::text[],
      ${column((r) => r.label)}::text[], ${column((r) => r.why)}::text[], ${column((r) => iso(r.at))}::timestamptz[])`;
}
export async function insertRung(tx: Tx, all: readonly Rung[]): Promise<void> {
  await insertFirstRung(tx, all);
  const seats = all.map((r) => r.seatId);
  await tx`
    update calls.seat s set reached = s.reached + n.more from (select id, count(*)::int as more from unnest(${seats}::uuid[]) as t (id) group by id) n where s.id = n.id`;
}
const rungColumns = (tx: Tx) => tx`r.seat_id as "seatId", r.n, r.callee_id as "calleeId", r."as", r.label, r.why, r.at`;
export const rungOf = (tx: Tx, callIds: readonly string[]): Promise<Rung[]> => tx<Rung[]>`
  select ${rungColumns(tx)} from calls.rung r join calls.seat s on s.id = r.seat_id where s.call_id = any(${[...callIds]}::uuid[]) order by r.seat_id, r.at, r.n`;
/** For which posts these people are called, in the order it came about. */
export type RungFor = Rung & { title: string; unitName: string };
export const rungFor = (tx: Tx, calleeIds: readonly string[]): Promise<RungFor[]> => tx<RungFor[]>`
  select ${rungColumns(tx)}, s.title, s.unit_name as "unitName"
  from calls.rung r join calls.seat s on s.id = r.seat_id where r.callee_id = any(${[...calleeIds]}::uuid[]) order by r.at, s.no`;

export type NewFact = {
  callId: string;
  calleeId?: string | null;
  seatId?: string | null;
  at: Date;
  byId?: string | null;
  kind: z.infer<typeof CallFactKind>;
  channel?: Channel | null;
  detail?: string | null;
};
/** In this order. */
export async function insertFacts(tx: Tx, facts: readonly NewFact[]): Promise<void> {
  if (facts.length === 0) return;
  const column = <T>(of: (fact: NewFact) => T): T[] => facts.map(of);
  await tx`
    insert into calls.fact (call_id, callee_id, seat_id, at, by_id, kind, channel, detail)
    select call_id, callee_id, seat_id, at, by_id, kind, channel, detail from unnest(
      ${column((f) => f.callId)}::uuid[], ${column((f) => f.calleeId ?? null)}::uuid[], ${column((f) => f.seatId ?? null)}::uuid[],
      ${column((f) => iso(f.at))}::timestamptz[], ${column((f) => f.byId ?? null)}::uuid[], ${column((f) => f.kind)}::text[],
      ${column((f) => f.channel ?? null)}::text[], ${column((f) => f.detail ?? null)}::text[]
    ) with ordinality as f (call_id, callee_id, seat_id, at, by_id, kind, channel, detail, n) order by n`;
}
/** When the units that were needed were inside for the first time, by call. */
export const quorumTimes = async (tx: Tx, callIds: readonly string[]): Promise<Map<string, Date>> =>
  new Map(
    (
      await tx<
        { id: string; at: Date }[]
      >`select call_id as id, min(at) as at from calls.fact where call_id = any(${[...callIds]}::uuid[]) and kind = 'kuorum' group by 1`
    ).map((r) => [r.id, r.at]),
  );
