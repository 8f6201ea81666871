// S36, S37: at what a started portal listens, what its folder tells other accounts, and which hosts a room's media is sent to.
import { rmSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { postMeetingNow, postTicket } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import { temporaryFolder } from '../support/database.ts';
import { familyOf, listeningOf } from '../support/listening.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { mediaReady, startPortal, type Portal } from '../support/portal.ts';
import { iceServersIn, relayFrom, type IceServer } from '../support/turn.ts';

const dataFolder = temporaryFolder();
let portal: Portal;
let ice: IceServer[];
type MediaFile = { port: number; rtc: { tcp_port: number; udp_port: number }; turn: { udp_port: number }; prometheus: { port: number; password: string } };
const mediaFile = (): MediaFile => JSON.parse(readFileSync(join(dataFolder, 'media', 'livekit.yaml'), 'utf8')) as MediaFile;

beforeAll(async () => {
  portal = await startPortal({ dataFolder });
  await mediaReady(portal);
  const head = portalClient(portal.url);
  await head.call(postSession, { body: demoLogin(portal.said(), 'Kepala Dinas Sosial') });
  const guests = [{ name: 'Ibu Tamu', institution: 'Yayasan Uji' }];
  const meeting = await head.call(postMeetingNow, { body: { title: 'Rapat uji', sifat: 'biasa', invite: { people: [], positions: [], units: [], guests } } });
  const { token } = await head.call(postTicket, { params: { id: meeting.id }, body: {} });
  ice = iceServersIn(await firstWord(`${portal.url.replace('http', 'ws')}/rtc?access_token=${token}&protocol=16&auto_subscribe=1&sdk=js`));
  // Where nothing was built before, the pages are built first.
}, 240_000);
afterAll(async () => {
  await portal?.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

/** What the media server says first to who joins. */
const firstWord = async (url: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { origin: portal.url });
    socket.once('error', reject);
    socket.once('message', (data: Buffer) => {
      resolve(data);
      socket.close();
    });
  });

test.runIf(process.platform === 'linux')('the portal and its children listen where they should, and nowhere else', () => {
  const { port, rtc, turn, prometheus } = mediaFile();
  const at = listeningOf(familyOf(portal.pid));
  const own = [
    `tcp ${new URL(portal.url).port}`,
    `tcp ${port}`,
    `tcp ${rtc.tcp_port}`,
    `tcp ${prometheus.port}`,
    `udp ${rtc.udp_port}`,
    `udp ${turn.udp_port}`,
  ];
  expect([...new Set(at.map(({ transport, port: open }) => `${transport} ${open}`))].toSorted()).toEqual(own.toSorted());
  const onlyHere = [Number(new URL(portal.url).port), port];
  expect(at.filter(({ port: open, address }) => onlyHere.includes(open) && address !== '127.0.0.1')).toEqual([]);
});

test('figures of the media server ask for the password that stands in its file only', async () => {
  const { port, password } = mediaFile().prometheus;
  const figures = async (said: string) => (await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { authorization: `Basic ${btoa(said)}` } })).status;
  expect([(await fetch(`http://127.0.0.1:${port}/metrics`)).status, await figures('portal:portal'), await figures(`portal:${password}`)]).toEqual([
    401, 401, 200,
  ]);
});

test('no door of the media server but signalling is reached through the portal', async () => {
  for (const path of [
    '/twirp/livekit.RoomService/ListRooms',
    '/rtc/../twirp/livekit.RoomService/ListRooms',
    '/rtc/%2e%2e/twirp/livekit.RoomService/ListRooms',
    '/rtc/v1/../../metrics',
    '/debug/pprof/',
    '/rtc/../debug/pprof/',
  ])
    for (const method of ['GET', 'POST']) {
      const reply = await fetch(`${portal.url}${path}`, {
        method,
        ...(method === 'POST' && { headers: { 'content-type': 'application/json', origin: portal.url }, body: '{}' }),
      });
      const text = await reply.text();
      expect([path, method, /twirp|livekit_|goroutine|"rooms"|unauthenticated/i.test(text)]).toEqual([path, method, false]);
    }
});

test('nothing in the data folder is open to another account', () => {
  const open: string[] = [];
  const look = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const { mode } = statSync(path);
      if ((mode & 0o077) === 0) continue;
      if (entry.isDirectory()) look(path);
      else open.push(path.slice(dataFolder.length));
    }
  };
  look(dataFolder);
  expect(open).toEqual([]);
});

test('a room is given the own relay and nobody else’s servers', () => {
  const hosts = ice.flatMap(({ urls }) => urls.map((url) => /^(?:stun|turns?):\[?([^\]?]+?)\]?(?::\d+)?(?:\?.*)?$/.exec(url)?.[1]));
  expect(ice.some(({ urls, username }) => username !== '' && urls.some((url) => url.startsWith('turn:')))).toBe(true);
  expect(hosts.filter((host) => host !== '127.0.0.1')).toEqual([]);
});

test('the relay leads to the node itself and to no other address of its network', { timeout: 60_000 }, async () => {
  const server = ice.find(({ username }) => username !== '')!;
  const relay = await relayFrom({ port: mediaFile().turn.udp_port, ...server });
  try {
    expect(await relay.permits('127.0.0.1')).toBe(true);
    for (const address of ['127.0.0.2', '10.0.0.1', '10.255.1.2', '172.16.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0'])
      expect([address, await relay.permits(address)]).toEqual([address, false]);
  } finally {
    relay.close();
  }
});
