// Ports that nobody uses at this moment.
import { createSocket } from 'node:dgram';
import { createServer, type Server } from 'node:net';

export type Transport = 'tcp' | 'udp';
/** `letGo`: to be opened by the child it is for, and still nobody else's. `giveUp`: anybody's again. */
export type Held = { port: number; letGo: () => Promise<void>; giveUp: () => Promise<void> };

export async function isFree(port: number, transport: Transport, host: string): Promise<boolean> {
  const held = await hold(port, transport, host);
  await held?.giveUp();
  return held !== null;
}

/** `wanted` when it is free, else any other. */
export async function freePort(wanted: number, transport: Transport, host: string): Promise<number> {
  const { port, giveUp } = await holdPort(wanted, transport, host);
  await giveUp();
  return port;
}

/** As `freePort`, and kept: two that look at the same moment find two ports. */
export async function holdPort(wanted: number, transport: Transport, host: string): Promise<Held> {
  const held = (await hold(wanted, transport, host)) ?? (await hold(0, transport, host));
  if (held === null) throw new Error(`no free ${transport} port on ${host}`);
  return held;
}

async function hold(port: number, transport: Transport, host: string): Promise<Held | null> {
  const held = await (transport === 'tcp' ? tcp(port, host) : udp(port, host));
  if (held === null) return null;
  const claim = await claimOf(held.port, transport);
  if (claim === null) {
    await held.letGo();
    return null;
  }
  const { letGo } = held;
  return { port: held.port, letGo, giveUp: async () => void (await Promise.all([letGo(), claim()])) };
}

type Bound = { port: number; letGo: () => Promise<void> };

function tcp(port: number, host: string): Promise<Bound | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy()).unref();
    server.once('error', () => resolve(null));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const got = typeof address === 'object' && address ? address.port : port;
      resolve({ port: got, letGo: () => closed(server) });
    });
  });
}

function udp(port: number, host: string): Promise<Bound | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4').unref();
    let gone: Promise<void> | null = null;
    socket.once('error', () => resolve(null));
    socket.bind({ port, address: host, exclusive: true }, () => {
      resolve({ port: socket.address().port, letGo: () => (gone ??= new Promise((done) => socket.close(() => done()))) });
    });
  });
}

/** A name that all processes of this machine see and that ends with its process (Linux; elsewhere the port alone must do). Null: another's. */
function claimOf(port: number, transport: Transport): Promise<(() => Promise<void>) | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy()).unref();
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'EADDRINUSE' ? null : async () => {}));
    server.listen({ path: `\0portal-rapat-${transport}-${port}`, exclusive: true }, () => resolve(() => closed(server)));
  });
}

const closed = (server: Server): Promise<void> => new Promise((done) => server.close(() => done()));
