// What is selected in the grid, and what an edit does to it. Rows are places in the order shown, columns are days.
import type { Cell, Change } from './board.ts';

export type Spot = { row: number; day: number };
/** From where it was begun to where it is; `to` has the focus. */
export type Span = { from: Spot; to: Spot };
export type Box = { top: number; bottom: number; left: number; right: number };
export type Size = { rows: number; days: number };

export const at = (row: number, day: number): Span => ({ from: { row, day }, to: { row, day } });
export const boxOf = ({ from, to }: Span): Box => ({
  top: Math.min(from.row, to.row),
  bottom: Math.max(from.row, to.row),
  left: Math.min(from.day, to.day),
  right: Math.max(from.day, to.day),
});
export const isOne = ({ from, to }: Span): boolean => from.row === to.row && from.day === to.day;
const within = (n: number, most: number): number => Math.max(0, Math.min(most - 1, n));

export const PAGE = 12;
/** Where a key leads; undefined: not a key of ways. */
export function moved({ row, day }: Spot, key: string, jump: boolean, { rows, days }: Size): Spot | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: jump ? 0 : within(row - 1, rows), day };
    case 'ArrowDown':
      return { row: jump ? rows - 1 : within(row + 1, rows), day };
    case 'ArrowLeft':
      return { row, day: jump ? 0 : within(day - 1, days) };
    case 'ArrowRight':
      return { row, day: jump ? days - 1 : within(day + 1, days) };
    case 'Home':
      return { row: jump ? 0 : row, day: 0 };
    case 'End':
      return { row: jump ? rows - 1 : row, day: days - 1 };
    case 'PageUp':
      return { row: within(row - PAGE, rows), day };
    case 'PageDown':
      return { row: within(row + PAGE, rows), day };
    default:
      return undefined;
  }
}

type Grid = { order: readonly number[]; cells: readonly (readonly Cell[])[] };
const everySpot = ({ top, bottom, left, right }: Box): Spot[] =>
  Array.from({ length: bottom - top + 1 }, (_, r) => Array.from({ length: right - left + 1 }, (_, d) => ({ row: top + r, day: left + d }))).flat();
const cellAt = ({ order, cells }: Grid, { row, day }: Spot): Cell => cells[order[row] ?? -1]?.[day] ?? null;
const change = ({ order }: Grid, { row, day }: Spot, to: Cell): Change[] => {
  const person = order[row];
  return person === undefined ? [] : [{ person, day, to }];
};

export const setAll = (grid: Grid, box: Box, to: Cell): Change[] => everySpot(box).flatMap((spot) => change(grid, spot, to));
export const copyOf = (grid: Grid, box: Box): Cell[][] =>
  Array.from({ length: box.bottom - box.top + 1 }, (_, r) =>
    Array.from({ length: box.right - box.left + 1 }, (_, d) => cellAt(grid, { row: box.top + r, day: box.left + d })),
  );
/** The first row goes down, or the first column right. */
export const fillDown = (grid: Grid, box: Box): Change[] =>
  everySpot({ ...box, top: box.top + 1 }).flatMap((spot) => change(grid, spot, cellAt(grid, { row: box.top, day: spot.day })));
export const fillRight = (grid: Grid, box: Box): Change[] =>
  everySpot({ ...box, left: box.left + 1 }).flatMap((spot) => change(grid, spot, cellAt(grid, { row: spot.row, day: box.left })));
/** One cell goes everywhere; a table starts at the upper left, again and again where more is selected. What is no code is left out. */
export function pasted(grid: Grid, box: Box, table: readonly (readonly (Cell | undefined)[])[]): Change[] {
  const [height, width] = [table.length, Math.max(0, ...table.map((line) => line.length))];
  if (height === 0 || width === 0) return [];
  const whole = {
    ...box,
    bottom: Math.max(box.bottom, box.top + height - 1),
    right: Math.max(box.right, box.left + width - 1),
  };
  return everySpot(whole).flatMap((spot) => {
    const cell = table[(spot.row - box.top) % height]?.[(spot.day - box.left) % width];
    return cell === undefined ? [] : change(grid, spot, cell);
  });
}
