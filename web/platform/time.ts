// Times in a zone and in the language of the page, said as the office says them: 09.30 WIB; Senin, 23 November 2026. No React.
import type { Zone } from '../../shared/people.ts';
import { clockZone as clockIn } from './clock.ts';
import { language } from './language.ts';

const parts = (instant: string, zone: Zone, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : 'id-ID', {
    timeZone: zone,
    ...options,
  }).format(new Date(instant));

/** `09.30`; in English `09:30` */
export const clock = (instant: string, zone: Zone): string => parts(instant, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
/** `09.30 WIB` */
export const clockZone = (instant: string, zone: Zone): string => clockIn(instant, zone, language());
/** `23 Nov` */
export const dayMonth = (instant: string, zone: Zone): string => parts(instant, zone, { day: 'numeric', month: 'short' });
/** `Senin, 23 November 2026, 09.30 WIB` */
export const dayClock = (instant: string, zone: Zone): string =>
  `${parts(instant, zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })}, ${clockZone(instant, zone)}`;
