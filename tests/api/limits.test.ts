// Who is taken in when many come at once, and what a body may be. The limits are those of an office's portal; the clock stands still.
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getMe, postSession } from '../../shared/people.ts';
import { postLobbyView } from '../../shared/lobby.ts';
import { addressOf, createGate, LIMITS } from '../../server/platform/gate.ts';
import { keepPace } from '../../server/platform/pace.ts';
import { serveWeb } from '../../server/platform/web.ts';
import { castWorld, PASSWORD, type Cast } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { HOST, type Client, type World } from '../support/world.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FLOOD = 600;
const folder = mkdtempSync(join(tmpdir(), 'portal-uji-batas-'));
let world: World;
let cast: Cast;

beforeAll(async () => {
  ({ world, cast } = await castWorld({ limits: { ...LIMITS, marks: { size: 200, everyMs: 100 } } }));
  for (const name of ['index', 'room', 'siaran']) writeFileSync(join(folder, `${name}.html`), `<title>${name}</title>`);
  await serveWeb(world.app.fastify, { origin: null, secure: false, mark: world.app.mark, folder });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const opensPage = async (): Promise<string | undefined> => {
  const { cookies } = await world.app.fastify.inject({ url: '/', headers: { host: HOST } });
  return cookies.find(({ name }) => name === 'perangkat')?.value;
};
const knocks = async (cookie: string, body: unknown = { login: 'tidak-ada@uji.example', password: PASSWORD }) =>
  world.app.fastify.inject({
    method: 'POST',
    url: postSession.path,
    headers: { host: HOST, origin: `http://${HOST}`, cookie, 'content-type': 'application/json' },
    payload: JSON.stringify(body),
  });

async function signsIn({ email }: { email: string }): Promise<Client> {
  const browser = world.visitor();
  browser.cookies.set('perangkat', (await opensPage()) ?? '');
  await browser.call(postSession, { body: { login: email, password: PASSWORD } });
  return browser;
}

test('a flood without the mark of a page is refused before it costs anything, and everybody behind the same address signs in', async () => {
  const flood = await Promise.all(
    Array.from(
      { length: FLOOD },
      async (_, n) =>
        (await knocks(n % 2 === 0 ? '' : `perangkat=${'x'.repeat(24)}.${'y'.repeat(22)}`, { login: `a${n}@uji.example`, password: 'salah-semua' })).statusCode,
    ),
  );
  expect(flood.filter((status) => status === 429 || status === 503).length / FLOOD).toBeGreaterThanOrEqual(0.95);
  const office = [cast.kepala, cast.kabid, cast.staf, cast.stafKantor, cast.adminDinsos, cast.kepalaDinkes];
  const marks = await Promise.all(office.map(opensPage));
  const people = await Promise.all(
    office.map(async ({ email }, n) => (await knocks(`perangkat=${marks[n]}`, { login: email, password: PASSWORD })).statusCode),
  );
  expect(people).toEqual(office.map(() => 200));
});

test('a refusal says how long to wait, in the header too', async () => {
  let reply = await knocks('');
  while (reply.statusCode !== 429) reply = await knocks('');
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
  expect(JSON.parse(reply.payload)).toMatchObject({ error: { code: 'limit.reached', message: expect.stringContaining('detik') as string } });
});

test('whoever is signed in is not counted with those who are not', async () => {
  const staf = await signsIn(cast.staf);
  for (let n = 0; n < 60; n += 1) expect((await staf.call(getMe, {})).id).toBe(cast.staf.id);
});

test('an address gets no more marks than an office has browsers; the page comes all the same', async () => {
  while ((await opensPage()) !== undefined);
  expect((await world.app.fastify.inject({ url: '/', headers: { host: HOST } })).statusCode).toBe(200);
  world.clock.advance(10_000);
  expect(await opensPage()).toBeDefined();
});

test('a mark made up, or of another portal, is none', async () => {
  const mark = (await opensPage()) ?? '';
  const open = async (cookie: string) => (await world.app.fastify.inject({ url: '/', headers: { host: HOST, cookie: `perangkat=${cookie}` } })).cookies.length;
  expect(await open(mark)).toBe(0);
  for (const made of [`${mark.slice(0, -1)}${mark.endsWith('A') ? 'B' : 'A'}`, `A${mark.slice(1)}`, `${'x'.repeat(24)}.${'y'.repeat(22)}`])
    expect(await open(made)).toBe(1);
});

test('an address is counted by its network: a /64 is one, an IPv4 in another coat itself', () => {
  const of = (ip: string) => addressOf({ ip });
  expect(of('10.1.2.3')).toBe('10.1.2.3');
  expect(of('::ffff:10.1.2.3')).toBe('10.1.2.3');
  expect(of('2001:db8:1:2::7')).toBe(of('2001:0db8:0001:0002:ffff:ffff:ffff:ffff'));
  expect(of('2001:db8:1:3::7')).not.toBe(of('2001:db8:1:2::7'));
  expect(of('::1')).toBe('0:0:0:0::/64');
});

test('when every place is taken the next is told so at once, and whoever asks for health is answered', async () => {
  const gate = createGate({ clock: world.clock, limits: { ...LIMITS, places: { all: 2, bare: 1 } } });
  const request = { ip: '10.0.0.1' } as never;
  let free = (): void => {};
  const held = gate.hold(request, async () => new Promise<void>((resolve) => (free = resolve)));
  expect(() => gate.check({ method: 'GET', path: '/api/x', who: 'signedIn', summary: '' }, request)).toThrow('portal.busy');
  free();
  await held;
  expect(() => gate.check({ method: 'GET', path: '/api/x', who: 'signedIn', summary: '' }, request)).not.toThrow();
});

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

test.each([
  ['deeper than any form', `{"login":${nested(40)},"password":"x"}`, 400],
  ['a hundred thousand levels', nested(100_000), 400],
  ['two hundred thousand parts and more', `[${'0,'.repeat(200_001)}0]`, 400],
  ['five thousand names', JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, n]))), 400],
  ['bytes that are no text', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 400],
  ['a body of two megabytes', JSON.stringify({ login: 'x'.repeat(2_000_000), password: 'x' }), 413],
])('%s is refused', async (_what, payload, status) => {
  const reply = await world.app.fastify.inject({
    method: 'POST',
    url: postLobbyView.path,
    headers: { host: HOST, origin: `http://${HOST}`, cookie: `perangkat=${await opensPage()}`, 'content-type': 'application/json' },
    payload,
  });
  expect(reply.statusCode).toBe(status);
});

test('an address longer than any question is refused', async () => {
  const staf = await signsIn(cast.staf);
  const cookie = [...staf.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  expect((await world.app.fastify.inject({ url: `/api/me?${'x'.repeat(9_000)}`, headers: { host: HOST, cookie } })).statusCode).toBe(413);
});

/** A whole exchange on a raw connection: what came until the other side closed it. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (data) => (heard += data.toString())).on('error', () => {});
  socket.write(text);
  await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}

test('a bomb of headers is refused by its size, and the portal goes on', async () => {
  const port = Number(new URL(await world.listen()).port);
  const bomb = Array.from({ length: 5_000 }, (_, n) => `x-${n}: y\r\n`).join('');
  expect(await raw(port, `GET /api/live HTTP/1.1\r\nhost: ${HOST}\r\nconnection: upgrade\r\nupgrade: websocket\r\n${bomb}\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  const { headersTimeout, requestTimeout, timeout } = world.app.fastify.server;
  expect([headersTimeout, requestTimeout, timeout]).toEqual([10_000, 60_000, 120_000]);
});

async function paced(answer: Parameters<typeof createServer>[1] & object, work: (port: number, server: Server) => Promise<void>): Promise<void> {
  const server = createServer(answer);
  keepPace(server, { everyMs: 20, leastBytes: 500, misses: 2, silent: 3 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work((server.address() as AddressInfo).port, server);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('a body that trickles is cut; a request that is merely thought about is not', async () => {
  let finish = (): void => {};
  await paced(
    (request, response) => {
      if (request.method === 'GET') finish = () => response.end('sudah');
      request.resume();
    },
    async (port) => {
      const patient = fetch(`http://127.0.0.1:${port}/`);
      const slow = connect(port, '127.0.0.1');
      const cut = new Promise((resolve) => slow.once('close', resolve));
      slow.on('error', () => {});
      slow.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n');
      await cut;
      finish();
      expect(await (await patient).text()).toBe('sudah');
    },
  );
});

test('whoever does not take the reply is cut, and what waited for them is let go', async () => {
  await paced(
    (_request, response) => void response.end(Buffer.alloc(32 * 1024 * 1024)),
    async (port, server) => {
      const reader = connect(port, '127.0.0.1');
      reader.on('error', () => {});
      reader.pause();
      reader.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
      const served = new Promise<Socket>((resolve) => server.once('request', (request: { socket: Socket }) => resolve(request.socket)));
      const socket = await served;
      await eventually('the reader is cut', () => socket.destroyed);
      reader.destroy();
    },
  );
});

test('connections that say nothing are few by address; those that have asked are not counted', async () => {
  await paced(
    (_request, response) => void response.end('ya'),
    async (port) => {
      const open = (): Socket => connect(port, '127.0.0.1').on('error', () => {});
      const silent = [open(), open(), open()];
      await Promise.all(silent.map(async (socket) => new Promise((resolve) => socket.once('connect', resolve))));
      const fourth = open();
      await new Promise((resolve) => fourth.once('close', resolve));
      silent[0]?.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
      await new Promise((resolve) => silent[0]?.once('data', resolve));
      expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('ya');
      for (const socket of silent) socket.destroy();
    },
  );
});
