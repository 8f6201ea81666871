// The work hours and the kind of a day, as they count for it. A day that is over keeps what was known when it ended, so that no change of hours
// or holidays alters a past result by itself; whoever wants that asks for it, with a reason (attendance.reckoning).
import type { Zone } from '../../shared/people.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { Hours } from '../hours/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { boundsOf } from '../platform/local-time.ts';
import * as store from './machine-store.ts';
import type { Span } from './spans.ts';

export type WorkedWorld = { clock: Clock; hours: Pick<Hours, 'calendar' | 'mustRecord'> };
export type Worked = ReturnType<typeof createWorked>;
/** `expected`: false on public holidays, joint leave and the office's own days off. `moved`: known otherwise today. */
export type WorkDay = { kind: 'kerja' | 'akhir_pekan' | 'libur' | 'cuti_bersama'; name: string | null; hours: Span | null; expected: boolean; moved: boolean };
type Office = { id: string; zone: Zone };

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

export function createWorked({ clock, hours }: WorkedWorld) {
  /** Any unit of this OPD on any day between the two. */
  async function of(tx: Tx, { id, zone }: Office, from: string, to: string): Promise<(unitId: string, date: string) => WorkDay> {
    const on = await hours.calendar(tx, id, from, to);
    const reckonings = await store.reckoningsOf(tx, id, from, to);
    const known = new Map<string, WorkDay>();
    return (unitId, date) => {
      const key = `${unitId} ${date}`;
      const before = known.get(key);
      if (before) return before;
      const { from: midnight, to: end } = boundsOf(date, zone);
      const asOf = end > clock.now() ? null : (reckonings.find((r) => r.from <= date && date <= r.to)?.at ?? end);
      const day = on(unitId, date, asOf ?? undefined);
      const moved = asOf !== null && JSON.stringify(day) !== JSON.stringify(on(unitId, date));
      const expected = day.kind === 'kerja' || day.kind === 'akhir_pekan';
      const found = { kind: day.kind, name: day.name, hours: day.hours && spanOn(midnight.getTime(), day.hours), expected, moved };
      known.set(key, found);
      return found;
    };
  }

  /** With which codes one records at the machine, on any day. */
  const mustRecord = (tx: Tx, opdId: string): Promise<(date: string) => ReadonlySet<DayCode>> => hours.mustRecord(tx, opdId);
  return { of, mustRecord };
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
/** An end before its beginning is on the next day. */
function spanOn(midnight: number, { from, to }: { from: string; to: string }): Span {
  const begins = minutesOf(from);
  const ends = minutesOf(to);
  return { from: midnight + begins * MINUTE_MS, to: midnight + (ends <= begins ? ends + DAY_MINUTES : ends) * MINUTE_MS };
}
