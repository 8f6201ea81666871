// Rules of quiet hours. Pure; the clock is that of the person's zone.
import type { Quiet } from '../../shared/notifications.ts';
import { boundsOf, dayIn } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
/** Monday = 1. */
const weekday = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7;

export function mustBeQuietHours({ from, to, days }: Quiet): void {
  if (from === to) refuse('quiet.empty', {}, [{ path: 'quiet.to', message: 'harus lain dari jam mulai' }]);
  if (new Set(days).size !== days.length) refuse('quiet.days', {}, [{ path: 'quiet.days', message: 'tiap hari sekali' }]);
}

/** When it stops being quiet; null = it is not quiet at this time. The first minute is quiet, the last one is not. */
export function quietUntil(quiet: Quiet | null, at: Date): Date | null {
  if (quiet === null) return null;
  const from = minutesOf(quiet.from);
  const length = ((minutesOf(quiet.to) - from + 1440) % 1440) * MINUTE_MS;
  const today = boundsOf(dayIn(at, quiet.zone), quiet.zone).from.getTime();
  // It may have begun yesterday.
  for (const midnight of [today - DAY_MS, today]) {
    const begins = midnight + from * MINUTE_MS;
    const ends = begins + length;
    if (quiet.days.includes(weekday(dayIn(new Date(midnight), quiet.zone))) && at.getTime() >= begins && at.getTime() < ends) return new Date(ends);
  }
  return null;
}
