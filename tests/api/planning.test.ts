import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BodyOf } from '../../shared/endpoint.ts';
import { getMeeting, getMeetings, postJoin, postMeetingStart } from '../../shared/meetings.ts';
import {
  getHolidays,
  getPlan,
  getPlanChanges,
  postCancellation,
  postConflicts,
  postHolidayReading,
  postMeeting,
  postTimes,
  putHolidays,
  putPlan,
} from '../../shared/planning.ts';
import { getMyData } from '../../shared/privacy.ts';
import { castWorld, refusalIn, signIn, type Actor, type Cast } from '../support/cast.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import type { Client, World } from '../support/world.ts';

let world: World;
let cast: Cast;
let kepala: Client;
let admin: Client;
let staf: Client;
let bkd: Client;
beforeAll(async () => {
  ({ world, cast } = await castWorld({ livekit: createLiveKitDouble() }));
  [kepala, admin, staf, bkd] = await Promise.all([
    signIn(world, cast.kepala),
    signIn(world, cast.adminDinsos),
    signIn(world, cast.staf),
    signIn(world, cast.bkd),
  ]);
});
afterAll(() => world.close());

const NOBODY = { people: [], positions: [], units: [], guests: [] };
type Body = BodyOf<typeof postMeeting>;
/** A day of December 2026, in the office's zone. */
const at = (day: string, time = '09:00'): string => new Date(`2026-12-${day}T${time}:00+07:00`).toISOString();
const body = (more: Partial<Body> = {}): Body => ({
  title: 'Rapat koordinasi',
  sifat: 'biasa',
  description: null,
  place: 'Daring',
  startsAt: at('01'),
  endsAt: at('01', '10:00'),
  invite: { ...NOBODY, people: [cast.kabid.id] },
  repeat: null,
  key: randomUUID(),
  ...more,
});
const plan = (more: Partial<Body> = {}, by: Client = kepala) => by.call(postMeeting, { body: body(more) });
const weekly = (times = 4, skipHolidays = false): Body['repeat'] => ({
  pattern: { kind: 'mingguan', every: 1, days: ['TU'] },
  ends: { kind: 'kali', times },
  skipHolidays,
});
const seriesOf = async (id: string, by: Client = kepala) => (await by.call(getPlan, { params: { id } })).series!;
const starts = async (id: string): Promise<string[]> => (await seriesOf(id)).occurrences.map((one) => one.startsAt);
const wish = (more: Partial<BodyOf<typeof putPlan>>) => ({ scope: 'ini' as const, movedToo: false, reason: null, version: 0, ...more });

test('a head plans a meeting: it stands in the lists of the invited, with place and agenda; a second tap makes no second one', async () => {
  const wanted = body({ description: 'Pembahasan bantuan\ntriwulan IV', place: 'Daring; Ruang Rapat Utama' });
  const card = await kepala.call(postMeeting, { body: wanted });
  expect(card).toMatchObject({ state: 'terjadwal', youChair: true, youPrepare: true, version: 0, seriesId: null, cancelReason: null, invited: 2 });
  expect((await kepala.call(postMeeting, { body: wanted })).id).toBe(card.id);
  const kabid = await signIn(world, cast.kabid);
  const seen = (await kabid.call(getMeetings, {})).find(({ id }) => id === card.id);
  expect(seen).toMatchObject({ place: 'Daring; Ruang Rapat Utama', description: 'Pembahasan bantuan\ntriwulan IV', youPrepare: false });
});

test('the admin of an OPD plans for its head: the head chairs, the admin is kept as who prepared it and finds it again', async () => {
  const card = await plan({ chairId: cast.kepala.id, startsAt: at('02'), endsAt: at('02', '10:00') }, admin);
  expect(card).toMatchObject({ chairName: cast.kepala.name, youChair: false, youPrepare: true });
  expect(await admin.call(getPlan, { params: { id: card.id } })).toMatchObject({ chairId: cast.kepala.id, plannerName: cast.adminDinsos.name });
  expect((await admin.call(getMeetings, {})).some(({ id }) => id === card.id)).toBe(true);
});

test('nobody plans for the head of another OPD, for staff, or without the right to', async () => {
  const chair = (person: Actor, by: Client) => by.refusalOf(postMeeting, { body: body({ chairId: person.id }) });
  expect(await chair(cast.kepalaDinkes, admin)).toBe('plan.chair');
  expect(await chair(cast.stafKantor, admin)).toBe('plan.chair');
  expect(await chair(cast.kabid, kepala)).toBe('plan.chair');
  expect(await staf.refusalOf(postMeeting, { body: body() })).toBe('role.missing');
  expect(await world.visitor().refusalOf(postMeeting, { body: body() })).toBe('session.required');
});

test('a plan names the field that is wrong', async () => {
  const no = async (more: Partial<Body>) => {
    const { code, fields } = await refusalIn(kepala.call(postMeeting, { body: body(more) }));
    return [code, fields?.[0]?.path];
  };
  expect(await no({ startsAt: '2026-11-20T02:00:00Z', endsAt: null })).toEqual(['meeting.past', 'startsAt']);
  expect(await no({ endsAt: at('01', '09:00') })).toEqual(['meeting.times', 'endsAt']);
  expect((await no({ invite: NOBODY }))[0]).toBe('meeting.nobody_invited');
  expect(await no({ title: ' ' })).toEqual(['input.invalid', 'title']);
  const tooLong = { ...weekly()!, ends: { kind: 'sampai' as const, day: '2029-01-01' } };
  expect(await no({ repeat: tooLong })).toEqual(['plan.too_many', 'repeat.ends.day']);
});

test('a weekly meeting is a meeting each time, at the same hour; one that is moved alone keeps its own hour when the rest move', async () => {
  const first = await plan({ title: 'Rapat staf mingguan', repeat: weekly() });
  expect(await starts(first.id)).toEqual([at('01'), at('08'), at('15'), at('22')]);
  const { occurrences, rule } = await seriesOf(first.id);
  expect(rule).toBe('FREQ=WEEKLY;COUNT=4;BYDAY=TU');
  const second = occurrences[1]!.meetingId;
  await kepala.call(putPlan, { params: { id: second }, body: wish({ startsAt: at('09', '13:00') }) });
  await kepala.call(putPlan, { params: { id: first.id }, body: wish({ startsAt: at('01', '10:00'), scope: 'semua', reason: 'Apel pagi' }) });
  expect(await starts(first.id)).toEqual([at('01', '10:00'), at('09', '13:00'), at('15', '10:00'), at('22', '10:00')]);
  expect((await seriesOf(first.id)).occurrences.map((one) => one.movedAlone)).toEqual([false, true, false, false]);
  const third = occurrences[2]!.meetingId;
  const again = { version: 1, scope: 'berikutnya' as const, startsAt: at('15', '11:00'), endsAt: at('15', '12:30') };
  await kepala.call(putPlan, { params: { id: third }, body: wish(again) });
  expect(await starts(first.id)).toEqual([at('01', '10:00'), at('09', '13:00'), at('15', '11:00'), at('22', '11:00')]);
  await kepala.call(putPlan, { params: { id: first.id }, body: wish({ version: 1, startsAt: at('01', '08:00'), scope: 'semua', movedToo: true }) });
  expect(await starts(first.id)).toEqual([at('01', '08:00'), at('08', '08:00'), at('15', '08:00'), at('22', '08:00')]);
  expect((await seriesOf(first.id)).occurrences.some((one) => one.movedAlone)).toBe(false);
});

test('calling off this and the following leaves the ones before; the invited read the reason, and twice is once', async () => {
  const first = await plan({ title: 'Rapat evaluasi', startsAt: at('01', '14:00'), endsAt: null, repeat: weekly() });
  const ids = (await seriesOf(first.id)).occurrences.map((one) => one.meetingId);
  const params = { id: ids[2]! };
  const off = await kepala.call(postCancellation, { params, body: { reason: 'Diganti kunjungan lapangan', scope: 'berikutnya' } });
  expect(off).toMatchObject({ state: 'dibatalkan', cancelReason: 'Diganti kunjungan lapangan', version: 1 });
  expect((await seriesOf(first.id)).occurrences.map((one) => one.state)).toEqual(['terjadwal', 'terjadwal', 'dibatalkan', 'dibatalkan']);
  expect((await kepala.call(postCancellation, { params, body: { reason: 'Sekali lagi', scope: 'ini' } })).cancelReason).toBe('Diganti kunjungan lapangan');
  const kabid = await signIn(world, cast.kabid);
  expect((await kabid.call(postJoin, { body: { meetingId: params.id } })).meeting).toMatchObject({
    state: 'dibatalkan',
    cancelReason: 'Diganti kunjungan lapangan',
  });
  expect(await kepala.refusalOf(putPlan, { params, body: wish({ title: 'Lain', version: 1 }) })).toBe('meeting.cancelled');
});

test('a holiday is left out of a series when that is wanted; the rule remembers which', async () => {
  const holidays = [{ day: '2026-12-08', name: 'Hari Jadi Kota', kind: 'daerah' as const, basis: 'Keputusan Wali Kota 003/12/2026' }];
  const { version } = await bkd.call(getHolidays, { query: { year: 2026 } });
  await bkd.call(putHolidays, { body: { year: 2026, version, holidays } });
  const repeat = weekly(3, true);
  const wanted = { startsAt: at('01', '07:30'), endsAt: at('01', '08:00'), repeat };
  const look = await kepala.call(postConflicts, { body: { invite: NOBODY, ...wanted } });
  expect(look.occurrences.map((one) => [one.skipped, one.holiday?.name ?? null])).toEqual([
    [false, null],
    [true, 'Hari Jadi Kota'],
    [false, null],
  ]);
  const first = await plan(wanted);
  expect(await seriesOf(first.id)).toMatchObject({ skipped: [at('08', '07:30')] });
  expect(await starts(first.id)).toEqual([at('01', '07:30'), at('15', '07:30')]);
  const only = { pattern: { kind: 'bulanan_tanggal' as const, every: 1, date: 8 }, ends: { kind: 'kali' as const, times: 1 }, skipHolidays: true };
  expect(await kepala.refusalOf(postMeeting, { body: body({ repeat: only }) })).toBe('plan.none');
});

test('of two who change at once, one is told to look again', async () => {
  const { id } = await plan({ startsAt: at('03'), endsAt: at('03', '10:00') });
  const both = await Promise.all([
    kepala.refusalOf(putPlan, { params: { id }, body: wish({ title: 'Rapat A' }) }),
    admin.refusalOf(putPlan, { params: { id }, body: wish({ title: 'Rapat B' }) }),
  ]);
  expect(both.toSorted()).toEqual(['meeting.changed', null]);
  const [change] = await kepala.call(getPlanChanges, { params: { id } });
  expect(change).toMatchObject({ version: 1, kind: 'diubah', before: { title: 'Rapat koordinasi' } });
  const key = randomUUID();
  const wanted = body({ key, startsAt: at('03', '15:00'), endsAt: null });
  const twice = await Promise.all([1, 2].map(() => kepala.call(postMeeting, { body: wanted })));
  expect(twice[0]!.id).toBe(twice[1]!.id);
});

test('only who prepares a meeting changes it or reads its plan; a stranger finds nothing', async () => {
  const { id } = await plan({ startsAt: at('04'), endsAt: at('04', '10:00') });
  const kabid = await signIn(world, cast.kabid);
  const stranger = await signIn(world, cast.kepalaDinkes);
  const params = { id };
  for (const [client, code] of [
    [kabid, 'meeting.not_preparer'],
    [stranger, 'not_found'],
  ] as const) {
    expect(await client.refusalOf(getPlan, { params })).toBe(code);
    expect(await client.refusalOf(putPlan, { params, body: wish({ title: 'Lain' }) })).toBe(code);
    expect(await client.refusalOf(postCancellation, { params, body: { reason: 'Batal' } })).toBe(code);
  }
  expect(await stranger.refusalOf(getPlanChanges, { params })).toBe('not_found');
  expect(await kabid.call(getPlanChanges, { params })).toEqual([]);
  expect(await kepala.refusalOf(putPlan, { params, body: wish({ title: 'Lain', scope: 'semua' }) })).toBe('plan.no_series');
  expect(await kepala.refusalOf(postCancellation, { params, body: { reason: 'Batal', scope: 'semua' } })).toBe('plan.no_series');
  expect(await kepala.refusalOf(putPlan, { params, body: wish({ startsAt: '2026-11-20T02:00:00Z' }) })).toBe('meeting.past');
  await kepala.call(postMeetingStart, { params });
  expect(await kepala.refusalOf(putPlan, { params, body: wish({ title: 'Lain' }) })).toBe('meeting.begun');
  expect(await kepala.refusalOf(postCancellation, { params, body: { reason: 'Batal' } })).toBe('meeting.begun');
  expect((await kepala.call(getMeeting, { params })).title).toBe('Rapat koordinasi');
});

test('before it is sent the form says who is not free, by name; a stranger learns neither the title nor the illness', async () => {
  await plan({ title: 'Rapat tertutup', startsAt: at('10'), endsAt: at('10', '11:00'), invite: { ...NOBODY, people: [cast.kabid.id] } });
  const codes = [
    { personId: cast.stafKantor.id, code: 'SAKIT' as const },
    { personId: cast.staf.id, code: 'PIKET' as const },
  ];
  await world.app.roster.setCodes(world.sql, null, cast.opds.dinsos.id, { date: '2026-12-10', basis: 'SE 1', codes });
  const dinkes = await signIn(world, cast.kepalaDinkes);
  const asked = {
    invite: { ...NOBODY, people: [cast.kabid.id, cast.stafKantor.id, cast.staf.id] },
    startsAt: at('10', '10:00'),
    endsAt: at('10', '12:00'),
  };
  const told = async (by: Client) =>
    Object.fromEntries((await by.call(postConflicts, { body: asked })).conflicts.map((one) => [one.name, [one.kind, one.title]]));
  expect(await told(dinkes)).toEqual({
    [cast.kabid.name]: ['rapat', null],
    [cast.stafKantor.name]: ['cuti', null],
    [cast.staf.name]: ['piket', null],
  });
  expect(await told(kepala)).toMatchObject({ [cast.kabid.name]: ['rapat', 'Rapat tertutup'], [cast.stafKantor.name]: ['sakit', null] });
  const kabid = await signIn(world, cast.kabid);
  const { looks } = await kabid.call(getMyData, {});
  expect(looks.some((look) => look.what === 'kesibukan.baca')).toBe(true);
  expect(await staf.refusalOf(postConflicts, { body: asked })).toBe('role.missing');
  expect(await kepala.refusalOf(postConflicts, { body: { ...asked, endsAt: asked.startsAt } })).toBe('meeting.times');
});

test('a meeting that is moved, its own series, one called off and one that was declined stand in nobody’s way', async () => {
  const { id } = await plan({ startsAt: at('11'), endsAt: at('11', '10:00') });
  const asked = { invite: { ...NOBODY, people: [cast.kabid.id] }, startsAt: at('11', '09:30'), endsAt: at('11', '10:30') };
  const kinds = async (more: object = {}) => (await kepala.call(postConflicts, { body: { ...asked, ...more } })).conflicts.map((one) => one.kind);
  expect(await kinds()).toEqual(['rapat', 'rapat']);
  expect(await kinds({ meetingId: id })).toEqual([]);
  world.app.planning.heedAnswers(async () => [{ meetingId: id, personId: cast.kabid.id }]);
  expect(await kinds()).toEqual(['rapat']);
  world.app.planning.heedAnswers(async () => []);
  await kepala.call(postCancellation, { params: { id }, body: { reason: 'Ditunda' } });
  expect(await kinds()).toEqual([]);
});

test('cari waktu proposes times at which the invited are free and says who is not', async () => {
  const { zone, proposals } = await kepala.call(postTimes, {
    body: { invite: { ...NOBODY, people: [cast.kabid.id, cast.stafKantor.id, cast.staf.id] }, minutes: 60, from: '2026-12-10' },
  });
  expect(zone).toBe('Asia/Jakarta');
  expect(proposals).toHaveLength(8);
  expect(proposals.every(({ free, asked, busy }) => asked === 4 && free === 4 - new Set(busy.map((one) => one.personId)).size)).toBe(true);
  // On the 10th one is ill and one on duty: better days come first.
  expect(proposals[0]).toMatchObject({ startsAt: at('11', '07:30'), free: 4, busy: [] });
  expect(await staf.refusalOf(postTimes, { body: { invite: NOBODY, minutes: 60 } })).toBe('role.missing');
  expect(await admin.refusalOf(postTimes, { body: { invite: NOBODY, minutes: 60, chairId: cast.kepalaDinkes.id } })).toBe('plan.chair');
});

test('holidays of a year are entered whole by BKD; of two who save at once one is told, and a wrong row is named', async () => {
  const holidays = [{ day: '2027-08-17', name: 'Hari Kemerdekaan', kind: 'nasional' as const, basis: 'SKB 3 Menteri' }];
  expect(await bkd.call(getHolidays, { query: { year: 2027 } })).toMatchObject({ version: 0, holidays: [] });
  const both = await Promise.all([1, 2].map(() => bkd.refusalOf(putHolidays, { body: { year: 2027, version: 0, holidays } })));
  expect(both.toSorted()).toEqual(['holidays.changed', null]);
  expect(await staf.call(getHolidays, { query: { year: 2027 } })).toMatchObject({ version: 1, holidays, byName: cast.bkd.name });
  const wrong = await refusalIn(bkd.call(putHolidays, { body: { year: 2027, version: 1, holidays: [...holidays, { ...holidays[0]!, day: '2026-08-17' }] } }));
  expect([wrong.code, wrong.fields?.[0]?.path]).toEqual(['input.invalid', 'holidays.1.day']);
  expect(await kepala.refusalOf(putHolidays, { body: { year: 2027, version: 1, holidays } })).toBe('role.missing');
  expect(await world.visitor().refusalOf(getHolidays, { query: { year: 2027 } })).toBe('session.required');
});

test('pasted rows are read as holidays; what cannot be read is named by its row', async () => {
  const text =
    'Tanggal;Nama;Jenis;Dasar\n20/03/2027;Hari Suci Contoh;cuti bersama;SKB 1/2026\n17 Agustus 2027;Kemerdekaan;nasional;SKB 1/2026\n2027-02-30;Salah;nasional;SKB\n2027-05-01;Hari Buruh;lain;SKB';
  const read = await bkd.call(postHolidayReading, { body: text });
  expect(read.holidays.map(({ day, kind }) => [day, kind])).toEqual([
    ['2027-03-20', 'cuti_bersama'],
    ['2027-08-17', 'nasional'],
  ]);
  expect(read.problems.map(({ row }) => row)).toEqual([4, 5]);
  expect(await bkd.refusalOf(postHolidayReading, { body: '"2027-01-01;x' })).toBe('import.unreadable');
  expect(await staf.refusalOf(postHolidayReading, { body: text })).toBe('role.missing');
});

test('BKD reads what an OPD plans and does not move it or call it off', async () => {
  const card = await plan({ startsAt: at('23'), endsAt: at('23', '10:00') });
  const params = { id: card.id };
  expect((await bkd.call(getMeeting, { params })).youPrepare).toBe(false);
  expect(await bkd.refusalOf(postCancellation, { params, body: { scope: 'ini', reason: 'Bukan urusan BKD' } })).toBe('not_found');
});
