// Beranda on the wire: what somebody's day is by the roster, and for who heads or keeps an OPD one glance over it.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { DayHours } from './hours.ts';
import { Day, Id, Instant, Zone } from './people.ts';
import { Shift } from './policies.ts';
import { DayCode } from './roster.ts';
import { PlanDay, PlanHead } from './rota.ts';

const CodedDay = z.object({ date: Day, kind: PlanDay.shape.kind.nullable(), name: z.string().nullable(), code: DayCode.nullable(), shift: Shift.nullable() });
export const UnitGlance = z.object({
  opdId: Id,
  opdName: z.string(),
  staff: z.number(),
  /** WFO and PIKET. */
  onSite: z.number(),
  atHome: z.number(),
  /** DL, CUTI, SAKIT; who has a day off is not counted. */
  away: z.number(),
  noCode: z.number(),
  /** Of those at home: who is marked by a meeting, and of whom nothing is known yet. */
  marked: z.number(),
  unproven: z.number(),
  /** Days of this month that do not fit their code and wait for a human. */
  asks: z.number(),
  onDuty: z.array(z.object({ personId: Id, name: z.string(), until: Instant })),
  /** From this month on, those that are not in force as they stand; `violations`: not let stand by the head. */
  plans: z.array(z.object({ plan: PlanHead, violations: z.number() })),
  /** Agreed by both, to be approved. */
  swaps: z.number(),
});
export type UnitGlance = z.infer<typeof UnitGlance>;
export const MyHome = z.object({
  zone: Zone,
  today: CodedDay.extend({ basis: z.string().nullable(), hours: DayHours.nullable() }),
  /** On duty at this moment until then: also in a night shift that began yesterday. */
  onDutyUntil: Instant.nullable(),
  tomorrow: CodedDay,
  /** Later than today, within the next weeks. */
  nextDuty: z.object({ date: Day, shift: Shift.nullable() }).nullable(),
  /** Swaps of days that wait for this person's word. */
  swapsToAnswer: z.number(),
  /** null: neither heads nor keeps an OPD. */
  unit: UnitGlance.nullable(),
  serverTime: Instant,
});
export type MyHome = z.infer<typeof MyHome>;
export const getMyHome = endpoint('GET', '/api/me/home', {
  who: 'signedIn',
  summary:
    'Beranda: today by the roster with work hours, tomorrow, the next duty; for heads and admins of an OPD the sums of its day. Names nobody but those on duty.',
  reply: MyHome,
});
