// Which calls ring this person, as pure rules: what a pushed message, a catching-up answer or a press makes of them. `now` is milliseconds by this browser's clock.
import type { IncomingCall } from '../../../shared/calls.ts';
import type { LiveMessage } from '../../../shared/live.ts';

/** A round rings this long; then it is quiet and still waits for an answer. */
export const RING_MS = 45_000;

type Pushed = Extract<LiveMessage, { type: 'call.ringing' }>;
type Quiet = Extract<LiveMessage, { type: 'call.quiet' }>;
export type Answer = { answer: 'gabung' } | { answer: 'menolak'; reason: string } | { answer: 'menyusul'; minutes: number };
/** Why an answer has not been heard yet: the way is cut (it is said again and again), or the portal said no in these words. */
export type Trouble = { kind: 'offline' } | { kind: 'refused'; message: string; signIn: boolean };

export type Ring = Pick<Pushed, 'callId' | 'meetingId' | 'subject' | 'sifat' | 'callerName' | 'callerAs' | 'round'> & {
  /** When this round began: the server's word, and by this browser's clock. */
  at: string;
  since: number;
  /** When this browser knew of it. */
  heardAt: number;
  /** What a pushed message does not say; null until the portal was asked. */
  details: Pick<IncomingCall, 'youAs' | 'opdName' | 'inside' | 'invited' | 'zone'> | null;
} & ({ state: 'waiting'; silenced: boolean } | { state: 'answering'; answer: Answer; trouble: Trouble | null });

/** What became of a call that no longer rings here. `at`: by this browser's clock; null when it happened while nobody listened. */
export type Outcome = {
  callId: string;
  meetingId: string;
  subject: string;
  callerName: string;
  zone: IncomingCall['zone'];
  at: number | null;
} & ({ kind: 'elsewhere'; why: Quiet['why'] } | { kind: 'said'; answer: Exclude<Answer, { answer: 'gabung' }> } | { kind: 'refused'; message: string });

/** Newest first. */
export type Rings = { rings: readonly Ring[]; outcomes: readonly Outcome[] };
export const NO_RINGS: Rings = { rings: [], outcomes: [] };

export const isRinging = (ring: Ring, now: number): boolean => ring.state === 'waiting' && !ring.silenced && now - ring.since < RING_MS;

/** What the portal calls the state that an answer leads to. */
const SAYS = { gabung: 'menjawab', menolak: 'menolak', menyusul: 'menyusul' } as const;

const without = <T extends { callId: string }>(all: readonly T[], callId: string): T[] => all.filter((one) => one.callId !== callId);
const put = (rings: readonly Ring[], ring: Ring): Ring[] => [ring, ...without(rings, ring.callId)];
const change = (all: Rings, callId: string, next: (ring: Ring) => Ring): Rings => ({
  ...all,
  rings: all.rings.map((ring) => (ring.callId === callId ? next(ring) : ring)),
});
const outcome = ({ callId, meetingId, subject, callerName, details }: Ring, at: number | null) => ({
  callId,
  meetingId,
  subject,
  callerName,
  zone: details?.zone ?? 'Asia/Jakarta',
  at,
});

/** A round that is known rings no second time: messages may come twice. */
export function heard(all: Rings, message: Pushed, now: number): Rings {
  const { callId, meetingId, subject, sifat, callerName, callerAs, round, at } = message;
  const known = all.rings.find((ring) => ring.callId === callId);
  if (known && known.round >= round) return all;
  // An answer on its way stays on its way.
  if (known?.state === 'answering') return change(all, callId, (ring) => ({ ...ring, round, at }));
  const said = { callId, meetingId, subject, sifat, callerName, callerAs, round, at };
  const ring: Ring = { ...said, since: now, heardAt: now, details: known?.details ?? null, state: 'waiting', silenced: false };
  return { rings: put(all.rings, ring), outcomes: without(all.outcomes, callId) };
}

/** The portal's own list: adds what was missed, says more of what is known, and ends what rings no more. */
export function caughtUp(
  all: Rings,
  { ringing, recent, serverTime }: { ringing: readonly IncomingCall[]; recent: readonly IncomingCall[]; serverTime: string },
  { askedAt, now }: { askedAt: number; now: number },
): Rings {
  const since = (call: IncomingCall): number => now - Math.max(0, Date.parse(serverTime) - Date.parse(call.rungAt));
  const stateOf = (ring: Ring) => recent.find(({ id }) => id === ring.callId)?.state;
  let next = all;
  for (const call of ringing.toReversed()) {
    const { id: callId, meetingId, subject, sifat, callerName, callerAs, rungAt, rounds: round, youAs, opdName, inside, invited, zone } = call;
    const details = { youAs, opdName, inside, invited, zone };
    const known = next.rings.find((ring) => ring.callId === callId);
    if (known && (known.state === 'answering' || known.round >= round)) {
      next = change(next, callId, (ring) => ({ ...ring, details }));
      continue;
    }
    const ring: Ring = {
      callId,
      meetingId,
      subject,
      sifat,
      callerName,
      callerAs,
      round,
      details,
      at: rungAt,
      since: since(call),
      heardAt: now,
      state: 'waiting',
      silenced: false,
    };
    next = { rings: put(next.rings, ring), outcomes: without(next.outcomes, callId) };
  }
  // Who was rung after the question was asked is not in its answer.
  // An answer that did not get through gives way to one that did.
  const settled = (ring: Ring): boolean => ring.state === 'waiting' || (ring.trouble !== null && stateOf(ring) !== SAYS[ring.answer.answer]);
  const over = next.rings.filter((ring) => settled(ring) && ring.heardAt < askedAt && !ringing.some(({ id }) => id === ring.callId));
  for (const ring of over) {
    const state = stateOf(ring);
    next = {
      rings: without(next.rings, ring.callId),
      outcomes: state === undefined || state === 'memanggil' ? next.outcomes : [{ ...outcome(ring, null), kind: 'elsewhere', why: state }, ...next.outcomes],
    };
  }
  return next;
}

/** Answered on another device, or over. The own answer, come back, needs no words: its reply brings them. */
export function quieted(all: Rings, { callId, why }: Quiet, now: number): Rings {
  const ring = all.rings.find((one) => one.callId === callId);
  if (!ring || (ring.state === 'answering' && (ring.trouble === null || why === SAYS[ring.answer.answer]))) return all;
  return { rings: without(all.rings, callId), outcomes: [{ ...outcome(ring, now), kind: 'elsewhere', why }, ...without(all.outcomes, callId)] };
}

export const answering = (all: Rings, callId: string, answer: Answer): Rings =>
  change(all, callId, (ring) => ({ ...ring, state: 'answering', answer, trouble: null }));

export const troubled = (all: Rings, callId: string, answer: Answer, trouble: Trouble): Rings =>
  change(all, callId, (ring) => (ring.state === 'answering' && ring.answer === answer ? { ...ring, trouble } : ring));

export function answered(all: Rings, callId: string, end: { answer: Answer } | { refused: string }, now: number): Rings {
  const ring = all.rings.find((one) => one.callId === callId);
  if (!ring) return all;
  const rings = without(all.rings, callId);
  const before = without(all.outcomes, callId);
  if ('refused' in end) return { rings, outcomes: [{ ...outcome(ring, now), kind: 'refused', message: end.refused }, ...before] };
  const { answer } = end;
  // Being in the room says it.
  return { rings, outcomes: answer.answer === 'gabung' ? before : [{ ...outcome(ring, now), kind: 'said', answer }, ...before] };
}

/** Silence without an answer: it goes on waiting. A new round rings again. */
export const silenced = (all: Rings, callId: string, round: number): Rings =>
  change(all, callId, (ring) => (ring.state === 'waiting' && ring.round === round ? { ...ring, silenced: true } : ring));

export const onTop = (all: Rings, callId: string): Rings => {
  const ring = all.rings.find((one) => one.callId === callId);
  return ring ? { ...all, rings: put(all.rings, ring) } : all;
};
export const read = (all: Rings, callId: string): Rings => ({ ...all, outcomes: without(all.outcomes, callId) });
