// Work hours on the wire: by office and date range, Ramadan, own days off and working days, and with which codes one records at the machine.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { ById, Day, Id, Instant, line } from './people.ts';
import { ClockTime } from './policies.ts';
import { DayCode } from './roster.ts';

/** In the office's zone; an end before its beginning is on the next day. */
export const DayHours = z.object({ from: ClockTime, to: ClockTime, breakMinutes: z.number().int().min(0).max(240) });
export type DayHours = z.infer<typeof DayHours>;
/** `khusus` goes before `ramadan`, and that before `biasa`. */
const Kind = z.enum(['biasa', 'ramadan', 'khusus']);
/** Monday to Sunday; null: not a working day. */
const Week = z.array(DayHours.nullable()).length(7);
const Place = z.object({ id: Id, name: z.string() }).nullable();
const Made = { byName: z.string().nullable(), at: Instant, why: z.string().nullable(), withdrawn: z.object({ from: Day, reason: z.string() }).nullable() };

export const Schedule = z.object({
  id: Id,
  /** null: the whole region. */
  unit: Place,
  kind: Kind,
  title: z.string(),
  from: Day,
  until: Day.nullable(),
  week: Week,
  /** Of a week, without breaks. */
  minutes: z.number(),
  basis: z.string(),
  ...Made,
  mayChange: z.boolean(),
});
export type Schedule = z.infer<typeof Schedule>;
export const OwnDay = z.object({
  id: Id,
  unit: Place,
  day: Day,
  kind: z.enum(['libur', 'kerja']),
  name: z.string(),
  hours: DayHours.nullable(),
  basis: z.string(),
  ...Made,
  mayChange: z.boolean(),
});
export type OwnDay = z.infer<typeof OwnDay>;
const CalendarDay = z.object({
  date: Day,
  weekday: z.number().int(),
  kind: z.enum(['kerja', 'akhir_pekan', 'libur', 'cuti_bersama']),
  name: z.string().nullable(),
  hours: DayHours.nullable(),
});
export const HoursView = z.object({
  opdId: Id,
  opdName: z.string(),
  today: Day,
  schedules: z.array(Schedule),
  ownDays: z.array(OwnDay),
  mustRecord: z.object({ codes: z.array(DayCode), from: Day.nullable(), basis: z.string().nullable(), byName: z.string().nullable() }),
  /** The two weeks from today on. */
  ahead: z.array(CalendarDay),
  may: z.object({ opd: z.boolean(), region: z.boolean() }),
});
export type HoursView = z.infer<typeof HoursView>;

export const getHours = endpoint('GET', '/api/opds/:id/hours', {
  who: 'signedIn',
  summary: 'Work hours of an OPD and its units, its own days off and working days, who must record, and the two weeks from today on.',
  params: ById,
  reply: HoursView,
});
export const postSchedule = endpoint('POST', '/api/opds/:id/hours', {
  who: ['admin_opd', 'bkd', 'administrator'],
  summary:
    'Work hours of a unit (null: the region) from a day on. Over days that are past only with `why`. What was decided by former hours is not changed by itself.',
  params: ById,
  body: z.object({
    key: Id,
    unitId: Id.nullable(),
    kind: Kind,
    title: line(80),
    from: Day,
    until: Day.nullable().default(null),
    week: Week,
    basis: line(200),
    why: line(300).nullable().default(null),
  }),
  reply: HoursView,
  refusals: ['role.missing'],
});
export const postOwnDay = endpoint('POST', '/api/opds/:id/own-days', {
  who: ['admin_opd'],
  summary: 'A day off or a working day of an OPD or one of its units, against the week and the public holidays.',
  params: ById,
  body: z.object({
    key: Id,
    unitId: Id,
    day: Day,
    kind: z.enum(['libur', 'kerja']),
    name: line(120),
    hours: DayHours.nullable().default(null),
    basis: line(200),
    why: line(300).nullable().default(null),
  }),
  reply: HoursView,
  refusals: ['role.missing'],
});
export const postHoursWithdrawal = endpoint('POST', '/api/opds/:id/hours/withdrawals', {
  who: ['admin_opd', 'bkd', 'administrator'],
  summary: 'Hours or an own day do not hold any more from a day on, today or later.',
  params: ById,
  body: z.object({ ofId: Id, from: Day, reason: line(300) }),
  reply: HoursView,
  refusals: ['hours.withdrawn', 'role.missing'],
});
export const putMustRecord = endpoint('PUT', '/api/opds/:id/must-record', {
  who: ['admin_opd'],
  summary: 'With which codes one must record at the attendance machine, from a day on (today or later).',
  params: ById,
  body: z.object({ codes: z.array(DayCode).max(7), from: Day, basis: line(200) }),
  reply: HoursView,
  refusals: ['role.missing'],
});
