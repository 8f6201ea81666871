// How many sockets one caller may hold here, and how much one socket may say.
import { take, type Bucket, type Budget } from './buckets.ts';

/** A page that comes back watches up to fifty topics at once, and says little afterwards. */
const SAID: Budget = { size: 200, everyMs: 50 };
/** Tabs of one account over all its machines; tabs of one browser nobody has signed in with; sockets of an address without a mark. */
const MOST = { person: 200, browser: 30, bare: 60 };

export type Holder = { kind: keyof typeof MOST; key: string };

export const holderOf = (personId: string | null, device: string | null, address: string): Holder =>
  personId !== null ? { kind: 'person', key: personId } : device !== null ? { kind: 'browser', key: device } : { kind: 'bare', key: address };

export function createBounds() {
  const held = new Map<string, number>();

  /** Answers how to give the place back; null = there is none. */
  function enter({ kind, key }: Holder): (() => void) | null {
    const name = `${kind} ${key}`;
    const now = held.get(name) ?? 0;
    if (now >= MOST[kind]) return null;
    held.set(name, now + 1);
    return () => {
      const left = (held.get(name) ?? 1) - 1;
      if (left > 0) held.set(name, left);
      else held.delete(name);
    };
  }

  /** True while a socket says no more than a page would. */
  function speaker(): () => boolean {
    let bucket: Bucket | null = null;
    return () => {
      const taken = take(bucket, SAID, new Date());
      bucket = taken.bucket;
      return taken.allowed;
    };
  }

  return { enter, speaker };
}
