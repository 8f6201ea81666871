// How often anybody may register, open or ask for a pass.
import type { Clock } from '../../platform/clock.ts';
import { createBuckets } from '../../platform/buckets.ts';
import { createOwnBudget } from '../../platform/own-budget.ts';
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
  const wait = createOwnBudget({ own: BROWSER, address: ADDRESS });
  const letters = createBuckets(LETTERS);

  function mustBeWithin(what: What, { ip, device, known }: Asker): void {
    const seconds = wait({ ip, key: device, known }, clock.now(), what);
    if (seconds > 0) refuse('limit.reached', { seconds });
  }
  /** Never told to who asked: that would tell what happened to the address before. */
  const mayWrite = (emailKey: string): boolean => letters(emailKey, clock.now()) === 0;
  return { mustBeWithin, mayWrite };
}
