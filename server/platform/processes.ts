// Children of the portal and how a later start finds them again: by recorded pid and start time, never by name.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { StartProblem } from './start-problem.ts';

const Mark = z.object({ pid: z.number().int().positive(), started: z.string() });
type Mark = z.output<typeof Mark>;
const Kept = z.object({ portal: Mark, children: z.array(Mark.extend({ name: z.string() })), folders: z.array(z.string()) });
type Kept = z.output<typeof Kept>;

/** When a process started, in the system's own words; null = there is none. A pid used anew has another start. */
export function startOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z') return null;
      return `${fields[19]}@${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null;
  } catch {
    return null;
  }
}

const lives = (mark: Mark): boolean => startOf(mark.pid) === mark.started;

/** Signals in order, each given its seconds; the last should be SIGKILL. */
export type Ending = readonly (readonly [NodeJS.Signals, number])[];
export const endings: { readonly postgres: Ending; readonly livekit: Ending } = {
  // Fast shutdown; then at once, which costs a recovery at the next start.
  postgres: [
    ['SIGINT', 8],
    ['SIGQUIT', 3],
    ['SIGKILL', 2],
  ],
  // The first asks to wait for people, the second ends.
  livekit: [
    ['SIGTERM', 0.2],
    ['SIGTERM', 4],
    ['SIGKILL', 2],
  ],
};

/** True when the process is gone. */
export async function endProcess(pid: number, ending: Ending): Promise<boolean> {
  const started = startOf(pid);
  if (started === null) return true;
  for (const [signal, seconds] of ending) {
    if (startOf(pid) !== started) return true;
    try {
      process.kill(pid, signal);
    } catch {
      // Gone between the look and the signal.
    }
    for (const until = Date.now() + seconds * 1000; Date.now() < until;) {
      await sleep(15);
      if (startOf(pid) !== started) return true;
    }
  }
  return startOf(pid) !== started;
}

export type Children = ReturnType<typeof openChildren>;

/** The record of one data folder. Refuses when another living portal holds it. */
export function openChildren(dataFolder: string) {
  const path = join(dataFolder, 'children.json');
  const before = readKept(path);
  if (before && before.portal.pid !== process.pid && lives(before.portal)) {
    throw new StartProblem(
      `Folder data ${dataFolder} sedang dipakai portal lain (proses ${before.portal.pid}). Hentikan dahulu, atau atur PORTAL_DATA ke folder lain.`,
    );
  }
  const record: Kept = { portal: { pid: process.pid, started: startOf(process.pid) ?? '' }, children: before?.children ?? [], folders: before?.folders ?? [] };
  let closed = false;
  save();

  function save(): void {
    if (closed) return;
    writeFileSync(`${path}.new`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }

  function add(name: string, pid: number): void {
    const started = startOf(pid);
    if (started === null) return;
    record.children.push({ name, pid, started });
    save();
  }

  function forget(pid: number): void {
    record.children = record.children.filter((child) => child.pid !== pid);
    save();
  }

  function addFolder(folder: string): void {
    record.folders.push(folder);
    save();
  }

  /** Ends what a killed portal left. Answers the names of those that were still there. */
  async function endLeftovers(): Promise<string[]> {
    const left = record.children.filter(lives);
    await Promise.all(left.map(async (child) => endProcess(child.pid, child.name === 'postgres' ? endings.postgres : endings.livekit)));
    for (const folder of record.folders) rmSync(folder, { recursive: true, force: true });
    record.children = [];
    record.folders = [];
    save();
    return left.map((child) => child.name);
  }

  /** No time left for an orderly end. Postgres recovers at its next start. */
  function endNow(): void {
    for (const child of record.children.filter(lives)) process.kill(child.pid, child.name === 'postgres' ? 'SIGQUIT' : 'SIGKILL');
  }

  /** What a killed portal left and this one has not ended stays on record. */
  function close(): void {
    closed = true;
    for (const folder of record.folders) rmSync(folder, { recursive: true, force: true });
    if (!record.children.some(lives)) rmSync(path, { force: true });
  }

  return { add, forget, addFolder, endLeftovers, endNow, close };
}

function readKept(path: string): Kept | null {
  try {
    return Kept.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

export type Launch = { command: string; args: readonly string[]; logFile: string; uid?: number; gid?: number; env?: NodeJS.ProcessEnv };

const LOG_LIMIT = 16 * 1024 * 1024;

/**
 * A child in a session of its own (Ctrl-C at the terminal reaches the portal only, which then ends it in order) that
 * writes into a file of its own (it does not depend on the portal's pipes).
 */
export function launch({ command, args, logFile, uid, gid, env }: Launch): ChildProcess {
  mkdirSync(dirname(logFile), { recursive: true });
  if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a', 0o600);
  try {
    return spawn(command, args, { cwd: '/', detached: true, stdio: ['ignore', log, log], env: env ?? process.env, ...(uid !== undefined && { uid, gid }) });
  } finally {
    closeSync(log);
  }
}

/** The end of a log file, for a message about a child that did not start. */
export function tailOf(logFile: string, from: number): string {
  try {
    return readFileSync(logFile).subarray(from).toString('utf8').slice(-4000);
  } catch {
    return '';
  }
}
export const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);
