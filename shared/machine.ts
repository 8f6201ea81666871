// The attendance machine on the wire: its log as a file, whom its numbers mean, and the days that do not fit their code, listed for a human.
// A machine says when it was touched. Who was where, and why, is said by people.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { ById, Day, Id, Instant, line, Zone } from './people.ts';
import { DayCode } from './roster.ts';

/** A title of the header row, or the number of a column from 1 where there is none. */
const Column = line(80);
export const MachineFormat = z.object({
  header: z.boolean(),
  pin: Column,
  /** Date and time, or the date where the time stands in a column of its own. */
  at: Column,
  clock: Column.nullable(),
  device: Column.nullable(),
  /** How a date like 03/04/2026 is meant; one that begins with its year is plain. */
  order: z.enum(['dmy', 'mdy']),
});
export type MachineFormat = z.infer<typeof MachineFormat>;

const UnknownPin = z.object({ pin: z.string(), punches: z.number(), last: Instant });
const NotUnderstood = z.object({ line: z.number(), text: z.string(), why: z.string() });
export type NotUnderstood = z.infer<typeof NotUnderstood>;

const Totals = {
  /** Lines that hold something, without the header. */
  lines: z.number(),
  /** New touches; in a preview: what would be added. */
  added: z.number(),
  /** Known from this or another file. */
  already: z.number(),
  refused: z.number(),
};
export const MachinePreview = z.object({
  ...Totals,
  zone: Zone,
  /** Null: the columns are not recognised and have to be chosen. */
  format: MachineFormat.nullable(),
  /** Where it comes from: chosen now, remembered of this OPD, or recognised in the file. */
  formatBy: z.enum(['dipilih', 'diingat', 'dikenali']).nullable(),
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  /** Named by their line in the file; the first of them. */
  notUnderstood: z.array(NotUnderstood),
  first: Instant.nullable(),
  last: Instant.nullable(),
  persons: z.number(),
  unknown: z.array(UnknownPin),
  /** This very file was taken in already. */
  before: z.object({ at: Instant, byName: z.string().nullable() }).nullable(),
});
export type MachinePreview = z.infer<typeof MachinePreview>;

const ImportRow = z.object({
  id: Id,
  fileName: z.string().nullable(),
  ...Totals,
  at: Instant,
  byName: z.string().nullable(),
  /** Its touches do not count any more; they stay on record. */
  withdrawn: z.object({ byName: z.string().nullable(), at: Instant, reason: z.string().nullable() }).nullable(),
  /** Touches it had too went with a file that was withdrawn: taken in once more, it brings them back. */
  again: z.boolean(),
  mayWithdraw: z.boolean(),
});
export const MachineView = z.object({
  opdId: Id,
  opdName: z.string(),
  zone: Zone,
  format: MachineFormat.nullable(),
  /** The newest touch on record. */
  until: Instant.nullable(),
  imports: z.array(ImportRow),
  /** Numbers nobody has been named for. */
  unknown: z.array(UnknownPin),
  pins: z.array(z.object({ pin: z.string(), personId: Id, personName: z.string(), from: Day, byName: z.string().nullable() })),
  staff: z.array(z.object({ id: Id, name: z.string() })),
  mayKeep: z.boolean(),
});
export type MachineView = z.infer<typeof MachineView>;

const who = ['kepala_opd', 'admin_opd', 'bkd', 'administrator'] as const;
const keepers = ['admin_opd', 'administrator'] as const;
const bytes = z.custom<Blob | Uint8Array>((body) => body instanceof Uint8Array);
/** JSON of a MachineFormat; without it the remembered one, else the one recognised. */
const FileQuery = z.object({ name: line(160), format: z.string().max(1_000).optional() });

export const getMachine = endpoint('GET', '/api/opds/:id/machine', {
  who: 'signedIn',
  summary: 'The attendance machine of an OPD: files taken in, numbers and whom they mean. For its head and admins, BKD and administrators. Logged.',
  params: ById,
  reply: MachineView,
});
export const postMachinePreview = endpoint('POST', '/api/opds/:id/machine/preview', {
  who: keepers,
  summary: 'What a log (CSV, text with tabs, XLSX; at most 6 MiB and 100,000 lines) holds and which lines are not understood. Writes nothing.',
  params: ById,
  query: FileQuery,
  body: bytes,
  bodyType: 'application/octet-stream',
  reply: MachinePreview,
  refusals: ['machine.file', 'input.invalid'],
});
export const postMachineImport = endpoint('POST', '/api/opds/:id/machine/imports', {
  who: keepers,
  summary: 'Takes a log in. Times are those of the office. What is known already adds nothing; the columns are remembered for this OPD.',
  params: ById,
  query: FileQuery,
  body: bytes,
  bodyType: 'application/octet-stream',
  reply: z.object({ ...Totals, unknown: z.array(UnknownPin), notUnderstood: z.array(NotUnderstood) }),
  refusals: ['machine.file', 'machine.columns', 'input.invalid'],
});
export const postMachineWithdrawal = endpoint('POST', '/api/opds/:id/machine/imports/:importId/withdrawal', {
  who,
  summary: 'The touches of a file do not count from now on, by who took it in or an admin, with a reason. Its rows stay; days that leaned on it fall back.',
  params: ById.extend({ importId: Id }),
  body: z.object({ reason: line(200) }),
  reply: MachineView,
  refusals: ['role.missing'],
});
export const putMachinePin = endpoint('PUT', '/api/opds/:id/machine/pins', {
  who: keepers,
  summary: 'Whom a number of the machine means from a day on (null: nobody). What it recorded from then on counts at once.',
  params: ById,
  body: z.object({ pin: line(40), personId: Id.nullable(), from: Day }),
  reply: MachineView,
});

/** A day that does not fit its code. Why, only people can say. */
export const CaseKind = z.enum(['wfh_merekam', 'tanpa_rekam', 'rekam_saat_cuti', 'di_luar_jam']);
export type CaseKind = z.infer<typeof CaseKind>;
/** What is known of the day: nothing here is a judgement. */
export const CaseFacts = z.object({
  code: DayCode.nullable(),
  basis: z.string().nullable(),
  hours: z.object({ from: Instant, to: Instant }).nullable(),
  dayName: z.string().nullable(),
  punches: z.array(z.object({ at: Instant, device: z.string().nullable() })),
  /** Meetings joined that day, and minutes in them. */
  meetings: z.number(),
  minutes: z.number(),
});
export type CaseFacts = z.infer<typeof CaseFacts>;
const CaseAct = z.enum(['ubah_kode', 'catatan', 'biarkan']);
export type CaseAct = z.infer<typeof CaseAct>;
export const MachineCase = z.object({
  personId: Id,
  name: z.string(),
  nip: z.string().nullable(),
  unitName: z.string(),
  date: Day,
  kind: CaseKind,
  facts: CaseFacts,
  /** What was looked at when deciding. */
  seen: z.string(),
  /** The newest word on it. `current`: it was said of these very facts. */
  decided: z
    .object({ act: CaseAct, code: DayCode.nullable(), note: z.string().nullable(), byName: z.string().nullable(), at: Instant, current: z.boolean() })
    .nullable(),
});
export type MachineCase = z.infer<typeof MachineCase>;
export const MachineCases = z.object({
  opdId: Id,
  opdName: z.string(),
  zone: Zone,
  from: Day,
  to: Day,
  open: z.number(),
  rows: z.array(MachineCase),
  /** Further rows that are not listed. */
  more: z.number(),
  mayDecide: z.boolean(),
});
export type MachineCases = z.infer<typeof MachineCases>;
export const getMachineCases = endpoint('GET', '/api/opds/:id/machine/cases', {
  who: 'signedIn',
  summary: 'Days whose code and machine do not fit, with what is known; decided ones stay listed. At most 31 days. Logged.',
  params: ById,
  query: z.object({ from: Day, to: Day }),
  reply: MachineCases,
});
export const postMachineDecision = endpoint('POST', '/api/opds/:id/machine/decisions', {
  who,
  summary: 'A named human corrects the code (with a reason, as a new row), notes something, or leaves it as it is. Not of the own day.',
  params: ById,
  body: z.object({
    personId: Id,
    date: Day,
    kind: CaseKind,
    seen: z.string().regex(/^[0-9a-f]{64}$/),
    act: CaseAct,
    code: DayCode.nullable().default(null),
    note: line(150).nullable().default(null),
  }),
  refusals: ['machine.moved', 'machine.own', 'role.missing'],
});
/** What the log says of one person, for that person. */
export const OwnMachine = z.object({
  /** Newest first; of files that were not withdrawn. */
  touches: z.array(z.object({ at: Instant, device: z.string().nullable(), opdName: z.string() })),
  pins: z.array(z.object({ opdName: z.string().nullable(), pin: z.string(), from: Day, byName: z.string().nullable() })),
  decisions: z.array(
    z.object({ date: Day, kind: CaseKind, act: CaseAct, code: DayCode.nullable(), note: z.string().nullable(), byName: z.string().nullable(), at: Instant }),
  ),
});
export const postReckoning = endpoint('POST', '/api/opds/:id/reckonings', {
  who: keepers,
  once: true,
  summary: 'Reckon days that are over anew by work hours and holidays as they are known now. Logged with the reason; without it nothing past changes.',
  params: ById,
  body: z.object({ from: Day, to: Day, reason: line(200) }),
});
