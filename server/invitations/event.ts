// A meeting, or a series of them, for calendars (RFC 5545, RFC 5546). The same thing keeps its UID; a higher SEQUENCE replaces a lower one.
// One meeting is written in UTC, so that no client needs a table of zones. A series repeats by the clock of its office, so it carries that
// zone: 06.30 WIB on Monday is Sunday in UTC.
import {
  ICalAlarmType,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventStatus,
  ICalEventTransparency,
  type ICalDayJsStub,
} from 'ical-generator';
import type { Zone } from '../../shared/people.ts';
import type { DayCode } from '../../shared/roster.ts';
import { clockText, dateText, dayIn, hourText, zoneName } from '../platform/local-time.ts';

/** What a calendar is told of one meeting. `occursAt`: the start its series gave it (RECURRENCE-ID). */
export type Happening = {
  id: string;
  seriesId: string | null;
  occursAt: Date | null;
  /** SEQUENCE. Of a series: the versions of all its meetings together, so that it grows with each change of any of them. */
  sequence: number;
  title: string;
  place: string;
  description: string | null;
  startsAt: Date;
  endsAt: Date | null;
  /** Why it was called off; null = it stands. */
  cancelled: string | null;
  zone: Zone;
  opdName: string;
  chairName: string;
};
/** `rule`: as after `RRULE:`. `except`: starts the rule gives at which there is no meeting. */
export type Repeats = { rule: string; except: readonly Date[] };
type Answered = 'belum' | 'hadir' | 'tidak' | 'diwakili';
type Party = { name: string; email: string };
export type Entry = Happening & {
  /** Present on the entry that stands for the whole series; its own start is the first one. */
  repeats?: Repeats | undefined;
  /** Where it opens: a whole address. */
  url: string;
  attendee?: (Party & { answer: Answered }) | undefined;
  organizer?: Party | undefined;
};
/** One's own day by the roster; `spell`: of a shift. All day where there is none. */
export type OwnDay = {
  personId: string;
  date: string;
  code: DayCode;
  shift: { name: string } | null;
  spell: { from: Date; until: Date } | null;
  basis: string;
  url: string;
};
export type Method = 'PUBLISH' | 'REQUEST' | 'CANCEL';

const WITHOUT_END_MS = 60 * 60_000;
const ALARM_SECONDS = 15 * 60;
const partstat: Record<Answered, ICalAttendeeStatus> = {
  belum: ICalAttendeeStatus.NEEDSACTION,
  hadir: ICalAttendeeStatus.ACCEPTED,
  tidak: ICalAttendeeStatus.DECLINED,
  // Who comes in the place of whom is the portal's to say: DELEGATED would need the other one's address.
  diwakili: ICalAttendeeStatus.DECLINED,
};

/** `host`: of the portal's own address. */
const uidOf = ({ id, seriesId }: Pick<Happening, 'id' | 'seriesId'>, host: string): string => `${seriesId ?? id}@${host}`;

/** All entries of one calendar text. `name`: of a feed. */
export function calendarOf(
  entries: readonly Entry[],
  { method, host, name, now, days = [] }: { method: Method; host: string; name?: string; now: Date; days?: readonly OwnDay[] },
): string {
  const calendar = new ICalCalendar({
    prodId: { company: 'Portal Rapat', product: 'Undangan', language: 'ID' },
    method: ICalCalendarMethod[method],
    ...(name !== undefined && { name: bare(name) }),
  });
  calendar.timezone({ name: null, generator: zoneText });
  for (const entry of entries) {
    const { zone } = entry;
    const inSeries = entry.seriesId !== null;
    const at = (instant: Date): Date | ICalDayJsStub => (inSeries ? wall(instant, zone) : instant);
    const called = entry.cancelled !== null || method === 'CANCEL';
    const event = calendar.createEvent({
      id: uidOf(entry, host),
      sequence: entry.sequence,
      stamp: now,
      start: at(entry.startsAt),
      end: at(entry.endsAt ?? new Date(entry.startsAt.getTime() + WITHOUT_END_MS)),
      timezone: inSeries ? zone : null,
      summary: bare(`${called ? 'DIBATALKAN: ' : ''}${entry.title}`),
      description: bare(
        [
          `${dateText(entry.startsAt, zone)}, ${clockText(entry.startsAt, zone)}`,
          ...(entry.cancelled ? [`Dibatalkan: ${entry.cancelled}`] : []),
          `Pengundang: ${entry.opdName}\nPimpinan rapat: ${entry.chairName}`,
          ...(entry.description ? [entry.description] : []),
          entry.url,
        ].join('\n\n'),
      ),
      location: bare(entry.place),
      url: entry.url,
      status: called ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
    if (entry.repeats) event.repeating(repeatsText(entry.repeats, zone));
    else if (entry.occursAt !== null) event.recurrenceId(at(entry.occursAt));
    if (entry.organizer) event.organizer({ name: bare(entry.organizer.name), email: entry.organizer.email });
    if (entry.attendee)
      event.createAttendee({
        name: bare(entry.attendee.name),
        email: entry.attendee.email,
        role: ICalAttendeeRole.REQ,
        type: ICalAttendeeType.INDIVIDUAL,
        status: partstat[entry.attendee.answer],
        rsvp: false,
      });
    if (!called) event.createAlarm({ type: ICalAlarmType.display, triggerBefore: ALARM_SECONDS, description: bare(entry.title) });
  }
  for (const day of days) writeDay(calendar, day, { host, now });
  return calendar.toString();
}

const SAID: Partial<Record<DayCode, string>> = { WFO: 'WFO (di kantor)', WFH: 'WFH (dari rumah)', PIKET: 'PIKET', CUTI: 'Cuti', DL: 'Dinas luar' };
const DAY_MS = 86_400_000;
/** Days off say nothing, and sickness is nobody's business outside the portal. A usual day leaves the time free for meetings. */
function writeDay(calendar: ICalCalendar, { personId, date, code, shift, spell, basis, url }: OwnDay, { host, now }: { host: string; now: Date }): void {
  const said = SAID[code];
  if (said === undefined) return;
  const midnight = new Date(`${date}T00:00:00Z`);
  calendar.createEvent({
    id: `jadwal-${personId}-${date}@${host}`,
    stamp: now,
    allDay: spell === null,
    start: spell?.from ?? midnight,
    end: spell?.until ?? new Date(midnight.getTime() + DAY_MS),
    summary: bare(shift === null ? said : `${said} ${shift.name}`),
    description: bare(`${basis}\n\n${url}`),
    url,
    status: ICalEventStatus.CONFIRMED,
    transparency: code === 'WFO' || code === 'WFH' ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  });
}

/**
 * A whole series: what stands for it, and each meeting that is another one than its rule says. Meetings that were called off are left out of the rule.
 * `meetings`: all of the series that this reader is invited to. `startsAt`: where the rule begins.
 */
export function seriesEntries<M extends Happening>(
  { rule, except, startsAt }: Repeats & { startsAt: Date },
  meetings: readonly M[],
  entryOf: (meeting: M) => Omit<Entry, 'repeats'>,
): Entry[] {
  const standing = meetings.filter((m) => m.cancelled === null);
  const usual = standing.find((m) => isUsual(m, m)) ?? standing[0];
  if (!usual) return meetings.map(entryOf);
  const length = usual.endsAt && usual.endsAt.getTime() - usual.startsAt.getTime();
  const gone = meetings.flatMap((m) => (m.cancelled !== null && m.occursAt ? [m.occursAt] : []));
  const whole: Entry = {
    ...entryOf(usual),
    startsAt,
    endsAt: length === null ? null : new Date(startsAt.getTime() + length),
    occursAt: null,
    repeats: { rule, except: [...except, ...gone] },
  };
  return [whole, ...standing.filter((m) => !isUsual(m, usual)).map(entryOf)];
}

/** At the start its rule gave it, and in all else as the others. */
const isUsual = (m: Happening, usual: Happening): boolean =>
  m.occursAt?.getTime() === m.startsAt.getTime() &&
  (m.endsAt === null) === (usual.endsAt === null) &&
  (m.endsAt === null || usual.endsAt === null || m.endsAt.getTime() - m.startsAt.getTime() === usual.endsAt.getTime() - usual.startsAt.getTime()) &&
  m.title === usual.title &&
  m.place === usual.place &&
  m.description === usual.description;

const repeatsText = ({ rule, except }: Repeats, zone: Zone): string =>
  [`RRULE:${rule}`, ...(except.length > 0 ? [`EXDATE;TZID=${zone}:${except.map((at) => stampIn(at, zone)).join(',')}`] : [])].join('\r\n');

/** `20261123T093000` by the clock of the zone. */
const stampIn = (at: Date, zone: Zone): string =>
  `${dayIn(at, zone).replaceAll('-', '')}T${hourText(at, zone).replace('.', '')}${String(at.getUTCSeconds()).padStart(2, '0')}`;

/** An instant by the clock of a zone, in the shape that the library asks for its text; a native date would be read by the clock of this machine. */
function wall(at: Date, zone: Zone): ICalDayJsStub {
  const [day = '', time = ''] = stampIn(at, zone).split('T');
  const self: ICalDayJsStub = {
    tz: () => self,
    utc: () => self,
    format: (form = '') => (form.startsWith('YYYY') ? day : time),
    toDate: () => at,
    isValid: () => true,
    toJSON: () => at.toJSON(),
  };
  return self;
}

/** Fixed offsets since 1988 (Keppres 41/1987). */
function zoneText(name: string): string {
  const zone = name as Zone;
  const lines = ['DTSTART:19880101T000000', `TZOFFSETFROM:${offsets[zone]}`, `TZOFFSETTO:${offsets[zone]}`, `TZNAME:${zoneName(zone)}`];
  return ['BEGIN:VTIMEZONE', `TZID:${name}`, 'BEGIN:STANDARD', ...lines, 'END:STANDARD', 'END:VTIMEZONE'].join('\r\n');
}
const offsets: Record<Zone, string> = { 'Asia/Jakarta': '+0700', 'Asia/Makassar': '+0800', 'Asia/Jayapura': '+0900' };

/** Line ends are the library's to write; no other control character has a place in a calendar. */
const bare = (text: string): string => text.replaceAll('\r', '').replaceAll(/[^\P{Cc}\n]/gu, ' ');
