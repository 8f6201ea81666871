// Instants as an office of one zone reads them. The three Indonesian zones have had a fixed offset since 1988 (Keppres 41/1987).
import type { Zone } from '../../shared/people.ts';

const zones: Record<Zone, { hours: number; name: string }> = {
  'Asia/Jakarta': { hours: 7, name: 'WIB' },
  'Asia/Makassar': { hours: 8, name: 'WITA' },
  'Asia/Jayapura': { hours: 9, name: 'WIT' },
};
const HOUR_MS = 3_600_000;

const local = (at: Date, zone: Zone): string => new Date(at.getTime() + zones[zone].hours * HOUR_MS).toISOString();

/** `2026-11-23`. */
export const dayIn = (at: Date, zone: Zone): string => local(at, zone).slice(0, 10);

/** From local midnight to the next one; the end is not included. */
export function boundsOf(day: string, zone: Zone): { from: Date; to: Date } {
  const from = Date.parse(`${day}T00:00:00Z`) - zones[zone].hours * HOUR_MS;
  return { from: new Date(from), to: new Date(from + 24 * HOUR_MS) };
}

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** `09.30`. */
export const hourText = (at: Date, zone: Zone): string => local(at, zone).slice(11, 16).replace(':', '.');
/** `09.30 WIB`. */
export const clockText = (at: Date, zone: Zone): string => `${hourText(at, zone)} ${zones[zone].name}`;
/** `Senin, 23 November 2026`. */
export const dateText = (at: Date, zone: Zone): string =>
  new Intl.DateTimeFormat('id-ID', { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(at);
/** `23 November 2026`. */
export const shortDateText = (at: Date, zone: Zone): string =>
  new Intl.DateTimeFormat('id-ID', { timeZone: zone, day: 'numeric', month: 'long', year: 'numeric' }).format(at);
/** `November 2026`, of `2026-11`. */
export const monthText = (month: string): string =>
  new Intl.DateTimeFormat('id-ID', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(new Date(`${month}-15T00:00:00Z`));
export const zoneName = (zone: Zone): string => zones[zone].name;
