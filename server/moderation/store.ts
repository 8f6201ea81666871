// SQL of moderation: settings and turns.
import type { ChatLimit, Lock, Spot } from '../../shared/moderation.ts';
import type { Tx } from '../platform/database.ts';
import type { Ending } from './rules.ts';

export type Setting = { locks: Lock[]; spotlight: Spot[]; chat: ChatLimit; slowSeconds: number; entryMuted: boolean; turnSeconds: number };
export type TurnRow = { id: string; member: string; givenAt: Date; until: Date; awaySince: Date | null; endedAt: Date | null };
/** `had`: turns of each member in this meeting, the open one counted. */
export type Held = Setting & { turn: TurnRow | null; had: Record<string, number> };

const settingColumns = (tx: Tx) => tx`
  coalesce(s.locks, '{}') as locks, coalesce(s.spotlight, '[]') as spotlight, coalesce(s.chat, 'semua') as chat, coalesce(s.slow_seconds, 0) as "slowSeconds",
  coalesce(s.entry_muted, false) as "entryMuted", coalesce(s.turn_seconds, 120) as "turnSeconds"`;
const turnColumns = (tx: Tx) => tx`t.id, t.member, t.given_at as "givenAt", t.until, t.away_since as "awaySince", t.ended_at as "endedAt"`;

export async function settingOf(tx: Tx, meetingId: string): Promise<Setting> {
  const [row] = await tx<
    Setting[]
  >`select ${settingColumns(tx)} from (select ${meetingId}::uuid as id) q left join moderation.setting s on s.meeting_id = q.id`;
  if (!row) throw new Error('settings are always there');
  return row;
}
export async function heldOf(tx: Tx, meetingId: string): Promise<Held> {
  const [row] = await tx<(Setting & TurnRow & { had: Record<string, number> | null })[]>`
    select ${settingColumns(tx)}, ${turnColumns(tx)},
      (select json_object_agg(member, n) from (select member, count(*)::int as n from moderation.turn where meeting_id = ${meetingId} group by member) c) as had
    from (select ${meetingId}::uuid as meeting_id) q left join moderation.setting s on s.meeting_id = q.meeting_id
      left join moderation.turn t on t.meeting_id = q.meeting_id and t.ended_at is null`;
  if (!row) throw new Error('settings are always there');
  const { id, member, givenAt, until, awaySince, endedAt, had, ...setting } = row;
  return { ...setting, had: had ?? {}, turn: id === null ? null : { id, member, givenAt, until, awaySince, endedAt } };
}
export const saveSetting = async (tx: Tx, meetingId: string, s: Setting): Promise<void> =>
  void (await tx`
    insert into moderation.setting (meeting_id, locks, spotlight, chat, slow_seconds, entry_muted, turn_seconds)
    values (${meetingId}, ${s.locks}, ${tx.json(s.spotlight)}, ${s.chat}, ${s.slowSeconds}, ${s.entryMuted}, ${s.turnSeconds})
    on conflict (meeting_id) do update set locks = excluded.locks, spotlight = excluded.spotlight, chat = excluded.chat, slow_seconds = excluded.slow_seconds,
      entry_muted = excluded.entry_muted, turn_seconds = excluded.turn_seconds`);

export const turnById = async (tx: Tx, meetingId: string, id: string): Promise<TurnRow | null> =>
  (await tx<TurnRow[]>`select ${turnColumns(tx)} from moderation.turn t where id = ${id} and meeting_id = ${meetingId}`)[0] ?? null;
export const insertTurn = async (tx: Tx, t: { meetingId: string; member: string; givenAt: Date; until: Date }): Promise<void> =>
  void (await tx`insert into moderation.turn (meeting_id, member, given_at, until) values (${t.meetingId}, ${t.member}, ${t.givenAt}, ${t.until})`);
export const endTurn = async (tx: Tx, id: string, how: Ending, at: Date): Promise<boolean> =>
  (await tx`update moderation.turn set ended_at = ${at}, ended_how = ${how}, away_since = null where id = ${id} and ended_at is null`).count > 0;
export const setAway = async (tx: Tx, id: string, since: Date | null): Promise<void> =>
  void (await tx`update moderation.turn set away_since = ${since} where id = ${id} and ended_at is null`);
/** Meetings where somebody has the turn. */
export const busy = async (tx: Tx): Promise<string[]> =>
  (await tx<{ id: string }[]>`select meeting_id as id from moderation.turn where ended_at is null`).map(({ id }) => id);
