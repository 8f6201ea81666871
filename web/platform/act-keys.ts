// The key of an act: the same while nobody knows whether it was done (a second tap, a reply that was lost), a new one after that.
import { newKey } from './new-key.ts';

/** What is pressed again after this long is meant anew; the portal itself remembers for a day. */
const KEPT_MS = 600_000;

export function createActKeys(now: () => number) {
  const open = new Map<string, { key: string; since: number }>();
  /** `act`: everything that is asked for, as text. */
  function of(act: string): string {
    for (const [other, { since }] of open) if (now() - since > KEPT_MS) open.delete(other);
    const known = open.get(act) ?? { key: newKey(), since: now() };
    open.set(act, known);
    return known.key;
  }
  return { of, settled: (act: string): void => void open.delete(act) };
}

export const actKeys = createActKeys(() => Date.now());
