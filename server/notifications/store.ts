// SQL of notices, where they were sent, and what people chose.
import type { Channels, Choice, Notice, NoticeChannel, NoticeKind, Quiet } from '../../shared/notifications.ts';
import type { Tx } from '../platform/database.ts';

export type NoticeWords = Notice['words'];
export type NewNotice = {
  personIds: readonly string[];
  kind: NoticeKind;
  ref: string;
  words: NoticeWords;
  path: string;
  urgent: boolean;
  until: Date | null;
};
export type NoticeRow = Omit<NewNotice, 'personIds'> & { id: string; personId: string; at: Date; readAt: Date | null };
export type DeliveryState = 'menunggu' | 'terkirim' | 'gagal' | 'tidak_dikirim';
export type Why = 'tidak_terjangkau' | 'tenang' | 'basi' | 'dibaca' | 'gagal';
export type NewDelivery = {
  noticeId: string;
  channel: NoticeChannel;
  state: DeliveryState;
  why: Why | null;
  dueAt: string;
  held: boolean;
};
export type DeliveryRow = Omit<NewDelivery, 'dueAt'> & { id: string; detail: string | null; dueAt: Date; attempts: number; doneAt: Date | null };

const columns = (tx: Tx) => tx`n.id, n.person_id as "personId", n.kind, n.ref, n.words, n.path, n.urgent, n.until, n.at, n.read_at as "readAt"`;

export const insertNotices = (tx: Tx, n: NewNotice, at: Date) => tx<{ id: string; personId: string }[]>`
  insert into notifications.notice (person_id, kind, ref, words, path, urgent, until, at)
  select person, ${n.kind}, ${n.ref}, ${tx.json(n.words)}, ${n.path}, ${n.urgent}, ${n.until}, ${at} from unnest(${[...n.personIds]}::uuid[]) person
  returning id, person_id as "personId"`;

export const insertDeliveries = (tx: Tx, rows: readonly NewDelivery[], at: Date) => tx<
  { id: string; channel: NoticeChannel; state: DeliveryState; dueAt: Date }[]
>`
  insert into notifications.delivery (notice_id, channel, state, why, asked_at, due_at, held, done_at)
  select "noticeId", channel, state, why, ${at}, "dueAt", held, case when state = 'tidak_dikirim' then ${at}::timestamptz end
  from json_to_recordset(${tx.json([...rows])}::json) as r ("noticeId" uuid, channel text, state text, why text, "dueAt" timestamptz, held boolean)
  returning id, channel, state, due_at as "dueAt"`;

export type Asked = { kind: NoticeKind | null; unread: boolean; before: string | null };
/** Newest first. */
export const noticesOf = (tx: Tx, personId: string, { kind, unread, before }: Asked, limit: number) => tx<NoticeRow[]>`
  select ${columns(tx)} from notifications.notice n
  where n.person_id = ${personId} and (${kind}::text is null or n.kind = ${kind}) and (${!unread} or n.read_at is null)
    and (${before}::uuid is null or (n.at, n.id) < (select b.at, b.id from notifications.notice b where b.id = ${before} and b.person_id = ${personId}))
  order by n.at desc, n.id desc limit ${limit}`;

export const unreadOf = async (tx: Tx, personId: string): Promise<number> =>
  (await tx<{ n: number }[]>`select count(*)::int as n from notifications.notice where person_id = ${personId} and read_at is null`)[0]?.n ?? 0;

export async function markRead(
  tx: Tx,
  personId: string,
  { ids, kind, read }: { ids: readonly string[] | null; kind: NoticeKind | null; read: boolean },
  at: Date,
): Promise<number> {
  const { count } = await tx`
    update notifications.notice set read_at = ${read ? at : null}
    where person_id = ${personId} and (read_at is null) = ${read} and (${kind}::text is null or kind = ${kind})
      and (${ids === null} or id = any(${[...(ids ?? [])]}::uuid[]))`;
  return count;
}

export const deliveriesOf = (tx: Tx, noticeIds: readonly string[]) => tx<DeliveryRow[]>`
  select id, notice_id as "noticeId", channel, state, why, detail, due_at as "dueAt", held, attempts, done_at as "doneAt" from notifications.delivery
  where notice_id = any(${[...noticeIds]}::uuid[]) order by channel`;

export type Waiting = { id: string; channel: NoticeChannel; state: DeliveryState; held: boolean; attempts: number; dueAt: Date; notice: NoticeRow };
const waiting = (rows: readonly (Omit<Waiting, 'notice'> & NoticeRow & { noticeId: string })[]): Waiting | null => {
  const [row] = rows;
  if (!row) return null;
  const { id, channel, state, held, attempts, dueAt, noticeId, ...notice } = row;
  return { id, channel, state, held, attempts, dueAt, notice: { ...notice, id: noticeId } };
};
const withNotice = (tx: Tx) => tx`
  d.id, d.channel, d.state, d.held, d.attempts, d.due_at as "dueAt", n.id as "noticeId", n.person_id as "personId", n.kind, n.ref, n.words, n.path, n.urgent, n.until, n.at,
  n.read_at as "readAt"`;
export const deliveryById = async (tx: Tx, id: string): Promise<Waiting | null> =>
  waiting(await tx`select ${withNotice(tx)} from notifications.delivery d join notifications.notice n on n.id = d.notice_id where d.id = ${id}`);

/** This one, when it is due; held by this process until `until`. */
export const claim = async (tx: Tx, id: string, now: Date, until: Date): Promise<Waiting | null> =>
  waiting(
    await tx`
    update notifications.delivery d set claimed_until = ${until}, attempts = attempts + 1 from notifications.notice n
    where n.id = d.notice_id and d.id = ${id} and d.state = 'menunggu' and d.due_at <= ${now} and (d.claimed_until is null or d.claimed_until <= ${now})
    returning ${withNotice(tx)}`,
  );
export const finish = async (
  tx: Tx,
  id: string,
  state: Exclude<DeliveryState, 'menunggu'>,
  { why, detail }: { why: Why | null; detail: string | null },
  at: Date,
): Promise<void> =>
  void (await tx`
    update notifications.delivery set state = ${state}, why = ${why}, detail = ${detail}, done_at = ${at}, claimed_until = null where id = ${id} and state = 'menunggu'`);
/** After it was sent. */
export const failed = async (tx: Tx, id: string, detail: string | null, at: Date): Promise<void> =>
  void (await tx`update notifications.delivery set state = 'gagal', why = 'gagal', detail = ${detail}, done_at = ${at} where id = ${id} and state in ('menunggu', 'terkirim')`);
export const putOff = async (tx: Tx, id: string, detail: string, dueAt: Date): Promise<void> =>
  void (await tx`update notifications.delivery set detail = ${detail}, due_at = ${dueAt}, claimed_until = null where id = ${id} and state = 'menunggu'`);
/** What is due on ways other than letters, and for how long. */
export async function due(tx: Tx, now: Date): Promise<{ waiting: number; oldestSeconds: number }> {
  const [row] = await tx<[{ waiting: number; oldestSeconds: number }]>`
    select count(*)::int as waiting, coalesce(extract(epoch from ${now}::timestamptz - min(due_at)), 0)::float8 as "oldestSeconds" from notifications.delivery
    where state = 'menunggu' and channel <> 'surel' and due_at <= ${now}`;
  return row;
}
/** Due for a while, and nobody is at it. */
export const overlooked = async (tx: Tx, before: Date, now: Date): Promise<string[]> =>
  (
    await tx<{ id: string }[]>`
    select id from notifications.delivery where state = 'menunggu' and channel <> 'surel' and due_at <= ${before} and (claimed_until is null or claimed_until <= ${now})
    order by due_at limit 1000`
  ).map(({ id }) => id);

export type ChoiceRow = { personId: string; channels: Channels; quiet: Quiet | null; represented: boolean; at: Date };
/** The newest of each. */
export const choicesOf = async (tx: Tx, personIds: readonly string[]): Promise<Map<string, ChoiceRow>> =>
  new Map(
    (
      await tx<ChoiceRow[]>`
      select distinct on (person_id) person_id as "personId", channels, quiet, represented, at from notifications.choice
      where person_id = any(${[...personIds]}::uuid[]) order by person_id, id desc`
    ).map((row) => [row.personId, row]),
  );
export const formerChoices = async (tx: Tx, personId: string): Promise<Date[]> =>
  (await tx<{ at: Date }[]>`select at from notifications.choice where person_id = ${personId} order by id desc offset 1 limit 20`).map(({ at }) => at);
export const insertChoice = async (tx: Tx, personId: string, { channels, quiet, represented }: Choice, at: Date): Promise<void> =>
  void (await tx`
    insert into notifications.choice (person_id, channels, quiet, represented, at)
    values (${personId}, ${tx.json(channels)}, ${quiet === null ? null : tx.json(quiet)}, ${represented}, ${at})`);
