// A room that is held: what chair, co-host and operator do, what the portal says to the media server, and what stays on record.
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteHand, getRoom, postInvitations, postJoin, postMeetingEnd, postRemoval, postTicket, putHand } from '../../shared/meetings.ts';
import {
  deleteHands,
  deleteTurn,
  getActs,
  postMicrophone,
  postMute,
  postTakeover,
  postTurn,
  putLocks,
  putMeetingRole,
  putRules,
  putSpotlight,
} from '../../shared/moderation.ts';
import { PASSWORD, type Actor } from '../support/cast.ts';
import { doubleKeys } from '../support/livekit-double.ts';
import { calledMeeting, mediaServerTells, opensLink } from '../support/meeting.ts';
import type { Client, World } from '../support/world.ts';

type Hall = Awaited<ReturnType<typeof aHall>>;
const EVERYTHING = ['camera', 'microphone', 'screen_share', 'screen_share_audio'];

/** Chair, four officials and a guest, everybody inside with everything on. */
async function aHall() {
  const setting = await calledMeeting((c) => ({
    people: [c.kabid.id, c.staf.id, c.stafKantor.id, c.kepalaDinkes.id],
    guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }],
  }));
  const { world, livekit, cast, chair, room, id, invitation } = setting;
  let sids = 0;
  const identities = new Map<string, string>();
  const comes = async (client: Client, name: string): Promise<string> => {
    const { identity } = await client.call(postTicket, { params: id, body: {} });
    const member = invitation(name).member;
    sids += 1;
    livekit.arrives(room.name, identity, world.clock.now(), { sources: [...EVERYTHING] });
    await mediaServerTells(world, { event: 'participant_joined', room: room.name, identity, sid: `PA_${sids}`, joinedAtMs: world.clock.now().getTime() });
    identities.set(member, identity);
    return member;
  };
  const goes = async (member: string): Promise<void> => {
    const identity = identities.get(member)!;
    const [row] = await world.sql<
      { sid: string }[]
    >`select sid from rooms.session where member = ${member} and closed_at is null order by joined_at desc limit 1`;
    livekit.leaves(room.name, identity);
    await mediaServerTells(world, { event: 'participant_left', room: room.name, identity, sid: row?.sid ?? '', disconnectReason: 'CLIENT_INITIATED' });
  };
  const as = (person: Actor): Promise<Client> => world.signIn(person.nip, PASSWORD);
  const kabid = await as(cast.kabid);
  const staf = await as(cast.staf);
  const joko = await as(cast.stafKantor);
  const wahyu = await as(cast.kepalaDinkes);
  const guest = opensLink(world, invitation('Ibu Tamu').link);
  const members = {
    chair: await comes(chair, cast.kepala.name),
    kabid: await comes(kabid, cast.kabid.name),
    staf: await comes(staf, cast.staf.name),
    joko: await comes(joko, cast.stafKantor.name),
    wahyu: await comes(wahyu, cast.kepalaDinkes.name),
    guest: await comes(guest, 'Ibu Tamu'),
  };
  // They came a while ago: a right that changes right after a join is told once more.
  world.clock.advance(60_000);
  const settled = async (): Promise<void> => {
    await world.app.rooms.sweep();
  };
  const sends = (member: string): string[] => livekit.rooms.get(room.name)?.get(identities.get(member) ?? '')?.sources ?? [];
  const view = async (client: Client) => client.call(getRoom, { params: id });
  const turnOf = async () => (await view(chair)).moderation.turn;
  const knock = async (token: string): Promise<number> => (await world.app.fastify.inject({ url: `/rtc/v1/validate?access_token=${token}` })).statusCode;
  const acts = async (): Promise<string[]> =>
    (await chair.call(getActs, { params: id })).map(({ act, name, detail, byName }) => [byName, act, name, detail].filter(Boolean).join(' · '));
  return { ...setting, identities, comes, goes, as, kabid, staf, joko, wahyu, guest, members, settled, sends, view, turnOf, knock, acts };
}

let hall: Hall;
let world: World;
beforeAll(async () => {
  hall = await aHall();
  ({ world } = hall);
});
afterAll(async () => world.close());

test('only who leads may hold the room; a stranger finds no meeting', async () => {
  const { staf, id, members, cast } = hall;
  const locks = { params: id, body: { mikrofon: true } };
  const stranger = await hall.as(cast.stafDinkes);
  const member = { ...id, member: members.joko };
  for (const [client, code] of [
    [staf, 'meeting.not_moderator'],
    [stranger, 'not_found'],
  ] as const) {
    expect(await client.refusalOf(putLocks, locks)).toBe(code);
    expect(await client.refusalOf(postMute, { params: id, body: { member: null } })).toBe(code);
    expect(await client.refusalOf(postTurn, { params: id, body: { member: null } })).toBe(code);
    expect(await client.refusalOf(putSpotlight, { params: id, body: { spotlight: [] } })).toBe(code);
    expect(await client.refusalOf(putRules, { params: id, body: { chat: 'mati' } })).toBe(code);
    expect(await client.refusalOf(deleteHands, { params: id })).toBe(code);
    expect(await client.refusalOf(getActs, { params: id })).toBe(code);
    expect(await client.refusalOf(postRemoval, { params: member, body: { ban: false } })).toBe(code);
  }
  expect(await staf.refusalOf(putMeetingRole, { params: member, body: { role: 'ko_host' } })).toBe('meeting.not_chair');
  expect(await stranger.refusalOf(postTakeover, { params: id, body: { reason: 'Ingin' } })).toBe('not_found');
  expect(await world.visitor().refusalOf(putLocks, locks)).toBe('session.required');
});

test('muting all silences every open microphone but those of who leads; anybody may open theirs again, and one is muted alone', async () => {
  const { chair, id, members, sends, livekit, room, identities } = hall;
  const { muted } = await chair.call(postMute, { params: id, body: { member: null } });
  expect(muted.toSorted()).toEqual([members.kabid, members.staf, members.joko, members.wahyu, members.guest].toSorted());
  expect(sends(members.chair)).toContain('microphone');
  expect(sends(members.staf)).not.toContain('microphone');
  // Opened again: nothing was taken but the sound of that moment.
  const again = livekit.rooms.get(room.name)!.get(identities.get(members.staf)!)!;
  again.sources = [...EVERYTHING];
  expect(await chair.call(postMute, { params: id, body: { member: members.staf } })).toEqual({ muted: [members.staf] });
  expect(await chair.call(postMute, { params: id, body: { member: members.staf } })).toEqual({ muted: [] });
  expect((await hall.acts())[0]).toBe(`${hall.cast.kepala.name} · mikrofon dimatikan · ${hall.cast.staf.name}`);
  expect(await chair.refusalOf(postMute, { params: id, body: { member: `p_${hall.cast.bkd.id}` } })).toBe('not_found');
});

test('locked microphones and shares stay off at the media server for all but who leads, in the next token, and at the door', async () => {
  const { chair, staf, id, members, settled, sends, knock, livekit, room } = hall;
  const former = await staf.call(postTicket, { params: id, body: {} });
  const refreshed = new AccessToken(doubleKeys.tokenKey.key, doubleKeys.tokenKey.secret, { identity: former.identity, ttl: 600 });
  refreshed.addGrant({ room: room.name, roomJoin: true, canSubscribe: true, canPublish: true, canPublishData: false });
  await chair.call(putLocks, { params: id, body: { mikrofon: true, layar: true } });
  await settled();
  expect(sends(members.staf)).toEqual(['camera']);
  expect(sends(members.guest)).toEqual(['camera']);
  expect(sends(members.chair)).toEqual(EVERYTHING);
  for (const token of [former.token, await refreshed.toJwt()]) expect(await knock(token)).toBe(403);
  const next = await staf.call(postTicket, { params: id, body: {} });
  expect(await livekit.readToken(next.token)).toMatchObject({ canPublish: true, sources: ['camera'] });
  expect(await knock(next.token)).toBe(200);
  const { moderation } = await hall.view(staf);
  expect(moderation).toMatchObject({ locks: ['mikrofon', 'layar'], you: { locks: ['mikrofon', 'layar'], moderates: false } });
  expect((await hall.view(chair)).moderation.you).toMatchObject({ locks: [], moderates: true, appoints: true });
  // The same again is nothing new, on record and at the media server.
  const [calls, acts] = [livekit.calls.length, (await hall.acts()).length];
  await chair.call(putLocks, { params: id, body: { mikrofon: true } });
  await settled();
  expect([livekit.calls.length, (await hall.acts()).length]).toEqual([calls, acts]);
  expect((await hall.acts()).slice(0, 2)).toEqual([`${hall.cast.kepala.name} · berbagi layar dikunci`, `${hall.cast.kepala.name} · mikrofon dikunci`]);
});

test('whoever is invited into a locked room is locked too; with everything locked a token publishes nothing at all', async () => {
  const { chair, id, cast, settled, livekit } = hall;
  await chair.call(putLocks, { params: id, body: { kamera: true } });
  await chair.call(postInvitations, { params: id, body: { people: [cast.stafDinkes.id] } });
  await settled();
  const late = await hall.as(cast.stafDinkes);
  const ticket = await late.call(postTicket, { params: id, body: {} });
  expect(await livekit.readToken(ticket.token)).toMatchObject({ canPublish: false, canSubscribe: true });
  await chair.call(putLocks, { params: id, body: { kamera: false } });
});

test('one asks, gets one turn with its seconds, is heard, and loses it when the time is over', async () => {
  const { chair, staf, joko, id, members, settled, sends, turnOf } = hall;
  await joko.call(putHand, { params: id, body: { raised: true } });
  world.clock.advance(1_000);
  await staf.call(putHand, { params: id, body: { raised: true } });
  expect((await hall.view(chair)).moderation.next).toBe(members.joko);
  await chair.call(postTurn, { params: id, body: { member: null, seconds: 30 } });
  await settled();
  const turn = await turnOf();
  expect(turn).toMatchObject({ member: members.joko });
  expect(Date.parse(turn!.until) - Date.parse(turn!.givenAt)).toBe(30_000);
  expect((await hall.view(joko)).hands.map(({ member }) => member)).toEqual([members.staf]);
  // May speak, and still share nothing.
  const allowed = hall.livekit.calls.findLast(({ identity }) => identity === hall.identities.get(members.joko));
  expect(allowed?.bars).toEqual(['screen_share', 'screen_share_audio']);
  expect((await hall.view(joko)).moderation.you.locks).toEqual(['layar']);
  // A second tap, and a second turn beside it.
  await chair.call(postTurn, { params: id, body: { member: members.joko } });
  expect(await chair.refusalOf(postTurn, { params: id, body: { member: members.staf } })).toBe('turn.taken');
  expect(await chair.refusalOf(postTurn, { params: id, body: { member: null } })).toBe('turn.taken');
  hall.livekit.rooms.get(hall.room.name)!.get(hall.identities.get(members.joko)!)!.sources.push('microphone');
  world.clock.advance(29_000);
  await world.app.moderation.runTurns();
  expect(await turnOf()).not.toBeNull();
  world.clock.advance(1_000);
  await world.app.moderation.runTurns();
  await settled();
  expect(await turnOf()).toBeNull();
  expect(sends(members.joko)).not.toContain('microphone');
  expect((await hall.acts())[0]).toBe(`giliran selesai · ${hall.cast.stafKantor.name} · waktu habis`);
});

test('who spoke already waits for those who have not, whoever raised a hand first', async () => {
  const { chair, joko, id, members } = hall;
  await joko.call(putHand, { params: id, body: { raised: true } });
  expect((await hall.view(chair)).hands.map(({ member }) => member)).toEqual([members.staf, members.joko]);
  await chair.call(postTurn, { params: id, body: { member: null } });
  expect((await hall.turnOf())?.member).toBe(members.staf);
  const turn = (await hall.turnOf())!;
  expect(await joko.refusalOf(deleteTurn, { params: { ...id, turn: turn.id } })).toBe('meeting.not_moderator');
  // Given back by who has it, and once more.
  for (const _ of [1, 2]) await hall.staf.call(deleteTurn, { params: { ...id, turn: turn.id } });
  expect(await hall.turnOf()).toBeNull();
  expect((await hall.acts())[0]).toContain('dikembalikan');
});

test('hands stand in the server’s order over a reload, a rejoin and a second device, and fall one by one or all at once', async () => {
  const { chair, guest, id, members } = hall;
  world.clock.advance(1_000);
  await guest.call(putHand, { params: id, body: { raised: true } });
  await hall.goes(members.guest);
  await hall.comes(guest, 'Ibu Tamu');
  const second = await hall.as(hall.cast.stafKantor);
  await second.call(putHand, { params: id, body: { raised: true } });
  const order = async () => (await hall.view(second)).hands.map(({ member }) => member);
  expect(await order()).toEqual([members.guest, members.joko]);
  await chair.call(deleteHand, { params: { ...id, member: members.joko } });
  expect(await order()).toEqual([members.guest]);
  await chair.call(deleteHands, { params: id });
  await chair.call(deleteHands, { params: id });
  expect(await order()).toEqual([]);
  expect((await hall.acts()).filter((act) => act.includes('semua tangan'))).toHaveLength(1);
});

test('whoever leaves the room gives the turn back after eight seconds; a reload does not', async () => {
  const { chair, guest, id, members } = hall;
  await chair.call(postTurn, { params: id, body: { member: members.guest } });
  await hall.goes(members.guest);
  await world.app.moderation.runTurns();
  expect((await hall.turnOf())?.awaySince).not.toBeNull();
  world.clock.advance(5_000);
  await hall.comes(guest, 'Ibu Tamu');
  await world.app.moderation.runTurns();
  expect(await hall.turnOf()).toMatchObject({ member: members.guest, awaySince: null });
  await hall.goes(members.guest);
  await world.app.moderation.runTurns();
  world.clock.advance(8_000);
  await world.app.moderation.runTurns();
  expect(await hall.turnOf()).toBeNull();
  expect((await hall.acts())[0]).toContain('keluar dari ruang');
  expect(await chair.refusalOf(postTurn, { params: id, body: { member: members.guest } })).toBe('turn.not_inside');
  expect(await chair.refusalOf(postTurn, { params: id, body: { member: null } })).toBe('turn.nobody');
  await hall.comes(guest, 'Ibu Tamu');
});

test('a co-host holds the room, is barred from nothing, and appoints nobody; two who lead give one turn', async () => {
  const { chair, kabid, id, members, settled } = hall;
  const put = (role: 'ko_host' | 'operator' | null, member = members.kabid) => ({ params: { ...id, member }, body: { role } });
  await chair.call(putMeetingRole, put('ko_host'));
  await chair.call(putMeetingRole, put('ko_host'));
  await settled();
  expect(hall.livekit.calls.findLast(({ identity }) => identity === hall.identities.get(members.kabid))).toMatchObject({ word: 'host' });
  expect((await hall.view(kabid)).moderation).toMatchObject({ you: { moderates: true, appoints: false, locks: [] } });
  expect(await kabid.refusalOf(putMeetingRole, put('ko_host', members.joko))).toBe('meeting.not_chair');
  expect(await kabid.refusalOf(postRemoval, { params: { ...id, member: members.chair }, body: { ban: true } })).toBe('meeting.chair_stays');
  expect(await chair.refusalOf(putMeetingRole, put('ko_host', members.guest))).toBe('role.only_staff');
  expect(await chair.refusalOf(putMeetingRole, put('ko_host', members.chair))).toBe('meeting.chair_stays');
  for (const client of [hall.staf, hall.joko]) await client.call(putHand, { params: id, body: { raised: true } });
  const both = await Promise.all(
    [chair, kabid].map(async (one, n) => one.refusalOf(postTurn, { params: id, body: { member: n === 0 ? members.staf : members.joko } })),
  );
  expect(both.toSorted()).toEqual(['turn.taken', null].toSorted());
  expect(await world.sql`select count(*)::int as n from moderation.turn where ended_at is null`).toEqual([{ n: 1 }]);
  await kabid.call(deleteTurn, { params: { ...id, turn: (await hall.turnOf())!.id } });
  await chair.call(deleteHands, { params: id });
});

test('an operator serves the room and leads nothing', async () => {
  const { chair, joko, id, members, settled } = hall;
  await chair.call(putMeetingRole, { params: { ...id, member: members.joko }, body: { role: 'operator' } });
  await settled();
  await joko.call(putSpotlight, { params: id, body: { spotlight: [{ member: members.staf, what: 'orang' }] } });
  await joko.call(postMute, { params: id, body: { member: null } });
  expect(await joko.refusalOf(putLocks, { params: id, body: { kamera: true } })).toBe('meeting.not_moderator');
  expect(await joko.refusalOf(postRemoval, { params: { ...id, member: members.staf }, body: { ban: false } })).toBe('meeting.not_moderator');
  await chair.call(putMeetingRole, { params: { ...id, member: members.joko }, body: { role: null } });
  await settled();
  // Locked again with the others.
  expect(hall.livekit.calls.findLast(({ identity }) => identity === hall.identities.get(members.joko))?.bars).toContain('microphone');
  expect((await hall.acts())[0]).toBe(`${hall.cast.kepala.name} · tidak lagi operator · ${hall.cast.stafKantor.name}`);
});

test('what everybody sees large is one thing or two, of people who are invited', async () => {
  const { chair, guest, id, members } = hall;
  const two = [
    { member: members.guest, what: 'layar' as const },
    { member: members.wahyu, what: 'orang' as const },
  ];
  await chair.call(putSpotlight, { params: id, body: { spotlight: two } });
  expect((await hall.view(guest)).moderation.spotlight).toEqual(two);
  const three = [...two, { member: members.joko, what: 'orang' as const }];
  expect(await chair.refusalOf(putSpotlight, { params: id, body: { spotlight: three } })).toBe('input.invalid');
  expect(await chair.refusalOf(putSpotlight, { params: id, body: { spotlight: [{ member: `p_${hall.cast.bkd.id}`, what: 'orang' }] } })).toBe('not_found');
  await chair.call(putSpotlight, { params: id, body: { spotlight: [] } });
  expect((await hall.view(guest)).moderation.spotlight).toEqual([]);
});

test('rules of the chat and of coming in are the portal’s, and each change is on record', async () => {
  const { chair, guest, id } = hall;
  await chair.call(putRules, { params: id, body: { chat: 'pemimpin', slowSeconds: 20, entryMuted: true, turnSeconds: 90 } });
  await chair.call(putRules, { params: id, body: { chat: 'pemimpin' } });
  expect(await world.app.moderation.chatRule(world.sql, id.id)).toEqual({ chat: 'pemimpin', slowSeconds: 20 });
  expect((await guest.call(postJoin, { body: {} })).entryMuted).toBe(true);
  expect((await chair.call(postJoin, { body: { meetingId: id.id } })).entryMuted).toBe(false);
  expect((await hall.acts()).filter((act) => act.includes('pengaturan'))).toHaveLength(4);
  expect(await chair.refusalOf(putRules, { params: id, body: { slowSeconds: 9999 } })).toBe('input.invalid');
  await chair.call(putRules, { params: id, body: { chat: 'semua', slowSeconds: 0, entryMuted: false } });
});

test('where one comes in muted, the media server takes no sound of whoever comes later until they open their microphone', async () => {
  const { chair, wahyu, guest, joko, id, members, sends, settled, livekit, knock } = hall;
  await chair.call(putLocks, { params: id, body: { mikrofon: false, kamera: false, layar: false } });
  await hall.goes(members.guest);
  await hall.goes(members.joko);
  const allowed = async (client: Client) => (await livekit.readToken((await client.call(postTicket, { params: id, body: {} })).token))?.sources;
  const before = await guest.call(postTicket, { params: id, body: {} });
  await chair.call(putRules, { params: id, body: { entryMuted: true } });
  await settled();
  // Who is inside keeps theirs; a token from before is no way round.
  expect(await allowed(wahyu)).toEqual(EVERYTHING);
  expect(await knock(before.token)).toBe(403);
  const quiet = ['camera', 'screen_share', 'screen_share_audio'];
  const { token } = await guest.call(postTicket, { params: id, body: {} });
  expect(await livekit.readToken(token)).toMatchObject({ sources: quiet });
  expect(await knock(token)).toBe(200);
  await hall.comes(guest, 'Ibu Tamu');
  await settled();
  expect(sends(members.guest)).toEqual(quiet);

  await guest.call(postMicrophone, { params: id });
  await guest.call(postMicrophone, { params: id });
  expect(await allowed(guest)).toEqual(EVERYTHING);
  // A lock is more than that; a turn opens what was not opened before.
  await chair.call(putLocks, { params: id, body: { mikrofon: true } });
  expect(await allowed(guest)).toEqual(quiet);
  await hall.comes(joko, hall.cast.stafKantor.name);
  await joko.call(postMicrophone, { params: id });
  expect(await allowed(joko)).toEqual(quiet);
  await chair.call(putLocks, { params: id, body: { mikrofon: false } });
  expect(await allowed(joko)).toEqual(EVERYTHING);
  await chair.call(putRules, { params: id, body: { entryMuted: false } });
  world.clock.advance(60_000);
  await settled();
});

test('when nobody who leads is inside the others are told, and after a minute the highest in rank takes over with a reason', async () => {
  const { chair, kabid, staf, wahyu, id, members } = hall;
  await hall.goes(members.kabid);
  expect((await hall.view(staf)).moderation.vacancy).toBeNull();
  await hall.goes(members.chair);
  expect((await hall.view(staf)).moderation).toMatchObject({ vacancy: { name: hall.cast.kepalaDinkes.name }, you: { mayTakeOver: false } });
  const ask = { params: id, body: { reason: 'Pimpinan terputus, pembahasan dilanjutkan' } };
  expect(await wahyu.refusalOf(postTakeover, ask)).toBe('takeover.soon');
  world.clock.advance(60_000);
  expect(await staf.refusalOf(postTakeover, ask)).toBe('takeover.other');
  expect((await hall.view(wahyu)).moderation.you.mayTakeOver).toBe(true);
  expect(await wahyu.refusalOf(postTakeover, { params: id, body: { reason: ' ' } })).toBe('input.invalid');
  await wahyu.call(postTakeover, ask);
  await wahyu.call(postTakeover, ask);
  expect((await hall.view(wahyu)).moderation).toMatchObject({ vacancy: null, you: { moderates: true } });
  expect((await hall.acts())[0]).toBe(`${hall.cast.kepalaDinkes.name} · mengambil alih pimpinan · ${ask.body.reason}`);
  await hall.comes(chair, hall.cast.kepala.name);
  await hall.comes(kabid, hall.cast.kabid.name);
  expect(await staf.refusalOf(postTakeover, ask)).toBe('takeover.led');
  await chair.call(putMeetingRole, { params: { ...id, member: members.wahyu }, body: { role: null } });
});

test('a co-host removes, and ends for all: the turn ends with it, and nothing is held any more', async () => {
  const { chair, kabid, staf, id, members } = hall;
  await chair.call(postTurn, { params: id, body: { member: members.staf } });
  await kabid.call(postRemoval, { params: { ...id, member: members.staf }, body: { ban: false } });
  await world.app.moderation.runTurns();
  expect(await hall.turnOf()).toBeNull();
  expect(await staf.refusalOf(getRoom, { params: id })).toBe('meeting.removed');
  world.clock.advance(1_000);
  await chair.call(postTurn, { params: id, body: { member: members.joko } });
  await kabid.call(postMeetingEnd, { params: id });
  expect(await world.sql`select ended_how as how from moderation.turn order by given_at desc limit 1`).toEqual([{ how: 'ditutup' }]);
  expect(await chair.refusalOf(putLocks, { params: id, body: { mikrofon: false } })).toBe('meeting.ended');
  expect((await hall.acts()).some((act) => act.includes(`${hall.cast.kabid.name} · diakhiri`))).toBe(true);
});
