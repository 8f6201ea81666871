// The portal's own socket as a browser of this person holds it, over a real connection.
import { WebSocket } from 'ws';
import type { LiveAnswer, LiveMessage, LiveRequest } from '../../shared/live.ts';
import type { Client, World } from './world.ts';

export type Heard = LiveAnswer | LiveMessage;
export type LiveSocket = Awaited<ReturnType<typeof liveSocket>>;

export async function originOf({ app, listen }: Pick<World, 'listen' | 'app'>): Promise<string> {
  const address = app.fastify.server.address();
  return address !== null && typeof address === 'object' ? `http://127.0.0.1:${address.port}` : listen();
}

/** Opened, and not yet told `ready`. */
export async function dial(world: Pick<World, 'listen' | 'app'>, browser: Pick<Client, 'cookies'> | null): Promise<WebSocket> {
  const origin = await originOf(world);
  const cookie = [...(browser?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  return new WebSocket(`${origin.replace('http', 'ws')}/api/live`, { headers: { origin, cookie } });
}

export async function liveSocket(world: Pick<World, 'listen' | 'app'>, browser: Pick<Client, 'cookies'> | null) {
  const ws = await dial(world, browser);
  const heard: Heard[] = [];
  let wake = (): void => {};
  ws.on('message', (data: Buffer) => {
    heard.push(JSON.parse(data.toString()) as Heard);
    wake();
  });
  const closed = new Promise<number>((resolve) => ws.on('close', resolve));
  const say = (request: LiveRequest): void => ws.send(JSON.stringify(request));

  /** The next message of this type; what came before it is passed over. */
  async function next<T extends Heard['type']>(type: T): Promise<Extract<Heard, { type: T }>> {
    for (;;) {
      const message = heard.shift();
      if (message?.type === type) return message as Extract<Heard, { type: T }>;
      if (message === undefined) await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  await next('ready');
  return { ws, say, next, heard, closed };
}
