// Captions of a meeting (`rapat`) or a press conference (`pers`): lines typed while people speak, shown at once, corrected by new rows, and read as
// one transcript afterwards. A line that is being typed (`sementara`) is told over the socket and kept nowhere; a line that is said is kept for good.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { Id, Instant, line, Zone } from './people.ts';

export const CaptionsOf = z.enum(['rapat', 'pers']);
export type CaptionsOf = z.infer<typeof CaptionsOf>;
const Subject = z.object({ of: CaptionsOf, id: Id });
/** Whoever is captioned or captions: as in the room. */
const Someone = z.string().regex(/^[pgj]_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

export const CAPTION_LENGTH = 300;
/** Lines in one call. */
export const CAPTION_BATCH = 50;
const Words = line(CAPTION_LENGTH);
const Source = z.enum(['juru_ketik', 'mesin']);

/** A member of the room (its name is the portal's), a name typed by hand, or nobody known. */
const SpeakerInput = z.union([z.object({ member: Someone }), z.object({ name: line(80) })]).nullable();
export type SpeakerInput = z.infer<typeof SpeakerInput>;

export const CaptionLine = z.object({
  id: Id,
  /** Counts up with every line and every change of one: ask `after` it for what is new. */
  step: z.number(),
  version: z.number(),
  speaker: z.string().nullable(),
  /** Empty: taken out. */
  text: z.string(),
  from: Instant,
  to: Instant,
  /** Milliseconds from the beginning of the room. */
  offset: z.number(),
  source: Source,
  /** A person typed it or has confirmed it; until then what a machine heard is marked *dibuat mesin*. */
  confirmed: z.boolean(),
});
export type CaptionLine = z.infer<typeof CaptionLine>;
const You = z.object({
  /** Key of the caller, where they belong to it. */
  member: z.string().nullable(),
  /** May write lines now. */
  captions: z.boolean(),
  /** May correct and confirm. */
  edits: z.boolean(),
  /** Says who captions; of a conference also whether its transcript is public. */
  leads: z.boolean(),
});

export const Captions = z.object({
  state: z.enum(['belum', 'berjalan', 'selesai']),
  /** Oldest first; of lines that were changed since, as they are now. */
  lines: z.array(CaptionLine),
  step: z.number(),
  /** Somebody captions this. */
  captioned: z.boolean(),
  you: You,
  serverTime: Instant,
});
export type Captions = z.infer<typeof Captions>;
export const getCaptions = endpoint('GET', '/api/captions/:of/:id', {
  who: 'visitor',
  summary: 'The last lines of captions; `after` (`step`): what was said or changed since. Of a conference that is on air, for everybody.',
  params: Subject,
  query: z.object({ after: z.coerce.number().int().min(0).optional() }),
  reply: Captions,
  refusals: ['session.required', 'meeting.removed', 'link.revoked', 'link.other_device'],
});

export const ShortForm = z.object({ short: z.string().regex(/^[\p{L}\p{N}]{1,12}$/u), full: line(120) });
export type ShortForm = z.infer<typeof ShortForm>;
const Shorts = z.array(ShortForm).max(500);
export const CaptionDesk = z.object({
  of: CaptionsOf,
  title: z.string(),
  state: Captions.shape.state,
  zone: Zone,
  startedAt: Instant.nullable(),
  /** Who may be heard, those who are inside first. */
  speakers: z.array(z.object({ member: z.string(), name: z.string(), label: z.string().nullable(), inside: z.boolean() })),
  shorts: z.object({ own: Shorts, region: Shorts }),
  /** Keeps the region's short forms. */
  keepsRegion: z.boolean(),
  captions: Captions,
});
export type CaptionDesk = z.infer<typeof CaptionDesk>;
export const getCaptionDesk = endpoint('GET', '/api/captions/:of/:id/desk', {
  who: 'member',
  summary: 'What the screen of a captioner needs: speakers, short forms, the last lines.',
  params: Subject,
  reply: CaptionDesk,
  refusals: ['meeting.removed', 'captions.not_captioner'],
});
export const postCaptions = endpoint('POST', '/api/captions/:of/:id/lines', {
  who: 'member',
  summary:
    'Lines by a captioner, with their times by the server’s clock; also late, when the connection was away. `key` becomes the id and makes a retry harmless.',
  params: Subject,
  body: z.object({
    lines: z
      .array(z.object({ key: Id, speaker: SpeakerInput, text: Words, from: Instant, to: Instant }))
      .min(1)
      .max(CAPTION_BATCH),
  }),
  reply: z.object({ lines: z.array(CaptionLine), serverTime: Instant }),
  refusals: ['meeting.removed', 'captions.not_captioner', 'captions.not_started', 'captions.closed', 'captions.no_speaker'],
});
export const putCaptionDraft = endpoint('PUT', '/api/captions/:of/:id/draft', {
  who: 'member',
  summary: 'The line that is being typed, for those who look on now; an empty text takes it away. Kept nowhere.',
  params: Subject,
  body: z.object({ key: Id, n: z.number().int().min(0), speaker: SpeakerInput, text: line(CAPTION_LENGTH, 0) }),
  refusals: ['meeting.removed', 'captions.not_captioner', 'captions.not_started', 'captions.closed', 'captions.no_speaker'],
});
export const putCaption = endpoint('PUT', '/api/captions/:of/:id/lines/:line', {
  who: 'member',
  summary: 'Correct a line (a new row; the former ones stay) or take it out by an empty text. `version`: as it was read. A corrected line is confirmed.',
  params: Subject.extend({ line: Id }),
  body: z.object({ version: z.number().int().min(1), text: z.union([z.literal(''), Words]), speaker: SpeakerInput.optional() }),
  reply: CaptionLine,
  refusals: ['meeting.removed', 'captions.not_editor', 'captions.changed', 'captions.closed', 'captions.no_speaker'],
});
export const postCaptionConfirmation = endpoint('POST', '/api/captions/:of/:id/confirmation', {
  who: 'member',
  summary: 'Say of lines by a machine that they are right.',
  params: Subject,
  body: z.object({ lines: z.array(Id).min(1).max(500) }),
  refusals: ['meeting.removed', 'captions.not_editor', 'captions.closed'],
});

export const TranscriptLine = CaptionLine.extend({
  byName: z.string().nullable(),
  /** What it was before, oldest first. */
  before: z.array(z.object({ text: z.string(), speaker: z.string().nullable(), byName: z.string().nullable(), at: Instant })),
});
export type TranscriptLine = z.infer<typeof TranscriptLine>;
export const Transcript = z.object({
  of: CaptionsOf,
  title: z.string(),
  state: Captions.shape.state,
  zone: Zone,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  lines: z.array(TranscriptLine),
  total: z.number(),
  /** By a machine, and confirmed by nobody. */
  unconfirmed: z.number(),
  you: You,
  /** Of a conference: whether anybody may read it. */
  published: z.object({ at: Instant, byName: z.string() }).nullable(),
  serverTime: Instant,
});
export type Transcript = z.infer<typeof Transcript>;
export const getTranscript = endpoint('GET', '/api/captions/:of/:id/transcript', {
  who: 'visitor',
  summary:
    'All lines, for whoever may read the record of the meeting; of a conference for operators and crew, and for everybody once it was published. `q`: lines that hold these words. Logged.',
  params: Subject,
  query: z.object({ q: z.string().trim().min(2).max(100).optional() }),
  reply: Transcript,
  refusals: ['session.required', 'meeting.removed', 'link.revoked', 'link.other_device'],
});
const asFile = (kind: string, type: string) =>
  ({
    who: 'visitor',
    summary: `The transcript as ${kind}. Logged.`,
    params: Subject,
    reply: file(type),
    refusals: ['session.required', 'meeting.removed', 'link.revoked', 'link.other_device'],
  }) as const;
export const getCaptionsVtt = endpoint('GET', '/api/captions/:of/:id/captions.vtt', asFile('WebVTT, times from the beginning of the room', 'text/vtt'));
export const getTranscriptText = endpoint('GET', '/api/captions/:of/:id/transcript.txt', asFile('plain text', 'text/plain'));
export const getTranscriptWord = endpoint(
  'GET',
  '/api/captions/:of/:id/transcript.docx',
  asFile('a text document', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
);
export const putTranscriptPublic = endpoint('PUT', '/api/captions/:of/:id/publication', {
  who: 'signedIn',
  summary: 'Of a conference that is over: whether anybody may read its transcript. By an operator or the moderator.',
  params: Subject,
  body: z.object({ published: z.boolean() }),
  refusals: ['meeting.removed', 'captions.not_leader', 'captions.not_over'],
});

export const Captioners = z.object({
  captioners: z.array(z.object({ member: z.string(), name: z.string(), byName: z.string(), at: Instant })),
  /** Members who could be named. */
  candidates: z.array(z.object({ member: z.string(), name: z.string(), label: z.string().nullable() })),
});
export type Captioners = z.infer<typeof Captioners>;
export const getCaptioners = endpoint('GET', '/api/captions/:of/:id/captioners', {
  who: 'signedIn',
  summary: 'Who captions, for those who name them: chair, co-host and operator of a meeting; operators and the moderator of a conference.',
  params: Subject,
  reply: Captioners,
  refusals: ['meeting.removed', 'captions.not_leader'],
});
export const putCaptioner = endpoint('PUT', '/api/captions/:of/:id/captioners', {
  who: 'signedIn',
  summary: 'Name a member as captioner, or no longer. The same again is harmless.',
  params: Subject,
  body: z.object({ member: Someone, captions: z.boolean() }),
  reply: Captioners,
  refusals: ['meeting.removed', 'captions.not_leader', 'captions.no_member'],
});

export const putCaptionShorts = endpoint('PUT', '/api/captions/:of/:id/shorts', {
  who: 'member',
  summary: 'The own short forms of a captioner, all of them; with `region` those of the region, by an operator.',
  params: Subject,
  body: z.object({ region: z.boolean().default(false), forms: Shorts }),
  reply: z.object({ own: Shorts, region: Shorts }),
  refusals: ['meeting.removed', 'captions.not_captioner', 'captions.short_twice', 'role.missing'],
});
