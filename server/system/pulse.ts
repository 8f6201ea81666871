// Asks the database on a connection that nobody else waits for, and the pool whether it still has one: a pool that is exhausted (a lock that many wait for,
// statements that do not end) is told by name, at once, and not taken for a database that is away.
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import { beside, type Sql, type Tx } from '../platform/database.ts';

/** A statement of nothing that waits longer than this waits for a connection. */
const EXHAUSTED_MS = 1_000;
const LOOK_EVERY_MS = 1_000;
/** Who waits longer for its own connection opens another. */
const GIVEN_UP_MS = 10_000;
/** The operator's page tells of it for as long, for it is hardly read meanwhile. */
const TOLD_MS = 600_000;

export type PoolAlarm = { what: 'pool'; since: Date; detail: string };

export function createPulse<T>({ sql, clock, log, tells }: { sql: Sql; clock: Clock; log: FastifyBaseLogger; tells: (tx: Tx) => Promise<T> }) {
  let own = beside(sql, 'portal-nadi');
  let asking: { since: number; answer: Promise<T> } | null = null;
  let probing: { since: number; at: Date } | null = null;
  let last: { since: Date; until: Date; seconds: number } | null = null;
  let told = false;
  let timer: NodeJS.Timeout | null = null;

  /** Who asks while another does hears the same answer. */
  async function ask(): Promise<T> {
    const now = performance.now();
    if (asking && now - asking.since > GIVEN_UP_MS) {
      void own.end({ timeout: 0 }).catch(() => {});
      own = beside(sql, 'portal-nadi');
      asking = null;
    }
    if (asking) return asking.answer;
    const mine = { since: now, answer: tells(own) };
    asking = mine;
    const over = (): void => void (asking === mine && (asking = null));
    mine.answer.then(over, over);
    return mine.answer;
  }

  /** At most one of its questions waits in the pool. */
  function look(): void {
    if (probing) return note();
    const mine = { since: performance.now(), at: clock.now() };
    probing = mine;
    const over = (): void => {
      note();
      probing = null;
      if (told) log.warn('connections of the pool are free again');
      told = false;
    };
    void sql`select 1`.then(over, over);
  }

  function note(): void {
    const waited = probing ? performance.now() - probing.since : 0;
    if (!probing || waited <= EXHAUSTED_MS) return;
    last = { since: probing.at, until: clock.now(), seconds: Math.round(waited / 1000) };
    if (!told) log.warn('pool exhausted: every connection to the database is taken');
    told = true;
  }

  /** Now. */
  function exhausted(): boolean {
    note();
    return probing !== null && performance.now() - probing.since > EXHAUSTED_MS;
  }

  /** Now, or within the last ten minutes; detail: the seconds somebody waited. */
  function lately(): PoolAlarm[] {
    note();
    return last && clock.now().getTime() - last.until.getTime() < TOLD_MS ? [{ what: 'pool', since: last.since, detail: String(last.seconds) }] : [];
  }

  function start(): void {
    timer ??= setInterval(look, LOOK_EVERY_MS).unref();
  }

  async function stop(): Promise<void> {
    if (timer) clearInterval(timer);
    timer = null;
    await own.end({ timeout: 1 }).catch(() => {});
  }

  return { ask, exhausted, lately, start, stop };
}
