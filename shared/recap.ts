// The recap of a month: per person, per OPD, as a screen and as files. On the wire.
import { z } from 'zod';
import { AsConference, Confidence, DayMark } from './attendance.ts';
import { Outcome } from './confirmations.ts';
import { endpoint, file } from './endpoint.ts';
import { OutageWindow } from './outages.ts';
import { ById, Day, Id, Instant, Zone, line } from './people.ts';
import { DayCode } from './roster.ts';

/** `2026-11`. */
export const Month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/);
/** What a copy that leaves the portal is for: kept in the log of who took it. */
export const PURPOSE = { min: 3, max: 200 } as const;
export const Purpose = line(PURPOSE.max).pipe(z.string().min(PURPOSE.min));

export const RecapFigures = z.object({
  /** Days by their planned code, up to the last day read. */
  codes: z.record(DayCode, z.number()),
  hadirWfh: z.number(),
  belumAdaBukti: z.number(),
  gangguan: z.number(),
  /** Meetings entered late. */
  terlambat: z.number(),
  meetings: z.number(),
  minutes: z.number(),
  /** Of the days that are over and have a code: confirmed by a named human, and still as confirmed. */
  confirmed: z.number(),
  toConfirm: z.number(),
  /** Said by a named human only. */
  tidakHadir: z.number(),
});
export type RecapFigures = z.infer<typeof RecapFigures>;

const Head = z.object({ month: Month, from: Day, to: Day, zone: Zone });
export const RecapRow = z.object({
  personId: Id,
  name: z.string(),
  nip: z.string().nullable(),
  position: z.string().nullable(),
  unitName: z.string(),
  figures: RecapFigures,
});
export type RecapRow = z.infer<typeof RecapRow>;
export const Recap = Head.extend({ opdId: Id, opdName: z.string(), outages: z.array(OutageWindow), rows: z.array(RecapRow) });
export type Recap = z.infer<typeof Recap>;

const OfMonth = z.object({ month: Month.optional() });
export const getRecap = endpoint('GET', '/api/opds/:id/recap', {
  who: 'signedIn',
  summary: 'A month of an OPD, person by person, up to today. For its head and admins, BKD and administrators. NIP masked. Logged.',
  params: ById,
  query: OfMonth,
  reply: Recap,
});

export const RecapTotals = z.object({
  month: Month,
  rows: z.array(z.object({ opdId: Id, opdName: z.string(), people: z.number(), figures: RecapFigures })),
});
export type RecapTotals = z.infer<typeof RecapTotals>;
export const getRecapTotals = endpoint('GET', '/api/recap', {
  who: ['bkd', 'administrator'],
  summary: 'A month of the whole region, OPD by OPD. Logged.',
  query: OfMonth,
  reply: RecapTotals,
});

export const RecapDay = z.object({
  date: Day,
  code: DayCode.nullable(),
  basis: z.string().nullable(),
  mark: DayMark,
  minutes: z.number(),
  meetings: z.number(),
  late: z.number(),
  confidence: Confidence.nullable(),
  outage: z.boolean(),
  objected: z.boolean(),
  evidence: z.array(z.object({ meetingId: Id, title: z.string(), from: Instant, to: Instant.nullable(), confidence: Confidence, conference: AsConference })),
  /** What a named human accepted, with what the record said before. */
  corrections: z.array(
    z.object({
      id: Id,
      title: z.string().nullable(),
      original: z.string(),
      corrected: z.string(),
      reason: z.string(),
      requestedBy: z.string(),
      decidedBy: z.string(),
      decidedAt: Instant,
    }),
  ),
  /** `valid: false`: the record has changed since. */
  confirmed: z.object({ outcome: Outcome, by: z.string(), at: Instant, reason: z.string().nullable(), valid: z.boolean() }).nullable(),
});
export type RecapDay = z.infer<typeof RecapDay>;
export const PersonRecap = Head.extend({
  personId: Id,
  name: z.string(),
  nip: z.string().nullable(),
  position: z.string().nullable(),
  opdName: z.string().nullable(),
  figures: RecapFigures,
  days: z.array(RecapDay),
});
export type PersonRecap = z.infer<typeof PersonRecap>;
export const getPersonRecap = endpoint('GET', '/api/persons/:id/recap', {
  who: 'signedIn',
  summary: 'A month of one person, day by day with evidence, corrections and confirmation: the own, or of an OPD one manages. Logged when it is not the own.',
  params: ById,
  query: OfMonth,
  reply: PersonRecap,
});

/** `orang`: a row for each person. `hari`: for each person and day. */
const Taken = z.object({ month: Month, per: z.enum(['orang', 'hari']).default('orang'), purpose: Purpose });
const xlsx = file('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
export const getRecapXlsx = endpoint('GET', '/api/opds/:id/recap.xlsx', {
  who: 'signedIn',
  summary: 'The month of an OPD as a workbook, with full NIP as text, as it is read (streamed). The purpose is logged.',
  params: ById,
  query: Taken,
  reply: xlsx,
});
export const getRecapCsv = endpoint('GET', '/api/opds/:id/recap.csv', {
  who: 'signedIn',
  summary: 'The month of an OPD as CSV (UTF-8 with BOM); cells cannot become formulas. The purpose is logged.',
  params: ById,
  query: Taken,
  reply: file('text/csv'),
});
export const getRecapPdf = endpoint('GET', '/api/opds/:id/recap.pdf', {
  who: 'signedIn',
  summary: 'The month of an OPD as a paper with letterhead, the outages of the month and the root of the ledger. The purpose is printed and logged.',
  params: ById,
  query: Taken.omit({ per: true }),
  reply: file('application/pdf'),
  refusals: ['pdf.unavailable'],
});
export const getRegionRecapXlsx = endpoint('GET', '/api/recap.xlsx', {
  who: ['bkd', 'administrator'],
  summary: 'The month of all OPDs as one workbook (streamed).',
  query: Taken,
  reply: xlsx,
});
export const getRegionRecapCsv = endpoint('GET', '/api/recap.csv', {
  who: ['bkd', 'administrator'],
  summary: 'The month of all OPDs as one CSV (streamed).',
  query: Taken,
  reply: file('text/csv'),
});
