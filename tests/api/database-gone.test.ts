// The database goes away in the middle of a transaction: Postgres ends each connection in order, or at once.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isDatabaseAway, openDatabase } from '../../server/platform/database.ts';
import { copyDatabase } from '../support/database.ts';
import { makeWorld } from '../support/world.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

/** A database behind a door of our own, whose connections can be ended. */
async function behindADoor() {
  const { url, owner, drop } = await copyDatabase();
  await owner`create table public.written (what text)`;
  const address = new URL(url);
  const postgres = join(address.searchParams.get('host') ?? '', '.s.PGSQL.5432');
  const open = new Set<Socket>();
  const door = createServer((client) => {
    const upstream = connect(postgres);
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    open.add(client);
    client.on('close', () => (open.delete(client), upstream.destroy()));
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const sql = openDatabase(`postgres://${address.username}@127.0.0.1:${(door.address() as AddressInfo).port}${address.pathname}`, { max: 1 });
  endings.push(
    drop,
    () => door.close(),
    () => sql.end({ timeout: 1 }),
  );
  const written = async (): Promise<string[]> => (await owner<{ what: string }[]>`select what from public.written`).map(({ what }) => what);
  return { sql, written, end: { inOrder: () => open.forEach((socket) => socket.end()), atOnce: () => open.forEach((socket) => socket.resetAndDestroy()) } };
}

for (const how of ['inOrder', 'atOnce'] as const)
  test(`a statement that waits is refused as away, and the next one is answered without delay (${how})`, async () => {
    const { sql, written, end } = await behindADoor();
    const broken = sql.begin(async (tx) => {
      await tx`insert into public.written values ('never')`;
      const waits = tx`select pg_sleep(60)`.execute();
      setImmediate(end[how]);
      await waits;
    });
    expect(isDatabaseAway(await broken.catch((error: unknown) => error))).toBe(true);
    for (let n = 0; n < 3; n++) expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    expect(await written()).toEqual([]);
  });

test('what a transaction still wants when its connection is gone is not done outside of it', async () => {
  const { sql, written, end } = await behindADoor();
  let refused: unknown = null;
  let goOn = (): void => {};
  const later = new Promise<void>((resolve) => (goOn = resolve));
  const broken = sql.begin(async (tx) => {
    await tx`insert into public.written values ('first half')`;
    end.inOrder();
    await later;
    refused = await tx`insert into public.written values ('second half')`.catch((error: unknown) => error);
  });
  expect(isDatabaseAway(await broken.catch((error: unknown) => error))).toBe(true);
  // The connection is made anew for somebody else.
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  goOn();
  await new Promise((resolve) => setImmediate(resolve));
  expect(isDatabaseAway(refused)).toBe(true);
  expect(await written()).toEqual([]);
});

test('a browser that goes away in the middle of an upload is no database that is away', async () => {
  const said: string[] = [];
  const world = await makeWorld({ heard: (line) => said.push(line) });
  try {
    const answered = new Promise((resolve) => world.app.fastify.addHook('onSend', async (_request, reply) => resolve(reply.statusCode)));
    const socket = connect(Number(new URL(await world.listen()).port), '127.0.0.1');
    socket.write('POST /api/session HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"login":');
    socket.once('connect', () => setImmediate(() => socket.resetAndDestroy()));
    expect(await answered).toBe(400);
    expect(said).toEqual([]);
  } finally {
    await world.close();
  }
});

test('array types are asked for once: a connection that is lost while it asks again would end the portal', async () => {
  const { url, drop } = await copyDatabase();
  const sql = openDatabase(url, { max: 2 });
  endings.push(drop, () => sql.end({ timeout: 1 }));
  const arrays = async () => (await sql<{ n: number[] }[]>`select ${[1, 2]}::int[] as n`)[0]?.n;
  expect(sql.options.fetch_types).toBe(true);
  expect(await arrays()).toEqual([1, 2]);
  expect(sql.options.fetch_types).toBe(false);
  // The second of two connections reads arrays by what the first was told.
  expect(await sql.begin(async () => arrays())).toEqual([1, 2]);
});
