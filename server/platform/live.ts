// Pushes to browsers. What a transaction tells (live-tell.ts) reaches every portal process on commit; each hands the message
// to the sockets that watch the topic. A message is a type and ids; browsers refetch.
import type { IncomingMessage, ServerResponse } from 'node:http';
import websocket from '@fastify/websocket';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { LiveAnswer, LiveMessage, LiveRequest } from '../../shared/live.ts';
import type { Sql } from './database.ts';
import { addressOf } from './gate.ts';
import { createBounds, holderOf } from './live-bounds.ts';
import { createTabs } from './live-tabs.ts';
import { CHANNEL, type Packet } from './live-tell.ts';
import type { Meter } from './metrics.ts';
import { Refusal } from './refusal.ts';
import { knownDevice } from './marks.ts';
import { isOwnOrigin, passOf, type Caller, type SignedIn } from './serve.ts';

export { tell, tellAll, type Telling } from './live-tell.ts';

/** False: may not. A text: may, as this member, and is asked again when that member's right changes. */
type Watch = (caller: Caller, id: string) => Promise<boolean | string>;
/** What modules hear; the rest is this file's own. */
type Heard = Exclude<LiveRequest, { type: 'hello' | 'watch' | 'unwatch' | 'beat' }>;
type Hear<K extends Heard['type']> = (caller: Caller, request: Extract<Heard, { type: K }>) => Promise<void>;
type Open = { ws: WebSocket; topics: Map<string, string | null>; caller: Caller; alive: boolean };

const Request = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), link: z.string().max(100) }),
  z.object({ type: z.literal('watch'), topic: z.string().max(80) }),
  z.object({ type: z.literal('unwatch'), topic: z.string().max(80) }),
  z.object({ type: z.literal('beat') }),
  z.object({ type: z.literal('ringing'), callId: z.uuid(), round: z.number().int().min(1).max(1000), sounding: z.boolean() }),
  z.object({ type: z.literal('present'), meetingId: z.uuid(), identity: z.string().max(80), sid: z.string().regex(/^PA_\w{1,40}$/) }),
]);

/** Bytes that may wait for one browser before it is let go: more than a thousand messages. It comes back and asks anew. */
const MAX_WAITING = 256 * 1024;
const MAX_TOPICS = 50;
/** Bytes of one frame at any socket of the portal. The plugin knows one bound for all; the signalling door needs this much. */
const MAX_FRAME = 512 * 1024;
/** Characters of one request here. */
const MAX_REQUEST = 4096;
/** Requests kept until it is known who somebody is. */
const MAX_EARLY = 100;
const BEAT_MS = 15_000;
/** How often it is looked whether people are still who they were: sessions grow old, posts end with the day. */
const REVIEW_MS = 60_000;

export type Live = ReturnType<typeof createLive>;

export function createLive({
  sql,
  log,
  whoIs,
  stillIn,
  origin,
  meter,
  version = null,
}: {
  sql: Sql;
  log: FastifyBaseLogger;
  whoIs: (request: FastifyRequest) => Promise<SignedIn | null>;
  /** Of these sessions those that are not over, with who holds them now. */
  stillIn: (sessionIds: readonly string[]) => Promise<Map<string, SignedIn>>;
  origin: string | null;
  meter?: Pick<Meter, 'sent' | 'closed'>;
  /** Of the program. */ version?: string | null;
}) {
  const watchers = new Map<string, Watch>();
  const hearers: { [K in Heard['type']]?: Hear<K> } = {};
  const sockets = new Set<Open>();
  const byTopic = new Map<string, Set<Open>>();
  const replies = new WeakMap<IncomingMessage, ServerResponse>();
  const tabs = createTabs({ sql, log, version });
  const bounds = createBounds();
  let listening: { unlisten: () => Promise<void> } | null = null;
  let beat: NodeJS.Timeout | null = null;
  let reviews: NodeJS.Timeout | null = null;

  /** A module says who may watch a kind of topic. */
  function allow(kind: string, watch: Watch): void {
    watchers.set(kind, watch);
  }

  /** A module hears one kind of request. Nobody is answered; what it refuses is as if it had not been said. */
  function hear<K extends Heard['type']>(kind: K, take: Hear<K>): void {
    Object.assign(hearers, { [kind]: take });
  }

  const send = (socket: Open, message: LiveMessage | LiveAnswer): void => write(socket, JSON.stringify(message));

  function write({ ws }: Open, text: string): void {
    if (ws.readyState !== ws.OPEN) return;
    if (ws.bufferedAmount > MAX_WAITING) {
      meter?.closed('slow');
      return ws.close(1013, 'too slow');
    }
    ws.send(text);
    meter?.sent();
  }

  function subscribe(socket: Open, topic: string, as: string | null = null): void {
    socket.topics.set(topic, as);
    const set = byTopic.get(topic) ?? new Set();
    byTopic.set(topic, set.add(socket));
  }

  function unsubscribe(socket: Open, topic: string): void {
    socket.topics.delete(topic);
    const set = byTopic.get(topic);
    set?.delete(socket);
    if (set?.size === 0) byTopic.delete(topic);
  }

  function deliver(payload: string): void {
    for (const { topics, message } of [JSON.parse(payload) as Packet | Packet[]].flat()) hand(topics, message);
  }

  function hand(topics: readonly string[], message: LiveMessage): void {
    const reached = new Set<Open>();
    for (const topic of topics) for (const socket of byTopic.get(topic) ?? []) reached.add(socket);
    const text = JSON.stringify(message);
    for (const socket of reached) {
      write(socket, text);
      if (message.type === 'session.ended') socket.ws.close(4401, 'session ended');
      if (message.type === 'rights.changed') socket.ws.close(1012, 'rights changed');
      if (message.type === 'right.changed') for (const [topic, as] of socket.topics) if (as === message.member) void askAgain(socket, topic);
    }
  }

  async function mayWatch({ caller }: Open, topic: string): Promise<boolean | string> {
    const [kind = '', id = ''] = topic.split(':');
    const watch = watchers.get(kind);
    return watch !== undefined && z.uuid().safeParse(id).success && watch(caller, id).catch(() => false);
  }

  /** Who was removed has been told, and hears nothing more; the page may ask anew. */
  async function askAgain(socket: Open, topic: string): Promise<void> {
    if ((await mayWatch(socket, topic)) !== false) return;
    unsubscribe(socket, topic);
    send(socket, { type: 'refused', topic });
  }

  async function answer(socket: Open, raw: string): Promise<void> {
    if (raw.length > MAX_REQUEST) return socket.ws.close(1009, 'too large');
    const request = Request.safeParse(safeJson(raw));
    if (!request.success) return socket.ws.close(1008, 'not understood');
    socket.alive = true;
    const { data } = request;
    if (data.type === 'hello') {
      socket.caller = { ...socket.caller, link: data.link };
      return send(socket, { type: 'ready' });
    }
    if (data.type === 'present') return heard(hearers.present?.(socket.caller, data));
    if (data.type === 'ringing') return heard(hearers.ringing?.(socket.caller, data));
    if (data.type === 'unwatch') return unsubscribe(socket, data.topic);
    if (data.type === 'watch') {
      const allowed = socket.topics.size < MAX_TOPICS && (await mayWatch(socket, data.topic));
      if (allowed !== false) subscribe(socket, data.topic, allowed === true ? null : allowed);
      send(socket, { type: allowed === false ? 'refused' : 'watching', topic: data.topic });
    }
  }

  /** A refusal is as if it had not been said. */
  async function heard(taken: Promise<void> | undefined): Promise<void> {
    try {
      await taken;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  async function mount(app: FastifyInstance): Promise<void> {
    await app.register(websocket, { options: { maxPayload: MAX_FRAME } });
    // The plugin opens a socket on any page that is asked for one, and then closes it: no other place than these opens.
    const places = new Set<string>();
    app.addHook('onRoute', ({ url, websocket: isSocket }) => void (isSocket && places.add(url)));
    app.addHook('onRequest', async (request, reply) => (request.ws && !places.has(request.routeOptions.url ?? '') ? reply.code(404).send() : undefined));
    app.get(
      '/api/live',
      {
        websocket: true,
        preValidation: async (request, reply) => {
          if (!isOwnOrigin(request.headers.origin, request, origin)) return reply.code(403).send();
          replies.set(request.raw, reply.raw);
        },
      },
      async (ws: WebSocket, request) => {
        // Messages that arrive while the session is looked up must not be lost.
        const early: string[] = [];
        const hold = (data: Buffer): void => void (early.length < MAX_EARLY ? early.push(String(data)) : ws.close(1008, 'too many messages'));
        ws.on('message', hold);
        const person = await whoIs(request).catch(() => null);
        // Gone while it was looked up: no `close` follows.
        if (ws.readyState !== ws.OPEN) return;
        const device = knownDevice(request);
        const leave = bounds.enter(holderOf(person?.id ?? null, device, addressOf(request)));
        if (leave === null) return ws.close(1013, 'too many sockets');
        // A socket outlives its opening by hours: request and reply, which the plugin and Node keep with it, weigh as much as itself.
        ws.removeAllListeners('error');
        replies.get(request.raw)?.detachSocket(request.raw.socket);
        const pass = passOf(request);
        const socket: Open = {
          ws,
          topics: new Map(),
          caller: { person, link: null, pass, device: () => device ?? '' },
          alive: true,
        };
        sockets.add(socket);
        if (person) {
          for (const topic of [`person:${person.id}`, `session:${person.sessionId}`]) subscribe(socket, topic);
          tabs.count(person.id, 1);
        }
        ws.off('message', hold);
        const maySpeak = bounds.speaker();
        const take = (text: string): void =>
          void (!maySpeak()
            ? ws.close(1008, 'too many messages')
            : answer(socket, text).catch((error: unknown) => log.warn({ err: error }, 'live request failed')));
        ws.on('message', (data: Buffer) => take(data.toString()));
        ws.on('pong', () => (socket.alive = true));
        ws.on('error', () => ws.terminate());
        ws.on('close', () => {
          sockets.delete(socket);
          leave();
          if (person) tabs.count(person.id, -1);
          for (const topic of socket.topics.keys()) unsubscribe(socket, topic);
        });
        send(socket, { type: 'ready' });
        early.forEach(take);
      },
    );
    // `ready` again after the listening connection was lost: what was missed meanwhile is refetched.
    listening = await sql.listen(CHANNEL, deliver, () => sockets.forEach((socket) => send(socket, { type: 'ready' })));
    beat = setInterval(checkAlive, BEAT_MS).unref();
    reviews = setInterval(() => void review().catch((error: unknown) => log.warn({ err: error }, 'sockets not reviewed')), REVIEW_MS).unref();
    await tabs.start();
  }

  /** A half-open socket does not answer a ping; it is let go at the next round. */
  function checkAlive(): void {
    for (const socket of sockets) {
      if (!socket.alive) {
        meter?.closed('silent');
        socket.ws.terminate();
        continue;
      }
      socket.alive = false;
      socket.ws.ping();
    }
  }

  /** A socket outlives its session, and a post, by what nobody told: whose session is over is let go, who has other rights comes back with them. */
  async function review(): Promise<void> {
    const held = [...sockets].flatMap(({ ws, caller: { person } }) => (person === null ? [] : [{ ws, person }]));
    if (held.length === 0) return;
    const now = await stillIn([...new Set(held.map(({ person }) => person.sessionId))]);
    for (const { ws, person } of held) {
      const known = now.get(person.sessionId);
      if (!known) ws.close(4401, 'session ended');
      else if (rightsOf(known) !== rightsOf(person)) ws.close(1012, 'rights changed');
    }
  }

  async function close(): Promise<void> {
    if (beat) clearInterval(beat);
    if (reviews) clearInterval(reviews);
    for (const socket of sockets) {
      send(socket, { type: 'portal.closing' });
      socket.ws.close(1012, 'portal is stopping');
    }
    await tabs.stop();
    await listening?.unlisten().catch(() => {});
  }

  return { allow, hear, mount, close, review, openTabs: tabs.openTabs, /** Open here. */ sockets: (): number => sockets.size, processes: tabs.processes };
}

const rightsOf = ({ opdId, roles, managesOpds }: SignedIn): string => [opdId, ...roles.toSorted(), ...managesOpds.toSorted()].join();

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
