import { afterEach, beforeEach, expect, test } from 'vitest';
import * as wire from '../../shared/rota.ts';
import type { PlanView } from '../../shared/rota.ts';
import { postPolicy } from '../../shared/policies.ts';
import { randomUUID } from 'node:crypto';
import { portalItself } from '../../server/people/index.ts';
import { castWorld, refusalIn, signIn, type Cast } from '../support/cast.ts';
import type { Client, World } from '../support/world.ts';

let world: World;
let cast: Cast;
let [admin, head, sari, budi]: Client[] = [];
const MONTH = '2026-12';
/** Working days of December 2026. */
const [TUESDAY, WEDNESDAY, THURSDAY] = ['2026-12-01', '2026-12-02', '2026-12-03'] as const;
const dinsos = () => ({ id: cast.opds.dinsos.id });
const view = async (): Promise<PlanView> => (await admin!.call(wire.getRota, { params: dinsos(), query: { month: MONTH } })).view!;
const codeOn = async (personId: string, date: string) => (await world.app.roster.codesOn(world.sql, [personId], date)).get(personId);
const steps = async (client: Client, act: wire.PlanAct) => {
  const { plan } = await view();
  return client.call(wire.postRotaStep, { params: { id: plan.id }, body: { act, version: plan.version } });
};

beforeEach(async () => {
  ({ world, cast } = await castWorld());
});
afterEach(() => world.close());
/** Sari and Budi of one bidang: on Tuesday Sari is on duty, on Wednesday Budi. Published, in a world of its own for each test. */
async function published(): Promise<PlanView> {
  [admin, head, sari, budi] = [
    await signIn(world, cast.adminDinsos),
    await signIn(world, cast.kepala),
    await signIn(world, cast.staf),
    await signIn(world, cast.kabid),
  ];
  await admin.call(wire.postRota, { params: dinsos(), body: { month: MONTH } });
  let { plan } = await view();
  const cells = [
    { personId: cast.staf.id, date: TUESDAY, code: 'PIKET' as const },
    { personId: cast.kabid.id, date: WEDNESDAY, code: 'PIKET' as const },
  ];
  await admin.call(wire.putRotaCells, { params: { id: plan.id }, body: { version: plan.version, cells } });
  ({ plan } = await view());
  await admin.call(wire.postRotaFill, { params: { id: plan.id }, body: { version: plan.version, how: { kind: 'isi', code: 'WFO' } } });
  await steps(admin, 'ajukan');
  await steps(head, 'terbitkan');
  return view();
}
const asks = (client: Client, date: string, otherId: string, otherDate: string) =>
  client.call(wire.postRotaSwap, { body: { date, otherId, otherDate, note: 'Ada keperluan keluarga' } });
const does = (client: Client, id: string, act: 'sepakat' | 'sahkan' | 'tolak' | 'batal') =>
  client.call(wire.postRotaSwapStep, { params: { id }, body: { act } });

test('two of one bidang swap their duty: asked, agreed, approved by the head, and it is a revision', async () => {
  const { plan } = await published();
  const asked = await asks(sari!, TUESDAY, cast.kabid.id, WEDNESDAY);
  expect(asked).toMatchObject({ state: 'diminta', asker: { code: 'PIKET' }, other: { code: 'PIKET' }, may: { withdraw: true, agree: false, approve: false } });
  expect((await asks(sari!, TUESDAY, cast.kabid.id, WEDNESDAY)).id).toBe(asked.id);
  expect((await refusalIn(does(head!, asked.id, 'sahkan'))).code).toBe('rota.swap_not_possible');
  expect((await refusalIn(does(sari!, asked.id, 'sepakat'))).code).toBe('role.missing');
  expect((await does(budi!, asked.id, 'sepakat')).state).toBe('disepakati');
  expect((await refusalIn(does(budi!, asked.id, 'sahkan'))).code).toBe('rota.own_swap');
  const [waiting] = (await head!.call(wire.getRotaSwaps, { query: { opd: dinsos().id } })).swaps;
  expect(waiting?.may.approve).toBe(true);
  const [one, two] = await Promise.all([does(head!, asked.id, 'sahkan'), does(admin!, asked.id, 'sahkan')]);
  expect([one.state, two.state]).toEqual(['disahkan', 'disahkan']);
  expect((await view()).plan.revision).toBe(plan.revision! + 1);
  expect([(await codeOn(cast.staf.id, TUESDAY))?.code, (await codeOn(cast.staf.id, WEDNESDAY))?.code]).toEqual(['WFO', 'PIKET']);
  expect([(await codeOn(cast.kabid.id, TUESDAY))?.code, (await codeOn(cast.kabid.id, WEDNESDAY))?.code]).toEqual(['PIKET', 'WFO']);
  const mine = await sari!.call(wire.getMyRota, { query: { month: MONTH } });
  expect(mine.days[1]).toMatchObject({ date: WEDNESDAY, code: 'PIKET' });
  expect(mine.colleagues.map(({ id }) => id)).toEqual([cast.kabid.id]);
  expect((await refusalIn(does(sari!, asked.id, 'batal'))).code).toBe('rota.swap_over');
});

test('what cannot be swapped says why; somebody else’s swap does not exist', async () => {
  await published();
  expect((await refusalIn(asks(sari!, TUESDAY, cast.stafKantor.id, WEDNESDAY))).values?.['why']).toBe('bukan satu unit');
  expect((await refusalIn(asks(sari!, THURSDAY, cast.kabid.id, THURSDAY))).values?.['why']).toBe('keduanya sudah sama');
  const asked = await asks(sari!, TUESDAY, cast.kabid.id, TUESDAY);
  const wahyu = await signIn(world, cast.kepalaDinkes);
  expect((await refusalIn(does(wahyu, asked.id, 'tolak'))).code).toBe('not_found');
  expect((await refusalIn(does(await signIn(world, cast.stafKantor), asked.id, 'tolak'))).code).toBe('not_found');
  expect((await does(sari!, asked.id, 'batal')).state).toBe('dibatalkan');
  expect((await refusalIn(does(budi!, asked.id, 'sepakat'))).code).toBe('rota.swap_over');
});

test('leave after publishing changes the days at once, says which rule breaks now, and is revoked into what was planned', async () => {
  const { plan } = await published();
  const policy = {
    number: 'SE 9/2026',
    date: '2026-11-20',
    issuer: 'Kepala Dinas Sosial',
    title: 'Piket bidang',
    from: '2026-12-01',
    rules: [{ rule: { kind: 'siaga' as const, min: 2 }, scope: { units: [cast.opds.rehsos.id] }, basis: 'angka 1' }],
  };
  await admin!.call(postPolicy, { body: { key: randomUUID(), opdId: dinsos().id, policy } });
  const before = await codeOn(cast.staf.id, THURSDAY);
  const body = { personId: cast.staf.id, code: 'SAKIT' as const, from: THURSDAY, until: '2026-12-06', basis: 'Surat dokter 31' };
  const entered = await admin!.call(wire.postAbsence, { params: dinsos(), body });
  expect(entered.broken.map(({ place, text }) => `${place}: ${text}`)[0]).toBe('Bidang Rehabilitasi Sosial, 3 Desember 2026: siaga 1 < 2 orang (SE 9/2026)');
  expect(entered.broken).toHaveLength(2);
  expect(await codeOn(cast.staf.id, THURSDAY)).toEqual({ code: 'SAKIT', basis: 'Surat dokter 31', shift: null });
  expect((await codeOn(cast.staf.id, '2026-12-05'))?.code).toBe('LIBUR');
  expect((await view()).plan.revision).toBeGreaterThan(plan.revision!);
  expect((await refusalIn(admin!.call(wire.postAbsence, { params: dinsos(), body }))).code).toBe('rota.absence_overlaps');
  expect((await refusalIn(asks(budi!, THURSDAY, cast.staf.id, THURSDAY))).values?.['why']).toContain('cuti, sakit');
  const revoke = () => admin!.call(wire.postAbsenceRevoke, { params: { id: entered.absence.id }, body: { reason: 'Salah orang' } });
  const revoked = await revoke();
  expect(revoked.absence.revoked).toMatchObject({ reason: 'Salah orang', byName: cast.adminDinsos.name });
  expect((await codeOn(cast.staf.id, THURSDAY))?.code).toBe(before?.code);
  const { revision } = (await view()).plan;
  await revoke();
  expect((await view()).plan.revision).toBe(revision);
  const listed = await head!.call(wire.getAbsences, { params: dinsos(), query: { from: THURSDAY, until: THURSDAY } });
  expect(listed.absences.map(({ name, revoked: r }) => [name, r !== null])).toEqual([[cast.staf.name, true]]);
});

test('leave is entered by who acts for the OPD, for its own people, in days that follow each other', async () => {
  await published();
  const body = { personId: cast.kabid.id, code: 'CUTI' as const, from: '2026-12-14', until: '2026-12-11', basis: 'Surat cuti 3' };
  const enters = (client: Client, more: Partial<typeof body> = {}) =>
    client.call(wire.postAbsence, { params: dinsos(), body: { ...body, until: '2026-12-18', ...more } });
  expect((await refusalIn(enters(admin!, { until: '2026-12-11' }))).fields?.[0]?.path).toBe('until');
  expect((await refusalIn(enters(admin!, { personId: cast.stafDinkes.id }))).fields?.[0]?.path).toBe('personId');
  expect((await refusalIn(enters(sari!))).code).toBe('not_found');
  expect((await refusalIn(enters(await signIn(world, cast.bkd)))).code).toBe('role.missing');
  const two = await Promise.allSettled([enters(admin!), enters(head!)]);
  expect(two.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('on the days a Plh is in force for the head, the plan knows; the Plh publishes', async () => {
  await published();
  await world.app.people.appoint(portalItself, cast.kepala.positionId!, {
    personId: cast.kabid.id,
    kind: 'plh',
    from: '2026-11-23',
    until: WEDNESDAY,
    basis: 'SPT 4',
  });
  const { sheet } = await view();
  expect(sheet.people.find(({ id }) => id === cast.kepala.id)?.coveredOn).toEqual([0, 1]);
  expect(sheet.people.find(({ id }) => id === cast.kabid.id)?.level).toBe('kabid');
  await steps(admin!, 'revisi');
  await steps(admin!, 'ajukan');
  expect((await steps(await signIn(world, cast.kabid), 'terbitkan')).state).toBe('terbit');
});
