// SQL of questions, turns, moves and reminders. Whoever changes any of it holds the lock of the conference.
import type { QuestionState } from '../../../shared/press-floor.ts';
import type { Tx } from '../../platform/database.ts';
import type { Ending } from './floor.ts';
import type { ReminderKind } from './question.ts';

/** What a question is now: its words, and its newest row. */
export type QuestionRow = {
  id: string;
  conferenceId: string;
  journalistId: string;
  topic: string;
  text: string;
  advance: boolean;
  key: string;
  askedAt: Date;
} & Status;
export type Status = {
  state: QuestionState;
  raisedAt: Date | null;
  reason: string | null;
  dueOn: string | null;
  owedCrewId: string | null;
  owedPersonId: string | null;
  owedName: string | null;
  oral: boolean | null;
  answer: string | null;
  answeredBy: string[];
  answeredAt: Date | null;
  atSecond: number | null;
  /** Since when it is so. */
  at: Date;
};
export type By = { id: string | null; name: string | null };

/** Answers what pages hold as seen: it grows with each change. */
export const versionsOf = async (tx: Tx, conferenceIds: readonly string[]): Promise<Map<string, string>> =>
  new Map(
    (
      await tx<{ id: string; version: string }[]>`
        select conference_id as id, version::text from press.floor where conference_id = any(${[...conferenceIds]}::uuid[])`
    ).map(({ id, version }) => [id, version]),
  );
export const bump = async (tx: Tx, conferenceId: string): Promise<void> =>
  void (await tx`
    insert into press.floor as f (conference_id) values (${conferenceId}) on conflict (conference_id) do update set version = f.version + 1`);

const columns = (tx: Tx) => tx`
  q.id, q.conference_id as "conferenceId", newest.journalist_id as "journalistId", coalesce(q.topic, '') as topic, coalesce(q.text, '') as text, q.advance, q.key,
  q.asked_at as "askedAt", newest.state, newest.raised_at as "raisedAt", newest.reason, newest.due_on as "dueOn", newest.owed_crew_id as "owedCrewId",
  newest.owed_person_id as "owedPersonId", newest.owed_name as "owedName", newest.oral, newest.answer, coalesce(newest.answered_by, '[]') as "answeredBy",
  newest.answered_at as "answeredAt", newest.at_second as "atSecond", newest.at`;
const from = (tx: Tx) => tx`
  from press.question q cross join lateral (select e.* from press.question_event e where e.question_id = q.id order by e.id desc limit 1) newest`;

export const questionsOf = (tx: Tx, conferenceId: string) => tx<QuestionRow[]>`
  select ${columns(tx)} ${from(tx)} where q.conference_id = ${conferenceId} order by q.asked_at, q.id`;
export const questionById = async (tx: Tx, id: string): Promise<QuestionRow | null> =>
  (await tx<QuestionRow[]>`select ${columns(tx)} ${from(tx)} where q.id = ${id}`)[0] ?? null;
/** Put off and not answered; null = of everybody. What is due soonest first. */
export const owed = (tx: Tx, personId: string | null) => tx<QuestionRow[]>`
  select ${columns(tx)} ${from(tx)} where newest.state = 'ditunda' and (${personId}::uuid is null or newest.owed_person_id = ${personId})
  order by newest.due_on, q.asked_at, q.id limit 500`;
export const dueBefore = (tx: Tx, day: string) => tx<QuestionRow[]>`
  select ${columns(tx)} ${from(tx)} where newest.state = 'ditunda' and newest.due_on <= ${day}::date order by newest.due_on, q.id limit 2000`;
export const questionsBy = (tx: Tx, journalistId: string) => tx<QuestionRow[]>`
  select ${columns(tx)} ${from(tx)} where newest.journalist_id = ${journalistId} order by q.conference_id, q.id`;
/** When this journalist raised, in any state since. */
export const raisedSince = async (tx: Tx, conferenceId: string, journalistId: string, since: Date): Promise<Date[]> =>
  (
    await tx<{ at: Date }[]>`
      select asked_at as at from press.question where conference_id = ${conferenceId} and journalist_id = ${journalistId} and asked_at > ${since}`
  ).map(({ at }) => at);

export type NewQuestion = Pick<QuestionRow, 'conferenceId' | 'journalistId' | 'topic' | 'text' | 'advance' | 'key' | 'askedAt'>;
/** null: this question is there already. */
export async function insertQuestion(tx: Tx, q: NewQuestion): Promise<string | null> {
  const [there] = await tx`
    select id from press.question where conference_id = ${q.conferenceId} and journalist_id = ${q.journalistId} and key = ${q.key}`;
  if (there) return null;
  const [row] = await tx<{ id: string }[]>`
    insert into press.question (conference_id, journalist_id, topic, text, advance, key, asked_at)
    values (${q.conferenceId}, ${q.journalistId}, ${q.topic}, ${q.text}, ${q.advance}, ${q.key}, ${q.askedAt}) returning id`;
  return row!.id;
}
export const insertStatus = async (tx: Tx, q: Pick<QuestionRow, 'id' | 'conferenceId' | 'journalistId'>, s: Status, by: By): Promise<void> =>
  void (await tx`
    insert into press.question_event (conference_id, question_id, journalist_id, state, raised_at, reason, due_on, owed_crew_id, owed_person_id, owed_name, oral, answer, answered_by,
      answered_at, at_second, by_id, by_name, at)
    values (${q.conferenceId}, ${q.id}, ${q.journalistId}, ${s.state}, ${s.raisedAt}, ${s.reason}, ${s.dueOn}, ${s.owedCrewId}, ${s.owedPersonId}, ${s.owedName}, ${s.oral}, ${s.answer},
      ${s.answeredBy.length > 0 ? tx.json(s.answeredBy) : null}, ${s.answeredAt}, ${s.atSecond}, ${by.id}, ${by.name}, ${s.at})`);

export type TurnRow = {
  id: string;
  conferenceId: string;
  questionId: string;
  journalistId: string;
  member: string;
  slot: number;
  givenAt: Date;
  until: Date;
  outOfOrder: { byName: string; at: string; reason: string } | null;
  followedUpAt: Date | null;
  appliedAt: Date | null;
  awaySince: Date | null;
  endedAt: Date | null;
  endedHow: Ending | null;
};
const turnColumns = (tx: Tx) => tx`
  t.id, t.conference_id as "conferenceId", t.question_id as "questionId", t.journalist_id as "journalistId", t.member, t.slot, t.given_at as "givenAt", t.until,
  t.out_of_order as "outOfOrder", t.followed_up_at as "followedUpAt", t.applied_at as "appliedAt", t.away_since as "awaySince", t.ended_at as "endedAt", t.ended_how as "endedHow"`;
/** Who holds this turn, while it is open. */
export const holderOf = async (tx: Tx, conferenceId: string, turnId: string): Promise<string | null> =>
  (await tx<{ member: string }[]>`select member from press.turn where id = ${turnId} and conference_id = ${conferenceId} and ended_at is null`)[0]?.member ??
  null;
export const turnsOf = (tx: Tx, conferenceId: string) => tx<TurnRow[]>`
  select ${turnColumns(tx)} from press.turn t where t.conference_id = ${conferenceId} order by t.given_at, t.slot`;
/** Conferences where somebody has the floor. */
export const busy = async (tx: Tx): Promise<string[]> =>
  (await tx<{ id: string }[]>`select distinct conference_id as id from press.turn where ended_at is null`).map(({ id }) => id);

export type NewTurn = Pick<TurnRow, 'conferenceId' | 'questionId' | 'journalistId' | 'member' | 'slot' | 'givenAt' | 'until' | 'outOfOrder'>;
export async function insertTurn(tx: Tx, t: NewTurn): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into press.turn (conference_id, question_id, journalist_id, member, slot, given_at, until, out_of_order)
    values (${t.conferenceId}, ${t.questionId}, ${t.journalistId}, ${t.member}, ${t.slot}, ${t.givenAt}, ${t.until}, ${t.outOfOrder && tx.json(t.outOfOrder)})
    returning id`;
  return row!.id;
}
export const turnsGoTo = async (tx: Tx, from: string, into: string): Promise<void> =>
  void (await tx`update press.turn set journalist_id = ${into} where journalist_id = ${from} and ended_at is not null`);
export const endTurn = async (tx: Tx, id: string, how: Ending, at: Date): Promise<void> =>
  void (await tx`update press.turn set ended_at = ${at}, ended_how = ${how}, away_since = null where id = ${id} and ended_at is null`);
export const followUp = async (tx: Tx, id: string, at: Date, until: Date): Promise<void> =>
  void (await tx`update press.turn set followed_up_at = ${at}, until = ${until} where id = ${id} and ended_at is null`);
export const setAway = async (tx: Tx, id: string, since: Date | null): Promise<void> =>
  void (await tx`update press.turn set away_since = ${since} where id = ${id} and ended_at is null`);
export const setApplied = async (tx: Tx, id: string, at: Date): Promise<void> =>
  void (await tx`update press.turn set applied_at = ${at} where id = ${id} and ended_at is null`);

export type MoveRow = { questionId: string; beforeId: string | null; reason: string; byName: string; at: Date };
export const movesOf = (tx: Tx, conferenceId: string) => tx<MoveRow[]>`
  select question_id as "questionId", before_id as "beforeId", reason, by_name as "byName", at from press.move where conference_id = ${conferenceId} order by at, question_id`;
export const setMove = async (tx: Tx, conferenceId: string, m: MoveRow, byId: string | null): Promise<void> =>
  void (await tx`
    insert into press.move (question_id, conference_id, before_id, reason, by_id, by_name, at)
    values (${m.questionId}, ${conferenceId}, ${m.beforeId}, ${m.reason}, ${byId}, ${m.byName}, ${m.at})
    on conflict (question_id) do update set before_id = excluded.before_id, reason = excluded.reason, by_id = excluded.by_id, by_name = excluded.by_name, at = excluded.at`);
export const endMove = async (tx: Tx, questionId: string): Promise<void> => void (await tx`delete from press.move where question_id = ${questionId}`);
export const pointMove = async (tx: Tx, questionId: string, beforeId: string | null): Promise<void> =>
  void (await tx`update press.move set before_id = ${beforeId} where question_id = ${questionId}`);

export type FloorEvent = {
  questionId: string;
  turnId: string | null;
  kind: 'dipindah' | 'diberikan' | 'susulan' | Ending;
  member?: string;
  slot?: number;
  beforeId?: string | null;
  reason?: string | null;
};
export const noteFloor = async (tx: Tx, conferenceId: string, e: FloorEvent, by: By, at: Date): Promise<void> =>
  void (await tx`
    insert into press.floor_event (conference_id, question_id, turn_id, kind, member, slot, before_id, reason, by_id, by_name, at)
    values (${conferenceId}, ${e.questionId}, ${e.turnId}, ${e.kind}, ${e.member ?? null}, ${e.slot ?? null}, ${e.beforeId ?? null}, ${e.reason ?? null}, ${by.id}, ${by.name}, ${at})`);

export const remindedOf = async (tx: Tx, questionId: string, dueOn: string): Promise<ReminderKind[]> =>
  (await tx<{ kind: ReminderKind }[]>`select distinct kind from press.owed_reminder where question_id = ${questionId} and due_on = ${dueOn}::date`).map(
    ({ kind }) => kind,
  );
/** The new ones: each is given once, whoever else gives it. */
export const insertReminders = async (
  tx: Tx,
  r: { questionId: string; dueOn: string; kind: ReminderKind; personIds: readonly (string | null)[]; at: Date },
): Promise<{ id: string; personId: string | null }[]> => tx<{ id: string; personId: string | null }[]>`
  insert into press.owed_reminder (question_id, due_on, kind, person_id, at)
  select ${r.questionId}, ${r.dueOn}, ${r.kind}, person_id, ${r.at} from unnest(${[...r.personIds]}::uuid[]) as person_id
  on conflict do nothing returning id, person_id as "personId"`;
export type ReminderRow = { questionId: string; dueOn: string; kind: ReminderKind };
export const reminderById = async (tx: Tx, id: string): Promise<ReminderRow | null> =>
  (
    await tx<ReminderRow[]>`
      select question_id as "questionId", due_on as "dueOn", kind from press.owed_reminder where id = ${id}`
  )[0] ?? null;
