// The tree of units: OPD → bidang/bagian → seksi/subbagian.
import type { Opd } from '../../shared/people.ts';
import { refuse } from '../platform/refusal.ts';

/** A unit under its parent; `topId` = the OPD at the top. */
export type Unit = Opd & { topId: string; sort: number };
export type UnitInput = Omit<Opd, 'id'>;

/** Parents first, each followed by what is under it; then by order and name. */
export function inTreeOrder(units: readonly Unit[]): Unit[] {
  const under = new Map<string | null, Unit[]>();
  for (const unit of units) under.set(unit.parentId, [...(under.get(unit.parentId) ?? []), unit]);
  const walk = (parent: string | null): Unit[] =>
    (under.get(parent) ?? []).toSorted((a, b) => a.sort - b.sort || a.name.localeCompare(b.name, 'id')).flatMap((unit) => [unit, ...walk(unit.id)]);
  return walk(null);
}

/** Refuses a unit that does not fit under this parent. */
export function checkPlace(kind: Opd['kind'], parent: Unit | null): void {
  const fits = kind === 'opd' ? parent === null : parent !== null && (parent.kind === 'opd' || (kind === 'seksi' && parent.kind === 'bidang'));
  if (!fits) refuse('input.invalid', {}, [{ path: 'parentId', message: 'OPD berdiri sendiri; bidang di bawah OPD; seksi di bawah bidang atau OPD.' }]);
}
