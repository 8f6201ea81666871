// The signalling proxy is the door: LiveKit's own tokens outlive a removal and carry rights of the past (livekit.md §0.8–9),
// so every connection is compared with the decision of this moment. Only the four signalling paths exist here.
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import { WebSocket, type RawData } from 'ws';
import { isOwnOrigin } from '../platform/serve.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { parseIdentity, parseRecorder, type Identity } from './identity.ts';
import type { LiveKit } from './livekit.ts';
import { fitsRight, type Claims } from './rights.ts';
import * as store from './store.ts';

/** One signalling message, bytes: the SDP of a room of hundreds is below this; a 100 MiB frame cost LiveKit 1.4 GiB. */
const MAX_FRAME = 512 * 1024;
const MAX_WAITING = 4 * 1024 * 1024;
const MAX_URL = 16 * 1024;
const UPSTREAM_MS = 5_000;

/** A module's further condition on members of its own rooms (a personal link is bound to the first browser that enters). */
export type EntryCheck = (tx: Tx, roomId: string, identity: Identity) => Promise<boolean>;
type Passage = { client: WebSocket; upstream: WebSocket };
type Judged = { status: 200; key: string; room: string; identity: string } | { status: 401 | 403 | 404 | 503 };
type World = {
  sql: Sql;
  log: FastifyBaseLogger;
  livekit: () => LiveKit | null;
  ensureRoom: (name: string) => Promise<void>;
  /** LiveKit said that there is no such room. */
  forgetRoom: (name: string) => void;
  /** In the order in which they are tried. */
  mediaUrls: () => readonly string[];
  origin: string | null;
  mayEnter: EntryCheck;
};

export function createDoor({ sql, log, livekit, ensureRoom, forgetRoom, mediaUrls, origin, mayEnter }: World) {
  const passages = new Map<string, Set<Passage>>();
  /** How many connections an identity has here. */
  const inside = new Map<string, number>();
  const waiting = new WeakMap<FastifyRequest, { upstream: WebSocket; early: [RawData, boolean][]; key: string; identity: string }>();

  /** 401: not a token of ours. 403: a token that says more than the portal says now. 404: no such room. */
  async function judge(request: FastifyRequest): Promise<Judged> {
    const token = tokenOf(request);
    const device = livekit();
    if (!device) return { status: 503 };
    if (token === null || (request.raw.url?.length ?? 0) > MAX_URL) return { status: 401 };
    const claims = await device.readToken(token);
    const recording = claims ? parseRecorder(claims.identity) : null;
    if (claims && recording !== null) return judgeRecorder(claims, recording);
    const identity = claims ? parseIdentity(claims.identity) : null;
    if (!claims || !identity) return { status: 401 };
    const standing = await store.standing(sql, { roomName: claims.room }, identity.member);
    if (!standing) return { status: 404 };
    if (standing.closedAt || !fitsRight(claims, standing.word, standing.bars)) return { status: 403 };
    const [may] = await Promise.all([mayEnter(sql, standing.roomId, identity), ensureRoom(claims.room)]);
    if (!may) return { status: 403 };
    return { status: 200, key: keyOf(standing.roomId, identity.member), room: claims.room, identity: claims.identity };
  }

  /** The recorder of the recording that runs in this room now, as a silent listener and as nothing more. */
  async function judgeRecorder(claims: Claims, recording: string): Promise<Judged> {
    const room = await store.recordedRoom(sql, { roomName: claims.room });
    if (room?.recording !== recording || !fitsRight(claims, 'recorder')) return { status: 403 };
    await ensureRoom(claims.room);
    return { status: 200, key: keyOf(room.id, claims.identity), room: claims.room, identity: claims.identity };
  }

  async function mount(app: FastifyInstance): Promise<void> {
    for (const path of ['/rtc', '/rtc/v1'])
      app.get(
        path,
        {
          websocket: true,
          preValidation: async (request, reply) => {
            if (request.headers.origin !== undefined && !isOwnOrigin(request.headers.origin, request, origin)) return reply.code(403).send();
            const judged = await judge(request).catch((error: unknown) => (log.warn({ err: error }, 'door could not judge'), { status: 503 as const }));
            if (judged.status !== 200) return reply.code(judged.status).send();
            const upstream = await connect(request);
            if (typeof upstream === 'number') {
              if (upstream === 404) forgetRoom(judged.room);
              return reply.code(upstream).send();
            }
            waiting.set(request, { ...upstream, key: judged.key, identity: judged.identity });
            request.raw.socket.once('close', () => upstream.upstream.terminate());
          },
        },
        (client: WebSocket, request) => {
          const arrived = waiting.get(request);
          if (!arrived) return client.close(1011);
          pass(client, arrived);
          for (const [data, binary] of arrived.early) client.send(data, { binary });
        },
      );
    // What the browser's SDK asks after a refusal, to learn why.
    for (const path of ['/rtc/validate', '/rtc/v1/validate'])
      app.get(path, async (request, reply) => {
        const judged = await judge(request).catch(() => ({ status: 503 as const }));
        return reply
          .code(judged.status)
          .header('cache-control', 'no-store')
          .type('text/plain; charset=utf-8')
          .send(judged.status === 200 ? 'success' : 'refused by the portal');
      });
  }

  /** Connects to LiveKit before the browser is let in, so that LiveKit's own refusal keeps its status. */
  async function connect(request: FastifyRequest): Promise<{ upstream: WebSocket; early: [RawData, boolean][] } | number> {
    let answer: Awaited<ReturnType<typeof connectTo>> = 503;
    for (const base of mediaUrls()) {
      answer = await connectTo(base, request);
      // A node that is away or has lost the others: another one takes them in.
      if (typeof answer !== 'number' || answer < 500) return answer;
    }
    return answer;
  }

  function connectTo(base: string, request: FastifyRequest): Promise<{ upstream: WebSocket; early: [RawData, boolean][] } | number> {
    return new Promise((resolve) => {
      const upstream = new WebSocket(`${base.replace(/^http/, 'ws')}${request.raw.url ?? ''}`, {
        maxPayload: 8 * MAX_FRAME,
        handshakeTimeout: UPSTREAM_MS,
        perMessageDeflate: false,
        headers: { 'user-agent': request.headers['user-agent'] ?? '', ...authorizationOf(request) },
      });
      const early: [RawData, boolean][] = [];
      upstream.on('message', (data, binary) => early.push([data, binary]));
      upstream.once('open', () => resolve({ upstream, early }));
      upstream.once('unexpected-response', (_request, response) => {
        response.resume();
        upstream.on('error', () => {});
        upstream.terminate();
        resolve(response.statusCode ?? 502);
      });
      upstream.once('error', () => resolve(503));
    });
  }

  function pass(client: WebSocket, { upstream, key, identity }: { upstream: WebSocket; key: string; identity: string }): void {
    const passage = { client, upstream };
    const set = passages.get(key) ?? new Set();
    passages.set(key, set.add(passage));
    inside.set(identity, (inside.get(identity) ?? 0) + 1);
    upstream.removeAllListeners('message');
    const over = (): void => {
      set.delete(passage);
      const left = (inside.get(identity) ?? 1) - 1;
      if (left > 0) inside.set(identity, left);
      else inside.delete(identity);
      if (set.size === 0 && passages.get(key) === set) passages.delete(key);
    };
    relay(client, upstream, MAX_FRAME);
    relay(upstream, client, 8 * MAX_FRAME);
    client.on('close', (code) => (over(), shut(upstream, code)));
    upstream.on('close', (code) => shut(client, code));
    client.on('error', () => client.terminate());
    upstream.on('error', () => upstream.terminate());
    if (client.readyState !== WebSocket.OPEN) shut(upstream, 1000);
    if (upstream.readyState !== WebSocket.OPEN) shut(client, 1011);
  }

  /** Cuts the signalling of a member at this portal process; LiveKit is told separately, for all processes. */
  function cut(roomId: string, member: string): void {
    for (const { client, upstream } of passages.get(keyOf(roomId, member)) ?? []) {
      client.close(4403, 'removed');
      upstream.terminate();
    }
  }

  function close(): void {
    for (const { client, upstream } of [...passages.values()].flatMap((set) => [...set])) {
      client.close(1012);
      upstream.terminate();
    }
  }

  /** Somebody with a token for this identity holds a signalling connection through this process now. */
  const isOpen = (identity: string): boolean => inside.has(identity);

  const count = (): number => [...inside.values()].reduce((sum, n) => sum + n, 0);

  return { mount, cut, close, isOpen, passages: count };
}

/** Browsers put it into the query, native clients into the header. */
function tokenOf(request: FastifyRequest): string | null {
  const { access_token: asked } = request.query as { access_token?: unknown };
  if (asked !== undefined) return typeof asked === 'string' ? asked : null;
  return /^Bearer ([\w.-]+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/** Only when it is the token that was judged: LiveKit prefers the header to the query. */
const authorizationOf = (request: FastifyRequest): { authorization?: string } =>
  (request.query as { access_token?: unknown }).access_token === undefined && request.headers.authorization
    ? { authorization: request.headers.authorization }
    : {};

const keyOf = (roomId: string, member: string): string => `${roomId} ${member}`;

function relay(from: WebSocket, to: WebSocket, maxFrame: number): void {
  from.on('message', (data, binary) => {
    if ((data as Buffer).length > maxFrame) return from.close(1009, 'too large');
    if (to.readyState !== WebSocket.OPEN) return;
    if (to.bufferedAmount > MAX_WAITING) return to.terminate();
    to.send(data, { binary });
  });
}

function shut(socket: WebSocket, code: number): void {
  if (socket.readyState !== WebSocket.OPEN) return socket.terminate();
  // 1004–1006 and 1015 must not be sent.
  socket.close((code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || code >= 3000 ? code : 1011);
}
