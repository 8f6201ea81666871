// One Postgres for a run of tests, careless of power cuts; every world gets a database of its own, copied from a migrated one.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { APP_ROLE } from '../../server/platform/app-role.ts';
import { openDatabase, type Sql, type Tx } from '../../server/platform/database.ts';
import { startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts';
import { migrate } from '../../server/platform/migrate.ts';
import { openChildren } from '../../server/platform/processes.ts';

const GIB = 1024 ** 3;
/** The address of the migrated database that worlds are copied from. Workers read it from their environment. */
const VARIABLE = 'PORTAL_TEST_DATABASE';

/** Starts the run's Postgres. Answers how to end it. */
export async function startTestDatabase(): Promise<() => Promise<void>> {
  const folder = temporaryFolder(inMemory());
  const children = openChildren(folder);
  const database = await startEmbeddedPostgres({ dataFolder: folder, children, careless: true, step: async (_label, work) => work(), say: () => {} });
  const sql = openDatabase(database.url, { max: 1 });
  await migrate(sql);
  // Tests sign in by a password alone, and set the rule where it is their subject.
  await sql`delete from people.factor_rule`;
  await sql.end();
  process.env[VARIABLE] = database.url;
  return async () => {
    delete process.env[VARIABLE];
    await kept?.end();
    kept = null;
    await database.stop();
    children.close();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Worlds make and remove some hundred thousand files, and ext4 looks at every one just removed before it makes another: most of a run, on disk. */
function inMemory(): string | undefined {
  const folder = '/dev/shm';
  if (!existsSync(folder)) return undefined;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= GIB ? folder : undefined;
}

/** Which a database server that runs as a lesser account can reach. */
export function temporaryFolder(under = '/tmp'): string {
  const folder = mkdtempSync(join(under, 'portal-uji-'));
  chmodSync(folder, 0o711);
  return folder;
}

const addressOf = (name: string): string => {
  const template = process.env[VARIABLE];
  if (template === undefined) throw new Error('no test database: run through npm test, or call startTestDatabase first');
  const address = new URL(template);
  address.pathname = `/${name}`;
  return address.href;
};

/** `close` keeps it, for others to be copied from. */
type Copy = { name: string; url: string; sql: Sql; owner: Sql; close: () => Promise<void>; drop: () => Promise<void> };

/**
 * A fresh migrated database (`template1`: an empty one; else a copy of that one). `sql`: as the portal sees it, by its own role; `owner`: as nobody
 * but a test or an intruder does. Copied as files: block by block through the log takes five times as long.
 */
export async function copyDatabase(template = 'portal'): Promise<Copy> {
  const name = `w_${randomBytes(8).toString('hex')}`;
  await asAdmin((admin) => admin`create database ${admin(name)} template ${admin(template)} strategy file_copy`);
  const url = addressOf(name);
  const address = new URL(url);
  address.username = APP_ROLE;
  const sql = openDatabase(address.href, { max: 6 });
  const owner = openDatabase(url, { max: 2 });
  const close = async (): Promise<void> => {
    await owner.end({ timeout: 2 });
    await sql.end({ timeout: 2 });
  };
  return {
    name,
    url,
    sql,
    owner,
    close,
    async drop() {
      await close();
      await asAdmin((admin) => admin`drop database if exists ${admin(name)} with (force)`);
    },
  };
}

/** The portal's connections to this database end, and no new one is taken: it is away. Answers how to bring it back. */
export async function takeAway(owner: Sql): Promise<() => Promise<void>> {
  const [row] = await owner<{ name: string }[]>`select current_database() as name`;
  const name = row?.name ?? '';
  await asAdmin(async (admin) => {
    await admin`alter database ${admin(name)} connection limit 0`;
    await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and usename = ${APP_ROLE}`;
  });
  return async () => asAdmin((admin) => admin`alter database ${admin(name)} connection limit -1`);
}

/** One connection for all worlds of a worker: two more for each would be a tenth of its work. */
let kept: Sql | null = null;

async function asAdmin(work: (admin: Sql) => Promise<unknown>): Promise<void> {
  kept ??= openDatabase(addressOf('postgres'), { max: 1 });
  await work(kept);
}

/** What only the database's superuser can do: no trigger hears of it. */
export const asIntruder = async <T>(owner: Sql, work: (tx: Tx) => Promise<T>): Promise<T> =>
  (await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    return work(tx);
  })) as T;
