// The demonstration city on a Postgres of its own that writes as safely as an office's, and portals on it as `npm start` makes them: each can
// be ended alone, and between portals and database stands a door that can be closed or turned to another database.
import { randomUUID } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { postChat } from '../../shared/chat.ts';
import { postMeetingNow } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import { openDatabase, type Sql } from '../../server/platform/database.ts';
import { startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts';
import { verifyLedger } from '../../server/platform/ledger-verify.ts';
import { openChildren } from '../../server/platform/processes.ts';
import { demoData } from '../support/demo-data.ts';
import { temporaryFolder } from '../support/database.ts';
import { CallFailed, demoLogin, portalClient, type PortalClient } from '../support/portal-client.ts';
import { NO_MEDIA, startPortal, type Portal } from '../support/portal.ts';

export type Offices = Awaited<ReturnType<typeof openOffices>>;
export type Account = { login: string; password: string };

const SECRET = 'rahasia-dua-portal-0123456789abcdefghijkl';
const CHAIR = 'Kepala Dinas Sosial';
const STAFF = 'Staf Dinas Sosial';

/** A TCP port before a database's socket: an operator's address that moves. */
export async function openDoor(first: string) {
  let path = first;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(path);
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) socket.on('error', () => (client.destroy(), upstream.destroy()));
    open.add(client);
    client.on('close', () => (open.delete(client), upstream.destroy()));
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => open.forEach((socket) => socket.destroy());
  return {
    url: `postgres://portal@127.0.0.1:${(server.address() as AddressInfo).port}/portal`,
    turnTo(other: string): void {
      path = other;
      cut();
    },
    close(): void {
      server.close();
      cut();
    },
  };
}

export const socketOf = (url: string): string => join(new URL(url).searchParams.get('host') ?? '', '.s.PGSQL.5432');

/** `changed`: the data folder before its database begins. */
export async function openOffices({ changed = () => {} }: { changed?: (postgresFolder: string) => void } = {}) {
  const folder = demoData();
  const city = await startPortal({ dataFolder: folder, env: NO_MEDIA });
  const accounts = { chair: demoLogin(city.said(), CHAIR), staff: demoLogin(city.said(), STAFF) };
  await city.stop();
  const children = openChildren(folder);
  let database = await startEmbeddedPostgres({ dataFolder: folder, children, step: async (_label, work) => work(), say: () => {} });
  changed(database.folder);
  const door = await openDoor(socketOf(database.url));
  const sql = openDatabase(door.url, { max: 4, applicationName: 'faults' });
  const [staff] = await sql<{ id: string }[]>`select id from people.person where ${accounts.staff.login} in (nip, email)`;
  const folders = [folder];
  const portals: Portal[] = [];

  async function portal(env: Record<string, string> = {}): Promise<Portal> {
    const dataFolder = temporaryFolder();
    folders.push(dataFolder);
    const started = await startPortal({ dataFolder, env: { DATABASE_URL: door.url, PORTAL_SECRET: SECRET, ...NO_MEDIA, ...env } });
    portals.push(started);
    return started;
  }

  return {
    folder,
    sql,
    door,
    accounts,
    writers: { chair: accounts.chair, staffId: staff?.id ?? '' },
    portal,
    url: () => database.url,
    postgresFolder: database.folder,
    postmaster: (): number => Number(readFileSync(join(database.folder, 'postmaster.pid'), 'utf8').split('\n')[0]),
    async restartDatabase(): Promise<void> {
      await database.stop();
      database = await startEmbeddedPostgres({ dataFolder: folder, children, step: async (_label, work) => work(), say: () => {} });
      door.turnTo(socketOf(database.url));
    },
    async close(): Promise<void> {
      await Promise.all(portals.map((p) => p.kill9()));
      await sql.end({ timeout: 1 }).catch(() => {});
      door.close();
      await database.stop();
      children.close();
      for (const each of folders) rmSync(each, { recursive: true, force: true });
    },
  };
}

export async function signedIn(origin: string, account: Account): Promise<PortalClient> {
  const client = portalClient(origin);
  await client.call(postSession, { body: account });
  return client;
}

/** What was acknowledged: every one of them must be there afterwards, once. */
export type Acknowledged = { meetings: string[]; messages: string[]; refused: number; wrong: string[] };
export const nothingYet = (): Acknowledged => ({ meetings: [], messages: [], refused: 0, wrong: [] });

/**
 * Writes until `over`: a meeting (rows of six tables, ledger, notices), then things said in it, each tried again with its own key until it
 * is acknowledged, as the pages do. `origin`: of a portal that lives at this moment.
 */
export async function write(
  origin: () => string | null,
  { chair, staffId }: { chair: Account; staffId: string },
  over: () => boolean,
  heard: Acknowledged,
): Promise<void> {
  let client: PortalClient | null = null;
  let at: string | null = null;
  const attempt = async <T>(work: (client: PortalClient) => Promise<T>): Promise<T | null> => {
    const now = origin();
    if (now === null) return pause();
    try {
      if (client === null || at !== now) {
        const cookies: PortalClient['cookies'] | undefined = client?.cookies;
        client = portalClient(now);
        // The session is the database's, not a portal's.
        if (cookies) for (const [name, value] of cookies) client.cookies.set(name, value);
        else await client.call(postSession, { body: chair });
        at = now;
      }
      return await work(client);
    } catch (error) {
      if (error instanceof CallFailed && ![429, 503].includes(error.status)) heard.wrong.push(error.message.slice(0, 300));
      heard.refused += 1;
      if (error instanceof CallFailed && !client?.cookies.has('sesi')) client = null;
      return pause();
    }
  };
  const pause = async (): Promise<null> => new Promise((resolve) => setTimeout(() => resolve(null), 50));
  while (!over()) {
    const made = await attempt((c) =>
      c.call(postMeetingNow, { body: { title: `Uji ${randomUUID()}`, sifat: 'biasa', invite: { people: [staffId], positions: [], units: [], guests: [] } } }),
    );
    if (made === null) continue;
    heard.meetings.push(made.id);
    for (let n = 0; n < 4 && !over(); n += 1) {
      const key = randomUUID();
      for (let said = null; said === null;) {
        said = await attempt((c) => c.call(postChat, { params: { id: made.id }, body: { text: `Kata ${n}`, key } }));
        if (said === null && over()) break;
        if (said !== null) heard.messages.push(key);
      }
    }
  }
}

/** Sentences about what does not fit: nothing acknowledged is missing, nothing is there twice, nothing half. */
export async function misfitsIn(sql: Sql, { meetings, messages }: Acknowledged): Promise<string[]> {
  const problems: string[] = [];
  const [lost] = await sql<{ meetings: number; messages: number }[]>`
    select (select count(*)::int from unnest(${meetings}::uuid[]) x where not exists (select from meetings.meeting m where m.id = x)) as meetings,
      (select count(*)::int from unnest(${messages}::uuid[]) x where not exists (select from room_record.chat c where c.id = x)) as messages`;
  if ((lost?.meetings ?? 0) + (lost?.messages ?? 0) > 0) problems.push(`acknowledged and lost: ${lost?.meetings} meetings, ${lost?.messages} messages`);
  const [half] = await sql<Record<string, number>[]>`
    with mine as (select * from meetings.meeting where title like 'Uji %')
    select
      (select count(*)::int from mine m where not exists (select from rooms.room r where r.id = m.room_id)) as "without room",
      (select count(*)::int from mine m where not exists (select from meetings.invitation i where i.meeting_id = m.id)) as "without anybody invited",
      (select count(*)::int from mine m where not exists (select from meetings.act a where a.meeting_id = m.id)) as "without act",
      (select count(*)::int from (select c.meeting_id, c.text from room_record.chat c join mine m on m.id = c.meeting_id group by 1, 2 having count(*) > 1) d) as "in which a word stands twice"`;
  for (const [what, count] of Object.entries(half ?? {})) if (count > 0) problems.push(`meetings ${what}: ${count}`);
  const { findings } = await verifyLedger(sql);
  problems.push(...findings.map((finding) => `ledger: ${JSON.stringify(finding)}`));
  return problems;
}
