// Days confirmed for pay by a named human, on the wire.
import { z } from 'zod';
import { Confidence, DayMark } from './attendance.ts';
import { endpoint } from './endpoint.ts';
import { ById, Day, Id, Instant, Zone, paragraphs } from './people.ts';
import { DayCode } from './roster.ts';

/** `sesuai`: as read. Only here, and only by a named human, `tidak_hadir`. */
export const Outcome = z.enum(['sesuai', 'gangguan_sistem', 'tidak_hadir']);
export type Outcome = z.infer<typeof Outcome>;
/** Why somebody has to look at a day before it is confirmed. */
export const Doubt = z.enum(['changed', 'objected', 'no_evidence', 'outage', 'estimated']);
export type Doubt = z.infer<typeof Doubt>;
const Fingerprint = z.string().regex(/^[0-9a-f]{64}$/);

export const ConfirmationRow = z.object({
  personId: Id,
  name: z.string(),
  nip: z.string().nullable(),
  position: z.string().nullable(),
  date: Day,
  code: DayCode,
  basis: z.string().nullable(),
  mark: DayMark,
  meetings: z.number(),
  minutes: z.number(),
  confidence: Confidence.nullable(),
  corrected: z.boolean(),
  fingerprint: Fingerprint,
  doubts: z.array(Doubt),
  /** The newest one; with the doubt `changed` it no longer fits what is read. */
  confirmed: z.object({ outcome: Outcome, by: z.string(), at: Instant, reason: z.string().nullable() }).nullable(),
  /** The own day is confirmed by somebody else; a day that is not over by nobody yet. */
  barred: z.enum(['own', 'day_not_over']).nullable(),
});
export type ConfirmationRow = z.infer<typeof ConfirmationRow>;

export const ConfirmationList = z.object({
  opdId: Id,
  opdName: z.string(),
  zone: Zone,
  from: Day,
  to: Day,
  /** Doubtful first. Of one day: every row; of more: what is doubtful, `more` of which are left out. */
  rows: z.array(ConfirmationRow),
  more: z.number(),
  /** Person-days with a code. `sure`: can be confirmed together; `ahead`: not over yet; `own`: confirmed by somebody else; `uncoded`: without a code, which nobody confirms. */
  counts: z.object({
    all: z.number(),
    confirmed: z.number(),
    sure: z.number(),
    doubtful: z.number(),
    own: z.number(),
    ahead: z.number(),
    uncoded: z.number(),
  }),
  /** Names exactly the sure rows that were shown: goes back with the bulk confirmation. */
  seen: Fingerprint,
});
export type ConfirmationList = z.infer<typeof ConfirmationList>;

const Span = z.object({ from: Day, to: Day });
export const getConfirmations = endpoint('GET', '/api/opds/:id/confirmations', {
  who: 'signedIn',
  summary: 'The days of an OPD as read, and who confirmed them: for its head and admins, BKD and administrators. At most 31 days. Logged.',
  params: ById,
  query: Span,
  reply: ConfirmationList,
});
export const postConfirmation = endpoint('POST', '/api/opds/:id/confirmation', {
  who: 'signedIn',
  summary: 'Confirm one day of one person, as it was shown. Saying the same again writes nothing.',
  params: ById,
  body: z.object({
    personId: Id,
    date: Day,
    outcome: Outcome,
    /** Required unless the outcome is `sesuai`. */
    reason: paragraphs(0, 1000).optional(),
    fingerprint: Fingerprint,
  }),
  refusals: ['confirmation.own', 'confirmation.day_not_over', 'confirmation.moved', 'confirmation.objected', 'confirmation.witnessed', 'confirmation.no_code'],
});
export const postConfirmations = endpoint('POST', '/api/opds/:id/confirmations', {
  who: 'signedIn',
  summary: 'Confirm as read all sure rows of a day or month, or the chosen ones. Refused when one of the chosen is doubtful.',
  params: ById,
  body: Span.extend({
    seen: Fingerprint.optional(),
    rows: z
      .array(z.object({ personId: Id, date: Day }))
      .min(1)
      .max(5000)
      .optional(),
  }),
  /** `left`: sure rows that wait for another call with the same body. */
  reply: z.object({ confirmed: z.number(), already: z.number(), left: z.number() }),
  refusals: ['confirmation.doubtful', 'confirmation.day_not_over', 'confirmation.moved', 'confirmation.own'],
});
