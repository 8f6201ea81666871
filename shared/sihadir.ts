// The export for SIHadir, the region's own attendance system. A file to hand over, not a connection: rows are siap → terkirim →
// ditolak (reason) → diperbaiki. On the wire.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { ById, Day, Id, Instant, line } from './people.ts';
import { Month } from './recap.ts';

/** What a confirmed day may be: its planned code; a day the portal was away; an absence a named human stated. */
export const ExportKey = z.enum(['WFO', 'WFH', 'PIKET', 'DL', 'CUTI', 'SAKIT', 'LIBUR', 'GANGGUAN', 'TIDAK_HADIR']);
export type ExportKey = z.infer<typeof ExportKey>;
export const ExportCode = z.object({
  key: ExportKey,
  /** As the region's system calls it; null (GANGGUAN only): the day keeps the code it was planned with. */
  code: line(20).nullable(),
  note: line(200).nullable(),
});
export type ExportCode = z.infer<typeof ExportCode>;
export const getExportCodes = endpoint('GET', '/api/export-codes', {
  who: ['admin_opd', 'bkd', 'administrator'],
  summary: "What each confirmed day is called in the region's attendance system.",
  reply: z.object({ codes: z.array(ExportCode), mayChange: z.boolean() }),
});
export const putExportCodes = endpoint('PUT', '/api/export-codes', {
  who: ['bkd', 'administrator'],
  summary: 'Change the codes; a former one stays on record. Rows handed over before under another code come again in the next batch.',
  body: z.object({ codes: z.array(ExportCode).min(1).max(ExportKey.options.length) }),
  refusals: ['export.code_missing'],
});

export const RowState = z.enum(['siap', 'terkirim', 'ditolak', 'diperbaiki']);
export type RowState = z.infer<typeof RowState>;
export const ExportBatch = z.object({
  id: Id,
  /** Counts from 1 in an OPD and month. */
  serial: z.number(),
  rows: z.number(),
  corrected: z.number(),
  rejected: z.number(),
  madeBy: z.string(),
  madeAt: Instant,
  sent: z.object({ by: z.string(), at: Instant }).nullable(),
  /** SHA-256 of its CSV, for whoever receives it. */
  sha256: z.string(),
});
export type ExportBatch = z.infer<typeof ExportBatch>;
export const ExportRow = z.object({
  id: z.string(),
  no: z.number(),
  name: z.string(),
  nip: z.string().nullable(),
  date: Day,
  code: z.string(),
  note: z.string().nullable(),
  basis: z.string().nullable(),
  confirmedBy: z.string(),
  revision: z.number(),
  state: RowState,
  /** Why it came back. */
  reason: z.string().nullable(),
  /** It waits for the next batch as it is. */
  again: z.boolean(),
  /** The batch in which this day went out again. */
  replacedBy: z.number().nullable(),
});
export type ExportRow = z.infer<typeof ExportRow>;

const Counts = z.object({
  /** Person-days of the month that are over and have a code. */
  all: z.number(),
  /** Not confirmed by a named human other than the person, or the record has changed since. */
  missing: z.number(),
  /** In the next batch: for the first time, and again. */
  fresh: z.number(),
  corrected: z.number(),
  /** Handed out unchanged already. */
  done: z.number(),
  /** Came back and waits for a correction. */
  rejected: z.number(),
});
export const ExportMonth = z.object({ opdId: Id, opdName: z.string(), month: Month, counts: Counts, batches: z.array(ExportBatch) });
export type ExportMonth = z.infer<typeof ExportMonth>;

const who = ['admin_opd', 'bkd', 'administrator'] as const;
export const getExportMonth = endpoint('GET', '/api/opds/:id/exports', {
  who,
  summary: 'What of a month of an OPD is ready, missing, handed over or rejected. For its admins, BKD and administrators. Logged.',
  params: ById,
  query: z.object({ month: Month.optional() }),
  reply: ExportMonth,
});
export const postExport = endpoint('POST', '/api/opds/:id/exports', {
  who,
  summary: 'Make a batch of what was never in one, or has changed since. Repeating makes no second one: each row goes out once.',
  params: ById,
  body: z.object({ month: Month }),
  reply: z.object({ batchId: Id, serial: z.number(), added: z.number() }),
  refusals: ['export.nothing'],
});
export const getExportRows = endpoint('GET', '/api/exports/:id', {
  who,
  summary: 'The rows of a batch with their state. NIP masked. Logged.',
  params: ById,
  reply: z.object({ batch: ExportBatch, opdId: Id, opdName: z.string(), month: Month, rows: z.array(ExportRow) }),
});
export const getExportCsv = endpoint('GET', '/api/exports/:id/rows.csv', {
  who,
  summary: 'The batch as CSV: the same bytes each time (streamed). Full NIP as text. Logged.',
  params: ById,
  reply: file('text/csv'),
});
export const getExportXlsx = endpoint('GET', '/api/exports/:id/rows.xlsx', {
  who,
  summary: 'The batch as a workbook (streamed). Full NIP as text. Logged.',
  params: ById,
  reply: file('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
});
export const postExportSent = endpoint('POST', '/api/exports/:id/sent', {
  who,
  summary: 'Handed over, says a named human. Repeating changes nothing.',
  params: ById,
});
export const REJECTION = { min: 3, max: 300 } as const;
const Reason = line(REJECTION.max).pipe(z.string().min(REJECTION.min));
export const postExportRejection = endpoint('POST', '/api/exports/:id/rejections', {
  who,
  summary: 'One row came back, with the reason given.',
  params: ById,
  body: z.object({ rowId: z.string().regex(/^\d{1,18}$/), reason: Reason }),
  refusals: ['export.not_sent'],
});
export const postExportRejections = endpoint('POST', '/api/exports/:id/rejections.csv', {
  who,
  summary: 'The file that came back: columns nip, tanggal, alasan. Lines that fit no row of the batch are named; the others count.',
  params: ById,
  body: z.string().min(1).max(4_000_000),
  bodyType: 'text/csv',
  reply: z.object({ rejected: z.number(), already: z.number(), unknown: z.array(z.object({ line: z.number(), why: z.string() })) }),
  refusals: ['export.not_sent', 'import.unreadable', 'import.header'],
});
export const postExportAgain = endpoint('POST', '/api/exports/:id/again', {
  who,
  summary: 'A rejected row was checked and is right: it goes out again as it is, in the next batch.',
  params: ById,
  body: z.object({ rowId: z.string().regex(/^\d{1,18}$/), reason: Reason }),
  refusals: ['export.not_rejected'],
});
