// Look-ups that every request makes are asked together: while one statement is under way, the next keys gather, and go out as
// one. Each answer is read after its question was asked, so nothing is stale (a revoked session is refused at once), and under
// load many requests share one round trip. `npm run bench -- ticket` shows what it is worth.
type Waiting<V> = { resolve: (value: V | null) => void; reject: (error: unknown) => void };

const MOST_KEYS = 200;

/** `load` answers what it found by key; a key it does not answer is null. */
export function batched<V>(load: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>): (key: string) => Promise<V | null> {
  const waiting = new Map<string, Waiting<V>[]>();
  let running = false;

  async function run(): Promise<void> {
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, MOST_KEYS);
      for (const [key] of batch) waiting.delete(key);
      try {
        const found = await load(batch.map(([key]) => key));
        for (const [key, askers] of batch) for (const { resolve } of askers) resolve(found.get(key) ?? null);
      } catch (error) {
        for (const [, askers] of batch) for (const { reject } of askers) reject(error);
      }
    }
    running = false;
  }

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.set(key, [...(waiting.get(key) ?? []), { resolve, reject }]);
      if (running) return;
      running = true;
      setImmediate(() => void run());
    });
}

/**
 * Writes are gathered the same way: while one run is under way, items wait and go together into the next. Answers come in the
 * items' order. A second run beside it makes batches smaller, and costs more than it hides. Under load the next run waits, at
 * most `pauseMs`, until those who were just answered have come again: together they cost half as much.
 */
export function gathered<T, R>(work: (items: readonly T[]) => Promise<readonly R[]>, most: number, pauseMs = 0): (item: T) => Promise<R> {
  const waiting: { item: T; resolve: (value: R) => void; reject: (error: unknown) => void }[] = [];
  let running = false;
  let enough: { items: number; go: () => void } | null = null;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most);
      try {
        const answers = await work(batch.map(({ item }) => item));
        batch.forEach(({ resolve }, n) => resolve(answers[n] as R));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      if (pauseMs > 0 && batch.length > 1) await toBeMany(Math.min(most, batch.length + waiting.length));
      enough = null;
    }
    running = false;
  }

  function toBeMany(items: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      enough = { items, go: () => (clearTimeout(timer), resolve()) };
    });
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (enough && waiting.length >= enough.items) enough.go();
      if (running) return;
      running = true;
      setImmediate(() => void run());
    });
}
