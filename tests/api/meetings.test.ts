import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { getChat, postChat } from '../../shared/chat.ts';
import {
  deleteHand,
  deleteRemoval,
  getInvitations,
  getMeeting,
  getMeetings,
  getRoom,
  postInvitations,
  postJoin,
  postMeetingEnd,
  postMeetingNow,
  postMeetingStart,
  postNewLink,
  postRemoval,
  postTicket,
  putHand,
} from '../../shared/meetings.ts';
import { PASSWORD } from '../support/cast.ts';
import { calledMeeting, opensLink } from '../support/meeting.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));
const opened = async (...given: Parameters<typeof calledMeeting>) => {
  const setting = await calledMeeting(...given);
  worlds.push(setting.world);
  return setting;
};
const guests = [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }];

test('a head calls a unit: everybody of it is invited once, the caller chairs, each has a link of their own', async () => {
  const { cast, meeting, invitations } = await opened((c) => ({
    units: [c.opds.dinsos.id],
    people: [c.kabid.id],
    guests,
  }));
  expect(meeting).toMatchObject({
    state: 'berlangsung',
    youChair: true,
    invited: invitations.length,
  });
  expect(new Set(invitations.map((i) => i.link)).size).toBe(invitations.length);
  expect(invitations.filter((i) => i.name === cast.kabid.name)).toHaveLength(1);
  expect(invitations.find((i) => i.name === cast.kepala.name)).toMatchObject({
    right: 'host',
    badge: null,
  });
  expect(invitations.find((i) => i.name === 'Ibu Tamu')).toMatchObject({
    right: 'speaker',
    badge: 'Tamu',
    institution: 'Yayasan Contoh',
  });
});

test('a meeting without anybody invited is refused, and nothing is written', async () => {
  const { world, chair } = await opened({ guests });
  const before = await world.sql`select count(*)::int as n from meetings.meeting`;
  expect(
    await chair.refusalOf(postMeetingNow, {
      body: { title: 'Kosong', sifat: 'biasa', invite: {} },
    }),
  ).toBe('meeting.nobody_invited');
  expect(await world.sql`select count(*)::int as n from meetings.meeting`).toEqual(before);
});

test('staff without a structural position do not call meetings', async () => {
  const { world, cast } = await opened({ guests });
  const staf = await world.signIn(cast.staf.nip, PASSWORD);
  expect(
    await staf.refusalOf(postMeetingNow, {
      body: { title: 'Coba', sifat: 'biasa', invite: { guests } },
    }),
  ).toBe('role.missing');
});

test('the invited find the meeting in their list; others find nothing under its address', async () => {
  const { world, cast, meeting, id } = await opened((c) => ({ people: [c.staf.id] }));
  const staf = await world.signIn(cast.staf.nip, PASSWORD);
  expect((await staf.call(getMeetings, {})).map((m) => m.id)).toEqual([meeting.id]);
  expect(await staf.call(getMeeting, { params: id })).toMatchObject({
    title: 'Penyaluran bantuan',
    youChair: false,
  });
  const stranger = await world.signIn(cast.stafDinkes.nip, PASSWORD);
  expect(await stranger.call(getMeetings, {})).toEqual([]);
  for (const attempt of [
    stranger.refusalOf(getMeeting, { params: id }),
    stranger.refusalOf(getRoom, { params: id }),
    stranger.refusalOf(getInvitations, { params: id }),
    stranger.refusalOf(postTicket, { params: id, body: {} }),
    stranger.refusalOf(postMeetingEnd, { params: id }),
  ])
    expect(await attempt).toBe('not_found');
});

test('only the chair opens, only who leads ends and removes; only who prepares the meeting invites and sees links', async () => {
  const { world, cast, id, invitation } = await opened((c) => ({ people: [c.staf.id] }));
  const staf = await world.signIn(cast.staf.nip, PASSWORD);
  const member = invitation(cast.kepala.name).member;
  expect(await staf.refusalOf(postMeetingStart, { params: id })).toBe('meeting.not_chair');
  const attempts = [
    staf.refusalOf(postMeetingEnd, { params: id }),
    staf.refusalOf(postRemoval, { params: { ...id, member }, body: { ban: false } }),
    staf.refusalOf(deleteRemoval, { params: { ...id, member } }),
    staf.refusalOf(deleteHand, { params: { ...id, member } }),
  ];
  for (const attempt of attempts) expect(await attempt).toBe('meeting.not_moderator');
  const preparing = [
    staf.refusalOf(getInvitations, { params: id }),
    staf.refusalOf(postInvitations, { params: id, body: { guests } }),
    staf.refusalOf(postNewLink, { params: { ...id, invitation: invitation(cast.staf.name).id } }),
  ];
  for (const attempt of preparing) expect(await attempt).toBe('meeting.not_preparer');
});

test('a guest’s own link says which meeting and who the guest is, with the badge of the server', async () => {
  const { world, invitation, meeting } = await opened({ guests });
  const guest = opensLink(world, invitation('Ibu Tamu').link);
  const view = await guest.call(postJoin, { body: {} });
  expect(view.meeting.id).toBe(meeting.id);
  expect(view.you).toMatchObject({
    name: 'Ibu Tamu',
    badge: 'Tamu',
    signedIn: false,
    right: 'speaker',
  });
  // The first ticket is the one that is asked for with the notice read.
  expect(view.ticket).toBeNull();
  await guest.call(postTicket, { params: { id: meeting.id }, body: {} });
  expect((await guest.call(postJoin, { body: {} })).ticket?.url).toBe('ws://portal.test');
});

test('a link of one meeting opens no other', async () => {
  const { world, invitation } = await opened({ guests });
  const guest = opensLink(world, invitation('Ibu Tamu').link);
  expect(await guest.refusalOf(postJoin, { body: { meetingId: randomUUID() } })).toBe('not_found');
  expect(await guest.refusalOf(getRoom, { params: { id: randomUUID() } })).toBe('not_found');
});

test('without a session and without a link nobody is told anything', async () => {
  const { world, meeting } = await opened({ guests });
  expect(await world.visitor().refusalOf(postJoin, { body: { meetingId: meeting.id } })).toBe('session.required');
  expect(await opensLink(world, '/r#tidak-ada').refusalOf(postJoin, { body: {} })).toBe('link.revoked');
});

test('a ticket states every grant, lasts two minutes, and holds no power over the room', async () => {
  const { world, id, invitation } = await opened({ guests });
  const guest = opensLink(world, invitation('Ibu Tamu').link);
  const ticket = await guest.call(postTicket, { params: id, body: {} });
  const claims = JSON.parse(Buffer.from(ticket.token.split('.')[1] ?? '', 'base64url').toString()) as {
    video: object;
    exp: number;
    nbf: number;
    sub: string;
    name?: string;
  };
  expect(claims.video).toEqual({
    room: expect.any(String),
    roomJoin: true,
    canSubscribe: true,
    canPublish: true,
    canPublishData: false,
    canUpdateOwnMetadata: false,
    canPublishSources: ['camera', 'microphone', 'screen_share', 'screen_share_audio'],
  });
  // Two minutes ahead; backdated by three for a media server whose clock is behind.
  expect(claims.exp - claims.nbf).toBe(120 + 180);
  expect(claims.sub.startsWith(`${invitation('Ibu Tamu').member}:l`)).toBe(true);
  expect(claims.name).toBeUndefined();
});

test('powers asked for in the body are not given', async () => {
  const { world, id, invitation } = await opened({ guests });
  const guest = opensLink(world, invitation('Ibu Tamu').link);
  const asked = { identity: undefined, hidden: true, roomAdmin: true, recorder: true };
  const ticket = await guest.call(postTicket, { params: id, body: asked });
  expect(Buffer.from(ticket.token.split('.')[1] ?? '', 'base64url').toString()).not.toMatch(/hidden|roomAdmin|recorder/);
});

test('one person on two devices has two identities of one member; a page that comes back keeps its own', async () => {
  const { world, cast, id } = await opened((c) => ({ people: [c.staf.id] }));
  const [phone, laptop] = [await world.signIn(cast.staf.nip, PASSWORD), await world.signIn(cast.staf.nip, PASSWORD)];
  const first = await phone.call(postTicket, { params: id, body: {} });
  const second = await laptop.call(postTicket, { params: id, body: {} });
  expect(first.identity).not.toBe(second.identity);
  expect(first.identity.split(':')[0]).toBe(second.identity.split(':')[0]);
  expect((await phone.call(postTicket, { params: id, body: { identity: first.identity } })).identity).toBe(first.identity);
});

test('nobody takes an official’s identity by asking for it', async () => {
  const { world, id, chair, invitation } = await opened({ guests });
  const official = await chair.call(postTicket, { params: id, body: {} });
  const guest = opensLink(world, invitation('Ibu Tamu').link);
  const ticket = await guest.call(postTicket, {
    params: id,
    body: { identity: official.identity },
  });
  expect(ticket.identity.startsWith(invitation('Ibu Tamu').member)).toBe(true);
});

test('a new link makes the former one dead', async () => {
  const { world, id, chair, invitation } = await opened({ guests });
  const old = invitation('Ibu Tamu');
  const fresh = await chair.call(postNewLink, { params: { ...id, invitation: old.id } });
  expect(fresh.link).not.toBe(old.link);
  expect(await opensLink(world, old.link).refusalOf(postJoin, { body: {} })).toBe('link.revoked');
  expect((await opensLink(world, fresh.link).call(postJoin, { body: {} })).you.name).toBe('Ibu Tamu');
});

test('the database alone opens no meeting: it holds no link, only hashes', async () => {
  const { world, invitations } = await opened({ guests });
  const dump = JSON.stringify(await world.sql`select * from meetings.invitation`);
  for (const { link } of invitations) expect(dump).not.toContain(link.split('#')[1]);
});

test('hands stand in the order of the server’s clock; raising twice keeps the place; the chair lowers one', async () => {
  const { world, cast, chair, id, invitation } = await opened((c) => ({
    people: [c.staf.id],
    guests,
  }));
  const staf = await world.signIn(cast.staf.nip, PASSWORD);
  const guest = opensLink(world, invitation('Ibu Tamu').link);
  await guest.call(putHand, { params: id, body: { raised: true } });
  world.clock.advance(1000);
  await staf.call(putHand, { params: id, body: { raised: true } });
  world.clock.advance(1000);
  await guest.call(putHand, { params: id, body: { raised: true } });
  const order = async () => (await chair.call(getRoom, { params: id })).hands.map((h) => h.member);
  expect(await order()).toEqual([invitation('Ibu Tamu').member, invitation(cast.staf.name).member]);
  await chair.call(deleteHand, { params: { ...id, member: invitation('Ibu Tamu').member } });
  expect(await order()).toEqual([invitation(cast.staf.name).member]);
});

test('what is said in the chat stays with the meeting; sending again after a lost answer says it once', async () => {
  const { world, chair, id, invitation } = await opened({ guests });
  const guest = opensLink(world, invitation('Ibu Tamu').link);
  const key = randomUUID();
  const first = await guest.call(postChat, { params: id, body: { text: ' Selamat pagi ', key } });
  expect(await guest.call(postChat, { params: id, body: { text: 'Selamat pagi', key } })).toEqual(first);
  expect((await chair.call(getChat, { params: id })).messages).toEqual([expect.objectContaining({ text: 'Selamat pagi', name: 'Ibu Tamu', badge: 'Tamu' })]);
});

test('a flood of messages is held back for its sender only', async () => {
  const { world, chair, id, invitation } = await opened({ guests });
  const guest = opensLink(world, invitation('Ibu Tamu').link);
  const first = randomUUID();
  for (let n = 0; n < 10; n += 1) await guest.call(postChat, { params: id, body: { text: `pesan ${n}`, key: n === 0 ? first : randomUUID() } });
  expect(await guest.refusalOf(postChat, { params: id, body: { text: 'lagi', key: randomUUID() } })).toBe('limit.reached');
  // A retry of what was said is no new message.
  expect(await guest.call(postChat, { params: id, body: { text: 'pesan 0', key: first } })).toMatchObject({ text: 'pesan 0' });
  await chair.call(postChat, { params: id, body: { text: 'Tenang', key: randomUUID() } });
});

test('a removed person gets no ticket, no room, no word; let back in, all of it again', async () => {
  const { world, chair, id, invitation } = await opened({ guests });
  const { member, link } = invitation('Ibu Tamu');
  const guest = opensLink(world, link);
  await chair.call(postRemoval, { params: { ...id, member }, body: { ban: false } });
  const attempts = [
    guest.refusalOf(postJoin, { body: {} }),
    guest.refusalOf(postTicket, { params: id, body: {} }),
    guest.refusalOf(getRoom, { params: id }),
    guest.refusalOf(postChat, { params: id, body: { text: 'x', key: randomUUID() } }),
    guest.refusalOf(putHand, { params: id, body: { raised: true } }),
  ];
  for (const attempt of attempts) expect(await attempt).toBe('meeting.removed');
  await chair.call(deleteRemoval, { params: { ...id, member } });
  await guest.call(postTicket, { params: id, body: {} });
});

test('a ban kills the link too, and the chair cannot be removed', async () => {
  const { world, cast, chair, id, invitation } = await opened({ guests });
  const { member, link } = invitation('Ibu Tamu');
  await chair.call(postRemoval, { params: { ...id, member }, body: { ban: true } });
  expect(await opensLink(world, link).refusalOf(postJoin, { body: {} })).toBe('link.revoked');
  expect(
    await chair.refusalOf(postRemoval, {
      params: { ...id, member: invitation(cast.kepala.name).member },
      body: { ban: false },
    }),
  ).toBe('meeting.chair_stays');
});

test('after the end there is no ticket, and the words say when it ended; ending twice is ending once', async () => {
  const { world, livekit, chair, id, room, invitation } = await opened({ guests });
  const guest = opensLink(world, invitation('Ibu Tamu').link);
  const ended = await chair.call(postMeetingEnd, { params: id });
  world.clock.advance(60_000);
  expect((await chair.call(postMeetingEnd, { params: id })).endedAt).toBe(ended.endedAt);
  expect(await guest.refusalOf(postTicket, { params: id, body: {} })).toBe('meeting.ended');
  expect(await guest.call(postJoin, { body: {} })).toMatchObject({
    ticket: null,
    meeting: { state: 'berakhir', endedAt: ended.endedAt },
  });
  await world.app.rooms.sweep();
  expect(livekit.calls).toContainEqual({ verb: 'deleteRoom', room: room.name });
});

test('a planned meeting waits for its chair; the waiting guest sees the hour, then gets in', async () => {
  const { world, cast, chair } = await opened({ guests });
  const planned = await world.app.meetings.plan(world.sql, cast.kepala.id, {
    title: 'Rapat sore',
    sifat: 'biasa',
    startsAt: new Date('2026-11-23T07:00:00Z'),
    endsAt: null,
    place: 'Daring',
    invite: { people: [cast.staf.id], positions: [], units: [], guests: [] },
  });
  const staf = await world.signIn(cast.staf.nip, PASSWORD);
  expect(await staf.call(postJoin, { body: { meetingId: planned } })).toMatchObject({
    ticket: null,
    meeting: { state: 'terjadwal' },
  });
  expect(await staf.refusalOf(postTicket, { params: { id: planned }, body: {} })).toBe('meeting.not_started');
  expect(await chair.refusalOf(postMeetingEnd, { params: { id: planned } })).toBe('meeting.not_started');
  await chair.call(postMeetingStart, { params: { id: planned } });
  await staf.call(postTicket, { params: { id: planned }, body: {} });
});

test('somebody invited later gets in at once', async () => {
  const { world, cast, chair, id, meeting } = await opened({ guests });
  const staf = await world.signIn(cast.staf.nip, PASSWORD);
  expect(await staf.refusalOf(postJoin, { body: { meetingId: meeting.id } })).toBe('not_found');
  const list = await chair.call(postInvitations, { params: id, body: { people: [cast.staf.id] } });
  expect(list.map((i) => i.name)).toContain(cast.staf.name);
  await staf.call(postTicket, { params: { id: meeting.id }, body: {} });
});
