// The roster as the office accepts it: each rule by its numbers, from the circular over the plan to the rows that go out.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CallOf } from '../../shared/endpoint.ts';
import { postPolicy } from '../../shared/policies.ts';
import * as wire from '../../shared/rota.ts';
import type { CellInput, PlanAct, PlanView } from '../../shared/rota.ts';
import { getJadwalCsv, getJadwalDifferences } from '../../shared/rota-recap.ts';
import { portalItself } from '../../server/people/index.ts';
import { castWorld, nipOf, refusalIn, signIn, type Cast } from '../support/cast.ts';
import type { Client, World } from '../support/world.ts';

let world: World;
let cast: Cast;
let admin: Client;
let head: Client;
let bkd: Client;
beforeAll(async () => {
  ({ world, cast } = await castWorld());
});
afterAll(() => world.close());
beforeEach(async () => {
  [admin, head, bkd] = [await signIn(world, cast.adminDinsos), await signIn(world, cast.kepala), await signIn(world, cast.bkd)];
});

type Rules = CallOf<typeof postPolicy>['body']['policy']['rules'];
const circular = (client: Client, opdId: string | null, { number, from, until, rules }: { number: string; from: string; until: string; rules: Rules }) =>
  client.call(postPolicy, {
    body: { key: randomUUID(), opdId, policy: { number, date: '2026-11-02', issuer: 'Wali Kota', title: 'Sistem kerja pegawai', from, until, rules } },
  });
/** The plan of a month of an OPD, in the hands of one person. */
function planOf(client: Client, opdId: string, month: string) {
  const view = async (): Promise<PlanView> => (await client.call(wire.getRota, { params: { id: opdId }, query: { month } })).view!;
  return {
    view,
    open: () => client.call(wire.postRota, { params: { id: opdId }, body: { month } }),
    fill: async (code: 'WFO' | 'WFH') => {
      const { plan } = await view();
      await client.call(wire.postRotaFill, { params: { id: plan.id }, body: { version: plan.version, how: { kind: 'isi', code } } });
    },
    put: async (cells: CellInput[]) => {
      const { plan } = await view();
      await client.call(wire.putRotaCells, { params: { id: plan.id }, body: { version: plan.version, cells } });
    },
    step: async (act: PlanAct, by = client) => {
      const { plan } = await view();
      return by.call(wire.postRotaStep, { params: { id: plan.id }, body: { act, version: plan.version, words: null } });
    },
    workdays: async () => (await view()).sheet.days.filter(({ kind }) => kind === 'kerja').map(({ date }) => date),
  };
}
const cell = (personId: string, date: string, code: CellInput['code'], shift: string | null = null): CellInput => ({ personId, date, code, shift });

test('of fifteen, one on maternity leave, seven may be on site; the eighth is refused by the numbers and the circular', async () => {
  const opdId = cast.opds.dinsos.id;
  for (let n = 0; n < 10; n += 1)
    await world.app.people.addPerson(portalItself, { name: `Pegawai ${String.fromCharCode(65 + n)}`, nip: nipOf(60 + n), email: null, phone: null, opdId });
  await circular(admin, opdId, {
    number: '800/1566/28.00/2020',
    from: '2026-12-01',
    until: '2026-12-31',
    rules: [{ rule: { kind: 'batas_hadir', percent: 50, countedIn: 'opd' }, scope: {}, basis: 'angka 3' }],
  });
  const plan = planOf(admin, opdId, '2026-12');
  await plan.open();
  const { sheet } = await plan.view();
  const people = sheet.people.map(({ id }) => id);
  expect(people).toHaveLength(15);
  const mother = sheet.people.findLast(({ name }) => name.startsWith('Pegawai'))!.id;
  await admin.call(wire.postAbsence, {
    params: { id: opdId },
    body: { personId: mother, code: 'CUTI', from: '2026-11-25', until: '2027-02-24', long: true, basis: 'Surat Izin Cuti 851/7/2026' },
  });
  const [day] = await plan.workdays();
  await plan.put(people.slice(0, 7).map((id) => cell(id, day!, 'WFO')));
  await plan.fill('WFH');
  expect((await plan.view()).violations).toEqual([]);
  await plan.put([cell(people[7]!, day!, 'WFO')]);
  const no = await refusalIn(plan.step('ajukan'));
  expect([no.code, no.message.includes('8/14 = 57 % > 50 % (SE 800/1566/28.00/2020)')]).toEqual(['rota.violates', true]);
  const { violations } = await plan.view();
  expect(violations.map(({ violation }) => violation.figures)).toEqual([{ onSite: 8, base: 14, cap: 7, percent: 57, limit: 50 }]);
  await plan.put([cell(people[7]!, day!, 'WFH')]);
  expect((await plan.step('ajukan')).state).toBe('diajukan');
});

test('each other rule is held: days at home a week, heads on site unless a Plh is in force, counters and alert shifts', async () => {
  const opdId = cast.opds.dinsos.id;
  const rehsos = { units: [cast.opds.rehsos.id] };
  const shift = { name: 'malam', from: '22:00', to: '07:00' };
  await circular(admin, opdId, {
    number: 'SE 800/9/2027',
    from: '2027-01-01',
    until: '2027-01-31',
    rules: [
      { rule: { kind: 'wfh_mingguan', days: 2 }, scope: {}, basis: 'PermenPANRB 4/2025' },
      { rule: { kind: 'jabatan_di_kantor', levels: ['kepala_opd'] }, scope: {}, basis: 'angka 5' },
      { rule: { kind: 'piket_layanan', min: 1, weekdays: [1] }, scope: rehsos, basis: 'SKTM dan OTDP' },
      { rule: { kind: 'siaga', min: 1, shifts: [shift] }, scope: rehsos, basis: 'angka 7' },
      { rule: { kind: 'dahulukan_rumah', by: 'usia', fromAge: 40 }, scope: {}, basis: 'angka 8' },
    ],
  });
  const plan = planOf(admin, opdId, '2027-01');
  await plan.open();
  await plan.fill('WFO');
  const kinds = async (): Promise<string[]> => [...new Set((await plan.view()).violations.map(({ violation }) => violation.kind))].toSorted();
  expect(await kinds()).toEqual(['piket_layanan', 'siaga']);
  const week = ['2027-01-04', '2027-01-05', '2027-01-06'];
  await plan.put([...week.map((date) => cell(cast.stafKantor.id, date, 'WFH')), cell(cast.kepala.id, '2027-01-05', 'WFH')]);
  expect(await kinds()).toEqual(['jabatan_di_kantor', 'piket_layanan', 'siaga', 'wfh_mingguan']);
  const { violations } = await plan.view();
  expect(violations.every(({ text, violation }) => violation.kind === 'cuti' || text.includes('SE 800/9/2027'))).toBe(true);
  expect(violations.find(({ violation }) => violation.kind === 'wfh_mingguan')?.text).toContain('3');
  expect((await refusalIn(plan.step('ajukan'))).code).toBe('rota.violates');

  await world.app.people.appoint(portalItself, cast.kepala.positionId!, {
    personId: cast.kabid.id,
    kind: 'plh',
    from: '2027-01-05',
    until: '2027-01-05',
    basis: 'Surat Perintah 821.3/9/2027',
  });
  await plan.put([cell(cast.stafKantor.id, week[2]!, 'WFO')]);
  expect(await kinds()).toEqual(['piket_layanan', 'siaga']);
  const { sheet } = await plan.view();
  await plan.put(sheet.days.map(({ date }) => cell(cast.staf.id, date, 'PIKET', 'malam')));
  expect(await kinds()).toEqual([]);
});

test('an excluded office is not at home at all', async () => {
  const opdId = cast.opds.dinkes.id;
  await circular(bkd, null, {
    number: 'SE 800/3/2026',
    from: '2026-12-01',
    until: '2026-12-31',
    rules: [{ rule: { kind: 'dikecualikan' }, scope: { units: [opdId] }, basis: 'angka 4' }],
  });
  const dinkes = await signIn(world, cast.kepalaDinkes);
  const plan = planOf(dinkes, opdId, '2026-12');
  await plan.open();
  await plan.fill('WFO');
  const [day] = await plan.workdays();
  await plan.put([cell(cast.stafDinkes.id, day!, 'WFH')]);
  expect((await plan.view()).violations.map(({ violation }) => violation.kind)).toEqual(['dikecualikan']);
  expect((await refusalIn(plan.step('ajukan'))).message).toContain('SE 800/3/2026');
});

test('a month locked with six WFH days gives six rows WFH; one day corrected is revision 1 with one row in the difference', async () => {
  const opdId = cast.opds.dinkes.id;
  const dinkes = await signIn(world, cast.kepalaDinkes);
  const month = '2027-01';
  const plan = planOf(dinkes, opdId, month);
  await plan.open();
  await plan.fill('WFO');
  const days = await plan.workdays();
  const wfh = days.slice(0, 6).map((date) => cell(cast.stafDinkes.id, date, 'WFH'));
  await plan.put(wfh);
  await plan.step('ajukan');
  await plan.step('terbitkan');
  expect((await plan.step('kunci')).state).toBe('dikunci');
  const rows = async (code: string): Promise<string[]> => {
    const file = await dinkes.call(getJadwalCsv, { params: { id: opdId }, query: { month, purpose: 'Pengisian SIHadir Januari' } });
    return (await file.text()).split('\r\n').filter((line) => line.split(/[;,]/)[2]?.replaceAll('"', '') === code);
  };
  expect(await rows('WFH')).toHaveLength(6);
  const corrected = await dinkes.call(wire.postRotaCorrection, {
    params: { id: (await plan.view()).plan.id },
    body: { personId: cast.stafDinkes.id, date: days[2]!, code: 'WFO', reason: 'Dipanggil ke kantor' },
  });
  expect(corrected).toMatchObject({ state: 'dikunci', revision: 1 });
  const { rows: differences } = await dinkes.call(getJadwalDifferences, { params: { id: opdId }, query: { month, from: 0, to: 1 } });
  expect(differences.map(({ name, date, was, now }) => [name, date, was?.code, now?.code])).toEqual([[cast.stafDinkes.name, days[2], 'WFH', 'WFO']]);
  expect(await rows('WFH')).toHaveLength(5);
  expect(await head.refusalOf(getJadwalDifferences, { params: { id: opdId }, query: { month, from: 0, to: 1 } })).toBe('not_found');
});
