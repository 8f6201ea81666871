// What the room tells a call: who came in, by whatever door, and that the meeting is over. In the transaction in which it became known.
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { tellAll } from '../platform/live.ts';
import type { Meetings } from '../meetings/index.ts';
import { joined, stopped } from './call.ts';
import { groupedBy, type Ringing } from './ringing.ts';
import { stopSteps } from './steps-store.ts';
import * as store from './store.ts';
import type { Whereabouts } from './whereabouts.ts';

type World = { clock: Clock; meetings: Pick<Meetings, 'idsByRoom'>; ringing: Ringing; whereabouts: Whereabouts };

export function createJoining({ clock, meetings, ringing, whereabouts }: World) {
  /** Members of rooms that came or went. */
  async function notePresence(tx: Tx, members: ReadonlyMap<string, readonly string[]>): Promise<void> {
    const meetingOf = await meetings.idsByRoom(tx, [...members.keys()]);
    for (const [roomId, of] of members) {
      const meetingId = meetingOf.get(roomId);
      const persons = of.flatMap((member) => (member.startsWith('p_') ? [member.slice(2)] : []));
      if (meetingId !== undefined && persons.length > 0) await noteIn(tx, meetingId, roomId, persons);
    }
  }

  async function noteIn(tx: Tx, meetingId: string, roomId: string, persons: readonly string[]): Promise<void> {
    if ((await store.calleesAt(tx, [meetingId], persons)).length === 0) return;
    const calls = new Map((await store.lockCalls(tx, [meetingId])).map((c) => [c.id, c]));
    const here = await whereabouts.insideRoom(tx, roomId);
    const callees = await store.calleesAt(tx, [meetingId], persons);
    const came = callees.filter((e) => e.state !== 'bergabung' && here.has(e.personId));
    for (const [callId, of] of groupedBy(came, (e) => e.callId)) {
      const ringingNow = of.filter((e) => e.state === 'memanggil');
      await ringing.hush(tx, { id: callId }, ringingNow, 'bergabung');
    }
    const since = (callId: string, personId: string): Date => {
      const [at, placedAt] = [here.get(personId) ?? clock.now(), calls.get(callId)?.placedAt ?? clock.now()];
      return at < placedAt ? placedAt : at;
    };
    await store.saveCallees(
      tx,
      came.map((e) => joined(e, since(e.callId, e.personId))),
    );
    await stopSteps(tx, { calleeIds: came.map((e) => e.id) }, clock.now());
    await store.insertFacts(
      tx,
      came.map((e) => ({ callId: e.callId, calleeId: e.id, at: since(e.callId, e.personId), byId: e.personId, kind: 'bergabung' as const })),
    );
    const touched = [...new Set(callees.map((e) => e.callId))];
    for (const callId of touched) {
      const call = calls.get(callId);
      if (call && came.length > 0) await whereabouts.noteQuorum(tx, call, here);
    }
    await tellAll(
      tx,
      touched.map((callId) => [[`call:${callId}`], { type: 'call.changed', callId }]),
    );
  }

  /** The meeting has ended: nothing rings any more. */
  async function noteEnded(tx: Tx, meetingId: string): Promise<void> {
    const calls = await store.lockCalls(tx, [meetingId]);
    if (calls.length === 0) return;
    const at = clock.now();
    const ids = calls.map((c) => c.id);
    const silent = (await store.calleesOf(tx, ids)).filter((e) => e.state === 'memanggil');
    for (const [id, of] of groupedBy(silent, (e) => e.callId)) await ringing.hush(tx, { id }, of, 'berakhir');
    await store.saveCallees(
      tx,
      silent.map((e) => stopped(e, 'berakhir')),
    );
    await stopSteps(tx, { callIds: ids }, at);
    await store.insertFacts(
      tx,
      ids.map((callId) => ({ callId, at, kind: 'berakhir' as const })),
    );
    await tellAll(
      tx,
      ids.map((callId) => [[`call:${callId}`], { type: 'call.changed', callId }]),
    );
  }

  return { notePresence, noteEnded };
}
