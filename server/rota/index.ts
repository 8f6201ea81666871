// The roster of a month: plans, what is published of them, swaps, leave. What is published is what the day codes say.
import * as wire from '../../shared/rota.ts';
import type { Letters } from '../letters/index.ts';
import type { Notifications } from '../notifications/index.ts';
import type { People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { serve, type Route, type SignedIn } from '../platform/serve.ts';
import type { Roster } from '../roster/index.ts';
import { createAbsences } from './absences.ts';
import { firstOf } from './plan.ts';
import { createPlans } from './plans.ts';
import { createPublishing, type Publication } from './publishing.ts';
import { createRecap } from './recap.ts';
import { createSheets, daysBetween, type Sources } from './sheet.ts';
import { createSwaps } from './swaps.ts';
import * as store from './store.ts';
import * as swapStore from './swap-store.ts';

export type { Content, Publication } from './publishing.ts';
export type { LetterLine, LettersOf } from './recap-rows.ts';
export { differencesOf } from './publishing.ts';
export type Rota = ReturnType<typeof createRota>;

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'opds' | 'persons' | 'staffOf' | 'headsOf' | 'holdingsOf' | 'maskNip' | 'regionName' | 'noteAccess'>;
  roster: Pick<Roster, 'codesBetween' | 'setCodes' | 'onCodes'>;
  notifications: Pick<Notifications, 'notify'>;
  letters: Pick<Letters, 'signersOf'>;
  sources: Sources;
};
const SHARED: ReadonlySet<string> = new Set(['WFO', 'WFH', 'PIKET', 'LIBUR']);

export function createRota({ sql, clock, people, roster, notifications, letters, sources }: World) {
  const sheets = createSheets({ people, roster, sources });
  const publishing = createPublishing({ clock, roster, notifications });
  const plans = createPlans({ sql, clock, people, sheets, publishing });
  const swaps = createSwaps({ sql, people, notifications, plans, now: () => clock.now() });
  const absences = createAbsences({ sql, people, plans, publishing, now: () => clock.now() });
  const recap = createRecap({ sql, clock, people, plans, letters });
  roster.onCodes({ hold: plans.holdMonth, hear: plans.followCodes });

  /** The month in force, and every revision that led to it; null: nothing is published. */
  async function published(
    tx: Tx,
    opdId: string,
    month: string,
  ): Promise<{ plan: store.PlanRow; publication: Publication; revisions: wire.PlanRevision[] } | null> {
    const plan = await store.planOf(tx, opdId, month);
    if (!plan || plan.revision === null) return null;
    const revisions = (await store.revisionsOf(tx, plan.id)).map((row) => ({ ...row, at: row.at.toISOString() }));
    return { plan, publication: await publishing.newest(tx, plan), revisions };
  }
  /** One revision of a plan, as it was frozen; null: there is none, or retention has destroyed it. */
  const revision = (tx: Tx, planId: string, n: number): Promise<Publication | null> => store.publication(tx, planId, n);

  /** A letter is the basis of these published days: their day codes carry it; the plan's revision stays as it was frozen. */
  async function giveBasis(tx: Tx, byId: string | null, planId: string, lines: readonly { personId: string; date: string; basis: string }[]): Promise<void> {
    const plan = await store.lockPlan(tx, planId);
    if (!plan || plan.revision === null) return;
    const { content } = await publishing.newest(tx, plan);
    const changes = lines.flatMap(({ personId, date, basis }) => {
      const cell = content.cells[personId]?.[daysBetween(firstOf(plan.month), date)];
      return cell ? [{ personId, date, cell: { ...cell, basis } }] : [];
    });
    await publishing.writeCodes(tx, content, changes, byId);
  }

  async function mine(person: SignedIn, month: string) {
    const opd = (await people.opds(sql)).find(({ id }) => id === person.opdId);
    const known = opd ? await published(sql, opd.id, month) : null;
    const none = { month, planId: null, revision: null, state: null, days: [], colleagues: [], swaps: [] };
    const base = { today: opd ? plans.todayIn(opd) : clock.now().toISOString().slice(0, 10), serverTime: clock.now().toISOString() };
    if (!known) return { ...none, ...base };
    const { content } = known.publication;
    const own = content.people.find(({ id }) => id === person.id);
    const codes = await roster.codesBetween(sql, [person.id], firstOf(month), content.days.at(-1)?.date ?? firstOf(month));
    const rows = await swapStore.swapsOf(sql, { personId: person.id, opdId: null });
    return {
      ...base,
      month,
      planId: known.plan.id,
      revision: known.plan.revision,
      state: known.plan.state,
      days: content.days.map(({ date, kind, name }, day) => {
        const cell = content.cells[person.id]?.[day] ?? null;
        return { date, kind, name, code: cell?.code ?? null, shift: cell?.shift ?? null, basis: codes.get(person.id)?.get(day)?.basis ?? cell?.basis ?? null };
      }),
      colleagues: content.people
        .filter(({ id, unitId }) => id !== person.id && unitId === own?.unitId)
        .map(({ id, name, position }) => ({
          id,
          name,
          position,
          codes: (content.cells[id] ?? []).map((cell) => (cell && SHARED.has(cell.code) ? { code: cell.code, shift: cell.shift } : null)),
        })),
      swaps: await swaps.views(
        sql,
        rows.filter(({ planId }) => planId === known.plan.id),
        person,
      ),
    };
  }

  const routes: Route[] = [
    serve(wire.getRotaPlans, ({ person, params }) => plans.list(person, params.id)),
    serve(wire.getRota, async ({ person, params, query, language }) => ({ view: await plans.view(person, params.id, query.month, language) })),
    serve(wire.postRota, ({ person, params, body }) => sql.begin((tx) => plans.open(tx, person, params.id, body.month))),
    serve(wire.putRotaCells, ({ person, params, body }) => plans.putCells(person, params.id, body)),
    serve(wire.getRotaCells, ({ person, params, query }) => plans.cellsSince(person, params.id, query.since)),
    serve(wire.getRotaChanges, ({ person, params }) => plans.changes(person, params.id)),
    serve(wire.postRotaFill, ({ person, params, body }) => plans.fill(person, params.id, body)),
    serve(wire.postRotaStep, ({ person, params, body }) => plans.act(person, params.id, body)),
    serve(wire.putRotaOverride, ({ person, params, body }) => plans.override(person, params.id, body)),
    serve(wire.postRotaCorrection, ({ person, params, body }) => plans.correct(person, params.id, body)),
    serve(wire.getRotaSwaps, ({ person, query }) => swaps.list(person, query.opd)),
    serve(wire.postRotaSwap, ({ person, body }) => swaps.ask(person, body)),
    serve(wire.postRotaSwapStep, ({ person, params, body }) => swaps.act(person, params.id, body)),
    serve(wire.getAbsences, ({ person, params, query }) => absences.list(person, params.id, query)),
    serve(wire.postAbsence, ({ person, params, body, language }) => absences.enter(person, params.id, body, language)),
    serve(wire.postAbsenceRevoke, ({ person, params, body, language }) => absences.revoke(person, params.id, body.reason, language)),
    serve(wire.getMyRota, ({ person, query }) => mine(person, query.month)),
    ...recap.routes,
  ];

  return {
    routes,
    published,
    revision,
    giveBasis,
    /** What waits for whoever heads or keeps an OPD. */
    waiting: async (tx: Tx, opdId: string) => ({ plans: await plans.waiting(tx, opdId), swaps: await swapStore.waitingSwaps(tx, { opdId }) }),
    swapsToAnswer: (tx: Tx, personId: string): Promise<number> => swapStore.waitingSwaps(tx, { otherId: personId }),
    onPublished: publishing.onPublished,
    heedLetters: recap.heedLetters,
    planFor: plans.planFor,
    forGenerator: plans.forGenerator,
    putGenerated: plans.putGenerated,
    open: plans.open,
    fill: plans.fill,
    putCells: plans.putCells,
    act: plans.act,
    override: plans.override,
    correct: plans.correct,
    swap: swaps.ask,
    swapStep: swaps.act,
    enterAbsence: absences.enter,
  };
}
