// Units as a list for a select: parents first, sub-units indented.
import type { Opd } from '../../shared/people.ts';

/** The OPD at the top of the tree above a unit. */
export function topUnit(units: readonly Opd[], id: string): string {
  const parent = units.find((unit) => unit.id === id)?.parentId;
  return parent ? topUnit(units, parent) : id;
}

export type UnitOption = { value: string; label: string };

export function unitOptions(units: readonly Opd[], onlyOpds = false): UnitOption[] {
  const under = (parent: string | null, depth: number): UnitOption[] =>
    units
      .filter((unit) => unit.parentId === parent)
      .flatMap((unit) => [{ value: unit.id, label: `${'\u2003'.repeat(depth)}${unit.name}` }, ...(onlyOpds ? [] : under(unit.id, depth + 1))]);
  return under(null, 0);
}
