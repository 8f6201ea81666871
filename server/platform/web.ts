// The web client as vite built it, and what browsers are told to allow: this origin, and nothing of anybody else's.
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
import files from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { StartProblem } from './start-problem.ts';

const built = fileURLToPath(new URL('../../dist/web/', import.meta.url));

/** Leaves the browser its mark. */
type Mark = (request: FastifyRequest, reply: FastifyReply) => void;

export async function serveWeb(
  app: FastifyInstance,
  { origin, secure, mark, folder = built }: { origin: string | null; secure: boolean; mark: Mark; folder?: string },
): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) throw new StartProblem('Klien web belum dibangun. Jalankan lewat npm start, atau bangun dengan npm run build.');
  await secureHeaders(app, { origin, secure });
  // One route per file that is there now: a path can name nothing else.
  await app.register(files, {
    root: folder,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (response, path) => void response.setHeader('cache-control', cachingOf(path)),
  });
  const page = pageOf(mark);
  app.get('/*', (request, reply) => page(request, reply));
  app.get('/', (request, reply) => page(request, reply));
  // Beside the pages of conferences, which the server makes: this one is a screen.
  app.get('/pers/masuk', (request, reply) => page(request, reply));
}

/** A file whose name, or folder, holds its hash never changes; a page, and what rings without one, must be asked for again. */
const cachingOf = (path: string): string =>
  path.includes(`${sep}assets${sep}`)
    ? 'public, max-age=31536000, immutable'
    : /(\.html|\bsw\.js)(\.br|\.gz)?$/.test(path)
      ? 'no-cache'
      : 'public, max-age=3600';

/** Any path of a screen is the page that knows it; a file or an endpoint that is not there is not. */
const pageOf =
  (mark: Mark) =>
  (request: FastifyRequest, reply: FastifyReply): FastifyReply | void => {
    // Decoded: an endpoint under another spelling is no page either.
    const path = decodeURIComponent(request.url.split('?', 1)[0] ?? '/');
    if (/^[\\/]+(api|rtc|healthz|readyz|metrics)([\\/;]|$)/i.test(path) || path.includes('.')) return reply.callNotFound();
    mark(request, reply);
    return reply.sendFile(/^\/([rm](\/|$)|periksa\/?$)/.test(path) ? 'room.html' : /^\/siaran(\/|$)/.test(path) ? 'siaran.html' : 'index.html');
  };

const isRoom = (address: string): boolean => /^\/([rm]|siaran)([/?]|$)/.test(address);

const FEATURES =
  'camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), screen-wake-lock=(self), speaker-selection=(self), autoplay=(self), clipboard-write=(self), geolocation=(), payment=(), usb=(), serial=(), hid=()';

async function secureHeaders(app: FastifyInstance, { origin, secure }: { origin: string | null; secure: boolean }): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        // The rooms blur and quieten with code compiled for it (WebAssembly), which is no eval of text; no other page may.
        'script-src': ["'self'", (request) => (isRoom(request.url ?? '/') ? "'wasm-unsafe-eval'" : "'self'")],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'media-src': ["'self'", 'blob:', 'mediastream:'],
        'font-src': ["'self'"],
        // Older Safari does not count a socket as 'self'.
        'connect-src': ["'self'", (request) => socketSource(origin, request.headers.host)],
        'worker-src': ["'self'", 'blob:'],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.header('permissions-policy', FEATURES);
    done();
  });
}

/** The socket of the portal's own host. A Host header goes into the policy only when it is nothing but a host. */
function socketSource(origin: string | null, host: string | undefined): string {
  if (origin !== null) return origin.replace(/^http/, 'ws');
  return host !== undefined && /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(host) ? `ws://${host}` : "'self'";
}
