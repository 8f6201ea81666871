// Many who watch, in a process of their own: each asks the portal for its ticket, enters through its door, keeps its socket open, and
// asks every seventeen seconds what the room shows, as a page does. Sound and picture are received and thrown away.
import { Room } from '@livekit/rtc-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { getPressRoom, postPressJoin, postPressTicket } from '../../../shared/press-room.ts';
import { portalClient, type PortalClient } from '../../support/portal-client.ts';

export type ToAudience = { origin: string; slug: string; id: string; viewers: number };
export type FromAudience = { said: 'watching'; viewers: number; refused: string[] };

const POLL_MS = 17_000;
/** Between two arrivals: a portal's own pages spread themselves too. */
const PACE_MS = 150;

async function watch({ origin, slug, id }: ToAudience): Promise<void> {
  const client: PortalClient = portalClient(origin);
  await client.call(postPressJoin, { params: { slug } });
  const { token } = await client.call(postPressTicket, { params: { slug }, body: {} });
  const room = new Room();
  await room.connect(origin.replace(/^http/, 'ws'), token, { autoSubscribe: true, dynacast: false });
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/api/live`, { headers: { origin, cookie: client.cookie() } });
  socket.on('error', () => {});
  socket.once('open', () => socket.send(JSON.stringify({ type: 'watch', topic: `press:${id}` })));
  await sleep(Math.random() * POLL_MS);
  setInterval(() => void client.call(getPressRoom, { params: { slug } }).catch(() => {}), POLL_MS);
}

async function come(asked: ToAudience): Promise<void> {
  const refused: string[] = [];
  for (let n = 0; n < asked.viewers; n += 1) {
    const coming = watch(asked).catch((error: unknown) => refused.push(String(error).slice(0, 200)));
    await Promise.race([coming, sleep(PACE_MS)]);
  }
  process.send?.({ said: 'watching', viewers: asked.viewers - refused.length, refused } satisfies FromAudience);
}

process.on('message', (asked: ToAudience) => void come(asked));
process.on('disconnect', () => process.exit(0));
