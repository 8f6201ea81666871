// One of a series is changed: which others change with it, and to what. What one of them was given for itself, it keeps. Pure.
import type { Scope } from '../../shared/planning.ts';
import type { Plan } from '../meetings/index.ts';

export type One = Plan & { id: string; occursAt: Date | null; state: string; movedAlone: boolean };
const TEXTS = ['title', 'sifat', 'place', 'description'] as const;

/** Those that have not begun and whose hour has not passed; the one itself always. In the order of the rule. */
export function concerned(all: readonly One[], chosen: One, scope: Scope, now: Date): One[] {
  const from = Number(chosen.occursAt);
  return all
    .filter(
      (one) =>
        one.id === chosen.id || (scope !== 'ini' && one.state === 'terjadwal' && one.startsAt > now && (scope === 'semua' || Number(one.occursAt) >= from)),
    )
    .toSorted((a, b) => Number(a.occursAt) - Number(b.occursAt));
}

/** A start without an end moves the end along. */
export function whole(chosen: One, wanted: Partial<Plan>): Partial<Plan> {
  if (wanted.startsAt === undefined || wanted.endsAt !== undefined || chosen.endsAt === null) return wanted;
  return { ...wanted, endsAt: new Date(wanted.startsAt.getTime() + chosen.endsAt.getTime() - chosen.startsAt.getTime()) };
}

export const movesTime = (chosen: One, { startsAt, endsAt }: Partial<Plan>): boolean =>
  (startsAt !== undefined && Number(startsAt) !== Number(chosen.startsAt)) || (endsAt !== undefined && Number(endsAt) !== Number(chosen.endsAt));

/** What the others become when `chosen` becomes `wanted`: each stands as far from its place in the rule as the chosen one now does. */
export function changeFor(one: One, chosen: One, wanted: Partial<Plan>, movedToo: boolean): Partial<Plan> {
  if (one.id === chosen.id) return wanted;
  const texts = TEXTS.filter((key) => wanted[key] !== undefined && wanted[key] !== chosen[key] && one[key] === chosen[key]);
  const change: Partial<Plan> = Object.fromEntries(texts.map((key) => [key, wanted[key]]));
  if (!movesTime(chosen, wanted) || (one.movedAlone && !movedToo) || one.occursAt === null) return change;
  const start = wanted.startsAt ?? chosen.startsAt;
  const end = wanted.endsAt === undefined ? chosen.endsAt : wanted.endsAt;
  const startsAt = new Date(one.occursAt.getTime() + start.getTime() - Number(chosen.occursAt));
  return { ...change, startsAt, endsAt: end && new Date(startsAt.getTime() + end.getTime() - start.getTime()) };
}
