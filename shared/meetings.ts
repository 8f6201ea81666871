// Meetings, invitations, the way into the room, and what happens in it, on the wire.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Member } from './member.ts';
import { Moderation } from './moderation.ts';
import { ById, Id, Instant, line, Zone } from './people.ts';
import { NoticeState } from './notices.ts';

export { Member };
export const Sifat = z.enum(['biasa', 'segera', 'sangat_segera']);
export type Sifat = z.infer<typeof Sifat>;
export const MeetingState = z.enum(['terjadwal', 'berlangsung', 'berakhir', 'dibatalkan']);

export const Badge = z.enum(['Tamu', 'Pers']).nullable();
/**
 * The one word of a member in a room; `none` = not inside, nor let in. In a press room also: `viewer` (watches, seen by nobody),
 * `floor` and `floor_camera` (has the floor: microphone; camera too), `signer` (sign-language interpreter: camera only).
 */
export const Right = z.enum(['none', 'viewer', 'audience', 'floor', 'floor_camera', 'signer', 'speaker', 'host']);
export type Right = z.infer<typeof Right>;

export const MeetingCard = z.object({
  id: Id,
  title: z.string(),
  sifat: Sifat,
  state: MeetingState,
  opdName: z.string(),
  zone: Zone,
  /** Planned start, or when it was called. */
  startsAt: Instant,
  endsAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  chairName: z.string(),
  invited: z.number(),
  inside: z.number(),
  youChair: z.boolean(),
  place: z.string(),
  description: z.string().nullable(),
  /** Grows with every change of what people were invited to. */
  version: z.number(),
  /** One of several that repeat. */
  seriesId: Id.nullable(),
  /** Why it was called off. */
  cancelReason: z.string().nullable(),
  /** May change it and call it off: its chair, who planned it, the OPD's admin. */
  youPrepare: z.boolean(),
});
export type MeetingCard = z.infer<typeof MeetingCard>;

export const Invite = z.object({
  people: z.array(Id).max(2000).default([]),
  positions: z.array(Id).max(500).default([]),
  units: z.array(Id).max(200).default([]),
  guests: z
    // Without an address a guest gets no letter; their link is handed over by hand.
    .array(z.object({ name: line(80), institution: line(120), email: z.email().max(254).optional() }))
    .max(200)
    .default([]),
});
export const postMeetingNow = endpoint('POST', '/api/meetings/now', {
  who: ['pejabat', 'admin_opd', 'operator_dkis'],
  once: true,
  summary: 'Rapat sekarang: a meeting that starts at once; the caller chairs, the invited are told.',
  body: z.object({ title: line(160), sifat: Sifat, invite: Invite }),
  reply: MeetingCard,
  refusals: ['meeting.nobody_invited'],
});
export const getMeetings = endpoint('GET', '/api/meetings', {
  who: 'signedIn',
  summary: 'Meetings of the signed-in person: running, to come, and ended in the last 30 days (at most 200).',
  reply: z.array(MeetingCard),
});
export const getMeeting = endpoint('GET', '/api/meetings/:id', {
  who: 'member',
  summary: 'One meeting, for those who belong to it.',
  params: ById,
  reply: MeetingCard,
  refusals: ['meeting.removed'],
});
export const postMeetingStart = endpoint('POST', '/api/meetings/:id/start', {
  who: 'signedIn',
  summary: 'The chair opens a planned meeting.',
  params: ById,
  reply: MeetingCard,
  refusals: ['meeting.removed', 'meeting.not_chair', 'meeting.ended'],
});
export const postMeetingEnd = endpoint('POST', '/api/meetings/:id/end', {
  who: 'signedIn',
  summary: 'Chair or co-host end the meeting for all; tickets die with it.',
  params: ById,
  reply: MeetingCard,
  refusals: ['meeting.removed', 'meeting.not_moderator'],
});

export const Invitation = z.object({
  id: Id,
  member: Member,
  name: z.string(),
  position: z.string().nullable(),
  opdName: z.string().nullable(),
  badge: Badge,
  institution: z.string().nullable(),
  /** Why this person is invited: by name, by position (with Plt/Plh), by unit. */
  via: z.string(),
  link: z.string(),
  linkUsed: z.boolean(),
  right: Right,
  removed: z.boolean(),
  banned: z.boolean(),
});
export type Invitation = z.infer<typeof Invitation>;
export const getInvitations = endpoint('GET', '/api/meetings/:id/invitations', {
  who: 'signedIn',
  summary: 'The invited with their own links; for the chair.',
  params: ById,
  reply: z.array(Invitation),
  refusals: ['meeting.removed', 'meeting.not_preparer'],
});
export const postInvitations = endpoint('POST', '/api/meetings/:id/invitations', {
  who: 'signedIn',
  once: true,
  summary: 'Invite more people, positions, units or guests.',
  params: ById,
  body: Invite,
  reply: z.array(Invitation),
  refusals: ['meeting.removed', 'meeting.not_preparer', 'meeting.nobody_invited', 'meeting.ended', 'meeting.cancelled'],
});
export const postNewLink = endpoint('POST', '/api/meetings/:id/invitations/:invitation/link', {
  who: 'signedIn',
  summary: 'A new link for one invitation; the former one is dead.',
  params: z.object({ id: Id, invitation: Id }),
  reply: Invitation,
  refusals: ['meeting.removed', 'meeting.not_preparer'],
});

/** Where and with what to connect. The token lasts at most two minutes; what it allows is decided again at the door. */
export const Ticket = z.object({
  url: z.string(),
  token: z.string(),
  identity: z.string(),
  expiresAt: Instant,
});
export type Ticket = z.infer<typeof Ticket>;
export const You = z.object({
  member: Member,
  name: z.string(),
  position: z.string().nullable(),
  opdName: z.string().nullable(),
  badge: Badge,
  right: Right,
  chair: z.boolean(),
  signedIn: z.boolean(),
});
export const JoinView = z.object({
  meeting: z.object({
    id: Id,
    title: z.string(),
    sifat: Sifat,
    state: MeetingState,
    opdName: z.string(),
    chairName: z.string(),
    startsAt: Instant,
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    zone: Zone,
    /** Why it was called off. */
    cancelReason: z.string().nullable(),
  }),
  you: You,
  inside: z.array(z.string()),
  media: z.enum(['ready', 'unavailable']),
  /** What must be read before the first capture: the next ticket acknowledges it. */
  notice: NoticeState,
  /** Whoever comes in does so with the microphone off. */
  entryMuted: z.boolean(),
  /** Present when the meeting runs, media is ready, the notice was acknowledged before and this member may enter: pre-join warms up with it. */
  ticket: Ticket.nullable(),
});
export type JoinView = z.infer<typeof JoinView>;
export const postJoin = endpoint('POST', '/api/join', {
  who: 'member',
  summary: "What the pre-join screen needs, in one round trip: the meeting, who you are in it, a ticket when it runs. With a link, the meeting is the link's.",
  body: z.object({ meetingId: Id.optional() }),
  reply: JoinView,
  refusals: ['link.revoked', 'link.other_device', 'meeting.removed'],
});
export const postTicket = endpoint('POST', '/api/meetings/:id/ticket', {
  who: 'member',
  summary:
    'A fresh ticket. `identity`: the one this page had before, so that a rejoin replaces itself; a new device gets a new one. `notice`: the version of the notice that the person has just read.',
  params: ById,
  // Whoever asks for a first ticket (a page, a script) sends the version that `join` told, having shown its text: else `notice.required`.
  body: z.object({ identity: z.string().max(64).optional(), notice: z.number().int().min(1).max(100_000).optional() }),
  reply: Ticket,
  refusals: ['notice.required', 'meeting.ended', 'meeting.not_started', 'meeting.removed', 'media.unavailable', 'link.revoked', 'link.other_device'],
});

export const RoomPerson = z.object({
  member: Member,
  name: z.string(),
  position: z.string().nullable(),
  opdName: z.string().nullable(),
  badge: Badge,
  right: Right,
  chair: z.boolean(),
  inside: z.boolean(),
});
export type RoomPerson = z.infer<typeof RoomPerson>;
export const Hand = z.object({ member: Member, raisedAt: Instant });
export const RoomView = z.object({
  meeting: JoinView.shape.meeting,
  you: You,
  people: z.array(RoomPerson),
  hands: z.array(Hand),
  moderation: Moderation,
  serverTime: Instant,
});
export type RoomView = z.infer<typeof RoomView>;
export const getRoom = endpoint('GET', '/api/meetings/:id/room', {
  who: 'member',
  summary: 'Everything the room shows beside the media: people, hands in server order.',
  params: ById,
  reply: RoomView,
  refusals: ['meeting.removed'],
});
export const putHand = endpoint('PUT', '/api/meetings/:id/hand', {
  who: 'member',
  summary: "Raise (or keep) the own hand; the order is the server's time.",
  params: ById,
  body: z.object({ raised: z.boolean() }),
  refusals: ['meeting.removed', 'meeting.ended'],
});
export const deleteHand = endpoint('DELETE', '/api/meetings/:id/hands/:member', {
  who: 'signedIn',
  summary: 'Whoever leads or serves the meeting lowers a hand.',
  params: z.object({ id: Id, member: Member }),
  refusals: ['meeting.removed', 'meeting.not_moderator'],
});
export const postRemoval = endpoint('POST', '/api/meetings/:id/members/:member/removal', {
  who: 'signedIn',
  summary: 'Chair or co-host remove somebody; with `ban` their link is dead too.',
  params: z.object({ id: Id, member: Member }),
  body: z.object({ ban: z.boolean() }),
  refusals: ['meeting.removed', 'meeting.not_moderator', 'meeting.chair_stays'],
});
export const deleteRemoval = endpoint('DELETE', '/api/meetings/:id/members/:member/removal', {
  who: 'signedIn',
  summary: 'Chair or co-host let a removed (or banned) person back in.',
  params: z.object({ id: Id, member: Member }),
  refusals: ['meeting.removed', 'meeting.not_moderator'],
});
