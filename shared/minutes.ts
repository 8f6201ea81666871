// Notulen on the wire: facts and decisions as the record has them, the text people write, corrections by those present, the approved paper.
import { z } from 'zod';
import { AttendanceStatus } from './attendance.ts';
import { endpoint, file } from './endpoint.ts';
import { Badge, Sifat } from './meetings.ts';
import { ById, Day, Id, Instant, line, Zone } from './people.ts';
import { RecordedPoll } from './polls.ts';

/** `belum`: the meeting runs and neither its chair nor its notulis has opened the minutes. */
export const MinutesState = z.enum(['belum', 'konsep', 'koreksi', 'disahkan']);
export type MinutesState = z.infer<typeof MinutesState>;

export const TextRun = z.object({ text: z.string(), bold: z.boolean(), italic: z.boolean() });
/** One paragraph. `id` is its own for good once the text is frozen. */
export const Paragraph = z.object({
  id: z.string(),
  list: z.enum(['bullet', 'ordered']).nullable(),
  /** Depth of its list, from 0; number within it. */
  depth: z.number(),
  n: z.number().nullable(),
  runs: z.array(TextRun),
});
export type Paragraph = z.infer<typeof Paragraph>;
/** `key` names the shared text of this part; `lain`: text of an item that left the agenda, or of a meeting without one. */
export const MinutesPart = z.object({
  key: z.string(),
  kind: z.enum(['pembukaan', 'butir', 'lain', 'penutup']),
  title: z.string().nullable(),
  paragraphs: z.array(Paragraph),
});
export type MinutesPart = z.infer<typeof MinutesPart>;

export const MinutesDecision = z.object({
  id: Id,
  no: z.number(),
  text: z.string(),
  basis: z.string().nullable(),
  /** Post and holder, as it was decided. */
  responsible: z.string().nullable(),
  dueOn: Day.nullable(),
  agreed: z.number(),
  objections: z.array(z.object({ name: z.string(), words: z.string() })),
  decidedAt: Instant,
  decidedBy: z.string(),
  quorum: z.object({ present: z.number(), needed: z.number() }).nullable(),
  underQuorumReason: z.string().nullable(),
  strategicReason: z.string().nullable(),
  revoked: z.object({ at: Instant, byName: z.string(), reason: z.string() }).nullable(),
});
export type MinutesDecision = z.infer<typeof MinutesDecision>;

export const MinutesFacts = z.object({
  title: z.string(),
  sifat: Sifat,
  opdName: z.string(),
  regionName: z.string(),
  zone: Zone,
  place: z.string(),
  chairName: z.string(),
  chairPosition: z.string().nullable(),
  notulisName: z.string(),
  notulisPosition: z.string().nullable(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  sheetNumber: z.string().nullable(),
  invited: z.number(),
  people: z.array(
    z.object({
      no: z.number(),
      name: z.string(),
      position: z.string().nullable(),
      opdName: z.string().nullable(),
      badge: Badge,
      status: AttendanceStatus,
      /** "oleh …", the reason of a refusal, "menyusul 10 menit". */
      detail: z.string().nullable(),
      firstIn: Instant.nullable(),
      lastOut: Instant.nullable(),
    }),
  ),
  quorum: z.object({ needed: z.number(), present: z.number(), units: z.number(), reachedAt: Instant.nullable() }).nullable(),
  /** How long each item took, of those the clock ran for. Absent in minutes approved before there was a clock. */
  agenda: z.array(z.object({ itemId: Id, from: Instant, to: Instant.nullable(), ms: z.number(), minutes: z.number().nullable() })).optional(),
});
export type MinutesFacts = z.infer<typeof MinutesFacts>;

export const Proposal = z.object({
  id: Id,
  paragraph: z.string(),
  oldText: z.string(),
  /** Empty: the paragraph is to go. */
  newText: z.string(),
  reason: z.string(),
  byName: z.string(),
  byPosition: z.string().nullable(),
  at: Instant,
  yours: z.boolean(),
  ruling: z.object({ outcome: z.enum(['diterima', 'ditolak']), reason: z.string().nullable(), byName: z.string(), at: Instant }).nullable(),
});
export type Proposal = z.infer<typeof Proposal>;

export const Minutes = z.object({
  meetingId: Id,
  state: MinutesState,
  facts: MinutesFacts,
  parts: z.array(MinutesPart),
  decisions: z.array(MinutesDecision),
  polls: z.array(RecordedPoll),
  you: z.object({
    chair: z.boolean(),
    /** Chair or notulis: names co-writers, rules on corrections. */
    lead: z.boolean(),
    write: z.boolean(),
    /** Was present, and corrections are open. */
    propose: z.boolean(),
  }),
  /** Who may write, in the state *konsep*. */
  writers: z.array(z.object({ personId: Id, name: z.string(), position: z.string().nullable(), as: z.enum(['pimpinan', 'notulis', 'diajak']) })),
  /** Whom the chair or the notulis may let write too; empty for others. */
  candidates: z.array(z.object({ personId: Id, name: z.string(), position: z.string().nullable() })),
  correction: z.object({ openedAt: Instant, openedBy: z.string(), until: Day, over: z.boolean() }).nullable(),
  proposals: z.array(Proposal),
  final: z
    .object({
      number: z.string(),
      code: z.string(),
      fingerprint: z.string(),
      approvedAt: Instant,
      approvedBy: z.string(),
      /** Why it was approved before the last day of corrections. */
      early: z.string().nullable(),
    })
    .nullable(),
  savedAt: Instant.nullable(),
  serverTime: Instant,
});
export type Minutes = z.infer<typeof Minutes>;

export const getMinutes = endpoint('GET', '/api/meetings/:id/minutes', {
  who: 'signedIn',
  summary:
    'Notulen: facts and decisions in step with the record until it is approved, then frozen. For the invited and those who may read attendance of the OPD. Logged.',
  params: ById,
  reply: Minutes,
  refusals: ['meeting.removed', 'minutes.not_begun', 'minutes.destroyed'],
});
export const putMinutesWriters = endpoint('PUT', '/api/meetings/:id/minutes/writers', {
  who: 'signedIn',
  summary: 'The chair or the notulis says who else of the invited writes; who is left out is shut off at once.',
  params: ById,
  body: z.object({ people: z.array(Id).max(30) }),
  reply: Minutes,
  refusals: ['meeting.removed', 'minutes.not_begun', 'minutes.not_lead', 'minutes.frozen', 'minutes.not_invited'],
});
export const postMinutesCorrection = endpoint('POST', '/api/meetings/:id/minutes/correction', {
  who: 'signedIn',
  summary: 'The chair freezes the text and opens corrections until a last day; again: another last day.',
  params: ById,
  body: z.object({ until: Day }),
  reply: Minutes,
  refusals: ['meeting.removed', 'minutes.not_begun', 'meeting.not_chair', 'minutes.running', 'minutes.approved', 'minutes.past_day'],
});
export const postProposal = endpoint('POST', '/api/meetings/:id/minutes/proposals', {
  who: 'signedIn',
  summary: 'Somebody who was present proposes another text for one paragraph. `key` makes a retry harmless.',
  params: ById,
  body: z.object({
    key: Id,
    paragraph: z.string().max(80),
    /** As the person read it. */
    oldText: z.string().max(20_000),
    newText: z
      .string()
      .transform((s) => s.normalize('NFC').replace(/\s+/gu, ' ').trim())
      .pipe(
        z
          .string()
          .max(5_000)
          .regex(/^[^\p{Cs}\0]*$/u),
      ),
    reason: line(300),
  }),
  reply: Minutes,
  refusals: [
    'meeting.removed',
    'minutes.not_begun',
    'minutes.not_open',
    'minutes.correction_over',
    'minutes.not_present',
    'minutes.paragraph_moved',
    'minutes.nothing_new',
    'minutes.approved',
    'minutes.not_lead',
  ],
});
export const postRuling = endpoint('POST', '/api/meetings/:id/minutes/proposals/:proposal/ruling', {
  who: 'signedIn',
  summary: 'The chair or the notulis accepts a correction (the paragraph changes) or refuses it with a reason. The same ruling again changes nothing.',
  params: z.object({ id: Id, proposal: Id }),
  body: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('diterima'), reason: line(300).optional() }),
    z.object({ outcome: z.literal('ditolak'), reason: line(300) }),
  ]),
  reply: Minutes,
  refusals: ['meeting.removed', 'minutes.not_begun', 'minutes.not_lead', 'minutes.decided', 'minutes.paragraph_moved', 'minutes.approved'],
});
export const postMinutesApproval = endpoint('POST', '/api/meetings/:id/minutes/approval', {
  who: 'signedIn',
  summary: 'The chair approves: number, code and fingerprint; nothing in it changes any more. Approving again answers the same paper.',
  params: ById,
  body: z.object({ early: line(300).optional() }),
  reply: Minutes,
  refusals: ['meeting.removed', 'minutes.not_begun', 'minutes.not_lead', 'meeting.not_chair', 'minutes.not_open', 'minutes.undecided', 'minutes.early'],
});
export const getMinutesPdf = endpoint('GET', '/api/meetings/:id/minutes.pdf', {
  who: 'signedIn',
  summary: 'Notulen as an official paper; marked KONSEP and without a number until it is approved. Logged.',
  params: ById,
  reply: file('application/pdf'),
  refusals: ['meeting.removed', 'minutes.not_begun', 'minutes.destroyed', 'pdf.unavailable'],
});

/** What the socket of the text (`/api/meetings/:id/minutes/text`) says beside the text itself. */
export type WritingNews = { here: { id: string; name: string }[] } | { saved: string } | { tooLarge: true };
/** Why the socket was closed for good. */
export const writingClosed = { session: 4401, right: 4404, frozen: 4409 } as const;
