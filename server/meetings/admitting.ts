// From the waiting room into the meeting: whoever was admitted there is invited from then on, and nobody before. Who may admit is decided above.
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { dayIn } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { invite } from './invite.ts';
import { linkPath, linkToken } from './links.ts';
import { wordFor, type Meeting } from './meeting.ts';
import type { Places } from './places.ts';
import * as store from './store.ts';

/** Why somebody is on the list who was not invited. */
export const BY_LOBBY = 'ruang tunggu';
/** `browser`: the mark of the one that waited; the link opens there and nowhere else. */
export type Admitted = { personId: string } | { guest: { name: string; institution: string }; browser: string };
type World = { clock: Clock; people: Pick<People, 'resolve'>; rooms: Rooms; secret: string; places: Pick<Places, 'place'> };

export function createAdmitting({ clock, people, rooms, secret, places }: World) {
  /** The meeting must be locked by who calls. Answers the invitation; whoever is invited already keeps theirs. */
  async function admitWaiting(tx: Tx, meeting: Meeting, who: Admitted, byId: string): Promise<string> {
    const now = clock.now();
    const zone = (await places.place(tx, meeting)).opd?.zone ?? 'Asia/Jakarta';
    const found = 'personId' in who ? await people.resolve(tx, { people: [who.personId], positions: [], units: [] }, dayIn(now, zone)) : [];
    const invitees = found.map((one) => ({ ...one, via: BY_LOBBY }));
    const guests = 'guest' in who ? [{ ...who.guest, via: BY_LOBBY }] : [];
    const [row] = await invite(tx, rooms, secret, meeting.id, invitees, guests, byId, now);
    if (!row) refuse('not_found');
    const invitation = (await store.meetingWith(tx, meeting.id, row.member))?.invitation ?? refuse('not_found');
    if ('browser' in who) await store.bindLink(tx, invitation.id, who.browser);
    if (meeting.roomId !== null) {
      const word = wordFor(meeting, invitation.personId);
      await rooms.admit(tx, meeting.roomId, [{ member: row.member, personId: invitation.personId, name: invitation.name, word }]);
      // Admitted before, and taken back: the row of then says so.
      if ((await rooms.standing(tx, meeting.roomId, row.member))?.word === 'none') await rooms.setRight(tx, meeting.roomId, row.member, word);
    }
    await store.noteAct(tx, meeting.id, { byId, act: 'diizinkan dari ruang tunggu', member: row.member }, now);
    await tellHosts(tx, meeting.id);
    return invitation.id;
  }

  /** Not admitted after all: out of the room and off the list, as if it had not been. Answers how to cut what is connected, after commit. */
  async function withdrawAdmission(tx: Tx, meeting: Meeting, invitationId: string, byId: string): Promise<() => void> {
    const invitation = await store.invitationById(tx, invitationId);
    if (!invitation || invitation.via !== BY_LOBBY) return () => {};
    const { roomId } = meeting;
    const { member } = invitation;
    if (roomId !== null) await rooms.setRight(tx, roomId, member, 'none', { removed: true, banned: false });
    await store.deleteInvitation(tx, invitationId);
    await store.noteAct(tx, meeting.id, { byId, act: 'izin dari ruang tunggu ditarik', member }, clock.now());
    await tell(tx, [`meeting:${meeting.id}`], { type: 'right.changed', meetingId: meeting.id, member });
    await tellHosts(tx, meeting.id);
    return () => roomId !== null && rooms.cut(roomId, member);
  }

  const tellHosts = (tx: Tx, id: string): Promise<void> => tell(tx, [`meeting:${id}`, `host:${id}`], { type: 'room.changed', meetingId: id });

  /** Where somebody who was admitted goes in; null: their invitation is no more. */
  async function wayOf(tx: Tx, meetingId: string, invitationId: string): Promise<string | null> {
    const found = await store.invitationById(tx, invitationId);
    if (!found || found.meetingId !== meetingId || found.linkRevokedAt) return null;
    return found.personId !== null ? `/r/${meetingId}` : linkPath(linkToken(secret, found.id, found.linkVersion));
  }

  const isInvited = async (tx: Tx, meetingId: string, personId: string): Promise<boolean> =>
    ((await store.meetingWith(tx, meetingId, rooms.personMember(personId)))?.invitation ?? null) !== null;

  /** By which somebody came in who is banned from this meeting, or where a link of theirs opens. */
  async function bannedBrowsers(tx: Tx, { id, roomId }: Pick<Meeting, 'id' | 'roomId'>): Promise<ReadonlySet<string>> {
    const banned = new Set(roomId === null ? [] : (await rooms.members(tx, roomId)).filter((one) => one.banned).map(({ member }) => member));
    if (roomId === null || banned.size === 0) return new Set();
    const bound = (await store.invitationsOf(tx, id)).flatMap(({ member, linkBrowser }) => (banned.has(member) && linkBrowser !== null ? [linkBrowser] : []));
    return new Set([...bound, ...(await rooms.bannedBrowsers(tx, roomId))]);
  }

  return { admitWaiting, withdrawAdmission, wayOf, isInvited, bannedBrowsers };
}
