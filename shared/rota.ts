// The plan of a month on the wire: who is where on which day in one OPD, and what the rules say of it.
import { z } from 'zod';
import { Day, Id, Level, line, Zone } from './people.ts';
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
  /** Rank by which they are at home first where a rule says so: 0 = not ranked; higher = earlier. No reason is shown. */
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
