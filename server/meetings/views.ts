// What browsers are told of a meeting: plain values of the wire from rows of the store.
import type { z } from 'zod';
import type { Invitation as InvitationView, JoinView, MeetingCard, Right, RoomPerson, You } from '../../shared/meetings.ts';
import type { Opd } from '../../shared/people.ts';
import { linkPath, linkToken } from './links.ts';
import type { Meeting } from './meeting.ts';
import type { Invitation } from './store.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function card(
  meeting: Meeting,
  more: {
    opd: Opd | undefined;
    chairName: string;
    invited: number;
    inside: number;
    viewerId: string | null;
    youPrepare: boolean;
  },
): MeetingCard {
  return {
    ...basics(meeting, more),
    endsAt: iso(meeting.endsAt),
    invited: more.invited,
    inside: more.inside,
    youChair: meeting.chairId === more.viewerId,
    place: meeting.place,
    description: meeting.description,
    version: meeting.version,
    seriesId: meeting.seriesId,
    youPrepare: more.youPrepare,
  };
}

export function basics(meeting: Meeting, { opd, chairName }: { opd: Opd | undefined; chairName: string }): z.input<typeof JoinView>['meeting'] {
  return {
    id: meeting.id,
    title: meeting.title,
    sifat: meeting.sifat,
    state: meeting.state,
    opdName: opd?.name ?? '',
    chairName,
    zone: opd?.zone ?? 'Asia/Jakarta',
    startsAt: meeting.startsAt.toISOString(),
    startedAt: iso(meeting.startedAt),
    endedAt: iso(meeting.endedAt),
    cancelReason: meeting.state === 'dibatalkan' ? meeting.cancelReason : null,
  };
}

const face = (i: Invitation) => ({
  name: i.name,
  position: i.position,
  opdName: i.opdName ?? i.institution,
  badge: i.badge,
});

export const you = (i: Invitation, meeting: Meeting, right: Right, signedIn: boolean): z.infer<typeof You> => ({
  member: i.member,
  ...face(i),
  right,
  chair: i.personId === meeting.chairId,
  signedIn,
});

export const roomPerson = (i: Invitation, meeting: Meeting, right: Right, inside: boolean): RoomPerson => ({
  member: i.member,
  ...face(i),
  right,
  chair: i.personId === meeting.chairId,
  inside,
});

export const invitationView = (
  i: Invitation,
  secret: string,
  standing: { word: Right; removedAt: Date | null; banned: boolean } | undefined,
): InvitationView => ({
  id: i.id,
  member: i.member,
  name: i.name,
  position: i.position,
  opdName: i.opdName,
  badge: i.badge,
  institution: i.institution,
  via: i.via,
  link: linkPath(linkToken(secret, i.id, i.linkVersion)),
  linkUsed: i.linkBrowser !== null,
  right: standing?.word ?? 'none',
  removed: standing?.removedAt != null,
  banned: standing?.banned ?? false,
});
