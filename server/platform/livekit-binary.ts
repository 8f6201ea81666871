// Where a LiveKit server comes from: a file that was named, one on the PATH, an earlier build, or a build with Go.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { setPriority } from 'node:os';
import { delimiter, join } from 'node:path';

export const LIVEKIT_VERSION = 'v1.13.5';
const MODULE = `github.com/livekit/livekit-server/cmd/server@${LIVEKIT_VERSION}`;

export type Found = { kind: 'binary'; path: string } | { kind: 'buildable'; go: string; cacheFolder: string } | { kind: 'absent'; reason: string };

export const threeWays = `pasang livekit-server (atau LIVEKIT_BIN=/jalur/livekit-server), pasang Go agar portal membangunnya sendiri, atau isi LIVEKIT_URL, LIVEKIT_API_KEY dan LIVEKIT_API_SECRET`;

export function findLiveKit({ livekitBin, cacheFolder }: { livekitBin: string | null; cacheFolder: string }): Found {
  if (livekitBin !== null)
    return canRun(livekitBin)
      ? { kind: 'binary', path: livekitBin }
      : { kind: 'absent', reason: `LIVEKIT_BIN (${livekitBin}) bukan berkas yang dapat dijalankan` };
  const installed = onPath('livekit-server');
  if (installed) return { kind: 'binary', path: installed };
  const cached = cachedBinary(cacheFolder);
  if (canRun(cached)) return { kind: 'binary', path: cached };
  const go = onPath('go') ?? (canRun('/usr/local/go/bin/go') ? '/usr/local/go/bin/go' : null);
  return go ? { kind: 'buildable', go, cacheFolder } : { kind: 'absent', reason: 'livekit-server dan Go tidak ada di mesin ini' };
}

const suffix = process.platform === 'win32' ? '.exe' : '';
const cachedBinary = (cacheFolder: string): string => join(cacheFolder, `livekit-server-${LIVEKIT_VERSION}${suffix}`);

export function onPath(name: string): string | null {
  const candidates = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, `${name}${suffix}`));
  return candidates.find(canRun) ?? null;
}

export function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Minutes of work on two cores: it steps back for the portal. Answers the built file; throws with Go's last words. */
export async function buildLiveKit({ go, cacheFolder }: { go: string; cacheFolder: string }, signal: AbortSignal): Promise<string> {
  const target = cachedBinary(cacheFolder);
  const half = join(cacheFolder, `build-${process.pid}`);
  mkdirSync(half, { recursive: true });
  try {
    await runBuild(go, ['install', MODULE], { ...process.env, GOBIN: half, GOFLAGS: '' }, signal);
    const built = join(half, `server${suffix}`);
    if (!existsSync(built)) throw new Error('go install tidak menghasilkan berkas');
    renameSync(built, target);
    return target;
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}

/** Ends with the signal, children and all; rejects with the last line it said. */
export function runBuild(command: string, args: readonly string[], env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    // The compiler's own children share its group, so that all end together.
    const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    if (child.pid !== undefined) setPriority(child.pid, 10);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
    const abort = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    signal.addEventListener('abort', abort, { once: true });
    child.once('error', reject);
    child.once('exit', (code) => {
      signal.removeEventListener('abort', abort);
      if (code === 0) resolve();
      else reject(new Error(said.trim().split('\n').at(-1) ?? `go berhenti dengan kode ${code}`));
    });
  });
}
