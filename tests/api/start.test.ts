// The real portal as a process: what it says when it starts, when it cannot, and what it leaves behind.
import { chmodSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { copyDatabase, temporaryFolder } from '../support/database.ts';
import { makeTestMedia } from '../support/livekit-server.ts';
import { failToStart, lives, NO_MEDIA, startPortal, type Portal } from '../support/portal.ts';

const STRONG = 'k3Jd82nsLqW0zPv7RtYxBc5MfGh1aEuT';
const folders: string[] = [];
const newFolder = (): string => {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

type Health = { status: string; database: string; media: string };
const healthOf = async ({ url }: Portal): Promise<Health> => (await (await fetch(`${url}/healthz`)).json()) as Health;

async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(50)) if (await holds()) return;
  throw new Error(`never: ${what}`);
}

describe('a portal of its own', () => {
  const dataFolder = newFolder();
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal({ dataFolder });
  });
  afterAll(async () => portal.stop());

  const childNamed = (name: string): number | undefined => portal.children().find((child) => child.name === name)?.pid;

  test('says in one block where it is, who may sign in, and how database and media are', async () => {
    const said = portal.said();
    expect(said).toContain(portal.url);
    expect(said).toMatch(/Akun peragaan +\S/);
    expect(said).toMatch(/Basis data +bawaan, Postgres 18/);
    expect(said).toMatch(/Media +siap/);
    expect(await healthOf(portal)).toMatchObject({ status: 'ok', database: 'ok', media: 'ok' });
  });

  test('keeps its secrets from other accounts', () => {
    for (const file of ['secrets.json', 'demo.json', 'children.json', 'media/keys.yaml', 'media/livekit.yaml'])
      expect(statSync(join(dataFolder, file)).mode & 0o077).toBe(0);
  });

  test('serves its pages by any path of a screen, the room by its own, and nothing else', async () => {
    const pageAt = async (path: string): Promise<string> => (await fetch(`${portal.url}${path}`)).text();
    const office = await pageAt('/');
    expect(await pageAt('/rapat/apa-saja')).toBe(office);
    expect(await pageAt('/r/apa-saja')).not.toBe(office);
    for (const path of ['/package.json', '/assets/..%2f..%2f..%2fpackage.json', '/.env', '/api/tidak-ada', '/twirp/livekit.RoomService/ListRooms']) {
      const reply = await fetch(`${portal.url}${path}`);
      expect.soft([path, path.startsWith('/twirp') ? (await reply.text()) === office : reply.status]).toEqual([path, path.startsWith('/twirp') ? false : 404]);
    }
  });

  test('tells browsers to load nothing from anywhere else, and not to be framed', async () => {
    const { headers } = await fetch(`${portal.url}/`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get('permissions-policy')).toContain('camera=(self)');
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  test('does not share its data folder with a second portal', async () => {
    const { code, said } = await failToStart({ PORTAL_DATA: dataFolder, PORT: '0' });
    expect(code).toBe(1);
    expect(said).toBe(`Folder data ${dataFolder} sedang dipakai portal lain (proses ${portal.pid}). Hentikan dahulu, atau atur PORTAL_DATA ke folder lain.`);
    expect((await healthOf(portal)).status).toBe('ok');
  });

  test.each(['postgres', 'livekit'])('a killed %s comes back by itself', async (name) => {
    const before = childNamed(name);
    expect(before).toBeDefined();
    process.kill(before ?? 0, 'SIGKILL');
    await until(`another ${name}`, () => childNamed(name) !== undefined && childNamed(name) !== before);
    await until('well again', async () => (await healthOf(portal)).status === 'ok');
  });

  test('after kill -9 the next start ends what was left and goes on with the same data', async () => {
    const left = portal.children();
    expect(left.map((child) => child.name).toSorted()).toEqual(['livekit', 'postgres']);
    const accounts = accountsIn(portal.said());
    await portal.kill9();
    expect(left.every((child) => lives(child.pid))).toBe(true);
    portal = await startPortal({ dataFolder });
    expect(left.filter((child) => lives(child.pid))).toEqual([]);
    expect(portal.said()).not.toContain('Membuat basis data');
    expect(accountsIn(portal.said())).toEqual(accounts);
    expect((await healthOf(portal)).status).toBe('ok');
  });

  test('SIGTERM ends it in order: code 0, no child left', async () => {
    const children = portal.children();
    expect(await portal.stop()).toEqual({ code: 0, signal: null });
    expect(children.filter((child) => lives(child.pid))).toEqual([]);
  });
});

/** The rows of the demonstration's accounts. */
const accountsIn = (said: string): string[] => said.split('\n').filter((line) => line.includes(' · ') && line.includes('@'));

describe('a portal on a database and a media server of others', () => {
  let portal: Portal | null = null;
  afterEach(async () => {
    await portal?.stop();
    portal = null;
  });

  test('has no demonstration but a link for the first administrator, and works while media is away', async () => {
    const database = await copyDatabase();
    const env = { DATABASE_URL: database.url, LIVEKIT_URL: 'http://127.0.0.1:9', LIVEKIT_API_KEY: 'APIpemda', LIVEKIT_API_SECRET: STRONG };
    portal = await startPortal({ dataFolder: newFolder(), env });
    expect(portal.said()).toContain('belum menjawab');
    expect(portal.said()).toMatch(/Administrator pertama +http:\/\/\S+\/siapkan#\S{40}/);
    expect(accountsIn(portal.said())).toEqual([]);
    expect(await healthOf(portal)).toMatchObject({ status: 'degraded', database: 'ok', media: 'down' });
    await portal.stop();
    await database.drop();
  });

  test('without any media server it starts and names the three ways to one', async () => {
    const database = await copyDatabase();
    portal = await startPortal({ dataFolder: newFolder(), env: { DATABASE_URL: database.url, ...NO_MEDIA } });
    const line = portal
      .said()
      .split('\n')
      .find((text) => /^ +Media /.test(text));
    for (const way of ['LIVEKIT_BIN', 'Go', 'LIVEKIT_URL']) expect(line).toContain(way);
    expect(await healthOf(portal)).toMatchObject({ media: 'absent' });
    await portal.stop();
    await database.drop();
  });

  test('keys that LiveKit refuses: one line, no start', async () => {
    const media = await makeTestMedia();
    try {
      await media.start('http://127.0.0.1:9/');
      const env = { PORT: '0', PORTAL_DATA: newFolder(), LIVEKIT_URL: media.url, LIVEKIT_API_KEY: 'APIsalah', LIVEKIT_API_SECRET: STRONG };
      const { code, said } = await failToStart(env);
      expect({ code, said }).toEqual({ code: 1, said: `LiveKit di ${media.url} menolak LIVEKIT_API_KEY dan LIVEKIT_API_SECRET.` });
    } finally {
      await media.remove();
    }
  });
});

describe('what keeps a portal from starting is one clear line', () => {
  const oneLine = async (environment: Record<string, string>): Promise<string> => {
    const { code, said } = await failToStart({ PORT: '0', ...NO_MEDIA, ...environment });
    expect(code).toBe(1);
    const lines = said.split('\n').filter((line) => !line.includes('Membangun klien web'));
    expect(lines).toHaveLength(1);
    return lines.join('');
  };

  test('a port in use', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await oneLine({ PORT: String(port), PORTAL_DATA: newFolder() })).toMatch(new RegExp(`^Port ${port} di 127.0.0.1 sudah dipakai`));
    server.close();
  });

  test.each([
    ['nobody answers', 'postgres://portal:rahasia-basis@127.0.0.1:9/portal', 'tidak ada Postgres yang menjawab'],
    ['no such host', 'postgres://portal:rahasia-basis@tidak-ada.invalid/portal', 'tidak-ada.invalid/portal'],
  ])('a DATABASE_URL where %s, without its password', async (_case, url, words) => {
    const said = await oneLine({ DATABASE_URL: url, PORTAL_DATA: newFolder() });
    expect(said).toContain('DATABASE_URL');
    expect(said).toContain(words);
    expect(said).not.toContain('rahasia-basis');
  });

  test('a data folder that cannot be written', async () => {
    // Root may write anywhere but where the kernel says no.
    const closed = process.getuid?.() === 0 ? '/sys' : newFolder();
    if (closed !== '/sys') chmodSync(closed, 0o555);
    expect(await oneLine({ PORTAL_DATA: join(closed, 'portal') })).toMatch(/^Folder data \S+\/portal /);
  });

  test('a data folder that is a file', async () => {
    expect(await oneLine({ PORTAL_DATA: new URL(import.meta.url).pathname })).toMatch(/bukan folder/);
  });

  test('data of another Postgres', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '16\n');
    expect(await oneLine({ PORTAL_DATA: folder })).toMatch(/Postgres 16.*Postgres 18/);
  });

  test('a secret that everybody knows', async () => {
    expect(await oneLine({ PORTAL_SECRET: 'change-me', PORTAL_DATA: newFolder() })).toContain('PORTAL_SECRET');
  });
});
