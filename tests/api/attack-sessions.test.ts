// A session that is over opens nothing and hears nothing, by whatever it ended; what somebody held before they lost their account is worth nothing.
import { afterEach, expect, test } from 'vitest';
import {
  deleteSession,
  deleteSessions,
  getMe,
  postHolding,
  postPersonDisabled,
  postPersonPassword,
  postSession,
  putPassword,
  putPersonRoles,
} from '../../shared/people.ts';
import { postJoin, postMeetingNow, postTicket } from '../../shared/meetings.ts';
import type { Endpoint } from '../../shared/endpoint.ts';
import { castWorld, nipOf, PASSWORD, signIn, type Actor, type Cast } from '../support/cast.ts';
import { liveSocket } from '../support/live-socket.ts';
import { calledMeeting, opensLink } from '../support/meeting.ts';
import type { Client, World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));
async function office() {
  const { world, cast } = await castWorld();
  worlds.push(world);
  return { world, cast, admin: await signIn(world, cast.administrator) };
}

const MINUTE = 60_000;
/** Each route with a value in each place of its path. */
const filled = ({ path }: Endpoint): Record<string, string> =>
  Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name]) => [name!, '00000000-0000-4000-8000-000000000000']));
/** Those that answer something else than "sign in" to this browser. */
async function stillOpen(world: World, browser: Client): Promise<string[]> {
  const needed = world.app.routes.map(({ endpoint }) => endpoint).filter(({ who }) => who === 'signedIn' || Array.isArray(who));
  const open: string[] = [];
  for (const endpoint of needed) {
    const { status, text } = await browser.send(endpoint, { params: filled(endpoint), ...(endpoint.body !== undefined && { body: {} }) });
    if (status !== 401 || !text.includes('session.required')) open.push(`${endpoint.method} ${endpoint.path} ${status}`);
  }
  expect(needed.length).toBeGreaterThan(200);
  return open;
}

test('of a disabled account nothing is served at any address, though the browser keeps its cookie', async () => {
  const { world, cast, admin } = await office();
  const kabid = await signIn(world, cast.kabid);
  await admin.call(postPersonDisabled, { params: { id: cast.kabid.id }, body: { disabled: true } });
  const cookies = new Map(kabid.cookies);
  expect(await stillOpen(world, kabid)).toEqual([]);
  expect(kabid.cookies).toEqual(cookies);
});

type Ending = [what: string, who: (cast: Cast) => Actor, ends: (o: Awaited<ReturnType<typeof office>>, here: Client, there: Client) => Promise<unknown>];
test.each<Ending>([
  ['signed out', (c) => c.kabid, (_, here) => here.call(deleteSession, {})],
  ['signed out everywhere from another device', (c) => c.kabid, (_, _here, there) => there.call(deleteSessions, {})],
  [
    'the password changed on another device',
    (c) => c.kabid,
    (_, _here, there) => there.call(putPassword, { body: { current: PASSWORD, next: 'kopi tanpa gula' } }),
  ],
  ['a first password given anew', (c) => c.kabid, (o) => o.admin.call(postPersonPassword, { params: { id: o.cast.kabid.id } })],
  ['disabled', (c) => c.kabid, (o) => o.admin.call(postPersonDisabled, { params: { id: o.cast.kabid.id }, body: { disabled: true } })],
  ['signed in anew in the same browser', (c) => c.kabid, (o, here) => here.call(postSession, { body: { login: o.cast.kabid.nip, password: PASSWORD } })],
])('%s: the old cookie is nobody’s and its open socket is closed', async (_what, who, ends) => {
  const o = await office();
  const [here, there] = [await signIn(o.world, who(o.cast)), await signIn(o.world, who(o.cast))];
  const thief = o.world.visitor();
  for (const [name, value] of here.cookies) thief.cookies.set(name, value);
  const socket = await liveSocket(o.world, here);
  await ends(o, here, there);
  expect(await socket.closed).toBe(4401);
  expect(await thief.refusalOf(getMe, {})).toBe('session.required');
  // With a cookie that is nobody's a socket is a visitor's.
  const stranger = await liveSocket(o.world, thief);
  stranger.say({ type: 'watch', topic: `opd:${o.cast.opds.dinsos.id}` });
  expect(await stranger.next('refused')).toBeDefined();
  stranger.ws.close();
});

test('a role given or taken closes the socket, which comes back with the rights of now', async () => {
  const { world, cast, admin } = await office();
  const topic = `opd:${cast.opds.dinsos.id}`;
  const rina = await signIn(world, cast.adminDinsos);
  const before = await liveSocket(world, rina);
  before.say({ type: 'watch', topic });
  await before.next('watching');
  await admin.call(putPersonRoles, { params: { id: cast.adminDinsos.id }, body: [] });
  expect(await before.closed).toBe(1012);
  const after = await liveSocket(world, rina);
  after.say({ type: 'watch', topic });
  expect(await after.next('refused')).toEqual({ type: 'refused', topic });
  after.ws.close();
});

test('what nobody tells is found at the next look: a session that grew old, and a Plh whose days are over', async () => {
  const { world, cast, admin } = await office();
  const body = { personId: cast.kabid.id, kind: 'plh' as const, from: cast.today, until: cast.today, basis: 'SP 1' };
  await admin.call(postHolding, { params: { id: cast.kepala.positionId! }, body });
  const [plh, idle, guest] = [
    await liveSocket(world, await signIn(world, cast.kabid)),
    await liveSocket(world, await signIn(world, cast.staf)),
    await liveSocket(world, null),
  ];
  await world.app.live.review();
  // 20.00 WIB: within the twelve hours of both.
  world.clock.advance(11 * 60 * MINUTE);
  const late = await signIn(world, cast.kabid);
  const latePlh = await liveSocket(world, late);
  world.clock.advance(5 * 60 * MINUTE);
  await world.app.live.review();
  expect([await plh.closed, await idle.closed, await latePlh.closed]).toEqual([4401, 4401, 1012]);
  expect((await late.call(getMe, {})).roles).not.toContain('kepala_opd');
  expect(guest.ws.readyState).toBe(guest.ws.OPEN);
  guest.ws.close();
});

test('whoever is disabled in the middle of a meeting is out of it, and comes in by nothing they held', async () => {
  const setting = await calledMeeting((c) => ({ people: [c.kabid.id, c.staf.id], guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }] }));
  const { world, livekit, cast, id, room, invitation } = setting;
  worlds.push(world);
  const kabid = await signIn(world, cast.kabid);
  const [used, unused] = [await kabid.call(postTicket, { params: id, body: {} }), await kabid.call(postTicket, { params: id, body: {} })];
  livekit.arrives(room.name, used.identity, world.clock.now());
  const admin = await signIn(world, cast.administrator);
  const knock = async (token: string): Promise<number> => (await world.app.fastify.inject({ url: `/rtc/v1/validate?access_token=${token}` })).statusCode;
  const other = await setting.chair.call(postMeetingNow, {
    body: { title: 'Lain', sifat: 'biasa', invite: { people: [cast.kabid.id], positions: [], units: [], guests: [] } },
  });
  const there = await kabid.call(postTicket, { params: { id: other.id }, body: {} });
  expect([await knock(used.token), await knock(there.token)]).toEqual([200, 200]);
  await admin.call(postPersonDisabled, { params: { id: cast.kabid.id }, body: { disabled: true } });
  await world.app.rooms.sweep();
  expect(livekit.calls).toContainEqual({ verb: 'remove', room: room.name, identity: used.identity });
  expect([await knock(used.token), await knock(unused.token), await knock(there.token)]).toEqual([403, 403, 403]);
  expect(await kabid.refusalOf(postTicket, { params: id, body: {} })).toBe('session.required');
  expect(await opensLink(world, invitation('Ibu Tamu').link).refusalOf(postJoin, { body: {} })).toBeNull();
});

test('sign-in answers the same bytes and the same head for who is known, unknown, disabled and without a password', async () => {
  const { world, cast, admin } = await office();
  await admin.call(postPersonDisabled, { params: { id: cast.stafDinkes.id }, body: { disabled: true } });
  await world.sql`update people.person set password_hash = null where id = ${cast.operator.id}`;
  const answers: string[] = [];
  for (const login of [cast.kabid.nip, cast.kabid.email, nipOf(27), 'tidak@ada.example', cast.stafDinkes.nip, cast.operator.nip]) {
    for (let n = 0; n < 7; n += 1) {
      const { status, text, headers } = await world.visitor().send(postSession, { body: { login, password: 'bukan-ini-sandinya' } });
      const { date: _, 'set-cookie': cookie, ...head } = headers;
      const cookies = [cookie ?? []].flat().map((one) => String(one).replace(/=[^;]+/, '=X'));
      answers[n] ??= JSON.stringify([status, text, head, cookies]);
      expect([login, n, JSON.stringify([status, text, head, cookies])]).toEqual([login, n, answers[n]]);
    }
    world.clock.advance(20 * MINUTE);
  }
});
