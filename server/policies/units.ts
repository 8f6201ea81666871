// The tree of units as policies ask of it. Pure.
import type { Zone } from '../../shared/people.ts';
import type { People } from '../people/index.ts';

export type Units = Awaited<ReturnType<People['opds']>>;
export const REGION_ZONE: Zone = 'Asia/Jakarta';

/** `opdId` null: the whole region. */
export const zoneOf = (units: Units, opdId: string | null): Zone => units.find(({ id }) => id === opdId)?.zone ?? REGION_ZONE;
export const nameOf = (units: Units, id: string): string => units.find((unit) => unit.id === id)?.name ?? '';
export const isOpd = (units: Units, opdId: string): boolean => units.some(({ id, kind }) => id === opdId && kind === 'opd');
/** A unit and all below it; a unit comes after the one above it. */
export function below<U extends { id: string; parentId: string | null }>(units: readonly U[], top: string): U[] {
  const found = new Set([top]);
  for (const unit of units) if (unit.parentId !== null && found.has(unit.parentId)) found.add(unit.id);
  return units.filter(({ id }) => found.has(id));
}
