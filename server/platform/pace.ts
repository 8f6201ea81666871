// Connections that hold on without getting anywhere: who never finishes a request, sends its body or takes its reply at a trickle, or opens hundreds and says
// nothing. Headers and whole requests have Node's own time-outs (app.ts); sockets that became websockets have theirs.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export type Pace = { everyMs: number; leastBytes: number; misses: number; silent: number };

/** A hundred bytes a second, looked at over twenty seconds: a call over a lost line says more. */
const PACE: Pace = { everyMs: 5_000, leastBytes: 500, misses: 4, silent: 1_000 };

type Watched = { request: IncomingMessage | null; heard: boolean; done: number; queued: number; missed: number };
/** Bytes of the piece the system has begun to send; Node tells it nowhere else. */
const queuedIn = (socket: Socket): number => (Reflect.get(socket, '_handle') as { writeQueueSize?: number } | null)?.writeQueueSize ?? 0;

export function keepPace(server: Server, { everyMs, leastBytes, misses, silent }: Pace = PACE): void {
  const watched = new Map<Duplex, Watched>();
  /** Connections without a request yet, by address. Behind a proxy it is the proxy's to count. */
  const unheard = new Map<string, number>();

  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const before = unheard.get(address) ?? 0;
    if (before >= silent) return void socket.destroy();
    unheard.set(address, before + 1);
    watched.set(socket, { request: null, heard: false, done: 0, queued: 0, missed: 0 });
    socket.once('close', () => {
      hear(socket, address);
      watched.delete(socket);
    });
  });
  server.prependListener('request', (request: IncomingMessage, _response: ServerResponse) => {
    hear(request.socket, request.socket.remoteAddress ?? '');
    const one = watched.get(request.socket);
    if (one) Object.assign(one, { request, missed: 0 });
  });
  server.prependListener('upgrade', (_request: IncomingMessage, socket: Duplex) => {
    hear(socket, (socket as Socket).remoteAddress ?? '');
    watched.delete(socket);
  });

  function hear(socket: Duplex, address: string): void {
    const one = watched.get(socket);
    if (!one || one.heard) return;
    one.heard = true;
    const left = (unheard.get(address) ?? 1) - 1;
    if (left > 0) unheard.set(address, left);
    else unheard.delete(address);
  }

  const look = setInterval(() => {
    for (const [socket, one] of watched) if (isStuck(socket as Socket, one)) socket.destroy();
  }, everyMs).unref();
  server.once('close', () => clearInterval(look));

  function isStuck(socket: Socket, one: Watched): boolean {
    const queued = queuedIn(socket);
    const done = socket.bytesRead + socket.bytesWritten - socket.writableLength;
    const moved = Math.max(done - one.done, one.queued - queued);
    const owes = (one.request !== null && !one.request.complete) || socket.writableLength > 0;
    one.missed = owes && moved < leastBytes ? one.missed + 1 : 0;
    [one.done, one.queued] = [done, queued];
    return one.missed >= misses;
  }
}
