// Bytes on a connection as an attacker writes them: no library mends the request line or the headers.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export type RawAnswer = { status: number; head: string; body: string };

/** One connection, opened anew where the portal closes it. Ask one thing at a time; several lines are several. */
export function rawLine(origin: string) {
  const { hostname, port } = new URL(origin);
  let socket: Socket | null = null;
  let heard = '';
  let wake = (): void => {};

  async function open(): Promise<Socket> {
    if (socket && !socket.destroyed && socket.writable) return socket;
    const fresh = connect({ host: hostname, port: Number(port) });
    heard = '';
    fresh.setEncoding('latin1');
    fresh.on('data', (text: string) => {
      heard += text;
      wake();
    });
    for (const event of ['close', 'error'] as const) fresh.on(event, () => wake());
    await once(fresh, 'connect');
    socket = fresh;
    return fresh;
  }

  /** Null while the answer is not whole. */
  function whole(): { answer: RawAnswer; length: number } | null {
    const end = heard.indexOf('\r\n\r\n');
    if (end === -1) return null;
    const head = heard.slice(0, end);
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
    const from = end + 4;
    if (status === 101 || status === 204 || status === 304) return { answer: { status, head, body: '' }, length: from };
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    const till =
      length === undefined ? (/\r\ntransfer-encoding: chunked/i.test(head) ? heard.indexOf('0\r\n\r\n', from) + 5 : Infinity) : from + Number(length);
    if (till < from || heard.length < till) return null;
    return { answer: { status, head, body: heard.slice(from, till) }, length: till };
  }

  /** The whole request, blank line and body included. A connection closed without a word answers 0. */
  async function ask(text: string): Promise<RawAnswer> {
    const used = socket !== null;
    const line = await open();
    line.write(text, 'latin1');
    for (;;) {
      const found = whole();
      if (found) {
        heard = heard.slice(found.length);
        if (found.answer.status === 101 || /\r\nconnection: close/i.test(found.answer.head)) close();
        return found.answer;
      }
      if (line.destroyed || line.readableEnded) {
        // Closed behind the answer before, as a browser finds out too: asked once more.
        if (used && heard === '') return (close(), ask(text));
        const head = heard.split('\r\n\r\n')[0] ?? '';
        close();
        return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: heard.slice(head.length + 4) };
      }
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  function close(): void {
    socket?.destroy();
    socket = null;
    heard = '';
  }

  return { ask, close };
}

/** A request line with headers, as it goes over the wire. */
export const requestText = (method: string, target: string, headers: Record<string, string>, body = ''): string =>
  `${method} ${target} HTTP/1.1\r\n${Object.entries({
    ...headers,
    ...((body !== '' || method !== 'GET') && { 'content-length': String(Buffer.byteLength(body)) }),
  })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${body}`;
