// The order of the queue: the first question of every outlet before anyone's second, then the server's time; then what a moderator moved.
import type { QuestionState } from '../../../shared/press-floor.ts';
import { stands } from './question.ts';

export type Asked = { id: string; journalistId: string; outletId: string; state: QuestionState; raisedAt: Date | null };
/** `beforeId` null = last. */
export type Move = { questionId: string; beforeId: string | null; at: Date };
export type Queue = {
  questions: readonly Asked[];
  /** Turns an outlet has had, the open ones too. */
  had: ReadonlyMap<string, number>;
  moves: readonly Move[];
  /** Journalists in the room who may speak there. */
  inside: ReadonlySet<string>;
};

const byTime = (a: Asked, b: Asked): number => (a.raisedAt?.getTime() ?? 0) - (b.raisedAt?.getTime() ?? 0) || (a.id < b.id ? -1 : 1);

export const isGiveable = ({ inside }: Pick<Queue, 'inside'>, q: Asked): boolean => q.state === 'disaring' && stands(q) && inside.has(q.journalistId);

/**
 * Rank = turns the outlet has had + its questions that come first. Of one that is screened, those that could get the floor now come
 * first: a colleague who is out of the room, or not screened yet, holds nobody of the outlet back.
 */
export function fairOrder(queue: Omit<Queue, 'moves'>): Asked[] {
  const giveable = new Map<string, number>();
  const all = new Map<string, number>();
  const ranked = queue.questions
    .filter(stands)
    .toSorted(byTime)
    .map((q) => {
      const before = (q.state === 'disaring' ? giveable : all).get(q.outletId) ?? 0;
      all.set(q.outletId, (all.get(q.outletId) ?? 0) + 1);
      if (isGiveable(queue, q)) giveable.set(q.outletId, (giveable.get(q.outletId) ?? 0) + 1);
      return { q, rank: (queue.had.get(q.outletId) ?? 0) + before };
    });
  return ranked.toSorted((a, b) => a.rank - b.rank || byTime(a.q, b.q)).map(({ q }) => q);
}

/** The order in force. */
export function orderOf(queue: Queue): Asked[] {
  const order = fairOrder(queue);
  for (const { questionId, beforeId } of queue.moves.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const from = order.findIndex((q) => q.id === questionId);
    if (from < 0) continue;
    const [moved] = order.splice(from, 1);
    const to = order.findIndex((q) => q.id === beforeId);
    order.splice(to < 0 ? order.length : to, 0, moved!);
  }
  return order;
}

/** Who gets the floor next without a word of explanation. Who is not in the room keeps the place, and is passed over. */
export const nextOf = (queue: Queue): Asked | null => orderOf(queue).find((q) => isGiveable(queue, q)) ?? null;

/** A question leaves the queue: what was put before it stands from now on before whatever came after it. */
export function followerOf(order: readonly Asked[], leaving: string, moved: string): string | null {
  const from = order.findIndex((q) => q.id === leaving);
  return order.slice(from + 1).find((q) => q.id !== moved)?.id ?? null;
}
