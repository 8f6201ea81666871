// The calendar: what stands in a span of days, of oneself, an OPD, a room or the operators; and the private feed.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { Day, Id, Instant, Zone } from './people.ts';
import { DayCode } from './roster.ts';

/** `saya`, `opd:<id>`, `ruang:<name>`, `operator`. */
export const CalendarOf = z
  .string()
  .max(140)
  .regex(/^(?:saya|operator|opd:[0-9a-f-]{36}|ruang:[^\p{Cc}\p{Cs}]{1,120})$/u);
/** Days that one question may span. */
export const MOST_DAYS = 62;

export const CalendarEntry = z.object({
  kind: z.enum(['rapat', 'konferensi', 'permintaan']),
  id: Id,
  /** Null: somebody else's, of which only the time is told. */
  title: z.string().nullable(),
  startsAt: Instant,
  endsAt: Instant.nullable(),
  state: z.enum(['draft', 'terjadwal', 'berlangsung', 'berakhir', 'dibatalkan']),
  place: z.string().nullable(),
  /** The zone of the office that holds it. */
  zone: Zone,
  opdName: z.string(),
  chairName: z.string().nullable(),
  /** One of several that repeat. */
  series: z.boolean(),
  /** Counts changes of the plan; what is moved says from which one. */
  version: z.number(),
  youPrepare: z.boolean(),
  /** Where it opens in the portal; null = not for this person. */
  path: z.string().nullable(),
});
export type CalendarEntry = z.infer<typeof CalendarEntry>;

export const CalendarView = z.object({
  /** The zone of the person who looks: days begin and end in it. */
  zone: Zone,
  serverTime: Instant,
  entries: z.array(CalendarEntry),
  holidays: z.array(z.object({ day: Day, name: z.string() })),
  /** Own day codes; of `saya` only. */
  codes: z.array(z.object({ day: Day, code: DayCode })),
});
export type CalendarView = z.infer<typeof CalendarView>;

export const getCalendar = endpoint('GET', '/api/calendar', {
  who: 'signedIn',
  summary:
    'What stands between two days, both included, at most 62: own (`saya`), of an OPD one manages or belongs to (`opd:<id>`), of a room (`ruang:<name>`), of the operators (`operator`). Of what others hold, strangers see only the time.',
  query: z.object({ from: Day, to: Day, of: CalendarOf.default('saya') }),
  reply: CalendarView,
  refusals: ['calendar.too_long', 'role.missing'],
});
export const getCalendarChoices = endpoint('GET', '/api/calendar/choices', {
  who: 'signedIn',
  summary: 'Whose calendars this person may open: OPDs, rooms that meetings of these have used, the operators.',
  reply: z.object({
    opds: z.array(z.object({ id: Id, name: z.string(), abbreviation: z.string() })),
    rooms: z.array(z.string()),
    operator: z.boolean(),
  }),
});

/** `path` is a secret: whoever has it reads this person's meetings, and with `roster` their days too. */
export const CalendarFeed = z.object({ path: z.string(), madeAt: Instant, readAt: Instant.nullable(), roster: z.boolean() });
export const getCalendarFeed = endpoint('GET', '/api/me/calendar-feed', {
  who: 'signedIn',
  summary: 'The address at which calendar programs read the own meetings; null = there is none.',
  reply: CalendarFeed.nullable(),
});
export const postCalendarFeed = endpoint('POST', '/api/me/calendar-feed', {
  who: 'signedIn',
  summary: 'Makes the address, or a new one: the former one is dead.',
  reply: CalendarFeed,
});
export const putCalendarFeed = endpoint('PUT', '/api/me/calendar-feed', {
  who: 'signedIn',
  summary: 'Whether the address carries the own days of the roster too (sickness never does).',
  body: z.object({ roster: z.boolean() }),
  reply: CalendarFeed,
});
export const deleteCalendarFeed = endpoint('DELETE', '/api/me/calendar-feed', {
  who: 'signedIn',
  summary: 'Takes the address back.',
});
export const getFeed = endpoint('GET', '/kalender/:file', {
  who: 'anyone',
  summary: 'Own meetings from 90 days ago to 400 days ahead for calendar programs (RFC 5545); `<secret>.ics`. ETag and If-None-Match are heard.',
  params: z.object({ file: z.string().max(200) }),
  reply: file('text/calendar'),
  refusals: ['limit.reached'],
});
