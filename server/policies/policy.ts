// What a policy says on a day: which version counts, whether it is in force, when to warn; what a policy may say at all. Pure.
import type { PolicyCard } from '../../shared/policies.ts';
import { addDays } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import { contestOf, type Standing } from './resolve.ts';
import type { Fields, Policy, Version } from './store.ts';

const WARNED_AHEAD = 30;
/** A circular that has ended is warned of for a year; after that nobody goes by it any more. */
export const WARNED_DAYS = 365;
const DAY_MS = 86_400_000;
export type Warning = NonNullable<PolicyCard['warning']>;

const earlier = (...days: (string | null)[]): string | null => days.reduce((a, b) => (a === null ? b : b === null || a < b ? a : b), null);

/** The version that counts on this day; before the first one begins, the first. */
export const versionOn = ({ versions }: Policy, day: string): Version => versions.find(({ since }) => since <= day) ?? versions.at(-1)!;
export const lastDayOf = ({ until }: Version, { ending }: Policy): string | null => earlier(until, ending?.lastDay ?? null);

/** Each rule of each version on the days on which it counts; a version whose days a later one took has none. */
export function standingOf(policy: Policy): Standing[] {
  return policy.versions.flatMap((version) => {
    const later = policy.versions.filter((other) => other.version > version.version).map(({ since }) => addDays(since, -1));
    const until = earlier(lastDayOf(version, policy), ...later);
    const from = version.from > version.since ? version.from : version.since;
    if (until !== null && until < from) return [];
    const { number, title, date } = version;
    return version.rules.map((rule) => ({ ...rule, policy: { id: policy.id, number, title, date }, from, until }));
  });
}

export function stateOn(policy: Policy, day: string): PolicyCard['state'] {
  const version = versionOn(policy, day);
  if (policy.ending && policy.ending.lastDay < day) return 'dicabut';
  const last = lastDayOf(version, policy);
  if (last !== null && last < day) return 'berakhir';
  return version.from > day ? 'akan_datang' : 'berlaku';
}

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** One that was ended by somebody warns no more: its end is known. */
export function warningOn(policy: Policy, day: string): Warning | null {
  const { until, reviewOn } = versionOn(policy, day);
  if (policy.ending) return null;
  if (until !== null && until < day) return { what: 'lewat', on: until, days: daysBetween(until, day) };
  if (until !== null && addDays(until, -WARNED_AHEAD) <= day) return { what: 'menjelang', on: until, days: daysBetween(day, until) };
  return reviewOn !== null && reviewOn <= day ? { what: 'tinjau', on: reviewOn, days: daysBetween(reviewOn, day) } : null;
}

type Problem = { path: string; message: string };
/** `own`: units it may name; null: any. `known`: rules of the former version, which keep their ids. */
export function checkFields(
  fields: Omit<Fields, 'rules'> & { rules: readonly RuleWanted[] },
  units: { own: ReadonlySet<string>; all: ReadonlySet<string> },
  known: ReadonlySet<string>,
): void {
  const problems: Problem[] = [];
  const say = (path: string, message: string): void => void problems.push({ path, message });
  if (fields.until !== null && fields.until < fields.from) say('policy.until', 'mendahului tanggal mulai berlaku');
  if (fields.reviewOn !== null && fields.reviewOn < fields.from) say('policy.reviewOn', 'mendahului tanggal mulai berlaku');
  const seen = new Map<string, number>();
  fields.rules.forEach(({ id, rule, scope }, n) => {
    const path = `policy.rules.${n}`;
    if (id !== null && !known.has(id)) say(`${path}.id`, 'bukan aturan kebijakan ini');
    if (scope.units.some((unit) => !units.all.has(unit))) say(`${path}.scope.units`, 'unit ini tidak ada');
    else if (scope.units.some((unit) => !units.own.has(unit))) say(`${path}.scope.units`, 'hanya unit di bawah OPD ini');
    if (rule.kind === 'dahulukan_rumah' && rule.by === 'usia' && rule.fromAge === null) say(`${path}.rule.fromAge`, 'tulis mulai usia berapa');
    if ('shifts' in rule) {
      const names = rule.shifts.map(({ name }) => name.toLowerCase());
      rule.shifts.forEach(({ name, from, to }, s) => {
        if (names.indexOf(name.toLowerCase()) !== s) say(`${path}.rule.shifts.${s}.name`, 'sif ini sudah ada');
        if (from === to) say(`${path}.rule.shifts.${s}.to`, 'jam selesai harus lain dari jam mulai');
      });
    }
    for (const one of placesOf(scope)) {
      const same = `${contestOf(rule)} ${rule.kind === 'batas_hadir' ? rule.countedIn : ''} ${one}`;
      const other = seen.get(same);
      if (other !== undefined && other !== n) say(`${path}.scope.units`, `jenis dan cakupan ini sudah diatur aturan ${other + 1}`);
      seen.set(same, n);
    }
  });
  if (problems.length > 0) refuse('input.invalid', {}, problems.slice(0, 20));
}
type RuleWanted = Omit<Fields['rules'][number], 'id'> & { id: string | null };
const placesOf = ({ units, functions }: RuleWanted['scope']): string[] =>
  (units.length === 0 ? [''] : units).flatMap((unit) => (functions.length === 0 ? [''] : functions).map((name) => `${unit} ${name}`));

/** Whole years on this day, by the birth date in the NIP; null where there is none. */
export function ageOn(nip: string | null, day: string): number | null {
  if (nip === null || !/^\d{18}$/.test(nip)) return null;
  const birth = `${nip.slice(0, 4)}-${nip.slice(4, 6)}-${nip.slice(6, 8)}`;
  return Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) - (day.slice(5) < birth.slice(5) ? 1 : 0);
}
