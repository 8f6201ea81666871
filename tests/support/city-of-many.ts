// Many people with sessions and nothing else to do, put straight into the tables of a portal that runs: signing ten thousand
// people in through the door would measure the hashing of passwords.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Sql } from '../../server/platform/database.ts';

export type Resident = { id: string; positionId: string | null; cookie: string };

/** The database of a portal that keeps its own, as its owner. The folder of its socket is the fifth line of Postgres' own pid file. */
export function databaseOf(dataFolder: string, max = 4): Sql {
  const host = readFileSync(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[4] ?? '';
  return openDatabase(`postgres://portal@localhost/portal?host=${encodeURIComponent(host)}`, { max });
}

/** `unitId`: with a post each, whose definitive holder they are. */
export async function addMany(sql: Sql, count: number, unitId: string | null = null): Promise<Resident[]> {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'));
  const hashes = tokens.map((token) => createHash('sha256').update(token).digest('hex'));
  const ids = await sql<{ id: string }[]>`
    insert into people.person (name, opd_id) select 'Warga Ukur ' || n, ${unitId} from generate_series(1, ${count}::int) as n returning id`;
  const persons = ids.map(({ id }) => id);
  await sql`
    insert into people.session (id, person_id, expires_at, user_agent)
    select hash, person, now() + interval '10 hours', 'ukur' from unnest(${hashes}::text[], ${persons}::uuid[]) as s(hash, person)`;
  const positions: string[] = [];
  if (unitId !== null) {
    const made = await sql<{ id: string }[]>`
      insert into people.position (opd_id, title, level) select ${unitId}, 'Jabatan Ukur ' || n, 'staf' from generate_series(1, ${count}::int) as n returning id`;
    positions.push(...made.map(({ id }) => id));
    await sql`
      insert into people.holding (position_id, person_id, kind, held, basis)
      select position, person, 'definitif', daterange('2025-01-01', null), 'SK Ukur' from unnest(${positions}::uuid[], ${persons}::uuid[]) as h(position, person)`;
  }
  return persons.map((id, n) => ({ id, positionId: positions[n] ?? null, cookie: `sesi=${tokens[n]}` }));
}
