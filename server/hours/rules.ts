// Which hours and which kind of day hold in a unit on a date. Pure; what is known later than `asOf` was not known then.
import type { DayHours } from '../../shared/hours.ts';
import type { Holiday } from '../../shared/planning.ts';
import type { PlanDay } from '../../shared/rota.ts';
import type { OwnDayRow, ScheduleRow } from './store.ts';

export type DayOf = PlanDay & { hours: DayHours | null };
/** `path`: the unit, then all above it. */
export type Known = { schedules: readonly ScheduleRow[]; ownDays: readonly OwnDayRow[]; holidays: readonly Holiday[] };

const FIRST = ['khusus', 'ramadan', 'biasa'];
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

const holds = (row: ScheduleRow | OwnDayRow, date: string, asOf: Date | null): boolean =>
  (asOf === null || row.at <= asOf) && !(row.withdrawn && row.withdrawn.from <= date && (asOf === null || row.withdrawn.at <= asOf));
/** How near: 0 the unit itself; the region is farthest; null: another office's. */
const nearness = (unitId: string | null, path: readonly string[]): number | null =>
  unitId === null ? path.length : path.includes(unitId) ? path.indexOf(unitId) : null;
const newest = (a: { at: Date; id: string }, b: { at: Date; id: string }): number => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);

/** The special before the usual, then the nearest unit, then the newest. */
export function scheduleOn(schedules: readonly ScheduleRow[], path: readonly string[], date: string, asOf: Date | null = null): ScheduleRow | null {
  const near = (row: ScheduleRow): number => nearness(row.unitId, path) ?? Infinity;
  const [first] = schedules
    .filter((row) => row.from <= date && (row.until === null || date <= row.until) && near(row) < Infinity && holds(row, date, asOf))
    .toSorted((a, b) => FIRST.indexOf(a.kind) - FIRST.indexOf(b.kind) || near(a) - near(b) || newest(a, b));
  return first ?? null;
}

/** The office's own day before a public holiday, that before the week. */
export function dayOn({ schedules, ownDays, holidays }: Known, path: readonly string[], date: string, asOf: Date | null = null): DayOf {
  const weekday = weekdayOf(date);
  const week = scheduleOn(schedules, path, date, asOf)?.week ?? [];
  const usual = week[weekday - 1] ?? null;
  const near = (row: OwnDayRow): number => nearness(row.unitId, path) ?? Infinity;
  const [own] = ownDays
    .filter((row) => row.day === date && near(row) < Infinity && holds(row, date, asOf))
    .toSorted((a, b) => near(a) - near(b) || newest(a, b));
  if (own?.kind === 'libur') return { date, weekday, kind: 'libur', name: own.name, hours: null };
  if (own) return { date, weekday, kind: 'kerja', name: own.name, hours: own.hours ?? usual ?? week.find((hours) => hours !== null) ?? null };
  const holiday = holidays.find(({ day, kind }) => day === date && kind !== 'cuti_bersama') ?? holidays.find(({ day }) => day === date);
  if (holiday) return { date, weekday, kind: holiday.kind === 'cuti_bersama' ? 'cuti_bersama' : 'libur', name: holiday.name, hours: null };
  return { date, weekday, kind: usual ? 'kerja' : 'akhir_pekan', name: null, hours: usual };
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
/** Of one day, without the break; over midnight too. */
export const minutesIn = ({ from, to, breakMinutes }: DayHours): number => ((minutesOf(to) - minutesOf(from) + 1440) % 1440) - breakMinutes;
export const minutesOfWeek = (week: readonly (DayHours | null)[]): number => week.reduce((sum, hours) => sum + (hours ? minutesIn(hours) : 0), 0);
