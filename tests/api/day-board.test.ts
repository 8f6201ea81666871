import { afterEach, expect, test } from 'vitest';
import { getDayBoard, getMyDay } from '../../shared/attendance.ts';
import { postMeetingEnd } from '../../shared/meetings.ts';
import { PASSWORD, type Actor } from '../support/cast.ts';
import { calledMeeting, mediaServerTells } from '../support/meeting.ts';
import type { World } from '../support/world.ts';

const MINUTE = 60_000;
const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

async function opened() {
  const setting = await calledMeeting((c) => ({ people: [c.staf.id, c.kabid.id, c.stafDinkes.id] }));
  worlds.push(setting.world);
  const { world, room, invitation, cast } = setting;
  const tell = (event: string, actor: Actor) =>
    mediaServerTells(world, { event, room: room.name, identity: `${invitation(actor.name).member}:s${'a'.repeat(16)}`, sid: `PA_${actor.nip}` });
  const board = { params: { id: cast.opds.dinsos.id } };
  return { ...setting, joins: (actor: Actor) => tell('participant_joined', actor), leaves: (actor: Actor) => tell('participant_left', actor), board };
}

test('a WFH day marks itself when the person joins, with the meeting as evidence', async () => {
  const { world, cast, chair, meeting, joins, leaves, board } = await opened();
  const before = await chair.call(getDayBoard, board);
  expect(before).toMatchObject({ opdName: 'Dinas Sosial', date: '2026-11-23', zone: 'Asia/Jakarta' });
  expect(before.rows.find((r) => r.personId === cast.staf.id)).toMatchObject({
    code: 'WFH',
    basis: 'SE 800/1/2026',
    mark: 'belum_ada_bukti',
    evidence: [],
    unitName: 'Bidang Rehabilitasi Sosial',
  });
  await joins(cast.staf);
  world.clock.advance(20 * MINUTE);
  await leaves(cast.staf);
  const row = (await chair.call(getDayBoard, board)).rows.find((r) => r.personId === cast.staf.id);
  expect(row).toMatchObject({
    mark: 'hadir_wfh',
    evidence: [{ meetingId: meeting.id, title: 'Penyaluran bantuan', from: '2026-11-23T02:00:00.000Z', to: '2026-11-23T02:20:00.000Z', minutes: 20 }],
  });
  expect(row?.nip).toContain('•');
});

test('who is at the office is not judged by a meeting, and who has no code is not either', async () => {
  const { cast, chair, joins, board } = await opened();
  await joins(cast.kabid);
  const { rows } = await chair.call(getDayBoard, board);
  expect(rows.find((r) => r.personId === cast.kabid.id)).toMatchObject({ code: 'WFO', mark: 'tidak_dinilai', evidence: [] });
  expect(rows.find((r) => r.personId === cast.adminDinsos.id)).toMatchObject({ code: null, mark: 'tidak_dinilai' });
  expect(rows.some((r) => r.personId === cast.stafDinkes.id)).toBe(false);
});

test('the person sees the same on the own page', async () => {
  const { world, cast, joins } = await opened();
  const sari = await world.signIn(cast.staf.nip, PASSWORD);
  expect(await sari.call(getMyDay, {})).toMatchObject({ date: '2026-11-23', code: 'WFH', mark: 'belum_ada_bukti' });
  await joins(cast.staf);
  world.clock.advance(3 * MINUTE);
  expect(await sari.call(getMyDay, {})).toMatchObject({ mark: 'hadir_wfh', evidence: [{ to: null, minutes: 3 }] });
});

test('the evidence stays when the meeting ended, and belongs to that day only', async () => {
  const { world, cast, chair, id, joins, board } = await opened();
  await joins(cast.staf);
  world.clock.advance(30 * MINUTE);
  await chair.call(postMeetingEnd, { params: id });
  world.clock.advance(24 * 60 * MINUTE);
  const next = await world.signIn(cast.kepala.nip, PASSWORD);
  const day = async (date: string) => (await next.call(getDayBoard, { ...board, query: { date } })).rows.find((r) => r.personId === cast.staf.id);
  expect(await day('2026-11-23')).toMatchObject({ mark: 'hadir_wfh', evidence: [{ minutes: 30 }] });
  expect(await day('2026-11-24')).toMatchObject({ code: null, mark: 'tidak_dinilai' });
});

test('a meeting over midnight is split at the midnight of the office', async () => {
  const { world, cast, id, joins, board } = await opened();
  await world.app.roster.setCodes(world.sql, null, cast.opds.dinsos.id, {
    date: '2026-11-24',
    basis: 'SE 800/1/2026',
    codes: [{ personId: cast.staf.id, code: 'WFH' }],
  });
  world.clock.set('2026-11-23T16:40:00Z'); // 23.40 WIB
  await joins(cast.staf);
  world.clock.advance(50 * MINUTE);
  const chair = await world.signIn(cast.kepala.nip, PASSWORD);
  await chair.call(postMeetingEnd, { params: id });
  const minutes = async (date: string) =>
    (await chair.call(getDayBoard, { ...board, query: { date } })).rows.find((r) => r.personId === cast.staf.id)?.evidence.map((e) => e.minutes);
  expect([await minutes('2026-11-23'), await minutes('2026-11-24')]).toEqual([[20], [30]]);
});

test('the board is for the OPD’s head and admin, BKD and administrators; to others it does not exist', async () => {
  const { world, cast, board } = await opened();
  for (const reader of [cast.kepala, cast.adminDinsos, cast.bkd, cast.administrator])
    expect((await (await world.signIn(reader.nip, PASSWORD)).call(getDayBoard, board)).rows.length).toBeGreaterThan(3);
  for (const other of [cast.staf, cast.kepalaDinkes, cast.operator])
    expect(await (await world.signIn(other.nip, PASSWORD)).refusalOf(getDayBoard, board)).toBe('not_found');
  expect(await world.visitor().refusalOf(getDayBoard, board)).toBe('session.required');
  expect(await world.visitor().refusalOf(getMyDay, {})).toBe('session.required');
});

test('one unit can be read alone, and every reading is on record', async () => {
  const { world, cast, chair } = await opened();
  const unit = await chair.call(getDayBoard, { params: { id: cast.opds.rehsos.id } });
  expect(unit.rows.map((r) => r.name).toSorted()).toEqual([cast.kabid.name, cast.staf.name].toSorted());
  expect(await world.sql`select by_id, what, people_count from people.access where subject = ${`${cast.opds.rehsos.id} 2026-11-23`}`).toEqual([
    { by_id: cast.kepala.id, what: 'papan_hari.baca', people_count: 2 },
  ]);
});

test('whoever watches is told at once: the host of the meeting, the OPD, the person', async () => {
  const { world, cast, meeting, joins } = await opened();
  const heard: { topics: string[]; message: { type: string } }[] = [];
  const { unlisten } = await world.sql.listen('portal_live', (payload) => void heard.push(...[JSON.parse(payload) as (typeof heard)[number]].flat()));
  await joins(cast.staf);
  await expect.poll(() => heard.map((h) => h.message.type)).toEqual(expect.arrayContaining(['attendance.changed', 'day.changed']));
  expect(heard.find((h) => h.message.type === 'attendance.changed')?.topics).toEqual([`host:${meeting.id}`]);
  expect(heard.find((h) => h.message.type === 'day.changed')?.topics).toEqual([`opd:${cast.opds.dinsos.id}`, `person:${cast.staf.id}`]);
  await unlisten();
});
