// Slows guessing of passwords. A bucket counts the tries since its last success or its last quiet quarter of an hour.
// Counted before the password is looked at, so that tries side by side count too; a right password empties the bucket.
//
// Buckets of a sign-in (see bucketsOf):
// - from a device this account has used before: one of its own, so that strangers cannot lock the owner out;
// - from any other device: one per login as typed, whether or not such an account exists, and a silent one per account,
//   because the same account answers to its NIP and to its e-mail. The silent one never speaks: otherwise a full NIP bucket
//   that slows an e-mail down would tell that both belong to one account.

export type Bucket = { failures: number; lastAt: Date; blockedUntil: Date | null };

const FREE_TRIES = 5;
const FIRST_DELAY_S = 30;
/** Tries are forgotten after this much quiet; also the longest delay. */
export const QUIET_S = 15 * 60;

export type Attempt = { allowed: true; bucket: Bucket } | { allowed: false; seconds: number };

/** May there be a try now? If so, the bucket as it must be kept should the try fail. At most 10 in any 15 minutes. */
export function attempt(bucket: Bucket | null, now: Date): Attempt {
  if (bucket?.blockedUntil && bucket.blockedUntil > now) {
    return { allowed: false, seconds: Math.ceil((bucket.blockedUntil.getTime() - now.getTime()) / 1000) };
  }
  const quiet = bucket === null || now.getTime() - bucket.lastAt.getTime() >= QUIET_S * 1000;
  const failures = quiet ? 1 : bucket.failures + 1;
  const delay = failures < FREE_TRIES ? 0 : Math.min(FIRST_DELAY_S * 2 ** (failures - FREE_TRIES), QUIET_S);
  return { allowed: true, bucket: { failures, lastAt: now, blockedUntil: delay > 0 ? new Date(now.getTime() + delay * 1000) : null } };
}

/** `loud` buckets answer "slow down"; a silent one only makes the try useless. */
export function bucketsOf({ login, person, device, deviceKnown }: { login: string; person: string | null; device: string; deviceKnown: boolean }): {
  loud: string;
  silent: string | null;
} {
  if (person !== null && deviceKnown) return { loud: `known:${device}:${person}`, silent: null };
  return { loud: `login:${login}`, silent: `account:${person ?? login}` };
}
