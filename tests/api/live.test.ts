// The portal's own socket: who has a tab open at which process, and a browser that does not read.
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { createTabs } from '../../server/platform/live-tabs.ts';
import { tell } from '../../server/platform/live.ts';
import { castWorld, signIn } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { dial, liveSocket } from '../support/live-socket.ts';
import type { World } from '../support/world.ts';

const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function office() {
  const { world, cast } = await castWorld();
  ends.push(world.close);
  await world.listen();
  return { world, cast };
}

/** Another portal process on the same database. */
async function anotherProcess(world: World) {
  const tabs = createTabs({ sql: world.app.sql, log: world.app.fastify.log });
  await tabs.start();
  ends.push(tabs.stop);
  return tabs;
}

const tabsOf = async (world: World, ...people: { id: string }[]) => {
  const open = await world.app.live.openTabs(
    world.app.sql,
    people.map((person) => person.id),
  );
  return people.map((person) => open.get(person.id) ?? 0);
};

test('two tabs of the head count at once, and one less when a tab is closed', async () => {
  const { world, cast } = await office();
  const kepala = await signIn(world, cast.kepala);
  const first = await liveSocket(world, kepala);
  const second = await liveSocket(world, kepala);
  expect(await tabsOf(world, cast.kepala, cast.kabid)).toEqual([2, 0]);
  second.ws.close();
  await eventually('the tab is gone', async () => (await tabsOf(world, cast.kepala))[0] === 1);
  first.ws.close();
  await eventually('so is the other', async () => (await tabsOf(world, cast.kepala))[0] === 0);
});

test('a tab at one process is seen by another, and a process that ends takes its tabs with it', async () => {
  const { world, cast } = await office();
  const other = await anotherProcess(world);
  const staf = await liveSocket(world, await signIn(world, cast.staf));
  const seenThere = async () => (await other.openTabs(world.app.sql, [cast.staf.id])).get(cast.staf.id) ?? 0;
  await eventually('the other process sees it', async () => (await seenThere()) === 1);
  other.count(cast.staf.id, 1);
  other.count(cast.kabid.id, 1);
  await eventually('both count', async () => (await tabsOf(world, cast.staf, cast.kabid)).join() === '2,1');
  await other.stop();
  expect(await tabsOf(world, cast.staf, cast.kabid)).toEqual([1, 0]);
  staf.ws.close();
  await eventually('no row is left', async () => (await world.sql`select from live.tab`).length === 0);
});

test('a process that was not heard for half a minute counts no more', async () => {
  const { world, cast } = await office();
  const dead = randomUUID();
  await world.sql`insert into live.process (id, seen_at) values (${dead}, now() - interval '29 s')`;
  await world.sql`insert into live.tab (process_id, person_id, tabs) values (${dead}, ${cast.staf.id}, 3)`;
  expect(await tabsOf(world, cast.staf)).toEqual([3]);
  await world.sql`update live.process set seen_at = now() - interval '31 s' where id = ${dead}`;
  expect(await tabsOf(world, cast.staf)).toEqual([0]);
});

test('what a killed process left is cleared by the next one that starts', async () => {
  const { world, cast } = await office();
  const dead = randomUUID();
  await world.sql`insert into live.process (id, seen_at) values (${dead}, now() - interval '2 minutes')`;
  await world.sql`insert into live.tab (process_id, person_id, tabs) values (${dead}, ${cast.staf.id}, 1), (${randomUUID()}, ${cast.staf.id}, 1)`;
  await anotherProcess(world);
  expect(await world.sql`select from live.tab`).toHaveLength(0);
  expect(await world.sql`select from live.process where id = ${dead}`).toHaveLength(0);
});

test('a browser that is gone before the portal knows whose it is leaves no tab', async () => {
  const { world, cast } = await office();
  const staf = await signIn(world, cast.staf);
  const release = await world.sql.reserve();
  await release`begin`;
  await release`lock table people.session in access exclusive mode`;
  const ws = await dial(world, staf);
  await once(ws, 'open');
  const closed = new Promise((resolve) => {
    for (const client of world.app.fastify.websocketServer.clients) client.once('close', resolve);
  });
  ws.terminate();
  await closed;
  await release`rollback`;
  release.release();
  // Asked after it: the look-up before it has been answered.
  await liveSocket(world, await signIn(world, cast.kabid));
  expect(await tabsOf(world, cast.staf)).toEqual([0]);
});

/** More than what the operating system keeps for one connection. */
const BIG = 6_000;
const FLOOD = 2_500;

test('a browser that stops reading is let go, and a hundred others hear everything', async () => {
  const { world, cast } = await office();
  const kabid = await signIn(world, cast.kabid);
  const others = await Promise.all(Array.from({ length: 100 }, async () => liveSocket(world, kabid)));
  const slow = await liveSocket(world, await signIn(world, cast.staf));
  slow.ws.pause();
  let most = 0;
  const clients = [...world.app.fastify.websocketServer.clients];
  for (let sent = 0; sent < FLOOD; sent += 1) {
    await tell(world.app.sql, [`person:${cast.staf.id}`], { type: 'chat.posted', meetingId: 'x'.repeat(BIG), id: String(sent) });
    if (sent % 250 === 0) await tell(world.app.sql, [`person:${cast.kabid.id}`], { type: 'chat.posted', meetingId: 'rapat', id: String(sent) });
    most = Math.max(most, ...clients.map((client) => client.bufferedAmount));
  }
  for (const other of others) for (let sent = 0; sent < FLOOD; sent += 250) expect((await other.next('chat.posted')).id).toBe(String(sent));
  expect(most).toBeGreaterThan(200_000);
  expect(most).toBeLessThan(300_000);
  slow.ws.resume();
  expect(await slow.closed).toBe(1013);
  for (const other of others) expect(other.ws.readyState).toBe(other.ws.OPEN);
});
