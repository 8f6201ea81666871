// Cells as text: what is typed, and what a spreadsheet copies and pastes (lines of cells between tabs).
import type { DayCode } from '../../shared/roster.ts';
import type { Shift } from '../../shared/policies.ts';
import type { Cell } from './board.ts';

/** The letter a cell shows, and the key that sets it. */
export const LETTERS: Record<DayCode, string> = { WFO: 'K', WFH: 'R', PIKET: 'P', LIBUR: 'L', DL: 'D', CUTI: 'C', SAKIT: 'S' };
export const SET_BY_HAND = ['WFO', 'WFH', 'PIKET', 'LIBUR'] as const;

export const cellText = (cell: Cell): string => (cell === null ? '' : cell.shift === null ? cell.code : `${cell.code} ${cell.shift}`);
export const tableText = (rows: readonly (readonly Cell[])[]): string => rows.map((row) => row.map(cellText).join('\t')).join('\n');

/** undefined: not a code. Whole words, or the letter; a shift follows PIKET. */
export function readCell(text: string, shifts: readonly Pick<Shift, 'name'>[]): Cell | undefined {
  const [word = '', ...rest] = text.trim().split(/\s+/);
  if (word === '' || word === '-' || word === '–') return null;
  const code = SET_BY_HAND.find((one) => one === word.toUpperCase() || LETTERS[one] === word.toUpperCase());
  if (code === undefined) return undefined;
  const named = rest.join(' ').toLowerCase();
  if (named === '') return { code, shift: null };
  const shift = shifts.find(({ name }) => name.toLowerCase() === named);
  return shift && code === 'PIKET' ? { code, shift: shift.name } : undefined;
}

export function readTable(text: string, shifts: readonly Pick<Shift, 'name'>[]): (Cell | undefined)[][] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  return lines.map((line) => line.split('\t').map((one) => readCell(one, shifts)));
}
