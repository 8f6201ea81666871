// SQL of calendars: the meetings of a span of time, of one person, an OPD or a room, in one statement.
import type { Tx } from '../platform/database.ts';
import { LONGEST_PLAN_MS } from './preparing.ts';
import type { Meeting } from './meeting.ts';

export type CalendarMeeting = Pick<
  Meeting,
  'id' | 'title' | 'opdId' | 'place' | 'chairId' | 'plannerId' | 'startsAt' | 'endsAt' | 'version' | 'seriesId' | 'state'
> & {
  chairName: string | null;
  /** This person was invited, by a link that counts. */
  invited: boolean;
};
export type CalendarScope = { kind: 'saya' } | { kind: 'opd'; opdId: string } | { kind: 'ruang'; place: string };
/** More than this no screen can draw. */
const MOST = 3_000;
/** `Daring; Ruang Rapat Utama` is in that room too. The index of 0028 is made of the same words. */
const roomOf = (tx: Tx) => tx`regexp_replace(lower(m.place), '^daring\\s*;\\s*', '')`;

const within = (tx: Tx, scope: CalendarScope, personId: string) =>
  scope.kind === 'opd'
    ? tx`m.opd_id = ${scope.opdId}`
    : scope.kind === 'ruang'
      ? tx`${roomOf(tx)} = lower(${scope.place}) and m.cancelled_at is null`
      : tx`(mine.id is not null or m.chair_id = ${personId})`;

/** `endsAt`: as planned, else when it ended. */
export const calendarMeetings = (tx: Tx, personId: string, scope: CalendarScope, from: Date, to: Date): Promise<CalendarMeeting[]> => tx<CalendarMeeting[]>`
  select m.id, m.title, m.opd_id as "opdId", m.place, m.chair_id as "chairId", m.planner_id as "plannerId", m.starts_at as "startsAt", coalesce(m.ends_at, m.ended_at) as "endsAt",
    m.version, m.series_id as "seriesId", mine.id is not null as invited,
    (select chair.name from meetings.invitation chair where chair.meeting_id = m.id and chair.member = 'p_' || m.chair_id) as "chairName",
    case when m.cancelled_at is not null then 'dibatalkan' when m.ended_at is not null then 'berakhir' when m.started_at is not null then 'berlangsung' else 'terjadwal' end as state
  from meetings.meeting m
  left join meetings.invitation mine on mine.meeting_id = m.id and mine.member = ${`p_${personId}`} and mine.link_revoked_at is null
  where m.starts_at < ${to} and m.starts_at > ${new Date(from.getTime() - LONGEST_PLAN_MS)} and coalesce(m.ends_at, m.ended_at, m.starts_at + interval '1 hour') > ${from}
    and ${within(tx, scope, personId)}
  order by m.starts_at, m.id limit ${MOST}`;

/** Rooms where these OPDs held or hold meetings since, the most used first. */
export const roomsUsed = async (tx: Tx, opdIds: readonly string[], since: Date): Promise<string[]> =>
  (
    await tx<{ room: string }[]>`
    select min(regexp_replace(m.place, '^daring\\s*;\\s*', '', 'i')) as room from meetings.meeting m
    where m.opd_id = any(${[...opdIds]}::uuid[]) and m.starts_at > ${since} and m.cancelled_at is null and ${roomOf(tx)} <> 'daring'
    group by ${roomOf(tx)} order by count(*) desc, 1 limit 60`
  ).map((row) => row.room);

export type FeedMeeting = Pick<Meeting, 'id' | 'title' | 'opdId' | 'place' | 'description' | 'startsAt' | 'endsAt' | 'version' | 'seriesId' | 'occursAt'> & {
  cancelReason: string | null;
  chairName: string | null;
  invited: boolean;
};
/** Meetings this person is invited to or chairs, begun in a span; and, of their series, the rest (whose words are not this person's to read). */
export const feedMeetings = (tx: Tx, personId: string, from: Date, to: Date): Promise<FeedMeeting[]> => tx<FeedMeeting[]>`
  with own as (
    select m.id, m.series_id from meetings.meeting m
    where m.starts_at between ${from} and ${to} and (m.chair_id = ${personId}
      or exists (select from meetings.invitation i where i.meeting_id = m.id and i.member = ${`p_${personId}`} and i.link_revoked_at is null))
  )
  select m.id, m.title, m.opd_id as "opdId", m.place, m.description, m.starts_at as "startsAt", coalesce(m.ends_at, m.ended_at) as "endsAt", m.version, m.series_id as "seriesId",
    m.occurs_at as "occursAt", m.cancel_reason as "cancelReason", mine.id is not null or m.chair_id = ${personId} as invited,
    (select chair.name from meetings.invitation chair where chair.meeting_id = m.id and chair.member = 'p_' || m.chair_id) as "chairName"
  from meetings.meeting m
  left join meetings.invitation mine on mine.meeting_id = m.id and mine.member = ${`p_${personId}`} and mine.link_revoked_at is null
  where m.id in (select id from own) or m.series_id in (select series_id from own where series_id is not null)
  order by m.starts_at, m.id limit ${MOST}`;
