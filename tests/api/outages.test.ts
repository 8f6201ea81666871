import { afterEach, expect, test } from 'vitest';
import { createOutages } from '../../server/platform/outages.ts';
import { openDatabase, type Sql } from '../../server/platform/database.ts';
import { makeWorld, type World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

const log = { warn: () => {} } as never;

/** A portal process that is told the time; its media server answers while `media.up`. */
async function running() {
  const world = await makeWorld();
  worlds.push(world);
  const media = { up: true, late: 0, exits: [] as ((at: Date) => void)[], ready: [] as (() => void)[] };
  const process = (sql: Sql = world.app.sql) =>
    createOutages({
      sql,
      clock: world.clock,
      log,
      media: { url: 'http://127.0.0.1:1', onExit: (told) => void media.exits.push(told), onReady: (told) => void media.ready.push(told) },
      uptime: () => world.clock.now().getTime(),
      // `late`: the process itself slept for so many seconds while it waited.
      answers: async () => {
        world.clock.advance(media.late * 1000);
        return media.up && media.late === 0;
      },
    });
  const seconds = (n: number): void => world.clock.advance(n * 1000);
  const windows = async () =>
    (await process().between(world.sql, new Date(0), new Date('2100-01-01'))).map(({ what, from, to }) => [
      what,
      from.toISOString().slice(11, 19),
      to?.toISOString().slice(11, 19),
    ]);
  return { world, media, process, seconds, windows };
}

test('a portal that was away for a minute writes it down at its first pulse, and only once', async () => {
  const { process, seconds, windows } = await running();
  await process().beatPortal();
  seconds(60);
  const [one, other] = [process(), process()];
  await Promise.all([one.beatPortal(), other.beatPortal()]);
  await one.beatPortal();
  expect(await windows()).toEqual([['portal', '02:00:00', '02:01:00']]);
});

test('the first start ever and a restart within fifteen seconds are no outage', async () => {
  const { process, seconds, windows } = await running();
  await process().beatPortal();
  seconds(14);
  await process().beatPortal();
  expect(await windows()).toEqual([]);
});

test('while one of two portal processes pulses, the portal is there', async () => {
  const { process, seconds, windows } = await running();
  const [one, other] = [process(), process()];
  await Promise.all([one.beatPortal(), other.beatPortal()]);
  for (let n = 0; n < 12; n += 1) {
    seconds(5);
    await other.beatPortal();
  }
  await one.beatPortal();
  expect(await windows()).toEqual([]);
});

test('a process whose own clock was set forward was not away', async () => {
  const { world, windows } = await running();
  let awake = 0;
  const one = createOutages({ sql: world.app.sql, clock: world.clock, log, media: null, uptime: () => awake });
  await one.beatPortal();
  awake += 5_000;
  world.clock.advance(120_000);
  await one.beatPortal();
  expect(await windows()).toEqual([]);
});

test('a portal that ran while its database was away says so', async () => {
  const { world, process, seconds, windows } = await running();
  let away = false;
  const sql = new Proxy(world.app.sql, {
    get: (real, name) =>
      name === 'begin' && away ? async () => Promise.reject(Object.assign(new Error('gone'), { code: 'CONNECTION_CLOSED' })) : Reflect.get(real, name),
  });
  const one = process(sql);
  await one.beatPortal();
  away = true;
  seconds(20);
  await expect(one.beatPortal()).rejects.toThrow('gone');
  away = false;
  seconds(10);
  await one.beatPortal();
  expect(await windows()).toEqual([['database', '02:00:00', '02:00:30']]);
});

test('a media server that ended and came back has exact edges', async () => {
  const { world, media, process, seconds, windows } = await running();
  const one = process();
  await one.beatMedia();
  seconds(3);
  media.exits.forEach((told) => told(world.clock.now()));
  seconds(4);
  await one.beatMedia();
  await one.beatMedia();
  expect(await windows()).toEqual([['media', '02:00:03', '02:00:07']]);
});

test('a media server that freezes is away between its answers', async () => {
  const { media, process, seconds, windows } = await running();
  const one = process();
  await one.beatMedia();
  media.up = false;
  for (let n = 0; n < 9; n += 1) {
    seconds(5);
    await one.beatMedia();
  }
  expect(await windows()).toEqual([]);
  media.up = true;
  await one.beatMedia();
  expect(await windows()).toEqual([['media', '02:00:00', '02:00:45']]);
});

test('a portal that was frozen does not say that the media server was', async () => {
  const { media, process, seconds, windows } = await running();
  const one = process();
  await one.beatMedia();
  seconds(90);
  await one.beatMedia();
  expect(await windows()).toEqual([]);
  media.late = 90;
  await one.beatMedia();
  media.late = 0;
  seconds(5);
  await one.beatMedia();
  expect(await windows()).toEqual([]);
});

test('what is away now is open, and closed once it is back', async () => {
  const { world, media, process, seconds } = await running();
  const one = process();
  await one.start();
  await one.beatMedia();
  seconds(2);
  media.up = false;
  media.exits.forEach((told) => told(world.clock.now()));
  seconds(60);
  await one.beatPortal();
  const now = () => one.between(world.sql, new Date(0), world.clock.now());
  expect((await now()).filter((w) => w.what === 'media')).toMatchObject([{ from: new Date('2026-11-23T02:00:02Z'), to: null }]);
  media.up = true;
  await one.beatMedia();
  expect((await now()).filter((w) => w.what === 'media')).toMatchObject([{ from: new Date('2026-11-23T02:00:02Z'), to: new Date('2026-11-23T02:01:02Z') }]);
  await one.stop();
});

test('what was noted while the database was away is not lost', async () => {
  const { world, media, process, seconds, windows } = await running();
  let away = false;
  const sql = new Proxy(world.app.sql, {
    get: (real, name) => (name === 'begin' && away ? async () => Promise.reject(new Error('gone')) : Reflect.get(real, name)),
  });
  const one = process(sql);
  await one.beatMedia();
  seconds(1);
  media.exits.forEach((told) => told(world.clock.now()));
  seconds(5);
  away = true;
  await expect(one.beatMedia()).rejects.toThrow('gone');
  seconds(60);
  away = false;
  await one.beatMedia();
  expect(await windows()).toEqual([['media', '02:00:01', '02:00:06']]);
});

test('a window that was written cannot be changed or removed by the portal’s own role', async () => {
  const { world, process, seconds } = await running();
  await process().beatPortal();
  seconds(60);
  await process().beatPortal();
  const address = new URL(world.databaseUrl);
  address.username = 'portal_app';
  const portal = openDatabase(address.href, { max: 1 });
  await expect(portal`delete from platform.outage`).rejects.toMatchObject({ code: '42501' });
  await expect(portal`update platform.outage set what = 'media'`).rejects.toMatchObject({ code: '42501' });
  await portal.end();
});
