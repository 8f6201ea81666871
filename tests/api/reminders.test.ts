// Who is reminded of a meeting, when, and how often: by notices and letters that arrived.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { postDisposisi, putAnswer } from '../../shared/invitations.ts';
import { getNoticeChoice, getNotices, putNoticeChoice } from '../../shared/notifications.ts';
import { postCancellation, postConferenceState, putConference } from '../../shared/press.ts';
import type { SignedIn } from '../../server/platform/serve.ts';
import { castWorld, signIn, type Actor, type Cast } from '../support/cast.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { openMailbox, type Mailbox } from '../support/mailbox.ts';
import { plannedConference } from '../support/press.ts';
import type { World } from '../support/world.ts';

const MINUTE_MS = 60_000;
let box: Mailbox;
let world: World;
let cast: Cast;
beforeAll(async () => {
  box = await openMailbox();
  ({ world, cast } = await castWorld({ livekit: createLiveKitDouble(), mail: box.settings }));
});
afterEach(async () => {
  // What one test planned is nobody else's.
  await world.sql`update meetings.meeting set cancelled_at = now(), cancel_reason = 'uji' where started_at is null and cancelled_at is null`;
  await world.sql`update press.conference set cancelled_at = now(), cancel_reason = 'uji', state = 'dibatalkan' where ended_at is null and cancelled_at is null`;
  await world.app.jobs.runDue();
  box.arrived.length = 0;
});
afterAll(async () => {
  await world.close();
  await box.close();
});

const asSignedIn = ({ id, name }: Actor): SignedIn => ({ id, name, sessionId: '', roles: [], opdId: null, managesOpds: [] });
/** The head of Dinas Sosial plans for an hour; `invite` beside the head of the field. */
async function planned(startsAt: string, { people = [cast.kabid.id], guests = [] as { name: string; institution: string; email?: string }[] } = {}) {
  const at = new Date(startsAt);
  const { meetings } = world.app;
  const id = await world.app.sql.begin((tx) =>
    meetings.plan(tx, cast.kepala.id, {
      title: 'Rapat penyaluran',
      sifat: 'biasa',
      place: 'Aula',
      description: null,
      startsAt: at,
      endsAt: new Date(at.getTime() + 60 * MINUTE_MS),
      invite: { people, positions: [], units: [], guests },
    }),
  );
  return {
    id,
    moveTo: async (to: string) =>
      world.app.sql.begin((tx) => meetings.change(tx, asSignedIn(cast.kepala), id, { startsAt: new Date(to), endsAt: null }, { reason: 'Dipindah' })),
    callOff: async () => world.app.sql.begin((tx) => meetings.cancel(tx, asSignedIn(cast.kepala), id, 'Batal')),
  };
}
/** The clock goes on to there, minute by minute where it matters; sweep and queue run at each stop. */
async function until(...stops: string[]): Promise<void> {
  for (const stop of stops) {
    world.clock.set(stop);
    await world.app.notifications.remind();
    await world.app.notifications.tend();
    await world.app.jobs.runDue();
  }
}
/** Titles of reminders, oldest first. */
async function remindersOf(person: Actor, id: string): Promise<string[]> {
  const { notices } = await (await signIn(world, person)).call(getNotices, { query: { kind: 'pengingat' } });
  return notices
    .filter(({ path }) => path.endsWith(id))
    .map(({ words }) => words.id.title.split(':')[0]!)
    .toReversed();
}
const letters = (address: string): string[] =>
  box.of(address).flatMap(({ subject = '' }) => (/^(Besok|Hari ini|Satu jam lagi|\d+ menit lagi):/.test(subject) ? [subject.split(':')[0]!] : []));

test('a day, an hour and ten minutes ahead, each once, however often it is looked; by notice, by letter, and to a guest with the own link', async () => {
  world.clock.set('2026-11-23T09:00:00+07:00');
  const { id } = await planned('2026-11-25T10:00:00+07:00', { guests: [{ name: 'Tamu Uji', institution: 'PMI', email: 'tamu@uji.example' }] });
  await until('2026-11-24T09:59:50+07:00');
  expect(await remindersOf(cast.kabid, id)).toEqual([]);
  await until('2026-11-24T10:00:00+07:00', '2026-11-24T10:00:10+07:00', '2026-11-25T09:00:00+07:00', '2026-11-25T09:30:00+07:00');
  await until('2026-11-25T09:50:00+07:00', '2026-11-25T09:50:00+07:00', '2026-11-25T09:59:00+07:00', '2026-11-25T10:00:00+07:00');
  const three = ['Besok', 'Satu jam lagi', '10 menit lagi'];
  expect(await remindersOf(cast.kabid, id)).toEqual(three);
  expect(await remindersOf(cast.kepala, id)).toEqual(three);
  expect(letters(cast.kabid.email)).toEqual(three);
  expect(letters('tamu@uji.example')).toEqual(three);
  expect(box.of('tamu@uji.example').at(-1)?.text).toMatch(/\/r#[\w-]{28}/);
  expect(box.of(cast.kabid.email).at(-1)?.text).toContain(`/rapat/${id}`);
  expect(new Set(box.arrived.map(({ messageId }) => messageId)).size).toBe(box.arrived.length);
});

test('planned half an hour ahead, only the last ten minutes are told', async () => {
  world.clock.set('2026-11-23T09:00:00+07:00');
  const { id } = await planned('2026-11-23T09:30:00+07:00');
  await until('2026-11-23T09:00:10+07:00', '2026-11-23T09:10:00+07:00', '2026-11-23T09:20:00+07:00', '2026-11-23T09:25:00+07:00');
  expect(await remindersOf(cast.kabid, id)).toEqual(['10 menit lagi']);
});

test('moved, it is reminded of by its new hour: again what is still ahead, nothing of the old one', async () => {
  world.clock.set('2026-11-23T09:00:00+07:00');
  const { id, moveTo } = await planned('2026-11-24T10:00:00+07:00');
  await until('2026-11-23T10:00:00+07:00');
  expect(await remindersOf(cast.kabid, id)).toEqual(['Besok']);
  await moveTo('2026-11-26T14:00:00+07:00');
  await until('2026-11-24T09:00:00+07:00', '2026-11-24T09:50:00+07:00');
  expect(await remindersOf(cast.kabid, id)).toEqual(['Besok']);
  await until('2026-11-25T14:00:00+07:00', '2026-11-26T13:00:00+07:00', '2026-11-26T13:50:00+07:00');
  expect(await remindersOf(cast.kabid, id)).toEqual(['Besok', 'Besok', 'Satu jam lagi', '10 menit lagi']);
  expect(letters(cast.kabid.email)).toEqual(['Besok', 'Besok', 'Satu jam lagi', '10 menit lagi']);
});

test('moved there and back, the hour it has now counts: who was told another one last is told again', async () => {
  world.clock.set('2026-11-23T09:00:00+07:00');
  const { id, moveTo } = await planned('2026-11-24T10:00:00+07:00');
  await until('2026-11-24T09:00:00+07:00');
  await moveTo('2026-11-24T11:30:00+07:00');
  world.clock.set('2026-11-24T09:10:00+07:00');
  await moveTo('2026-11-24T10:00:00+07:00');
  await until('2026-11-24T09:11:00+07:00', '2026-11-24T09:50:00+07:00');
  expect(await remindersOf(cast.kabid, id)).toEqual(['Satu jam lagi', '10 menit lagi']);
});

test('called off, nobody is reminded any more, and what waits is not sent', async () => {
  world.clock.set('2026-11-24T20:00:00+07:00');
  const { id, callOff } = await planned('2026-11-25T22:00:00+07:00');
  // At night the notice is there, the letter waits for the morning.
  await until('2026-11-24T22:00:00+07:00');
  expect(await remindersOf(cast.kabid, id)).toEqual(['Besok']);
  expect(letters(cast.kabid.email)).toEqual([]);
  await callOff();
  await until('2026-11-25T05:00:00+07:00', '2026-11-25T21:00:00+07:00', '2026-11-25T21:50:00+07:00');
  expect(await remindersOf(cast.kabid, id)).toEqual(['Besok']);
  expect(letters(cast.kabid.email)).toEqual([]);
  const { notices } = await (await signIn(world, cast.kabid)).call(getNotices, { query: { kind: 'pengingat' } });
  expect(notices.find(({ path }) => path.endsWith(id))?.deliveries.find(({ channel }) => channel === 'surel')).toMatchObject({
    state: 'tidak_dikirim',
    why: 'basi',
    held: true,
  });
});

test('what a quiet night held back is sent in the morning, and says how long is left then', async () => {
  world.clock.set('2026-11-23T20:00:00+07:00');
  const { id } = await planned('2026-11-25T05:30:00+07:00');
  await until('2026-11-24T05:30:00+07:00', '2026-11-25T04:30:00+07:00');
  expect(letters(cast.kabid.email)).toEqual(['Besok']);
  await until('2026-11-25T05:00:00+07:00', '2026-11-25T05:20:00+07:00');
  expect(await remindersOf(cast.kabid, id)).toEqual(['Besok', 'Satu jam lagi', '10 menit lagi']);
  expect(letters(cast.kabid.email)).toEqual(['Besok', '30 menit lagi', '10 menit lagi']);
});

test('a portal that slept tells the last one that is of use, and how long is really left', async () => {
  world.clock.set('2026-11-23T09:00:00+07:00');
  const { id } = await planned('2026-11-25T10:00:00+07:00');
  await until('2026-11-25T09:20:00+07:00', '2026-11-25T09:57:30+07:00');
  expect(await remindersOf(cast.kabid, id)).toEqual(['40 menit lagi', '3 menit lagi']);
});

test('who says no is not reminded, until they say yes; who is invited late hears only what is due after that', async () => {
  world.clock.set('2026-11-23T09:00:00+07:00');
  const { id } = await planned('2026-11-25T10:00:00+07:00', { people: [cast.kabid.id, cast.staf.id] });
  const params = { id };
  await (await signIn(world, cast.kabid)).call(putAnswer, { params, body: { answer: 'tidak', reason: 'Dinas luar' } });
  await until('2026-11-24T10:00:00+07:00', '2026-11-25T08:30:00+07:00');
  await world.app.meetings.inviteMore(asSignedIn(cast.kepala), id, { people: [cast.stafKantor.id], positions: [], units: [], guests: [] });
  await until('2026-11-25T09:00:00+07:00');
  await (await signIn(world, cast.kabid)).call(putAnswer, { params, body: { answer: 'hadir' } });
  await until('2026-11-25T09:50:00+07:00');
  expect(await remindersOf(cast.kabid, id)).toEqual(['10 menit lagi']);
  expect(await remindersOf(cast.staf, id)).toEqual(['Besok', 'Satu jam lagi', '10 menit lagi']);
  expect(await remindersOf(cast.stafKantor, id)).toEqual(['Satu jam lagi', '10 menit lagi']);
});

test('a head who sends somebody is not reminded, whoever was sent is; and the head too who wishes it', async () => {
  world.clock.set('2026-11-23T09:00:00+07:00');
  const { id } = await planned('2026-11-25T10:00:00+07:00', { people: [cast.kepalaDinkes.id] });
  await until('2026-11-24T10:00:00+07:00');
  world.clock.set('2026-11-24T11:00:00+07:00');
  const wahyu = await signIn(world, cast.kepalaDinkes);
  await wahyu.call(postDisposisi, { params: { id }, body: { to: cast.stafDinkes.id, instruction: 'Hadiri dan laporkan' } });
  await until('2026-11-25T09:00:00+07:00');
  const again = await signIn(world, cast.kepalaDinkes);
  const { channels, quiet } = await again.call(getNoticeChoice, {});
  await again.call(putNoticeChoice, { body: { channels, quiet, represented: true } });
  await until('2026-11-25T09:50:00+07:00');
  expect(await remindersOf(cast.stafDinkes, id)).toEqual(['Satu jam lagi', '10 menit lagi']);
  expect(await remindersOf(cast.kepalaDinkes, id)).toEqual(['Besok', '10 menit lagi']);
});

test('a meeting that its chair opened early is still told to those who are not in', async () => {
  world.clock.set('2026-11-23T09:00:00+07:00');
  const { id } = await planned('2026-11-23T12:00:00+07:00');
  await until('2026-11-23T11:00:00+07:00');
  world.clock.set('2026-11-23T11:45:00+07:00');
  await world.app.meetings.start(asSignedIn(cast.kepala), id);
  await until('2026-11-23T11:50:00+07:00');
  expect(await remindersOf(cast.kabid, id)).toEqual(['Satu jam lagi', '10 menit lagi']);
});

test('the crew of a press conference is reminded: officials at the portal, a guest by letter; a draft of nothing; a moved one by its new hour', async () => {
  world.clock.set('2026-11-23T09:00:00+07:00');
  const conference = await plannedConference(world, cast, { plan: { startsAt: new Date('2026-11-24T10:00:00+07:00').toISOString() } });
  await until('2026-11-23T10:00:00+07:00');
  expect(await remindersOf(cast.kepala, conference.id)).toEqual([]);
  world.clock.set('2026-11-23T11:00:00+07:00');
  const operator = await signIn(world, cast.operator);
  const found = await operator.call(postConferenceState, { params: conference.params, body: { to: 'diumumkan' } });
  await until('2026-11-24T09:00:00+07:00');
  expect(await remindersOf(cast.kepala, conference.id)).toEqual(['Satu jam lagi']);
  expect(letters('ratna@jbi.example')).toEqual(['Satu jam lagi']);
  expect(box.of('ratna@jbi.example').at(-1)?.text).toMatch(/\/siaran\/[\w-]+#[\w-]{28}/);
  const { title, summary, opdId, place, floorLimit, turnSeconds, followUpSeconds, floorCamera, viewerLimit } = found;
  const plan = { title, summary, opdId, place, floorLimit, turnSeconds, followUpSeconds, floorCamera, viewerLimit, version: found.version };
  await (
    await signIn(world, cast.operator)
  ).call(putConference, {
    params: conference.params,
    body: { ...plan, startsAt: new Date('2026-11-24T11:30:00+07:00').toISOString(), endsAt: null, registrationUntil: null },
  });
  await until('2026-11-24T09:50:00+07:00', '2026-11-24T10:30:00+07:00');
  expect(await remindersOf(cast.kepala, conference.id)).toEqual(['Satu jam lagi', 'Satu jam lagi']);
  await (await signIn(world, cast.operator)).call(postCancellation, { params: conference.params, body: { reason: 'Batal' } });
  await until('2026-11-24T11:20:00+07:00');
  expect(await remindersOf(cast.kepala, conference.id)).toEqual(['Satu jam lagi', 'Satu jam lagi']);
});
