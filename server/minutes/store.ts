// SQL of the minutes: the draft with its shared text, who writes, corrections with their rulings, the register and the approved papers.
import type { MinutesPart } from '../../shared/minutes.ts';
import type { Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import type { Content } from './paper.ts';
import type { Draft } from './rules.ts';

type DraftRow = {
  meetingId: string;
  opdId: string;
  state: Draft['state'];
  bornAt: Date;
  savedAt: Date | null;
  parts: MinutesPart[] | null;
  until: string | null;
  openedAt: Date | null;
  openedBy: string | null;
};
const draftColumns = (tx: Tx) => tx`
  meeting_id as "meetingId", opd_id as "opdId", state, born_at as "bornAt", saved_at as "savedAt", parts,
  correction_until::text as until, correction_at as "openedAt", correction_by as "openedBy"`;

function asDraft([row]: readonly DraftRow[]): Draft | null {
  if (!row) return null;
  const { meetingId, opdId, bornAt, savedAt, state, parts, until, openedAt, openedBy } = row;
  if (state === 'konsep' || parts === null || until === null || openedAt === null) return { meetingId, opdId, bornAt, savedAt, state: 'konsep' };
  return { meetingId, opdId, bornAt, savedAt, state, parts, correction: { openedAt, openedBy: openedBy ?? '', until } };
}

/** Answers whether they were born now. */
export const bear = async (tx: Tx, meetingId: string, opdId: string, at: Date): Promise<boolean> =>
  (await tx`insert into minutes.draft (meeting_id, opd_id, state, born_at) values (${meetingId}, ${opdId}, 'konsep', ${at}) on conflict do nothing`).count > 0;
export const wasBorn = async (tx: Tx, meetingId: string): Promise<boolean> =>
  (await tx`select from minutes.act where meeting_id = ${meetingId} and act = 'lahir'`).count > 0;
export const draftOf = async (tx: Tx, meetingId: string): Promise<Draft | null> =>
  asDraft(await tx<DraftRow[]>`select ${draftColumns(tx)} from minutes.draft where meeting_id = ${meetingId}`);
export const lockDraft = async (tx: Tx, meetingId: string): Promise<Draft | null> =>
  asDraft(await tx<DraftRow[]>`select ${draftColumns(tx)} from minutes.draft where meeting_id = ${meetingId} for update`);

export const docOf = async (tx: Tx, meetingId: string): Promise<Uint8Array | null> =>
  (await tx<{ doc: Buffer | null }[]>`select doc from minutes.draft where meeting_id = ${meetingId}`)[0]?.doc ?? null;
export const saveDoc = async (tx: Tx, meetingId: string, doc: Uint8Array, at: Date): Promise<void> =>
  void (await tx`update minutes.draft set doc = ${Buffer.from(doc)}, saved_at = ${at} where meeting_id = ${meetingId} and state = 'konsep'`);

export const freeze = async (tx: Tx, meetingId: string, parts: readonly MinutesPart[], until: string, at: Date, by: string): Promise<void> =>
  void (await tx`
    update minutes.draft set state = 'koreksi', parts = ${tx.json([...parts])}, correction_until = ${until}, correction_at = ${at}, correction_by = ${by}
    where meeting_id = ${meetingId} and state = 'konsep'`);
export const setUntil = async (tx: Tx, meetingId: string, until: string): Promise<void> =>
  void (await tx`update minutes.draft set correction_until = ${until} where meeting_id = ${meetingId} and state = 'koreksi'`);
export const setParts = async (tx: Tx, meetingId: string, parts: readonly MinutesPart[]): Promise<void> =>
  void (await tx`update minutes.draft set parts = ${tx.json([...parts])} where meeting_id = ${meetingId} and state = 'koreksi'`);
/** The text lives on in the approved paper alone. */
export const close = async (tx: Tx, meetingId: string): Promise<void> =>
  void (await tx`update minutes.draft set state = 'disahkan', doc = null, parts = '[]' where meeting_id = ${meetingId} and state = 'koreksi'`);

export const writersOf = async (tx: Tx, meetingId: string): Promise<string[]> =>
  (await tx<{ id: string }[]>`select person_id as id from minutes.writer where meeting_id = ${meetingId} and removed_at is null order by id`).map((w) => w.id);
export async function setWriters(tx: Tx, meetingId: string, people: readonly string[], by: string, at: Date): Promise<void> {
  await tx`
    update minutes.writer set removed_at = ${at}, removed_by = ${by}
    where meeting_id = ${meetingId} and removed_at is null and person_id <> all(${[...people]}::uuid[])`;
  await tx`
    insert into minutes.writer (meeting_id, person_id, added_by, added_at)
    select ${meetingId}, person, ${by}, ${at} from unnest(${[...people]}::uuid[]) as person on conflict do nothing`;
}

export const noteAct = async (tx: Tx, meetingId: string, act: string, by: string | null, at: Date, detail: string | null = null): Promise<void> =>
  void (await tx`insert into minutes.act (meeting_id, at, by_id, act, detail) values (${meetingId}, ${at}, ${by}, ${act}, ${detail})`);

export const hasAct = async (tx: Tx, meetingId: string, act: string, detail: string): Promise<boolean> =>
  (await tx`select from minutes.act where meeting_id = ${meetingId} and act = ${act} and detail = ${detail}`).count > 0;

export type ProposalRow = {
  id: string;
  meetingId: string;
  paragraph: string;
  oldText: string;
  newText: string;
  reason: string;
  byId: string | null;
  byName: string;
  byPosition: string | null;
  at: Date;
  ruling: { outcome: 'diterima' | 'ditolak'; reason: string | null; byName: string; at: string } | null;
};
/** Past its retention a proposal has no words left, and is not listed. */
export const proposalsOf = (tx: Tx, meetingId: string): Promise<ProposalRow[]> => tx<ProposalRow[]>`
  select p.id, p.meeting_id as "meetingId", p.paragraph, p.old_text as "oldText", p.new_text as "newText", p.reason, p.by_id as "byId", p.by_name as "byName",
    p.by_position as "byPosition", p.at,
    case when r.proposal_id is null then null else json_build_object('outcome', r.outcome, 'reason', r.reason, 'byName', coalesce(r.by_name, ''), 'at', r.at) end as ruling
  from minutes.proposal p left join minutes.ruling r on r.proposal_id = p.id
  where p.meeting_id = ${meetingId} and p.new_text is not null order by p.at, p.id`;
/** The same key again inserts nothing. */
export const insertProposal = async (tx: Tx, p: Omit<ProposalRow, 'ruling'>): Promise<void> =>
  void (await tx`
    insert into minutes.proposal (id, meeting_id, paragraph, old_text, new_text, reason, by_id, by_name, by_position, at)
    values (${p.id}, ${p.meetingId}, ${p.paragraph}, ${p.oldText}, ${p.newText}, ${p.reason}, ${p.byId}, ${p.byName}, ${p.byPosition}, ${p.at})`);
export const isTaken = async (tx: Tx, id: string): Promise<boolean> => (await tx`select from minutes.proposal where id = ${id}`).count > 0;
export const insertRuling = async (
  tx: Tx,
  r: { proposalId: string; meetingId: string; outcome: 'diterima' | 'ditolak'; reason: string | null; byId: string; byName: string; at: Date },
): Promise<void> =>
  void (await tx`
    insert into minutes.ruling (proposal_id, meeting_id, outcome, reason, by_id, by_name, at)
    values (${r.proposalId}, ${r.meetingId}, ${r.outcome}, ${r.reason}, ${r.byId}, ${r.byName}, ${r.at})`);

export type Final = { meetingId: string; number: string; code: string; content: Content; fingerprint: string };
type NewFinal = Final & { opdId: string; year: number; serial: number; at: Date; by: string };
const asFinal = ([row]: readonly (Omit<Final, 'content'> & { content: Content | null })[]): Final | null =>
  row ? { ...row, content: row.content ?? refuse('minutes.destroyed') } : null;
export const finalOf = async (tx: Tx, meetingId: string): Promise<Final | null> =>
  asFinal(await tx`select meeting_id as "meetingId", number, code, content, fingerprint from minutes.final where meeting_id = ${meetingId}`);
export const finalByCode = async (tx: Tx, code: string): Promise<Final | null> =>
  asFinal(await tx`select meeting_id as "meetingId", number, code, content, fingerprint from minutes.final where code = ${code}`);

/** The next number of an OPD and year. The row stays locked until the transaction ends, so that no number is lost or given twice. */
export async function nextSerial(tx: Tx, opdId: string, year: number): Promise<number> {
  const [row] = await tx<{ last: number }[]>`
    insert into minutes.register (opd_id, year, last) values (${opdId}, ${year}, 1)
    on conflict (opd_id, year) do update set last = minutes.register.last + 1 returning last`;
  if (!row) throw new Error('register gave no number');
  return row.last;
}
export const insertFinal = async (tx: Tx, f: NewFinal): Promise<void> =>
  void (await tx`
    insert into minutes.final (meeting_id, opd_id, year, serial, number, code, content, fingerprint, approved_at, approved_by)
    values (${f.meetingId}, ${f.opdId}, ${f.year}, ${f.serial}, ${f.number}, ${f.code}, ${tx.json(f.content)}, ${f.fingerprint}, ${f.at}, ${f.by})`);
