// Names, place cards and hands from the portal's room view, keyed by member. Media never tells who somebody is.
import type { RoomPerson } from '../../shared/meetings.ts';
import type { MeetingRole } from '../../shared/moderation.ts';
import type { Room } from './portal.ts';

export type Card = {
  member: string;
  name: string;
  line: string;
  badge: 'Tamu' | 'Pers' | null;
  chair: boolean;
  /** What the person is in this meeting beside taking part, first what counts most. */
  roles: MeetingRole[];
  hand: number | null;
};

/** The line below a name. "Kepala Dinas Sosial" already says the OPD. */
export const lineOf = ({ position, opdName }: Pick<RoomPerson, 'position' | 'opdName'>): string =>
  (position !== null && opdName !== null && position.includes(opdName) ? [position] : [position, opdName]).filter(Boolean).join(' · ');

export const rolesOf = (view: Room, member: string): MeetingRole[] => view.moderation.roles.flatMap((one) => (one.member === member ? [one.role] : []));

/** The card of every member; `hand` is the place in the server's order, from 1. */
export function cardsOf(view: Room | null): Map<string, Card> {
  const hands = new Map(view?.hands.map((hand, i) => [hand.member, i + 1]));
  return new Map(
    view?.people.map((person) => [
      person.member,
      {
        member: person.member,
        name: person.name,
        line: lineOf(person),
        badge: person.badge,
        chair: person.chair,
        roles: rolesOf(view, person.member),
        hand: hands.get(person.member) ?? null,
      },
    ]),
  );
}

/** People as the list shows them: hands first in the server's order, then who is inside, then who is expected. */
export function listOf(view: Room): {
  hands: RoomPerson[];
  inside: RoomPerson[];
  invited: RoomPerson[];
} {
  const byMember = new Map(view.people.map((person) => [person.member, person]));
  const hands = view.hands.flatMap(({ member }) => byMember.get(member) ?? []);
  return {
    hands,
    inside: view.people.filter((person) => person.inside),
    invited: view.people.filter((person) => !person.inside),
  };
}
