// Who has been chosen for an invitation or a call, and about how many people that is. Pure: the server resolves it for good.
import type { Level, Opd, Position } from '../../shared/people.ts';

export type Guest = { name: string; institution: string; email?: string };
export type Choice = { units: readonly string[]; positions: readonly string[]; people: readonly { id: string; name: string }[]; guests: readonly Guest[] };

export const nobody: Choice = { units: [], positions: [], people: [], guests: [] };
export const isNobody = (choice: Choice): boolean => choice.units.length + choice.positions.length + choice.people.length + choice.guests.length === 0;

export const toggled = (list: readonly string[], id: string): string[] => (list.includes(id) ? list.filter((one) => one !== id) : [...list, id]);

/** Units and positions as the tree needs them. */
export type Directory = {
  units: readonly Opd[];
  positions: readonly Position[];
  unit: ReadonlyMap<string, Opd>;
  under: ReadonlyMap<string | null, readonly Opd[]>;
  positionsOf: ReadonlyMap<string, readonly Position[]>;
};

export function directory(units: readonly Opd[], positions: readonly Position[]): Directory {
  return {
    units,
    positions,
    unit: new Map(units.map((unit) => [unit.id, unit])),
    under: grouped(units, (unit) => unit.parentId),
    positionsOf: grouped(positions, (position) => position.opdId),
  };
}

function grouped<T, K>(list: readonly T[], key: (one: T) => K): Map<K, T[]> {
  const map = new Map<K, T[]>();
  for (const one of list) {
    const known = map.get(key(one));
    if (known) known.push(one);
    else map.set(key(one), [one]);
  }
  return map;
}

/** Is this unit, or one above it, chosen? */
export function unitChosen(choice: Choice, known: Directory, id: string | null): boolean {
  for (let at = id; at !== null; at = known.unit.get(at)?.parentId ?? null) if (choice.units.includes(at)) return true;
  return false;
}

/** About how many people: holders of chosen positions and units, each once, chosen people and guests. */
export function estimate(choice: Choice, known: Directory): number {
  const people = new Set(choice.people.map((person) => person.id));
  for (const position of known.positions) {
    if (position.holderNow && (choice.positions.includes(position.id) || unitChosen(choice, known, position.opdId))) people.add(position.holderNow.personId);
  }
  return people.size + choice.guests.length;
}

export const asInvite = (choice: Choice) => ({
  units: [...choice.units],
  positions: [...choice.positions],
  people: choice.people.map((person) => person.id),
  guests: [...choice.guests],
});

/** The OPD at the top of a unit's branch. */
export function topOf(known: Directory, id: string): string {
  let at = id;
  for (let unit = known.unit.get(at); unit?.parentId; unit = known.unit.get(at)) at = unit.parentId;
  return at;
}

/** Positions of a level that somebody holds now, of one OPD or of all. */
export const holdersOf = (known: Directory, level: Level, opdId?: string): string[] =>
  known.positions
    .filter((one) => one.level === level && one.holderNow !== null && (opdId === undefined || topOf(known, one.opdId) === opdId))
    .map((one) => one.id);
