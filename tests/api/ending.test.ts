import { afterEach, expect, test } from 'vitest';
import { getSheet } from '../../shared/attendance.ts';
import { getMeeting, postMeetingEnd } from '../../shared/meetings.ts';
import { PASSWORD } from '../support/cast.ts';
import { calledMeeting, mediaServerTells } from '../support/meeting.ts';
import type { World } from '../support/world.ts';

const MINUTE = 60_000;
const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

/** A meeting called at 09.00; Sari is in from then until `minutes` later, if at all. */
async function forgotten(minutes: number | null) {
  const setting = await calledMeeting((c) => ({ people: [c.staf.id] }));
  const { world, cast, invitation, room } = setting;
  worlds.push(world);
  const tell = (event: string) =>
    mediaServerTells(world, { event, room: room.name, identity: `${invitation(cast.staf.name).member}:s${'a'.repeat(16)}`, sid: 'PA_sari' });
  if (minutes !== null) {
    await tell('participant_joined');
    world.clock.advance(minutes * MINUTE);
    await tell('participant_left');
  }
  /** A session does not outlast half a day without a press. */
  const later = () => world.signIn(cast.kepala.nip, PASSWORD);
  return { ...setting, tell, later, sweep: world.app.meetings.endAbandoned };
}

test('a meeting nobody ends is over an hour after the last person left, and its list ends when that person left', async () => {
  const { world, chair, cast, id, sweep } = await forgotten(40);
  world.clock.advance(59 * MINUTE);
  expect(await sweep()).toBe(0);
  world.clock.advance(MINUTE);
  expect(await sweep()).toBe(1);
  expect(await chair.call(getMeeting, { params: id })).toMatchObject({ state: 'berakhir', endedAt: '2026-11-23T02:40:00.000Z' });
  const sheet = await chair.call(getSheet, { params: id });
  expect(sheet).toMatchObject({ state: 'menunggu', counts: { inside: 0 } });
  expect(sheet.rows.find((r) => r.name === cast.staf.name)).toMatchObject({ minutes: 40 });
  expect(await world.sql`select act, by_id from meetings.act where meeting_id = ${id.id} order by id desc limit 1`).toEqual([
    { act: 'berakhir sendiri', by_id: null },
  ]);
});

test('two portal processes that sweep at once, and a chair who ends it later, end it once', async () => {
  const { world, chair, id, sweep } = await forgotten(40);
  world.clock.advance(60 * MINUTE);
  expect((await Promise.all([sweep(), sweep()])).toSorted()).toEqual([0, 1]);
  expect(await chair.call(postMeetingEnd, { params: id })).toMatchObject({ endedAt: '2026-11-23T02:40:00.000Z' });
  expect(await world.sql`select count(*)::int as n from meetings.act where act in ('berakhir sendiri', 'diakhiri')`).toEqual([{ n: 1 }]);
});

test('nobody gets into a meeting that came to an end by itself', async () => {
  const { world, sweep, livekit, room } = await forgotten(1);
  world.clock.advance(61 * MINUTE);
  await sweep();
  expect(await world.sql`select closed_at is not null as closed from rooms.room`).toEqual([{ closed: true }]);
  await world.app.rooms.sweep();
  expect(livekit.calls).toContainEqual({ verb: 'deleteRoom', room: room.name });
});

test('a forgotten tab is inside for a day, and then for nobody', async () => {
  const { world, later, cast, id, tell, sweep } = await forgotten(null);
  await tell('participant_joined');
  world.clock.advance(23 * 60 * MINUTE);
  expect(await sweep()).toBe(0);
  world.clock.advance(60 * MINUTE);
  expect(await sweep()).toBe(1);
  const row = (await (await later()).call(getSheet, { params: id })).rows.find((r) => r.name === cast.staf.name);
  expect(row).toMatchObject({ minutes: 24 * 60, insideNow: false });
});

test('an instant meeting to which nobody came is over after twelve hours, as of its start', async () => {
  const { world, later, id, sweep } = await forgotten(null);
  world.clock.advance(12 * 60 * MINUTE);
  expect(await sweep()).toBe(0);
  world.clock.advance(MINUTE);
  expect(await sweep()).toBe(1);
  expect(await (await later()).call(getMeeting, { params: id })).toMatchObject({ endedAt: '2026-11-23T02:00:00.000Z' });
});
