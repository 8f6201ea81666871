// Runs the SQL files of server/migrations in order, each once, each in one transaction, one runner at a time.
// Forward only: a file that has run is never edited (its hash is checked), a mistake is mended by the next file.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { giveRights } from './app-role.ts';
import type { ReservedSql, Sql, Tx } from './database.ts';
import { migrateJobs } from './jobs.ts';

const folder = new URL('../migrations/', import.meta.url);
const LOCK = 732_001;

export class MigrationProblem extends Error {}

type Migration = { name: string; text: string; hash: string };

/** In the order they run. */
export async function knownMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((n) => n.endsWith('.sql')).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8');
      return { name, text, hash: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/**
 * `only`: names to run, for the tables of an older portal. `ran`: what ran now. `appRole`: whether the portal's own role is there.
 * Throws MigrationProblem naming the file that does not fit or did not run.
 */
export async function migrate(sql: Sql, { only }: { only?: ReadonlySet<string> } = {}): Promise<{ ran: string[]; appRole: boolean }> {
  const files = await knownMigrations();
  const connection = await sql.reserve();
  try {
    await connection`select pg_advisory_lock(${LOCK})`;
    await connection`create table if not exists public.portal_migration (name text primary key, hash text not null, ran_at timestamptz not null default now())`;
    const done = new Map((await connection<{ name: string; hash: string }[]>`select name, hash from public.portal_migration`).map((r) => [r.name, r.hash]));
    const ran: string[] = [];
    for (const { name, text, hash } of files) {
      if (only?.has(name) === false) continue;
      const before = done.get(name);
      if (before === hash) continue;
      if (before !== undefined) throw new MigrationProblem(`migration ${name} was changed after it had run`);
      await runOne(connection, name, text, hash);
      ran.push(name);
    }
    await migrateJobs(sql);
    return { ran, appRole: await giveRights(connection) };
  } finally {
    await connection`select pg_advisory_unlock(${LOCK})`.catch(() => {});
    connection.release();
  }
}

let ownNames: Promise<string[]> | null = null;

/** `missing`: files of this program that have not run there. `unknown`: what ran there that this program does not have. */
export async function migrationGap(sql: Tx): Promise<{ missing: string[]; unknown: string[] }> {
  ownNames ??= readdir(folder).then((names) => names.filter((n) => n.endsWith('.sql')));
  const [own, rows] = await Promise.all([ownNames, sql<{ name: string }[]>`select name from public.portal_migration order by name`]);
  const ran = new Set(rows.map(({ name }) => name));
  return { missing: own.filter((name) => !ran.has(name)).toSorted(), unknown: [...ran].filter((name) => !own.includes(name)) };
}

async function runOne(connection: ReservedSql, name: string, text: string, hash: string): Promise<void> {
  await connection`begin`;
  try {
    await connection.unsafe(text);
    await connection`insert into public.portal_migration (name, hash) values (${name}, ${hash})`;
    await connection`commit`;
  } catch (error) {
    await connection`rollback`.catch(() => {});
    throw new MigrationProblem(`migration ${name} did not run: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
