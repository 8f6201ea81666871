// Where one person stands in one call, and what an answer makes of it. Pure; time is an argument.
import { RING_AGAIN_MS, type CalleeState, type Channel, type LadderStep, type RungAs } from '../../shared/calls.ts';
import type { Sifat } from '../../shared/meetings.ts';
import type { Zone } from '../../shared/people.ts';
import { clockText } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';

export type Call = {
  id: string;
  meetingId: string;
  opdId: string;
  callerId: string;
  callerName: string;
  callerAs: string;
  subject: string;
  sifat: Sifat;
  ladder: LadderStep[];
  quorum: number;
  overLimitReason: string | null;
  placedAt: Date;
  cancelledAt: Date | null;
};
/** `rungAt`, `rounds`: the last round of ringing, and how many there were. The other times: first in the whole call. */
export type Callee = {
  id: string;
  callId: string;
  meetingId: string;
  personId: string;
  name: string;
  state: CalleeState;
  rungAt: Date;
  rounds: number;
  sentAt: Date | null;
  deliveredAt: Date | null;
  ringingAt: Date | null;
  answeredAt: Date | null;
  reachedBy: Channel | null;
  reason: string | null;
  eta: Date | null;
  joinedAt: Date | null;
  seenAt: Date | null;
};
/** One who was rung for a post: `n` is their place in its chain. */
export type Rung = { seatId: string; n: number; calleeId: string; as: RungAs; label: string; why: string; at: Date };

export type Answer = { answer: 'gabung' } | { answer: 'menolak'; reason: string } | { answer: 'menyusul'; minutes: number; reason?: string | undefined };
/** Why nothing is rung any more; null = it goes on. */
export type Over = { why: 'dibatalkan' | 'berakhir'; at: Date } | null;

const MINUTE_MS = 60_000;
/** Who said *menyusul* is rung again so long after the time they gave; who pressed *gabung* and is not inside, so long after that. */
export const LATE_MS = 2 * MINUTE_MS;
export const ENTER_MS = MINUTE_MS;

export function overOf({ cancelledAt }: Pick<Call, 'cancelledAt'>, endedAt: Date | null): Over {
  if (cancelledAt && (!endedAt || cancelledAt <= endedAt)) return { why: 'dibatalkan', at: cancelledAt };
  return endedAt ? { why: 'berakhir', at: endedAt } : null;
}

export function mustGoOn(over: Over, zone: Zone): void {
  if (over) refuse('call.over', { time: clockText(over.at, zone) });
}

/** The same answer again is the same answer; another one takes its place until the person is inside. */
export function answer(callee: Callee, given: Answer, { now, over, zone }: { now: Date; over: Over; zone: Zone }): Callee {
  const next = answered(callee, given, now);
  if (isSame(callee, next)) return callee;
  if (callee.state === 'bergabung') refuse('call.inside_already');
  if (over) refuse(over.why === 'dibatalkan' ? 'call.cancelled' : 'call.over', { time: clockText(over.at, zone) });
  return next;
}

function answered(callee: Callee, given: Answer, now: Date): Callee {
  const base = { ...callee, answeredAt: now, reason: null, eta: null };
  if (given.answer === 'gabung') return { ...base, state: callee.state === 'bergabung' ? 'bergabung' : 'menjawab' };
  if (given.answer === 'menolak') return { ...base, state: 'menolak', reason: given.reason };
  return { ...base, state: 'menyusul', reason: given.reason ?? null, eta: new Date(now.getTime() + given.minutes * MINUTE_MS) };
}

/** *Menyusul* is the same by its minutes, not by the hour they lead to. */
function isSame(a: Callee, b: Callee): boolean {
  if (a.state !== b.state) return false;
  if (a.state === 'menyusul') return a.reason === b.reason && minutesOf(a) === minutesOf(b);
  return a.state !== 'menolak' || a.reason === b.reason;
}
const minutesOf = ({ eta, answeredAt }: Callee): number => (eta?.getTime() ?? 0) - (answeredAt?.getTime() ?? 0);

/** Rung once more. What was answered before stays written until another answer takes its place. */
export const rungAgain = (callee: Callee, now: Date): Callee => ({ ...callee, state: 'memanggil', rungAt: now, rounds: callee.rounds + 1 });

export function mayRingAgain(callee: Callee, inside: boolean, now: Date): void {
  if (inside) refuse('call.inside_already');
  const wait = callee.rungAt.getTime() + RING_AGAIN_MS - now.getTime();
  if (wait > 0) refuse('limit.reached', { seconds: Math.ceil(wait / 1000) });
}

/** Inside, by whatever door: the first time counts. */
export const joined = (callee: Callee, at: Date): Callee => ({ ...callee, state: 'bergabung', joinedAt: callee.joinedAt ?? at });

/** Nothing rings any more. Who had answered before the last round keeps that answer: it is the last word there is. */
export function stopped(callee: Callee, why: 'dibatalkan' | 'berakhir'): Callee {
  if (callee.state !== 'memanggil') return callee;
  if (callee.answeredAt === null) return { ...callee, state: why };
  return { ...callee, state: callee.eta ? 'menyusul' : callee.reason ? 'menolak' : why };
}

export const isMissed = ({ state }: Pick<Callee, 'state'>): boolean => state === 'dibatalkan' || state === 'berakhir';
