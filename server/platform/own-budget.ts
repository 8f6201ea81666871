// How often one may ask where an account is not needed: who is known asks for itself alone, so that an office behind one address is not locked out by whoever else
// is behind it; everybody else shares the address's budget as well, because pages give marks to whoever asks. Kept by each portal process on its own.
import { createBuckets, type Budget } from './buckets.ts';
import { addressOf } from './gate.ts';

/** `known`: this browser or person was let in, registered or waits already. */
export type Asking = { ip: string; key: string; known: boolean };

/** Answers the seconds to wait; 0 = now. */
export function createOwnBudget({ own, address }: { own: Budget; address: Budget }) {
  const [mine, shared] = [createBuckets(own), createBuckets(address)];
  return ({ ip, key, known }: Asking, now: Date, what = ''): number => mine(`${what} ${key}`, now) || (known ? 0 : shared(`${what} ${addressOf({ ip })}`, now));
}
