// The third witness: what the page in the room says, over the portal's own socket.
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { WebSocket } from 'ws';
import { afterEach, expect, test } from 'vitest';
import type { LiveAnswer, LiveRequest } from '../../shared/live.ts';
import { deleteRemoval, getMeeting, postMeetingEnd, postRemoval, postTicket } from '../../shared/meetings.ts';
import type { MediaServer } from '../../server/platform/media.ts';
import { createBeats } from '../../server/rooms/beats.ts';
import { PASSWORD } from '../support/cast.ts';
import { takeAway, temporaryFolder } from '../support/database.ts';
import { doubleKeys } from '../support/livekit-double.ts';
import { calledMeeting, mediaServerTells, opensLink } from '../support/meeting.ts';
import type { Client, World } from '../support/world.ts';

const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** The portal's socket of this browser; `link` = of somebody without a session. */
async function opensSocket(world: World, browser: Client, link: string | null = null) {
  const origin = await world.listen().catch(() => `http://127.0.0.1:${String((world.app.fastify.server.address() as { port: number }).port)}`);
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/live`, { headers: { origin, cookie } });
  ends.push(() => socket.terminate());
  const heard: LiveAnswer[] = [];
  let wake = (): void => {};
  socket.on('message', (data: Buffer) => {
    heard.push(JSON.parse(data.toString()) as LiveAnswer);
    wake();
  });
  const next = async (type: LiveAnswer['type']): Promise<void> => {
    for (;;) {
      if (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      else if (heard.shift()?.type === type) return;
    }
  };
  const say = (request: LiveRequest): void => socket.send(JSON.stringify(request));
  await next('ready');
  if (link !== null) {
    say({ type: 'hello', link });
    await next('ready');
  }
  return {
    /** The portal has read it when it answers the question after it. */
    async says(request: LiveRequest): Promise<void> {
      say(request);
      say({ type: 'watch', topic: `meeting:${randomUUID()}` });
      await next('refused');
    },
  };
}

async function aMeeting(options: { dataFolder?: string; media?: MediaServer } = {}) {
  const setting = await calledMeeting((cast) => ({ people: [cast.staf.id], guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }] }), options);
  ends.push(setting.world.close);
  const { world, cast, id, room } = setting;
  const staf = await world.signIn(cast.staf.nip, PASSWORD);
  const { identity } = await staf.call(postTicket, { params: id, body: {} });
  const page = await opensSocket(world, staf);
  const present = (sid: string, who = identity): LiveRequest => ({ type: 'present', meetingId: id.id, identity: who, sid });
  const facts = async () =>
    (await world.sql<{ source: string; kind: string; sid: string; at: Date }[]>`select source, kind, sid, at from rooms.presence order by id`).map(
      (f) => `${f.source} ${f.kind} ${f.sid ?? '-'} ${String((f.at.getTime() - start) / 1000)}`,
    );
  const lastBeat = async (sid: string) =>
    (await world.sql<{ at: Date | null }[]>`select last_beat_at as at from rooms.session where sid = ${sid}`)[0]?.at ?? null;
  const start = world.clock.now().getTime();
  const joins = (sid: string, who = identity) =>
    mediaServerTells(world, { event: 'participant_joined', room: room.name, identity: who, sid, joinedAtMs: start });
  const leaves = (sid: string, disconnectReason: string) =>
    mediaServerTells(world, { event: 'participant_left', room: room.name, identity, sid, joinedAtMs: start, disconnectReason });
  const beats = async (sid: string, seconds: number): Promise<void> => {
    world.clock.set(new Date(start + seconds * 1000));
    await page.says(present(sid));
    await world.app.rooms.flushBeats();
  };
  const member = identity.split(':')[0] ?? '';
  const inside = async () => (await setting.chair.call(getMeeting, { params: id })).inside;
  return { ...setting, staf, identity, member, page, present, facts, lastBeat, joins, leaves, beats, start, inside };
}

test('a page that is in the room says so every ten seconds, and the log hears nothing that is not news', async () => {
  const { joins, beats, facts, lastBeat, start } = await aMeeting();
  await joins('PA_1');
  for (const at of [1, 11, 21]) await beats('PA_1', at);
  expect(await lastBeat('PA_1')).toEqual(new Date(start + 21_000));
  expect(await facts()).toEqual(['webhook joined PA_1 0']);
});

test('the holder of a link is heard as well', async () => {
  const { world, invitation, id, facts, lastBeat, joins, present, start } = await aMeeting();
  const { link } = invitation('Ibu Tamu');
  const guest = opensLink(world, link);
  const { identity } = await guest.call(postTicket, { params: id, body: {} });
  const page = await opensSocket(world, guest, link.split('#')[1] ?? '');
  await joins('PA_1', identity);
  await page.says(present('PA_1', identity));
  await world.app.rooms.flushBeats();
  expect(await lastBeat('PA_1')).toEqual(new Date(start));
  expect(await facts()).toHaveLength(1);
});

test('somebody whose connection was lost was there until the page’s last word at least', async () => {
  const { world, joins, leaves, beats, facts, start } = await aMeeting();
  await joins('PA_1');
  for (const at of [1, 11, 21]) await beats('PA_1', at);
  world.clock.set(new Date(start + 48_000));
  await leaves('PA_1', 'CONNECTION_TIMEOUT');
  expect(await facts()).toEqual(['webhook joined PA_1 0', 'heartbeat seen PA_1 21', 'webhook left PA_1 48']);
});

test('who leaves by their own will needs no page to say until when', async () => {
  const { joins, leaves, beats, facts } = await aMeeting();
  await joins('PA_1');
  await beats('PA_1', 11);
  await leaves('PA_1', 'CLIENT_INITIATED');
  await beats('PA_1', 21);
  await beats('PA_1', 31);
  expect(await facts()).toEqual(['webhook joined PA_1 0', 'webhook left PA_1 11']);
});

test('who is missing from the list while the media server could not be asked has left with the page’s last word', async () => {
  const { world, livekit, room, identity, beats, facts, inside, start } = await aMeeting();
  const sid = livekit.arrives(room.name, identity, new Date(start));
  await world.app.rooms.sweep();
  const { list } = livekit;
  livekit.list = async () => Promise.reject(new Error('media server away'));
  await beats(sid, 10);
  await world.app.rooms.sweep();
  await beats(sid, 20);
  livekit.list = list;
  livekit.leaves(room.name, identity);
  world.clock.set(new Date(start + 60_000));
  await world.app.rooms.sweep();
  // A page that goes on after the list has missed it does not move the end.
  await beats(sid, 64);
  await world.app.rooms.sweep();
  expect(await facts()).toEqual([`poll joined ${sid} 0`, `heartbeat seen ${sid} 20`, `poll absent ${sid} 20`]);
  expect(await inside()).toBe(0);
  // Without a connection through the door the page's word is not taken for a return.
  await beats(sid, 70);
  expect(await facts()).toHaveLength(3);
});

test('a page alone is not believed: nobody is inside by a session LiveKit does not know', async () => {
  const { beats, facts, inside } = await aMeeting();
  for (const at of [0, 10, 20]) await beats('PA_khayal', at);
  expect(await facts()).toEqual([]);
  expect(await inside()).toBe(0);
});

test('with a signalling connection through the door a page tells of a session that LiveKit could not', async () => {
  const { world, room, identity, start } = await aMeeting();
  let atDoor = true;
  const told: string[][] = [];
  const beats = createBeats({
    sql: world.app.sql,
    clock: world.clock,
    log: world.app.fastify.log,
    isOpen: (who) => atDoor && who === identity,
    changed: async (_tx, members) => void told.push([...members.values()].flat()),
  });
  const facts = async () => [...(await world.sql`select source, kind, sid, at from rooms.presence order by id`)];
  beats.note(room.id, identity, 'PA_9');
  world.clock.advance(10_000);
  beats.note(room.id, identity, 'PA_9');
  await beats.flush();
  world.clock.advance(10_000);
  beats.note(room.id, identity, 'PA_9');
  await beats.flush();
  expect(await facts()).toEqual([{ source: 'heartbeat', kind: 'seen', sid: 'PA_9', at: new Date(start) }]);
  expect(told).toEqual([[identity.split(':')[0]]]);
  // Missing from the list twice, and still there by door and page: told once, for whoever reads the log.
  await world.app.rooms.sweep();
  await world.app.rooms.sweep();
  for (let n = 0; n < 3; n += 1) {
    world.clock.advance(10_000);
    beats.note(room.id, identity, 'PA_9');
    await beats.flush();
  }
  expect((await facts()).map((f) => `${String(f['source'])} ${String(f['kind'])}`)).toEqual([
    'heartbeat seen',
    'heartbeat seen',
    'poll absent',
    'heartbeat seen',
  ]);
  atDoor = false;
});

test('a forged word writes nothing: another’s identity, a made-up one, another’s session, another’s meeting', async () => {
  const { world, cast, chair, id, identity, page, present, joins, facts, lastBeat } = await aMeeting();
  const { identity: chairs } = await chair.call(postTicket, { params: id, body: {} });
  await joins('PA_ketua', chairs);
  for (const request of [present('PA_ketua', chairs), present('PA_ketua', identity), present('PA_ketua', 'walikota'), present('PA_ketua', `${identity}x`)])
    await page.says(request);
  const stranger = await opensSocket(world, await world.signIn(cast.kepalaDinkes.nip, PASSWORD));
  await stranger.says(present('PA_ketua', chairs));
  const nobody = await opensSocket(world, world.visitor());
  await nobody.says(present('PA_ketua', chairs));
  await nobody.says({ type: 'hello', link: 'tautan-karangan' });
  await nobody.says(present('PA_ketua', chairs));
  await world.app.rooms.flushBeats();
  expect(await lastBeat('PA_ketua')).toBeNull();
  expect(await facts()).toEqual(['webhook joined PA_ketua 0']);
});

test('a removed member’s page is not heard, and is heard again when let in again', async () => {
  const { chair, id, member, joins, beats, lastBeat, start } = await aMeeting();
  await joins('PA_1');
  await beats('PA_1', 5);
  await chair.call(postRemoval, { params: { ...id, member }, body: { ban: false } });
  await beats('PA_1', 15);
  expect(await lastBeat('PA_1')).toEqual(new Date(start + 5_000));
  await chair.call(deleteRemoval, { params: { ...id, member } });
  await beats('PA_1', 25);
  expect(await lastBeat('PA_1')).toEqual(new Date(start + 25_000));
});

test('after the end of the meeting no page adds to it', async () => {
  const { chair, id, joins, beats, facts } = await aMeeting();
  await joins('PA_1');
  await beats('PA_1', 5);
  await chair.call(postMeetingEnd, { params: id });
  const before = await facts();
  await beats('PA_1', 15);
  expect(await facts()).toEqual(before);
});

test('what pages said while the database was away is written when it is back', async () => {
  const { world, joins, page, present, lastBeat, start } = await aMeeting();
  await joins('PA_1');
  await page.says(present('PA_1'));
  const back = await takeAway(world.sql);
  ends.push(back);
  world.clock.set(new Date(start + 10_000));
  await page.says(present('PA_1'));
  await world.app.rooms.flushBeats();
  await back();
  await world.app.rooms.flushBeats();
  expect(await lastBeat('PA_1')).toEqual(new Date(start + 10_000));
});

/** A media server of which only the end is told. */
function mediaThatEnds() {
  const exits: ((at: Date) => void)[] = [];
  const media: MediaServer = {
    url: 'http://127.0.0.1:1',
    ...doubleKeys,
    state: () => 'ready',
    onReady: () => {},
    onExit: (callback) => void exits.push(callback),
    tellsEveryExit: true,
    stop: async () => {},
  };
  return { media, ends: (at: Date) => exits.forEach((exit) => exit(at)) };
}

test('a media server that ends while the database is away ended at that moment, and those who came back later stay', async () => {
  const dataFolder = temporaryFolder();
  ends.push(() => rmSync(dataFolder, { recursive: true, force: true }));
  const server = mediaThatEnds();
  const { world, room, identity, joins, page, present, facts, inside, start } = await aMeeting({ dataFolder, media: server.media });
  await joins('PA_1');
  await page.says(present('PA_1'));
  world.clock.set(new Date(start + 10_000));
  await page.says(present('PA_1'));
  const back = await takeAway(world.sql);
  ends.push(back);
  server.ends(new Date(start + 12_000));
  world.clock.set(new Date(start + 20_000));
  await mediaServerTells(world, { event: 'participant_joined', room: room.name, identity, sid: 'PA_2', joinedAtMs: start + 18_000 });
  await back();
  while (world.app.rooms.alarms().length === 0) await new Promise((resolve) => setImmediate(resolve));
  while (world.app.rooms.alarms().length > 0) await world.app.rooms.drainSpool();
  expect((await facts()).toSorted()).toEqual(['heartbeat seen PA_1 10', 'supervisor server_exit - 12', 'webhook joined PA_1 0', 'webhook joined PA_2 18']);
  expect(await inside()).toBe(1);
});
