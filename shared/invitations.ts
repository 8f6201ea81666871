// Answers to invitations, disposisi, personal links that move to another device, on the wire.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { LetterState } from './mail.ts';
import { Badge, MeetingState, Member, Sifat } from './meetings.ts';
import { ById, Day, Id, Instant, line, Zone } from './people.ts';

/** `diwakili` follows from a disposisi that is in force. */
export const Answer = z.enum(['belum', 'hadir', 'tidak', 'diwakili']);
export type Answer = z.infer<typeof Answer>;

export const Disposisi = z.object({
  id: Id,
  number: z.string(),
  day: Day,
  instruction: z.string(),
  fromName: z.string(),
  fromPosition: z.string().nullable(),
  toName: z.string(),
  toPosition: z.string().nullable(),
  at: Instant,
  state: z.enum(['berlaku', 'ditarik', 'dikembalikan', 'ikut']),
  /** Why it was handed back. */
  endReason: z.string().nullable(),
});
export type Disposisi = z.infer<typeof Disposisi>;

export const Answered = z.object({
  answer: Answer,
  reason: z.string().nullable(),
  at: Instant,
  /** Who said so for the invited; null = they themselves. */
  by: z.string().nullable(),
});

export const MyInvitation = z.object({
  meeting: z.object({
    id: Id,
    title: z.string(),
    sifat: Sifat,
    state: MeetingState,
    opdName: z.string(),
    chairName: z.string(),
    place: z.string(),
    description: z.string().nullable(),
    startsAt: Instant,
    endsAt: Instant.nullable(),
    zone: Zone,
    cancelReason: z.string().nullable(),
  }),
  you: z.object({
    member: Member,
    name: z.string(),
    position: z.string().nullable(),
    opdName: z.string().nullable(),
    opdId: Id.nullable(),
    badge: Badge,
    chair: z.boolean(),
    signedIn: z.boolean(),
  }),
  answer: Answer,
  /** Newest first. */
  history: z.array(Answered),
  /** May still be answered: the meeting has not begun. */
  open: z.boolean(),
  /** May send somebody of the own OPD. */
  mayDelegate: z.boolean(),
  /** In force: whom the reader sent, and by which disposisi the reader was sent. */
  given: Disposisi.nullable(),
  received: z.array(Disposisi),
  serverTime: Instant,
});
export type MyInvitation = z.infer<typeof MyInvitation>;

const reason = line(300);
export const getMyInvitation = endpoint('GET', '/api/invitation', {
  who: 'member',
  summary: "One's own invitation: the meeting, the answer so far, disposisi. With a personal link, the meeting is the link's.",
  query: z.object({ meeting: Id.optional() }),
  reply: MyInvitation,
  refusals: ['link.revoked', 'link.other_device'],
});
export const putAnswer = endpoint('PUT', '/api/meetings/:id/answer', {
  who: 'member',
  summary: 'Answer an invitation, or take the answer back; until the meeting begins. `tidak` needs a reason. Saying the same again changes nothing.',
  params: ById,
  body: z.discriminatedUnion('answer', [z.object({ answer: z.enum(['hadir', 'belum']) }), z.object({ answer: z.literal('tidak'), reason })]),
  reply: MyInvitation,
  refusals: ['meeting.removed', 'meeting.begun', 'meeting.ended', 'meeting.cancelled', 'answer.delegated', 'answer.chair', 'link.revoked', 'link.other_device'],
});
export const getInvitationIcs = endpoint('GET', '/api/meetings/:id/invitation.ics', {
  who: 'member',
  summary: 'The invitation as a calendar file, for whoever is invited.',
  params: ById,
  reply: file('text/calendar'),
  refusals: ['meeting.removed'],
});

export const MyAnswers = z.array(
  z.object({
    meetingId: Id,
    answer: Answer,
    /** Of the invited who were asked; null where the reader does not prepare the meeting. */
    unanswered: z.number().nullable(),
  }),
);
export const getMyAnswers = endpoint('GET', '/api/me/answers', {
  who: 'signedIn',
  summary: 'Own answers to planned meetings, and, of those one prepares, how many have not answered.',
  reply: MyAnswers,
});

export const postDisposisi = endpoint('POST', '/api/meetings/:id/disposisi', {
  who: 'signedIn',
  summary:
    'Send somebody of the own OPD in one’s place, with an instruction. `number`: from the office’s own register; without it the portal gives the next one. They are invited at once.',
  params: ById,
  body: z.object({ to: Id, instruction: line(500), number: line(60).optional() }),
  reply: MyInvitation,
  refusals: [
    'meeting.removed',
    'meeting.begun',
    'meeting.ended',
    'meeting.cancelled',
    'answer.delegated',
    'disposisi.not_yours',
    'disposisi.not_own_opd',
    'disposisi.already',
    'answer.chair',
  ],
});
const ByDisposisi = z.object({ id: Id, disposisi: Id });
export const deleteDisposisi = endpoint('DELETE', '/api/meetings/:id/disposisi/:disposisi', {
  who: 'signedIn',
  summary: 'Withdraw a disposisi, until the meeting begins; who was invited by it is told.',
  params: ByDisposisi,
  reply: MyInvitation,
  refusals: ['meeting.removed', 'meeting.begun', 'meeting.ended', 'meeting.cancelled', 'disposisi.over'],
});
export const postDisposisiReturn = endpoint('POST', '/api/meetings/:id/disposisi/:disposisi/return', {
  who: 'signedIn',
  summary: 'Whoever was sent hands it back, with a reason; who sent them is told.',
  params: ByDisposisi,
  body: z.object({ reason }),
  refusals: ['meeting.removed', 'meeting.begun', 'meeting.ended', 'meeting.cancelled', 'disposisi.over'],
});

/** A link that was opened in another browser. */
export const LinkAsk = z.object({ id: Id, member: Member, name: z.string(), position: z.string().nullable(), device: z.string(), at: Instant });
export type LinkAsk = z.infer<typeof LinkAsk>;

const Counts = z.object({ invited: z.number(), hadir: z.number(), tidak: z.number(), diwakili: z.number(), belum: z.number() });
export type AnswerCounts = z.infer<typeof Counts>;
export const InvitedRow = z.object({
  id: Id,
  member: Member,
  name: z.string(),
  position: z.string().nullable(),
  opdName: z.string().nullable(),
  badge: Badge,
  institution: z.string().nullable(),
  via: z.string(),
  chair: z.boolean(),
  answer: Answer,
  reason: z.string().nullable(),
  answeredAt: Instant.nullable(),
  answeredBy: z.string().nullable(),
  disposisi: Disposisi.nullable(),
  /** Invited by a disposisi only: asked for no answer of their own. */
  delegate: z.boolean(),
  link: z.string(),
  linkState: z.enum(['belum_dibuka', 'dipakai', 'dicabut']),
  right: z.string(),
  removed: z.boolean(),
  banned: z.boolean(),
  /** Of the newest letter to this person about this meeting; null = none was asked for. */
  mail: LetterState.nullable(),
});
export type InvitedRow = z.infer<typeof InvitedRow>;
export const AnswerBoard = z.object({
  counts: Counts,
  units: z.array(Counts.extend({ name: z.string() })),
  rows: z.array(InvitedRow),
  asks: z.array(LinkAsk),
  /** Reminded last, and from when it may be done again; null = never yet. */
  remindedAt: Instant.nullable(),
  remindFrom: Instant.nullable(),
  serverTime: Instant,
});
export type AnswerBoard = z.infer<typeof AnswerBoard>;
export const getAnswerBoard = endpoint('GET', '/api/meetings/:id/answers', {
  who: 'signedIn',
  summary: 'Who answered what, who has not, links and letters; for who prepares the meeting. Reading is logged.',
  params: ById,
  reply: AnswerBoard,
  refusals: ['meeting.removed', 'meeting.not_preparer'],
});
const ByInvitation = z.object({ id: Id, invitation: Id });
export const putAnswerFor = endpoint('PUT', '/api/meetings/:id/invitations/:invitation/answer', {
  who: 'signedIn',
  summary: 'Write down an answer that somebody gave by telephone or letter; who wrote it stands beside it.',
  params: ByInvitation,
  body: z.discriminatedUnion('answer', [z.object({ answer: z.enum(['hadir', 'belum']) }), z.object({ answer: z.literal('tidak'), reason })]),
  refusals: ['meeting.removed', 'meeting.not_preparer', 'meeting.begun', 'meeting.ended', 'meeting.cancelled', 'answer.delegated', 'answer.chair'],
});
export const postReminders = endpoint('POST', '/api/meetings/:id/answers/remind', {
  who: 'signedIn',
  summary: 'Ask those who have not answered once more; once an hour.',
  params: ById,
  reply: z.object({ reminded: z.number() }),
  refusals: ['meeting.removed', 'meeting.not_preparer', 'meeting.begun', 'meeting.ended', 'meeting.cancelled', 'answer.reminded', 'answer.nobody_left'],
});
export const deleteLink = endpoint('DELETE', '/api/meetings/:id/invitations/:invitation/link', {
  who: 'signedIn',
  summary: 'Revoke a personal link: it opens nothing any more, whoever is inside by it goes out. A new link makes it good again.',
  params: ByInvitation,
  refusals: ['meeting.removed', 'meeting.not_preparer'],
});

export const AskState = z.object({ state: z.enum(['menunggu', 'diizinkan', 'ditolak']), serverTime: Instant });
export type AskState = z.infer<typeof AskState>;
export const postLinkAsk = endpoint('POST', '/api/link-asks', {
  who: 'member',
  summary: 'This browser asks that the link it was opened with may move here. Asking again changes nothing; after a no, a minute later.',
  reply: AskState,
  refusals: ['link.revoked', 'limit.reached'],
});
export const getLinkAsk = endpoint('GET', '/api/link-asks/mine', {
  who: 'member',
  summary: 'What became of what this browser asked.',
  reply: AskState,
  refusals: ['link.revoked'],
});
export const getLinkAsks = endpoint('GET', '/api/meetings/:id/link-asks', {
  who: 'member',
  summary: 'Links of this meeting that ask to move: the own one; all of them for its chair and who prepares it.',
  params: ById,
  reply: z.array(LinkAsk),
  refusals: ['meeting.removed'],
});
export const putLinkAsk = endpoint('PUT', '/api/meetings/:id/link-asks/:ask', {
  who: 'member',
  summary: 'Let a link move to the browser that asks (the former one is out then), or not. A no counts, also after a yes.',
  params: z.object({ id: Id, ask: Id }),
  body: z.object({ allow: z.boolean() }),
  refusals: ['meeting.removed', 'link.ask_denied', 'link.ask_not_yours'],
});
