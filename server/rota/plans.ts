// Verbs of a plan: opened, drafted by several at once, decided by the head, published.
import { checkerOf, isOverridden, violationPlace, violationsOf, violationText } from '../../shared/rota-rules.ts';
import type { BodyOf } from '../../shared/endpoint.ts';
import type * as wire from '../../shared/rota.ts';
import type { CellSource, PlanAct, PlanCell, PlanChange, PlanHead, PlanSheet, PlanView, SaidViolation, Saved, Violation } from '../../shared/rota.ts';
import type { GeneratedCell } from '../../shared/rota-generator.ts';
import type { Opd } from '../../shared/people.ts';
import type { People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { addDays, dayIn, shortDateText } from '../platform/local-time.ts';
import { refuse, type Language } from '../platform/refusal.ts';
import { actsFor, type SignedIn } from '../platform/serve.ts';
import * as absenceStore from './absence-store.ts';
import { copied, emptyCells, filled, mustFit } from './cells.ts';
import { actsOf, firstOf, fixedUntil, isEdited, isJudged, lastOf, mustBeEdited, mustBeNear, notOpen, step, type Standing } from './plan.ts';
import { isSame, mustBeWhole, mustHold, overrideView, type Content, type Publishing } from './publishing.ts';
import { daysBetween, type Cells, type createSheets, type Made } from './sheet.ts';
import * as store from './store.ts';

export type PlanWorld = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'opds' | 'persons' | 'staffOf' | 'headsOf' | 'noteAccess'>;
  sheets: ReturnType<typeof createSheets>;
  publishing: Publishing;
};
export type Plans = ReturnType<typeof createPlans>;
type Known = { plan: store.PlanRow; opd: Opd; who: Standing };

export function createPlans({ sql, clock, people, sheets, publishing }: PlanWorld) {
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

  const cellsMap = (rows: readonly store.CellRow[]): Map<string, Map<string, PlanCell>> => {
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
  async function absencesIn(tx: Tx, opd: Opd, month: string): Promise<absenceStore.AbsenceRow[]> {
    const ids = (await people.staffOf(tx, opd.id)).map(({ id }) => id);
    return absenceStore.absencesOf(tx, ids, { from: firstOf(month), until: lastOf(month) });
  }
  /** As it is planned now. */
  async function made(
    tx: Tx,
    { plan, opd }: Pick<Known, 'plan' | 'opd'>,
    rows?: readonly store.CellRow[],
  ): Promise<Made & { absences: absenceStore.AbsenceRow[] }> {
    const absences = await absencesIn(tx, opd, plan.month);
    return { absences, ...(await sheets.make(tx, opd, plan.month, { cells: cellsMap(rows ?? (await store.cellsOf(tx, plan.id))), absences })) };
  }
  /** As it is in force. */
  async function inForce(tx: Tx, { plan, opd }: Pick<Known, 'plan' | 'opd'>): Promise<Made & { content: Content }> {
    const { content } = await publishing.newest(tx, plan);
    return { content, ...(await sheets.make(tx, opd, plan.month, { cells: publishedCells(content), absences: await absencesIn(tx, opd, plan.month) })) };
  }

  async function list(person: SignedIn, opdId: string) {
    const opd = await managed(sql, person, opdId);
    const plans = await store.plansOf(sql, opdId);
    return { plans: plans.map((plan) => headOf(plan, opd)), mayOpen: actsFor(person, opdId), serverTime: clock.now().toISOString() };
  }

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

  function said(
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

  async function view(person: SignedIn, opdId: string, month: string, language: Language): Promise<PlanView | null> {
    return sql.begin('isolation level repeatable read', async (tx) => {
      const opd = await managed(tx, person, opdId);
      const plan = await store.planOf(tx, opdId, month);
      if (!plan) return null;
      const rows = await store.cellsOf(tx, plan.id);
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
        fixedUntil: fixedUntil(plan, todayIn(opd)),
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
      const planned = cellsMap(await store.cellsOf(tx, planId));
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
      mustFit(cells, (await made(tx, { plan, opd }, now)).sheet, fixedUntil(plan, todayIn(opd)));
      return save(tx, { plan, by: byOf(person), version }, cells, { source: 'tangan', now });
    });

  const fill = (person: SignedIn, planId: string, { version, how, from, until, personIds }: BodyOf<typeof wire.postRotaFill>): Promise<Saved> =>
    sql.begin(async (tx) => {
      const { plan, opd } = await edited(tx, person, planId);
      const now = await store.cellsOf(tx, plan.id);
      const { sheet } = await made(tx, { plan, opd }, now);
      const fixed = fixedUntil(plan, todayIn(opd));
      const open = { from: laterOf(from ?? firstOf(plan.month), fixed === null ? '' : addDays(fixed, 1)), until: until ?? lastOf(plan.month), personIds };
      const where = emptyCells(sheet, open);
      if (how.kind === 'isi') return save(tx, { plan, by: byOf(person), version }, filled(where, how.code), { source: 'isi', now });
      const former = await store.cellsBetween(tx, opd.id, addDays(firstOf(plan.month), -7 * how.weeks), lastOf(plan.month));
      return save(tx, { plan, by: byOf(person), version }, copied(where, cellsMap(former), how.weeks), { source: 'salin', now });
    });

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
      } else await store.savePlan(tx, next);
      await store.insertStep(tx, plan.id, { act: said.act, words: said.words, revision: next.revision, by });
      await changed(tx, next);
      return headOf(next, opd);
    });

  /** What was changed since the revision in force is planned as it is published again. */
  async function backToPublished(tx: Tx, plan: store.PlanRow, opd: Opd, by: store.By): Promise<void> {
    const { content } = await publishing.newest(tx, plan);
    const planned = cellsMap(await store.cellsOf(tx, plan.id));
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
      fixedUntil: fixedUntil(plan, todayIn(opd)),
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
    mustFit(cells, (await made(tx, { plan, opd }, now)).sheet, fixedUntil(plan, todayIn(opd)));
    return save(tx, { plan, by: byOf(person), version }, cells, { source: 'generator', seed, now });
  }

  /** What these changes to what is in force would break that is not broken now. */
  function newlyBroken(
    sheet: PlanSheet,
    changes: readonly { personId: string; date: string; cell: PlanCell }[],
    overrides: readonly Pick<Violation, 'key' | 'figures'>[],
  ): Violation[] {
    const checker = checkerOf(sheet);
    const before = checker.violations();
    for (const { personId, date, cell } of changes) checker.put(personId, daysBetween(firstOf(sheet.month), date), cell);
    return checker.violations().filter((violation) => !isOverridden(violation, [...before, ...overrides]));
  }

  return {
    byOf,
    todayIn,
    managed,
    isHead,
    standing,
    changed,
    inForce,
    list,
    waiting,
    open,
    view,
    said,
    cellsSince,
    changes,
    putCells,
    fill,
    act,
    override,
    correct,
    amend,
    holdMonth,
    followCodes,
    planFor,
    forGenerator,
    putGenerated,
    newlyBroken,
  };
}

const MARKS: Record<CellSource, string> = { tangan: 't', salin: 's', isi: 'i', generator: 'g', tukar: 'x', koreksi: 'k' };
const laterOf = (a: string, b: string): string => (a > b ? a : b);

function marksOf({ people, days }: PlanSheet, rows: readonly store.CellRow[]): Record<string, string> {
  const dayOf = new Map(days.map(({ date }, day) => [date, day]));
  const marks = new Map(people.map(({ id }) => [id, days.map(() => '.')]));
  for (const { personId, date, code, source } of rows) {
    const [line, day] = [marks.get(personId), dayOf.get(date)];
    if (line && day !== undefined && code !== null) line[day] = MARKS[source];
  }
  return Object.fromEntries([...marks].map(([id, line]) => [id, line.join('')]));
}
const dayText = (date: string): string => shortDateText(new Date(`${date}T12:00:00Z`), 'Asia/Jakarta');
