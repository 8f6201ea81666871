// Who is calling, in one meeting: by session, or by a personal link. Somebody else's meeting is "not found".
import type { Sql, Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { Rooms } from '../rooms/index.ts';
import { linkHash } from './links.ts';
import { mayPrepare, mustChair, type Meeting } from './meeting.ts';
import * as store from './store.ts';
import type { Invitation } from './store.ts';

export type Standing = {
  meeting: Meeting;
  invitation: Invitation;
  member: string;
  via: 'session' | 'link';
  /** Null while the meeting has no room yet. */
  room: Awaited<ReturnType<Rooms['standing']>>;
};

export function createAccess({ sql, rooms }: { sql: Sql; rooms: Rooms }) {
  /** The link first: it says which meeting, and a guest has nothing else. */
  async function invitationOfLink(caller: Caller, tx: Tx): Promise<Invitation | null> {
    if (caller.link === null) return null;
    const invitation = await store.invitationByHash(tx, linkHash(caller.link));
    if (!invitation || invitation.linkRevokedAt || invitation.linkOffAt) refuse('link.revoked');
    const own = caller.person !== null && caller.person.id === invitation.personId;
    if (!own && invitation.linkBrowser !== null && invitation.linkBrowser !== rooms.browserMark(caller.device())) refuse('link.other_device');
    return invitation;
  }

  /** `meetingId` may be left out with a link. */
  async function standing(caller: Caller, meetingId: string | undefined, tx: Tx = sql): Promise<Standing> {
    const invited = await invitationOfLink(caller, tx);
    const id = meetingId ?? invited?.meetingId;
    if (id === undefined) refuse('input.invalid', {}, [{ path: 'meetingId', message: 'rapat atau tautan diperlukan' }]);
    if (invited && invited.meetingId !== id) refuse('not_found');
    const member = invited?.member ?? (caller.person ? rooms.personMember(caller.person.id) : null);
    if (member === null) refuse('session.required');
    const found = await store.meetingWith(tx, id, member);
    if (!found?.invitation) refuse('not_found');
    const { meeting, invitation } = found;
    const room = meeting.roomId === null ? null : await rooms.standing(tx, meeting.roomId, member);
    // Signed in as the invited person: the session speaks, not the link.
    const via = invited && caller.person?.id !== invitation.personId ? 'link' : 'session';
    return { meeting, invitation, member, via, room };
  }

  /** As `standing`, and not removed from the meeting. */
  async function insider(caller: Caller, meetingId: string, tx: Tx = sql): Promise<Standing> {
    const found = await standing(caller, meetingId, tx);
    if (found.room?.word === 'none') refuse('meeting.removed');
    return found;
  }

  /** The meeting, locked, for its chair. Others who belong to it are told so; strangers find nothing. */
  async function chaired(tx: Tx, person: SignedIn, meetingId: string): Promise<Meeting> {
    const meeting = await store.lockMeeting(tx, meetingId);
    if (!meeting) refuse('not_found');
    if (meeting.chairId === person.id) return meeting;
    const found = await store.meetingWith(tx, meetingId, rooms.personMember(person.id));
    if (!found?.invitation) refuse('not_found');
    mustChair(meeting, person.id);
    return meeting;
  }

  const roleOf = async (tx: Tx, meetingId: string, personId: string): Promise<store.Role['role'] | null> =>
    (await store.rolesOf(tx, meetingId)).find(({ member }) => member === rooms.personMember(personId))?.role ?? null;

  /** The meeting, locked, for whoever leads it (chair, co-host), or with `serve` also for an operator. Others who belong to it are told so. */
  async function moderated(tx: Tx, person: SignedIn, meetingId: string, { serve = false } = {}): Promise<Meeting> {
    const meeting = await store.lockMeeting(tx, meetingId);
    if (!meeting) refuse('not_found');
    if (meeting.chairId === person.id) return meeting;
    const role = await roleOf(tx, meetingId, person.id);
    if (role === 'ko_host' || (serve && role === 'operator')) return meeting;
    const found = await store.meetingWith(tx, meetingId, rooms.personMember(person.id));
    if (!found?.invitation) refuse('not_found');
    refuse('meeting.not_moderator');
  }

  /** Chair or co-host, signed in. */
  async function mayModerate(tx: Tx, { person }: Pick<Caller, 'person'>, meetingId: string): Promise<boolean> {
    if (person === null) return false;
    const meeting = await store.meetingById(tx, meetingId);
    return meeting !== null && (meeting.chairId === person.id || (await roleOf(tx, meetingId, person.id)) === 'ko_host');
  }

  /** The meeting, locked, for who prepares it: its chair, who planned it, the OPD's admin. */
  async function prepared(tx: Tx, person: SignedIn, meetingId: string): Promise<Meeting> {
    const meeting = await store.lockMeeting(tx, meetingId);
    if (!meeting) refuse('not_found');
    if (mayPrepare(person, meeting)) return meeting;
    const found = await store.meetingWith(tx, meetingId, rooms.personMember(person.id));
    if (!found?.invitation) refuse('not_found');
    refuse('meeting.not_preparer');
  }

  return { standing, insider, chaired, moderated, mayModerate, prepared };
}
export type Access = ReturnType<typeof createAccess>;
