// SQL of the letters of meetings: drafts, what was issued, what was withdrawn, the printed files.
import type { LetterDraft, LetterKind } from '../../shared/undangan.ts';
import type { Tx } from '../platform/database.ts';
import type { Content } from './paper.ts';

export type LetterRow = {
  id: string;
  meetingId: string;
  opdId: string;
  kind: LetterKind;
  numberId: string;
  number: string;
  code: string;
  content: Content | null;
  fingerprint: string;
  issuedAt: Date;
  issuedBy: string | null;
  withdrawn: { reason: string | null; byId: string | null; at: string } | null;
};

export const draftOf = async (tx: Tx, meetingId: string): Promise<LetterDraft | null> =>
  (
    await tx<LetterDraft[]>`
    select classification, subject, coalesce(notes, '') as notes, copies, signer_position_id as "signerPositionId", signer_grade as "signerGrade"
    from undangan.draft where meeting_id = ${meetingId}`
  )[0] ?? null;
export const saveDraft = async (tx: Tx, meetingId: string, d: LetterDraft, by: string, at: Date): Promise<void> =>
  void (await tx`
    insert into undangan.draft (meeting_id, classification, subject, notes, copies, signer_position_id, signer_grade, saved_at, saved_by)
    values (${meetingId}, ${d.classification}, ${d.subject}, ${d.notes}, ${tx.json(d.copies)}, ${d.signerPositionId}, ${d.signerGrade}, ${at}, ${by})
    on conflict (meeting_id) do update set classification = excluded.classification, subject = excluded.subject, notes = excluded.notes, copies = excluded.copies,
      signer_position_id = excluded.signer_position_id, signer_grade = excluded.signer_grade, saved_at = excluded.saved_at, saved_by = excluded.saved_by`);
/** What the OPD wrote last: the usual copies and signer of its letters. */
export const usualOf = async (tx: Tx, opdId: string): Promise<Pick<LetterDraft, 'classification' | 'copies' | 'signerPositionId' | 'signerGrade'> | null> =>
  (
    await tx<Pick<LetterDraft, 'classification' | 'copies' | 'signerPositionId' | 'signerGrade'>[]>`
    select d.classification, d.copies, d.signer_position_id as "signerPositionId", d.signer_grade as "signerGrade"
    from undangan.letter l join undangan.draft d on d.meeting_id = l.meeting_id where l.opd_id = ${opdId} order by l.issued_at desc limit 1`
  )[0] ?? null;

const columns = (tx: Tx) => tx`
  l.id, l.meeting_id as "meetingId", l.opd_id as "opdId", l.kind, l.number_id as "numberId", l.number, l.code, l.content, l.fingerprint, l.issued_at as "issuedAt",
  l.issued_by as "issuedBy", case when w.letter_id is null then null else json_build_object('reason', w.reason, 'byId', w.by_id, 'at', w.at) end as withdrawn`;
/** Oldest first. */
export const lettersOf = (tx: Tx, meetingId: string): Promise<LetterRow[]> => tx<LetterRow[]>`
  select ${columns(tx)} from undangan.letter l left join undangan.withdrawal w on w.letter_id = l.id where l.meeting_id = ${meetingId} order by l.seq`;
export const letterByCode = async (tx: Tx, code: string): Promise<LetterRow | null> =>
  (await tx<LetterRow[]>`select ${columns(tx)} from undangan.letter l left join undangan.withdrawal w on w.letter_id = l.id where l.code = ${code}`)[0] ?? null;

export async function insertLetter(tx: Tx, l: Omit<LetterRow, 'id' | 'withdrawn' | 'content'> & { content: Content; version: number }): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into undangan.letter (meeting_id, opd_id, kind, number_id, number, code, content, fingerprint, meeting_version, issued_at, issued_by)
    values (${l.meetingId}, ${l.opdId}, ${l.kind}, ${l.numberId}, ${l.number}, ${l.code}, ${tx.json(l.content)}, ${l.fingerprint}, ${l.version}, ${l.issuedAt}, ${l.issuedBy})
    returning id`;
  if (!row) throw new Error('letter was not inserted');
  return row.id;
}
export const insertWithdrawal = async (tx: Tx, w: { letterId: string; meetingId: string; reason: string; byId: string; at: Date }): Promise<void> =>
  void (await tx`insert into undangan.withdrawal (letter_id, meeting_id, reason, by_id, at) values (${w.letterId}, ${w.meetingId}, ${w.reason}, ${w.byId}, ${w.at})`);

export const fileOfLetter = async (tx: Tx, letterId: string): Promise<string | null> =>
  (await tx<{ id: string }[]>`select file_id as id from undangan.file where letter_id = ${letterId}`)[0]?.id ?? null;
/** False when another one was kept first. */
export const keepFile = async (tx: Tx, letterId: string, fileId: string): Promise<boolean> =>
  (await tx`insert into undangan.file (letter_id, file_id) values (${letterId}, ${fileId}) on conflict (letter_id) do nothing`).count > 0;

/** Two who press at the same time issue one letter: the second waits here until the first is done. */
export const lockLetters = async (tx: Tx, meetingId: string): Promise<void> =>
  void (await tx`select pg_advisory_xact_lock(hashtextextended(${`undangan ${meetingId}`}, 0))`);
