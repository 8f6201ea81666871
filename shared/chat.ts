// The chat of a meeting on the wire: said in the room, kept with its record. And files on their way into it.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { Badge, Member } from './meetings.ts';
import { ById, Id, Instant } from './people.ts';

/** Signs that turn the direction of what follows; and signs stacked on one letter until it covers the lines around it. */
const TURNS = /[\u202A-\u202E\u2066-\u2069]/;
const STACKED = /\p{M}{9}/u;
const LONGEST = 2000;

/** What somebody says: may be empty beside a file. */
export const Said = z
  .string()
  .max(LONGEST * 2)
  .transform((s) => s.normalize('NFC').replace(/\r\n?/g, '\n').trim())
  .pipe(
    z
      .string()
      .max(LONGEST)
      .regex(/^(?:[\n\t]|[^\p{Cc}\p{Cs}])*$/u)
      .refine((s) => !TURNS.test(s) && !STACKED.test(s)),
  );

export const ChatFile = z.object({
  /** As it is saved. */
  name: z.string(),
  type: z.string(),
  size: z.number(),
  /** It has a small picture. */
  picture: z.boolean(),
});
export type ChatFile = z.infer<typeof ChatFile>;
export const ChatMessage = z.object({
  id: Id,
  /** Counts up; the order in which things were said. */
  n: z.number(),
  member: Member,
  name: z.string(),
  badge: Badge,
  /** Empty where it was taken back. */
  text: z.string(),
  at: Instant,
  /** Taken back by who said it: *dihapus*. */
  deleted: z.boolean(),
  /** What it answers, shortened. */
  reply: z.object({ id: Id, name: z.string(), text: z.string(), deleted: z.boolean() }).nullable(),
  file: ChatFile.nullable(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;
export const Chat = z.object({
  /** Oldest first. */
  messages: z.array(ChatMessage),
  /** There are older ones. */
  more: z.boolean(),
  /** Of the newest change told here: ask `after` it for what changed since. */
  step: z.number(),
  you: z.object({
    member: Member,
    /** Why this member may not write now; null = may. */ shut: z.string().nullable(),
    /** Chair or notulis. */ exports: z.boolean(),
  }),
  serverTime: Instant,
});
export type Chat = z.infer<typeof Chat>;

export const getChat = endpoint('GET', '/api/meetings/:id/chat', {
  who: 'member',
  summary: 'The last 500 messages; `before` (`n` of a message): older ones; `after` (`step`): what was said or taken back since; `q`: what holds these words.',
  params: ById,
  query: z.object({
    before: z.coerce.number().int().min(1).optional(),
    after: z.coerce.number().int().min(0).optional(),
    q: z.string().trim().min(2).max(100).optional(),
  }),
  reply: Chat,
  refusals: ['meeting.removed'],
});
export const postChat = endpoint('POST', '/api/meetings/:id/chat', {
  who: 'member',
  summary: 'Say something, answer something, give a file (an upload whose parts have all arrived). `key` becomes its id and makes a retry harmless.',
  params: ById,
  body: z.object({ text: Said, key: Id, reply: Id.optional(), upload: Id.optional() }),
  reply: ChatMessage,
  refusals: [
    'file.infected',
    'file.not_scanned',
    'limit.reached',
    'meeting.ended',
    'meeting.not_started',
    'meeting.removed',
    'chat.empty',
    'chat.shut',
    'chat.no_message',
    'kit.parts_missing',
    'kit.not_what_it_says',
    'kit.photo_large',
    'kit.photo_unavailable',
  ],
});
export const deleteChat = endpoint('DELETE', '/api/meetings/:id/chat/:message', {
  who: 'member',
  summary: 'Take back what one said oneself, while the meeting runs: its words and file are gone, that it was said and taken back stays.',
  params: z.object({ id: Id, message: Id }),
  refusals: ['meeting.removed', 'meeting.ended', 'chat.not_yours'],
});
export const getChatFile = endpoint('GET', '/api/meetings/:id/chat/:message/file', {
  who: 'member',
  summary: 'The file of a message, to be saved; `thumb`: its small picture.',
  params: z.object({ id: Id, message: Id }),
  query: z.object({ thumb: z.enum(['1']).optional() }),
  reply: file('*/*'),
  refusals: ['meeting.removed'],
});
export const getChatText = endpoint('GET', '/api/meetings/:id/chat.txt', {
  who: 'signedIn',
  summary: 'The whole chat as plain text, for the notulis and the chair. Logged.',
  params: ById,
  reply: file('text/plain'),
  refusals: ['meeting.removed', 'proceedings.not_writer'],
});

/** What an upload is for: each has its own types and size. */
export const UploadPurpose = z.enum(['obrolan', 'materi']);
export type UploadPurpose = z.infer<typeof UploadPurpose>;
export const postRoomUpload = endpoint('POST', '/api/meetings/:id/uploads', {
  who: 'member',
  summary: 'Announce a file for the chat or the materials of a meeting. Nothing of it stays when it is not used within an hour.',
  params: ById,
  body: z.object({ purpose: UploadPurpose, name: z.string().min(1).max(1000), type: z.string().max(200), size: z.number().int().min(1) }),
  reply: z.object({ upload: Id, parts: z.number(), partBytes: z.number() }),
  refusals: [
    'meeting.removed',
    'meeting.ended',
    'meeting.not_started',
    'chat.shut',
    'material.not_presenter',
    'kit.file_type',
    'kit.file_large',
    'record.full',
    'limit.reached',
  ],
});
export const putRoomPart = endpoint('PUT', '/api/meetings/:id/uploads/:upload/parts/:part', {
  who: 'member',
  summary: 'One part, from 0; all but the last have `partBytes`. Sending one again is harmless.',
  params: z.object({ id: Id, upload: Id, part: z.coerce.number().int().min(0).max(1000) }),
  bodyType: 'application/octet-stream',
  body: z.instanceof(Uint8Array),
  refusals: ['meeting.removed', 'kit.part_size'],
});
export const deleteRoomUpload = endpoint('DELETE', '/api/meetings/:id/uploads/:upload', {
  who: 'member',
  summary: 'Give up an upload: nothing of it stays.',
  params: z.object({ id: Id, upload: Id }),
  refusals: ['meeting.removed'],
});
