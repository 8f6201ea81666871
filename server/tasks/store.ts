// SQL of tasks, what came of them, and reminders.
import type { Zone } from '../../shared/people.ts';
import type { ReminderKind, TaskState } from '../../shared/tasks.ts';
import type { Tx } from '../platform/database.ts';

export type NewTask = {
  decisionId: string;
  decisionNo: number;
  meetingId: string;
  meetingTitle: string;
  opdId: string;
  zone: Zone;
  chairId: string;
  positionId: string;
  positionTitle: string;
  positionOpdId: string | null;
  holderId: string | null;
  text: string;
  basis: string | null;
  dueOn: string | null;
  madeAt: Date;
};
export type TaskRow = Omit<NewTask, 'meetingTitle' | 'positionTitle' | 'text'> & {
  id: string;
  meetingTitle: string | null;
  positionTitle: string | null;
  text: string | null;
  state: TaskState;
  over: { note: string | null; byName: string | null; at: string } | null;
};

/** Answers the id of a new task; null when this decision has one already. */
export async function insertTask(tx: Tx, t: NewTask): Promise<string | null> {
  const [row] = await tx<{ id: string }[]>`
    insert into tasks.task (decision_id, decision_no, meeting_id, meeting_title, opd_id, zone, chair_id, position_id, position_title, position_opd_id,
      holder_id, text, basis, due_on, made_at)
    values (${t.decisionId}, ${t.decisionNo}, ${t.meetingId}, ${t.meetingTitle}, ${t.opdId}, ${t.zone}, ${t.chairId}, ${t.positionId}, ${t.positionTitle},
      ${t.positionOpdId}, ${t.holderId}, ${t.text}, ${t.basis}, ${t.dueOn}, ${t.madeAt})
    on conflict (decision_id) do nothing returning id`;
  return row?.id ?? null;
}

type Step = { taskId: string; state: TaskState; note: string | null; byId: string | null; byName: string | null; at: Date };
export const insertStep = (tx: Tx, s: Step) => tx`
  insert into tasks.step (task_id, state, note, by_id, by_name, at) values (${s.taskId}, ${s.state}, ${s.note}, ${s.byId}, ${s.byName}, ${s.at})`;

const columns = (tx: Tx) => tx`
  t.id, t.decision_id as "decisionId", t.decision_no as "decisionNo", t.meeting_id as "meetingId", t.meeting_title as "meetingTitle", t.opd_id as "opdId", t.zone, t.chair_id as "chairId",
  t.position_id as "positionId", t.position_title as "positionTitle", t.position_opd_id as "positionOpdId", t.holder_id as "holderId", t.text, t.basis,
  t.due_on as "dueOn", t.made_at as "madeAt", newest.state,
  case when newest.state <> 'terbuka' then json_build_object('note', newest.note, 'byName', newest.by_name, 'at', newest.at) end as over`;
const from = (tx: Tx) => tx`
  from tasks.task t cross join lateral (select s.* from tasks.step s where s.task_id = t.id order by s.id desc limit 1) newest`;

export type Which = { id: string } | { decisionId: string };
/** Whoever ends a task does so one after another. */
export async function lockTask(tx: Tx, which: Which): Promise<TaskRow | null> {
  const [found] = await tx<{ id: string }[]>`
    select id from tasks.task where ${'id' in which ? tx`id = ${which.id}` : tx`decision_id = ${which.decisionId}`} for update`;
  return found ? taskById(tx, found.id) : null;
}
export const taskById = async (tx: Tx, id: string): Promise<TaskRow | null> =>
  (await tx<TaskRow[]>`select ${columns(tx)} ${from(tx)} where t.id = ${id}`)[0] ?? null;

export type Around = { personId: string; positionIds: readonly string[]; opdIds: readonly string[] };
/** Whatever may concern somebody: their posts, what they held or chaired, the OPDs they head; open, or over since an instant. */
export const around = (tx: Tx, { personId, positionIds, opdIds }: Around, since: Date) => tx<TaskRow[]>`
  select ${columns(tx)} ${from(tx)}
  where (t.position_id = any(${[...positionIds]}::uuid[]) or t.holder_id = ${personId} or t.chair_id = ${personId}
      or t.opd_id = any(${[...opdIds]}::uuid[]) or t.position_opd_id = any(${[...opdIds]}::uuid[]))
    and (newest.state = 'terbuka' or newest.at > ${since})
  order by newest.state <> 'terbuka', t.due_on nulls last, t.made_at, t.decision_no, t.id limit 1000`;

/** Open tasks that an OPD's meetings gave: of one chair, or of every chair. What was given in `except` itself is left out. */
export const openOf = (tx: Tx, opdId: string, chairId: string | null, except: string, limit: number) => tx<TaskRow[]>`
  select ${columns(tx)} ${from(tx)} where t.opd_id = ${opdId} and (${chairId}::uuid is null or t.chair_id = ${chairId}) and t.meeting_id <> ${except}
    and newest.state = 'terbuka' and t.text is not null
  order by t.due_on nulls last, t.made_at, t.decision_no, t.id limit ${limit}`;

/** Open, with a day to be done by, that comes within three days or has passed; locked, so that of two sweeps one reminds. */
export const dueBefore = (tx: Tx, day: string) => tx<(TaskRow & { dueOn: string; reminded: ReminderKind[] })[]>`
  select ${columns(tx)}, given.reminded ${from(tx)}
  cross join lateral (select coalesce(array_agg(r.kind), '{}') as reminded from tasks.reminder r where r.task_id = t.id) given
  where newest.state = 'terbuka' and t.due_on <= ${day}::date and not given.reminded @> '{lewat}'
  order by t.id limit 5000`;

export type NewReminder = { taskId: string; kind: ReminderKind; personId: string; daysLeft: number; at: Date };
/** Whether it is new: each kind is given once, whoever else gives it. */
export async function insertReminder(tx: Tx, r: NewReminder): Promise<boolean> {
  const [row] = await tx`
    insert into tasks.reminder (task_id, kind, person_id, days_left, at) values (${r.taskId}, ${r.kind}, ${r.personId}, ${r.daysLeft}, ${r.at})
    on conflict do nothing returning task_id`;
  return row !== undefined;
}

export type ReminderRow = { taskId: string; kind: ReminderKind; text: string; dueOn: string; zone: Zone; at: Date };
/** Of each open task the newest that was not looked at. */
export const unseenOf = (tx: Tx, personId: string) => tx<ReminderRow[]>`
  select distinct on (t.due_on, t.id) r.task_id as "taskId", r.kind, coalesce(t.text, '') as text, t.due_on as "dueOn", t.zone, r.at
  from tasks.reminder r join tasks.task t on t.id = r.task_id
  where r.person_id = ${personId} and r.seen_at is null
    and not exists (select from tasks.step s where s.task_id = t.id and s.state <> 'terbuka')
  order by t.due_on, t.id, r.at desc limit 50`;

export const markSeen = (tx: Tx, personId: string, at: Date) => tx`update tasks.reminder set seen_at = ${at} where person_id = ${personId} and seen_at is null`;
