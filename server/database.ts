// Which database this portal has: the one it was told, or one of its own; checked and migrated before anything uses it.
import type { Config } from './config.ts';
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
  const sql = openDatabase(own?.url ?? config.databaseUrl ?? '');
  const close = async (): Promise<void> => {
    await sql.end({ timeout: 3 }).catch(() => {});
    await own?.stop();
  };
  try {
    const version = await versionOf(sql, config.databaseUrl);
    const ran = await step('Memeriksa susunan basis data', async () => migrate(sql));
    if (ran.length > 0) line(`  ${ran.length} perubahan susunan dijalankan.`);
    const words = own ? `bawaan, Postgres ${version}, ${own.folder}` : `Postgres ${version}, ${placeOf(config.databaseUrl ?? '')}`;
    return { sql, embedded: own !== null, made: own?.made ?? false, words, close };
  } catch (error) {
    await close();
    if (error instanceof MigrationProblem) throw new StartProblem(`Susunan basis data tidak dapat diperbarui: ${error.message}`, { cause: error });
    throw error;
  }
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
