// Who is on duty on the wire: now and next, in each OPD.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant, Zone } from './people.ts';
import { Shift } from './policies.ts';

export const DutyOfficer = z.object({
  personId: Id,
  name: z.string(),
  label: z.string().nullable(),
  unitName: z.string().nullable(),
  shift: Shift.nullable(),
  from: Instant,
  until: Instant,
  basis: z.string(),
  /** An open tab, a device or a gateway leads to them at this moment. */
  reachable: z.boolean(),
});
export type DutyOfficer = z.infer<typeof DutyOfficer>;
export const DutyOffice = z.object({
  opd: z.object({ id: Id, name: z.string(), abbreviation: z.string(), zone: Zone }),
  now: z.array(DutyOfficer),
  /** Those who begin first after now, within a week. */
  next: z.array(DutyOfficer),
});
export type DutyOffice = z.infer<typeof DutyOffice>;
export const getDuty = endpoint('GET', '/api/duty', {
  who: 'signedIn',
  summary: 'Who is on duty in each OPD, now and next, and whether they can be reached; `mayCall`: the asker may place an urgent call. Reading it is logged.',
  reply: z.object({ offices: z.array(DutyOffice), mayCall: z.boolean(), serverTime: Instant }),
});
