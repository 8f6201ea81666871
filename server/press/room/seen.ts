// Who is in a press room, as the media server last told.
import type { Tx } from '../../platform/database.ts';
import type { Rooms } from '../../rooms/index.ts';
import { crewMember, type Conf, type Press } from '../index.ts';
import { wordOf } from './rule.ts';

export type Seen = ReturnType<typeof createSeen>;

export function createSeen({ press, rooms }: { press: Pick<Press, 'crewOf'>; rooms: Pick<Rooms, 'membersInside' | 'watchersIn' | 'published'> }) {
  const insideOf = async (tx: Tx, { roomId }: Conf): Promise<Set<string>> => new Set(roomId === null ? [] : await rooms.membersInside(tx, roomId));
  const watching = async (tx: Tx, { roomId }: Conf): Promise<Set<string>> =>
    new Set(roomId === null ? [] : (await rooms.watchersIn(tx, roomId)).map((w) => w.member));
  const journalistsOf = (inside: ReadonlySet<string>): number => [...inside].filter((member) => member.startsWith('j_')).length;

  async function counts(tx: Tx, conf: Conf): Promise<{ viewers: number; journalists: number }> {
    const [viewers, inside] = await Promise.all([watching(tx, conf), insideOf(tx, conf)]);
    return { viewers: viewers.size, journalists: journalistsOf(inside) };
  }

  /** What the page shows of those who are there: the crew one by one, the others as figures. */
  async function present(tx: Tx, conf: Conf) {
    const [crew, viewers, inside] = await Promise.all([press.crewOf(tx, conf.id), watching(tx, conf), insideOf(tx, conf)]);
    return { crew: crew.map((one) => crewMember(one, inside)), viewers: viewers.size, journalists: journalistsOf(inside) };
  }

  /** Is a speaker's microphone, or the interpreter's camera, really on? null: the media server did not say. */
  async function published(tx: Tx, conf: Conf): Promise<boolean | null> {
    const sent = conf.roomId === null ? new Map<string, Set<string>>() : await rooms.published(conf.roomId).catch(() => null);
    if (sent === null) return null;
    const sends = (member: string | null, source: string): boolean => member !== null && sent.get(member)?.has(source) === true;
    return (await press.crewOf(tx, conf.id)).some(
      ({ role, member }) => (wordOf[role] === 'speaker' && sends(member, 'microphone')) || (role === 'jbi' && sends(member, 'camera')),
    );
  }

  return { insideOf, watching, counts, present, published };
}
