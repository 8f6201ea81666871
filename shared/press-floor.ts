// Questions and the floor on the wire.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { ById, Day, Id, Instant, line, paragraphs } from './people.ts';
import { BySlug, PressMember } from './press.ts';

/** `ditarik`: the journalist took it back. `terjawab` states keep who and when. */
export const QuestionState = z.enum(['diajukan', 'disaring', 'giliran', 'dijawab', 'ditunda', 'ditolak', 'ditarik']);
export type QuestionState = z.infer<typeof QuestionState>;

/** One place of the queue, as everybody sees it. */
export const QueuePlace = z.object({
  id: Id,
  /** From 1, in the order in force: fair by outlet, then by the server's time, then what a moderator moved. */
  place: z.number(),
  outlet: z.string(),
  topic: z.string(),
  state: QuestionState.extract(['diajukan', 'disaring']),
  raisedAt: Instant,
  mine: z.boolean(),
  /** How many turns its outlet has had. */
  turnsHad: z.number(),
  moved: z.object({ byName: z.string(), at: Instant, reason: z.string() }).nullable(),
  /** Text, name and member: for operators and moderators, and for its own journalist. */
  text: z.string().nullable(),
  name: z.string().nullable(),
  member: PressMember.nullable(),
  /** Is in the room now: only who is there can be given the floor. */
  inside: z.boolean(),
});
export type QueuePlace = z.infer<typeof QueuePlace>;
/** Somebody has the floor. */
export const Turn = z.object({
  id: Id,
  questionId: Id,
  member: PressMember,
  name: z.string(),
  outlet: z.string(),
  topic: z.string(),
  mine: z.boolean(),
  givenAt: Instant,
  /** When the countdown is at zero; the floor is taken back one minute later. */
  until: Instant,
  followUp: z.boolean(),
  /** Their follow-up was not used yet. */
  mayFollowUp: z.boolean(),
  /** The media server was told. */
  applied: z.boolean(),
  /** Not in the room since; the floor goes back eight seconds later. */
  awaySince: Instant.nullable(),
  /** Given before others who stood first: who did that, and why. */
  outOfOrder: z.object({ byName: z.string(), at: Instant, reason: z.string() }).nullable(),
});
export type Turn = z.infer<typeof Turn>;
export const FloorView = z.object({
  open: z.boolean(),
  limit: z.number(),
  turns: z.array(Turn),
  queue: z.array(QueuePlace),
  /** The own questions that are not in the queue: answered, put off, refused, in advance. */
  own: z.array(z.lazy(() => OwnQuestion)),
  /** May this one raise a question now; else why not, as a refusal's code. */
  mayRaise: z.boolean(),
  whyNot: z.string().nullable(),
  youModerate: z.boolean(),
  serverTime: Instant,
});
export type FloorView = z.infer<typeof FloorView>;
export const OwnQuestion = z.object({
  id: Id,
  topic: z.string(),
  text: z.string(),
  state: QuestionState,
  advance: z.boolean(),
  reason: z.string().nullable(),
  dueOn: Day.nullable(),
  answer: z.string().nullable(),
});
export const getFloor = endpoint('GET', '/api/press/:slug/floor', {
  who: 'visitor',
  summary: 'Who speaks and who waits, as this caller may see it.',
  params: BySlug,
  reply: FloorView,
});
export const postQuestion = endpoint('POST', '/api/press/:slug/questions', {
  who: 'visitor',
  summary: 'Raise a question: accredited journalists, one open question each. `key` makes a retry harmless.',
  params: BySlug,
  body: z.object({ topic: line(120), text: paragraphs(1, 2000), key: Id }),
  reply: FloorView,
  refusals: ['press.pass_required', 'press.not_accredited', 'question.one_open', 'question.not_open', 'limit.reached'],
});
export const postAdvanceRaise = endpoint('POST', '/api/press/:slug/questions/:question/raise', {
  who: 'visitor',
  summary: 'Raise a question that was sent in advance.',
  params: BySlug.extend({ question: Id }),
  reply: FloorView,
  refusals: ['press.pass_required', 'press.not_accredited', 'question.one_open', 'question.not_open'],
});
export const deleteQuestion = endpoint('DELETE', '/api/press/:slug/questions/:question', {
  who: 'visitor',
  summary: 'Take the own question back before it has a turn.',
  params: BySlug.extend({ question: Id }),
  reply: FloorView,
  refusals: ['press.pass_required', 'question.over'],
});
export const postFloorReturn = endpoint('POST', '/api/press/:slug/floor/return', {
  who: 'visitor',
  summary: 'Who has the floor gives it back.',
  params: BySlug,
  reply: FloorView,
  refusals: ['press.pass_required'],
});

const ByQuestion = z.object({ id: Id, question: Id });
const ByTurn = z.object({ id: Id, turn: Id });
export const postScreening = endpoint('POST', '/api/conferences/:id/questions/:question/screening', {
  who: 'signedIn',
  summary: 'Moderator or operator: fit for a turn, or refused with a reason that the journalist and the public log read.',
  params: ByQuestion,
  body: z.discriminatedUnion('act', [z.object({ act: z.literal('saring') }), z.object({ act: z.literal('tolak'), reason: line(300) })]),
  reply: FloorView,
  refusals: ['press.not_moderator', 'question.over'],
});
export const postMove = endpoint('POST', '/api/conferences/:id/questions/:question/move', {
  who: 'signedIn',
  summary: 'Put a question before another one (null = last). Everybody sees that, by whom and why.',
  params: ByQuestion,
  body: z.object({ before: Id.nullable(), reason: line(200) }),
  reply: FloorView,
  refusals: ['press.not_moderator', 'question.over'],
});
export const postGive = endpoint('POST', '/api/conferences/:id/questions/:question/floor', {
  who: 'signedIn',
  summary: 'Give the floor for this question. One that is not first needs a reason, which is a move. Giving what is given is harmless.',
  params: ByQuestion,
  body: z.object({ reason: line(200).nullable().default(null) }),
  reply: FloorView,
  refusals: [
    'press.not_moderator',
    'press.not_accredited',
    'floor.taken',
    'floor.not_inside',
    'floor.out_of_order',
    'floor.closed',
    'question.not_screened',
    'question.over',
  ],
});
export const postRelease = endpoint('POST', '/api/conferences/:id/turns/:turn/release', {
  who: 'signedIn',
  summary: 'Take the floor back, and say what became of the question: answered by word (by whom of the crew), or put off with a due date.',
  params: ByTurn,
  body: z.object({
    outcome: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('dijawab'), by: z.array(Id).max(10).default([]) }),
      z.object({ kind: z.literal('ditunda'), dueOn: Day, by: Id.nullable().default(null), note: line(300).nullable().default(null) }),
    ]),
  }),
  reply: FloorView,
  refusals: ['press.not_moderator', 'question.due_past'],
});
export const postFollowUp = endpoint('POST', '/api/conferences/:id/turns/:turn/follow-up', {
  who: 'signedIn',
  summary: 'The one follow-up of this question: the countdown begins anew, shorter.',
  params: ByTurn,
  reply: FloorView,
  refusals: ['press.not_moderator', 'floor.follow_up_used', 'floor.over'],
});
/** A question as the desk keeps it. `atSecond`: seconds since it went on air. */
export const LogQuestion = z.object({
  id: Id,
  outlet: z.string(),
  topic: z.string(),
  text: z.string(),
  state: QuestionState,
  raisedAt: Instant,
  answeredAt: Instant.nullable(),
  atSecond: z.number().nullable(),
  oral: z.boolean().nullable(),
  answeredBy: z.array(z.string()),
  answer: z.string().nullable(),
  dueOn: Day.nullable(),
  reason: z.string().nullable(),
});
export type LogQuestion = z.infer<typeof LogQuestion>;
export const DeskQuestion = LogQuestion.extend({
  name: z.string(),
  journalistId: Id,
  advance: z.boolean(),
  owedBy: z.string().nullable(),
  overdue: z.boolean(),
});
export type DeskQuestion = z.infer<typeof DeskQuestion>;
export const getQuestions = endpoint('GET', '/api/conferences/:id/questions', {
  who: 'signedIn',
  summary: 'Every question with its journalist, for operators and the moderator. Reading is logged.',
  params: ById,
  reply: z.array(DeskQuestion),
  refusals: ['press.not_moderator'],
});
export const postAnswer = endpoint('POST', '/api/conferences/:id/questions/:question/answer', {
  who: 'signedIn',
  summary: 'Answer in writing, or put off with a due date and somebody who owes it. The journalist is told by mail; the public log shows it.',
  params: ByQuestion,
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('tertulis'), text: paragraphs(1, 5000), by: z.array(Id).max(10).default([]) }),
    z.object({ kind: z.literal('ditunda'), dueOn: Day, by: Id.nullable().default(null), note: line(300).nullable().default(null) }),
  ]),
  reply: DeskQuestion,
  refusals: ['press.not_moderator', 'question.over', 'question.due_past'],
});
export const getOwed = endpoint('GET', '/api/press-answers/owed', {
  who: 'signedIn',
  summary: 'Answers owed over all conferences, the due ones first: all for operators, else the own ones.',
  reply: z.array(DeskQuestion.extend({ conferenceId: Id, conferenceTitle: z.string() })),
});
export const getPressLog = endpoint('GET', '/api/press/:slug/questions', {
  who: 'anyone',
  summary: 'The public question log, from the end on: outlet, question, who answered and when, what is owed until when.',
  params: BySlug,
  reply: z.array(LogQuestion),
});
