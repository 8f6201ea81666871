// The same cases against the stand-in and the real server, so that the stand-in stays honest.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Right } from '../../shared/meetings.ts';
import { newIdentity, personMember, viewerMember } from '../../server/rooms/identity.ts';
import { connectLiveKit, type LiveKit, type Listed } from '../../server/rooms/livekit.ts';
import { eventually } from '../support/eventually.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { makeTestMedia, type TestMedia } from '../support/livekit-server.ts';
import { enterRoom, type Visitor } from '../support/visitor.ts';

type Subject = { livekit: LiveKit; enters(room: string, identity: string, word?: Right): Promise<void>; close(): Promise<void> };

async function theDouble(): Promise<Subject> {
  const livekit = createLiveKitDouble();
  return {
    livekit,
    enters: async (room, identity, word) => void livekit.arrives(room, identity, new Date(), word === 'viewer' ? { hidden: true, counts: false } : {}),
    close: async () => {},
  };
}

async function theRealOne(): Promise<Subject> {
  const media: TestMedia = await makeTestMedia();
  await media.start('http://127.0.0.1:9/api/livekit/webhook');
  const livekit = connectLiveKit(media);
  const visitors: Visitor[] = [];
  return {
    livekit,
    async enters(room, identity, word = 'speaker') {
      visitors.push(await enterRoom(media.url.replace(/^http/, 'ws'), await livekit.sign(room, identity, word)));
    },
    async close() {
      await Promise.all(visitors.map((v) => v.leave()));
      await media.remove();
    },
  };
}

describe.each([
  ['the stand-in', theDouble],
  ['the real server', theRealOne],
] as const)('%s', (_name, make) => {
  let subject: Subject;
  beforeAll(async () => {
    subject = await make();
  }, 60_000);
  afterAll(async () => subject.close());
  const name = (): string => `r-${randomUUID().slice(0, 16)}`;
  const someone = (): string => newIdentity(personMember(randomUUID()), 'session', 'peramban');
  const present = (room: string, identity: string): Promise<Listed> =>
    eventually('the list shows who entered', async () => (await subject.livekit.list(room)).find((p) => p.identity === identity && p.active));

  test('a room that nobody made lists nobody, and can be deleted without complaint', async () => {
    const room = name();
    expect(await subject.livekit.list(room)).toEqual([]);
    await subject.livekit.deleteRoom(room);
    await subject.livekit.remove(room, someone());
  });

  test('making a room twice is making it once', async () => {
    const room = name();
    await subject.livekit.ensureRoom(room);
    await subject.livekit.ensureRoom(room);
    expect(await subject.livekit.list(room)).toEqual([]);
  });

  test('who entered is listed with a session, a time, as somebody who counts', async () => {
    const [room, identity] = [name(), someone()];
    await subject.livekit.ensureRoom(room);
    await subject.enters(room, identity);
    const listed = await present(room, identity);
    expect(listed).toMatchObject({ identity, active: true, counts: true });
    expect(listed.sid).toMatch(/^PA_/);
    expect(Math.abs(listed.joinedAt.getTime() - Date.now())).toBeLessThan(60_000);
  });

  test('two devices of one person are two sessions', async () => {
    const [room, member] = [name(), personMember(randomUUID())];
    await subject.livekit.ensureRoom(room);
    const devices = [newIdentity(member, 'session', 'ponsel'), newIdentity(member, 'session', 'laptop')];
    for (const device of devices) await subject.enters(room, device);
    for (const device of devices) await present(room, device);
    expect(await subject.livekit.list(room)).toHaveLength(2);
  });

  test('a removed participant is gone from the list; a right can be changed and changed again', async () => {
    const [room, identity] = [name(), someone()];
    await subject.livekit.ensureRoom(room);
    await subject.enters(room, identity);
    await present(room, identity);
    await subject.livekit.allow(room, identity, 'audience');
    await subject.livekit.allow(room, identity, 'speaker');
    await subject.livekit.remove(room, identity);
    await eventually('the list is empty', async () => (await subject.livekit.list(room)).length === 0);
  });

  test('a right less what is barred is taken, also when nothing is left of it, and read back from a token', async () => {
    const [room, identity] = [name(), someone()];
    await subject.livekit.ensureRoom(room);
    await subject.enters(room, identity);
    await present(room, identity);
    for (const bars of [['microphone'], ['camera', 'microphone', 'screen_share', 'screen_share_audio'], []])
      await subject.livekit.allow(room, identity, 'speaker', bars);
    expect(await subject.livekit.mute(room, () => true)).toEqual([]);
    expect(await subject.livekit.list(room)).toMatchObject([{ identity, sources: [] }]);
    const token = await subject.livekit.sign(room, identity, 'speaker', ['microphone', 'screen_share', 'screen_share_audio']);
    expect(await subject.livekit.readToken(token)).toMatchObject({ canPublish: true, sources: ['camera'] });
    const nothing = await subject.livekit.sign(room, identity, 'speaker', ['camera', 'microphone', 'screen_share', 'screen_share_audio']);
    expect(await subject.livekit.readToken(nothing)).toMatchObject({ canPublish: false, canSubscribe: true });
  });

  test('who watches is listed as hidden and counts for nobody; a right applied anew leaves them hidden', async () => {
    const [room, identity] = [name(), newIdentity(viewerMember(randomUUID()), 'link', 'peramban')];
    await subject.livekit.ensureRoom(room);
    await subject.enters(room, identity, 'viewer');
    expect(await present(room, identity)).toMatchObject({ hidden: true, counts: false });
    await subject.livekit.allow(room, identity, 'viewer');
    expect(await subject.livekit.list(room)).toMatchObject([{ identity, hidden: true, counts: false }]);
    await subject.livekit.remove(room, identity);
    await eventually('the list is empty', async () => (await subject.livekit.list(room)).length === 0);
  });

  test.each(['floor', 'floor_camera', 'signer'] as const)('the word %s is taken and shown to all', async (word) => {
    const [room, identity] = [name(), someone()];
    await subject.livekit.ensureRoom(room);
    await subject.enters(room, identity, 'audience');
    await present(room, identity);
    await subject.livekit.allow(room, identity, word);
    expect(await subject.livekit.list(room)).toMatchObject([{ identity, hidden: false, counts: true }]);
  });

  test('a deleted room lists nobody', async () => {
    const [room, identity] = [name(), someone()];
    await subject.livekit.ensureRoom(room);
    await subject.enters(room, identity);
    await present(room, identity);
    await subject.livekit.deleteRoom(room);
    await eventually('the list is empty', async () => (await subject.livekit.list(room)).length === 0);
  });

  test('its own tokens are read back, those of others are not', async () => {
    const token = await subject.livekit.sign('r-1', someone(), 'audience');
    expect(await subject.livekit.readToken(token)).toMatchObject({
      room: 'r-1',
      roomJoin: true,
      canPublish: false,
      canSubscribe: true,
      canPublishData: false,
      powers: [],
    });
    expect(await subject.livekit.readToken(`${token.slice(0, -4)}AAAA`)).toBeNull();
    expect(await subject.livekit.readToken(await subject.livekit.sign('r-1', someone(), 'viewer'))).toMatchObject({ canPublish: false, powers: ['hidden'] });
  });
});
