// What the caller has chosen: the picker's choice, and with it saved groups, who is on duty, and the last call's people. Pure.
import type { BodyOf } from '../../../shared/endpoint.ts';
import type { CallDesk, postCall } from '../../../shared/calls.ts';
import type { Me } from '../../platform/session.tsx';
import { topOf, type Choice, type Directory } from '../../whom/choice.ts';

export type Whom = { choice: Choice; groups: readonly string[]; dutyOf: readonly string[]; lastCall: string | null };
type Asked = BodyOf<typeof postCall>['whom'];

/** A desk of somebody who may call. */
export type Callable = CallDesk & { as: [CallDesk['as'][number], ...CallDesk['as']] };

export const isEmpty = ({ choice, groups, dutyOf, lastCall }: Whom): boolean =>
  choice.positions.length + choice.units.length + choice.people.length + groups.length + dutyOf.length === 0 && lastCall === null;

export const asked = ({ choice, groups, dutyOf, lastCall }: Whom): Asked => ({
  positions: [...choice.positions],
  units: [...choice.units],
  people: choice.people.map((person) => person.id),
  groups: [...groups],
  dutyOf: [...dutyOf],
  ...(lastCall !== null && { lastCall }),
});

/** Posts of a level, of one OPD or of all. An empty one is called too: somebody stands in. The caller's own is not. */
export const postsAt = (known: Directory, me: Me, level: 'kepala_opd' | 'kabid', opdId?: string): string[] => {
  const own = new Set(me.positions.map((held) => held.positionId));
  return known.positions
    .filter((one) => one.level === level && !own.has(one.id) && (opdId === undefined || topOf(known, one.opdId) === opdId))
    .map((one) => one.id);
};

/** What can be kept under a name: groups are opened up, duty and the last call stay out. */
export function toKeep({ choice, groups }: Whom, desk: CallDesk): CallDesk['groups'][number]['choice'] {
  const parts = [
    { positions: [...choice.positions], units: [...choice.units], people: choice.people.map((person) => person.id) },
    ...desk.groups.filter((group) => groups.includes(group.id)).map((group) => group.choice),
  ];
  const all = (pick: (part: (typeof parts)[number]) => string[]): string[] => [...new Set(parts.flatMap(pick))];
  return { positions: all((part) => part.positions), units: all((part) => part.units), people: all((part) => part.people) };
}

/** More than half. */
export const usualQuorum = (units: number): number => Math.floor(units / 2) + 1;
