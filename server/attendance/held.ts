// What was held where people can be seen: meetings, and what else the office holds in rooms (press conferences; app.ts hands them in).
import type { Held as HeldMeeting, Meetings } from '../meetings/index.ts';
import type { Tx } from '../platform/database.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Window } from './intervals.ts';

/** `conference`: nobody is invited to it, nobody comes late, and its record is not corrected here. Its id is in `meetingId`. */
export type Held = Omit<HeldMeeting, 'startedAt'> & { startedAt: Date | null; conference: boolean };
/** Not only planned. */
export type Begun = Held & { startedAt: Date };
/** What the presence log calls a room, and what was held in it. A conference begins when its room opens for the crew. */
export type AlsoHeld = {
  heldBetween(tx: Tx, from: Date, to: Date): Promise<Map<string, HeldMeeting>>;
  heldIn(tx: Tx, roomIds: readonly string[]): Promise<Map<string, HeldMeeting>>;
  /** `opens`: this reader may look at its page. */
  named(tx: Tx, ids: readonly string[], reader: SignedIn | null): Promise<Map<string, { title: string; opens: boolean }>>;
};
export type HeldWorld = { meetings: Pick<Meetings, 'heldBetween' | 'dossiersByRoom'>; alsoHeld: AlsoHeld };

function together<M, C>(called: ReadonlyMap<string, M>, conferences: ReadonlyMap<string, C>) {
  const held = new Map<string, (M | C) & { conference: boolean }>();
  for (const [roomId, one] of called) held.set(roomId, { ...one, conference: false });
  for (const [roomId, one] of conferences) held.set(roomId, { ...one, conference: true });
  return held;
}

/** By room, what was held, or runs, at some time between two instants. */
export async function heldBetween({ meetings, alsoHeld }: HeldWorld, tx: Tx, from: Date, to: Date): Promise<Map<string, Begun>> {
  const [called, conferences] = await Promise.all([meetings.heldBetween(tx, from, to), alsoHeld.heldBetween(tx, from, to)]);
  return together(called, conferences);
}

export async function heldIn({ meetings, alsoHeld }: HeldWorld, tx: Tx, roomIds: readonly string[]): Promise<Map<string, Held>> {
  const called = await meetings.dossiersByRoom(tx, roomIds);
  const rest = roomIds.filter((id) => !called.has(id));
  return together(called, rest.length === 0 ? new Map<string, HeldMeeting>() : await alsoHeld.heldIn(tx, rest));
}

/** A conference has its room ahead of time, for a rehearsal the day before: it is no forgotten one until a day after it was planned. */
export const windowOf = ({ startedAt, startsAt, endedAt, conference }: Held, now: Date): Window => ({
  from: startedAt,
  to: endedAt,
  now,
  ...(conference && { planned: startsAt }),
});
