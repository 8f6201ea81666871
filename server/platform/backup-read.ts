// Reads a backup into an empty database. Nothing of it stays when anything does not fit: the rows come in one transaction, each text is
// summed up beside the manifest, every foreign key is checked anew over all rows, and what a failed attempt has made is taken away.
import { createHash } from 'node:crypto';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { copied, fileOf, MANIFEST, Manifest, nameOf, SECRETS, settle, tablesOf, type TableColumns } from './backup-manifest.ts';
import type { Sql, Tx } from './database.ts';
import { knownMigrations, migrate } from './migrate.ts';
import { StartProblem } from './start-problem.ts';

export type Backup = { manifest: Manifest; secrets: Buffer | null; read: (name: string) => Promise<Readable>; close: () => void };

const damaged = (path: string, what: string, cause?: unknown): StartProblem =>
  new StartProblem(`Cadangan ${path} rusak: ${what}. Tidak ada yang dipulihkan; pakai cadangan lain.`, { cause });

/** Throws StartProblem where the file is none, not whole, or of a portal this one does not know. */
export async function openBackup(path: string): Promise<Backup> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new StartProblem(`Tidak ada berkas ${path}.`);
    throw damaged(path, 'bukan berkas cadangan yang utuh', error);
  });
  try {
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    const read = async (name: string): Promise<Readable> => {
      const entry = entries.get(name);
      if (!entry) throw damaged(path, `${name} tidak ada`);
      return zip.openReadStreamPromise(entry);
    };
    const manifest = await manifestOf(zip, entries.get(MANIFEST));
    if (manifest === null) throw damaged(path, `${MANIFEST} tidak terbaca`);
    for (const table of manifest.tables) if (!entries.has(fileOf(table))) throw damaged(path, `${fileOf(table)} tidak ada`);
    const secrets = manifest.secrets === null ? null : await bytesOf(await read(SECRETS));
    if (secrets && createHash('sha256').update(secrets).digest('hex') !== manifest.secrets) throw damaged(path, `${SECRETS} tidak sama dengan daftarnya`);
    await refuseUnknown(manifest);
    return { manifest, secrets, read, close: () => zip.close() };
  } catch (error) {
    zip.close();
    if (error instanceof StartProblem) throw error;
    throw damaged(path, 'tidak terbaca sampai akhir', error);
  }
}

async function bytesOf(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

async function manifestOf(zip: ZipFile, entry: Entry | undefined): Promise<Manifest | null> {
  if (!entry) return null;
  const bytes = await bytesOf(await zip.openReadStreamPromise(entry));
  // The reader looks at lengths only.
  if (crc32(bytes) !== entry.crc32) return null;
  return Manifest.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null;
}

/** An older portal's backup is restored and then brought up to date; a newer one's tables are not known here. */
async function refuseUnknown({ migrations }: Manifest): Promise<void> {
  const known = new Map((await knownMigrations()).map(({ name, hash }) => [name, hash]));
  const other = migrations.find(({ name, hash }) => known.get(name) !== hash);
  if (other)
    throw new StartProblem(`Cadangan ini dari portal lain atau yang lebih baru (${other.name} tidak dikenal di sini). Pulihkan dengan portal yang membuatnya.`);
}

/** Tables of anybody but an extension. */
export async function refuseFilled(sql: Sql): Promise<void> {
  const found = await sql<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') order by 1 limit 3`;
  if (found.length > 0)
    throw new StartProblem(
      `Basis data tujuan tidak kosong (ada ${found.map(({ name }) => name).join(', ')}). Cadangan hanya dipulihkan ke basis data yang baru: create database portal_pulih owner portal;`,
    );
}

/** `sql` signs in as who shall own everything. Answers the rows per table as counted there. */
export async function loadBackup(sql: Sql, path: string, backup: Backup, onTable: (name: string) => void = () => {}): Promise<number> {
  await refuseFilled(sql);
  try {
    await migrate(sql, { only: new Set(backup.manifest.migrations.map(({ name }) => name)) });
    const rows = await sql.begin(async (tx) => {
      await settle(tx);
      return fill(tx, path, backup, onTable);
    });
    await migrate(sql);
    return rows;
  } catch (error) {
    await clear(sql).catch(() => {});
    throw error;
  }
}

/** The database as it was: empty. */
async function clear(sql: Sql): Promise<void> {
  await sql.unsafe(`do $$ declare s text; begin
    for s in select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public') loop
      execute format('drop schema %I cascade', s);
    end loop;
    drop table if exists public.portal_migration;
  end $$`);
}

async function fill(tx: Tx, path: string, { manifest, read }: Backup, onTable: (name: string) => void): Promise<number> {
  const there = new Map((await tablesOf(tx)).map((table) => [nameOf(table), table]));
  for (const table of manifest.tables) refuseOther(there.get(nameOf(table)), table);
  const bind = await unbind(tx, [...there.keys()]);
  let total = 0;
  for (const table of manifest.tables) {
    onTable(nameOf(table).replaceAll('"', ''));
    await fillTable(tx, path, table, async () => read(fileOf(table)));
    const [counted] = await tx.unsafe<{ rows: string }[]>(`select count(*) as rows from ${nameOf(table)}`);
    if (Number(counted?.rows) !== table.rows) throw damaged(path, `${fileOf(table)} mempunyai ${counted?.rows} baris, bukan ${table.rows}`);
    total += table.rows;
  }
  for (const { schema, name, last, called } of manifest.sequences)
    await tx`select setval(format('%I.%I', ${schema}::text, ${name}::text)::regclass, ${last}::bigint, ${called})`;
  await bind();
  await tx`analyze`;
  return total;
}

function refuseOther(here: TableColumns | undefined, { schema, table, columns }: TableColumns): void {
  const missing = columns.find((column) => !here?.columns.includes(column));
  if (missing !== undefined)
    throw new StartProblem(`Tabel ${schema}.${table} (${missing}) dari cadangan ini tidak ada di portal ini. Pulihkan dengan portal yang membuatnya.`);
}

async function fillTable(tx: Tx, path: string, table: Manifest['tables'][number], open: () => Promise<Readable>): Promise<void> {
  const sum = createHash('sha256');
  const summed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum.update(chunk);
      done(null, chunk);
    },
    // Before the database hears of the end.
    flush: (done) => done(sum.digest('hex') === table.sha256 ? null : damaged(path, `${fileOf(table)} tidak sama dengan daftarnya`)),
  });
  const rows = await tx.unsafe(`copy ${copied(table)} from stdin`).writable();
  // Opened last: what it finds broken has to find who listens.
  await pipeline(await open(), summed, rows).catch((error: unknown) => {
    throw error instanceof StartProblem ? error : damaged(path, `${fileOf(table)} tidak dapat dibaca`, error);
  });
}

/**
 * No trigger hears of the rows and no foreign key minds their order, also for an owner who is no superuser; what migrations filled in is
 * taken out. Answers how all of it is put back, which checks every row.
 */
async function unbind(tx: Tx, tables: readonly string[]): Promise<() => Promise<void>> {
  const keys = await tx<{ of: string; name: string; words: string }[]>`
    select conrelid::regclass::text as of, quote_ident(conname) as name, pg_get_constraintdef(oid) as words from pg_constraint
    where contype = 'f' and conparentid = 0 and conrelid = any(${[...tables]}::text[]::regclass[]) order by conrelid::regclass::text, conname`;
  const off = await tx<{ of: string; name: string; state: string }[]>`
    select tgrelid::regclass::text as of, quote_ident(tgname) as name, tgenabled::text as state from pg_trigger
    where not tgisinternal and tgenabled <> 'D' and tgrelid = any(${[...tables]}::text[]::regclass[])`;
  const all = async (statements: readonly string[]): Promise<void> => void (statements.length > 0 && (await tx.unsafe(statements.join(';'))));
  await all(keys.map(({ of, name }) => `alter table ${of} drop constraint ${name}`));
  await all(off.map(({ of, name }) => `alter table ${of} disable trigger ${name}`));
  await tx.unsafe(`truncate ${tables.join(', ')}`);
  const word = { O: 'enable', A: 'enable always', R: 'enable replica' } as Record<string, string>;
  return async () => {
    await all(keys.map(({ of, name, words }) => `alter table ${of} add constraint ${name} ${words}`));
    await all(off.map(({ of, name, state }) => `alter table ${of} ${word[state] ?? 'enable'} trigger ${name}`));
  };
}
