// What one event of the media server says: facts for the log, and what becomes of its session. Pure, one event after the other,
// so that events give the same facts however they were gathered. Keyed by session (sid), not person: after a reload LiveKit
// may report the new join before the old leave.
import { parseIdentity } from './identity.ts';
import type { MediaEvent } from './livekit.ts';
import type { ClosedBy, NewFact, Session } from './store.ts';

/** An event, when the portal heard it, and how many milliseconds the media server's clock was ahead of ours (0: as good as not). */
export type Told = { event: MediaEvent; receivedAt: Date; offset: number };
/** Sessions by `keyOf`; changed in place. */
export type Sessions = Map<string, Session>;
export type Said = { facts: NewFact[]; members: string[]; joined: { member: string; at: Date } | null };

export const ROOM_FINISHED = 'room_finished';
const kinds: Partial<Record<string, 'joined' | 'left' | 'aborted' | 'room_closed'>> = {
  participant_joined: 'joined',
  participant_left: 'left',
  participant_connection_aborted: 'aborted',
  [ROOM_FINISHED]: 'room_closed',
};

export const keyOf = (roomId: string, sid: string): string => `${roomId} ${sid}`;

/** Recorders, agents, identities that are not ours, tracks: nobody's presence. */
export function isPresence({ event }: Told): boolean {
  const kind = kinds[event.event];
  return (
    kind === 'room_closed' || (kind !== undefined && event.sid !== null && event.counts && event.identity !== null && parseIdentity(event.identity) !== null)
  );
}

/** `beatOf`: when the page of a session last said that it is there. */
export function tell(told: Told, roomId: string, sessions: Sessions, beatOf: (session: Session) => Date | null): Said {
  const { event, receivedAt } = told;
  const kind = kinds[event.event];
  const at = portalTime(told, event.at);
  const base = { roomId, source: 'webhook' as const, reason: event.reason, receivedAt, eventId: event.id, ...at };
  if (kind === 'room_closed') {
    const open = [...sessions.values()].filter((s) => s.roomId === roomId && s.closedAt === null);
    for (const session of open) close(session, at.at, 'room');
    return { facts: [{ ...base, kind, sid: null, member: null, device: null, reason: null }], members: open.map((s) => s.member), joined: null };
  }
  const identity = event.identity === null ? null : parseIdentity(event.identity);
  if (kind === undefined || identity === null || event.sid === null) return { facts: [], members: [], joined: null };
  const who = { sid: event.sid, member: identity.member, device: identity.device };
  const known = sessions.get(keyOf(roomId, event.sid));
  const began = event.joinedAt && portalTime(told, event.joinedAt);
  if (kind === 'joined') {
    const joined = began ?? at;
    if (!known) sessions.set(keyOf(roomId, event.sid), begin(roomId, who, joined.at, receivedAt));
    else if (joined.at < known.joinedAt) known.joinedAt = joined.at;
    return { facts: [{ ...base, ...who, ...joined, kind }], members: [who.member], joined: { member: who.member, at: joined.at } };
  }
  const facts: NewFact[] = [];
  if (event.reason === 'CONNECTION_TIMEOUT' && known?.closedAt === null) facts.push(...lastBeat(known, beatOf(known), at.at, receivedAt));
  facts.push({ ...base, ...who, kind });
  // A leave carries its session's beginning: a join that was lost is mended here.
  if (kind === 'left' && began && !known) facts.push({ ...base, ...who, ...began, kind: 'joined', reason: null, eventId: null });
  // A leave may arrive before its join: the session is there then, closed, so that a late join does not open it.
  const session = known ?? begin(roomId, who, at.at, at.at);
  sessions.set(keyOf(roomId, event.sid), session);
  close(session, at.at, 'left');
  return { facts, members: [who.member], joined: null };
}

/** The page's last word before an end that nobody saw: it is known to ten seconds instead of guessed. */
export function lastBeat(session: Session, beat: Date | null, until: Date, receivedAt: Date): NewFact[] {
  if (beat === null || beat <= session.joinedAt || beat > until) return [];
  const { roomId, sid, member, device } = session;
  return [{ roomId, source: 'heartbeat', kind: 'seen', sid, member, device, at: beat, reason: null, receivedAt }];
}

export function begin(roomId: string, who: { sid: string; member: string; device: string }, joinedAt: Date, seenAt: Date): Session {
  return { roomId, ...who, joinedAt, lastSeenAt: seenAt, lastBeatAt: null, absentPolls: 0, closedAt: null, closedBy: null };
}

export function close(session: Session, at: Date, by: ClosedBy): void {
  session.closedAt = at;
  session.closedBy = by;
}

/** LiveKit's time as the portal's clock would have told it; the raw one is kept where they differ. */
export const portalTime = ({ offset }: { offset: number }, device: Date): { at: Date; deviceAt: Date | null } =>
  offset === 0 ? { at: device, deviceAt: null } : { at: new Date(device.getTime() - offset), deviceAt: device };
