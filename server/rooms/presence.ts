// The presence log: what the media server told (webhooks), what its list showed (polls), what pages said (beats), when it ended
// (supervisor). Facts are appended; `rooms.session` is a projection that tells a witness what is new.
import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Meter } from '../platform/metrics.ts';
import type { Beats } from './beats.ts';
import { isViewer, parseIdentity, parseRecorder } from './identity.ts';
import type { Listed, LiveKit } from './livekit.ts';
import * as store from './store.ts';
import type { NewFact, Room, Session } from './store.ts';
import { begin, close, isPresence, keyOf, lastBeat, portalTime, ROOM_FINISHED, tell, type Told } from './telling.ts';

/** A session missing from this many polls in a row has left (livekit.md §9). */
const ABSENT_POLLS = 2;
/** Rooms asked about at the same time; and for how long one process polls before another may take over, seconds. */
const ASKED_TOGETHER = 8;
const TURN_SECONDS = 20;
const ROOMS_KNOWN = 10_000;

/** Who came or went, by room. */
export type PresenceListener = (tx: Tx, members: ReadonlyMap<string, readonly string[]>) => Promise<void>;
type Changed = (tx: Tx, members: ReadonlyMap<string, readonly string[]>) => Promise<void>;
type World = {
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  beats: Beats;
  changed: Changed;
  /** ms the media server is ahead; 0 = as good as not. */ offset: () => number;
  meter?: Pick<Meter, 'stored' | 'repaired'>;
};

/** Tells each listener once; members once. */
export const newsTo =
  (listeners: readonly PresenceListener[]): Changed =>
  async (tx, members) => {
    const some = new Map([...members].filter(([, of]) => of.length > 0).map(([roomId, of]) => [roomId, [...new Set(of)]]));
    if (some.size > 0) await Promise.all(listeners.map(async (listener) => listener(tx, some)));
  };

export function createPresence({ sql, clock, log, beats, changed, offset, meter }: World) {
  const holder = randomUUID();
  /** A room's name is never used again, and never changes. */
  const roomIds = new Map<string, string>();

  async function findRooms(names: readonly string[]): Promise<void> {
    const unknown = [...new Set(names)].filter((name) => !roomIds.has(name));
    if (unknown.length === 0) return;
    if (roomIds.size > ROOMS_KNOWN) roomIds.clear();
    for (const { id, name } of await store.roomIdsByName(sql, unknown)) roomIds.set(name, id);
  }

  /**
   * Webhooks in the order they came, in one transaction: each stored once, by its event id; true where it was new. Unknown
   * rooms and helpers are nobody's business.
   */
  async function noteEvents(all: readonly Told[]): Promise<boolean[]> {
    await findRooms(all.map((told) => told.event.room));
    const ours = all.filter((told) => isPresence(told) && roomIds.has(told.event.room));
    if (ours.length === 0) return all.map(() => false);
    const roomOf = ({ event }: Told): string => roomIds.get(event.room) ?? '';
    const rooms = [...new Set(ours.map(roomOf))];
    const { fresh, missed } = await sql.begin(async (tx) => {
      // Sent together and done one after the other: what is read is what holds under the lock.
      const [, told, known] = await Promise.all([
        store.lockPresence(tx, rooms),
        store.knownEvents(
          tx,
          ours.map((t) => t.event.id),
        ),
        store.sessions(tx, {
          roomIds: rooms,
          sids: ours.flatMap((t) => t.event.sid ?? []),
          allOpenIn: ours.filter((t) => t.event.event === ROOM_FINISHED).map(roomOf),
        }),
      ]);
      const sessions = new Map(known.map((s) => [keyOf(s.roomId, s.sid), s]));
      const facts: NewFact[] = [];
      const joined: store.Joined[] = [];
      const members = new Map<string, string[]>();
      const fresh = new Set<Told>();
      for (const one of ours) {
        if (told.has(one.event.id)) continue;
        told.add(one.event.id);
        const roomId = roomOf(one);
        const said = tell(one, roomId, sessions, beats.lastOf);
        facts.push(...said.facts);
        members.set(roomId, [...(members.get(roomId) ?? []), ...said.members]);
        if (said.joined) joined.push({ roomId, ...said.joined });
        fresh.add(one);
      }
      if (fresh.size === 0) return { fresh, missed: [] };
      const [again] = await Promise.all([
        joined.length > 0 ? store.markUnapplied(tx, joined) : { marked: 0, missed: [] },
        store.insertFacts(tx, facts),
        store.saveSessions(tx, [...sessions.values()]),
        changed(tx, members),
      ]);
      if (again.marked > 0) await store.wake(tx);
      return { fresh, missed: again.missed };
    });
    const committedAt = clock.now().getTime();
    for (const told of fresh) meter?.stored(committedAt - portalTime(told, told.event.at).at.getTime());
    if (missed.length > 0) await applyAgain(missed);
    return all.map((told) => fresh.has(told));
  }

  /** Their rights were being applied while they joined: once more, when that is done. */
  async function applyAgain(missed: readonly store.Joined[]): Promise<void> {
    await store.markApplying(sql, missed).then(
      () => store.wake(sql),
      (error: unknown) => log.warn({ err: error }, 'rights of somebody who joined were not applied again'),
    );
  }

  /**
   * The list of one room, asked for at this time, against the log. Answers identities that belong to nobody, and those who are
   * hidden without being viewers or the room's own recorder: they are to be removed.
   */
  async function noteList(room: Room, list: readonly Listed[], askedAt: Date): Promise<string[]> {
    const strangers = await strangersIn(room, list);
    const here = list.filter((p) => p.counts && p.active);
    const watching = room.watched ? list.filter((p) => p.hidden && p.active && parseIdentity(p.identity) && belongs(room, p)) : null;
    const repairs = await sql.begin(async (tx) => {
      await store.lockPresence(tx, [room.id]);
      const known = new Map((await store.sessions(tx, { roomIds: [room.id], sids: here.map((p) => p.sid), allOpenIn: [room.id] })).map((s) => [s.sid, s]));
      const now = clock.now();
      const facts: NewFact[] = [];
      const touched: string[] = [];
      const listed = new Set<string>();
      for (const p of here) {
        const identity = parseIdentity(p.identity);
        if (!identity) continue;
        const who = { sid: p.sid, member: identity.member, device: identity.device };
        const fact = { roomId: room.id, source: 'poll' as const, ...who, reason: null, receivedAt: now };
        const session = known.get(p.sid);
        listed.add(p.sid);
        // LiveKit's own word that it ended came while its older list was on the way.
        if (session?.closedBy && session.closedBy !== 'absent') continue;
        if (!session) {
          const joined = portalTime({ offset: offset() }, p.joinedAt);
          facts.push({ ...fact, kind: 'joined', ...joined });
          known.set(p.sid, begin(room.id, who, joined.at, askedAt));
        } else if (session.closedAt) facts.push({ ...fact, kind: 'seen', at: askedAt });
        if (!session || session.closedAt) touched.push(identity.member);
        const seen = known.get(p.sid);
        if (seen) Object.assign(seen, { lastSeenAt: askedAt, absentPolls: 0, closedAt: null, closedBy: null });
      }
      for (const session of known.values()) {
        // Not those that came while the list was on its way.
        if (listed.has(session.sid) || session.closedAt || session.lastSeenAt > askedAt) continue;
        session.absentPolls += 1;
        if (session.absentPolls < ABSENT_POLLS) continue;
        facts.push(...absence(session, now));
        touched.push(session.member);
      }
      await store.insertFacts(tx, facts);
      await store.saveSessions(tx, [...known.values()]);
      if (watching) await noteWatching(tx, room.id, watching);
      await changed(tx, new Map([[room.id, touched]]));
      return facts;
    });
    for (const { source, kind } of repairs) if (source === 'poll') meter?.repaired(kind);
    return strangers;
  }

  async function strangersIn(room: Room, list: readonly Listed[]): Promise<string[]> {
    const strangers = list.filter((p) => !belongs(room, p));
    // A recording may have begun since the room was read.
    const mayBegin = strangers.some((p) => parseRecorder(p.identity) !== null);
    const recording = mayBegin ? ((await store.recordedRoom(sql, { roomId: room.id }))?.recording ?? null) : room.recording;
    return strangers.filter((p) => !belongs({ ...room, recording }, p)).map((p) => p.identity);
  }

  /** Those who watch unseen are nobody's presence: only how many there are is kept. */
  async function noteWatching(tx: Tx, roomId: string, watching: readonly Listed[]): Promise<void> {
    const known = new Set((await store.watchersIn(tx, roomId)).map((w) => w.sid));
    const now = new Map(watching.map((p) => [p.sid, parseIdentity(p.identity)?.member ?? '']));
    await store.saveWatchers(tx, roomId, {
      came: [...now].filter(([sid]) => !known.has(sid)).map(([sid, member]) => ({ sid, member })),
      gone: [...known].filter((sid) => !now.has(sid)),
    });
  }

  /** Gone when last seen, by the list or by its page before the list first missed it. */
  function absence(session: Session, now: Date): NewFact[] {
    const { roomId, sid, member, device, lastSeenAt, lastBeatAt } = session;
    const beat = lastBeatAt && lastBeatAt > lastSeenAt ? lastBeatAt : null;
    const at = beat ?? lastSeenAt;
    close(session, at, 'absent');
    return [...lastBeat(session, beat, at, now), { roomId, source: 'poll', kind: 'absent', sid, member, device, at, reason: null, receivedAt: now }];
  }

  /**
   * All living rooms, by one portal process at a time. Nothing is held while LiveKit is asked. A list that fails is no witness
   * and changes nothing.
   */
  async function poll(livekit: LiveKit): Promise<void> {
    const rooms = await store.livingRooms(sql);
    for (let n = 0; n < rooms.length; n += ASKED_TOGETHER) {
      if (!(await store.takePollTurn(sql, holder, TURN_SECONDS))) return;
      await Promise.all(
        rooms
          .slice(n, n + ASKED_TOGETHER)
          .map((room) => look(livekit, room).catch((error: unknown) => log.warn({ err: error, roomId: room.id }, 'room not polled'))),
      );
    }
    if (rooms.length > 0) await store.endPollTurn(sql, holder);
  }

  async function look(livekit: LiveKit, room: Room): Promise<void> {
    if (room.closedAt) {
      await livekit.deleteRoom(room.name);
      return store.markDeleted(sql, room.id, clock.now());
    }
    const askedAt = clock.now();
    const list = await livekit.list(room.name);
    for (const identity of await noteList(room, list, askedAt)) {
      log.warn({ roomId: room.id, identity }, 'put out of a room: unknown, or hidden without being a viewer or its recorder');
      await livekit.remove(room.name, identity);
    }
  }

  /** The media server ended at this moment: whoever was inside was inside until then. It never says so itself. */
  async function noteServerExit(at: Date): Promise<void> {
    await sql.begin(async (tx) => {
      const rooms = (await store.livingRooms(tx)).map((room) => room.id);
      await store.lockPresence(tx, rooms);
      await end(tx, rooms, at, (session) => session.joinedAt <= at, 'exit');
    });
  }

  async function noteClosed(tx: Tx, roomId: string, at: Date): Promise<void> {
    await store.lockPresence(tx, [roomId]);
    await end(tx, [roomId], at, () => true, 'room');
  }

  async function end(tx: Tx, rooms: readonly string[], at: Date, ends: (session: Session) => boolean, by: 'exit' | 'room'): Promise<void> {
    const now = clock.now();
    const open = (await store.sessions(tx, { roomIds: [], sids: [], allOpenIn: rooms })).filter(ends);
    const closed = new Set(by === 'room' ? rooms : open.map((s) => s.roomId));
    // The last list already missed them: they had gone before the room ended.
    const gone = by === 'room' ? open.filter((s) => s.absentPolls > 0) : [];
    await store.insertFacts(tx, [
      ...gone.flatMap((session) => absence(session, new Date(at.getTime() - 1))),
      ...(by === 'exit' ? open.flatMap((session) => lastBeat(session, beats.lastOf(session), at, now)) : []),
      ...[...closed].map((roomId) => whole(roomId, by === 'exit' ? 'server_exit' : 'room_closed', at, now)),
    ]);
    for (const session of open) if (!session.closedBy) close(session, at, by);
    await store.dropWatchers(tx, rooms);
    await store.saveSessions(tx, open);
    await changed(tx, membersByRoom(open));
  }

  return { noteEvents, poll, noteServerExit, noteClosed };
}

/** Somebody of ours, and seen, unless it is a viewer where anybody may watch; or the recorder of the recording that runs here, and silent. */
function belongs(room: Room, { identity, hidden, sources }: Listed): boolean {
  const recording = parseRecorder(identity);
  if (recording !== null) return hidden && sources.length === 0 && recording === room.recording;
  const member = parseIdentity(identity)?.member;
  return member !== undefined && hidden === isViewer(member) && (room.watched || !hidden);
}

function membersByRoom(sessions: readonly Session[]): Map<string, string[]> {
  const byRoom = new Map<string, string[]>();
  for (const { roomId, member } of sessions) byRoom.set(roomId, [...(byRoom.get(roomId) ?? []), member]);
  return byRoom;
}

const whole = (roomId: string, kind: 'server_exit' | 'room_closed', at: Date, receivedAt: Date): NewFact => ({
  roomId,
  source: 'supervisor',
  kind,
  sid: null,
  member: null,
  device: null,
  at,
  reason: null,
  receivedAt,
});
