// Somebody else's server (a push service, a gateway): keeps what it was sent, answers as the test says.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A status, with headers; or never. Once the list is used up: 201. */
export type FarAnswer = number | { status: number; headers: Record<string, string> } | 'never';
export type FarRequest = { path: string; headers: IncomingHttpHeaders; body: Buffer };

export async function farServer(answers: FarAnswer[] = []) {
  const heard: FarRequest[] = [];
  const waiting = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      heard.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) });
      const answer = answers.shift() ?? 201;
      if (answer === 'never') return void waiting.add(response);
      const { status, headers } = typeof answer === 'number' ? { status: answer, headers: {} } : answer;
      response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    answers,
    close(): void {
      for (const response of waiting) response.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
