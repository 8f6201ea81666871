// Several addresses of one LiveKit cluster: calls and signalling go to the next where one is away, and what LiveKit has decided is not asked twice.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { connectLiveKit } from '../../server/rooms/livekit.ts';
import { connectOutsideMedia, type OutsideMedia } from '../../server/platform/outside-media.ts';
import { postTicket } from '../../shared/meetings.ts';
import { doubleKeys } from '../support/livekit-double.ts';
import { calledMeeting } from '../support/meeting.ts';

const undo: (() => void | Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

/** Answers every call of LiveKit's API, and every socket, with this status; counts them. */
async function standIn(status = 200) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url?.split('?')[0] ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(status === 200 ? '{}' : JSON.stringify({ code: 'x', msg: 'x' }));
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    asked.push(request.url?.split('?')[0] ?? '');
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} X\r\ncontent-length: 0\r\n\r\n`);
    sockets.handleUpgrade(request, socket, head, (open) => open.send(JSON.stringify({ from: url })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const end = async (): Promise<void> => {
    for (const open of sockets.clients) open.terminate();
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  undo.push(end);
  return { url, asked, end };
}

async function deadAddress(): Promise<string> {
  const { url, end } = await standIn();
  await end();
  return url;
}

const nodes = (...urls: string[]): OutsideMedia => ({
  url: urls[0] ?? '',
  urls: () => urls,
  ...doubleKeys,
  state: () => 'ready',
  reason: () => null,
  onReady: () => {},
  onExit: () => {},
  tellsEveryExit: false,
  stop: async () => {},
});

describe('a call of LiveKit’s API', () => {
  test.each([
    ['nobody answers', null],
    ['503 is answered', 503],
  ])('goes to the next node where %s', async (_what, status) => {
    const away = status === null ? await deadAddress() : (await standIn(status)).url;
    const well = await standIn();
    await connectLiveKit(nodes(away, well.url)).ensureRoom('r-uji');
    expect(well.asked).toEqual(['/twirp/livekit.RoomService/CreateRoom']);
  });

  test('that a node has refused is asked of no other', async () => {
    const refuses = await standIn(403);
    const other = await standIn();
    await expect(connectLiveKit(nodes(refuses.url, other.url)).ensureRoom('r-uji')).rejects.toMatchObject({ status: 403 });
    expect(other.asked).toEqual([]);
  });

  test('fails when the last one is away too', async () => {
    await expect(connectLiveKit(nodes(await deadAddress(), await deadAddress())).ensureRoom('r-uji')).rejects.toThrow();
  });
});

describe('signalling', () => {
  /** A member's socket at the door of a portal that knows these nodes: what its node said first, or the status. */
  async function knock(...urls: string[]): Promise<string | number> {
    const { world, chair, id } = await calledMeeting({ guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }] }, { media: nodes(...urls) });
    undo.push(world.close);
    const { token } = await chair.call(postTicket, { params: id, body: {} });
    const socket = new WebSocket(`${(await world.listen()).replace('http', 'ws')}/rtc?access_token=${token}`);
    undo.push(() => socket.terminate());
    return Promise.race([
      once(socket, 'message').then(([data]) => (JSON.parse(String(data)) as { from: string }).from),
      once(socket, 'unexpected-response').then(([, response]) => (response as { statusCode: number }).statusCode),
    ]);
  }

  test.each([
    ['nobody answers', null],
    ['503 is answered', 503],
  ])('goes through the next node where %s', async (_what, status) => {
    const away = status === null ? await deadAddress() : (await standIn(status)).url;
    const well = await standIn();
    expect(await knock(away, well.url)).toBe(well.url);
  });

  test('that a node has refused goes through no other', async () => {
    const refuses = await standIn(401);
    const other = await standIn();
    expect(await knock(refuses.url, other.url)).toBe(401);
    expect(other.asked.filter((path) => path.startsWith('/rtc'))).toEqual([]);
  });

  test('is refused as unavailable where no node answers', async () => {
    expect(await knock(await deadAddress(), await deadAddress())).toBe(503);
  });
});

describe('the nodes as the portal sees them when it starts', () => {
  const seen = async (said: Record<string, 'ok' | 'refused' | 'away'>) => {
    const lines: string[] = [];
    const media = await connectOutsideMedia(
      { ...doubleKeys, urls: Object.keys(said) },
      async (url) => said[url] ?? 'away',
      (line) => lines.push(line),
    );
    undo.push(media.stop);
    return { media, lines };
  };

  test('one that answers is asked first, the one that is away is named', async () => {
    const { media, lines } = await seen({ 'http://satu.test': 'away', 'http://dua.test': 'ok' });
    expect(media.urls?.()).toEqual(['http://dua.test', 'http://satu.test']);
    expect(media.state()).toBe('ready');
    expect(lines).toEqual([expect.stringContaining('http://satu.test')]);
  });

  test('all away: unavailable, with a reason', async () => {
    const { media } = await seen({ 'http://satu.test': 'away', 'http://dua.test': 'away' });
    expect(media.state()).toBe('unavailable');
    expect(media.reason()).toContain('http://satu.test, http://dua.test');
  });

  test('one that refuses the key keeps the portal from starting, and is named', async () => {
    await expect(seen({ 'http://satu.test': 'ok', 'http://dua.test': 'refused' })).rejects.toThrow('http://dua.test');
  });
});
