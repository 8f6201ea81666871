// Work that comes round: one turn at a time, and of several portal processes one takes the turn.
import type { FastifyBaseLogger } from 'fastify';
import type { Sql } from './database.ts';
import type { Meter } from './metrics.ts';

/** Each turn holds a connection for its lock while its work uses others: as many at once as leave some of a small pool. */
const AT_ONCE = 2;

export function createSweeps({ sql, log, meter }: { sql: Sql; log: FastifyBaseLogger; meter?: Pick<Meter, 'swept'> }) {
  const timers = new Set<NodeJS.Timeout>();
  const pending = new Set<Promise<void>>();
  const waiting: (() => void)[] = [];
  let under = 0;
  let stopped = false;

  async function turn(lock: number, work: () => Promise<unknown>, name: string): Promise<void> {
    if (under < AT_ONCE) under += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      if (stopped) return;
      // The lock goes with the transaction, however it ends; `work` has connections of its own.
      await sql.begin(async (tx) => {
        const [row] = await tx<{ mine: boolean }[]>`select pg_try_advisory_xact_lock(${lock}) as mine`;
        if (!row?.mine) return;
        const began = performance.now();
        try {
          await work();
          meter?.swept(name, 'done', performance.now() - began);
        } catch (error) {
          meter?.swept(name, 'failed', performance.now() - began);
          throw error;
        }
      });
    } catch (error) {
      log.warn({ err: error, lock }, 'sweep failed');
    } finally {
      const next = waiting.shift();
      if (next) next();
      else under -= 1;
    }
  }

  /**
   * Now, and every `ms` again while the portal runs. `lock`: a number of its own for each kind of work; `name`: how it is called in figures.
   * Answers how to have a turn at once; a turn under way is waited for instead.
   */
  function every(ms: number, lock: number, work: () => Promise<unknown>, name = String(lock)): () => Promise<void> {
    let running: Promise<void> | null = null;
    const now = (): Promise<void> => {
      if (stopped) return Promise.resolve();
      running ??= turn(lock, work, name).finally(() => {
        if (running) pending.delete(running);
        running = null;
      });
      pending.add(running);
      return running;
    };
    timers.add(setInterval(() => void now(), ms).unref());
    void now();
    return now;
  }

  /** Turns under way come to their end. */
  async function stop(): Promise<void> {
    stopped = true;
    for (const timer of timers) clearInterval(timer);
    await Promise.all(pending);
  }

  return { every, stop };
}
