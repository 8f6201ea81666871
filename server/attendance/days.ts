// Verbs of the day: the board of an OPD, and the own day of a person.
import type { DayBoard, MyDay } from '../../shared/attendance.ts';
import type { Opd, Zone } from '../../shared/people.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Outages } from '../platform/outages.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Rooms } from '../rooms/index.ts';
import type { Roster } from '../roster/index.ts';
import type { Accepted } from './corrections.ts';
import { heldIn, windowOf, type AlsoHeld } from './held.ts';
import { markOf, type Attended, type DayReading } from './day.ts';
import { fold, withManual } from './intervals.ts';
import { boundsOf, dayIn } from '../platform/local-time.ts';
import { spanOf, unionOf, type Span } from './spans.ts';
import type { MachineDays } from './machine-days.ts';
import type { WorkDay, Worked } from './worked.ts';

export type DayWorld = {
  sql: Sql;
  clock: Clock;
  worked: Pick<Worked, 'of'>;
  machineDays: Pick<MachineDays, 'dayFor'>;
  people: Pick<People, 'maskNip' | 'persons' | 'staffOf' | 'opds' | 'topOpd' | 'noteAccess'>;
  roster: Pick<Roster, 'codesOn'>;
  rooms: Pick<Rooms, 'presenceOfMembers'>;
  meetings: Pick<Meetings, 'dossiersByRoom' | 'heldBetween' | 'dossier' | 'invitedSpans'>;
  alsoHeld: AlsoHeld;
  outages: Pick<Outages, 'between'>;
  corrections?: { accepted(tx: Tx, where: { personIds: readonly string[]; from: string; to: string }): Promise<Decided[]> };
};
type OfficeDay = { zone: Zone; on: (personId: string) => WorkDay | null };
type Decided = Pick<Accepted, 'personId' | 'meetingId' | 'date' | 'from' | 'to' | 'mark'>;
export type DayVerbs = ReturnType<typeof createDays>;

/** A meeting that touches a day began, or is told to have ended, within this of it. */
const AROUND_MS = 24 * 3_600_000;
const memberOf = (personId: string): string => `p_${personId}`;

export function createDays({ sql, clock, people, roster, rooms, meetings, alsoHeld, outages, corrections, worked, machineDays }: DayWorld) {
  /** The meetings and conferences these people were in around a day, by person. Who is not planned WFH is not looked up. */
  async function attended(tx: Tx, personIds: readonly string[], day: { from: Date; to: Date }, reader: SignedIn | null): Promise<Map<string, Attended[]>> {
    const found = new Map<string, Attended[]>();
    if (personIds.length === 0) return found;
    const facts = await rooms.presenceOfMembers(tx, personIds.map(memberOf), new Date(day.from.getTime() - AROUND_MS), new Date(day.to.getTime() + AROUND_MS));
    const held = await heldIn({ meetings, alsoHeld }, tx, [...new Set(facts.map((f) => f.roomId))]);
    const conferences = [...held.values()].flatMap((one) => (one.conference ? [one.meetingId] : []));
    const named = conferences.length === 0 ? new Map<string, { opens: boolean }>() : await alsoHeld.named(tx, conferences, reader);
    for (const [roomId, one] of held) {
      const { meetingId, title } = one;
      const conference = one.conference ? { opens: named.get(meetingId)?.opens ?? false } : undefined;
      const intervals = fold(
        facts.filter((f) => f.roomId === roomId),
        windowOf(one, clock.now()),
      );
      for (const [member, list] of intervals) {
        const personId = member.slice(2);
        found.set(personId, [...(found.get(personId) ?? []), { meetingId, title, intervals: list, conference }]);
      }
    }
    return found;
  }

  /** Times in a meeting that a named human accepted join what was witnessed of it. */
  async function join(tx: Tx, found: Map<string, Attended[]>, accepted: readonly Decided[]): Promise<void> {
    for (const { personId, meetingId, from, to } of accepted) {
      if (meetingId === null || !from || !to) continue;
      const own = found.get(personId) ?? [];
      const title = own.find((m) => m.meetingId === meetingId)?.title ?? (await meetings.dossier(tx, meetingId))?.title;
      if (title === undefined) continue;
      const intervals = withManual(own.find((m) => m.meetingId === meetingId)?.intervals ?? [], [{ from, to }]);
      found.set(personId, [...own.filter((m) => m.meetingId !== meetingId), { meetingId, title, intervals }]);
    }
  }

  type Read = { of: (personId: string) => DayReading & { corrected: boolean }; outages: DayBoard['outages'] };

  /** What is known of these people's day. Only planned WFH days are judged; the others are not looked up. */
  async function readAt(tx: Tx, date: string, { zone, on }: OfficeDay, codes: ReadonlyMap<string, DayCode | null>, reader: SignedIn | null): Promise<Read> {
    const now = clock.now();
    const day = boundsOf(date, zone);
    const wfh = [...codes].filter(([, code]) => code === 'WFH').map(([id]) => id);
    const found = await attended(tx, wfh, day, reader);
    const accepted = wfh.length > 0 && corrections ? await corrections.accepted(tx, { personIds: wfh, from: date, to: date }) : [];
    await join(tx, found, accepted);
    const windows = day.from < now ? await outages.between(tx, day.from, day.to < now ? day.to : now) : [];
    const away = unionOf(windows.map((w) => spanOf(w, now)));
    const invited = new Map<string, Span[]>();
    if (away.length > 0)
      for (const { personId, ...span } of await meetings.invitedSpans(tx, wfh, day.from, day.to, now))
        invited.set(personId, [...(invited.get(personId) ?? []), spanOf(span, now)]);
    return {
      outages: windows.map(({ what, from, to }) => ({ what, from: from.toISOString(), to: to?.toISOString() ?? null })),
      of: (id) => {
        const own = accepted.filter((a) => a.personId === id && (a.meetingId !== null || a.date === date));
        const work = on(id);
        const facts = {
          date,
          zone,
          now,
          outages: away,
          invited: unionOf(invited.get(id) ?? []),
          accepted: own.some((a) => a.mark !== null),
          ...(work && { work }),
        };
        const attendedThen = found.get(id) ?? [];
        const reading = markOf(codes.get(id) ?? null, attendedThen, facts);
        const byHand = own.some((a) => a.mark !== null || reading.evidence.some((e) => e.meetingId === a.meetingId));
        return { ...reading, corrected: byHand };
      },
    };
  }

  /** The same of whoever they are: their offices are looked up. */
  async function readDay(tx: Tx, date: string, zone: Zone, codes: ReadonlyMap<string, DayCode | null>, reader: SignedIn | null): Promise<Read> {
    const placed = await people.persons(
      tx,
      [...codes].filter(([, code]) => code === 'WFH').map(([id]) => id),
    );
    const offices = new Map<string, (unitId: string, on: string) => WorkDay>();
    for (const { opd } of placed.values()) if (opd && !offices.has(opd.id)) offices.set(opd.id, await worked.of(tx, opd, date, date));
    const on = (id: string): WorkDay | null => {
      const { opd, unit } = placed.get(id) ?? { opd: null, unit: null };
      return (opd && offices.get(opd.id)?.(unit?.id ?? opd.id, date)) ?? null;
    };
    return readAt(tx, date, { zone, on }, codes, reader);
  }

  async function board(person: SignedIn, unitId: string, date: string | undefined): Promise<DayBoard> {
    return sql.begin(async (tx) => {
      const top = await people.topOpd(tx, unitId);
      if (!top || !person.managesOpds.includes(top.id)) refuse('not_found');
      const units = await people.opds(tx);
      const unit = units.find((o) => o.id === unitId) ?? top;
      const day = date ?? dayIn(clock.now(), top.zone);
      const within = below(units, unit.id);
      const staff = (await people.staffOf(tx, top.id)).filter((s) => unit.id === top.id || within.has(s.unit?.id ?? top.id));
      const codes = await roster.codesOn(
        tx,
        staff.map((s) => s.id),
        day,
      );
      const office = await worked.of(tx, top, day, day);
      const unitOf = new Map(staff.map((s) => [s.id, s.unit?.id ?? top.id]));
      const on = (id: string): WorkDay => office(unitOf.get(id) ?? top.id, day);
      const read = await readAt(tx, day, { zone: top.zone, on }, new Map(staff.map((s) => [s.id, codes.get(s.id)?.code ?? null])), person);
      const machine = await machineDays.dayFor(tx, top, staff, day);
      const rows = staff.map((s) => {
        const { code = null, basis = null } = codes.get(s.id) ?? {};
        return {
          personId: s.id,
          name: s.name,
          nip: people.maskNip(s.nip),
          position: s.position,
          unitName: s.unit?.name ?? unit.name,
          code,
          basis,
          ...read.of(s.id),
          ...machine.of(s.id, code),
        };
      });
      await people.noteAccess(tx, {
        by: person.id,
        what: 'papan_hari.baca',
        subject: `${unit.id} ${day}`,
        count: rows.length,
        scope: { kind: 'opd', id: unit.id },
        persons: rows.map((row) => row.personId),
      });
      const { kind, name, hours, moved } = office(unit.id, day);
      return {
        opdId: unit.id,
        opdName: unit.name,
        date: day,
        zone: top.zone,
        outages: read.outages,
        office: { kind, name, hours: hours && { from: new Date(hours.from).toISOString(), to: new Date(hours.to).toISOString() }, moved },
        machineUntil: machine.until?.toISOString() ?? null,
        rows,
      };
    });
  }

  /** How the day of these people of one OPD reads, for sums that name nobody. */
  async function marksOf(
    tx: Tx,
    top: Parameters<typeof worked.of>[1],
    staff: readonly { id: string; unit: { id: string } | null; code: DayCode | null }[],
    day: string,
  ): Promise<(personId: string) => DayReading['mark']> {
    const office = await worked.of(tx, top, day, day);
    const unitOf = new Map(staff.map(({ id, unit }) => [id, unit?.id ?? top.id]));
    const on = (id: string): WorkDay => office(unitOf.get(id) ?? top.id, day);
    const read = await readAt(tx, day, { zone: top.zone, on }, new Map(staff.map(({ id, code }) => [id, code])), null);
    return (personId) => read.of(personId).mark;
  }

  /** One day of one person; today when none is named. */
  async function dayOf(tx: Tx, personId: string, on?: string, reader: SignedIn | null = null): Promise<MyDay> {
    const zone = (await people.persons(tx, [personId])).get(personId)?.opd?.zone ?? 'Asia/Jakarta';
    const date = on ?? dayIn(clock.now(), zone);
    const { code = null, basis = null } = (await roster.codesOn(tx, [personId], date)).get(personId) ?? {};
    const read = await readDay(tx, date, zone, new Map([[personId, code]]), reader);
    return { date, zone, code, basis, ...read.of(personId), outages: read.outages };
  }
  const mine = (person: SignedIn): Promise<MyDay> => dayOf(sql, person.id, undefined, person);

  return { board, mine, dayOf, marksOf };
}

/** A unit and all below it; parents come first in the tree's list. */
function below(units: readonly Opd[], id: string): Set<string> {
  const within = new Set([id]);
  for (const unit of units) if (unit.parentId !== null && within.has(unit.parentId)) within.add(unit.id);
  return within;
}
