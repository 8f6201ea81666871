// Signed webhook events per second until they are committed, through the portal's own receiver, against the same rows inserted
// plainly (one statement and one commit each, same columns, keys and indexes, no chain, nobody told) by as many connections into the same Postgres.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { getInvitations, postMeetingNow } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { readSecrets } from '../../server/platform/secrets.ts';
import { newIdentity, parseIdentity } from '../../server/rooms/identity.ts';
import { temporaryFolder } from '../support/database.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { mediaReady, startPortal } from '../support/portal.ts';
import { median, report, round } from './figures.ts';

const ROUNDS = 5;
/** Rooms, each with a connection of its own: LiveKit sends the events of a room one after the other. */
const CONNECTIONS = 40;
/** Events of one connection in one round: half joins, half leaves. */
const EVENTS = 150;

type Event = { id: string; kind: 'joined' | 'left'; sid: string; identity: string; at: number; room: string; roomId: string };

const dataFolder = temporaryFolder();
const portal = await startPortal({ dataFolder });
await mediaReady(portal);
const { livekitWebhook: pair } = readSecrets(dataFolder, () => {});
const sockets: Socket[] = [];
// The folder of its socket is the fifth line of Postgres' own pid file.
const host = readFileSync(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[4] ?? '';
const sql = openDatabase(`postgres://portal@localhost/portal?host=${encodeURIComponent(host)}`, { max: CONNECTIONS });
try {
  await sql`create table public.plain_presence (like rooms.presence including all)`;
  await sql`alter table public.plain_presence add foreign key (room_id) references rooms.room`;
  await sql`alter table public.plain_presence drop column stream, drop column seq, drop column digest, drop column hash, drop column destroyed_at`;
  const chair = portalClient(portal.url);
  await chair.call(postSession, { body: demoLogin(portal.said(), 'Kepala Dinas Sosial') });
  const rooms: { id: string; name: string; identity: string }[] = [];
  for (let n = 0; n < CONNECTIONS; n += 1) {
    const { id } = await chair.call(postMeetingNow, {
      body: { title: `Ukur ${n}`, sifat: 'biasa', invite: { guests: [{ name: 'Tamu Ukur', institution: 'Ukur' }] } },
    });
    const member = (await chair.call(getInvitations, { params: { id } })).find((i) => i.name === 'Tamu Ukur')?.member ?? '';
    const [room] = await sql<
      { id: string; name: string }[]
    >`select r.id, r.name from rooms.room r join meetings.meeting m on m.room_id = r.id where m.id = ${id}`;
    if (room) rooms.push({ ...room, identity: newIdentity(member, 'link', 'ukur') });
  }
  for (let n = 0; n < CONNECTIONS; n += 1) sockets.push(await openSocket());

  let count = 0;
  const eventsOf = ({ id, name, identity }: (typeof rooms)[number]): Event[] =>
    Array.from({ length: EVENTS }, (_, n) => {
      count += 1;
      const sid = `PA_${String(n % 2 === 0 ? count : count - 1)}`;
      return { id: `EV_${count}`, kind: n % 2 === 0 ? 'joined' : 'left', sid, identity, at: Date.now(), room: name, roomId: id };
    });
  const rate = async (work: (events: Event[], connection: number) => Promise<void>, prepared: Event[][]): Promise<number> => {
    const from = performance.now();
    await Promise.all(prepared.map(work));
    return (CONNECTIONS * EVENTS * 1000) / (performance.now() - from);
  };
  const ours = async (): Promise<number> => {
    const prepared = rooms.map(eventsOf);
    const requests = new Map(prepared.flat().map((event) => [event, requestOf(event)]));
    return rate(async (events, connection) => {
      for (const event of events) await send(sockets[connection], requests.get(event) ?? Buffer.of());
    }, prepared);
  };
  const plain = async (): Promise<number> =>
    rate(async (events) => {
      for (const { id, kind, sid, identity, at, roomId } of events) {
        const { member, device } = parseIdentity(identity) ?? { member: '', device: '' };
        await sql`
          insert into public.plain_presence (room_id, source, kind, event_id, sid, member, device, at, reason, received_at)
          values (${roomId}, 'webhook', ${kind}, ${id}, ${sid}, ${member}, ${device}, ${new Date(at)}, ${kind === 'left' ? 'CLIENT_INITIATED' : null}, ${new Date()})`;
      }
    }, rooms.map(eventsOf));

  await ours();
  await plain();
  const rates: { ours: number[]; plain: number[] } = { ours: [], plain: [] };
  for (let n = 0; n < ROUNDS; n += 1) {
    rates.plain.push(await plain());
    rates.ours.push(await ours());
  }
  const [kept] = await sql<{ n: number; forks: number }[]>`
    select count(*)::int as n, (count(*) - count(distinct (stream, seq)))::int as forks from rooms.presence where source = 'webhook' and room_id = any(${rooms.map((r) => r.id)}::uuid[])`;
  const expected = (ROUNDS + 1) * CONNECTIONS * EVENTS;
  if (kept?.n !== expected || kept.forks > 0) throw new Error(`${kept?.n} of ${expected} events are in the log, ${kept?.forks} forks`);
  const figures = {
    ratio: round(median(rates.ours) / median(rates.plain)),
    eventsPerSecond: Math.round(median(rates.ours)),
    plainPerSecond: Math.round(median(rates.plain)),
  };
  report({ bench: 'ingest', figures, aims: { ratio: { min: 0.5 } } });
} finally {
  for (const socket of sockets) socket.destroy();
  await sql.end({ timeout: 2 });
  await portal.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}

/** As LiveKit sends it, with what its room and participant carry. */
function requestOf({ id, kind, sid, identity, at, room }: Event): Buffer {
  const seconds = String(Math.floor(at / 1000));
  const body = JSON.stringify({
    event: `participant_${kind}`,
    room: {
      sid: 'RM_ukur',
      name: room,
      emptyTimeout: 3600,
      departureTimeout: 3600,
      creationTime: seconds,
      creationTimeMs: String(at),
      turnPassword: 'x'.repeat(43),
    },
    participant: {
      sid,
      identity,
      state: kind === 'joined' ? 'ACTIVE' : 'DISCONNECTED',
      joinedAt: seconds,
      joinedAtMs: String(at),
      version: 3,
      permission: { canSubscribe: true, canPublish: true, canPublishSources: ['CAMERA', 'MICROPHONE', 'SCREEN_SHARE', 'SCREEN_SHARE_AUDIO'] },
      isPublisher: false,
      ...(kind === 'left' && { disconnectReason: 'CLIENT_INITIATED' }),
    },
    id,
    createdAt: seconds,
  });
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const sha256 = createHash('sha256').update(body).digest('base64');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iss: pair.key, nbf: now, exp: now + 300, sha256 })}`;
  const token = `${signed}.${createHmac('sha256', pair.secret).update(signed).digest('base64url')}`;
  return Buffer.from(
    `POST /api/livekit/webhook HTTP/1.1\r\nhost: ${new URL(portal.url).host}\r\nauthorization: ${token}\r\ncontent-type: application/webhook+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

async function openSocket(): Promise<Socket> {
  const { hostname, port } = new URL(portal.url);
  const socket = connect(Number(port), hostname).setNoDelay(true);
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket;
}

/** One request and its answer, which is short and comes whole. */
function send(socket: Socket | undefined, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!socket) return reject(new Error('no connection'));
    let answer = '';
    const take = (data: Buffer): void => {
      answer += data.toString('latin1');
      if (!answer.endsWith('}')) return;
      socket.off('data', take);
      if (answer.startsWith('HTTP/1.1 200') && answer.endsWith('{"stored":true}')) resolve();
      else reject(new Error(answer));
    };
    socket.on('data', take);
    socket.write(request);
  });
}
