// SQL of the proceedings. Rows are only added; who reads takes the newest.
import type { AgendaItem, DecisionState, RollMark, VoiceAnswer } from '../../shared/proceedings.ts';
import type { Badge } from '../../shared/meetings.ts';
import type { z } from 'zod';
import type { Tx } from '../platform/database.ts';

type By = { byId: string | null; byName: string | null; at: Date };
export type AgendaRow = By & { version: number; items: AgendaItem[] };
export type QuorumRow = By & { kind: 'tercapai' | 'hilang' | 'diatur'; present: number; needed: number; units: string[]; reason: string | null };
export type DecisionRow = By & {
  decisionId: string;
  state: DecisionState;
  version: number;
  no: number | null;
  text: string;
  basis: string | null;
  positionId: string | null;
  positionTitle: string | null;
  dueOn: string | null;
  holderId: string | null;
  holderName: string | null;
  holderLabel: string | null;
  silent: { member: string; name: string }[] | null;
  present: number | null;
  needed: number | null;
  underQuorumReason: string | null;
  strategic: boolean | null;
  strategicReason: string | null;
  decidedAs: string | null;
  reason: string | null;
};
export type VoiceRow = {
  decisionId: string;
  version: number;
  member: string;
  personId: string | null;
  name: string;
  label: string | null;
  badge: z.infer<typeof Badge>;
  answer: VoiceAnswer;
  words: string | null;
  at: Date;
};
export type RollCallRow = By & {
  round: number;
  kind: RollMark | 'dibuka' | 'dibatalkan';
  member: string | null;
  personId: string | null;
  name: string | null;
  label: string | null;
  unitName: string | null;
  inside: boolean | null;
};

/** Who writes holds the desk of the meeting until the transaction ends. */
export async function lockDesk(tx: Tx, meetingId: string): Promise<void> {
  await tx`insert into proceedings.desk (meeting_id) values (${meetingId}) on conflict do nothing`;
  await tx`select from proceedings.desk where meeting_id = ${meetingId} for update`;
}

export const agendaOf = async (tx: Tx, meetingId: string): Promise<AgendaRow | null> =>
  (
    await tx<AgendaRow[]>`
    select version, coalesce((select jsonb_agg(jsonb_build_object('minutes', null) || i order by n) from jsonb_array_elements(items) with ordinality as e (i, n)), '[]') as items, by_id as "byId", by_name as "byName", at from proceedings.agenda where meeting_id = ${meetingId} order by version desc limit 1`
  )[0] ?? null;
export const addAgenda = async (tx: Tx, meetingId: string, a: AgendaRow): Promise<void> =>
  void (await tx`
    insert into proceedings.agenda (meeting_id, version, items, by_id, by_name, at) values (${meetingId}, ${a.version}, ${tx.json(a.items)}, ${a.byId}, ${a.byName}, ${a.at})`);

export type AgendaStep = { itemId: string | null; at: Date };
/** Oldest first. */
export const agendaStepsOf = (tx: Tx, meetingId: string): Promise<AgendaStep[]> =>
  tx<AgendaStep[]>`select item_id as "itemId", at from proceedings.agenda_step where meeting_id = ${meetingId} and destroyed_at is null order by id`;
export const addAgendaStep = async (tx: Tx, meetingId: string, s: By & { itemId: string | null }): Promise<void> =>
  void (await tx`
    insert into proceedings.agenda_step (meeting_id, item_id, by_id, by_name, at) values (${meetingId}, ${s.itemId}, ${s.byId}, ${s.byName}, ${s.at})`);

export const notulisOf = async (tx: Tx, meetingId: string): Promise<string | null> =>
  (await tx<{ personId: string | null }[]>`select person_id as "personId" from proceedings.notulis where meeting_id = ${meetingId} order by id desc limit 1`)[0]
    ?.personId ?? null;
export const addNotulis = async (tx: Tx, meetingId: string, personId: string | null, byId: string, at: Date): Promise<void> =>
  void (await tx`insert into proceedings.notulis (meeting_id, person_id, by_id, at) values (${meetingId}, ${personId}, ${byId}, ${at})`);

export const quorumOf = (tx: Tx, meetingId: string): Promise<QuorumRow[]> => tx<QuorumRow[]>`
  select kind, present, needed, coalesce(units, '[]') as units, reason, by_id as "byId", by_name as "byName", at from proceedings.quorum where meeting_id = ${meetingId} order by id`;
export const addQuorum = async (tx: Tx, meetingId: string, q: QuorumRow): Promise<void> =>
  void (await tx`
    insert into proceedings.quorum (meeting_id, kind, present, needed, units, reason, by_id, by_name, at)
    values (${meetingId}, ${q.kind}, ${q.present}, ${q.needed}, ${tx.json(q.units)}, ${q.reason}, ${q.byId}, ${q.byName}, ${q.at})`);

const decisionColumns = (tx: Tx) => tx`
  d.decision_id as "decisionId", d.state, d.version, d.no, coalesce(d.text, '') as text, d.basis, d.position_id as "positionId", d.position_title as "positionTitle", d.due_on as "dueOn",
  d.holder_id as "holderId", d.holder_name as "holderName", d.holder_label as "holderLabel", d.silent, d.present, d.needed, d.under_quorum_reason as "underQuorumReason",
  d.strategic, d.strategic_reason as "strategicReason", d.decided_as as "decidedAs", d.reason, d.by_id as "byId", d.by_name as "byName", d.at`;
/** Every step of every decision, oldest first. */
export const stepsOf = (tx: Tx, meetingId: string): Promise<DecisionRow[]> =>
  tx<DecisionRow[]>`select ${decisionColumns(tx)} from proceedings.decision d where meeting_id = ${meetingId} order by id`;
export const decisionOf = async (tx: Tx, meetingId: string, decisionId: string): Promise<DecisionRow | null> =>
  (
    await tx<
      DecisionRow[]
    >`select ${decisionColumns(tx)} from proceedings.decision d where meeting_id = ${meetingId} and decision_id = ${decisionId} order by id desc limit 1`
  )[0] ?? null;
/** What is read back at this moment; at most one. */
export const readNow = async (tx: Tx, meetingId: string): Promise<DecisionRow[]> =>
  (
    await tx<DecisionRow[]>`
    select distinct on (d.decision_id) ${decisionColumns(tx)} from proceedings.decision d where meeting_id = ${meetingId} order by d.decision_id, d.id desc`
  ).filter((row) => row.state === 'dibacakan');
export const lastNumber = async (tx: Tx, meetingId: string): Promise<number> =>
  (await tx<{ no: number }[]>`select coalesce(max(no), 0)::int as no from proceedings.decision where meeting_id = ${meetingId}`)[0]?.no ?? 0;
export const isTaken = async (tx: Tx, decisionId: string): Promise<boolean> =>
  (await tx`select from proceedings.decision where decision_id = ${decisionId} limit 1`).count > 0;
export const addStep = async (tx: Tx, meetingId: string, d: DecisionRow): Promise<void> =>
  void (await tx`
    insert into proceedings.decision (meeting_id, decision_id, state, version, no, text, basis, position_id, position_title, due_on, holder_id, holder_name, holder_label, silent,
      present, needed, under_quorum_reason, strategic, strategic_reason, decided_as, reason, by_id, by_name, at)
    values (${meetingId}, ${d.decisionId}, ${d.state}, ${d.version}, ${d.no}, ${d.text}, ${d.basis}, ${d.positionId}, ${d.positionTitle}, ${d.dueOn}, ${d.holderId}, ${d.holderName},
      ${d.holderLabel}, ${d.silent && tx.json(d.silent)}, ${d.present}, ${d.needed}, ${d.underQuorumReason}, ${d.strategic}, ${d.strategicReason}, ${d.decidedAs}, ${d.reason},
      ${d.byId}, ${d.byName}, ${d.at})`);

export const voicesOf = (tx: Tx, meetingId: string): Promise<VoiceRow[]> => tx<VoiceRow[]>`
  select decision_id as "decisionId", version, coalesce(member, '') as member, person_id as "personId", coalesce(name, '') as name, label, badge, answer, words, at
  from proceedings.voice where meeting_id = ${meetingId} order by id`;
export const addVoice = async (tx: Tx, meetingId: string, v: VoiceRow): Promise<void> =>
  void (await tx`
    insert into proceedings.voice (meeting_id, decision_id, version, member, person_id, name, label, badge, answer, words, at)
    values (${meetingId}, ${v.decisionId}, ${v.version}, ${v.member}, ${v.personId}, ${v.name}, ${v.label}, ${v.badge}, ${v.answer}, ${v.words}, ${v.at})`);

export const rollCallOf = (tx: Tx, meetingId: string): Promise<RollCallRow[]> => tx<RollCallRow[]>`
  select round, kind, member, person_id as "personId", name, label, unit_name as "unitName", inside, by_id as "byId", by_name as "byName", at
  from proceedings.roll_call where meeting_id = ${meetingId} order by id`;
export const addRoll = async (tx: Tx, meetingId: string, r: RollCallRow): Promise<void> =>
  void (await tx`
    insert into proceedings.roll_call (meeting_id, round, kind, member, person_id, name, label, unit_name, inside, by_id, by_name, at)
    values (${meetingId}, ${r.round}, ${r.kind}, ${r.member}, ${r.personId}, ${r.name}, ${r.label}, ${r.unitName}, ${r.inside}, ${r.byId}, ${r.byName}, ${r.at})`);
