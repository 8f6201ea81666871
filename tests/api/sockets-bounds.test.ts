// How much one caller may hold and say at the portal's own socket, and when a browser that lost it comes back.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { backOff } from '../../shared/back-off.ts';
import { castWorld, signIn, type Cast } from '../support/cast.ts';
import { dial, liveSocket } from '../support/live-socket.ts';
import type { World } from '../support/world.ts';

let world: World;
let cast: Cast;
beforeAll(async () => void ({ world, cast } = await castWorld()));
afterAll(async () => world.close());

const closing = async (ws: WebSocket): Promise<number> => new Promise((resolve) => ws.once('close', resolve));

test('a socket that never stops talking is let go; what a page says when it comes back is heard', async () => {
  const { ws, say, next, closed } = await liveSocket(world, await signIn(world, cast.staf));
  for (let n = 0; n < 50; n += 1) say({ type: 'watch', topic: `person:${cast.staf.id}` });
  for (let n = 0; n < 50; n += 1) await next('refused');
  expect(ws.readyState).toBe(ws.OPEN);
  for (let n = 0; n < 2_000; n += 1) say({ type: 'beat' });
  expect(await closed).toBe(1008);
});

test('a request that is too long, not understood, or a frame beyond the bound ends its own socket alone', async () => {
  const staf = await signIn(world, cast.staf);
  const other = await liveSocket(world, staf);
  for (const [text, code] of [
    ['x'.repeat(5_000), 1009],
    ['{"type":"__proto__"}', 1008],
    ['x'.repeat(600 * 1024), 1009],
  ] as const) {
    const { ws, closed } = await liveSocket(world, staf);
    ws.send(text);
    expect([text.length, await closed]).toEqual([text.length, code]);
  }
  expect(other.ws.readyState).toBe(other.ws.OPEN);
});

test('callers without a mark share what their address has; whoever is signed in does not', async () => {
  const strangers: WebSocket[] = [];
  try {
    for (;;) {
      const ws = await dial(world, null);
      strangers.push(ws);
      const first = await Promise.race([new Promise<'ready'>((resolve) => ws.once('message', () => resolve('ready'))), closing(ws)]);
      if (first !== 'ready') {
        expect(first).toBe(1013);
        break;
      }
    }
    expect(strangers.length).toBe(61);
    const staf = await liveSocket(world, await signIn(world, cast.staf));
    expect(staf.ws.readyState).toBe(WebSocket.OPEN);
    const [one] = strangers;
    const gone = one && closing(one);
    one?.close();
    await gone;
    // Its place is another's.
    await liveSocket(world, null);
  } finally {
    for (const ws of strangers) ws.terminate();
  }
});

test('whoever lost the socket comes back after a growing delay that is never the same for all', () => {
  for (let tries = 0; tries < 12; tries += 1) {
    const [least, most] = [backOff(tries, 0), backOff(tries, 1)];
    expect(most).toBe(2 * least);
    expect(most).toBe(Math.min(10_000, 500 * 2 ** tries));
  }
});
