// Who works on a press conference from home is present, by the same witnesses as in a meeting; and who answers for the OPD reads along.
import { afterEach, expect, test } from 'vitest';
import { getDayBoard, getMyDay } from '../../shared/attendance.ts';
import { getOutages } from '../../shared/outages.ts';
import { getChecks, getConference, getConferences, postCancellation, postConferenceState, postCrew } from '../../shared/press.ts';
import { getPressReport } from '../../shared/press-report.ts';
import { getMyData } from '../../shared/privacy.ts';
import { getPersonRecap } from '../../shared/recap.ts';
import { castWorld, signIn, type Actor, type Cast } from '../support/cast.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { mediaServerTells } from '../support/meeting.ts';
import { plannedConference } from '../support/press.ts';
import type { World } from '../support/world.ts';

const MINUTE = 60_000;
const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

/** Monday 09.00 WIB: the conference of Dinas Sosial opens its green room. Sari, at home, is one of the speakers. */
async function greenRoom({ opdId }: { opdId?: (cast: Cast) => string } = {}) {
  const { world, cast } = await castWorld({ livekit: createLiveKitDouble() });
  worlds.push(world);
  const conference = await plannedConference(world, cast, { state: 'registrasi', plan: opdId ? { opdId: opdId(cast) } : {} });
  await conference.operator.call(postCrew, { params: conference.params, body: { role: 'narasumber', who: { kind: 'person', id: cast.staf.id } } });
  await conference.goTo('ruang_tunggu');
  const [room] = await world.sql<{ name: string }[]>`select name from rooms.room`;
  const tell = (event: string, member: string) =>
    mediaServerTells(world, { event, room: room?.name ?? '', identity: `${member}:s${'a'.repeat(16)}`, sid: `PA_${member}` });
  const head = await signIn(world, cast.kepala);
  const board = async (who: Actor, date = '2026-11-23') =>
    (await (await signIn(world, cast.kepala)).call(getDayBoard, { params: { id: cast.opds.dinsos.id }, query: { date } })).rows.find(
      (r) => r.personId === who.id,
    );
  return {
    ...conference,
    world,
    cast,
    head,
    board,
    joins: (who: Actor) => tell('participant_joined', `p_${who.id}`),
    leaves: (who: Actor) => tell('participant_left', `p_${who.id}`),
    tell,
  };
}

test('a speaker at home is present by the press conference, with it as evidence', async () => {
  const { world, cast, id, board, joins, leaves } = await greenRoom();
  expect(await board(cast.staf)).toMatchObject({ code: 'WFH', mark: 'belum_ada_bukti', evidence: [] });
  await joins(cast.staf);
  world.clock.advance(40 * MINUTE);
  await leaves(cast.staf);
  expect(await board(cast.staf)).toMatchObject({
    mark: 'hadir_wfh',
    evidence: [{ meetingId: id, title: 'Penanganan banjir', minutes: 40, to: '2026-11-23T02:40:00.000Z', conference: { opens: true } }],
  });
  const sari = await signIn(world, cast.staf);
  expect(await sari.call(getMyDay, {})).toMatchObject({ mark: 'hadir_wfh', evidence: [{ minutes: 40, conference: { opens: true } }] });
  const recap = await sari.call(getPersonRecap, { params: { id: cast.staf.id }, query: { month: '2026-11' } });
  expect(recap.figures).toMatchObject({ hadirWfh: 1, meetings: 1, minutes: 40, terlambat: 0 });
  expect(recap.days.find((d) => d.date === '2026-11-23')?.evidence).toMatchObject([{ meetingId: id, title: 'Penanganan banjir', conference: { opens: true } }]);
  expect((await sari.call(getMyData, {})).meetings).toMatchObject([{ meetingId: id, conference: true, minutes: 40 }]);
});

test('whoever reads the day but may not open the conference has its title without a way to it', async () => {
  const { cast, board, joins } = await greenRoom({ opdId: (c) => c.opds.dkis.id });
  await joins(cast.staf);
  // The head speaks there too; the admin of the OPD does not.
  expect((await board(cast.staf))?.evidence).toMatchObject([{ conference: { opens: true } }]);
  const admin = await signIn(worlds[0]!, cast.adminDinsos);
  const { rows } = await admin.call(getDayBoard, { params: { id: cast.opds.dinsos.id } });
  expect(rows.find((r) => r.personId === cast.staf.id)).toMatchObject({
    mark: 'hadir_wfh',
    evidence: [{ title: 'Penanganan banjir', conference: { opens: false } }],
  });
});

test('nobody is late for a conference: who comes when it is on air is only present', async () => {
  const { world, cast, goTo, joins } = await greenRoom();
  world.clock.advance(60 * MINUTE);
  await goTo('tayang');
  world.clock.advance(45 * MINUTE);
  await joins(cast.staf);
  world.clock.advance(5 * MINUTE);
  await goTo('selesai');
  const sari = await signIn(world, cast.staf);
  const { figures } = await sari.call(getPersonRecap, { params: { id: cast.staf.id }, query: { month: '2026-11' } });
  expect(figures).toMatchObject({ hadirWfh: 1, terlambat: 0, minutes: 5 });
});

test('a conference over midnight is split at the midnight of the office', async () => {
  const { world, cast, params, goTo, board, joins } = await greenRoom();
  await goTo('tayang');
  await world.app.roster.setCodes(world.sql, null, cast.opds.dinsos.id, {
    date: '2026-11-24',
    basis: 'SE 800/1/2026',
    codes: [{ personId: cast.staf.id, code: 'WFH' }],
  });
  world.clock.set('2026-11-23T16:30:00Z'); // 23.30 WIB
  await joins(cast.staf);
  world.clock.advance(75 * MINUTE);
  await (await signIn(world, cast.operator)).call(postConferenceState, { params, body: { to: 'selesai' } });
  const minutes = async (date: string) => (await board(cast.staf, date))?.evidence.map((e) => e.minutes);
  expect([await minutes('2026-11-23'), await minutes('2026-11-24')]).toEqual([[30], [45]]);
  const sari = await signIn(world, cast.staf);
  const { days } = await sari.call(getPersonRecap, { params: { id: cast.staf.id }, query: { month: '2026-11' } });
  expect(days.map((d) => [d.date, d.minutes])).toEqual([
    ['2026-11-23', 30],
    ['2026-11-24', 45],
  ]);
});

test('a rehearsal the day before does not hide who is there on the day, and marks no day between', async () => {
  const { world, cast, board, joins, leaves } = await greenRoom();
  await world.sql`update press.conference set starts_at = '2026-11-25T03:00:00Z'`;
  for (const date of ['2026-11-24', '2026-11-25'])
    await world.app.roster.setCodes(world.sql, null, cast.opds.dinsos.id, { date, basis: 'SE 800/1/2026', codes: [{ personId: cast.staf.id, code: 'WFH' }] });
  await joins(cast.staf);
  world.clock.advance(20 * MINUTE);
  await leaves(cast.staf);
  world.clock.set('2026-11-25T03:00:00Z');
  const identity = `p_${cast.staf.id}:s${'b'.repeat(16)}`;
  const [room] = await world.sql<{ name: string }[]>`select name from rooms.room`;
  await mediaServerTells(world, { event: 'participant_joined', room: room?.name ?? '', identity, sid: 'PA_b' });
  world.clock.advance(10 * MINUTE);
  const marks = await Promise.all(['2026-11-23', '2026-11-24', '2026-11-25'].map(async (date) => (await board(cast.staf, date))?.mark));
  expect(marks).toEqual(['hadir_wfh', 'belum_ada_bukti', 'hadir_wfh']);
  const sari = await signIn(world, cast.staf);
  const { days } = await sari.call(getPersonRecap, { params: { id: cast.staf.id }, query: { month: '2026-11' } });
  expect(days.map((d) => [d.date, d.mark])).toEqual([
    ['2026-11-23', 'hadir_wfh'],
    ['2026-11-24', 'belum_ada_bukti'],
    ['2026-11-25', 'hadir_wfh'],
  ]);
});

test('a conference that is called off still was where the crew met', async () => {
  const { world, cast, operator, params, board, joins } = await greenRoom();
  await joins(cast.staf);
  world.clock.advance(15 * MINUTE);
  await operator.call(postCancellation, { params, body: { reason: 'Narasumber berhalangan' } });
  world.clock.advance(30 * MINUTE);
  expect((await board(cast.staf))?.evidence).toMatchObject([{ minutes: 15, to: '2026-11-23T02:15:00.000Z' }]);
});

test('the day of the crew is told at once; who only asks questions has no day here', async () => {
  const { world, cast, joins, tell } = await greenRoom();
  const heard: { topics: string[]; message: { type: string } }[] = [];
  const { unlisten } = await world.sql.listen('portal_live', (payload) => void heard.push(...[JSON.parse(payload) as (typeof heard)[number]].flat()));
  await tell('participant_joined', 'j_00000000-0000-4000-8000-000000000001');
  await joins(cast.staf);
  await expect
    .poll(() => heard.filter((h) => h.message.type === 'day.changed').map((h) => h.topics))
    .toEqual([[`opd:${cast.opds.dinsos.id}`, `person:${cast.staf.id}`]]);
  await unlisten();
});

test('an outage counts the conferences it met', async () => {
  const { world, cast } = await greenRoom();
  world.clock.advance(60 * MINUTE);
  await world.sql`insert into platform.outage (what, from_at, to_at, noted_at) values ('media', '2026-11-23T02:10:00Z', '2026-11-23T02:14:00Z', now())`;
  await world.sql`insert into platform.outage (what, from_at, to_at, noted_at) values ('media', '2026-11-23T01:10:00Z', '2026-11-23T01:14:00Z', now())`;
  const bkd = await signIn(world, cast.bkd);
  expect((await bkd.call(getOutages, {})).outages.map((o) => o.meetings)).toEqual([0, 1]);
});

test('the admin of the OPD reads its conference and the report once announced, without links, and changes nothing', async () => {
  const { world, cast, params, goTo, operator } = await greenRoom();
  const admin = await signIn(world, cast.adminDinsos);
  const seen = await admin.call(getConference, { params });
  expect(seen).toMatchObject({ title: 'Penanganan banjir', next: [], youOperate: false, youModerate: false, youOversee: true });
  expect(seen.crew.map((one) => [one.role, one.link])).toContainEqual(['jbi', null]);
  expect((await admin.call(getConferences, {})).map((one) => [one.title, one.waiting])).toEqual([['Penanganan banjir', null]]);
  expect(await admin.refusalOf(getChecks, { params })).toBe('not_found');
  expect(await admin.refusalOf(postConferenceState, { params, body: { to: 'tayang' } })).toBe('not_found');
  expect(await admin.refusalOf(getPressReport, { params })).toBe('report.too_early');
  await goTo('tayang');
  world.clock.advance(5 * MINUTE);
  expect((await admin.call(getPressReport, { params })).minutes).toBe(4);
  expect(await operator.call(getConference, { params })).toMatchObject({ youOversee: false });
});

test('a draft is nobody’s but the operators’ and its crew’s, and another OPD sees no conference of this one', async () => {
  const { world, cast, operator } = await greenRoom();
  const draft = await plannedConference(world, cast, { plan: { title: 'Belum diumumkan' } });
  const admin = await signIn(world, cast.adminDinsos);
  expect(await admin.refusalOf(getConference, { params: draft.params })).toBe('not_found');
  expect((await admin.call(getConferences, {})).map((one) => one.title)).toEqual(['Penanganan banjir']);
  expect(await operator.call(getConferences, {})).toHaveLength(2);
  const other = await signIn(world, cast.kepalaDinkes);
  expect(await other.call(getConferences, {})).toEqual([]);
  expect(await other.refusalOf(getConference, { params: draft.params })).toBe('not_found');
});
