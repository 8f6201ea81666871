// SQL of reminders: which were given, to whom.
import type { Tx } from '../platform/database.ts';
import type { ReminderKind } from './reminder-rules.ts';

export type Turn = { source: 'rapat' | 'konferensi'; eventId: string; version: number; kind: ReminderKind };
export type ReminderRow = Turn & { id: string; member: string; startsAt: Date; at: Date };

/** Of these, the ones that were given: `<event>:<version>:<kind>`. */
export const turnsOf = async (tx: Tx, eventIds: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await tx<Omit<Turn, 'source'>[]>`
      select event_id as "eventId", version, kind from notifications.reminder_turn where event_id = any(${[...eventIds]}::uuid[])`
    ).map(turnKey),
  );
export const turnKey = ({ eventId, version, kind }: Omit<Turn, 'source'>): string => `${eventId}:${version}:${kind}`;

/** Whether it is new. */
export const insertTurn = async (tx: Tx, t: Turn, at: Date): Promise<boolean> =>
  (
    await tx`
    insert into notifications.reminder_turn (source, event_id, version, kind, at) values (${t.source}, ${t.eventId}, ${t.version}, ${t.kind}, ${at})
    on conflict do nothing`
  ).count > 0;

/** Those that are new. */
export const insertReminders = (tx: Tx, t: Turn, members: readonly string[], startsAt: Date, at: Date) => tx<{ id: string; member: string }[]>`
  insert into notifications.reminder (source, event_id, version, kind, member, starts_at, at)
  select ${t.source}, ${t.eventId}, ${t.version}, ${t.kind}, member, ${startsAt}, ${at} from unnest(${[...members]}::text[]) member
  on conflict do nothing returning id, member`;
export const setNotices = async (tx: Tx, pairs: readonly { id: string; noticeId: string }[]): Promise<void> =>
  void (await tx`
    update notifications.reminder r set notice_id = p."noticeId" from json_to_recordset(${tx.json([...pairs])}::json) as p (id uuid, "noticeId" uuid) where r.id = p.id`);
export const reminderById = async (tx: Tx, id: string): Promise<ReminderRow | null> =>
  (
    await tx<ReminderRow[]>`
    select id, source, event_id as "eventId", version, kind, member, starts_at as "startsAt", at from notifications.reminder where id = ${id}`
  )[0] ?? null;
