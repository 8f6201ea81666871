// When somebody on duty is on duty: a shift from its beginning to its end, over midnight where it ends on the next day. Pure.
import type { Zone } from '../../shared/people.ts';
import type { Shift } from '../../shared/policies.ts';
import { addDays, boundsOf } from '../platform/local-time.ts';

export type Spell = { from: Date; until: Date };

const MINUTE_MS = 60_000;
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** `until` is not included. Without a shift: from midnight to midnight, in the office's zone. */
export function spellOf(date: string, shift: Pick<Shift, 'from' | 'to'> | null, zone: Zone): Spell {
  const day = boundsOf(date, zone);
  if (shift === null) return { from: day.from, until: day.to };
  const end = shift.to > shift.from ? day.from : boundsOf(addDays(date, 1), zone).from;
  return { from: new Date(day.from.getTime() + minutesOf(shift.from) * MINUTE_MS), until: new Date(end.getTime() + minutesOf(shift.to) * MINUTE_MS) };
}

export const isDuring = ({ from, until }: Spell, at: Date): boolean => from <= at && at < until;
