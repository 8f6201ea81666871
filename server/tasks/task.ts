// Rules of a task: who answers for it, how long there is, when somebody is reminded, who ends it. Pure; days are those of its office.
import type { ReminderKind, TaskState } from '../../shared/tasks.ts';
import { shortDateText } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';

export type TaskFacts = { state: TaskState; dueOn: string | null; chairId: string; answersId: string | null };

const DAY_MS = 86_400_000;
/** Reminders go out from this minute of the office's day on. */
export const REMIND_FROM = '07:30';

export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** Below zero when late; null without a due date, or when it is over. */
export const daysLeft = ({ state, dueOn }: Pick<TaskFacts, 'state' | 'dueOn'>, today: string): number | null =>
  state === 'terbuka' && dueOn !== null ? daysBetween(today, dueOn) : null;

const KINDS: readonly { kind: ReminderKind; at: number }[] = [
  { kind: 'h3', at: 3 },
  { kind: 'h1', at: 1 },
  { kind: 'hari_ini', at: 0 },
  { kind: 'lewat', at: -1 },
];

/**
 * The reminder that is due at this time of the office's clock. One whose day the portal slept through is given at the next chance, unless a
 * later one has come due; one whose day was over when the task was made is not given.
 */
export function reminderDue(
  task: { dueOn: string; madeOn: string; reminded: readonly ReminderKind[] },
  now: { day: string; time: string },
): { kind: ReminderKind; daysLeft: number } | null {
  if (now.time < REMIND_FROM) return null;
  const left = daysBetween(now.day, task.dueOn);
  const due = KINDS.findLast(({ at }) => left <= at);
  if (!due || task.reminded.includes(due.kind)) return null;
  const leftWhenMade = daysBetween(task.madeOn, task.dueOn);
  return due.kind === 'lewat' || leftWhenMade > due.at ? { kind: due.kind, daysLeft: left } : null;
}

/** Whether there is anything to write: saying the same again is harmless, something else after the end is refused. */
export function moves(task: TaskFacts, to: 'selesai' | 'dibatalkan'): boolean {
  if (task.state === to) return false;
  if (task.state !== 'terbuka') refuse('task.over', { state: task.state });
  return true;
}

export const mayFinish = ({ chairId, answersId }: TaskFacts, personId: string): boolean => personId === chairId || personId === answersId;
export const mayCancel = ({ chairId }: Pick<TaskFacts, 'chairId'>, personId: string): boolean => personId === chairId;

/** Open ones first, what is due soonest at the top; then what ended last. */
export function byUrgency(a: { dueOn: string | null; overAt: Date | null; madeAt: Date; decisionNo: number }, b: typeof a): number {
  if ((a.overAt === null) !== (b.overAt === null)) return a.overAt === null ? -1 : 1;
  if (a.overAt && b.overAt) return b.overAt.getTime() - a.overAt.getTime();
  return (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999') || a.madeAt.getTime() - b.madeAt.getTime() || a.decisionNo - b.decisionNo;
}

const MOST_AGENDA_LETTERS = 300;
/** "Tindak lanjut: … (Kepala Dinas Sosial, tenggat 30 November 2026)": the words of the decision are what is shortened. */
export function agendaText({ text, title, dueOn }: { text: string; title: string; dueOn: string | null }): string {
  const due = dueOn === null ? '' : `, tenggat ${shortDateText(new Date(`${dueOn}T05:00:00Z`), 'Asia/Jakarta')}`;
  const tail = ` (${title}${due})`;
  const words = `Tindak lanjut: ${text.replace(/\s+/gu, ' ')}`;
  const room = MOST_AGENDA_LETTERS - tail.length;
  const letters = Array.from(words);
  return (letters.length <= room ? words : `${letters.slice(0, room - 1).join('')}…`) + tail;
}
