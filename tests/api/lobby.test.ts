// Whoever is not invited waits in the portal: no row, no word, no token before somebody says yes; of yes and no at once, no.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  deleteRemoval,
  getInvitations,
  getRoom,
  postInvitations,
  postJoin,
  postMeetingEnd,
  postMeetingNow,
  postRemoval,
  postTicket,
} from '../../shared/meetings.ts';
import {
  deleteKnock,
  getLobbyDesk,
  getLobbySetting,
  getMyLobbies,
  postKnock,
  postLobbyDecision,
  postLobbyLink,
  postLobbyView,
  putLobbyMessage,
  putLobbySetting,
  type LobbyAct,
  type LobbySetting,
} from '../../shared/lobby.ts';
import { getSheet } from '../../shared/attendance.ts';
import { getNotices } from '../../shared/notifications.ts';
import { buildApp } from '../../server/app.ts';
import { castWorld, refusalIn, signIn, type Cast } from '../support/cast.ts';
import { createLiveKitDouble, type LiveKitDouble } from '../support/livekit-double.ts';
import { liveSocket } from '../support/live-socket.ts';
import { mediaServerTells } from '../support/meeting.ts';
import { HOST, openClient, SECRET, type Client, type World } from '../support/world.ts';

let world: World;
let cast: Cast;
let livekit: LiveKitDouble;
let chair: Client;
beforeAll(async () => {
  livekit = createLiveKitDouble();
  ({ world, cast } = await castWorld({ livekit }));
  chair = await signIn(world, cast.kepala);
});
afterAll(async () => world.close());

const NOBODY = { people: [], positions: [], units: [], guests: [] };
const OPEN: LobbySetting = { staff: true, guests: true, showTitle: false, opens: 'pimpinan', minutesBefore: 0 };
type Meeting = Awaited<ReturnType<typeof running>>;

/** A meeting of the head of Dinas Sosial that runs, with a lobby for outsiders. */
async function running(setting: Partial<LobbySetting> = {}) {
  const { id } = await chair.call(postMeetingNow, { body: { title: `Rapat ${randomUUID()}`, sifat: 'biasa', invite: { ...NOBODY, people: [cast.kabid.id] } } });
  return set(id, setting);
}
/** As above, for tomorrow at nine. */
async function planned(setting: Partial<LobbySetting> = {}, startsAt = new Date(world.clock.now().getTime() + 86_400_000), endsAt: Date | null = null) {
  const plan = { title: `Rapat ${randomUUID()}`, sifat: 'biasa' as const, place: 'Daring', startsAt, endsAt, invite: { ...NOBODY, people: [cast.kabid.id] } };
  const id = await world.app.sql.begin((tx) => world.app.meetings.plan(tx, cast.kepala.id, plan));
  return set(id, setting);
}
async function set(id: string, setting: Partial<LobbySetting>) {
  const { link } = await chair.call(putLobbySetting, { params: { id }, body: { ...OPEN, ...setting } });
  return { id, params: { id }, code: link?.split('/m/')[1] ?? '' };
}

/** A browser of nobody at the door of a meeting. */
async function outsider(meeting: Pick<Meeting, 'code'>, name = 'Rahmat Hidayat', browser: Client = world.visitor()) {
  const knocks = () => browser.call(postKnock, { body: { code: meeting.code, name, institution: 'Yayasan Contoh' } });
  const looks = () => browser.call(postLobbyView, { body: { code: meeting.code } });
  const view = await knocks();
  return { browser, id: view.knock!.id, name, knocks, looks, view };
}
const decides = async (host: Client, meeting: Pick<Meeting, 'params'>, act: LobbyAct, knocks: readonly { id: string; round?: number }[], message?: string) =>
  host.call(postLobbyDecision, {
    params: meeting.params,
    body: { act, knocks: knocks.map(({ id, round = 1 }) => ({ id, round })), ...(message !== undefined && { message }) },
  });
const desk = (meeting: Pick<Meeting, 'params'>, host: Client = chair) => host.call(getLobbyDesk, { params: meeting.params });
/** The same browser, with the link it was given. */
const withLink = (browser: Client, way: string | null): Client => {
  const client = openClient(world.app, `http://${HOST}`, way?.split('#')[1] ?? '');
  for (const [name, value] of browser.cookies) client.cookies.set(name, value);
  return client;
};
const rowsFor = async (meetingId: string) => ({
  members: await world.sql`select member from rooms.member m join meetings.meeting t on t.room_id = m.room_id where t.id = ${meetingId} order by member`,
  invitations: await world.sql`select member from meetings.invitation where meeting_id = ${meetingId} order by member`,
});

test('an employee who is not invited waits, is admitted, and is on the list as somebody who was not invited', async () => {
  const m = await running();
  const tuti = await signIn(world, cast.stafDinkes);
  const before = await rowsFor(m.id);
  expect(await tuti.refusalOf(postJoin, { body: { meetingId: m.id } })).toBe('not_found');
  const view = await tuti.call(postKnock, { body: { meetingId: m.id } });
  expect(view).toMatchObject({
    you: { badge: 'Pegawai', name: cast.stafDinkes.name },
    knock: { state: 'menunggu', place: 1, institution: 'Perawat · Dinas Kesehatan' },
    way: null,
    hostInside: false,
  });
  // Waiting is being in no room: no row, no token, no socket of the meeting.
  expect(await rowsFor(m.id)).toEqual(before);
  for (const refused of [
    tuti.refusalOf(postTicket, { params: m.params, body: {} }),
    tuti.refusalOf(getRoom, { params: m.params }),
    tuti.refusalOf(postJoin, { body: { meetingId: m.id } }),
  ])
    expect(await refused).toBe('not_found');
  const socket = await liveSocket(world, tuti);
  socket.say({ type: 'watch', topic: `meeting:${m.id}` });
  expect(await socket.next('refused')).toMatchObject({ topic: `meeting:${m.id}` });
  socket.say({ type: 'watch', topic: `knock:${view.knock!.id}` });
  await socket.next('watching');
  expect((await desk(m)).waiting).toMatchObject([
    { name: cast.stafDinkes.name, badge: 'Pegawai', unit: 'Perawat · Dinas Kesehatan', flag: null, away: false, round: 1 },
  ]);
  await decides(chair, m, 'izinkan', [view.knock!]);
  await socket.next('knock.changed');
  socket.ws.close();
  expect(await tuti.call(postLobbyView, { body: { meetingId: m.id } })).toMatchObject({ knock: { state: 'masuk' }, way: `/r/${m.id}` });
  const { ticket, you } = await tuti.call(postJoin, { body: { meetingId: m.id } });
  expect([ticket, you.right]).toEqual([null, 'speaker']);
  const { identity } = await tuti.call(postTicket, { params: m.params, body: {} });
  const [room] = await world.sql<{ name: string }[]>`select r.name from rooms.room r join meetings.meeting t on t.room_id = r.id where t.id = ${m.id}`;
  await mediaServerTells(world, { event: 'participant_joined', room: room!.name, identity, sid: 'PA_tuti' });
  const sheet = await chair.call(getSheet, { params: m.params });
  expect(sheet.rows.find(({ name }) => name === cast.stafDinkes.name)).toMatchObject({ invited: false, status: 'hadir' });
  expect(sheet.counts.invited).toBe(2);
});

test('an outsider by the common link is admitted with a link that opens in that browser alone, for that meeting alone', async () => {
  const [m, other] = [await running(), await running()];
  const rahmat = await outsider(m);
  expect(rahmat.view.meeting).toMatchObject({ title: null, opdName: 'Dinas Sosial', state: 'berlangsung' });
  expect(JSON.stringify(rahmat.view)).not.toContain(m.id);
  // Reuse of what this browser holds at another meeting: nobody is known there.
  expect(await rahmat.browser.call(postLobbyView, { body: { code: other.code } })).toMatchObject({ knock: null, way: null });
  expect((await rowsFor(m.id)).members).toHaveLength(2);
  await decides(chair, m, 'izinkan', [rahmat]);
  const { way, meeting } = await rahmat.looks();
  expect(way).toMatch(/^\/r#[\w-]{28}$/);
  expect(meeting.title).not.toBeNull();
  const guest = withLink(rahmat.browser, way);
  expect((await guest.call(postJoin, { body: {} })).you).toMatchObject({ name: 'Rahmat Hidayat', badge: 'Tamu', right: 'speaker', opdName: 'Yayasan Contoh' });
  await guest.call(postTicket, { params: m.params, body: {} });
  // The link carried off, and the guest of one meeting at another.
  const thief = openClient(world.app, `http://${HOST}`, way!.split('#')[1]);
  expect(await thief.refusalOf(postJoin, { body: {} })).toBe('link.other_device');
  expect(await thief.refusalOf(postTicket, { params: m.params, body: {} })).toBe('link.other_device');
  expect(await guest.refusalOf(postJoin, { body: { meetingId: other.id } })).toBe('not_found');
  expect(await guest.refusalOf(postTicket, { params: other.params, body: {} })).toBe('not_found');
  expect((await rahmat.browser.call(postLobbyView, { body: { code: other.code } })).way).toBeNull();
  // Somebody else's waiting is nobody's to see or to end.
  expect(await world.visitor().refusalOf(deleteKnock, { params: { id: rahmat.id } })).toBe('not_found');
  expect((await world.visitor().call(postLobbyView, { body: { code: m.code } })).knock).toBeNull();
  const invitation = (await chair.call(getInvitations, { params: m.params })).find(({ name }) => name === 'Rahmat Hidayat');
  expect(invitation).toMatchObject({ via: 'ruang tunggu', badge: 'Tamu', linkUsed: true });
});

test('the name of the room, a token of one’s own making and an approval of another meeting open nothing', async () => {
  const [m, other] = [await running(), await running()];
  const rahmat = await outsider(m);
  const [room] = await world.sql<{ name: string }[]>`select r.name from rooms.room r join meetings.meeting t on t.room_id = r.id where t.id = ${m.id}`;
  for (const member of [`g_${rahmat.id}`, `g_${randomUUID()}`]) {
    const token = await livekit.sign(room!.name, `${member}:l${'a'.repeat(16)}`, 'speaker');
    const reply = await world.app.fastify.inject({ method: 'GET', url: `/rtc/validate?access_token=${token}`, headers: { host: HOST } });
    expect(reply.statusCode).toBe(404);
  }
  // A knock of this meeting is none of another's.
  const { browser } = await outsider(other, 'Ani Lestari');
  expect(await refusalIn(decides(chair, other, 'izinkan', [rahmat]))).toMatchObject({ code: 'not_found' });
  expect((await browser.call(postLobbyView, { body: { code: other.code } })).way).toBeNull();
  expect((await rahmat.looks()).way).toBeNull();
});

test('who may knock is the preparer’s: nobody, staff, or outsiders by a link that dies when it is renewed', async () => {
  const m = await running({ staff: false, guests: false });
  const tuti = await signIn(world, cast.stafDinkes);
  expect(m.code).toBe('');
  expect(await tuti.refusalOf(postKnock, { body: { meetingId: m.id } })).toBe('not_found');
  expect(await tuti.refusalOf(postLobbyView, { body: { meetingId: m.id } })).toBe('not_found');
  expect(await world.visitor().refusalOf(postLobbyView, { body: { meetingId: m.id } })).toBe('session.required');
  expect(await tuti.refusalOf(postLobbyView, { body: { meetingId: randomUUID() } })).toBe('not_found');
  expect(await tuti.refusalOf(postLobbyView, { body: {} })).toBe('input.invalid');
  const opened = await set(m.id, { staff: false });
  expect(opened.code).toMatch(/^[\w-]{28}$/);
  expect(JSON.stringify(await world.sql`select * from lobby.setting where meeting_id = ${m.id}`)).not.toContain(opened.code);
  const rahmat = await outsider(opened);
  const renewed = await chair.call(postLobbyLink, { params: m.params });
  expect(await world.visitor().refusalOf(postLobbyView, { body: { code: opened.code } })).toBe('not_found');
  expect(await world.visitor().refusalOf(postKnock, { body: { code: `${opened.code.slice(0, -1)}!`, name: 'A', institution: 'B' } })).toBe('not_found');
  // Who waited before still waits.
  expect((await desk(m)).waiting.map(({ id }) => id)).toEqual([rahmat.id]);
  await chair.call(putLobbySetting, { params: m.params, body: { ...OPEN, guests: false } });
  expect(await world.visitor().refusalOf(postLobbyView, { body: { code: renewed.link!.split('/m/')[1]! } })).toBe('not_found');
  const shown = await set(m.id, { showTitle: true });
  expect((await world.visitor().call(postLobbyView, { body: { code: shown.code } })).meeting.title).toMatch(/^Rapat /);
});

test('the lobby is its hosts’: others of the meeting are told so, strangers find nothing', async () => {
  const m = await running();
  const rahmat = await outsider(m);
  const [kabid, wahyu, rina] = [await signIn(world, cast.kabid), await signIn(world, cast.kepalaDinkes), await signIn(world, cast.adminDinsos)];
  for (const [who, code] of [
    [kabid, 'lobby.not_host'],
    [wahyu, 'not_found'],
    [world.visitor(), 'session.required'],
  ] as const) {
    expect(await who.refusalOf(getLobbyDesk, { params: m.params })).toBe(code);
    expect(await who.refusalOf(postLobbyDecision, { params: m.params, body: { act: 'izinkan', knocks: [{ id: rahmat.id, round: 1 }] } })).toBe(code);
    expect(await who.refusalOf(putLobbyMessage, { params: m.params, body: { text: 'Halo' } })).toBe(code);
    expect(await who.refusalOf(putLobbySetting, { params: m.params, body: OPEN })).toBe(code === 'lobby.not_host' ? 'meeting.not_preparer' : code);
    expect(await who.refusalOf(getLobbySetting, { params: m.params })).toBe(code === 'lobby.not_host' ? 'meeting.not_preparer' : code);
    expect(await who.refusalOf(postLobbyLink, { params: m.params })).toBe(code === 'lobby.not_host' ? 'meeting.not_preparer' : code);
  }
  expect(await chair.refusalOf(putLobbySetting, { params: m.params, body: { ...OPEN, minutesBefore: 61 } })).toBe('input.invalid');
  // The OPD's admin prepares, and may admit; only hosts are called.
  expect((await desk(m, rina)).waiting).toHaveLength(1);
  expect((await rina.call(getMyLobbies, {})).map(({ meetingId }) => meetingId)).not.toContain(m.id);
  expect((await chair.call(getMyLobbies, {})).find(({ meetingId }) => meetingId === m.id)).toMatchObject({ waiting: 1, running: true });
  const noted = await world.sql`select persons, people_count from people.access where what = 'ruang_tunggu.baca' and subject = ${m.id}`;
  expect(noted).toHaveLength(1);
  await desk(m, rina);
  expect(await world.sql`select from people.access where what = 'ruang_tunggu.baca' and subject = ${m.id}`).toHaveLength(1);
});

test('yes and no of two hosts at the same moment is no, in whichever order they arrive, and both may be said twice', async () => {
  const m = await running();
  const rina = await signIn(world, cast.adminDinsos);
  const all = await Promise.all(Array.from({ length: 12 }, (_, n) => outsider(m, `Tamu ${'ABCDEFGHIJKL'[n]} Rahayu`)));
  for (const one of all)
    await Promise.all([
      decides(chair, m, 'izinkan', [one]),
      decides(rina, m, 'tolak', [one], 'Rapat tertutup'),
      decides(chair, m, 'izinkan', [one]),
      decides(rina, m, 'tolak', [one]),
    ]);
  for (const one of all) {
    expect(await one.looks()).toMatchObject({ knock: { state: 'ditolak', left: 2 }, way: null });
    expect(await world.sql`select from meetings.invitation where name = ${one.name}`).toHaveLength(0);
    expect(await world.sql`select from rooms.member where name = ${one.name} and word <> 'none'`).toHaveLength(0);
  }
  const { already } = await decides(chair, m, 'izinkan', [all[0]!]);
  expect(already).toMatchObject([{ id: all[0]!.id, state: 'ditolak', byName: cast.adminDinsos.name }]);
  expect((await decides(rina, m, 'tolak', [all[0]!])).already).toEqual([]);
});

test('who was admitted a moment ago and is denied now is out again with every token; after a minute that is a removal, not a denial', async () => {
  const m = await running();
  const [ani, budi] = [await outsider(m, 'Ani Rahayu'), await outsider(m, 'Budi Rahayu')];
  await decides(chair, m, 'izinkan', [ani, budi]);
  const guest = withLink(ani.browser, (await ani.looks()).way);
  await guest.call(postJoin, { body: {} });
  const { token } = await guest.call(postTicket, { params: m.params, body: {} });
  const validates = () =>
    world.app.fastify.inject({ method: 'GET', url: `/rtc/validate?access_token=${token}`, headers: { host: HOST } }).then(({ statusCode }) => statusCode);
  expect(await validates()).toBe(200);
  await decides(chair, m, 'tolak', [ani]);
  expect(await validates()).toBe(403);
  expect(await guest.refusalOf(postJoin, { body: {} })).toBe('link.revoked');
  expect(await guest.refusalOf(postTicket, { params: m.params, body: {} })).toBe('link.revoked');
  world.clock.advance(61_000);
  expect((await decides(chair, m, 'tolak', [budi])).already).toMatchObject([{ name: 'Budi Rahayu', state: 'masuk', byName: cast.kepala.name }]);
  await withLink(budi.browser, (await budi.looks()).way).call(postTicket, { params: m.params, body: {} });
});

test('a denied one may knock again three times in all, with the reason read; who is blocked may not, signed in or not', async () => {
  const m = await running();
  const rahmat = await outsider(m);
  for (const round of [1, 2, 3]) {
    await decides(chair, m, 'tolak', [{ id: rahmat.id, round }], `Alasan ${round}`);
    expect(await rahmat.looks()).toMatchObject({ knock: { state: 'ditolak', message: { text: `Alasan ${round}` }, left: 3 - round } });
    // A yes that was meant for the round before is no yes to this one.
    if (round < 3) {
      expect((await rahmat.knocks()).knock).toMatchObject({ state: 'menunggu', message: null });
      expect((await decides(chair, m, 'izinkan', [{ id: rahmat.id, round }])).already).toHaveLength(1);
    }
  }
  expect(await refusalIn(rahmat.knocks())).toMatchObject({ code: 'lobby.denied', values: { times: 3 } });
  world.clock.advance(1_000);
  const ani = await outsider(m, 'Ani Rahayu');
  await decides(chair, m, 'blokir', [ani]);
  expect(await refusalIn(ani.knocks())).toMatchObject({ code: 'lobby.blocked' });
  expect((await desk(m)).turnedAway.map(({ name, state, byName }) => [name, state, byName])).toEqual([
    ['Ani Rahayu', 'diblokir', cast.kepala.name],
    ['Rahmat Hidayat', 'ditolak', cast.kepala.name],
  ]);
  // The same browser, signed in: still that browser.
  const tuti = await signIn(world, cast.stafDinkes);
  tuti.cookies.set('perangkat', ani.browser.cookies.get('perangkat')!);
  expect(await tuti.refusalOf(postKnock, { body: { meetingId: m.id } })).toBe('lobby.blocked');
  await decides(chair, m, 'buka_blokir', [ani]);
  expect((await ani.knocks()).knock).toMatchObject({ state: 'menunggu', left: 3 });
});

test('a guest banned from inside does not come back by the common link, under the same browser and another name', async () => {
  const m = await running();
  await chair.call(postInvitations, { params: m.params, body: { ...NOBODY, guests: [{ name: 'Budi Penyusup', institution: 'Yayasan Contoh' }] } });
  const { link, member } = (await chair.call(getInvitations, { params: m.params })).find(({ name }) => name === 'Budi Penyusup')!;
  const guest = openClient(world.app, `http://${HOST}`, link.split('#')[1]);
  const { identity } = await guest.call(postTicket, { params: m.params, body: {} });
  const [room] = await world.sql<{ name: string }[]>`select r.name from rooms.room r join meetings.meeting t on t.room_id = r.id where t.id = ${m.id}`;
  await mediaServerTells(world, { event: 'participant_joined', room: room!.name, identity, sid: 'PA_penyusup', joinedAtMs: world.clock.now().getTime() });
  const sameBrowser = world.visitor();
  for (const [name, value] of guest.cookies) sameBrowser.cookies.set(name, value);
  const waits = await outsider(m, 'Rahmat Hidayat', sameBrowser);

  const out = { ...m.params, member };
  await chair.call(postRemoval, { params: out, body: { ban: true } });
  expect(await refusalIn(decides(chair, m, 'izinkan', [waits]))).toMatchObject({ code: 'lobby.banned', values: { name: 'Rahmat Hidayat' } });
  await sameBrowser.call(deleteKnock, { params: { id: waits.id } });
  expect(await refusalIn(waits.knocks())).toMatchObject({ code: 'lobby.blocked' });
  const other = await outsider(m, 'Ani Rahayu');
  expect(other.view.knock).toMatchObject({ state: 'menunggu' });

  await chair.call(deleteRemoval, { params: out });
  expect((await waits.knocks()).knock).toMatchObject({ state: 'menunggu' });
});

test('names: what cannot be read is refused with its field, badges are taken off, likeness to an official is told and keeps nobody out', async () => {
  const m = await running();
  const knocks = (name: string, institution = 'Yayasan Contoh') => world.visitor().call(postKnock, { body: { code: m.code, name, institution } });
  for (const name of ['', '\u200B\u200B', '✅', '\u202Eitra', 'x'.repeat(81), '12345'])
    expect(await refusalIn(knocks(name))).toMatchObject({ code: 'input.invalid', fields: [{ path: 'name' }] });
  expect(await refusalIn(knocks('Ani', '  '))).toMatchObject({ code: 'input.invalid', fields: [{ path: 'institution' }] });
  for (const name of ['✅ Ani Rahayu', 'Наrtini Kераladinas', 'Sekda Kota', 'Sіti Aminah', '<img src=x onerror=alert(1)>']) {
    world.clock.advance(1);
    await knocks(name);
  }
  expect((await desk(m)).waiting.map(({ name, flag }) => [name, flag])).toEqual([
    ['Ani Rahayu', null],
    ['Наrtini Kераladinas', { kind: 'nama', of: 'Kepala Dinas Sosial' }],
    ['Sekda Kota', { kind: 'jabatan', of: 'Sekda' }],
    ['Sіti Aminah', { kind: 'aksara' }],
    ['<img src=x onerror=alert(1)>', null],
  ]);
});

test('a message goes to all who wait or to one; the place in the line, hosts inside and the page being there are told as they are', async () => {
  const m = await running();
  const ani = await outsider(m, 'Ani Rahayu');
  world.clock.advance(1);
  const budi = await outsider(m, 'Budi Rahayu');
  await chair.call(putLobbyMessage, { params: m.params, body: { text: 'Mohon tunggu lima menit.' } });
  await chair.call(putLobbyMessage, { params: m.params, body: { text: 'Mohon tulis nama lengkap.', knock: budi.id } });
  expect(await chair.refusalOf(putLobbyMessage, { params: m.params, body: { text: 'x'.repeat(301) } })).toBe('input.invalid');
  expect(await ani.looks()).toMatchObject({ message: { text: 'Mohon tunggu lima menit.' }, knock: { place: 1, message: null }, hostInside: false });
  expect(await budi.looks()).toMatchObject({
    message: { text: 'Mohon tunggu lima menit.' },
    knock: { place: 2, message: { text: 'Mohon tulis nama lengkap.' } },
  });
  const { identity } = await chair.call(postTicket, { params: m.params, body: {} });
  const [room] = await world.sql<{ name: string }[]>`select r.name from rooms.room r join meetings.meeting t on t.room_id = r.id where t.id = ${m.id}`;
  await mediaServerTells(world, { event: 'participant_joined', room: room!.name, identity, sid: 'PA_k1' });
  expect((await ani.looks()).hostInside).toBe(true);
  await mediaServerTells(world, { event: 'participant_left', room: room!.name, identity, sid: 'PA_k1', disconnectReason: 'CLIENT_INITIATED' });
  expect((await ani.looks()).hostInside).toBe(false);
  // Budi's page is closed: two minutes later he is shown as away, and whoever stays has his place.
  world.clock.advance(100_000);
  await ani.looks();
  world.clock.advance(60_000);
  expect((await desk(m)).waiting.map(({ name, away }) => [name, away])).toEqual([
    ['Ani Rahayu', false],
    ['Budi Rahayu', true],
  ]);
  // Back, with the time of then.
  expect((await budi.looks()).knock?.since).toBe(budi.view.knock?.since);
  expect((await desk(m)).waiting.map(({ away }) => away)).toEqual([false, false]);
  await ani.browser.call(deleteKnock, { params: { id: ani.id } });
  expect((await desk(m)).waiting.map(({ name }) => name)).toEqual(['Budi Rahayu']);
  expect((await decides(chair, m, 'izinkan', [ani, budi])).already).toMatchObject([{ name: 'Ani Rahayu', state: 'pergi' }]);
});

test('before the meeting: admitted from its page by nobody inside, and in when the chair opens it; after it nobody is', async () => {
  const m = await planned();
  const rahmat = await outsider(m);
  await decides(chair, m, 'izinkan', [rahmat]);
  const guest = withLink(rahmat.browser, (await rahmat.looks()).way);
  expect((await guest.call(postJoin, { body: {} })).meeting.state).toBe('terjadwal');
  expect(await guest.refusalOf(postTicket, { params: m.params, body: {} })).toBe('meeting.not_started');
  await world.app.sql.begin((tx) => world.app.meetings.startByPlan(tx, m.id));
  await guest.call(postTicket, { params: m.params, body: {} });
  const late = await outsider(m, 'Ani Rahayu');
  await chair.call(postMeetingEnd, { params: m.params });
  expect((await late.looks()).meeting.state).toBe('berakhir');
  expect(await chair.refusalOf(postLobbyDecision, { params: m.params, body: { act: 'izinkan', knocks: [{ id: late.id, round: 1 }] } })).toBe('meeting.ended');
  expect((await refusalIn(outsider(m, 'Budi Rahayu'))).code).toBe('meeting.ended');
  expect(await chair.refusalOf(putLobbySetting, { params: m.params, body: OPEN })).toBe('meeting.ended');
});

test('hosts hear of whoever comes first, wherever they are in the portal, and by a notice', async () => {
  const m = await running();
  const socket = await liveSocket(world, chair);
  const first = outsider(m);
  expect(await socket.next('lobby.changed')).toEqual({ type: 'lobby.changed', meetingId: m.id });
  await first;
  await outsider(m, 'Ani Rahayu');
  socket.ws.close();
  const { notices } = await chair.call(getNotices, { query: { kind: 'ruang_tunggu' } });
  expect(notices.filter(({ path }) => path === `/rapat/${m.id}`).map(({ words }) => words.id.text)).toEqual([
    expect.stringMatching(/^Rahmat Hidayat \(Yayasan Contoh\) meminta masuk ke “Rapat /),
  ]);
});

test('an office of forty behind one address all get in line; a robot without cookies does not', async () => {
  const m = await running();
  const rows = await Promise.all(Array.from({ length: 40 }, (_, n) => outsider(m, `Peserta ${String.fromCodePoint(65 + (n % 26))} Rahayu`)));
  expect(rows).toHaveLength(40);
  // A browser that waits answers for itself: the address's budget is gone, its own is not.
  const codes = await Promise.all(
    Array.from({ length: 60 }, () => world.visitor().refusalOf(postKnock, { body: { code: m.code, name: 'Robot', institution: 'X Y' } })),
  );
  expect(codes.filter((code) => code === 'limit.reached').length).toBeGreaterThan(30);
  expect((await rows[0]!.looks()).knock?.state).toBe('menunggu');
  const tuti = await signIn(world, cast.stafDinkes);
  expect((await tuti.call(postKnock, { body: { meetingId: m.id } })).knock?.state).toBe('menunggu');
  world.clock.advance(600_000);
});

test('by the schedule: the room opens minutes before, once for two portals and over restarts, and those who wait are told', async () => {
  const startsAt = new Date(world.clock.now().getTime() + 3_600_000);
  const m = await planned({ opens: 'jadwal', minutesBefore: 10 }, startsAt, new Date(startsAt.getTime() + 3_600_000));
  const second = await buildApp({
    sql: world.app.sql,
    clock: world.clock,
    logger: false,
    media: null,
    secret: SECRET,
    origin: null,
    listenUrl: `http://${HOST}`,
    secure: false,
    trustProxy: false,
    livekit,
  });
  const rahmat = await outsider(m);
  const socket = await liveSocket(world, rahmat.browser);
  socket.say({ type: 'watch', topic: `knock:${rahmat.id}` });
  await socket.next('watching');
  expect(rahmat.view.meeting.opensAt).toBe(new Date(startsAt.getTime() - 600_000).toISOString());
  world.clock.set(new Date(startsAt.getTime() - 600_001));
  expect(await world.app.lobby.openDue()).toBe(0);
  world.clock.set(new Date(startsAt.getTime() - 600_000));
  const opened = await Promise.all([world.app.lobby.openDue(), second.lobby.openDue(), world.app.lobby.openDue(), second.lobby.openDue()]);
  expect(opened.reduce((a, b) => a + b, 0)).toBe(1);
  await socket.next('knock.changed');
  socket.ws.close();
  expect(await second.lobby.openDue()).toBe(0);
  await second.close();
  expect(await rahmat.looks()).toMatchObject({ meeting: { state: 'berlangsung' }, hostInside: false, way: null });
  expect(await world.sql`select act, by_id from meetings.act where meeting_id = ${m.id} and act like 'dimulai%'`).toEqual([
    { act: 'dimulai menurut jadwal', by_id: null },
  ]);
  // A second process sees the same row, and decides about it.
  await decides(chair, m, 'izinkan', [rahmat]);
  await withLink(rahmat.browser, (await rahmat.looks()).way).call(postTicket, { params: m.params, body: {} });
});

test('a meeting that is moved opens at its new time; one whose time went by while the portal stood still does not open', async () => {
  const startsAt = new Date(world.clock.now().getTime() + 3_600_000);
  const [moved, missed] = [await planned({ opens: 'jadwal' }, startsAt), await planned({ opens: 'jadwal' }, startsAt, new Date(startsAt.getTime() + 600_000))];
  const later = new Date(startsAt.getTime() + 7_200_000);
  const head = (await world.app.people.whoIs({ cookies: Object.fromEntries(chair.cookies) }))!;
  await world.app.sql.begin((tx) => world.app.meetings.change(tx, head, moved.id, { startsAt: later }, { reason: 'Pimpinan berhalangan' }));
  expect((await chair.call(getLobbySetting, { params: moved.params })).opensAt).toBe(later.toISOString());
  world.clock.set(new Date(startsAt.getTime() + 600_000));
  expect(await world.app.lobby.openDue()).toBe(0);
  world.clock.set(later);
  expect(await world.app.lobby.openDue()).toBe(1);
  expect(await world.sql`select id from meetings.meeting where id = any(${[moved.id, missed.id]}) and started_at is not null`).toEqual([{ id: moved.id }]);
});
