import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { getSheet } from '../../shared/attendance.ts';
import { getMeeting, postMeetingEnd, postTicket } from '../../shared/meetings.ts';
import { PASSWORD } from '../support/cast.ts';
import { calledMeeting, mediaServerTells, opensLink } from '../support/meeting.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

/** A meeting, and a guest's identity as the server chose it. */
async function withGuest() {
  const setting = await calledMeeting({
    guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }],
  });
  worlds.push(setting.world);
  const { identity } = await opensLink(setting.world, setting.invitation('Ibu Tamu').link).call(postTicket, { params: setting.id, body: {} });
  const facts = () =>
    setting.world.sql<{ kind: string; source: string; sid: string | null; at: Date }[]>`select kind, source, sid, at from rooms.presence order by id`;
  const inside = async () => (await setting.chair.call(getMeeting, { params: setting.id })).inside;
  const now = setting.world.clock.now().getTime();
  return { ...setting, identity, facts, inside, now };
}

test('a join is written once, however often the media server tells it, with the media server’s own time', async () => {
  const { world, room, identity, facts, inside, now } = await withGuest();
  const told = {
    event: 'participant_joined',
    room: room.name,
    identity,
    sid: 'PA_1',
    joinedAtMs: now - 2_345,
    id: `EV_${randomUUID()}`,
  };
  const answers = await Promise.all(Array.from({ length: 20 }, () => mediaServerTells(world, told)));
  expect(new Set(answers)).toEqual(new Set([200]));
  expect(await facts()).toEqual([{ kind: 'joined', source: 'webhook', sid: 'PA_1', at: new Date(now - 2_345) }]);
  expect(await inside()).toBe(1);
});

test('a leave that arrives before its join does not leave anybody inside', async () => {
  const { world, room, identity, inside, now } = await withGuest();
  await mediaServerTells(world, {
    event: 'participant_left',
    room: room.name,
    identity,
    sid: 'PA_1',
    joinedAtMs: now - 60_000,
    disconnectReason: 'CLIENT_INITIATED',
  });
  await mediaServerTells(world, {
    event: 'participant_joined',
    room: room.name,
    identity,
    sid: 'PA_1',
    joinedAtMs: now - 60_000,
  });
  expect(await inside()).toBe(0);
});

test('a join that was lost is known from its leave', async () => {
  const { world, room, identity, facts, now } = await withGuest();
  await mediaServerTells(world, {
    event: 'participant_left',
    room: room.name,
    identity,
    sid: 'PA_1',
    joinedAtMs: now - 60_000,
    createdAt: Math.floor(now / 1000),
  });
  expect((await facts()).map(({ kind, at }) => [kind, at.getTime() - now])).toEqual([
    ['left', expect.any(Number)],
    ['joined', -60_000],
  ]);
});

test.each([
  ['a recorder', { kind: 'EGRESS' }],
  ['somebody hidden', { hidden: true }],
  ['an unknown identity', { identity: 'walikota' }],
])('%s is nobody in the list', async (_who, change) => {
  const { world, room, identity, facts, inside } = await withGuest();
  expect(
    await mediaServerTells(world, {
      event: 'participant_joined',
      room: room.name,
      identity,
      sid: 'PA_9',
      ...change,
    }),
  ).toBe(200);
  expect(await facts()).toEqual([]);
  expect(await inside()).toBe(0);
});

test('a connection that never carried media is no presence', async () => {
  const { world, room, identity, inside } = await withGuest();
  await mediaServerTells(world, {
    event: 'participant_connection_aborted',
    room: room.name,
    identity,
    sid: 'PA_1',
  });
  expect(await inside()).toBe(0);
});

test('what is not signed by the webhook key, or was altered, is refused and changes nothing', async () => {
  const { world, room, identity, facts } = await withGuest();
  const told = { event: 'participant_joined', room: room.name, identity, sid: 'PA_1' };
  expect(await mediaServerTells(world, told, { secret: 'bukan-rahasianya-0123456789abcdef00' })).toBe(401);
  expect(await mediaServerTells(world, told, { body: (body) => body.replace('PA_1', 'PA_2') })).toBe(401);
  expect(
    (
      await world.app.fastify.inject({
        method: 'POST',
        url: '/api/livekit/webhook',
        headers: { 'content-type': 'application/webhook+json' },
        payload: '{}',
      })
    ).statusCode,
  ).toBe(401);
  expect(await facts()).toEqual([]);
});

test('an event of a room that is not ours is taken and forgotten, so that the media server does not try again', async () => {
  const { world, identity, facts } = await withGuest();
  expect(
    await mediaServerTells(world, {
      event: 'participant_joined',
      room: 'r-lain',
      identity,
      sid: 'PA_1',
    }),
  ).toBe(200);
  expect(await facts()).toEqual([]);
});

test('what the database does not take is answered 503, which makes the media server try again', async () => {
  const { world, room, identity } = await withGuest();
  await world.sql`alter table rooms.presence rename to presence_away`;
  const broken = await mediaServerTells(world, {
    event: 'participant_joined',
    room: room.name,
    identity,
    sid: 'PA_1',
  });
  await world.sql`alter table rooms.presence_away rename to presence`;
  expect(broken).toBe(503);
  expect(
    await mediaServerTells(world, {
      event: 'participant_joined',
      room: room.name,
      identity,
      sid: 'PA_1',
    }),
  ).toBe(200);
});

test('the poll finds whom no webhook told of, with the time they joined', async () => {
  const { world, livekit, room, identity, facts, inside, now } = await withGuest();
  const sid = livekit.arrives(room.name, identity, new Date(now - 9_000));
  await world.app.rooms.sweep();
  await world.app.rooms.sweep();
  expect(await facts()).toEqual([{ kind: 'joined', source: 'poll', sid, at: new Date(now - 9_000) }]);
  expect(await inside()).toBe(1);
});

test('who is missing from two polls has left when last seen; seen again, the visit goes on', async () => {
  const { world, livekit, room, identity, facts, inside, now } = await withGuest();
  const sid = livekit.arrives(room.name, identity, new Date(now));
  await world.app.rooms.sweep();
  const people = new Map(livekit.rooms.get(room.name));
  livekit.leaves(room.name, identity);
  world.clock.advance(5_000);
  await world.app.rooms.sweep();
  expect(await inside()).toBe(1);
  world.clock.advance(5_000);
  await world.app.rooms.sweep();
  expect(await inside()).toBe(0);
  expect((await facts()).at(-1)).toMatchObject({ kind: 'absent', sid, at: new Date(now) });
  livekit.rooms.set(room.name, people);
  await world.app.rooms.sweep();
  expect((await facts()).at(-1)).toMatchObject({ kind: 'seen', sid });
  expect(await inside()).toBe(1);
});

test('whom the last list before the end of the meeting missed had gone when last seen, not when it ended', async () => {
  const { world, livekit, room, identity, id, chair, facts, now } = await withGuest();
  const sid = livekit.arrives(room.name, identity, new Date(now));
  await world.app.rooms.sweep();
  livekit.leaves(room.name, identity);
  world.clock.advance(5_000);
  await world.app.rooms.sweep();
  world.clock.advance(4_000);
  await chair.call(postMeetingEnd, { params: id });
  expect(await facts()).toContainEqual(expect.objectContaining({ kind: 'absent', sid, at: new Date(now) }));
  const row = (await chair.call(getSheet, { params: id })).rows.find((r) => r.name === 'Ibu Tamu');
  expect(row).toMatchObject({ lastOut: new Date(now).toISOString(), confidence: 'perkiraan' });
});

test('a list that could not be read is no witness against anybody', async () => {
  const { world, livekit, room, identity, inside, now } = await withGuest();
  livekit.arrives(room.name, identity, new Date(now));
  await world.app.rooms.sweep();
  const list = livekit.list;
  livekit.list = async () => Promise.reject(new Error('media server away'));
  for (let n = 0; n < 5; n += 1) await world.app.rooms.sweep();
  livekit.list = list;
  expect(await inside()).toBe(1);
});

test('an identity the portal never gave is put out of the room', async () => {
  const { world, livekit, room, now } = await withGuest();
  livekit.arrives(room.name, 'pendengar-gelap', new Date(now));
  await world.app.rooms.sweep();
  expect(livekit.calls).toContainEqual({
    verb: 'remove',
    room: room.name,
    identity: 'pendengar-gelap',
  });
});

test('a right that changes is applied to every device of the person, once', async () => {
  const { world, livekit, room, id, invitation, identity, now } = await withGuest();
  const second = (await opensLink(world, invitation('Ibu Tamu').link).call(postTicket, { params: id, body: {} })).identity;
  for (const device of [identity, second]) livekit.arrives(room.name, device, new Date(now));
  await world.app.rooms.setRight(world.sql, room.id, invitation('Ibu Tamu').member, 'audience');
  await world.app.rooms.sweep();
  await world.app.rooms.sweep();
  expect(
    livekit.calls
      .filter((c) => c.verb === 'allow')
      .map((c) => [c.identity, c.word])
      .toSorted(),
  ).toEqual(
    [
      [identity, 'audience'],
      [second, 'audience'],
    ].toSorted(),
  );
});

test('the end of the meeting ends every visit at that moment, whatever the media server says later', async () => {
  const { world, livekit, chair, room, identity, inside, id, now } = await withGuest();
  livekit.arrives(room.name, identity, new Date(now));
  await world.app.rooms.sweep();
  world.clock.advance(60_000);
  await chair.call(postMeetingEnd, { params: id });
  expect(await inside()).toBe(0);
  expect((await chair.call(getMeeting, { params: id })).state).toBe('berakhir');
});

test('a staff member with the same meeting open in two tabs is inside once', async () => {
  const setting = await calledMeeting((c) => ({ people: [c.staf.id] }));
  worlds.push(setting.world);
  const { world, livekit, cast, chair, room, id } = setting;
  for (let tab = 0; tab < 2; tab += 1) {
    const staf = await world.signIn(cast.staf.nip, PASSWORD);
    livekit.arrives(room.name, (await staf.call(postTicket, { params: id, body: {} })).identity, world.clock.now());
  }
  await world.app.rooms.sweep();
  expect((await chair.call(getMeeting, { params: id })).inside).toBe(1);
});

test('nothing is held while the media server takes its time to answer: events are stored, and the meeting can be ended', async () => {
  const { world, livekit, chair, room, identity, facts, id, inside, now } = await withGuest();
  const { list } = livekit;
  let answer = (): void => {};
  const asked = new Promise<void>((called) => {
    livekit.list = async (name) => {
      const listed = await list(name);
      called();
      await new Promise<void>((resolve) => (answer = resolve));
      return listed;
    };
  });
  const sid = livekit.arrives(room.name, identity, new Date(now));
  const polled = world.app.rooms.sweep();
  await asked;
  const told = { room: room.name, identity, sid, joinedAtMs: now, disconnectReason: 'CLIENT_INITIATED' };
  expect(await mediaServerTells(world, { event: 'participant_joined', ...told })).toBe(200);
  expect(await mediaServerTells(world, { event: 'participant_left', ...told })).toBe(200);
  await chair.call(postMeetingEnd, { params: id });
  answer();
  await polled;
  // The list is older than the leave: it opens nothing again.
  expect((await facts()).map((f) => `${f.source} ${f.kind}`)).toEqual(['webhook joined', 'webhook left', 'supervisor room_closed']);
  expect(await inside()).toBe(0);
});

test('somebody who came while the list was on its way is not missing from it', async () => {
  const { world, livekit, room, identity, inside, now } = await withGuest();
  const { list } = livekit;
  livekit.list = async (name) => {
    const listed = await list(name);
    world.clock.advance(1_000);
    await mediaServerTells(world, { event: 'participant_joined', room: room.name, identity, sid: 'PA_1', joinedAtMs: now });
    return listed;
  };
  await world.app.rooms.sweep();
  const [row] = await world.sql<{ missed: number }[]>`select absent_polls as missed from rooms.session`;
  expect(row?.missed).toBe(0);
  expect(await inside()).toBe(1);
});

test('after a long time away the first polls close who has gone at the last sight, and know since when the others are there', async () => {
  const { world, livekit, room, id, invitation, identity, facts, inside, now } = await withGuest();
  const gone = livekit.arrives(room.name, identity, new Date(now - 60_000));
  await world.app.rooms.sweep();
  livekit.leaves(room.name, identity);
  world.clock.advance(600_000);
  const second = (await opensLink(world, invitation('Ibu Tamu').link).call(postTicket, { params: id, body: {} })).identity;
  const came = livekit.arrives(room.name, second, new Date(now + 120_000));
  await world.app.start();
  await world.app.rooms.sweep();
  expect((await facts()).slice(1).map((f) => [f.kind, f.sid, f.at.getTime() - now])).toEqual([
    ['joined', came, 120_000],
    ['absent', gone, 0],
  ]);
  expect(await inside()).toBe(1);
});

test('of two portals one polls; when it is gone the other does', async () => {
  const { world, livekit, room, identity, facts, now } = await withGuest();
  livekit.arrives(room.name, identity, new Date(now));
  await world.sql`update rooms.poll_turn set holder = 'portal lain', until = now() + interval '20 seconds'`;
  await world.app.rooms.sweep();
  expect(await facts()).toEqual([]);
  await world.sql`update rooms.poll_turn set until = now() - interval '1 second'`;
  await world.app.rooms.sweep();
  expect(await facts()).toHaveLength(1);
});

test('a right that changed while somebody was connecting is applied, even while others of theirs are being applied', async () => {
  const { world, livekit, room, identity, invitation, now } = await withGuest();
  livekit.arrives(room.name, identity, new Date(now));
  await world.app.rooms.setRight(world.sql, room.id, invitation('Ibu Tamu').member, 'audience');
  const { allow } = livekit;
  const joined: Promise<number>[] = [];
  livekit.allow = async (...given) => {
    await allow(...given);
    if (joined.length === 0) joined.push(mediaServerTells(world, { event: 'participant_joined', room: room.name, identity, sid: 'PA_1', joinedAtMs: now }));
    await new Promise((resolve) => setImmediate(resolve));
  };
  await world.app.rooms.sweep();
  expect(await Promise.all(joined)).toEqual([200]);
  await world.app.rooms.sweep();
  expect(livekit.calls.filter((c) => c.verb === 'allow').map((c) => c.word)).toEqual(['audience', 'audience']);
});

test('a recording that begins while the list is on its way is not put out by it', async () => {
  const { world, room, livekit } = await withGuest();
  const recording = randomUUID();
  const { list } = livekit;
  livekit.list = async (name) => {
    await world.app.rooms.beginRecording(world.sql, room.id, recording);
    for (const identity of [`r_${recording}`, `r_${randomUUID()}`]) livekit.arrives(name, identity, world.clock.now(), { hidden: true, counts: false });
    livekit.list = list;
    return list(name);
  };
  await world.app.rooms.sweep();
  expect((await list(room.name)).map(({ identity }) => identity)).toEqual([`r_${recording}`]);
});
