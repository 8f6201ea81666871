// What came of a press conference, for whoever answers for it: who watched and asked, by outlet; what was taken; what is owed.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { ById, Id, Instant } from './people.ts';
import { CheckName, CrewRole, PublicConference } from './press.ts';
import { RegistrationState } from './press-desk.ts';
import { LogQuestion } from './press-floor.ts';

const Watched = z.object({
  /** Minutes between going on air and the end, over all devices; a union, never a sum. 0 = not there. */
  minutes: z.number(),
  from: Instant.nullable(),
  to: Instant.nullable(),
});
export const ReportJournalist = Watched.extend({ id: Id, name: z.string(), state: RegistrationState, asked: z.number(), turns: z.number() });
export const ReportOutlet = z.object({
  /** null: downloads of an outlet of which nobody registered for this conference. */
  id: Id.nullable(),
  outlet: z.string(),
  journalists: z.array(ReportJournalist),
  minutes: z.number(),
  asked: z.number(),
  turns: z.number(),
  answered: z.number(),
  owed: z.number(),
  files: z.number(),
  bytes: z.number(),
});
export type ReportOutlet = z.infer<typeof ReportOutlet>;
export const PressReport = z.object({
  conference: PublicConference,
  /** Conference minutes on air so far. */
  minutes: z.number(),
  figures: z.object({
    registered: z.number(),
    accepted: z.number(),
    watched: z.number(),
    outletsWatched: z.number(),
    /** Browsers that watched without being registered. */
    viewers: z.number(),
    asked: z.number(),
    turns: z.number(),
    answeredOrally: z.number(),
    answeredInWriting: z.number(),
    owed: z.number(),
    refused: z.number(),
    /** Asked, and neither answered, put off, refused nor taken back. */
    open: z.number(),
    files: z.number(),
    bytes: z.number(),
  }),
  outlets: z.array(ReportOutlet),
  crew: z.array(Watched.extend({ role: CrewRole, name: z.string(), label: z.string().nullable() })),
  questions: z.array(LogQuestion),
  /** What was not ready and went on air all the same. */
  waived: z.array(z.object({ name: CheckName, reason: z.string(), byName: z.string() })),
  /** The portal or its media server was away during the conference. */
  outages: z.array(z.object({ from: Instant, to: Instant.nullable() })),
  serverTime: Instant,
});
export type PressReport = z.infer<typeof PressReport>;
export const getPressReport = endpoint('GET', '/api/conferences/:id/report', {
  who: 'signedIn',
  summary: 'The report, once it is on air: for operators and for whoever manages the OPD that holds it. Reading is logged.',
  params: ById,
  reply: PressReport,
  refusals: ['press.not_moderator', 'report.too_early'],
});
export const getPressReportPdf = endpoint('GET', '/api/conferences/:id/report.pdf', {
  who: 'signedIn',
  summary: 'The report as a paper for the head of the communication office. On record, as every copy of a list of people.',
  params: ById,
  reply: file('application/pdf'),
  refusals: ['press.not_moderator', 'report.too_early', 'pdf.unavailable'],
});
