// The plan of a month while somebody edits it: cells, what they break, what can be undone, what is not saved yet. No React, no fetch.
import { checkerOf, type Counters } from '../../shared/rota-rules.ts';
import type { CellClash, CellInput, PlanCell, PlanDay, PlanSheet, PlanView, Violation } from '../../shared/rota.ts';

export type Cell = PlanCell | null;
/** Places in `sheet.people` and `sheet.days`. */
export type Change = { person: number; day: number; to: Cell };
type Edit = Change & { from: Cell };
export type Clash = Omit<CellClash, 'byName' | 'at'> & { byName: string | null };

export type BoardState = {
  sheet: PlanSheet;
  /** A row that did not change is the same array. */
  cells: readonly (readonly Cell[])[];
  violations: readonly Violation[];
  counters: Counters;
  unsaved: number;
  mayUndo: boolean;
  mayRedo: boolean;
  clashes: readonly Clash[];
  /** Of the last edit: cells that stayed, because they are fixed, or the code does not fit the day. */
  skipped: number;
};
export type Board = ReturnType<typeof createBoard>;

export const isSame = (a: Cell, b: Cell): boolean => a?.code === b?.code && (a?.shift ?? null) === (b?.shift ?? null);
const keyOf = ({ personId, date }: { personId: string; date: string }): string => `${personId} ${date}`;
const cellOf = ({ code, shift }: Pick<CellInput, 'code' | 'shift'>): Cell => (code === null ? null : { code, shift: shift ?? null });

/** Leave and travel are entered with their basis; on a day off one is on PIKET or free. */
export function fitsDay(cell: Cell, day: PlanDay, shifts: PlanSheet['shifts']): boolean {
  if (cell === null) return true;
  if (cell.code === 'CUTI' || cell.code === 'SAKIT' || cell.code === 'DL') return false;
  if (day.kind !== 'kerja' && cell.code !== 'PIKET' && cell.code !== 'LIBUR') return false;
  return cell.shift === null || (cell.code === 'PIKET' && shifts.some(({ name }) => name === cell.shift));
}

export function createBoard(view: PlanView) {
  let { sheet } = view;
  let mayEdit = view.may.edit;
  let rows: Cell[][] = [];
  let checker = checkerOf(sheet);
  let past: Edit[][] = [];
  let future: Edit[][] = [];
  const pending = new Map<string, CellInput>();
  let clashes: Clash[] = [];
  let skipped = 0;
  let state: BoardState;
  const hearers = new Set<() => void>();
  const placeOf = { person: new Map<string, number>(), day: new Map<string, number>() };
  take(view);

  function take(next: PlanView): void {
    sheet = next.sheet;
    mayEdit = next.may.edit;
    placeOf.person = new Map(sheet.people.map(({ id }, n) => [id, n]));
    placeOf.day = new Map(sheet.days.map(({ date }, n) => [date, n]));
    rows = sheet.people.map(({ id }) => sheet.days.map((_, day) => sheet.cells[id]?.[day] ?? null));
    checker = checkerOf(sheet);
    for (const input of pending.values()) put(input, cellOf(input));
    state = snapshot();
  }
  function snapshot(): BoardState {
    return {
      sheet,
      cells: rows,
      violations: checker.violations(),
      counters: checker.counters(),
      unsaved: pending.size,
      mayUndo: past.length > 0,
      mayRedo: future.length > 0,
      clashes,
      skipped,
    };
  }
  function tell(): void {
    state = snapshot();
    for (const hear of hearers) hear();
  }
  /** Answers whether there is such a place. */
  function put({ personId, date }: { personId: string; date: string }, to: Cell): boolean {
    const [person, day] = [placeOf.person.get(personId), placeOf.day.get(date)];
    if (person === undefined || day === undefined) return false;
    if (isSame(rows[person]?.[day] ?? null, to)) return true;
    rows = rows.with(person, (rows[person] ?? []).with(day, to));
    checker.put(personId, day, to);
    return true;
  }
  function inputOf({ person, day, to }: Change): CellInput {
    return { personId: sheet.people[person]?.id ?? '', date: sheet.days[day]?.date ?? '', code: to?.code ?? null, shift: to?.shift ?? null };
  }
  function set(change: Change): void {
    const input = inputOf(change);
    put(input, change.to);
    pending.set(keyOf(input), input);
  }
  /** Fixed days stay; a day of leave is not planned. */
  function isOpen(person: number, day: number): boolean {
    const [one, at] = [sheet.people[person], sheet.days[day]];
    if (!mayEdit || !one || !at || (sheet.livedUntil !== null && at.date <= sheet.livedUntil)) return false;
    return !one.absences.some(({ from, until }) => from <= at.date && at.date <= until);
  }
  function turn(edits: readonly Edit[], which: 'from' | 'to'): void {
    const other = which === 'from' ? 'to' : 'from';
    // What somebody else has set meanwhile is not taken back.
    for (const edit of edits) if (isSame(rows[edit.person]?.[edit.day] ?? null, edit[other])) set({ ...edit, to: edit[which] });
  }

  return {
    state: () => state,
    subscribe(hear: () => void): () => void {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    isOpen,
    /** The plan as it was read again; what is not saved stands on it. */
    rebase(next: PlanView): void {
      take(next);
      for (const hear of hearers) hear();
    },
    edit(changes: readonly Change[]): void {
      const wanted = changes.map((change): Edit => ({ ...change, from: rows[change.person]?.[change.day] ?? null }));
      const fits = wanted.filter(({ person, day, to }) => isOpen(person, day) && fitsDay(to, sheet.days[day]!, sheet.shifts));
      const edits = fits.filter(({ from, to }) => !isSame(from, to));
      skipped = wanted.length - fits.length;
      if (edits.length > 0) {
        past = [...past.slice(-199), edits];
        future = [];
        for (const edit of edits) set(edit);
      }
      tell();
    },
    undo(): void {
      const edits = past.at(-1);
      if (!edits) return;
      past = past.slice(0, -1);
      future = [...future, edits];
      turn(edits, 'from');
      tell();
    },
    redo(): void {
      const edits = future.at(-1);
      if (!edits) return;
      future = future.slice(0, -1);
      past = [...past, edits];
      turn(edits, 'to');
      tell();
    },
    /** What is to be sent, oldest first. */
    pending: (): CellInput[] => [...pending.values()],
    /** Kept from before this page was opened. */
    restore(cells: readonly CellInput[]): void {
      for (const input of cells) if (put(input, cellOf(input))) pending.set(keyOf(input), input);
      tell();
    },
    /** These were sent and answered; what was typed meanwhile stays to be sent. */
    saved(sent: readonly CellInput[], clashing: readonly CellClash[]): void {
      for (const input of sent) if (pending.get(keyOf(input)) === input) pending.delete(keyOf(input));
      for (const clash of clashing) if (!pending.has(keyOf(clash))) put(clash, clash.theirs);
      clashes = [...clashes.filter((old) => clashing.every((one) => keyOf(one) !== keyOf(old))), ...clashing];
      tell();
    },
    /** What others have set. Where something of ours is not saved yet, theirs stands and ours is offered again. */
    arrived(cells: readonly CellInput[]): void {
      for (const input of cells) {
        const mine = pending.get(keyOf(input));
        const theirs = cellOf(input);
        if (mine && !isSame(cellOf(mine), theirs))
          clashes = [
            ...clashes.filter((old) => keyOf(old) !== keyOf(input)),
            { personId: input.personId, date: input.date, theirs, yours: cellOf(mine), byName: null },
          ];
        pending.delete(keyOf(input));
        put(input, theirs);
      }
      tell();
    },
    /** `mine`: set again what was ours; else theirs stays. */
    settle(clash: Clash, mine: boolean): void {
      clashes = clashes.filter((one) => one !== clash);
      const [person, day] = [placeOf.person.get(clash.personId), placeOf.day.get(clash.date)];
      if (mine && person !== undefined && day !== undefined) this.edit([{ person, day, to: clash.yours }]);
      else tell();
    },
    /** What cannot be saved is dropped; the plan is read again after it. */
    forget(): void {
      pending.clear();
      past = [];
      future = [];
      tell();
    },
  };
}
