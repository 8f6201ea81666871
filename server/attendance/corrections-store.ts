// SQL of corrections: objections and decisions are only added, the newest decision counts; files are handed in before.
import type { OriginalReading } from '../../shared/attendance.ts';
import type { Tx } from '../platform/database.ts';

type Decided = { outcome: 'accepted' | 'rejected' | 'withdrawn'; from: Date | null; to: Date | null; reason: string | null; byId: string | null; at: Date };
/** Persons are null where retention took them away. */
export type CorrectionRow = {
  id: string;
  personId: string | null;
  opdId: string;
  meetingId: string | null;
  date: string;
  from: Date | null;
  to: Date | null;
  mark: 'hadir_wfh' | null;
  original: OriginalReading | null;
  reason: string | null;
  fileId: string | null;
  fileName: string | null;
  fileSha256: string | null;
  requestedBy: string | null;
  requestedAt: Date;
  decision: Decided | null;
};
export type NewCorrection = Omit<CorrectionRow, 'id' | 'decision'> & { personId: string; requestedBy: string };
type Flat = Omit<CorrectionRow, 'decision'> & {
  outcome: Decided['outcome'] | null;
  acceptedFrom: Date | null;
  acceptedTo: Date | null;
  decisionReason: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
};

const rows = (tx: Tx) => tx`
  select c.id, c.person_id as "personId", c.opd_id as "opdId", c.meeting_id as "meetingId", c.date, c.claimed_from as "from", c.claimed_to as "to", c.claimed_mark as mark,
    c.original, c.reason, c.file_id as "fileId", c.file_name as "fileName", c.file_sha256 as "fileSha256", c.requested_by as "requestedBy", c.requested_at as "requestedAt",
    d.outcome, d.accepted_from as "acceptedFrom", d.accepted_to as "acceptedTo", d.reason as "decisionReason", d.decided_by as "decidedBy", d.decided_at as "decidedAt"
  from attendance.correction c
  left join lateral (select * from attendance.correction_decision d where d.correction_id = c.id order by d.id desc limit 1) d on true`;

function rowOf({ outcome, acceptedFrom, acceptedTo, decisionReason, decidedBy, decidedAt, ...row }: Flat): CorrectionRow {
  const decision = outcome && decidedAt && { outcome, from: acceptedFrom, to: acceptedTo, reason: decisionReason, byId: decidedBy, at: decidedAt };
  return { ...row, decision };
}

export const correctionById = async (tx: Tx, id: string): Promise<CorrectionRow | null> =>
  (await tx<Flat[]>`${rows(tx)} where c.id = ${id}`).map(rowOf)[0] ?? null;

/** Those of or filed by this person, newest first. */
export const correctionsAround = async (tx: Tx, personId: string): Promise<CorrectionRow[]> =>
  (await tx<Flat[]>`${rows(tx)} where c.person_id = ${personId} or c.requested_by = ${personId} order by c.requested_at desc, c.seq desc limit 200`).map(rowOf);

/** Undecided ones of these OPDs, the oldest first: those are due first. */
export const waitingIn = async (tx: Tx, opdIds: readonly string[]): Promise<CorrectionRow[]> =>
  (await tx<Flat[]>`${rows(tx)} where c.opd_id = any(${[...opdIds]}::uuid[]) and d.id is null order by c.requested_at limit 500`).map(rowOf);
export const decidedIn = async (tx: Tx, opdIds: readonly string[]): Promise<CorrectionRow[]> =>
  (await tx<Flat[]>`${rows(tx)} where c.opd_id = any(${[...opdIds]}::uuid[]) and d.id is not null order by d.decided_at desc limit 100`).map(rowOf);

export type Where = { meetingId: string } | { personIds: readonly string[]; from: string; to: string };
const about = (tx: Tx, where: Where) =>
  'meetingId' in where
    ? tx`c.meeting_id = ${where.meetingId}`
    : tx`c.person_id = any(${[...where.personIds]}::uuid[]) and (c.date between ${where.from}::date and ${where.to}::date
        or c.meeting_id is not null and c.date between ${where.from}::date - 1 and ${where.to}::date + 1)`;

export const acceptedRows = async (tx: Tx, where: Where): Promise<CorrectionRow[]> =>
  (await tx<Flat[]>`${rows(tx)} where ${about(tx, where)} and d.outcome = 'accepted' and c.person_id is not null order by d.decided_at, c.id`).map(rowOf);

export const openRows = (tx: Tx, where: Where) => tx<{ id: string; personId: string; date: string; meetingId: string | null }[]>`
  select c.id, c.person_id as "personId", c.date, c.meeting_id as "meetingId" from attendance.correction c
  where ${about(tx, where)} and c.person_id is not null and not exists (select from attendance.correction_decision d where d.correction_id = c.id)
  order by c.requested_at, c.id`;

export async function insertCorrection(tx: Tx, c: NewCorrection): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into attendance.correction (person_id, opd_id, meeting_id, date, claimed_from, claimed_to, claimed_mark, original, reason, file_id, file_name, file_sha256, requested_by, requested_at)
    values (${c.personId}, ${c.opdId}, ${c.meetingId}, ${c.date}, ${c.from}, ${c.to}, ${c.mark}, ${tx.json(c.original)}, ${c.reason},
      ${c.fileId}, ${c.fileName}, ${c.fileSha256}, ${c.requestedBy}, ${c.requestedAt}) returning id`;
  if (!row) throw new Error('correction was not inserted');
  return row.id;
}

export const insertDecision = (tx: Tx, d: Decided & { correctionId: string; personId: string | null }) => tx`
  insert into attendance.correction_decision (correction_id, person_id, outcome, accepted_from, accepted_to, reason, decided_by, decided_at)
  values (${d.correctionId}, ${d.personId}, ${d.outcome}, ${d.from}, ${d.to}, ${d.reason}, ${d.byId}, ${d.at})`;

export type NewFile = { name: string; type: string; content: Buffer; sha256: string; by: string; at: Date };
/** Files that were never used go when the same person hands in the next one. */
export async function insertFile(tx: Tx, f: NewFile, forgottenBefore: Date): Promise<string> {
  await tx`
    delete from attendance.correction_file f where uploaded_by = ${f.by} and uploaded_at < ${forgottenBefore}
    and not exists (select from attendance.correction c where c.file_id = f.id)`;
  const [row] = await tx<{ id: string }[]>`
    insert into attendance.correction_file (name, type, content, sha256, uploaded_by, uploaded_at)
    values (${f.name}, ${f.type}, ${f.content}, ${f.sha256}, ${f.by}, ${f.at}) returning id`;
  if (!row) throw new Error('file was not inserted');
  return row.id;
}
/** A file this person has handed in and not used yet. Locked, so that two objections cannot take one file. */
export const unusedFile = async (tx: Tx, id: string, by: string): Promise<{ name: string; sha256: string } | null> =>
  (
    await tx<{ name: string; sha256: string }[]>`
    select name, sha256 from attendance.correction_file f where id = ${id} and uploaded_by = ${by}
    and not exists (select from attendance.correction c where c.file_id = f.id) for update`
  )[0] ?? null;
export const fileById = async (tx: Tx, id: string): Promise<{ name: string; type: string; content: Buffer } | null> =>
  (await tx<{ name: string; type: string; content: Buffer }[]>`select name, type, content from attendance.correction_file where id = ${id}`)[0] ?? null;
