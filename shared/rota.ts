// The plan of a month on the wire: who is where on which day in one OPD, and what the rules say of it.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { ById, Day, Id, Instant, Level, line, Zone } from './people.ts';
import { AppliedRule, Shift } from './policies.ts';
import { Month } from './recap.ts';
import { DayCode } from './roster.ts';

/** draft → diajukan → terbit → direvisi → dikunci; `direvisi` is a plan in force that is being changed. */
export const PlanState = z.enum(['draft', 'diajukan', 'terbit', 'direvisi', 'dikunci']);
export type PlanState = z.infer<typeof PlanState>;

export const PlanUnit = z.object({
  id: Id,
  parentId: Id.nullable(),
  name: z.string(),
  kind: z.enum(['opd', 'bidang', 'seksi']),
});
export const PlanPerson = z.object({
  id: Id,
  name: z.string(),
  position: z.string().nullable(),
  level: Level.nullable(),
  /** Their own unit; it lies in `units`. */
  unitId: Id,
  functions: z.array(z.string()),
  /** Days (indices into `days`) on which a Plh or Plt is in force for their post: they need not be on site. */
  coveredOn: z.array(z.number().int()),
  /** Days of leave, sickness or travel, with their code; `long` ones leave the base of a percentage. */
  absences: z.array(z.object({ from: Day, until: Day, code: z.enum(['CUTI', 'SAKIT', 'DL']), long: z.boolean() })),
  /** Rank by which they are at home first where a rule says so: 0 = not ranked; higher = earlier. Told to the admin of the OPD and the generator; else 0. */
  homeFirst: z.number().int(),
  /** Days before this month of the same week that were WFH, for rules that count by week. */
  before: z.array(z.object({ date: Day, code: DayCode })),
  /** What they had of each in the months before, for fairness: counts of PIKET, of Mondays and Fridays on site, of weekends and holidays on duty. */
  carried: z.object({ piket: z.number(), monFri: z.number(), offDays: z.number() }),
});
export type PlanPerson = z.infer<typeof PlanPerson>;
export const PlanDay = z.object({
  date: Day,
  /** ISO: 1 is Monday. */
  weekday: z.number().int(),
  /** `kerja`: a working day of this office. */
  kind: z.enum(['kerja', 'akhir_pekan', 'libur', 'cuti_bersama']),
  name: z.string().nullable(),
});
export type PlanDay = z.infer<typeof PlanDay>;
export const PlanCell = z.object({ code: DayCode, shift: z.string().nullable() });
export type PlanCell = z.infer<typeof PlanCell>;

/** What rules are checked against and the generator is asked with. Cells: `cells[person.id][day]`; null = not planned yet. */
export const PlanSheet = z.object({
  opdId: Id,
  month: Month,
  zone: Zone,
  units: z.array(PlanUnit),
  people: z.array(PlanPerson),
  days: z.array(PlanDay),
  shifts: z.array(Shift),
  cells: z.record(Id, z.array(PlanCell.nullable())),
  rules: z.array(AppliedRule),
  /** Published days up to this one are as they were lived: they stay, and what lies in them alone is judged no more. Null: all is still planned. */
  livedUntil: Day.nullable(),
});
export type PlanSheet = z.infer<typeof PlanSheet>;

/** One breach of one rule. `key` stays the same as long as the same rule is broken at the same place: an override holds on to it. */
export const Violation = z.object({
  key: z.string(),
  ruleId: Id,
  kind: z.string(),
  unitId: Id.nullable(),
  personIds: z.array(Id),
  dates: z.array(Day),
  shift: z.string().nullable(),
  /** `{ onSite: 8, base: 14, cap: 7, percent: 57, limit: 50 }`; what a kind tells is said beside its rule (rota-rules.ts). */
  figures: z.record(z.string(), z.number()),
});
export type Violation = z.infer<typeof Violation>;

export const OverrideReason = line(400);

/** What one may do with a plan now; the others are not offered. */
export const PlanAct = z.enum(['ajukan', 'kembalikan', 'terbitkan', 'revisi', 'batal_revisi', 'kunci']);
export type PlanAct = z.infer<typeof PlanAct>;
/** How a cell came to be: by hand, copied, filled in, from the generator, by a swap, corrected; `.` in `marks`: nothing planned. */
export const CellSource = z.enum(['tangan', 'salin', 'isi', 'generator', 'tukar', 'koreksi']);
export type CellSource = z.infer<typeof CellSource>;

export const Override = z.object({
  key: z.string(),
  /** Holds while the violation is no worse than this. */
  figures: z.record(z.string(), z.number()),
  words: z.string(),
  reason: z.string(),
  byName: z.string(),
  at: Instant,
});
export type Override = z.infer<typeof Override>;
export const PlanStep = z.object({ act: z.string(), words: z.string().nullable(), revision: z.number().nullable(), byName: z.string(), at: Instant });
/** `why`: what a revision beside the plan came from: a swap, leave, a correction. */
export const PlanRevision = z.object({ revision: z.number(), at: Instant, byName: z.string(), why: z.string().nullable(), sha256: z.string() });
export type PlanRevision = z.infer<typeof PlanRevision>;
/** A violation in words, in the language of whoever asked. */
export const SaidViolation = z.object({ violation: Violation, place: z.string(), text: z.string(), overridden: z.boolean() });
export type SaidViolation = z.infer<typeof SaidViolation>;

export const PlanHead = z.object({
  id: Id,
  opdId: Id,
  opdName: z.string(),
  month: Month,
  state: PlanState,
  /** Grows with every change; whoever changes says which they saw. */
  version: z.number(),
  /** The newest published revision; null: none yet. */
  revision: z.number().nullable(),
});
export type PlanHead = z.infer<typeof PlanHead>;
export const PlanView = z.object({
  plan: PlanHead,
  sheet: PlanSheet,
  /** By person, a sign a day, how its cell came to be: t by hand, s copied, i filled in, g generator, x swapped, k corrected, `.` nothing. */
  marks: z.record(Id, z.string()),
  violations: z.array(SaidViolation),
  overrides: z.array(Override),
  steps: z.array(PlanStep),
  revisions: z.array(PlanRevision),
  may: z.object({ edit: z.boolean(), override: z.boolean(), absences: z.boolean(), acts: z.array(PlanAct) }),
  serverTime: Instant,
});
export type PlanView = z.infer<typeof PlanView>;

const OfMonth = z.object({ month: Month });
export const getRotaPlans = endpoint('GET', '/api/opds/:id/rota/plans', {
  who: 'signedIn',
  summary: 'The plans of an OPD, newest month first.',
  params: ById,
  reply: z.object({ plans: z.array(PlanHead), mayOpen: z.boolean(), serverTime: Instant }),
});
export const getRota = endpoint('GET', '/api/opds/:id/rota', {
  who: 'signedIn',
  summary: 'The plan of a month with its sheet, violations and steps; null when nobody has opened it. Reading it is logged.',
  params: ById,
  query: OfMonth,
  reply: z.object({ view: PlanView.nullable() }),
});
export const postRota = endpoint('POST', '/api/opds/:id/rota', {
  who: 'signedIn',
  summary: 'Open the plan of a month; once opened it is the same one.',
  params: ById,
  body: OfMonth,
  reply: PlanHead,
  refusals: ['rota.month', 'role.missing'],
});

/** As many as fit into one request, with their shifts. */
export const MOST_CELLS = 8_000;
export const CellInput = z.object({ personId: Id, date: Day, code: DayCode.nullable(), shift: line(20).nullable().default(null) });
export type CellInput = z.infer<typeof CellInput>;
/** Whoever changed a cell after the version that was seen: nothing of theirs is overwritten, and what was sent is given back. */
export const CellClash = z.object({ personId: Id, date: Day, theirs: PlanCell.nullable(), yours: PlanCell.nullable(), byName: z.string(), at: Instant });
export type CellClash = z.infer<typeof CellClash>;
export const Saved = z.object({ version: z.number(), saved: z.number(), clashes: z.array(CellClash) });
export type Saved = z.infer<typeof Saved>;
export const putRotaCells = endpoint('PUT', '/api/rota/plans/:id/cells', {
  who: 'signedIn',
  summary: 'Set cells of a plan that is drafted or revised, all that nobody else changed since the version seen; the others come back as clashes.',
  params: ById,
  body: z.object({ version: z.number().int().min(0), cells: z.array(CellInput).min(1).max(MOST_CELLS) }),
  reply: Saved,
  refusals: ['rota.not_open', 'rota.day_fixed'],
});
export const getRotaCells = endpoint('GET', '/api/rota/plans/:id/cells', {
  who: 'signedIn',
  summary: 'The cells that changed after a version, as they are now; `outside`: something beside cells changed too (a step, an override, leave, a swap).',
  params: ById,
  query: z.object({ since: z.coerce.number().int().min(0).max(2_147_483_647) }),
  reply: z.object({ plan: PlanHead, cells: z.array(CellInput.extend({ mark: z.string() })), outside: z.boolean(), serverTime: Instant }),
});
/** `isi`: empty working days become `code`, days off LIBUR. `salin`: the same weekday of the first week before `from` that the plan of that month has. */
export const postRotaFill = endpoint('POST', '/api/rota/plans/:id/fill', {
  who: 'signedIn',
  summary: 'Fill empty cells with a code, or with what was planned four weeks or one week before; what is set stays.',
  params: ById,
  body: z.object({
    version: z.number().int().min(0),
    how: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('isi'), code: z.enum(['WFO', 'WFH']) }),
      z.object({ kind: z.literal('salin'), weeks: z.union([z.literal(1), z.literal(4)]) }),
    ]),
    from: Day.optional(),
    until: Day.optional(),
    personIds: z.array(Id).max(5000).optional(),
  }),
  reply: Saved,
  refusals: ['rota.not_open', 'rota.day_fixed'],
});
/** `was`: what is published; null: nothing yet. */
export const PlanChange = z.object({ personId: Id, name: z.string(), date: Day, was: PlanCell.nullable(), becomes: PlanCell.nullable() });
export type PlanChange = z.infer<typeof PlanChange>;
export const getRotaChanges = endpoint('GET', '/api/rota/plans/:id/changes', {
  who: 'signedIn',
  summary: 'What would change for whom if the plan were published now; nothing where nothing is published yet.',
  params: ById,
  reply: z.object({ changes: z.array(PlanChange) }),
  refusals: ['rota.not_published'],
});
export const postRotaStep = endpoint('POST', '/api/rota/plans/:id/steps', {
  who: 'signedIn',
  summary: 'Submit, send back with words, publish, revise, drop a revision, lock.',
  params: ById,
  body: z.object({ act: PlanAct, version: z.number().int().min(0), words: line(400).nullable().default(null) }),
  reply: PlanHead,
  refusals: ['role.missing', 'rota.not_open', 'rota.changed', 'rota.violates', 'rota.incomplete', 'rota.not_head'],
});
export const putRotaOverride = endpoint('PUT', '/api/rota/plans/:id/overrides', {
  who: 'signedIn',
  summary: 'The head lets a violation stand, with a reason; `reason` null takes it back. `figures`: as they were seen; worse ones since are refused.',
  params: ById,
  body: z.object({ key: z.string().min(1).max(300), reason: OverrideReason.nullable(), figures: z.record(z.string().max(40), z.number()).optional() }),
  reply: z.array(Override),
  refusals: ['rota.not_open', 'rota.not_head', 'rota.no_violation', 'rota.changed'],
});
export const postRotaCorrection = endpoint('POST', '/api/rota/plans/:id/corrections', {
  who: 'signedIn',
  once: true,
  summary: 'One day of a published month was otherwise: a revision of its own, with the reason.',
  params: ById,
  body: z.object({ personId: Id, date: Day, code: DayCode, shift: line(20).nullable().default(null), reason: OverrideReason }),
  reply: PlanHead,
  refusals: ['rota.not_published'],
});

export const SwapState = z.enum(['diminta', 'disepakati', 'disahkan', 'ditolak', 'dibatalkan']);
export type SwapState = z.infer<typeof SwapState>;
const Party = z.object({ id: Id, name: z.string(), date: Day, code: DayCode, shift: z.string().nullable() });
export const Swap = z.object({
  id: Id,
  planId: Id,
  state: SwapState,
  /** Each with the day they give away and what they have on it. */
  asker: Party,
  other: Party,
  note: z.string().nullable(),
  askedAt: Instant,
  steps: z.array(z.object({ state: SwapState, words: z.string().nullable(), byName: z.string(), at: Instant })),
  may: z.object({ agree: z.boolean(), approve: z.boolean(), refuse: z.boolean(), withdraw: z.boolean() }),
});
export type Swap = z.infer<typeof Swap>;
export const getRotaSwaps = endpoint('GET', '/api/rota/swaps', {
  who: 'signedIn',
  summary: 'Own swaps; with `opd`, those of its people that are to be decided or were.',
  query: z.object({ opd: Id.optional() }),
  reply: z.object({ swaps: z.array(Swap), serverTime: Instant }),
});
export const postRotaSwap = endpoint('POST', '/api/rota/swaps', {
  who: 'signedIn',
  summary: 'Ask somebody of the own unit to swap a day of a published plan; the rules are asked too.',
  body: z.object({ date: Day, otherId: Id, otherDate: Day, note: line(200).nullable().default(null) }),
  reply: Swap,
  refusals: ['rota.swap_not_possible', 'rota.violates'],
});
export const postRotaSwapStep = endpoint('POST', '/api/rota/swaps/:id/steps', {
  who: 'signedIn',
  summary: 'Agree (the other), approve (the head or who prepares; publishes a revision), refuse, withdraw (the asker).',
  params: ById,
  body: z.object({ act: z.enum(['sepakat', 'sahkan', 'tolak', 'batal']), words: line(200).nullable().default(null) }),
  reply: Swap,
  refusals: ['role.missing', 'rota.swap_over', 'rota.swap_not_possible', 'rota.violates', 'rota.own_swap'],
});

export const AbsenceCode = z.enum(['CUTI', 'SAKIT', 'DL']);
export const Absence = z.object({
  id: Id,
  personId: Id,
  name: z.string(),
  code: AbsenceCode,
  from: Day,
  until: Day,
  long: z.boolean(),
  basis: z.string(),
  byName: z.string(),
  at: Instant,
  revoked: z.object({ reason: z.string(), byName: z.string(), at: Instant }).nullable(),
});
export type Absence = z.infer<typeof Absence>;
/** `broken`: what published plans break now that they did not before. */
const AbsenceReply = z.object({ absence: Absence, broken: z.array(SaidViolation) });
export const getAbsences = endpoint('GET', '/api/opds/:id/absences', {
  who: 'signedIn',
  summary: 'Leave, sickness and travel of the people of an OPD in a period, revoked ones too. Reading it is logged.',
  params: ById,
  query: z.object({ from: Day, until: Day }),
  reply: z.object({ absences: z.array(Absence), mayEnter: z.boolean(), serverTime: Instant }),
});
export const postAbsence = endpoint('POST', '/api/opds/:id/absences', {
  who: 'signedIn',
  summary: 'Enter leave, sickness or travel with its basis. Published days change at once; what breaks by it is answered.',
  params: ById,
  body: z.object({ personId: Id, code: AbsenceCode, from: Day, until: Day, long: z.boolean().default(false), basis: line(200) }),
  reply: AbsenceReply,
  refusals: ['rota.absence_overlaps', 'role.missing'],
});
export const postAbsenceRevoke = endpoint('POST', '/api/absences/:id/revoke', {
  who: 'signedIn',
  summary: 'Revoke an absence with a reason; published days become again what was planned.',
  params: ById,
  body: z.object({ reason: OverrideReason }),
  reply: AbsenceReply,
  refusals: ['role.missing'],
});

export const MyDay = z.object({
  date: Day,
  kind: PlanDay.shape.kind,
  name: z.string().nullable(),
  code: DayCode.nullable(),
  shift: z.string().nullable(),
  basis: z.string().nullable(),
});
export type MyDay = z.infer<typeof MyDay>;
export const getMyRota = endpoint('GET', '/api/me/rota', {
  who: 'signedIn',
  summary: 'Own days of a month as published, and those of the own unit whom one can swap with (leave is not told).',
  query: OfMonth,
  reply: z.object({
    month: Month,
    /** null: nothing is published. */
    planId: Id.nullable(),
    revision: z.number().nullable(),
    state: PlanState.nullable(),
    days: z.array(MyDay),
    colleagues: z.array(
      z.object({
        id: Id,
        name: z.string(),
        position: z.string().nullable(),
        codes: z.array(z.object({ code: DayCode, shift: z.string().nullable() }).nullable()),
      }),
    ),
    swaps: z.array(Swap),
    today: Day,
    serverTime: Instant,
  }),
});
