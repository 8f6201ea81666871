// A plan as it is drafted: opened, edited by several at once, filled, drawn up by the generator.
import type { BodyOf } from '../../shared/endpoint.ts';
import type * as wire from '../../shared/rota.ts';
import type { CellSource, PlanCell, PlanHead, Saved } from '../../shared/rota.ts';
import type { GeneratedCell } from '../../shared/rota-generator.ts';
import type { Tx } from '../platform/database.ts';
import { addDays } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import { copied, emptyCells, filled, mustFit } from './cells.ts';
import { firstOf, lastOf, mustBeEdited, mustBeNear } from './plan.ts';
import { cellsMap, type Known, type PlanOffice, type PlanWorld } from './plan-office.ts';
import { isSame } from './publishing.ts';
import * as store from './store.ts';

export function createPlanEditing({ sql, people }: PlanWorld, office: PlanOffice) {
  const { byOf, todayIn, managed, standing, mustPrepare, held, headOf, changed, made, inForce } = office;

  async function open(tx: Tx, person: SignedIn, opdId: string, month: string): Promise<PlanHead> {
    const opd = await managed(tx, person, opdId);
    mustPrepare(await standing(tx, person, opd));
    mustBeNear(month, todayIn(opd));
    const isNew = await store.insertPlan(tx, opdId, month, byOf(person));
    const plan = (await store.planOf(tx, opdId, month)) ?? refuse('not_found');
    if (isNew) {
      await store.insertStep(tx, plan.id, { act: 'buka', words: null, revision: null, by: byOf(person) });
      await changed(tx, plan);
    }
    return headOf(plan, opd);
  }

  /** What nobody else changed since the version seen; the rest comes back. */
  async function save(
    tx: Tx,
    { plan, by, version }: { plan: store.PlanRow; by: store.By; version: number },
    cells: readonly store.NewCell[],
    { source, seed = null, now }: { source: CellSource; seed?: number | null; now?: readonly store.CellRow[] },
  ): Promise<Saved> {
    const keyOf = ({ personId, date }: { personId: string; date: string }): string => `${personId} ${date}`;
    const known = new Map((now ?? (await store.cellsOf(tx, plan.id))).map((row) => [keyOf(row), row]));
    const wanted = [...new Map(cells.map((cell) => [keyOf(cell), cell])).values()];
    const planOf = ({ code, shift }: { code: PlanCell['code'] | null; shift: string | null }): PlanCell | null => (code === null ? null : { code, shift });
    const differing = wanted.filter((cell) => !isSame(planOf(cell), planOf(known.get(keyOf(cell)) ?? { code: null, shift: null })));
    const theirs = (cell: store.NewCell): store.CellRow | null => {
      const row = known.get(keyOf(cell));
      return row && row.version > version && row.byId !== by.id ? row : null;
    };
    const clashing = differing.filter((cell) => theirs(cell) !== null);
    const fresh = differing.filter((cell) => theirs(cell) === null);
    const names = await people.persons(tx, [...new Set(clashing.flatMap((cell) => theirs(cell)?.byId ?? []))]);
    const next = fresh.length === 0 ? plan : { ...plan, version: plan.version + 1 };
    if (fresh.length > 0) {
      await store.insertCells(tx, next, fresh, { source, seed, by });
      await store.savePlan(tx, next);
      await changed(tx, next);
    }
    return {
      version: next.version,
      saved: fresh.length,
      clashes: clashing.flatMap((cell) => {
        const row = theirs(cell);
        if (!row) return [];
        const { personId, date } = cell;
        return [{ personId, date, theirs: planOf(row), yours: planOf(cell), byName: names.get(row.byId ?? '')?.name ?? '–', at: row.at.toISOString() }];
      }),
    };
  }

  async function edited(tx: Tx, person: SignedIn, planId: string): Promise<Known> {
    const known = await held(tx, person, planId);
    mustPrepare(known.who);
    mustBeEdited(known.plan);
    return known;
  }

  const putCells = (person: SignedIn, planId: string, { version, cells }: BodyOf<typeof wire.putRotaCells>): Promise<Saved> =>
    sql.begin(async (tx) => {
      const { plan, opd } = await edited(tx, person, planId);
      const now = await store.cellsOf(tx, plan.id);
      mustFit(cells, (await made(tx, { plan, opd }, now)).sheet);
      return save(tx, { plan, by: byOf(person), version }, cells, { source: 'tangan', now });
    });

  const fill = (person: SignedIn, planId: string, { version, how, from, until, personIds }: BodyOf<typeof wire.postRotaFill>): Promise<Saved> =>
    sql.begin(async (tx) => {
      const { plan, opd } = await edited(tx, person, planId);
      const now = await store.cellsOf(tx, plan.id);
      const { sheet } = await made(tx, { plan, opd }, now);
      const open = {
        from: laterOf(from ?? firstOf(plan.month), sheet.livedUntil === null ? '' : addDays(sheet.livedUntil, 1)),
        until: until ?? lastOf(plan.month),
        personIds,
      };
      const where = emptyCells(sheet, open);
      if (how.kind === 'isi') return save(tx, { plan, by: byOf(person), version }, filled(where, how.code), { source: 'isi', now });
      const former = await store.cellsBetween(tx, opd.id, addDays(firstOf(plan.month), -7 * how.weeks), lastOf(plan.month));
      return save(tx, { plan, by: byOf(person), version }, copied(where, cellsMap(former), how.weeks), { source: 'salin', now });
    });

  /** For whoever prepares it, in whatever state it is. */
  async function planFor(tx: Tx, person: SignedIn, planId: string): Promise<{ opdId: string; version: number }> {
    const { opdId, version } = (await store.planById(tx, planId)) ?? refuse('not_found');
    mustPrepare(await standing(tx, person, await managed(tx, person, opdId)));
    return { opdId, version };
  }

  /** For the generator: what it draws up a roster of. */
  async function forGenerator(tx: Tx, person: SignedIn, planId: string) {
    const plan = (await store.planById(tx, planId)) ?? refuse('not_found');
    const opd = await managed(tx, person, plan.opdId);
    mustPrepare(await standing(tx, person, opd));
    mustBeEdited(plan);
    const rows = await store.cellsOf(tx, plan.id);
    const { sheet } = await made(tx, { plan, opd }, rows);
    const former = plan.revision === null ? null : await inForce(tx, { plan, opd });
    return {
      planId,
      opdId: opd.id,
      version: plan.version,
      sheet,
      handSet: new Set(rows.filter(({ code, source }) => code !== null && source !== 'generator').map(({ personId, date }) => `${personId} ${date}`)),
      former: former?.sheet.cells ?? null,
    };
  }
  async function putGenerated(
    tx: Tx,
    person: SignedIn,
    planId: string,
    { version, cells, seed }: { version: number; cells: readonly GeneratedCell[]; seed: number },
  ): Promise<Saved> {
    const { plan, opd } = await edited(tx, person, planId);
    if (plan.version !== version) refuse('rota.changed');
    const now = await store.cellsOf(tx, plan.id);
    mustFit(cells, (await made(tx, { plan, opd }, now)).sheet);
    return save(tx, { plan, by: byOf(person), version }, cells, { source: 'generator', seed, now });
  }

  return { open, putCells, fill, planFor, forGenerator, putGenerated };
}

const laterOf = (a: string, b: string): string => (a > b ? a : b);
