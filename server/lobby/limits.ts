// How often anybody may look and knock. A person, or a browser that waits or was let in, asks for itself alone, so that an office behind one address
// is not locked out by whoever else is behind it; everybody else shares the address's budget, because a device cookie can be made up anew
// for each call. Kept by each portal process on its own.
import type { Clock } from '../platform/clock.ts';
import { createBuckets } from '../platform/buckets.ts';
import { refuse } from '../platform/refusal.ts';

/** A hall of a hundred opens the link at once; then two a second. */
const LOOKS = { address: { size: 150, everyMs: 500 }, own: { size: 60, everyMs: 1_000 } };
const KNOCKS = { address: { size: 60, everyMs: 2_000 }, own: { size: 8, everyMs: 10_000 } };

export type Asker = { ip: string; key: string; known: boolean };

export function createLimits({ clock }: { clock: Clock }) {
  const of = ({ address, own }: typeof LOOKS) => ({ address: createBuckets(address), own: createBuckets(own) });
  const budgets = { lihat: of(LOOKS), ketuk: of(KNOCKS) };
  return function mustBeWithin(what: keyof typeof budgets, { ip, key, known }: Asker): void {
    const now = clock.now();
    const { address, own } = budgets[what];
    const mine = own(key, now);
    const seconds = mine > 0 || known ? mine : address(ip, now);
    if (seconds > 0) refuse('limit.reached', { seconds });
  };
}
