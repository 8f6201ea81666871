// The calendar: what stands in a span of days, of oneself, of an OPD, of a room, of the operators; and the private feed.
// One statement for each kind of thing, side by side.
import type { CalendarEntry, CalendarView, getCalendar, getCalendarChoices } from '../../shared/calendar.ts';
import { MOST_DAYS } from '../../shared/calendar.ts';
import * as wire from '../../shared/calendar.ts';
import type { QueryOf, ReplyOf } from '../../shared/endpoint.ts';
import type { Zone } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { boundsOf } from '../platform/local-time.ts';
import { isKnown } from '../platform/ranged.ts';
import { refuse } from '../platform/refusal.ts';
import { serve, type Route, type SignedIn } from '../platform/serve.ts';
import type { CalendarScope, Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Roster } from '../roster/index.ts';
import { createFeed } from './feed.ts';
import { conferenceEntry, meetingEntry, type CalendarConference } from './view.ts';

type Span = { from: Date; to: Date };
type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'opds' | 'persons' | 'contacts'>;
  roster: Pick<Roster, 'codesBetween' | 'daysOf'>;
  meetings: Pick<Meetings, 'calendarMeetings' | 'feedMeetings' | 'roomsUsed' | 'mayPrepare'>;
  /** Conferences of a span, with whether this person is of their crew. */
  conferences: (tx: Tx, person: { id: string; positionIds: readonly string[] }, span: Span) => Promise<CalendarConference[]>;
  /** Public holidays and joint leave between two days, both included. */
  holidays: (tx: Tx, from: string, to: string) => Promise<readonly { day: string; name: string }[]>;
  /** What operators were asked for and have not refused. */
  requests: (tx: Tx, span: Span) => Promise<CalendarEntry[]>;
} & Parameters<typeof createFeed>[0];

const ROOMS_SINCE_DAYS = 180;
const DAY_MS = 86_400_000;
type Of = { kind: 'operator' } | CalendarScope;

export function createCalendar({ conferences, holidays, requests, ...world }: World) {
  const { sql, clock, people, roster, meetings } = world;
  const feed = createFeed(world);
  const mayOperate = (person: SignedIn): boolean => person.roles.includes('operator_dkis') || person.roles.includes('administrator');
  const belongsTo = (person: SignedIn, opdId: string): boolean => person.opdId === opdId || person.managesOpds.includes(opdId);

  /** Whose calendar, if this person may open it. */
  function scopeFor(person: SignedIn, of: string): Of {
    const [kind, name] = [of.split(':', 1)[0], of.slice(of.indexOf(':') + 1)];
    if (kind === 'operator') return mayOperate(person) ? { kind } : refuse('role.missing');
    if (kind === 'opd') return belongsTo(person, name) ? { kind, opdId: name } : refuse('not_found');
    return kind === 'ruang' ? { kind, place: name } : { kind: 'saya' };
  }

  async function view(person: SignedIn, { from, to, of }: QueryOf<typeof getCalendar>): Promise<CalendarView> {
    const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
    if (days < 1 || days > MOST_DAYS) refuse('calendar.too_long', { days: MOST_DAYS }, [{ path: 'to', message: `1–${MOST_DAYS} hari` }]);
    const scope = scopeFor(person, of);
    const [opds, persons] = await Promise.all([people.opds(sql), people.persons(sql, [person.id])]);
    const opdOf = new Map(opds.map((opd) => [opd.id, opd]));
    const me = persons.get(person.id);
    const zone: Zone = me?.opd?.zone ?? 'Asia/Jakarta';
    const span = { from: boundsOf(from, zone).from, to: boundsOf(to, zone).to };
    const [held, press, asked, free, codes] = await Promise.all([
      scope.kind === 'operator' ? [] : meetings.calendarMeetings(sql, person.id, scope, span.from, span.to),
      conferences(sql, { id: person.id, positionIds: me?.positions.map((p) => p.positionId) ?? [] }, span),
      scope.kind === 'operator' ? requests(sql, span) : [],
      holidays(sql, from, to),
      scope.kind === 'saya' ? roster.codesBetween(sql, [person.id], from, to) : new Map(),
    ]);
    const entries = [
      ...held.map((m) => meetingEntry(m, { person, opd: opdOf.get(m.opdId), mayPrepare: meetings.mayPrepare(person, m) })),
      ...press
        .filter((c) => isWithin(scope, c))
        .map((c) => conferenceEntry(c, { opd: opdOf.get(c.opdId), operates: mayOperate(person), oversees: person.managesOpds.includes(c.opdId) })),
      ...asked,
    ];
    return {
      zone,
      serverTime: clock.now().toISOString(),
      entries: entries.filter((entry) => entry !== null).toSorted((a, b) => a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id)),
      holidays: free.map(({ day, name }) => ({ day, name })),
      codes: [...(codes.get(person.id) ?? [])].map(([after, { code }]) => ({ day: dayAfter(from, after), code })),
    };
  }

  async function choices(person: SignedIn): Promise<ReplyOf<typeof getCalendarChoices>> {
    const opds = (await people.opds(sql)).filter((opd) => opd.parentId === null && belongsTo(person, opd.id));
    const since = new Date(clock.now().getTime() - ROOMS_SINCE_DAYS * DAY_MS);
    const own = opds.filter((opd) => opd.kind === 'opd').map(({ id, name, abbreviation }) => ({ id, name, abbreviation }));
    return {
      opds: own,
      rooms: await meetings.roomsUsed(
        sql,
        own.map((opd) => opd.id),
        since,
      ),
      operator: mayOperate(person),
    };
  }

  const routes: Route[] = [
    serve(wire.getCalendar, ({ person, query }) => view(person, query)),
    serve(wire.getCalendarChoices, ({ person }) => choices(person)),
    serve(wire.getCalendarFeed, ({ person }) => feed.own(person)),
    serve(wire.postCalendarFeed, ({ person }) => feed.make(person)),
    serve(wire.putCalendarFeed, ({ person, body }) => feed.choose(person, body.roster)),
    serve(wire.deleteCalendarFeed, ({ person }) => feed.revoke(person)),
    serve(wire.getFeed, async ({ params, request, reply }) => {
      const { content, etag } = await feed.read(params.file);
      void reply.header('cache-control', 'private, no-cache').header('etag', etag);
      if (isKnown(request.headers['if-none-match'], etag)) void reply.code(304);
      return { content: reply.statusCode === 304 ? '' : content };
    }),
  ];
  return { routes, view };
}

function isWithin(scope: Of, c: CalendarConference): boolean {
  if (scope.kind === 'saya') return c.yours;
  if (scope.kind === 'opd') return c.opdId === scope.opdId;
  return scope.kind === 'operator' || c.place.toLowerCase() === scope.place.toLowerCase();
}

const dayAfter = (day: string, n: number): string => new Date(Date.parse(day) + n * DAY_MS).toISOString().slice(0, 10);
