// Polls of a meeting on the wire: one question, some choices, each voice counted once.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { ById, Id, Instant, line } from './people.ts';

/** *Jajak pendapat* asks; *pemungutan suara* is counted for the notulen as a vote. */
export const PollKind = z.enum(['jajak', 'suara']);
export type PollKind = z.infer<typeof PollKind>;
/** Whose voices count: everybody inside; one for each invited position (a deputy votes for the post); one for each invited unit. */
export const PollVoters = z.enum(['hadir', 'jabatan', 'unit']);
export type PollVoters = z.infer<typeof PollVoters>;
export const PollState = z.enum(['disiapkan', 'dibuka', 'ditutup', 'dicabut']);
export type PollState = z.infer<typeof PollState>;

const Turnout = z.object({ voted: z.number(), of: z.number() });
export const PollResult = z.object({
  /** In the order of the choices. `who`: of a named poll, and of who had their name told. */
  choices: z.array(z.object({ id: z.number(), text: z.string(), votes: z.number(), who: z.array(z.string()).nullable() })),
  turnout: Turnout.extend({ units: z.array(Turnout.extend({ unitName: z.string() })) }),
});
export type PollResult = z.infer<typeof PollResult>;

const about = {
  id: Id,
  no: z.number(),
  kind: PollKind,
  question: z.string(),
  choices: z.array(z.object({ id: z.number(), text: z.string() })),
  multiple: z.boolean(),
  secret: z.boolean(),
  voters: PollVoters,
  byName: z.string(),
  openedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
};
/** As the record and the notulen have it: closed, with its result. */
export const RecordedPoll = z.object({ ...about, result: PollResult });
export type RecordedPoll = z.infer<typeof RecordedPoll>;

export const Poll = z.object({
  ...about,
  state: PollState,
  /** The result shows while voices still come. Never of a secret one. */
  live: z.boolean(),
  deadline: Instant.nullable(),
  /** How many have voted, of how many whose voice counts. */
  voted: z.number(),
  of: z.number(),
  result: PollResult.nullable(),
  you: z.object({
    /** For what this member votes: own name, post, unit; null = has no voice here. */
    seat: z.string().nullable(),
    mayVote: z.boolean(),
    voted: z.boolean(),
    /** The own choice, of a named poll. */
    choices: z.array(z.number()),
  }),
});
export type Poll = z.infer<typeof Poll>;
export const Polls = z.object({
  /** The newest first. */
  polls: z.array(Poll),
  you: z.object({ mayAsk: z.boolean() }),
  serverTime: Instant,
});
export type Polls = z.infer<typeof Polls>;

export const getPolls = endpoint('GET', '/api/meetings/:id/polls', {
  who: 'member',
  summary: 'The polls of a meeting: who may vote, how many have, and results once closed (or live). Being prepared: only for who asks.',
  params: ById,
  reply: Polls,
  refusals: ['meeting.removed'],
});
export const postPoll = endpoint('POST', '/api/meetings/:id/polls', {
  who: 'member',
  summary: 'Ask a question, by chair, co-host or notulis; `open`: at once. `key` becomes its id and makes a retry harmless.',
  params: ById,
  body: z.object({
    key: Id,
    kind: PollKind,
    question: line(300),
    choices: z
      .array(line(120))
      .min(2)
      .max(10)
      .refine((all) => new Set(all.map((one) => one.toLowerCase())).size === all.length, { path: ['choices'] }),
    multiple: z.boolean().default(false),
    secret: z.boolean().default(false),
    voters: PollVoters.default('hadir'),
    live: z.boolean().default(false),
    /** Closes by itself so many minutes after it was opened. */
    minutes: z.number().int().min(1).max(240).nullable().default(null),
    open: z.boolean().default(false),
  }),
  reply: Polls,
  refusals: ['meeting.removed', 'proceedings.not_writer', 'meeting.ended', 'meeting.not_started', 'poll.secret_live', 'record.full'],
});
const OnePoll = z.object({ id: Id, poll: Id });
export const postPollOpening = endpoint('POST', '/api/meetings/:id/polls/:poll/opening', {
  who: 'member',
  summary: 'Open a poll that was prepared.',
  params: OnePoll,
  reply: Polls,
  refusals: ['meeting.removed', 'proceedings.not_writer', 'meeting.ended', 'meeting.not_started', 'poll.over'],
});
export const postPollClosing = endpoint('POST', '/api/meetings/:id/polls/:poll/closing', {
  who: 'member',
  summary: 'Close a poll: counted, and kept with the record. One that was never opened is withdrawn.',
  params: OnePoll,
  reply: Polls,
  refusals: ['meeting.removed', 'proceedings.not_writer', 'meeting.ended', 'meeting.not_started'],
});
export const putVote = endpoint('PUT', '/api/meetings/:id/polls/:poll/vote', {
  who: 'member',
  summary: 'The own vote, from inside the room, changeable until it is closed. One voice has one vote, however often it is sent.',
  params: OnePoll,
  body: z.object({ choices: z.array(z.number().int().min(1).max(10)).min(1).max(10) }),
  reply: Polls,
  refusals: [
    'meeting.removed',
    'meeting.ended',
    'meeting.not_started',
    'poll.not_open',
    'poll.over',
    'poll.no_voice',
    'poll.spoken_for',
    'decision.not_inside',
  ],
});
