// SQL of surat tugas. Letters are only added.
import type { AssignmentDraft, AssignmentKind } from '../../shared/assignments.ts';
import type { Tx } from '../platform/database.ts';
import type { Content } from './paper.ts';

export type LetterRow = {
  id: string;
  planId: string;
  opdId: string;
  revision: number;
  kind: AssignmentKind;
  numberId: string;
  number: string;
  code: string;
  content: Content | null;
  fingerprint: string;
  issuedAt: Date;
  issuedBy: string | null;
};
const columns = (tx: Tx) => tx`
  l.id, l.plan_id as "planId", l.opd_id as "opdId", l.revision, l.kind, l.number_id as "numberId", l.number, l.code, l.content, l.fingerprint, l.issued_at as "issuedAt",
  l.issued_by as "issuedBy" from assignments.letter l`;
/** Oldest first. */
export const lettersOf = (tx: Tx, planId: string) => tx<LetterRow[]>`select ${columns(tx)} where l.plan_id = ${planId} order by l.seq`;
export const letterById = async (tx: Tx, id: string): Promise<LetterRow | null> => (await tx<LetterRow[]>`select ${columns(tx)} where l.id = ${id}`)[0] ?? null;
export const letterByCode = async (tx: Tx, code: string): Promise<LetterRow | null> =>
  (await tx<LetterRow[]>`select ${columns(tx)} where l.code = ${code}`)[0] ?? null;
export async function insertLetter(tx: Tx, l: Omit<LetterRow, 'id' | 'content'> & { content: Content }): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into assignments.letter (plan_id, opd_id, revision, kind, number_id, number, code, content, fingerprint, issued_at, issued_by)
    values (${l.planId}, ${l.opdId}, ${l.revision}, ${l.kind}, ${l.numberId}, ${l.number}, ${l.code}, ${tx.json(l.content)}, ${l.fingerprint}, ${l.issuedAt}, ${l.issuedBy})
    returning id`;
  if (!row) throw new Error('letter was not inserted');
  return row.id;
}

export const draftOf = async (tx: Tx, opdId: string): Promise<AssignmentDraft | null> =>
  (
    await tx<AssignmentDraft[]>`
    select classification, copies, signer_position_id as "signerPositionId", signer_grade as "signerGrade" from assignments.draft where opd_id = ${opdId}`
  )[0] ?? null;
export const saveDraft = async (tx: Tx, opdId: string, d: AssignmentDraft, by: string, at: Date): Promise<void> =>
  void (await tx`
    insert into assignments.draft (opd_id, classification, copies, signer_position_id, signer_grade, saved_by, saved_at)
    values (${opdId}, ${d.classification}, ${tx.json(d.copies)}, ${d.signerPositionId}, ${d.signerGrade}, ${by}, ${at})
    on conflict (opd_id) do update set classification = excluded.classification, copies = excluded.copies, signer_position_id = excluded.signer_position_id,
      signer_grade = excluded.signer_grade, saved_by = excluded.saved_by, saved_at = excluded.saved_at`);

export const fileOfLetter = async (tx: Tx, letterId: string): Promise<string | null> =>
  (await tx<{ id: string }[]>`select file_id as id from assignments.file where letter_id = ${letterId}`)[0]?.id ?? null;
/** False when another one was kept first. */
export const keepFile = async (tx: Tx, letterId: string, fileId: string): Promise<boolean> =>
  (await tx`insert into assignments.file (letter_id, file_id) values (${letterId}, ${fileId}) on conflict (letter_id) do nothing`).count > 0;

/** Two who press at the same time issue one letter: the second waits here until the first is done. */
export const lockLetters = async (tx: Tx, planId: string): Promise<void> =>
  void (await tx`select pg_advisory_xact_lock(hashtextextended(${`assignments ${planId}`}, 0))`);
