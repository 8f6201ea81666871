// Cari waktu: which times of the next working days suit the most of the invited. Pure; the hour is an argument.
import type { Zone } from '../../shared/people.ts';
import { boundsOf, dayIn } from '../platform/local-time.ts';

/**
 * Perpres 21/2023: five days, 37 h 30 min a week without the break of 60 minutes (Friday: 90), from 07.30 of the local clock.
 * Minutes from midnight; the break itself is ours to place, and proposed only to what is longer than either half of the day.
 */
const OFFICE_HOURS = {
  usual: { morning: [450, 720], afternoon: [780, 960] },
  friday: { morning: [450, 690], afternoon: [780, 990] },
} as const;
const STEP = 30;
const MINUTE_MS = 60_000;
export const WORKING_DAYS = 14;
/** Longer holidays than this end the search. */
const MOST_DAYS = 60;
const MOST = 8;
/** So that one free morning is not all that is proposed. */
const MOST_A_DAY = 2;

export type Span = { from: Date; to: Date };
/** `leads`: the chair, and heads of agency. */
export type Invited = { personId: string; leads: boolean; busy: readonly Span[] };
export type Slot = { startsAt: Date; endsAt: Date; busy: string[] };

export const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
/** 0 = Sunday. */
const weekday = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay();

export function workingDays(from: string, holidays: ReadonlySet<string>): string[] {
  const days: string[] = [];
  let day = from;
  for (let n = 0; n < MOST_DAYS && days.length < WORKING_DAYS; n += 1, day = dayAfter(day)) if (weekday(day) % 6 !== 0 && !holidays.has(day)) days.push(day);
  return days;
}

function startsOn(day: string, zone: Zone, minutes: number): Date[] {
  const { morning, afternoon } = weekday(day) === 5 ? OFFICE_HOURS.friday : OFFICE_HOURS.usual;
  const fits = [morning, afternoon].some(([from, to]) => to - from >= minutes);
  const parts = fits ? [morning, afternoon] : [[morning[0], afternoon[1]] as const];
  const midnight = boundsOf(day, zone).from.getTime();
  return parts.flatMap(([from, to]) => {
    const starts: Date[] = [];
    for (let at = from; at + minutes <= to; at += STEP) starts.push(new Date(midnight + at * MINUTE_MS));
    return starts;
  });
}

type Asked = { from: string; zone: Zone; minutes: number; holidays: ReadonlySet<string>; now: Date };

/** The best first: the fewest who lead are away, then the fewest at all, then the earliest. No two overlap. */
export function findTimes(invited: readonly Invited[], { from, zone, minutes, holidays, now }: Asked): Slot[] {
  const leads = new Set(invited.filter((one) => one.leads).map((one) => one.personId));
  const slots = workingDays(from, holidays)
    .flatMap((day) => startsOn(day, zone, minutes))
    .filter((startsAt) => startsAt > now)
    .map((startsAt) => {
      const span = { from: startsAt, to: new Date(startsAt.getTime() + minutes * MINUTE_MS) };
      const busy = invited.filter((one) => one.busy.some((other) => overlaps(span, other))).map((one) => one.personId);
      return { startsAt, endsAt: span.to, busy, leading: busy.filter((id) => leads.has(id)).length };
    })
    .toSorted((a, b) => a.leading - b.leading || a.busy.length - b.busy.length || a.startsAt.getTime() - b.startsAt.getTime());
  const taken: Slot[] = [];
  for (const { startsAt, endsAt, busy } of slots) {
    if (taken.length === MOST) break;
    const sameDay = taken.filter((one) => dayIn(one.startsAt, zone) === dayIn(startsAt, zone));
    if (sameDay.length < MOST_A_DAY && !sameDay.some((one) => one.startsAt < endsAt && startsAt < one.endsAt)) taken.push({ startsAt, endsAt, busy });
  }
  return taken;
}
