// Who somebody is to the OPD of a plan, and the plan as it stands: held, as it is planned, as it is in force.
import type { PlanCell, PlanHead } from '../../shared/rota.ts';
import type { Opd } from '../../shared/people.ts';
import type { People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { dayIn } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import { actsFor, type SignedIn } from '../platform/serve.ts';
import * as absenceStore from './absence-store.ts';
import { firstOf, fixedUntil, lastOf, type Standing } from './plan.ts';
import type { Content, Publishing } from './publishing.ts';
import type { Cells, createSheets, Made } from './sheet.ts';
import * as store from './store.ts';

export type PlanWorld = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'opds' | 'persons' | 'staffOf' | 'headsOf' | 'noteAccess'>;
  sheets: ReturnType<typeof createSheets>;
  publishing: Publishing;
};
export type PlanOffice = ReturnType<typeof createPlanOffice>;
export type Known = { plan: store.PlanRow; opd: Opd; who: Standing };

export function createPlanOffice({ clock, people, sheets, publishing }: PlanWorld) {
  const byOf = ({ id, name }: Pick<SignedIn, 'id' | 'name'>): store.By => ({ id, name, at: clock.now() });
  const todayIn = ({ zone }: Pick<Opd, 'zone'>): string => dayIn(clock.now(), zone);

  /** Somebody else's OPD does not exist for the caller. */
  async function managed(tx: Tx, person: SignedIn, opdId: string): Promise<Opd> {
    const opd = person.managesOpds.includes(opdId) ? (await people.opds(tx)).find((o) => o.id === opdId && o.parentId === null) : undefined;
    return opd ?? refuse('not_found');
  }
  async function isHead(tx: Tx, person: Pick<SignedIn, 'id'>, opd: Opd): Promise<boolean> {
    const post = (await people.headsOf(tx, [opd.id], todayIn(opd))).get(opd.id);
    return post?.holders.some(({ personId }) => personId === person.id) ?? false;
  }
  const standing = async (tx: Tx, person: SignedIn, opd: Opd): Promise<Standing> => ({
    isHead: await isHead(tx, person, opd),
    prepares: actsFor(person, opd.id),
  });
  const mustPrepare = ({ isHead: heads, prepares }: Standing): void => (heads || prepares ? undefined : refuse('role.missing'));

  /** Held, so that whatever is decided is decided of what is there. */
  async function held(tx: Tx, person: SignedIn, planId: string): Promise<Known> {
    const plan = (await store.lockPlan(tx, planId)) ?? refuse('not_found');
    const opd = await managed(tx, person, plan.opdId);
    return { plan, opd, who: await standing(tx, person, opd) };
  }
  const headOf = (plan: store.PlanRow, opd: Opd): PlanHead => ({ ...plan, opdName: opd.name });
  const changed = async (tx: Tx, plan: store.PlanRow): Promise<void> =>
    tell(tx, [`opd:${plan.opdId}`], { type: 'rota.changed', opdId: plan.opdId, planId: plan.id, month: plan.month, version: plan.version });

  async function absencesIn(tx: Tx, opd: Opd, month: string): Promise<absenceStore.AbsenceRow[]> {
    const ids = (await people.staffOf(tx, opd.id)).map(({ id }) => id);
    return absenceStore.absencesOf(tx, ids, { from: firstOf(month), until: lastOf(month) });
  }
  /** As it is planned now. */
  async function made(
    tx: Tx,
    { plan, opd }: Pick<Known, 'plan' | 'opd'>,
    rows?: readonly store.PlannedCell[],
  ): Promise<Made & { absences: absenceStore.AbsenceRow[] }> {
    const absences = await absencesIn(tx, opd, plan.month);
    const cells = cellsMap(rows ?? (await store.plannedOf(tx, plan.id)));
    return { absences, ...(await sheets.make(tx, opd, plan.month, { cells, absences, livedUntil: fixedUntil(plan, todayIn(opd)) })) };
  }
  /** As it is in force. */
  async function inForce(tx: Tx, { plan, opd }: Pick<Known, 'plan' | 'opd'>): Promise<Made & { content: Content }> {
    const { content } = await publishing.newest(tx, plan);
    const given = { cells: publishedCells(content), absences: await absencesIn(tx, opd, plan.month), livedUntil: fixedUntil(plan, todayIn(opd)) };
    return { content, ...(await sheets.make(tx, opd, plan.month, given)) };
  }

  return { byOf, todayIn, managed, isHead, standing, mustPrepare, held, headOf, changed, made, inForce };
}

export const cellsMap = (rows: readonly store.NewCell[]): Map<string, Map<string, PlanCell>> => {
  const cells = new Map<string, Map<string, PlanCell>>();
  for (const { personId, date, code, shift } of rows)
    if (code) cells.set(personId, (cells.get(personId) ?? new Map<string, PlanCell>()).set(date, { code, shift }));
  return cells;
};
const publishedCells = (content: Content): Cells =>
  new Map(
    Object.entries(content.cells).map(([id, row]) => [
      id,
      new Map(row.flatMap((cell, day) => (cell ? [[content.days[day]?.date ?? '', { code: cell.code, shift: cell.shift }] as const] : []))),
    ]),
  );
