// What an operator types of a plan, and what the portal is told of it. Pure.
import type { Conference, ConferenceInput } from '../../../shared/press.ts';
import type { Zone } from '../../../shared/people.ts';
import { clockField, dayAfter, dayIn, nextClock } from '../../platform/format.ts';

export type Form = {
  title: string;
  summary: string;
  opdId: string;
  place: string;
  day: string;
  time: string;
  /** Minutes. */
  lasts: string;
  floorLimit: string;
  turnSeconds: string;
  followUpSeconds: string;
  floorCamera: boolean;
  viewerLimit: string;
  /** Empty: until the end. */
  registrationDay: string;
  registrationTime: string;
};

export const LASTING = ['30', '60', '90', '120', '180'] as const;

export const emptyForm = (opdId: string, zone: Zone): Form => ({
  title: '',
  summary: '',
  opdId,
  place: 'Daring',
  day: dayAfter(dayIn(zone), 1),
  time: '10:00',
  lasts: '60',
  floorLimit: '1',
  turnSeconds: '120',
  followUpSeconds: '60',
  floorCamera: false,
  viewerLimit: '300',
  registrationDay: '',
  registrationTime: '09:00',
});

export function formOf(conference: Conference): Form {
  const { zone, startsAt, endsAt, registrationUntil } = conference;
  return {
    title: conference.title,
    summary: conference.summary,
    opdId: conference.opdId,
    place: conference.place,
    day: dayIn(zone, new Date(startsAt)),
    time: clockField(startsAt, zone),
    lasts: endsAt === null ? '60' : String(Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000)),
    floorLimit: String(conference.floorLimit),
    turnSeconds: String(conference.turnSeconds),
    followUpSeconds: String(conference.followUpSeconds),
    floorCamera: conference.floorCamera,
    viewerLimit: String(conference.viewerLimit),
    registrationDay: registrationUntil === null ? '' : dayIn(zone, new Date(registrationUntil)),
    registrationTime: registrationUntil === null ? '09:00' : clockField(registrationUntil, zone),
  };
}

/** The instant of a clock on a day of this zone. */
const instantOf = (day: string, time: string, zone: Zone): string => nextClock(time, nextClock('00:00', `${dayAfter(day, -1)}T14:00:00Z`, zone), zone);

export function inputOf(form: Form, zone: Zone): ConferenceInput {
  const startsAt = instantOf(form.day, form.time, zone);
  return {
    title: form.title,
    summary: form.summary,
    opdId: form.opdId,
    place: form.place,
    startsAt,
    endsAt: new Date(Date.parse(startsAt) + Number(form.lasts) * 60_000).toISOString(),
    floorLimit: Number(form.floorLimit),
    turnSeconds: Number(form.turnSeconds),
    followUpSeconds: Number(form.followUpSeconds),
    floorCamera: form.floorCamera,
    viewerLimit: Number(form.viewerLimit),
    registrationUntil: form.registrationDay === '' ? null : instantOf(form.registrationDay, form.registrationTime, zone),
  };
}
