// SQL of rooms: rooms, members' rights, presence facts, open sessions, hands.
import type { Right } from '../../shared/meetings.ts';
import type { Tx } from '../platform/database.ts';

export type Room = {
  id: string;
  name: string;
  openedAt: Date;
  closedAt: Date | null;
  watched: boolean;
  /** The recording that runs here. */ recording: string | null;
};
export type MemberRow = {
  roomId: string;
  member: string;
  personId: string | null;
  name: string;
  word: Right;
  removedAt: Date | null;
  banned: boolean;
  changedAt: Date;
  /** null: the media server is to be told. */ appliedAt: Date | null;
};
export type PresenceFact = {
  id: string;
  roomId: string;
  source: 'webhook' | 'poll' | 'supervisor' | 'heartbeat';
  kind: 'joined' | 'left' | 'aborted' | 'seen' | 'absent' | 'server_exit' | 'room_closed';
  sid: string | null;
  member: string | null;
  device: string | null;
  at: Date;
  reason: string | null;
  receivedAt: Date;
};
export type NewFact = Omit<PresenceFact, 'id'> & {
  eventId?: string | null;
  /** What the media server's own clock said, where `at` was converted. */ deviceAt?: Date | null;
};
export type ClosedBy = 'left' | 'absent' | 'exit' | 'room';
export type Session = {
  roomId: string;
  sid: string;
  member: string;
  device: string;
  joinedAt: Date;
  lastSeenAt: Date;
  lastBeatAt: Date | null;
  absentPolls: number;
  closedAt: Date | null;
  closedBy: ClosedBy | null;
};

export const RIGHTS_CHANNEL = 'portal_rights';

/** In arrays: the driver takes an array of dates for one date. */
const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

const roomColumns = (tx: Tx) => tx`id, name, opened_at as "openedAt", closed_at as "closedAt", watched, recording`;
export async function insertRoom(tx: Tx, name: string, watched: boolean, now: Date): Promise<Room> {
  const [row] = await tx<Room[]>`insert into rooms.room (name, watched, opened_at) values (${name}, ${watched}, ${now}) returning ${roomColumns(tx)}`;
  if (!row) throw new Error('room was not inserted');
  return row;
}

export const nameOf = async (tx: Tx, id: string): Promise<string | null> =>
  (await tx<{ name: string }[]>`select name from rooms.room where id = ${id}`)[0]?.name ?? null;
export const roomIdsByName = async (tx: Tx, names: readonly string[]): Promise<{ id: string; name: string }[]> =>
  tx<{ id: string; name: string }[]>`select id, name from rooms.room where name = any(${[...names]}::text[])`;
/** Rooms the poll looks at: open, or closed but still to be deleted at LiveKit. */
export const livingRooms = (tx: Tx): Promise<Room[]> => tx<Room[]>`select ${roomColumns(tx)} from rooms.room where closed_at is null or deleted_at is null`;
export const closeRoom = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx`update rooms.room set closed_at = ${now} where id = ${id} and closed_at is null`).count > 0;
/** False: another one runs there, or it is closed. */
export const beginRecording = async (tx: Tx, id: string, recordingId: string): Promise<boolean> =>
  (await tx`update rooms.room set recording = ${recordingId} where id = ${id} and closed_at is null and (recording is null or recording = ${recordingId})`)
    .count > 0;
export const endRecording = async (tx: Tx, id: string, recordingId: string): Promise<boolean> =>
  (await tx`update rooms.room set recording = null where id = ${id} and recording = ${recordingId}`).count > 0;
/** Of a room that is open; a recording ends with it. */
export const recordedRoom = async (tx: Tx, where: { roomId: string } | { roomName: string }): Promise<{ id: string; name: string; recording: string } | null> =>
  (
    await tx<{ id: string; name: string; recording: string }[]>`
    select id, name, recording from rooms.room
    where ${'roomId' in where ? tx`id = ${where.roomId}` : tx`name = ${where.roomName}`} and closed_at is null and recording is not null`
  )[0] ?? null;
export const markDeleted = async (tx: Tx, id: string, now: Date): Promise<void> => void (await tx`update rooms.room set deleted_at = ${now} where id = ${id}`);

const memberColumns = (tx: Tx) =>
  tx`room_id as "roomId", member, person_id as "personId", name, word, removed_at as "removedAt", banned, changed_at as "changedAt", applied_at as "appliedAt"`;
export const membersOf = (tx: Tx, roomId: string): Promise<MemberRow[]> =>
  tx<MemberRow[]>`select ${memberColumns(tx)} from rooms.member where room_id = ${roomId}`;

/** The door's and the ticket's question, in one statement: the room and this member's word at this moment. */
export type Standing = {
  roomId: string;
  name: string;
  closedAt: Date | null;
  word: Right;
  banned: boolean;
  /** Sources this member may not send now. */
  bars: string[];
};
/** Who leads is barred from nothing; `m` is the member, `r` the room. Who came in muted sends no sound before they ask to. */
const barsOf = (tx: Tx) => tx`
  case when m.word = 'host' then '{}' when r.entry_muted and not m.voiced then array_append(coalesce(m.bars, r.bars), 'microphone') else coalesce(m.bars, r.bars) end`;
export async function standing(tx: Tx, where: { roomId: string } | { roomName: string }, member: string): Promise<Standing | null> {
  const room = 'roomId' in where ? tx`r.id = ${where.roomId}` : tx`r.name = ${where.roomName}`;
  const [row] = await tx<Standing[]>`
    select r.id as "roomId", r.name, r.closed_at as "closedAt", m.word, m.banned, ${barsOf(tx)} as bars
    from rooms.room r join rooms.member m on m.room_id = r.id and m.member = ${member} where ${room}`;
  return row ?? null;
}

/** Many of them at once; keys `<room id> <member>`. */
export async function standings(tx: Tx, keys: readonly string[]): Promise<Map<string, Standing>> {
  const pairs = keys.map((key) => key.split(' ') as [string, string]);
  const rows = await tx<(Standing & { member: string })[]>`
    select r.id as "roomId", r.name, r.closed_at as "closedAt", m.word, m.banned, m.member, ${barsOf(tx)} as bars
    from unnest(${pairs.map(([id]) => id)}::uuid[], ${pairs.map(([, member]) => member)}::text[]) as q (room_id, member)
    join rooms.room r on r.id = q.room_id join rooms.member m on m.room_id = q.room_id and m.member = q.member`;
  return new Map(rows.map(({ member, ...standing }) => [`${standing.roomId} ${member}`, standing]));
}

export async function insertMembers(
  tx: Tx,
  roomId: string,
  members: readonly { member: string; personId: string | null; name: string; word: Right }[],
  now: Date,
): Promise<void> {
  if (members.length === 0) return;
  await tx`
    insert into rooms.member (room_id, member, person_id, name, word, changed_at, applied_at)
    select ${roomId}, member, person_id, name, word, ${now}, ${now}
    from unnest(${members.map((m) => m.member)}::text[], ${members.map((m) => m.personId)}::uuid[], ${members.map((m) => m.name)}::text[],
      ${members.map((m) => m.word)}::text[]) as m (member, person_id, name, word)
    on conflict (room_id, member) do nothing`;
}

export async function setWord(
  tx: Tx,
  roomId: string,
  member: string,
  word: Right,
  removal: { removed: boolean; banned: boolean },
  now: Date,
): Promise<boolean> {
  const done = await tx`
    update rooms.member set word = ${word}, removed_at = ${removal.removed ? now : null}, banned = ${removal.banned}, changed_at = ${now},
      applied_at = null, revision = revision + 1
    where room_id = ${roomId} and member = ${member}`;
  return done.count > 0;
}
export const openRoomsOf = async (tx: Tx, member: string): Promise<string[]> =>
  (
    await tx<{ id: string }[]>`
      select r.id from rooms.member m join rooms.room r on r.id = m.room_id where m.member = ${member} and r.closed_at is null order by r.id`
  ).map(({ id }) => id);
/** Of everybody: whoever comes later has them too. Answers whether there is anything to tell. Who is not inside is told by their next token. */
export async function setRoomBars(tx: Tx, roomId: string, bars: readonly string[], now: Date): Promise<boolean> {
  const set = await tx`update rooms.room set bars = ${[...bars]} where id = ${roomId} and bars <> ${[...bars]}::text[]`;
  if (set.count === 0) return false;
  await tx`
    update rooms.member m set changed_at = ${now}, revision = revision + 1,
      applied_at = case when exists (select from rooms.session s where s.room_id = m.room_id and s.member = m.member and s.closed_at is null) then null else m.applied_at end
    where m.room_id = ${roomId} and m.word not in ('none', 'host') and m.bars is null`;
  return true;
}
/** Of one, instead of the room's; null: as the room's again. */
export const setMemberBars = async (tx: Tx, roomId: string, member: string, bars: readonly string[] | null, now: Date): Promise<boolean> =>
  (
    await tx`
    update rooms.member set bars = ${bars && [...bars]}, changed_at = ${now}, applied_at = null, revision = revision + 1
    where room_id = ${roomId} and member = ${member} and bars is distinct from ${bars && [...bars]}::text[]`
  ).count > 0;
/** Answers whether it was otherwise. Who is inside keeps their microphone; who waits for theirs gets it when this ends. */
export async function setEntryMuted(tx: Tx, roomId: string, on: boolean, now: Date): Promise<boolean> {
  const set = await tx`update rooms.room set entry_muted = ${on} where id = ${roomId} and entry_muted <> ${on}`;
  if (set.count === 0) return false;
  const inside = tx`exists (select from rooms.session s where s.room_id = m.room_id and s.member = m.member and s.closed_at is null)`;
  await tx`
    update rooms.member m set changed_at = ${now}, revision = revision + 1, voiced = ${on} and ${inside},
      applied_at = case when ${!on} and not m.voiced and ${inside} then null else m.applied_at end
    where m.room_id = ${roomId} and m.word not in ('none', 'host')`;
  return true;
}
/** Answers whether there is anything to tell the media server. */
export const giveVoice = async (tx: Tx, roomId: string, member: string, now: Date): Promise<boolean> =>
  (
    await tx`
    update rooms.member m set voiced = true, changed_at = ${now}, applied_at = null, revision = revision + 1
    from rooms.room r where r.id = m.room_id and r.entry_muted and m.room_id = ${roomId} and m.member = ${member} and not m.voiced`
  ).count > 0;
/** By which browsers those came in who are banned from this room. */
export const devicesOfBanned = async (tx: Tx, roomId: string): Promise<string[]> =>
  (
    await tx<{ device: string }[]>`
    select distinct s.device from rooms.session s join rooms.member m on m.room_id = s.room_id and m.member = s.member where s.room_id = ${roomId} and m.banned`
  ).map(({ device }) => device);
export type Joined = { roomId: string; member: string; at: Date };
/**
 * Rights that changed while their member was connecting are applied again: the token may have been older. Answers whom it
 * could not mark, because their right is being applied at this moment.
 */
export async function markUnapplied(tx: Tx, joined: readonly Joined[]): Promise<{ marked: number; missed: Joined[] }> {
  const rows = await tx<(Joined & { marked: boolean })[]>`
    with due as (
      select m.room_id, m.member, j.at from rooms.member m
      join unnest(${joined.map((j) => j.roomId)}::uuid[], ${joined.map((j) => j.member)}::text[], ${joined.map((j) => iso(j.at))}::timestamptz[]) as j (room_id, member, at)
        on m.room_id = j.room_id and m.member = j.member
      where m.word = 'none' or m.changed_at >= j.at - interval '10 seconds'
    ), free as (
      select m.room_id, m.member from rooms.member m join due on due.room_id = m.room_id and due.member = m.member for update of m skip locked
    ), marked as (
      update rooms.member m set applied_at = null, revision = revision + 1 from free f where m.room_id = f.room_id and m.member = f.member returning m.room_id, m.member
    )
    select d.room_id as "roomId", d.member, d.at, k.member is not null as marked from due d left join marked k on k.room_id = d.room_id and k.member = d.member`;
  return { marked: rows.filter((r) => r.marked).length, missed: rows.filter((r) => !r.marked) };
}
/** Waits for whoever applies these members' rights now. */
export const markApplying = async (tx: Tx, joined: readonly Joined[]): Promise<void> =>
  void (await tx`
  update rooms.member m set applied_at = null, revision = revision + 1 from unnest(${joined.map((j) => j.roomId)}::uuid[], ${joined.map((j) => j.member)}::text[]) as j (room_id, member)
  where m.room_id = j.room_id and m.member = j.member`);
export const tellAgain = async (tx: Tx, roomId: string, member: string): Promise<void> =>
  void (await tx`update rooms.member set applied_at = null, revision = revision + 1 where room_id = ${roomId} and member = ${member}`);
/** Of somebody who may send: where the media server has them. */
export const sender = async (tx: Tx, roomId: string, member: string): Promise<{ roomName: string; devices: string[] } | null> =>
  (
    await tx<{ roomName: string; devices: string[] }[]>`
    select r.name as "roomName", array(select distinct s.device from rooms.session s where s.room_id = m.room_id and s.member = m.member and s.closed_at is null) as devices
    from rooms.member m join rooms.room r on r.id = m.room_id and r.closed_at is null
    where m.room_id = ${roomId} and m.member = ${member} and m.word in ('floor', 'floor_camera')`
  )[0] ?? null;
export const wake = async (tx: Tx): Promise<void> => void (await tx`select pg_notify(${RIGHTS_CHANNEL}, '')`);

/** A right that this process tells the media server, and of which revision. */
export type Claimed = { roomId: string; roomName: string; member: string; word: Right; bars: string[]; revision: number; devices: string[] };
/** Rights to be told, the longest waiting first; for so long no other process tells them. With the devices that are known to be inside. */
export const claimUnapplied = (tx: Tx, most: number, seconds: number): Promise<Claimed[]> => tx<Claimed[]>`
  with due as (
    select m.room_id, m.member from rooms.member m join rooms.room r on r.id = m.room_id and r.closed_at is null
    where m.applied_at is null and (m.claimed_until is null or m.claimed_until < now())
    order by m.changed_at limit ${most} for update of m skip locked
  )
  update rooms.member m set claimed_until = now() + make_interval(secs => ${seconds})
  from due join rooms.room r on r.id = due.room_id where m.room_id = due.room_id and m.member = due.member
  returning m.room_id as "roomId", r.name as "roomName", m.member, m.word, ${barsOf(tx)} as bars, m.revision,
    array(select distinct s.device from rooms.session s where s.room_id = m.room_id and s.member = m.member and s.closed_at is null) as devices`;
/** Told. What changed meanwhile is to be told again, at once. */
export const markApplied = async (tx: Tx, told: readonly Claimed[], now: Date): Promise<void> =>
  void (await tx`
  update rooms.member m set claimed_until = null, applied_at = case when m.revision = t.revision then ${now}::timestamptz else null end
  from unnest(${told.map((t) => t.roomId)}::uuid[], ${told.map((t) => t.member)}::text[], ${told.map((t) => t.revision)}::int[]) as t (room_id, member, revision)
  where m.room_id = t.room_id and m.member = t.member`);
/** Not told: the next sweep tries again. */
export const endClaims = async (tx: Tx, untold: readonly Claimed[]): Promise<void> =>
  void (await tx`
  update rooms.member m set claimed_until = null
  from unnest(${untold.map((t) => t.roomId)}::uuid[], ${untold.map((t) => t.member)}::text[]) as t (room_id, member)
  where m.room_id = t.room_id and m.member = t.member`);

/** Who adds to the log of these rooms, or changes their sessions, takes this first. Nobody waits longer than a second for another. */
export const lockPresence = async (tx: Tx, roomIds: readonly string[]): Promise<void> =>
  void (await tx`select set_config('lock_timeout', '1000', true), ledger.lock_streams(${roomIds.map((id) => `presence:${id}`)}::text[])`);

/** In this order. An event id is stored once, which the caller has looked at. Never `on conflict`: see 0006-ledger.sql. */
export async function insertFacts(tx: Tx, facts: readonly NewFact[]): Promise<void> {
  if (facts.length === 0) return;
  const column = <T>(of: (fact: NewFact) => T): T[] => facts.map(of);
  await tx`
    insert into rooms.presence (room_id, source, kind, event_id, sid, member, device, at, reason, received_at, device_at)
    select room_id, source, kind, event_id, sid, member, device, at, reason, received_at, device_at from unnest(
      ${column((f) => f.roomId)}::uuid[], ${column((f) => f.source)}::text[], ${column((f) => f.kind)}::text[], ${column((f) => f.eventId ?? null)}::text[],
      ${column((f) => f.sid)}::text[], ${column((f) => f.member)}::text[], ${column((f) => f.device)}::text[], ${column((f) => iso(f.at))}::timestamptz[],
      ${column((f) => f.reason)}::text[], ${column((f) => iso(f.receivedAt))}::timestamptz[], ${column((f) => iso(f.deviceAt))}::timestamptz[]
    ) with ordinality as f (room_id, source, kind, event_id, sid, member, device, at, reason, received_at, device_at, n) order by n`;
}

export const knownEvents = async (tx: Tx, ids: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await tx<{ id: string }[]>`select a.id from unnest(${[...ids]}::text[]) as a (id) where exists (select from rooms.presence p where p.event_id = a.id)`
    ).map((r) => r.id),
  );

const factColumns = (tx: Tx) => tx`id::text, room_id as "roomId", source, kind, sid, member, device, at, reason, received_at as "receivedAt"`;
export const factsOfRooms = (tx: Tx, roomIds: readonly string[]): Promise<PresenceFact[]> =>
  tx<PresenceFact[]>`select ${factColumns(tx)} from rooms.presence where room_id = any(${roomIds}::uuid[]) order by id`;
/** Facts of these members between two instants, with what ended their rooms. */
export const factsOfMembers = (tx: Tx, members: readonly string[], from: Date, to: Date): Promise<PresenceFact[]> => tx<PresenceFact[]>`
  select ${factColumns(tx)} from rooms.presence
  where (member = any(${members}::text[]) and at >= ${from} and at < ${to})
     or (member is null and room_id in (select distinct room_id from rooms.presence where member = any(${members}::text[]) and at >= ${from} and at < ${to}))
  order by id`;

const sessionColumns = (tx: Tx) =>
  tx`room_id as "roomId", sid, member, device, joined_at as "joinedAt", last_seen_at as "lastSeenAt", last_beat_at as "lastBeatAt", absent_polls as "absentPolls", closed_at as "closedAt", closed_by as "closedBy"`;
/** These sessions, open or not, and all that is open in the rooms of `allOpenIn`. */
export const sessions = (tx: Tx, { roomIds, sids, allOpenIn }: { roomIds: readonly string[]; sids: readonly string[]; allOpenIn: readonly string[] }) => tx<
  Session[]
>`
  select ${sessionColumns(tx)} from rooms.session
  where (room_id = any(${[...roomIds]}::uuid[]) and sid = any(${[...sids]}::text[])) or (closed_at is null and room_id = any(${[...allOpenIn]}::uuid[]))`;
/** As they are now; the last beat is another statement's. */
export async function saveSessions(tx: Tx, all: readonly Session[]): Promise<void> {
  if (all.length === 0) return;
  const column = <T>(of: (session: Session) => T): T[] => all.map(of);
  await tx`
    insert into rooms.session (room_id, sid, member, device, joined_at, last_seen_at, absent_polls, closed_at, closed_by)
    select * from unnest(
      ${column((s) => s.roomId)}::uuid[], ${column((s) => s.sid)}::text[], ${column((s) => s.member)}::text[], ${column((s) => s.device)}::text[],
      ${column((s) => iso(s.joinedAt))}::timestamptz[], ${column((s) => iso(s.lastSeenAt))}::timestamptz[], ${column((s) => s.absentPolls)}::int[],
      ${column((s) => iso(s.closedAt))}::timestamptz[], ${column((s) => s.closedBy)}::text[])
    on conflict (room_id, sid) do update set joined_at = excluded.joined_at, last_seen_at = excluded.last_seen_at, absent_polls = excluded.absent_polls,
      closed_at = excluded.closed_at, closed_by = excluded.closed_by`;
}

export type Beat = { roomId: string; sid: string; member: string; device: string; at: Date };
/** What is known of a session that a page says it is in; `own` = under the same identity. */
export type BeatNews = { roomId: string; sid: string; own: boolean | null; closedBy: ClosedBy | null; closedAt: Date | null };
/** Keeps the last beat of open sessions. A removed member, a closed room, a session that is somebody else's: nothing. Answers what is not simply open. */
export const saveBeats = (tx: Tx, beats: readonly Beat[]): Promise<BeatNews[]> => tx<BeatNews[]>`
  with allowed as (
    select b.* from unnest(${beats.map((b) => b.roomId)}::uuid[], ${beats.map((b) => b.sid)}::text[], ${beats.map((b) => b.member)}::text[],
      ${beats.map((b) => b.device)}::text[], ${beats.map((b) => iso(b.at))}::timestamptz[]) as b (room_id, sid, member, device, at)
    join rooms.member m on m.room_id = b.room_id and m.member = b.member and m.word <> 'none'
    join rooms.room r on r.id = b.room_id and r.closed_at is null
  ), kept as (
    update rooms.session s set last_beat_at = greatest(s.last_beat_at, a.at) from allowed a
    where s.room_id = a.room_id and s.sid = a.sid and s.member = a.member and s.device = a.device and s.closed_at is null and s.absent_polls = 0
  )
  select a.room_id as "roomId", a.sid, s.member = a.member and s.device = a.device as own, s.closed_by as "closedBy", s.closed_at as "closedAt"
  from allowed a left join rooms.session s on s.room_id = a.room_id and s.sid = a.sid
  where s.sid is null or s.closed_at is not null`;

/** For so long this process polls, unless another does. */
export const takePollTurn = async (tx: Tx, holder: string, seconds: number): Promise<boolean> =>
  (await tx`update rooms.poll_turn set holder = ${holder}, until = now() + make_interval(secs => ${seconds}) where holder = ${holder} or until < now()`).count >
  0;
export const endPollTurn = async (tx: Tx, holder: string): Promise<void> =>
  void (await tx`update rooms.poll_turn set until = '-infinity' where holder = ${holder}`);

export const devicesInside = async (tx: Tx, roomId: string, member: string): Promise<string[]> =>
  (await tx<{ device: string }[]>`select distinct device from rooms.session where room_id = ${roomId} and member = ${member} and closed_at is null`).map(
    (r) => r.device,
  );
export const membersInside = async (tx: Tx, roomId: string): Promise<string[]> =>
  (await tx<{ member: string }[]>`select distinct member from rooms.session where room_id = ${roomId} and closed_at is null`).map((r) => r.member);
/** Who is inside these rooms, and since when; and in which rooms these members are. */
export const insideSince = (tx: Tx, { roomIds = [], members = [] }: { roomIds?: readonly string[]; members?: readonly string[] }) => tx<
  { roomId: string; member: string; since: Date }[]
>`
  select room_id as "roomId", member, min(joined_at) as since from rooms.session
  where closed_at is null and (room_id = any(${[...roomIds]}::uuid[]) or member = any(${[...members]}::text[])) group by room_id, member`;
export const insideCounts = async (tx: Tx, roomIds: readonly string[]): Promise<Map<string, number>> =>
  new Map(
    (
      await tx<
        { roomId: string; n: number }[]
      >`select room_id as "roomId", count(distinct member)::int as n from rooms.session where room_id = any(${roomIds}::uuid[]) and closed_at is null group by room_id`
    ).map((r) => [r.roomId, r.n]),
  );

export type Watcher = { sid: string; member: string };
export const watchersIn = (tx: Tx, roomId: string): Promise<Watcher[]> => tx<Watcher[]>`select sid, member from rooms.watcher where room_id = ${roomId}`;
/** Only what changed is written: hundreds watch for an hour. */
export async function saveWatchers(tx: Tx, roomId: string, { came, gone }: { came: readonly Watcher[]; gone: readonly string[] }): Promise<void> {
  if (gone.length > 0) await tx`delete from rooms.watcher where room_id = ${roomId} and sid = any(${[...gone]}::text[])`;
  if (came.length > 0)
    await tx`
      insert into rooms.watcher (room_id, sid, member)
      select ${roomId}, sid, member from unnest(${came.map((w) => w.sid)}::text[], ${came.map((w) => w.member)}::text[]) as w (sid, member)
      on conflict do nothing`;
}
export const dropWatchers = async (tx: Tx, roomIds: readonly string[]): Promise<void> =>
  void (await tx`delete from rooms.watcher where room_id = any(${[...roomIds]}::uuid[])`);

export const hands = (tx: Tx, roomId: string): Promise<{ member: string; raisedAt: Date }[]> =>
  tx<{ member: string; raisedAt: Date }[]>`select member, raised_at as "raisedAt" from rooms.hand where room_id = ${roomId} order by raised_at, member`;
export const raiseHand = async (tx: Tx, roomId: string, member: string, now: Date): Promise<boolean> =>
  (await tx`insert into rooms.hand (room_id, member, raised_at) values (${roomId}, ${member}, ${now}) on conflict do nothing`).count > 0;
export const lowerHands = async (tx: Tx, roomId: string): Promise<number> => (await tx`delete from rooms.hand where room_id = ${roomId}`).count;
/** When the last of these members went out; null: none of them was in. */
export const lastInside = async (tx: Tx, roomId: string, members: readonly string[]): Promise<Date | null> =>
  (
    await tx<{ at: Date | null }[]>`
    select max(coalesce(closed_at, last_seen_at)) as at from rooms.session where room_id = ${roomId} and member = any(${[...members]}::text[])`
  )[0]?.at ?? null;
export const lowerHand = async (tx: Tx, roomId: string, member: string): Promise<boolean> =>
  (await tx`delete from rooms.hand where room_id = ${roomId} and member = ${member}`).count > 0;
