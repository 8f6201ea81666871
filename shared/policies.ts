// Policies (SE) on the wire: the circular by which people work at home or on site, and its rules as data, each with the words it rests on.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { ById, Day, Id, Instant, Level, line, paragraphs } from './people.ts';

/** ISO: 1 is Monday. */
export const IsoWeekday = z.number().int().min(1).max(7);
/** `07:30`, in the office's zone; an end before its beginning is on the next day. */
export const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const Shift = z.object({ name: line(20), from: ClockTime, to: ClockTime });
export type Shift = z.infer<typeof Shift>;
/** The units in which something is counted: the whole OPD, each bidang or bagian, each seksi. */
export const CountedIn = z.enum(['opd', 'bidang', 'seksi']);

const percent = z.number().int().min(1).max(100);
/**
 * `batas_hadir`: at most so many per cent of a unit on site (WFO, PIKET) on a working day; base: active staff less those on long leave,
 * rounded down, a unit of one exempt (Kudus, Medan). `siaga`: a unit on alert has at least `min` on site, each shift where shifts are told
 * (Tangsel). `dikecualikan`: the units and functions in scope are not at home at all (Kudus). `jabatan_di_kantor`: these levels are on site,
 * unless a Plh is in force for them (Cirebon; SE MenPANRB 19/2020). `wfh_mingguan`: at most so many WFH days from Monday to Sunday
 * (PermenPANRB 4/2025). `piket_layanan`: a service that is given face to face has at least `min` on PIKET on these weekdays, each shift.
 * `dahulukan_rumah`: who is at home first, by age or by a yes/no flag of health (Medan): ranks, never excludes.
 */
export const PolicyRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('batas_hadir'), percent, countedIn: CountedIn }),
  z.object({ kind: z.literal('siaga'), min: z.number().int().min(1).max(200), shifts: z.array(Shift).max(4).default([]) }),
  z.object({ kind: z.literal('dikecualikan') }),
  z.object({ kind: z.literal('jabatan_di_kantor'), levels: z.array(Level).min(1).max(6), unlessPlh: z.boolean().default(true) }),
  z.object({ kind: z.literal('wfh_mingguan'), days: z.number().int().min(0).max(7) }),
  z.object({
    kind: z.literal('piket_layanan'),
    min: z.number().int().min(1).max(50),
    weekdays: z.array(IsoWeekday).min(1).max(7),
    shifts: z.array(Shift).max(4).default([]),
  }),
  z.object({ kind: z.literal('dahulukan_rumah'), by: z.enum(['usia', 'kesehatan']), fromAge: z.number().int().min(18).max(70).nullable().default(null) }),
]);
export type PolicyRule = z.infer<typeof PolicyRule>;
export type RuleKind = PolicyRule['kind'];

/** `units` empty: the whole region. `functions` empty: everybody there; else these function groups only (`guru`, `tenaga kesehatan`). */
export const Scope = z.object({ units: z.array(Id).max(200).default([]), functions: z.array(line(60)).max(30).default([]) });
export type Scope = z.infer<typeof Scope>;

export const RuleInput = z.object({
  /** null: a new rule. */
  id: Id.nullable().default(null),
  rule: PolicyRule,
  scope: Scope,
  /** The words of the circular it rests on: `angka 3 huruf b`. */
  basis: paragraphs(1, 400),
});
export const PolicyInput = z.object({
  number: line(80),
  date: Day,
  issuer: line(120),
  title: line(200),
  from: Day,
  /** Last day in force; null: until it is reviewed. */
  until: Day.nullable().default(null),
  reviewOn: Day.nullable().default(null),
  rules: z.array(RuleInput).min(1).max(40),
});

/**
 * A rule as it holds for some units and people of one OPD on some days, after the narrowest scope has won. What a checker needs, and
 * nothing of how it was found. `policy`: which circular, for the words of a violation.
 */
export const AppliedRule = z.object({
  id: Id,
  rule: PolicyRule,
  policy: z.object({ id: Id, number: z.string(), date: Day }),
  basis: z.string(),
  /** Units in which it is counted, or whose staff it is about (themselves and below). */
  units: z.array(Id),
  /** null: everybody in those units; else only these. */
  people: z.array(Id).nullable(),
  from: Day,
  until: Day,
});
export type AppliedRule = z.infer<typeof AppliedRule>;

/** `menjelang`: 30 days or less until its last day; `lewat`: past it, and nobody has ended or prolonged it; `tinjau`: its day of review has come. */
const PolicyWarning = z.object({ what: z.enum(['menjelang', 'lewat', 'tinjau']), on: Day, days: z.number() });
export const PolicyCard = z.object({
  id: Id,
  /** null: of the whole region. */
  opd: z.object({ id: Id, name: z.string() }).nullable(),
  version: z.number(),
  number: z.string(),
  date: Day,
  issuer: z.string(),
  title: z.string(),
  from: Day,
  until: Day.nullable(),
  reviewOn: Day.nullable(),
  state: z.enum(['berlaku', 'akan_datang', 'berakhir', 'dicabut']),
  warning: PolicyWarning.nullable(),
  ruleCount: z.number(),
  hasFile: z.boolean(),
  mayChange: z.boolean(),
});
export type PolicyCard = z.infer<typeof PolicyCard>;
const UnitName = z.object({ id: Id, name: z.string() });
export const RuleView = z.object({
  id: Id,
  rule: PolicyRule,
  scope: z.object({ units: z.array(UnitName), functions: z.array(z.string()) }),
  basis: z.string(),
});
export type RuleView = z.infer<typeof RuleView>;
const PolicyVersion = z.object({
  version: z.number(),
  /** The first day on which this version counts. */
  since: Day,
  number: z.string(),
  date: Day,
  title: z.string(),
  from: Day,
  until: Day.nullable(),
  rules: z.array(RuleView),
  why: z.string().nullable(),
  byName: z.string().nullable(),
  at: Instant,
});
export type PolicyVersion = z.infer<typeof PolicyVersion>;
const PolicyFile = z.object({ name: z.string(), size: z.number(), sha256: z.string(), byName: z.string().nullable(), at: Instant });
export const PolicyView = z.object({
  ...PolicyCard.shape,
  rules: z.array(RuleView),
  /** Newest first; the one shown above is among them. */
  versions: z.array(PolicyVersion),
  /** Newest first. */
  files: z.array(PolicyFile),
  ending: z
    .object({ lastDay: Day, reason: z.string(), successor: z.object({ id: Id, number: z.string() }).nullable(), byName: z.string().nullable(), at: Instant })
    .nullable(),
  today: Day,
});
export type PolicyView = z.infer<typeof PolicyView>;

export const getPolicies = endpoint('GET', '/api/policies', {
  who: 'signedIn',
  summary: 'The policies (SE) of the region and of the OPDs this person may read: in force, coming, ended, with warnings. `opd`: those that may concern it.',
  query: z.object({ opd: Id.optional() }),
  reply: z.object({ policies: z.array(PolicyCard), may: z.object({ region: z.boolean(), opds: z.array(UnitName) }) }),
});
export const getPolicy = endpoint('GET', '/api/policies/:id', {
  who: 'signedIn',
  summary: 'One policy with its rules, every former version, its files and how it ended.',
  params: ById,
  reply: PolicyView,
});
export const postPolicy = endpoint('POST', '/api/policies', {
  who: ['admin_opd', 'bkd', 'administrator'],
  summary:
    'A new policy: of the region (BKD, administrator) or of an OPD (its admin, for its own units only). `key` makes a retry harmless and becomes its id.',
  body: z.object({ key: Id, opdId: Id.nullable(), policy: PolicyInput }),
  reply: PolicyView,
  refusals: ['role.missing'],
});
export const putPolicy = endpoint('PUT', '/api/policies/:id', {
  who: ['admin_opd', 'bkd', 'administrator'],
  summary: 'A new version, which counts from `since` on (today or later); days before keep the former one. `version`: the one it was made from.',
  params: ById,
  body: z.object({ version: z.number().int().min(1), since: Day, why: line(300), policy: PolicyInput }),
  reply: PolicyView,
  refusals: ['policy.changed', 'policy.ended', 'role.missing'],
});
export const postPolicyEnd = endpoint('POST', '/api/policies/:id/end', {
  who: ['admin_opd', 'bkd', 'administrator'],
  summary: 'Ends a policy (dicabut): its last day in force (yesterday or later), why, and which one follows it. Once.',
  params: ById,
  body: z.object({ lastDay: Day, reason: paragraphs(1, 400), successorId: Id.nullable().default(null) }),
  reply: PolicyView,
  refusals: ['policy.ended', 'role.missing'],
});
export const putPolicyFile = endpoint('PUT', '/api/policies/:id/file', {
  who: ['admin_opd', 'bkd', 'administrator'],
  summary: 'The signed circular as PDF, at most 5 MiB; a former file stays.',
  params: ById,
  query: z.object({ name: line(120) }),
  body: z.custom<Blob | Uint8Array>((bytes) => bytes instanceof Uint8Array),
  bodyType: 'application/octet-stream',
  reply: PolicyView,
  refusals: ['file.infected', 'file.not_scanned', 'policy.file', 'role.missing'],
});
export const getPolicyFile = endpoint('GET', '/api/policies/:id/file', {
  who: 'signedIn',
  summary: 'The newest file of a policy; with `sha256` a former one.',
  params: ById,
  query: z.object({
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  reply: file('application/pdf'),
});

export const PolicyTemplate = z.object({
  key: z.string(),
  name: z.string(),
  /** What it does and what is to be filled in. */
  about: z.string(),
  source: z.string(),
  rules: z.array(z.object({ rule: PolicyRule, functions: z.array(z.string()), basis: z.string(), note: z.string().nullable() })),
});
export type PolicyTemplate = z.infer<typeof PolicyTemplate>;
export const getPolicyTemplates = endpoint('GET', '/api/policy-templates', {
  who: ['admin_opd', 'bkd', 'administrator'],
  summary: 'Rules that regions have used, to start from, with their figures filled in.',
  reply: z.array(PolicyTemplate),
});

/**
 * Why a rule does not decide (everywhere): another has the narrower scope (`cakupan`), is about a function group (`kelompok`), is of a newer date
 * (`tanggal`) or of a later number of the same date (`nomor`); everybody there is exempt from working at home (`dikecualikan`); nobody there is in its
 * function group (`tanpa_anggota`).
 */
const LostWhy = z.enum(['cakupan', 'kelompok', 'tanggal', 'nomor', 'dikecualikan', 'tanpa_anggota']);
export type LostWhy = z.infer<typeof LostWhy>;
const Judged = z.object({ ...RuleView.shape, policy: z.object({ id: Id, number: z.string(), title: z.string() }) });
export const DecidedKind = z.object({
  kind: z.string(),
  won: z.array(z.object({ ...Judged.shape, units: z.array(UnitName), /** null: everybody there. */ people: z.number().nullable() })),
  lost: z.array(z.object({ ...Judged.shape, why: LostWhy, to: z.string().nullable(), /** For how many it does not decide. */ people: z.number() })),
});
export type DecidedKind = z.infer<typeof DecidedKind>;
export const getDecidedRules = endpoint('GET', '/api/opds/:id/rules', {
  who: 'signedIn',
  summary: 'Which rule of which policy decides in an OPD on a day, kind by kind; which do not, and why.',
  params: ById,
  query: z.object({ day: Day.optional() }),
  reply: z.object({ opdId: Id, opdName: z.string(), day: Day, staff: z.number(), kinds: z.array(DecidedKind) }),
});

const Reach = z.object({
  opd: UnitName,
  staff: z.number(),
  /** Each rule that concerns this OPD: for how many it decides, and why not for the others. */
  rules: z.array(z.object({ ruleId: Id, people: z.number(), lost: z.array(z.object({ why: LostWhy, to: z.string().nullable(), people: z.number() })) })),
});
export type Reach = z.infer<typeof Reach>;
export const getPolicyReach = endpoint('GET', '/api/policies/:id/reach', {
  who: 'signedIn',
  summary:
    'For whom the rules of a policy decide, OPD by OPD of those this person may read: today, on its first day while it is coming, on its last once it is over.',
  params: ById,
  reply: z.object({ day: Day, opds: z.array(Reach) }),
});

const Membership = z.object({ id: Id, name: z.string(), from: Day, until: Day.nullable(), basis: z.string() });
export const GroupPerson = z.object({
  id: Id,
  name: z.string(),
  position: z.string().nullable(),
  unitName: z.string().nullable(),
  groups: z.array(Membership),
  /** Asked to be at home first for health; told to the admin of the OPD only, else null. No condition is known to the portal. */
  health: z.boolean().nullable(),
});
export type GroupPerson = z.infer<typeof GroupPerson>;
const GroupList = z.object({ opdId: Id, opdName: z.string(), today: Day, people: z.array(GroupPerson), names: z.array(z.string()), mayChange: z.boolean() });
export const getFunctionGroups = endpoint('GET', '/api/opds/:id/function-groups', {
  who: ['admin_opd', 'kepala_opd', 'bkd'],
  summary: 'Who of an OPD is in which function group (guru, tenaga kesehatan, …) from when until when. Reading it is logged.',
  params: ById,
  reply: GroupList,
});
export const postFunctionGroup = endpoint('POST', '/api/opds/:id/function-groups', {
  who: ['admin_opd'],
  summary: 'Puts people of an OPD into a function group from a day on. Saying the same again adds nothing.',
  params: ById,
  body: z.object({ personIds: z.array(Id).min(1).max(500), name: line(60), from: Day, until: Day.nullable().default(null), basis: line(200) }),
  reply: GroupList,
  refusals: ['function.overlap', 'role.missing'],
});
export const postFunctionGroupEnd = endpoint('POST', '/api/function-groups/:id/end', {
  who: ['admin_opd'],
  summary: 'The last day of somebody in a function group: yesterday or later.',
  params: ById,
  body: z.object({ until: Day }),
  reply: GroupList,
  refusals: ['role.missing'],
});
export const putHealthFlag = endpoint('PUT', '/api/opds/:id/health-flags', {
  who: ['admin_opd'],
  summary: 'Yes or no: this person asked to be at home first for health. Only the admin of the OPD writes and reads it; both are logged. No removes it.',
  params: ById,
  body: z.object({ personId: Id, yes: z.boolean() }),
  reply: GroupList,
  refusals: ['role.missing'],
});
