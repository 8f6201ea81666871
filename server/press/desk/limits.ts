// How often anybody may register, open or ask for a pass. A browser this desk knows answers for itself alone, so that a newsroom behind
// one address is not locked out by whoever else is behind it; everybody else shares the address's budget, because a device cookie
// can be made up anew for each call. Kept by each portal process on its own.
import type { Clock } from '../../platform/clock.ts';
import { createBuckets } from '../../platform/buckets.ts';
import { refuse } from '../../platform/refusal.ts';

const MINUTE = 60_000;
/** A newsroom of sixty at once; then one every two seconds: 3 % of a flood of a thousand a minute. */
const ADDRESS = { size: 60, everyMs: 2_000 };
const BROWSER = { size: 12, everyMs: 10_000 };
/** Letters to one address, whoever asks: nobody's mailbox is filled. */
const LETTERS = { size: 4, everyMs: 15 * MINUTE };

/** Each has a budget of its own: a flood of forms keeps nobody from opening a link. */
export type What = 'isian' | 'tautan' | 'surel';
export type Asker = { ip: string; device: string; known: boolean };

export function createLimits({ clock }: { clock: Clock }) {
  const address = createBuckets(ADDRESS);
  const browser = createBuckets(BROWSER);
  const letters = createBuckets(LETTERS);

  function mustBeWithin(what: What, { ip, device, known }: Asker): void {
    const now = clock.now();
    const own = browser(`${what} ${device}`, now);
    const seconds = own > 0 || known ? own : address(`${what} ${ip}`, now);
    if (seconds > 0) refuse('limit.reached', { seconds });
  }
  /** Never told to who asked: that would tell what happened to the address before. */
  const mayWrite = (emailKey: string): boolean => letters(emailKey, clock.now()) === 0;
  return { mustBeWithin, mayWrite };
}
