// Two who meet at one plan: whatever the order, the rows say one thing, and nobody's work is lost without a word.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { postPolicy } from '../../shared/policies.ts';
import * as wire from '../../shared/rota.ts';
import { putDayCodes } from '../../shared/roster.ts';
import { refusalIn, signIn } from '../support/cast.ts';
import { cellOf, inTurn, rotaOffice, THURSDAY, TUESDAY, WEDNESDAY, type RotaOffice } from '../support/rota-office.ts';
import { CallRefused, type Client } from '../support/world.ts';

let o: RotaOffice;
beforeEach(async () => {
  o = await rotaOffice();
});
afterEach(() => o.world.close());

const said = (results: readonly PromiseSettledResult<unknown>[]): string[] =>
  results.map((result) => {
    if (result.status === 'fulfilled') return 'done';
    if (result.reason instanceof CallRefused) return result.reason.code;
    throw result.reason;
  });
/** As somebody who saw the plan before the others came. */
const step =
  (client: Client, { id, version }: { id: string; version: number }, act: wire.PlanAct) =>
  (): Promise<unknown> =>
    client.call(wire.postRotaStep, { params: { id }, body: { act, version } });
const correct = (planId: string, date: string, code: 'WFH' | 'DL') => (): Promise<unknown> =>
  o.admin.call(wire.postRotaCorrection, { params: { id: planId }, body: { personId: o.cast.staf.id, date, code, reason: 'Surat tugas 7' } });
const leave = () => (): Promise<unknown> =>
  o.admin.call(wire.postAbsence, {
    params: o.opd,
    body: { personId: o.cast.staf.id, code: 'SAKIT', from: TUESDAY, until: WEDNESDAY, basis: 'Surat dokter 3' },
  });
const count = async (what: 'terbitkan' | 'kunci'): Promise<number> =>
  (await o.world.sql<{ n: number }[]>`select count(*)::int as n from rota.step where act = ${what}`)[0]!.n;
const codeOn = async (personId: string, date: string) => (await o.world.app.roster.codesOn(o.world.sql, [personId], date)).get(personId)?.code;

test('two publish at once: it is published once', async () => {
  const { plan } = await o.submitted();
  const again = await signIn(o.world, o.cast.kepala);
  expect(said(await inTurn(o.world, plan.id, [step(o.head, plan, 'terbitkan'), step(again, plan, 'terbitkan')]))).toEqual(['done', 'rota.not_open']);
  expect(await count('terbitkan')).toBe(1);
  expect((await o.isAsPublished()).revisions).toHaveLength(1);
});

test('two open the same month at once: it is one plan, opened once', async () => {
  const [one, two] = await Promise.all([o.opens(), o.head.call(wire.postRota, { params: o.opd, body: { month: '2026-12' } })]);
  expect(one.id).toBe(two.id);
  expect((await o.view()).steps.map(({ act }) => act)).toEqual(['buka']);
});

test('somebody edits while it is submitted: either the edit is in what was submitted, or it is refused', async () => {
  await o.opens();
  await o.fills();
  const { plan } = await o.view();
  const edit = (): Promise<unknown> =>
    o.admin.call(wire.putRotaCells, { params: { id: plan.id }, body: { version: plan.version, cells: [cellOf(o.cast.staf.id, TUESDAY, 'WFH')] } });
  expect(said(await inTurn(o.world, plan.id, [edit, step(o.admin, plan, 'ajukan')]))).toEqual(['done', 'rota.changed']);
  const { plan: seen } = await o.view();
  expect(said(await inTurn(o.world, plan.id, [step(o.admin, seen, 'ajukan'), edit]))).toEqual(['done', 'rota.not_open']);
  await o.steps(o.head, 'terbitkan');
  await o.isAsPublished();
  expect(await codeOn(o.cast.staf.id, TUESDAY)).toBe('WFH');
});

test('a swap is approved while a revision goes out: the later one is of what is in force by then, or refused', async () => {
  const { plan } = await o.published([cellOf(o.cast.staf.id, WEDNESDAY, 'PIKET'), cellOf(o.cast.kabid.id, THURSDAY, 'PIKET')]);
  const [sari, budi] = [await signIn(o.world, o.cast.staf), await signIn(o.world, o.cast.kabid)];
  const asked = await sari.call(wire.postRotaSwap, { body: { date: WEDNESDAY, otherId: o.cast.kabid.id, otherDate: THURSDAY } });
  const swap = (client: Client, act: 'sepakat' | 'sahkan') => (): Promise<unknown> =>
    client.call(wire.postRotaSwapStep, { params: { id: asked.id }, body: { act } });
  await swap(budi, 'sepakat')();
  await o.steps(o.admin, 'revisi');
  await o.puts([cellOf(o.cast.staf.id, WEDNESDAY, 'WFH')]);
  await o.steps(o.admin, 'ajukan');
  const { plan: seen } = await o.view();
  // What the head decides on is not what they saw any more: the swap stands in the plan too.
  expect(said(await inTurn(o.world, plan.id, [step(o.head, seen, 'terbitkan'), swap(o.admin, 'sahkan')]))).toEqual(['done', 'rota.swap_not_possible']);
  expect((await o.isAsPublished()).plan.revision).toBe(1);
  expect(await codeOn(o.cast.staf.id, WEDNESDAY)).toBe('WFH');
  expect(await o.world.sql`select from rota.swap_step where swap_id = ${asked.id} and state = 'disahkan'`).toHaveLength(0);
});

test('a swap that is approved before the revision goes out holds it back, and is in the plan', async () => {
  const { plan } = await o.published([cellOf(o.cast.staf.id, WEDNESDAY, 'PIKET'), cellOf(o.cast.kabid.id, THURSDAY, 'PIKET')]);
  const [sari, budi] = [await signIn(o.world, o.cast.staf), await signIn(o.world, o.cast.kabid)];
  const asked = await sari.call(wire.postRotaSwap, { body: { date: WEDNESDAY, otherId: o.cast.kabid.id, otherDate: THURSDAY } });
  await budi.call(wire.postRotaSwapStep, { params: { id: asked.id }, body: { act: 'sepakat' } });
  await o.steps(o.admin, 'revisi');
  await o.puts([cellOf(o.cast.stafKantor.id, TUESDAY, 'WFH')]);
  await o.steps(o.admin, 'ajukan');
  const { plan: seen } = await o.view();
  const approve = (): Promise<unknown> => o.admin.call(wire.postRotaSwapStep, { params: { id: asked.id }, body: { act: 'sahkan' } });
  expect(said(await inTurn(o.world, plan.id, [approve, step(o.head, seen, 'terbitkan')]))).toEqual(['done', 'rota.changed']);
  await o.steps(o.head, 'terbitkan');
  expect((await o.isAsPublished()).plan.revision).toBe(2);
  expect([await codeOn(o.cast.staf.id, THURSDAY), await codeOn(o.cast.stafKantor.id, TUESDAY)]).toEqual(['PIKET', 'WFH']);
});

test('the head lets stand what they saw, not what became of it meanwhile', async () => {
  await o.admin.call(postPolicy, {
    body: {
      key: randomUUID(),
      opdId: o.opd.id,
      policy: {
        number: '9/2026',
        date: '2026-11-02',
        issuer: 'Wali Kota',
        title: 'Batas hadir',
        from: TUESDAY,
        rules: [{ rule: { kind: 'batas_hadir' as const, percent: 50, countedIn: 'opd' as const }, scope: { units: [o.opd.id] }, basis: 'angka 1' }],
      },
    },
  });
  await o.opens();
  const people = (await o.view()).sheet.people.map(({ id }) => id);
  const half = Math.floor(people.length / 2);
  await o.puts(people.slice(0, half + 1).map((id) => cellOf(id, TUESDAY, 'WFO')));
  const { plan, violations } = await o.view();
  const [{ violation }] = [violations[0]!];
  const moves = (): Promise<unknown> =>
    o.admin.call(wire.putRotaCells, { params: { id: plan.id }, body: { version: plan.version, cells: [cellOf(people[half + 1]!, TUESDAY, 'WFO')] } });
  const overrides = (figures: Record<string, number>) => (): Promise<unknown> =>
    o.head.call(wire.putRotaOverride, { params: { id: plan.id }, body: { key: violation.key, reason: 'Penyaluran bantuan', figures } });
  expect(said(await inTurn(o.world, plan.id, [moves, overrides(violation.figures)]))).toEqual(['done', 'rota.changed']);
  expect((await o.view()).overrides).toEqual([]);
  await overrides((await o.view()).violations[0]!.violation.figures)();
  expect((await o.view()).violations[0]!.overridden).toBe(true);
});

test('a month is locked while a day of it is corrected: the lock is of what the head saw', async () => {
  const { plan } = await o.published();
  expect(said(await inTurn(o.world, plan.id, [correct(plan.id, TUESDAY, 'DL'), step(o.head, plan, 'kunci')]))).toEqual(['done', 'rota.changed']);
  expect([(await o.isAsPublished()).plan.revision, await count('kunci')]).toEqual([1, 0]);
  const { plan: seen } = await o.view();
  expect(said(await inTurn(o.world, plan.id, [step(o.head, seen, 'kunci'), correct(plan.id, WEDNESDAY, 'DL')]))).toEqual(['done', 'done']);
  expect((await o.isAsPublished()).plan).toMatchObject({ state: 'dikunci', revision: 2 });
});

test('leave that is entered while the month is published for the first time is in what is in force', async () => {
  const { plan } = await o.submitted();
  expect(said(await inTurn(o.world, plan.id, [step(o.head, plan, 'terbitkan'), leave()]))).toEqual(['done', 'done']);
  await o.isAsPublished();
  expect([await codeOn(o.cast.staf.id, TUESDAY), await codeOn(o.cast.staf.id, WEDNESDAY), await codeOn(o.cast.staf.id, THURSDAY)]).toEqual([
    'SAKIT',
    'SAKIT',
    'WFO',
  ]);
});

test('leave that comes first holds the publishing back: who is ill is not planned at the office', async () => {
  const { plan } = await o.submitted();
  expect(said(await inTurn(o.world, plan.id, [leave(), step(o.head, plan, 'terbitkan')]))).toEqual(['done', 'rota.changed']);
  expect((await refusalIn(o.steps(o.head, 'terbitkan'))).code).toBe('rota.violates');
  await o.steps(o.head, 'kembalikan', 'Sari sakit');
  await o.puts([cellOf(o.cast.staf.id, TUESDAY, null), cellOf(o.cast.staf.id, WEDNESDAY, null)]);
  await o.steps(o.admin, 'ajukan');
  await o.steps(o.head, 'terbitkan');
  await o.isAsPublished();
  expect(await codeOn(o.cast.staf.id, TUESDAY)).toBe('SAKIT');
});

test('the day board and a correction meet at the same day: both are kept, one after the other, and the month follows', async () => {
  const { plan } = await o.published();
  const board = (code: 'WFH' | 'PIKET', date: string) => (): Promise<unknown> =>
    o.admin.call(putDayCodes, { params: o.opd, body: { date, basis: 'Papan hari', codes: [{ personId: o.cast.staf.id, code }] } });
  const results = await Promise.allSettled(
    [TUESDAY, WEDNESDAY, THURSDAY].flatMap((date) => [board('PIKET', date)(), correct(plan.id, date, 'DL')(), board('WFH', date)()]),
  );
  expect(said(results).filter((one) => one !== 'done')).toEqual([]);
  await o.isAsPublished();
});

test('whoever has the plan open learns of an override that comes between edits, and only then reads all of it anew', async () => {
  await o.opens();
  await o.fills();
  const { plan } = await o.view();
  const since = async (version: number) => {
    const { outside, cells } = await o.admin.call(wire.getRotaCells, { params: { id: plan.id }, query: { since: version } });
    return [outside, cells.length];
  };
  await o.puts([cellOf(o.cast.staf.id, TUESDAY, 'WFH')]);
  expect(await since(plan.version)).toEqual([false, 1]);
  await o.head.call(wire.putRotaOverride, { params: { id: plan.id }, body: { key: 'x', reason: null } });
  await o.puts([cellOf(o.cast.staf.id, WEDNESDAY, 'WFH')]);
  expect(await since(plan.version)).toEqual([true, 2]);
  const seen = (await o.view()).plan.version;
  await leave()();
  expect([await since(seen), await since(seen + 1)]).toEqual([
    [true, 0],
    [false, 0],
  ]);
});
