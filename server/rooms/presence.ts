// The presence log: what the media server told (webhooks), what its list showed (polls), when it ended (supervisor).
// Facts are appended; `rooms.session` is a projection that tells a poll what is new. Keyed by session (sid), not person:
// after a reload LiveKit may report the new join before the old leave.
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { parseIdentity } from './identity.ts';
import type { Listed, LiveKit, MediaEvent } from './livekit.ts';
import * as store from './store.ts';
import type { Room } from './store.ts';

/** A session missing from this many polls in a row has left (livekit.md §9). */
const ABSENT_POLLS = 2;
const POLL_LOCK = 732_002;

export type PresenceListener = (tx: Tx, roomId: string, members: readonly string[]) => Promise<void>;
type World = { sql: Sql; clock: Clock; log: FastifyBaseLogger };

export function createPresence({ sql, clock, log }: World) {
  const listeners: PresenceListener[] = [];
  const changed = async (tx: Tx, roomId: string, members: readonly string[]): Promise<void> => {
    if (members.length > 0) for (const listener of listeners) await listener(tx, roomId, [...new Set(members)]);
  };

  /** One webhook: stored once, by its event id; true when it was new. Unknown rooms and helpers are nobody's business. */
  async function noteEvent(event: MediaEvent): Promise<boolean> {
    const kind = kinds[event.event];
    if (kind === undefined) return false;
    return sql.begin(async (tx) => {
      const room = await store.roomByName(tx, event.room);
      if (!room) return false;
      const now = clock.now();
      if (kind === 'room_closed') {
        const fresh = await store.insertFact(tx, {
          ...whole(room.id, 'webhook', kind, event.at, now),
          eventId: event.id,
        });
        if (fresh) await changed(tx, room.id, await store.closeAllSessions(tx, room.id, event.at));
        return fresh;
      }
      const identity = event.identity === null ? null : parseIdentity(event.identity);
      if (!identity || event.sid === null || !event.counts) return false;
      const session = { sid: event.sid, member: identity.member, device: identity.device };
      const at = kind === 'joined' ? (event.joinedAt ?? event.at) : event.at;
      const fact = {
        roomId: room.id,
        source: 'webhook' as const,
        kind,
        ...session,
        at,
        reason: event.reason,
        receivedAt: now,
      };
      if (!(await store.insertFact(tx, { ...fact, eventId: event.id }))) return false;
      // A leave carries its session's beginning: a join that was lost is mended here.
      if (kind === 'left' && event.joinedAt && (await store.sessionKnown(tx, room.id, event.sid)) === null)
        await store.insertFact(tx, { ...fact, kind: 'joined', at: event.joinedAt, reason: null });
      if (kind === 'joined') {
        await store.openSession(tx, room.id, { ...session, joinedAt: at }, now);
        await recheckRight(tx, room, identity.member, at);
      } else await store.closeSession(tx, room.id, session, at);
      await changed(tx, room.id, [identity.member]);
      return true;
    });
  }

  /** A right that changed while somebody was connecting is applied again: the token may have been older. */
  async function recheckRight(tx: Tx, room: Room, member: string, joinedAt: Date): Promise<void> {
    const row = await store.memberOf(tx, room.id, member);
    if (!row || (row.word !== 'none' && row.changedAt.getTime() < joinedAt.getTime() - 10_000)) return;
    await store.markUnapplied(tx, room.id, member);
    await store.wake(tx);
  }

  /** The list of one room against the log. Answers identities that belong to nobody: they are to be removed. */
  async function noteList(tx: Tx, room: Room, list: readonly Listed[], now: Date): Promise<string[]> {
    const open = new Map((await store.openSessions(tx, room.id)).map((s) => [s.sid, s]));
    const strangers: string[] = [];
    const touched: string[] = [];
    const here: string[] = [];
    for (const p of list) {
      const identity = parseIdentity(p.identity);
      if (!identity) {
        strangers.push(p.identity);
        continue;
      }
      if (!p.counts || !p.active) continue;
      here.push(p.sid);
      if (open.has(p.sid)) continue;
      const session = { sid: p.sid, member: identity.member, device: identity.device };
      const known = await store.sessionKnown(tx, room.id, p.sid);
      const fact = {
        roomId: room.id,
        source: 'poll' as const,
        ...session,
        reason: null,
        receivedAt: now,
      };
      if (known === 'closed') {
        await store.insertFact(tx, { ...fact, kind: 'seen', at: now });
        await store.reopenSession(tx, room.id, p.sid, now);
      } else {
        await store.insertFact(tx, { ...fact, kind: 'joined', at: p.joinedAt });
        await store.openSession(tx, room.id, { ...session, joinedAt: p.joinedAt }, now);
      }
      touched.push(identity.member);
    }
    await store.seen(tx, room.id, here, now);
    const missing = [...open.values()].filter((s) => !here.includes(s.sid));
    await store.notSeen(
      tx,
      room.id,
      missing.map((s) => s.sid),
    );
    for (const s of missing.filter((m) => m.absentPolls + 1 >= ABSENT_POLLS)) {
      await store.insertFact(tx, {
        roomId: room.id,
        source: 'poll',
        kind: 'absent',
        sid: s.sid,
        member: s.member,
        device: s.device,
        at: s.lastSeenAt,
        reason: null,
        receivedAt: now,
      });
      await store.closeSession(tx, room.id, s, s.lastSeenAt);
      touched.push(s.member);
    }
    await changed(tx, room.id, touched);
    return strangers;
  }

  /** All living rooms, by one portal process at a time. A list that fails is no witness and changes nothing. */
  async function poll(livekit: LiveKit): Promise<void> {
    await sql.begin(async (tx) => {
      const [lock] = await tx<{ mine: boolean }[]>`select pg_try_advisory_xact_lock(${POLL_LOCK}) as mine`;
      if (!lock?.mine) return;
      for (const room of await store.livingRooms(tx)) {
        if (room.closedAt) {
          await livekit.deleteRoom(room.name);
          await store.markDeleted(tx, room.id, clock.now());
          continue;
        }
        const list = await livekit.list(room.name).catch((error: unknown) => (log.warn({ err: error, roomId: room.id }, 'participant list failed'), null));
        if (!list) continue;
        for (const identity of await noteList(tx, room, list, clock.now())) await livekit.remove(room.name, identity);
      }
    });
  }

  /** The media server ended at this moment: whoever was inside was inside until then. It never says so itself. */
  async function noteServerExit(at: Date): Promise<void> {
    await sql.begin(async (tx) => {
      for (const room of await store.livingRooms(tx)) {
        const members = await store.closeAllSessions(tx, room.id, at);
        if (members.length === 0) continue;
        await store.insertFact(tx, whole(room.id, 'supervisor', 'server_exit', at, clock.now()));
        await changed(tx, room.id, members);
      }
    });
  }

  async function noteClosed(tx: Tx, roomId: string, at: Date): Promise<void> {
    await store.insertFact(tx, whole(roomId, 'supervisor', 'room_closed', at, clock.now()));
    await changed(tx, roomId, await store.closeAllSessions(tx, roomId, at));
  }

  return {
    noteEvent,
    poll,
    noteServerExit,
    noteClosed,
    onPresence: (listener: PresenceListener) => void listeners.push(listener),
  };
}

const kinds: Partial<Record<string, 'joined' | 'left' | 'aborted' | 'room_closed'>> = {
  participant_joined: 'joined',
  participant_left: 'left',
  participant_connection_aborted: 'aborted',
  room_finished: 'room_closed',
};

const whole = (roomId: string, source: 'webhook' | 'supervisor', kind: 'server_exit' | 'room_closed', at: Date, receivedAt: Date): store.NewFact => ({
  roomId,
  source,
  kind,
  sid: null,
  member: null,
  device: null,
  at,
  reason: null,
  receivedAt,
});
