// Stands between LiveKit and the portal's webhook receiver and does to events what networks and crashes do.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Trouble = 'none' | 'tripled' | 'dropped' | 'away';
export type WebhookProxy = { url: string; trouble: Trouble; close(): void };

/** Every third event is lost with `dropped`: LiveKit is told it arrived. */
const DROP_EVERY = 3;

export async function openWebhookProxy(receiver: string): Promise<WebhookProxy> {
  let seen = 0;
  const forward = async (body: string, headers: Record<string, string>): Promise<number> => (await fetch(receiver, { method: 'POST', headers, body })).status;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => void answer(Buffer.concat(parts).toString()).then((status) => response.writeHead(status).end()));
    async function answer(body: string): Promise<number> {
      seen += 1;
      const headers = { 'content-type': request.headers['content-type'] ?? '', authorization: request.headers.authorization ?? '' };
      if (proxy.trouble === 'away') return 503;
      if (proxy.trouble === 'dropped' && seen % DROP_EVERY === 0) return 200;
      const copies = proxy.trouble === 'tripled' ? 3 : 1;
      return Math.max(...(await Promise.all(Array.from({ length: copies }, () => forward(body, headers)))));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: WebhookProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    trouble: 'none',
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return proxy;
}
