// How often anybody may look and knock.
import type { Clock } from '../platform/clock.ts';
import { createOwnBudget, type Asking } from '../platform/own-budget.ts';
import { refuse } from '../platform/refusal.ts';

const budgets = {
  /** A hall of a hundred opens the link at once; then two a second. */
  lihat: { address: { size: 150, everyMs: 500 }, own: { size: 60, everyMs: 1_000 } },
  ketuk: { address: { size: 60, everyMs: 2_000 }, own: { size: 8, everyMs: 10_000 } },
};

export function createLimits({ clock }: { clock: Clock }) {
  const wait = { lihat: createOwnBudget(budgets.lihat), ketuk: createOwnBudget(budgets.ketuk) };
  return function mustBeWithin(what: keyof typeof wait, asking: Asking): void {
    const seconds = wait[what](asking, clock.now());
    if (seconds > 0) refuse('limit.reached', { seconds });
  };
}
