// Takes the media server's word. It must be quick and never say "no" for a reason of ours: LiveKit takes a 4xx for delivered, gives
// up after 15 s of 503, and waits for ever where nobody answers. So: into the database in batches; into a file on disk while the
// database is away or hangs; 503 only when neither is possible.
import type { FastifyBaseLogger } from 'fastify';
import { gathered } from '../platform/batch.ts';
import type { Clock } from '../platform/clock.ts';
import { isDatabaseAway, isPassing } from '../platform/database.ts';
import type { Alarms } from './alarms.ts';
import type { createPresence } from './presence.ts';
import type { Spool, Spooled } from './spool.ts';
import type { Told } from './telling.ts';

/** From arrival: then the database counts as away for this event, and then LiveKit is answered whatever happened. */
const DATABASE_MS = 1_200;
const ANSWER_MS = 1_900;
/** A transaction that hangs lets the next batch go its way; so many may hang before nothing more is tried. */
const HANGING_MS = 3_000;
const MOST_HANGING = 4;
const MOST_TOGETHER = 200;
const DRAIN_EVERY_MS = 500;
/** Under load: time for those who were just answered to come again, measured with `npm run bench -- ingest`. */
const GATHER_MS = 10;

type World = {
  clock: Clock;
  log: FastifyBaseLogger;
  presence: Pick<ReturnType<typeof createPresence>, 'noteEvents' | 'noteServerExit'>;
  spool: Spool | null;
  alarms: Alarms;
};

export function createReceiver({ clock, log, presence, spool, alarms }: World) {
  let timer: NodeJS.Timeout | null = null;
  let hanging = 0;
  let rejected = 0;
  let stopped = false;

  /** The answer of each: whether it was new, or why it was not stored. */
  async function storeAll(batch: readonly Told[]): Promise<(boolean | Error)[]> {
    try {
      return await limited(async () => presence.noteEvents(batch));
    } catch (error) {
      if (isAway(error) || batch.length === 1) return batch.map(() => asError(error));
      // One of them does not fit: the others must not suffer for it.
      const answers: (boolean | Error)[] = [];
      for (const told of batch) answers.push(...(await storeAll([told])));
      return answers;
    }
  }
  const store = gathered(storeAll, MOST_TOGETHER, GATHER_MS);

  /** True when it was new, or is kept for later. Resolves or throws in time, whatever the database does. */
  const take = (told: Told): Promise<boolean> => within(ANSWER_MS, takeOrKeep(told));

  async function takeOrKeep(told: Told): Promise<boolean> {
    if (isBehind()) return keep({ kind: 'event', ...told });
    try {
      const answer = await within(DATABASE_MS, store(told));
      if (answer instanceof Error) throw answer;
      return answer;
    } catch (error) {
      if (!spool || !isAway(error)) throw error;
      return keep({ kind: 'event', ...told });
    }
  }

  /** The media server ended; nobody else will ever tell. */
  async function noteExit(at: Date): Promise<void> {
    const exit: Spooled = { kind: 'exit', at, receivedAt: clock.now() };
    if (isBehind()) return void (await keep(exit));
    try {
      await (spool
        ? within(
            DATABASE_MS,
            limited(async () => presence.noteServerExit(at)),
          )
        : presence.noteServerExit(at));
    } catch (error) {
      if (!spool || !isAway(error)) throw error;
      await keep(exit);
    }
  }

  /** What came before still waits: order is kept, and nobody waits for a database that is away. */
  const isBehind = (): boolean => spool !== null && spool.waiting() > 0;

  async function keep(spooled: Spooled): Promise<boolean> {
    if (!spool) return false;
    try {
      await spool.append(spooled);
      alarms.end('spool_unwritable');
    } catch (error) {
      alarms.raise('spool_unwritable', (error as { code?: string }).code ?? '');
      throw error;
    }
    count();
    drainSoon();
    return true;
  }

  function count(): void {
    const waiting = spool?.waiting() ?? 0;
    if (waiting > 0) alarms.raise('spool', String(waiting));
    else alarms.end('spool');
  }

  function drainSoon(): void {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = null;
      void drain();
    }, DRAIN_EVERY_MS);
  }

  /** What waits on disk, this process's and others', into the database; again soon where that did not do. */
  async function drain(): Promise<void> {
    if (!spool) return;
    try {
      await spool.drain(hand);
    } catch (error) {
      log.debug({ err: error }, 'spool not drained');
    }
    count();
    if (spool.waiting() > 0) drainSoon();
  }

  async function hand(all: readonly Spooled[]): Promise<void> {
    for (const part of stretches(all)) {
      if (part.kind === 'exit') {
        await limited(async () => presence.noteServerExit(part.at));
        continue;
      }
      const answers = await storeAll(part.events);
      for (const [n, answer] of answers.entries()) {
        const told = part.events[n];
        if (!(answer instanceof Error) || !told) continue;
        if (isAway(answer)) throw answer;
        log.error({ err: answer, event: told.event.event }, 'an event from the spool does not fit and is kept aside');
        await spool?.reject({ kind: 'event', ...told });
        alarms.raise('spool_rejected', String((rejected += 1)));
      }
    }
  }

  async function stop(): Promise<void> {
    stopped = true;
    if (timer) clearTimeout(timer);
    await spool?.close();
  }

  async function limited<T>(work: () => Promise<T>): Promise<T> {
    if (hanging >= MOST_HANGING) throw new TooLate();
    hanging += 1;
    const running = work();
    void running.catch(() => {}).finally(() => (hanging -= 1));
    return within(HANGING_MS, running);
  }

  return { take, noteExit, drain, stop };
}

/** Counts as a database that is away. */
class TooLate extends Error {
  readonly code = 'CONNECT_TIMEOUT';
  constructor() {
    super('not in time');
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate()), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Away, hanging on a lock, or in somebody's way: later it will do. */
const isAway = (error: unknown): boolean => isDatabaseAway(error) || isPassing(error);
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** Events that follow each other go together; an exit stands alone, in its place. */
function stretches(all: readonly Spooled[]): ({ kind: 'exit'; at: Date } | { kind: 'events'; events: Told[] })[] {
  const parts: ReturnType<typeof stretches> = [];
  for (const spooled of all) {
    const last = parts.at(-1);
    if (spooled.kind === 'exit') parts.push({ kind: 'exit', at: spooled.at });
    else if (last?.kind === 'events') last.events.push(spooled);
    else parts.push({ kind: 'events', events: [spooled] });
  }
  return parts;
}
