// The press room against a real LiveKit: viewers nobody is told of, and tokens LiveKit hands out by itself.
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { afterEach, expect, test } from 'vitest';
import { getPressRoom, postPressJoin, postPressRemoval, postPressTicket } from '../../shared/press-room.ts';
import { makeCast } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { makeTestMedia } from '../support/livekit-server.ts';
import { plannedConference } from '../support/press.ts';
import { enterRoom, type Visitor } from '../support/visitor.ts';
import { makeWorld, type Client } from '../support/world.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function onAir() {
  const media = await makeTestMedia();
  const world = await makeWorld({ media });
  open.push(async () => media.remove(), world.close);
  world.clock.set(new Date());
  const origin = await world.listen();
  await media.start(`${origin}/api/livekit/webhook`);
  await world.app.start();
  const conf = await plannedConference(world, await makeCast(world), { state: 'tayang' });
  world.clock.advance(6_000);
  const door = origin.replace(/^http/, 'ws');
  const enters = async (client: Client) => {
    const ticket = await client.call(postPressTicket, { params: conf.slug, body: { notice: 1 } });
    const visitor: Visitor = await enterRoom(door, ticket.token);
    open.push(async () => visitor.leave().catch(() => {}));
    return { ...ticket, visitor };
  };
  const viewer = async (): Promise<Client> => {
    const client = world.visitor();
    await client.call(postPressJoin, { params: conf.slug });
    return client;
  };
  const viewers = async () => (await world.visitor().call(getPressRoom, { params: conf.slug })).viewers;
  return { world, origin, door, ...conf, enters, viewer, viewers };
}

test('who watches sees and hears the stage, is told to nobody, is counted, and is put out and kept out', async () => {
  const p = await onAir();
  const speaker = await p.enters(p.narasumber);
  const [one, other] = [await p.enters(await p.viewer()), await p.enters(await p.viewer())];
  // What records is no viewer.
  const recording = randomUUID();
  const [{ id: roomId }] = await p.world.sql<[{ id: string }]>`select id from rooms.room where watched and closed_at is null`;
  await p.world.app.rooms.beginRecording(p.world.sql, roomId, recording);
  const recorder = await enterRoom(p.door, (await p.world.app.rooms.recorderToken(roomId))!);
  open.push(async () => recorder.leave().catch(() => {}));
  await speaker.visitor.publishPicture();
  await eventually('a viewer gets the picture', () => [...one.visitor.room.remoteParticipants.values()].some((who) => who.trackPublications.size > 0));
  await eventually('two are counted', async () => {
    await p.world.app.rooms.sweep();
    return (await p.viewers()) === 2;
  });
  for (const { visitor } of [speaker, one, other]) for (const watching of [one, other]) expect(visitor.sees(watching.identity)).toBe(false);
  expect(one.visitor.sees(speaker.identity)).toBe(true);
  for (const { visitor } of [speaker, one]) expect(visitor.sees(`r_${recording}`)).toBe(false);
  expect(recorder.sees(speaker.identity)).toBe(true);
  await p.world.app.rooms.endRecording(p.world.sql, roomId, recording);
  await p.world.app.rooms.putOutRecorder(roomId, recording);
  await recorder.disconnected;
  await p.operator.call(postPressRemoval, { params: { ...p.params, member: one.identity.split(':')[0] ?? '' } });
  await one.visitor.disconnected;
  await expect(enterRoom(p.door, one.token)).rejects.toThrow();
  expect(await p.world.sql`select distinct left(member, 2) as kind from rooms.presence where member is not null`).toMatchObject([{ kind: 'p_' }]);
});

test('the token LiveKit hands a viewer by itself keeps them hidden, opens the door, and not after a removal', async () => {
  const p = await onAir();
  const { token, identity } = await (await p.viewer()).call(postPressTicket, { params: p.slug, body: {} });
  const socket = new WebSocket(`${p.door}/rtc?access_token=${token}&protocol=16&auto_subscribe=1`, { headers: { origin: p.origin } });
  open.push(async () => socket.terminate());
  const refreshed = await new Promise<string>((resolve) =>
    socket.on('message', (data: Buffer) => {
      const found = /ey[\w-]+\.[\w-]+\.[\w-]{43}/.exec(data.toString('latin1'))?.[0];
      if (found !== undefined && found !== token) resolve(found);
    }),
  );
  const claims = JSON.parse(Buffer.from(refreshed.split('.')[1] ?? '', 'base64url').toString()) as { sub: string; video: Record<string, unknown> };
  expect([claims.sub, claims.video['hidden'], claims.video['canPublish']]).toEqual([identity, true, false]);
  const knock = async (): Promise<number> => (await p.world.app.fastify.inject({ url: `/rtc/v1/validate?access_token=${refreshed}` })).statusCode;
  expect(await knock()).toBe(200);
  await p.operator.call(postPressRemoval, { params: { ...p.params, member: identity.split(':')[0] ?? '' } });
  expect(await knock()).toBe(403);
});
