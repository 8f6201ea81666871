// Attendance is not stored, it is read: a fold of what the witnesses said into intervals per member. Any order,
// duplicates and gaps give the same answer. Keyed by session (LiveKit's `PA_` sid), not by person: after a reload the new
// join may be reported before the old leave. LiveKit's own word is believed first, its list second, the page's heartbeat last:
// a heartbeat bounds what LiveKit left open, it never contradicts it. Rules and measured constants: docs/decisions/0010.
import type { PresenceFact } from '../rooms/index.ts';
import { minus, unionOf } from './spans.ts';

export type Source = PresenceFact['source'] | 'koreksi';
export type Confidence = 'pasti' | 'perkiraan' | 'manual';
/** `to: null` = still inside. `pasti`: LiveKit itself told both ends; `manual`: no witness, but a named human decided so. */
export type Interval = { from: Date; to: Date | null; confidence: Confidence; sources: Source[] };

/**
 * The meeting: nothing counts before `from`; after `to` nothing is left open. `to: null` = it runs, up to `now`. `planned`: when it was to
 * begin, where people may be in its room long before.
 */
export type Window = { from: Date | null; to: Date | null; now: Date; planned?: Date };

/** Gaps of one member up to here are one visit: a browser gives up after 46 s and needs up to 5 s to be back. */
export const MERGE_GAP_MS = 60_000;
/** LiveKit notices a vanished client this much later (21.3–21.6 s measured; 20 s when only the network died). */
export const LEAVE_DETECT_MS = 21_500;
/** A meeting that nobody ends is over after a day at the latest, whatever a forgotten tab says. */
export const NEVER_LONGER_MS = 24 * 3_600_000;

type Moment = { at: number; sure: boolean };
/** While folding, in milliseconds. `open` = no witness has told an end. */
export type Visit = { from: Moment; to: Moment; open: boolean; sources: readonly Source[] };
/** What the witnesses said of one session, and what closed its whole room. */
type Session = {
  member: string;
  facts: readonly PresenceFact[];
  closings: readonly PresenceFact[];
};

/** Members with at least one real presence, by name of member. Who only tried to connect (`aborted`) is not among them. */
export function fold(facts: readonly PresenceFact[], meeting: Window): Map<string, Interval[]> {
  const window = bounded(meeting);
  const byMember = groupBy(sessionsOf(facts), (session) => session.member);
  const members = [...byMember].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map(members.map(([member, sessions]) => [member, union(sessions.map((s) => clip(visitOf(s), window))).map(intervalOf)]));
}

function bounded(window: Window): Window {
  const { from, to, now, planned } = window;
  const end = from && new Date(Math.max(from.getTime(), planned?.getTime() ?? 0) + NEVER_LONGER_MS);
  return to === null && end && now > end ? { ...window, to: end } : window;
}

const closesRoom = (fact: PresenceFact): boolean => fact.kind === 'server_exit' || fact.kind === 'room_closed';

function sessionsOf(facts: readonly PresenceFact[]): Session[] {
  const closings = groupBy(facts.filter(closesRoom), (f) => f.roomId);
  const bySid = groupBy(
    facts.filter((f) => f.sid !== null && !closesRoom(f)),
    (f) => `${f.roomId} ${f.sid}`,
  );
  return [...bySid.values()].flatMap((own) => {
    // A recorder has no member; one fact may lack it where another of the same session tells it.
    const member = own.flatMap((f) => f.member ?? []).toSorted()[0];
    if (member === undefined || own.some((f) => f.kind === 'aborted')) return [];
    return [{ member, facts: own, closings: closings.get(own[0]?.roomId ?? '') ?? [] }];
  });
}

function visitOf(session: Session): Visit {
  const end = endOf(session);
  const from = startOf(session.facts, end);
  const to = end ?? { at: Infinity, sure: true, source: null };
  const sources = session.facts.map((f) => f.source);
  return {
    from,
    to: { at: Math.max(to.at, from.at), sure: to.sure },
    open: end === null,
    sources: to.source ? [...sources, to.source] : sources,
  };
}

/** LiveKit's own joining time where it was told, else the first sight; a lone end is a visit without length. */
function startOf(facts: readonly PresenceFact[], end: Moment | null): Moment {
  const joined = timesOf(facts, 'joined');
  if (joined.length > 0) return { at: Math.min(...joined), sure: true };
  return { at: Math.min(...timesOf(facts, 'seen', 'absent'), end?.at ?? Infinity), sure: false };
}

/**
 * Who is believed about the end: LiveKit's leave event; then what closed the room (the supervisor's exit time, the room's
 * own end); then absence from two polls. The last two only where LiveKit did not show the session later. null = still open.
 */
function endOf({ facts, closings }: Session): (Moment & { source: Source | null }) | null {
  const left = facts.filter((f) => f.kind === 'left').map((f) => leaveOf(f, facts));
  if (left.length > 0) return { ...left.reduce(later), source: null };

  const beats = timesOf(facts.filter(isBeat), 'seen');
  const shown = timesOf(
    facts.filter((f) => !isBeat(f)),
    'seen',
    'joined',
    'absent',
  );
  const last = shown.length > 0 ? Math.max(...shown) : Math.min(...beats);
  const closing = closings.filter((f) => f.at.getTime() >= last).reduce<PresenceFact | null>(firstClosing, null);
  // Of LiveKit nothing was heard: from the first beat to the last.
  if (shown.length === 0) return { at: Math.min(Math.max(...beats), closing?.at.getTime() ?? Infinity), sure: false, source: null };
  // Noticed missing while the server still answered: no longer open when the room closed. Until it was noticed the page may have told more.
  const absent = facts.filter((f) => f.kind === 'absent' && f.at.getTime() === last && (!closing || f.receivedAt < closing.at));
  const noticed = Math.max(...absent.map((f) => f.receivedAt.getTime()));
  if (absent.length > 0) return { at: Math.max(last, ...beats.filter((at) => at <= noticed)), sure: false, source: null };
  return (
    closing && {
      at: closing.at.getTime(),
      sure: closing.kind === 'room_closed',
      source: closing.source,
    }
  );
}

const isBeat = (fact: PresenceFact): boolean => fact.source === 'heartbeat';

/**
 * A connection that timed out had ended before LiveKit noticed: the time is corrected, and marked. Only the page itself can
 * say that it was there later: LiveKit's list shows a vanished client until LiveKit notices.
 */
function leaveOf(fact: PresenceFact, facts: readonly PresenceFact[]): Moment {
  const at = fact.at.getTime();
  if (fact.reason !== 'CONNECTION_TIMEOUT') return { at, sure: true };
  const beats = timesOf(facts.filter(isBeat), 'seen').filter((beat) => beat <= at);
  return { at: Math.max(at - LEAVE_DETECT_MS, ...beats), sure: false };
}

/**
 * Into the meeting, and not into the future. Never away: a room belongs to one meeting and opens with it, so a time
 * outside is a clock that differs, not another meeting.
 */
function clip(visit: Visit, { from, to, now }: Window): Visit {
  const upper = (to ?? now).getTime();
  const within = (at: number): number => Math.min(Math.max(at, from?.getTime() ?? -Infinity), upper);
  const left = { at: within(visit.to.at), sure: visit.to.sure || visit.to.at > upper };
  return {
    ...visit,
    from: { ...visit.from, at: within(visit.from.at) },
    to: visit.open && to ? { ...left, sure: false } : left,
    open: visit.open && !to,
  };
}

/** Sessions and devices of one member as visits that do not overlap: a union, never a sum. */
export function union(visits: readonly Visit[]): Visit[] {
  const merged: Visit[] = [];
  for (const visit of visits.toSorted((a, b) => a.from.at - b.from.at)) {
    const last = merged.at(-1);
    if (!last || visit.from.at - last.to.at > MERGE_GAP_MS) merged.push(visit);
    else
      merged[merged.length - 1] = {
        from: sooner(last.from, visit.from),
        to: later(last.to, visit.to),
        open: last.open || visit.open,
        sources: [...last.sources, ...visit.sources],
      };
  }
  return merged;
}

const intervalOf = ({ from, to, open, sources }: Visit): Interval => ({
  from: new Date(from.at),
  to: open ? null : new Date(to.at),
  confidence: from.sure && to.sure ? 'pasti' : 'perkiraan',
  sources: [...new Set(sources)].toSorted(),
});

/**
 * What a named human accepted, beside what was witnessed: it fills what no witness saw, and changes nothing that one did.
 * Of an open visit nobody knows more than that it goes on: it is left as it is.
 */
export function withManual(seen: readonly Interval[], accepted: readonly { from: Date; to: Date }[]): Interval[] {
  const taken = seen.map(({ from, to }) => ({ from: from.getTime(), to: to?.getTime() ?? Infinity }));
  const wanted = unionOf(accepted.map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() })));
  const added = minus(wanted, taken).map(({ from, to }): Interval => ({
    from: new Date(from),
    to: new Date(to),
    confidence: 'manual',
    sources: ['koreksi'],
  }));
  return [...seen, ...added].toSorted((a, b) => a.from.getTime() - b.from.getTime());
}

/** Of two tellings of the same instant, the sure one. */
const later = (a: Moment, b: Moment): Moment => (b.at > a.at || (b.at === a.at && b.sure) ? b : a);
const sooner = (a: Moment, b: Moment): Moment => (b.at < a.at || (b.at === a.at && b.sure) ? b : a);
const rank = (f: PresenceFact): string => `${String(f.at.getTime()).padStart(16, '0')} ${f.kind} ${f.source}`;
const firstClosing = (a: PresenceFact | null, b: PresenceFact): PresenceFact => (a && rank(a) <= rank(b) ? a : b);

const timesOf = (facts: readonly PresenceFact[], ...kinds: PresenceFact['kind'][]): number[] =>
  facts.filter((f) => kinds.includes(f.kind)).map((f) => f.at.getTime());

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
