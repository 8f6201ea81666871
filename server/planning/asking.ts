// Before anything is sent: who is not free, and which times would suit. Answers are logged as any reading of people is.
import type { z } from 'zod';
import type { postConflicts, postTimes, Proposal } from '../../shared/planning.ts';
import type { Zone } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { boundsOf, dayIn } from '../platform/local-time.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Invitee, People } from '../people/index.ts';
import { conflictsAt, isAway, type createBusy, type Named } from './busy.ts';
import { findTimes, workingDays } from './find-time.ts';
import type { createHolidays } from './holidays.ts';
import type { createPlanned } from './planned.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'resolve' | 'noteAccess'>;
  meetings: Pick<Meetings, 'prepared' | 'homeOf' | 'mustBeInOrder'>;
  busy: ReturnType<typeof createBusy>;
  holidays: ReturnType<typeof createHolidays>['holidays'];
  planned: Pick<ReturnType<typeof createPlanned>, 'chairFor' | 'startsOf' | 'hoursOf'>;
};
type ConflictsAsked = z.output<(typeof postConflicts)['body']>;
type TimesAsked = z.output<(typeof postTimes)['body']>;

const MOST_CONFLICTS = 500;
const HOUR_MS = 3_600_000;
const LEADS = 1;

export function createAsking({ sql, clock, people, meetings, busy, holidays, planned }: World) {
  /** Who would be invited, in which zone it is planned, and what is being moved. */
  async function asked(tx: Tx, person: SignedIn, { chairId, meetingId, invite }: Pick<ConflictsAsked, 'chairId' | 'meetingId' | 'invite'>) {
    const moved = meetingId === undefined ? null : await meetings.prepared(tx, person, meetingId);
    const chair = moved?.chairId ?? (await planned.chairFor(tx, person, chairId));
    const { zone } = await meetings.homeOf(tx, chair);
    const choice = { people: [chair, ...invite.people], positions: invite.positions, units: invite.units };
    const invitees = await people.resolve(tx, choice, dayIn(clock.now(), zone));
    const except = { meetingId, seriesId: moved?.seriesId ?? null };
    return { chair, zone, invitees, except, named: new Map(invitees.map((one): [string, Named] => [one.personId, one])) };
  }

  /** Looking into other people's days is on record; into one's own it is not. */
  async function note(tx: Tx, person: SignedIn, found: Iterable<string>): Promise<void> {
    const persons = [...new Set(found)].filter((id) => id !== person.id);
    if (persons.length > 0) await people.noteAccess(tx, { by: person.id, what: 'kesibukan.baca', subject: 'rencana rapat', count: persons.length, persons });
  }

  async function conflicts(person: SignedIn, body: ConflictsAsked) {
    const startsAt = new Date(body.startsAt);
    const endsAt = body.endsAt === null ? null : new Date(body.endsAt);
    const { scope = 'ini' } = body;
    meetings.mustBeInOrder({ startsAt, endsAt });
    return sql.begin(async (tx) => {
      const { zone, invitees, except, named } = await asked(tx, person, body);
      const starts = body.repeat
        ? (await planned.startsOf(tx, body.repeat, startsAt, zone)).starts.map((start) => ({ ...start, lasts: lastsOf({ startsAt, endsAt }) }))
        : await alone(tx, scope === 'ini' || !body.meetingId ? [{ startsAt, endsAt }] : await planned.hoursOf(tx, person, body.meetingId, scope), zone);
      const rows = starts.map(({ at, holiday, lasts }) => ({ at, holiday, lasts, skipped: holiday !== null && (body.repeat?.skipHolidays ?? false) }));
      const held = rows.filter(({ skipped }) => !skipped).map(({ at, lasts }) => ({ from: at, to: new Date(at.getTime() + lasts) }));
      const [from, to] = [Math.min(...held.map((one) => one.from.getTime())), Math.max(...held.map((one) => one.to.getTime()))];
      const spans = held.length > 0 ? await busy.spans(tx, ids(invitees), { from: new Date(from), to: new Date(to) }, person, except) : [];
      const found = held.flatMap((span) => conflictsAt(spans, named, span)).slice(0, MOST_CONFLICTS);
      await note(
        tx,
        person,
        found.map((one) => one.personId),
      );
      return {
        occurrences: rows.map(({ at, holiday, skipped }) => ({ startsAt: at.toISOString(), holiday, skipped })),
        asked: invitees.length,
        conflicts: found,
      };
    });
  }

  async function alone(tx: Tx, hours: readonly Hours[], zone: Zone) {
    const days = hours.map((one) => dayIn(one.startsAt, zone)).toSorted();
    const [first, last] = [days[0], days.at(-1)];
    const free = new Map<string, Awaited<ReturnType<typeof holidays>>[number]>();
    for (const one of first !== undefined && last !== undefined ? await holidays(tx, first, last) : []) if (!free.has(one.day)) free.set(one.day, one);
    return hours.map((one) => ({ at: one.startsAt, holiday: free.get(dayIn(one.startsAt, zone)) ?? null, lasts: lastsOf(one) }));
  }

  async function times(person: SignedIn, body: TimesAsked): Promise<{ zone: Zone; proposals: Proposal[] }> {
    return sql.begin(async (tx) => {
      const { chair, zone, invitees, except, named } = await asked(tx, person, body);
      const now = clock.now();
      const today = dayIn(now, zone);
      const from = body.from !== undefined && body.from > today ? body.from : today;
      const free = new Set((await holidays(tx, from, `${Number(from.slice(0, 4)) + 1}-12-31`)).map(({ day }) => day));
      const lastDay = workingDays(from, free).at(-1) ?? from;
      const span = { from: boundsOf(from, zone).from, to: boundsOf(lastDay, zone).to };
      const spans = await busy.spans(tx, ids(invitees), span, person, except);
      const invited = invitees.map((one) => ({
        personId: one.personId,
        leads: one.personId === chair || one.rank === LEADS,
        busy: spans.filter((s) => s.personId === one.personId && isAway(s)),
      }));
      const slots = findTimes(invited, { from, zone, minutes: body.minutes, holidays: free, now });
      await note(
        tx,
        person,
        slots.flatMap((slot) => slot.busy),
      );
      const proposals = slots.map(({ startsAt, endsAt, busy: away }): Proposal => {
        const against = conflictsAt(spans, named, { from: startsAt, to: endsAt });
        return {
          startsAt: startsAt.toISOString(),
          endsAt: endsAt.toISOString(),
          free: invitees.length - away.length,
          asked: invitees.length,
          busy: against.filter(isAway),
          onDuty: against.filter((one) => !isAway(one) && !away.includes(one.personId)).map((one) => one.name),
        };
      });
      return { zone, proposals };
    });
  }

  return { conflicts, times };
}

type Hours = { startsAt: Date; endsAt: Date | null };
const lastsOf = ({ startsAt, endsAt }: Hours): number => (endsAt?.getTime() ?? startsAt.getTime() + HOUR_MS) - startsAt.getTime();
const ids = (invitees: readonly Invitee[]): string[] => invitees.map((one) => one.personId);
