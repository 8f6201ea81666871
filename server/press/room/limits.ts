// How often somebody without an account may ask for a ticket. Kept by each portal process on its own.
import { createBuckets } from '../../platform/buckets.ts';
import type { Clock } from '../../platform/clock.ts';

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
  const browser = createBuckets(BROWSER);
  const address = createBuckets(ADDRESS);
  const bare = createBuckets(BARE);
  return ({ ip, mark, cookie, known }) => {
    const now = clock.now();
    if (!cookie) return bare(ip, now);
    return browser(mark, now) || (known ? 0 : address(ip, now));
  };
}
