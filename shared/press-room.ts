// The press room on the wire: who one is there, the way in, and what the page shows beside the media.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Right, Ticket } from './meetings.ts';
import { NoticeState } from './notices.ts';
import { Id, Instant } from './people.ts';
import { BySlug, CrewMember, CrewRole, PressMember, PublicConference } from './press.ts';
import { RegistrationState } from './press-desk.ts';

export const PressYou = z.object({
  kind: z.enum(['penonton', 'jurnalis', 'narasumber', 'moderator', 'jbi', 'operator']),
  /** null: a viewer who has no ticket yet. */
  member: PressMember.nullable(),
  name: z.string().nullable(),
  /** The badge, from the server alone: "Pers · Radar Uji", "Plh. Kepala Dinas Sosial". */
  label: z.string().nullable(),
  right: Right,
  role: CrewRole.nullable(),
  /** Journalists: of this conference. null = not registered for it. */
  registration: RegistrationState.nullable(),
});
export type PressYou = z.infer<typeof PressYou>;
export const PressJoin = z.object({
  conference: PublicConference,
  you: PressYou,
  media: z.enum(['ready', 'unavailable']),
  /** The crew: read before the first capture. null for viewers, and for journalists, who read theirs when they registered. */
  notice: NoticeState.nullable(),
  /** There when this one may enter now: crew from `ruang_tunggu` on, everybody else from `liveAt` to the end. */
  ticket: Ticket.nullable(),
  viewers: z.number(),
});
export type PressJoin = z.infer<typeof PressJoin>;
export const postPressJoin = endpoint('POST', '/api/press/:slug/join', {
  who: 'visitor',
  summary: 'What the page before the press room needs, in one round trip. By session (crew), link (guest of the crew), pass (journalist), or nothing (viewer).',
  params: BySlug,
  reply: PressJoin,
  refusals: ['link.revoked', 'link.other_device'],
});
export const postPressTicket = endpoint('POST', '/api/press/:slug/ticket', {
  who: 'visitor',
  summary: 'A fresh ticket. `identity`: the one this page had, so that it replaces itself. `watch`: only watch, whoever one is.',
  params: BySlug,
  body: z.object({ identity: z.string().max(64).optional(), notice: z.number().int().min(1).max(100_000).optional(), watch: z.boolean().default(false) }),
  reply: Ticket,
  refusals: [
    'notice.required',
    'press.not_live',
    'press.over',
    'press.full',
    'limit.reached',
    'meeting.removed',
    'media.unavailable',
    'link.revoked',
    'link.other_device',
  ],
});
export const PressRoomView = z.object({
  conference: PublicConference,
  you: PressYou,
  /** `inside` says who of the crew is there. */
  crew: z.array(CrewMember),
  viewers: z.number(),
  journalists: z.number(),
  serverTime: Instant,
});
export type PressRoomView = z.infer<typeof PressRoomView>;
export const getPressRoom = endpoint('GET', '/api/press/:slug/room', {
  who: 'visitor',
  summary: 'What the press room shows beside the media and the floor.',
  params: BySlug,
  reply: PressRoomView,
});
export const postPressLeave = endpoint('POST', '/api/press/:slug/leave', {
  who: 'visitor',
  summary: 'Leaving on purpose: the floor goes back at once instead of after a moment.',
  params: BySlug,
  body: z.object({ identity: z.string().max(64) }),
});
export const postPressRemoval = endpoint('POST', '/api/conferences/:id/members/:member/removal', {
  who: 'signedIn',
  summary: 'Operator or moderator: somebody is taken out and does not come back with this pass or link.',
  params: z.object({ id: Id, member: PressMember }),
  refusals: ['press.not_moderator'],
});
