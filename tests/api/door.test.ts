import { randomUUID } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import { afterEach, expect, test } from 'vitest';
import { postMeetingEnd, postNewLink, postRemoval, postTicket } from '../../shared/meetings.ts';
import { doubleKeys } from '../support/livekit-double.ts';
import { calledMeeting, opensLink } from '../support/meeting.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

async function atTheDoor() {
  const setting = await calledMeeting({
    guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }],
  });
  worlds.push(setting.world);
  const guest = opensLink(setting.world, setting.invitation('Ibu Tamu').link);
  const ticket = await guest.call(postTicket, { params: setting.id, body: {} });
  const knock = async (token: string, path = '/rtc/v1/validate'): Promise<number> =>
    (await setting.world.app.fastify.inject({ url: `${path}?access_token=${token}` })).statusCode;
  return { ...setting, guest, ticket, knock, member: setting.invitation('Ibu Tamu').member };
}

/** What LiveKit would hand out: a token of our own key with these grants. */
const forged = (room: string, identity: string, grant: object, key = doubleKeys.tokenKey, ttl = 600): Promise<string> => {
  const token = new AccessToken(key.key, key.secret, { identity, ttl });
  token.addGrant({
    room,
    roomJoin: true,
    canSubscribe: true,
    canPublish: true,
    canPublishData: false,
    ...grant,
  });
  return token.toJwt();
};

test('a ticket of this moment opens the door on all its paths', async () => {
  const { ticket, knock } = await atTheDoor();
  expect(await knock(ticket.token)).toBe(200);
  expect(await knock(ticket.token, '/rtc/validate')).toBe(200);
});

test('a token LiveKit refreshed itself, signed with either key, is judged by the same table', async () => {
  const { ticket, room, knock } = await atTheDoor();
  expect(await knock(await forged(room.name, ticket.identity, {}, doubleKeys.webhookKey))).toBe(200);
  expect(await knock(await forged(room.name, ticket.identity, { roomAdmin: true }, doubleKeys.webhookKey))).toBe(403);
});

test.each([
  ['roomAdmin', { roomAdmin: true }],
  ['hidden', { hidden: true }],
  ['recorder', { recorder: true }],
  ['data messages', { canPublishData: true }],
  ['own metadata', { canUpdateOwnMetadata: true }],
  ['making rooms', { roomCreate: true }],
])('a token with %s is refused', async (_power, grant) => {
  const { ticket, room, knock } = await atTheDoor();
  expect(await knock(await forged(room.name, ticket.identity, grant))).toBe(403);
});

test('a token kept from when one could speak is refused once the right is to listen', async () => {
  const { world, ticket, room, member, knock } = await atTheDoor();
  await world.app.rooms.setRight(world.sql, room.id, member, 'audience');
  expect(await knock(ticket.token)).toBe(403);
});

test('a removed person is refused with every token: the one used, one unused, one refreshed', async () => {
  const { chair, guest, ticket, room, id, member, knock } = await atTheDoor();
  const unused = await guest.call(postTicket, { params: id, body: {} });
  await chair.call(postRemoval, { params: { ...id, member }, body: { ban: false } });
  for (const token of [
    ticket.token,
    unused.token,
    await forged(room.name, ticket.identity, {}),
    await forged(room.name, `${member}:s${'A'.repeat(16)}`, { canPublish: false }),
  ])
    expect(await knock(token)).toBe(403);
});

test('a closed room is refused with every token', async () => {
  const { chair, ticket, id, knock } = await atTheDoor();
  await chair.call(postMeetingEnd, { params: id });
  expect(await knock(ticket.token)).toBe(403);
});

test('somebody who was never invited is told there is no such room', async () => {
  const { room, knock } = await atTheDoor();
  expect(await knock(await forged(room.name, `p_${randomUUID()}:s${'A'.repeat(16)}`, {}))).toBe(404);
  expect(await knock(await forged('r-lain', `p_${randomUUID()}:s${'A'.repeat(16)}`, {}))).toBe(404);
});

test('the recorder of the recording that runs in the room is let in as a silent listener; another recording’s, and one that may more, is not', async () => {
  const { world, chair, room, id, knock } = await atTheDoor();
  const { rooms } = world.app;
  const [recording, other] = [randomUUID(), randomUUID()];
  const listens = { hidden: true, canPublish: false };
  expect(await knock(await forged(room.name, `r_${recording}`, listens))).toBe(403);
  expect(await rooms.beginRecording(world.sql, room.id, recording)).toBe(true);
  // One room, one recording; to begin it again is nothing new.
  expect(await rooms.beginRecording(world.sql, room.id, other)).toBe(false);
  expect(await rooms.beginRecording(world.sql, room.id, recording)).toBe(true);
  const token = (await rooms.recorderToken(room.id))!;
  expect(await knock(token)).toBe(200);
  expect(await knock(await forged(room.name, `r_${recording}`, listens))).toBe(200);
  expect(await knock(await forged(room.name, `r_${other}`, listens))).toBe(403);
  expect(await knock(await forged('r-lain', `r_${recording}`, listens))).toBe(403);
  for (const more of [{ canPublish: true }, { hidden: false }, { recorder: true }, { roomAdmin: true }, { canPublishData: true }])
    expect([more, await knock(await forged(room.name, `r_${recording}`, { ...listens, ...more }))]).toEqual([more, 403]);
  expect(await rooms.endRecording(world.sql, room.id, other)).toBe(false);
  expect(await rooms.endRecording(world.sql, room.id, recording)).toBe(true);
  expect(await knock(token)).toBe(403);
  expect(await rooms.recorderToken(room.id)).toBeNull();
  // A recording ends with its room.
  await rooms.beginRecording(world.sql, room.id, other);
  const last = (await rooms.recorderToken(room.id))!;
  await chair.call(postMeetingEnd, { params: id });
  expect(await knock(last)).toBe(403);
  expect(await rooms.recorderToken(room.id)).toBeNull();
  expect(await rooms.beginRecording(world.sql, room.id, randomUUID())).toBe(false);
});

test.each([
  ['no token', async () => ''],
  ['not a token', async () => 'x.y.z'],
  [
    'another portal’s key',
    async (room: string, identity: string) => forged(room, identity, {}, { key: 'APIlain', secret: 'lain-0123456789abcdef0123456789abcdef' }),
  ],
  [
    'an unsigned token',
    async (room: string, identity: string) =>
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ iss: doubleKeys.tokenKey.key, sub: identity, video: { room, roomJoin: true } })).toString('base64url')}.`,
  ],
  ['an identity that is no member’s', async (room: string) => forged(room, 'walikota', {})],
])('%s is refused as no token of ours', async (_what, make) => {
  const { room, ticket, knock } = await atTheDoor();
  expect(await knock(await make(room.name, ticket.identity))).toBe(401);
});

test('a link lets in the first browser that enters by it, and tells a second one so', async () => {
  const { world, invitation, id, ticket, knock } = await atTheDoor();
  const other = opensLink(world, invitation('Ibu Tamu').link);
  const second = await other.call(postTicket, { params: id, body: {} });
  const answers = await Promise.all([ticket, second, second, ticket, second].map((t) => knock(t.token)));
  expect(new Set(answers)).toEqual(new Set([200, 403]));
  const loser = answers[0] === 200 ? other : opensLink(world, invitation('Ibu Tamu').link);
  expect(await loser.refusalOf(postTicket, { params: id, body: {} })).toBe('link.other_device');
});

test('a renewed link lets nobody in by the former one, and is not taken by its browser', async () => {
  const { world, chair, invitation, id, ticket, knock } = await atTheDoor();
  expect(await knock(ticket.token)).toBe(200);
  const { link } = await chair.call(postNewLink, { params: { ...id, invitation: invitation('Ibu Tamu').id } });
  expect(await knock(ticket.token)).toBe(403);
  const fresh = await opensLink(world, link).call(postTicket, { params: id, body: {} });
  expect(await knock(fresh.token)).toBe(200);
  expect(await knock(ticket.token)).toBe(403);
});

test.each(['/twirp/livekit.RoomService/ListRooms', '/whip/v1', '/agent', '/rtc/v2', '/debug/rooms', '/rtc/v1/../../twirp/livekit.RoomService/ListRooms'])(
  '%s of the media server is not there',
  async (path) => {
    const { world, ticket } = await atTheDoor();
    for (const method of ['GET', 'POST'] as const)
      expect(
        (
          await world.app.fastify.inject({
            method,
            url: `${path}?access_token=${ticket.token}`,
            ...(method === 'POST' && { payload: {} }),
          })
        ).statusCode,
      ).toBe(404);
  },
);
