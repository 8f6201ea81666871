// Answers to an invitation, disposisi, and personal links on a second device.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getSheet, getSheetCsv } from '../../shared/attendance.ts';
import {
  deleteDisposisi,
  deleteLink,
  getAnswerBoard,
  getInvitationIcs,
  getLinkAsk,
  getLinkAsks,
  getMyAnswers,
  getMyInvitation,
  postDisposisi,
  postDisposisiReturn,
  postLinkAsk,
  postReminders,
  putAnswer,
  putAnswerFor,
  putLinkAsk,
} from '../../shared/invitations.ts';
import { getInvitations, getMeetings, postMeetingEnd, postNewLink, postTicket } from '../../shared/meetings.ts';
import { portalItself } from '../../server/people/index.ts';
import { nipOf, PASSWORD, refusalIn, castWorld, signIn, type Actor, type Cast } from '../support/cast.ts';
import { holds, plannedMeeting } from '../support/invited.ts';
import { createLiveKitDouble, type LiveKitDouble } from '../support/livekit-double.ts';
import { mediaServerTells, opensLink } from '../support/meeting.ts';
import type { Client, World } from '../support/world.ts';

let world: World;
let cast: Cast;
let livekit: LiveKitDouble;
let chair: Client;
let admin: Client;
let wahyu: Client;
let tuti: Client;
let kabid: Client;
beforeAll(async () => {
  livekit = createLiveKitDouble();
  ({ world, cast } = await castWorld({ livekit }));
  chair = await signIn(world, cast.kepala);
  admin = await signIn(world, cast.adminDinsos);
  wahyu = await signIn(world, cast.kepalaDinkes);
  tuti = await signIn(world, cast.stafDinkes);
  kabid = await signIn(world, cast.kabid);
});
afterAll(async () => world.close());

const GUEST = { name: 'Ibu Tamu', institution: 'Yayasan Peduli' };
/** The heads of both agencies, a section head by name, and a guest. */
const coordination = (): Promise<string> =>
  plannedMeeting(world, cast, { positions: [cast.kepalaDinkes.positionId!], people: [cast.kabid.id], guests: [GUEST] });
const linkOf = async (id: string, name: string): Promise<string> => (await chair.call(getInvitations, { params: { id } })).find((i) => i.name === name)!.link;
const boardOf = (id: string, by = chair) => by.call(getAnswerBoard, { params: { id } });
const rowOf = async (id: string, name: string) => (await boardOf(id)).rows.find((r) => r.name === name);
const sends = (by: Client, id: string, to: Actor, more: { number?: string } = {}) =>
  by.call(postDisposisi, { params: { id }, body: { to: to.id, instruction: 'Hadiri dan laporkan hasilnya', ...more } });

test('the invited answer, change their mind, and each answer is kept', async () => {
  const id = await coordination();
  const params = { id };
  expect(await wahyu.call(getMyInvitation, { query: { meeting: id } })).toMatchObject({ answer: 'belum', open: true, mayDelegate: true, history: [] });
  expect(await wahyu.call(putAnswer, { params, body: { answer: 'hadir' } })).toMatchObject({ answer: 'hadir' });
  await wahyu.call(putAnswer, { params, body: { answer: 'hadir' } });
  await wahyu.call(putAnswer, { params, body: { answer: 'tidak', reason: 'Rapat paripurna DPRD' } });
  const { history } = await wahyu.call(getMyInvitation, { query: { meeting: id } });
  expect(history.map((h) => [h.answer, h.reason])).toEqual([
    ['tidak', 'Rapat paripurna DPRD'],
    ['hadir', null],
  ]);
  expect(await wahyu.refusalOf(putAnswer, { params, body: { answer: 'tidak', reason: ' ' } })).toBe('input.invalid');
  expect(await chair.refusalOf(putAnswer, { params, body: { answer: 'hadir' } })).toBe('answer.chair');
});

test('a guest answers by the personal link and takes the event over into a calendar', async () => {
  const id = await coordination();
  const guest = opensLink(world, await linkOf(id, GUEST.name));
  expect(await guest.call(getMyInvitation, {})).toMatchObject({ meeting: { id }, you: { name: GUEST.name, signedIn: false }, mayDelegate: false });
  await guest.call(putAnswer, { params: { id }, body: { answer: 'hadir' } });
  expect(await rowOf(id, GUEST.name)).toMatchObject({ answer: 'hadir', answeredBy: null });
  const ics = await (await guest.call(getInvitationIcs, { params: { id } })).text();
  expect(ics).toContain('SUMMARY:Koordinasi bantuan sosial');
  expect(ics).not.toContain('ATTENDEE');
});

test('somebody who is not invited finds no invitation, and by a dead link nobody answers', async () => {
  const id = await coordination();
  const params = { id };
  expect(await tuti.refusalOf(getMyInvitation, { query: { meeting: id } })).toBe('not_found');
  expect(await tuti.refusalOf(putAnswer, { params, body: { answer: 'hadir' } })).toBe('not_found');
  expect(await tuti.refusalOf(getInvitationIcs, { params })).toBe('not_found');
  expect(await tuti.refusalOf(getAnswerBoard, { params })).toBe('not_found');
  expect(await wahyu.refusalOf(getAnswerBoard, { params })).toBe('meeting.not_preparer');
  expect(await world.visitor().refusalOf(getMyInvitation, {})).toBe('session.required');
  expect(await world.visitor().refusalOf(getMyAnswers, {})).toBe('session.required');
  expect(await opensLink(world, '/u#tidak-ada').refusalOf(putAnswer, { params, body: { answer: 'hadir' } })).toBe('link.revoked');
});

test('who prepares the meeting sees first who has not answered, counts by unit, and writes down what was said by telephone', async () => {
  const id = await coordination();
  await kabid.call(putAnswer, { params: { id }, body: { answer: 'hadir' } });
  const before = await boardOf(id, admin);
  expect(before.counts).toEqual({ invited: 4, hadir: 2, tidak: 0, diwakili: 0, belum: 2 });
  expect(before.rows.slice(0, 2).map((r) => r.answer)).toEqual(['belum', 'belum']);
  expect(before.units).toContainEqual({ name: 'Dinas Kesehatan', invited: 1, hadir: 0, tidak: 0, diwakili: 0, belum: 1 });
  const asked = { id, invitation: before.rows.find((r) => r.name === cast.kepalaDinkes.name)!.id };
  await admin.call(putAnswerFor, { params: asked, body: { answer: 'tidak', reason: 'Lewat telepon: dinas luar' } });
  expect(await rowOf(id, cast.kepalaDinkes.name)).toMatchObject({ answer: 'tidak', answeredBy: cast.adminDinsos.name });
  expect((await wahyu.call(getMyInvitation, { query: { meeting: id } })).history[0]).toMatchObject({ by: cast.adminDinsos.name });
  expect(await wahyu.refusalOf(putAnswerFor, { params: asked, body: { answer: 'hadir' } })).toBe('meeting.not_preparer');
  const [look] = await world.sql<{ what: string }[]>`select what from people.access where subject = ${id} and by_id = ${cast.adminDinsos.id}`;
  expect(look?.what).toBe('undangan.baca');
});

test('Beranda knows the own answer and how many have not answered', async () => {
  const id = await coordination();
  expect((await chair.call(getMyAnswers, {})).find((a) => a.meetingId === id)).toEqual({ meetingId: id, answer: 'hadir', unanswered: 3 });
  expect((await wahyu.call(getMyAnswers, {})).find((a) => a.meetingId === id)).toEqual({ meetingId: id, answer: 'belum', unanswered: null });
});

test('who has not answered is asked once more, at most once an hour', async () => {
  const id = await coordination();
  const params = { id };
  await kabid.call(putAnswer, { params, body: { answer: 'hadir' } });
  expect(await chair.call(postReminders, { params })).toEqual({ reminded: 2 });
  expect(await chair.refusalOf(postReminders, { params })).toBe('answer.reminded');
  const told = await world.sql<{ personId: string }[]>`
    select person_id as "personId" from notifications.notice where ref = ${id} and words->'id'->>'title' = 'Undangan menunggu jawaban Anda'`;
  expect(told.map((t) => t.personId)).toEqual([cast.kepalaDinkes.id]);
  world.clock.advance(3_600_000);
  await wahyu.call(putAnswer, { params, body: { answer: 'hadir' } });
  await opensLink(world, await linkOf(id, GUEST.name)).call(putAnswer, { params, body: { answer: 'hadir' } });
  expect(await chair.refusalOf(postReminders, { params })).toBe('answer.nobody_left');
  expect(await wahyu.refusalOf(postReminders, { params })).toBe('meeting.not_preparer');
});

test('a head sends an officer by disposisi with the next number of the OPD; the officer is invited at once', async () => {
  const id = await coordination();
  const mine = await sends(wahyu, id, cast.stafDinkes);
  expect(mine).toMatchObject({ answer: 'diwakili', mayDelegate: false, given: { toName: cast.stafDinkes.name, state: 'berlaku' } });
  expect(mine.given!.number).toContain('DSP/DINKES');
  expect(await tuti.call(getMyInvitation, { query: { meeting: id } })).toMatchObject({
    received: [{ fromName: cast.kepalaDinkes.name, instruction: 'Hadiri dan laporkan hasilnya' }],
    mayDelegate: true,
  });
  expect((await tuti.call(getMeetings, {})).map((m) => m.id)).toContain(id);
  expect(await rowOf(id, cast.stafDinkes.name)).toMatchObject({ delegate: true, via: `disposisi ${mine.given!.number}` });
  expect((await boardOf(id)).counts).toMatchObject({ invited: 4, diwakili: 1 });
  expect((await refusalIn(wahyu.call(putAnswer, { params: { id }, body: { answer: 'hadir' } }))).message).toContain(cast.stafDinkes.name);
});

test('only who is invited by post sends somebody, and only somebody of the own OPD who is free', async () => {
  const id = await coordination();
  const params = { id };
  const to = (person: Actor) => ({ params, body: { to: person.id, instruction: 'Wakili' } });
  expect(await kabid.refusalOf(postDisposisi, to(cast.staf))).toBe('disposisi.not_yours');
  expect(await wahyu.refusalOf(postDisposisi, to(cast.staf))).toBe('disposisi.not_own_opd');
  expect(await wahyu.refusalOf(postDisposisi, to(cast.kepalaDinkes))).toBe('disposisi.not_own_opd');
  expect(await chair.refusalOf(postDisposisi, to(cast.staf))).toBe('answer.chair');
  expect(await tuti.refusalOf(postDisposisi, to(cast.stafDinkes))).toBe('not_found');
  await sends(wahyu, id, cast.stafDinkes, { number: '800/12/2026' });
  expect(await wahyu.refusalOf(postDisposisi, to(cast.stafDinkes))).toBe('answer.delegated');
  expect((await wahyu.call(getMyInvitation, { query: { meeting: id } })).given?.number).toBe('800/12/2026');
});

test('a disposisi goes down once more and no further; withdrawing the first ends the second', async () => {
  const more = await officer('Lina Lanjutan');
  const last = await officer('Mira Terakhir');
  const id = await coordination();
  const { given } = await sends(wahyu, id, cast.stafDinkes);
  await sends(tuti, id, more);
  const lina = await signIn(world, more);
  expect(await lina.call(getMyInvitation, { query: { meeting: id } })).toMatchObject({ mayDelegate: false });
  expect(await lina.refusalOf(postDisposisi, { params: { id }, body: { to: last.id, instruction: 'Wakili' } })).toBe('disposisi.not_yours');
  const params = { id, disposisi: given!.id };
  expect(await tuti.refusalOf(deleteDisposisi, { params })).toBe('not_found');
  expect(await wahyu.call(deleteDisposisi, { params })).toMatchObject({ answer: 'belum', given: null, mayDelegate: true });
  expect(await wahyu.refusalOf(deleteDisposisi, { params })).toBe('disposisi.over');
  expect(await lina.refusalOf(getMyInvitation, { query: { meeting: id } })).toBe('not_found');
  expect(await tuti.refusalOf(getMyInvitation, { query: { meeting: id } })).toBe('not_found');
});

test('who was sent hands it back with a reason, and the head answers again', async () => {
  const id = await coordination();
  const { given } = await sends(wahyu, id, cast.stafDinkes);
  const params = { id, disposisi: given!.id };
  expect(await tuti.refusalOf(postDisposisiReturn, { params, body: { reason: '' } })).toBe('input.invalid');
  expect(await wahyu.refusalOf(postDisposisiReturn, { params, body: { reason: 'x' } })).toBe('not_found');
  await tuti.call(postDisposisiReturn, { params, body: { reason: 'Cuti hari itu' } });
  expect(await wahyu.call(getMyInvitation, { query: { meeting: id } })).toMatchObject({ answer: 'belum', given: null });
  expect(await rowOf(id, cast.kepalaDinkes.name)).toMatchObject({ disposisi: { state: 'dikembalikan', endReason: 'Cuti hari itu' } });
});

test('two who end the same disposisi at the same time end it once', async () => {
  const id = await coordination();
  const { given } = await sends(wahyu, id, cast.stafDinkes);
  const params = { id, disposisi: given!.id };
  const ends = await Promise.all([wahyu.refusalOf(deleteDisposisi, { params }), tuti.refusalOf(postDisposisiReturn, { params, body: { reason: 'Cuti' } })]);
  expect(ends.filter((code) => code === null)).toHaveLength(1);
  expect((await world.sql`select from invitations.disposisi_end where disposisi_id = ${given!.id}`).count).toBe(1);
});

test('the list prints who was represented by whom under which disposisi, and who said no beforehand as izin', async () => {
  const id = await coordination();
  const { given } = await sends(wahyu, id, cast.stafDinkes);
  await kabid.call(putAnswer, { params: { id }, body: { answer: 'tidak', reason: 'Dinas luar' } });
  await holds(world, chair, id, [cast.kepala, cast.stafDinkes]);
  expect(await wahyu.refusalOf(putAnswer, { params: { id }, body: { answer: 'hadir' } })).toBe('meeting.begun');
  expect(await wahyu.refusalOf(deleteDisposisi, { params: { id, disposisi: given!.id } })).toBe('meeting.begun');
  const sheet = await chair.call(getSheet, { params: { id } });
  expect(sheet.counts).toMatchObject({ invited: 4, hadir: 1, diwakili: 1, izin: 1, belumAdaBukti: 1 });
  const row = (name: string) => sheet.rows.find((r) => r.name === name);
  expect(row(cast.kepalaDinkes.name)).toMatchObject({
    status: 'diwakili',
    representedBy: [{ name: cast.stafDinkes.name, label: 'Perawat', disposisi: given!.number }],
  });
  expect(row(cast.stafDinkes.name)).toMatchObject({ status: 'hadir', delegate: true, represents: [`Kepala Dinas Kesehatan (disposisi no ${given!.number})`] });
  expect(row(cast.kabid.name)).toMatchObject({ status: 'izin', answer: { said: 'tidak', reason: 'Dinas luar' } });
  const csv = await (await chair.call(getSheetCsv, { params: { id } })).text();
  expect(csv).toContain(`diwakili,"oleh ${cast.stafDinkes.name}, Perawat (disposisi no ${given!.number})"`);
});

test('a head who comes in person after all is represented by nobody', async () => {
  const id = await coordination();
  await sends(wahyu, id, cast.stafDinkes);
  await holds(world, chair, id, [cast.kepala, cast.stafDinkes, cast.kepalaDinkes]);
  const sheet = await chair.call(getSheet, { params: { id } });
  expect(sheet.counts).toMatchObject({ hadir: 3, diwakili: 0 });
  expect(sheet.rows.find((r) => r.name === cast.stafDinkes.name)).toMatchObject({ represents: [] });
});

test('an undangan to twelve heads of whom three send somebody: nine hadir, three diwakili', async () => {
  const heads: (Actor & { opdId: string })[] = [{ ...cast.kepalaDinkes, opdId: cast.opds.dinkes.id }];
  for (let n = 0; n < 10; n += 1) heads.push(await head(`Dinas Uji ${n}`));
  const id = await plannedMeeting(world, cast, { positions: heads.map((h) => h.positionId!) });
  const senders = heads.slice(-3);
  const sent: Actor[] = [];
  for (const one of senders) {
    const to = await officer(`Wakil ${one.name}`, one.opdId);
    sent.push(to);
    await sends(await signIn(world, one), id, to);
  }
  await world.app.sql.begin(async (tx) => {
    const startsAt = new Date(world.clock.now().getTime() + 28 * 3_600_000);
    const person = { id: cast.kepala.id, name: '', sessionId: '', roles: [], opdId: null, managesOpds: [] };
    await world.app.meetings.change(tx, person, id, { startsAt, endsAt: null }, { reason: null });
  });
  await holds(world, chair, id, [cast.kepala, ...heads.slice(0, -3), ...sent]);
  const { counts, rows } = await chair.call(getSheet, { params: { id } });
  expect(counts).toMatchObject({ invited: 12, hadir: 9, diwakili: 3, belumAdaBukti: 0 });
  expect(rows.filter((r) => r.status === 'diwakili').map((r) => r.representedBy[0]?.name)).toEqual(expect.arrayContaining(sent.map((s) => s.name)));
  await chair.call(postMeetingEnd, { params: { id } });
});

test('a link that is revoked opens nothing, puts out who came by it, and a new one is good', async () => {
  const id = await coordination();
  const link = await linkOf(id, GUEST.name);
  const { room, identity } = await entersBy(id, link);
  const params = { id, invitation: (await rowOf(id, GUEST.name))!.id };
  expect(await wahyu.refusalOf(deleteLink, { params })).toBe('meeting.not_preparer');
  await chair.call(deleteLink, { params });
  expect(await opensLink(world, link).refusalOf(getMyInvitation, {})).toBe('link.revoked');
  expect(await rowOf(id, GUEST.name)).toMatchObject({ linkState: 'dicabut', link: '' });
  expect(livekit.calls).toContainEqual({ verb: 'remove', room, identity });
  const fresh = await chair.call(postNewLink, { params });
  expect(await opensLink(world, fresh.link).call(getMyInvitation, {})).toMatchObject({ you: { name: GUEST.name } });
});

test('a second device asks; who leads allows it, and the former browser is out', async () => {
  const id = await coordination();
  const link = await linkOf(id, GUEST.name);
  const { phone, room, identity } = await entersBy(id, link);
  const laptop = opensLink(world, link);
  expect(await laptop.refusalOf(postTicket, { params: { id }, body: {} })).toBe('link.other_device');
  expect(await laptop.call(postLinkAsk, {})).toMatchObject({ state: 'menunggu' });
  await laptop.call(postLinkAsk, {});
  const asks = await chair.call(getLinkAsks, { params: { id } });
  expect(asks).toMatchObject([{ name: GUEST.name }]);
  expect(await phone.call(getLinkAsks, { params: { id } })).toHaveLength(1);
  expect(await wahyu.call(getLinkAsks, { params: { id } })).toEqual([]);
  const params = { id, ask: asks[0]!.id };
  expect(await wahyu.refusalOf(putLinkAsk, { params, body: { allow: true } })).toBe('link.ask_not_yours');
  expect(await laptop.refusalOf(putLinkAsk, { params, body: { allow: true } })).toBe('not_found');
  await chair.call(putLinkAsk, { params, body: { allow: true } });
  expect(await laptop.call(getLinkAsk, {})).toMatchObject({ state: 'diizinkan' });
  await laptop.call(postTicket, { params: { id }, body: {} });
  expect(await phone.refusalOf(postTicket, { params: { id }, body: {} })).toBe('link.other_device');
  expect(livekit.calls).toContainEqual({ verb: 'remove', room, identity });
});

test('the owner inside lets the own link move, and a link of nobody asks nothing', async () => {
  const id = await coordination();
  const link = await linkOf(id, GUEST.name);
  const { phone } = await entersBy(id, link);
  const laptop = opensLink(world, link);
  await laptop.call(postLinkAsk, {});
  const [ask] = await phone.call(getLinkAsks, { params: { id } });
  await phone.call(putLinkAsk, { params: { id, ask: ask!.id }, body: { allow: true } });
  await laptop.call(postTicket, { params: { id }, body: {} });
  expect(await opensLink(world, '/r#tidak-ada').refusalOf(postLinkAsk, {})).toBe('link.revoked');
  expect(await opensLink(world, '/r#tidak-ada').refusalOf(getLinkAsk, {})).toBe('link.revoked');
  expect(await tuti.refusalOf(getLinkAsks, { params: { id } })).toBe('not_found');
});

test('of a yes and a no at the same time the no counts, whichever came first', async () => {
  const id = await coordination();
  const link = await linkOf(id, GUEST.name);
  const { phone } = await entersBy(id, link);
  for (let round = 0; round < 4; round += 1) {
    const laptop = opensLink(world, link);
    await laptop.call(postLinkAsk, {});
    const [ask] = await chair.call(getLinkAsks, { params: { id } });
    const params = { id, ask: ask!.id };
    const both = [
      chair.refusalOf(putLinkAsk, { params, body: { allow: round % 2 === 0 } }),
      admin.refusalOf(putLinkAsk, { params, body: { allow: round % 2 !== 0 } }),
    ];
    await Promise.all(both);
    expect(await laptop.call(getLinkAsk, {})).toMatchObject({ state: 'ditolak' });
    expect(await laptop.refusalOf(postLinkAsk, {})).toBe('limit.reached');
    expect(await laptop.refusalOf(postTicket, { params: { id }, body: {} })).toBe('link.other_device');
    expect(await chair.refusalOf(putLinkAsk, { params, body: { allow: true } })).toBe('link.ask_denied');
    await phone.call(postTicket, { params: { id }, body: {} });
  }
});

/** The meeting runs, and this link's browser is inside. */
async function entersBy(id: string, link: string): Promise<{ phone: Client; room: string; identity: string }> {
  await holds(world, chair, id, []);
  const phone = opensLink(world, link);
  const { identity } = await phone.call(postTicket, { params: { id }, body: {} });
  const [room] = await world.sql<
    { id: string; name: string }[]
  >`select r.id, r.name from rooms.room r join meetings.meeting m on m.room_id = r.id where m.id = ${id}`;
  // At the door, where a link is bound to its browser.
  await world.sql`update meetings.invitation set link_browser = ${identity.split(':')[1]!.slice(1, 13)} where meeting_id = ${id} and name = ${GUEST.name}`;
  livekit.arrives(room!.name, identity, world.clock.now());
  await mediaServerTells(world, { event: 'participant_joined', room: room!.name, identity, sid: 'PA_tamu' });
  return { phone, room: room!.name, identity };
}

let made = 40;
async function officer(name: string, opdId = cast.opds.dinkes.id): Promise<Actor> {
  const { people } = world.app;
  const nip = nipOf((made += 1));
  const { id } = await people.addPerson(portalItself, { name, nip, email: null, phone: null, opdId });
  await people.givePassword([id], PASSWORD);
  return { id, name, nip, email: '', positionId: null };
}
async function head(opdName: string): Promise<Actor & { opdId: string }> {
  const { people } = world.app;
  const opd = await people.addOpd({ parentId: null, name: opdName, abbreviation: opdName.replaceAll(' ', ''), aliases: [], kind: 'opd', zone: 'Asia/Jakarta' });
  const one = await officer(`Kepala ${opdName}`, opd.id);
  const position = await people.addPosition(portalItself, { opdId: opd.id, title: `Kepala ${opdName}`, level: 'kepala_opd' });
  await people.appoint(portalItself, position.id, { personId: one.id, kind: 'definitif', from: '2020-01-02', until: null, basis: 'SK 1' });
  return { ...one, positionId: position.id, opdId: opd.id };
}
