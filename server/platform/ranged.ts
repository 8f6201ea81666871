// Bytes over HTTP with Range, ETag and HEAD (RFC 9110): one range, or a suffix; several ranges are answered with the whole.
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServedFile } from './serve.ts';

export type Ranged = {
  /** Hexadecimal; of the bytes themselves. */
  sha256: string;
  size: number;
  type: string;
  /** As it is saved; null: shown in the page. */
  name: string | null;
  /** From `from` up to and without `to`. */
  read: (from: number, to: number) => AsyncIterable<Buffer>;
  /** Hears how many bytes went out, however it ended. */
  sent?: (bytes: number) => void;
};
export type Span = { from: number; to: number };

/** What a Range header asks of so many bytes. Null: all of it, because there is none or it is not one we know. `outside`: there is nothing there. */
export function spanOf(header: string | undefined, size: number): Span | 'outside' | null {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.replace(/\s/g, '') ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return null;
  if (first === '') return Number(last) === 0 ? 'outside' : { from: Math.max(0, size - Number(last)), to: size };
  const from = Number(first);
  if (last !== '' && Number(last) < from) return null;
  return from >= size ? 'outside' : { from, to: last === '' ? size : Math.min(size, Number(last) + 1) };
}

/** Whether an If-None-Match names this tag. A weak one counts: the bytes are those. */
export const isKnown = (header: string | undefined, etag: string): boolean =>
  header !== undefined && (header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag));

/**
 * Sets status and headers, and answers what to send. Nothing may be kept without asking again (`no-cache`): what was withdrawn is gone at the next
 * question. A page made of it could do nothing (`sandbox`).
 */
export function ranged(request: FastifyRequest, reply: FastifyReply, { sha256, size, type, name, read, sent }: Ranged): ServedFile {
  const etag = `"${sha256}"`;
  void reply.headers({
    etag,
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  const nothing: ServedFile = { content: '' };
  if (isKnown(request.headers['if-none-match'], etag)) {
    void reply.code(304).send();
    return nothing;
  }
  const condition = request.headers['if-range'];
  // A range is asked of GET only; of other bytes than those one has, nothing is left to go on with.
  const span = request.method === 'GET' && (condition === undefined || condition === etag) ? spanOf(request.headers.range, size) : null;
  if (span === 'outside') {
    void reply.code(416).header('content-range', `bytes */${size}`).send();
    return nothing;
  }
  const { from, to } = span ?? { from: 0, to: size };
  if (span) void reply.code(206).header('content-range', `bytes ${from}-${to - 1}/${size}`);
  void reply.header('content-length', to - from);
  const content = request.method === 'HEAD' ? Readable.from([]) : Readable.from(counted(read(from, to), sent));
  return { content, type, ...(name !== null && { name }) };
}

async function* counted(bytes: AsyncIterable<Buffer>, sent: Ranged['sent']): AsyncGenerator<Buffer> {
  let count = 0;
  try {
    for await (const piece of bytes) {
      yield piece;
      count += piece.length;
    }
  } finally {
    sent?.(count);
  }
}
