// Postgres refuses to run as root. Started by root it runs as a lesser account, which must be able to reach its files.
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StartProblem } from './start-problem.ts';

export type Servant = { uid: number; gid: number };

/** null = this process is no root and runs children as itself. */
export function chooseServant(): Servant | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((row) => row.split(':'));
  for (const wanted of ['postgres', '_postgres', 'nobody']) {
    const account = accounts.find(([name]) => name === wanted);
    const [uid, gid] = [Number(account?.[2]), Number(account?.[3])];
    if (uid > 0 && gid > 0) return { uid, gid };
  }
  throw new StartProblem(
    'Basis data bawaan tidak dapat berjalan sebagai root dan akun postgres atau nobody tidak ada. Jalankan sebagai pengguna biasa, atau atur DATABASE_URL.',
  );
}

/** Whether every folder above `path` lets the servant through. */
export function canReach(path: string, servant: Servant | null): boolean {
  if (servant === null) return true;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!permits(folder, servant, 1)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function permits(path: string, servant: Servant, bits: number): boolean {
  const { uid, gid, mode } = statSync(path);
  const shift = uid === servant.uid ? 6 : gid === servant.gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}

export const canRun = (file: string, servant: Servant | null): boolean => servant === null || (canReach(file, servant) && permits(file, servant, 5));

/** A folder of the servant's own that nobody else enters. */
export function ownFolder(path: string, servant: Servant | null): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  if (servant) chownSync(path, servant.uid, servant.gid);
}

export function giveTree(path: string, servant: Servant): void {
  chownSync(path, servant.uid, servant.gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) if (!entry.isSymbolicLink()) giveTree(join(path, entry.name), servant);
}

/** A unix socket's whole path fits in 107 bytes (103 on macOS). */
export function shortTemporaryFolder(servant: Servant | null): string {
  const usual = tmpdir();
  return usual.length <= 60 && canReach(join(usual, 'x'), servant) ? usual : '/tmp';
}
