// What a question may become, and when an answer owed is reminded of. Pure; time is an argument.
import type { QuestionState } from '../../../shared/press-floor.ts';
import { refuse } from '../../platform/refusal.ts';

/** What became of it so far. `answeredBy` empty: no one of the office was named. */
export type Standing = { state: QuestionState; oral: boolean | null; answeredBy: readonly string[] };

const edges: Record<QuestionState, readonly QuestionState[]> = {
  diajukan: ['disaring', 'ditolak', 'ditarik', 'dijawab', 'ditunda'],
  disaring: ['giliran', 'ditolak', 'ditarik', 'dijawab', 'ditunda'],
  // Back to `disaring`: who had the floor was gone before anybody said what became of it.
  giliran: ['dijawab', 'ditunda', 'disaring'],
  ditunda: ['dijawab', 'ditunda'],
  dijawab: ['dijawab', 'ditunda'],
  ditolak: [],
  ditarik: [],
};

/** A turn that ended by itself counts as answered by word until somebody of the office says who answered, or that it is owed. */
const isSaid = ({ state, oral, answeredBy }: Standing): boolean => state === 'dijawab' && (oral !== true || answeredBy.length > 0);

export const mayBecome = (from: Standing, to: QuestionState): boolean => edges[from.state].includes(to) && !isSaid(from);

const stateWords: Record<QuestionState, string> = {
  diajukan: 'diajukan',
  disaring: 'disaring',
  giliran: 'mendapat giliran',
  dijawab: 'dijawab',
  ditunda: 'ditunda',
  ditolak: 'ditolak',
  ditarik: 'ditarik',
};
export const over = ({ state }: Pick<Standing, 'state'>): never => refuse('question.over', { state: stateWords[state] });

export function mustBecome(from: Standing, to: QuestionState): void {
  if (!mayBecome(from, to)) over(from);
}

export const isOpen = ({ state, raisedAt }: { state: QuestionState; raisedAt: Date | null }): boolean =>
  state === 'giliran' || (raisedAt !== null && (state === 'diajukan' || state === 'disaring'));
export const stands = ({ state, raisedAt }: { state: QuestionState; raisedAt: Date | null }): boolean =>
  raisedAt !== null && (state === 'diajukan' || state === 'disaring');

/** `today`: of the office. */
export function mustBeToCome(dueOn: string, today: string, path: string): void {
  if (dueOn < today) refuse('question.due_past', { due: dueOn }, [{ path, message: `paling awal ${today}` }]);
}

export const RAISES_MOST = 20;
const RAISES_WINDOW_MS = 600_000;
/** Seconds until one more question may be raised; 0 = now. `raised`: when this journalist raised, in any order. */
export function waitBeforeRaise(raised: readonly Date[], now: Date): number {
  const recent = raised.map((at) => at.getTime()).filter((at) => at > now.getTime() - RAISES_WINDOW_MS);
  const first = recent.toSorted((a, b) => b - a)[RAISES_MOST - 1];
  return first === undefined ? 0 : Math.ceil((first + RAISES_WINDOW_MS - now.getTime()) / 1000);
}

export type ReminderKind = 'h1' | 'hari_ini';
const KINDS: readonly { kind: ReminderKind; at: number }[] = [
  { kind: 'h1', at: 1 },
  { kind: 'hari_ini', at: 0 },
];
/** Not before this minute of the office's day. */
const REMIND_FROM = '07.30';
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The day before and on the day. One whose day the portal slept through is given at the next chance; one whose day was over when it was owed is not. */
export function reminderDue(
  owed: { dueOn: string; madeOn: string; reminded: readonly ReminderKind[] },
  now: { day: string; hour: string },
): ReminderKind | null {
  if (now.hour < REMIND_FROM) return null;
  const left = daysBetween(now.day, owed.dueOn);
  const due = KINDS.findLast(({ at }) => left <= at);
  if (!due || owed.reminded.includes(due.kind)) return null;
  return daysBetween(owed.madeOn, owed.dueOn) > due.at ? due.kind : null;
}
