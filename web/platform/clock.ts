// An hour as the office writes it, 09.30 WIB; no React here, so that the room's lean page and the ringing screen use it too.
import type { Zone } from '../../shared/people.ts';
import type { Language } from './language.ts';

const zoneNames: Record<Zone, string> = { 'Asia/Jakarta': 'WIB', 'Asia/Makassar': 'WITA', 'Asia/Jayapura': 'WIT' };
export const zoneName = (zone: Zone): string => zoneNames[zone];

/** `09.30 WIB`; in English `09:30 WIB` */
export function clockZone(at: string | number, zone: Zone, language: Language): string {
  const clock = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'id-ID', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${clock.format(new Date(at))} ${zoneNames[zone]}`;
}
