// What a backup holds: a ZIP of one text per table, as Postgres' COPY writes it (readable without this program), and `manifest.json`,
// which names the migrations that made those tables, counts the rows and sums up every text.
import { z } from 'zod';
import type { Tx } from './database.ts';
import { knownMigrations } from './migrate.ts';

export const MANIFEST = 'manifest.json';
export const SECRETS = 'secrets.json';

const Sum = z.string().regex(/^[0-9a-f]{64}$/);
export const Manifest = z.object({
  format: z.literal(1),
  at: z.iso.datetime(),
  /** Major version. */
  postgres: z.number().int(),
  migrations: z.array(z.object({ name: z.string(), hash: Sum })),
  tables: z.array(
    z.object({ schema: z.string(), table: z.string(), columns: z.array(z.string()), rows: z.number().int(), bytes: z.number().int(), sha256: Sum }),
  ),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), last: z.string(), called: z.boolean() })),
  /** The last root of the ledger in this snapshot. */
  root: z.object({ n: z.number().int(), at: z.iso.datetime(), root: Sum }).nullable(),
  /** Of the file `secrets.json` beside the tables; null = not taken along. */
  secrets: Sum.nullable(),
  /** Schemas of this database that are not the portal's: left out. */
  others: z.array(z.string()),
});
export type Manifest = z.output<typeof Manifest>;

export type TableColumns = { schema: string; table: string; columns: string[] };

export const fileOf = ({ schema, table }: { schema: string; table: string }): string => `tables/${schema}.${table}.copy`;

const name = (text: string): string => `"${text.replaceAll('"', '""')}"`;
export const nameOf = ({ schema, table }: { schema: string; table: string }): string => `${name(schema)}.${name(table)}`;
export const copied = ({ columns, ...of }: TableColumns): string => `${nameOf(of)} (${columns.map(name).join(', ')})`;

/** The same text on every Postgres; and no limit of time. Until the transaction ends. */
export async function settle(tx: Tx): Promise<void> {
  await tx`select set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, MDY', true), set_config('IntervalStyle', 'postgres', true),
    set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true), set_config('statement_timeout', '0', true),
    set_config('idle_in_transaction_session_timeout', '0', true), set_config('lock_timeout', '0', true)`;
}

/** Those the migrations make, and the job queue's. */
export async function ownSchemas(): Promise<string[]> {
  const made = (await knownMigrations()).flatMap(({ text }) =>
    [...text.matchAll(/^create schema (?:if not exists )?(\w+)/gm)].map(([, schema = '']) => schema),
  );
  return [...new Set(['graphile_worker', ...made])];
}

/** Every table of ours. The list of what ran (`public.portal_migration`, the queue's own) is made by running it. */
export async function tablesOf(tx: Tx): Promise<TableColumns[]> {
  return tx<TableColumns[]>`
    select n.nspname as schema, c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and n.nspname = any(${await ownSchemas()})
      and (n.nspname, c.relname) <> ('graphile_worker', 'migrations')
    group by 1, 2 order by 1, 2`;
}
