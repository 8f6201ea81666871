// Days, weeks, lanes and minutes of a calendar. Pure; an instant becomes a day and a minute only in a zone. A week begins on Monday.
import type { CalendarEntry } from '../../shared/calendar.ts';
import type { Zone } from '../../shared/people.ts';
import { dayAfter, instantAt, localIn } from '../platform/format.ts';

export type View = 'bulan' | 'pekan' | 'agenda';
export type Times = { startsAt: string; endsAt: string | null };
/** One entry as it stands in one day: minutes after midnight, and which of how many columns beside each other. */
export type Placed = { entry: CalendarEntry; from: number; to: number; lane: number; lanes: number };

const AGENDA_DAYS = 28;
const WITHOUT_END_MS = 3_600_000;
const DAY_MINUTES = 1_440;
export const STEP_MINUTES = 15;
/** A shorter one could not be read, or pressed. */
const LEAST_MINUTES = 30;

const weekdayOf = (day: string): number => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;
const monday = (day: string): string => dayAfter(day, -weekdayOf(day));
const run = (first: string, n: number): string[] => Array.from({ length: n }, (_, i) => dayAfter(first, i));
const lastOfMonth = (day: string): string => {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
};

/** The days a view shows: a month in whole weeks, a week, or four weeks from this day on. */
export function daysOf(view: View, day: string): string[] {
  if (view === 'pekan') return run(monday(day), 7);
  if (view === 'agenda') return run(day, AGENDA_DAYS);
  const first = monday(`${day.slice(0, 8)}01`);
  const last = lastOfMonth(day);
  const weeks = Math.ceil((Date.parse(last) - Date.parse(first) + 86_400_000) / (7 * 86_400_000));
  return run(first, weeks * 7);
}

/** Where the arrows beside the heading lead. A shorter month has no 31st: its last day. */
export function stepped(view: View, day: string, by: 1 | -1): string {
  if (view === 'pekan') return dayAfter(day, 7 * by);
  if (view === 'agenda') return dayAfter(day, AGENDA_DAYS * by);
  const neighbour = by === 1 ? dayAfter(lastOfMonth(day), 1) : dayAfter(`${day.slice(0, 8)}01`, -1);
  const same = `${neighbour.slice(0, 8)}${day.slice(8)}`;
  const last = lastOfMonth(neighbour);
  return same > last ? last : same;
}

/** Where a key leads from a day; undefined: it is no key of days. */
export function dayByKey(key: string, day: string): string | undefined {
  const by: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: -weekdayOf(day), End: 6 - weekdayOf(day) };
  const days = by[key];
  if (days !== undefined) return dayAfter(day, days);
  return key === 'PageUp' ? stepped('bulan', day, -1) : key === 'PageDown' ? stepped('bulan', day, 1) : undefined;
}

const endOf = ({ startsAt, endsAt }: Times): number => (endsAt === null ? Date.parse(startsAt) + WITHOUT_END_MS : Date.parse(endsAt));
const minutes = (local: string): number => Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));

/** What stands in each day; over midnight it stands in both. */
export function byDay(entries: readonly CalendarEntry[], zone: Zone): Map<string, CalendarEntry[]> {
  const days = new Map<string, CalendarEntry[]>();
  for (const entry of entries) {
    const first = localIn(entry.startsAt, zone).slice(0, 10);
    const last = localIn(new Date(Math.max(endOf(entry) - 1, Date.parse(entry.startsAt))).toISOString(), zone).slice(0, 10);
    for (let day = first; day <= last; day = dayAfter(day, 1)) days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return days;
}

/** Those of one day beside each other where they meet. */
export function inLanes(entries: readonly CalendarEntry[], day: string, zone: Zone): Placed[] {
  const placed = entries
    .map((entry): Placed => {
      const start = localIn(entry.startsAt, zone);
      const end = localIn(new Date(endOf(entry)).toISOString(), zone);
      const from = start.slice(0, 10) < day ? 0 : Math.min(minutes(start), DAY_MINUTES - LEAST_MINUTES);
      const to = end.slice(0, 10) > day ? DAY_MINUTES : minutes(end);
      return { entry, from, to: Math.max(to, from + LEAST_MINUTES), lane: 0, lanes: 1 };
    })
    .sort((a, b) => a.from - b.from || b.to - a.to);
  let group: Placed[] = [];
  let until = -1;
  const close = (): void => {
    const lanes = Math.max(0, ...group.map((p) => p.lane)) + 1;
    for (const p of group) p.lanes = lanes;
  };
  for (const one of placed) {
    if (one.from >= until) {
      close();
      group = [];
    }
    const taken = new Set(group.filter((p) => p.to > one.from).map((p) => p.lane));
    while (taken.has(one.lane)) one.lane += 1;
    group.push(one);
    until = Math.max(until, one.to);
  }
  close();
  return placed;
}

/** The same length, begun on another day, at another minute of it where one is given. */
export function movedTo(times: Times, { day, minute }: { day: string; minute?: number | undefined }, zone: Zone): Times {
  const clock = minute === undefined ? localIn(times.startsAt, zone).slice(11) : clockOf(minute);
  const startsAt = instantAt(day, clock, zone);
  const length = times.endsAt === null ? null : Date.parse(times.endsAt) - Date.parse(times.startsAt);
  return { startsAt, endsAt: length === null ? null : new Date(Date.parse(startsAt) + length).toISOString() };
}

/** The same start, another end: at least a quarter of an hour after it. */
export function endedAt(times: Times, { day, minute }: { day: string; minute: number }, zone: Zone): Times {
  const wanted = Date.parse(instantAt(day, '00:00', zone)) + minute * 60_000;
  const least = Date.parse(times.startsAt) + STEP_MINUTES * 60_000;
  return { ...times, endsAt: new Date(Math.max(wanted, least)).toISOString() };
}

/** `09:30` of 570. */
const clockOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
export const snapped = (minute: number): number => Math.min(DAY_MINUTES - STEP_MINUTES, Math.max(0, Math.round(minute / STEP_MINUTES) * STEP_MINUTES));

/** The hours a week shows: office hours, and more where something stands outside them. */
export function hoursShown(placed: readonly Placed[]): { from: number; to: number } {
  return {
    from: Math.min(7, ...placed.map((p) => Math.floor(p.from / 60))),
    to: Math.max(17, ...placed.map((p) => Math.ceil(p.to / 60))),
  };
}

/** May be moved by this person: it is theirs to prepare and has not begun. */
export const isMovable = (entry: CalendarEntry): boolean => entry.kind === 'rapat' && entry.youPrepare && entry.state === 'terjadwal';
