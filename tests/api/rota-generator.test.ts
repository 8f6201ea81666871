// The generator on a real plan, over the wire: who may, what it leaves alone, what is taken over, and what a portal that goes away leaves behind.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { getGeneration, postGeneration, postGenerationEnd, postGenerationTaken, type Generation } from '../../shared/rota-generator.ts';
import { getRotaCells, postAbsence } from '../../shared/rota.ts';
import { refusalIn, signIn } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { cellOf, inTurn, rotaOffice, TUESDAY, WEDNESDAY, type RotaOffice } from '../support/rota-office.ts';
import { CallRefused, type Client } from '../support/world.ts';

let o: RotaOffice;
beforeEach(async () => {
  o = await rotaOffice();
});
afterEach(() => o.world.close());

const starts = (id: string, client = o.admin, more: { from?: string; until?: string } = {}) =>
  client.call(postGeneration, { params: { id }, body: { seed: 7, ...more } });
const takes = (id: string, client = o.admin) => client.call(postGenerationTaken, { params: { id } });
const isOver = (planId: string): Promise<Generation> =>
  eventually('the roster is drawn up', async () => {
    const { generation } = await o.admin.call(getGeneration, { params: { id: planId } });
    return generation?.state !== 'berjalan' && generation;
  });
const codeOf = (error: unknown): string => (error instanceof CallRefused ? error.code : String(error));

test('the admin has the open days drawn up, looks, and takes them over: they stand in the plan with their seed, and what was set by hand stays', async () => {
  const { id, version } = await o.opens();
  await o.puts([cellOf(o.cast.staf.id, TUESDAY, 'WFH')]);
  expect((await o.admin.call(getGeneration, { params: { id } })).generation).toBeNull();
  expect(await starts(id)).toMatchObject({ state: 'berjalan', seed: 7, byName: o.cast.adminDinsos.name, cells: [], stale: false });
  const done = await isOver(id);
  expect(done).toMatchObject({ state: 'selesai', figures: { violations: 0 }, stale: false });
  expect(done.cells.some(({ personId, date }) => personId === o.cast.staf.id && date === TUESDAY)).toBe(false);
  const [one, two] = await Promise.all([takes(done.id), takes(done.id, o.head)]);
  expect([one.takenAt, two.takenAt].every((at) => at !== null)).toBe(true);
  const { plan, sheet, marks } = await o.view();
  expect(plan.version).toBe(version + 2);
  expect(Object.values(sheet.cells).flat().includes(null)).toBe(false);
  expect([sheet.cells[o.cast.staf.id]![0]?.code, marks[o.cast.staf.id]!.slice(0, 2)]).toEqual(['WFH', 'tg']);
  const rows = await o.world.sql`select from rota.cell where plan_id = ${id} and source = 'generator' and seed = 7`;
  expect(rows).toHaveLength(done.cells.length);
  const since = await o.admin.call(getRotaCells, { params: { id }, query: { since: plan.version - 1 } });
  expect(since.cells).toHaveLength(done.cells.length);
});

test('a plan that moved since takes nothing over; leave that is entered meanwhile moves it', async () => {
  const { id } = await o.opens();
  await starts(id);
  const done = await isOver(id);
  const leave = (): Promise<unknown> =>
    o.admin.call(postAbsence, { params: o.opd, body: { personId: o.cast.staf.id, code: 'CUTI', from: TUESDAY, until: WEDNESDAY, basis: 'Surat cuti 4' } });
  const [entered, taken] = await inTurn(o.world, id, [leave, () => takes(done.id)]);
  expect(entered!.status).toBe('fulfilled');
  expect(taken!.status === 'rejected' && codeOf(taken!.reason)).toBe('rota.changed');
  expect((await isOver(id)).stale).toBe(true);
  expect((await refusalIn(takes(done.id))).code).toBe('generator.stale');
  expect(await o.world.sql`select from rota.cell where plan_id = ${id}`).toHaveLength(0);
  o.world.clock.advance(1_000);
  const again = await starts(id);
  const other = await isOver(id);
  expect(other.cells.filter(({ personId, date }) => personId === o.cast.staf.id && date <= WEDNESDAY)).toEqual([]);
  expect((await takes(again.id)).takenAt).not.toBeNull();
});

test('leave that comes after it was taken over breaks what was planned, and the plan says so', async () => {
  const { id } = await o.opens();
  await starts(id);
  const done = await isOver(id);
  const leave = (): Promise<unknown> =>
    o.admin.call(postAbsence, { params: o.opd, body: { personId: o.cast.staf.id, code: 'CUTI', from: TUESDAY, until: WEDNESDAY, basis: 'Surat cuti 4' } });
  expect((await inTurn(o.world, id, [() => takes(done.id), leave])).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  expect((await o.view()).violations.map(({ violation }) => [violation.kind, violation.personIds])).toContainEqual(['cuti', [o.cast.staf.id]]);
});

test('somebody else’s plan does not exist; who only reads may not; a plan that is not edited is not drawn up', async () => {
  const { id } = await o.opens();
  const { id: job } = await starts(id);
  await isOver(id);
  const [wahyu, sari, bkd] = [await signIn(o.world, o.cast.kepalaDinkes), await signIn(o.world, o.cast.staf), await signIn(o.world, o.cast.bkd)];
  const all = (client: Client) =>
    Promise.all([
      client.refusalOf(getGeneration, { params: { id } }),
      client.refusalOf(postGeneration, { params: { id }, body: {} }),
      client.refusalOf(postGenerationEnd, { params: { id: job } }),
      client.refusalOf(postGenerationTaken, { params: { id: job } }),
    ]);
  for (const client of [wahyu, sari]) expect(await all(client)).toEqual(Array(4).fill('not_found'));
  expect(await all(bkd)).toEqual(Array(4).fill('role.missing'));
  await takes(job);
  await o.steps(o.admin, 'ajukan');
  expect((await refusalIn(starts(id))).values?.['state']).toBe('diajukan');
});

test('two start at once: one job; it can be ended, and what is ended is not taken over', async () => {
  const { id } = await o.opens();
  const two = await Promise.allSettled([starts(id), starts(id, o.head)]);
  const refused = two.flatMap((result) => (result.status === 'rejected' ? [codeOf(result.reason)] : []));
  expect(refused).toEqual(['generator.running']);
  const [begun] = two.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  await o.admin.call(postGenerationEnd, { params: { id: begun!.id } });
  const { state } = await isOver(id);
  // A handful of people is drawn up in a moment: it may be over before it is ended.
  expect(['dibatalkan', 'selesai']).toContain(state);
  if (state === 'dibatalkan') expect((await refusalIn(takes(begun!.id))).code).toBe('generator.not_done');
  expect((await o.view()).marks[o.cast.staf.id]).not.toContain('g');
});

test('the portal that draws it up goes away: the next one says so, and draws it up anew', async () => {
  const { id } = await o.opens();
  const { world } = o;
  // As a portal leaves it that was killed: it runs, and nobody beats for it.
  await world.sql`
    insert into rota.generation (plan_id, version, state, seed, from_day, until_day, keep_hand_set, by_id, by_name, started_at, seen_at)
    values (${id}, 0, 'berjalan', 1, '2026-12-01', '2026-12-31', true, ${o.cast.adminDinsos.id}, 'Rina', ${world.clock.now()}, ${world.clock.now()})`;
  expect((await refusalIn(starts(id))).code).toBe('generator.running');
  world.clock.advance(31_000);
  expect((await isOver(id)).state).toBe('gagal');
  await starts(id);
  expect((await isOver(id)).state).toBe('selesai');
});

test('a span beside the month is nothing to draw up; one that begins before it begins with it', async () => {
  const { id } = await o.opens();
  expect((await refusalIn(starts(id, o.admin, { from: '2027-01-01', until: '2027-01-31' }))).code).toBe('generator.nothing_open');
  expect((await refusalIn(starts(id, o.admin, { from: WEDNESDAY, until: TUESDAY }))).code).toBe('generator.nothing_open');
  expect(await starts(id, o.admin, { from: '2026-11-20', until: WEDNESDAY })).toMatchObject({ from: TUESDAY, until: WEDNESDAY });
  expect([...new Set((await isOver(id)).cells.map(({ date }) => date))].toSorted()).toEqual([TUESDAY, WEDNESDAY]);
});
