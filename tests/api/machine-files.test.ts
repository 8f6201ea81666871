import { afterAll, beforeAll, expect, test } from 'vitest';
import { getMyHome } from '../../shared/home.ts';
import { getDayBoard } from '../../shared/attendance.ts';
import {
  getMachine,
  getMachineCases,
  postMachineDecision,
  postMachineImport,
  postMachinePreview,
  postMachineWithdrawal,
  putMachinePin,
} from '../../shared/machine.ts';
import { postFunctionGroup } from '../../shared/policies.ts';
import { getMyData } from '../../shared/privacy.ts';
import { verifyLedger } from '../../server/platform/ledger-verify.ts';
import { castWorld, PASSWORD, type Actor, type Cast } from '../support/cast.ts';
import type { Client, World } from '../support/world.ts';

let world: World;
let cast: Cast;
let admin: Client;
let kepala: Client;
let params: { id: string };
beforeAll(async () => {
  ({ world, cast } = await castWorld());
  [admin, kepala] = [await world.signIn(cast.adminDinsos.nip, PASSWORD), await world.signIn(cast.kepala.nip, PASSWORD)];
  params = { id: cast.opds.dinsos.id };
  world.clock.set('2026-11-23T11:00:00Z'); // 18.00 WIB
});
afterAll(() => world.close());

const given = (content: string, name: string) => ({ params, query: { name }, body: Buffer.from(content) });
const line = (actor: Actor, clock: string): string => `${actor.nip};23/11/2026 ${clock};Lobi\n`;
const HEAD = 'NIP;Waktu;Mesin\n';
const rowOf = async (actor: Actor) => (await kepala.call(getDayBoard, { params, query: {} })).rows.find((row) => row.personId === actor.id);
const span = { from: '2026-11-23', to: '2026-11-23' };
const caseOf = async (actor: Actor) => (await kepala.call(getMachineCases, { params, query: span })).rows.find((row) => row.personId === actor.id);
const imports = async () => (await admin.call(getMachine, { params })).imports;

test('a wrong file is withdrawn with a reason: its touches do not count, the day falls back, what was decided asks again, the rows stay', async () => {
  const wrong = given(`${HEAD}${line(cast.staf, '07.30')}${line(cast.stafKantor, '07.20')}`, 'salah.csv');
  await admin.call(postMachineImport, wrong);
  const open = (await caseOf(cast.staf))!;
  expect((await kepala.call(getMyHome, {})).unit).toMatchObject({ asks: 1 });
  const decided = { personId: cast.staf.id, date: span.from, kind: open.kind, seen: open.seen, act: 'catatan' as const, note: 'mengambil berkas' };
  await kepala.call(postMachineDecision, { params, body: decided });
  expect((await kepala.call(getMyHome, {})).unit).toMatchObject({ asks: 0 });
  const importId = (await imports())[0]!.id;
  const withdrawal = { params: { ...params, importId }, body: { reason: 'Log kantor lain' } };
  world.clock.set('2026-11-23T11:05:00Z');
  const after = await admin.call(postMachineWithdrawal, withdrawal);
  expect(after).toMatchObject({
    until: null,
    imports: [{ added: 2, mayWithdraw: false, withdrawn: { byName: cast.adminDinsos.name, reason: 'Log kantor lain' } }],
  });
  expect(await rowOf(cast.stafKantor)).toMatchObject({ machine: null, asks: false });
  expect(await rowOf(cast.staf)).toMatchObject({ machine: null, asks: false });
  expect(await caseOf(cast.staf)).toMatchObject({ decided: { note: 'mengambil berkas' } });
  expect(await admin.call(postMachineWithdrawal, withdrawal)).toEqual(after);
  const [kept] = await world.sql<{ touches: number; withdrawals: number }[]>`
    select sum(cardinality(lines))::int as touches, (select count(*)::int from attendance.machine_withdrawal) as withdrawals from attendance.touches`;
  expect(kept).toEqual({ touches: 2, withdrawals: 1 });
});

test('the right file goes in afterwards, touches of the withdrawn one included; another that had them too is asked for once more', async () => {
  const first = given(`${HEAD}${line(cast.kabid, '07.25')}`, 'awal.csv');
  const second = given(`${HEAD}${line(cast.kabid, '07.25')}${line(cast.stafKantor, '07.28')}`, 'kedua.csv');
  await admin.call(postMachineImport, first);
  world.clock.advance(60_000);
  expect(await admin.call(postMachineImport, second)).toMatchObject({ added: 1, already: 1 });
  const importId = (await imports()).find(({ fileName }) => fileName === 'awal.csv')!.id;
  const { imports: rows } = await admin.call(postMachineWithdrawal, { params: { ...params, importId }, body: { reason: 'Tanggalnya terbalik' } });
  expect(rows.filter(({ again }) => again).map(({ fileName }) => fileName)).toEqual(['kedua.csv']);
  expect(await rowOf(cast.kabid)).toMatchObject({ machine: null });
  expect(await admin.call(postMachinePreview, second)).toMatchObject({ added: 1, already: 1 });
  world.clock.advance(60_000);
  expect(await admin.call(postMachineImport, second)).toMatchObject({ added: 1, already: 1 });
  expect(await rowOf(cast.kabid)).toMatchObject({ machine: { first: '2026-11-23T00:25:00.000Z', punches: 1 } });
  expect((await imports()).filter(({ again }) => again)).toEqual([]);
});

test('the head of the office, who did not take it in, another office and staff withdraw nothing; a reason must be given', async () => {
  const importId = (await imports())[0]!.id;
  const withdrawal = { params: { ...params, importId }, body: { reason: 'x' } };
  expect(await kepala.refusalOf(postMachineWithdrawal, withdrawal)).toBe('role.missing');
  const foreign = await world.signIn(cast.kepalaDinkes.nip, PASSWORD);
  expect(await foreign.refusalOf(postMachineWithdrawal, withdrawal)).toBe('not_found');
  const staf = await world.signIn(cast.stafKantor.nip, PASSWORD);
  expect(await staf.refusalOf(postMachineWithdrawal, withdrawal)).toBe('role.missing');
  expect(await admin.refusalOf(postMachineWithdrawal, { ...withdrawal, params: { ...params, importId: crypto.randomUUID() } })).toBe('not_found');
  expect(await admin.refusalOf(postMachineWithdrawal, { ...withdrawal, body: { reason: ' ' } })).toBe('input.invalid');
});

test('Data saya hands out the own touches, number, decisions, days to come and flags; nobody else’s', async () => {
  await admin.call(putMachinePin, { params, body: { pin: '41', personId: cast.staf.id, from: '2026-11-01' } });
  await admin.call(postMachineImport, given(`${HEAD}41;23/11/2026 10.00;Lobi\n`, 'pin.csv'));
  await world.app.roster.setCodes(world.sql, null, params.id, { date: '2026-11-26', basis: 'SE 9', codes: [{ personId: cast.staf.id, code: 'WFH' }] });
  const group = { personIds: [cast.staf.id], name: 'Petugas siaga', from: '2026-11-02', until: null, basis: 'SK 7' };
  await admin.call(postFunctionGroup, { params, body: group });
  await world.sql`insert into policies.health_flag (person_id, at) values (${cast.staf.id}, ${world.clock.now()})`;
  const staf = await world.signIn(cast.staf.nip, PASSWORD);
  const data = await staf.call(getMyData, {});
  expect(data.machine).toMatchObject({
    touches: [{ at: '2026-11-23T03:00:00.000Z', device: 'Lobi', opdName: cast.opds.dinsos.name }],
    pins: [{ pin: '41', from: '2026-11-01', byName: cast.adminDinsos.name }],
    decisions: [{ date: '2026-11-23', kind: 'wfh_merekam', act: 'catatan', note: 'mengambil berkas', byName: cast.kepala.name }],
  });
  expect(data.roster).toEqual({
    ahead: [{ date: '2026-11-26', code: 'WFH', basis: 'SE 9' }],
    groups: [{ name: 'petugas siaga', from: '2026-11-02', until: null, basis: 'SK 7' }],
    homeFirst: world.clock.now().toISOString(),
  });
  const joko = await (await world.signIn(cast.stafKantor.nip, PASSWORD)).call(getMyData, {});
  expect(joko.machine).toMatchObject({ touches: [{ at: '2026-11-23T00:28:00.000Z' }], pins: [], decisions: [] });
  expect(joko.roster).toEqual({ ahead: [], groups: [], homeFirst: null });
});

test('100,000 lines are a hundred links of the ledger; the same file again adds none, and a single touch that is changed is found', async () => {
  const lines = Array.from({ length: 100_000 }, (_, n) => {
    const at = new Date(Date.UTC(2026, 4, 1) + n * 150_000).toISOString();
    return `${1000 + (n % 300)}\t${at.slice(0, 10)} ${at.slice(11, 19)}\t1\t0\t1\t0`;
  });
  const dat = given(lines.join('\r\n'), 'attlog.dat');
  const links = async () => (await world.sql<{ n: number }[]>`select count(*)::int as n from attendance.touches`)[0]!.n;
  const before = await links();
  expect(await admin.call(postMachineImport, dat)).toMatchObject({ lines: 100_000, added: 100_000, already: 0, refused: 0 });
  expect(await links()).toBe(before + 100);
  expect(await admin.call(postMachineImport, dat)).toMatchObject({ added: 0, already: 100_000 });
  expect(await links()).toBe(before + 100);
  expect((await verifyLedger(world.sql)).findings).toEqual([]);
  await world.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update attendance.touches set times[500] = times[500] + 60000 where seq = 40`;
  });
  expect((await verifyLedger(world.sql)).findings).toMatchObject([{ book: 'attendance.touches', seq: 40, what: 'content' }]);
});

test('a file that breaks off in the middle leaves nothing behind', async () => {
  const rows = async () => (await world.sql<{ n: number }[]>`select count(*)::int as n from attendance.machine_import`)[0]!.n;
  const before = await rows();
  const broken = `${HEAD}${line(cast.staf, '08.01').repeat(3_000)}${'x'.repeat(20_000)}`;
  expect(await admin.refusalOf(postMachineImport, given(broken, 'putus.csv'))).toBe('machine.file');
  expect(await rows()).toBe(before);
  expect(await rowOf(cast.staf)).toMatchObject({ machine: { first: '2026-11-23T03:00:00.000Z', punches: 1 } });
});

test('on a night shift the touches of the next morning belong to the day it began, late by its own hours', async () => {
  const shift = { name: 'Malam', from: '21:00', to: '07:00' };
  const codes = [{ personId: cast.stafKantor.id, code: 'PIKET' as const, shift }];
  await world.app.roster.setCodes(world.sql, null, params.id, { date: '2026-11-24', basis: 'SE 1', codes });
  await world.app.roster.setCodes(world.sql, null, params.id, {
    date: '2026-11-25',
    basis: 'SE 1',
    codes: [{ personId: cast.stafKantor.id, code: 'LIBUR' }],
  });
  world.clock.set('2026-11-25T02:00:00Z');
  [admin, kepala] = [await world.signIn(cast.adminDinsos.nip, PASSWORD), await world.signIn(cast.kepala.nip, PASSWORD)];
  const { nip } = cast.stafKantor;
  await admin.call(postMachineImport, given(`${HEAD}${nip};24/11/2026 21.10;Lobi\n${nip};25/11/2026 06.40;Lobi\n`, 'malam.csv'));
  const on = async (date: string) => (await kepala.call(getDayBoard, { params, query: { date } })).rows.find((row) => row.personId === cast.stafKantor.id);
  expect(await on('2026-11-24')).toMatchObject({
    machine: { first: '2026-11-24T14:10:00.000Z', last: '2026-11-24T23:40:00.000Z', punches: 2, late: 10, early: 20 },
    asks: false,
  });
  expect(await on('2026-11-25')).toMatchObject({ code: 'LIBUR', machine: null, asks: false });
});
