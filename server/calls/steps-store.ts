// SQL of the ladder: what will happen in a call, and what came of it.
import type { Tx } from '../platform/database.ts';
import type { Step } from './ladder.ts';
import { iso } from './store.ts';

export type NewStep = Omit<Step, 'id'>;
export async function insertSteps(tx: Tx, all: readonly NewStep[]): Promise<void> {
  if (all.length === 0) return;
  const column = <T>(of: (step: NewStep) => T): T[] => all.map(of);
  // Channels as one text each: an array of arrays of different lengths is none that Postgres knows.
  await tx`
    insert into calls.step (call_id, seat_id, callee_id, act, channels, due_at)
    select call_id, seat_id, callee_id, act, string_to_array(channels, ','), due_at
    from unnest(${column((s) => s.callId)}::uuid[], ${column((s) => s.seatId)}::uuid[], ${column((s) => s.calleeId)}::uuid[], ${column((s) => s.act)}::text[],
      ${column((s) => s.channels.join(','))}::text[], ${column((s) => iso(s.dueAt))}::timestamptz[])
      with ordinality as s (call_id, seat_id, callee_id, act, channels, due_at, n) order by n`;
}
const stepColumns = (tx: Tx) => tx`id::text, call_id as "callId", seat_id as "seatId", callee_id as "calleeId", act, channels, due_at as "dueAt"`;

/** Meetings whose calls have steps that are due, the longest waiting first. */
export const meetingsWithDueSteps = async (tx: Tx, now: Date, most: number): Promise<string[]> =>
  (
    await tx<{ id: string }[]>`
    select c.meeting_id as id from calls.step s join calls.call c on c.id = s.call_id where s.done_at is null and s.due_at <= ${now}
    group by 1 order by min(s.due_at) limit ${most}`
  ).map((r) => r.id);
/** Locked, in the order they were due; whoever takes them stamps them in the same transaction. */
export const takeDueSteps = (tx: Tx, callIds: readonly string[], now: Date): Promise<Step[]> => tx<Step[]>`
  select ${stepColumns(tx)} from calls.step where call_id = any(${[...callIds]}::uuid[]) and done_at is null and due_at <= ${now}
  order by due_at, id for update skip locked`;
export const stepsAhead = (tx: Tx, callId: string): Promise<Step[]> =>
  tx<Step[]>`select ${stepColumns(tx)} from calls.step where call_id = ${callId} and done_at is null order by due_at, id`;

export const stampSteps = async (tx: Tx, all: readonly { id: string; outcome: string }[], now: Date): Promise<void> =>
  void (await tx`
    update calls.step s set done_at = ${now}, outcome = n.outcome
    from unnest(${all.map((s) => s.id)}::bigint[], ${all.map((s) => s.outcome)}::text[]) as n (id, outcome) where s.id = n.id and s.done_at is null`);
/** What was to happen to these people, or in these calls, does not happen any more. */
export const stopSteps = async (tx: Tx, of: { callIds?: readonly string[]; calleeIds?: readonly string[] }, now: Date): Promise<void> =>
  void (await tx`
    update calls.step set done_at = ${now}, outcome = 'berhenti'
    where done_at is null and (call_id = any(${[...(of.callIds ?? [])]}::uuid[]) or callee_id = any(${[...(of.calleeIds ?? [])]}::uuid[]))`);
