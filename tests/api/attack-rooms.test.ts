// Who is in a room and not on the list, or is somebody else there: against a real media server, with its real keys in the wrong hands.
import { randomUUID } from 'node:crypto';
import { AccessToken, RoomServiceClient, type VideoGrant } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getSheet } from '../../shared/attendance.ts';
import { getMeeting, postTicket } from '../../shared/meetings.ts';
import { putLocks } from '../../shared/moderation.ts';
import { connectLiveKit } from '../../server/rooms/livekit.ts';
import { eventually } from '../support/eventually.ts';
import { opensLink } from '../support/meeting.ts';
import { realMeeting, type RealMeeting } from '../support/real-meeting.ts';
import { enterRoom, type Visitor } from '../support/visitor.ts';
import type { Client } from '../support/world.ts';

let setting: RealMeeting;
let room: string;
const inside: Visitor[] = [];
beforeAll(async () => {
  setting = await realMeeting();
  room = (await setting.world.sql<{ name: string }[]>`select name from rooms.room`)[0]!.name;
});
afterAll(async () => {
  await Promise.all(inside.map((visitor) => visitor.leave().catch(() => {})));
  await setting.close();
});

const enters = async (url: string, token: string): Promise<Visitor> => {
  const visitor = await enterRoom(url, token);
  inside.push(visitor);
  return visitor;
};
const linkOf = (name: string): string => setting.invitations.find((one) => one.name === name)?.link ?? '';
/** The browser that opened the link first, and is the only one it opens in. */
const browsers = new Map<string, Client>();
async function guest(name: string) {
  const browser = browsers.get(name) ?? opensLink(setting.world, linkOf(name));
  browsers.set(name, browser);
  return browser.call(postTicket, { params: setting.id, body: {} });
}
const listed = async (): Promise<string[]> => (await connectLiveKit(setting.media).list(room)).map(({ identity }) => identity).toSorted();
const known = async (): Promise<string[]> =>
  (await setting.world.sql<{ identity: string }[]>`select member || ':' || device as identity from rooms.session where closed_at is null`)
    .map(({ identity }) => identity)
    .toSorted();
/** As somebody signs who has the keys and goes past the door. */
async function forged(identity: string, grant: Partial<VideoGrant>, kind?: AccessToken['kind']): Promise<string> {
  const { key, secret } = setting.media.tokenKey;
  const token = new AccessToken(key, secret, { identity, ttl: 60 });
  token.addGrant({ room, roomJoin: true, ...grant });
  if (kind !== undefined) token.kind = kind;
  return token.toJwt();
}

test('whoever goes past the door with the keys, hidden, as a recorder, an agent or under a name of their own, is put out, and the list is the media server’s', async () => {
  const honest = await guest('Ibu Tamu');
  const tamu = await enters(setting.door, honest.token);
  const member = honest.identity.split(':')[0]!;
  const tokens = await Promise.all([
    forged('p_00000000-0000-4000-8000-000000000000:s0123456789abcdef', { hidden: true }),
    forged('perekam', { hidden: true, recorder: true }),
    forged('agen', { agent: true }, 'agent'),
    forged('Sekda Kota', { canPublish: true }),
    forged(`${member}:l${'x'.repeat(16)}`, { hidden: true }),
  ]);
  const ghosts = await Promise.all(tokens.map((token) => enters(setting.media.url.replace(/^http/, 'ws'), token)));
  await setting.world.app.rooms.sweep();
  await Promise.all(ghosts.map(({ disconnected }) => disconnected));
  await eventually('the lists are the same', async () => {
    await setting.world.app.rooms.sweep();
    return (await listed()).join() === honest.identity && (await known()).join() === honest.identity;
  });
  expect([...tamu.room.remoteParticipants.values()].map(({ identity }) => identity)).toEqual([]);
  // A second device of one person is on the list, as themselves.
  const again = await guest('Ibu Tamu');
  await enters(setting.door, again.token);
  await eventually('both devices are on both lists', async () => {
    const both = [honest.identity, again.identity].toSorted().join();
    return (await listed()).join() === both && (await known()).join() === both;
  });
});

test('the recorder of this room’s recording stays in it and is on nobody’s list; another hidden one goes, and it goes when the recording ends', async () => {
  const { rooms } = setting.world.app;
  const [{ id: roomId }] = await setting.world.sql<[{ id: string }]>`select id from rooms.room where name = ${room}`;
  const past = setting.media.url.replace(/^http/, 'ws');
  const tamu = await enters(setting.door, (await guest('Ibu Tamu')).token);
  await rooms.sweep();
  const counted = async () => (await setting.chair.call(getMeeting, { params: setting.id })).inside;
  const before = await counted();
  const recording = randomUUID();
  await rooms.beginRecording(setting.world.sql, roomId, recording);
  const recorder = await enters(past, (await rooms.recorderToken(roomId))!);
  const ghosts = await Promise.all(
    [forged(`r_${randomUUID()}`, { hidden: true, canPublish: false }), forged('perekam', { hidden: true })].map(async (token) => enters(past, await token)),
  );
  await rooms.sweep();
  await Promise.all(ghosts.map(({ disconnected }) => disconnected));
  await rooms.sweep();
  expect(await listed()).toContain(`r_${recording}`);
  expect(tamu.sees(`r_${recording}`)).toBe(false);
  expect(await counted()).toBe(before);
  expect(JSON.stringify(await setting.chair.call(getSheet, { params: setting.id }))).not.toContain(recording);
  const kept = await setting.world.sql`
    select member from rooms.presence where member like 'r\\_%' union all select member from rooms.session where member like 'r\\_%'
    union all select member from rooms.member where member like 'r\\_%' union all select member from rooms.watcher where member like 'r\\_%'`;
  expect(kept).toEqual([]);
  await rooms.endRecording(setting.world.sql, roomId, recording);
  await rooms.sweep();
  await recorder.disconnected;
});

test('nobody gives themselves another name, badge or right in the room; what is locked is not sent, whatever a client sends', async () => {
  const { token, identity } = await guest('Bapak Tamu');
  const tamu = await enters(setting.door, token);
  await setting.chair.call(putLocks, { params: setting.id, body: { kamera: true } });
  await setting.world.app.rooms.sweep();
  const me = tamu.room.localParticipant!;
  await me.updateName('Sekda Kota').catch(() => {});
  await me.updateMetadata('{"badge":"Resmi"}').catch(() => {});
  await me.setAttributes?.({ peran: 'host' }).catch(() => {});
  await expect(tamu.publishPicture()).rejects.toThrow();
  const { url, tokenKey } = setting.media;
  const [seen] = (await new RoomServiceClient(url, tokenKey.key, tokenKey.secret).listParticipants(room)).filter((one) => one.identity === identity);
  expect({ name: seen?.name, metadata: seen?.metadata, attributes: seen?.attributes, tracks: seen?.tracks.length }).toEqual({
    name: '',
    metadata: '',
    attributes: {},
    tracks: 0,
  });
});
