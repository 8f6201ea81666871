// Verbs of the day: the board of an OPD, and the own day of a person.
import type { DayBoard, MyDay } from '../../shared/attendance.ts';
import type { Opd } from '../../shared/people.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Rooms } from '../rooms/index.ts';
import type { Roster } from '../roster/index.ts';
import { markOf, type Attended } from './day.ts';
import { fold } from './intervals.ts';
import { boundsOf, dayIn } from './local-time.ts';

export type DayWorld = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'maskNip' | 'persons' | 'staffOf' | 'opds' | 'topOpd' | 'noteAccess'>;
  roster: Pick<Roster, 'codesOn'>;
  rooms: Pick<Rooms, 'presenceOfMembers'>;
  meetings: Pick<Meetings, 'dossiersByRoom'>;
};
export type DayVerbs = ReturnType<typeof createDays>;

/** A meeting that touches a day began, or is told to have ended, within this of it. */
const AROUND_MS = 24 * 3_600_000;
const memberOf = (personId: string): string => `p_${personId}`;

export function createDays({ sql, clock, people, roster, rooms, meetings }: DayWorld) {
  /** The meetings these people were in around a day, by person. Who is not planned WFH is not looked up. */
  async function attended(tx: Tx, personIds: readonly string[], day: { from: Date; to: Date }): Promise<Map<string, Attended[]>> {
    const found = new Map<string, Attended[]>();
    if (personIds.length === 0) return found;
    const facts = await rooms.presenceOfMembers(tx, personIds.map(memberOf), new Date(day.from.getTime() - AROUND_MS), new Date(day.to.getTime() + AROUND_MS));
    const dossiers = await meetings.dossiersByRoom(tx, [...new Set(facts.map((f) => f.roomId))]);
    for (const [roomId, { meetingId, title, startedAt, endedAt }] of dossiers) {
      const intervals = fold(
        facts.filter((f) => f.roomId === roomId),
        { from: startedAt, to: endedAt, now: clock.now() },
      );
      for (const [member, list] of intervals) {
        const personId = member.slice(2);
        found.set(personId, [...(found.get(personId) ?? []), { meetingId, title, intervals: list }]);
      }
    }
    return found;
  }

  async function board(person: SignedIn, unitId: string, date: string | undefined): Promise<DayBoard> {
    return sql.begin(async (tx) => {
      const top = await people.topOpd(tx, unitId);
      if (!top || !person.managesOpds.includes(top.id)) refuse('not_found');
      const units = await people.opds(tx);
      const unit = units.find((o) => o.id === unitId) ?? top;
      const now = clock.now();
      const day = date ?? dayIn(now, top.zone);
      const within = below(units, unit.id);
      const staff = (await people.staffOf(tx, top.id)).filter((s) => unit.id === top.id || within.has(s.unit?.id ?? top.id));
      const codes = await roster.codesOn(
        tx,
        staff.map((s) => s.id),
        day,
      );
      const seen = await attended(
        tx,
        staff.map((s) => s.id).filter((id) => codes.get(id)?.code === 'WFH'),
        boundsOf(day, top.zone),
      );
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
          ...markOf(code, seen.get(s.id) ?? [], { date: day, zone: top.zone, now }),
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
      return { opdId: unit.id, opdName: unit.name, date: day, zone: top.zone, rows };
    });
  }

  /** One day of one person; today when none is named. */
  async function dayOf(tx: Tx, personId: string, on?: string): Promise<MyDay> {
    const zone = (await people.persons(tx, [personId])).get(personId)?.opd?.zone ?? 'Asia/Jakarta';
    const now = clock.now();
    const date = on ?? dayIn(now, zone);
    const { code = null, basis = null } = (await roster.codesOn(tx, [personId], date)).get(personId) ?? {};
    const seen = await attended(tx, code === 'WFH' ? [personId] : [], boundsOf(date, zone));
    return { date, zone, code, basis, ...markOf(code, seen.get(personId) ?? [], { date, zone, now }) };
  }
  const mine = (person: SignedIn): Promise<MyDay> => dayOf(sql, person.id);

  return { board, mine, dayOf };
}

/** A unit and all below it; parents come first in the tree's list. */
function below(units: readonly Opd[], id: string): Set<string> {
  const within = new Set([id]);
  for (const unit of units) if (unit.parentId !== null && within.has(unit.parentId)) within.add(unit.id);
  return within;
}
