// SQL of the chat.
import type { Tx } from '../platform/database.ts';

export type ChatRow = {
  id: string;
  n: number;
  step: number;
  member: string;
  name: string;
  badge: 'Tamu' | 'Pers' | null;
  text: string;
  at: Date;
  deletedAt: Date | null;
  fileId: string | null;
  thumbId: string | null;
  replyTo: string | null;
  replyName: string | null;
  replyText: string | null;
  replyDeletedAt: Date | null;
};
export const MOST = 500;

const columns = (tx: Tx) => tx`
  c.id, c.n::float8 as n, c.step::float8 as step, c.member, c.name, c.badge, c.text, c.at, c.deleted_at as "deletedAt", c.file_id as "fileId", c.thumb_id as "thumbId",
  r.id as "replyTo", r.name as "replyName", left(r.text, 160) as "replyText", r.deleted_at as "replyDeletedAt"
  from room_record.chat c left join room_record.chat r on r.id = c.reply_to`;

/** Who writes into the chat of one meeting does it one after another: steps come in the order in which they can be read. */
export const lockChat = async (tx: Tx, meetingId: string): Promise<void> =>
  void (await tx`select pg_advisory_xact_lock(hashtext('room_record.chat'), hashtext(${meetingId}))`);

/** Newest first, one more than is told. */
export const last = (tx: Tx, meetingId: string, before: number | null): Promise<ChatRow[]> => tx<ChatRow[]>`
  select ${columns(tx)} where c.meeting_id = ${meetingId} and (${before}::bigint is null or c.n < ${before}) order by c.n desc limit ${MOST + 1}`;
export const changedSince = (tx: Tx, meetingId: string, step: number): Promise<ChatRow[]> => tx<ChatRow[]>`
  select ${columns(tx)} where c.meeting_id = ${meetingId} and c.step > ${step} order by c.step limit ${MOST + 1}`;
export const holding = (tx: Tx, meetingId: string, words: string): Promise<ChatRow[]> => tx<ChatRow[]>`
  select ${columns(tx)} where c.meeting_id = ${meetingId} and c.deleted_at is null and strpos(lower(c.text), lower(${words})) > 0 order by c.n desc limit ${MOST + 1}`;
export const all = (tx: Tx, meetingId: string): Promise<ChatRow[]> => tx<ChatRow[]>`select ${columns(tx)} where c.meeting_id = ${meetingId} order by c.n`;
export const newestStep = async (tx: Tx, meetingId: string): Promise<number> =>
  (await tx<{ step: number }[]>`select coalesce(max(step), 0)::float8 as step from room_record.chat where meeting_id = ${meetingId}`)[0]?.step ?? 0;
export const message = async (tx: Tx, meetingId: string, id: string): Promise<ChatRow | null> =>
  (await tx<ChatRow[]>`select ${columns(tx)} where c.meeting_id = ${meetingId} and c.id = ${id}`)[0] ?? null;
export const isTaken = async (tx: Tx, id: string): Promise<boolean> => (await tx`select from room_record.chat where id = ${id}`).count > 0;
export const saidSince = async (tx: Tx, meetingId: string, member: string, since: Date): Promise<number> =>
  (await tx<{ n: number }[]>`select count(*)::int as n from room_record.chat where meeting_id = ${meetingId} and member = ${member} and at > ${since}`)[0]?.n ??
  0;
export const insert = async (
  tx: Tx,
  meetingId: string,
  c: Pick<ChatRow, 'id' | 'member' | 'name' | 'badge' | 'text' | 'at' | 'fileId' | 'thumbId' | 'replyTo'>,
): Promise<void> =>
  void (await tx`
    insert into room_record.chat (id, meeting_id, member, name, badge, text, at, reply_to, file_id, thumb_id)
    values (${c.id}, ${meetingId}, ${c.member}, ${c.name}, ${c.badge}, ${c.text}, ${c.at}, ${c.replyTo}, ${c.fileId}, ${c.thumbId})`);
/** Its words and file are gone; that it was said stays. */
export const takeBack = async (tx: Tx, id: string, at: Date): Promise<void> =>
  void (await tx`
    update room_record.chat set text = '', file_id = null, thumb_id = null, deleted_at = ${at}, step = nextval('room_record.chat_step') where id = ${id}`);
