// Which database this portal has: the one it was told, or one of its own; checked and migrated before anything uses it.
import type { Config } from './config.ts';
import { APP_ROLE } from './platform/app-role.ts';
import { openDatabase, type Sql } from './platform/database.ts';
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts';
import { migrate, MigrationProblem } from './platform/migrate.ts';
import type { Children } from './platform/processes.ts';
import { StartProblem } from './platform/start-problem.ts';
import { line, step } from './say.mjs';

const LEAST_VERSION = 15;

export type PortalDatabase = {
  sql: Sql;
  embedded: boolean;
  /** For a person: which one and where. */ words: string;
  /** Made by this very start. */ made: boolean;
  close(): Promise<void>;
};

export async function openPortalDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataFolder'>,
  children: Children,
  { fromScratch, onCreate }: { fromScratch: boolean; onCreate: () => void },
): Promise<PortalDatabase> {
  const own =
    config.databaseUrl === null ? await startEmbeddedPostgres({ dataFolder: config.dataFolder, children, fromScratch, onCreate, step, say: line }) : null;
  const url = own?.url ?? config.databaseUrl ?? '';
  const owner = openDatabase(url, { max: 1 });
  let sql: Sql | null = null;
  const close = async (): Promise<void> => {
    await owner.end({ timeout: 3 }).catch(() => {});
    await sql?.end({ timeout: 3 }).catch(() => {});
    await own?.stop();
  };
  try {
    const version = await versionOf(owner, config.databaseUrl);
    const { ran, appRole } = await step('Memeriksa susunan basis data', async () => migrate(owner));
    if (ran.length > 0) line(`  ${ran.length} perubahan susunan dijalankan.`);
    if (!appRole) line(`  Peran ${APP_ROLE} tidak dapat dibuat: buku bukti hanya dijaga pemicunya. Beri pemilik basis data hak CREATEROLE.`);
    sql = openDatabase(own ? asRole(url) : url, { role: appRole && !own ? APP_ROLE : undefined });
    await owner.end({ timeout: 3 });
    const words = own ? `bawaan, Postgres ${version}, ${own.folder}` : `Postgres ${version}, ${placeOf(config.databaseUrl ?? '')}`;
    return { sql, embedded: own !== null, made: own?.made ?? false, words, close };
  } catch (error) {
    await close();
    if (error instanceof MigrationProblem) throw new StartProblem(`Susunan basis data tidak dapat diperbarui: ${error.message}`, { cause: error });
    throw error;
  }
}

/** The embedded database trusts its socket: the portal signs in as its lesser role and has no way back. */
function asRole(url: string): string {
  const address = new URL(url);
  address.username = APP_ROLE;
  return address.href;
}

async function versionOf(sql: Sql, url: string | null): Promise<number> {
  const number = await sql<{ number: string }[]>`select current_setting('server_version_num') as number`.then(
    (rows) => Number(rows[0]?.number),
    (error: unknown) => refuseDatabase(url, error),
  );
  const version = Math.floor(number / 10_000);
  if (version < LEAST_VERSION)
    throw new StartProblem(`Postgres di ${placeOf(url ?? '')} terlalu lama: versi ${version}, perlu ${LEAST_VERSION} atau lebih baru.`);
  return version;
}

/** Host and database only: the address may hold a password. */
function placeOf(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  return `${searchParams.get('host') ?? `${hostname}${port ? `:${port}` : ''}`}${pathname}`;
}

function refuseDatabase(url: string | null, error: unknown): never {
  const { code, message } = error as { code?: string; message?: string };
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'tidak ada Postgres yang menjawab di sana',
    ENOTFOUND: 'nama mesin itu tidak dikenal',
    EAI_AGAIN: 'nama mesin itu tidak dapat dicari sekarang',
    ENOENT: 'tidak ada soket Postgres di sana',
    CONNECT_TIMEOUT: 'tidak menjawab dalam 5 dtk',
    '28P01': 'kata sandi ditolak',
    '28000': 'masuk ditolak',
    '3D000': 'basis data itu tidak ada',
  };
  throw new StartProblem(
    `Basis data ${url === null ? 'bawaan' : `dari DATABASE_URL (${placeOf(url)})`} tidak dapat dipakai: ${reasons[code ?? ''] ?? message ?? String(error)}.`,
    { cause: error },
  );
}
