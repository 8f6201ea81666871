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
