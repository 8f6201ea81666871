// What is in force beside what is planned: what a revision would change, and the letter that becomes the basis of days.
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as wire from '../../shared/rota.ts';
import type { GeneratedCell } from '../../shared/rota-generator.ts';
import type { SignedIn } from '../../server/platform/serve.ts';
import { signIn } from '../support/cast.ts';
import { cellOf, rotaOffice, THURSDAY, TUESDAY, WEDNESDAY, type RotaOffice } from '../support/rota-office.ts';

let o: RotaOffice;
beforeEach(async () => {
  o = await rotaOffice();
});
afterEach(() => o.world.close());

const changes = async (id: string, client = o.admin) => (await client.call(wire.getRotaChanges, { params: { id } })).changes;
const basisOn = async (personId: string, date: string) => (await o.world.app.roster.codesOn(o.world.sql, [personId], date)).get(personId)?.basis;

test('nothing is published: nothing would change; a day that is revised is one row, with what it was', async () => {
  const { id } = await o.opens();
  await o.puts([cellOf(o.cast.staf.id, TUESDAY, 'WFH')]);
  expect(await changes(id)).toEqual([]);
  await o.fills();
  await o.steps(o.admin, 'ajukan');
  await o.steps(o.head, 'terbitkan');
  expect(await changes(id)).toEqual([]);
  await o.steps(o.admin, 'revisi');
  await o.puts([cellOf(o.cast.staf.id, TUESDAY, 'WFO'), cellOf(o.cast.staf.id, WEDNESDAY, null)]);
  const wfo = { code: 'WFO', shift: null };
  expect(await changes(id)).toEqual([
    { personId: o.cast.staf.id, name: o.cast.staf.name, date: TUESDAY, was: { code: 'WFH', shift: null }, becomes: wfo },
    { personId: o.cast.staf.id, name: o.cast.staf.name, date: WEDNESDAY, was: wfo, becomes: null },
  ]);
  await o.steps(o.admin, 'batal_revisi');
  expect(await changes(id)).toEqual([]);
});

test('leave is no change of the plan: it lies over the days by itself, and off them again', async () => {
  const { plan } = await o.published();
  const { absence } = await o.admin.call(wire.postAbsence, {
    params: o.opd,
    body: { personId: o.cast.staf.id, code: 'CUTI', from: TUESDAY, until: THURSDAY, basis: 'Surat cuti 9' },
  });
  expect(await changes(plan.id)).toEqual([]);
  await o.admin.call(wire.postAbsenceRevoke, { params: { id: absence.id }, body: { reason: 'Salah orang' } });
  expect(await changes(plan.id)).toEqual([]);
});

test('who is of another OPD, or of the staff, is told that there is no such plan; BKD looks', async () => {
  const { plan } = await o.published();
  for (const who of [o.cast.kepalaDinkes, o.cast.staf])
    expect(await (await signIn(o.world, who)).refusalOf(wire.getRotaChanges, { params: { id: plan.id } })).toBe('not_found');
  expect(await changes(plan.id, await signIn(o.world, o.cast.bkd))).toEqual([]);
});

test('a letter becomes the basis of its days, and of no others; the revision stays as it was frozen', async () => {
  const { plan } = await o.published([cellOf(o.cast.staf.id, TUESDAY, 'WFH')]);
  const { giveBasis, published } = o.world.app.rota;
  const before = (await published(o.world.sql, o.opd.id, plan.month))!.publication;
  const line = (personId: string, date: string) => ({ personId, date, basis: 'Surat tugas 800.1.11.1/7' });
  const give = () =>
    o.world.app.sql.begin((tx) => giveBasis(tx, o.cast.adminDinsos.id, plan.id, [line(o.cast.staf.id, TUESDAY), line(o.cast.stafDinkes.id, TUESDAY)]));
  await give();
  await give();
  expect([await basisOn(o.cast.staf.id, TUESDAY), await basisOn(o.cast.stafDinkes.id, TUESDAY)]).toEqual(['Surat tugas 800.1.11.1/7', undefined]);
  expect(await basisOn(o.cast.staf.id, WEDNESDAY)).toContain('Jadwal Desember 2026');
  expect((await o.isAsPublished()).publication).toEqual(before);
  const mine = await (await signIn(o.world, o.cast.staf)).call(wire.getMyRota, { query: { month: plan.month } });
  expect(mine.days[0]).toMatchObject({ code: 'WFH', basis: 'Surat tugas 800.1.11.1/7' });
  // A plan of which nothing is in force has no days to give a basis to.
  const open = await o.admin.call(wire.postRota, { params: o.opd, body: { month: '2027-01' } });
  await o.world.app.sql.begin((tx) => giveBasis(tx, null, open.id, [line(o.cast.staf.id, '2027-01-04')]));
  expect(await basisOn(o.cast.staf.id, '2027-01-04')).toBeUndefined();
});

test('of a roster from the generator all is taken or nothing: a version that moved, a day that is fixed, somebody else’s person', async () => {
  const { plan } = await o.published();
  await o.steps(o.admin, 'revisi');
  const { version } = (await o.view()).plan;
  const rina: SignedIn = { ...o.cast.adminDinsos, sessionId: '', roles: ['admin_opd'], opdId: o.opd.id, managesOpds: [o.opd.id] };
  const put = (cells: GeneratedCell[], seen = version) =>
    o.world.app.sql.begin((tx) => o.world.app.rota.putGenerated(tx, rina, plan.id, { version: seen, cells, seed: 11 }));
  const home = (personId: string, date: string): GeneratedCell => ({ personId, date, code: 'WFH', shift: null });
  const good = home(o.cast.staf.id, WEDNESDAY);
  await expect(put([good], version - 1)).rejects.toMatchObject({ code: 'rota.changed' });
  await expect(put([good, home(o.cast.stafDinkes.id, WEDNESDAY)])).rejects.toMatchObject({ fields: [{ path: 'cells.1.personId' }] });
  await expect(put([good, home(o.cast.staf.id, '2026-12-05')])).rejects.toMatchObject({ fields: [{ path: 'cells.1.code' }] });
  o.world.clock.set(`${TUESDAY}T02:00:00Z`);
  await expect(put([good, home(o.cast.staf.id, TUESDAY)])).rejects.toMatchObject({ code: 'rota.day_fixed' });
  expect(await o.world.sql`select from rota.cell where seed = 11`).toHaveLength(0);
  expect(await put([good])).toMatchObject({ version: version + 1, saved: 1, clashes: [] });
  expect(await o.world.sql`select from rota.cell where seed = 11 and source = 'generator'`).toHaveLength(1);
});

test('a month that is published when it has begun is planned as its days were: grid, own month and recap say the same', async () => {
  const { admin, head, opd, cast, world } = o;
  const lived = { date: '2026-11-20', basis: 'SE 4', codes: [{ personId: cast.staf.id, code: 'DL' as const, shift: null }] };
  await world.sql.begin(async (tx) => world.app.roster.setCodes(tx, cast.adminDinsos.id, opd.id, lived));
  const plan = await admin.call(wire.postRota, { params: opd, body: { month: '2026-11' } });
  const params = { id: plan.id };
  const step = async (client: typeof admin, act: 'ajukan' | 'terbitkan', version: number) =>
    client.call(wire.postRotaStep, { params, body: { act, version, words: null } });
  const filled = await admin.call(wire.postRotaFill, { params, body: { version: plan.version, how: { kind: 'isi', code: 'WFO' } } });
  await step(head, 'terbitkan', (await step(admin, 'ajukan', filled.version)).version);
  const view = (await admin.call(wire.getRota, { params: opd, query: { month: '2026-11' } })).view!;
  expect(view.sheet.cells[cast.staf.id]?.slice(18, 20)).toEqual([
    { code: 'WFO', shift: null },
    { code: 'DL', shift: null },
  ]);
  expect(view.sheet.livedUntil).toBe(cast.today);
  expect(await changes(plan.id)).toEqual([]);
});
