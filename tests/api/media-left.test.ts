// A portal that was killed leaves its media server running; the next one ends it and begins another.
import { afterEach, expect, test } from 'vitest';
import { getSheet } from '../../shared/attendance.ts';
import { postTicket } from '../../shared/meetings.ts';
import type { MediaServer } from '../../server/platform/media.ts';
import { PASSWORD } from '../support/cast.ts';
import { doubleKeys } from '../support/livekit-double.ts';
import { calledMeeting, mediaServerTells } from '../support/meeting.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

test('who was inside when the portal was killed is out when last seen, not when a new portal ended the media server ten minutes later', async () => {
  const exits: ((at: Date, unwatched?: boolean) => void)[] = [];
  const media: MediaServer = {
    url: 'http://127.0.0.1:1',
    ...doubleKeys,
    state: () => 'ready',
    onReady: () => {},
    onExit: (callback) => void exits.push(callback),
    tellsEveryExit: true,
    stop: async () => {},
  };
  const { world, livekit, cast, chair, id, room } = await calledMeeting((c) => ({ people: [c.staf.id] }), { media });
  worlds.push(world);
  const start = world.clock.now().getTime();
  const staf = await world.signIn(cast.staf.nip, PASSWORD);
  const { identity } = await staf.call(postTicket, { params: id, body: {} });
  const sid = livekit.arrives(room.name, identity, new Date(start));
  await mediaServerTells(world, { event: 'participant_joined', room: room.name, identity, sid, joinedAtMs: start });
  world.clock.set(new Date(start + 5_000));
  await world.app.rooms.sweep();

  world.clock.set(new Date(start + 605_000));
  livekit.rooms.clear();
  exits.forEach((exit) => exit(world.clock.now(), true));
  for (let poll = 0; poll < 2; poll++) {
    await world.app.rooms.sweep();
    world.clock.advance(5_000);
  }
  const { rows } = await chair.call(getSheet, { params: id });
  expect(rows.find((row) => row.name === cast.staf.name)?.intervals).toEqual([
    {
      from: new Date(start).toISOString(),
      to: new Date(start + 5_000).toISOString(),
      confidence: 'perkiraan',
      sources: ['poll', 'webhook'],
    },
  ]);
});
