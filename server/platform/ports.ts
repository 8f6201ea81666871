// Ports that nobody uses at this moment.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

export type Transport = 'tcp' | 'udp';
/** Nobody else gets this port until it is let go. */
export type Held = { port: number; letGo: () => Promise<void> };

export async function isFree(port: number, transport: Transport, host: string): Promise<boolean> {
  const held = await hold(port, transport, host);
  await held?.letGo();
  return held !== null;
}

/** `wanted` when it is free, else any other. */
export async function freePort(wanted: number, transport: Transport, host: string): Promise<number> {
  const { port, letGo } = await holdPort(wanted, transport, host);
  await letGo();
  return port;
}

/** As `freePort`, and kept: two that look at the same moment find two ports. */
export async function holdPort(wanted: number, transport: Transport, host: string): Promise<Held> {
  const held = (await hold(wanted, transport, host)) ?? (await hold(0, transport, host));
  if (held === null) throw new Error(`no free ${transport} port on ${host}`);
  return held;
}

const hold = (port: number, transport: Transport, host: string): Promise<Held | null> => (transport === 'tcp' ? tcp(port, host) : udp(port, host));

function tcp(port: number, host: string): Promise<Held | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy()).unref();
    server.once('error', () => resolve(null));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const got = typeof address === 'object' && address ? address.port : port;
      resolve({ port: got, letGo: () => new Promise((gone) => server.close(() => gone())) });
    });
  });
}

function udp(port: number, host: string): Promise<Held | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4').unref();
    socket.once('error', () => resolve(null));
    socket.bind({ port, address: host, exclusive: true }, () => {
      resolve({ port: socket.address().port, letGo: () => new Promise((gone) => socket.close(() => gone())) });
    });
  });
}
