// Whom a rule is about, by places in a list of people. Written apart from shared/rota-rules.ts, which checks what the generator found.
import type { AppliedRule } from '../../../shared/policies.ts';
import type { PlanPerson, PlanSheet } from '../../../shared/rota.ts';

export type Group = { unitId: string; staff: number[] };

export function scopesOf({ units }: PlanSheet, people: readonly PlanPerson[]) {
  const parents = new Map(units.map(({ id, parentId }) => [id, parentId]));
  /** The unit and all above it on the sheet. */
  function pathOf(unitId: string): string[] {
    const path: string[] = [];
    for (let at: string | null | undefined = unitId; at && !path.includes(at); at = parents.get(at)) path.push(at);
    return path;
  }
  const paths = people.map(({ unitId }) => pathOf(unitId));
  const isAbove = (top: string, unitId: string): boolean => pathOf(unitId).includes(top);

  /** No unit named: the whole sheet. A unit below another named one is in it already. */
  function tops(named: readonly string[]): string[] {
    if (named.length === 0) return units.filter(({ parentId }) => parentId === null || !parents.has(parentId)).map(({ id }) => id);
    return [...new Set(named)].filter((id) => parents.has(id) && !named.some((other) => other !== id && isAbove(other, id)));
  }
  const about = ({ people: only }: AppliedRule, inside: readonly string[]): number[] =>
    people.flatMap(({ id }, p) => ((only === null || only.includes(id)) && inside.some((unit) => paths[p]!.includes(unit)) ? [p] : []));

  const staffOf = (rule: AppliedRule): number[] => about(rule, tops(rule.units));
  /** Where it is counted: each named unit; a cap in each unit of its kind there, or in the named ones together where there is none. */
  function groupsOf(applied: AppliedRule): Group[] {
    const { rule } = applied;
    const named = tops(applied.units);
    const each = named.map((unitId) => ({ unitId, staff: about(applied, [unitId]) }));
    if (rule.kind !== 'batas_hadir') return each;
    const counted = units.filter(({ id, kind }) => kind === rule.countedIn && named.some((top) => isAbove(top, id)));
    if (counted.length > 0) return counted.map(({ id }) => ({ unitId: id, staff: about(applied, [id]) }));
    return named.length > 0 ? [{ unitId: named[0]!, staff: about(applied, named) }] : [];
  }
  return { staffOf, groupsOf };
}
