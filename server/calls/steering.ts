// What the caller does with a call that runs: ring somebody again, ring the next one for a post, cancel.
import { Channel } from '../../shared/calls.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import { mayRingAgain, mustGoOn, overOf, stopped, type Call, type Over } from './call.ts';
import type { Climbing } from './climbing.ts';
import { nextOf } from './ladder.ts';
import type { Places } from './places.ts';
import type { Ringing } from './ringing.ts';
import { stopSteps } from './steps-store.ts';
import * as store from './store.ts';
import type { Whereabouts } from './whereabouts.ts';

type World = {
  sql: Sql;
  clock: Clock;
  meetings: Pick<Meetings, 'holdMeeting' | 'mayReadAttendance'>;
  places: Places;
  climbing: Climbing;
  ringing: Ringing;
  whereabouts: Pick<Whereabouts, 'inside'>;
};
/** Every way there is. */
const ALL: Channel[] = [...Channel.options];

export function createSteering({ sql, clock, meetings, places, climbing, ringing, whereabouts }: World) {
  /** The call, held and locked, for its caller or the chair of its meeting. Whoever only reads it is told so; others find nothing. */
  async function steered(tx: Tx, person: SignedIn, id: string): Promise<{ call: Call; over: Over }> {
    const found = (await store.callById(tx, id)) ?? refuse('not_found');
    const meeting = (await meetings.holdMeeting(tx, found.meetingId)) ?? refuse('not_found');
    if (found.callerId !== person.id && meeting.chairId !== person.id) refuse(meetings.mayReadAttendance(person, meeting) ? 'meeting.not_chair' : 'not_found');
    const call = (await store.lockCalls(tx, [meeting.id])).find((c) => c.id === id) ?? refuse('not_found');
    return { call, over: overOf(call, meeting.endedAt) };
  }

  /** Cancelling what is over changes nothing. Who answered or joined stays as they are, and the meeting goes on. */
  async function cancel(person: SignedIn, id: string): Promise<void> {
    await sql.begin(async (tx) => {
      const { call, over } = await steered(tx, person, id);
      if (over) return;
      const at = clock.now();
      const silent = (await store.calleesOf(tx, [id])).filter((e) => e.state === 'memanggil');
      await ringing.hush(tx, call, silent, 'dibatalkan');
      await store.cancelCall(tx, id, person.id, at);
      await store.saveCallees(
        tx,
        silent.map((e) => stopped(e, 'dibatalkan')),
      );
      await stopSteps(tx, { callIds: [id] }, at);
      await store.insertFacts(tx, [{ callId: id, at, byId: person.id, kind: 'dibatalkan' }]);
      await tell(tx, [`call:${id}`], { type: 'call.changed', callId: id });
    });
  }

  /** *Panggil lagi*: over every channel, whatever they answered. */
  async function again(person: SignedIn, id: string, calleeId: string): Promise<void> {
    await sql.begin(async (tx) => {
      const { call, over } = await steered(tx, person, id);
      const scene = await climbing.sceneOf(tx, call, []);
      const callee = scene.callees.get(calleeId) ?? refuse('not_found');
      mustGoOn(over, await places.zoneOf(tx, call.opdId));
      mayRingAgain(callee, (await whereabouts.inside(tx, call.meetingId)).has(callee.personId), clock.now());
      await climbing.happen(tx, scene, [{ stepId: '', seatId: null, what: 'dering', calleeIds: [calleeId], channels: ALL }], person.id);
    });
  }

  /** *Panggil pengganti*: the next one for a post, at once. Who is called for another post already is not rung anew. */
  async function next(person: SignedIn, id: string, seatId: string): Promise<void> {
    await sql.begin(async (tx) => {
      const { call, over } = await steered(tx, person, id);
      const scene = await climbing.sceneOf(tx, call, [seatId]);
      const seat = scene.seats.get(seatId) ?? refuse('not_found');
      mustGoOn(over, await places.zoneOf(tx, call.opdId));
      const found = nextOf(seat, scene, null) ?? refuse('call.nobody_left');
      const known = [...scene.callees.values()].find((e) => e.personId === found.member.personId);
      const base = { stepId: '', seatId, act: 'pengganti' as const, ...found };
      await climbing.happen(tx, scene, [known ? { ...base, what: 'disambung', calleeId: known.id } : { ...base, what: 'baru', channels: ALL }], person.id);
    });
  }

  return { cancel, again, next };
}
