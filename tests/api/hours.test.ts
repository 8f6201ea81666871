import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BodyOf } from '../../shared/endpoint.ts';
import { getHours, postHoursWithdrawal, postOwnDay, postSchedule, putMustRecord, type DayHours } from '../../shared/hours.ts';
import { putHolidays } from '../../shared/planning.ts';
import { castWorld, refusalIn, signIn, type Cast } from '../support/cast.ts';
import type { Client, World } from '../support/world.ts';

let world: World;
let cast: Cast;
let bkd: Client;
let admin: Client;
let params: { id: string };
beforeAll(async () => {
  ({ world, cast } = await castWorld());
  [bkd, admin] = [await signIn(world, cast.bkd), await signIn(world, cast.adminDinsos)];
  params = { id: cast.opds.dinsos.id };
});
afterAll(() => world.close());

const at = (from: string, to: string, breakMinutes = 0): DayHours => ({ from, to, breakMinutes });
const fasting = [...Array.from({ length: 4 }, () => at('08:00', '15:00', 30)), at('08:00', '15:30', 60), null, null];
const six = [...Array.from({ length: 6 }, () => at('07:00', '13:30', 15)), null];
const schedule = (body: Partial<BodyOf<typeof postSchedule>>): BodyOf<typeof postSchedule> => ({
  key: randomUUID(),
  unitId: null,
  kind: 'biasa',
  title: 'Jam kerja',
  from: '2026-12-01',
  until: null,
  week: six,
  basis: 'Keputusan Wali Kota 1/2026',
  why: null,
  ...body,
});
const ownDay = (body: Partial<BodyOf<typeof postOwnDay>>): BodyOf<typeof postOwnDay> => ({
  key: randomUUID(),
  unitId: params.id,
  day: '2026-12-05',
  kind: 'kerja',
  name: 'Pelayanan Sabtu',
  hours: null,
  basis: 'Surat Kepala Dinas 12/2026',
  why: null,
  ...body,
});
const hoursOn = (date: string, unitId = params.id, asOf?: Date) => world.app.hours.workHours(world.sql, unitId, date, asOf);
const dayOf = async (date: string) => (await world.app.hours.daysOf(world.sql, params.id, date, date))[0];

test('without a word of the office the hours of the law hold: 37 hours 30 minutes a week', async () => {
  const { schedules, mustRecord } = await admin.call(getHours, { params });
  expect(schedules).toMatchObject([{ unit: null, minutes: 2250, basis: 'Perpres 21/2023', mayChange: false }]);
  expect(await hoursOn('2026-11-26')).toEqual(at('07:30', '16:00', 60));
  expect(await hoursOn('2026-11-27')).toEqual(at('07:30', '16:30', 90));
  expect(await hoursOn('2026-11-28')).toBeNull();
  expect(mustRecord.codes).toEqual(['WFO', 'PIKET']);
});

test('the fasting month goes before an office’s usual hours, 32 hours 30 minutes; the office’s own of that month before the region’s', async () => {
  await admin.call(postSchedule, { params, body: schedule({ unitId: params.id }) });
  const { schedules } = await bkd.call(postSchedule, {
    params,
    body: schedule({ kind: 'ramadan', title: 'Ramadan', from: '2027-02-08', until: '2027-03-09', week: fasting }),
  });
  expect(schedules.find(({ kind }) => kind === 'ramadan')).toMatchObject({ minutes: 1950, mayChange: true });
  expect(await hoursOn('2027-02-05')).toEqual(six[0]);
  expect(await hoursOn('2027-02-08')).toEqual(fasting[0]);
  expect(await hoursOn('2027-03-10')).toEqual(six[0]);
  expect(await hoursOn('2026-12-05', cast.opds.rehsos.id)).toEqual(six[0]);
  expect(await hoursOn('2026-12-05', cast.opds.dinkes.id)).toBeNull();
  await admin.call(postSchedule, {
    params,
    body: schedule({
      unitId: cast.opds.rehsos.id,
      kind: 'ramadan',
      from: '2027-02-08',
      until: '2027-03-09',
      week: [...Array.from({ length: 5 }, () => at('22:00', '05:00', 30)), null, null],
    }),
  });
  expect(await hoursOn('2027-02-08', cast.opds.rehsos.id)).toEqual(at('22:00', '05:00', 30));
});

test('days that are over change only with a reason, and what was known before can be asked for still', async () => {
  const before = world.clock.now();
  world.clock.advance(60_000);
  const late = schedule({ unitId: cast.opds.rehsos.id, from: '2026-11-02', week: fasting });
  expect((await refusalIn(admin.call(postSchedule, { params, body: late }))).fields).toMatchObject([{ path: 'why' }]);
  await admin.call(postSchedule, { params, body: { ...late, why: 'Keputusan terlambat diterima' } });
  expect(await hoursOn('2026-11-12', cast.opds.rehsos.id)).toEqual(fasting[0]);
  expect(await hoursOn('2026-11-12', cast.opds.rehsos.id, before)).toEqual(at('07:30', '16:00', 60));
});

test('a day of the office’s own goes before the week and the public holidays; withdrawn, it holds no more from that day on', async () => {
  const holiday = { day: '2026-12-25', name: 'Natal', kind: 'nasional' as const, basis: 'SKB 3 Menteri' };
  await bkd.call(putHolidays, {
    body: { year: 2026, version: 0, holidays: [holiday, { ...holiday, day: '2026-12-24', name: 'Cuti Natal', kind: 'cuti_bersama' }] },
  });
  expect(await dayOf('2026-12-25')).toEqual({ date: '2026-12-25', weekday: 5, kind: 'libur', name: 'Natal' });
  expect(await dayOf('2026-12-24')).toMatchObject({ kind: 'cuti_bersama' });
  await admin.call(postOwnDay, { params, body: ownDay({ day: '2026-12-25', name: 'Posko Natal', hours: at('08:00', '12:00') }) });
  expect(await dayOf('2026-12-25')).toMatchObject({ kind: 'kerja', name: 'Posko Natal' });
  expect(await hoursOn('2026-12-25')).toEqual(at('08:00', '12:00'));
  const { ownDays } = await admin.call(postOwnDay, { params, body: ownDay({ day: '2026-12-10', kind: 'libur', name: 'Hari jadi kota' }) });
  expect(await hoursOn('2026-12-10')).toBeNull();
  const ofId = ownDays.find(({ name }) => name === 'Hari jadi kota')!.id;
  const body = { ofId, from: '2026-11-23', reason: 'Salah tanggal' };
  expect((await refusalIn(admin.call(postHoursWithdrawal, { params, body: { ...body, from: '2026-11-20' } }))).fields).toMatchObject([{ path: 'from' }]);
  await admin.call(postHoursWithdrawal, { params, body });
  expect(await hoursOn('2026-12-10')).toEqual(six[3]);
  expect(await admin.refusalOf(postHoursWithdrawal, { params, body })).toBe('hours.withdrawn');
});

test('who must record at the machine is said per office from a day on', async () => {
  const body = { codes: ['WFO' as const], from: '2026-12-01', basis: 'Surat Kepala Dinas' };
  expect((await refusalIn(admin.call(putMustRecord, { params, body: { ...body, from: '2026-11-01' } }))).fields).toMatchObject([{ path: 'from' }]);
  await admin.call(putMustRecord, { params, body });
  const on = async (date: string) => [...(await world.app.hours.mustRecord(world.sql, params.id))(date)];
  expect([await on('2026-11-30'), await on('2026-12-01')]).toEqual([['WFO', 'PIKET'], ['WFO']]);
});

test('hours that leave no time to work are refused by their field; of a foreign office nothing is there', async () => {
  const fieldsOf = async (body: BodyOf<typeof postSchedule>) => (await refusalIn(admin.call(postSchedule, { params, body }))).fields?.map(({ path }) => path);
  expect(await fieldsOf(schedule({ week: [at('08:00', '08:00'), at('08:00', '09:00', 60), null, null, null, null, null] }))).toEqual([
    'week.0.to',
    'week.1.to',
  ]);
  expect(await fieldsOf(schedule({ unitId: params.id, kind: 'ramadan' }))).toEqual(['until']);
  expect(await fieldsOf(schedule({ unitId: cast.opds.dinkes.id }))).toEqual(['unitId']);
  expect(await admin.refusalOf(postSchedule, { params, body: schedule({}) })).toBe('role.missing');
  expect(await bkd.refusalOf(postSchedule, { params, body: schedule({ unitId: params.id }) })).toBe('role.missing');
  const dinkes = { id: cast.opds.dinkes.id };
  expect(await admin.refusalOf(getHours, { params: dinkes })).toBe('not_found');
  expect(await admin.refusalOf(postOwnDay, { params: dinkes, body: ownDay({}) })).toBe('not_found');
  const staf = await signIn(world, cast.staf);
  expect([await staf.refusalOf(getHours, { params }), await staf.refusalOf(postOwnDay, { params, body: ownDay({}) })]).toEqual([null, 'role.missing']);
});
