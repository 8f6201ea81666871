// Two portals on one database, as two machines behind a load balancer: what happens at either is known at both, and what is to be done is done once.
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { postChat } from '../../shared/chat.ts';
import { getMeeting, postMeetingNow } from '../../shared/meetings.ts';
import { getNotices } from '../../shared/notifications.ts';
import { castWorld, signIn } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { liveSocket } from '../support/live-socket.ts';
import { anotherPortal } from '../support/minutes.ts';
import { HOST, openClient, type Client } from '../support/world.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

async function twoPortals() {
  const livekit = createLiveKitDouble();
  const { world, cast } = await castWorld({ livekit });
  endings.push(() => world.close());
  const other = await anotherPortal(world, { livekit });
  let closed = false;
  const closeOther = async (): Promise<void> => {
    if (!closed) await other.close();
    closed = true;
  };
  endings.push(closeOther);
  const chair = await signIn(world, cast.kepala);
  const staff = await signIn(world, cast.staf);
  /** The same browser, sent to the other portal. */
  const atOther = (browser: Client): Client => {
    const client = openClient(other.app, `http://${HOST}`);
    for (const [name, value] of browser.cookies) client.cookies.set(name, value);
    return client;
  };
  const { id } = await chair.call(postMeetingNow, {
    body: { title: 'Dua portal', sifat: 'biasa', invite: { people: [cast.staf.id], positions: [], units: [], guests: [] } },
  });
  return { livekit, world, cast, other, closeOther, chair, staff, atOther, id };
}

test('what is said at either portal is heard by the sockets of both; one closes, and its people hear at the other', async () => {
  const { world, other, closeOther, chair, staff, atOther, id } = await twoPortals();
  const here = await liveSocket(world, staff);
  const there = await liveSocket(other, staff);
  const watch = { type: 'watch', topic: `meeting:${id}` } as const;
  for (const socket of [here, there]) {
    socket.say(watch);
    await socket.next('watching');
  }
  for (const speaker of [chair, atOther(chair)]) {
    const { id: said } = await speaker.call(postChat, { params: { id }, body: { text: 'Terdengar', key: randomUUID() } });
    for (const socket of [here, there]) expect(await socket.next('chat.posted')).toMatchObject({ id: said });
  }

  await closeOther();
  expect(await there.closed).toBe(1012);
  const moved = await liveSocket(world, staff);
  moved.say(watch);
  await moved.next('watching');
  const { id: last } = await chair.call(postChat, { params: { id }, body: { text: 'Masih', key: randomUUID() } });
  expect(await moved.next('chat.posted')).toMatchObject({ id: last });
});

test('who signs out at one portal is nobody at the other', async () => {
  const { world, cast, staff, atOther, id, other } = await twoPortals();
  const there = await liveSocket(other, staff);
  expect((await atOther(staff).call(getMeeting, { params: { id } })).id).toBe(id);
  await world.app.sql.begin(async (tx) => tx`update people.person set disabled_at = now() where id = ${cast.staf.id}`);
  expect(await atOther(staff).refusalOf(getMeeting, { params: { id } })).toBe('session.required');
  await other.app.live.review();
  expect(await there.closed).toBe(4401);
});

test('a right that changes is told to the media server once, whichever portal wakes first', async () => {
  const { livekit, world, cast, other, id } = await twoPortals();
  for (const { app } of [world, other]) await app.start();
  const [room] = await world.sql<{ id: string; name: string }[]>`
    select r.id, r.name from rooms.room r join meetings.meeting m on m.room_id = r.id where m.id = ${id}`;
  const member = world.app.rooms.personMember(cast.staf.id);
  const identity = `${member}:s${'A'.repeat(16)}`;
  livekit.arrives(room!.name, identity, world.clock.now());
  for (const word of ['audience', 'speaker'] as const) {
    const before = livekit.calls.length;
    await world.app.sql.begin((tx) => world.app.rooms.setRight(tx, room!.id, member, word));
    await eventually('both have nothing left to tell', async () => {
      await Promise.all([world, other].map(({ app }) => app.rooms.sweep()));
      const [left] = await world.sql<{ n: number }[]>`select count(*)::int as n from rooms.member where room_id = ${room!.id} and applied_at is null`;
      return left?.n === 0;
    });
    expect(livekit.calls.slice(before).filter((call) => call.verb === 'allow' && call.identity === identity && call.word === word)).toHaveLength(1);
  }
});

test('jobs, and reminders that come round, are done once by two portals', async () => {
  const { world, cast, other, staff } = await twoPortals();
  const done: string[] = [];
  for (const { app } of [world, other]) {
    app.jobs.handle('uji', async ({ id }) => void done.push(id ?? ''));
    await app.start();
  }
  const ids = Array.from({ length: 30 }, (_, n) => `${n}`);
  await other.app.jobs.add(
    other.app.sql,
    'uji',
    ids.map((id) => ({ id })),
  );
  await eventually('all are done', () => done.length >= ids.length);
  expect(done.toSorted()).toEqual(ids.toSorted());

  const startsAt = new Date(world.clock.now().getTime() + 2 * 3_600_000);
  await world.app.sql.begin((tx) =>
    world.app.meetings.plan(tx, cast.kepala.id, {
      title: 'Diingatkan sekali',
      sifat: 'biasa',
      place: 'Aula',
      description: null,
      startsAt,
      endsAt: new Date(startsAt.getTime() + 3_600_000),
      invite: { people: [cast.staf.id], positions: [], units: [], guests: [] },
    }),
  );
  world.clock.set(new Date(startsAt.getTime() - 3_600_000));
  await Promise.all([world, other, world, other].map(({ app }) => app.notifications.remind()));
  const { notices } = await staff.call(getNotices, { query: {} });
  expect(notices.filter((notice) => notice.kind === 'pengingat')).toHaveLength(1);
});
