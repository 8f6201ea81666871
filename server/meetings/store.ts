// SQL of meetings: meetings, invitations, acts of the chair.
import type { Sifat } from '../../shared/meetings.ts';
import type { Tx } from '../platform/database.ts';
import type { Meeting } from './meeting.ts';

export type Invitation = {
  id: string;
  meetingId: string;
  member: string;
  personId: string | null;
  name: string;
  nip: string | null;
  position: string | null;
  rank: number;
  opdId: string | null;
  opdName: string | null;
  badge: 'Tamu' | 'Pers' | null;
  institution: string | null;
  via: string;
  linkVersion: number;
  linkBrowser: string | null;
  linkRevokedAt: Date | null;
  /** The link alone was revoked: whoever has an account is still invited. */
  linkOffAt: Date | null;
  invitedAt: Date;
  /** Of a guest. */
  email: string | null;
};
export type NewMeeting = {
  title: string;
  sifat: Sifat;
  opdId: string;
  chairId: string;
  instant: boolean;
  place: string;
  startsAt: Date;
  endsAt: Date | null;
  startedAt: Date | null;
  roomId: string | null;
  plannerId?: string | null;
  description?: string | null;
  seriesId?: string | null;
  occursAt?: Date | null;
};

const meetingColumns = (tx: Tx) => tx`
  m.id, m.title, m.sifat, m.opd_id as "opdId", m.chair_id as "chairId", m.instant, m.place, m.room_id as "roomId", m.starts_at as "startsAt", m.ends_at as "endsAt",
  m.created_at as "createdAt", m.started_at as "startedAt", m.ended_at as "endedAt", m.planner_id as "plannerId", m.description, m.version,
  m.series_id as "seriesId", m.occurs_at as "occursAt", m.cancelled_at as "cancelledAt", m.cancel_reason as "cancelReason",
  case when m.cancelled_at is not null then 'dibatalkan' when m.ended_at is not null then 'berakhir' when m.started_at is not null then 'berlangsung' else 'terjadwal' end as state`;
const invitationColumns = (tx: Tx) => tx`
  i.id, i.meeting_id as "meetingId", i.member, i.person_id as "personId", i.name, i.nip, i.position, i.position_rank as rank, i.opd_id as "opdId", i.opd_name as "opdName",
  i.badge, i.institution, i.via, i.link_version as "linkVersion", i.link_browser as "linkBrowser", i.link_revoked_at as "linkRevokedAt", i.link_off_at as "linkOffAt",
  i.invited_at as "invitedAt", i.email`;

export async function insertMeeting(tx: Tx, m: NewMeeting, now: Date): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into meetings.meeting (title, sifat, opd_id, chair_id, instant, place, starts_at, ends_at, started_at, room_id, planner_id, description, series_id, occurs_at, created_at)
    values (${m.title}, ${m.sifat}, ${m.opdId}, ${m.chairId}, ${m.instant}, ${m.place}, ${m.startsAt}, ${m.endsAt}, ${m.startedAt}, ${m.roomId}, ${m.plannerId ?? null},
      ${m.description ?? null}, ${m.seriesId ?? null}, ${m.occursAt ?? null}, ${now}) returning id`;
  if (!row) throw new Error('meeting was not inserted');
  return row.id;
}
export const meetingById = async (tx: Tx, id: string): Promise<Meeting | null> =>
  (await tx<Meeting[]>`select ${meetingColumns(tx)} from meetings.meeting m where id = ${id}`)[0] ?? null;
export const lockMeeting = async (tx: Tx, id: string): Promise<Meeting | null> =>
  (await tx<Meeting[]>`select ${meetingColumns(tx)} from meetings.meeting m where id = ${id} for update`)[0] ?? null;
/** It neither ends nor starts until this transaction is over; others may hold it too. */
export const holdMeeting = async (tx: Tx, id: string): Promise<Meeting | null> =>
  (await tx<Meeting[]>`select ${meetingColumns(tx)} from meetings.meeting m where id = ${id} for share`)[0] ?? null;
export const meetingsByRoom = (tx: Tx, roomIds: readonly string[]): Promise<Meeting[]> =>
  tx<Meeting[]>`select ${meetingColumns(tx)} from meetings.meeting m where room_id = any(${roomIds}::uuid[])`;
/** Held, or running, at some time between two instants. */
export const meetingsBetween = (tx: Tx, from: Date, to: Date): Promise<Meeting[]> => tx<Meeting[]>`
  select ${meetingColumns(tx)} from meetings.meeting m where started_at < ${to} and coalesce(ended_at, 'infinity') >= ${from} and room_id is not null`;
export const meetingsByIds = (tx: Tx, ids: readonly string[]): Promise<Meeting[]> =>
  tx<Meeting[]>`select ${meetingColumns(tx)} from meetings.meeting m where id = any(${[...ids]}::uuid[])`;
/** Begun between two instants, and this person was invited or chaired. */
export const meetingsToldTo = (tx: Tx, personId: string, from: Date, to: Date): Promise<Meeting[]> => tx<Meeting[]>`
  select ${meetingColumns(tx)} from meetings.meeting m where started_at >= ${from} and started_at < ${to}
    and (m.chair_id = ${personId} or exists (select from meetings.invitation i where i.meeting_id = m.id and i.person_id = ${personId}))`;
export const startMeeting = async (tx: Tx, id: string, roomId: string, now: Date): Promise<void> =>
  void (await tx`update meetings.meeting set started_at = ${now}, room_id = ${roomId} where id = ${id} and started_at is null and cancelled_at is null`);
/** What people were invited to is another thing now; the version counts up. */
export const savePlan = async (
  tx: Tx,
  id: string,
  m: Pick<NewMeeting, 'title' | 'sifat' | 'place' | 'startsAt' | 'endsAt'> & { description: string | null },
): Promise<void> =>
  void (await tx`
    update meetings.meeting set title = ${m.title}, sifat = ${m.sifat}, place = ${m.place}, description = ${m.description}, starts_at = ${m.startsAt}, ends_at = ${m.endsAt},
      version = version + 1
    where id = ${id} and started_at is null and cancelled_at is null`);
export const cancelMeeting = async (tx: Tx, id: string, byId: string, reason: string, now: Date): Promise<void> =>
  void (await tx`
    update meetings.meeting set cancelled_at = ${now}, cancelled_by = ${byId}, cancel_reason = ${reason}, version = version + 1
    where id = ${id} and started_at is null and cancelled_at is null`);
export const insertChange = async (
  tx: Tx,
  c: { meetingId: string; version: number; kind: 'diubah' | 'dibatalkan'; before: object; reason: string | null; byId: string },
  now: Date,
): Promise<void> =>
  void (await tx`
    insert into meetings.change (meeting_id, version, kind, before, reason, by_id, at)
    values (${c.meetingId}, ${c.version}, ${c.kind}, ${tx.json(c.before as never)}, ${c.reason}, ${c.byId}, ${now})`);
export const endMeeting = async (tx: Tx, id: string, byId: string | null, now: Date): Promise<void> =>
  void (await tx`update meetings.meeting set ended_at = ${now}, ended_by = ${byId} where id = ${id} and ended_at is null`);

/** Meetings a person chairs, planned or is invited to: running, to come, and ended since. */
export const meetingsOf = (tx: Tx, personId: string, since: Date, now: Date): Promise<Meeting[]> => tx<Meeting[]>`
  select ${meetingColumns(tx)} from meetings.meeting m
  where (m.chair_id = ${personId} or m.planner_id = ${personId}
      or exists (select from meetings.invitation i where i.meeting_id = m.id and i.person_id = ${personId} and i.link_revoked_at is null))
    and (m.ended_at is null or m.ended_at > ${since}) and (m.cancelled_at is null or m.starts_at > ${now})
  order by m.ended_at is not null, m.started_at is null, case when m.ended_at is null then m.starts_at end, m.ended_at desc limit 200`;

/** The standing of one person or guest in one meeting, in one statement. */
export async function meetingWith(tx: Tx, id: string, member: string): Promise<{ meeting: Meeting; invitation: Invitation | null } | null> {
  const [row] = await tx<(Meeting & { invitation: Invitation | null })[]>`
    select ${meetingColumns(tx)}, case when i.id is null then null else
      json_build_object('id', i.id, 'meetingId', i.meeting_id, 'member', i.member, 'personId', i.person_id, 'name', i.name, 'nip', i.nip, 'position', i.position, 'rank', i.position_rank,
        'opdId', i.opd_id, 'opdName', i.opd_name, 'badge', i.badge, 'institution', i.institution, 'via', i.via, 'linkVersion', i.link_version, 'linkBrowser', i.link_browser, 'linkRevokedAt', i.link_revoked_at, 'linkOffAt', i.link_off_at, 'invitedAt', i.invited_at, 'email', i.email) end as invitation
    from meetings.meeting m left join meetings.invitation i on i.meeting_id = m.id and i.member = ${member} where m.id = ${id}`;
  if (!row) return null;
  const { invitation, ...meeting } = row;
  return { meeting, invitation };
}

export async function insertInvitations(
  tx: Tx,
  meetingId: string,
  rows: readonly (Omit<Invitation, 'meetingId' | 'linkVersion' | 'linkBrowser' | 'linkRevokedAt' | 'linkOffAt' | 'invitedAt'> & { linkHash: string })[],
  byId: string | null,
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  // As one value: hundreds are invited at once by an urgent call, and each parameter of its own would cost both sides.
  await tx`
    insert into meetings.invitation (id, meeting_id, member, person_id, name, nip, position, position_rank, opd_id, opd_name, badge, institution, via, email, link_hash, invited_at, invited_by)
    select id, ${meetingId}, member, "personId", name, nip, position, rank, "opdId", "opdName", badge, institution, via, email, "linkHash", ${now}, ${byId}
    from json_to_recordset(${tx.json(rows)}::json) as r (id uuid, member text, "personId" uuid, name text, nip text, position text, rank int, "opdId" uuid,
      "opdName" text, badge text, institution text, via text, email text, "linkHash" text)
    on conflict (meeting_id, member) do nothing`;
}
export const invitationsOf = (tx: Tx, meetingId: string): Promise<Invitation[]> =>
  tx<
    Invitation[]
  >`select ${invitationColumns(tx)} from meetings.invitation i where meeting_id = ${meetingId} order by badge is not null, position_rank, opd_name, name`;
export const invitationsIn = (tx: Tx, meetingIds: readonly string[]): Promise<Invitation[]> =>
  tx<Invitation[]>`select ${invitationColumns(tx)} from meetings.invitation i where meeting_id = any(${[...meetingIds]}::uuid[])`;
export const validLinks = (tx: Tx, meetingId: string, personIds: readonly string[]) => tx<{ id: string; personId: string; version: number }[]>`
  select id, person_id as "personId", link_version as version from meetings.invitation
  where meeting_id = ${meetingId} and person_id = any(${[...personIds]}::uuid[]) and link_revoked_at is null`;
export const invitationByHash = async (tx: Tx, hash: string): Promise<Invitation | null> =>
  (await tx<Invitation[]>`select ${invitationColumns(tx)} from meetings.invitation i where link_hash = ${hash}`)[0] ?? null;
export const invitationById = async (tx: Tx, id: string): Promise<Invitation | null> =>
  (await tx<Invitation[]>`select ${invitationColumns(tx)} from meetings.invitation i where id = ${id}`)[0] ?? null;
/** Whoever is not invited any more leads and serves nothing either. */
export const deleteInvitation = async (tx: Tx, id: string): Promise<void> => {
  await tx`delete from meetings.role r using meetings.invitation i where i.id = ${id} and r.meeting_id = i.meeting_id and r.member = i.member`;
  await tx`delete from meetings.invitation where id = ${id}`;
};
export const bindLink = async (tx: Tx, id: string, browser: string): Promise<void> =>
  void (await tx`update meetings.invitation set link_browser = ${browser} where id = ${id}`);
export const setLink = async (tx: Tx, id: string, version: number, hash: string): Promise<void> =>
  void (await tx`update meetings.invitation set link_version = ${version}, link_hash = ${hash}, link_browser = null, link_revoked_at = null, link_off_at = null where id = ${id}`);
/** Neither what was handed out nor what would come next opens anything, until a new link is made. */
export const turnLinkOff = async (tx: Tx, id: string, version: number, hash: string, at: Date): Promise<void> =>
  void (await tx`update meetings.invitation set link_version = ${version}, link_hash = ${hash}, link_browser = null, link_off_at = ${at} where id = ${id}`);
export const revokeLink = async (tx: Tx, meetingId: string, member: string, at: Date | null): Promise<void> =>
  void (await tx`update meetings.invitation set link_revoked_at = ${at} where meeting_id = ${meetingId} and member = ${member}`);

/** The version of a member's link in the meeting of this room; null when it is revoked or there is none. */
export const linkVersionOf = async (tx: Tx, roomId: string, member: string): Promise<number | null> =>
  (
    await tx<{ version: number }[]>`
    select i.link_version as version from meetings.invitation i join meetings.meeting m on m.id = i.meeting_id
    where m.room_id = ${roomId} and i.member = ${member} and i.link_revoked_at is null`
  )[0]?.version ?? null;

/** Binds this version of a link to the first browser that enters by it; answers whether this browser is the one. */
export const claimLink = async (tx: Tx, roomId: string, member: string, browser: string, version: number): Promise<boolean> =>
  (
    await tx`
    update meetings.invitation i set link_browser = ${browser} from meetings.meeting m
    where m.room_id = ${roomId} and i.meeting_id = m.id and i.member = ${member} and i.link_revoked_at is null and i.link_version = ${version} and (i.link_browser is null or i.link_browser = ${browser})`
  ).count > 0;

/** Who was invited to these meetings when they had begun already. */
export const invitedAfterStart = (tx: Tx, meetingIds: readonly string[]) => tx<{ meetingId: string; personId: string; invitedAt: Date }[]>`
  select i.meeting_id as "meetingId", i.person_id as "personId", i.invited_at as "invitedAt" from meetings.invitation i
  where i.meeting_id = any(${[...meetingIds]}::uuid[]) and i.person_id is not null
    and i.invited_at > (select greatest(m.starts_at, m.started_at) from meetings.meeting m where m.id = i.meeting_id)`;

export const invitedCounts = async (tx: Tx, meetingIds: readonly string[]): Promise<Map<string, number>> =>
  new Map(
    (
      await tx<
        { id: string; n: number }[]
      >`select meeting_id as id, count(*)::int as n from meetings.invitation where meeting_id = any(${meetingIds}::uuid[]) and via <> 'ruang tunggu' group by meeting_id`
    ).map((r) => [r.id, r.n]),
  );

export const noteAct = async (
  tx: Tx,
  meetingId: string,
  act: { byId: string | null; act: string; member?: string; detail?: string },
  now: Date,
): Promise<void> =>
  void (await tx`insert into meetings.act (meeting_id, at, by_id, act, member, detail) values (${meetingId}, ${now}, ${act.byId}, ${act.act}, ${act.member ?? null}, ${act.detail ?? null})`);

export type Role = { member: string; role: 'ko_host' | 'operator' };
export const rolesOf = (tx: Tx, meetingId: string): Promise<Role[]> =>
  tx<Role[]>`select member, role from meetings.role where meeting_id = ${meetingId} order by at, member`;
/** null takes it back. Answers whether it is another than before. */
export async function setRole(
  tx: Tx,
  meetingId: string,
  member: string,
  role: Role['role'] | null,
  by: { id: string | null; takenOver?: boolean },
  now: Date,
): Promise<boolean> {
  if (role === null) return (await tx`delete from meetings.role where meeting_id = ${meetingId} and member = ${member}`).count > 0;
  const set = await tx`
    insert into meetings.role (meeting_id, member, role, taken_over, by_id, at) values (${meetingId}, ${member}, ${role}, ${by.takenOver ?? false}, ${by.id}, ${now})
    on conflict (meeting_id, member) do update set role = excluded.role, taken_over = excluded.taken_over, by_id = excluded.by_id, at = excluded.at
    where meetings.role.role <> excluded.role`;
  return set.count > 0;
}
export type Act = { at: Date; byId: string | null; act: string; member: string | null; detail: string | null };
export const actsOf = (tx: Tx, meetingId: string, most: number): Promise<Act[]> =>
  tx<Act[]>`select at, by_id as "byId", act, member, detail from meetings.act where meeting_id = ${meetingId} order by id desc limit ${most}`;

/** When these persons had a meeting to be in, between two instants: from the invitation on; one that never began as long as it was planned, at least an hour. */
export const invitedSpans = (tx: Tx, personIds: readonly string[], from: Date, to: Date, now: Date) => tx<{ personId: string; from: Date; to: Date }[]>`
  select * from (
    select i.person_id as "personId", greatest(i.invited_at, coalesce(m.started_at, m.starts_at)) as "from",
      coalesce(m.ended_at, case when m.started_at is null then greatest(m.ends_at, m.starts_at + interval '1 hour') else ${now} end) as "to"
    from meetings.invitation i join meetings.meeting m on m.id = i.meeting_id
    where i.person_id = any(${[...personIds]}::uuid[]) and i.link_revoked_at is null and m.cancelled_at is null and m.starts_at < ${to} and (m.ended_at is null or m.ended_at > ${from})
  ) spans where "from" < ${to} and "to" > ${from} and "to" > "from"`;

/** Begun before this moment and not ended. */
export const runningSince = async (tx: Tx, before: Date): Promise<string[]> =>
  (await tx<{ id: string }[]>`select id from meetings.meeting where started_at < ${before} and ended_at is null order by started_at`).map((m) => m.id);

/** All of one series, in the order its rule gave them. */
export const meetingsOfSeries = (tx: Tx, seriesId: string): Promise<Meeting[]> =>
  tx<Meeting[]>`select ${meetingColumns(tx)} from meetings.meeting m where series_id = ${seriesId} order by occurs_at`;

export type Change = {
  version: number;
  kind: 'diubah' | 'dibatalkan';
  before: Record<string, string | null> | null;
  reason: string | null;
  byId: string | null;
  at: Date;
};
/** What was planned before, the newest first. */
export const changesOf = (tx: Tx, meetingId: string): Promise<Change[]> =>
  tx<Change[]>`select version, kind, before, reason, by_id as "byId", at from meetings.change where meeting_id = ${meetingId} order by version desc`;

/** Where somebody has to be: a meeting they chair or are invited to, planned or running. `viewerIn`: whether this other person is invited too. */
export type Appointment = Pick<Meeting, 'title' | 'opdId' | 'chairId' | 'plannerId' | 'seriesId'> & {
  personId: string;
  meetingId: string;
  from: Date;
  to: Date;
  viewerIn: boolean;
};
/** Between two instants; without an end, `lasts` hours are taken. */
export const appointments = (
  tx: Tx,
  personIds: readonly string[],
  { from, to, lasts, viewerId }: { from: Date; to: Date; lasts: number; viewerId: string },
): Promise<Appointment[]> => tx<Appointment[]>`
  select * from (
    select i.person_id as "personId", m.id as "meetingId", m.title, m.opd_id as "opdId", m.chair_id as "chairId", m.planner_id as "plannerId", m.series_id as "seriesId",
      coalesce(m.started_at, m.starts_at) as "from",
      coalesce(m.ended_at, m.ends_at, coalesce(m.started_at, m.starts_at) + make_interval(hours => ${lasts})) as "to",
      m.id in (select v.meeting_id from meetings.invitation v where v.person_id = ${viewerId} and v.link_revoked_at is null) as "viewerIn"
    from meetings.invitation i join meetings.meeting m on m.id = i.meeting_id
    where i.person_id = any(${[...personIds]}::uuid[]) and i.link_revoked_at is null and m.cancelled_at is null and m.ended_at is null and m.starts_at < ${to}
  ) spans where "to" > ${from} and "from" < ${to} order by "from", "meetingId"`;
