// Token buckets: how often something may happen. The rule is pure; `createBuckets` keeps a bounded number of them in this process's memory.

/** `size`: how many at once; then one more every `everyMs`. */
export type Budget = { size: number; everyMs: number };
export type Bucket = { tokens: number; at: number };
export type Taken = { allowed: true; bucket: Bucket } | { allowed: false; bucket: Bucket; seconds: number };

/** One is taken now, or it says in how many seconds there is one. */
export function take(bucket: Bucket | null, { size, everyMs }: Budget, now: Date): Taken {
  const at = now.getTime();
  const tokens = bucket === null ? size : Math.min(size, bucket.tokens + Math.max(0, at - bucket.at) / everyMs);
  if (tokens >= 1) return { allowed: true, bucket: { tokens: tokens - 1, at } };
  return { allowed: false, bucket: { tokens, at }, seconds: Math.max(1, Math.ceil(((1 - tokens) * everyMs) / 1000)) };
}

const MOST = 20_000;

/** Answers 0 when one was taken, else the seconds to wait. Who has been quiet longest is forgotten first. */
export function createBuckets(budget: Budget) {
  const buckets = new Map<string, Bucket>();
  return (key: string, now: Date): number => {
    const taken = take(buckets.get(key) ?? null, budget, now);
    buckets.delete(key);
    buckets.set(key, taken.bucket);
    if (buckets.size > MOST) buckets.delete(buckets.keys().next().value!);
    return taken.allowed ? 0 : taken.seconds;
  };
}
