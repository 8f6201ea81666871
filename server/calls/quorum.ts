// Units, and which of them are present: a unit is, as long as somebody who was rung for one of its seats is inside. Pure.
import type { Rung } from './call.ts';
import type { Seat } from './ladder.ts';

export type UnitNow = { unitId: string; unitName: string; personIds: string[]; present: boolean };

/** In the order of the seats. Seats without a unit, or for which nobody can be rung, make none. */
export function unitsOf(
  seats: readonly Seat[],
  rung: readonly Pick<Rung, 'seatId' | 'calleeId'>[],
  personOf: (calleeId: string) => string | undefined,
  isInside: (personId: string) => boolean,
): UnitNow[] {
  const units = new Map<string, UnitNow>();
  const seatById = new Map(seats.map((seat) => [seat.id, seat]));
  for (const { unitId, unitName, chain } of seats)
    if (unitId !== null && chain.length > 0 && !units.has(unitId)) units.set(unitId, { unitId, unitName, personIds: [], present: false });
  for (const { seatId, calleeId } of rung) {
    const unit = units.get(seatById.get(seatId)?.unitId ?? '');
    const personId = personOf(calleeId);
    if (!unit || personId === undefined) continue;
    if (!unit.personIds.includes(personId)) unit.personIds.push(personId);
    if (isInside(personId)) unit.present = true;
  }
  return [...units.values()];
}

/** More than half. */
export const defaultQuorum = (units: number): number => Math.floor(units / 2) + 1;
