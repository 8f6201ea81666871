// What the queue says to one journalist, and what a countdown shows. No clock in here.
import type { QueuePlace } from './portal.ts';

export type OwnPlace = { mine: QueuePlace; of: number; fewer: number; moved: number; earlier: number };

/** Whoever is ahead is there for one of three reasons: a moderator moved it, its outlet had fewer turns, or it came earlier. */
export function ownPlace(queue: readonly QueuePlace[]): OwnPlace | null {
  const mine = queue.find((one) => one.mine);
  if (!mine) return null;
  const ahead = queue.filter((one) => one.place < mine.place);
  const moved = ahead.filter((one) => one.moved !== null).length;
  const fewer = ahead.filter((one) => one.moved === null && one.turnsHad < mine.turnsHad).length;
  return { mine, of: queue.length, moved, fewer, earlier: ahead.length - moved - fewer };
}

/** Who can be given the floor without a word; who ahead of them is away; and the first nobody looked at who is there. */
export function nextUp(queue: readonly QueuePlace[]): { next: QueuePlace | null; unscreened: QueuePlace | null; away: QueuePlace | null } {
  const next = queue.find((one) => one.inside && one.state === 'disaring') ?? null;
  const unscreened = queue.find((one) => one.inside && one.state === 'diajukan') ?? null;
  const first = queue[0];
  return { next, unscreened, away: first && !first.inside ? first : null };
}

/** What the moderator did last to the order in force. */
export function lastMove(queue: readonly QueuePlace[]): (NonNullable<QueuePlace['moved']> & { outlet: string }) | null {
  const moves = queue.flatMap(({ outlet, moved }) => (moved === null ? [] : [{ outlet, ...moved }]));
  return moves.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0] ?? null;
}

const ENDING_MS = 15_000;
export type Countdown = { phase: 'running' | 'ending' | 'over'; seconds: number; share: number };

/** `share`: of the turn that is left, 1 to 0. All in milliseconds since 1970, by the server's clock. */
export function countdown({ givenAt, until, now }: { givenAt: number; until: number; now: number }): Countdown {
  const left = until - now;
  if (left <= 0) return { phase: 'over', seconds: Math.floor((now - until) / 1000), share: 0 };
  return { phase: left < ENDING_MS ? 'ending' : 'running', seconds: Math.ceil(left / 1000), share: Math.min(1, left / Math.max(1, until - givenAt)) };
}

/** `1.05`; in English `1:05` */
export const minutesText = (seconds: number, between: '.' | ':'): string => `${Math.floor(seconds / 60)}${between}${String(seconds % 60).padStart(2, '0')}`;
