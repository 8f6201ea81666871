// One job: from a sheet to a roster that was checked, or to the rules that cannot be kept together.
import { violationsOf } from '../../../shared/rota-rules.ts';
import type { ConflictPart, GeneratedCell, GeneratorFigures, GeneratorStage } from '../../../shared/rota-generator.ts';
import type { PlanSheet } from '../../../shared/rota.ts';
import { conflictIn } from './conflict.ts';
import { cellsOf, modelOf, type Cells, type Choice, type Model } from './model.ts';
import { evenly, levelsOf, partsOf, spreadOf, withLevels, type Part } from './solving.ts';
import { startSolver, SolverProblem } from './solver.ts';

export type Asked = Choice & { seconds: number };
export type Step = { stage: GeneratorStage; part: number; parts: number; best: number | null; bound: number | null };
export type Found =
  | { is: 'selesai'; figures: GeneratorFigures; cells: Cells; changed: GeneratedCell[] }
  | { is: 'mustahil'; conflict: ConflictPart[] }
  | { is: 'gagal'; why: string };
export type Handle = { found: Promise<Found>; end: () => Promise<void> };

/** The search ends here: a roster at most this far from the best is good enough. */
const GAP = 0.01;
const now = (): number => performance.now();

/** In a thread of its own; `end` rejects `found` with SolverStopped. The same sheet and choice give the same roster, unless its time was up (`gap` says so). */
export function generate(sheet: PlanSheet, asked: Asked, onStep: (step: Step) => void = () => {}): Handle {
  const starting = startSolver();
  const found = starting.then(async (solver) => {
    try {
      return await search(sheet, asked, onStep, solver);
    } catch (error) {
      if (error instanceof SolverProblem) return { is: 'gagal' as const, why: error.message };
      throw error;
    } finally {
      await solver.end();
    }
  });
  return { found, end: async () => (await starting).end() };
}

async function search(sheet: PlanSheet, asked: Asked, onStep: (step: Step) => void, solver: Awaited<ReturnType<typeof startSolver>>): Promise<Found> {
  const begun = now();
  onStep({ stage: 'menyusun', part: 0, parts: 0, best: null, bound: null });
  const model = modelOf(sheet, asked);
  const parts = partsOf(model);
  const values = new Float64Array(model.columns.length);
  const sums = { best: model.offset, bound: model.offset };
  const conflict: ConflictPart[] = [];
  for (const [n, part] of parts.entries()) {
    const tell = (stage: GeneratorStage, best: number | null = null, bound: number | null = null): void =>
      onStep({ stage, part: n + 1, parts: parts.length, best, bound });
    const why = async (whole: boolean): Promise<void> => {
      tell('mencari_sebab');
      conflict.push(...(await conflictIn(model, part, { whole, solver, now })));
    };
    tell('membagi');
    const divided = await solver.solve(evenly(model, part));
    if (!divided.values) {
      if (divided.status !== 'infeasible') return { is: 'gagal', why: divided.status };
      await why(false);
      continue;
    }
    if (conflict.length > 0) continue;
    tell('mencari');
    const left = Math.max(1, asked.seconds - (now() - begun) / 1000);
    const options = { time_limit: left, mip_rel_gap: GAP, random_seed: asked.seed };
    const whole = await solver.solve(withLevels(model, part, levelsOf(model, part, divided.values)), options, ({ best, bound }) =>
      tell('mencari', finite(best), finite(bound)),
    );
    if (whole.status === 'infeasible') await why(true);
    else if (!whole.values) return { is: 'gagal', why: whole.status };
    else put(values, part, whole.values);
    sums.best += whole.objective;
    sums.bound += whole.bound;
  }
  if (conflict.length > 0) return { is: 'mustahil', conflict };
  onStep({ stage: 'memeriksa', part: parts.length, parts: parts.length, best: sums.best, bound: sums.bound });
  const cells = cellsOf(model, values);
  const changed = changesOf(sheet, model, cells);
  const figures = {
    seconds: (now() - begun) / 1000,
    gap: Math.max(0, sums.best - sums.bound) / Math.max(Math.abs(sums.best), 1),
    violations: violationsOf({ ...sheet, cells }).length,
    changed: changed.length,
    spread: spreadOf(model, values),
  };
  return { is: 'selesai', figures, cells, changed };
}

const finite = (value: number | undefined): number | null => (value !== undefined && Math.abs(value) < 1e15 ? value : null);

function put(all: Float64Array, part: Part, values: ArrayLike<number>): void {
  for (const [n, at] of part.columns.entries()) all[at] = Math.round(values[n]!);
}

/** Open cells that would be another thing than they are now, in the order of the sheet. */
function changesOf(sheet: PlanSheet, { people, open }: Model, cells: Cells): GeneratedCell[] {
  const places = new Map(people.map(({ id }, p) => [id, p]));
  return sheet.people.flatMap(({ id: personId }) =>
    sheet.days.flatMap(({ date }, d): GeneratedCell[] => {
      const [is, was] = [cells[personId]?.[d], sheet.cells[personId]?.[d]];
      if (!is || !open[places.get(personId)!]![d] || (was?.code === is.code && was.shift === is.shift)) return [];
      return [{ personId, date, code: is.code, shift: is.shift }];
    }),
  );
}
