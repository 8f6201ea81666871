// Whether a journalist is accepted, from what the desk decided and from an accreditation. Pure.
import type { Zone } from '../../../shared/people.ts';
import type { RegistrationState } from '../../../shared/press-desk.ts';
import { boundsOf, dayIn } from '../../platform/local-time.ts';

export type Decision = {
  act: 'diterima' | 'ditolak' | 'dicabut';
  reason: string | null;
  /** It came with an accreditation until this day. */
  validUntil: string | null;
  byName: string | null;
  at: Date;
};
/** `validUntil` null: ended, for this reason. */
export type Accreditation = { validUntil: string | null; reason: string | null; byName: string | null; at: Date };
/** The newest of each. */
export type Facts = { registeredAt: Date; decision: Decision | null; accreditation: Accreditation | null };
export type Standing = { state: RegistrationState; reason: string | null; byName: string | null; decidedAt: Date | null };

const WAITING: Standing = { state: 'menunggu', reason: null, byName: null, decidedAt: null };
const YEARS = 2;

/** In force to the end of its last day. */
export const isInForce = (a: Accreditation | null, zone: Zone, at: Date): a is Accreditation & { validUntil: string } =>
  a !== null && a.validUntil !== null && at < boundsOf(a.validUntil, zone).to;

export const validUntilOf = (a: Accreditation | null, zone: Zone, now: Date): string | null => (isInForce(a, zone, now) ? a.validUntil : null);

/**
 * `at`: now, or the end of a conference that is over. What the desk said of this conference counts first; who was accepted along
 * with an accreditation loses both when that is ended for a reason, and keeps the conference when it merely runs out.
 */
export function standingOf({ registeredAt, decision, accreditation }: Facts, { zone, at }: { zone: Zone; at: Date }): Standing {
  const ended = accreditation !== null && accreditation.validUntil === null ? accreditation : null;
  if (decision && (decision.act !== 'diterima' || decision.validUntil === null || ended === null || ended.at < decision.at))
    return { state: decision.act, reason: decision.reason, byName: decision.byName, decidedAt: decision.at };
  if (isInForce(accreditation, zone, at)) return { state: 'diterima', reason: null, byName: accreditation.byName, decidedAt: accreditation.at };
  if (ended && ended.at >= registeredAt) return { state: 'dicabut', reason: ended.reason, byName: ended.byName, decidedAt: ended.at };
  return WAITING;
}

/** Today at the earliest, two years from now at the latest. */
export function isValidity(day: string, zone: Zone, now: Date): boolean {
  const today = dayIn(now, zone);
  const latest = `${Number(today.slice(0, 4)) + YEARS}${today.slice(4)}`;
  return day >= today && day <= latest;
}

/** Waiting ones are refused, accepted ones withdrawn; both may be accepted after all. */
export const mayDecide = (from: RegistrationState, act: Decision['act']): boolean =>
  act === 'diterima' || (act === 'ditolak' ? from === 'menunggu' : from === 'diterima');

/** Nothing that is no telephone number. */
export const isPhone = (phone: string): boolean => /^\+?[\d\s().-]{6,30}$/.test(phone) && phone.replace(/\D/g, '').length >= 6;
