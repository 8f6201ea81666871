// Writing minutes as a browser does: the shared text over a real socket. And a second portal on the same database.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { WebSocket } from 'ws';
import { Doc, XmlElement, XmlText } from 'yjs';
import type { WritingNews } from '../../shared/minutes.ts';
import { buildApp } from '../../server/app.ts';
import { APP_ROLE } from '../../server/platform/app-role.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { createLiveKitDouble } from './livekit-double.ts';
import { originOf } from './live-socket.ts';
import { HOST, type Client, type World } from './world.ts';

type Portal = Pick<World, 'listen' | 'app'>;
export type Writer = Awaited<ReturnType<typeof writes>>;

const cookieOf = ({ cookies }: Pick<Client, 'cookies'>): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

/** Another process of the same portal. */
export async function anotherPortal(world: Pick<World, 'databaseUrl' | 'clock'>) {
  const address = new URL(world.databaseUrl);
  address.username = APP_ROLE;
  const sql = openDatabase(address.href, { max: 6 });
  const app = await buildApp({
    sql,
    clock: world.clock,
    logger: false,
    media: null,
    secret: 'rahasia-uji-portal-0123456789abcdefghij',
    origin: null,
    listenUrl: `http://${HOST}`,
    secure: false,
    trustProxy: false,
    livekit: createLiveKitDouble(),
  });
  return {
    app,
    listen: async () => app.fastify.listen({ port: 0, host: '127.0.0.1' }),
    async close() {
      await app.close();
      await sql.end({ timeout: 2 });
    },
  };
}

/** A bare socket to the text: what it is closed with, or the status its opening was refused with. */
export async function knocks(portal: Portal, browser: Pick<Client, 'cookies'>, meetingId: string, headers: Record<string, string> = {}) {
  const origin = await originOf(portal);
  const ws = new WebSocket(`${origin.replace('http', 'ws')}/api/meetings/${meetingId}/minutes/text`, {
    headers: { origin, cookie: cookieOf(browser), ...headers },
  });
  const closed = new Promise<number>((resolve) => {
    ws.on('close', (code) => resolve(code));
    ws.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    ws.on('error', () => {});
  });
  return { ws, closed };
}

/** Somebody with the minutes open. Answers once the text is there. */
export async function writes(portal: Portal, browser: Pick<Client, 'cookies'>, meetingId: string) {
  const origin = await originOf(portal);
  const cookie = cookieOf(browser);
  class Browser extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { origin, cookie } });
      // Let go while it opens.
      this.on('error', () => {});
    }
  }
  const doc = new Doc();
  const heard: WritingNews[] = [];
  let ended: (code: number) => void = () => {};
  const closed = new Promise<number>((resolve) => (ended = resolve));
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `${origin.replace('http', 'ws')}/api/meetings/${meetingId}/minutes/text`,
    WebSocketPolyfill: Browser,
    delay: 100,
    minDelay: 100,
  });
  let arrived: () => void = () => {};
  const synced = new Promise<void>((resolve) => (arrived = resolve));
  const provider = new HocuspocusProvider({
    name: meetingId,
    document: doc,
    websocketProvider,
    awareness: null,
    onSynced: () => arrived(),
    onStateless: ({ payload }) => void heard.push(JSON.parse(payload) as WritingNews),
    onClose: ({ event }) => {
      websocketProvider.disconnect();
      ended(event.code);
      arrived();
    },
  });
  provider.attach();
  await synced;

  return {
    doc,
    heard,
    closed,
    /** A paragraph at the end of a part. */
    adds(part: string, text: string): void {
      const paragraph = new XmlElement('paragraph');
      paragraph.insert(0, [new XmlText(text)]);
      const fragment = doc.getXmlFragment(part);
      fragment.insert(fragment.length, [paragraph]);
    },
    text: (part: string): string => doc.getXmlFragment(part).toJSON(),
    /** The portal has taken everything of this browser. */
    hasArrived: () => !provider.hasUnsyncedChanges,
    /** The connection is gone; what is written now waits. */
    loses: () => websocketProvider.disconnect(),
    returns: async () => websocketProvider.connect(),
    leaves(): void {
      provider.destroy();
      websocketProvider.destroy();
    },
  };
}
