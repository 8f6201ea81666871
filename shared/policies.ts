// Policies (SE) on the wire: the circular by which people work at home or on site, and its rules as data, each with the words it rests on.
import { z } from 'zod';
import { Day, Id, Level, line, paragraphs } from './people.ts';

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
