// SQL of invitations: answers, disposisi, links asked for, reminders, and what letters are about.
import type { Answer } from '../../shared/invitations.ts';
import type { Tx } from '../platform/database.ts';
import type { Sent } from './rules.ts';

export type AnswerRow = {
  meetingId: string;
  member: string;
  answer: Answer;
  reason: string | null;
  way: 'sesi' | 'tautan' | 'penyiap';
  disposisiId: string | null;
  byId: string | null;
  byName: string | null;
  at: Date;
};
export type DisposisiRow = Sent & {
  meetingId: string;
  opdId: string;
  day: string;
  instruction: string;
  byId: string | null;
  at: Date;
  endReason: string | null;
};

const answerColumns = (tx: Tx) => tx`
  meeting_id as "meetingId", member, answer, reason, way, disposisi_id as "disposisiId", by_id as "byId", by_name as "byName", at`;

export const insertAnswer = async (tx: Tx, a: AnswerRow): Promise<void> =>
  void (await tx`
    insert into invitations.answer (meeting_id, member, answer, reason, way, disposisi_id, by_id, by_name, at)
    values (${a.meetingId}, ${a.member}, ${a.answer}, ${a.reason}, ${a.way}, ${a.disposisiId}, ${a.byId}, ${a.byName}, ${a.at})`);
/** The newest one of each member that was not destroyed. */
export const answersOf = (tx: Tx, meetingIds: readonly string[]): Promise<AnswerRow[]> => tx<AnswerRow[]>`
  select distinct on (meeting_id, member) ${answerColumns(tx)} from invitations.answer
  where meeting_id = any(${[...meetingIds]}::uuid[]) and member is not null order by meeting_id, member, id desc`;
export const historyOf = (tx: Tx, meetingId: string, member: string): Promise<AnswerRow[]> => tx<AnswerRow[]>`
  select ${answerColumns(tx)} from invitations.answer where meeting_id = ${meetingId} and member = ${member} order by id desc limit 50`;

export const insertDisposisi = async (tx: Tx, d: Omit<DisposisiRow, 'ended' | 'endReason'>): Promise<void> =>
  void (await tx`
    insert into invitations.disposisi (id, meeting_id, parent_id, opd_id, number, day, instruction, from_member, from_name, from_position, to_member, to_name, to_position,
      invited, by_id, at)
    values (${d.id}, ${d.meetingId}, ${d.parentId}, ${d.opdId}, ${d.number}, ${d.day}, ${d.instruction}, ${d.fromMember}, ${d.fromName}, ${d.fromPosition}, ${d.toMember},
      ${d.toName}, ${d.toPosition}, ${d.invited}, ${d.byId}, ${d.at})`);
/** In the order they were given; those that were destroyed are left out. */
export const disposisiOf = (tx: Tx, meetingId: string): Promise<DisposisiRow[]> => tx<DisposisiRow[]>`
  select d.id, d.meeting_id as "meetingId", d.parent_id as "parentId", d.opd_id as "opdId", d.number, d.day::text as day, d.instruction, d.from_member as "fromMember",
    d.from_name as "fromName", d.from_position as "fromPosition", d.to_member as "toMember", d.to_name as "toName", d.to_position as "toPosition", d.invited,
    d.by_id as "byId", d.at, e.kind as ended, e.reason as "endReason"
  from invitations.disposisi d left join invitations.disposisi_end e on e.disposisi_id = d.id
  where d.meeting_id = ${meetingId} and d.from_member is not null order by d.at, d.id`;
/** Who goes for another only, of several meetings. */
export const sentIn = (tx: Tx, meetingIds: readonly string[]) => tx<{ meetingId: string; member: string }[]>`
  select d.meeting_id as "meetingId", d.to_member as member from invitations.disposisi d
  where d.meeting_id = any(${[...meetingIds]}::uuid[]) and d.invited and d.to_member is not null
    and not exists (select from invitations.disposisi_end e where e.disposisi_id = d.id)`;
/** False: it was over already. */
export const endDisposisi = async (
  tx: Tx,
  e: { id: string; meetingId: string; kind: 'ditarik' | 'dikembalikan' | 'ikut'; reason: string | null; byId: string; byName: string; at: Date },
): Promise<boolean> =>
  (
    await tx`
    insert into invitations.disposisi_end (disposisi_id, meeting_id, kind, reason, by_id, by_name, at)
    values (${e.id}, ${e.meetingId}, ${e.kind}, ${e.reason}, ${e.byId}, ${e.byName}, ${e.at}) on conflict (disposisi_id) do nothing`
  ).count > 0;

export type AskRow = {
  id: string;
  meetingId: string;
  invitationId: string;
  member: string;
  linkVersion: number;
  browser: string;
  device: string;
  formerBrowser: string | null;
  at: Date;
  outcome: 'diizinkan' | 'ditolak' | null;
  decidedAt: Date | null;
};
const askColumns = (tx: Tx) => tx`
  id, meeting_id as "meetingId", invitation_id as "invitationId", member, link_version as "linkVersion", browser, device, former_browser as "formerBrowser", at, outcome,
  decided_at as "decidedAt"`;
/** One that waits for this browser already stays. */
export const insertAsk = async (tx: Tx, a: Omit<AskRow, 'outcome' | 'decidedAt'>): Promise<boolean> =>
  (
    await tx`
    insert into invitations.link_ask (id, meeting_id, invitation_id, member, link_version, browser, device, former_browser, at)
    values (${a.id}, ${a.meetingId}, ${a.invitationId}, ${a.member}, ${a.linkVersion}, ${a.browser}, ${a.device}, ${a.formerBrowser}, ${a.at})
    on conflict (invitation_id, browser, link_version) where outcome is null do nothing`
  ).count > 0;
/** The newest one of this browser for this link. */
export const lastAsk = async (tx: Tx, invitationId: string, browser: string, version: number): Promise<AskRow | null> =>
  (
    await tx<AskRow[]>`
    select ${askColumns(tx)} from invitations.link_ask where invitation_id = ${invitationId} and browser = ${browser} and link_version = ${version}
    order by at desc, outcome is null desc limit 1`
  )[0] ?? null;
export const lockAsk = async (tx: Tx, id: string): Promise<AskRow | null> =>
  (await tx<AskRow[]>`select ${askColumns(tx)} from invitations.link_ask where id = ${id} for update`)[0] ?? null;
export const waitingAsks = (tx: Tx, meetingId: string, since: Date): Promise<AskRow[]> => tx<AskRow[]>`
  select ${askColumns(tx)} from invitations.link_ask where meeting_id = ${meetingId} and outcome is null and at > ${since} order by at`;
export const renewAsk = async (tx: Tx, id: string, at: Date): Promise<void> => void (await tx`update invitations.link_ask set at = ${at} where id = ${id}`);
export const decideAsk = async (tx: Tx, id: string, outcome: 'diizinkan' | 'ditolak', by: string, at: Date): Promise<void> =>
  void (await tx`update invitations.link_ask set outcome = ${outcome}, decided_by = ${by}, decided_at = ${at} where id = ${id}`);

export const insertReminder = async (tx: Tx, r: { id: string; meetingId: string; members: readonly string[]; byId: string; at: Date }): Promise<void> =>
  void (await tx`insert into invitations.reminder (id, meeting_id, members, by_id, at) values (${r.id}, ${r.meetingId}, ${[...r.members]}, ${r.byId}, ${r.at})`);
export const lastReminder = async (tx: Tx, meetingId: string): Promise<Date | null> =>
  (await tx<{ at: Date }[]>`select at from invitations.reminder where meeting_id = ${meetingId} order by at desc limit 1`)[0]?.at ?? null;
export const reminderById = async (tx: Tx, id: string): Promise<{ meetingId: string } | null> =>
  (await tx<{ meetingId: string }[]>`select meeting_id as "meetingId" from invitations.reminder where id = ${id}`)[0] ?? null;

export type NewsRow = {
  id: string;
  meetingId: string;
  seriesId: string | null;
  version: number;
  kind: 'direncanakan' | 'diundang' | 'diubah' | 'dibatalkan' | 'ditarik' | 'surat_batal';
};
/** Answers what it is one letter with: the first news of the series, and of this kind of letter, in this transaction. */
export async function insertNews(tx: Tx, n: NewsRow & { at: Date }): Promise<string> {
  const [row] = await tx<{ batch: string }[]>`
    insert into invitations.news (id, meeting_id, series_id, version, kind, batch, at)
    values (${n.id}, ${n.meetingId}, ${n.seriesId}, ${n.version}, ${n.kind}, coalesce((
      select batch from invitations.news where series_id = ${n.seriesId} and xact = pg_current_xact_id()::text and kind = ${n.kind} limit 1), ${n.id}), ${n.at}) returning batch`;
  if (!row) throw new Error('news were not inserted');
  return row.batch;
}
export const newsOf = (tx: Tx, batch: string): Promise<NewsRow[]> => tx<NewsRow[]>`
  select id, meeting_id as "meetingId", series_id as "seriesId", version, kind from invitations.news where batch = ${batch} order by at, id`;

/** What letters about this meeting were asked for under, the newest first. */
export const batchesOf = (tx: Tx, meetingId: string): Promise<(Pick<NewsRow, 'kind'> & { batch: string })[]> =>
  tx<(Pick<NewsRow, 'kind'> & { batch: string })[]>`select kind, batch from invitations.news where meeting_id = ${meetingId} order by at desc, id`;
