// What every kind of answer tells a browser about itself.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { deleteSession, postSession } from '../../shared/people.ts';
import { serveWeb } from '../../server/platform/web.ts';
import { castWorld, PASSWORD, signIn, type Cast } from '../support/cast.ts';
import { originOf } from '../support/live-socket.ts';
import { HOST, makeWorld, type World } from '../support/world.ts';

const SECURE = 'https://rapat.contoh.go.id';
let world: World;
let https: World;
let cast: Cast;
const folder = mkdtempSync(join(tmpdir(), 'portal-uji-kepala-'));

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  for (const name of ['index', 'room', 'siaran']) writeFileSync(join(folder, `${name}.html`), `<title>${name}</title>`);
  writeFileSync(join(folder, 'assets', 'a-0a1b2c.js'), '1');
  ({ world, cast } = await castWorld());
  await serveWeb(world.app.fastify, { origin: null, secure: false, mark: world.app.mark, folder });
  https = await makeWorld({ origin: SECURE, secure: true });
  await serveWeb(https.app.fastify, { origin: SECURE, secure: true, mark: https.app.mark, folder });
});
afterAll(async () => {
  await Promise.all([world.close(), https.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const policyOf = (text: string): Map<string, string[]> =>
  new Map(text.split(';').map((part) => [part.trim().split(' ')[0] ?? '', part.trim().split(' ').slice(1)]));

function expectGuarded(headers: Record<string, unknown>, what: string): void {
  const policy = policyOf(String(headers['content-security-policy']));
  // What somebody brought is shown in a box of its own: it may do nothing at all.
  if (policy.has('sandbox')) expect([what, policy.get('default-src')]).toEqual([what, ["'none'"]]);
  else
    for (const [name, value] of [
      ['default-src', "'self'"],
      ['frame-ancestors', "'none'"],
      ['object-src', "'none'"],
      ['base-uri', "'none'"],
    ] as const)
      expect([what, name, policy.get(name)]).toEqual([what, name, [value]]);
  expect([
    what,
    [...policy.values()].flat().filter((source) => /unsafe-(inline|eval)$|unsafe-(inline|eval)'|^\*$|^https?:/.test(source) && source !== "'wasm-unsafe-eval'"),
  ]).toEqual([what, []]);
  expect([what, headers['x-content-type-options'], headers['x-frame-options'], headers['referrer-policy']]).toEqual([what, 'nosniff', 'DENY', 'no-referrer']);
  expect([what, headers['cross-origin-opener-policy'], headers['cross-origin-resource-policy']]).toEqual([what, 'same-origin', 'same-origin']);
  expect([what, String(headers['permissions-policy'])]).toEqual([what, expect.stringContaining('geolocation=()')]);
  expect([what, headers['x-powered-by']]).toEqual([what, undefined]);
}

test('every answer says that it belongs to this portal alone, whatever it is: each route, pages, files, refusals', async () => {
  const admin = await signIn(world, cast.administrator);
  const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const others = ['/', '/r/0', '/siaran/x', '/assets/a-0a1b2c.js', '/tidak-ada.js', '/api/tidak-ada', '/pers', '/pers/tidak-ada'];
  const asked = [
    ...world.app.routes
      .filter(({ endpoint }) => endpoint.bodyType !== 'application/webhook+json')
      .map(({ endpoint }) => ({
        method: endpoint.method,
        url: endpoint.path.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000'),
        personal: endpoint.who !== 'anyone',
      })),
    ...others.map((url) => ({ method: 'GET' as const, url, personal: false })),
  ];
  for (const { method, url, personal } of asked) {
    // Signed out by the way, it would ask as nobody from there on.
    const known = method === 'GET' ? { cookie } : {};
    const reply = await world.app.fastify.inject({ method, url, headers: { host: HOST, ...known }, ...(method !== 'GET' && { payload: {} }) });
    expectGuarded(reply.headers, `${method} ${url} ${reply.statusCode}`);
    if (personal || reply.statusCode >= 400) expect([url, String(reply.headers['cache-control'])]).toEqual([url, expect.stringMatching(/no-store|private/)]);
  }
});

test('an address that nobody can read is refused in the portal’s words, and shown by no browser', async () => {
  const { statusCode, headers, payload } = await world.app.fastify.inject({ url: '/%ff', headers: { host: HOST } });
  expect([statusCode, headers['x-content-type-options'], headers['content-security-policy']]).toEqual([400, 'nosniff', expect.stringContaining('sandbox')]);
  expect(JSON.parse(payload)).toMatchObject({ error: { code: 'input.invalid' } });
});

test.each(['/api/live', '/rtc', '/rtc/v1'])('a socket at %s that is refused is told so with the same headers', async (path) => {
  const origin = await originOf(world);
  const ws = new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers: { origin: 'https://jahat.example' } });
  const response = await new Promise<{ statusCode?: number; headers: Record<string, unknown> }>((resolve) =>
    ws.once('unexpected-response', (_request, reply) => resolve(reply)),
  );
  ws.on('error', () => {});
  ws.terminate();
  expect(response.statusCode).toBe(403);
  expectGuarded(response.headers, path);
});

test('a page and a refusal over HTTPS ask for HTTPS from then on; without it nobody does', async () => {
  for (const url of ['/', '/api/me', '/tidak-ada.js']) {
    const [safe, plain] = await Promise.all([https, world].map(async ({ app }) => app.fastify.inject({ url, headers: { host: HOST } })));
    expect(safe?.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(plain?.headers['strict-transport-security']).toBeUndefined();
  }
});

test('cookies are out of the reach of scripts and other sites, and over HTTPS of other hosts too', async () => {
  const plain = await world.visitor().send(postSession, { body: { login: cast.kabid.email ?? '', password: PASSWORD } });
  for (const set of [plain.headers['set-cookie']].flat()) expect(set).toMatch(/^\w+=[^;]*; Max-Age=\d+; Path=\/; (Expires=[^;]+; )?HttpOnly; SameSite=Lax$/);

  const page = await https.app.fastify.inject({ url: '/', headers: { host: 'rapat.contoh.go.id' } });
  const [mark] = page.cookies;
  expect(mark).toMatchObject({ name: '__Host-perangkat', path: '/', httpOnly: true, secure: true, sameSite: 'Lax' });
  const again = async (name: string) => (await https.app.fastify.inject({ url: '/', headers: { cookie: `${name}=${mark?.value}` } })).cookies.length;
  expect([await again('__Host-perangkat'), await again('perangkat')]).toEqual([0, 1]);
});

test('a session over HTTPS is kept under the prefix alone, and ended under it', async () => {
  const token = (await https.app.people.makeSetupLink()) ?? '';
  const set = await https.app.fastify.inject({
    method: 'POST',
    url: '/api/setup',
    headers: { origin: SECURE },
    payload: { token, name: 'Administrator Uji', email: 'admin@contoh.go.id', password: 'vq7-terbang-Oker-2291x', region: 'Kota Contoh' },
  });
  expect(set.statusCode).toBe(200);
  const sesi = set.cookies.find(({ name }) => name === '__Host-sesi');
  expect(sesi).toMatchObject({ secure: true, httpOnly: true });
  const me = async (name: string) => (await https.app.fastify.inject({ url: '/api/me', headers: { cookie: `${name}=${sesi?.value}` } })).statusCode;
  expect([await me('__Host-sesi'), await me('sesi')]).toEqual([200, 401]);
  const out = await https.app.fastify.inject({
    method: deleteSession.method,
    url: deleteSession.path,
    headers: { origin: SECURE, cookie: `__Host-sesi=${sesi?.value}` },
  });
  expect(out.cookies).toMatchObject([{ name: '__Host-sesi', value: '' }]);
});
