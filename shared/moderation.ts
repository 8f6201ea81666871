// Holding a room: locks, turns to speak, what everybody sees large, who leads beside the chair; on the wire. The portal decides all of it;
// a browser shows it. No token of a browser ever holds power over others.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Member } from './member.ts';
import { ById, Id, Instant, line } from './people.ts';

/** `notulis` writes the minutes; an `operator` serves the room: mutes, puts in the light, lowers hands; leads nothing. */
export const MeetingRole = z.enum(['pimpinan', 'ko_host', 'notulis', 'operator']);
export type MeetingRole = z.infer<typeof MeetingRole>;
/** `layar`: a shared screen with its sound. */
export const Lock = z.enum(['mikrofon', 'kamera', 'layar']);
export type Lock = z.infer<typeof Lock>;
export const Spot = z.object({ member: Member, what: z.enum(['orang', 'layar']) });
export type Spot = z.infer<typeof Spot>;
/** Who may write: everybody, those who lead, nobody. */
export const ChatLimit = z.enum(['semua', 'pemimpin', 'mati']);
export type ChatLimit = z.infer<typeof ChatLimit>;

export const TURN_SECONDS = { least: 15, most: 1800 };
const TurnSeconds = z.number().int().min(TURN_SECONDS.least).max(TURN_SECONDS.most);

export const SpeakingTurn = z.object({ id: Id, member: Member, givenAt: Instant, until: Instant, awaySince: Instant.nullable() });
export type SpeakingTurn = z.infer<typeof SpeakingTurn>;
export const Moderation = z.object({
  you: z.object({
    /** Chair or co-host. */
    moderates: z.boolean(),
    /** As before, or operator. */
    serves: z.boolean(),
    /** Names co-hosts and operators: the chair. */
    appoints: z.boolean(),
    /** Nobody who leads is inside, and this person may take the lead now. */
    mayTakeOver: z.boolean(),
    locks: z.array(Lock),
  }),
  roles: z.array(z.object({ member: Member, role: MeetingRole })),
  locks: z.array(Lock),
  turn: SpeakingTurn.nullable(),
  /** Who gets the next turn. */
  next: Member.nullable(),
  spotlight: z.array(Spot),
  chat: ChatLimit,
  /** Seconds between two messages of one person; 0 = as they like. Those who lead do not wait. */
  slowSeconds: z.number(),
  /** Whoever comes in does so with the microphone off. */
  entryMuted: z.boolean(),
  turnSeconds: z.number(),
  /** Nobody who leads is inside. `from`: somebody may take over then; `name`: who that is now. */
  vacancy: z.object({ since: Instant, from: Instant, name: z.string().nullable() }).nullable(),
});
export type Moderation = z.infer<typeof Moderation>;

const refusals = ['meeting.removed', 'meeting.not_moderator', 'meeting.ended', 'meeting.not_started'] as const;

export const postMute = endpoint('POST', '/api/meetings/:id/mute', {
  who: 'signedIn',
  summary: 'Mutes one open microphone, or (`member` null) all but those of who leads. They may open it again; a lock keeps it off.',
  params: ById,
  body: z.object({ member: Member.nullable() }),
  reply: z.object({ muted: z.array(Member) }),
  refusals: [...refusals, 'media.unavailable'],
});
export const putLocks = endpoint('PUT', '/api/meetings/:id/locks', {
  who: 'signedIn',
  summary: 'Locks or opens microphones, cameras, shared screens for all but those who lead: locked stays off at the media server.',
  params: ById,
  body: z.object({ mikrofon: z.boolean(), kamera: z.boolean(), layar: z.boolean() }).partial(),
  refusals,
});
export const putRules = endpoint('PUT', '/api/meetings/:id/rules', {
  who: 'signedIn',
  summary: 'Who may write in the chat and how often, whether one comes in with the microphone off, how long a turn lasts.',
  params: ById,
  body: z.object({ chat: ChatLimit, slowSeconds: z.number().int().min(0).max(3600), entryMuted: z.boolean(), turnSeconds: TurnSeconds }).partial(),
  refusals,
});
export const postMicrophone = endpoint('POST', '/api/meetings/:id/microphone', {
  who: 'member',
  summary: 'Where one comes in with the microphone off: one’s own may be opened from now on. The media server takes no sound before. A lock stays a lock.',
  params: ById,
  refusals: ['meeting.removed', 'meeting.ended', 'meeting.not_started'],
});
export const putSpotlight = endpoint('PUT', '/api/meetings/:id/spotlight', {
  who: 'signedIn',
  summary: 'What everybody sees large: one or two people or shared screens; an empty list for none.',
  params: ById,
  body: z.object({ spotlight: z.array(Spot).max(2) }),
  refusals,
});
export const postTurn = endpoint('POST', '/api/meetings/:id/turns', {
  who: 'signedIn',
  summary: 'Gives one turn to speak, for some seconds: to a member, or (`member` null) to the next in the order. The turn opens the microphone of who has it.',
  params: ById,
  body: z.object({ member: Member.nullable(), seconds: TurnSeconds.optional() }),
  refusals: [...refusals, 'turn.taken', 'turn.nobody', 'turn.not_inside'],
});
export const deleteTurn = endpoint('DELETE', '/api/meetings/:id/turns/:turn', {
  who: 'member',
  summary: 'Ends a turn before its time: whoever leads, or gives back what one has. Ending twice is ending once.',
  params: z.object({ id: Id, turn: Id }),
  refusals: ['meeting.removed', 'meeting.not_moderator'],
});
export const deleteHands = endpoint('DELETE', '/api/meetings/:id/hands', {
  who: 'signedIn',
  summary: 'Lowers all hands.',
  params: ById,
  refusals: ['meeting.removed', 'meeting.not_moderator', 'meeting.ended'],
});
export const putMeetingRole = endpoint('PUT', '/api/meetings/:id/roles/:member', {
  who: 'signedIn',
  summary: 'The chair names a co-host or an operator, or takes the role back (null).',
  params: z.object({ id: Id, member: Member }),
  body: z.object({ role: z.enum(['ko_host', 'operator']).nullable() }),
  refusals: ['meeting.removed', 'meeting.not_chair', 'meeting.chair_stays', 'meeting.ended', 'role.only_staff'],
});
export const postTakeover = endpoint('POST', '/api/meetings/:id/takeover', {
  who: 'signedIn',
  summary: 'Takes the lead of a running meeting nobody leads: the highest-ranked invited official inside, with a reason that stays on record.',
  params: ById,
  body: z.object({ reason: line(200) }),
  refusals: ['meeting.removed', 'meeting.ended', 'meeting.not_started', 'takeover.led', 'takeover.soon', 'takeover.other'],
});

export const ModerationAct = z.object({
  at: Instant,
  /** null: the portal itself. */
  byName: z.string().nullable(),
  act: z.string(),
  /** Whom it was about. */
  name: z.string().nullable(),
  detail: z.string().nullable(),
});
export type ModerationAct = z.infer<typeof ModerationAct>;
export const getActs = endpoint('GET', '/api/meetings/:id/acts', {
  who: 'signedIn',
  summary: 'Every act of those who lead, the newest first (at most 500); for chair, co-hosts and whoever may read the attendance.',
  params: ById,
  reply: z.array(ModerationAct),
  refusals: ['meeting.removed', 'meeting.not_moderator'],
});
