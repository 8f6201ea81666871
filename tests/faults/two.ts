// `npm run faults -- two`: two portals on one database behind one address, as two machines behind a load balancer. What is told at either is heard at both, a
// file given at one is read at the other, what comes round happens once; one is killed, and its sockets are at the other within seconds.
import { randomUUID } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { getChatFile, postChat, postRoomUpload, putRoomPart } from '../../shared/chat.ts';
import { postMeetingNow } from '../../shared/meetings.ts';
import { postMeeting } from '../../shared/planning.ts';
import { quantile, report, round } from '../bench/figures.ts';
import { eventually } from '../support/eventually.ts';
import type { PortalClient } from '../support/portal-client.ts';
import { openOffices, signedIn } from './offices.ts';

const SOCKETS = 40;
const PLANNED = 8;
const BACK_S = 5;
const MINUTE_MS = 60_000;
/** Who plans within the last ten minutes has nobody reminded: the reminder is due this much later. */
const AHEAD_MS = 8_000;

/** One address before several: by turns, and the next where one does not answer. */
async function openBalancer(ports: () => readonly number[]) {
  let turn = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client);
    client.on('error', () => client.destroy()).on('close', () => open.delete(client));
    const all = ports();
    const attempt = (left: number): void => {
      const upstream = connect(all[(turn += 1) % all.length] ?? 0, '127.0.0.1');
      upstream.once('connect', () => {
        client.pipe(upstream).pipe(client);
        client.on('close', () => upstream.destroy());
        upstream.on('close', () => client.destroy());
      });
      upstream.on('error', () => {
        upstream.destroy();
        if (upstream.bytesRead === 0 && left > 0) attempt(left - 1);
        else client.destroy();
      });
    };
    attempt(all.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close(): void {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** A page's socket: when it is closed it comes back after up to a second, as pages do. */
function page(origin: string, cookie: string, meetingId: string) {
  const heard = new Set<string>();
  let ws: WebSocket | null = null;
  let over = false;
  let watching = false;
  let lostAt: number | null = null;
  const away: number[] = [];
  function open(): void {
    ws = new WebSocket(`${origin.replace('http', 'ws')}/api/live`, { headers: { origin, cookie } });
    ws.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { type: string; id?: string };
      if (message.type === 'ready') ws?.send(JSON.stringify({ type: 'watch', topic: `meeting:${meetingId}` }));
      if (message.type === 'chat.posted') heard.add(message.id ?? '');
      if (message.type !== 'watching') return;
      watching = true;
      if (lostAt !== null) away.push((performance.now() - lostAt) / 1000);
      lostAt = null;
    });
    ws.on('error', () => {});
    ws.on('close', () => {
      watching = false;
      lostAt ??= performance.now();
      if (!over) setTimeout(open, Math.random() * 1000);
    });
  }
  open();
  return { heard, away, isWatching: () => watching, close: (): void => ((over = true), ws?.terminate()) };
}

export async function two(): Promise<boolean> {
  const offices = await openOffices();
  const problems: string[] = [];
  const ports: number[] = [];
  const balancer = await openBalancer(() => ports);
  const origin = `http://127.0.0.1:${balancer.port}`;
  const pages: ReturnType<typeof page>[] = [];
  try {
    const a = await offices.portal({ PORTAL_ORIGIN: origin });
    const b = await offices.portal({ PORTAL_ORIGIN: origin });
    ports.push(...[a, b].map(({ url }) => Number(new URL(url).port)));
    const chair = await signedIn(origin, offices.accounts.chair);
    const staff = await signedIn(origin, offices.accounts.staff);
    const invite = { people: [offices.writers.staffId], positions: [], units: [], guests: [] };
    const { id } = await chair.call(postMeetingNow, { body: { title: 'Dua portal', sifat: 'biasa', invite } });
    pages.push(...Array.from({ length: SOCKETS }, () => page(origin, staff.cookie(), id)));
    await eventually('all watch', () => pages.every((one) => one.isWatching()), 60_000);
    const at = async (url: string, client: PortalClient, path: string, init: RequestInit): Promise<Response> =>
      fetch(`${url}${path}`, { ...init, headers: { origin, cookie: client.cookie(), ...(init.headers as Record<string, string>) } });
    const json = async <T>(url: string, path: string, body: unknown): Promise<T> =>
      (await (await at(url, chair, path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })).json()) as T;
    const everybodyHears = async (url: string): Promise<void> => {
      const key = randomUUID();
      await json(url, postChat.path.replace(':id', id), { text: 'Terdengar', key });
      await eventually(`${url} is heard by all`, () => pages.every((one) => one.heard.has(key)));
    };
    await everybodyHears(a.url);
    await everybodyHears(b.url);

    const bytes = Buffer.from('Berkas dari portal yang satu.\n');
    const { upload } = await json<{ upload: string }>(a.url, postRoomUpload.path.replace(':id', id), {
      purpose: 'obrolan',
      name: 'catatan.txt',
      type: 'text/plain',
      size: bytes.length,
    });
    const part = putRoomPart.path.replace(':id', id).replace(':upload', upload).replace(':part', '0');
    await at(a.url, chair, part, { method: 'PUT', body: bytes, headers: { 'content-type': 'application/octet-stream' } });
    const given = await json<{ id: string }>(b.url, postChat.path.replace(':id', id), { text: '', key: randomUUID(), upload });
    for (const { url } of [a, b]) {
      const read = await at(url, staff, getChatFile.path.replace(':id', id).replace(':message', given.id), { method: 'GET' });
      if (Buffer.compare(Buffer.from(await read.arrayBuffer()), bytes) !== 0) problems.push(`the file is not the same at ${url}: ${read.status}`);
    }

    for (let n = 0; n < PLANNED; n += 1) {
      const from = Date.now() + 10 * MINUTE_MS + AHEAD_MS + n * 1000;
      const hours = { startsAt: new Date(from).toISOString(), endsAt: new Date(from + 30 * MINUTE_MS).toISOString() };
      await chair.call(postMeeting, { body: { title: `Diingatkan ${n}`, sifat: 'biasa', place: 'Daring', ...hours, invite, key: randomUUID() } });
    }
    const reminded = async (): Promise<number> =>
      (
        await offices.sql<
          { n: number }[]
        >`select count(distinct event_id)::int as n from notifications.reminder r join meetings.meeting m on m.id = r.event_id where m.title like 'Diingatkan %'`
      )[0]?.n ?? 0;
    await eventually('all are reminded', async () => (await reminded()) === PLANNED, 90_000);

    const onA = pages.length;
    await a.kill9();
    ports.splice(0, 1);
    await pause(50);
    await eventually('all sockets are at the other', () => pages.every((one) => one.isWatching()), 60_000);
    await everybodyHears(b.url);
    const [doubled] = await offices.sql<{ n: number }[]>`
      select coalesce(sum(n - 1), 0)::int as n from (select count(*) as n from notifications.notice group by person_id, kind, ref, words having count(*) > 1) d`;
    const away = pages.flatMap((one) => one.away);
    if (away.length === 0) problems.push('no socket was at the portal that was killed');
    for (const problem of problems) console.log(`✗ ${problem}`);
    return report({
      bench: 'faults two',
      figures: {
        sockets: onA,
        moved: away.length,
        backP95Seconds: round(quantile(away, 0.95)),
        reminded: await reminded(),
        doubled: doubled?.n ?? 0,
        problems: problems.length,
      },
      aims: { backP95Seconds: { max: BACK_S }, reminded: { min: PLANNED }, doubled: { max: 0 }, problems: { max: 0 } },
    });
  } finally {
    for (const one of pages) one.close();
    balancer.close();
    await offices.close();
  }
}
