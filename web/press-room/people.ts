// Who is on stage and under which name: from the portal by member, never from the media server.
import type { PersonTile } from '../room/tiles.ts';
import type { Floor, Join, Room } from './visit.ts';

export type Card = { name: string; line: string; badge: string | null; role: 'narasumber' | 'moderator' | 'jbi' | 'pers' };

/** By member: the crew that is seen, and whoever has the floor. Operators are not on stage. */
export function cardsOf(room: Room | null, floor: Floor | null): Map<string, Card> {
  const cards = new Map<string, Card>();
  for (const turn of floor?.turns ?? []) cards.set(turn.member, { name: turn.name, line: turn.topic, badge: turn.outlet, role: 'pers' });
  for (const { member, role, name, label, opdName } of room?.crew ?? [])
    if (member !== null && role !== 'operator') cards.set(member, { name, line: label ?? opdName ?? '', badge: null, role });
  return cards;
}

export type Stood = { tile: PersonTile; card: Card };

/**
 * `jbi`: the interpreter whose picture is there, else one who is inside. `saves`: of the speakers only the cards. Whoever has the floor and
 * shows no picture is named below the stage, and takes no place on it from those who answer.
 */
export function standing(people: readonly PersonTile[], cards: ReadonlyMap<string, Card>, saves: boolean): { speakers: Stood[]; jbi: Stood | null } {
  const stood = people.flatMap((tile) => {
    const card = cards.get(tile.member);
    return card ? [{ tile, card }] : [];
  });
  const signers = stood.filter(({ card }) => card.role === 'jbi');
  const onStage = stood.filter(({ card }) => card.role !== 'jbi');
  const shown = saves ? onStage : onStage.filter(({ tile, card }) => card.role !== 'pers' || tile.camera !== null);
  return {
    speakers: (shown.length > 0 ? shown : onStage).map(({ tile, card }) => ({ tile: saves ? { ...tile, camera: null } : tile, card })),
    jbi: signers.find(({ tile }) => tile.camera !== null) ?? signers[0] ?? null,
  };
}

/** Who is heard, or was last and may go on: for where the stage itself is out of sight. */
export function heard(people: readonly PersonTile[], cards: ReadonlyMap<string, Card>): { name: string; now: boolean } | null {
  const [last] = people
    .filter(({ member, micOn, lastSpoke }) => micOn && lastSpoke > 0 && cards.has(member) && cards.get(member)?.role !== 'jbi')
    .sort((a, b) => Number(b.speaking) - Number(a.speaking) || b.lastSpoke - a.lastSpoke);
  const card = last && cards.get(last.member);
  return card ? { name: card.name, now: last.speaking } : null;
}

/** Who came to watch and is an accepted journalist since: as far as the media server knows, still one who watches. */
export const cameToWatch = (join: Join, you: Join['you']): boolean =>
  join.you.kind === 'penonton' && you.kind === 'jurnalis' && you.registration === 'diterima';

/** Operators and the moderator run the show. */
export const runsShow = ({ kind }: Join['you']): boolean => kind === 'operator' || kind === 'moderator';
