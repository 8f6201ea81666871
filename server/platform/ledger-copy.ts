// Rows of a `copy … to stdout (format binary)` as they come: bytes are handed on as they are, nothing is kept.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Tx } from './database.ts';

/** Fields of one row; null as in SQL. Valid until the next row. */
export type CopyRow = readonly (Buffer | null)[];

/** `PGCOPY\n\xff\r\n\0`, flags, length of an extension. */
const HEAD = 19;
/** Others of this process get their turn this often. */
const TURN_MS = 15;

/** Calls `take` for every row of `query`, in order. `pause` hears whenever others are given a turn. */
export async function copyOut(tx: Tx, query: string, take: (row: CopyRow) => void, pause: () => void): Promise<void> {
  const stream = await tx.unsafe(`copy (${query}) to stdout (format binary)`).readable();
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  let since = performance.now();
  // To the end in any case: a stream that is given up would stop the connection.
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (!started && bytes.length >= HEAD) {
      bytes = bytes.subarray(HEAD);
      started = true;
    }
    rest = started ? takeRows(bytes, take) : bytes;
    if (performance.now() - since < TURN_MS) continue;
    pause();
    await nextTurn();
    since = performance.now();
  }
  // postgres.js pauses its socket while this stream is full, and wakes it only when more is asked for: at the end nobody does.
  // oxlint-disable-next-line no-underscore-dangle -- node's own name
  stream._read(0);
  pause();
}

/** Answers what is left: the beginning of a row whose end has not come. */
function takeRows(bytes: Buffer, take: (row: CopyRow) => void): Buffer {
  let at = 0;
  for (;;) {
    if (bytes.length - at < 2) return bytes.subarray(at);
    const count = bytes.readInt16BE(at);
    // The trailer.
    if (count < 0) return Buffer.alloc(0);
    let next = at + 2;
    const row: (Buffer | null)[] = [];
    for (let field = 0; field < count; field += 1) {
      if (bytes.length - next < 4) return bytes.subarray(at);
      const length = bytes.readInt32BE(next);
      next += 4;
      if (bytes.length - next < length) return bytes.subarray(at);
      row.push(length < 0 ? null : bytes.subarray(next, next + length));
      next += Math.max(length, 0);
    }
    take(row);
    at = next;
  }
}
