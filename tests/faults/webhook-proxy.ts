// Stands between LiveKit and the portal's webhook receiver and does to the events of one room what networks and crashes do.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * `silent`: accepted and not answered until the trouble ends. `shuffled`: LiveKit is told that it arrived; it arrives later, in
 * any order. `dropped`: every third never arrives. `typed`: under another content type.
 */
export type Trouble = 'none' | 'tripled' | 'shuffled' | 'dropped' | 'lost' | 'away' | 'silent' | 'typed';
type Event = { body: string; authorization: string; type: string };

const DROP_EVERY = 3;
const TYPES = ['application/json', 'text/plain; charset=utf-8', 'application/octet-stream', ''];

/** `to`: the portal's receiver at this moment. */
export async function openWebhookProxy(to: () => string) {
  const troubles = new Map<string, Trouble[]>();
  const seen = new Map<string, number>();
  let shuffled: { room: string; event: Event }[] = [];
  const silent: { room: string; go: () => void }[] = [];
  const answers: { status: number; ms: number }[] = [];

  async function forward({ body, authorization, type }: Event): Promise<number> {
    const from = Date.now();
    const { status } = await fetch(to(), { method: 'POST', headers: { authorization, ...(type !== '' && { 'content-type': type }) }, body: Buffer.from(body) });
    answers.push({ status, ms: Date.now() - from });
    return status;
  }

  async function suffer(room: string, event: Event): Promise<number> {
    const trouble = troubles.get(room) ?? [];
    const nth = (seen.get(room) ?? 0) + 1;
    seen.set(room, nth);
    const own = trouble.includes('typed') ? { ...event, type: TYPES[nth % TYPES.length] ?? '' } : event;
    if (trouble.includes('away')) return 503;
    if (trouble.includes('lost') || (trouble.includes('dropped') && nth % DROP_EVERY === 0)) return 200;
    if (trouble.includes('silent')) await new Promise<void>((resolve) => silent.push({ room, go: resolve }));
    const copies = trouble.includes('tripled') ? 3 : 1;
    if (trouble.includes('shuffled')) {
      for (let n = 0; n < copies; n++) shuffled.push({ room, event: { ...own } });
      return 200;
    }
    // The second and third at the same time, after the first.
    const first = await forward(own);
    const rest = await Promise.all(Array.from({ length: copies - 1 }, () => forward(own)));
    return Math.max(first, ...rest);
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const event = { body, authorization: request.headers.authorization ?? '', type: request.headers['content-type'] ?? '' };
      void suffer(roomOf(body), event).then(
        (status) => response.writeHead(status).end(),
        () => refuseConnection(response),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    /** What the portal has answered, and how fast. */
    answers,
    trouble(room: string, ...kinds: Trouble[]): void {
      troubles.set(room, kinds);
      if (kinds.includes('silent')) return;
      for (const { go } of silent.filter((waiting) => waiting.room === room)) go();
    },
    /** What was held back of this room arrives now, in any order, again and again until it is stored. */
    async release(room: string): Promise<void> {
      const own = shuffled.filter((held) => held.room === room).map(({ event }) => event);
      shuffled = shuffled.filter((held) => held.room !== room);
      for (const event of inAnyOrder(own)) while ((await forward(event).catch(() => 503)) >= 500) await pause(500);
    },
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** As it would be without something in between: the portal is not there. */
const refuseConnection = (response: ServerResponse): void => void response.destroy();

function roomOf(body: string): string {
  try {
    return (JSON.parse(body) as { room?: { name?: string } }).room?.name ?? '';
  } catch {
    return '';
  }
}

function inAnyOrder<T>(items: readonly T[]): T[] {
  const order = new Map(items.map((item) => [item, Math.random()]));
  return items.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}
