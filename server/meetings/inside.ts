// Inside a meeting: the way in, what the room shows, hands, and who is taken out. A verb is one transaction.
import type { z } from 'zod';
import type { JoinView, RoomView, Ticket } from '../../shared/meetings.ts';
import type { Moderation } from '../../shared/moderation.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { refuse, type Language } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { Notices } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import type { Access, Standing } from './access.ts';
import { wordFor, type Meeting } from './meeting.ts';
import type { Places } from './places.ts';
import * as store from './store.ts';
import * as views from './views.ts';

type HandRow = { member: string; raisedAt: Date };
/** What a module above adds to a room: how it is held, and in which order hands stand. */
export type Holding = {
  view(tx: Tx, meeting: Meeting, caller: Caller, member: string, raised: HandRow[]): Promise<{ hands: HandRow[]; moderation: z.input<typeof Moderation> }>;
  entryMuted(tx: Tx, meetingId: string): Promise<boolean>;
};
type World = {
  sql: Sql;
  clock: Clock;
  rooms: Rooms;
  holding: () => Holding;
  notices: Pick<Notices, 'stateFor' | 'mustBeTold'>;
  access: Access;
  places: Places;
};
/** What a page asks a ticket with. */
type Asked = { identity?: string | undefined; notice?: number | undefined; language: Language };

const ROOMS_KNOWN = 10_000;

export function createInside({ sql, clock, rooms, holding, notices, access, places: { place, mustBeRunning } }: World) {
  async function join(caller: Caller, meetingId: string | undefined, url: string): Promise<z.input<typeof JoinView>> {
    const found = await access.standing(caller, meetingId);
    const { meeting, invitation, member, room } = found;
    if (room?.word === 'none') refuse('meeting.removed');
    caller.device();
    const inside = meeting.roomId && meeting.state === 'berlangsung' ? await rooms.membersInside(sql, meeting.roomId) : [];
    const names = inside.length > 0 ? (await store.invitationsOf(sql, meeting.id)).filter((i) => inside.includes(i.member)).map((i) => i.name) : [];
    const media = rooms.mediaState();
    const notice = await notices.stateFor(member);
    const mayEnter = room !== null && meeting.state === 'berlangsung' && media === 'ready';
    const ticket =
      mayEnter && notice.acknowledgedAt !== null
        ? await rooms.ticket(room, member, { via: found.via, browser: caller.device(), linkVersion: versionFor(found) })
        : null;
    return {
      meeting: views.basics(meeting, await place(sql, meeting)),
      you: views.you(
        invitation,
        meeting,
        room?.word ?? wordFor(meeting, invitation.personId),
        caller.person?.id === invitation.personId && caller.person !== null,
      ),
      inside: names,
      media: !mayEnter && meeting.state === 'berlangsung' ? 'unavailable' : media,
      notice,
      entryMuted: meeting.state === 'berlangsung' && meeting.chairId !== invitation.personId && (await holding().entryMuted(sql, meeting.id)),
      ticket: ticket && { url, ...ticket },
    };
  }

  /** A session is not bound to any version of the link. */
  const versionFor = ({ via, invitation }: Standing): number => (via === 'link' ? invitation.linkVersion : 0);

  /** Which room a meeting has never changes once it has one. */
  const roomIds = new Map<string, string>();

  /**
   * The hot path: with a session, the room's own row says all (open = the meeting runs, a member = invited). Everything
   * else, and every no, goes the long way, which has the words.
   */
  async function standingOfSession(caller: Caller, meetingId: string): Promise<Awaited<ReturnType<Rooms['standing']>>> {
    const roomId = roomIds.get(meetingId);
    if (roomId === undefined || caller.person === null || caller.link !== null) return null;
    const found = await rooms.standingNow(roomId, rooms.personMember(caller.person.id));
    return found && !found.closedAt && found.word !== 'none' ? found : null;
  }

  const told = (caller: Caller, member: string, { identity, notice, language }: Asked): Promise<void> =>
    notices.mustBeTold(member, { given: notice, language, device: rooms.browserMark(caller.device()), returning: identity !== undefined });

  async function ticket(caller: Caller, meetingId: string, asked: Asked, url: string): Promise<Ticket> {
    const { identity: former } = asked;
    const known = await standingOfSession(caller, meetingId);
    if (known && caller.person) {
      const member = rooms.personMember(caller.person.id);
      await told(caller, member, asked);
      return { url, ...(await rooms.ticket(known, member, { via: 'session', browser: caller.device(), linkVersion: 0, former })) };
    }
    const found = await access.standing(caller, meetingId);
    const { meeting, member, room, via } = found;
    await mustBeRunning(sql, meeting);
    if (!room || room.word === 'none') refuse('meeting.removed');
    await told(caller, member, asked);
    if (roomIds.size > ROOMS_KNOWN) roomIds.clear();
    roomIds.set(meetingId, room.roomId);
    return { url, ...(await rooms.ticket(room, member, { via, browser: caller.device(), linkVersion: versionFor(found), former })) };
  }

  async function room(caller: Caller, meetingId: string): Promise<z.input<typeof RoomView>> {
    const { meeting, invitation, room: standing } = await access.insider(caller, meetingId);
    const inside = meeting.roomId ? new Set(await rooms.membersInside(sql, meeting.roomId)) : new Set<string>();
    const words = new Map((meeting.roomId ? await rooms.members(sql, meeting.roomId) : []).map((m) => [m.member, m.word]));
    const all = await store.invitationsOf(sql, meeting.id);
    const raised = meeting.roomId ? await rooms.hands(sql, meeting.roomId) : [];
    const { hands, moderation } = await holding().view(sql, meeting, caller, invitation.member, raised);
    return {
      meeting: views.basics(meeting, await place(sql, meeting)),
      you: views.you(invitation, meeting, standing?.word ?? 'none', caller.person !== null && caller.person.id === invitation.personId),
      people: all.map((i) => views.roomPerson(i, meeting, words.get(i.member) ?? 'none', inside.has(i.member))),
      hands: hands.map((h) => ({ member: h.member, raisedAt: h.raisedAt.toISOString() })),
      moderation,
      serverTime: clock.now().toISOString(),
    };
  }

  async function hand(caller: Caller, meetingId: string, raised: boolean): Promise<void> {
    await sql.begin(async (tx) => {
      const { meeting, member } = await access.insider(caller, meetingId, tx);
      await mustBeRunning(tx, meeting);
      if (!meeting.roomId) return;
      const changed = raised ? await rooms.raiseHand(tx, meeting.roomId, member) : await rooms.lowerHand(tx, meeting.roomId, member);
      if (changed) await tell(tx, [`meeting:${meetingId}`], { type: 'room.changed', meetingId });
    });
  }

  async function lowerHandOf(person: SignedIn, meetingId: string, member: string): Promise<void> {
    await sql.begin(async (tx) => {
      const meeting = await access.moderated(tx, person, meetingId, { serve: true });
      if (meeting.roomId && (await rooms.lowerHand(tx, meeting.roomId, member))) await tell(tx, [`meeting:${meetingId}`], { type: 'room.changed', meetingId });
    });
  }

  /** Out, and out stays out: the right is `none` at the door; a ban kills the link too. */
  async function remove(person: SignedIn, meetingId: string, member: string, ban: boolean): Promise<void> {
    const roomId = await sql.begin(async (tx) => {
      const meeting = await access.moderated(tx, person, meetingId);
      if (member === rooms.personMember(meeting.chairId)) refuse('meeting.chair_stays');
      if (!meeting.roomId || !(await rooms.setRight(tx, meeting.roomId, member, 'none', { removed: true, banned: ban }))) refuse('not_found');
      if (ban) await store.revokeLink(tx, meetingId, member, clock.now());
      await store.setRole(tx, meetingId, member, null, { id: person.id }, clock.now());
      await store.noteAct(tx, meetingId, { byId: person.id, act: ban ? 'diblokir' : 'dikeluarkan', member }, clock.now());
      await tellRight(tx, meetingId, member);
      return meeting.roomId;
    });
    rooms.cut(roomId, member);
  }

  async function readmit(person: SignedIn, meetingId: string, member: string): Promise<void> {
    await sql.begin(async (tx) => {
      const meeting = await access.moderated(tx, person, meetingId);
      const invitation = (await store.invitationsOf(tx, meetingId)).find((i) => i.member === member) ?? refuse('not_found');
      if (!meeting.roomId || !(await rooms.setRight(tx, meeting.roomId, member, wordFor(meeting, invitation.personId)))) refuse('not_found');
      await store.revokeLink(tx, meetingId, member, null);
      await store.noteAct(tx, meetingId, { byId: person.id, act: 'diizinkan kembali', member }, clock.now());
      await tellRight(tx, meetingId, member);
    });
  }

  async function tellRight(tx: Tx, meetingId: string, member: string): Promise<void> {
    const topics = [`meeting:${meetingId}`, ...(member.startsWith('p_') ? [`person:${member.slice(2)}`] : [])];
    await tell(tx, topics, { type: 'right.changed', meetingId, member });
    await tell(tx, [`meeting:${meetingId}`], { type: 'room.changed', meetingId });
  }

  return { join, ticket, room, hand, lowerHandOf, remove, readmit };
}
