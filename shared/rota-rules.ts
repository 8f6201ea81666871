// What a plan of a month breaks, and what it adds up to: the same function in the browser after each edit and on the server when it counts.
// Pure. Everything about one day is found from that day alone, everything about a week from one person: an edit is as quick as a day.
import type { AppliedRule, PolicyRule } from './policies.ts';
import type { PlanCell, PlanDay, PlanSheet, Violation } from './rota.ts';

export type Language = 'id' | 'en';
type RuleOf<K extends PolicyRule['kind']> = Extract<PolicyRule, { kind: K }>;
/** Violations that no circular's rule makes (work planned on a day of leave) have this rule. */
export const NO_RULE = '00000000-0000-0000-0000-000000000000';
const DAY_MS = 86_400_000;

/** `cap`, `limit`: of the tightest rule that counts in this unit on this day; null = none, or no working day. */
export type UnitDay = { onSite: number; base: number; percent: number; cap: number | null; limit: number | null; piket: number; home: number };
export type UnitCount = { unitId: string; days: UnitDay[] };
/** `limit`: the tightest of the week; null = none. */
export type PersonCount = { personId: string; piket: number; wfh: number; weeks: { monday: string; wfh: number; limit: number | null }[] };
export type Counters = { units: UnitCount[]; people: PersonCount[] };

export type Checker = {
  violations: () => Violation[];
  counters: () => Counters;
  /** One edit; only that day, and that person's weeks, are looked at again. Who is not on the sheet, or a day beyond it, changes nothing. */
  put: (personId: string, day: number, cell: PlanCell | null) => void;
};

export const violationsOf = (sheet: PlanSheet): Violation[] => checkerOf(sheet).violations();
export const countersOf = (sheet: PlanSheet): Counters => checkerOf(sheet).counters();

export const isOnSite = (cell: Pick<PlanCell, 'code'> | null | undefined): boolean => cell?.code === 'WFO' || cell?.code === 'PIKET';
const isWork = (cell: PlanCell | null): boolean => isOnSite(cell) || cell?.code === 'WFH';

/** The Monday of the week a day lies in. */
export function mondayOf(date: string): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  return new Date(at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS).toISOString().slice(0, 10);
}

/** A rule with the people and groups it looks at: places of people on the sheet. */
type Group = { unitId: string; people: number[] };
type Ready = { applied: AppliedRule; people: number[]; groups: Group[] };

export function checkerOf(sheet: PlanSheet): Checker {
  const { people, days } = sheet;
  const placeOf = new Map(people.map((person, n) => [person.id, n]));
  const unitsAbove = pathsOf(sheet);
  const away = people.map((person) => days.map(({ date }) => person.absences.find((a) => a.from <= date && date <= a.until) ?? null));
  const covered = people.map(({ coveredOn }) => new Set(coveredOn));
  const cells: (PlanCell | null)[][] = people.map((person) => days.map((_, day) => sheet.cells[person.id]?.[day] ?? null));
  const ready = sheet.rules.map((applied) => readied(applied));
  const weeks = weeksOf(days);
  const homeBefore = people.map(({ before }) => before.filter(({ code }) => code === 'WFH').map(({ date }) => ({ date, monday: mondayOf(date) })));
  const inUnit = sheet.units.map(({ id }): Group => ({ unitId: id, people: people.flatMap((_, n) => (unitsAbove[n]?.has(id) ? [n] : [])) }));

  function readied(applied: AppliedRule): Ready {
    const tops = topmost(sheet, applied.units);
    const only = applied.people === null ? null : new Set(applied.people);
    const isMeant = (n: number, units: readonly string[]): boolean =>
      (only === null || only.has(people[n]?.id ?? '')) && units.some((unit) => unitsAbove[n]?.has(unit));
    const of = (units: readonly string[]): number[] => people.flatMap((_, n) => (isMeant(n, units) ? [n] : []));
    const mine = applied.rule.kind === 'batas_hadir' ? countedUnits(sheet, tops, applied.rule.countedIn) : tops.map((id) => [id]);
    return { applied, people: of(tops), groups: mine.map((units) => ({ unitId: units[0] ?? '', people: of(units) })) };
  }

  const inForce = ({ applied }: Ready, { date }: PlanDay): boolean => applied.from <= date && date <= applied.until;
  const baseOf = (group: Group, day: number): number => group.people.reduce((sum, n) => sum + (away[n]?.[day]?.long ? 0 : 1), 0);
  const onSiteOf = (group: Group, day: number): number[] => group.people.filter((n) => isOnSite(cells[n]?.[day]));
  const idsOf = (places: readonly number[]): string[] => places.map((n) => people[n]?.id ?? '').toSorted();

  function brokenBy(one: Ready, day: number, add: (violation: Violation) => void): void {
    const { applied, groups } = one;
    const { rule } = applied;
    const today = days[day];
    if (!today || !inForce(one, today)) return;
    const tell = (place: { unitId: string } | { personId: string }, personIds: string[], figures: Record<string, number>, shift: string | null = null): void =>
      add({
        key: [rule.kind, applied.id, 'unitId' in place ? place.unitId : place.personId, today.date, ...(shift === null ? [] : [shift])].join('|'),
        ruleId: applied.id,
        kind: rule.kind,
        unitId: 'unitId' in place ? place.unitId : null,
        personIds,
        dates: [today.date],
        shift,
        figures,
      });
    const isWorking = today.kind === 'kerja';
    switch (rule.kind) {
      case 'batas_hadir': {
        if (!isWorking) return;
        for (const group of groups) {
          const base = baseOf(group, day);
          const on = onSiteOf(group, day);
          const cap = capOf(base, rule.percent);
          if (base > 1 && on.length > cap)
            tell(group, idsOf(on), { onSite: on.length, base, cap, percent: Math.round((on.length * 100) / base), limit: rule.percent });
        }
        return;
      }
      case 'siaga': {
        for (const group of groups) {
          if (rule.shifts.length === 0 && isWorking) {
            const on = onSiteOf(group, day);
            if (on.length < rule.min) tell(group, idsOf(on), { onSite: on.length, min: rule.min });
          }
          for (const { name } of rule.shifts) {
            const on = onPiket(group, day, name);
            if (on.length < rule.min) tell(group, idsOf(on), { onSite: on.length, min: rule.min }, name);
          }
        }
        return;
      }
      case 'piket_layanan': {
        if (!isWorking || !rule.weekdays.includes(today.weekday)) return;
        for (const group of groups)
          for (const shift of rule.shifts.length === 0 ? [null] : rule.shifts.map(({ name }) => name)) {
            const on = onPiket(group, day, shift);
            if (on.length < rule.min) tell(group, idsOf(on), { piket: on.length, min: rule.min }, shift);
          }
        return;
      }
      case 'dikecualikan':
      case 'jabatan_di_kantor': {
        for (const n of one.people) {
          const person = people[n];
          if (!person || cells[n]?.[day]?.code !== 'WFH') continue;
          if (rule.kind === 'jabatan_di_kantor' && !isNeeded(rule, person.level, covered[n]?.has(day) ?? false)) continue;
          tell({ personId: person.id }, [person.id], {});
        }
        return;
      }
      case 'wfh_mingguan':
      case 'dahulukan_rumah':
    }
  }
  const onPiket = (group: Group, day: number, shift: string | null): number[] =>
    group.people.filter((n) => {
      const cell = cells[n]?.[day];
      return cell?.code === 'PIKET' && (shift === null || cell.shift === shift);
    });

  function ofDay(day: number): Violation[] {
    const found: Violation[] = [];
    for (const one of ready) brokenBy(one, day, (violation) => found.push(violation));
    const date = days[day]?.date ?? '';
    people.forEach(({ id }, n) => {
      if (away[n]?.[day] && isWork(cells[n]?.[day] ?? null))
        found.push({
          key: `cuti|${NO_RULE}|${id}|${date}`,
          ruleId: NO_RULE,
          kind: 'cuti',
          unitId: null,
          personIds: [id],
          dates: [date],
          shift: null,
          figures: {},
        });
    });
    return found;
  }

  const weekly = ready.filter((one) => one.applied.rule.kind === 'wfh_mingguan').map((one) => ({ one, meant: new Set(one.people) }));
  /** The days of a week at home: of this month, and of the one before. */
  function homeDays(n: number, week: Week, applied: AppliedRule): string[] {
    const before = (homeBefore[n] ?? []).flatMap(({ date, monday }) => (monday === week.monday ? [date] : []));
    const own = week.days.filter((day) => cells[n]?.[day]?.code === 'WFH').map((day) => days[day]?.date ?? '');
    return [...(applied.from <= (days[0]?.date ?? '') ? before : []), ...own.filter((date) => applied.from <= date && date <= applied.until)].toSorted();
  }
  const homeCount = (n: number, week: Week): number =>
    week.days.reduce(
      (sum, day) => sum + (cells[n]?.[day]?.code === 'WFH' ? 1 : 0),
      (homeBefore[n] ?? []).filter(({ monday }) => monday === week.monday).length,
    );
  function ofPerson(n: number): Violation[] {
    const personId = people[n]?.id ?? '';
    return weekly.flatMap(({ one: { applied }, meant }) => {
      const { rule } = applied;
      if (rule.kind !== 'wfh_mingguan' || !meant.has(n)) return [];
      return weeks.flatMap((week): Violation[] => {
        if (homeCount(n, week) <= rule.days) return [];
        const dates = homeDays(n, week, applied);
        // What was too much before this month is not this plan's to mend.
        if (dates.length <= rule.days || !dates.some((date) => date >= (days[0]?.date ?? ''))) return [];
        const key = `wfh_mingguan|${applied.id}|${personId}|${week.monday}`;
        return [
          {
            key,
            ruleId: applied.id,
            kind: 'wfh_mingguan',
            unitId: null,
            personIds: [personId],
            dates,
            shift: null,
            figures: { days: dates.length, limit: rule.days },
          },
        ];
      });
    });
  }

  const byDay = new Map<number, Violation[]>();
  const byPerson = new Map<number, Violation[]>();
  const unitDays = new Map<number, UnitDay[]>();
  const counted = new Map<number, PersonCount>();
  const kept = <T>(store: Map<number, T>, n: number, find: (n: number) => T): T => {
    const known = store.get(n) ?? find(n);
    store.set(n, known);
    return known;
  };

  const caps = ready.flatMap((one) =>
    one.applied.rule.kind === 'batas_hadir' ? [{ one, percent: one.applied.rule.percent, units: new Set(one.groups.map(({ unitId }) => unitId)) }] : [],
  );
  /** Unit by unit, as on the sheet. */
  function countDay(day: number): UnitDay[] {
    const today = days[day];
    const limiting = caps.filter(({ one }) => today?.kind === 'kerja' && inForce(one, today));
    return inUnit.map((group): UnitDay => {
      const count = { onSite: 0, piket: 0, home: 0 };
      for (const n of group.people) {
        const code = cells[n]?.[day]?.code;
        if (code === 'WFO' || code === 'PIKET') count.onSite += 1;
        if (code === 'PIKET') count.piket += 1;
        if (code === 'WFH') count.home += 1;
      }
      const base = baseOf(group, day);
      const limits = limiting.filter(({ units }) => units.has(group.unitId)).map(({ percent }) => percent);
      const limit = limits.length === 0 || base <= 1 ? null : Math.min(...limits);
      return { ...count, base, percent: base === 0 ? 0 : Math.round((count.onSite * 100) / base), cap: limit === null ? null : capOf(base, limit), limit };
    });
  }
  function countPerson(n: number): PersonCount {
    const row = cells[n] ?? [];
    return {
      personId: people[n]?.id ?? '',
      piket: row.filter((cell) => cell?.code === 'PIKET').length,
      wfh: row.filter((cell) => cell?.code === 'WFH').length,
      weeks: weeks.map((week) => {
        const limits = weekly.flatMap(({ one: { applied }, meant }) => {
          const isOn = week.days.some((day) => applied.from <= (days[day]?.date ?? '') && (days[day]?.date ?? '') <= applied.until);
          return applied.rule.kind === 'wfh_mingguan' && meant.has(n) && isOn ? [applied.rule.days] : [];
        });
        return { monday: week.monday, wfh: homeCount(n, week), limit: limits.length === 0 ? null : Math.min(...limits) };
      }),
    };
  }

  return {
    violations: () =>
      [...days.flatMap((_, day) => kept(byDay, day, ofDay)), ...people.flatMap((_, n) => kept(byPerson, n, ofPerson))]
        .filter(({ dates }) => sheet.livedUntil === null || dates.some((date) => date > (sheet.livedUntil ?? '')))
        .toSorted(inOrder),
    counters: () => ({
      units: inUnit.map(({ unitId }, unit) => ({ unitId, days: days.flatMap((_, day) => kept(unitDays, day, countDay)[unit] ?? []) })),
      people: people.map((_, n) => kept(counted, n, countPerson)),
    }),
    put(personId, day, cell) {
      const n = placeOf.get(personId);
      const row = n === undefined ? undefined : cells[n];
      if (n === undefined || !row || days[day] === undefined) return;
      row[day] = cell;
      byDay.delete(day);
      unitDays.delete(day);
      byPerson.delete(n);
      counted.delete(n);
    },
  };
}

const inOrder = (a: Violation, b: Violation): number => compare(a.dates[0] ?? '', b.dates[0] ?? '') || compare(a.key, b.key);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Rounded down (Kudus, Medan): 50 % of 15 are 7. */
export const capOf = (base: number, percent: number): number => Math.floor((base * percent) / 100);
const isNeeded = (rule: RuleOf<'jabatan_di_kantor'>, level: string | null, isCovered: boolean): boolean =>
  rule.levels.some((l) => l === level) && !(rule.unlessPlh && isCovered);

type Week = { monday: string; days: number[] };
function weeksOf(days: readonly PlanDay[]): Week[] {
  const weeks = new Map<string, number[]>();
  days.forEach(({ date }, day) => weeks.set(mondayOf(date), [...(weeks.get(mondayOf(date)) ?? []), day]));
  return [...weeks].map(([monday, of]) => ({ monday, days: of }));
}

/** For each person the units they belong to: their own and all above it. */
function pathsOf({ units, people }: PlanSheet): ReadonlySet<string>[] {
  const known = new Map(units.map((unit) => [unit.id, unit]));
  const paths = new Map<string, ReadonlySet<string>>();
  const pathFrom = (id: string | null, seen: ReadonlySet<string>): ReadonlySet<string> =>
    id === null || seen.has(id) ? seen : pathFrom(known.get(id)?.parentId ?? null, new Set([...seen, id]));
  return people.map(({ unitId }) => {
    const path = paths.get(unitId) ?? pathFrom(unitId, new Set());
    paths.set(unitId, path);
    return path;
  });
}

/** Of these units those that lie below none of the others; none named: the whole sheet. */
function topmost({ units }: PlanSheet, named: readonly string[]): string[] {
  const known = new Map(units.map((unit) => [unit.id, unit.parentId]));
  if (named.length === 0) return units.filter(({ parentId }) => parentId === null || !known.has(parentId)).map(({ id }) => id);
  const all = new Set(named);
  const isBelow = (id: string | null, steps: number): boolean => id !== null && steps < 20 && (all.has(id) || isBelow(known.get(id) ?? null, steps + 1));
  return [...all].filter((id) => known.has(id) && !isBelow(known.get(id) ?? null, 0)).toSorted();
}

/** Whom a rule is about, by their ids. */
export function meantBy(sheet: PlanSheet): (applied: AppliedRule) => ReadonlySet<string> {
  const paths = pathsOf(sheet);
  return ({ units, people }) => {
    const tops = topmost(sheet, units);
    const only = people === null ? null : new Set(people);
    return new Set(sheet.people.flatMap(({ id }, n) => ((only === null || only.has(id)) && tops.some((unit) => paths[n]?.has(unit)) ? [id] : [])));
  };
}

/** The groups a cap is counted in: each unit of that kind in or below the named ones; where there is none, the named ones together. */
function countedUnits({ units }: PlanSheet, tops: readonly string[], countedIn: RuleOf<'batas_hadir'>['countedIn']): string[][] {
  const parentOf = new Map(units.map((unit) => [unit.id, unit.parentId]));
  const isIn = (id: string | null, steps = 0): boolean => id !== null && steps < 20 && (tops.includes(id) || isIn(parentOf.get(id) ?? null, steps + 1));
  const counted = units.filter(({ id, kind }) => kind === countedIn && isIn(id)).map(({ id }) => [id]);
  return counted.length > 0 ? counted : tops.length > 0 ? [[...tops]] : [];
}

/** How far beyond the rule: an override holds as long as it is no further than when it was given. */
export function excessOf({ figures }: Pick<Violation, 'figures'>): number {
  const { onSite = 0, piket = 0, cap, min, limit = 0, days = 0 } = figures;
  if (cap !== undefined) return onSite - cap;
  if (min !== undefined) return min - onSite - piket;
  return days - limit;
}
export const isOverridden = (violation: Violation, overrides: readonly Pick<Violation, 'key' | 'figures'>[]): boolean =>
  overrides.some((override) => override.key === violation.key && excessOf(violation) <= excessOf(override));

/** `SE 800/1566/28.00/2020`: what has no name of its kind before its number is a circular. */
export const policyText = (number: string): string => (/^\p{L}/u.test(number) ? number : `SE ${number}`);

/** What is broken, in one line: `8/14 = 57 % > 50 % (SE 800/1566/28.00/2020)`. `rule` null: a day of leave. */
export function violationText(violation: Violation, rule: AppliedRule | null, language: Language): string {
  const said = saidOf(violation, language);
  return rule === null ? said : `${said} (${policyText(rule.policy.number)})`;
}
function saidOf({ kind, figures, shift }: Violation, language: Language): string {
  const isId = language === 'id';
  const { onSite = 0, base = 0, percent = 0, limit = 0, min = 0, piket = 0, days = 0 } = figures;
  const at = shift === null ? '' : isId ? `, giliran ${shift}` : `, shift ${shift}`;
  switch (kind) {
    case 'batas_hadir':
      return `${onSite}/${base} = ${percent} % > ${limit} %`;
    case 'siaga':
      return isId ? `siaga ${onSite} < ${min} orang${at}` : `on alert ${onSite} < ${min} people${at}`;
    case 'piket_layanan':
      return isId ? `piket ${piket} < ${min} orang${at}` : `on duty ${piket} < ${min} people${at}`;
    case 'wfh_mingguan':
      return isId ? `${days} hari WFH seminggu > ${limit}` : `${days} WFH days a week > ${limit}`;
    case 'dikecualikan':
      return isId ? 'tidak WFH: dikecualikan' : 'no WFH: excluded';
    case 'jabatan_di_kantor':
      return isId ? 'jabatan ini di kantor selama tidak ada Plh' : 'this post is on site unless a Plh is in force';
    default:
      return isId ? 'direncanakan bekerja pada hari cuti, sakit, atau dinas luar' : 'planned to work on a day of leave, sickness or travel';
  }
}

/** Where: `Bidang Rehabilitasi Sosial, 24 November 2026`. */
export function violationPlace({ unitId, personIds, dates }: Violation, sheet: Pick<PlanSheet, 'units' | 'people'>, language: Language): string {
  const name = unitId === null ? sheet.people.find(({ id }) => id === personIds[0])?.name : sheet.units.find(({ id }) => id === unitId)?.name;
  const day = (date: string): string =>
    new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
  const [first = '', ...more] = dates;
  const last = more.at(-1);
  return `${name ?? ''}, ${day(first)}${last === undefined ? '' : ` – ${day(last)}`}`;
}
