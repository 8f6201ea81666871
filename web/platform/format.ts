// Dates, hours and numbers as the office writes them: 09.30 WIB, Senin, 23 November 2026. Always in a named zone.
import type { Zone } from '../../shared/people.ts';
import { zoneName } from './clock.ts';
import type { Language } from './language.ts';
import { useLanguage } from './words.ts';

export { zoneName };

const made = new Map<string, Intl.DateTimeFormat>();
/** Formats are costly to make and cheap to use: each is made once. */
function formatIn(lang: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options);
  const known = made.get(key) ?? new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'id-ID', { hour12: false, ...options });
  made.set(key, known);
  return known;
}

/** A calendar day (`2026-11-23`) as the instant of its noon, so that no zone moves it to a neighbour. */
const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);
const LONG: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };
const SHORT: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' };
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };

/** The calendar day of an instant in a zone, `2026-11-23`. */
export function dayIn(zone: Zone, at: Date = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

const zoneHours: Record<Zone, number> = { 'Asia/Jakarta': 7, 'Asia/Makassar': 8, 'Asia/Jayapura': 9 };
/** The first time at or after `from` (to the minute) that the clock of this zone shows `09:30`. */
export function nextClock(time: string, from: string, zone: Zone): string {
  const start = Math.floor(Date.parse(from) / 60_000) * 60_000;
  const at = Date.parse(`${dayIn(zone, new Date(start))}T${time}:00Z`) - zoneHours[zone] * 3_600_000;
  return new Date(at < start ? at + 86_400_000 : at).toISOString();
}
/** `09:30`, as a time field wants it. */
export const clockField = (at: string, zone: Zone): string => localIn(at, zone).slice(11);

/** `2026-11-23T09:30`, as the clock of this zone shows it. */
export const localIn = (at: string, zone: Zone): string => new Date(Date.parse(at) + zoneHours[zone] * 3_600_000).toISOString().slice(0, 16);
/** The instant at which the clock of this zone shows this day and `09:30`. */
export const instantAt = (day: string, time: string, zone: Zone): string =>
  new Date(Date.parse(`${day}T${time}:00Z`) - zoneHours[zone] * 3_600_000).toISOString();

/** The day `n` days after (before, when negative). */
export function dayAfter(day: string, n: number): string {
  return new Date(noon(day).getTime() + n * 86_400_000).toISOString().slice(0, 10);
}

function lasting(ms: number, between: string): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number): string => String(n).padStart(2, '0');
  const minutes = Math.floor(all / 60);
  const head = minutes < 60 ? [String(minutes)] : [String(Math.floor(minutes / 60)), two(minutes % 60)];
  return [...head, two(all % 60)].join(between);
}

export function formats(lang: Language) {
  const clock = (at: string, zone: Zone): string => formatIn(lang, { ...CLOCK, timeZone: zone }).format(new Date(at));
  return {
    clock,
    /** `09.30 WIB` */
    time: (at: string, zone: Zone): string => `${clock(at, zone)} ${zoneName(zone)}`,
    /** `09.30–11.00 WIB`, or with one end only `09.30 WIB`. */
    span: (from: string, to: string | null, zone: Zone): string => `${clock(from, zone)}${to === null ? '' : `–${clock(to, zone)}`} ${zoneName(zone)}`,
    /** `Senin, 23 November 2026` of an instant. */
    dayOf: (at: string, zone: Zone): string => formatIn(lang, { ...LONG, timeZone: zone }).format(new Date(at)),
    /** `Sen, 23 Nov` of an instant. */
    shortDayOf: (at: string, zone: Zone): string => formatIn(lang, { ...SHORT, timeZone: zone }).format(new Date(at)),
    /** `Senin, 23 November 2026` of a calendar day. */
    day: (day: string): string => formatIn(lang, { ...LONG, timeZone: 'UTC' }).format(noon(day)),
    /** `07.30` of `07:30`. */
    wall: (time: string): string => (lang === 'en' ? time : time.replace(':', '.')),
    /** `09.00` of 9. */
    hour: (hour: number): string => `${String(hour).padStart(2, '0')}${lang === 'en' ? ':' : '.'}00`,
    /** `Sen` of a calendar day. */
    weekday: (day: string): string => formatIn(lang, { weekday: 'short', timeZone: 'UTC' }).format(noon(day)),
    /** `November 2026` of a calendar day. */
    month: (day: string): string => formatIn(lang, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(noon(day)),
    /** `23–29 Nov 2026` of two calendar days. */
    days: (from: string, to: string): string =>
      formatIn(lang, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(noon(from), noon(to)),
    /** `23 Nov 2026` of a calendar day. */
    date: (day: string): string => formatIn(lang, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(noon(day)),
    /** A length of time as a stopwatch shows it: `0.38`, `12.05`, `1.02.33`. */
    lasting: (ms: number): string => lasting(ms, lang === 'en' ? ':' : '.'),
    number: (n: number): string => n.toLocaleString(lang === 'en' ? 'en-GB' : 'id-ID'),
  };
}
export type Formats = ReturnType<typeof formats>;

export const useFormats = (): Formats => formats(useLanguage());
