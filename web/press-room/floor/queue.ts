// What the queue says to one journalist. No clock in here.
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
