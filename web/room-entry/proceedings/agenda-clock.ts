// Where the meeting is in its agenda. Pure; instants in milliseconds since 1970, by the server's clock.
import type { Agenda } from '../../../shared/proceedings.ts';

export type AgendaClock = {
  /** The item of now, from 1, of how many. */
  no: number;
  of: number;
  /** Of its minutes; below zero: over. Null: it has none. */
  leftMs: number | null;
  next: string | null;
  /** By how much what is still to come goes past the planned end; null where nobody knows. */
  overrunMs: number | null;
};

export function agendaClock({ items, now, spent, endsAt }: Agenda, at: number): AgendaClock | null {
  const place = items.findIndex(({ id }) => id === now?.itemId);
  const item = items[place];
  if (!item || !now) return null;
  const before = spent.find(({ itemId }) => itemId === item.id)?.ms ?? 0;
  const leftMs = item.minutes === null ? null : item.minutes * 60_000 - before - Math.max(0, at - Date.parse(now.since));
  const toCome = items.slice(place + 1).reduce((sum, { minutes }) => sum + (minutes ?? 0) * 60_000, Math.max(0, leftMs ?? 0));
  const planned = items.some(({ minutes }) => minutes !== null);
  return {
    no: place + 1,
    of: items.length,
    leftMs,
    next: items[place + 1]?.id ?? null,
    overrunMs: endsAt === null || !planned ? null : Math.max(0, at + toCome - Date.parse(endsAt)),
  };
}
