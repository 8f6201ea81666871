import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { postMeetingEnd, postMeetingNow } from '../../shared/meetings.ts';
import { getNotices } from '../../shared/notifications.ts';
import { getProceedings, postConfirmation, postDecision, postDecisionRevocation, postReading } from '../../shared/proceedings.ts';
import { getTaskReminders, getTasks, postTaskCancel, postTaskDone, postTasksSeen } from '../../shared/tasks.ts';
import { portalItself } from '../../server/people/index.ts';
import { refusalIn, signIn, type Actor } from '../support/cast.ts';
import { calledMeeting } from '../support/meeting.ts';
import type { Client, World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

const TEXT = 'Bantuan beras disalurkan mulai hari ini ke tiga kelurahan.';
/** Monday 23 November 2026, 09.00 WIB: the head of Dinas Sosial decides in a meeting, the kabid answers for it by Friday. */
async function decided(more: { dueOn?: string | null; positionId?: string | null } = {}) {
  const setting = await calledMeeting((cast) => ({ people: [cast.kabid.id, cast.staf.id] }));
  const { world, cast, chair, id } = setting;
  worlds.push(world);
  async function decides(change: typeof more = {}, by: Client = chair, params = id): Promise<string> {
    const key = randomUUID();
    const body = { key, text: TEXT, basis: 'SE 460/12/2026', positionId: cast.kabid.positionId, dueOn: '2026-11-27', ...more, ...change };
    await by.call(postDecision, { params, body });
    await by.call(postReading, { params: { ...params, decision: key }, body: { version: 1 } });
    const confirmation = { version: 1, objections: 0, underQuorumReason: 'Keadaan darurat', strategic: false };
    await by.call(postConfirmation, { params: { ...params, decision: key }, body: confirmation });
    return key;
  }
  const decision = await decides();
  // Sessions end while days go by: whoever looks signs in again.
  const tasksOf = async (person: Actor) => (await signIn(world, person)).call(getTasks, {});
  const the = async (person: Actor = cast.kabid) => (await tasksOf(person)).mine[0]!;
  const at = (day: string, time = '08:00') => world.clock.set(`${day}T${time}:00+07:00`);
  const remindersOf = async (person: Actor) => (await (await signIn(world, person)).call(getTaskReminders, {})).reminders.map((r) => [r.kind, r.daysLeft]);
  return { ...setting, decides, decision, tasksOf, the, at, remindersOf };
}

test('a confirmed decision is a task of the post that answers for it, word for word, with its day and where it comes from', async () => {
  const { cast, tasksOf, meeting, chair } = await decided();
  const { mine, chaired, opd, heads } = await tasksOf(cast.kabid);
  expect([chaired, opd, heads]).toEqual([[], [], false]);
  expect(mine).toMatchObject([
    {
      text: TEXT,
      basis: 'SE 460/12/2026',
      dueOn: '2026-11-27',
      daysLeft: 4,
      state: 'terbuka',
      responsible: { title: 'Kepala Bidang Rehabilitasi Sosial', name: cast.kabid.name, label: 'Kepala Bidang Rehabilitasi Sosial' },
      decision: { meetingId: meeting.id, meetingTitle: meeting.title, no: 1 },
      chairName: cast.kepala.name,
      opdName: 'Dinas Sosial',
      over: null,
      may: { finish: true, cancel: false },
    },
  ]);
  expect((await chair.call(getTasks, {})).chaired).toMatchObject([{ text: TEXT, may: { finish: true, cancel: true } }]);
});

test('a decision without a post is no task; a draft is none; confirming twice makes one', async () => {
  const { world, chair, id, decision, decides, tasksOf, cast } = await decided();
  await decides({ positionId: null });
  await chair.call(postDecision, { params: id, body: { key: randomUUID(), text: TEXT, positionId: cast.kabid.positionId, dueOn: null, basis: null } });
  await chair.call(postConfirmation, { params: { ...id, decision }, body: { version: 1, objections: 0, underQuorumReason: 'Sekali lagi' } });
  expect((await tasksOf(cast.kabid)).mine).toHaveLength(1);
  expect(await world.sql`select from tasks.task`).toHaveLength(1);
});

test('a task follows the post: the Plh answers for it from the first day of the letter', async () => {
  const { world, cast, tasksOf, the, at } = await decided();
  const plh = { personId: cast.stafKantor.id, kind: 'plh' as const, from: '2026-11-24', until: '2026-11-25', basis: 'SP 1' };
  await world.app.people.appoint(portalItself, cast.kabid.positionId!, plh);
  expect((await the()).responsible.name).toBe(cast.kabid.name);
  at('2026-11-24');
  expect((await the(cast.stafKantor)).responsible).toMatchObject({ name: cast.stafKantor.name, label: 'Plh. Kepala Bidang Rehabilitasi Sosial' });
  expect((await tasksOf(cast.kabid)).mine).toEqual([]);
  at('2026-11-26');
  expect((await the()).may.finish).toBe(true);
});

test('while nobody holds the post, who held it when it was decided answers for it', async () => {
  const { world, cast, the, at } = await decided();
  await world.sql`update people.holding set held = daterange(lower(held), '2026-11-24') where position_id = ${cast.kabid.positionId}`;
  at('2026-11-25');
  expect((await the()).responsible).toMatchObject({ title: 'Kepala Bidang Rehabilitasi Sosial', name: cast.kabid.name });
});

test('who answers for it finishes it with a note; twice is once; after that it cannot be called off', async () => {
  const { world, cast, the, at } = await decided();
  const { id } = await the();
  at('2026-11-24', '10:00');
  const kabid = await signIn(world, cast.kabid);
  const done = await kabid.call(postTaskDone, { params: { id }, body: { note: 'Tiga kelurahan\nsudah menerima.' } });
  expect(done).toMatchObject({
    state: 'selesai',
    daysLeft: null,
    over: { note: 'Tiga kelurahan\nsudah menerima.', byName: cast.kabid.name, at: '2026-11-24T03:00:00.000Z' },
    may: { finish: false, cancel: false },
  });
  expect((await kabid.call(postTaskDone, { params: { id }, body: { note: 'Sekali lagi' } })).over?.note).toBe('Tiga kelurahan\nsudah menerima.');
  const again = await signIn(world, cast.kepala);
  expect(await again.refusalOf(postTaskCancel, { params: { id }, body: { reason: 'Salah' } })).toBe('task.over');
  expect(await world.sql`select from tasks.step where task_id = ${id}`).toHaveLength(2);
});

test('the chair finishes or calls off, with a reason; nobody else calls off', async () => {
  const { world, cast, chair, the, decides, tasksOf } = await decided();
  const { id } = await the();
  expect(await (await signIn(world, cast.kabid)).refusalOf(postTaskCancel, { params: { id }, body: { reason: 'Tidak perlu' } })).toBe('meeting.not_chair');
  expect((await chair.call(postTaskCancel, { params: { id }, body: { reason: 'Sudah ditangani provinsi' } })).over).toMatchObject({
    note: 'Sudah ditangani provinsi',
    byName: cast.kepala.name,
  });
  await chair.call(postTaskCancel, { params: { id }, body: { reason: 'Sekali lagi' } });
  await decides();
  const { mine } = await tasksOf(cast.kabid);
  expect(mine.map((t) => t.state)).toEqual(['terbuka', 'dibatalkan']);
  expect((await chair.call(postTaskDone, { params: { id: mine[0]!.id }, body: { note: 'Dikerjakan bersama' } })).state).toBe('selesai');
});

test('a decision withdrawn in the meeting takes its task with it, in the words of the withdrawal', async () => {
  const { chair, id, decision, the } = await decided();
  await chair.call(postDecisionRevocation, { params: { ...id, decision }, body: { reason: 'Salah dasar' } });
  expect(await the()).toMatchObject({ state: 'dibatalkan', over: { note: 'Salah dasar', byName: null } });
});

test('somebody else’s task does not exist; the head of the OPD sees it and may not finish what another chair gave', async () => {
  const { world, cast, decides, tasksOf } = await decided();
  const other = await signIn(world, cast.kepalaDinkes);
  const invite = { people: [cast.kabid.id], positions: [], units: [], guests: [] };
  const called = await other.call(postMeetingNow, { body: { title: 'Rapat Dinkes', sifat: 'biasa', invite } });
  await decides({}, other, { id: called.id });
  const all = (await tasksOf(cast.kabid)).mine;
  const [mine, theirs] = ['Penyaluran bantuan', 'Rapat Dinkes'].map((title) => all.find((t) => t.decision.meetingTitle === title));
  const { chaired, opd, heads } = await tasksOf(cast.kepala);
  expect([chaired.map((t) => t.id), opd.map((t) => t.id), heads]).toEqual([[mine!.id], [theirs!.id], true]);

  const params = { id: theirs!.id };
  const head = await signIn(world, cast.kepala);
  expect(await head.refusalOf(postTaskDone, { params, body: { note: 'Selesai' } })).toBe('task.not_yours');
  expect(await head.refusalOf(postTaskCancel, { params, body: { reason: 'Selesai' } })).toBe('meeting.not_chair');
  for (const person of [cast.staf, cast.administrator, cast.bkd]) {
    const stranger = await signIn(world, person);
    expect(await stranger.call(getTasks, {})).toMatchObject({ mine: [], chaired: [], opd: [] });
    expect(await stranger.refusalOf(postTaskDone, { params, body: { note: 'Selesai' } })).toBe('not_found');
    expect(await stranger.refusalOf(postTaskCancel, { params, body: { reason: 'Selesai' } })).toBe('not_found');
  }
  expect(await other.refusalOf(postTaskDone, { params: { id: mine!.id }, body: { note: 'Selesai' } })).toBe('not_found');
  const [look] = await world.sql<{ persons: string[] }[]>`select persons from people.access where what = 'tugas.baca' and by_id = ${cast.kepala.id} limit 1`;
  expect(look?.persons).toEqual([cast.kabid.id]);
});

test('a note that says nothing is refused by its field; nobody gets in without a session', async () => {
  const { world, cast, the } = await decided();
  const params = { id: (await the()).id };
  const kabid = await signIn(world, cast.kabid);
  expect((await refusalIn(kabid.call(postTaskDone, { params, body: { note: ' ok' } }))).fields?.[0]?.path).toBe('note');
  const visitor = world.visitor();
  expect(await visitor.refusalOf(getTasks, {})).toBe('session.required');
  expect(await visitor.refusalOf(getTaskReminders, {})).toBe('session.required');
  expect(await visitor.refusalOf(postTasksSeen, {})).toBe('session.required');
  expect(await visitor.refusalOf(postTaskDone, { params, body: { note: 'Selesai' } })).toBe('session.required');
  expect(await visitor.refusalOf(postTaskCancel, { params, body: { reason: 'Selesai' } })).toBe('session.required');
});

test('three days before, the day before, on the day and when it is late somebody is reminded, each once, from 07.30', async () => {
  const { world, cast, at, remindersOf } = await decided();
  const { remind } = world.app.tasks;
  const given = async (day: string, time?: string): Promise<number> => {
    at(day, time);
    return remind();
  };
  expect(await given('2026-11-23', '23:00')).toBe(0);
  expect(await given('2026-11-24', '07:29')).toBe(0);
  expect(await given('2026-11-24', '07:30')).toBe(1);
  expect(await given('2026-11-24', '07:31')).toBe(0);
  expect(await given('2026-11-25')).toBe(0);
  expect(await given('2026-11-26')).toBe(1);
  expect(await given('2026-11-27')).toBe(1);
  expect(await given('2026-11-28')).toBe(1);
  expect(await given('2026-12-05')).toBe(0);
  const kinds = await world.sql<{ kind: string }[]>`select kind from tasks.reminder order by at`;
  expect(kinds.map((r) => r.kind)).toEqual(['h3', 'h1', 'hari_ini', 'lewat']);
  expect(await remindersOf(cast.kabid)).toEqual([['lewat', -8]]);
  expect(await remindersOf(cast.kepala)).toEqual([]);
});

test('two portal processes that remind at the same moment remind once', async () => {
  const { world, at } = await decided();
  at('2026-11-24');
  const counts = await Promise.all([world.app.tasks.remind(), world.app.tasks.remind()]);
  expect(counts.toSorted()).toEqual([0, 1]);
  expect(await world.sql`select from tasks.reminder`).toHaveLength(1);
});

test('a reminder that was looked at is gone, and so is one of a task that is over', async () => {
  const { world, cast, at, remindersOf, decides, the } = await decided();
  at('2026-11-24');
  await world.app.tasks.remind();
  expect(await remindersOf(cast.kabid)).toEqual([['h3', 3]]);
  const kabid = await signIn(world, cast.kabid);
  await kabid.call(postTasksSeen, {});
  await kabid.call(postTasksSeen, {});
  expect(await kabid.call(getTaskReminders, {})).toEqual({ reminders: [], open: 1, nearest: 3 });

  await decides({ dueOn: '2026-11-26' }, await signIn(world, cast.kepala));
  at('2026-11-26');
  await world.app.tasks.remind();
  expect((await remindersOf(cast.kabid)).length).toBe(2);
  const again = await signIn(world, cast.kabid);
  await again.call(postTaskDone, { params: { id: (await the()).id }, body: { note: 'Selesai' } });
  expect(await again.call(getTaskReminders, {})).toMatchObject({ reminders: [{ kind: 'h1' }], open: 1 });
});

test('the reminder goes to who answers for the post on that day; of a task without a day or one that is over there is none', async () => {
  const { world, cast, at, remindersOf, decides, tasksOf } = await decided();
  await decides({ dueOn: null });
  const plh = { personId: cast.stafKantor.id, kind: 'plh' as const, from: '2026-11-24', until: '2026-11-25', basis: 'SP 1' };
  await world.app.people.appoint(portalItself, cast.kabid.positionId!, plh);
  at('2026-11-24');
  expect(await world.app.tasks.remind()).toBe(1);
  expect(await remindersOf(cast.stafKantor)).toEqual([['h3', 3]]);
  at('2026-11-26');
  const kabid = await signIn(world, cast.kabid);
  for (const task of (await tasksOf(cast.kabid)).mine) await kabid.call(postTaskDone, { params: { id: task.id }, body: { note: 'Selesai' } });
  expect(await world.app.tasks.remind()).toBe(0);
});

test('07.30 is that of the office: in Jayapura two hours before Jakarta', async () => {
  const { world, at } = await decided();
  await world.sql`update tasks.task set zone = 'Asia/Jayapura'`;
  at('2026-11-24', '05:29');
  expect(await world.app.tasks.remind()).toBe(0);
  at('2026-11-24', '05:30');
  expect(await world.app.tasks.remind()).toBe(1);
});

test('open tasks open the agenda of the chair’s next meeting; what is done, and what another chair gave, does not', async () => {
  const { world, cast, chair, id, decides, tasksOf } = await decided();
  await decides({ dueOn: null });
  await chair.call(postMeetingEnd, { params: id });
  const [, second] = (await tasksOf(cast.kabid)).mine;
  const agendaOf = async (by: Actor) => {
    const client = await signIn(world, by);
    const invite = { people: [cast.staf.id], positions: [], units: [], guests: [] };
    const next = await client.call(postMeetingNow, { body: { title: 'Rapat lanjutan', sifat: 'biasa', invite } });
    return (await client.call(getProceedings, { params: { id: next.id } })).agenda.items;
  };
  const items = await agendaOf(cast.kepala);
  expect(items.map((i) => i.text)).toEqual([
    'Rapat lanjutan',
    `Tindak lanjut: ${TEXT} (Kepala Bidang Rehabilitasi Sosial, tenggat 27 November 2026)`,
    `Tindak lanjut: ${TEXT} (Kepala Bidang Rehabilitasi Sosial)`,
  ]);
  expect(items[2]?.taskId).toBe(second?.id);
  await (await signIn(world, cast.kabid)).call(postTaskDone, { params: { id: second!.id }, body: { note: 'Selesai' } });
  expect(await agendaOf(cast.kepala)).toHaveLength(2);
  expect(await agendaOf(cast.kabid)).toHaveLength(1);
  expect(await agendaOf(cast.kepalaDinkes)).toHaveLength(1);
});

test('the head of the OPD finds in the agenda what every chair of the OPD gave', async () => {
  const { world, cast, decides } = await decided();
  const kabid = await signIn(world, cast.kabid);
  const invite = { people: [cast.staf.id], positions: [], units: [], guests: [] };
  const small = await kabid.call(postMeetingNow, { body: { title: 'Rapat bidang', sifat: 'biasa', invite } });
  await decides({ positionId: cast.staf.positionId }, kabid, { id: small.id });
  const head = await signIn(world, cast.kepala);
  const next = await head.call(postMeetingNow, { body: { title: 'Rapat dinas', sifat: 'biasa', invite } });
  expect((await head.call(getProceedings, { params: { id: next.id } })).agenda.items).toHaveLength(3);
  expect((await refusalIn(kabid.call(postTaskDone, { params: { id: randomUUID() }, body: { note: 'Selesai' } }))).code).toBe('not_found');
});

test('who answers for a task hears of it in the one place for notices: when it is given, and at each reminder', async () => {
  const { world, cast, meeting, at } = await decided();
  const titles = async () =>
    (await (await signIn(world, cast.kabid)).call(getNotices, { query: { kind: 'tugas' } })).notices.map(({ words }) => words.id.title);
  expect(await titles()).toEqual([`Tugas baru dari rapat ${meeting.title}`]);
  at('2026-11-26');
  await world.app.tasks.remind();
  await world.app.tasks.remind();
  at('2026-11-28');
  await world.app.tasks.remind();
  expect(await titles()).toEqual(['Tugas terlambat 1 hari', 'Tugas jatuh tempo besok', `Tugas baru dari rapat ${meeting.title}`]);
});
