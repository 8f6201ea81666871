// Locks against a real LiveKit and clients that publish anyway: nothing of them is forwarded.
import { setTimeout as stay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postTicket } from '../../shared/meetings.ts';
import { deleteTurn, postMicrophone, postMute, postTurn, putLocks, putRules } from '../../shared/moderation.ts';
import { connectLiveKit } from '../../server/rooms/livekit.ts';
import { eventually } from '../support/eventually.ts';
import { opensLink } from '../support/meeting.ts';
import { realMeeting, type RealMeeting } from '../support/real-meeting.ts';
import { enterStubborn, type Stubborn } from '../support/stubborn.ts';
import type { Client } from '../support/world.ts';

/** As long as packets are counted for: a hundred of every open microphone. */
const LISTENS_MS = 2_000;
const NAMES = ['Tamu Satu', 'Tamu Dua', 'Tamu Tiga', 'Tamu Empat', 'Tamu Lima'];

let setting: RealMeeting;
let ears: Stubborn;
const guests = new Map<string, Stubborn>();
const pages = new Map<string, Client>();
const tokens = new Map<string, string>();
const memberOf = (name: string): string => setting.invitations.find((i) => i.name === name)?.member ?? '';
beforeAll(async () => {
  setting = await realMeeting({ guests: NAMES.map((name) => ({ name, institution: 'Uji' })) });
  const own = await setting.chair.call(postTicket, { params: setting.id, body: {} });
  ears = await enterStubborn(setting.door, own.token, { hears: true });
  for (const name of NAMES) {
    const link = setting.invitations.find((i) => i.name === name)?.link ?? '';
    const page = opensLink(setting.world, link);
    const { token } = await page.call(postTicket, { params: setting.id, body: {} });
    pages.set(name, page);
    tokens.set(name, token);
    guests.set(name, await enterStubborn(setting.door, token));
  }
}, 90_000);
afterAll(async () => {
  for (const one of [...guests.values(), ears]) await one.leave();
  await setting.close();
});

const sent = async (): Promise<string[]> =>
  [...(await setting.world.app.rooms.published(await roomId()))].filter(([, s]) => s.has('microphone')).map(([m]) => m);
/** The media server itself ends a track with a fifth of a second of silence. */
async function silence(): Promise<number> {
  let heard = -1;
  await eventually('nothing arrives any more', async () => {
    const before = heard;
    heard = await ears.heard();
    await stay(500);
    return heard === before;
  });
  return heard;
}
const roomId = async (): Promise<string> => (await setting.world.sql<{ id: string }[]>`select id from rooms.room`)[0]!.id;
const told = async (): Promise<boolean> => (await setting.world.sql`select from rooms.member where applied_at is null`).length === 0;
const all = [...NAMES];
const publish = (names: readonly string[]): Promise<boolean[]> => Promise.all(names.map(async (name) => guests.get(name)!.publish()));

test('five microphones are heard; muted they can be opened again; locked not one packet is forwarded, whatever the clients do', async () => {
  expect(await publish(all)).toEqual(all.map(() => true));
  await eventually('they are heard', async () => (await ears.heard()) > 100);

  const { muted } = await setting.chair.call(postMute, { params: setting.id, body: { member: null } });
  expect(muted.toSorted()).toEqual(all.map(memberOf).toSorted());
  await eventually('nobody is heard any more', async () => (await sent()).length === 0);

  await setting.chair.call(putLocks, { params: setting.id, body: { mikrofon: true } });
  await eventually('the media server was told', told);
  await eventually('what was published is withdrawn', async () => {
    const list = await connectLiveKit(setting.media).list((await setting.world.sql<{ name: string }[]>`select name from rooms.room`)[0]!.name);
    return list.every(({ sources }) => sources.length === 0);
  });
  const before = await silence();
  // They publish again and again, without waiting for what comes of it, and try the door with the token from before.
  for (const until = Date.now() + LISTENS_MS; Date.now() < until; await stay(250)) void publish(all.slice(1));
  const knocks = [...tokens.values()].map(async (token) => (await fetch(`${setting.origin}/rtc/v1/validate?access_token=${token}`)).status);
  expect(await Promise.all(knocks)).toEqual(all.map(() => 403));
  expect(await sent()).toEqual([]);
  expect((await ears.heard()) - before).toBe(0);
});

test('one turn opens one microphone, and closes it when it is over', async () => {
  const name = all[0]!;
  const speaker = guests.get(name)!;
  await setting.world.app.rooms.sweep();
  await setting.chair.call(postTurn, { params: setting.id, body: { member: memberOf(name), seconds: 60 } });
  await eventually('the media server was told', told);
  void publish(all);
  const silent = await ears.heard();
  await eventually('the turn is heard', async () => (await ears.heard()) > silent + 20);
  expect(await sent()).toEqual([memberOf(name)]);
  const [turn] = await setting.world.sql<{ id: string }[]>`select id from moderation.turn where ended_at is null`;
  await setting.chair.call(deleteTurn, { params: { ...setting.id, turn: turn!.id } });
  await eventually('the turn is over at the media server', async () => (await sent()).length === 0);
  const before = await silence();
  void speaker.publish();
  await stay(LISTENS_MS);
  expect([await sent(), (await ears.heard()) - before]).toEqual([[], 0]);
});

test('where one comes in muted, a client that publishes anyway is not heard until its person opens the microphone', async () => {
  const name = all[4]!;
  const page = pages.get(name)!;
  for (const one of guests.values()) await one.leave();
  await eventually('the portal knows that they left', async () => (await setting.world.sql`select from rooms.session where closed_at is null`).length === 1);
  await setting.chair.call(putRules, { params: setting.id, body: { entryMuted: true } });
  await setting.chair.call(putLocks, { params: setting.id, body: { mikrofon: false } });
  await eventually('the media server was told', told);
  const comes = async (): Promise<Stubborn> => enterStubborn(setting.door, (await page.call(postTicket, { params: setting.id, body: {} })).token);
  // On two devices: a client whose publishing was refused waits ten seconds before it tries again.
  const [late, patient] = [await comes(), await comes()];
  guests.set(`${name} 1`, late).set(`${name} 2`, patient);
  const before = await silence();
  for (const until = Date.now() + LISTENS_MS; Date.now() < until; await stay(250)) void late.publish();
  expect([await sent(), (await ears.heard()) - before]).toEqual([[], 0]);
  await page.call(postMicrophone, { params: setting.id });
  await eventually('the media server was told', told);
  void patient.publish();
  await eventually('they are heard', async () => (await ears.heard()) > before + 20);
  expect(await sent()).toEqual([memberOf(name)]);
});
