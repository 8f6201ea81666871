// Where the recorder comes from: a file that was named, or a build with Go that is kept until its sources change.
// `npm run setup:recording` builds it and says what else recording needs.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { canRun, onPath, runBuild } from '../platform/livekit-binary.ts';
import { line, step } from '../say.mjs';

const sources = fileURLToPath(new URL('../recorder', import.meta.url));
const suffix = process.platform === 'win32' ? '.exe' : '';

/** `publish` sends to the recorder when it is measured. */
type Program = 'recorder' | 'publish';
type Found = { kind: 'binary'; path: string } | { kind: 'buildable'; go: string; target: string } | { kind: 'absent'; reason: string };

const cacheFolder = (): string => process.env['PORTAL_CACHE'] ?? join(homedir(), '.cache', 'portal-rapat');

/** What the program is made of; tests are not in it. */
function sourceHash(): string {
  const hash = createHash('sha256');
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!_test)\.go$|^go\.(mod|sum)$/.test(name));
  for (const name of files.toSorted()) hash.update(`${name}\0`).update(readFileSync(join(sources, name)));
  return hash.digest('hex').slice(0, 16);
}

export async function findRecorder(program: Program = 'recorder'): Promise<Found> {
  const named = process.env['RECORDER_BIN'];
  if (program === 'recorder' && named)
    return canRun(named) ? { kind: 'binary', path: named } : { kind: 'absent', reason: `RECORDER_BIN (${named}) bukan berkas yang dapat dijalankan` };
  const target = join(cacheFolder(), `${program}-${sourceHash()}${suffix}`);
  if (canRun(target)) return { kind: 'binary', path: target };
  const go = onPath('go') ?? (canRun('/usr/local/go/bin/go') ? '/usr/local/go/bin/go' : null);
  if (go === null) return { kind: 'absent', reason: 'Go tidak ada di mesin ini' };
  const problem = await tooOld(go);
  return problem === null ? { kind: 'buildable', go, target } : { kind: 'absent', reason: problem };
}

/** Go 1.21 and later get the version a module names by themselves, unless they were told not to. */
async function tooOld(go: string): Promise<string | null> {
  const needed = /^go (\S+)/m.exec(readFileSync(join(sources, 'go.mod'), 'utf8'))?.[1] ?? '0';
  const { stdout } = await promisify(execFile)(go, ['env', 'GOVERSION', 'GOTOOLCHAIN'], { cwd: '/' });
  const [version = '', toolchain = ''] = stdout.trim().split('\n');
  return goSuffices(version.replace(/^go/, ''), needed, toolchain) ? null : `Go ${version.replace(/^go/, '')} terlalu lama: perlu Go ${needed}`;
}

export function goSuffices(version: string, needed: string, toolchain: string): boolean {
  const isBelow = (least: string): boolean => {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number);
    return major < leastMajor || (major === leastMajor && minor < leastMinor);
  };
  return !isBelow(needed) || (!isBelow('1.21') && toolchain !== 'local');
}

/** A minute or two on two cores, once; it steps back for the portal. Throws with Go's last words. */
export async function buildRecorder({ go, target }: { go: string; target: string }, program: Program = 'recorder'): Promise<string> {
  mkdirSync(cacheFolder(), { recursive: true });
  const half = `${target}.${process.pid}`;
  try {
    const what = program === 'recorder' ? '.' : './cmd/publish';
    const args = ['build', '-C', sources, '-trimpath', '-mod=readonly', '-buildvcs=false', '-ldflags=-s -w', '-o', half, what];
    await runBuild(go, args, { ...process.env, GOFLAGS: '', CGO_ENABLED: '0' }, new AbortController().signal);
    renameSync(half, target);
    return target;
  } finally {
    rmSync(half, { force: true });
  }
}

type Need = { name: string; path: string | null; how: string };

/** 0 only when everything that recording needs is there. */
export async function setupRecording(): Promise<number> {
  let missing = 0;
  try {
    const found = await findRecorder();
    if (found.kind === 'absent') throw new Error(`${found.reason}; pasang Go (https://go.dev/dl), atau atur RECORDER_BIN`);
    const path = found.kind === 'binary' ? found.path : await step('Membangun perekam dengan Go (sekali saja)', async () => buildRecorder(found));
    line(`✓ perekam: ${path}`);
  } catch (error) {
    missing += 1;
    line(`✗ perekam: ${error instanceof Error ? error.message : String(error)}`);
  }
  for (const { name, path, how } of needs()) {
    if (path === null) missing += 1;
    line(path === null ? `✗ ${name}: tidak ada; ${how}` : `✓ ${name}: ${path}`);
  }
  return missing === 0 ? 0 : 1;
}

function needs(): Need[] {
  const ffmpeg = 'Debian: apt-get install ffmpeg';
  return [
    { name: 'ffmpeg', path: onPath('ffmpeg'), how: ffmpeg },
    { name: 'ffprobe', path: onPath('ffprobe'), how: ffmpeg },
    { name: 'Chromium', path: chromium(), how: 'Debian: apt-get install chromium, atau atur CHROMIUM_BIN' },
  ];
}

function chromium(): string | null {
  const named = process.env['CHROMIUM_BIN'];
  if (named) return canRun(named) ? named : null;
  return onPath('chromium') ?? onPath('chromium-browser') ?? onPath('google-chrome') ?? null;
}
