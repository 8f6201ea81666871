// What stands large: what those who lead put there for everybody, else a shared screen, else (if one wishes) who spoke last.
import type { Spot } from '../../shared/moderation.ts';
import type { PersonTile, ScreenTile } from '../room/tiles.ts';

type Given<P, S> = { people: readonly P[]; screens: readonly S[]; view: 'grid' | 'speaker'; spotlight: readonly Spot[] };
/** `lit`: it is the same for everybody. */
type Front<P, S> = { screen: S | undefined; mains: P[]; lit: boolean };

export function inFront<P extends Pick<PersonTile, 'member' | 'you' | 'lastSpoke'>, S extends Pick<ScreenTile, 'member'>>({
  people,
  screens,
  view,
  spotlight,
}: Given<P, S>): Front<P, S> {
  const mains = spotlight.flatMap(({ member, what }) => (what === 'orang' ? people.filter((person) => person.member === member) : []));
  const screen = spotlight.flatMap(({ member, what }) => (what === 'layar' ? screens.filter((one) => one.member === member) : [])).at(-1);
  if (mains.length > 0 || screen) return { screen, mains, lit: true };
  const shared = screens.at(-1);
  if (shared || view === 'grid') return { screen: shared, mains: [], lit: false };
  const last = people.filter((person) => !person.you).toSorted((a, b) => b.lastSpoke - a.lastSpoke)[0];
  return { screen: undefined, mains: last ? [last] : [], lit: false };
}
