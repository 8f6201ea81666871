// A plan as it is decided: its steps, what the head lets stand, and what becomes of it once it is in force.
import { checkerOf, isOverridden, violationPlace, violationsOf } from '../../shared/rota-rules.ts';
import type { BodyOf } from '../../shared/endpoint.ts';
import type * as wire from '../../shared/rota.ts';
import type { CellSource, PlanAct, PlanCell, PlanHead, PlanSheet, Violation } from '../../shared/rota.ts';
import type { Opd } from '../../shared/people.ts';
import type { Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import { dayText, firstOf, fixedUntil, isJudged, notOpen, step } from './plan.ts';
import { cellsMap, type PlanOffice, type PlanWorld } from './plan-office.ts';
import { said } from './plan-reading.ts';
import { isSame, mustBeWhole, mustHold, overrideView, type Publishing } from './publishing.ts';
import { daysBetween } from './sheet.ts';
import * as store from './store.ts';

export function createPlanDeciding({ sql, clock, people, publishing }: PlanWorld, office: PlanOffice) {
  const { byOf, todayIn, mustPrepare, held, headOf, changed, made } = office;

  const act = (person: SignedIn, planId: string, said: { act: PlanAct; version: number; words: string | null }): Promise<PlanHead> =>
    sql.begin(async (tx) => {
      const { plan, opd, who } = await held(tx, person, planId);
      const by = byOf(person);
      let next = step(plan, said.act, { who, ...said });
      if (said.act === 'ajukan') {
        const { sheet } = await made(tx, { plan, opd });
        mustHold(sheet, await store.overridesOf(tx, plan.id));
        mustBeWhole(sheet);
      }
      if (said.act === 'batal_revisi') await backToPublished(tx, next, opd, by);
      if (said.act === 'terbitkan') {
        const whole = await made(tx, { plan, opd });
        next = await publishing.publish(tx, next, whole, whole.absences, by);
        await asLived(tx, next, whole.sheet, by);
      } else await store.savePlan(tx, next);
      await store.insertStep(tx, plan.id, { act: said.act, words: said.words, revision: next.revision, by });
      await changed(tx, next);
      return headOf(next, opd);
    });

  /** Days that were another thing already, when the month was published, are planned as they were: the plan is what is in force. */
  async function asLived(tx: Tx, plan: store.PlanRow, planned: PlanSheet, by: store.By): Promise<void> {
    const { content } = await publishing.newest(tx, plan);
    const others = content.people.flatMap(({ id }) =>
      content.days.flatMap(({ date }, day): store.NewCell[] => {
        const cell = content.cells[id]?.[day] ?? null;
        if (cell === null || cell.absence !== undefined || isSame(planned.cells[id]?.[day] ?? null, cell)) return [];
        return [{ personId: id, date, code: cell.code, shift: cell.shift }];
      }),
    );
    if (others.length > 0) await store.insertCells(tx, plan, others, { source: 'koreksi', by });
  }

  /** What was changed since the revision in force is planned as it is published again. */
  async function backToPublished(tx: Tx, plan: store.PlanRow, opd: Opd, by: store.By): Promise<void> {
    const { content } = await publishing.newest(tx, plan);
    const planned = cellsMap(await store.plannedOf(tx, plan.id));
    const fixed = fixedUntil(plan, todayIn(opd));
    const back = content.people.flatMap(({ id }) =>
      content.days.flatMap(({ date }, day): store.NewCell[] => {
        const cell = content.cells[id]?.[day] ?? null;
        const wanted = cell?.absence === undefined ? cell : (cell.under ?? null);
        if ((fixed !== null && date <= fixed) || isSame(planned.get(id)?.get(date) ?? null, wanted)) return [];
        return [{ personId: id, date, code: wanted?.code ?? null, shift: wanted?.shift ?? null }];
      }),
    );
    if (back.length > 0) await store.insertCells(tx, plan, back, { source: 'koreksi', by });
  }

  const override = (person: SignedIn, planId: string, { key, reason, figures: seen }: BodyOf<typeof wire.putRotaOverride>): Promise<wire.Override[]> =>
    sql.begin(async (tx) => {
      const { plan, opd, who } = await held(tx, person, planId);
      if (!who.isHead) refuse('rota.not_head');
      if (!isJudged(plan)) notOpen(plan.state);
      const { sheet } = await made(tx, { plan, opd });
      const violation = violationsOf(sheet).find((one) => one.key === key);
      if (!violation && reason !== null) refuse('rota.no_violation');
      if (violation && reason !== null && seen && !isOverridden(violation, [{ key, figures: seen }])) refuse('rota.changed');
      const words = violation ? `${violationPlace(violation, sheet, 'id')}: ${said(sheet, [violation], [], 'id')[0]?.text ?? ''}` : '';
      await store.insertOverride(tx, plan.id, { key, figures: violation?.figures ?? {}, words, reason, by: byOf(person) });
      const next = { ...plan, version: plan.version + 1 };
      await store.savePlan(tx, next);
      await changed(tx, next);
      return (await store.overridesOf(tx, plan.id)).map(overrideView);
    });

  /** A published day was otherwise: the next revision, of that day alone. */
  const correct = (person: SignedIn, planId: string, { personId, date, code, shift, reason }: BodyOf<typeof wire.postRotaCorrection>): Promise<PlanHead> =>
    sql.begin(async (tx) => {
      const { plan, opd, who } = await held(tx, person, planId);
      mustPrepare(who);
      const { content } = await publishing.newest(tx, plan);
      const name =
        content.people.find(({ id }) => id === personId)?.name ?? refuse('input.invalid', {}, [{ path: 'personId', message: 'tidak ada di jadwal ini' }]);
      if (!content.days.some((day) => day.date === date)) refuse('input.invalid', {}, [{ path: 'date', message: 'bukan hari di bulan ini' }]);
      return headOf(
        await amend(tx, plan, [{ personId, date, cell: { code, shift, basis: reason } }], {
          source: 'koreksi',
          why: `${name}, ${dayText(date)}: ${reason}`,
          by: byOf(person),
        }),
        opd,
      );
    });

  /** Days of what is in force, and of the plan, become these: published as a revision of their own. */
  async function amend(
    tx: Tx,
    plan: store.PlanRow,
    changes: Parameters<Publishing['change']>[2],
    { source, why, by }: { source: CellSource; why: string; by: store.By },
  ): Promise<store.PlanRow> {
    const next = await publishing.change(tx, plan, changes, { why, by });
    if (next === plan) return plan;
    await store.insertCells(
      tx,
      next,
      changes.map(({ personId, date, cell }) => ({ personId, date, code: cell.code, shift: cell.shift })),
      { source, by },
    );
    await changed(tx, next);
    return next;
  }

  /** Whoever sets day codes holds the plan of their month first, as whoever publishes does. */
  const holdMonth = async (tx: Tx, opdId: string, date: string): Promise<void> =>
    void (publishing.isWriting(tx) || (await store.lockMonths(tx, opdId, date.slice(0, 7), date.slice(0, 7))));

  /** Day codes that somebody else set in a published month: what is published follows, so that both stay the same. */
  async function followCodes(
    tx: Tx,
    byId: string | null,
    opdId: string,
    day: { date: string; basis: string; codes: readonly { personId: string; code: PlanCell['code'] }[] },
  ): Promise<void> {
    if (publishing.isWriting(tx)) return;
    const plan = await store.planOf(tx, opdId, day.date.slice(0, 7));
    if (!plan || plan.revision === null) return;
    const name = byId === null ? '–' : ((await people.persons(tx, [byId])).get(byId)?.name ?? '–');
    const changes = day.codes.map(({ personId, code }) => ({ personId, date: day.date, cell: { code, shift: null, basis: day.basis } }));
    const { content } = await publishing.newest(tx, plan);
    const known = changes.filter(({ personId, date, cell }) => {
      const row = content.cells[personId];
      return row !== undefined && row[daysBetween(firstOf(plan.month), date)]?.code !== cell.code;
    });
    await amend(tx, plan, known, { source: 'koreksi', why: `${dayText(day.date)}: ${day.basis}`, by: { id: byId, name, at: clock.now() } });
  }

  return { act, override, correct, amend, holdMonth, followCodes };
}

/** What these changes to what is in force would break that is not broken now. */
export function newlyBroken(
  sheet: PlanSheet,
  changes: readonly { personId: string; date: string; cell: PlanCell }[],
  overrides: readonly Pick<Violation, 'key' | 'figures'>[],
): Violation[] {
  const checker = checkerOf(sheet);
  const before = checker.violations();
  for (const { personId, date, cell } of changes) checker.put(personId, daysBetween(firstOf(sheet.month), date), cell);
  return checker.violations().filter((violation) => !isOverridden(violation, [...before, ...overrides]));
}
