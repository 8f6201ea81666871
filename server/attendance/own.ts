// What attendance knows of one person, for that person: every meeting with its intervals, and every row of an export.
import type { Zone } from '../../shared/people.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import type { Rooms } from '../rooms/index.ts';
import type { Corrections } from './corrections.ts';
import { heldIn, windowOf, type HeldWorld } from './held.ts';
import { fold, withManual, type Interval } from './intervals.ts';
import { boundsOf } from '../platform/local-time.ts';
import { minutesOf } from './sheet.ts';

/** `conference`: a press conference. */
export type OwnMeeting = { meetingId: string; title: string; conference: boolean; intervals: Interval[]; minutes: number };
export type OwnExportRow = {
  date: string;
  month: string;
  opdName: string | null;
  serial: number;
  code: string | null;
  note: string | null;
  madeBy: string | null;
  madeAt: Date;
  state: 'siap' | 'terkirim' | 'ditolak';
  reason: string | null;
};
type World = HeldWorld & { clock: Clock; rooms: Pick<Rooms, 'presenceOfMembers'>; meetings: Pick<Meetings, 'meetingsByIds'> };

/** A meeting that touches a day began, or is told to have ended, within this of it. */
const AROUND_MS = 24 * 3_600_000;

export function createOwn({ clock, rooms, meetings, alsoHeld }: World, corrections: Pick<Corrections, 'accepted'>) {
  /** Newest first; accepted corrections included. `from` and `to` are days of the office, both included. */
  async function visitsOf(tx: Tx, personId: string, zone: Zone, from: string, to: string): Promise<OwnMeeting[]> {
    const [begin, end] = [boundsOf(from, zone).from, boundsOf(to, zone).to];
    const facts = await rooms.presenceOfMembers(tx, [`p_${personId}`], new Date(begin.getTime() - AROUND_MS), new Date(end.getTime() + AROUND_MS));
    const byRoom = grouped(facts, (fact) => fact.roomId);
    const found = new Map<string, { title: string; conference: boolean; intervals: Interval[] }>();
    for (const [roomId, one] of await heldIn({ meetings, alsoHeld }, tx, [...byRoom.keys()])) {
      const intervals = fold(byRoom.get(roomId) ?? [], windowOf(one, clock.now())).get(`p_${personId}`);
      if (intervals) found.set(one.meetingId, { title: one.title, conference: one.conference, intervals });
    }
    const accepted = (await corrections.accepted(tx, { personIds: [personId], from, to })).flatMap(({ meetingId, from, to }) =>
      meetingId !== null && from && to ? [{ meetingId, from, to }] : [],
    );
    const titles = new Map((await meetings.meetingsByIds(tx, [...new Set(accepted.map((a) => a.meetingId))])).map((m) => [m.id, m.title]));
    for (const [meetingId, list] of grouped(accepted, (a) => a.meetingId)) {
      const seen = found.get(meetingId) ?? { title: titles.get(meetingId) ?? '–', conference: false, intervals: [] };
      found.set(meetingId, { ...seen, intervals: withManual(seen.intervals, list) });
    }
    return [...found]
      .map(([meetingId, { intervals, ...one }]) => {
        const inside = intervals.filter((i) => i.from < end && (i.to === null || i.to > begin));
        return { meetingId, ...one, intervals: inside, minutes: minutesOf(inside, clock.now()) };
      })
      .filter((m) => m.intervals.length > 0)
      .toSorted((a, b) => (b.intervals[0]?.from.getTime() ?? 0) - (a.intervals[0]?.from.getTime() ?? 0));
  }

  /** Every time a day of this person went into a file for the attendance system, newest first. */
  const exportsOf = (tx: Tx, personId: string, from: string, to: string): Promise<OwnExportRow[]> => tx<OwnExportRow[]>`
    select r.date::text as date, b.month, b.opd_name as "opdName", b.serial, r.code, r.note, b.made_by_name as "madeBy", b.made_at as "madeAt",
      case when refused.act = 'ditolak' then 'ditolak' when exists (select from attendance.export_act s where s.batch_id = b.id and s.act = 'terkirim') then 'terkirim' else 'siap' end as state,
      case when refused.act = 'ditolak' then refused.reason end as reason
    from attendance.export_row r join attendance.export_batch b on b.id = r.batch_id
    left join lateral (select act, reason from attendance.export_act a where a.row_id = r.id order by a.id desc limit 1) refused on true
    where r.person_id = ${personId} and r.date between ${from} and ${to} order by r.id desc limit 1000`;

  return { visitsOf, exportsOf };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
