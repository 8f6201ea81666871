// SQL of the database's own figures.
import type { Tx } from '../platform/database.ts';

export type DatabaseFigures = { version: string; bytes: number; connections: number; busy: number; mostConnections: number; now: Date };
/** `busy`: connections of portals that are in a transaction or a statement. */
export async function databaseFigures(tx: Tx): Promise<DatabaseFigures> {
  const [row] = await tx<[DatabaseFigures]>`
    select current_setting('server_version') as version, pg_database_size(current_database())::float8 as bytes, clock_timestamp() as now,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
      (select count(*)::int from pg_stat_activity where application_name = 'portal' and datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()) as busy,
      current_setting('max_connections')::int as "mostConnections"`;
  return row;
}

export const standbys = (tx: Tx) => tx<{ state: string; sync: string; lagSeconds: number | null }[]>`
  select coalesce(state, '') as state, coalesce(sync_state, '') as sync, lag_seconds as "lagSeconds" from live.standbys()`;

/** When the last backup ended well. */
export async function lastBackup(tx: Tx): Promise<Date | null> {
  const [row] = await tx<[{ at: Date | null }]>`select max(at) as at from platform.backup_run`;
  return row.at;
}
