import { afterAll, beforeAll, expect, test } from 'vitest';
import { getDayBoard } from '../../shared/attendance.ts';
import { postOwnDay } from '../../shared/hours.ts';
import { getMachine, getMachineCases, postMachineDecision, postMachineImport, postMachinePreview, postReckoning, putMachinePin } from '../../shared/machine.ts';
import { putHolidays } from '../../shared/planning.ts';
import { portalItself } from '../../server/people/index.ts';
import { castWorld, PASSWORD, refusalIn, type Actor, type Cast } from '../support/cast.ts';
import type { Client, World } from '../support/world.ts';

let world: World;
let cast: Cast;
let admin: Client;
let kepala: Client;
let bkd: Client;
let params: { id: string };
beforeAll(async () => {
  ({ world, cast } = await castWorld());
  const as = (actor: Actor) => world.signIn(actor.nip, PASSWORD);
  [admin, kepala, bkd] = [await as(cast.adminDinsos), await as(cast.kepala), await as(cast.bkd)];
  params = { id: cast.opds.dinsos.id };
  world.clock.set('2026-11-23T11:00:00Z'); // 18.00 WIB
});
afterAll(() => world.close());

const file = (content: string): Uint8Array => Buffer.from(content);
const given = (content: string, name = 'log.csv') => ({ params, query: { name }, body: file(content) });
const board = async (date?: string) => (await kepala.call(getDayBoard, { params, query: date === undefined ? {} : { date } })) ?? null;
const rowOf = async (actor: Actor, date?: string) => (await board(date)).rows.find((row) => row.personId === actor.id);
const span = { from: '2026-11-23', to: '2026-11-23' };
const cases = async () => (await kepala.call(getMachineCases, { params, query: span })).rows;
const decision = { date: '2026-11-23', code: null, note: null };

test('a log is looked at first: nothing is written, and lines that are not understood are named', async () => {
  const csv = `NIP;Waktu;Mesin\n${cast.stafKantor.nip};23/11/2026 07.45;Lobi\n77;23/11/2026 07.20;Lobi\n77;kemarin;Lobi\n`;
  const seen = await admin.call(postMachinePreview, given(csv));
  expect(seen).toMatchObject({ lines: 3, added: 2, already: 0, refused: 1, formatBy: 'dikenali', persons: 1, before: null, zone: 'Asia/Jakarta' });
  expect(seen.notUnderstood).toMatchObject([{ line: 4, why: 'tanggal tidak dikenal' }]);
  expect(seen.unknown).toMatchObject([{ pin: '77', punches: 1 }]);
  expect((await admin.call(getMachine, { params })).imports).toEqual([]);
});

test('the same file twice adds nothing, an overlapping one only what is new; the columns are remembered', async () => {
  const first = `NIP;Waktu;Mesin\n${cast.stafKantor.nip};23/11/2026 07.45;Lobi\n77;23/11/2026 07.20;Lobi\n77;23/11/2026 07.20;Lobi\n`;
  expect(await admin.call(postMachineImport, given(first))).toMatchObject({ lines: 3, added: 2, already: 1, refused: 0 });
  expect(await admin.call(postMachineImport, given(first))).toMatchObject({ added: 0, already: 3 });
  expect(await admin.call(postMachinePreview, given(first))).toMatchObject({ added: 0, formatBy: 'diingat', before: { byName: cast.adminDinsos.name } });
  expect(
    await admin.call(postMachineImport, given(`${first}${cast.staf.nip};23/11/2026 08.00;Lobi\n${cast.stafKantor.nip};23/11/2026 15.40;Lobi\n`)),
  ).toMatchObject({
    added: 2,
    already: 3,
  });
  expect((await admin.call(getMachine, { params })).imports).toHaveLength(2);
});

test('the board says late and early by the hours of the office, and from whom a touch is expected', async () => {
  expect(await rowOf(cast.stafKantor)).toMatchObject({
    mustRecord: true,
    machine: { first: '2026-11-23T00:45:00.000Z', last: '2026-11-23T08:40:00.000Z', punches: 2, late: 15, early: 20 },
    asks: false,
  });
  expect(await rowOf(cast.staf)).toMatchObject({ code: 'WFH', mustRecord: false, mark: 'belum_ada_bukti', machine: { punches: 1, late: 0 }, asks: true });
  expect(await rowOf(cast.kabid)).toMatchObject({ code: 'WFO', mustRecord: true, machine: null, asks: true });
  expect(await board()).toMatchObject({ office: { kind: 'kerja', hours: { from: '2026-11-23T00:30:00.000Z', to: '2026-11-23T09:00:00.000Z' } } });
});

test('a number is given to a person, and what it recorded counts at once', async () => {
  expect((await admin.call(getMachine, { params })).unknown).toMatchObject([{ pin: '77' }]);
  const body = { pin: '0077', personId: cast.kabid.id, from: '2026-01-01' };
  expect(await admin.call(putMachinePin, { params, body })).toMatchObject({ unknown: [], pins: [{ pin: '77', personName: cast.kabid.name }] });
  expect(await rowOf(cast.kabid)).toMatchObject({ machine: { first: '2026-11-23T00:20:00.000Z', late: 0 }, asks: false });
  const foreign = { ...body, personId: cast.stafDinkes.id };
  expect((await refusalIn(admin.call(putMachinePin, { params, body: foreign }))).fields).toMatchObject([{ path: 'personId' }]);
});

test('what does not fit is listed with what is known; a named human corrects the code as a new row, and it stays listed', async () => {
  const listed = await cases();
  expect(listed.map((row) => [row.name, row.kind, row.decided]).toSorted()).toEqual([
    [cast.kepala.name, 'tanpa_rekam', null],
    [cast.staf.name, 'wfh_merekam', null],
  ]);
  const own = listed.find((row) => row.personId === cast.kepala.id)!;
  const sari = listed.find((row) => row.personId === cast.staf.id)!;
  expect(sari.nip).toContain('•');
  expect(sari.facts).toMatchObject({ code: 'WFH', basis: 'SE 800/1/2026', punches: [{ at: '2026-11-23T01:00:00.000Z', device: 'Lobi' }], meetings: 0 });
  const act = { ...decision, personId: sari.personId, kind: sari.kind, seen: sari.seen };
  expect(
    await kepala.refusalOf(postMachineDecision, { params, body: { ...decision, personId: own.personId, kind: own.kind, seen: own.seen, act: 'biarkan' } }),
  ).toBe('machine.own');
  expect((await refusalIn(kepala.call(postMachineDecision, { params, body: { ...act, act: 'ubah_kode', code: 'WFO' } }))).fields).toMatchObject([
    { path: 'note' },
  ]);
  expect(await bkd.refusalOf(postMachineDecision, { params, body: { ...act, act: 'ubah_kode', code: 'WFO', note: 'dipanggil' } })).toBe('role.missing');
  await kepala.call(postMachineDecision, { params, body: { ...act, act: 'ubah_kode', code: 'WFO', note: 'Dipanggil ke kantor' } });
  await kepala.call(postMachineDecision, { params, body: { ...act, act: 'ubah_kode', code: 'WFO', note: 'Dipanggil ke kantor' } });
  expect(await rowOf(cast.staf)).toMatchObject({ code: 'WFO', basis: 'Papan hari: Dipanggil ke kantor', mark: 'tidak_dinilai' });
  const [codes] = await world.sql<{ n: number }[]>`select count(*)::int as n from roster.day_code where person_id = ${cast.staf.id}`;
  expect(codes?.n).toBe(2);
  expect((await cases()).find((row) => row.personId === cast.staf.id)).toMatchObject({
    facts: { code: 'WFH' },
    decided: { act: 'ubah_kode', code: 'WFO', byName: cast.kepala.name, current: true },
  });
});

test('a case that was left as it is asks again when the record of the day changes; a decision on an old list is refused', async () => {
  const own = (await cases()).find((row) => row.personId === cast.kepala.id)!;
  const act = { ...decision, personId: own.personId, kind: own.kind, seen: own.seen, act: 'biarkan' as const };
  await admin.call(postMachineDecision, { params, body: act });
  expect((await kepala.call(getMachineCases, { params, query: span })).open).toBe(0);
  await admin.call(postMachineImport, given(`NIP;Waktu;Mesin\n${cast.kepala.nip};23/11/2026 03.00;Lobi\n`, 'lagi.csv'));
  expect((await cases()).filter((row) => row.personId === cast.kepala.id).map((row) => [row.kind, row.decided?.current ?? null])).toEqual([
    ['di_luar_jam', null],
    ['tanpa_rekam', true],
  ]);
  expect(await admin.refusalOf(postMachineDecision, { params, body: { ...act, act: 'catatan', note: 'rapat luar' } })).toBe('machine.moved');
});

test('hours and holidays changed afterwards change no day that is over, until somebody reckons it anew with a reason', async () => {
  world.clock.set('2026-11-25T02:00:00Z');
  admin = await world.signIn(cast.adminDinsos.nip, PASSWORD);
  kepala = await world.signIn(cast.kepala.nip, PASSWORD);
  const key = crypto.randomUUID();
  const off = { key, unitId: params.id, day: '2026-11-23', kind: 'libur' as const, name: 'Hari jadi dinas', basis: 'Surat', why: 'lupa dimasukkan' };
  await admin.call(postOwnDay, { params, body: off });
  expect((await board('2026-11-23')).office).toMatchObject({ kind: 'kerja', moved: true });
  expect(await rowOf(cast.stafKantor, '2026-11-23')).toMatchObject({ machine: { late: 15 } });
  expect((await refusalIn(admin.call(postReckoning, { params, body: { from: '2026-11-23', to: '2026-11-25', reason: 'x' } }))).fields).toMatchObject([
    { path: 'to' },
  ]);
  expect(await kepala.refusalOf(postReckoning, { params, body: { from: '2026-11-23', to: '2026-11-23', reason: 'x' } })).toBe('role.missing');
  await admin.call(postReckoning, { params, body: { from: '2026-11-23', to: '2026-11-23', reason: 'Hari jadi dinas' } });
  expect((await board('2026-11-23')).office).toMatchObject({ kind: 'libur', name: 'Hari jadi dinas', hours: null, moved: false });
  expect(await rowOf(cast.stafKantor, '2026-11-23')).toMatchObject({ machine: { late: 0 } });
});

test('on joint leave told of for a day to come nobody at home is without evidence', async () => {
  const date = '2026-11-26';
  await world.app.roster.setCodes(world.sql, null, params.id, { date, basis: 'SE 800/1/2026', codes: [{ personId: cast.staf.id, code: 'WFH' }] });
  expect(await rowOf(cast.staf, date)).toMatchObject({ mark: 'belum_ada_bukti' });
  bkd = await world.signIn(cast.bkd.nip, PASSWORD);
  const holidays = [{ day: date, name: 'Cuti bersama', kind: 'cuti_bersama' as const, basis: 'SKB' }];
  await bkd.call(putHolidays, { body: { year: 2026, version: 0, holidays } });
  expect(await rowOf(cast.staf, date)).toMatchObject({ mark: 'tidak_dinilai' });
});

test('a foreign office does not exist; staff of the office keep no machine', async () => {
  const dinkes = await world.signIn(cast.kepalaDinkes.nip, PASSWORD);
  expect(await dinkes.refusalOf(getMachine, { params })).toBe('not_found');
  expect(await dinkes.refusalOf(getMachineCases, { params, query: span })).toBe('not_found');
  expect(
    await dinkes.refusalOf(postMachineDecision, {
      params,
      body: { ...decision, personId: cast.staf.id, kind: 'wfh_merekam', seen: '0'.repeat(64), act: 'biarkan' },
    }),
  ).toBe('not_found');
  const foreign = { ...given('nip,waktu\n1,2026-11-23 07:30\n'), params: { id: cast.opds.dinkes.id } };
  expect(await admin.refusalOf(postMachineImport, foreign)).toBe('not_found');
  const staf = await world.signIn(cast.stafKantor.nip, PASSWORD);
  expect(await staf.refusalOf(getMachine, { params })).toBe('not_found');
  expect(await staf.refusalOf(postMachinePreview, given('nip,waktu\n1,2026-11-23 07:30\n'))).toBe('role.missing');
});

test('columns nobody knows are asked for, and chosen ones are remembered', async () => {
  const csv = 'Siapa,Kapan\n198001032005011703,2026-11-24 07:30\n';
  const seen = await admin.call(postMachinePreview, given(csv));
  expect(seen).toMatchObject({ format: null, formatBy: null, columns: [{ name: 'Siapa' }, { name: 'Kapan', samples: ['2026-11-24 07:30'] }] });
  expect(await admin.refusalOf(postMachineImport, given(csv))).toBe('machine.columns');
  const format = { header: true, pin: 'Siapa', at: 'Kapan', clock: null, device: null, order: 'dmy' };
  const chosen = { ...given(csv), query: { name: 'log.csv', format: JSON.stringify(format) } };
  expect(await admin.call(postMachineImport, chosen)).toMatchObject({ added: 1 });
  expect((await admin.call(getMachine, { params })).format).toEqual(format);
  expect((await refusalIn(admin.call(postMachinePreview, { ...chosen, query: { name: 'x', format: '{}' } }))).fields).toMatchObject([{ path: 'format' }]);
});

test('an office in another zone keeps its own hours: 07.45 is late by a quarter of an hour there too', async () => {
  for (const [zone, instant] of [
    ['Asia/Makassar', '2026-11-23T23:45:00.000Z'],
    ['Asia/Jayapura', '2026-11-23T22:45:00.000Z'],
  ] as const) {
    const { people, roster } = world.app;
    const opd = await people.addOpd({ parentId: null, name: `Dinas ${zone}`, abbreviation: zone, aliases: [], kind: 'opd', zone });
    const nip = zone === 'Asia/Makassar' ? '198101012005011801' : '198101012005011802';
    const { id } = await people.addPerson(portalItself, { name: `Pegawai ${zone}`, nip, email: null, phone: null, opdId: opd.id });
    await roster.setCodes(world.sql, null, opd.id, { date: '2026-11-24', basis: 'SE 1', codes: [{ personId: id, code: 'WFO' }] });
    const administrator = await world.signIn(cast.administrator.nip, PASSWORD);
    const here = { id: opd.id };
    expect(await administrator.call(postMachineImport, { ...given(`nip,waktu\n${nip},2026-11-24 07:45\n`), params: here })).toMatchObject({ added: 1 });
    const { rows, office } = await administrator.call(getDayBoard, { params: here, query: { date: '2026-11-24' } });
    expect(rows).toMatchObject([{ machine: { first: instant, late: 15 } }]);
    expect(office.hours?.from).toBe(zone === 'Asia/Makassar' ? '2026-11-23T23:30:00.000Z' : '2026-11-23T22:30:00.000Z');
  }
});

test('a log as long as several portions is taken in whole, and once', async () => {
  const lines = Array.from({ length: 6_000 }, (_, n) => {
    const at = new Date(Date.UTC(2026, 9, 1) + n * 20_000).toISOString();
    return `${1000 + (n % 40)}\t${at.slice(0, 10)} ${at.slice(11, 19)}\t1\t0\t1\t0`;
  });
  const dat = { params, query: { name: 'attlog.dat' }, body: file(lines.join('\r\n')) };
  expect(await admin.call(postMachineImport, dat)).toMatchObject({ lines: 6_000, added: 6_000, already: 0, refused: 0 });
  expect(await admin.call(postMachineImport, dat)).toMatchObject({ added: 0, already: 6_000 });
});
