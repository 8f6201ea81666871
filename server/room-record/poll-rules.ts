// Rules of a poll: whose voice counts, who speaks for a seat, what comes out. Pure; time and chance are arguments.
import type { PollResult, PollState, PollVoters } from '../../shared/polls.ts';
import { refuse } from '../platform/refusal.ts';

export type Elector = {
  member: string;
  personId: string | null;
  name: string;
  badge: 'Tamu' | 'Pers' | null;
  /** Of the post, 0 the highest. */
  rank: number;
  position: { id: string; title: string } | null;
  unit: { key: string; name: string };
  /** Stands for this member by *disposisi*. */
  standsFor: string | null;
};
export type Seat = { seat: string; name: string; unitName: string; members: { member: string; rank: number }[] };
/** A vote as it was cast; of a seat the newest counts. */
export type Cast = { seat: string; seatName: string; unitName: string; member: string; rank: number; name: string; choices: number[] };

/** After everybody who holds the post or belongs to the unit. */
const DEPUTY = 1000;

/** Every voice there is, and who may speak for it. The press has none; guests have one of their own where people are counted, and stand for no post or unit. */
export function seatsOf(voters: PollVoters, electors: readonly Elector[]): Seat[] {
  const seats = new Map<string, Seat>();
  const byMember = new Map(electors.map((one) => [one.member, one]));
  for (const one of electors) {
    const principal = one.standsFor === null ? undefined : byMember.get(one.standsFor);
    const seat = seatFor(voters, one, voters === 'jabatan' ? principal : undefined);
    if (!seat) continue;
    const known = seats.get(seat.seat) ?? { ...seat, members: [] };
    known.members.push({ member: one.member, rank: principal ? DEPUTY + one.rank : one.rank });
    seats.set(seat.seat, known);
  }
  return [...seats.values()];
}

function seatFor(voters: PollVoters, one: Elector, principal: Elector | undefined): Omit<Seat, 'members'> | null {
  if (one.badge === 'Pers') return null;
  if (voters === 'hadir') return { seat: one.member, name: one.name, unitName: one.unit.name };
  if (one.badge !== null && !principal) return null;
  const of = principal ?? one;
  if (voters === 'unit') return { seat: of.unit.key, name: of.unit.name, unitName: of.unit.name };
  return of.position && { seat: of.position.id, name: of.position.title, unitName: of.unit.name };
}

export const seatOfMember = (seats: readonly Seat[], member: string): Seat | null =>
  seats.find((seat) => seat.members.some((one) => one.member === member)) ?? null;

/** The own vote may be changed; somebody else's only by whose post is higher. */
export function maySpeak(seat: Seat, member: string, cast: Pick<Cast, 'member' | 'rank'> | undefined): boolean {
  const own = seat.members.find((one) => one.member === member);
  return own !== undefined && (cast === undefined || cast.member === member || own.rank < cast.rank);
}

export function mustBeChoice(choices: readonly number[], { count, multiple }: { count: number; multiple: boolean }): number[] {
  const chosen = [...new Set(choices)].toSorted((a, b) => a - b);
  if (chosen.some((id) => id < 1 || id > count)) refuse('input.invalid', {}, [{ path: 'choices', message: `1–${count}` }]);
  if (!multiple && chosen.length !== 1) refuse('input.invalid', {}, [{ path: 'choices', message: 'satu pilihan saja' }]);
  return chosen;
}

/** What it is now: one whose time is over is closed, whether or not anybody has counted it yet. */
export const stateAt = ({ state, deadline }: { state: PollState; deadline: Date | null }, now: Date): PollState | 'habis' =>
  state === 'dibuka' && deadline !== null && deadline <= now ? 'habis' : state;

/** Who was there to vote, by unit. A seat counts where somebody for it is inside, or has voted; posts and units count whether or not they came. */
export function turnoutOf(
  voters: PollVoters,
  seats: readonly Seat[],
  inside: ReadonlySet<string>,
  voted: readonly Pick<Cast, 'seat' | 'unitName'>[],
): PollResult['turnout'] {
  const seatsVoted = new Set(voted.map(({ seat }) => seat));
  const units = new Map<string, { voted: number; of: number }>();
  const add = (unitName: string, has: boolean): void => {
    const unit = units.get(unitName) ?? { voted: 0, of: 0 };
    units.set(unitName, { voted: unit.voted + (has ? 1 : 0), of: unit.of + 1 });
  };
  const known = new Set<string>();
  for (const { seat, unitName, members } of seats) {
    known.add(seat);
    if (voters !== 'hadir' || seatsVoted.has(seat) || members.some(({ member }) => inside.has(member))) add(unitName, seatsVoted.has(seat));
  }
  // Whose invitation is gone has voted all the same.
  for (const { seat, unitName } of voted) if (!known.has(seat)) add(unitName, true);
  const all = [...units].map(([unitName, counts]) => ({ unitName, ...counts })).toSorted((a, b) => a.unitName.localeCompare(b.unitName, 'id'));
  return { voted: all.reduce((sum, unit) => sum + unit.voted, 0), of: all.reduce((sum, unit) => sum + unit.of, 0), units: all };
}

/** Votes by choice; with names where it is a named poll. */
export function countOf(
  choices: readonly { id: number; text: string }[],
  votes: readonly { choices: readonly number[]; by: string | null }[],
): PollResult['choices'] {
  return choices.map(({ id, text }) => {
    const of = votes.filter((vote) => vote.choices.includes(id));
    const who = of.flatMap(({ by }) => by ?? []);
    return { id, text, votes: of.length, who: who.length > 0 ? who.toSorted((a, b) => a.localeCompare(b, 'id')) : null };
  });
}

export const newestOf = <C extends { seat: string }>(casts: readonly C[]): C[] => [...new Map(casts.map((cast) => [cast.seat, cast])).values()];

/** The box of a secret poll as it is kept: every mark alone, in an order of chance. `draw(n)`: a whole number from 0 below n, each as likely. */
export function boxOf(votes: readonly (readonly number[])[], draw: (n: number) => number): number[] {
  const marks = votes.flat();
  for (let last = marks.length - 1; last > 0; last -= 1) {
    const other = draw(last + 1);
    [marks[last], marks[other]] = [marks[other]!, marks[last]!];
  }
  return marks;
}
