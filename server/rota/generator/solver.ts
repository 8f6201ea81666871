// The only file that knows the solver: a thread with HiGHS in it, one for each job, so that ending it frees what it held.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Problem } from './solving.ts';

export type Answer = { status: string; values: Float64Array | null; objective: number; bound: number };
export type News = { bound: number | undefined; best: number | undefined };
type Options = { time_limit?: number; mip_rel_gap?: number; random_seed?: number };
type Reply = { id: number } & ({ news: News } | { answer: unknown } | { problem: string });
type Waiting = { resolve: (answer: unknown) => void; reject: (error: Error) => void; onNews: ((news: News) => void) | undefined };

export class SolverProblem extends Error {}
/** The thread was ended on purpose. */
export class SolverStopped extends Error {}

/** Of the thread's own heap; the solver's numbers lie outside it, and are bounded by the size of a plan. */
const HEAP_MB = 256;
let compiled: Promise<WebAssembly.Module> | null = null;
const solverCode = async (): Promise<WebAssembly.Module> =>
  (compiled ??= readFile(createRequire(import.meta.url).resolve('highs/runtime')).then(async (bytes) => WebAssembly.compile(new Uint8Array(bytes))));

export type Solver = Awaited<ReturnType<typeof startSolver>>;

export async function startSolver() {
  const worker = new Worker(new URL('worker.mjs', import.meta.url), {
    workerData: { wasm: await solverCode() },
    // Nothing of the portal's secrets or loaders is in that thread.
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  /** A thread has no origin to name. */
  const say = worker.postMessage.bind(worker);
  const waiting = new Map<number, Waiting>();
  let serial = 0;
  let over: Error | null = null;
  function fall(error: Error): void {
    over ??= error;
    for (const { reject } of waiting.values()) reject(over);
    waiting.clear();
  }
  worker.on('message', (reply: Reply) => {
    const asked = waiting.get(reply.id);
    if (!asked) return;
    if ('news' in reply) {
      asked.onNews?.(reply.news);
      return;
    }
    waiting.delete(reply.id);
    if ('problem' in reply) asked.reject(new SolverProblem(reply.problem));
    else asked.resolve(reply.answer);
  });
  worker.on('error', (error) => fall(new SolverProblem((error instanceof Error ? error.message : 'the solver broke').slice(0, 300))));
  worker.on('exit', () => fall(new SolverProblem('the solver ended')));

  const ask = async (question: object, onNews?: (news: News) => void): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (over) {
        reject(over);
        return;
      }
      serial += 1;
      waiting.set(serial, { resolve, reject, onNews });
      say({ ...question, id: serial });
    });

  return {
    solve: async (problem: Problem, options: Options = {}, onNews?: (news: News) => void): Promise<Answer> =>
      (await ask({ problem, options }, onNews)) as Answer,
    /** The smallest set of groups of rows that cannot be kept together; null: they can, or it was not found out in time. */
    conflict: async (problem: Problem, groups: Int32Array, options: Options = {}): Promise<number[] | null> =>
      (await ask({ problem, groups, options })) as number[] | null,
    async end(): Promise<void> {
      fall(new SolverStopped());
      await worker.terminate();
    },
  };
}
