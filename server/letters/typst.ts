// The only file that knows typst. Documents wait in line for one child process; it is renewed after a while, when it
// dies, and when a document takes too long.
import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';

/** Files of the portal's own; the engine for another platform is another package, and a missing one means no PDF here. */
const engines: Record<string, string> = { 'linux-x64': '@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu' };
/** The engine keeps about 0.1 MB of each document whatever is evicted. */
const RENEW_AFTER = 200;
const DOCUMENT_MS = 30_000;
const IDLE_MS = 5 * 60_000;
const MAX_WAITING = 200;

export type Document = {
  template: string;
  inputs: Record<string, string>;
  /** Printed as the file's own date, so that the same sheet is the same file. */ at: Date;
  standard?: string;
};
type Answer = { id: number; pdf?: Uint8Array; problem?: string };
type Job = Document & { id: number; tries: number; resolve: (pdf: Buffer) => void; reject: (error: Error) => void };
type Running = { job: Job; worker: ChildProcess; late: boolean };

export class DocumentProblem extends Error {}

/** The path of the engine on this machine, or null. */
export function findEngine(): string | null {
  const name = engines[`${process.platform}-${process.arch}`];
  try {
    return name ? createRequire(import.meta.url).resolve(name) : null;
  } catch {
    return null;
  }
}

export function createTypst(engine: string, { renewAfter = RENEW_AFTER, documentMs = DOCUMENT_MS }: { renewAfter?: number; documentMs?: number } = {}) {
  const waiting: Job[] = [];
  let child: ChildProcess | null = null;
  let current: Running | null = null;
  let deadline: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;
  let serial = 0;
  let made = 0;
  let closed = false;

  function compile(document: Document): Promise<Buffer> {
    if (closed || waiting.length >= MAX_WAITING)
      return Promise.reject(new DocumentProblem(closed ? 'the portal is stopping' : 'too many documents are waiting'));
    return new Promise((resolve, reject) => {
      waiting.push({ ...document, id: ++serial, tries: 0, resolve, reject });
      next();
    });
  }

  function next(): void {
    if (current) return;
    clearTimeout(idle);
    const job = waiting.shift();
    if (!job) {
      idle = setTimeout(letGo, IDLE_MS).unref();
      return;
    }
    if (made >= renewAfter) letGo();
    const worker = (child ??= start());
    made += 1;
    job.tries += 1;
    const mine: Running = { job, worker, late: false };
    current = mine;
    worker.ref();
    worker.channel?.ref();
    deadline = setTimeout(() => {
      mine.late = true;
      worker.kill('SIGKILL');
    }, documentMs);
    const { id, template, inputs, at, standard = 'a-2a' } = job;
    worker.send({ id, template, inputs, at: Math.floor(at.getTime() / 1000), standard }, (error) => error && ended(worker));
  }

  function answered(worker: ChildProcess, { id, pdf, problem }: Answer): void {
    if (current?.worker !== worker || current.job.id !== id) return;
    const { job } = current;
    rest(worker);
    if (pdf) job.resolve(Buffer.from(pdf));
    else job.reject(new DocumentProblem(problem));
    next();
  }

  /** The child died. Its document gets a second chance, unless it was the one that took too long. */
  function ended(worker: ChildProcess): void {
    if (child === worker) child = null;
    if (current?.worker !== worker) return;
    const { job, late } = current;
    rest(worker);
    if (late || closed || job.tries > 1) job.reject(new DocumentProblem(late ? 'the document took too long' : 'the document process ended'));
    else waiting.unshift(job);
    next();
  }

  /** An idle child keeps no process alive. */
  function rest(worker: ChildProcess): void {
    current = null;
    clearTimeout(deadline);
    worker.unref();
    worker.channel?.unref();
  }

  function start(): ChildProcess {
    made = 0;
    // No environment: nothing of the portal's secrets is in that process.
    const worker = fork(new URL('./compile.mjs', import.meta.url), [engine], {
      env: {},
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    worker.on('message', (answer: Answer) => answered(worker, answer));
    worker.on('error', () => ended(worker));
    worker.on('exit', () => ended(worker));
    return worker;
  }

  /** The idle child ends by itself; the next document starts a new one. */
  function letGo(): void {
    if (child?.connected) child.disconnect();
    child = null;
  }

  async function close(): Promise<void> {
    closed = true;
    clearTimeout(idle);
    for (const job of waiting.splice(0)) job.reject(new DocumentProblem('the portal is stopping'));
    const worker = child;
    if (!worker || worker.exitCode !== null || worker.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
      worker.ref();
      worker.kill('SIGKILL');
    });
    clearTimeout(idle);
  }

  return { compile, close, pid: (): number | null => child?.pid ?? null };
}
