// What is in the database, as text: whoever was refused has changed none of it.
import type { Sql } from '../../server/platform/database.ts';

export type Kept = ReadonlyMap<string, string>;

/** Table by table, of these schemas. */
export async function everyRow(sql: Sql, schemas: readonly string[], without: readonly string[] = []): Promise<Kept> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema = any(${[...schemas]}) and table_name <> all(${[...without]}) order by 1`;
  const rows = await Promise.all(
    tables.map(async ({ name }): Promise<[string, string]> => {
      const [row] = await sql<{ all: string | null }[]>`select string_agg(t::text, chr(10) order by t::text) as all from ${sql.unsafe(name)} t`;
      return [name, row?.all ?? ''];
    }),
  );
  return new Map(rows);
}

/** Of all schemas, without what only says that somebody looked. */
export async function kept(sql: Sql): Promise<Kept> {
  const schemas = await sql<{ name: string }[]>`
    select distinct table_schema as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema', 'live')`;
  return everyRow(
    sql,
    schemas.map(({ name }) => name),
    ['session', 'access', 'job', 'device', 'notice_shown', 'beat'],
  );
}

export const changed = (before: Kept, after: Kept): string[] => [...after].filter(([name, rows]) => before.get(name) !== rows).map(([name]) => name);
