// Why there is no roster: first the fewest rules that cannot be kept together, then where and when they cannot.
import { NO_RULE } from '../../../shared/rota-rules.ts';
import type { ConflictPart } from '../../../shared/rota-generator.ts';
import type { Cause, Model, Row } from './model.ts';
import { grouped } from './order.ts';
import { rulesAlone, type Part } from './solving.ts';
import type { Solver } from './solver.ts';

const nameOf = ({ rule, house }: Cause): string => rule?.id ?? house ?? NO_RULE;
/** The places one circular's rule is broken at are told together, up to this many looks. */
const MOST_PLACES = 60;
const SEARCH_MS = 4_000;
/** Seconds for one look at whole people. */
const LOOK_SECONDS = 3;

/** `whole`: divided people would do, so every look is at whole ones. Empty: not found out in time. */
export async function conflictIn(
  model: Model,
  part: Part,
  { whole, solver, now }: { whole: boolean; solver: Solver; now: () => number },
): Promise<ConflictPart[]> {
  const until = now() + SEARCH_MS;
  const options = { time_limit: whole ? LOOK_SECONDS : 30 };
  const smallest = async (rows: readonly number[], keyOf: (row: Row) => string | null): Promise<number[] | null> => {
    const names = new Map<string, number>();
    const groups = Int32Array.from(rows, (n) => {
      const key = keyOf(model.rows[n]!);
      if (key === null) return -1;
      if (!names.has(key)) names.set(key, names.size);
      return names.get(key)!;
    });
    const found = await solver.conflict(rulesAlone(model, { ...part, rows: [...rows] }, whole), groups, options);
    const some = new Set(found);
    return found && rows.filter((_, at) => groups[at] === -1 || some.has(groups[at]!));
  };
  const causeOf = ({ cause }: Row): Cause | null => (cause < 0 ? null : model.causes[cause]!);

  const rules = await smallest(part.rows, (row) => (row.cause < 0 ? null : nameOf(causeOf(row)!)));
  if (rules === null) return [];
  const broken: Cause[] = [];
  for (let left = rules, n = 0; n < MOST_PLACES; n += 1) {
    const place = await smallest(left, (row) => (row.cause < 0 ? null : String(row.cause)));
    if (place === null) break;
    const causes = place.flatMap((at) => causeOf(model.rows[at]!) ?? []);
    if (causes.length === 0) break;
    broken.push(...causes);
    const gone = new Set(place.filter((at) => model.rows[at]!.cause >= 0));
    left = left.filter((at) => !gone.has(at));
    if (whole || now() > until) break;
  }
  return [...grouped(broken, nameOf).values()].map((causes) => told(model, causes)).toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
}

function told({ sheet, people, open }: Model, causes: readonly Cause[]): ConflictPart {
  const [{ rule, house }] = causes as [Cause];
  const days = [...new Set(causes.flatMap((cause) => cause.days))].toSorted((a, b) => a - b);
  const persons = new Set(causes.flatMap(({ person }) => (person === null ? [] : [person])));
  const units = new Set(causes.flatMap(({ unitId }) => (unitId === null ? [] : [unitId])));
  const away = (p: number, d: number): boolean => people[p]!.absences.some(({ from, until }) => from <= sheet.days[d]!.date && sheet.days[d]!.date <= until);
  const staysAt = (p: number, d: number): boolean => open[p]![d] === null && !away(p, d);
  const meant = persons.size > 0 ? [...persons] : people.flatMap(({ unitId }, p) => (isIn(sheet, unitId, units) ? [p] : []));
  return {
    kind: rule?.rule.kind ?? house ?? 'cuti',
    ruleId: rule?.id ?? null,
    policyNumber: rule?.policy.number ?? null,
    unitIds: [...units].toSorted(),
    personIds: [...persons].map((p) => people[p]!.id).toSorted(),
    dates: days.map((d) => sheet.days[d]!.date),
    shifts: [...new Set(causes.flatMap(({ shift }) => shift ?? []))],
    kept: meant.some((p) => days.some((d) => staysAt(p, d))),
  };
}

function isIn({ units }: Model['sheet'], unitId: string, some: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  for (let at: string | null = unitId; at !== null && !seen.has(at); at = units.find(({ id }) => id === at)?.parentId ?? null) {
    if (some.has(at)) return true;
    seen.add(at);
  }
  return false;
}
