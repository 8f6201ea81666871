// Who holds a position on a day, and what such a holder is called.
import type { HoldingKind, Level } from '../../shared/people.ts';
import { refuse } from '../platform/refusal.ts';
import { lastDayOfMonths } from './days.ts';

/** Both days included; `until` null = until further notice. */
export type Period = { from: string; until: string | null };
export type HeldBy = Period & { personId: string; kind: HoldingKind };

/** 1 leads the paper; 9 = no position. */
export const RANK: Record<Level, number> = { kepala_opd: 1, sekretaris: 2, kabid: 3, kasi: 4, fungsional: 5, staf: 6 };
export const NO_RANK = 9;
const STRUCTURAL: ReadonlySet<Level> = new Set(['kepala_opd', 'sekretaris', 'kabid', 'kasi']);
export const isStructural = (level: Level): boolean => STRUCTURAL.has(level);
/** Several people may hold a post of this title: each has a post of their own. */
export const isPersonal = (level: Level): boolean => !STRUCTURAL.has(level);

const PREFIX: Record<HoldingKind, string> = { definitif: '', plt: 'Plt. ', plh: 'Plh. ' };
export const labelOf = (title: string, as: HoldingKind): string => `${PREFIX[as]}${title}`;

// A Plh is named while the holder cannot act for a time, a Plt while nobody can act for good (UU 30/2014 art. 14):
// so whoever acts on a day comes before the holder the post still has on paper.
const ACTS_FIRST: readonly HoldingKind[] = ['plh', 'plt', 'definitif'];

export const covers = (period: Period, day: string): boolean => period.from <= day && (period.until === null || day <= period.until);
export const overlaps = (a: Period, b: Period): boolean => (b.until === null || a.from <= b.until) && (a.until === null || b.from <= a.until);

/** Who acts in the position on this day. */
export function actingOn<H extends HeldBy>(holdings: readonly H[], day: string): H | null {
  const inForce = holdings.filter((h) => covers(h, day));
  return ACTS_FIRST.map((kind) => inForce.find((h) => h.kind === kind)).find((h) => h !== undefined) ?? null;
}

/** Highest first; the own post before one held for somebody else. */
export function byRank(a: { level: Level; as: HoldingKind; title: string }, b: { level: Level; as: HoldingKind; title: string }): number {
  return RANK[a.level] - RANK[b.level] || ACTS_FIRST.indexOf(b.as) - ACTS_FIRST.indexOf(a.as) || a.title.localeCompare(b.title, 'id');
}

/** Refuses a period that ends before it begins, and a Plt beyond three months (SE Kepala BKN 1/SE/I/2021; a new letter extends). */
export function checkPeriod(kind: HoldingKind, { from, until }: Period): void {
  if (until !== null && until < from) refuse('input.invalid', {}, [{ path: 'until', message: 'Tanggal akhir mendahului tanggal mulai.' }]);
  if (kind === 'plt' && (until === null || until > lastDayOfMonths(from, 3))) refuse('holding.too_long');
}
