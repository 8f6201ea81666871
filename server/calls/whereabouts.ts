// Who is inside a meeting at this moment, and which units with them; for the board, the ladder and the quorum alike.
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Rooms } from '../rooms/index.ts';
import type { Call } from './call.ts';
import { unitsOf } from './quorum.ts';
import * as store from './store.ts';

type World = { clock: Clock; meetings: Pick<Meetings, 'meetingsByIds' | 'idsByRoom'>; rooms: Pick<Rooms, 'insideSince' | 'personMember'> };
export type Whereabouts = ReturnType<typeof createWhereabouts>;

const PERSON = /^p_(.+)$/;

export function createWhereabouts({ clock, meetings, rooms }: World) {
  /** Persons inside one meeting, and since when. */
  async function inside(tx: Tx, meetingId: string): Promise<Map<string, Date>> {
    const roomId = (await meetings.meetingsByIds(tx, [meetingId]))[0]?.roomId;
    return roomId ? insideRoom(tx, roomId) : new Map<string, Date>();
  }
  async function insideRoom(tx: Tx, roomId: string): Promise<Map<string, Date>> {
    const here = await rooms.insideSince(tx, { roomIds: [roomId] });
    return new Map(here.flatMap(({ member, since }) => (PERSON.test(member) ? [[member.slice(2), since] as const] : [])));
  }

  /** Of these persons, who is inside another meeting than this. */
  async function elsewhere(tx: Tx, meetingId: string, personIds: readonly string[]): Promise<Set<string>> {
    const all = personIds.length === 0 ? [] : await rooms.insideSince(tx, { members: personIds.map(rooms.personMember) });
    const meetingOf = await meetings.idsByRoom(tx, [...new Set(all.map((one) => one.roomId))]);
    return new Set(all.flatMap(({ roomId, member }) => (meetingOf.get(roomId) === meetingId ? [] : [member.slice(2)])));
  }

  async function units(tx: Tx, call: Pick<Call, 'id'>, isInside: (personId: string) => boolean) {
    const [seats, rung, callees] = await Promise.all([store.seatsOf(tx, [call.id]), store.rungOf(tx, [call.id]), store.calleesOf(tx, [call.id])]);
    const persons = new Map(callees.map((e) => [e.id, e.personId]));
    return unitsOf(seats, rung, (id) => persons.get(id), isInside);
  }

  /** The moment the needed units are inside for the first time is written down. The call is locked. */
  async function noteQuorum(tx: Tx, call: Call, here?: ReadonlyMap<string, Date>): Promise<void> {
    const now = here ?? (await inside(tx, call.meetingId));
    if (now.size === 0 || (await store.quorumTimes(tx, [call.id])).has(call.id)) return;
    const all = await units(tx, call, (id) => now.has(id));
    const present = all.filter((u) => u.present).length;
    if (present < call.quorum) return;
    await store.insertFacts(tx, [{ callId: call.id, at: clock.now(), kind: 'kuorum', detail: `${present} dari ${all.length} unit` }]);
    await tell(tx, [`call:${call.id}`], { type: 'call.changed', callId: call.id });
  }

  return { inside, insideRoom, elsewhere, noteQuorum };
}
