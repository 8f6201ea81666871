// `npm run backup` and `npm run restore`: the whole database as one file, and back into an empty one, with the ledger checked.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { misfits } from '../shared/ledger-words.ts';
import { ConfigProblem, readConfig } from './config.ts';
import { withOwner } from './owner-database.ts';
import type { Manifest } from './platform/backup-manifest.ts';
import { loadBackup, openBackup, type Backup } from './platform/backup-read.ts';
import { noteBackup, writeBackup } from './platform/backup-write.ts';
import { systemClock } from './platform/clock.ts';
import type { Sql } from './platform/database.ts';
import { runningPostgres } from './platform/embedded-postgres.ts';
import { verifyLedger } from './platform/ledger-verify.ts';
import { folderProblem, StartProblem } from './platform/start-problem.ts';

const number = (n: number, digits = 0): string => n.toLocaleString('id-ID', { maximumFractionDigits: digits });
/** Since this command began. */
const seconds = (): number => performance.now() / 1000;
const took = (): string => `${number(seconds(), 1)} dtk`;
const rowsIn = ({ tables }: Manifest): number => tables.reduce((sum, { rows }) => sum + rows, 0);
const digitsOf = (root: string): string => (root.slice(0, 16).match(/.{4}/g) ?? []).join(' ');

/** Answers the exit code. */
export const backup = (args: readonly string[]): Promise<number> =>
  answering('Cadangan tidak dapat dibuat', async () => {
    const { to, secrets } = readBackupArgs(args);
    const config = readConfig(process.env);
    const path = pathOf(to, systemClock.now());
    const secretsFile = secrets ? secretsOf(config.dataFolder) : undefined;
    const manifest = await withOwner(config, 'backup', async (sql) => {
      await refuseEmpty(sql);
      const written = await writeBackup(sql, path, { at: systemClock.now(), ...(secretsFile && { secrets: secretsFile }) });
      await noteBackup(sql, { at: new Date(written.at), rows: rowsIn(written), bytes: statSync(path).size });
      return written;
    });
    console.log(
      `✓ Cadangan ${path}: ${number(manifest.tables.length)} tabel, ${number(rowsIn(manifest))} baris, ${number(statSync(path).size / 1e6, 1)} MB · ${took()}`,
    );
    if (manifest.root) console.log(`  Akar terakhir buku bukti di dalamnya: #${manifest.root.n} ${digitsOf(manifest.root.root)} (${manifest.root.at})`);
    if (manifest.others.length > 0) console.log(`  Bukan milik portal dan tidak ikut: skema ${manifest.others.join(', ')}.`);
    console.log(
      secretsFile
        ? '  Berisi data pribadi dan rahasia portal: simpan terkunci (0600), jauh dari mesin ini.'
        : '  Berisi data pribadi: simpan terkunci (0600). Rahasia portal (secrets.json atau PORTAL_SECRET) tidak ikut: simpan terpisah, atau tambahkan --secrets.',
    );
    return 0;
  });

/** Answers the exit code: 0 only when everything is there and the ledger fits. */
export const restore = (args: readonly string[]): Promise<number> =>
  answering('Cadangan tidak dapat dipulihkan', async () => {
    const { path, into, data } = readRestoreArgs(args);
    const file = await openBackup(path);
    try {
      if (into !== null) return await withOwner({ databaseUrl: into, dataFolder: '' }, 'restore', (sql) => restoreInto(sql, path, file));
      return await restoreFolder(data ?? '', path, file);
    } finally {
      file.close();
    }
  });

async function restoreInto(sql: Sql, path: string, file: Backup): Promise<number> {
  const rows = await loadBackup(sql, path, file);
  const { root, at, tables } = file.manifest;
  console.log(`✓ Dipulihkan: ${number(tables.length)} tabel, ${number(rows)} baris, keadaan ${at}`);
  const found = await verifyLedger(sql, { anchors: root ? [{ n: root.n, root: root.root, from: 'file' }] : [] });
  for (const { book, stream, seq, what } of found.findings) console.log(`  ✗ ${book} ${stream ?? '–'} ${seq ?? '–'}: ${misfits[what][0]}`);
  const fits = found.findings.length === 0;
  console.log(
    fits
      ? `✓ Buku bukti utuh: ${number(found.rows)} baris, ${number(found.roots)} akar${root ? `, sampai #${root.n} ${digitsOf(root.root)}` : ''}`
      : '✗ BUKU BUKTI TIDAK UTUH: begitu pula di cadangan ini. Jangan dibetulkan; lihat docs/operating.md.',
  );
  console.log(`RTO ${took()}`);
  return fits ? 0 : 1;
}

/** A data folder of its own, with an embedded database made anew. */
async function restoreFolder(data: string, path: string, file: Backup): Promise<number> {
  const dataFolder = resolve(data);
  if (existsSync(dataFolder) && runningPostgres(dataFolder).state !== 'missing')
    throw new StartProblem(`Folder ${dataFolder} sudah mempunyai basis data. Pilih folder baru: --data /srv/portal-pulih`);
  const secretsPath = join(dataFolder, 'secrets.json');
  if (file.secrets && existsSync(secretsPath))
    throw new StartProblem(`${secretsPath} sudah ada dan tidak ditimpa. Pilih folder baru: --data /srv/portal-pulih`);
  await mkdir(dataFolder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 }).catch((error: unknown) => {
    throw folderProblem(dataFolder, error);
  });
  const code = await withOwner({ databaseUrl: null, dataFolder }, 'restore', (sql) => restoreInto(sql, path, file), { make: true });
  if (file.secrets) writeFileSync(secretsPath, file.secrets, { mode: 0o600 });
  else
    console.log(
      `  Rahasia portal tidak ada di cadangan ini: taruh secrets.json yang lama (0600) di ${dataFolder}, jika tidak tautan pribadi lama tidak berlaku.`,
    );
  return code;
}

async function answering(problem: string, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConfigProblem) for (const text of error.lines) console.error(`Konfigurasi: ${text}`);
    else if (error instanceof StartProblem) console.error(error.message);
    else console.error(`${problem}: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

function readBackupArgs(args: readonly string[]): { to: string; secrets: boolean } {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: { secrets: { type: 'boolean' } }, allowPositionals: true });
    if (positionals.length === 1) return { to: resolve(positionals[0] ?? ''), secrets: values.secrets ?? false };
  } catch {
    // Answered below.
  }
  throw new StartProblem('Sebutkan berkas atau folder tujuan: npm run backup -- /cadangan [--secrets]');
}

function readRestoreArgs(args: readonly string[]): { path: string; into: string | null; data: string | null } {
  const options = { into: { type: 'string' }, data: { type: 'string' } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { into = null, data = null } = values;
    const isAddress = into === null || (URL.canParse(into) && /^postgres(ql)?:$/.test(new URL(into).protocol));
    if (positionals.length === 1 && (into === null) !== (data === null) && isAddress) return { path: resolve(positionals[0] ?? ''), into, data };
  } catch {
    // Answered below.
  }
  throw new StartProblem('Sebutkan berkas dan satu tujuan yang kosong: npm run restore -- BERKAS --into postgres://… atau --data FOLDER');
}

/** In a folder under a name of its own. */
function pathOf(to: string, now: Date): string {
  const isFolder = statSync(to, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? join(to, `portal-${now.toISOString().slice(0, 19).replaceAll(':', '')}Z.zip`) : to;
}

function secretsOf(dataFolder: string): Buffer {
  try {
    return readFileSync(join(dataFolder, 'secrets.json'));
  } catch {
    throw new StartProblem(`--secrets: ${join(dataFolder, 'secrets.json')} tidak dapat dibaca. Atur PORTAL_DATA, atau jalankan tanpa --secrets.`);
  }
}

async function refuseEmpty(sql: Sql): Promise<void> {
  const [row] = await sql<{ there: boolean }[]>`select to_regclass('public.portal_migration') is not null and to_regclass('ledger.root') is not null as there`;
  if (!row?.there) throw new StartProblem('Basis data ini belum dipakai portal: tidak ada yang dapat dicadangkan. Jalankan npm start sekali, lalu ulangi.');
}
