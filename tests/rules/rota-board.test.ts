// A plan while it is edited: undo, leave, what others do meanwhile, a weak link, spreadsheets.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CellInput, PlanCell, PlanHead, PlanView, Saved } from '../../shared/rota.ts';
import { violationsOf } from '../../shared/rota-rules.ts';
import { createBoard, type Cell } from '../../web/rota/board.ts';
import { readTable, tableText } from '../../web/rota/cells-text.ts';
import { createSaver } from '../../web/rota/saver.ts';
import { at, boxOf, copyOf, fillDown, fillRight, moved, pasted, setAll } from '../../web/rota/span.ts';
import { dateOf, personId, planPerson, planRule, planSheet, THREE_SHIFTS, unitId } from '../support/plan-sheet.ts';

const cell = (code: PlanCell['code'], shift: string | null = null): PlanCell => ({ code, shift });
const WFO = cell('WFO');
const WFH = cell('WFH');
/** Four people, a week from Monday; the third is on leave on Tuesday; Monday is fixed. */
function view(more: Partial<PlanView> = {}): PlanView {
  const sheet = planSheet({
    units: 2,
    days: 7,
    people: [0, 1, 2, 3].map((n) => planPerson(n, 2, n === 2 ? { absences: [{ from: dateOf(1), until: dateOf(1), code: 'CUTI', long: false }] } : {})),
    rules: [planRule(1, [2], { kind: 'batas_hadir', percent: 50, countedIn: 'bidang' })],
  });
  const plan: PlanHead = { id: unitId(9), opdId: unitId(1), opdName: 'Dinas', month: '2026-11', state: 'draft', version: 3, revision: null };
  const may = { edit: true, override: false, absences: false, acts: [] };
  const lists = { marks: {}, violations: [], overrides: [], steps: [], revisions: [] };
  return { plan, sheet: { ...sheet, shifts: THREE_SHIFTS, livedUntil: dateOf(0) }, ...lists, may, serverTime: '2026-11-02T00:00:00Z', ...more };
}
const GRID = { order: [0, 1, 2, 3] };
const codes = (board: ReturnType<typeof createBoard>): string[] => board.state().cells.map((row) => row.map((one) => one?.code[0] ?? '.').join(''));

test('a whole block is set but for fixed days, leave and days off, which are told; one press takes it back, one sets it again', () => {
  const board = createBoard(view());
  board.edit(setAll({ ...GRID, cells: board.state().cells }, { top: 0, bottom: 3, left: 0, right: 5 }, WFO));
  expect(codes(board)).toEqual(['.WWWW..', '.WWWW..', '..WWW..', '.WWWW..']);
  expect(board.state()).toMatchObject({ unsaved: 15, skipped: 9, mayUndo: true, mayRedo: false });
  board.undo();
  expect(codes(board)).toEqual(Array(4).fill('.......'));
  board.redo();
  expect(board.state().cells[3]![4]).toEqual(WFO);
});

test('the third on site of four is told at once, by the same rules as on the server', () => {
  const board = createBoard(view());
  board.edit([0, 1, 3].map((person) => ({ person, day: 2, to: WFO })));
  const { sheet, cells, violations } = board.state();
  expect(violations).toEqual(violationsOf({ ...sheet, cells: Object.fromEntries(sheet.people.map(({ id }, n) => [id, [...cells[n]!]])) }));
  expect(violations[0]!.figures).toMatchObject({ onSite: 3, base: 4, cap: 2 });
  board.undo();
  expect(board.state().violations).toEqual([]);
});

test('undoing never takes back what a colleague has set meanwhile', () => {
  const board = createBoard(view());
  board.edit([{ person: 0, day: 2, to: WFO }]);
  board.saved(board.pending(), []);
  board.arrived([{ personId: personId(0), date: dateOf(2), code: 'PIKET', shift: null }]);
  board.undo();
  expect(board.state().cells[0]![2]).toEqual(cell('PIKET'));
});

test('any edits, all undone, leave the plan as it was; all redone, as it had become', () => {
  const change = fc.record({ person: fc.nat(3), day: fc.nat(6), to: fc.constantFrom<Cell>(WFO, WFH, cell('PIKET', 'pagi'), cell('LIBUR'), null) });
  fc.assert(
    fc.property(fc.array(fc.array(change, { minLength: 1, maxLength: 5 }), { maxLength: 8 }), (batches) => {
      const board = createBoard(view());
      const before = codes(board);
      for (const batch of batches) board.edit([...new Map(batch.map((one) => [`${one.person} ${one.day}`, one])).values()]);
      const after = codes(board);
      while (board.state().mayUndo) board.undo();
      expect(codes(board)).toEqual(before);
      while (board.state().mayRedo) board.redo();
      expect(codes(board)).toEqual(after);
    }),
    { numRuns: 60 },
  );
});

test('what a spreadsheet gives and takes is the same table; letters, shifts and unknown words', () => {
  const rows = [
    [WFO, WFH, null],
    [cell('PIKET', 'pagi'), cell('LIBUR'), cell('PIKET')],
  ];
  expect(readTable(tableText(rows), THREE_SHIFTS)).toEqual(rows);
  expect(readTable('k\tr\tp malam\r\nL\t\tcuti\r\n', THREE_SHIFTS)).toEqual([
    [WFO, WFH, cell('PIKET', 'malam')],
    [cell('LIBUR'), null, undefined],
  ]);
});

test('one cell copied fills what is selected; a table begins at its corner; down and right follow the first', () => {
  const cells = [
    [WFO, WFH],
    [null, null],
  ];
  const grid = { order: [1, 0], cells };
  const box = { top: 0, bottom: 1, left: 0, right: 1 };
  expect(copyOf(grid, box)).toEqual([
    [null, null],
    [WFO, WFH],
  ]);
  expect(pasted(grid, box, [[WFO]])).toHaveLength(4);
  expect(pasted(grid, boxOf(at(1, 0)), [[WFH, undefined]])).toEqual([{ person: 0, day: 0, to: WFH }]);
  expect(fillDown({ order: [0, 1], cells }, box)).toEqual([
    { person: 1, day: 0, to: WFO },
    { person: 1, day: 1, to: WFH },
  ]);
  expect(fillRight({ order: [0, 1], cells }, { ...box, bottom: 0 })).toEqual([{ person: 0, day: 1, to: WFO }]);
  expect(moved({ row: 0, day: 0 }, 'ArrowUp', false, { rows: 2, days: 2 })).toEqual({ row: 0, day: 0 });
  expect(moved({ row: 0, day: 0 }, 'End', true, { rows: 2, days: 2 })).toEqual({ row: 1, day: 1 });
});

/** A portal in one hand: what it was sent, and what it answers next. */
function portal() {
  const timers: (() => void)[] = [];
  const sent: { version: number; cells: CellInput[] }[] = [];
  const board = createBoard(view());
  let answer: () => Promise<Saved> = () => Promise.resolve({ version: 4, saved: 1, clashes: [] });
  let since: CellInput[] = [];
  let beside = false;
  let kept: CellInput[] | null = null;
  let outside = 0;
  const saver = createSaver({
    board,
    version: 3,
    send: (version, cells) => (sent.push({ version, cells }), answer()),
    since: () => Promise.resolve({ plan: { ...view().plan, version: 9 }, cells: since, outside: beside }),
    refusalOf: (error) => (error instanceof TypeError ? null : String(error)),
    keep: (cells) => {
      kept = cells;
    },
    onOutside: () => (outside += 1),
    wait: (_, then) => {
      timers.push(then);
      return () => void timers.splice(timers.indexOf(then), 1);
    },
  });
  const passes = async (): Promise<void> => {
    timers.shift()?.();
    for (let n = 0; n < 20; n += 1) await Promise.resolve();
  };
  return {
    board,
    saver,
    sent,
    passes,
    kept: () => kept,
    outside: () => outside,
    waits: () => timers.length,
    answers: (next: () => Promise<Saved>) => void (answer = next),
    others: (cells: CellInput[], outside = false) => void ([since, beside] = [cells, outside]),
  };
}
const edit = (board: ReturnType<typeof createBoard>, person: number, to: Cell): void => board.edit([{ person, day: 2, to }]);

test('edits go together by themselves, and are said to be saved', async () => {
  const { board, saver, sent, passes, kept } = portal();
  edit(board, 0, WFO);
  edit(board, 1, WFH);
  expect(kept()).toHaveLength(2);
  await passes();
  expect(sent).toMatchObject([{ version: 3, cells: [{ code: 'WFO' }, { code: 'WFH' }] }]);
  expect(saver.state()).toEqual({ is: 'saved' });
  expect([board.state().unsaved, kept()]).toEqual([0, null]);
});

test('without a network nothing is lost: it waits on the device and goes later', async () => {
  const { board, saver, sent, passes, answers, kept } = portal();
  answers(() => Promise.reject(new TypeError('no network')));
  edit(board, 0, WFO);
  await passes();
  expect([saver.state().is, board.state().unsaved, kept()?.length]).toEqual(['offline', 1, 1]);
  answers(() => Promise.resolve({ version: 4, saved: 1, clashes: [] }));
  saver.now();
  await passes();
  expect([saver.state().is, board.state().unsaved, sent.length]).toEqual(['saved', 0, 2]);
});

test('a refusal is told and nothing more is sent until somebody looks at it', async () => {
  const { board, saver, passes, answers, waits, outside } = portal();
  answers(() => Promise.reject(new Error('sudah diajukan')));
  edit(board, 0, WFO);
  await passes();
  expect(saver.state()).toMatchObject({ is: 'refused', message: expect.stringContaining('sudah diajukan') as string });
  edit(board, 1, WFO);
  expect([waits(), board.state().unsaved, outside()]).toEqual([0, 2, 1]);
});

test('a clash shows what the colleague set, keeps what was ours, and lets it be set again', async () => {
  const { board, passes, answers } = portal();
  const clash = { personId: personId(0), date: dateOf(2), theirs: cell('PIKET'), yours: WFO, byName: 'Rani', at: '2026-11-02T00:00:00Z' };
  answers(() => Promise.resolve({ version: 3, saved: 0, clashes: [clash] }));
  edit(board, 0, WFO);
  await passes();
  expect(board.state().cells[0]![2]).toEqual(cell('PIKET'));
  expect(board.state().clashes).toMatchObject([{ byName: 'Rani', yours: WFO }]);
  board.settle(board.state().clashes[0]!, true);
  expect([board.state().cells[0]![2], board.state().clashes, board.state().unsaved]).toEqual([WFO, [], 1]);
});

test('a step between ours brings what the others did; our own echo is no clash', async () => {
  const { board, saver, passes, answers, others, sent } = portal();
  answers(() => {
    edit(board, 0, WFH);
    answers(() => Promise.resolve({ version: 10, saved: 1, clashes: [] }));
    return Promise.resolve({ version: 9, saved: 1, clashes: [] });
  });
  const echo = { personId: personId(0), date: dateOf(2), code: 'WFO' as const, shift: null };
  others([echo, { ...echo, personId: personId(3), code: 'PIKET' }]);
  edit(board, 0, WFO);
  await passes();
  expect([board.state().cells[0]![2], board.state().cells[3]![2]]).toEqual([WFH, cell('PIKET')]);
  expect(board.state().clashes).toEqual([]);
  expect([sent.length, sent[1]?.version, saver.state().is]).toEqual([2, 9, 'saved']);
});

test('what the head lets stand is seen at once, also between edits of our own; edits alone read nothing anew', async () => {
  const { board, saver, passes, answers, others, outside } = portal();
  const echo = { personId: personId(0), date: dateOf(2), code: 'WFO' as const, shift: null };
  answers(() => Promise.resolve({ version: 9, saved: 1, clashes: [] }));
  others([echo], true);
  edit(board, 0, WFO);
  await passes();
  expect(outside()).toBe(1);
  others([{ ...echo, personId: personId(3) }]);
  saver.moved(10);
  await passes();
  expect([outside(), board.state().cells[3]![2]]).toEqual([1, WFO]);
});

test('a plan that was asked for before the last save, and comes after it, does not undo the save on the screen', async () => {
  const { board, saver, passes, others } = portal();
  board.edit([{ person: 0, day: 2, to: WFO }]);
  await passes();
  expect(board.state()).toMatchObject({ unsaved: 0 });
  others([{ personId: personId(0), date: dateOf(2), code: 'WFO', shift: null }]);
  saver.readAt(3);
  board.rebase(view());
  await passes();
  expect(board.state().cells[0]![2]).toEqual(WFO);
});
