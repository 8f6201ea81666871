// Runs the SQL files of server/migrations in order, each once, each in one transaction, one runner at a time.
// Forward only: a file that has run is never edited (its hash is checked), a mistake is mended by the next file.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { giveRights } from './app-role.ts';
import type { ReservedSql, Sql } from './database.ts';
import { migrateJobs } from './jobs.ts';

const folder = new URL('../migrations/', import.meta.url);
const LOCK = 732_001;

export class MigrationProblem extends Error {}

/** `ran`: what ran now. `appRole`: whether the portal's own role is there. Throws MigrationProblem naming the file that does not fit or did not run. */
export async function migrate(sql: Sql): Promise<{ ran: string[]; appRole: boolean }> {
  const names = (await readdir(folder)).filter((n) => n.endsWith('.sql')).toSorted();
  const files = await Promise.all(names.map(async (name) => ({ name, text: await readFile(new URL(name, folder), 'utf8') })));
  const connection = await sql.reserve();
  try {
    await connection`select pg_advisory_lock(${LOCK})`;
    await connection`create table if not exists public.portal_migration (name text primary key, hash text not null, ran_at timestamptz not null default now())`;
    const done = new Map((await connection<{ name: string; hash: string }[]>`select name, hash from public.portal_migration`).map((r) => [r.name, r.hash]));
    const ran: string[] = [];
    for (const { name, text } of files) {
      const hash = createHash('sha256').update(text).digest('hex');
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
