// Commands beside the portal work as the database's owner: on the database that was named, else on the embedded one, as it runs or
// started for this command only.
import { existsSync, rmSync } from 'node:fs';
import type { Config } from './config.ts';
import { openDatabase, type Sql } from './platform/database.ts';
import { runningPostgres, startEmbeddedPostgres } from './platform/embedded-postgres.ts';
import { openChildren } from './platform/processes.ts';
import { StartProblem } from './platform/start-problem.ts';

/** `make`: in a data folder that has none, a database is made, and taken away again when `work` fails. */
export async function withOwner<T>(
  { databaseUrl, dataFolder }: Pick<Config, 'databaseUrl' | 'dataFolder'>,
  name: string,
  work: (sql: Sql) => Promise<T>,
  { make = false }: { make?: boolean } = {},
): Promise<T> {
  if (databaseUrl !== null) return inClient(databaseUrl, name, work);
  const found = existsSync(dataFolder) ? runningPostgres(dataFolder) : { state: 'missing' as const };
  if (found.state === 'missing' && !make)
    throw new StartProblem(`Tidak ada basis data di ${dataFolder} yang dapat dibaca. Atur PORTAL_DATA atau DATABASE_URL seperti portalnya.`);
  if (found.state === 'running') return inClient(found.url, name, work);
  const children = openChildren(dataFolder);
  try {
    const own = await startEmbeddedPostgres({ dataFolder, children, step: async (_label, start) => start(), say: () => {} });
    let whole = !own.made;
    try {
      const answer = await inClient(own.url, name, work);
      whole = true;
      return answer;
    } finally {
      await own.stop();
      if (!whole) rmSync(own.folder, { recursive: true, force: true });
    }
  } finally {
    children.close();
  }
}

async function inClient<T>(url: string, name: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = openDatabase(url, { max: 1, applicationName: `portal-${name}` });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 3 });
  }
}
