// Papers of the portal on the wire: what anybody who holds one may know of it.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { Day, Id, Instant, line, Zone } from './people.ts';

export const Verification = z.object({
  paper: z.enum(['daftar_hadir', 'notulen', 'undangan', 'ralat', 'pembatalan', 'surat_tugas', 'perubahan_tugas', 'pencabutan_tugas']),
  number: z.string(),
  title: z.string(),
  opdName: z.string(),
  regionName: z.string(),
  chairName: z.string(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  zone: Zone,
  /** When it was frozen: made final, or approved. */
  finalisedAt: Instant,
  present: z.number(),
  invited: z.number(),
  /** Of a notulen: how many it holds. */
  decisions: z.number().nullable(),
  fingerprint: z.string(),
  /** Of an undangan and what followed it: who signed, as what, when and where the meeting is by this letter, and whether the letter still holds. */
  letter: z
    .object({
      signer: z.string(),
      startsAt: Instant,
      endsAt: Instant.nullable(),
      place: z.string(),
      state: z.enum(['terbit', 'digantikan', 'batal']),
      /** The number of the letter that replaced it. */
      replacedBy: z.string().nullable(),
    })
    .optional(),
  /** Of a surat tugas and what followed it: who signed, the month, of how many people, and whether it still holds. */
  assignment: z
    .object({ signer: z.string(), month: z.string(), people: z.number(), state: z.enum(['terbit', 'diubah', 'dicabut']), followedBy: z.string().nullable() })
    .optional(),
});
export type Verification = z.infer<typeof Verification>;
export const getVerification = endpoint('GET', '/api/verifications/:code', {
  who: 'anyone',
  summary: "What the portal has on record for the code printed on a paper; no personal data beyond the chair's name.",
  params: z.object({ code: z.string().regex(/^[A-Z0-9]{4}(-[A-Z0-9]{4}){3}$/) }),
  reply: Verification,
  refusals: ['not_found'],
});

export const Series = z.enum(['undangan', 'ralat', 'pembatalan', 'disposisi', 'tugas']);
export const ClassificationCode = z.string().regex(/^[0-9]{1,3}(\.[0-9]{1,3}){0,4}$/);
const ByOpd = z.object({ opd: Id });

export const BookNumber = z.object({
  id: Id,
  series: z.string(),
  classification: z.string(),
  number: z.string(),
  day: Day,
  subject: z.string().nullable(),
  byName: z.string().nullable(),
  at: Instant,
  /** Given, and not used any more; it is never given again. */
  voided: z.object({ reason: z.string().nullable(), at: Instant }).nullable(),
});
export type BookNumber = z.infer<typeof BookNumber>;
export const NumberBook = z.object({
  opdId: Id,
  opdName: z.string(),
  year: z.number(),
  /** This year, and those with numbers. */
  years: z.array(z.number()),
  rows: z.array(BookNumber),
  /** Where each series and classification stands; `first` > 1: the portal went on from numbers given on paper. */
  counters: z.array(z.object({ series: z.string(), classification: z.string(), first: z.number(), last: z.number() })),
  mayKeep: z.boolean(),
});
export type NumberBook = z.infer<typeof NumberBook>;
const BookQuery = z.object({ year: z.coerce.number().int().min(2000).max(2200).optional() });
export const getNumberBook = endpoint('GET', '/api/opds/:opd/letter-numbers', {
  who: ['kepala_opd', 'admin_opd', 'bkd'],
  summary: 'The book of numbers of an OPD and year, voided ones with it; for who manages the OPD.',
  params: ByOpd,
  query: BookQuery,
  reply: NumberBook,
});
export const getNumberBookCsv = endpoint('GET', '/api/opds/:opd/letter-numbers.csv', {
  who: ['kepala_opd', 'admin_opd', 'bkd'],
  summary: 'The same book as CSV; its export is logged.',
  params: ByOpd,
  query: BookQuery,
  reply: file('text/csv'),
});
export const putFirstNumber = endpoint('PUT', '/api/opds/:opd/letter-numbers/first', {
  who: ['admin_opd'],
  summary: 'Where a series of this year goes on, because earlier numbers were given on paper; before the portal gave its first one.',
  params: ByOpd,
  body: z.object({
    series: Series,
    classification: ClassificationCode,
    year: z.number().int().min(2000).max(2200),
    first: z.number().int().min(1).max(99_999),
  }),
  reply: NumberBook,
  refusals: ['letter.numbers_given'],
});

export const Letterhead = z.object({
  opdId: Id,
  opdName: z.string(),
  regionName: z.string(),
  address: z.string().nullable(),
  contact: z.string().nullable(),
  /** The town a letter is written in ("Cirebon"). */
  place: z.string().nullable(),
  /** How numbers are written; null = the portal's own way. */
  template: z.string().nullable(),
  defaultTemplate: z.string(),
  /** The next undangan, as it would be numbered today. */
  example: z.string(),
  logo: z.boolean(),
});
export type Letterhead = z.infer<typeof Letterhead>;
export const getLetterhead = endpoint('GET', '/api/opds/:opd/letterhead', {
  who: ['kepala_opd', 'admin_opd', 'bkd'],
  summary: 'What stands at the head of the letters of an OPD, and how its numbers are written.',
  params: ByOpd,
  reply: Letterhead,
});
export const putLetterhead = endpoint('PUT', '/api/opds/:opd/letterhead', {
  who: ['admin_opd'],
  summary: 'Address, contact, town and the way numbers are written. Letters issued before keep theirs.',
  params: ByOpd,
  body: z.object({ address: line(200).nullable(), contact: line(200).nullable(), place: line(60).nullable(), template: line(120).nullable() }),
  reply: Letterhead,
});
export const putLetterLogo = endpoint('PUT', '/api/opds/:opd/letterhead/logo', {
  who: ['admin_opd'],
  summary: 'The coat of arms on the left of the letterhead: PNG, at most 256 KiB, 64 to 2,000 pixels a side.',
  params: ByOpd,
  body: z.instanceof(Uint8Array),
  bodyType: 'application/octet-stream',
  reply: Letterhead,
  refusals: ['file.infected', 'file.not_scanned', 'letter.logo'],
});
export const deleteLetterLogo = endpoint('DELETE', '/api/opds/:opd/letterhead/logo', {
  who: ['admin_opd'],
  summary: 'Letters go without a coat of arms.',
  params: ByOpd,
  reply: Letterhead,
});
export const getLetterLogo = endpoint('GET', '/api/opds/:opd/letterhead/logo', {
  who: ['kepala_opd', 'admin_opd', 'bkd'],
  summary: 'The coat of arms as it was sent in.',
  params: ByOpd,
  reply: file('image/png'),
});

export const Classification = z.object({ code: ClassificationCode, name: line(120) });
export type Classification = z.infer<typeof Classification>;
export const getClassifications = endpoint('GET', '/api/letter-classifications', {
  who: 'signedIn',
  summary: 'Codes under which letters are filed.',
  reply: z.array(Classification),
});
export const ClassificationBook = z.object({
  /** `retired`: not offered any more, kept for the `used` numbers under it. */
  codes: z.array(Classification.extend({ used: z.number(), retired: z.boolean() })),
  /** The newest hundred. `before`: its name as it was. */
  changes: z.array(
    z.object({
      code: z.string(),
      act: z.enum(['ditambah', 'diubah', 'dihapus', 'dipakai_lagi']),
      name: z.string(),
      before: z.string().nullable(),
      byName: z.string().nullable(),
      at: Instant,
    }),
  ),
});
export type ClassificationBook = z.infer<typeof ClassificationBook>;
const ByCode = z.object({ code: ClassificationCode });
export const getClassificationBook = endpoint('GET', '/api/letter-classifications/book', {
  who: ['admin_opd'],
  summary: 'The codes with how often each was used, those not offered any more, and who changed what.',
  reply: ClassificationBook,
});
export const putClassification = endpoint('PUT', '/api/letter-classifications/:code', {
  who: ['admin_opd'],
  summary: 'Add a code, name it anew, or offer it again. The list is one for the region.',
  params: ByCode,
  body: Classification.pick({ name: true }),
  reply: ClassificationBook,
});
export const deleteClassification = endpoint('DELETE', '/api/letter-classifications/:code', {
  who: ['admin_opd'],
  summary: 'Not offered any more; a code under which numbers were given stays on record.',
  params: ByCode,
  reply: ClassificationBook,
});
export const postClassificationImport = endpoint('POST', '/api/letter-classifications/import', {
  who: ['admin_opd'],
  summary: 'Codes and names as CSV, all rows or none; what the file does not name stays.',
  body: z.object({ text: z.string().min(1).max(600_000) }),
  reply: ClassificationBook.extend({ added: z.number(), changed: z.number() }),
});
