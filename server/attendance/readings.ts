// Readings of many people over weeks: codes, presence, corrections and outages together, day by day. In portions of people, so
// that memory stays flat however many there are, and the event loop is free in between.
import { setImmediate } from 'node:timers/promises';
import type { Zone } from '../../shared/people.ts';
import type { Held, Meetings } from '../meetings/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import type { Rooms } from '../rooms/index.ts';
import type { Roster } from '../roster/index.ts';
import { fold } from './intervals.ts';
import { daysOf, periodOf, visitsOf, type DayReading, type MarkedDay, type Visit } from './reading.ts';
import { isLate } from './sheet.ts';

export type { DayReading, Visit } from './reading.ts';
export type Readings = ReturnType<typeof createReadings>;

type Accepted = MarkedDay & { personId: string; from: Date | null; to: Date | null };
type About = { personIds: readonly string[]; from: string; to: string };
export type ReadingWorld = {
  clock: Clock;
  roster: Pick<Roster, 'codesBetween'>;
  rooms: Pick<Rooms, 'historyOf'>;
  meetings: Pick<Meetings, 'heldBetween' | 'invitedAfterStart'>;
  corrections?: {
    accepted(tx: Tx, where: About): Promise<Accepted[]>;
    open(tx: Tx, where: About): Promise<{ personId: string; date: string }[]>;
  };
  outages?: { between(tx: Tx, from: Date, to: Date): Promise<{ from: Date; to: Date | null }[]> };
};

/** People read at once: some 10,000 facts, which take a few hundredths of a second. */
const PORTION = 250;
/** A witness's clock may differ from the meeting's by no more than this. */
const AROUND_MS = 24 * 3_600_000;

const none = async (): Promise<never[]> => [];

export function createReadings({ clock, roster, rooms, meetings, corrections = { accepted: none, open: none }, outages = { between: none } }: ReadingWorld) {
  /** Person by person, in the order given. `from` and `to` are days in `zone`, both included. */
  async function* each(
    tx: Tx,
    people: readonly { id: string }[],
    zone: Zone,
    from: string,
    to: string,
  ): AsyncGenerator<[personId: string, days: DayReading[]]> {
    const span = periodOf(zone, from, to, { now: clock.now() });
    const period = periodOf(zone, from, to, { now: span.now, outages: await outages.between(tx, span.from, span.to) });
    const held = await meetings.heldBetween(tx, period.from, period.to);
    for (let n = 0; n < people.length; n += PORTION) {
      const ids = people.slice(n, n + PORTION).map((p) => p.id);
      const where = { personIds: ids, from, to };
      const codes = await roster.codesBetween(tx, ids, from, to);
      const accepted = by(await corrections.accepted(tx, where));
      const open = by(await corrections.open(tx, where));
      const visits = await visitsBetween(tx, ids, held, [...accepted.values()].flat(), period.now);
      for (const id of ids)
        yield [
          id,
          daysOf(
            {
              personId: id,
              codes: codes.get(id) ?? new Map(),
              visits: visits.get(id) ?? [],
              corrections: accepted.get(id) ?? [],
              openDates: new Set(open.get(id)?.map((o) => o.date)),
            },
            period,
          ),
        ];
      await setImmediate();
    }
  }

  async function of(tx: Tx, people: readonly { id: string }[], zone: Zone, from: string, to: string): Promise<Map<string, DayReading[]>> {
    const all = new Map<string, DayReading[]>();
    for await (const [id, days] of each(tx, people, zone, from, to)) all.set(id, days);
    return all;
  }

  /** Who was in which of these meetings when, by person; what a named human accepted beside what the witnesses saw. */
  async function visitsBetween(
    tx: Tx,
    ids: readonly string[],
    held: ReadonlyMap<string, Held>,
    accepted: readonly Accepted[],
    now: Date,
  ): Promise<Map<string, Visit[]>> {
    const found = new Map<string, Visit[]>();
    if (held.size === 0 || ids.length === 0) return found;
    const times = [...held.values()].flatMap(({ startedAt, endedAt }) => [startedAt.getTime(), (endedAt ?? now).getTime()]);
    const span = { from: new Date(times.reduce((a, b) => Math.min(a, b)) - AROUND_MS), to: new Date(times.reduce((a, b) => Math.max(a, b)) + AROUND_MS) };
    const invited = new Map((await meetings.invitedAfterStart(tx, ids, span.from, span.to)).map((i) => [`${i.meetingId} ${i.personId}`, i.invitedAt] as const));
    const add = (personId: string, visits: readonly Visit[]): void => {
      const own = found.get(personId);
      if (own) own.push(...visits);
      else found.set(personId, [...visits]);
    };
    const facts = await rooms.historyOf(
      tx,
      ids.map((id) => `p_${id}`),
      span.from,
      span.to,
    );
    for (const [roomId, said] of facts) {
      const meeting = held.get(roomId);
      if (!meeting) continue;
      for (const [member, intervals] of fold(said, { from: meeting.startedAt, to: meeting.endedAt, now })) {
        const personId = member.slice(2);
        const invitedAt = invited.get(`${meeting.meetingId} ${personId}`) ?? null;
        add(
          personId,
          visitsOf(meeting.meetingId, intervals, (first) => isLate(first, invitedAt, meeting)),
        );
      }
    }
    for (const { personId, meetingId, from, to } of accepted)
      if (meetingId !== null && from && to) add(personId, [{ meetingId, from, to, confidence: 'manual', late: false }]);
    return found;
  }

  return { of, each };
}

function by<T extends { personId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(row.personId, [...(groups.get(row.personId) ?? []), row]);
  return groups;
}
