// Days and hours of a conference, in its own zone and the reader's language.
import type { Zone } from '../../../shared/people.ts';
import { clockText, dayIn, hourText, zoneName } from '../../platform/local-time.ts';
import type { Language } from '../../platform/refusal.ts';

const LOCALE: Record<Language, string> = { id: 'id-ID', en: 'en-GB' };

/** `Senin, 23 November 2026`, `Monday 23 November 2026`. */
export const dayText = (at: Date, zone: Zone, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(at);
/** A calendar day without an instant: `2026-11-23`. */
export const plainDay = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(`${day}T00:00:00Z`));

/** `10.00–11.30 WIB`; over midnight the end carries its day. */
export function hoursText(from: Date, to: Date | null, zone: Zone, language: Language): string {
  if (to === null) return clockText(from, zone);
  if (dayIn(from, zone) === dayIn(to, zone)) return `${hourText(from, zone)}–${hourText(to, zone)} ${zoneName(zone)}`;
  return `${clockText(from, zone)} – ${dayText(to, zone, language)}, ${clockText(to, zone)}`;
}

/** Seconds since it went on air as `07:42` or `1:07:42`. */
export function sinceStart(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

export function bytesText(bytes: number, language: Language): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: step === 0 ? 0 : 1 }).format(bytes / 1000 ** step);
  return `${value} ${units[step]}`;
}
