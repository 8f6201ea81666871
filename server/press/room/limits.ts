// How often somebody without an account may ask for a ticket. Kept by each portal process on its own.
import { createBuckets } from '../../platform/buckets.ts';
import type { Clock } from '../../platform/clock.ts';
import { addressOf } from '../../platform/gate.ts';
import { createOwnBudget } from '../../platform/own-budget.ts';

/** One browser: its page asks again after a lost connection, and some people press twice. */
const BROWSER = { size: 12, everyMs: 5_000 };
/** New browsers behind one address: a newsroom of three hundred at once, then one a second. */
const ADDRESS = { size: 300, everyMs: 1_000 };
/** Calls without the cookie that every page gets when it opens: no browser asks like this. */
const BARE = { size: 20, everyMs: 5_000 };

/** `cookie`: it carried its device cookie. `known`: this browser watches this conference already. */
export type Asker = { ip: string; mark: string; cookie: boolean; known: boolean };

/** Answers the seconds to wait; 0 = now. */
export function createLimits({ clock }: { clock: Clock }): (asker: Asker) => number {
  const wait = createOwnBudget({ own: BROWSER, address: ADDRESS });
  const bare = createBuckets(BARE);
  return ({ ip, mark, cookie, known }) => {
    const now = clock.now();
    return cookie ? wait({ ip, key: mark, known }, now) : bare(addressOf({ ip }), now);
  };
}
