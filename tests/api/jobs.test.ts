// The job queue as it runs in the portal: graphile-worker on a real Postgres, by the portal's lesser role.
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../server/platform/clock.ts';
import type { Sql } from '../../server/platform/database.ts';
import { createJobs, type Payload } from '../../server/platform/jobs.ts';
import { copyDatabase, takeAway } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { settableClock } from '../support/world.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

const said: unknown[] = [];
const log = { warn: (what: unknown) => void said.push(what) } as never;

async function office() {
  const { sql, owner, drop } = await copyDatabase();
  endings.push(drop);
  const portal = (clock = systemClock) => {
    const jobs = createJobs({ sql, clock, log });
    endings.push(jobs.stop);
    return jobs;
  };
  return { sql, owner, portal };
}
const begun = async (sql: Sql, work: Parameters<Sql['begin']>[1]) => sql.begin(async (tx) => work(tx));

test('a job is done once its transaction is committed, and only then', async () => {
  const { sql, portal } = await office();
  const jobs = portal();
  const done: Payload[] = [];
  jobs.handle('uji', async (payload) => void done.push(payload));
  jobs.start();
  const undone = begun(sql, async (tx) => {
    await jobs.add(tx, 'uji', [{ id: 'batal' }]);
    throw new Error('berubah pikiran');
  });
  await expect(undone).rejects.toThrow('berubah pikiran');
  await begun(sql, async (tx) => jobs.add(tx, 'uji', [{ id: 'a' }, { id: 'b' }]));
  await eventually('both are done', () => done.length === 2);
  expect(done.map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
});

test('of two portals one does it', async () => {
  const { sql, portal } = await office();
  const done: string[] = [];
  const portals = [portal(), portal()];
  for (const jobs of portals) {
    jobs.handle('uji', async ({ id }) => void done.push(id ?? ''));
    jobs.start();
  }
  const ids = Array.from({ length: 40 }, (_, n) => String(n));
  await portals[0]!.add(
    sql,
    'uji',
    ids.map((id) => ({ id })),
  );
  await eventually('all are done', () => done.length >= ids.length);
  await Promise.all(portals.map((jobs) => jobs.stop()));
  expect(done.toSorted()).toEqual(ids.toSorted());
});

test('what was added while no portal ran is done by the next one', async () => {
  const { sql, portal } = await office();
  await portal().add(sql, 'uji', [{ id: 'lama' }]);
  const next = portal();
  const done: Payload[] = [];
  next.handle('uji', async (payload) => void done.push(payload));
  next.start();
  await eventually('it is done', () => done.length === 1);
});

test('a job that a killed portal held is taken by another one', async () => {
  const { sql, owner, portal } = await office();
  const jobs = portal();
  await jobs.add(sql, 'uji', [{ id: 'terbengkalai' }]);
  await owner`update graphile_worker._private_jobs set locked_at = now() - interval '20 seconds', locked_by = 'portal yang mati', attempts = 1`;
  const done: Payload[] = [];
  jobs.handle('uji', async (payload) => void done.push(payload));
  jobs.start();
  await eventually('it is done', () => done.length === 1);
});

test('a portal that stops lets a job under way come to its end', async () => {
  const { sql, owner, portal } = await office();
  const jobs = portal();
  let began = false;
  let finish = (): void => {};
  const mayFinish = new Promise<void>((resolve) => (finish = resolve));
  jobs.handle('uji', async () => {
    began = true;
    await mayFinish;
  });
  jobs.start();
  await jobs.add(sql, 'uji', [{ id: 'a' }]);
  await eventually('it has begun', () => began);
  const stopped = jobs.stop();
  finish();
  await stopped;
  expect(await owner`select id from graphile_worker._private_jobs`).toEqual([]);
});

test('the queue outlives a database that goes away in the middle of its work', async () => {
  const { sql, owner, portal } = await office();
  const jobs = portal();
  const done: string[] = [];
  jobs.handle('uji', async ({ id }) => {
    await sql`select 1`;
    done.push(id ?? '');
  });
  jobs.start();
  await jobs.add(sql, 'uji', [{ id: 'sebelum' }]);
  await eventually('the first is done', () => done.includes('sebelum'));
  const back = await takeAway(owner);
  await expect(jobs.add(sql, 'uji', [{ id: 'selama' }])).rejects.toThrow();
  await back();
  await eventually('a job can be added again', async () =>
    jobs.add(sql, 'uji', [{ id: 'sesudah' }]).then(
      () => true,
      () => false,
    ),
  );
  await eventually('the queue works again', () => done.includes('sesudah'), 30_000);
  // What is written down of it are words, not the client that was lost.
  expect(said.length).toBeGreaterThan(0);
  for (const what of said) expect(Object.keys(what as object).toSorted()).toEqual(['code', 'why']);
});

test('by the clock of a test: what is due is done, what is not waits', async () => {
  const { sql, portal } = await office();
  const clock = settableClock('2026-11-23T02:00:00Z');
  const jobs = portal(clock);
  const done: string[] = [];
  jobs.handle('uji', async ({ id }) => void done.push(id ?? ''));
  await jobs.add(sql, 'uji', [{ id: 'nanti' }], { afterMs: 5_000 });
  await jobs.add(sql, 'uji', [{ id: 'kini' }]);
  expect(await jobs.runDue()).toBe(1);
  clock.advance(5_000);
  expect(await jobs.runDue()).toBe(1);
  expect(done).toEqual(['kini', 'nanti']);
});
