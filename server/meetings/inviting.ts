// What answers and disposisi need of the invited: somebody more, somebody less, and personal links that end or move to another browser.
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import type { Invitee } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { invite } from './invite.ts';
import { linkAnswer, linkHash, linkPath, linkToken } from './links.ts';
import type { Meeting } from './meeting.ts';
import type { PlanListener } from './preparing.ts';
import * as store from './store.ts';
import type { Invitation } from './store.ts';

type World = { clock: Clock; rooms: Pick<Rooms, 'personMember' | 'guestMember'>; secret: string; planned: PlanListener };

export function createInviting({ clock, rooms, secret, planned }: World) {
  /** Invites one person to what has not begun; who is invited already stays as they were (`added` false). Who listens is told. */
  async function inviteOne(tx: Tx, meeting: Meeting, byId: string, invitee: Invitee): Promise<{ invitation: Invitation; added: boolean }> {
    const member = rooms.personMember(invitee.personId);
    const before = await store.meetingWith(tx, meeting.id, member);
    if (before?.invitation) return { invitation: before.invitation, added: false };
    await invite(tx, rooms, secret, meeting.id, [invitee], [], byId, clock.now());
    const found = await store.meetingWith(tx, meeting.id, member);
    await planned(tx, { meetingId: meeting.id, version: meeting.version, kind: 'diundang', before: null, reason: null, members: [member], byId });
    await tell(tx, [`person:${invitee.personId}`], { type: 'meeting.changed', meetingId: meeting.id });
    return { invitation: found?.invitation ?? refuse('not_found'), added: true };
  }

  /** Not invited any more, before it begins. */
  async function uninvite(tx: Tx, meeting: Meeting, member: string): Promise<void> {
    const found = await store.meetingWith(tx, meeting.id, member);
    if (!found?.invitation || meeting.startedAt !== null) return;
    await store.deleteInvitation(tx, found.invitation.id);
    const { personId } = found.invitation;
    await tell(tx, [`meeting:${meeting.id}`, ...(personId ? [`person:${personId}`] : [])], { type: 'meeting.changed', meetingId: meeting.id });
  }

  /** Where an invited person answers, signed in or not: a path of this portal. */
  const answerPath = ({ id, linkVersion }: Pick<Invitation, 'id' | 'linkVersion'>): string => linkAnswer(linkToken(secret, id, linkVersion));

  /** Where they get in, after a stop before the door. */
  const entryPath = ({ id, linkVersion }: Pick<Invitation, 'id' | 'linkVersion'>): string => linkPath(linkToken(secret, id, linkVersion));

  /** The link alone ends; whoever has an account is still invited. */
  async function turnLinkOff(tx: Tx, invitation: Invitation, byId: string): Promise<void> {
    const version = invitation.linkVersion + 1;
    await store.turnLinkOff(tx, invitation.id, version, linkHash(linkToken(secret, invitation.id, version)), clock.now());
    await store.noteAct(tx, invitation.meetingId, { byId, act: 'tautan dicabut', member: invitation.member }, clock.now());
  }

  const invitationOfToken = (tx: Tx, token: string): Promise<Invitation | null> => store.invitationByHash(tx, linkHash(token));

  return {
    inviteOne,
    uninvite,
    answerPath,
    entryPath,
    turnLinkOff,
    invitationOfToken,
    bindLink: store.bindLink,
    invitationsOf: store.invitationsOf,
    /** Of several meetings at once, in no order. */
    invitationsIn: store.invitationsIn,
  };
}
