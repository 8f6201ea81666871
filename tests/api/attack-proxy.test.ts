// S03: who asks, by what protocol and at which host, is the connection's and the configuration's to say; of proxies only those that are named count.
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { postCalendarFeed } from '../../shared/calendar.ts';
import { getInvitations, postMeetingStart, postTicket } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import { postMeeting } from '../../shared/planning.ts';
import { getLetterPdf, postLetter } from '../../shared/undangan.ts';
import { LIMITS } from '../../server/platform/gate.ts';
import { serveWeb } from '../../server/platform/web.ts';
import { castWorld, PASSWORD } from '../support/cast.ts';
import { temporaryFolder } from '../support/database.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { openMailbox } from '../support/mailbox.ts';
import { textOfPdf } from '../support/pdf.ts';
import { rawLine, requestText } from '../support/raw.ts';
import type { WorldOptions } from '../support/world.ts';

const EVIL = 'jahat.example';
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});
const OWN = 'https://rapat.uji.example';
async function office(options: WorldOptions = {}) {
  const made = await castWorld(options);
  endings.push(() => made.world.close());
  const folder = temporaryFolder();
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['index', 'room', 'siaran']) writeFileSync(join(folder, `${name}.html`), `<title>${name}</title>`);
  await serveWeb(made.world.app.fastify, { origin: options.origin ?? null, secure: false, mark: made.world.app.mark, folder });
  return { ...made, origin: await made.world.listen() };
}

/** A proxy as an office puts one in front: what its caller said stays, the caller's address is put behind it. */
async function proxyTo(origin: string): Promise<string> {
  const server: Server = createServer((incoming, outgoing) => {
    const said = incoming.headers['x-forwarded-for'];
    const from = incoming.socket.remoteAddress ?? '';
    const headers = { ...incoming.headers, 'x-forwarded-for': [said, from].filter((part) => part !== undefined).join(', '), 'x-forwarded-proto': 'https' };
    const passed = ask(origin, { method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A sign-in of nobody, without a page's mark, from an address of this machine (every 127.x is its own). */
let callers = 0;
const knocks = async (origin: string, from: string, headers: Record<string, string> = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    // Another login each: the throttle of one account is not what is asked for.
    const body = JSON.stringify({ login: `tidak-ada-${(callers += 1)}@uji.example`, password: PASSWORD });
    const all = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers };
    const asking = ask(`${origin}${postSession.path}`, { method: 'POST', headers: all, localAddress: from, agent: false }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
    });
    asking.once('error', reject).end(body);
  });
const FEW = { ...LIMITS, bare: { size: 3, everyMs: 3_600_000 } };
const until429 = async (knock: (n: number) => Promise<number>): Promise<number[]> => {
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1) statuses.push(await knock(n));
  return statuses;
};
const FORGED = (n: number): Record<string, string> => ({
  'x-forwarded-for': `203.0.113.${n + 1}`,
  'x-real-ip': `203.0.113.${n + 1}`,
  'x-client-ip': `203.0.113.${n + 1}`,
  'true-client-ip': `203.0.113.${n + 1}`,
  'cf-connecting-ip': `203.0.113.${n + 1}`,
  forwarded: `for=203.0.113.${n + 1};host=${EVIL};proto=https`,
});

test('whoever comes without a proxy is counted by the connection, whatever address the request claims', async () => {
  const { origin } = await office({ limits: FEW });
  expect(await until429((n) => knocks(origin, '127.0.0.1', FORGED(n)))).toEqual([401, 401, 401, 429, 429, 429]);
  expect(await knocks(origin, '127.0.0.9')).toBe(401);
});

test('behind the named proxy two callers are two, and an address a caller puts in front of its own is not believed', async () => {
  const { origin } = await office({ limits: FEW, trustProxy: '127.0.0.1' });
  const proxy = await proxyTo(origin);
  expect(await until429((n) => knocks(proxy, '127.0.0.21', FORGED(n)))).toEqual([401, 401, 401, 429, 429, 429]);
  expect(await until429(() => knocks(proxy, '127.0.0.22'))).toEqual([401, 401, 401, 429, 429, 429]);
  // Not the proxy: its word counts for nothing.
  expect(await until429((n) => knocks(origin, '127.0.0.23', FORGED(n)))).toEqual([401, 401, 401, 429, 429, 429]);
});

/** What a request says of itself, and whether it comes from a proxy that is believed. */
const CLAIMS: { trustProxy?: string; claims: Record<string, string>[] }[] = [
  { claims: [{ host: EVIL }, { host: `rapat.uji.example:${EVIL}` }, { host: `user@${EVIL}` }] },
  {
    trustProxy: '127.0.0.1',
    claims: [
      { host: 'rapat.uji.example', 'x-forwarded-host': EVIL, 'x-forwarded-proto': 'ftp', forwarded: `host=${EVIL}` },
      { host: 'rapat.uji.example', 'x-forwarded-host': `${EVIL}, ${EVIL}`, 'x-forwarded-server': EVIL, 'x-original-host': EVIL, 'x-host': EVIL },
    ],
  },
];
const LINES = 4;

test('no answer repeats a host that a request claims: pages, feeds, calendars, files, refusals, signalling', { timeout: 240_000 }, async () => {
  for (const { trustProxy, claims } of CLAIMS) {
    const { world, cast, origin } = await office({ origin: OWN, ...(trustProxy !== undefined && { trustProxy }) });
    const admin = await world.signIn(cast.administrator.nip, PASSWORD);
    const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reads = world.app.routes.flatMap(({ endpoint: { method, path } }) =>
      method === 'GET' ? [path.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000')] : [],
    );
    const pages = ['/', '/r/apa', '/siaran/apa', '/pers/masuk', '/rtc', '/rtc/v1', '/tidak/ada.txt', '/pers/', '//pers', '/pers?bahasa=en'];
    const asked = [...new Set([...reads, ...pages])].flatMap((target) => claims.map((claim) => ({ target, claim })));
    expect(asked.length).toBeGreaterThan(240);
    const told: string[] = [];
    let next = 0;
    const askOn = async (): Promise<void> => {
      const line = rawLine(origin);
      for (let at = next++; at < asked.length; at = next++) {
        const { target, claim } = asked[at]!;
        const { status, head, body } = await line.ask(requestText('GET', target, { ...claim, cookie }));
        if (`${head}${body}`.includes(EVIL)) told.push(`${target} ${JSON.stringify(claim)}: ${status}`);
      }
      line.close();
    };
    await Promise.all(Array.from({ length: LINES }, askOn));
    expect(told).toEqual([]);
  }
});

test(
  'letters, mails, papers, feeds and tickets lead to the configured portal, whatever host every request claimed on the way',
  { timeout: 240_000 },
  async () => {
    const box = await openMailbox();
    endings.push(() => box.close());
    const { world, cast } = await office({ origin: OWN, mail: box.settings, livekit: createLiveKitDouble(), trustProxy: '127.0.0.1' });
    const claims = { host: EVIL, 'x-forwarded-host': EVIL, 'x-forwarded-proto': 'http', forwarded: `host=${EVIL}` };
    const chair = await world.signIn(cast.kepala.nip, PASSWORD, claims);
    const guests = [{ name: 'Ibu Tamu', institution: 'Yayasan Uji', email: 'tamu@luar.example' }];
    const now = world.clock.now().getTime();
    const { id } = await chair.call(postMeeting, {
      body: {
        title: 'Koordinasi bantuan',
        sifat: 'biasa',
        place: 'Daring',
        startsAt: new Date(now + 86_400_000).toISOString(),
        endsAt: new Date(now + 90_000_000).toISOString(),
        key: randomUUID(),
        invite: { people: [cast.staf.id], positions: [], units: [], guests },
      },
    });
    const { issued } = await chair.call(postLetter, { params: { id }, body: { kind: 'undangan' } });
    for (let n = 0; n < 8 && box.of('tamu@luar.example').length === 0; n += 1) await world.app.jobs.runDue();
    const letters = box.arrived.map(({ raw, text = '', html }) => `${raw}${text}${html === false ? '' : html}`).join('\n');
    expect(box.of('tamu@luar.example')[0]?.text).toContain(`${OWN}/u#`);
    const paper = new Uint8Array(await (await chair.call(getLetterPdf, { params: { id, letter: issued[0]!.id } })).arrayBuffer());
    expect(await textOfPdf(paper)).toContain(new URL(OWN).host);
    const feed = await chair.call(postCalendarFeed, {});
    const calendar = await world.app.fastify.inject({ url: feed.path, headers: claims });
    expect(calendar.payload).toContain('BEGIN:VEVENT');
    await chair.call(postMeetingStart, { params: { id } });
    const ticket = await chair.call(postTicket, { params: { id }, body: {} });
    expect(JSON.stringify(ticket)).toContain('wss://rapat.uji.example');
    const said = [
      letters,
      await textOfPdf(paper),
      calendar.payload,
      JSON.stringify(ticket),
      JSON.stringify(await chair.call(getInvitations, { params: { id } })),
    ];
    expect(said.map((text) => text.includes(EVIL))).toEqual(said.map(() => false));
  },
);
