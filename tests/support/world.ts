// A portal with a database and a clock of its own.
import type { CallOf, Endpoint, ReplyOf } from '../../shared/endpoint.ts';
import { postTicket } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import type { RefusalBody } from '../../shared/refusals.ts';
import { buildApp, type App } from '../../server/app.ts';
import type { Sql } from '../../server/platform/database.ts';
import type { MailSettings } from '../../server/platform/mail-settings.ts';
import type { OidcSettings } from '../../server/platform/oidc-settings.ts';
import type { MediaServer } from '../../server/platform/media.ts';
import type { Limits } from '../../server/platform/gate.ts';
import type { ScannerSettings } from '../../server/platform/scanner.ts';
import { serveWeb } from '../../server/platform/web.ts';
import type { PushSettings } from '../../server/platform/push.ts';
import type { Tracing } from '../../server/platform/traced.ts';
import type { LiveKit } from '../../server/rooms/livekit.ts';
import { copyDatabase } from './database.ts';

/** A Monday, 09.00 WIB. */
const MONDAY = '2026-11-23T02:00:00Z';
export const HOST = 'portal.test';
/** Signs the personal links of every test world. */
export const SECRET = 'rahasia-uji-portal-0123456789abcdefghij';

export type TestClock = { now(): Date; set(at: Date | string): void; advance(ms: number): void };
export type World = {
  /** The database as tests arrange it: its owner. The portal itself works with a lesser role. */
  sql: Sql;
  /** Where this world's database is, for a second portal on it. */
  databaseUrl: string;
  clock: TestClock;
  app: App;
  /** A browser that nobody has signed in with; `headers` go with each of its calls (a user agent, a link). */
  visitor(headers?: Record<string, string>): Client;
  signIn(login: string, password: string, headers?: Record<string, string>): Promise<Client>;
  /** Takes real connections; answers the origin. */
  listen(): Promise<string>;
  close(): Promise<void>;
  /** Ends the portal and keeps its database; answers the name other worlds are copied from it by. */
  freeze(): Promise<string>;
};
export type WorldOptions = {
  media?: MediaServer | null;
  livekit?: LiveKit;
  now?: Date | string;
  /** The database to copy; without it, a migrated one that holds nothing. */
  template?: string;
  origin?: string | null;
  secure?: boolean;
  /** Serves the built web client too. */ web?: boolean;
  secret?: string;
  formerSecret?: string;
  /** Where the portal keeps what must survive a database that is away. */ dataFolder?: string;
  push?: PushSettings;
  mail?: MailSettings;
  oidc?: OidcSettings;
  scanner?: ScannerSettings;
  metricsToken?: string;
  tracing?: Tracing;
  trustProxy?: string;
  /** What the portal writes down; warnings, unless told otherwise. */ heard?: (line: string) => void;
  heardFrom?: 'info' | 'warn';
  /** As a portal of an office has them; without it so wide that no test meets them by accident. */ limits?: Limits;
};

const ample = { size: 1_000_000, everyMs: 1 };
const WIDE: Limits = { places: { all: 100_000, bare: 100_000 }, marks: ample, browser: ample, bare: ample, strangers: ample };

export function settableClock(start: Date | string): TestClock {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    set: (to) => void (at = new Date(to).getTime()),
    advance: (ms) => void (at += ms),
  };
}

export async function makeWorld({
  media = null,
  livekit,
  now = MONDAY,
  template,
  origin = null,
  secure = false,
  web = false,
  dataFolder,
  secret = SECRET,
  formerSecret,
  push,
  mail,
  oidc,
  scanner,
  metricsToken,
  tracing,
  trustProxy,
  heard,
  heardFrom = 'warn',
  limits = WIDE,
}: WorldOptions = {}): Promise<World> {
  const database = await copyDatabase(template);
  const { sql } = database;
  const clock = settableClock(now);
  const app = await buildApp({
    sql,
    clock,
    logger: heard ? { level: heardFrom, stream: { write: heard } } : false,
    media,
    secret,
    ...(formerSecret !== undefined && { formerSecret }),
    origin,
    listenUrl: `http://${HOST}`,
    secure,
    trustProxy: trustProxy ?? false,
    limits,
    ...(livekit && { livekit }),
    ...(dataFolder !== undefined && { dataFolder }),
    ...(push && { push }),
    ...(mail && { mail }),
    ...(oidc && { oidc }),
    ...(scanner && { scanner }),
    ...(metricsToken !== undefined && { metricsToken }),
    ...(tracing && { tracing }),
  });
  if (web) await serveWeb(app.fastify, { origin, secure, mark: app.mark });
  const visitor = (headers: Record<string, string> = {}): Client => openClient(app, origin ?? `http://${HOST}`, undefined, headers);
  return {
    sql: database.owner,
    databaseUrl: database.url,
    clock,
    app,
    visitor,
    async signIn(login, password, headers) {
      const client = visitor(headers);
      await client.call(postSession, { body: { login, password } });
      return client;
    },
    listen: async () => app.fastify.listen({ port: 0, host: '127.0.0.1' }),
    async close() {
      await app.close();
      await database.drop();
    },
    async freeze() {
      await app.close();
      await database.close();
      return database.name;
    },
  };
}

/** Worlds filled alike: made once for each instant of their clocks, then copied with the database, and told what was made. */
export function copiesOf<T>(fill: (world: World) => Promise<T>): (options?: Omit<WorldOptions, 'template'>) => Promise<{ world: World; made: T }> {
  const frozen = new Map<string, Promise<{ template: string; made: T }>>();
  async function freeze(now: string): Promise<{ template: string; made: T }> {
    const world = await makeWorld({ now });
    const made = await fill(world);
    return { made, template: await world.freeze() };
  }
  return async ({ now = MONDAY, ...options } = {}) => {
    const at = new Date(now).toISOString();
    if (!frozen.has(at)) frozen.set(at, freeze(at));
    const { template, made } = await frozen.get(at)!;
    return { world: await makeWorld({ ...options, now, template }), made: structuredClone(made) };
  };
}

/** The portal said no. */
export class CallRefused extends Error {
  readonly code: string;
  readonly status: number;
  readonly body: RefusalBody;
  constructor(endpoint: Endpoint, status: number, body: RefusalBody) {
    super(`${endpoint.method} ${endpoint.path}: ${status} ${body.error.code} ${JSON.stringify(body.error.fields ?? '')}`);
    this.code = body.error.code;
    this.status = status;
    this.body = body;
  }
}

export type Client = ReturnType<typeof openClient>;
type Given = { params?: Record<string, string>; query?: Record<string, string | number | boolean>; body?: unknown };
type Raw = { status: number; headers: Record<string, string | string[] | number | undefined>; payload: Buffer; text: string };

/** Whoever asks for a ticket has read the notice, unless the test says `notice: undefined`. */
const readsNotice = (given: Given): Given => ({ ...given, body: { notice: 1, ...(given.body as object) } });

/** A browser as the server sees it: cookies, its own origin, headers of its own. */
export function openClient(app: Pick<App, 'fastify'>, origin: string, link?: string, own: Record<string, string> = {}) {
  const cookies = new Map<string, string>();

  async function send(endpoint: Endpoint, asked: Given, headers: Record<string, string> = {}): Promise<Raw> {
    const given = endpoint === postTicket ? readsNotice(asked) : asked;
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(given.params?.[name] ?? ''));
    const query = Object.entries(given.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]);
    const payload = typeof given.body === 'string' || given.body instanceof Uint8Array ? Buffer.from(given.body) : JSON.stringify(given.body);
    const reply = await app.fastify.inject({
      method: endpoint.method,
      url: query.length > 0 ? `${path}?${new URLSearchParams(query).toString()}` : path,
      headers: {
        host: new URL(origin).host,
        origin,
        ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...(link !== undefined && { 'x-tautan': link }),
        ...own,
        ...(given.body !== undefined && { 'content-type': endpoint.bodyType ?? 'application/json' }),
        ...headers,
      },
      ...(given.body !== undefined && { payload }),
    });
    for (const { name, value, maxAge } of reply.cookies) {
      if (value === '' || maxAge === 0) cookies.delete(name);
      else cookies.set(name, value);
    }
    return { status: reply.statusCode, headers: reply.headers, payload: reply.rawPayload, text: reply.payload };
  }

  /** The reply, typed; throws CallRefused. */
  async function call<const E extends Endpoint>(endpoint: E, given: CallOf<E>): Promise<ReplyOf<E>> {
    const { status, headers, payload, text } = await send(endpoint, given as Given);
    if (status >= 400) throw new CallRefused(endpoint, status, JSON.parse(text) as RefusalBody);
    if (status === 204) return undefined as ReplyOf<E>;
    const isJson = String(headers['content-type']).includes('json');
    return (isJson ? JSON.parse(text) : new Blob([new Uint8Array(payload)])) as ReplyOf<E>;
  }

  /** The code of the refusal, or null when it was accepted. */
  async function refusalOf<const E extends Endpoint>(endpoint: E, given: CallOf<E>): Promise<string | null> {
    return call(endpoint, given).then(
      () => null,
      (error: unknown) => {
        if (error instanceof CallRefused) return error.code;
        throw error;
      },
    );
  }

  return { cookies, send, call, refusalOf };
}
