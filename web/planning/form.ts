// What somebody types of a plan, and what the portal is told of it. Pure.
import type { PlanView, Repeat, Weekday } from '../../shared/planning.ts';
import type { Zone } from '../../shared/people.ts';
import type { Sifat } from '../../shared/meetings.ts';
import { clockField, dayAfter, dayIn, instantAt } from '../platform/format.ts';

export const PLACES = ['daring', 'ruang', 'keduanya'] as const;
export type PlaceKind = (typeof PLACES)[number];
export type Form = {
  title: string;
  sifat: Sifat;
  description: string;
  place: PlaceKind;
  room: string;
  day: string;
  from: string;
  /** Empty: no end. */
  to: string;
};
export const REPEATS = ['tidak', 'hari_kerja', 'mingguan', 'bulanan_tanggal', 'bulanan_hari'] as const;
export const WEEKDAYS: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
export type RepeatForm = {
  kind: (typeof REPEATS)[number];
  every: string;
  /** Empty: the weekday of the first meeting. */
  days: readonly Weekday[];
  ends: 'kali' | 'sampai';
  times: string;
  until: string;
  skipHolidays: boolean;
};
export const NO_REPEAT: RepeatForm = { kind: 'tidak', every: '1', days: [], ends: 'kali', times: '4', until: '', skipHolidays: true };

/** `mulai`, `selesai`: a day or instants, as the calendar hands them over. */
export function emptyForm(zone: Zone, { mulai, selesai }: { mulai: string | null; selesai: string | null }): Form {
  const known = mulai !== null && !Number.isNaN(Date.parse(mulai));
  const timed = known && mulai.includes('T');
  const end = timed && selesai !== null && Date.parse(selesai) > Date.parse(mulai) ? clockField(selesai, zone) : '11:00';
  return {
    title: '',
    sifat: 'biasa',
    description: '',
    place: 'daring',
    room: '',
    day: !known ? dayAfter(dayIn(zone), 1) : timed ? dayIn(zone, new Date(mulai)) : mulai.slice(0, 10),
    from: timed ? clockField(mulai, zone) : '10:00',
    to: timed && selesai === null ? later(clockField(mulai, zone), 60) : end,
  };
}

const ONLINE = 'Daring';
export const placeText = ({ place, room }: Pick<Form, 'place' | 'room'>): string =>
  place === 'daring' ? ONLINE : place === 'ruang' ? room.trim() : `${ONLINE}; ${room.trim()}`;
function placeOf(text: string): Pick<Form, 'place' | 'room'> {
  if (text === ONLINE) return { place: 'daring', room: '' };
  const [, room] = /^Daring; (.+)$/s.exec(text) ?? [];
  return room === undefined ? { place: 'ruang', room: text } : { place: 'keduanya', room };
}

export const formOf = ({ title, sifat, description, place, startsAt, endsAt, zone }: PlanView): Form => ({
  title,
  sifat,
  description: description ?? '',
  ...placeOf(place),
  day: dayIn(zone, new Date(startsAt)),
  from: clockField(startsAt, zone),
  to: endsAt === null ? '' : clockField(endsAt, zone),
});

export const hasTimes = ({ day, from }: Form): boolean => day !== '' && from !== '';
/** An end before the start is one after midnight. */
export function timesOf({ day, from, to }: Form, zone: Zone): { startsAt: string; endsAt: string | null } {
  return { startsAt: instantAt(day, from, zone), endsAt: to === '' ? null : instantAt(to <= from ? dayAfter(day, 1) : day, to, zone) };
}

export function inputOf(form: Form, zone: Zone) {
  const description = form.description.trim();
  return { title: form.title, sifat: form.sifat, description: description === '' ? null : description, place: placeText(form), ...timesOf(form, zone) };
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
/** `10:00` and 90 are `11:30`. */
export function later(clock: string, minutes: number): string {
  const at = (minutesOf(clock) + minutes + 1440) % 1440;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}
/** How long it lasts; an hour when no end was typed. */
export const lasts = ({ from, to }: Pick<Form, 'from' | 'to'>): number =>
  from === '' || to === '' ? 60 : (minutesOf(to) - minutesOf(from) + 1440) % 1440 || 60;

export const weekdayOf = (day: string): Weekday => WEEKDAYS[(new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7]!;
/** Which of its month: the fifth is the last. */
export function nthOf(day: string): 1 | 2 | 3 | 4 | -1 {
  const n = Math.ceil(Number(day.slice(8, 10)) / 7);
  return n === 1 || n === 2 || n === 3 || n === 4 ? n : -1;
}

export function repeatOf({ kind, every, days, ends, times, until, skipHolidays }: RepeatForm, day: string): Repeat | null {
  if (kind === 'tidak') return null;
  const each = Math.min(12, Math.max(1, Math.round(Number(every)) || 1));
  const weekday = weekdayOf(day);
  const pattern = {
    hari_kerja: () => ({ kind: 'hari_kerja' }) as const,
    mingguan: () => ({ kind: 'mingguan', every: each, days: days.length === 0 ? [weekday] : [...days] }) as const,
    bulanan_tanggal: () => ({ kind: 'bulanan_tanggal', every: each, date: Number(day.slice(8, 10)) }) as const,
    bulanan_hari: () => ({ kind: 'bulanan_hari', every: each, nth: nthOf(day), day: weekday }) as const,
  }[kind]();
  const count = Math.min(60, Math.max(1, Math.round(Number(times)) || 1));
  return { pattern, ends: ends === 'sampai' && until !== '' ? { kind: 'sampai', day: until } : { kind: 'kali', times: count }, skipHolidays };
}
