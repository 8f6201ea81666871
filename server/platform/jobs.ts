// Work that must happen after a commit, once, also when the portal dies meanwhile: graphile-worker's queue in our own database.
// A job is added in the transaction that decides it; any portal process takes it. The only file that knows graphile-worker and pg.
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { Logger, run, runMigrations, type TaskList } from 'graphile-worker';
import pg from 'pg';
import type { Clock } from './clock.ts';
import { addressOf, type Address, type Sql, type Tx } from './database.ts';
import type { Meter } from './metrics.ts';
import type { Tracing } from './traced.ts';

/** A job takes seconds. One that has been held for longer belongs to a process that died, and another one takes it. */
const HELD_MS = 15_000;
const LOOK_EVERY_MS = 5_000;
/** Of one process: most jobs wait for somebody else's server. */
const AT_ONCE = 8;
const MOST_CONNECTIONS = 3;
const AGAIN_MS = [1_000, 2_000, 5_000, 10_000];
/** A job that fails unexpectedly is tried again (1 s, 3 s, 7 s … later); what is expected to fail says itself when it wants another turn. */
const ATTEMPTS = 8;

/** Ids and words of the code. */
export type Payload = Record<string, string | null>;
export type Work = (payload: Payload) => Promise<void>;
export type Jobs = ReturnType<typeof createJobs>;
export type JobFigures = { kind: string; waiting: number; failing: number; givenUp: number; oldestSeconds: number };
const quiet = new Logger(() => () => {});

/** As the owner, at every start: the queue's own tables. Runs nothing when they are up to date. */
export async function migrateJobs(owner: Sql): Promise<void> {
  const pool = poolAt(addressOf(owner), 1);
  try {
    await runMigrations({ pgPool: pool, logger: quiet });
  } finally {
    await pool.end();
  }
}

type World = { sql: Sql; clock: Clock; log: FastifyBaseLogger; meter?: Pick<Meter, 'worked'>; tracing?: Tracing | null };

export function createJobs({ sql, clock, log, meter, tracing = null }: World) {
  const works = new Map<string, Work>();
  let ending: AbortController | null = null;
  let running: Promise<void> | null = null;

  /** A module says what it does for a kind of job. Once, before `start`. The same payload twice must be harmless. */
  function handle(task: string, work: Work): void {
    works.set(task, work);
  }

  /** They run when this transaction is committed, `afterMs` later; in no order, several at once. A payload holds ids, never what a person wrote. */
  async function add(tx: Tx, task: string, payloads: readonly Payload[], { afterMs = 0 }: { afterMs?: number } = {}): Promise<void> {
    if (payloads.length === 0) return;
    const due = new Date(clock.now().getTime() + afterMs).toISOString();
    const jobs = payloads.map((payload) => ({ identifier: task, payload, run_at: due, max_attempts: ATTEMPTS }));
    await tx`select count(*) from graphile_worker.add_jobs(array(select json_populate_recordset(null::graphile_worker.job_spec, ${tx.json(jobs)}::json)), false)`;
  }

  /** Everything due by the portal's clock, one after another, and what that adds: for tests, whose clock the queue does not read. Answers how many ran. */
  async function runDue(): Promise<number> {
    for (let ran = 0; ; ran += 1) {
      const [job] = await sql<{ id: string; task: string; payload: Payload }[]>`
        update graphile_worker._private_jobs j set locked_at = now(), locked_by = 'runDue' from graphile_worker._private_tasks t
        where t.id = j.task_id and j.id = (
          select id from graphile_worker._private_jobs where is_available and run_at <= ${clock.now()} order by run_at, id limit 1 for update skip locked)
        returning j.id, t.identifier as task, j.payload`;
      if (!job) return ran;
      await works.get(job.task)?.(job.payload);
      await sql`select count(*) from graphile_worker.complete_jobs(array[${job.id}::bigint])`;
    }
  }

  /** Until `stop`. A database that is away is waited for. */
  function start(): void {
    if (ending) return;
    ending = new AbortController();
    running = keepRunning(ending.signal);
  }

  async function keepRunning(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      const pool = poolAt(addressOf(sql), MOST_CONNECTIONS, (error) => log.warn(wordsOf(error), 'connection of the job queue lost'));
      const began = Date.now();
      try {
        await oneRun(pool, signal);
      } catch (error) {
        if (!signal.aborted) log.warn(wordsOf(error), 'job queue stopped; it begins again');
      } finally {
        await pool.end().catch(() => {});
      }
      if (Date.now() - began > 60_000) failures = 0;
      await sleep(AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)], undefined, { signal }).catch(() => {});
    }
  }

  /** Ends when it is told to, or throws when the database went away. */
  async function oneRun(pool: pg.Pool, signal: AbortSignal): Promise<void> {
    await freeHeld(pool);
    const runner = await run({
      pgPool: pool,
      taskList: tasks(),
      concurrency: AT_ONCE,
      pollInterval: 2_000,
      noHandleSignals: true,
      useNodeTime: true,
      events: new EventEmitter(),
      logger: quiet,
    });
    // The queue itself lets a dead process keep its jobs for four hours.
    const look = setInterval(() => void freeHeld(pool).catch(() => {}), LOOK_EVERY_MS);
    const end = (): void => void runner.stop().catch(() => {});
    signal.addEventListener('abort', end, { once: true });
    try {
      if (signal.aborted) end();
      await runner.promise;
      if (!signal.aborted) throw new Error('the job queue ended by itself');
    } finally {
      clearInterval(look);
      signal.removeEventListener('abort', end);
    }
  }

  const freeHeld = async (pool: pg.Pool): Promise<unknown> =>
    pool.query('update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at < $1', [new Date(Date.now() - HELD_MS)]);

  const tasks = (): TaskList =>
    Object.fromEntries(
      [...works].map(([task, work]) => [
        task,
        async (payload: unknown) => {
          const began = performance.now();
          try {
            const run = async (): Promise<void> => work(payload as Payload);
            await (tracing ? tracing.span(`job ${task}`, {}, run) : run());
            meter?.worked(task, 'done', performance.now() - began);
          } catch (error) {
            meter?.worked(task, 'failed', performance.now() - began);
            log.warn({ err: error, task }, 'job failed; it is tried again');
            throw error;
          }
        },
      ]),
    );

  async function stop(): Promise<void> {
    ending?.abort();
    await running;
    ending = null;
  }

  /** What waits, by kind: `failing` was tried and is tried again, `given_up` is not. The age is of the longest that is due. */
  async function figures(): Promise<JobFigures[]> {
    const now = clock.now();
    return sql<JobFigures[]>`
      select t.identifier as kind, count(*) filter (where j.attempts = 0)::int as waiting,
        count(*) filter (where j.attempts > 0 and j.attempts < j.max_attempts)::int as failing,
        count(*) filter (where j.attempts >= j.max_attempts and j.locked_at is null)::int as "givenUp",
        coalesce(extract(epoch from ${now}::timestamptz - min(j.run_at) filter (where j.run_at <= ${now} and j.attempts < j.max_attempts)), 0)::float8 as "oldestSeconds"
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id group by 1 order by 1`;
  }

  return { handle, add, runDue, figures, start, stop };
}

/** An error of pg carries its client, which knows the way in: only its words are for a log. */
function wordsOf(error: unknown): { code: string | null; why: string } {
  const { code, message } = error as { code?: string; message?: string };
  return { code: code ?? null, why: message ?? String(error) };
}

function poolAt(address: Address, max: number, onError: (error: Error) => void = () => {}): pg.Pool {
  const pool = new pg.Pool({
    host: address.socketFolder ?? address.host,
    port: address.port,
    user: address.user,
    password: address.password,
    database: address.database,
    ssl: address.ssl,
    max,
    application_name: 'portal-antrean',
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    ...(address.role !== null && { options: `-c role=${address.role}` }),
  });
  // An idle connection that is lost speaks through the pool, one in use through itself; unheard, either would end the process.
  pool.on('error', onError);
  pool.on('connect', (client) => void client.on('error', onError));
  return pool;
}
