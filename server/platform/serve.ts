// Turns endpoint values and one-line handlers into Fastify routes: who may call, input checked, reply checked, refusals.
import type { Readable } from 'node:stream';
import cookie from '@fastify/cookie';
import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { BodyOf, Endpoint, EndpointSpec, FileReply, ParamsOf, QueryOf } from '../../shared/endpoint.ts';
import type { Role } from '../../shared/people.ts';
import { isDatabaseAway, isPassing } from './database.ts';
import type { Gate } from './gate.ts';
import { isModest, isText } from './json-body.ts';
import type { Once } from './once.ts';
import { prefixCookies, type Marks } from './marks.ts';
import { languageOf, Refusal, refusalBody, refuse, type Language } from './refusal.ts';

/** Somebody with a session, as `people` knows them at this moment. */
export type SignedIn = {
  id: string;
  name: string;
  sessionId: string;
  roles: readonly Role[];
  /** The OPD (top of the tree) the person belongs to. */
  opdId: string | null;
  /** OPDs whose staff and day this person may read: as its head, its admin, or (BKD, administrator) all. */
  managesOpds: readonly string[];
};

/** May act for this OPD: its head, its admin, an administrator. BKD reads every OPD and acts for its own. */
export const actsFor = (person: Pick<SignedIn, 'roles' | 'opdId' | 'managesOpds'>, opdId: string): boolean =>
  person.managesOpds.includes(opdId) && (!person.roles.includes('bkd') || person.roles.includes('administrator') || person.opdId === opdId);

/** Whoever calls: a session, a personal link, a press pass, several, or none; and the browser's own long-lived device id. */
export type Caller = { person: SignedIn | null; link: string | null; pass: string | null; device: () => string };

export type ServedFile = { content: Buffer | Readable | string; name?: string; type?: string };
type Replied<E extends EndpointSpec> = E['reply'] extends FileReply ? ServedFile : E['reply'] extends z.ZodType ? z.input<E['reply']> : void;

export type Context<E extends EndpointSpec> = {
  params: ParamsOf<E>;
  query: QueryOf<E>;
  body: BodyOf<E>;
  caller: Caller;
  /** The signed-in person; endpoints for `anyone`, `visitor` and `member` look at `caller` instead. */
  person: E['who'] extends 'anyone' | 'visitor' | 'member' ? SignedIn | null : SignedIn;
  language: Language;
  /** Leaves a press pass with this browser; null takes it away. */
  keepPass: (pass: string | null) => void;
  request: FastifyRequest;
  reply: FastifyReply;
};

export type Route = { endpoint: Endpoint; handle: (context: never) => Promise<unknown>; onAnswer?: (status: number) => unknown };

/** `onAnswer` hears every status that was sent, a refusal before the handler too. */
export function serve<const E extends Endpoint>(
  endpoint: E,
  handle: (context: Context<E>) => Promise<Replied<E>> | Replied<E>,
  { onAnswer }: Pick<Route, 'onAnswer'> = {},
): Route {
  return { endpoint, handle: async (context: never) => handle(context), ...(onAnswer && { onAnswer }) };
}

export const isFile = (reply: EndpointSpec['reply']): reply is FileReply => reply !== undefined && 'file' in reply;

export type ServeOptions = {
  log: FastifyBaseLogger;
  whoIs: (request: FastifyRequest) => Promise<SignedIn | null>;
  /** The one origin pages come from; when absent, the origin of the request's own Host. */
  origin: string | null;
  /** Cookies only over HTTPS. */
  secure: boolean;
  gate: Gate;
  marks: Marks;
  /** Refuses where a factor must be shown again. */
  requireFresh: (person: SignedIn) => Promise<void>;
  once: Once;
};

const MIB = 1024 * 1024;
/** Characters of path and query: fifty people to compare are two thousand. */
const MOST_ADDRESS = 8 * 1024;
/** Answers whether the portal lives, however busy it is. */
const UNBOUND: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);
/** Refusals of somebody who tried what is not theirs: a line of the log at level info. */
const KEPT_OUT: ReadonlySet<string> = new Set(['role.missing', 'origin.refused', 'press.not_moderator']);
const callers = new WeakMap<FastifyRequest, string>();
const LINK_HEADER = 'x-tautan';
/** A journalist's pass: in a cookie, so that downloads and pages without script carry it too. */
const PASS_COOKIE = 'pers';
const PASS_DAYS = 400;

export async function serveAll(app: FastifyInstance, routes: readonly Route[], options: ServeOptions): Promise<void> {
  await app.register(cookie);
  app.addHook('onRequest', async (request, reply) => {
    if (options.secure) prefixCookies(request, reply);
    options.marks.read(request);
  });
  // Only the media types the endpoint values name. The raw ones stay text.
  for (const type of ['text/csv', 'application/webhook+json'])
    app.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const readJson = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['text/plain', 'application/json']);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (!isText(body)) return done(new Refusal('input.not_json'));
    void readJson(request, body.toString(), (error, value) => done(error ?? (isModest(value) ? null : new Refusal('input.not_json')), value));
  });
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));
  app.setNotFoundHandler((request, reply) => answerError(new Refusal('not_found'), request, reply));
  for (const { endpoint, handle, onAnswer } of routes) {
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      bodyLimit: endpoint.bodyType === 'text/csv' || endpoint.bodyType === 'application/octet-stream' ? 6 * MIB : MIB,
      // Whatever a media server calls its events, or a proxy makes of it: a 415 would be one that is lost.
      ...(endpoint.bodyType === 'application/webhook+json' && {
        // Headers for browsers: no browser comes here.
        helmet: false,
      }),
      onRequest: async (request: FastifyRequest) => {
        if (endpoint.bodyType === 'application/webhook+json') request.raw.headers['content-type'] = endpoint.bodyType;
        if ((request.raw.url?.length ?? 0) > MOST_ADDRESS) refuse('input.too_large', { limit: `${MOST_ADDRESS / 1024} KiB` });
        if (!UNBOUND.has(endpoint.path)) options.gate.check(endpoint, request);
      },
      ...(onAnswer && {
        onResponse: (_request: FastifyRequest, reply: FastifyReply, done: () => void) => {
          onAnswer(reply.statusCode);
          done();
        },
      }),
      handler: (request, reply) =>
        options.gate.hold(request, async () => {
          checkOrigin(request, options.origin, endpoint);
          checkType(endpoint, request);
          const language = languageOf(request.headers['accept-language']);
          const person = endpoint.who === 'anyone' ? null : await options.whoIs(request);
          if (person) callers.set(request, person.id);
          checkWho(endpoint, person, request);
          if (endpoint.fresh && person) await options.requireFresh(person);
          const context = {
            params: parse(endpoint.params, request.params, language, 'params'),
            query: parse(endpoint.query, request.query, language, 'query'),
            body: parse(endpoint.body, request.body, language, 'body'),
            caller: {
              person,
              link: linkOf(request),
              pass: passOf(request),
              device: () => options.marks.give(request, reply),
            },
            person,
            language,
            keepPass: (pass: string | null) => setPass(reply, pass, options.secure),
            request,
            reply,
          };
          if (endpoint.once && person) {
            const told = await options.once.run(request, person.id, async () => replyText(endpoint, await handle(context as never)));
            return send(endpoint, reply, JSON.parse(told));
          }
          const result = await handle(context as never);
          return send(endpoint, reply, result);
        }),
    });
  }
}

/** As JSON: null where there is nothing to say. */
const replyText = (endpoint: Endpoint, result: unknown): string =>
  JSON.stringify(endpoint.reply === undefined || isFile(endpoint.reply) ? null : endpoint.reply.parse(result));

function send(endpoint: Endpoint, reply: FastifyReply, result: unknown): unknown {
  if (reply.sent) return reply;
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  if (endpoint.reply === undefined) return reply.code(204).send();
  if (isFile(endpoint.reply)) {
    const served = result as ServedFile;
    const type = served.type ?? (endpoint.reply.file === '*/*' ? 'application/octet-stream' : endpoint.reply.file);
    reply.type(type.startsWith('text/') ? `${type}; charset=utf-8` : type);
    if (served.name)
      reply.header(
        'content-disposition',
        `attachment; filename="${served.name.replace(/[^\w.-]+/g, '_')}"; filename*=UTF-8''${encodeURIComponent(served.name)}`,
      );
    return reply.send(served.content);
  }
  // Parsed on the way out: what the endpoint does not name is not told.
  return reply.send(endpoint.reply.parse(result));
}

function checkWho(endpoint: Endpoint, person: SignedIn | null, request: FastifyRequest): void {
  if (endpoint.who === 'anyone' || endpoint.who === 'visitor') return;
  if (endpoint.who === 'member') {
    if (!person && !linkOf(request)) refuse('session.required');
    return;
  }
  if (!person) refuse('session.required');
  if (endpoint.who === 'signedIn' || person.roles.includes('administrator')) return;
  if (!endpoint.who.some((role) => person.roles.includes(role))) refuse('role.missing');
}

/** A body is what its endpoint says it is: bytes sent as something else would pass for an object without fields. */
function checkType({ body, bodyType = 'application/json' }: Endpoint, request: FastifyRequest): void {
  const said = request.headers['content-type'];
  if (body === undefined || said === undefined) return;
  if (said.split(';', 1)[0]?.trim().toLowerCase() !== bodyType) refuse('input.media_type', { expected: bodyType });
}

/** Writes must come from the portal's own pages: a browser always says where a write comes from. */
function checkOrigin(request: FastifyRequest, configured: string | null, endpoint: Endpoint): void {
  if (endpoint.method === 'GET') return;
  const origin = request.headers.origin;
  if (origin === undefined) {
    if (request.cookies['sesi'] !== undefined || request.cookies[PASS_COOKIE] !== undefined) refuse('origin.refused');
    return;
  }
  if (!isOwnOrigin(origin, request, configured)) refuse('origin.refused');
}

/** Signalling of media goes through the portal's own origin. */
export const signallingUrl = (request: Pick<FastifyRequest, 'protocol' | 'host'>, origin: string | null): string =>
  (origin ?? `${request.protocol}://${request.host}`).replace(/^http/, 'ws');

export function isOwnOrigin(
  origin: string | undefined,
  request: { headers: { host?: string | undefined }; protocol?: string },
  configured: string | null,
): boolean {
  if (origin === undefined) return false;
  if (configured !== null) return origin === configured;
  return origin === `http://${request.headers.host}` || origin === `https://${request.headers.host}`;
}

function linkOf(request: FastifyRequest): string | null {
  const link = request.headers[LINK_HEADER];
  return typeof link === 'string' && link.length > 0 && link.length <= 100 ? link : null;
}

/** The press pass this browser holds; whose it is, and whether it still counts, is the press module's to say. */
export function passOf(request: FastifyRequest): string | null {
  const pass = request.cookies[PASS_COOKIE];
  return pass !== undefined && /^[\w-]{20,64}$/.test(pass) ? pass : null;
}

function setPass(reply: FastifyReply, pass: string | null, secure: boolean): void {
  reply.setCookie(PASS_COOKIE, pass ?? '', { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: pass === null ? 0 : PASS_DAYS * 86_400 });
}

const locales = { id: z.locales.id().localeError, en: z.locales.en().localeError };

function parse(schema: z.ZodType | undefined, value: unknown, language: Language, where: string): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value ?? (where === 'body' ? undefined : {}), {
    error: locales[language],
  });
  if (result.success) return result.data;
  refuse(
    'input.invalid',
    {},
    result.error.issues.slice(0, 20).map((issue) => ({
      path: issue.path.map(String).join('.') || where,
      message: issue.message,
    })),
  );
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalFor(error, request);
  if (KEPT_OUT.has(refusal.code)) request.log.info({ code: refusal.code, route: request.routeOptions.url, person: callers.get(request) ?? null }, 'refused');
  if (refusal.status === 503) reply.header('retry-after', '5');
  // Whoever reads it out can be found in the log.
  if (refusal.status >= 500) reply.header('x-request-id', request.id);
  if (['session.slow_down', 'limit.reached', 'portal.busy'].includes(refusal.code)) reply.header('retry-after', Number(refusal.values['seconds'] ?? 60));
  return reply
    .code(refusal.status)
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(refusalBody(refusal, languageOf(request.headers['accept-language'])));
}

/** An address that cannot be read, before any route and any of the headers the others send. */
export function answerUnreadable(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = new Refusal('input.invalid');
  void reply
    .code(refusal.status)
    .headers({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    })
    .send(refusalBody(refusal, languageOf(request.headers['accept-language'])));
}

/** The browser went away in the middle of what it sent: its connection was reset, not the database's. */
const wasCutShort = (error: unknown): boolean => (error as { statusCode?: number }).statusCode === 400;

function refusalFor(error: unknown, request: FastifyRequest): Refusal {
  if (error instanceof Refusal) return error;
  if (isDatabaseAway(error) && !wasCutShort(error)) {
    request.log.warn({ err: error, route: request.routeOptions.url }, 'database away');
    return new Refusal('portal.unavailable');
  }
  if (isPassing(error)) {
    request.log.warn({ err: error, route: request.routeOptions.url }, 'undone by the database; the same again will do');
    return new Refusal('portal.unavailable');
  }
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Refusal('input.too_large', {
      limit: `${Math.round((request.routeOptions.bodyLimit ?? MIB) / MIB)} MiB`,
    });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Refusal('input.media_type', { expected: 'application/json' });
  // NUL and lone surrogates that a field's own check let through: Postgres refuses them.
  // So are a number or a time beyond what a column holds.
  if (code !== undefined && /^(22021|22P05|22003|22008)$/.test(code)) return new Refusal('input.invalid');
  if (statusCode !== undefined && statusCode < 500) return new Refusal(code === 'FST_ERR_VALIDATION' ? 'input.invalid' : 'input.not_json');
  request.log.error({ err: error, route: request.routeOptions.url }, 'unexpected failure');
  return new Refusal('portal.broken', { reference: request.id });
}
