// Rekapitulasi Jadwal on the wire: a month as it was published, revision by revision, and what each changed.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { ById, Day, Id, Instant, Zone } from './people.ts';
import { Month, Purpose } from './recap.ts';
import { Override, PlanCell, PlanDay, PlanHead, PlanRevision } from './rota.ts';

/** Days of each code, in the order of `DayCode.options`. */
export const CodeSums = z.array(z.number());
export const JadwalRow = z.object({
  personId: Id,
  name: z.string(),
  nip: z.string().nullable(),
  position: z.string().nullable(),
  unitName: z.string(),
  /** A place a day. */
  cells: z.array(PlanCell.nullable()),
  sums: CodeSums,
});
export type JadwalRow = z.infer<typeof JadwalRow>;
export const JadwalLetter = z.object({ id: Id, number: z.string(), kind: z.enum(['tugas', 'perubahan', 'pencabutan']), issuedAt: Instant });
export type JadwalLetter = z.infer<typeof JadwalLetter>;
export const JadwalRecap = z.object({
  plan: PlanHead,
  zone: Zone,
  /** The one shown; `plan.revision` is the newest. */
  revision: z.number(),
  revisions: z.array(PlanRevision),
  locked: z.object({ byName: z.string(), at: Instant }).nullable(),
  days: z.array(PlanDay),
  rows: z.array(JadwalRow),
  sums: CodeSums,
  overrides: z.array(Override),
  /** Numbers of the circulars whose rules held. */
  policies: z.array(z.string()),
  letters: z.array(JadwalLetter),
  /** The head, and nothing stands in the way. */
  mayLock: z.boolean(),
  serverTime: Instant,
});
export type JadwalRecap = z.infer<typeof JadwalRecap>;

const Revision = z.coerce.number().int().min(0).max(10_000);
const OfRevision = z.object({ month: Month, revision: Revision.optional() });
export const getJadwalRecap = endpoint('GET', '/api/opds/:id/rota/recap', {
  who: 'signedIn',
  summary: 'The month of an OPD as published, person by person with sums; without `revision` the newest. Null: not published. Logged.',
  params: ById,
  query: OfRevision,
  reply: z.object({ recap: JadwalRecap.nullable(), serverTime: Instant }),
});

export const JadwalDifference = z.object({
  personId: Id,
  name: z.string(),
  nip: z.string().nullable(),
  date: Day,
  was: PlanCell.nullable(),
  now: PlanCell.nullable(),
  basis: z.string(),
});
export type JadwalDifference = z.infer<typeof JadwalDifference>;
const Between = z.object({ month: Month, from: Revision, to: Revision });
export const getJadwalDifferences = endpoint('GET', '/api/opds/:id/rota/recap/differences', {
  who: 'signedIn',
  summary: 'What a revision says otherwise than another: one row a person and day. Logged.',
  params: ById,
  query: Between,
  reply: z.object({ from: z.number(), to: z.number(), rows: z.array(JadwalDifference) }),
  refusals: ['rota.recap_none'],
});
export const getJadwalDifferencesCsv = endpoint('GET', '/api/opds/:id/rota/recap/differences.csv', {
  who: 'signedIn',
  summary: 'The same differences as CSV with full NIP. The purpose is logged.',
  params: ById,
  query: Between.extend({ purpose: Purpose }),
  reply: file('text/csv'),
  refusals: ['rota.recap_none'],
});
export const getJadwalCsv = endpoint('GET', '/api/opds/:id/rota/recap.csv', {
  who: 'signedIn',
  summary: 'Rows nip, tanggal, kode, keterangan, dasar of the published month (UTF-8 with BOM, NIP as text, no formulas), streamed. The purpose is logged.',
  params: ById,
  query: OfRevision.extend({ purpose: Purpose }),
  reply: file('text/csv'),
  refusals: ['rota.recap_none'],
});
export const getJadwalXlsx = endpoint('GET', '/api/opds/:id/rota/recap.xlsx', {
  who: 'signedIn',
  summary:
    'The published month as a workbook to print, lying on A3 or A4, with head, circulars, letters, overrides and a place to sign. The purpose is logged.',
  params: ById,
  query: OfRevision.extend({ purpose: Purpose, paper: z.enum(['a3', 'a4']).default('a4') }),
  reply: file('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
  refusals: ['rota.recap_none'],
});
export const getRegionJadwalCsv = endpoint('GET', '/api/rota/recap.csv', {
  who: ['bkd', 'administrator'],
  summary: 'The same rows of all OPDs that have published the month, each in its newest revision, streamed.',
  query: z.object({ month: Month, purpose: Purpose }),
  reply: file('text/csv'),
  refusals: ['rota.recap_none'],
});
