// SQL of rooms: rooms, members' rights, presence facts, open sessions, hands.
import type { Right } from '../../shared/meetings.ts';
import type { Tx } from '../platform/database.ts';

export type Room = { id: string; name: string; openedAt: Date; closedAt: Date | null };
export type MemberRow = {
  roomId: string;
  member: string;
  personId: string | null;
  name: string;
  word: Right;
  removedAt: Date | null;
  banned: boolean;
  changedAt: Date;
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
export type NewFact = Omit<PresenceFact, 'id'> & { eventId?: string | null };
export type OpenSession = {
  sid: string;
  member: string;
  device: string;
  lastSeenAt: Date;
  absentPolls: number;
};

export const RIGHTS_CHANNEL = 'portal_rights';

export async function insertRoom(tx: Tx, name: string, now: Date): Promise<Room> {
  const [row] = await tx<
    Room[]
  >`insert into rooms.room (name, opened_at) values (${name}, ${now}) returning id, name, opened_at as "openedAt", closed_at as "closedAt"`;
  if (!row) throw new Error('room was not inserted');
  return row;
}

export const roomByName = async (tx: Tx, name: string): Promise<Room | null> =>
  (await tx<Room[]>`select id, name, opened_at as "openedAt", closed_at as "closedAt" from rooms.room where name = ${name}`)[0] ?? null;
/** Rooms the poll looks at: open, or closed but still to be deleted at LiveKit. */
export const livingRooms = (tx: Tx): Promise<Room[]> =>
  tx<Room[]>`select id, name, opened_at as "openedAt", closed_at as "closedAt" from rooms.room where closed_at is null or deleted_at is null`;
export const closeRoom = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx`update rooms.room set closed_at = ${now} where id = ${id} and closed_at is null`).count > 0;
export const markDeleted = async (tx: Tx, id: string, now: Date): Promise<void> => void (await tx`update rooms.room set deleted_at = ${now} where id = ${id}`);

const memberColumns = (tx: Tx) =>
  tx`room_id as "roomId", member, person_id as "personId", name, word, removed_at as "removedAt", banned, changed_at as "changedAt"`;
export const membersOf = (tx: Tx, roomId: string): Promise<MemberRow[]> =>
  tx<MemberRow[]>`select ${memberColumns(tx)} from rooms.member where room_id = ${roomId}`;
export const memberOf = async (tx: Tx, roomId: string, member: string): Promise<MemberRow | null> =>
  (await tx<MemberRow[]>`select ${memberColumns(tx)} from rooms.member where room_id = ${roomId} and member = ${member}`)[0] ?? null;

/** The door's and the ticket's question, in one statement: the room and this member's word at this moment. */
export type Standing = {
  roomId: string;
  name: string;
  closedAt: Date | null;
  word: Right;
  banned: boolean;
};
export async function standing(tx: Tx, where: { roomId: string } | { roomName: string }, member: string): Promise<Standing | null> {
  const room = 'roomId' in where ? tx`r.id = ${where.roomId}` : tx`r.name = ${where.roomName}`;
  const [row] = await tx<Standing[]>`
    select r.id as "roomId", r.name, r.closed_at as "closedAt", m.word, m.banned
    from rooms.room r join rooms.member m on m.room_id = r.id and m.member = ${member} where ${room}`;
  return row ?? null;
}

/** Many of them at once; keys `<room id> <member>`. */
export async function standings(tx: Tx, keys: readonly string[]): Promise<Map<string, Standing>> {
  const pairs = keys.map((key) => key.split(' ') as [string, string]);
  const rows = await tx<(Standing & { member: string })[]>`
    select r.id as "roomId", r.name, r.closed_at as "closedAt", m.word, m.banned, m.member
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
  const rows = members.map((m) => ({
    room_id: roomId,
    member: m.member,
    person_id: m.personId,
    name: m.name,
    word: m.word,
    changed_at: now,
    applied_at: now,
  }));
  await tx`insert into rooms.member ${tx(rows)} on conflict (room_id, member) do nothing`;
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
    update rooms.member set word = ${word}, removed_at = ${removal.removed ? now : null}, banned = ${removal.banned}, changed_at = ${now}, applied_at = null
    where room_id = ${roomId} and member = ${member}`;
  return done.count > 0;
}
export const markUnapplied = async (tx: Tx, roomId: string, member: string): Promise<void> =>
  void (await tx`update rooms.member set applied_at = null where room_id = ${roomId} and member = ${member}`);
export const wake = async (tx: Tx): Promise<void> => void (await tx`select pg_notify(${RIGHTS_CHANNEL}, '')`);

/** One right to be applied; locked, so that only one process applies it. */
export async function claimUnapplied(tx: Tx): Promise<(MemberRow & { roomName: string }) | null> {
  const [row] = await tx<(MemberRow & { roomName: string })[]>`
    select m.room_id as "roomId", m.member, m.person_id as "personId", m.name, m.word, m.removed_at as "removedAt", m.banned, m.changed_at as "changedAt", r.name as "roomName"
    from rooms.member m join rooms.room r on r.id = m.room_id and r.closed_at is null
    where m.applied_at is null order by m.changed_at limit 1 for update of m skip locked`;
  return row ?? null;
}
export const markApplied = async (tx: Tx, roomId: string, member: string, now: Date): Promise<void> =>
  void (await tx`update rooms.member set applied_at = ${now} where room_id = ${roomId} and member = ${member}`);

/** Answers whether the fact is new: an event id is stored once. Never `on conflict`: see 0006-ledger.sql. */
export async function insertFact(tx: Tx, fact: NewFact): Promise<boolean> {
  await tx`select ledger.lock_streams(array[${`presence:${fact.roomId}`}])`;
  const done = await tx`
    insert into rooms.presence (room_id, source, kind, event_id, sid, member, device, at, reason, received_at)
    select ${fact.roomId}, ${fact.source}, ${fact.kind}, ${fact.eventId ?? null}, ${fact.sid}, ${fact.member}, ${fact.device}, ${fact.at}, ${fact.reason}, ${fact.receivedAt}
    where ${fact.eventId ?? null}::text is null or not exists (select from rooms.presence where event_id = ${fact.eventId ?? null})`;
  return done.count > 0;
}

const factColumns = (tx: Tx) => tx`id::text, room_id as "roomId", source, kind, sid, member, device, at, reason, received_at as "receivedAt"`;
export const factsOfRooms = (tx: Tx, roomIds: readonly string[]): Promise<PresenceFact[]> =>
  tx<PresenceFact[]>`select ${factColumns(tx)} from rooms.presence where room_id = any(${roomIds}::uuid[]) order by id`;
/** Facts of these members between two instants, with what ended their rooms. */
export const factsOfMembers = (tx: Tx, members: readonly string[], from: Date, to: Date): Promise<PresenceFact[]> => tx<PresenceFact[]>`
  select ${factColumns(tx)} from rooms.presence
  where (member = any(${members}::text[]) and at >= ${from} and at < ${to})
     or (member is null and room_id in (select distinct room_id from rooms.presence where member = any(${members}::text[]) and at >= ${from} and at < ${to}))
  order by id`;

export const openSessions = (tx: Tx, roomId: string): Promise<OpenSession[]> =>
  tx<
    OpenSession[]
  >`select sid, member, device, last_seen_at as "lastSeenAt", absent_polls as "absentPolls" from rooms.session where room_id = ${roomId} and closed_at is null`;
export const sessionKnown = async (tx: Tx, roomId: string, sid: string): Promise<'open' | 'closed' | null> => {
  const [row] = await tx<{ closed: boolean }[]>`select closed_at is not null as closed from rooms.session where room_id = ${roomId} and sid = ${sid}`;
  return row ? (row.closed ? 'closed' : 'open') : null;
};
export async function openSession(tx: Tx, roomId: string, s: { sid: string; member: string; device: string; joinedAt: Date }, seenAt: Date): Promise<void> {
  await tx`
    insert into rooms.session (room_id, sid, member, device, joined_at, last_seen_at) values (${roomId}, ${s.sid}, ${s.member}, ${s.device}, ${s.joinedAt}, ${seenAt})
    on conflict (room_id, sid) do update set joined_at = least(session.joined_at, excluded.joined_at)`;
}
/** A leave may arrive before its join: the row is made closed, so that a late join does not open it. */
export async function closeSession(tx: Tx, roomId: string, s: { sid: string; member: string; device: string }, at: Date): Promise<void> {
  await tx`
    insert into rooms.session (room_id, sid, member, device, joined_at, last_seen_at, closed_at) values (${roomId}, ${s.sid}, ${s.member}, ${s.device}, ${at}, ${at}, ${at})
    on conflict (room_id, sid) do update set closed_at = excluded.closed_at`;
}
export const reopenSession = async (tx: Tx, roomId: string, sid: string, at: Date): Promise<void> =>
  void (await tx`update rooms.session set closed_at = null, absent_polls = 0, last_seen_at = ${at} where room_id = ${roomId} and sid = ${sid}`);
export const seen = async (tx: Tx, roomId: string, sids: readonly string[], at: Date): Promise<void> =>
  void (await tx`update rooms.session set last_seen_at = ${at}, absent_polls = 0 where room_id = ${roomId} and sid = any(${sids}::text[])`);
export const notSeen = async (tx: Tx, roomId: string, sids: readonly string[]): Promise<void> =>
  void (await tx`update rooms.session set absent_polls = absent_polls + 1 where room_id = ${roomId} and sid = any(${sids}::text[])`);
export const closeAllSessions = async (tx: Tx, roomId: string, at: Date): Promise<string[]> =>
  (await tx<{ member: string }[]>`update rooms.session set closed_at = ${at} where room_id = ${roomId} and closed_at is null returning member`).map(
    (r) => r.member,
  );
export const membersInside = async (tx: Tx, roomId: string): Promise<string[]> =>
  (await tx<{ member: string }[]>`select distinct member from rooms.session where room_id = ${roomId} and closed_at is null`).map((r) => r.member);
export const insideCounts = async (tx: Tx, roomIds: readonly string[]): Promise<Map<string, number>> =>
  new Map(
    (
      await tx<
        { roomId: string; n: number }[]
      >`select room_id as "roomId", count(distinct member)::int as n from rooms.session where room_id = any(${roomIds}::uuid[]) and closed_at is null group by room_id`
    ).map((r) => [r.roomId, r.n]),
  );

export const hands = (tx: Tx, roomId: string): Promise<{ member: string; raisedAt: Date }[]> =>
  tx<{ member: string; raisedAt: Date }[]>`select member, raised_at as "raisedAt" from rooms.hand where room_id = ${roomId} order by raised_at, member`;
export const raiseHand = async (tx: Tx, roomId: string, member: string, now: Date): Promise<boolean> =>
  (await tx`insert into rooms.hand (room_id, member, raised_at) values (${roomId}, ${member}, ${now}) on conflict do nothing`).count > 0;
export const lowerHand = async (tx: Tx, roomId: string, member: string): Promise<boolean> =>
  (await tx`delete from rooms.hand where room_id = ${roomId} and member = ${member}`).count > 0;
