// How a room is held: what a lock takes, who speaks next, when a turn ends by itself, who may take the lead. Pure; time is an argument.
import type { Lock } from '../../shared/moderation.ts';

/** Out of the room this long, the turn goes back: a reload or a change of network takes less. */
export const AWAY_MS = 8_000;
/** So long after the last who leads has gone somebody else may take the lead. */
export const TAKE_OVER_MS = 60_000;

const taken = {
  mikrofon: ['microphone'],
  kamera: ['camera'],
  layar: ['screen_share', 'screen_share_audio'],
} as const satisfies Record<Lock, readonly string[]>;
type Source = (typeof taken)[Lock][number];

const LOCKS: readonly Lock[] = ['mikrofon', 'kamera', 'layar'];
export const inForm = (locks: readonly Lock[]): Lock[] => LOCKS.filter((lock) => locks.includes(lock));

/** What these locks take from one; who has the turn keeps the microphone. */
export const barsFor = (locks: readonly Lock[], { turn = false } = {}): Source[] =>
  inForm(locks).flatMap((lock): readonly Source[] => (turn && lock === 'mikrofon' ? [] : taken[lock]));

export type Ask = { member: string; raisedAt: Date; turnsHad: number; inside: boolean };

/** Who had fewer turns in this meeting comes first, then who asked first, by the server's time: nobody speaks twice before another who asked. */
export const inOrder = <A extends Omit<Ask, 'inside'>>(asks: readonly A[]): A[] =>
  asks.toSorted((a, b) => a.turnsHad - b.turnsHad || a.raisedAt.getTime() - b.raisedAt.getTime() || (a.member < b.member ? -1 : 1));

export const nextOf = (asks: readonly Ask[]): string | null => inOrder(asks).find((ask) => ask.inside)?.member ?? null;

/** By who leads, by who had it, out of the room, time over, meeting over. */
export type Ending = 'dilepas' | 'dikembalikan' | 'keluar' | 'waktu_habis' | 'ditutup';
export type OpenTurn = { until: Date; awaySince: Date | null };

/** Why this turn ends now without anybody's word; null = it goes on. `stays`: who has it may be in the room. */
export function endingOf({ until, awaySince }: OpenTurn, stays: boolean, now: Date): Ending | null {
  if (!stays) return 'keluar';
  if (now >= until) return 'waktu_habis';
  return awaySince && now.getTime() - awaySince.getTime() >= AWAY_MS ? 'keluar' : null;
}

/** `lastLed`: when the last who leads was inside; null = never. */
export const vacantFrom = (lastLed: Date | null, startedAt: Date): { since: Date; from: Date } => {
  const since = lastLed !== null && lastLed > startedAt ? lastLed : startedAt;
  return { since, from: new Date(since.getTime() + TAKE_OVER_MS) };
};
