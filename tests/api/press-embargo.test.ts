// Nothing of what waits is anywhere before its time: every channel, second by second with a set clock, and once with the real one.
import { randomUUID } from 'node:crypto';
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeskItem } from '../../shared/press-kit.ts';
import { ConferenceState, postCancellation } from '../../shared/press.ts';
import { isShown } from '../../server/press/kit/public.ts';
import * as store from '../../server/press/kit/store.ts';
import { makeCast, type Cast } from '../support/cast.ts';
import { liveSocket, originOf } from '../support/live-socket.ts';
import { csv, kitOf, photoWithPlace, type TestKit } from '../support/press-kit.ts';
import { plannedConference } from '../support/press.ts';
import { HOST, makeWorld, type World } from '../support/world.ts';

const T = new Date('2026-11-23T03:30:00Z');
const SECRET = 'RAHASIA-EMBARGO';

let world: World;
let cast: Cast;
let conference: Awaited<ReturnType<typeof plannedConference>>;
let kit: TestKit;
let items: DeskItem[];

// Nobody starts the portal's sweeps and workers here: what is visible is so without them.
beforeEach(async () => {
  world = await makeWorld();
  cast = await makeCast(world);
  conference = await plannedConference(world, cast, { state: 'registrasi' });
  kit = kitOf(conference, world.visitor());
  await kit.setT(T.toISOString());
  await kit.add({ kind: 'siaran', title: `${SECRET} siaran`, contact: SECRET });
  await kit.addFile({ kind: 'data', title: `${SECRET} data` }, { name: `${SECRET}.csv`, type: 'text/csv', bytes: csv(200) });
  await kit.addFile({ kind: 'foto', title: `${SECRET} foto`, caption: SECRET }, { name: `${SECRET}.jpg`, type: 'image/jpeg', bytes: await photoWithPlace() });
  items = (await kit.desk()).items;
});
afterEach(() => world.close());

type Reply = { status: number; headers: Record<string, unknown>; body: string };
type Way = { method: 'GET' | 'HEAD'; url: string; headers?: Record<string, string> };

async function ask({ method, url, headers = {} }: Way): Promise<Reply> {
  const reply = await world.app.fastify.inject({ method, url, headers: { host: HOST, ...headers } });
  const { date: _date, ...rest } = reply.headers;
  return { status: reply.statusCode, headers: rest, body: reply.rawPayload.toString('latin1') };
}

/** Each address of an item, asked in every way a browser or a newsroom's program asks. */
const ways = (url: string): Way[] => [
  { method: 'GET', url },
  { method: 'HEAD', url },
  { method: 'GET', url, headers: { range: 'bytes=0-0' } },
  { method: 'GET', url, headers: { range: 'bytes=-1' } },
  { method: 'GET', url, headers: { range: 'bytes=999999999-' } },
  { method: 'GET', url, headers: { 'if-none-match': '*' } },
  { method: 'GET', url, headers: { 'if-none-match': `"${'0'.repeat(64)}"` } },
  { method: 'GET', url, headers: { 'if-range': '"x"', range: 'bytes=0-9', 'accept-language': 'en' } },
  { method: 'GET', url, headers: { 'if-modified-since': 'Mon, 23 Nov 2026 00:00:00 GMT' } },
];
const addresses = (id: string, name: string): string[] => [`/api/press/kit/${id}/${name}`, `/api/press/kit/${id}/thumb.webp`];
const itemWays = (): { asked: Way; unknown: Way }[] =>
  items.flatMap(({ id, file }) => {
    const name = file?.name ?? '';
    const stranger = addresses(randomUUID(), name);
    return addresses(id, name).flatMap((url, n) => ways(url).map((asked, k) => ({ asked, unknown: ways(stranger[n] ?? '')[k]! })));
  });
/** What else of the portal tells of a conference, kept as text to look for the secret in. */
const pages = (): string[] => {
  const { slug } = conference.slug;
  return [
    `/api/press/${slug}/kit`,
    '/api/press',
    `/api/press/${slug}`,
    `/api/press/${slug}/registration`,
    `/api/press/${slug}/room`,
    `/api/press/${slug}/kit.zip`,
    `/pers/${slug}`,
    '/pers',
    '/pers/rss.xml',
    '/pers/jadwal.ics',
    `/pers/${slug}.ics`,
    '/api/openapi.json',
    '/docs',
    '/healthz',
    '/sitemap.xml',
  ];
};

async function expectSilence(at: string): Promise<void> {
  for (const { asked, unknown } of itemWays()) {
    const reply = await ask(asked);
    expect(reply.status, `${asked.method} ${asked.url} at ${at}`).toBe(404);
    expect(reply).toEqual(await ask(unknown));
  }
  const told = [...items.map((item) => item.id), ...items.map((item) => item.file?.name ?? SECRET), SECRET];
  for (const url of pages())
    for (const method of ['GET', 'HEAD'] as const) {
      const { body, headers } = await ask({ method, url });
      for (const word of told) expect(`${body}${JSON.stringify(headers)}`, `${url} at ${at}`).not.toContain(word);
    }
}

test('from T − 60 s to T + 5 s, second by second: nothing on any channel, then all of it', { timeout: 240_000 }, async () => {
  const socket = await liveSocket(world, null);
  socket.say({ type: 'watch', topic: `press:${conference.id}` });
  await socket.next('watching');
  const heard: string[] = [];
  socket.ws.on('message', (data: Buffer) => heard.push(data.toString()));
  for (let second = -60; second <= 5; second += 1) {
    world.clock.set(new Date(T.getTime() + second * 1000));
    const list = await kit.published();
    if (second >= 0) {
      expect(list.items.map((item) => item.kind)).toEqual(['siaran', 'data', 'foto']);
      expect(list.announcedFor).toBeNull();
      for (const item of list.items) expect((await ask({ method: 'GET', url: item.file?.url ?? '' })).status).toBe(200);
      expect((await ask({ method: 'GET', url: list.zip?.url ?? '' })).status).toBe(200);
      continue;
    }
    expect(list).toEqual({ announcedFor: null, items: [], zip: null, serverTime: world.clock.now().toISOString() });
    // Every way at the ends, the plain ones in between.
    if (second === -60 || second === -1) await expectSilence(`T${second}`);
    else for (const { asked } of itemWays().filter((_, n) => n % 9 < 2)) expect((await ask(asked)).status).toBe(404);
  }
  world.clock.set(new Date(T.getTime() - 1));
  await expectSilence('the last millisecond');
  // Not a word on the socket, neither while the desk worked nor at T.
  await kit.change((await kit.desk()).items[0]!, { title: `${SECRET} diubah` });
  await kit.add({ kind: 'siaran', title: `${SECRET} baru` });
  world.clock.set(T);
  await kit.published();
  await kit.setT(new Date(T.getTime() + 60_000).toISOString());
  // Only this one, for it took away what was there.
  await socket.next('kit.changed');
  expect(heard).toEqual([JSON.stringify({ type: 'kit.changed', conferenceId: conference.id })]);
  socket.ws.close();
});

test('a conference with a kit that waits is like one without any, when T is not announced and when it is', async () => {
  const bare = await plannedConference(world, cast, { state: 'registrasi', plan: { title: 'Tanpa materi' } });
  const its = kitOf(bare, world.visitor());
  const list = async (which: typeof bare): Promise<Reply> => ask({ method: 'GET', url: `/api/press/${which.slug.slug}/kit` });
  const zip = async (which: typeof bare, method: 'GET' | 'HEAD'): Promise<Reply> => ask({ method, url: `/api/press/${which.slug.slug}/kit.zip` });
  expect(await list(conference)).toEqual(await list(bare));
  await kit.setT(T.toISOString(), true);
  await its.setT(T.toISOString(), true);
  expect(await list(conference)).toEqual(await list(bare));
  expect((await list(bare)).body).toContain(`"announcedFor":"${T.toISOString()}"`);
  for (const method of ['GET', 'HEAD'] as const) expect(await zip(conference, method)).toEqual(await zip(bare, method));
  expect((await zip(bare, 'GET')).status).toBe(404);
});

test('drafts, and conferences that were called off, publish nothing after T either', async () => {
  const draft = await plannedConference(world, cast, { plan: { title: 'Konsep' } });
  const its = kitOf(draft, world.visitor());
  await its.setT('2026-11-23T01:00:00Z');
  const item = await its.addFile({ kind: 'data' }, { name: 'a.csv', type: 'text/csv', bytes: csv() });
  for (const url of [...addresses(item.id, 'a.csv'), `/api/press/${draft.slug.slug}/kit`, `/api/press/${draft.slug.slug}/kit.zip`])
    expect((await ask({ method: 'GET', url })).status).toBe(404);
  world.clock.set(T);
  expect((await kit.published()).items).toHaveLength(3);
  await conference.operator.call(postCancellation, { params: conference.params, body: { reason: 'Narasumber berhalangan.' } });
  expect(await kit.published()).toMatchObject({ items: [], zip: null, announcedFor: null });
  await expectSilence('called off');
});

test('fifty tabs that hold what they got: T moved later, earlier and withdrawn holds at the next question', { timeout: 120_000 }, async () => {
  const origin = new URL(await originOf(world));
  world.clock.set(T);
  const urls = (await kit.published()).items.flatMap((item) => [item.file?.url ?? '', item.thumb ?? []].flat());
  const url = urls.find((address) => address.includes('.csv')) ?? '';
  const tabs = Array.from({ length: 50 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  const asks = (agent: Agent, headers: Record<string, string>, path = url) => overHttp(origin, path, headers, agent);
  const all = async (headers: Record<string, string>) => [...new Set((await Promise.all(tabs.map((tab) => asks(tab, headers)))).map(({ status }) => status))];

  const first = await asks(tabs[0]!, {});
  const known = { 'if-none-match': String(first.headers['etag']) };
  const resumed = { range: 'bytes=5-', 'if-range': String(first.headers['etag']) };
  expect(first.status).toBe(200);
  expect([await all({}), await all(known), await all(resumed)]).toEqual([[200], [304], [206]]);

  const at = (ms: number): string => new Date(T.getTime() + ms).toISOString();
  await kit.setT(at(60_000));
  expect([await all(known), await all(resumed), await all({ 'if-none-match': '*' })]).toEqual([[404], [404], [404]]);
  await kit.setT(at(-60_000));
  expect(await all(known)).toEqual([304]);
  await kit.setT(null);
  expect([await all(known), await all({})]).toEqual([[404], [404]]);
  await kit.setT(at(0));
  const item = (await kit.desk()).items.find(({ kind }) => kind === 'data')!;
  await kit.change(item, { withdrawn: true });
  expect([await all(known), (await kit.published()).items.length]).toEqual([[404], 2]);
  await kit.change(
    (await kit.desk()).items.find(({ id }) => id === item.id)!,
    { withdrawn: false, embargoAt: at(5_000) },
  );
  expect(await all(known)).toEqual([404]);
  world.clock.set(new Date(T.getTime() + 5_000));
  expect(await all(known)).toEqual([304]);
  for (const tab of tabs) tab.destroy();
});

test('by the real clock, at more than twenty questions a second: none answered before T, the first begun after it is', { timeout: 60_000 }, async () => {
  // It runs on from where the office of this file stands, whose people are signed in.
  const ahead = world.clock.now().getTime() - Date.now();
  const clock = (): number => Date.now() + ahead;
  world.clock.now = () => new Date(clock());
  const origin = new URL(await originOf(world));
  const target = clock() + 2_500;
  await kit.setT(new Date(target).toISOString());
  const list = `/api/press/${conference.slug.slug}/kit`;
  const paths = [list, `/api/press/${conference.slug.slug}/kit.zip`, ...items.map(({ id, file }) => `/api/press/kit/${id}/${file?.name}`)];
  const agent = new Agent({ keepAlive: true });
  const leaks: string[] = [];
  const late: string[] = [];
  let before = 0;
  let after = 0;

  /** Asked and answered before T: nothing. Asked at T or later: there. Between, the portal's own time says which. */
  async function look(path: string): Promise<void> {
    const asked = clock();
    const { status, body } = await overHttp(origin, path, {}, agent);
    const answered = clock();
    const answer = path === list ? (JSON.parse(body) as { items: unknown[]; serverTime: string }) : null;
    const there = answer ? answer.items.length > 0 : status === 200;
    const said = answer ? Date.parse(answer.serverTime) : null;
    if (there && (said ?? answered) < target) leaks.push(path);
    if (!there && (said ?? asked) >= target) late.push(path);
    if (answered < target) before += 1;
    if (asked >= target) after += 1;
  }
  const visitor = async (path: string): Promise<void> => {
    while (clock() < target + 500) await look(path);
    await look(path);
  };
  await Promise.all(paths.map(visitor));
  agent.destroy();
  expect({ leaks, late }).toEqual({ leaks: [], late: [] });
  expect(before / 2.5).toBeGreaterThan(20);
  expect(after).toBeGreaterThanOrEqual(paths.length);
});

test('what the database chooses and what the rule says are the same, whatever the times', async () => {
  const minute = fc.option(fc.integer({ min: -2, max: 2 }), { nil: null });
  const at = (m: number | null): Date | null => (m === null ? null : new Date(T.getTime() + m * 60_000));
  const states = ConferenceState.options;
  await fc.assert(
    fc.asyncProperty(minute, minute, fc.boolean(), fc.boolean(), fc.constantFrom(...states), fc.integer({ min: -2, max: 2 }), async (...given) => {
      const [kitAt, itemAt, withdrawn, whole, state, now] = given;
      await world.sql`update press.kit set embargo_at = ${at(kitAt)} where conference_id = ${conference.id}`;
      await world.sql`update press.kit_item set embargo_at = ${at(itemAt)}, withdrawn = ${withdrawn}, ready_at = ${whole ? T : null}`;
      await world.sql`update press.conference set state = ${state} where id = ${conference.id}`;
      const moment = at(now) ?? T;
      const chosen = await store.published(world.sql, conference.id, moment);
      const all = await store.all(world.sql, conference.id);
      expect(chosen.map((row) => row.id)).toEqual(all.filter((row) => isShown(row, moment)).map((row) => row.id));
      const one = await store.publishedItem(world.sql, items[0]!.id, moment);
      expect(one !== null).toBe(chosen.some((row) => row.id === items[0]!.id));
    }),
    { numRuns: 150 },
  );
});

function overHttp(origin: URL, path: string, headers: Record<string, string>, agent: Agent) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const asked = request({ host: origin.hostname, port: origin.port, path, headers, agent }, (reply) => {
      const parts: Buffer[] = [];
      reply.on('data', (part: Buffer) => parts.push(part));
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(parts).toString('latin1') }));
    });
    asked.on('error', reject);
    asked.end();
  });
}
