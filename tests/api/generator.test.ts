import Fastify from 'fastify';
import { expect, test } from 'vitest';
import type { Generation } from '../../shared/rota-generator.ts';
import { violationsOf } from '../../shared/rota-rules.ts';
import type { PlanSheet } from '../../shared/rota.ts';
import { createJobs, type Plans } from '../../server/rota/generator/jobs.ts';
import { Refusal, refuse } from '../../server/platform/refusal.ts';
import type { SignedIn } from '../../server/platform/serve.ts';
import { copyDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { dateOf, personId, planPerson, planRule, planSheet, sixtyPeople, unitId } from '../support/plan-sheet.ts';
import { settableClock } from '../support/world.ts';

const PREPARER = { id: unitId(500), name: 'Rina' } as SignedIn;
const STRANGER = { id: unitId(501), name: 'Budi' } as SignedIn;
const ASKED = { seed: 5, from: null, until: null, keepHandSet: true, seconds: 60 };
const small = (): PlanSheet =>
  planSheet({
    days: 7,
    people: Array.from({ length: 4 }, (_, n) => planPerson(n, 1)),
    rules: [planRule(1, [1], { kind: 'batas_hadir', percent: 50, countedIn: 'opd' })],
  });
const codeOf = async (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

/** A database with a plan in it, and what the generator takes from plans, standing in for them. */
async function office(sheet: PlanSheet, more: { handSet?: string[] } = {}) {
  const database = await copyDatabase();
  const { sql } = database;
  const clock = settableClock('2026-11-02T02:00:00Z');
  const plan = { version: 3, sheet };
  const planId = unitId(700);
  await sql`insert into rota.plan (id, opd_id, month, version, opened_by, opened_at) values (${planId}, ${sheet.opdId}, ${sheet.month}, 3, ${PREPARER.id}, ${clock.now()})`;
  const mine = (person: SignedIn, id: string): void => (person.id === PREPARER.id && id === planId ? undefined : refuse('not_found'));
  const plans: Plans = {
    planFor: async (_, person, id) => {
      mine(person, id);
      return { opdId: sheet.opdId, version: plan.version };
    },
    sheetFor: async () => ({ ...plan, handSet: new Set(more.handSet), former: null }),
    putGenerated: async (_, _person, _id, { version, cells }) => {
      if (version !== plan.version) refuse('rota.changed');
      for (const { personId: id, date, code, shift } of cells)
        (plan.sheet.cells[id] ??= sheet.days.map(() => null))[sheet.days.findIndex((day) => day.date === date)] = { code, shift };
      plan.version += 1;
    },
  };
  const jobs = createJobs({ sql, clock, log: Fastify().log, plans });
  const over = async (): Promise<Generation> =>
    eventually('the job is over', async () => {
      const { generation } = await jobs.look(PREPARER, planId);
      return generation?.state !== 'berjalan' && generation;
    });
  const close = async (): Promise<void> => {
    await jobs.stop();
    await database.drop();
  };
  return { sql, clock, plan, planId, jobs, over, close };
}

test('a roster is drawn up, looked at with its figures, and taken over once', async () => {
  const { jobs, planId, plan, over, close } = await office(small());
  const begun = await jobs.start(PREPARER, planId, ASKED);
  expect(begun).toMatchObject({ state: 'berjalan', seed: 5, from: dateOf(0), until: dateOf(6), byName: 'Rina', cells: [] });
  const done = await over();
  expect(done).toMatchObject({ state: 'selesai', stale: false, figures: { violations: 0, gap: 0, changed: 28 } });
  expect(done.cells.length).toBe(28);
  const taken = await jobs.takeOver(PREPARER, begun.id);
  expect(taken.takenAt).not.toBeNull();
  expect(violationsOf(plan.sheet)).toEqual([]);
  expect(
    Object.values(plan.sheet.cells)
      .flat()
      .filter((cell) => cell === null),
  ).toEqual([]);
  await jobs.takeOver(PREPARER, begun.id);
  expect(plan.version).toBe(4);
  await close();
});

test('a plan that was edited meanwhile takes nothing over; nor does one that somebody else prepares', async () => {
  const { jobs, planId, plan, over, close } = await office(small());
  expect(await codeOf(jobs.start(STRANGER, planId, ASKED))).toBe('not_found');
  expect(await codeOf(jobs.look(STRANGER, planId))).toBe('not_found');
  const { id } = await jobs.start(PREPARER, planId, ASKED);
  await over();
  expect(await codeOf(jobs.takeOver(STRANGER, id))).toBe('not_found');
  expect(await codeOf(jobs.end(STRANGER, id))).toBe('not_found');
  plan.version += 1;
  expect((await over()).stale).toBe(true);
  expect(await codeOf(jobs.takeOver(PREPARER, id))).toBe('generator.stale');
  await close();
});

test('only the open days are drawn up: not the published past, not what was set by hand, not days beside those asked for', async () => {
  const sheet = small();
  sheet.cells = { [personId(0)]: sheet.days.map(() => ({ code: 'WFO', shift: null })) };
  const { jobs, planId, over, close } = await office({ ...sheet, livedUntil: dateOf(1) }, { handSet: [`${personId(0)} ${dateOf(3)}`] });
  await jobs.start(PREPARER, planId, { ...ASKED, until: dateOf(4) });
  const { cells } = await over();
  expect([...new Set(cells.map(({ date }) => date))].toSorted()).toEqual([2, 3, 4].map(dateOf));
  expect(cells.filter((cell) => cell.personId === personId(0) && cell.date === dateOf(3))).toEqual([]);
  expect(await codeOf(jobs.start(PREPARER, planId, { ...ASKED, from: dateOf(0), until: dateOf(1) }))).toBe('generator.nothing_open');
  await close();
});

test('one job a plan at a time; it is ended by whoever prepares, and its thread with it', async () => {
  const { jobs, planId, over, close } = await office(sixtyPeople());
  const { id } = await jobs.start(PREPARER, planId, ASKED);
  expect(await codeOf(jobs.start(PREPARER, planId, ASKED))).toBe('generator.running');
  expect(await codeOf(jobs.takeOver(PREPARER, id))).toBe('generator.not_done');
  expect((await jobs.end(PREPARER, id)).state).toBe('dibatalkan');
  expect((await jobs.end(PREPARER, id)).state).toBe('dibatalkan');
  expect(await codeOf(jobs.takeOver(PREPARER, id))).toBe('generator.not_done');
  expect((await over()).cells).toEqual([]);
  await close();
});

test('a portal that stops ends its jobs; one that died silently blocks nobody', async () => {
  const { jobs, sql, clock, planId, over, close } = await office(sixtyPeople());
  await jobs.start(PREPARER, planId, ASKED);
  await jobs.stop();
  expect((await over()).state).toBe('gagal');
  await sql`
    insert into rota.generation (plan_id, version, state, seed, from_day, until_day, keep_hand_set, started_at, seen_at)
    values (${planId}, 3, 'berjalan', 1, ${dateOf(0)}, ${dateOf(6)}, true, ${clock.now()}, ${clock.now()})`;
  expect(await codeOf(jobs.start(PREPARER, planId, ASKED))).toBe('generator.running');
  clock.advance(31_000);
  expect((await jobs.start(PREPARER, planId, ASKED)).state).toBe('berjalan');
  await close();
});

test('what cannot be says which rules, by circular, unit and day', async () => {
  const sheet = small();
  sheet.rules.push(planRule(2, [1], { kind: 'siaga', min: 3 }));
  const { jobs, planId, over, close } = await office(sheet);
  await jobs.start(PREPARER, planId, ASKED);
  const { state, conflict } = await over();
  expect(state).toBe('mustahil');
  expect(conflict.map(({ kind, policyNumber }) => [kind, policyNumber])).toEqual([
    ['batas_hadir', '801/28.00/2026'],
    ['siaga', '802/28.00/2026'],
  ]);
  await close();
});
