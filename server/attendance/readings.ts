// Readings of many people over weeks: codes, presence, corrections and outages together, day by day. In portions of people, so
// that memory stays flat however many there are, and the event loop is free in between. What `fold` said of a meeting that has
// ended is kept beside the log (attendance.visit) and made anew when the log of its room has grown, or `fold` is another one.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Zone } from '../../shared/people.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Outages } from '../platform/outages.ts';
import type { Rooms } from '../rooms/index.ts';
import type { Roster } from '../roster/index.ts';
import type { Corrections } from './corrections.ts';
import { heldBetween, windowOf, type Begun, type HeldWorld } from './held.ts';
import { fold, withManual, type Confidence, type Interval } from './intervals.ts';
import { daysOf, periodOf, type DayReading, type Visit } from './reading.ts';
import * as store from './readings-store.ts';
import { isLate } from './sheet.ts';
import type { People as PeopleModule } from '../people/index.ts';
import type { Worked, WorkDay } from './worked.ts';
import { spanOf, unionOf, type Span } from './spans.ts';

export type { DayReading, Visit } from './reading.ts';
export type Readings = ReturnType<typeof createReadings>;

export type ReadingWorld = HeldWorld & {
  clock: Clock;
  roster: Pick<Roster, 'codesBetween'>;
  rooms: Pick<Rooms, 'historyOf'>;
  meetings: Pick<Meetings, 'invitedAfterStart' | 'invitedSpans'>;
  outages: Pick<Outages, 'between'>;
  corrections: Pick<Corrections, 'accepted' | 'open'>;
  people: Pick<PeopleModule, 'persons'>;
  worked: Pick<Worked, 'of'>;
};
/** Where somebody works, as far as it is known already. */
type Placed = { id: string; opd?: { id: string } | null; unit?: { id: string } | null };
type OfficeSpan = { zone: Zone; from: string; to: string };
type Read<P> = [personId: string, days: DayReading[], visits: Visit[], person: P];
type People<P> = Iterable<P> | AsyncIterable<P>;
/** A visit, and when the person was invited if that was after the beginning. */
type Seen = Span & { meeting: Begun; confidence: Confidence; open: boolean; invited: number | null };
type Folded = { roomId: string; meeting: Begun; intervals: Map<string, Interval[]>; invited: ReadonlyMap<string, number> };
/** What was held in a period; `loose`: folded, but not kept; `away`: when the portal was. */
type Log = { rooms: ReadonlyMap<string, Begun>; from: Date; to: Date; loose: ReadonlyMap<string, Folded>; away: Span[]; now: Date };

/** People read at once: some thousand visits, a few hundredths of a second. */
const PORTION = 250;
/** People given out before others may have the event loop. */
const BREATH = 50;
/** Rooms folded at once. */
const ROOMS = 40;
/** Another fold, other visits. */
const FOLD = createHash('sha256')
  .update(readFileSync(new URL('./intervals.ts', import.meta.url)))
  .digest('hex')
  .slice(0, 12);
const given = ({ startedAt, endedAt }: Begun): string => `${FOLD} ${startedAt.getTime()} ${endedAt?.getTime() ?? ''}`;

export function createReadings({ clock, roster, rooms, meetings, alsoHeld, outages, corrections, people: directory, worked }: ReadingWorld) {
  /**
   * Person by person, in the order given; people may come as they are found. `from` and `to` are days in `zone`, both included.
   * `tx`: a transaction, or the client itself, so that whoever takes long to hear of 5,000 people holds no connection.
   */
  async function* each<P extends Placed>(tx: Tx, people: People<P>, zone: Zone, from: string, to: string): AsyncGenerator<Read<P>> {
    const bare = periodOf(zone, from, to);
    const log = await logOf(tx, new Date(bare.from), new Date(bare.to));
    const period = periodOf(zone, from, to, log.away);
    const portions = portionsOf(people);
    const offices = new Map<string, (unitId: string, date: string) => WorkDay>();
    const following = async () => {
      const { value: persons } = await portions.next();
      return (
        persons && {
          persons,
          ...(await readPortion(
            tx,
            persons.map((p) => p.id),
            { from, to, log },
          )),
          work: await workOf(tx, persons, offices, { zone, from, to }),
        }
      );
    };
    let next = following();
    try {
      for (let portion = await next; portion; portion = await next) {
        const { persons, codes, accepted, open, visits, invited, work } = portion;
        // The database reads on while these are given out.
        next = following();
        next.catch(() => {});
        for (const [place, person] of persons.entries()) {
          if (place % BREATH === 0) await setImmediate();
          const own = accepted.get(person.id) ?? [];
          const seen = judged(withAccepted(visits.get(person.id) ?? [], own, log), log);
          const openDates = new Set(open.get(person.id)?.map((o) => o.date));
          const spans = unionOf(invited.get(person.id)?.map((i) => spanOf(i, log.now)) ?? []);
          const office = work(person);
          const known = {
            personId: person.id,
            codes: codes.get(person.id) ?? new Map(),
            visits: seen,
            corrections: own,
            openDates,
            invited: spans,
            ...(office && { work: office }),
          };
          yield [person.id, daysOf(known, period), seen, person];
        }
      }
    } finally {
      // Who stops in the middle leaves a question behind: the people's own source ends after it.
      await next.catch(() => {});
      await portions.return(undefined);
    }
  }

  async function of(tx: Tx, people: readonly Placed[], zone: Zone, from: string, to: string): Promise<Map<string, DayReading[]>> {
    const all = new Map<string, DayReading[]>();
    for await (const [personId, days] of each(tx, people, zone, from, to)) all.set(personId, days);
    return all;
  }

  /** The office's days of each of these; who came without an office is looked up. */
  async function workOf<P extends Placed>(tx: Tx, persons: readonly P[], offices: Map<string, (unitId: string, date: string) => WorkDay>, span: OfficeSpan) {
    const bare = persons.filter((p) => p.opd === undefined).map((p) => p.id);
    const looked: ReadonlyMap<string, Placed> = bare.length > 0 ? await directory.persons(tx, bare) : new Map<string, Placed>();
    const placed = (p: P): Placed => (p.opd === undefined ? (looked.get(p.id) ?? p) : p);
    for (const id of new Set(persons.flatMap((p) => placed(p).opd?.id ?? [])))
      if (!offices.has(id)) offices.set(id, await worked.of(tx, { id, zone: span.zone }, span.from, span.to));
    return (p: P): ((date: string) => WorkDay) | undefined => {
      const { opd, unit } = placed(p);
      const on = opd && offices.get(opd.id);
      return on ? (date) => on(unit?.id ?? opd.id, date) : undefined;
    };
  }

  async function readPortion(tx: Tx, personIds: readonly string[], { from, to, log }: { from: string; to: string; log: Log }) {
    const where = { personIds, from, to };
    const [codes, accepted, open, visits, invited] = await Promise.all([
      roster.codesBetween(tx, personIds, from, to),
      corrections.accepted(tx, where),
      corrections.open(tx, where),
      log.rooms.size > 0 ? store.visitsOf(tx, personIds, log.from, log.to) : [],
      log.away.length > 0 ? meetings.invitedSpans(tx, personIds, log.from, log.to, log.now) : [],
    ]);
    return { codes, accepted: byPerson(accepted), open: byPerson(open), visits: seenIn(visits, personIds, log), invited: byPerson(invited) };
  }

  async function logOf(tx: Tx, from: Date, to: Date): Promise<Log> {
    const now = clock.now();
    const held = await heldBetween({ meetings, alsoHeld }, tx, from, to);
    const earliest = [...held.values()].reduce((at, m) => (m.startedAt < at ? m.startedAt : at), from);
    const away = earliest < now ? await outages.between(tx, earliest, to < now ? to : now) : [];
    return { rooms: held, from: earliest, to, now, away: unionOf(away.map((w) => spanOf(w, now))), loose: await refresh(tx, held, now) };
  }

  /** Folds what is new. Answers the rooms whose visits are not kept: they run, or somebody else keeps visits just now. */
  async function refresh(tx: Tx, held: ReadonlyMap<string, Begun>, now: Date): Promise<Map<string, Folded>> {
    const loose = new Map<string, Folded>();
    const states = held.size === 0 ? [] : await store.statesOf(tx, [...held.keys()]);
    const stale = states.flatMap((state) => {
      const meeting = held.get(state.roomId);
      return meeting && (meeting.endedAt === null || state.uptoSeq !== state.seq || state.given !== given(meeting)) ? [{ ...state, meeting }] : [];
    });
    for (let n = 0; n < stale.length; n += ROOMS) {
      const some = stale.slice(n, n + ROOMS);
      const [facts, invited] = await Promise.all([
        rooms.historyOf(
          tx,
          some.map((s) => s.roomId),
        ),
        invitedLate(
          tx,
          some.map((s) => s.meeting.meetingId),
        ),
      ]);
      const folded = some.map(({ roomId, seq, meeting }) => {
        const intervals = fold(facts.get(roomId) ?? [], windowOf(meeting, now));
        return { roomId, seq, given: given(meeting), meeting, intervals, invited: invited.get(meeting.meetingId) ?? new Map<string, number>() };
      });
      const ended = folded.filter((f) => f.meeting.endedAt !== null);
      const kept = await inTransaction(tx, async (tx) => {
        if (ended.length === 0 || !(await store.mayKeep(tx))) return false;
        await store.keep(tx, ended, ended.flatMap(visitsToKeep));
        return true;
      });
      for (const room of folded) if (!kept || room.meeting.endedAt === null) loose.set(room.roomId, room);
      await setImmediate();
    }
    return loose;
  }

  async function invitedLate(tx: Tx, meetingIds: readonly string[]): Promise<Map<string, Map<string, number>>> {
    const found = new Map<string, Map<string, number>>();
    for (const { meetingId, personId, invitedAt } of await meetings.invitedAfterStart(tx, meetingIds))
      found.set(meetingId, (found.get(meetingId) ?? new Map<string, number>()).set(personId, invitedAt.getTime()));
    return found;
  }

  return { of, each };
}

async function* portionsOf<P>(people: People<P>): AsyncGenerator<P[], undefined> {
  let portion: P[] = [];
  for await (const person of people) {
    portion.push(person);
    if (portion.length < PORTION) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

const isPerson = (member: string): boolean => member.startsWith('p_');

const visitsToKeep = ({ roomId, intervals, invited }: Folded): store.FoldedVisit[] =>
  [...intervals].flatMap(([member, list]) =>
    isPerson(member)
      ? list.map(({ from, to, confidence }) => ({
          roomId,
          personId: member.slice(2),
          from: from.getTime(),
          to: (to ?? from).getTime(),
          sure: confidence === 'pasti',
          invited: invited.get(member.slice(2)) ?? null,
        }))
      : [],
  );

/** Where these people were seen: what is kept, and what is loose. */
function seenIn(kept: readonly { personId: string; visits: string }[], personIds: readonly string[], log: Log): Map<string, Seen[]> {
  const found = new Map<string, Seen[]>();
  for (const { personId, visits } of kept) {
    const own: Seen[] = [];
    for (const text of visits.split(',')) {
      const [roomId = '', from, to, sure, invited] = text.split(' ');
      const meeting = log.loose.has(roomId) ? undefined : log.rooms.get(roomId);
      if (!meeting) continue;
      const confidence = sure === '1' ? 'pasti' : 'perkiraan';
      own.push({ meeting, from: Number(from), to: Number(to), confidence, open: false, invited: invited ? Number(invited) : null });
    }
    found.set(personId, own);
  }
  if (log.loose.size === 0) return found;
  const wanted = new Set(personIds);
  for (const { meeting, intervals, invited } of log.loose.values())
    for (const [member, list] of intervals) {
      const personId = member.slice(2);
      if (!isPerson(member) || !wanted.has(personId)) continue;
      const visits = list.map((i) => ({
        ...spanOf(i, log.now),
        meeting,
        confidence: i.confidence,
        open: i.to === null,
        invited: invited.get(personId) ?? null,
      }));
      found.set(personId, [...(found.get(personId) ?? []), ...visits]);
    }
  return found;
}

/** What a named human accepted, inside the meeting and where no witness saw the person. */
function withAccepted(seen: readonly Seen[], accepted: readonly { meetingId: string | null; from: Date | null; to: Date | null }[], log: Log): readonly Seen[] {
  let all = seen;
  for (const { meetingId, from, to } of accepted) {
    const meeting = meetingId === null ? undefined : [...log.rooms.values()].find((m) => m.meetingId === meetingId);
    if (!meeting || !from || !to) continue;
    const end = meeting.endedAt ?? log.now;
    const span = { from: from < meeting.startedAt ? meeting.startedAt : from, to: to > end ? end : to };
    const there = all.filter((s) => s.meeting.meetingId === meetingId);
    const known = there.map((s): Interval => ({ from: new Date(s.from), to: s.open ? null : new Date(s.to), confidence: s.confidence, sources: [] }));
    const added = withManual(known, [span]).filter((i) => !known.includes(i));
    all = [...all, ...added.map((i): Seen => ({ ...spanOf(i, log.now), meeting, confidence: 'manual', open: false, invited: there[0]?.invited ?? null }))];
  }
  return all;
}

/** In the order of time; the first visit to a meeting decides whether the person was late. */
function judged(seen: readonly Seen[], { away }: Log): Visit[] {
  const entered = new Set<string>();
  return seen
    .toSorted((a, b) => a.from - b.from)
    .map(({ meeting, from, to, confidence, open, invited }) => {
      const first = !entered.has(meeting.meetingId);
      entered.add(meeting.meetingId);
      const late = first && !meeting.conference && isLate(new Date(from), invited === null ? null : new Date(invited), meeting, away);
      return { from, to, meetingId: meeting.meetingId, confidence, late, open };
    });
}

const inTransaction = async <T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> => ('begin' in tx ? ((await (tx as Sql).begin(work)) as T) : work(tx));

function byPerson<T extends { personId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.personId);
    if (group) group.push(row);
    else groups.set(row.personId, [row]);
  }
  return groups;
}
