// A meeting that nobody ends comes to an end by itself, at the moment its last person left. The rule is pure; the sweep asks it.
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import type { Outages } from '../platform/outages.ts';
import type { Rooms } from '../rooms/index.ts';
import * as store from './store.ts';

const MINUTE_MS = 60_000;
/** Our own rules until a region sets others. */
export const EMPTY_MS = { planned: 30 * MINUTE_MS, instant: 60 * MINUTE_MS };
export const UNATTENDED_MS = 12 * 60 * MINUTE_MS;
/** Attendance holds nobody longer either (attendance/intervals.ts). */
export const LONGEST_MS = 24 * 60 * MINUTE_MS;

export type Running = { endsAt: Date | null; startedAt: Date };
/** `lastSeen`: of the last person who was in; null = nobody has come. `awayUntil`: end of the last outage, in which nobody could be in. */
export type Emptiness = { inside: number; lastSeen: Date | null; awayUntil: Date | null };

/** When it was over, in truth; null = it still runs. A forgotten tab keeps a meeting for a day at most. */
export function overAt({ endsAt, startedAt }: Running, { inside, lastSeen, awayUntil }: Emptiness, now: Date): Date | null {
  const [start, at] = [startedAt.getTime(), now.getTime()];
  const empty = new Date(Math.max(start, lastSeen?.getTime() ?? start));
  if (at - start >= LONGEST_MS) return inside > 0 || empty.getTime() > start + LONGEST_MS ? new Date(start + LONGEST_MS) : empty;
  if (inside > 0) return null;
  const quiet = at - Math.max(empty.getTime(), awayUntil?.getTime() ?? 0);
  if (endsAt) return at >= endsAt.getTime() && quiet >= EMPTY_MS.planned ? empty : null;
  const left = lastSeen !== null && quiet >= EMPTY_MS.instant;
  return left || (at - start > UNATTENDED_MS && quiet >= EMPTY_MS.planned) ? empty : null;
}

/** Called in the transaction that ends a meeting, by its chair or by itself. */
export type EndedListener = (tx: Tx, meetingId: string) => Promise<void>;
type World = {
  sql: Sql;
  clock: Clock;
  rooms: Pick<Rooms, 'presenceOf' | 'insideCounts' | 'close'>;
  outages: Pick<Outages, 'between'>;
  ended: EndedListener;
};

export function createEnding({ sql, clock, rooms, outages, ended }: World) {
  async function emptiness(tx: Tx, roomId: string, since: Date): Promise<Emptiness> {
    const inside = (await rooms.insideCounts(tx, [roomId])).get(roomId) ?? 0;
    const facts = await rooms.presenceOf(tx, [roomId]);
    const seen = facts.filter((f) => f.member !== null);
    const ends = seen.length > 0 ? facts.filter((f) => f.kind === 'server_exit') : [];
    const now = clock.now();
    const away = (await outages.between(tx, since, now)).map((w) => (w.to ?? now).getTime());
    const latest = (times: readonly number[]): Date | null => (times.length > 0 ? new Date(Math.min(Math.max(...times), now.getTime())) : null);
    return { inside, lastSeen: latest([...seen, ...ends].map((f) => f.at.getTime())), awayUntil: latest(away) };
  }

  async function endOne(id: string): Promise<boolean> {
    return sql.begin(async (tx) => {
      const meeting = await store.lockMeeting(tx, id);
      if (meeting?.state !== 'berlangsung' || meeting.roomId === null) return false;
      const at = overAt(meeting, await emptiness(tx, meeting.roomId, meeting.startedAt), clock.now());
      if (at === null) return false;
      await store.endMeeting(tx, id, null, at);
      await rooms.close(tx, meeting.roomId);
      await store.noteAct(tx, id, { byId: null, act: 'berakhir sendiri' }, clock.now());
      await ended(tx, id);
      const people = (await store.invitationsOf(tx, id)).flatMap((i) => (i.personId ? [`person:${i.personId}`] : []));
      await tell(tx, [`meeting:${id}`, `host:${id}`, ...people], { type: 'meeting.changed', meetingId: id });
      return true;
    });
  }

  /** All meetings that nobody ended. Answers how many came to an end now. */
  async function endAbandoned(): Promise<number> {
    const before = new Date(clock.now().getTime() - EMPTY_MS.planned);
    let ended = 0;
    for (const id of await store.runningSince(sql, before)) if (await endOne(id)) ended += 1;
    return ended;
  }

  return { endAbandoned };
}
