import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { createSpool, type Spooled } from '../../server/rooms/spool.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function aSpool(folder = mkdtempSync(join(tmpdir(), 'portal-spool-'))) {
  folders.push(folder);
  const complaints: unknown[] = [];
  const log = { error: (about: unknown) => complaints.push(about) } as unknown as FastifyBaseLogger;
  const spool = createSpool({ folder, log });
  const files = () => readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const drained = async (): Promise<Spooled[]> => {
    const all: Spooled[] = [];
    await spool.drain(async (some) => void all.push(...some));
    return all;
  };
  return { spool, folder, files, drained, complaints };
}

const AT = new Date('2026-11-23T02:00:00.123Z');
const event = (n: number): Spooled => ({
  kind: 'event',
  receivedAt: AT,
  offset: 0,
  event: {
    id: `EV_${n}`,
    event: 'participant_joined',
    room: 'r-1',
    identity: 'p_1:s',
    sid: `PA_${n}`,
    counts: true,
    at: AT,
    joinedAt: n % 2 ? AT : null,
    reason: null,
  },
});
const exit: Spooled = { kind: 'exit', at: AT, receivedAt: AT };

test('what was put in comes out in order, whole, once, and leaves nothing behind', async () => {
  const { spool, drained, files } = aSpool();
  const put = [...Array.from({ length: 250 }, (_, n) => event(n)), exit];
  await Promise.all(put.map((spooled) => spool.append(spooled)));
  expect(spool.waiting()).toBe(251);
  expect(await drained()).toEqual(put);
  expect(spool.waiting()).toBe(0);
  expect(files()).toEqual([]);
  expect(await drained()).toEqual([]);
});

test('what could not be handed on stays, and comes again in the same order', async () => {
  const { spool, drained } = aSpool();
  for (let n = 0; n < 5; n += 1) await spool.append(event(n));
  await expect(spool.drain(async () => Promise.reject(new Error('database away')))).rejects.toThrow('database away');
  await spool.append(event(5));
  expect(spool.waiting()).toBe(6);
  expect((await drained()).map((s) => s.kind === 'event' && s.event.id)).toEqual(['EV_0', 'EV_1', 'EV_2', 'EV_3', 'EV_4', 'EV_5']);
});

test('what comes in while the spool is emptied waits for the next time', async () => {
  const { spool, drained } = aSpool();
  await spool.append(event(1));
  await spool.drain(async () => spool.append(event(2)));
  expect(spool.waiting()).toBe(1);
  expect(await drained()).toEqual([event(2)]);
});

test('a line that was torn by a power cut is passed over and reported; the others count', async () => {
  const { spool, folder, files, drained, complaints } = aSpool();
  await spool.append(event(1));
  await spool.append(event(2));
  await spool.close();
  const path = join(folder, files()[0] ?? '');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.slice(0, -40));
  expect(await drained()).toEqual([event(1)]);
  expect(complaints).toEqual([expect.objectContaining({ lines: 1 })]);
});

test('a line somebody changed is not believed', async () => {
  const { spool, folder, files, drained } = aSpool();
  await spool.append(event(1));
  await spool.close();
  const path = join(folder, files()[0] ?? '');
  writeFileSync(path, readFileSync(path, 'utf8').replace('PA_1', 'PA_9'));
  expect(await drained()).toEqual([]);
});

test('a process that was killed left its events: the next one hands them on, before its own', async () => {
  const { spool, folder, files, drained } = aSpool();
  await spool.append(event(1));
  await spool.close();
  const [own = ''] = files();
  const dead = spawnSync('true').pid;
  renameSync(join(folder, own), join(folder, own.replace(`-${process.pid}-`, `-${dead}-`)));
  await spool.append(event(2));
  expect(await drained()).toEqual([event(1), event(2)]);
});

test('what another living process is writing is left alone', async () => {
  const { spool: first, drained: _, folder } = aSpool();
  const { drained, files } = aSpool(folder);
  await first.append(event(1));
  expect(await drained()).toEqual([]);
  expect(files()).toHaveLength(1);
  await first.close();
  appendFileSync(join(folder, 'catatan.txt'), 'not ours');
  expect(await drained()).toEqual([event(1)]);
});

test('a folder that cannot be written is said, and the next event is tried anew', async () => {
  const { folder } = aSpool();
  const blocked = join(folder, 'berkas');
  writeFileSync(blocked, '');
  const { spool } = aSpool(join(blocked, 'spool'));
  await expect(spool.append(event(1))).rejects.toThrow();
  rmSync(blocked);
  await spool.append(event(1));
  expect(spool.waiting()).toBe(1);
});
