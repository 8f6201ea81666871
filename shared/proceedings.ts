// The proceedings of a meeting on the wire: agenda, quorum of units, decisions as they were read back and confirmed, roll-call.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Badge, Member, MeetingState } from './meetings.ts';
import { ById, Day, Id, Instant, line, paragraphs, Zone } from './people.ts';
import { RecordedPoll } from './polls.ts';

export const AgendaItem = z.object({
  id: Id,
  text: z.string(),
  /** An open task of a former decision; null = written for this meeting. */
  taskId: Id.nullable(),
  /** How long it is meant to take. */
  minutes: z.number().int().nullable(),
});
export type AgendaItem = z.infer<typeof AgendaItem>;
export const Agenda = z.object({
  /** 0 = nobody has looked yet. Grows with every change. */
  version: z.number().int(),
  items: z.array(AgendaItem),
  /** Null name = the portal itself, from the subject and the open tasks. */
  setByName: z.string().nullable(),
  setAt: Instant.nullable(),
  /** The item the meeting is at, since when; null = it has not begun with one, or is past the last. */
  now: z.object({ itemId: Id, since: Instant }).nullable(),
  /** How long each item took so far, the one of now without what runs; only those the meeting was at. First and last moment. */
  spent: z.array(z.object({ itemId: Id, ms: z.number(), from: Instant, to: Instant.nullable() })),
  /** The planned end of the meeting. */
  endsAt: Instant.nullable(),
});
export type Agenda = z.infer<typeof Agenda>;

export const QuorumUnit = z.object({
  unitId: Id.nullable(),
  unitName: z.string(),
  /** Who stands for the unit: inside at this moment; of a meeting that has ended, who was inside at some time. */
  by: z.array(z.string()),
});
/** `hilang` ends at the next `tercapai`. `diatur`: the chair set another number, with a reason. */
export const QuorumMoment = z.object({
  kind: z.enum(['tercapai', 'hilang', 'diatur']),
  at: Instant,
  present: z.number(),
  needed: z.number(),
  reason: z.string().nullable(),
  byName: z.string().nullable(),
});
export type QuorumMoment = z.infer<typeof QuorumMoment>;
export const Quorum = z.object({
  needed: z.number(),
  /** Where `needed` comes from: more than half of the units, the urgent call, or the chair. */
  from: z.enum(['setengah_lebih', 'panggilan', 'pimpinan']),
  reason: z.string().nullable(),
  present: z.number(),
  units: z.array(QuorumUnit),
  /** Since when the clock runs: the start of the meeting. */
  since: Instant.nullable(),
  /** First time; later losses are in `moments`. */
  reachedAt: Instant.nullable(),
  moments: z.array(QuorumMoment),
});
export type Quorum = z.infer<typeof Quorum>;

export const DecisionState = z.enum(['rancangan', 'dibacakan', 'ditetapkan', 'dicabut']);
export type DecisionState = z.infer<typeof DecisionState>;
export const VoiceAnswer = z.enum(['setuju', 'keberatan']);
export type VoiceAnswer = z.infer<typeof VoiceAnswer>;
export const Voice = z.object({
  member: Member,
  name: z.string(),
  label: z.string().nullable(),
  badge: Badge,
  answer: VoiceAnswer,
  /** What the objection is; null with *setuju*. */
  words: z.string().nullable(),
  at: Instant,
});
export type Voice = z.infer<typeof Voice>;
export const Decision = z.object({
  id: Id,
  /** Given when it is confirmed, in order and without gaps; null before. */
  no: z.number().nullable(),
  state: DecisionState,
  /** Grows with every edit: what was read back and confirmed is one version, word for word. */
  version: z.number().int(),
  text: z.string(),
  basis: z.string().nullable(),
  responsible: z
    .object({
      positionId: Id,
      title: z.string(),
      /** Who holds the post: now, or when the decision was confirmed. `label` = "Plh. Kepala Dinas Sosial". */
      holder: z.object({ personId: Id, name: z.string(), label: z.string() }).nullable(),
    })
    .nullable(),
  dueOn: Day.nullable(),
  readAt: Instant.nullable(),
  readByName: z.string().nullable(),
  /** Of this version, in the order they were given. */
  voices: z.array(Voice),
  /** Inside and without an answer: now, or when it was confirmed. */
  silent: z.array(z.object({ member: Member, name: z.string() })),
  decidedAt: Instant.nullable(),
  decidedByName: z.string().nullable(),
  /** "Plh. Kepala Dinas Sosial" */
  decidedAs: z.string().nullable(),
  /** When it was confirmed. */
  quorum: z.object({ present: z.number(), needed: z.number() }).nullable(),
  underQuorumReason: z.string().nullable(),
  /** Changes the legal standing of organisation, staff or budget (UU 30/2014 art. 14 (7)); null = not asked: the chair holds the post definitively. */
  strategic: z.boolean().nullable(),
  strategicReason: z.string().nullable(),
  revokedAt: Instant.nullable(),
  revokedByName: z.string().nullable(),
  revokedReason: z.string().nullable(),
});
export type Decision = z.infer<typeof Decision>;

export const RollMark = z.enum(['hadir', 'tidak_menjawab']);
export type RollMark = z.infer<typeof RollMark>;
export const RollRound = z.object({
  round: z.number().int(),
  openedAt: Instant,
  openedByName: z.string(),
  marks: z.array(
    z.object({
      member: Member,
      name: z.string(),
      label: z.string().nullable(),
      unitName: z.string(),
      mark: RollMark,
      /** What the portal itself saw at that moment. */
      inside: z.boolean(),
      at: Instant,
    }),
  ),
});
export type RollRound = z.infer<typeof RollRound>;
/** Who is called by name, unit by unit in protocol order. */
export const RollUnit = z.object({
  unitName: z.string(),
  people: z.array(
    z.object({
      member: Member,
      personId: Id.nullable(),
      name: z.string(),
      label: z.string().nullable(),
      badge: Badge,
      inside: z.boolean(),
    }),
  ),
});

/** What the minutes and the paper take over. */
export const MeetingRecord = z.object({
  agenda: Agenda,
  notulis: z.object({ personId: Id, name: z.string(), label: z.string().nullable() }).nullable(),
  quorum: Quorum,
  /** Confirmed ones by number (revoked ones keep theirs), then drafts in the order they were written. */
  decisions: z.array(Decision),
  /** Every round, oldest first. */
  rollCall: z.array(RollRound),
  /** Those that were closed, by number. */
  polls: z.array(RecordedPoll),
});
export type MeetingRecord = z.infer<typeof MeetingRecord>;

export const Proceedings = MeetingRecord.extend({
  meetingId: Id,
  title: z.string(),
  state: MeetingState,
  zone: Zone,
  chairName: z.string(),
  /** The chair is Plt or Plh: "Plh. Kepala Dinas Sosial"; null = holds the post. */
  chairActing: z.string().nullable(),
  serverTime: Instant,
  you: z.object({
    member: Member.nullable(),
    chair: z.boolean(),
    /** Chair or notulis: agenda, decisions, roll-call. */
    mayWrite: z.boolean(),
    /** Is inside and may say *setuju* or *keberatan*. */
    mayVoice: z.boolean(),
  }),
  rollUnits: z.array(RollUnit),
  /** Posts of the invited, to choose who is responsible. */
  posts: z.array(z.object({ positionId: Id, title: z.string(), holderName: z.string() })),
});
export type Proceedings = z.infer<typeof Proceedings>;

export const getProceedings = endpoint('GET', '/api/meetings/:id/proceedings', {
  who: 'member',
  summary: 'Agenda, quorum, decisions and roll-call of one meeting, live; for those who belong to it and who may read its attendance.',
  params: ById,
  reply: Proceedings,
  refusals: ['meeting.removed'],
});

const agendaItems = z.array(z.object({ id: Id.optional(), text: line(300), minutes: z.number().int().min(1).max(600).nullable().optional() })).max(60);
export const putAgenda = endpoint('PUT', '/api/meetings/:id/agenda', {
  who: 'member',
  summary: 'The whole agenda in order, by the chair or the notulis, before or during the meeting. `version`: the one it was made from.',
  params: ById,
  body: z.object({ version: z.number().int().min(0), items: agendaItems }),
  reply: Proceedings,
  refusals: ['meeting.removed', 'proceedings.not_writer', 'proceedings.changed', 'meeting.ended'],
});
export const putAgendaNow = endpoint('PUT', '/api/meetings/:id/agenda/now', {
  who: 'member',
  summary:
    'The meeting comes to an item of the agenda, by the chair or the notulis; null: past the last. `from`: the item this page knows, so that two who press go one item on.',
  params: ById,
  body: z.object({ item: Id.nullable(), from: Id.nullable() }),
  reply: Proceedings,
  refusals: ['meeting.removed', 'proceedings.not_writer', 'proceedings.changed', 'meeting.not_started', 'meeting.ended'],
});
export const putNotulis = endpoint('PUT', '/api/meetings/:id/notulis', {
  who: 'signedIn',
  summary: 'The chair names one of the invited as notulis, or nobody.',
  params: ById,
  body: z.object({ personId: Id.nullable() }),
  reply: Proceedings,
  refusals: ['meeting.removed', 'meeting.not_chair', 'proceedings.not_invited', 'meeting.ended'],
});
export const putQuorum = endpoint('PUT', '/api/meetings/:id/quorum', {
  who: 'signedIn',
  summary: 'The chair sets how many units must be present, with a reason that stays on record.',
  params: ById,
  body: z.object({ needed: z.number().int().min(1).max(500), reason: line(300) }),
  reply: Proceedings,
  refusals: ['meeting.removed', 'meeting.not_chair', 'call.quorum_too_high', 'meeting.ended'],
});

const DecisionInput = z.object({
  text: paragraphs(1, 2000),
  basis: line(300).nullable().default(null),
  positionId: Id.nullable().default(null),
  dueOn: Day.nullable().default(null),
});
const OneDecision = z.object({ id: Id, decision: Id });
export const postDecision = endpoint('POST', '/api/meetings/:id/decisions', {
  who: 'member',
  summary: 'Draft a decision, by the chair or the notulis. `key` becomes its id and makes a retry harmless.',
  params: ById,
  body: DecisionInput.extend({ key: Id }),
  reply: Proceedings,
  refusals: ['meeting.removed', 'proceedings.not_writer', 'decision.due_past', 'meeting.ended'],
});
export const putDecision = endpoint('PUT', '/api/meetings/:id/decisions/:decision', {
  who: 'member',
  summary: 'Change a decision that is not confirmed yet. Makes a new version, which has to be read back again; former answers count no more.',
  params: OneDecision,
  body: DecisionInput.extend({ version: z.number().int() }),
  reply: Proceedings,
  refusals: ['meeting.removed', 'proceedings.not_writer', 'decision.due_past', 'decision.over', 'proceedings.changed', 'meeting.ended'],
});
export const postReading = endpoint('POST', '/api/meetings/:id/decisions/:decision/reading', {
  who: 'member',
  summary: 'Read a decision back on the screen of everybody inside; its words are frozen. Reading one takes down another.',
  params: OneDecision,
  body: z.object({ version: z.number().int() }),
  reply: Proceedings,
  refusals: ['meeting.removed', 'proceedings.not_writer', 'decision.over', 'proceedings.changed', 'meeting.not_started', 'meeting.ended'],
});
export const deleteReading = endpoint('DELETE', '/api/meetings/:id/decisions/:decision/reading', {
  who: 'member',
  summary: 'Take the read-back down; the decision is a draft again, its answers are kept while the words stay.',
  params: OneDecision,
  reply: Proceedings,
  refusals: ['meeting.removed', 'proceedings.not_writer', 'decision.over', 'meeting.ended'],
});
export const putVoice = endpoint('PUT', '/api/meetings/:id/decisions/:decision/voice', {
  who: 'member',
  summary: 'The own *setuju* or *keberatan* to what is read back, changeable until it is confirmed; only from inside the room.',
  params: OneDecision,
  body: z.discriminatedUnion('answer', [
    z.object({ version: z.number().int(), answer: z.literal('setuju') }),
    z.object({ version: z.number().int(), answer: z.literal('keberatan'), words: paragraphs(3, 1000) }),
  ]),
  reply: Proceedings,
  refusals: ['meeting.removed', 'decision.not_inside', 'decision.press_listens', 'decision.not_read', 'decision.over', 'proceedings.changed', 'meeting.ended'],
});
export const postConfirmation = endpoint('POST', '/api/meetings/:id/decisions/:decision/confirmation', {
  who: 'signedIn',
  summary:
    'The chair confirms what was read back. `objections`: how many the chair has seen. Under quorum it needs a reason; a Plt or Plh says whether it is strategic, and why it is decided all the same.',
  params: OneDecision,
  body: z.object({
    version: z.number().int(),
    objections: z.number().int().min(0),
    underQuorumReason: line(500).optional(),
    strategic: z.boolean().optional(),
    strategicReason: line(500).optional(),
  }),
  reply: Proceedings,
  refusals: [
    'meeting.removed',
    'meeting.not_chair',
    'decision.not_read',
    'decision.over',
    'decision.objected',
    'decision.under_quorum',
    'decision.strategic_asked',
    'decision.strategic_reason',
    'decision.due_past',
    'proceedings.changed',
    'meeting.ended',
  ],
});
export const postDecisionRevocation = endpoint('POST', '/api/meetings/:id/decisions/:decision/revocation', {
  who: 'signedIn',
  summary: 'The chair withdraws a decision or a draft, with a reason, while the meeting runs; it stays on record as *dicabut*.',
  params: OneDecision,
  body: z.object({ reason: line(500) }),
  reply: Proceedings,
  refusals: ['meeting.removed', 'meeting.not_chair', 'meeting.not_started', 'meeting.ended'],
});

export const postRollCall = endpoint('POST', '/api/meetings/:id/roll-call', {
  who: 'member',
  summary: '*Panggil nama*: a new round, by the chair or the notulis. `after`: the last round this page knows, so that a second tap opens no second one.',
  params: ById,
  body: z.object({ after: z.number().int().min(0) }),
  reply: Proceedings,
  refusals: ['meeting.removed', 'proceedings.not_writer', 'meeting.not_started', 'meeting.ended'],
});
export const putRollMark = endpoint('PUT', '/api/meetings/:id/roll-call/:member', {
  who: 'member',
  summary: 'Mark one person in the newest round: answered *hadir*, or did not answer; null takes the mark back. The former ones stay on record.',
  params: z.object({ id: Id, member: Member }),
  body: z.object({ round: z.number().int().min(1), mark: RollMark.nullable() }),
  reply: Proceedings,
  refusals: ['meeting.removed', 'proceedings.not_writer', 'rollcall.no_round', 'rollcall.newer_round', 'meeting.not_started', 'meeting.ended'],
});
