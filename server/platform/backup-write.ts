// Writes a backup: one snapshot, every table as its rows come, constant memory. Nobody who works meanwhile waits.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { copied, fileOf, MANIFEST, ownSchemas, SECRETS, settle, tablesOf, type Manifest, type TableColumns } from './backup-manifest.ts';
import type { Sql, Tx } from './database.ts';

type Options = { at: Date; /** The bytes of `secrets.json`, to take along. */ secrets?: Buffer; onTable?: (name: string) => void };

const NEWLINE = 10;
const OWNER_ONLY = 0o600;
/** Of the compression: hashes and files hardly pack, and a backup holds locks of its tables for as long as it takes. */
const LEVEL = 3;

/** `path` appears when it is whole and on disk; one that is there is replaced. */
export async function writeBackup(sql: Sql, path: string, options: Options): Promise<Manifest> {
  const half = `${path}.new`;
  try {
    const manifest = await sql.begin('isolation level repeatable read read only', async (tx) => {
      await settle(tx);
      return writeZip(tx, half, options);
    });
    await synced(half);
    await rename(half, path);
    await synced(dirname(path));
    return manifest;
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}

async function synced(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeZip(tx: Tx, path: string, { at, secrets, onTable = () => {} }: Options): Promise<Manifest> {
  const manifest: Manifest = { ...(await headOf(tx, at)), secrets: secrets ? createHash('sha256').update(secrets).digest('hex') : null };
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  // A text is asked for when the one before is written: they share one connection.
  const add = (name: string, texts: () => AsyncIterable<Buffer | string>): void =>
    zip.addReadStreamLazy(name, { mtime: at, mode: OWNER_ONLY, compressionLevel: LEVEL }, (take) => {
      const source = Readable.from(texts(), { objectMode: false });
      source.on('error', (error) => output.destroy(error));
      take(null, source);
    });
  for (const table of await tablesOf(tx)) {
    const { schema, table: name } = table;
    add(fileOf(table), async function* () {
      onTable(`${schema}.${name}`);
      const sums = { rows: 0, bytes: 0, hash: createHash('sha256') };
      yield* rowsOf(tx, table, sums);
      manifest.tables.push({ ...table, rows: sums.rows, bytes: sums.bytes, sha256: sums.hash.digest('hex') });
    });
  }
  if (secrets)
    add(SECRETS, async function* () {
      yield secrets;
    });
  add(MANIFEST, async function* () {
    yield `${JSON.stringify(manifest, null, 1)}\n`;
  });
  zip.end();
  await pipeline(output, createWriteStream(path, { mode: OWNER_ONLY }));
  return manifest;
}

async function* rowsOf(tx: Tx, table: TableColumns, sums: { rows: number; bytes: number; hash: ReturnType<typeof createHash> }): AsyncGenerator<Buffer> {
  const stream = await tx.unsafe(`copy ${copied(table)} to stdout`).readable();
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    sums.hash.update(chunk);
    sums.bytes += chunk.length;
    // A newline inside a value is written as \n.
    for (let i = chunk.indexOf(NEWLINE); i >= 0; i = chunk.indexOf(NEWLINE, i + 1)) sums.rows += 1;
    yield chunk;
  }
  // postgres.js pauses its socket while this stream is full, and wakes it only when more is asked for: at the end nobody does.
  // oxlint-disable-next-line no-underscore-dangle -- node's own name
  stream._read(0);
}

async function headOf(tx: Tx, at: Date): Promise<Omit<Manifest, 'secrets'>> {
  const own = await ownSchemas();
  const [server] = await tx<{ version: number }[]>`select current_setting('server_version_num')::int / 10000 as version`;
  const migrations = await tx<{ name: string; hash: string }[]>`select name, hash from public.portal_migration order by name`;
  const sequences = await tx<{ schema: string; name: string }[]>`
    select schemaname as schema, sequencename as name from pg_sequences where schemaname = any(${own}) order by 1, 2`;
  const others = await tx<{ name: string }[]>`
    select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public') and nspname <> all(${own}) order by 1`;
  const [root] = await tx<{ n: number; at: Date; root: string }[]>`select n, at, encode(root, 'hex') as root from ledger.root order by n desc limit 1`;
  return {
    format: 1,
    at: at.toISOString(),
    postgres: server?.version ?? 0,
    migrations: [...migrations],
    tables: [],
    sequences: await Promise.all(
      sequences.map(async ({ schema, name }) => {
        const [row] = await tx<{ last: string; called: boolean }[]>`select last_value::text as last, is_called as called from ${tx(schema)}.${tx(name)}`;
        return { schema, name, last: row?.last ?? '1', called: row?.called ?? false };
      }),
    ),
    root: root ? { n: root.n, at: root.at.toISOString(), root: root.root } : null,
    others: others.map(({ name }) => name),
  };
}

/** For the operator's page. The file is whole, whether this can be written or not (an older portal's database, one that only reads). */
export async function noteBackup(sql: Sql, { at, rows, bytes }: { at: Date; rows: number; bytes: number }): Promise<void> {
  await sql`insert into platform.backup_run (at, rows, bytes) values (${at}, ${rows}, ${bytes})`.catch(() => {});
}
