// A plan as a question to a solver: columns are what a person may be on a day, rows are rules. Pure; the same sheet, choice and seed are the
// same question. What a rule means is said in docs/decisions/0041-generator.md, and checked again afterwards by shared/rota-rules.ts.
import type { AppliedRule } from '../../../shared/policies.ts';
import type { PlanCell, PlanPerson, PlanSheet } from '../../../shared/rota.ts';
import { dayAfter, grouped, shuffled } from './order.ts';
import { scopesOf } from './scope.ts';

export type Cells = Record<string, (PlanCell | null)[]>;
export type Choice = {
  seed: number;
  /** Cells that stay as they are. A day of leave or travel always does. */
  stays: (personId: string, day: number) => boolean;
  /** What was planned before, where few changes are wished; null: nothing. */
  former: Cells | null;
};

/** Who may not be blamed on a circular: a night is followed by rest, and six days on duty by one off. */
type HouseRule = 'istirahat' | 'beruntun';
/** What a row is there for: said when the rules cannot all be kept. */
export type Cause = { rule: AppliedRule | null; house: HouseRule | null; unitId: string | null; person: number | null; days: number[]; shift: string | null };
export type Term = [column: number, factor: number];
export type Row = { lower: number; upper: number; terms: Term[]; cause: number };
export type Column = { cost: number; upper: number; integer: boolean; person: number; day: number; is: 'WFH' | 'PIKET' | 'LIBUR' | null; shift: string | null };
export type Counter = 'piket' | 'monFri' | 'offDays' | 'home';
/** A count of one person that is to be even among equals: `base` is there already. */
export type Share = { counter: Counter; person: number; equals: string; base: number; carried: number; terms: Term[]; full: boolean };
export type Model = {
  sheet: PlanSheet;
  people: PlanPerson[];
  columns: Column[];
  rows: Row[];
  causes: Cause[];
  shares: Share[];
  /** `open[person][day]`: the columns of that cell; null where it stays. */
  open: (number[] | null)[][];
  /** What the objective has before anything is decided. */
  offset: number;
};

export const COSTS = { piket: 2, leaderPiket: 40, home: 0.05, ranked: 1, change: 1 } as const;
const MOST_IN_A_ROW = 6;
/** Hours between the end of a night and the next duty. */
const REST_HOURS = 11;
/** Who is away for longer than this part of the open days is nobody's equal: they get no more than the others, and perhaps less. */
const AWAY = 0.25;

/** What was carried counts against one's equals, but a month makes good no more than this: who comes back from long leave does not do all the duty. */
const CAUGHT_UP = 2;

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const worked = (code: string): boolean => code !== 'LIBUR' && code !== 'CUTI' && code !== 'SAKIT';

export function modelOf(sheet: PlanSheet, { seed, stays, former }: Choice): Model {
  const people = shuffled(sheet.people, seed);
  const days = sheet.days;
  const { staffOf, groupsOf } = scopesOf(sheet, people);
  const columns: Column[] = [];
  const rows: Row[] = [];
  const causes: Cause[] = [];
  const shares: Share[] = [];
  let offset = 0;
  const shifts = new Map([...sheet.shifts, ...sheet.rules.flatMap(({ rule }) => ('shifts' in rule ? rule.shifts : []))].map((shift) => [shift.name, shift]));
  const isNight = (name: string | null): boolean => {
    const shift = name === null ? undefined : shifts.get(name);
    return shift !== undefined && minutes(shift.to) <= minutes(shift.from);
  };
  /** A shift that begins so late that a night before it is slept off. */
  const restedFor = (night: string, name: string | null): boolean => {
    const [before, after] = [shifts.get(night), name === null ? undefined : shifts.get(name)];
    return before !== undefined && after !== undefined && minutes(after.from) - minutes(before.to) >= REST_HOURS * 60;
  };

  const absence = (person: PlanPerson, day: number) => {
    const date = days[day]!.date;
    return person.absences.find(({ from, until }) => from <= date && date <= until);
  };
  /** What a cell is that stays; undefined: it is open. */
  const fixed = (p: number, d: number): PlanCell | null | undefined => {
    const person = people[p]!;
    const away = absence(person, d);
    if (away) return { code: away.code, shift: null };
    return stays(person.id, d) ? (sheet.cells[person.id]?.[d] ?? null) : undefined;
  };
  const holds = ({ from, until }: AppliedRule, d: number): boolean => from <= days[d]!.date && days[d]!.date <= until;
  const isWorking = (d: number): boolean => days[d]!.kind === 'kerja';

  // Where piket is asked for, and of whom.
  type Demand = { applied: AppliedRule; unitId: string; shift: string | null; min: number; staff: number[]; days: number[] };
  const demands: Demand[] = sheet.rules.flatMap((applied) => {
    const { rule } = applied;
    if (rule.kind !== 'piket_layanan' && !(rule.kind === 'siaga' && rule.shifts.length > 0)) return [];
    const on = days.flatMap((day, d) =>
      holds(applied, d) && (rule.kind === 'siaga' || (day.kind === 'kerja' && rule.weekdays.includes(day.weekday))) ? [d] : [],
    );
    const names = rule.shifts.length > 0 ? rule.shifts.map(({ name }) => name) : [null];
    return groupsOf(applied).flatMap(({ unitId, staff }) => names.map((shift) => ({ applied, unitId, shift, min: rule.min, staff, days: on })));
  });

  const open: Model['open'] = people.map(() => days.map(() => null));
  const piket = new Map<string, number>();
  const home = new Map<string, number>();
  const rest = new Map<string, number>();
  const key = (p: number, d: number, shift: string | null = null): string => `${p} ${d} ${shift ?? ''}`;
  const leads = (p: number): boolean => ['kepala_opd', 'sekretaris', 'kabid'].includes(people[p]!.level ?? '');

  function column(p: number, d: number, is: 'WFH' | 'PIKET' | 'LIBUR', shift: string | null, cost: number): number {
    const was = former?.[people[p]!.id]?.[d];
    const kept = was?.code === is && was.shift === shift;
    if (kept) offset += COSTS.change;
    // What has no column (WFO, LIBUR) is left by whatever takes its place.
    const left = was?.code === (isWorking(d) ? 'WFO' : 'LIBUR');
    columns.push({ cost: cost + (kept ? -COSTS.change : left ? COSTS.change : 0), upper: 1, integer: true, person: p, day: d, is, shift });
    (open[p]![d] ??= []).push(columns.length - 1);
    return columns.length - 1;
  }

  const ranks = Math.max(1, ...people.map(({ homeFirst }) => homeFirst));
  for (const p of people.keys())
    for (const d of days.keys()) {
      if (fixed(p, d) !== undefined) continue;
      open[p]![d] = [];
      const asked = new Set(demands.filter((demand) => demand.days.includes(d) && demand.staff.includes(p)).map(({ shift }) => shift));
      for (const shift of asked) piket.set(key(p, d, shift), column(p, d, 'PIKET', shift, leads(p) ? COSTS.leaderPiket : COSTS.piket));
      if (!isWorking(d)) continue;
      // Who is home first by rank costs something on every day on site.
      const ranked = (COSTS.ranked * people[p]!.homeFirst) / ranks;
      offset += ranked;
      home.set(key(p, d), column(p, d, 'WFH', null, COSTS.home - ranked));
    }

  const piketOf = (p: number, d: number): { shift: string | null; at: number }[] =>
    (open[p]![d] ?? []).flatMap((at) => (columns[at]!.is === 'PIKET' ? [{ shift: columns[at]!.shift, at }] : []));
  const nightsOf = (p: number, d: number) => piketOf(p, d).filter(({ shift }) => isNight(shift));
  // After a night a working day may be free; nobody is free on one otherwise.
  for (const p of people.keys())
    for (let d = 1; d < days.length; d += 1) {
      const before = fixed(p, d - 1);
      if (open[p]![d] === null || !isWorking(d)) continue;
      if (nightsOf(p, d - 1).length > 0 || (before && before.code === 'PIKET' && isNight(before.shift))) rest.set(key(p, d), column(p, d, 'LIBUR', null, 0));
    }

  /** How much of a cell is what is asked: a number that is there already, and what the solver decides. */
  type Sum = { there: number; terms: Term[] };
  const sum = (parts: readonly Sum[]): Sum => ({ there: parts.reduce((all, part) => all + part.there, 0), terms: parts.flatMap(({ terms }) => terms) });
  function onSite(p: number, d: number): Sum {
    const stays = fixed(p, d);
    if (stays !== undefined) return { there: stays?.code === 'WFO' || stays?.code === 'PIKET' ? 1 : 0, terms: [] };
    if (!isWorking(d)) return { there: 0, terms: piketOf(p, d).map(({ at }) => [at, 1]) };
    return { there: 1, terms: [home, rest].flatMap((of): Term[] => (of.has(key(p, d)) ? [[of.get(key(p, d))!, -1]] : [])) };
  }
  function onPiket(p: number, d: number, shift: string | null): Sum {
    const stays = fixed(p, d);
    if (stays !== undefined) return { there: stays?.code === 'PIKET' && (shift === null || stays.shift === shift) ? 1 : 0, terms: [] };
    return { there: 0, terms: piketOf(p, d).flatMap((one): Term[] => (shift === null || one.shift === shift ? [[one.at, 1]] : [])) };
  }
  function atHome(p: number, d: number): Sum {
    const stays = fixed(p, d);
    if (stays !== undefined) return { there: stays?.code === 'WFH' ? 1 : 0, terms: [] };
    return { there: 0, terms: home.has(key(p, d)) ? [[home.get(key(p, d))!, 1]] : [] };
  }
  function onDuty(p: number, d: number): Sum {
    const stays = fixed(p, d);
    if (stays !== undefined) return { there: stays && worked(stays.code) ? 1 : 0, terms: [] };
    if (!isWorking(d)) return onSite(p, d);
    return { there: 1, terms: rest.has(key(p, d)) ? [[rest.get(key(p, d))!, -1]] : [] };
  }
  const about = (more: Partial<Cause>): number => causes.push({ rule: null, house: null, unitId: null, person: null, days: [], shift: null, ...more }) - 1;
  /** What no open cell can change is not asked. */
  function ask({ there, terms: all }: Sum, { min = -Infinity, max = Infinity }: { min?: number; max?: number }, cause: Partial<Cause> | null): void {
    const merged = new Map<number, number>();
    for (const [at, factor] of all) merged.set(at, (merged.get(at) ?? 0) + factor);
    const terms = [...merged].filter(([, factor]) => factor !== 0);
    if (terms.length === 0) return;
    const reach = { least: there, most: there };
    for (const [, factor] of terms) reach[factor < 0 ? 'least' : 'most'] += factor;
    if (reach.least >= min && reach.most <= max) return;
    rows.push({ lower: min - there, upper: max - there, terms, cause: cause === null ? -1 : about(cause) });
  }

  // One thing a day, and rest.
  for (const p of people.keys())
    for (const d of days.keys()) {
      const cell = open[p]![d];
      if (cell && cell.length > 1) ask({ there: 0, terms: cell.map((at) => [at, 1]) }, { max: 1 }, null);
      if (d === 0) continue;
      const free = rest.get(key(p, d));
      if (free !== undefined) {
        const night = sum([...shifts.keys()].filter(isNight).map((shift) => onPiket(p, d - 1, shift)));
        ask({ there: -night.there, terms: [[free, 1], ...night.terms.map(([at, n]): Term => [at, -n])] }, { max: 0 }, null);
      }
      for (const shift of shifts.keys()) {
        if (!isNight(shift)) continue;
        const night = onPiket(p, d - 1, shift);
        if (night.there + night.terms.length === 0) continue;
        const again = sum(
          piketOf(p, d).flatMap((one) => (one.shift !== null && restedFor(shift, one.shift) ? [{ there: 0, terms: [[one.at, -1]] as Term[] }] : [])),
        );
        ask(sum([night, onSite(p, d), atHome(p, d), again]), { max: 1 }, { house: 'istirahat', person: p, days: [d - 1, d], shift });
      }
    }
  for (const p of people.keys())
    for (let d = 1 - MOST_IN_A_ROW; d + MOST_IN_A_ROW < days.length; d += 1) {
      const window = Array.from({ length: MOST_IN_A_ROW + 1 }, (_, n) => d + n);
      const before = window.filter((day) => day < 0).map((day) => people[p]!.before.find(({ date }) => date === dayAfter(days[0]!.date, day)));
      if (before.some((one) => one === undefined || !worked(one.code))) continue;
      const within = window.filter((day) => day >= 0);
      ask(sum(within.map((day) => onDuty(p, day))), { max: MOST_IN_A_ROW - before.length }, { house: 'beruntun', person: p, days: within });
    }

  /** Who may not be at home by a rule: nobody's equal in that. */
  const bound = new Set<number>();
  // The rules, as docs/decisions/0040-rota.md reads them.
  const weeks = new Map<string, number[]>();
  for (const [d, { date, weekday }] of days.entries()) {
    const monday = dayAfter(date, 1 - weekday);
    weeks.set(monday, [...(weeks.get(monday) ?? []), d]);
  }
  for (const { applied, unitId, shift, min, staff, days: on } of demands)
    for (const d of on) ask(sum(staff.map((p) => onPiket(p, d, shift))), { min }, { rule: applied, unitId, days: [d], shift });
  for (const applied of sheet.rules) {
    const { rule } = applied;
    const inForce = [...days.keys()].filter((d) => holds(applied, d));
    const scoped = staffOf(applied);
    if (rule.kind === 'batas_hadir')
      for (const { unitId, staff } of groupsOf(applied))
        for (const d of inForce.filter(isWorking)) {
          const base = staff.filter((p) => !absence(people[p]!, d)?.long);
          if (base.length > 1)
            ask(sum(base.map((p) => onSite(p, d))), { max: Math.floor((base.length * rule.percent) / 100) }, { rule: applied, unitId, days: [d] });
        }
    if (rule.kind === 'siaga' && rule.shifts.length === 0)
      for (const { unitId, staff } of groupsOf(applied))
        for (const d of inForce.filter(isWorking)) ask(sum(staff.map((p) => onSite(p, d))), { min: rule.min }, { rule: applied, unitId, days: [d] });
    if (rule.kind === 'dikecualikan' || rule.kind === 'jabatan_di_kantor')
      for (const p of scoped) {
        const { level, coveredOn } = people[p]!;
        if (rule.kind === 'jabatan_di_kantor' && (level === null || !rule.levels.includes(level))) continue;
        bound.add(p);
        for (const d of inForce)
          if (!(rule.kind === 'jabatan_di_kantor' && rule.unlessPlh && coveredOn.includes(d)))
            ask(atHome(p, d), { max: 0 }, { rule: applied, unitId: people[p]!.unitId, person: p, days: [d] });
      }
    if (rule.kind === 'wfh_mingguan')
      for (const p of scoped)
        for (const [monday, week] of weeks) {
          const before = applied.from > days[0]!.date ? [] : people[p]!.before.filter(({ date, code }) => code === 'WFH' && date >= monday);
          ask(
            sum(week.filter((d) => holds(applied, d)).map((d) => atHome(p, d))),
            { max: Math.max(0, rule.days - (week[0] === 0 ? before.length : 0)) },
            { rule: applied, person: p, days: week },
          );
        }
  }

  // What is to be even, and among whom: those whom the same rules count in the same units.
  const kinds = new Set(['batas_hadir', 'siaga', 'wfh_mingguan']);
  const counted = sheet.rules.filter(({ rule }) => kinds.has(rule.kind)).flatMap((applied) => groupsOf(applied).map(({ staff }) => new Set(staff)));
  for (const [p, person] of people.entries()) {
    const free = open[p]!.filter((cell) => cell !== null).length;
    if (free === 0) continue;
    const away = days.filter((_, d) => absence(person, d)).length;
    const full = away <= AWAY * (free + away);
    const canPiket = demands.flatMap(({ staff }, n) => (staff.includes(p) ? [n] : []));
    const share = (counter: Counter, among: string, on: readonly number[], of: (p: number, d: number) => Sum, carried: number): void => {
      const { there, terms } = sum(on.map((d) => of(p, d)));
      if (terms.length > 0) shares.push({ counter, person: p, equals: `${counter} ${among}`, base: there, carried: Math.round(carried), terms, full });
    };
    const all = [...days.keys()];
    if (canPiket.length > 0) {
      const among = `${leads(p) ? 'leads' : ''} ${canPiket.join()}`;
      share('piket', among, all, (one, d) => onPiket(one, d, null), person.carried.piket);
      share(
        'offDays',
        among,
        all.filter((d) => !isWorking(d)),
        onSite,
        person.carried.offDays,
      );
    }
    if (bound.has(p)) continue;
    const among = `${person.homeFirst} ${canPiket.join()} ${counted.flatMap((staff, n) => (staff.has(p) ? [n] : [])).join()}`;
    share(
      'monFri',
      among,
      all.filter((d) => isWorking(d) && (days[d]!.weekday === 1 || days[d]!.weekday === 5)),
      onSite,
      person.carried.monFri,
    );
    share('home', among, all.filter(isWorking), atHome, 0);
  }
  for (const group of grouped(shares, ({ equals }) => equals).values()) {
    const middle = group.map(({ carried }) => carried).toSorted((a, b) => a - b)[Math.floor(group.length / 2)]!;
    for (const share of group) share.base += CAUGHT_UP + Math.max(-CAUGHT_UP, Math.min(CAUGHT_UP, share.carried - middle));
  }
  return { sheet, people, columns, rows, causes, shares, open, offset };
}

/** The roster of an answer: cells that stayed are as they were. */
export function cellsOf({ sheet, people, columns, open }: Model, values: ArrayLike<number>): Cells {
  return Object.fromEntries(
    people.map((person, p) => [
      person.id,
      sheet.days.map(({ date, kind }, d): PlanCell | null => {
        const cell = open[p]![d];
        const away = person.absences.find(({ from, until }) => from <= date && date <= until);
        if (away) return { code: away.code, shift: null };
        if (!cell) return sheet.cells[person.id]?.[d] ?? null;
        const chosen = cell.map((at) => ({ at, column: columns[at]! })).find(({ at }) => values[at]! > 0.5)?.column;
        return chosen?.is ? { code: chosen.is, shift: chosen.shift } : { code: kind === 'kerja' ? 'WFO' : 'LIBUR', shift: null };
      }),
    ]),
  );
}
