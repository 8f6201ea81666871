// A plan as it is looked at: the list, the whole of a month, what changed since, what would change, what waits.
import { isOverridden, violationPlace, violationsOf, violationText } from '../../shared/rota-rules.ts';
import type { CellSource, PlanChange, PlanHead, PlanSheet, PlanView, SaidViolation, Violation } from '../../shared/rota.ts';
import type { Tx } from '../platform/database.ts';
import { refuse, type Language } from '../platform/refusal.ts';
import { actsFor, type SignedIn } from '../platform/serve.ts';
import { actsOf, isEdited, isJudged } from './plan.ts';
import { cellsMap, type PlanOffice, type PlanWorld } from './plan-office.ts';
import { isSame, overrideView } from './publishing.ts';
import * as store from './store.ts';

export function createPlanReading({ sql, clock, people, sheets }: PlanWorld, office: PlanOffice) {
  const { todayIn, managed, standing, headOf, made, inForce } = office;

  async function list(person: SignedIn, opdId: string) {
    const opd = await managed(sql, person, opdId);
    const plans = await store.plansOf(sql, opdId);
    return { plans: plans.map((plan) => headOf(plan, opd)), mayOpen: actsFor(person, opdId), serverTime: clock.now().toISOString() };
  }

  /** Plans from this month on that are not in force as they stand, and how much they break that nobody let stand. */
  async function waiting(tx: Tx, opdId: string): Promise<{ plan: PlanHead; violations: number }[]> {
    const opd = (await people.opds(tx)).find(({ id }) => id === opdId) ?? refuse('not_found');
    const open = (await store.plansOf(tx, opdId)).filter((plan) => plan.month >= todayIn(opd).slice(0, 7) && isJudged(plan));
    const found = [];
    for (const plan of open.toReversed()) {
      const overrides = await store.overridesOf(tx, plan.id);
      const broken = violationsOf((await made(tx, { plan, opd })).sheet).filter((violation) => !isOverridden(violation, overrides));
      found.push({ plan: headOf(plan, opd), violations: broken.length });
    }
    return found;
  }

  async function view(person: SignedIn, opdId: string, month: string, language: Language): Promise<PlanView | null> {
    return sql.begin('isolation level repeatable read', async (tx) => {
      const opd = await managed(tx, person, opdId);
      const plan = await store.planOf(tx, opdId, month);
      if (!plan) return null;
      const rows = await store.plannedOf(tx, plan.id);
      const { sheet } = await made(tx, { plan, opd }, rows);
      const who = await standing(tx, person, opd);
      const overrides = await store.overridesOf(tx, plan.id);
      await people.noteAccess(tx, {
        by: person.id,
        what: 'jadwal.baca',
        subject: `${opd.id} ${month}`,
        count: sheet.people.length,
        scope: { kind: 'opd', id: opd.id },
      });
      return {
        plan: headOf(plan, opd),
        sheet: await sheets.shownTo(tx, person, sheet),
        marks: marksOf(sheet, rows),
        violations: said(sheet, violationsOf(sheet), overrides, language),
        overrides: overrides.map(overrideView),
        steps: (await store.stepsOf(tx, plan.id)).map((row) => ({ ...row, at: row.at.toISOString() })),
        revisions: (await store.revisionsOf(tx, plan.id)).map((row) => ({ ...row, at: row.at.toISOString() })),
        may: {
          edit: (who.prepares || who.isHead) && isEdited(plan),
          override: who.isHead && isJudged(plan),
          absences: who.prepares,
          acts: actsOf(plan, who),
        },
        serverTime: clock.now().toISOString(),
      };
    });
  }

  async function cellsSince(person: SignedIn, planId: string, since: number) {
    const plan = (await store.planById(sql, planId)) ?? refuse('not_found');
    const opd = await managed(sql, person, plan.opdId);
    const rows = await store.cellsSince(sql, planId, since);
    const cells = rows.map(({ personId, date, code, shift, source }) => ({ personId, date, code, shift, mark: MARKS[source] }));
    const outside = plan.version - since > (await store.editsBetween(sql, planId, since, plan.version));
    return { plan: headOf(plan, opd), cells, outside, serverTime: clock.now().toISOString() };
  }

  /** What is planned beside what is in force, leave aside: that changes days by itself. */
  async function changes(person: SignedIn, planId: string): Promise<{ changes: PlanChange[] }> {
    return sql.begin('isolation level repeatable read', async (tx) => {
      const plan = (await store.planById(tx, planId)) ?? refuse('not_found');
      const opd = await managed(tx, person, plan.opdId);
      if (plan.revision === null) return { changes: [] };
      const { sheet } = await inForce(tx, { plan, opd });
      const planned = cellsMap(await store.plannedOf(tx, planId));
      return {
        changes: sheet.people.flatMap(({ id, name, absences }) =>
          sheet.days.flatMap(({ date }, day): PlanChange[] => {
            const [was, becomes] = [sheet.cells[id]?.[day] ?? null, planned.get(id)?.get(date) ?? null];
            if (isSame(was, becomes) || absences.some(({ from, until }) => from <= date && date <= until)) return [];
            return [
              { personId: id, name, date, was: was && { code: was.code, shift: was.shift }, becomes: becomes && { code: becomes.code, shift: becomes.shift } },
            ];
          }),
        ),
      };
    });
  }

  return { list, waiting, view, cellsSince, changes };
}

export function said(
  sheet: PlanSheet,
  violations: readonly Violation[],
  overrides: readonly Pick<Violation, 'key' | 'figures'>[],
  language: Language,
): SaidViolation[] {
  const ruleOf = new Map(sheet.rules.map((applied) => [applied.id, applied]));
  return violations.map((violation) => ({
    violation,
    place: violationPlace(violation, sheet, language),
    text: violationText(violation, ruleOf.get(violation.ruleId) ?? null, language),
    overridden: isOverridden(violation, overrides),
  }));
}

const MARKS: Record<CellSource, string> = { tangan: 't', salin: 's', isi: 'i', generator: 'g', tukar: 'x', koreksi: 'k' };
function marksOf({ people, days }: PlanSheet, rows: readonly store.PlannedCell[]): Record<string, string> {
  const dayOf = new Map(days.map(({ date }, day) => [date, day]));
  const marks = new Map(people.map(({ id }) => [id, days.map(() => '.')]));
  for (const { personId, date, code, source } of rows) {
    const [line, day] = [marks.get(personId), dayOf.get(date)];
    if (line && day !== undefined && code !== null) line[day] = MARKS[source];
  }
  return Object.fromEntries([...marks].map(([id, line]) => [id, line.join('')]));
}
