// Ports that nobody uses at this moment.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

export type Transport = 'tcp' | 'udp';

export async function isFree(port: number, transport: Transport, host: string): Promise<boolean> {
  return transport === 'tcp' ? tcp(port, host).then((got) => got !== null) : udp(port, host).then((got) => got !== null);
}

/** `wanted` when it is free, else any other. */
export async function freePort(wanted: number, transport: Transport, host: string): Promise<number> {
  const take = transport === 'tcp' ? tcp : udp;
  const got = (await take(wanted, host)) ?? (await take(0, host));
  if (got === null) throw new Error(`no free ${transport} port on ${host}`);
  return got;
}

function tcp(port: number, host: string): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}

function udp(port: number, host: string): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(null));
    socket.bind({ port, address: host, exclusive: true }, () => {
      const got = socket.address().port;
      socket.close(() => resolve(got));
    });
  });
}
