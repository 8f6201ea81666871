// A backup as an operator makes it: while people work; back into an empty database and nowhere else; and not a byte may be another.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fromBufferPromise, type Entry } from 'yauzl';
import { getMe } from '../../shared/people.ts';
import { loadBackup, openBackup } from '../../server/platform/backup-read.ts';
import { writeBackup } from '../../server/platform/backup-write.ts';
import { openDatabase, type Sql } from '../../server/platform/database.ts';
import { verifyLedger } from '../../server/platform/ledger-verify.ts';
import { knownMigrations, migrate } from '../../server/platform/migrate.ts';
import { signIn } from '../support/cast.ts';
import { copyDatabase, temporaryFolder } from '../support/database.ts';
import { officeWithHistory } from '../support/ledger-office.ts';
import { makeWorld } from '../support/world.ts';

type Office = Awaited<ReturnType<typeof officeWithHistory>>;
const AT = new Date('2026-11-27T10:00:00Z');
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = temporaryFolder();
const path = join(folder, 'kantor.zip');
let office: Office;
beforeAll(async () => {
  office = await officeWithHistory();
  await writeBackup(office.world.sql, path, { at: AT, secrets: Buffer.from('{"portal":"uji"}') });
});
afterAll(async () => {
  await office.world.close();
  rmSync(folder, { recursive: true, force: true });
});
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

async function emptyDatabase() {
  const database = await copyDatabase('template1');
  endings.push(database.drop);
  return database;
}

async function load(sql: Sql, from: string): Promise<number> {
  const backup = await openBackup(from);
  return loadBackup(sql, from, backup).finally(() => backup.close());
}

const problemOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: Error) => error.message,
  );

test('everything comes back as it was, with its ledger; the portal begins on it, and people sign in as before', async () => {
  const { owner: sql, name, close } = await emptyDatabase();
  const rows = await load(sql, path);
  const { manifest } = await openBackup(path).then((backup) => (backup.close(), backup));
  expect(rows).toBe(manifest.tables.reduce((sum, table) => sum + table.rows, 0));
  expect(manifest.root).toMatchObject({ n: office.anchors.at(-1)?.n, root: office.anchors.at(-1)?.root });
  const before = await verifyLedger(office.world.sql, { anchors: office.anchors });
  expect(await verifyLedger(sql, { anchors: office.anchors })).toMatchObject({ findings: [], rows: before.rows, roots: before.roots });
  // The same again, byte for byte: nothing was altered on the way.
  const again = join(folder, 'lagi.zip');
  await writeBackup(sql, again, { at: AT });
  const copy = await openBackup(again);
  copy.close();
  expect(copy.manifest.tables.map(({ table, rows: n, sha256 }) => [table, n, sha256])).toEqual(
    manifest.tables.map(({ table, rows: n, sha256 }) => [table, n, sha256]),
  );
  expect(copy.manifest.sequences).toEqual(manifest.sequences);
  await close();
  const world = await makeWorld({ template: name, now: office.world.clock.now() });
  endings.push(world.close);
  const head = await signIn(world, office.cast.kepala);
  expect(await head.call(getMe, {})).toMatchObject({ name: office.cast.kepala.name });
  await world.sql`insert into people.access (at, what, subject, people_count) values (now(), 'uji', 'sesudah pulih', 1)`;
  expect((await verifyLedger(world.sql)).findings).toEqual([]);
});

test('what is written while the backup runs is wholly in it or not at all, and waits for nothing', async () => {
  const { sql, owner, drop } = await copyDatabase();
  endings.push(drop);
  const write = async (n: number) =>
    sql.begin(async (tx) => {
      await tx`insert into people.access (at, what, subject, people_count) values (now(), 'uji', ${`a${n}`}, 1)`;
      await tx`insert into files.file (name, type, size, begun_at) values (${`a${n}`}, 'text/plain', 1, now())`;
    });
  await write(0);
  let written = 1;
  const from = join(folder, 'sambil.zip');
  await writeBackup(owner, from, {
    at: AT,
    onTable: () => {
      void write((written += 1)).catch(() => {});
    },
  });
  expect(written).toBeGreaterThan(20);
  const target = await emptyDatabase();
  await load(target.owner, from);
  const [count] = await target.owner<{ accesses: number; files: number }[]>`
    select (select count(*)::int from people.access) as accesses, (select count(*)::int from files.file) as files`;
  expect(count).toEqual({ accesses: 1, files: 1 });
  expect((await verifyLedger(target.owner)).findings).toEqual([]);
});

test('one byte that is another is refused wherever it is, and the database stays empty', async () => {
  const bytes = readFileSync(path);
  const zip = await fromBufferPromise(bytes, { lazyEntries: true, autoClose: false });
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  const places = ['tables/people.person.copy', 'tables/ledger.head.copy', 'manifest.json', 'secrets.json'];
  const { owner: sql } = await emptyDatabase();
  const broken = join(folder, 'rusak.zip');
  for (const place of places) {
    const entry = entries.find(({ fileName }) => fileName === place)!;
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const other = Buffer.from(bytes);
    other[fileDataStart + Math.floor(entry.compressedSize / 2)]! ^= 0x10;
    writeFileSync(broken, other);
    expect.soft([place, await problemOf(load(sql, broken))]).toEqual([place, expect.stringContaining('rusak')]);
  }
  writeFileSync(broken, bytes.subarray(0, bytes.length - 100));
  expect(await problemOf(load(sql, broken))).toMatch(/rusak/);
  expect(await sql`select nspname from pg_namespace where nspname in ('people', 'ledger', 'graphile_worker')`).toEqual([]);
  expect(await sql`select to_regclass('public.portal_migration') as there`).toEqual([{ there: null }]);
});

test('a table that breaks before anybody reads it is refused like any other', async () => {
  const { owner: sql } = await emptyDatabase();
  const backup = await openBackup(path);
  endings.push(() => backup.close());
  const broken = async () => {
    const stream = new Readable({ read: () => undefined });
    setImmediate(() => stream.destroy(new Error('invalid stored block lengths')));
    return stream;
  };
  expect(await problemOf(loadBackup(sql, path, { ...backup, read: broken }))).toMatch(/rusak/);
  expect(await sql`select 1 from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`).toHaveLength(0);
});

test('a database that holds anything is refused and left alone', async () => {
  const { owner: sql } = await emptyDatabase();
  await sql`create table public.mine as select 1 as n`;
  expect(await problemOf(load(sql, path))).toMatch(/tidak kosong \(ada public\.mine\)/);
  expect(await sql`select n from public.mine`).toEqual([{ n: 1 }]);
});

test('the owner of a database who may nothing else restores into it; a backup of an older portal comes up to date, of a newer one is refused', async () => {
  const known = (await knownMigrations()).map(({ name }) => name);
  const older = await emptyDatabase();
  await migrate(older.owner, { only: new Set(known.slice(0, -3)) });
  await older.owner`insert into people.access (at, what, subject, people_count) values (now(), 'uji', 'lama', 1)`;
  const from = join(folder, 'lama.zip');
  await writeBackup(older.owner, from, { at: AT });
  const target = await emptyDatabase();
  const role = `uji_${target.name}`;
  await target.owner.unsafe(`create role ${role} login; alter database ${target.name} owner to ${role}`);
  const address = new URL(target.url);
  address.username = role;
  const sql = openDatabase(address.href, { max: 1 });
  endings.push(async () => {
    await sql.end();
    await target.owner.unsafe(`reassign owned by ${role} to current_user; drop owned by ${role}; drop role ${role}`);
  });
  await load(sql, from);
  expect((await sql<{ name: string }[]>`select name from public.portal_migration order by name`).map(({ name }) => name)).toEqual(known);
  expect((await verifyLedger(sql)).findings).toEqual([]);
  expect(await problemOf(sql`update people.access set subject = 'baru'` as unknown as Promise<unknown>)).toMatch(/kept as they are/);
  await older.owner`insert into public.portal_migration (name, hash) values ('9999-besok.sql', ${createHash('sha256').digest('hex')})`;
  await writeBackup(older.owner, from, { at: AT });
  expect(await problemOf(openBackup(from))).toMatch(/9999-besok\.sql tidak dikenal/);
});

test('as commands: a dated file that only its owner reads, secrets when asked, a folder of its own to go back to, and the seconds it took', async () => {
  const data = temporaryFolder();
  endings.push(() => rmSync(data, { recursive: true, force: true }));
  const run = (name: string, ...args: string[]): Promise<{ code: number; said: string }> =>
    new Promise((resolve) => {
      const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], DATABASE_URL: office.world.databaseUrl, PORTAL_DATA: data };
      execFile(process.execPath, [join(root, 'server', `${name}.mjs`), ...args], { cwd: root, env }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, said: (out + err).trim() }),
      );
    });
  expect(await run('backup')).toEqual({ code: 1, said: expect.stringContaining('npm run backup -- /cadangan') as string });
  expect(await run('backup', data, '--secrets')).toEqual({ code: 1, said: expect.stringContaining('secrets.json tidak dapat dibaca') as string });
  writeFileSync(join(data, 'secrets.json'), '{"portal":"uji"}', { mode: 0o600 });
  expect(await run('backup', data, '--secrets')).toEqual({ code: 0, said: expect.stringMatching(/✓ Cadangan .*\.zip: \d+ tabel/) as string });
  const file = join(data, readdirSync(data).find((name) => /^portal-\d{4}-\d\d-\d\dT\d{6}Z\.zip$/.test(name)) ?? '');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await run('restore', file)).toEqual({ code: 1, said: expect.stringContaining('--data FOLDER') as string });
  expect(await run('restore', file, '--into', office.world.databaseUrl)).toEqual({ code: 1, said: expect.stringContaining('tidak kosong') as string });
  const target = join(data, 'pulih');
  expect(await run('restore', file, '--data', target)).toEqual({ code: 0, said: expect.stringMatching(/✓ Buku bukti utuh[^]*RTO \d+(,\d)? dtk/) as string });
  expect(readFileSync(join(target, 'secrets.json'), 'utf8')).toBe('{"portal":"uji"}');
  expect(statSync(join(target, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(existsSync(join(target, 'children.json'))).toBe(false);
  expect(await run('restore', file, '--data', target)).toEqual({ code: 1, said: expect.stringContaining('sudah mempunyai basis data') as string });
});
