// Into the press room: who gets which token when, who is refused and why, and that what is taken away is gone at the door.
import { AccessToken } from 'livekit-server-sdk';
import { afterEach, expect, test } from 'vitest';
import { deleteCrew, postCrew, postCrewLink } from '../../shared/press.ts';
import { getRegistration, postJournalistPass, postRegistration, postRegistrationDecision } from '../../shared/press-desk.ts';
import { getPressRoom, postPressJoin, postPressLeave, postPressRemoval, postPressTicket } from '../../shared/press-room.ts';
import { castWorld, PASSWORD } from '../support/cast.ts';
import { createLiveKitDouble, doubleKeys } from '../support/livekit-double.ts';
import { calledMeeting, mediaServerTells } from '../support/meeting.ts';
import { opensCrewLink, plannedConference } from '../support/press.ts';
import { CallRefused, type Client, type World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

type State = NonNullable<NonNullable<Parameters<typeof plannedConference>[2]>['state']>;
async function pressRoom(state: State, plan: { viewerLimit?: number } = {}) {
  const livekit = createLiveKitDouble();
  const { world, cast } = await castWorld({ livekit });
  worlds.push(world);
  const conf = await plannedConference(world, cast, { state, plan });
  const { slug, params, operator } = conf;
  const knock = async (token: string): Promise<number> => (await world.app.fastify.inject({ url: `/rtc/v1/validate?access_token=${token}` })).statusCode;
  const ticketOf = (client: Client, body: { watch?: boolean; identity?: string; notice?: number } = {}) =>
    client.call(postPressTicket, { params: slug, body: { notice: 1, ...body } });
  const refusedOf = (client: Client, body: { watch?: boolean; notice?: number } = { notice: 1 }) => client.refusalOf(postPressTicket, { params: slug, body });
  /** A browser whose page was opened before: it has its cookie. */
  const viewer = async (): Promise<Client> => {
    const client = world.visitor();
    await client.call(postPressJoin, { params: slug });
    return client;
  };
  const journalist = async (name: string, outlet: string, decision: 'diterima' | 'ditolak' | null = 'diterima') => {
    const client = world.visitor();
    const { notice } = await client.call(getRegistration, { params: slug });
    const own = await client.call(postRegistration, {
      params: slug,
      body: {
        name,
        outlet,
        outletKind: 'daring',
        email: `${name.toLowerCase().replaceAll(' ', '.')}@media.example`,
        notice: notice.version,
        key: crypto.randomUUID(),
      },
    });
    const id = own.member.slice(2);
    const decide = async (act: 'diterima' | 'ditolak' | 'dicabut', from: 'menunggu' | 'diterima' = 'menunggu') =>
      operator.call(postRegistrationDecision, {
        params: { ...params, journalist: id },
        body: { act, from, ...(act !== 'diterima' && { reason: 'Bukan media' }) },
      });
    if (decision) await decide(decision);
    return { client, id, member: own.member, decide };
  };
  const onAir = (): void => world.clock.advance(5_000);
  return { world, livekit, cast, ...conf, knock, ticketOf, refusedOf, viewer, journalist, onAir };
}
const claimsOf = (token: string) => (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { video: Record<string, unknown> }).video;
const shortOf = (token: string): string => {
  const { canPublish, canPublishSources, hidden, canSubscribe, roomAdmin, canPublishData, canUpdateOwnMetadata, recorder } = claimsOf(token);
  expect({ canSubscribe, roomAdmin, canPublishData, canUpdateOwnMetadata, recorder }).toEqual({
    canSubscribe: true,
    canPublishData: false,
    canUpdateOwnMetadata: false,
  });
  return hidden === true ? 'hidden' : canPublish === true ? String(canPublishSources) : 'listens';
};

const EVERYTHING = 'camera,microphone,screen_share,screen_share_audio';
const NOT_YET = 'press.not_live';
test('who gets which token in which state is the table the office decided', async () => {
  const p = await pressRoom('registrasi');
  const sari = await p.journalist('Sari Wartawan', 'Radar Uji');
  const people: [string, Client][] = [
    ['narasumber', p.narasumber],
    ['moderator', p.moderator],
    ['jbi', p.jbi],
    ['operator', p.operator],
    ['jurnalis', sari.client],
    ['penonton', await p.viewer()],
    ['pegawai lain', await p.world.signIn(p.cast.staf.nip, PASSWORD)],
  ];
  const told = async () =>
    Object.fromEntries(
      await Promise.all(
        people.map(async ([who, client]) => [
          who,
          await p.ticketOf(client).then(
            ({ token }) => shortOf(token),
            (error: unknown) => (error instanceof CallRefused ? error.code : expect.unreachable(String(error))),
          ),
        ]),
      ),
    ) as Record<string, string>;
  const nobody = (code: string) => Object.fromEntries(people.map(([who]) => [who, code]));
  const crew = { narasumber: EVERYTHING, moderator: EVERYTHING, jbi: 'camera', operator: 'listens' };
  const outside = (code: string) => ({ jurnalis: code, penonton: code, 'pegawai lain': code });
  const open = { ...crew, jurnalis: 'listens', penonton: 'hidden', 'pegawai lain': 'hidden' };
  expect(await told()).toEqual(nobody(NOT_YET));
  await p.goTo('ruang_tunggu');
  expect(await told()).toEqual({ ...crew, ...outside(NOT_YET) });
  await p.goTo('tayang');
  expect(await told()).toEqual({ ...crew, ...outside(NOT_YET) });
  p.world.clock.advance(4_999);
  expect(await told()).toEqual({ ...crew, ...outside(NOT_YET) });
  p.world.clock.advance(1);
  expect(await told()).toEqual(open);
  await p.goTo('tanya_jawab');
  expect(await told()).toEqual(open);
  await p.goTo('selesai');
  expect(await told()).toEqual(nobody('press.over'));
});

test('a journalist with the floor gets a token for the microphone, and none for it once the floor is taken back', async () => {
  const p = await pressRoom('tanya_jawab');
  p.onAir();
  const { client, member } = await p.journalist('Sari Wartawan', 'Radar Uji');
  const before = await p.ticketOf(client);
  const { pressRoom: room, press } = p.world.app;
  const conf = (await press.conference(p.world.sql, p.id)) ?? expect.unreachable();
  expect(await room.setWord(p.world.sql, conf, member, 'floor')).toBe(true);
  const spoke = await p.ticketOf(client);
  expect(shortOf(spoke.token)).toBe('microphone');
  expect(await p.knock(spoke.token)).toBe(200);
  await room.setWord(p.world.sql, conf, member, 'audience');
  expect(await p.knock(spoke.token)).toBe(403);
  expect(await p.knock(before.token)).toBe(200);
  expect(await room.setWord(p.world.sql, conf, `j_${crypto.randomUUID()}`, 'floor')).toBe(false);
});

test('what a page before the room is told: who one is, the badge, the notice to read, and a ticket once it was read', async () => {
  const p = await pressRoom('tayang');
  p.onAir();
  const { client, member } = await p.journalist('Sari Wartawan', 'Radar Uji');
  const first = await client.call(postPressJoin, { params: p.slug });
  expect(first.you).toMatchObject({ kind: 'jurnalis', member, name: 'Sari Wartawan', label: 'Pers · Radar Uji', right: 'audience', registration: 'diterima' });
  // Their notice is the one they read when they registered, not the one for the staff of the office.
  expect(first.notice).toBeNull();
  expect(first.ticket?.identity.startsWith(member)).toBe(true);
  expect(await p.refusedOf(client, {})).toBeNull();
  const unread = await p.narasumber.call(postPressJoin, { params: p.slug });
  expect([unread.notice?.acknowledgedAt, unread.notice?.version, unread.ticket]).toEqual([null, 1, null]);
  expect(await p.refusedOf(p.narasumber, {})).toBe('notice.required');
  await p.ticketOf(p.narasumber);
  const speaker = await p.narasumber.call(postPressJoin, { params: p.slug });
  expect(speaker.ticket).not.toBeNull();
  expect(speaker.you).toMatchObject({ kind: 'narasumber', label: 'Kepala Dinas Sosial', right: 'speaker', role: 'narasumber' });
  const guest = await p.jbi.call(postPressJoin, { params: p.slug });
  expect(guest.you).toMatchObject({ kind: 'jbi', name: 'Ratna Isyarat', label: 'Perkumpulan JBI Uji', right: 'signer' });
  const browser = p.world.visitor();
  const seen = await browser.call(postPressJoin, { params: p.slug });
  expect(seen).toMatchObject({ you: { kind: 'penonton', member: null, name: null, right: 'viewer' }, notice: null, ticket: null, media: 'ready' });
  expect(await p.world.sql`select from press.viewer`).toHaveLength(0);
  expect((await browser.call(postPressJoin, { params: p.slug })).ticket?.identity).toMatch(/^v_/);
});

test('whose registration waits is seen and has no badge; who was refused watches as anybody', async () => {
  const p = await pressRoom('tayang');
  p.onAir();
  const waiting = await p.journalist('Tono Wartawan', 'Harian Uji', null);
  expect((await waiting.client.call(postPressJoin, { params: p.slug })).you).toMatchObject({ registration: 'menunggu', label: null, right: 'audience' });
  expect(shortOf((await p.ticketOf(waiting.client)).token)).toBe('listens');
  const refused = await p.journalist('Rudi Palsu', 'Blog Uji', 'ditolak');
  expect((await refused.client.call(postPressJoin, { params: p.slug })).you).toMatchObject({
    kind: 'jurnalis',
    registration: 'ditolak',
    label: null,
    right: 'viewer',
  });
  const { token, identity } = await p.ticketOf(refused.client);
  expect([shortOf(token), identity.slice(0, 2)]).toEqual(['hidden', 'v_']);
});

test('with `watch` a journalist, and a speaker, only watches', async () => {
  const p = await pressRoom('tayang');
  p.onAir();
  const { client } = await p.journalist('Sari Wartawan', 'Radar Uji');
  for (const who of [client, p.narasumber]) expect(shortOf((await p.ticketOf(who, { watch: true })).token)).toBe('hidden');
});

test('a draft, and a conference nobody planned, is there for nobody outside', async () => {
  const p = await pressRoom('draft');
  const stranger = await p.viewer().catch((error: unknown) => error);
  expect(stranger).toMatchObject({ code: 'not_found' });
  const browser = p.world.visitor();
  for (const endpoint of [postPressJoin, getPressRoom] as const) expect(await browser.refusalOf(endpoint, { params: p.slug })).toBe('not_found');
  expect(await p.refusedOf(browser)).toBe('not_found');
  expect(await browser.refusalOf(postPressLeave, { params: p.slug, body: { identity: 'x' } })).toBe('not_found');
  expect(await p.world.visitor().refusalOf(postPressJoin, { params: { slug: 'tidak-ada' } })).toBe('not_found');
  expect((await p.narasumber.call(postPressJoin, { params: p.slug })).you.kind).toBe('narasumber');
  expect(await p.refusedOf(p.narasumber)).toBe(NOT_YET);
});

test('a link of another conference’s guest, a former link, and a second browser with the link are refused', async () => {
  const p = await pressRoom('ruang_tunggu');
  const ticket = await p.ticketOf(p.jbi);
  expect(await p.knock(ticket.token)).toBe(200);
  const second = opensCrewLink(p.world, p.crew('jbi').link ?? '');
  expect(await p.refusedOf(second)).toBe('link.other_device');
  await p.operator.call(postCrewLink, { params: { ...p.params, crew: p.crew('jbi').id } });
  expect(await p.refusedOf(p.jbi)).toBe('link.revoked');
  expect(await p.knock(ticket.token)).toBe(403);
});

test('who is taken off the crew is out at the door, who is added is in, and one person with two tasks may speak', async () => {
  const p = await pressRoom('ruang_tunggu');
  const staff = await p.world.signIn(p.cast.staf.nip, PASSWORD);
  expect(await p.refusedOf(staff)).toBe(NOT_YET);
  const add = (role: 'jbi' | 'narasumber') => p.operator.call(postCrew, { params: p.params, body: { role, who: { kind: 'person', id: p.cast.staf.id } } });
  await add('jbi');
  expect(shortOf((await p.ticketOf(staff)).token)).toBe('camera');
  const { crew } = await add('narasumber');
  const ticket = await p.ticketOf(staff);
  expect(shortOf(ticket.token)).toBe(EVERYTHING);
  for (const { id } of crew.filter((one) => one.member === `p_${p.cast.staf.id}`)) await p.operator.call(deleteCrew, { params: { ...p.params, crew: id } });
  expect(await p.knock(ticket.token)).toBe(403);
  expect(await p.refusedOf(staff)).toBe(NOT_YET);
  await add('narasumber');
  expect(await p.knock((await p.ticketOf(staff)).token)).toBe(200);
  const guest = await p.ticketOf(p.jbi);
  await p.operator.call(deleteCrew, { params: { ...p.params, crew: p.crew('jbi').id } });
  expect(await p.knock(guest.token)).toBe(403);
});

test('a removed journalist is refused with every token, every pass and at every page, whoever asks', async () => {
  const p = await pressRoom('tanya_jawab');
  p.onAir();
  const { client, member } = await p.journalist('Rudi Gaduh', 'Blog Uji');
  const ticket = await p.ticketOf(client);
  const forged = new AccessToken(doubleKeys.tokenKey.key, doubleKeys.tokenKey.secret, { identity: ticket.identity });
  forged.addGrant({ room: String(claimsOf(ticket.token)['room']), roomJoin: true, canPublish: false, canPublishData: false });
  const refreshed = await forged.toJwt();
  expect([await p.knock(ticket.token), await p.knock(refreshed)]).toEqual([200, 200]);
  expect(await p.moderator.refusalOf(postPressRemoval, { params: { ...p.params, member } })).toBeNull();
  expect([await p.knock(ticket.token), await p.knock(refreshed)]).toEqual([403, 403]);
  expect(await p.refusedOf(client)).toBe('meeting.removed');
  expect(await client.refusalOf(postPressJoin, { params: p.slug })).toBe('meeting.removed');
  await p.world.app.rooms.sweep();
  expect(await p.world.sql`select word, banned from rooms.member where member = ${member}`).toMatchObject([{ word: 'none', banned: true }]);
});

test('somebody who has not come yet can be removed too, and a viewer', async () => {
  const p = await pressRoom('tanya_jawab');
  p.onAir();
  const { client, member } = await p.journalist('Rudi Gaduh', 'Blog Uji');
  await p.operator.call(postPressRemoval, { params: { ...p.params, member } });
  expect(await p.refusedOf(client)).toBe('meeting.removed');
  const browser = await p.viewer();
  const { identity, token } = await p.ticketOf(browser);
  await p.operator.call(postPressRemoval, { params: { ...p.params, member: identity.split(':')[0] ?? '' } });
  expect([await p.knock(token), await p.refusedOf(browser)]).toEqual([403, 'meeting.removed']);
});

test('only an operator or the moderator removes; nobody removes themselves or somebody who is not there', async () => {
  const p = await pressRoom('tayang');
  const member = `p_${p.cast.kepala.id}`;
  const removes = (client: Client, whom = member) => client.refusalOf(postPressRemoval, { params: { ...p.params, member: whom } });
  expect(await removes(p.world.visitor())).toBe('session.required');
  expect(await removes(await p.world.signIn(p.cast.staf.nip, PASSWORD))).toBe('not_found');
  expect(await removes(p.narasumber)).toBe('press.not_moderator');
  expect(await removes(p.moderator, `p_${p.cast.kabid.id}`)).toBe('not_found');
  expect(await removes(p.operator, `v_${crypto.randomUUID()}`)).toBe('not_found');
});

test('a withdrawn registration ends the right to be seen there at once; watching stays open', async () => {
  const p = await pressRoom('tanya_jawab');
  p.onAir();
  const { client, decide, member } = await p.journalist('Sari Wartawan', 'Radar Uji');
  const ticket = await p.ticketOf(client);
  await decide('dicabut', 'diterima');
  expect(await p.knock(ticket.token)).toBe(403);
  expect(shortOf((await p.ticketOf(client)).token)).toBe('hidden');
  await p.operator.call(postRegistrationDecision, { params: { ...p.params, journalist: member.slice(2) }, body: { act: 'diterima', from: 'dicabut' } });
  expect(await p.knock((await p.ticketOf(client)).token)).toBe(200);
});

test('a new pass ends the tickets of the former one', async () => {
  const p = await pressRoom('tanya_jawab');
  p.onAir();
  const { client, id } = await p.journalist('Sari Wartawan', 'Radar Uji');
  const ticket = await p.ticketOf(client);
  await p.operator.call(postJournalistPass, { params: { id } });
  expect(await p.knock(ticket.token)).toBe(403);
  expect(shortOf((await p.ticketOf(client)).token)).toBe('hidden');
});

test('as many watch as there is place; who has a place keeps it, and a place whose ticket nobody used is free again', async () => {
  const p = await pressRoom('tayang', { viewerLimit: 10 });
  p.onAir();
  const browsers = await Promise.all(Array.from({ length: 12 }, async () => p.viewer()));
  const got = await Promise.all(browsers.map(async (b) => p.refusedOf(b)));
  expect(got.filter((code) => code === null)).toHaveLength(10);
  expect(got.filter((code) => code === 'press.full')).toHaveLength(2);
  const [inside] = browsers.filter((_, n) => got[n] === null);
  const [outside] = browsers.filter((_, n) => got[n] !== null);
  if (!inside || !outside) expect.unreachable();
  const { identity, token } = await p.ticketOf(inside);
  p.livekit.arrives(String(claimsOf(token)['room']), identity, p.world.clock.now(), { hidden: true, counts: false });
  await p.world.app.rooms.sweep();
  expect((await outside.call(getPressRoom, { params: p.slug })).viewers).toBe(1);
  p.world.clock.advance(16_000);
  expect(await p.refusedOf(outside)).toBeNull();
  p.livekit.leaves(String(claimsOf(token)['room']), identity);
  await p.world.app.rooms.sweep();
  expect((await outside.call(getPressRoom, { params: p.slug })).viewers).toBe(0);
  expect(await p.refusedOf(p.moderator)).toBeNull();
});

test('two hundred people of one newsroom are in at once; calls without a cookie from the same address hold nobody up', async () => {
  const p = await pressRoom('tayang', { viewerLimit: 5000 });
  p.onAir();
  const newsroom = await Promise.all(Array.from({ length: 200 }, async () => p.viewer()));
  expect((await Promise.all(newsroom.map(async (b) => p.refusedOf(b)))).filter((code) => code !== null)).toEqual([]);
  const flood = await Promise.all(Array.from({ length: 200 }, async () => p.refusedOf(p.world.visitor())));
  expect(flood.filter((code) => code === 'limit.reached')).toHaveLength(180);
  expect(await p.refusedOf(newsroom[7] ?? expect.unreachable())).toBeNull();
  expect(await p.refusedOf(await p.viewer())).toBeNull();
});

test('one browser that asks without end is told to wait, and its neighbour is not', async () => {
  const p = await pressRoom('tayang');
  p.onAir();
  const [one, other] = [await p.viewer(), await p.viewer()];
  const codes: (string | null)[] = [];
  for (let n = 0; n < 20; n += 1) codes.push(await p.refusedOf(one));
  expect(codes.indexOf('limit.reached')).toBeGreaterThan(8);
  expect(await p.refusedOf(other)).toBeNull();
});

test('the room shows the crew one by one and the others as figures; the crew’s coming is news, a viewer’s is not', async () => {
  const p = await pressRoom('tayang');
  p.onAir();
  const { client } = await p.journalist('Sari Wartawan', 'Radar Uji');
  const [speaker, sari] = [await p.ticketOf(p.narasumber), await p.ticketOf(client)];
  const room = String(claimsOf(speaker.token)['room']);
  for (const [n, { identity }] of [speaker, sari].entries())
    expect(await mediaServerTells(p.world, { event: 'participant_joined', room, identity, sid: `PA_${n}` })).toBe(200);
  const { identity } = await p.ticketOf(await p.viewer());
  await mediaServerTells(p.world, { event: 'participant_joined', room, identity, sid: 'PA_9', hidden: true });
  p.livekit.arrives(room, identity, p.world.clock.now(), { hidden: true, counts: false });
  for (const who of [speaker, sari]) p.livekit.arrives(room, who.identity, p.world.clock.now());
  await p.world.app.rooms.sweep();
  const seen = await p.world.visitor().call(getPressRoom, { params: p.slug });
  expect(seen).toMatchObject({ viewers: 1, journalists: 1, you: { kind: 'penonton' } });
  expect(seen.crew.filter((one) => one.inside).map((one) => one.role)).toEqual(['narasumber']);
  expect(JSON.stringify(seen)).not.toContain('Sari');
  expect((await p.world.sql`select distinct member from rooms.session`).map((row) => String(row['member']).slice(0, 2)).toSorted()).toEqual(['j_', 'p_']);
});

test('who is hidden without being a viewer, and a viewer who is not hidden, is put out of the room', async () => {
  const p = await pressRoom('tayang');
  p.onAir();
  const [speaker, watching] = [await p.ticketOf(p.narasumber), await p.ticketOf(await p.viewer())];
  const room = String(claimsOf(speaker.token)['room']);
  p.livekit.arrives(room, speaker.identity, p.world.clock.now(), { hidden: true, counts: false });
  p.livekit.arrives(room, watching.identity, p.world.clock.now());
  await p.world.app.rooms.sweep();
  expect([...(p.livekit.rooms.get(room)?.keys() ?? [])]).toEqual([]);
  expect(
    p.livekit.calls
      .filter((c) => c.verb === 'remove')
      .map((c) => c.identity?.slice(0, 2))
      .toSorted(),
  ).toEqual(['p_', 'v_']);
});

test('an official meeting admits no viewer: no ticket, no door, and who is hidden there is put out', async () => {
  const setting = await calledMeeting({ guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }] });
  worlds.push(setting.world);
  const identity = `v_${crypto.randomUUID()}:l${'A'.repeat(16)}`;
  const token = await setting.livekit.sign(setting.room.name, identity, 'viewer');
  expect((await setting.world.app.fastify.inject({ url: `/rtc/v1/validate?access_token=${token}` })).statusCode).toBe(404);
  const { member } = setting.invitation('Ibu Tamu');
  await expect(setting.world.app.rooms.setRight(setting.world.sql, setting.room.id, member, 'viewer')).rejects.toThrow('member_viewer_check');
  setting.livekit.arrives(setting.room.name, identity, setting.world.clock.now(), { hidden: true, counts: false });
  await setting.world.app.rooms.sweep();
  expect([...(setting.livekit.rooms.get(setting.room.name)?.keys() ?? [])]).toEqual([]);
  expect(await setting.world.sql`select from rooms.watcher`).toHaveLength(0);
});

test('leaving on purpose is heard at once, from the last page only, and never of somebody else', async () => {
  const p = await pressRoom('tanya_jawab');
  p.onAir();
  const left: string[] = [];
  p.world.app.pressRoom.onLeave(async (_tx, _conf, member) => void left.push(member));
  const { client, member } = await p.journalist('Sari Wartawan', 'Radar Uji');
  const [phone, laptop] = [await p.ticketOf(client), await p.ticketOf(client)];
  const room = String(claimsOf(phone.token)['room']);
  for (const [n, { identity }] of [phone, laptop].entries()) await mediaServerTells(p.world, { event: 'participant_joined', room, identity, sid: `PA_${n}` });
  const leaves = (who: Client, identity: string) => who.call(postPressLeave, { params: p.slug, body: { identity } });
  await leaves(p.world.visitor(), phone.identity);
  await leaves(client, phone.identity);
  expect(left).toEqual([]);
  await mediaServerTells(p.world, { event: 'participant_left', room, identity: phone.identity, sid: 'PA_0' });
  await leaves(client, laptop.identity);
  expect(left).toEqual([member]);
  const browser = await p.viewer();
  const { identity } = await p.ticketOf(browser);
  await leaves(browser, identity);
  expect(await p.world.sql`select from press.viewer where ticket_at > '-infinity'`).toHaveLength(0);
});

test('the end closes the room for every token', async () => {
  const p = await pressRoom('tanya_jawab');
  p.onAir();
  const tickets = [await p.ticketOf(p.narasumber), await p.ticketOf(await p.viewer())];
  expect(await Promise.all(tickets.map(async (t) => p.knock(t.token)))).toEqual([200, 200]);
  await p.goTo('selesai');
  expect(await Promise.all(tickets.map(async (t) => p.knock(t.token)))).toEqual([403, 403]);
});

test('without a media server the page says so, and a ticket is refused', async () => {
  const p = await pressRoom('tayang');
  p.onAir();
  p.livekit.ensureRoom = async () => {
    throw new Error('away');
  };
  expect(await p.refusedOf(p.narasumber)).toBe('media.unavailable');
  expect(await p.refusedOf(await p.viewer())).toBe('media.unavailable');
});
