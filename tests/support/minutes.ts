// Writing minutes as a browser does: the shared text over a real socket. And a second portal on the same database.
import { randomUUID } from 'node:crypto';
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { WebSocket } from 'ws';
import { Doc, XmlElement, XmlText } from 'yjs';
import { getMinutes, postMinutesApproval, postMinutesCorrection, postProposal, postRuling, type Paragraph, type WritingNews } from '../../shared/minutes.ts';
import { buildApp } from '../../server/app.ts';
import type { LiveKit } from '../../server/rooms/livekit.ts';
import { daysAfter, textOf } from '../../server/minutes/rules.ts';
import { APP_ROLE } from '../../server/platform/app-role.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { dayIn } from '../../server/platform/local-time.ts';
import { eventually } from './eventually.ts';
import { createLiveKitDouble } from './livekit-double.ts';
import { originOf } from './live-socket.ts';
import type { PortalClient } from './portal-client.ts';
import { HOST, SECRET, type World } from './world.ts';

/** A test's own, or the address of one in another process. */
type Portal = Pick<World, 'listen' | 'app'> | string;
const addressOf = async (portal: Portal): Promise<string> => (typeof portal === 'string' ? portal : originOf(portal));
export type Writer = Awaited<ReturnType<typeof writes>>;

type Browser = { cookies: ReadonlyMap<string, string> };
const cookieOf = ({ cookies }: Browser): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

/** Another process of the same portal. */
export async function anotherPortal(
  world: Pick<World, 'databaseUrl' | 'clock'>,
  { secret = SECRET, formerSecret = null, livekit = createLiveKitDouble() }: { secret?: string; formerSecret?: string | null; livekit?: LiveKit } = {},
) {
  const address = new URL(world.databaseUrl);
  address.username = APP_ROLE;
  const sql = openDatabase(address.href, { max: 6 });
  const app = await buildApp({
    sql,
    clock: world.clock,
    logger: false,
    media: null,
    secret,
    formerSecret,
    origin: null,
    listenUrl: `http://${HOST}`,
    secure: false,
    trustProxy: false,
    livekit,
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
export async function knocks(portal: Portal, browser: Browser, meetingId: string, headers: Record<string, string> = {}) {
  const origin = await addressOf(portal);
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
export async function writes(portal: Portal, browser: Browser, meetingId: string) {
  const origin = await addressOf(portal);
  const cookie = cookieOf(browser);
  class Socket extends WebSocket {
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
    WebSocketPolyfill: Socket,
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

const NOTES: Record<string, readonly string[]> = {
  pembukaan: [
    'Rapat dibuka pukul 09.00 WIB oleh pimpinan rapat dengan doa bersama.',
    'Pimpinan menyampaikan bahwa Kali Sapu meluap sejak pukul 04.00 dan 212 keluarga di Kelurahan Telagabiru mengungsi.',
  ],
  penutup: ['Rapat ditutup pukul 10.10 WIB. Rapat berikutnya menilai pelaksanaan keputusan.'],
};
const DISCUSSED = [
  'Persediaan beras di gudang dinas 9,4 ton, cukup untuk enam hari menurut jumlah pengungsi pagi ini.',
  'Dapur umum membutuhkan air bersih 4.000 liter sehari; tangki dikirim dua kali.',
];
/** What the chair has written in the minutes of a meeting, saved. */
async function filled(url: string, chair: PortalClient, meetingId: string): Promise<void> {
  const { parts } = await chair.call(getMinutes, { params: { id: meetingId } });
  const writer = await writes(url, chair, meetingId);
  for (const { key, kind } of parts) for (const text of NOTES[key] ?? (kind === 'butir' ? DISCUSSED : [])) writer.adds(key, text);
  await eventually('the minutes are saved', () => writer.heard.some((news) => 'saved' in news) && writer.hasArrived());
  writer.leaves();
}

type Arranged = { url: string; chair: PortalClient; staff: PortalClient; written: string; corrected: string; approved: string };
/** Minutes in each of their states, for the screens that show them. Answers the code of the approved ones. */
export async function arrangeMinutes({ url, chair, staff, written, corrected, approved }: Arranged): Promise<string> {
  const today = dayIn(new Date(), 'Asia/Jakarta');
  await filled(url, chair, written);
  for (const id of [corrected, approved]) {
    await filled(url, chair, id);
    const { parts } = await chair.call(postMinutesCorrection, { params: { id }, body: { until: daysAfter(today, 3) } });
    const [first, second] = parts[0]?.paragraphs ?? [];
    const proposes = async (paragraph: Paragraph | undefined, newText: string, reason: string): Promise<string> => {
      const key = randomUUID();
      await staff.call(postProposal, {
        params: { id },
        body: { key, paragraph: paragraph?.id ?? '', oldText: paragraph ? textOf(paragraph) : '', newText, reason },
      });
      return key;
    };
    const proposal = await proposes(first, 'Rapat dibuka pukul 09.05 WIB oleh pimpinan rapat dengan doa bersama.', 'Menunggu satu bidang masuk.');
    await chair.call(postRuling, { params: { id, proposal }, body: { outcome: 'diterima' } });
    if (id === corrected) await proposes(second, `${second ? textOf(second) : ''} Data per pukul 08.30.`, 'Angka pengungsi berubah; sebutkan jamnya.');
  }
  const { final } = await chair.call(postMinutesApproval, { params: { id: approved }, body: { early: 'Diminta Sekretaris Daerah hari ini.' } });
  return final?.code ?? '';
}
