// `npm run verify` as somebody at a terminal runs it.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { takeRoot } from '../../server/platform/ledger.ts';
import { asIntruder, copyDatabase, temporaryFolder } from '../support/database.ts';
import { NO_MEDIA, startPortal } from '../support/portal.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});
function newFolder(): string {
  const folder = temporaryFolder();
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const verify = (environment: Record<string, string>, ...args: string[]): Promise<{ code: number; said: string }> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment };
    execFile(process.execPath, [join(root, 'server', 'verify.mjs'), ...args], { cwd: root, env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, said: (out + err).trim() }),
    );
  });

async function someLooks() {
  const database = await copyDatabase();
  endings.push(database.drop);
  await database.sql`insert into people.access (at, what, subject, people_count) select now(), 'uji', 'uji ' || n, n from generate_series(1, 5) n`;
  return { ...database, where: { DATABASE_URL: database.url, PORTAL_DATA: newFolder() } };
}

test('a whole ledger: exit code 0 and a line that says so; as JSON for machines', async () => {
  const { where } = await someLooks();
  const { code, said } = await verify(where);
  expect(said).toMatch(/✓ Utuh/);
  expect(code).toBe(0);
  const machine = await verify(where, '--json');
  expect(JSON.parse(machine.said)).toMatchObject({ ok: true, findings: [], anchors: 0 });
});

test('an edited row: exit code 1, and the first row that does not fit by book, stream and number', async () => {
  const { owner, where } = await someLooks();
  await asIntruder(owner, (tx) => tx`update people.access set people_count = 99 where seq in (3, 5)`);
  const { code, said } = await verify(where);
  expect(said).toMatch(/people\.access +access +3 +isi baris ini tidak sama/);
  expect(said).toContain('1 temuan');
  expect(code).toBe(1);
});

test('a root typed from paper finds what was written anew after it', async () => {
  const { sql, where } = await someLooks();
  const taken = await takeRoot(sql, new Date());
  const digits = taken?.root.slice(0, 16) ?? '';
  expect(await verify(where, '--root', `${taken?.n}=${digits.replace(/(.{4})/g, '$1 ')}`)).toMatchObject({ code: 0 });
  const other = await verify(where, '--root', `${taken?.n}=${'ab12'.repeat(4)}`, '--root', `99=${digits}`);
  expect(other.said).toMatch(/ledger\.root +– +1 +akar ini tidak sama/);
  expect(other.said).toMatch(/ledger\.root +– +99 +akar ini dicatat di luar/);
  expect(other.code).toBe(1);
});

test('what cannot be checked is said in one line, never as a success', async () => {
  const { where } = await someLooks();
  const unreadable = await verify(where, '--root', '57=ab12');
  expect(unreadable).toEqual({ code: 1, said: expect.stringContaining('--root 57=ab12 tidak terbaca') as string });
  expect((await verify(where, '--cepat')).code).toBe(1);
  const nobody = await verify({ PORTAL_DATA: '/tmp/portal-tidak-ada' });
  expect(nobody).toEqual({ code: 1, said: expect.stringContaining('Tidak ada basis data di /tmp/portal-tidak-ada') as string });
  const bare = await verify({ ...where, DATABASE_URL: where.DATABASE_URL.replace(/\/w_[0-9a-f]+/, '/postgres') });
  expect(bare).toEqual({ code: 1, said: expect.stringContaining('belum mempunyai buku bukti') as string });
});

test('the portal’s own database is checked while the portal runs and while it does not, and is left as it was', async () => {
  const dataFolder = newFolder();
  const portal = await startPortal({ dataFolder, env: NO_MEDIA });
  endings.push(portal.stop);
  const running = await verify({ PORTAL_DATA: dataFolder });
  expect(running.said).toMatch(/Dibandingkan dengan [1-9]\d* akar di akar\.log/);
  expect(running.code).toBe(0);
  expect(portal.children().map(({ name }) => name)).toContain('postgres');
  await portal.stop();
  const stopped = await verify({ PORTAL_DATA: dataFolder });
  expect(stopped).toMatchObject({ code: 0, said: expect.stringContaining('✓ Utuh') as string });
  expect([join(dataFolder, 'children.json'), join(dataFolder, 'postgres', 'postmaster.pid')].filter((file) => existsSync(file))).toEqual([]);
  expect(readFileSync(join(dataFolder, 'akar.log'), 'utf8')).toMatch(/^1 \S+ [0-9a-f]{64}\n/);
});
