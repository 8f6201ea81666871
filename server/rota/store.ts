// SQL of plans: what was planned, done with a plan, let stand, published. Rows of people's days are only added.
import type { DayCode } from '../../shared/roster.ts';
import type { CellSource, PlanAct, PlanCell, PlanState } from '../../shared/rota.ts';
import type { JsonValue, Tx } from '../platform/database.ts';

export type PlanRow = { id: string; opdId: string; month: string; state: PlanState; version: number; revision: number | null };
/** Whoever does it, as it is kept. */
export type By = { id: string | null; name: string; at: Date };

const planColumns = (tx: Tx) => tx`id, opd_id as "opdId", month, state, version, revision`;
export const planOf = async (tx: Tx, opdId: string, month: string): Promise<PlanRow | null> =>
  (await tx<PlanRow[]>`select ${planColumns(tx)} from rota.plan where opd_id = ${opdId} and month = ${month}`)[0] ?? null;
export const planById = async (tx: Tx, id: string): Promise<PlanRow | null> =>
  (await tx<PlanRow[]>`select ${planColumns(tx)} from rota.plan where id = ${id}`)[0] ?? null;
/** Whoever changes a plan, or people's days in its month, holds it first. */
export const lockPlan = async (tx: Tx, id: string): Promise<PlanRow | null> =>
  (await tx<PlanRow[]>`select ${planColumns(tx)} from rota.plan where id = ${id} for update`)[0] ?? null;
export const plansOf = (tx: Tx, opdId: string) => tx<PlanRow[]>`
  select ${planColumns(tx)} from rota.plan where opd_id = ${opdId} order by month desc limit 60`;
/** Of several OPDs, by OPD. */
export const plansIn = async (tx: Tx, opdIds: readonly string[], month: string): Promise<Map<string, PlanRow>> =>
  new Map(
    (await tx<PlanRow[]>`select ${planColumns(tx)} from rota.plan where opd_id = any(${[...opdIds]}) and month = ${month}`).map((row) => [row.opdId, row]),
  );
/** All of these months, held, in their order. */
export const lockMonths = (tx: Tx, opdId: string, fromMonth: string, untilMonth: string) => tx<PlanRow[]>`
  select ${planColumns(tx)} from rota.plan where opd_id = ${opdId} and month between ${fromMonth} and ${untilMonth} order by month for update`;
export const insertPlan = async (tx: Tx, opdId: string, month: string, by: By): Promise<boolean> =>
  (await tx`insert into rota.plan (opd_id, month, opened_by, opened_at) values (${opdId}, ${month}, ${by.id}, ${by.at}) on conflict do nothing`).count > 0;
export const savePlan = async (tx: Tx, { id, state, version, revision }: PlanRow): Promise<void> =>
  void (await tx`update rota.plan set state = ${state}, version = ${version}, revision = ${revision} where id = ${id}`);

export type NewCell = { personId: string; date: string; code: DayCode | null; shift: string | null };
export type PlannedCell = NewCell & { source: CellSource };
export type CellRow = PlannedCell & { version: number; byId: string | null; at: Date };
const cellColumns = (tx: Tx) => tx`c.person_id as "personId", c.date, c.code, c.shift, c.source, c.version, c.by_id as "byId", c.at`;
/** The newest of each person and day. */
export const cellsOf = (tx: Tx, planId: string) => tx<CellRow[]>`
  select distinct on (c.person_id, c.date) ${cellColumns(tx)} from rota.cell c where c.plan_id = ${planId} order by c.person_id, c.date, c.id desc`;
/** The same, without who and when: one row a person, because a large month is read at once. */
export async function plannedOf(tx: Tx, planId: string): Promise<PlannedCell[]> {
  const rows = await tx<{ personId: string; cells: [date: string, code: DayCode | null, shift: string | null, source: CellSource][] }[]>`
    select person_id as "personId", json_agg(json_build_array(date, code, shift, source)) as cells
    from (select distinct on (person_id, date) person_id, date, code, shift, source from rota.cell where plan_id = ${planId}
      order by person_id, date, id desc) newest
    group by person_id`;
  return rows.flatMap(({ personId, cells }) => cells.map(([date, code, shift, source]) => ({ personId, date, code, shift, source })));
}
/** Those that changed after a version, as they are now. */
export const cellsSince = (tx: Tx, planId: string, version: number) => tx<CellRow[]>`
  select distinct on (c.person_id, c.date) ${cellColumns(tx)} from rota.cell c where c.plan_id = ${planId} and c.version > ${version}
  order by c.person_id, c.date, c.id desc`;
/** How many versions of a plan were edits of its cells and nothing else. */
export const editsBetween = async (tx: Tx, planId: string, after: number, until: number): Promise<number> =>
  (
    await tx<{ n: number }[]>`
      select count(distinct version)::int as n from rota.cell
      where plan_id = ${planId} and version > ${after} and version <= ${until} and source not in ('tukar', 'koreksi')`
  )[0]?.n ?? 0;
/** Of all plans of an OPD. */
export const cellsBetween = (tx: Tx, opdId: string, from: string, until: string) => tx<CellRow[]>`
  select distinct on (c.person_id, c.date) ${cellColumns(tx)} from rota.cell c join rota.plan p on p.id = c.plan_id
  where p.opd_id = ${opdId} and c.date between ${from} and ${until} order by c.person_id, c.date, c.id desc`;
export const insertCells = async (
  tx: Tx,
  plan: { id: string; version: number },
  cells: readonly NewCell[],
  { source, seed = null, by }: { source: CellSource; seed?: number | null; by: By },
): Promise<void> =>
  void (await tx`
    insert into rota.cell (plan_id, version, person_id, date, code, shift, source, seed, by_id, at)
    select ${plan.id}, ${plan.version}, c.person_id, c.date, c.code, c.shift, ${source}, ${seed}, ${by.id}, ${by.at}
    from unnest(${cells.map((c) => c.personId)}::uuid[], ${cells.map((c) => c.date)}::date[], ${cells.map((c) => c.code)}::text[], ${cells.map((c) => c.shift)}::text[])
      as c (person_id, date, code, shift)`);

export type StepRow = { act: string; words: string | null; revision: number | null; byName: string; at: Date };
export const stepsOf = (tx: Tx, planId: string) => tx<StepRow[]>`
  select act, words, revision, coalesce(by_name, '–') as "byName", at from rota.step where plan_id = ${planId} order by id`;
export const insertStep = async (
  tx: Tx,
  planId: string,
  { act, words, revision, by }: { act: 'buka' | PlanAct; words: string | null; revision: number | null; by: By },
): Promise<void> =>
  void (await tx`
    insert into rota.step (plan_id, act, words, revision, by_id, by_name, at)
    values (${planId}, ${act}, ${words}, ${revision}, ${by.id}, ${by.name}, ${by.at})`);

export type OverrideRow = { key: string; figures: Record<string, number>; words: string; reason: string; byName: string; at: Date };
/** Those in force. */
export const overridesOf = (tx: Tx, planId: string) => tx<OverrideRow[]>`
  select key, figures, coalesce(words, '') as words, reason, coalesce(by_name, '–') as "byName", at
  from (select distinct on (key) * from rota.override where plan_id = ${planId} order by key, id desc) newest where reason is not null order by id`;
export const insertOverride = async (
  tx: Tx,
  planId: string,
  { key, figures, words, reason, by }: { key: string; figures: Record<string, number>; words: string; reason: string | null; by: By },
): Promise<void> =>
  void (await tx`
    insert into rota.override (plan_id, key, figures, words, reason, by_id, by_name, at)
    values (${planId}, ${key}, ${tx.json(figures)}, ${words}, ${reason}, ${by.id}, ${by.name}, ${by.at})`);

/** How a cell was published: `under` is what was planned where leave lies over it, by that absence. */
export type PublishedCell = { code: DayCode; shift: string | null; basis: string; absence?: string; under?: PlanCell | null };
export type PublicationRow<C> = { planId: string; revision: number; content: C; sha256: string; why: string | null; byName: string; at: Date };
const publicationColumns = (tx: Tx) => tx`plan_id as "planId", revision, content, sha256, why, coalesce(by_name, '–') as "byName", at`;
export const publication = async <C>(tx: Tx, planId: string, revision: number): Promise<PublicationRow<C> | null> =>
  (
    await tx<
      PublicationRow<C>[]
    >`select ${publicationColumns(tx)} from rota.publication where plan_id = ${planId} and revision = ${revision} and content is not null`
  )[0] ?? null;
export const revisionsOf = (tx: Tx, planId: string) => tx<Omit<PublicationRow<never>, 'content' | 'planId'>[]>`
  select revision, sha256, why, coalesce(by_name, '–') as "byName", at from rota.publication where plan_id = ${planId} order by revision`;
export const insertPublication = async (
  tx: Tx,
  { planId, revision, content, sha256, why, by }: { planId: string; revision: number; content: object; sha256: string; why: string | null; by: By },
): Promise<void> =>
  void (await tx`
    insert into rota.publication (plan_id, revision, content, sha256, why, by_id, by_name, at)
    values (${planId}, ${revision}, ${tx.json(content as JsonValue)}, ${sha256}, ${why}, ${by.id}, ${by.name}, ${by.at})`);
