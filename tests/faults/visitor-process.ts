// A process of scripted visitors: each behaves as the page does (ticket, door, heartbeat, back again after a loss) and
// writes down when it was in the room. Its parent gives the orders, and freezes or kills it.
import { setTimeout as pause } from 'node:timers/promises';
import { ConnectionState, DisconnectReason, Room, RoomEvent } from '@livekit/rtc-node';
import { WebSocket } from 'ws';
import type { LiveRequest } from '../../shared/live.ts';
import { postJoin, postTicket } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import type { RefusalCode } from '../../shared/refusals.ts';
import { firstWait, nextWait } from '../../web/room/rejoin.ts';
import { CallFailed, portalClient, type PortalClient } from '../support/portal-client.ts';

export type Way = { origin: string; meetingId: string } & ({ link: string } | { account: { login: string; password: string } });
export type Order = { device: string } & ({ do: 'enter'; way: Way } | { do: 'leave' | 'reload' });
/** `doubt`: the connection is lost, and the client tries to get it back. `gone`: asked to leave, and has. `over`: the portal or the media server said so. */
export type Report = { device: string; at: number } & ({ what: 'in' | 'doubt' } | { what: 'out'; lost: boolean } | { what: 'gone' | 'over'; why: string });

const PRESENT_MS = 10_000;
/** As web/platform/live-socket.ts. */
const SOCKET = { firstMs: 500, longestMs: 15_000 };

const ENDINGS = [DisconnectReason.DUPLICATE_IDENTITY, DisconnectReason.PARTICIPANT_REMOVED, DisconnectReason.ROOM_DELETED];
const FINAL: readonly (RefusalCode | null)[] = ['meeting.ended', 'meeting.removed', 'link.revoked', 'link.other_device', 'not_found', 'session.required'];

type Asked = 'leave' | 'reload';
const asked = new Map<string, { tell: (what: Asked) => void }>();

process.on('message', (order: Order) => {
  if (order.do !== 'enter') return asked.get(order.device)?.tell(order.do);
  void live(order.device, order.way).then(
    (why) => say({ device: order.device, what: why === 'leave' ? 'gone' : 'over', why, at: Date.now() }),
    (error: unknown) => say({ device: order.device, what: 'over', why: String(error), at: Date.now() }),
  );
});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

const say = (report: Report): void => void process.send?.(report);

/** From pressing Gabung to closing the page, through reloads and losses. Answers why it ended. */
async function live(device: string, way: Way): Promise<string> {
  const orders: Asked[] = [];
  let wake = (): void => {};
  asked.set(device, { tell: (what) => (orders.push(what), wake()) });
  const ordered = (): Promise<void> => (orders.length > 0 ? Promise.resolve() : new Promise((resolve) => (wake = resolve)));
  const browser = portalClient(way.origin, 'link' in way ? way.link : undefined);
  let socket: ReturnType<typeof openSocket> | null = null;
  let identity: string | undefined;
  let people = 1;
  try {
    for (let tries = 0; ;) {
      const entered = await enter(browser, way, identity).catch((error: unknown) => error);
      if (!isEntered(entered)) {
        if (entered instanceof CallFailed && FINAL.includes(entered.code)) return entered.code ?? 'refused';
        if (orders.splice(0).includes('leave')) return 'leave';
        await Promise.race([pause(nextWait(tries++, Math.random())), ordered()]);
        continue;
      }
      tries = 0;
      identity = entered.identity;
      say({ device, what: 'in', at: Date.now() });
      entered.room.on(RoomEvent.Reconnecting, () => say({ device, what: 'doubt', at: Date.now() }));
      // The client may have joined anew by itself; what the connection did not outlive is known as a cut.
      entered.room.on(RoomEvent.Reconnected, () => {
        const at = Date.now();
        say({ device, what: 'out', lost: true, at });
        say({ device, what: 'in', at });
      });
      socket ??= openSocket(way, browser);
      const stopTelling = socket.tell(() => presentOf(way, entered));
      const reason = await Promise.race([entered.disconnected, ordered()]);
      entered.room.removeAllListeners(RoomEvent.Reconnecting).removeAllListeners(RoomEvent.Reconnected);
      people = entered.room.remoteParticipants.size + 1;
      stopTelling();
      const order = orders.shift();
      say({ device, what: 'out', lost: reason !== undefined || !isSure(entered.room), at: Date.now() });
      if (order !== undefined) {
        socket.close();
        socket = null;
        await entered.room.disconnect().catch(() => {});
        if (order === 'leave') return order;
        // A page that is loaded again remembers no identity and opens a socket of its own.
        identity = undefined;
        continue;
      }
      if (reason !== undefined && ENDINGS.includes(reason)) return DisconnectReason[reason] ?? 'ended';
      await Promise.race([pause(firstWait(people, Math.random())), ordered()]);
    }
  } finally {
    asked.delete(device);
    socket?.close();
  }
}

type Entered = { room: Room; identity: string; disconnected: Promise<DisconnectReason> };
const isEntered = (x: unknown): x is Entered => typeof x === 'object' && x !== null && 'room' in x;

/** Not while the client tries to get its connection back: `isConnected` is true then. */
const isSure = (room: Room): boolean => room.connectionState === ConnectionState.CONN_CONNECTED;

const signedIn = new WeakSet<PortalClient>();

async function enter(browser: PortalClient, way: Way, former: string | undefined): Promise<Entered> {
  if ('account' in way && !signedIn.has(browser)) await browser.call(postSession, { body: way.account });
  signedIn.add(browser);
  const { origin, meetingId } = way;
  const { token, identity } = await browser.call(postTicket, { params: { id: meetingId }, body: await asking(browser, meetingId, former) });
  const room = new Room();
  const disconnected = new Promise<DisconnectReason>((resolve) => room.once(RoomEvent.Disconnected, resolve));
  await room.connect(origin.replace(/^http/, 'ws'), token, { autoSubscribe: true, dynacast: false });
  return { room, identity, disconnected };
}

/** A page that opens has read the notice; one that returns says who it was. */
async function asking(browser: PortalClient, meetingId: string, former: string | undefined) {
  if (former !== undefined) return { identity: former };
  const { notice } = await browser.call(postJoin, { body: { meetingId } });
  return { notice: notice.version };
}

/** Nothing while the connection is in doubt. */
function presentOf({ meetingId }: Way, { room, identity }: Entered): LiveRequest | null {
  const sid = room.localParticipant?.sid;
  return sid !== undefined && isSure(room) ? { type: 'present', meetingId, identity, sid } : null;
}

/** The portal's own socket, opened again for as long as it is wanted. */
function openSocket(way: Way, browser: PortalClient) {
  let ws: WebSocket | null = null;
  let closed = false;
  let known = false;
  let tries = 0;
  let telling: (() => LiveRequest | null) | null = null;
  const timer = setInterval(present, PRESENT_MS);
  connect();

  function connect(): void {
    const own = (ws = new WebSocket(`${way.origin.replace(/^http/, 'ws')}/api/live`, { headers: { origin: way.origin, cookie: browser.cookie() } }));
    known = 'account' in way;
    let greeted = known;
    own.on('message', (data: Buffer) => {
      if ((JSON.parse(data.toString()) as { type: string }).type !== 'ready') return;
      tries = 0;
      // The portal knows a link holder only after `hello`; its second `ready` is the one that counts.
      if (!greeted && 'link' in way) {
        greeted = true;
        return own.send(JSON.stringify({ type: 'hello', link: way.link }));
      }
      known = true;
      present();
    });
    own.on('error', () => {});
    own.on('close', () => {
      if (ws !== own || closed) return;
      ws = null;
      const longest = Math.min(SOCKET.longestMs, SOCKET.firstMs * 2 ** tries++);
      setTimeout(() => !closed && connect(), longest / 2 + (Math.random() * longest) / 2);
    });
  }

  function present(): void {
    const request = telling?.() ?? null;
    if (request && known && ws?.readyState === WebSocket.OPEN) ws.send(JSON.stringify(request));
  }

  return {
    tell(what: () => LiveRequest | null): () => void {
      telling = what;
      present();
      return () => (telling = null);
    },
    close(): void {
      closed = true;
      clearInterval(timer);
      ws?.close();
    },
  };
}
