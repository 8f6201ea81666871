// What the person called does: gabung, menolak, menyusul. Their other devices fall silent in the same transaction.
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tellAll } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import { answer, ENTER_MS, LATE_MS, overOf, type Answer, type Call, type Callee } from './call.ts';
import { channelsByStep } from './ladder.ts';
import type { Places } from './places.ts';
import type { Ringing, Silence } from './ringing.ts';
import { insertSteps, stopSteps } from './steps-store.ts';
import * as store from './store.ts';

type World = { sql: Sql; clock: Clock; meetings: Pick<Meetings, 'meetingsByIds'>; places: Places; ringing: Ringing };
const facts: Record<string, 'gabung' | 'menolak' | 'menyusul'> = { menjawab: 'gabung', menolak: 'menolak', menyusul: 'menyusul' };

export function createAnswering({ sql, clock, meetings, places, ringing }: World) {
  async function take(person: SignedIn, id: string, given: Answer): Promise<void> {
    await sql.begin(async (tx) => {
      const found = (await store.callById(tx, id)) ?? refuse('not_found');
      const call = (await store.lockCalls(tx, [found.meetingId])).find((c) => c.id === id) ?? refuse('not_found');
      const callee = (await store.calleesAt(tx, [call.meetingId], [person.id])).find((e) => e.callId === id) ?? refuse('not_found');
      const endedAt = (await meetings.meetingsByIds(tx, [call.meetingId]))[0]?.endedAt ?? null;
      const now = clock.now();
      const next = answer(callee, given, { now, over: overOf(call, endedAt), zone: await places.zoneOf(tx, call.opdId) });
      if (next !== callee) await save(tx, call, next, given, now);
    });
  }

  async function save(tx: Tx, call: Call, next: Callee, given: Answer, at: Date): Promise<void> {
    await ringing.hush(tx, call, [next], next.state as Silence);
    await store.saveCallees(tx, [next]);
    await stopSteps(tx, { calleeIds: [next.id] }, at);
    await insertSteps(tx, waiting(call, next, at));
    const detail = given.answer === 'menyusul' ? [`${given.minutes} menit`, given.reason].filter(Boolean).join(': ') : next.reason;
    await store.insertFacts(tx, [{ callId: call.id, calleeId: next.id, at, byId: next.personId, kind: facts[next.state] ?? 'gabung', detail }]);
    await tellAll(tx, [
      [[`call:${call.id}`], { type: 'call.changed', callId: call.id }],
      [[`person:${next.personId}`], { type: 'meeting.changed', meetingId: call.meetingId }],
    ]);
  }

  return { answer: take };
}

/** Whoever said they would come is rung once more when they have not. */
function waiting(call: Call, { id, state, eta }: Callee, now: Date) {
  const [channels = []] = channelsByStep(call.ladder);
  const base = { callId: call.id, seatId: null, calleeId: id, channels };
  if (state === 'menjawab') return [{ ...base, act: 'tunggu_masuk' as const, dueAt: new Date(now.getTime() + ENTER_MS) }];
  return state === 'menyusul' && eta ? [{ ...base, act: 'menyusul' as const, dueAt: new Date(eta.getTime() + LATE_MS) }] : [];
}
