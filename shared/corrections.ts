// Objections to the record (ajukan koreksi) and what somebody else decided on them, on the wire.
import { z } from 'zod';
import { OriginalReading } from './attendance.ts';
import { endpoint, file } from './endpoint.ts';
import { ById, Day, Id, Instant, Zone, line, paragraphs } from './people.ts';

export const REASON = { min: 10, max: 1000 } as const;
const Reason = paragraphs(REASON.min, REASON.max);

export const CorrectionState = z.enum(['open', 'accepted', 'rejected', 'withdrawn']);
export type CorrectionState = z.infer<typeof CorrectionState>;

export const Correction = z.object({
  id: Id,
  state: CorrectionState,
  person: z.object({ id: Id, name: z.string() }),
  opdName: z.string(),
  /** Null: the day itself. */
  meeting: z.object({ id: Id, title: z.string(), startedAt: Instant.nullable(), endedAt: Instant.nullable() }).nullable(),
  date: Day,
  zone: Zone,
  /** Of a meeting: inside from–to. Of a day: its mark. */
  claimed: z.object({ from: Instant.nullable(), to: Instant.nullable(), mark: z.enum(['hadir_wfh']).nullable() }),
  original: OriginalReading.nullable(),
  reason: z.string(),
  file: z.object({ name: z.string(), sha256: z.string() }).nullable(),
  requestedBy: z.string(),
  /** Filed by the OPD's admin for somebody else: with the decision, two signatures. */
  onBehalf: z.boolean(),
  requestedAt: Instant,
  /** UU 27/2022 ps. 30: corrected within 3 × 24 hours. */
  dueAt: Instant,
  overdue: z.boolean(),
  decision: z
    .object({
      outcome: CorrectionState.exclude(['open']),
      from: Instant.nullable(),
      to: Instant.nullable(),
      reason: z.string().nullable(),
      by: z.string(),
      at: Instant,
    })
    .nullable(),
  /** What this reader may do with it; `barred` says why somebody who decides in this OPD may not decide this one. */
  may: z.object({ decide: z.boolean(), withdraw: z.boolean(), barred: z.enum(['own', 'filed']).nullable() }),
});
export type Correction = z.infer<typeof Correction>;

export const getCorrections = endpoint('GET', '/api/corrections', {
  who: 'signedIn',
  summary: 'The own objections, and for those who manage an OPD the ones that wait for a decision (overdue first) and the last hundred decided. Logged.',
  reply: z.object({ mine: z.array(Correction), queue: z.array(Correction), decided: z.array(Correction) }),
});

/** What one person can object to on one day: the day, and each meeting of that day with what the record says. */
export const Correctable = z.object({
  person: z.object({ id: Id, name: z.string() }),
  date: Day,
  zone: Zone,
  day: z.object({ reading: OriginalReading, may: z.enum(['object', 'not_judged', 'marked', 'open']) }),
  meetings: z.array(
    z.object({ id: Id, title: z.string(), startedAt: Instant, endedAt: Instant.nullable(), reading: OriginalReading, may: z.enum(['object', 'open']) }),
  ),
});
export type Correctable = z.infer<typeof Correctable>;
export const getCorrectable = endpoint('GET', '/api/corrections/about', {
  who: 'signedIn',
  summary: 'The day of the signed-in person, or of somebody of the OPD one is admin of: what the record says and what of it can be objected to.',
  query: z.object({ date: Day.optional(), personId: Id.optional() }),
  reply: Correctable,
});

export const postCorrectionFile = endpoint('POST', '/api/correction-files', {
  who: 'signedIn',
  once: true,
  summary: 'Hand in a file for an objection: PDF, JPEG or PNG up to 5 MB. Unused after a day, it is removed.',
  query: z.object({ name: line(200) }),
  body: z.custom<Blob | Uint8Array>((sent) => sent instanceof Uint8Array && sent.length > 0),
  bodyType: 'application/octet-stream',
  reply: z.object({ id: Id, name: z.string(), sha256: z.string() }),
  refusals: ['file.infected', 'file.not_scanned', 'correction.file_type', 'correction.file_large'],
});
export const postCorrection = endpoint('POST', '/api/corrections', {
  who: 'signedIn',
  summary: 'Object to what the record says. One open objection per person and thing: a second one is answered with the first.',
  body: z.object({
    /** Somebody of the OPD one is admin of; left out: oneself. */
    personId: Id.optional(),
    about: z.discriminatedUnion('of', [
      z.object({ of: z.literal('meeting'), meetingId: Id, from: Instant, to: Instant }),
      z.object({ of: z.literal('day'), date: Day, mark: z.enum(['hadir_wfh']) }),
    ]),
    reason: Reason,
    fileId: Id.optional(),
  }),
  reply: Correction,
  refusals: ['not_found', 'correction.future', 'correction.too_old', 'correction.nothing', 'correction.not_judged'],
});
export const postCorrectionDecision = endpoint('POST', '/api/corrections/:id/decision', {
  who: 'signedIn',
  summary: 'Accept (the times perhaps narrowed) or reject with a reason. Never by the person concerned, never by whoever filed it.',
  params: ById,
  body: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('accepted'), from: Instant.optional(), to: Instant.optional(), reason: paragraphs(0, REASON.max).optional() }),
    z.object({ outcome: z.literal('rejected'), reason: Reason }),
  ]),
  reply: Correction,
  refusals: ['correction.own', 'correction.filed', 'correction.decided'],
});
export const postCorrectionWithdrawal = endpoint('POST', '/api/corrections/:id/withdrawal', {
  who: 'signedIn',
  summary: 'Take the own objection back before it is decided. Its row stays.',
  params: ById,
  reply: Correction,
  refusals: ['role.missing', 'correction.decided'],
});
export const getCorrectionFile = endpoint('GET', '/api/corrections/:id/file', {
  who: 'signedIn',
  summary: 'The file of an objection, for the person concerned, whoever filed it and those who decide in this OPD. Logged.',
  params: ById,
  reply: file('*/*'),
});
