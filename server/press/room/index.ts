// The press room: the crew's rights, the door, and the words other parts of the press set. What a page calls is in entering.ts.
import type { Right } from '../../../shared/meetings.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import type { Notices } from '../../people/index.ts';
import type { Rooms } from '../../rooms/index.ts';
import type { PressDesk } from '../desk/index.ts';
import { hasRoom, type Conf, type Press } from '../index.ts';
import { createEntering } from './entering.ts';
import { roomRoutes } from './routes.ts';
import { foremost, isSeen, isWatchable, wordOf } from './rule.ts';
import * as store from './store.ts';
import { createSeen } from './seen.ts';
import { createWho } from './who.ts';

type World = {
  sql: Sql;
  clock: Clock;
  press: Press;
  desk: PressDesk;
  rooms: Rooms;
  notices: Pick<Notices, 'stateFor' | 'mustBeTold'>;
  origin: string | null;
};
type LeaveListener = (tx: Tx, conf: Conf, member: string) => Promise<void>;
export type PressRoom = ReturnType<typeof createPressRoom>;

const ROOMS_KNOWN = 10_000;
const journalistMember = (id: string): string => `j_${id}`;

export function createPressRoom({ sql, clock, press, desk, rooms, notices, origin }: World) {
  const leaves: LeaveListener[] = [];
  const gone: LeaveListener = async (tx, conf, member) => {
    for (const listener of leaves) await listener(tx, conf, member);
  };
  const seen = createSeen({ press, rooms });
  const verbs = createEntering({ sql, clock, press, desk, rooms, notices, seen, identify: createWho({ press, desk, rooms }), gone });
  /** Which conference a room is of; null: it is a meeting's. Neither ever changes. */
  const known = new Map<string, string | null>();

  press.onState(async (tx, conf, from) => {
    if (hasRoom(conf.state) && !hasRoom(from)) await setCrew(tx, conf);
  });
  press.onCrew(setCrew);
  press.looksThrough({ published: async (conf) => seen.published(sql, conf) });
  desk.onDecided(async (tx, conf, { member }, { state }) => (isSeen(state) ? undefined : putOut(tx, conf, member)));
  desk.onPassEnded(async (tx, conf, id) => putOut(tx, conf, journalistMember(id)));
  rooms.addEntryCheck(mayEnter);
  rooms.onPresence(async (tx, members) => {
    const ofCrew = [...members].filter(([, of]) => of.some((member) => /^[pg]_/.test(member))).map(([roomId]) => roomId);
    for (const conf of (await confsOf(tx, ofCrew)).values()) {
      await press.clientLive(tx, conf.id, 'press.changed');
      await press.deskLive(tx, conf.id);
    }
  });

  async function confsOf(tx: Tx, roomIds: readonly string[]): Promise<Map<string, Conf>> {
    const asked = roomIds.filter((id) => known.get(id) !== null);
    if (asked.length === 0) return new Map();
    const found = await press.byRoom(tx, asked);
    if (known.size > ROOMS_KNOWN) known.clear();
    for (const id of asked) known.set(id, found.get(id)?.id ?? null);
    return found;
  }

  /** At the door, of every connection: what a token cannot know, because it lives on for minutes. */
  async function mayEnter(...[tx, roomId, { member, device, byLink }]: Parameters<Parameters<Rooms['addEntryCheck']>[0]>): Promise<boolean> {
    const conf = (await confsOf(tx, [roomId])).get(roomId);
    if (!conf || member.startsWith('p_')) return true;
    if (member.startsWith('v_')) return isWatchable(conf, clock.now());
    const id = member.slice(2);
    if (member.startsWith('g_')) {
      const guest = (await press.crewOf(tx, conf.id)).find((one) => one.guest && one.id === id);
      if (!guest || !byLink || !rooms.isOfVersion(device, guest.linkVersion)) return false;
      return press.claimLink(tx, guest.id, rooms.markOf(device), guest.linkVersion);
    }
    if (!isWatchable(conf, clock.now()) || !rooms.isOfVersion(device, await desk.passVersion(tx, id))) return false;
    return isSeen((await desk.registrationOf(tx, conf.id, id))?.state ?? null);
  }

  /** Everybody of the crew gets the word of their task, and who was taken off loses it. Whom a moderator took out stays out. */
  async function setCrew(tx: Tx, conf: Conf): Promise<void> {
    if (conf.roomId === null || !hasRoom(conf.state)) return;
    const { roomId } = conf;
    const crew = await press.crewOf(tx, conf.id);
    const members = new Map((await rooms.members(tx, roomId)).map((row) => [row.member, row]));
    const listed = new Set(crew.flatMap((one) => one.member ?? []));
    for (const member of listed) {
      const one = foremost(crew.filter((c) => c.member === member));
      if (!one) continue;
      const row = members.get(member);
      const word = wordOf[one.role];
      if (!row) await rooms.admit(tx, roomId, [{ member, personId: one.personId, name: one.name, word }]);
      else if (row.word !== word && row.removedAt === null) await rooms.setRight(tx, roomId, member, word);
    }
    const off = new Set((await store.takenOff(tx, conf.id)).map((id) => rooms.personMember(id)));
    for (const { member, word } of members.values())
      if (!listed.has(member) && word !== 'none' && (off.has(member) || member.startsWith('g_'))) await rooms.setRight(tx, roomId, member, 'none');
  }

  /** Who lost the registration or the pass goes out, and may come back by another ticket, if only to watch. */
  async function putOut(tx: Tx, conf: Conf, member: string): Promise<void> {
    if (conf.roomId === null || !hasRoom(conf.state)) return;
    // The conference before the right, as whoever gives the floor does it.
    const locked = await press.lock(tx, conf.id);
    const row = await rooms.standing(tx, conf.roomId, member);
    if (!row || row.word === 'none') return;
    await rooms.setRight(tx, conf.roomId, member, 'none');
    await gone(tx, locked, member);
  }

  /** A member's right, written now and told to the media server after commit (`applyNow`). False: not a member. */
  const setWord = async (tx: Tx, conf: Conf, member: string, word: Right): Promise<boolean> =>
    conf.roomId !== null && rooms.setRight(tx, conf.roomId, member, word);

  return {
    ...verbs,
    routes: roomRoutes(verbs, origin),
    setWord,
    insideOf: seen.insideOf,
    counts: seen.counts,
    /** Browsers that ever asked to watch. */
    watched: (tx: Tx, { id }: Conf) => store.countViewers(tx, id),
    applyNow: rooms.applyNow,
    /** Hears of a member who leaves on purpose, or is taken out, in that transaction, the conference locked. */
    onLeave: (listener: LeaveListener) => void leaves.push(listener),
  };
}
