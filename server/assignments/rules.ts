// What a published plan assigns, and what letters owe since the last one. Pure.
import type { AssignmentKind, AssignmentState } from '../../shared/assignments.ts';
import type { PlanCell } from '../../shared/rota.ts';
import type { Content as Month, LetterLine } from '../rota/index.ts';

export type Wanted = Omit<LetterLine, 'number'>;
/** One day of one person: as the letters have it, as it is. */
export type Changed = { personId: string; date: string; was: PlanCell | null; now: PlanCell | null };
const ASSIGNED: ReadonlySet<string> = new Set(['WFH', 'PIKET']);

/** Days at home and on duty, in the order of people and days. */
export const wantedOf = ({ people, days, cells }: Month): Wanted[] =>
  people.flatMap(({ id }) =>
    days.flatMap(({ date }, day): Wanted[] => {
      const cell = cells[id]?.[day];
      return cell && ASSIGNED.has(cell.code) ? [{ personId: id, date, code: cell.code, shift: cell.shift }] : [];
    }),
  );

export const inForce = (last: { kind: AssignmentKind; lines: readonly LetterLine[] } | null): readonly LetterLine[] =>
  last === null || last.kind === 'pencabutan' ? [] : last.lines;

const keyOf = ({ personId, date }: { personId: string; date: string }): string => `${personId} ${date}`;
const isSame = (a: PlanCell | null | undefined, b: PlanCell | null | undefined): boolean => a?.code === b?.code && a?.shift === b?.shift;
const cellOf = (line: PlanCell | undefined): PlanCell | null => (line ? { code: line.code, shift: line.shift } : null);

/** Only the lines that differ, in the order of the plan. */
export function changesOf(held: readonly LetterLine[], month: Month): Changed[] {
  const was = new Map(held.map((line) => [keyOf(line), line]));
  const wanted = new Map(wantedOf(month).map((line) => [keyOf(line), line]));
  const known = new Set(month.people.map(({ id }) => id));
  const ids = [...month.people.map(({ id }) => id), ...new Set(held.map(({ personId }) => personId).filter((id) => !known.has(id)))];
  return ids.flatMap((personId) =>
    month.days.flatMap(({ date }, day): Changed[] => {
      const key = keyOf({ personId, date });
      if (isSame(was.get(key), wanted.get(key))) return [];
      return [{ personId, date, was: cellOf(was.get(key)), now: cellOf(month.cells[personId]?.[day] ?? undefined) }];
    }),
  );
}

export function dueOf(held: readonly LetterLine[], month: Month): AssignmentKind | null {
  const any = wantedOf(month).length > 0;
  if (held.length === 0) return any ? 'tugas' : null;
  if (!any) return 'pencabutan';
  return changesOf(held, month).length > 0 ? 'perubahan' : null;
}

/** What holds once this letter is out: what it names has its number, the rest keeps what it had. */
export function linesAfter(kind: AssignmentKind, held: readonly LetterLine[], month: Month, number: string): LetterLine[] {
  if (kind === 'pencabutan') return [];
  const was = new Map(held.map((line) => [keyOf(line), line]));
  return wantedOf(month).map((line) => {
    const former = was.get(keyOf(line));
    return { ...line, number: former && isSame(former, line) ? former.number : number };
  });
}

/** Oldest first. A letter is as it was issued until another follows it: one that changes it, or one that calls all of them off. */
export const statesOf = <L extends { kind: AssignmentKind }>(letters: readonly L[]): (L & { state: AssignmentState })[] =>
  letters.map((letter, n) => {
    const later = letters.slice(n + 1);
    const isOver = letter.kind !== 'pencabutan' && later.some(({ kind }) => kind === 'pencabutan');
    const isChanged = letter.kind !== 'pencabutan' && later[0]?.kind === 'perubahan';
    return { ...letter, state: isOver ? 'dicabut' : isChanged ? 'diubah' : 'terbit' };
  });

/** The letter that later ones of its chain refer to. */
export const firstOf = <L extends { kind: AssignmentKind }>(letters: readonly L[]): L | null => letters.findLast(({ kind }) => kind === 'tugas') ?? null;
