// Calendar days as text (`2026-11-23`), which an office counts with; an instant becomes one only in a zone.
import { addDays } from '../platform/local-time.ts';

export { addDays };

/** The day it is in this zone at this instant. */
export const dayIn = (zone: string, at: Date): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);

/** The day before the same date `months` later, so that both ends are included; the end of the month where that date does not exist. */
export function lastDayOfMonths(from: string, months: number): string {
  const [year = 0, month = 0, day = 0] = from.split('-').map(Number);
  const sameDate = new Date(Date.UTC(year, month - 1 + months, day));
  const endOfMonth = new Date(Date.UTC(year, month + months, 0));
  if (sameDate > endOfMonth) return endOfMonth.toISOString().slice(0, 10);
  return addDays(sameDate.toISOString().slice(0, 10), -1);
}
