// From a model to numbers and back: parts that no rule joins are asked one by one; first how much each person's fair share is (as if people
// could be divided), then a roster within those shares, where leaving a share costs.
import { grouped } from './order.ts';
import type { Counter, Model, Row, Share, Term } from './model.ts';

type Matrix = { format: 'csr'; numCols: number; numRows: number; starts: Int32Array; indices: Int32Array; values: Float64Array };
export type Problem = {
  numCols: number;
  numRows: number;
  offset: number;
  colCost: Float64Array;
  colLower: Float64Array;
  colUpper: Float64Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
  matrix: Matrix;
  integrality?: Int32Array;
};
/** What leaving the fair share costs, by one. */
const UNFAIR: Record<Counter, number> = { piket: 20, offDays: 20, monFri: 8, home: 3 };
/** Beside this no share counts. */
const NEEDLESS = 50;
/** Beyond so many, one more costs what the last did. */
const MOST_STEPS = 24;

type Draft = { cost: number[]; lower: number[]; upper: number[]; integer: number[]; rows: Omit<Row, 'cause'>[]; offset: number };

/** The columns and rows of a model that hang together, by union of what shares a row or a group of equals. */
export function partsOf({ columns, rows, shares }: Model): { columns: number[]; rows: number[]; shares: number[] }[] {
  const parent = columns.map((_, at) => at);
  const root = (at: number): number => {
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  const join = (terms: readonly Term[]): void => {
    for (const [at] of terms) parent[root(at)] = root(terms[0]![0]);
  };
  for (const { terms } of rows) join(terms);
  for (const share of shares) join(share.terms);
  const first = new Map<string, number>();
  for (const { equals, terms } of shares) {
    const before = first.get(equals);
    if (before === undefined) first.set(equals, terms[0]![0]);
    else parent[root(terms[0]![0])] = root(before);
  }
  const parts = new Map<number, { columns: number[]; rows: number[]; shares: number[] }>();
  const partAt = (at: number) => {
    const key = root(at);
    const part = parts.get(key) ?? { columns: [], rows: [], shares: [] };
    parts.set(key, part);
    return part;
  };
  for (const at of columns.keys()) partAt(at).columns.push(at);
  for (const [n, { terms }] of rows.entries()) partAt(terms[0]![0]).rows.push(n);
  for (const [n, { terms }] of shares.entries()) partAt(terms[0]![0]).shares.push(n);
  return [...parts.values()];
}

export type Part = ReturnType<typeof partsOf>[number];

function draftOf({ columns, rows }: Model, part: Part): Draft & { local: Map<number, number> } {
  const local = new Map(part.columns.map((at, n) => [at, n]));
  const of = (at: number) => columns[at]!;
  return {
    local,
    cost: part.columns.map((at) => of(at).cost),
    lower: part.columns.map(() => 0),
    upper: part.columns.map((at) => of(at).upper),
    integer: part.columns.map(() => 1),
    rows: part.rows.map((n) => {
      const { lower, upper, terms } = rows[n]!;
      return { lower, upper, terms: terms.map(([at, factor]): Term => [local.get(at)!, factor]) };
    }),
    offset: 0,
  };
}

function add(draft: Draft, cost: number, upper: number): number {
  draft.cost.push(cost);
  draft.lower.push(0);
  draft.upper.push(upper);
  draft.integer.push(0);
  return draft.cost.length - 1;
}

function problemOf({ cost, lower, upper, integer, rows, offset }: Draft, whole: boolean): Problem {
  const starts = new Int32Array(rows.length + 1);
  for (const [n, { terms }] of rows.entries()) starts[n + 1] = starts[n]! + terms.length;
  return {
    numCols: cost.length,
    numRows: rows.length,
    offset,
    colCost: Float64Array.from(cost),
    colLower: Float64Array.from(lower),
    colUpper: Float64Array.from(upper),
    rowLower: Float64Array.from(rows, (row) => row.lower),
    rowUpper: Float64Array.from(rows, (row) => row.upper),
    matrix: {
      format: 'csr',
      numCols: cost.length,
      numRows: rows.length,
      starts,
      indices: Int32Array.from(rows.flatMap(({ terms }) => terms.map(([at]) => at))),
      values: Float64Array.from(rows.flatMap(({ terms }) => terms.map(([, factor]) => factor))),
    },
    ...(whole && { integrality: Int32Array.from(integer) }),
  };
}

/** The rules without what is wished. `whole` false: divided people allowed. */
export function rulesAlone(model: Model, part: Part, whole: boolean): Problem {
  const draft = draftOf(model, part);
  return problemOf({ ...draft, cost: draft.cost.map(() => 0) }, whole);
}

/** Each further one costs more than the one before, so that the cheapest is the most even. Divided people allowed. */
export function evenly(model: Model, part: Part): Problem {
  const draft = draftOf(model, part);
  // Even must not mean that more are at home than a rule asks for.
  for (const [n, at] of part.columns.entries()) if (model.columns[at]!.is === 'WFH') draft.cost[n]! += NEEDLESS;
  for (const n of part.shares) {
    const { counter, base, terms } = model.shares[n]!;
    const { least } = reachOf(model.shares[n]!);
    const steps = terms.slice(0, MOST_STEPS).map((_, step) => add(draft, (UNFAIR[counter] * (least + step + 1)) / 20, step + 1 === MOST_STEPS ? Infinity : 1));
    draft.rows.push({
      lower: least - base,
      upper: least - base,
      terms: [...terms.map(([at, factor]): Term => [draft.local.get(at)!, factor]), ...steps.map((at): Term => [at, -1])],
    });
  }
  return problemOf(draft, false);
}

export type Level = { low: number; high: number };
/** What each may have, by how much their equals have together: nobody two more than another. */
export function levelsOf(model: Model, part: Part, values: ArrayLike<number>): Map<number, Level> {
  const local = new Map(part.columns.map((at, n) => [at, n]));
  const groups = grouped(part.shares, (n) => model.shares[n]!.equals);
  const levels = new Map<number, Level>();
  for (const group of groups.values()) {
    const ones = group.map((n) => ({ n, now: has(model.shares[n]!, (at) => values[local.get(at)!]!), ...reachOf(model.shares[n]!) }));
    const total = ones.reduce((all, { now }) => all + now, 0);
    const filled = (level: number): number => ones.reduce((all, { least, most }) => all + Math.min(most, Math.max(least, level)), 0);
    let [under, over] = [Math.min(...ones.map(({ least }) => least)), Math.max(...ones.map(({ most }) => most))];
    for (let step = 0; step < 50; step += 1) {
      const middle = (under + over) / 2;
      if (filled(middle) < total - 1e-9) under = middle;
      else over = middle;
    }
    const low = Math.floor(over + 1e-6);
    const high = over - low < 1e-6 ? low : low + 1;
    for (const { n, least, most } of ones)
      levels.set(n, { low: model.shares[n]!.full ? Math.max(least, Math.min(most, low)) : least, high: Math.max(least, Math.min(most, high)) });
  }
  return levels;
}

/** A roster for whole people, near those levels. */
export function withLevels(model: Model, part: Part, levels: ReadonlyMap<number, Level>): Problem {
  const draft = draftOf(model, part);
  for (const [n, { low, high }] of levels) {
    const { counter, base, terms } = model.shares[n]!;
    const [under, over] = [add(draft, UNFAIR[counter], Infinity), add(draft, UNFAIR[counter], Infinity)];
    draft.rows.push({
      lower: low - base,
      upper: high - base,
      terms: [...terms.map(([at, factor]): Term => [draft.local.get(at)!, factor]), [under, 1], [over, -1]],
    });
  }
  return problemOf(draft, true);
}

/** The largest difference between two equals, by what they have been given. Who could not have had more, or less, is nobody's measure. */
export function spreadOf({ shares }: Model, values: ArrayLike<number>): Record<Counter, number> {
  const spread = { piket: 0, monFri: 0, offDays: 0, home: 0 };
  for (const group of grouped(
    shares.filter(({ full }) => full),
    ({ equals }) => equals,
  ).values()) {
    const ones = group.map((share) => ({ has: has(share, (at) => Math.round(values[at]!)), ...reachOf(share) })).toSorted((a, b) => a.has - b.has);
    while (ones.length > 1 && ones.at(-1)!.has - ones[0]!.has > 1)
      if (ones.at(-1)!.has === ones.at(-1)!.least) ones.pop();
      else if (ones[0]!.has === ones[0]!.most) ones.shift();
      else break;
    const { counter } = group[0]!;
    spread[counter] = Math.max(spread[counter], ones.at(-1)!.has - ones[0]!.has);
  }
  return spread;
}
const has = ({ base, terms }: Share, value: (at: number) => number): number => base + terms.reduce((all, [at, factor]) => all + factor * value(at), 0);
const reachOf = ({ base, terms }: Share): { least: number; most: number } => ({
  least: base + terms.reduce((all, [, factor]) => all + Math.min(0, factor), 0),
  most: base + terms.reduce((all, [, factor]) => all + Math.max(0, factor), 0),
});
