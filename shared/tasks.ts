// Tasks on the wire: what a confirmed decision asks of a post, by when, and what came of it.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { ById, Day, Id, Instant, line, paragraphs, Zone } from './people.ts';

export const TaskState = z.enum(['terbuka', 'selesai', 'dibatalkan']);
export type TaskState = z.infer<typeof TaskState>;
/** Three days before, the day before, on the day, and once when it is late. */
export const ReminderKind = z.enum(['h3', 'h1', 'hari_ini', 'lewat']);
export type ReminderKind = z.infer<typeof ReminderKind>;

export const Task = z.object({
  id: Id,
  text: z.string(),
  basis: z.string().nullable(),
  dueOn: Day.nullable(),
  /** Below zero when the day has passed; null without a due date, or when it is over. */
  daysLeft: z.number().int().nullable(),
  state: TaskState,
  /** The post, and who answers for it now; `name` null = nobody holds it. */
  responsible: z.object({ title: z.string(), name: z.string().nullable(), label: z.string().nullable() }),
  decision: z.object({ meetingId: Id, meetingTitle: z.string(), no: z.number().int(), decidedAt: Instant }),
  chairName: z.string(),
  opdName: z.string(),
  zone: Zone,
  /** What ended it: done with a note, or called off with a reason; `byName` null = the decision was withdrawn. */
  over: z.object({ note: z.string().nullable(), byName: z.string().nullable(), at: Instant }).nullable(),
  may: z.object({ finish: z.boolean(), cancel: z.boolean(), openMeeting: z.boolean() }),
});
export type Task = z.infer<typeof Task>;

export const TaskReminder = z.object({ taskId: Id, kind: ReminderKind, text: z.string(), dueOn: Day, daysLeft: z.number().int(), at: Instant });
export type TaskReminder = z.infer<typeof TaskReminder>;

export const getTasks = endpoint('GET', '/api/me/tasks', {
  who: 'signedIn',
  summary:
    'What this person answers for, what they asked for as chair, and, for a head, the rest of the OPD; those that are over for 90 days. Reading of others is logged.',
  reply: z.object({
    /** Each task once, in the first list it belongs to; open ones first, by due date. */
    mine: z.array(Task),
    chaired: z.array(Task),
    opd: z.array(Task),
    /** Heads an OPD: `opd` is a list and not nothing. */
    heads: z.boolean(),
    /** Not looked at yet, of tasks still open. */
    reminders: z.array(TaskReminder),
  }),
});
export const getTaskReminders = endpoint('GET', '/api/me/tasks/reminders', {
  who: 'signedIn',
  summary: 'Reminders of the own open tasks that were not looked at yet, how many open tasks there are, and how long until the nearest is due.',
  reply: z.object({ reminders: z.array(TaskReminder), open: z.number().int(), nearest: z.number().int().nullable() }),
});
export const postTasksSeen = endpoint('POST', '/api/me/tasks/seen', { who: 'signedIn', summary: 'The reminders were looked at.' });

export const postTaskDone = endpoint('POST', '/api/tasks/:id/done', {
  who: 'signedIn',
  summary: 'Done, with a note of what was done; by who answers for the post now, or the chair. Saying it twice is saying it once.',
  params: ById,
  body: z.object({ note: paragraphs(3, 1000) }),
  reply: Task,
  refusals: ['task.not_yours', 'task.over'],
});
export const postTaskCancel = endpoint('POST', '/api/tasks/:id/cancel', {
  who: 'signedIn',
  summary: 'Called off by the chair of the meeting, with a reason. Calling it off twice is once.',
  params: ById,
  body: z.object({ reason: line(300) }),
  reply: Task,
  refusals: ['meeting.not_chair', 'task.over'],
});
