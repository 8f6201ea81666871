// Where the media server's word waits while the database is away: lines in a file of the data folder, on disk before LiveKit
// hears "200". One file per process and stretch, never written again once it is read; what was read twice changes nothing.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import { gathered } from '../platform/batch.ts';
import { startOf } from '../platform/processes.ts';

const Instant = z.coerce.date();
const Spooled = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('event'),
    receivedAt: Instant,
    offset: z.number(),
    event: z.object({
      id: z.string(),
      event: z.string(),
      room: z.string(),
      identity: z.string().nullable(),
      sid: z.string().nullable(),
      counts: z.boolean(),
      at: Instant,
      joinedAt: Instant.nullable(),
      reason: z.string().nullable(),
    }),
  }),
  /** The media server ended: nobody else will ever say so. */
  z.object({ kind: z.literal('exit'), receivedAt: Instant, at: Instant }),
]);
export type Spooled = z.output<typeof Spooled>;
export type Spool = ReturnType<typeof createSpool>;

const NAME = /^\d{15}-(\d+)-([0-9a-f]{8})-[0-9a-f]{6}\.jsonl$/;
const REJECTED = 'ditolak.jsonl';
/** Lines handed on together. */
const TOGETHER = 100;
/** Files this process writes to; another spool of it must leave them alone. */
const writing = new Set<string>();

export function createSpool({ folder, log }: { folder: string; log: FastifyBaseLogger }) {
  const counts = new Map<string, number>();
  let current: { path: string; file: FileHandle } | null = null;
  let draining: Promise<void> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  /** A file is not closed while it is written. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  }

  const write = gathered((spooled: readonly Spooled[]) => inTurn(async () => writeLines(spooled)), 500);

  async function writeLines(spooled: readonly Spooled[]): Promise<undefined[]> {
    try {
      const { path, file } = (current ??= await begin());
      await file.appendFile(spooled.map(lineOf).join(''));
      await file.datasync();
      counts.set(path, (counts.get(path) ?? 0) + spooled.length);
      return spooled.map(() => undefined);
    } catch (error) {
      // Half a line may be there now: nothing may follow it.
      await endCurrent();
      throw error;
    }
  }

  async function begin(): Promise<{ path: string; file: FileHandle }> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${String(Date.now()).padStart(15, '0')}-${process.pid}-${lifeOf(process.pid)}-${randomBytes(3).toString('hex')}.jsonl`);
    const file = await open(path, 'ax', 0o600);
    writing.add(path);
    const directory = await open(folder, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
    return { path, file };
  }

  async function endCurrent(): Promise<void> {
    const ended = current;
    current = null;
    if (!ended) return;
    await ended.file.close().catch(() => {});
    writing.delete(ended.path);
  }

  /** Those nobody writes to any more: this process's own, and of processes that are gone. */
  async function finished(): Promise<string[]> {
    const names = await readdir(folder).catch((): string[] => []);
    return names
      .toSorted()
      .filter((name) => {
        const [, pid, life] = NAME.exec(name) ?? [];
        if (pid === undefined) return false;
        return Number(pid) === process.pid && life === lifeOf(process.pid) ? !writing.has(join(folder, name)) : life !== lifeOf(Number(pid));
      })
      .map((name) => join(folder, name));
  }

  async function drainAll(take: (spooled: readonly Spooled[]) => Promise<void>): Promise<void> {
    await inTurn(endCurrent);
    for (const path of await finished()) {
      const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
      const spooled = lines.flatMap((line) => readLine(line) ?? []);
      counts.set(path, spooled.length);
      for (let n = 0; n < spooled.length; n += TOGETHER) await take(spooled.slice(n, n + TOGETHER));
      if (spooled.length < lines.length) log.error({ file: path, lines: lines.length - spooled.length }, 'spool: torn lines skipped');
      await rm(path, { force: true });
      counts.delete(path);
    }
  }

  return {
    /** On disk when it resolves. */
    append: (spooled: Spooled): Promise<undefined> => write(spooled),
    /** How many wait here, as far as this process knows. */
    waiting: (): number => [...counts.values()].reduce((sum, count) => sum + count, 0),
    /** Hands on what waits, oldest first; a file is gone once all of it was taken. One run at a time. */
    drain(take: (spooled: readonly Spooled[]) => Promise<void>): Promise<void> {
      draining ??= drainAll(take).finally(() => (draining = null));
      return draining;
    },
    /** What the database will never take must not stand in the way of the rest, nor be lost. */
    async reject(spooled: Spooled): Promise<void> {
      const file = await open(join(folder, REJECTED), 'a', 0o600);
      try {
        await file.appendFile(lineOf(spooled));
        await file.datasync();
      } finally {
        await file.close();
      }
    },
    close: (): Promise<void> => inTurn(endCurrent),
  };
}

const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
const lifeOf = (pid: number): string => sumOf(startOf(pid) ?? '');

function lineOf(spooled: Spooled): string {
  const text = JSON.stringify(spooled);
  return `${sumOf(text)} ${text}\n`;
}

function readLine(line: string): Spooled | null {
  const text = line.slice(9);
  if (line[8] !== ' ' || sumOf(text) !== line.slice(0, 8)) return null;
  const read = Spooled.safeParse(JSON.parse(text));
  return read.success ? read.data : null;
}
