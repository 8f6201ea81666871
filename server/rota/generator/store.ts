// SQL of rosters drawn up.
import type { ConflictPart, GeneratedCell, GeneratorFigures, GeneratorProgress, GeneratorState } from '../../../shared/rota-generator.ts';
import type { Tx } from '../../platform/database.ts';

export type Job = {
  id: string;
  planId: string;
  version: number;
  state: GeneratorState;
  seed: number;
  from: string;
  until: string;
  keepHandSet: boolean;
  byName: string | null;
  startedAt: Date;
  progress: GeneratorProgress | null;
  figures: GeneratorFigures | null;
  conflict: ConflictPart[];
  cells: GeneratedCell[];
  takenAt: Date | null;
};

const columns = (tx: Tx) => tx`
  id, plan_id as "planId", version, state, seed, from_day as "from", until_day as "until", keep_hand_set as "keepHandSet", by_name as "byName",
  started_at as "startedAt", progress, figures, conflict, cells, taken_at as "takenAt"`;
export const newest = async (tx: Tx, planId: string): Promise<Job | null> =>
  (await tx<Job[]>`select ${columns(tx)} from rota.generation where plan_id = ${planId} order by started_at desc, id limit 1`)[0] ?? null;
export const jobById = async (tx: Tx, id: string): Promise<Job | null> =>
  (await tx<Job[]>`select ${columns(tx)} from rota.generation where id = ${id}`)[0] ?? null;
export const lockJob = async (tx: Tx, id: string): Promise<Job | null> =>
  (await tx<Job[]>`select ${columns(tx)} from rota.generation where id = ${id} for update`)[0] ?? null;

/** Null: one is running for this plan. */
export const insertJob = async (
  tx: Tx,
  job: Pick<Job, 'planId' | 'version' | 'seed' | 'from' | 'until' | 'keepHandSet' | 'byName'> & { byId: string; at: Date },
): Promise<Job | null> =>
  (
    await tx<Job[]>`
      insert into rota.generation (plan_id, version, state, seed, from_day, until_day, keep_hand_set, by_id, by_name, started_at, seen_at)
      values (${job.planId}, ${job.version}, 'berjalan', ${job.seed}, ${job.from}, ${job.until}, ${job.keepHandSet}, ${job.byId}, ${job.byName}, ${job.at}, ${job.at})
      on conflict (plan_id) where state = 'berjalan' do nothing returning ${columns(tx)}`
  )[0] ?? null;

/** False: it is over, by whoever ended it. */
export const beat = async (tx: Tx, id: string, progress: GeneratorProgress | null, at: Date): Promise<boolean> =>
  (await tx`update rota.generation set progress = ${tx.json(progress)}, seen_at = ${at} where id = ${id} and state = 'berjalan'`).count > 0;

type End = { state: GeneratorState; figures?: GeneratorFigures | null; conflict?: ConflictPart[]; cells?: GeneratedCell[]; why?: string | null };
export const endJob = async (tx: Tx, id: string, { state, figures = null, conflict = [], cells = [], why = null }: End): Promise<boolean> =>
  (
    await tx`
      update rota.generation set state = ${state}, figures = ${tx.json(figures)}, conflict = ${tx.json(conflict)}, cells = ${tx.json(cells)}, why = ${why}
      where id = ${id} and state = 'berjalan'`
  ).count > 0;
/** Those whose portal has been silent. */
export const endSilent = async (tx: Tx, planId: string, before: Date): Promise<void> =>
  void (await tx`update rota.generation set state = 'gagal', why = 'silent' where plan_id = ${planId} and state = 'berjalan' and seen_at < ${before}`);

export const take = async (tx: Tx, id: string, at: Date): Promise<void> => void (await tx`update rota.generation set taken_at = ${at} where id = ${id}`);
