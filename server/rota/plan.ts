// The life of a plan: draft → diajukan → terbit → direvisi → dikunci. Pure.
import type { PlanAct, PlanState } from '../../shared/rota.ts';
import { refuse, type Language } from '../platform/refusal.ts';
import { addDays, shortDateText } from '../platform/local-time.ts';

export type Plan = { state: PlanState; version: number; revision: number | null };
/** What somebody is to this OPD: its head (or who stands in) decides, who acts for it prepares. */
export type Standing = { isHead: boolean; prepares: boolean };

const STEPS: Record<PlanAct, { from: readonly PlanState[]; to: (plan: Plan) => PlanState; byHead: boolean }> = {
  ajukan: { from: ['draft', 'direvisi'], to: () => 'diajukan', byHead: false },
  kembalikan: { from: ['diajukan'], to: (plan) => (plan.revision === null ? 'draft' : 'direvisi'), byHead: true },
  terbitkan: { from: ['diajukan'], to: () => 'terbit', byHead: true },
  revisi: { from: ['terbit', 'dikunci'], to: () => 'direvisi', byHead: false },
  batal_revisi: { from: ['direvisi'], to: () => 'terbit', byHead: false },
  kunci: { from: ['terbit'], to: () => 'dikunci', byHead: true },
};
const ACTS = Object.keys(STEPS) as PlanAct[];

const SAID: Record<PlanState, Record<Language, string>> = {
  draft: { id: 'draf', en: 'a draft' },
  diajukan: { id: 'diajukan', en: 'submitted' },
  terbit: { id: 'terbit', en: 'published' },
  direvisi: { id: 'direvisi', en: 'being revised' },
  dikunci: { id: 'dikunci', en: 'locked' },
};
export const notOpen = (state: PlanState): never => refuse('rota.not_open', { state: SAID[state] });
export const isEdited = ({ state }: Pick<Plan, 'state'>): boolean => state === 'draft' || state === 'direvisi';
export const mustBeEdited = (plan: Pick<Plan, 'state'>): void => (isEdited(plan) ? undefined : notOpen(plan.state));
/** Once locked or in force nothing is let stand any more: that is what a revision is for. */
export const isJudged = ({ state }: Pick<Plan, 'state'>): boolean => isEdited({ state }) || state === 'diajukan';

const mayStep = (act: PlanAct, { isHead, prepares }: Standing): boolean => (STEPS[act].byHead ? isHead : prepares || isHead);
export const actsOf = (plan: Plan, who: Standing): PlanAct[] => ACTS.filter((act) => STEPS[act].from.includes(plan.state) && mayStep(act, who));

/** `version`: the one that whoever acts has seen. */
export function step<P extends Plan>(plan: P, act: PlanAct, { who, version, words }: { who: Standing; version: number; words: string | null }): P {
  if (!mayStep(act, who)) refuse(STEPS[act].byHead ? 'rota.not_head' : 'role.missing');
  if (!STEPS[act].from.includes(plan.state)) notOpen(plan.state);
  if (version !== plan.version) refuse('rota.changed');
  if (act === 'kembalikan' && words === null) refuse('input.invalid', {}, [{ path: 'words', message: 'tulis apa yang perlu diubah' }]);
  return { ...plan, state: STEPS[act].to(plan), version: plan.version + 1 };
}

const monthAfter = (month: string, months: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
};
export const firstOf = (month: string): string => `${month}-01`;
export const lastOf = (month: string): string => addDays(firstOf(monthAfter(month, 1)), -1);
export const monthsBefore = (month: string, months: number): string => monthAfter(month, -months);
export const mustBeNear = (month: string, today: string): void =>
  month < monthAfter(today.slice(0, 7), -1) || month > monthAfter(today.slice(0, 7), 6) ? refuse('rota.month') : undefined;

/** A day as the office writes it. */
export const dayText = (date: string): string => shortDateText(new Date(`${date}T12:00:00Z`), 'Asia/Jakarta');

/** Published days up to today are as they are; null: none. */
export function fixedUntil({ month, revision }: Pick<Plan, 'revision'> & { month: string }, today: string): string | null {
  if (revision === null || today < firstOf(month)) return null;
  return today < lastOf(month) ? today : lastOf(month);
}
