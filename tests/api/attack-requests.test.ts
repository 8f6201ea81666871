// Requests nobody's browser makes: confused paths and types, other sites' forms and sockets, parser tricks. S01, S02, S23, S24, S38.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFile } from '../../server/platform/serve.ts';
import { serveWeb } from '../../server/platform/web.ts';
import type { Endpoint } from '../../shared/endpoint.ts';
import { getOpenApi } from '../../shared/health.ts';
import { castWorld, signIn, type Cast } from '../support/cast.ts';
import { temporaryFolder } from '../support/database.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { originOf } from '../support/live-socket.ts';
import { rawLine, requestText, type RawAnswer } from '../support/raw.ts';
import type { Client, World } from '../support/world.ts';

/** More at once than the portal has connections to its database: a read that takes a second one beside the first would stand still. */
const LINES = 12;
const NOBODY = '3f0f3c2e-0000-4000-8000-000000000000';
const CANARY = 'KENARI-DI-LUAR-FOLDER';
const folder = temporaryFolder();
let world: World;
let cast: Cast;
let origin: string;
let admin: Client;
beforeAll(async () => {
  ({ world, cast } = await castWorld({ livekit: createLiveKitDouble() }));
  const web = join(folder, 'web');
  mkdirSync(join(web, 'assets'), { recursive: true });
  for (const name of ['index', 'room', 'siaran']) writeFileSync(join(web, `${name}.html`), `<title>${name}</title>`);
  writeFileSync(join(web, 'assets', 'a-0a1b2c.js'), '1');
  writeFileSync(join(folder, 'rahasia.txt'), CANARY);
  await serveWeb(world.app.fastify, { origin: null, secure: false, mark: world.app.mark, folder: web });
  origin = await originOf(world);
  admin = await signIn(world, cast.administrator);
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const endpoints = (): Endpoint[] => world.app.routes.map(({ endpoint }) => endpoint);
/** Params as an attacker who knows nothing would fill them. */
const pathOf = ({ path }: Endpoint): string => path.replace(/:(\w+)/g, () => NOBODY);
/** Whoever comes without anything is sent away: the rest is open to all, and says nothing that is somebody's. */
const isClosed = ({ who }: Endpoint): boolean => who !== 'anyone' && who !== 'visitor';
const isWrite = ({ method }: Endpoint): boolean => method !== 'GET';
/** Signed, and takes whatever type it is called by. */
const isWebhook = ({ bodyType }: Endpoint): boolean => bodyType === 'application/webhook+json';
const host = (): string => new URL(origin).host;
const cookieOf = (browser: Client): string => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

/** All of them over a few connections at once; answers in the order asked. */
async function askAll(texts: readonly string[]): Promise<RawAnswer[]> {
  const answers: RawAnswer[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: LINES }, async () => {
      const line = rawLine(origin);
      for (let at = next++; at < texts.length; at = next++) answers[at] = await line.ask(texts[at]!);
      line.close();
    }),
  );
  return answers;
}

/** How many rows each table holds, but those that every request or sign-in writes by itself. */
async function rows(): Promise<Record<string, number>> {
  const tables = await world.sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema', 'public', 'live', 'ledger') and schemaname not like 'graphile%' order by 1`;
  const counted = await world.sql.unsafe<{ name: string; n: number }[]>(
    tables.map(({ name }) => `select '${name}' as name, count(*)::int as n from ${name}`).join(' union all '),
  );
  return Object.fromEntries(counted.map(({ name, n }) => [name, n]));
}

/** What the portal serves beside its endpoint values, and why it is none. */
const BESIDE: Record<string, { why: string; socket?: true }> = {
  'GET /api/live': { why: 'the own socket: messages, no reply', socket: true },
  'GET /api/meetings/:id/minutes/text': { why: 'the socket of those who write minutes together: a protocol of the editor', socket: true },
  'GET /rtc': { why: 'signalling of the media server, passed on', socket: true },
  'GET /rtc/v1': { why: 'signalling of the media server, passed on', socket: true },
  'GET /rtc/validate': { why: 'the media server’s own question why, in its own words' },
  'GET /rtc/v1/validate': { why: 'the media server’s own question why, in its own words' },
  'GET /': { why: 'a page' },
  'GET /*': { why: 'pages of screens' },
  'GET /pers/masuk': { why: 'a page among pages the server makes' },
};

const CONFUSED: readonly ((path: string) => string)[] = [
  (path) => `/${path}`,
  (path) => `${path};a=b`,
  (path) => path.replace('/api/', '/api;x/'),
  (path) => `/%2e${path}`,
  (path) => `/x/..${path}`,
  (path) => `/x/%2e%2e${path}`,
  (path) => path.replace(/\/([^/]*)$/, '%2F$1'),
  (path) => path.replaceAll('/', '\\'),
  (path) => `${path}/`,
  (path) => `${path}//`,
  (path) => `${path}/.`,
  (path) => path.toUpperCase(),
  (path) => path.replace(/[a-z](?=[^/]*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => `${path}%00`,
  (path) => `${path}%20`,
  (path) => `${path}#x`,
  (path) => `http://lain.example${path}`,
  (path) => `http://lain.example/${path}`,
];

test('whatever is served is in the OpenAPI document, or on the list of what is none', async () => {
  const document = JSON.parse((await world.visitor().send(getOpenApi, {})).text) as { paths: Record<string, Record<string, unknown>> };
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  const files = ['GET /index.html', 'GET /room.html', 'GET /siaran.html', 'GET /assets/a-0a1b2c.js'];
  // The tree names a place once where endpoints call it differently.
  const unnamed = (routes: string[]): string[] => routes.map((route) => route.replace(/:\w+(\|:\w+)*/g, ':')).toSorted();
  expect(unnamed(served(world.app.fastify.printRoutes({ commonPrefix: false })))).toEqual(unnamed([...documented, ...Object.keys(BESIDE), ...files]));
});

/** `METHOD path` of each route, out of the tree Fastify prints; HEAD goes with GET. */
function served(tree: string): string[] {
  const above: string[] = [];
  const found: string[] = [];
  for (const line of tree.split('\n')) {
    const [, indent = '', rest = ''] = /^([│ ]*)[├└]── (.*)$/.exec(line) ?? [];
    const [, part = '', methods = ''] = /^(.*?)(?: \(([A-Z, ]+)\))?$/.exec(rest) ?? [];
    const depth = indent.length / 4;
    above.splice(depth, Infinity, part);
    for (const method of methods.split(', ')) if (method !== '' && method !== 'HEAD') found.push(`${method} ${above.join('')}`);
  }
  return found;
}

test('a closed endpoint stays closed under every other spelling of its path', { timeout: 120_000 }, async () => {
  const asked = endpoints()
    .filter(isClosed)
    .flatMap((endpoint) =>
      CONFUSED.map((confuse) => ({ what: `${endpoint.method} ${confuse(pathOf(endpoint))}`, method: endpoint.method, path: confuse(pathOf(endpoint)) })),
    );
  const before = await rows();
  const answers = await askAll(asked.map(({ method, path }) => requestText(method, path, { host: host(), origin })));
  expect(asked.length).toBeGreaterThan(3000);
  const open = asked.flatMap(({ what }, at) => ([400, 401, 403, 404, 405, 415].includes(answers[at]!.status) ? [] : [`${what}: ${answers[at]!.status}`]));
  expect(open).toEqual([]);
  expect(await rows()).toEqual(before);
});

test('no spelling of a path leads out of the folder of the pages', async () => {
  const ups = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..\\', '..%5c', '%252e%252e%252f', '....//', '..;/', '%c0%ae%c0%ae/', '..%00/'];
  const targets = ups.flatMap((up) => ['/', '/assets/', '//', '/rapat/'].flatMap((from) => [`${from}${up}rahasia.txt`, `${from}${up}${up}rahasia.txt`]));
  targets.push('/assets/', '/assets', '/assets/.', '/file:///etc/passwd', 'file:///etc/passwd', '/index.html%00.js', '//etc/passwd');
  const answers = await askAll(targets.map((target) => requestText('GET', target, { host: host() })));
  for (const [at, { status, body }] of answers.entries()) {
    expect([targets[at], body.includes(CANARY), body.includes('root:')]).toEqual([targets[at], false, false]);
    // The page of a screen that is not there, or a refusal; never a list of files.
    expect([targets[at], status === 200 ? body : 'refused', [0, 200, 400, 403, 404].includes(status)]).toEqual([
      targets[at],
      status === 200 ? expect.stringMatching(/<title>\w+<\/title>/) : 'refused',
      true,
    ]);
  }
});

test('what is called by a type it is not, or is no object, reaches no verb', { timeout: 120_000 }, async () => {
  const TYPES = [
    'application/json\ta',
    ' application/json',
    'Application/JSON ;x',
    'application/json garbage',
    'application/json; charset=utf-7',
    'application/jsonp',
    'text/plain',
    'text/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/octet-stream',
    'text/csv',
    'application/webhook+json',
    '',
  ];
  const ROOTS = ['"teks"', '1', 'null', 'true', '[]', '[{}]', '{"__proto__":{"admin":true}}', '{"a":{"constructor":{"prototype":{"x":1}}}}', '{bukan json', ''];
  const bodies = endpoints().filter((endpoint) => endpoint.body !== undefined && !isWebhook(endpoint));
  const own = (endpoint: Endpoint): string => endpoint.bodyType ?? 'application/json';
  const before = await rows();
  const headers = { host: host(), origin, cookie: cookieOf(admin) };
  const asked = bodies.flatMap((endpoint) => [
    ...TYPES.filter(
      (type) =>
        type
          .trim()
          .split(/[\t ;]/)[0]
          ?.toLowerCase() !== own(endpoint),
    ).map((type) => ({ endpoint, type, body: '{}' })),
    ...(own(endpoint) === 'application/json' ? ['application/json\ta', 'application/json garbage'].map((type) => ({ endpoint, type, body: '"teks"' })) : []),
    ...(own(endpoint) === 'application/json' ? ROOTS.map((body) => ({ endpoint, type: 'application/json', body })) : []),
  ]);
  const answers = await askAll(
    asked.map(({ endpoint, type, body }) => requestText(endpoint.method, pathOf(endpoint), { ...headers, ...(type !== '' && { 'content-type': type }) }, body)),
  );
  expect(asked.length).toBeGreaterThan(2000);
  const taken = asked.flatMap(({ endpoint, type, body }, at) =>
    // An empty list is a body some take: of nobody.
    [400, 415, ...(body === '[]' ? [404] : [])].includes(answers[at]!.status)
      ? []
      : [`${endpoint.method} ${endpoint.path} ${JSON.stringify(type)} ${body}: ${answers[at]!.status}`],
  );
  expect(taken).toEqual([]);
  expect(await rows()).toEqual(before);
});

test('a write that another site makes with the cookies of an administrator is refused, whatever it is dressed as', { timeout: 120_000 }, async () => {
  const cookie = cookieOf(admin);
  const writes = endpoints().filter((endpoint) => isWrite(endpoint) && !isWebhook(endpoint));
  const json = (more: Record<string, string>) => ({ host: host(), cookie, 'content-type': 'application/json', ...more });
  const asked = writes.flatMap((endpoint) => {
    const path = pathOf(endpoint);
    const at = (what: string, method: string, target: string, headers: Record<string, string>, body: string) => ({
      what: `${what}: ${endpoint.method} ${path}`,
      text: requestText(method, target, headers, body),
    });
    return [
      at('another site', endpoint.method, path, json({ origin: 'https://jahat.example' }), '{}'),
      at('null', endpoint.method, path, json({ origin: 'null' }), '{}'),
      at('no origin', endpoint.method, path, json({}), '{}'),
      at('another port', endpoint.method, path, json({ origin: `http://${new URL(origin).hostname}:1` }), '{}'),
      at('a longer name', endpoint.method, path, json({ origin: `${origin}.jahat.example` }), '{}'),
      at('with its own Host', endpoint.method, path, json({ origin: 'https://jahat.example', 'x-forwarded-host': 'jahat.example' }), '{}'),
      at('a form', 'POST', path, { host: host(), cookie, origin: 'https://jahat.example', 'content-type': 'application/x-www-form-urlencoded' }, 'a=b'),
      at('plain text', endpoint.method, path, { host: host(), cookie, origin: 'https://jahat.example', 'content-type': 'text/plain' }, '{}'),
      at(
        'a form that overrides',
        'POST',
        `${path}?_method=${endpoint.method}`,
        json({ origin: 'https://jahat.example', 'x-http-method-override': endpoint.method }),
        `{"_method":"${endpoint.method}"}`,
      ),
    ];
  });
  const before = await rows();
  const answers = await askAll(asked.map(({ text }) => text));
  const taken = asked.flatMap(({ what }, at) => ([400, 403, 404, 415].includes(answers[at]!.status) ? [] : [`${what}: ${answers[at]!.status}`]));
  expect(taken).toEqual([]);
  expect(await rows()).toEqual(before);
});

test('asking by GET changes nothing, and no word in it makes it another method', { timeout: 120_000 }, async () => {
  const before = await rows();
  const writes = endpoints().filter((endpoint) => isWrite(endpoint));
  const own = new Set(endpoints().flatMap((endpoint) => (isWrite(endpoint) ? [] : [endpoint.path.replace(/:\w+/g, ':')])));
  const asked = writes
    .filter(({ path }) => !own.has(path.replace(/:\w+/g, ':')))
    .map((endpoint) =>
      requestText('GET', `${pathOf(endpoint)}?_method=${endpoint.method}`, {
        host: host(),
        cookie: cookieOf(admin),
        'x-http-method-override': endpoint.method,
        'x-method-override': endpoint.method,
      }),
    );
  const answers = await askAll(asked);
  const taken = answers.flatMap(({ status }, at) => ([400, 404, 405].includes(status) ? [] : [`${asked[at]!.split('\r\n')[0]}: ${status}`]));
  expect(taken).toEqual([]);
  expect(await rows()).toEqual(before);
});

test('a socket that another site opens with somebody’s cookies is refused before a word is said', async () => {
  const cookie = cookieOf(await signIn(world, cast.kepala));
  const targets = Object.entries(BESIDE).flatMap(([route, { socket }]) => (socket ? [route.replace(/^GET /, '').replace(':id', NOBODY)] : []));
  const foreign = (own: string): [string, Record<string, string>][] => [
    ['another site', { origin: 'https://jahat.example' }],
    ['null', { origin: 'null' }],
    ['a longer name', { origin: `${own}.jahat.example` }],
    ['another port', { origin: `http://${new URL(own).hostname}:1` }],
    ['another scheme', { origin: own.replace('http:', 'ws:') }],
    ['with a path', { origin: `${own}/` }],
    ['two of them', { origin: `${own}, https://jahat.example` }],
  ];
  const upgrade = {
    host: host(),
    cookie,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  };
  const asked = targets.flatMap((target) => [
    ...foreign(origin).map(([what, more]) => ({ what: `${target} ${what}`, text: requestText('GET', target, { ...upgrade, ...more }) })),
    { what: `beside ${target}`, text: requestText('GET', `//jahat.example${target}`, { ...upgrade, origin: 'http://jahat.example' }) },
    { what: `absolute ${target}`, text: requestText('GET', `http://jahat.example${target}`, { ...upgrade, origin: 'http://jahat.example' }) },
  ]);
  const answers = await askAll(asked.map(({ text }) => text));
  expect(asked.flatMap(({ what }, at) => ([401, 403, 404].includes(answers[at]!.status) ? [] : [`${what}: ${answers[at]!.status}`]))).toEqual([]);
  // Without an Origin no browser came: the own socket is refused, the media's asks for its token.
  const bare = await askAll(targets.map((target) => requestText('GET', target, upgrade)));
  expect(bare.filter(({ status }) => status === 101)).toEqual([]);
});

test('keys twice, lists where one is asked, and words of the language in a query are harmless', async () => {
  const cookie = cookieOf(admin);
  const reads = endpoints().filter((endpoint) => endpoint.method === 'GET' && !isFile(endpoint.reply));
  const QUERIES = [
    'a[]=1',
    'a=1&a=2',
    '__proto__=x',
    '__proto__[admin]=1',
    'constructor[prototype][x]=1',
    'toString=1',
    'hasOwnProperty=1',
    '%00=1',
    '%E0%A4%A',
    '&&&==',
    'a'.repeat(3000),
  ];
  const named = reads.flatMap((endpoint) => {
    const shape = Object.keys((endpoint.query as { shape?: object } | undefined)?.shape ?? {});
    return [...QUERIES, ...shape.flatMap((name) => [`${name}=1&${name}=2`, `${name}[]=1`, `${name}[a]=1`, `${name}=%00`, `${name}=__proto__`])].map(
      (query) => `${pathOf(endpoint)}?${query}`,
    );
  });
  const answers = await askAll(named.map((target) => requestText('GET', target, { host: host(), cookie })));
  expect(
    answers.flatMap(({ status }, at) => ((status >= 500 && !named[at]!.startsWith('/readyz')) || status === 0 ? [`${named[at]}: ${status}`] : [])),
  ).toEqual([]);
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  const extension = await askAll([
    requestText('GET', '/api/live', {
      host: host(),
      origin,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'sec-websocket-extensions': 'constructor, __proto__; toString',
    }),
  ]);
  expect(extension[0]!.status).toBeLessThan(500);
});
