// Which rule holds where, for whom, on which day, when several policies are in force at once. Pure.
// Of one kind the narrowest scope decides: a function group before everybody, a deeper unit before one above, an OPD before the region; of two that
// are as narrow the newer by date, then by number. What is counted in a unit is contested unit by unit; what is about persons, person by person.
import type { AppliedRule, LostWhy, PolicyRule, Scope } from '../../shared/policies.ts';
import { addDays } from '../platform/local-time.ts';

/** A rule on the days on which its version counts; `until` null: with no end. */
export type Standing = {
  id: string;
  rule: PolicyRule;
  scope: Scope;
  basis: string;
  policy: { id: string; number: string; title: string; date: string };
  from: string;
  until: string | null;
};
/** One OPD: its units (itself too), its staff, who is in which function group. */
export type Ground = {
  top: string;
  units: readonly { id: string; parentId: string | null; kind: 'opd' | 'bidang' | 'seksi' }[];
  staff: readonly { id: string; unitId: string }[];
  groups: readonly { personId: string; name: string; from: string; until: string | null }[];
};
/** `people` null: everybody in those units. */
export type Won = { rule: Standing; units: string[]; people: string[] | null };
/** For so many people (0: for a unit without any) it does not decide; `to`: what decides instead. */
export type Lost = { rule: Standing; to: Standing | null; why: LostWhy; people: number };
export type Decision = { won: Won[]; lost: Lost[] };

type Person = { id: string; unitId: string; functions: ReadonlySet<string> };
type Site = { top: string; kinds: ReadonlyMap<string, string>; paths: ReadonlyMap<string, readonly string[]>; staff: readonly Person[] };

const COUNTED: ReadonlySet<string> = new Set(['batas_hadir', 'siaga', 'piket_layanan']);
/** To be at home first by age and by health are two things. */
export const contestOf = (rule: PolicyRule): string => (rule.kind === 'dahulukan_rumah' ? `${rule.kind} ${rule.by}` : rule.kind);

const holds = (span: { from: string; until: string | null }, day: string): boolean => span.from <= day && (span.until === null || day <= span.until);

function siteOf({ top, units, staff, groups }: Ground, day: string): Site {
  const above = new Map(units.map((unit) => [unit.id, unit.parentId]));
  const pathFrom = (id: string): string[] => {
    const parent = above.get(id);
    return id === top || parent == null ? [id] : [id, ...pathFrom(parent)];
  };
  const functions = new Map<string, Set<string>>();
  for (const group of groups) if (holds(group, day)) functions.set(group.personId, (functions.get(group.personId) ?? new Set()).add(group.name));
  return {
    top,
    kinds: new Map(units.map((unit) => [unit.id, unit.kind])),
    paths: new Map(units.map((unit) => [unit.id, pathFrom(unit.id)])),
    staff: staff.map(({ id, unitId }) => ({ id, unitId, functions: functions.get(id) ?? new Set() })),
  };
}

/** How deep the scope reaches that covers this unit: 0 the region, 1 the OPD, more a unit below; null: it does not cover it. */
function reach({ scope }: Standing, path: readonly string[]): number | null {
  if (scope.units.length === 0) return 0;
  const at = path.findIndex((unit) => scope.units.includes(unit));
  return at === -1 ? null : path.length - at;
}
const isAbout = ({ scope }: Standing, { functions }: Person): boolean => scope.functions.length === 0 || scope.functions.some((name) => functions.has(name));
const isOfGroup = (rule: Standing): number => (rule.scope.functions.length > 0 ? 1 : 0);

const inNumbers = new Intl.Collator('id', { numeric: true });
const byNumber = (a: Standing, b: Standing): number => inNumbers.compare(b.policy.number, a.policy.number) || (a.id < b.id ? 1 : -1);
/** The one that decides in this unit first. */
const firstAt =
  (path: readonly string[]) =>
  (a: Standing, b: Standing): number =>
    isOfGroup(b) - isOfGroup(a) || (reach(b, path) ?? -1) - (reach(a, path) ?? -1) || b.policy.date.localeCompare(a.policy.date) || byNumber(a, b);

function whyLost(loser: Standing, winner: Standing, path: readonly string[]): LostWhy {
  if (isOfGroup(loser) !== isOfGroup(winner)) return 'kelompok';
  if (reach(loser, path) !== reach(winner, path)) return 'cakupan';
  return loser.policy.date === winner.policy.date ? 'nomor' : 'tanggal';
}

/** Units of this OPD that the scope names; the whole of it where it is the region's. */
function namedHere({ scope }: Standing, site: Site): string[] {
  return scope.units.length === 0 ? [site.top] : scope.units.filter((unit) => site.paths.has(unit));
}
/** The units in which it is counted: of the kind asked for, or, where there is none below it, the unit named. */
function placesOf(rule: Standing, site: Site): string[] {
  const named = namedHere(rule, site);
  if (rule.rule.kind !== 'batas_hadir') return [...new Set(named)];
  const { countedIn } = rule.rule;
  const within = (unit: string): string[] => [...site.paths].flatMap(([id, path]) => (path.includes(unit) && site.kinds.get(id) === countedIn ? [id] : []));
  return [...new Set(named.flatMap((unit) => (within(unit).length > 0 ? within(unit) : [unit])))];
}

const isBelow = (site: Site, unit: string) => (person: Person) => site.paths.get(person.unitId)?.includes(unit) ?? false;

class Losses {
  readonly #all = new Map<string, Lost>();
  note(rule: Standing, to: Standing | null, why: LostWhy, people: number): void {
    const key = `${rule.id} ${to?.id} ${why}`;
    this.#all.set(key, { rule, to, why, people: (this.#all.get(key)?.people ?? 0) + people });
  }
  list(): Lost[] {
    return [...this.#all.values()];
  }
}

/** Of these people, whom each rule got; each person goes to the first rule in order that is about them. */
function share(people: readonly Person[], inOrder: (person: Person) => readonly Standing[], pathOf: (person: Person) => readonly string[], losses: Losses) {
  const got = new Map<Standing, Person[]>();
  for (const person of people) {
    const [first, ...others] = inOrder(person).filter((rule) => isAbout(rule, person));
    if (!first) continue;
    got.set(first, [...(got.get(first) ?? []), person]);
    for (const other of others) losses.note(other, first, whyLost(other, first, pathOf(person)), 1);
  }
  return got;
}

function contestOfPersons(rules: readonly Standing[], site: Site, losses: Losses): Won[] {
  const known = new Map<string, Standing[]>();
  const inOrder = ({ unitId }: Person): Standing[] => {
    const path = site.paths.get(unitId) ?? [];
    const order = known.get(unitId) ?? rules.filter((rule) => reach(rule, path) !== null).toSorted(firstAt(path));
    known.set(unitId, order);
    return order;
  };
  const got = share(site.staff, inOrder, ({ unitId }) => site.paths.get(unitId) ?? [], losses);
  for (const rule of rules) {
    const could = site.staff.some((person) => inOrder(person).includes(rule) && isAbout(rule, person));
    if (!could) losses.note(rule, null, 'tanpa_anggota', 0);
  }
  return [...got].map(([rule, people]) => {
    const named = namedHere(rule, site);
    const units = named.filter((unit) => !named.some((other) => other !== unit && site.paths.get(unit)?.includes(other)));
    const all = site.staff.filter((person) => units.some((unit) => isBelow(site, unit)(person)));
    return { rule, units: units.toSorted(), people: people.length === all.length ? null : people.map(({ id }) => id).toSorted() };
  });
}

function contestOfUnits(rules: readonly Standing[], site: Site, exempt: ReadonlyMap<string, Standing>, losses: Losses): Won[] {
  const places = new Map<string, Standing[]>();
  for (const rule of rules) for (const place of placesOf(rule, site)) places.set(place, [...(places.get(place) ?? []), rule]);
  const whole = new Map<Standing, string[]>();
  const won: Won[] = [];
  for (const [place, here] of places) {
    const path = site.paths.get(place) ?? [];
    const order = here.toSorted(firstAt(path));
    const people = site.staff.filter(isBelow(site, place));
    const got = share(
      people,
      () => order,
      () => path,
      losses,
    );
    for (const rule of order) if (isOfGroup(rule) && !people.some((person) => isAbout(rule, person))) losses.note(rule, null, 'tanpa_anggota', 0);
    const forNobody = people.length === 0 ? order.filter((rule) => !isOfGroup(rule)) : [];
    if (forNobody[0]) whole.set(forNobody[0], [...(whole.get(forNobody[0]) ?? []), place]);
    for (const other of forNobody.slice(1)) losses.note(other, forNobody[0]!, whyLost(other, forNobody[0]!, path), 0);
    for (const [rule, theirs] of got) {
      const exemptBy = rule.rule.kind === 'batas_hadir' && theirs.every(({ id }) => exempt.has(id)) ? exempt.get(theirs[0]!.id) : undefined;
      if (exemptBy) losses.note(rule, exemptBy, 'dikecualikan', theirs.length);
      else if (theirs.length === people.length) whole.set(rule, [...(whole.get(rule) ?? []), place]);
      else won.push({ rule, units: [place], people: theirs.map(({ id }) => id).toSorted() });
    }
  }
  return [...[...whole].map(([rule, units]): Won => ({ rule, units: units.toSorted(), people: null })), ...won];
}

/**
 * What decides in one OPD on one day. Where everybody concerned is exempt from working at home (`dikecualikan`), nothing limits how many are on site:
 * else a service that may not be at home could never be planned.
 */
export function decide(rules: readonly Standing[], ground: Ground, day: string): Decision {
  const site = siteOf(ground, day);
  const contests = new Map<string, Standing[]>();
  for (const rule of rules) {
    if (!holds(rule, day) || namedHere(rule, site).length === 0) continue;
    const contest = contestOf(rule.rule);
    contests.set(contest, [...(contests.get(contest) ?? []), rule]);
  }
  const losses = new Losses();
  const exemption = contestOfPersons(contests.get('dikecualikan') ?? [], site, losses);
  const exempt = new Map<string, Standing>();
  for (const { rule, units, people } of exemption) {
    for (const id of people ?? site.staff.filter((person) => units.some((unit) => isBelow(site, unit)(person))).map((person) => person.id))
      exempt.set(id, rule);
  }
  const others = [...contests]
    .filter(([contest]) => contest !== 'dikecualikan')
    .flatMap(([contest, all]) => (COUNTED.has(contest) ? contestOfUnits(all, site, exempt, losses) : contestOfPersons(all, site, losses)));
  const inOrder = (a: { rule: Standing }, b: { rule: Standing }): number =>
    contestOf(a.rule.rule).localeCompare(contestOf(b.rule.rule)) || a.rule.id.localeCompare(b.rule.id);
  return {
    won: [...exemption, ...others].toSorted((a, b) => inOrder(a, b) || a.units.join().localeCompare(b.units.join())),
    lost: losses.list().toSorted((a, b) => inOrder(a, b) || (a.to?.id ?? '').localeCompare(b.to?.id ?? '') || a.why.localeCompare(b.why)),
  };
}

/** Day by day from `from` to `until`; days on which the same is decided one after another are one range. */
export function resolve(rules: readonly Standing[], ground: Ground, from: string, until: string): AppliedRule[] {
  const spans = [...rules, ...ground.groups];
  const turns = spans.flatMap((span) => [span.from, ...(span.until === null ? [] : [addDays(span.until, 1)])]).filter((day) => day > from && day <= until);
  const begins = [...new Set([from, ...turns])].toSorted();
  const open = new Map<string, AppliedRule>();
  const done: AppliedRule[] = [];
  begins.forEach((begin, n) => {
    const next = begins[n + 1];
    const end = next === undefined ? until : addDays(next, -1);
    for (const { rule, units, people } of decide(rules, ground, begin).won) {
      const key = JSON.stringify([rule.id, rule.rule, rule.policy, rule.basis, units, people]);
      const before = open.get(key);
      if (before && addDays(before.until, 1) === begin) before.until = end;
      else {
        const { id, number, date } = rule.policy;
        const applied = { id: rule.id, rule: rule.rule, policy: { id, number, date }, basis: rule.basis, units, people, from: begin, until: end };
        open.set(key, applied);
        done.push(applied);
      }
    }
  });
  return done;
}
