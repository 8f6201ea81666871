// SQL of the notice and of the proofs that it was read. Proofs are rows of the ledger.
import { lockStreams } from '../platform/ledger.ts';
import type { Tx } from '../platform/database.ts';
import type { NoticeTexts } from './notice-text.ts';

export type NoticeRow = { version: number; texts: NoticeTexts; sha256Id: string; sha256En: string; since: Date };
export type AckRow = { member: string; version: number; language: 'id' | 'en'; sha256: string; at: Date };

const columns = (tx: Tx) => tx`version, texts, sha256_id as "sha256Id", sha256_en as "sha256En", since`;

export const latest = async (tx: Tx): Promise<NoticeRow | null> =>
  (await tx<NoticeRow[]>`select ${columns(tx)} from people.notice order by version desc limit 1`)[0] ?? null;
export const ofVersion = async (tx: Tx, version: number): Promise<NoticeRow | null> =>
  (await tx<NoticeRow[]>`select ${columns(tx)} from people.notice where version = ${version}`)[0] ?? null;
export const lockNotices = (tx: Tx) => tx`select pg_advisory_xact_lock(hashtext('people.notice'))`;
export const insertNotice = (tx: Tx, n: NoticeRow) => tx`
  insert into people.notice (version, texts, sha256_id, sha256_en, since) values (${n.version}, ${tx.json(n.texts)}, ${n.sha256Id}, ${n.sha256En}, ${n.since})`;

export async function dataOfficer(tx: Tx): Promise<string | null> {
  const [row] = await tx<{ officer: string | null }[]>`select data_officer as officer from people.region`;
  return row?.officer ?? null;
}
export const setDataOfficer = (tx: Tx, officer: string | null) => tx`
  insert into people.region (one, name, data_officer) values (true, 'Pemerintah Daerah', ${officer}) on conflict (one) do update set data_officer = excluded.data_officer`;

/** The newest proof of each of these members. */
export const newestAcks = (tx: Tx, members: readonly string[]): Promise<AckRow[]> => tx<AckRow[]>`
  select distinct on (member) member, version, language, text_sha256 as sha256, at from people.notice_ack
  where member = any(${[...members]}) order by member, version desc`;
export const acksOf = (tx: Tx, member: string): Promise<AckRow[]> => tx<AckRow[]>`
  select member, version, language, text_sha256 as sha256, at from people.notice_ack where member = ${member} order by version desc`;

/** Once per member and version, however often it is told. */
export async function insertAck(tx: Tx, ack: AckRow & { device: string }): Promise<void> {
  await lockStreams(tx, [`notices:${ack.member}`]);
  await tx`
    insert into people.notice_ack (member, version, language, text_sha256, at, device)
    select ${ack.member}, ${ack.version}, ${ack.language}, ${ack.sha256}, ${ack.at}, ${ack.device}
    where not exists (select from people.notice_ack where member = ${ack.member} and version = ${ack.version})`;
}
