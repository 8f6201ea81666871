// The sheet of a month: people, days, rules and what is planned, as rules and the generator read it.
import { isOnSite, mondayOf } from '../../shared/rota-rules.ts';
import type { AppliedRule, Shift } from '../../shared/policies.ts';
import type { PlanCell, PlanDay, PlanPerson, PlanSheet } from '../../shared/rota.ts';
import type { HoldingKind, Level, Opd } from '../../shared/people.ts';
import type { Tx } from '../platform/database.ts';
import { addDays } from '../platform/local-time.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { People, PersonRecord } from '../people/index.ts';
import type { Roster } from '../roster/index.ts';
import type { AbsenceRow } from './absence-store.ts';
import { firstOf, lastOf, monthsBefore } from './plan.ts';

/** What the plan takes from policies and hours. */
export type Sources = {
  applied: (tx: Tx, opdId: string, from: string, until: string) => Promise<AppliedRule[]>;
  functionsOf: (tx: Tx, personIds: readonly string[], day: string) => Promise<ReadonlyMap<string, readonly string[]>>;
  homeFirst: (tx: Tx, personIds: readonly string[], day: string) => Promise<ReadonlyMap<string, number>>;
  readsRanks: (tx: Tx, person: Pick<SignedIn, 'id' | 'roles'>, opdId: string) => Promise<boolean>;
  daysOf: (tx: Tx, opdId: string, from: string, until: string) => Promise<PlanDay[]>;
};
export type SheetWorld = {
  people: Pick<People, 'opds' | 'staffOf' | 'holdingsOf'>;
  roster: Pick<Roster, 'codesBetween'>;
  sources: Sources;
};
export type Cells = ReadonlyMap<string, ReadonlyMap<string, PlanCell>>;
/** Beside the sheet: who the people are, for a paper. */
export type Made = { sheet: PlanSheet; staff: PersonRecord[]; opd: Opd };

const MONTHS_CARRIED = 3;

export function createSheets({ people, roster, sources }: SheetWorld) {
  async function make(
    tx: Tx,
    opd: Opd,
    month: string,
    { cells, absences, livedUntil }: { cells: Cells; absences: readonly AbsenceRow[]; livedUntil: string | null },
  ): Promise<Made> {
    const [first, last] = [firstOf(month), lastOf(month)];
    const staff = (await people.staffOf(tx, opd.id)).filter(({ unit }) => unit !== null);
    const ids = staff.map(({ id }) => id);
    const rules = await sources.applied(tx, opd.id, first, last);
    const since = firstOf(monthsBefore(month, MONTHS_CARRIED));
    const all = await sources.daysOf(tx, opd.id, since, last);
    const days = all.filter(({ date }) => date >= first);
    const past = await roster.codesBetween(tx, ids, since, addDays(first, -1));
    const [functions, ranks, covered] = [
      await sources.functionsOf(tx, ids, first),
      await sources.homeFirst(tx, ids, first),
      await coveredDays(tx, staff, days),
    ];
    const units = unitsOf(await people.opds(tx), opd.id);
    return {
      opd,
      staff,
      sheet: {
        opdId: opd.id,
        month,
        zone: opd.zone,
        units,
        people: staff.map(({ id, name, position, positions, unit }): PlanPerson => {
          const codes = past.get(id);
          const former = (date: string) => codes?.get(daysBetween(since, date))?.code;
          return {
            id,
            name,
            position,
            level: levelOf(positions),
            unitId: unit?.id ?? opd.id,
            functions: [...(functions.get(id) ?? [])],
            coveredOn: covered.get(id) ?? [],
            absences: absences.filter(({ personId }) => personId === id).map(({ from, until, code, long }) => ({ from, until, code, long })),
            homeFirst: ranks.get(id) ?? 0,
            before: datesFrom(mondayOf(first), first).flatMap((date) => {
              const code = former(date);
              return code ? [{ date, code }] : [];
            }),
            carried: carriedOf(all.filter(({ date }) => date < first).map((day) => ({ day, code: former(day.date) }))),
          };
        }),
        days,
        shifts: shiftsOf(rules),
        cells: Object.fromEntries(ids.map((id) => [id, days.map(({ date }) => cells.get(id)?.get(date) ?? null)])),
        rules,
        livedUntil,
      },
    };
  }

  /** Days on which somebody else acts in the post a person holds definitively. */
  async function coveredDays(tx: Tx, staff: readonly PersonRecord[], days: readonly PlanDay[]): Promise<Map<string, number[]>> {
    const own = new Map(staff.flatMap(({ id, positions }) => positions.filter((p) => p.as === 'definitif').map((p) => [p.positionId, id] as const)));
    const acting = own.size === 0 ? [] : (await people.holdingsOf(tx, [...own.keys()])).filter(({ kind }) => kind !== 'definitif');
    const covered = new Map<string, number[]>();
    days.forEach(({ date }, day) => {
      for (const holding of acting) {
        const id = own.get(holding.positionId);
        if (id === undefined || id === holding.personId || holding.from > date || (holding.until !== null && holding.until < date)) continue;
        if (covered.get(id)?.at(-1) !== day) covered.set(id, [...(covered.get(id) ?? []), day]);
      }
    });
    return covered;
  }

  /** As somebody may see it: who is at home first tells who is flagged for health, and that is for the admin of the OPD alone. */
  async function shownTo(tx: Tx, person: Pick<SignedIn, 'id' | 'roles'>, sheet: PlanSheet): Promise<PlanSheet> {
    if (await sources.readsRanks(tx, person, sheet.opdId)) return sheet;
    return { ...sheet, people: sheet.people.map((one) => ({ ...one, homeFirst: 0 })) };
  }
  return { make, shownTo };
}

/** Who stands in for a day does not rise by it. */
const levelOf = (positions: readonly { level: Level; as: HoldingKind }[]): Level | null =>
  (positions.find(({ as }) => as !== 'plh') ?? positions[0])?.level ?? null;

function unitsOf(tree: readonly Opd[], opdId: string): PlanSheet['units'] {
  const inside = new Set([opdId]);
  return tree.flatMap(({ id, parentId, name, kind }) => {
    if (id !== opdId && !inside.has(parentId ?? '')) return [];
    inside.add(id);
    return [{ id, parentId, name, kind }];
  });
}

function shiftsOf(rules: readonly AppliedRule[]): Shift[] {
  const shifts = new Map<string, Shift>();
  for (const { rule } of rules) if ('shifts' in rule) for (const shift of rule.shifts) if (!shifts.has(shift.name)) shifts.set(shift.name, shift);
  return [...shifts.values()];
}

const DAY_MS = 86_400_000;
export const daysBetween = (from: string, date: string): number => Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
/** The last is not included. */
const datesFrom = (from: string, before: string): string[] => Array.from({ length: Math.max(0, daysBetween(from, before)) }, (_, n) => addDays(from, n));

function carriedOf(past: readonly { day: PlanDay; code: string | undefined }[]): PlanPerson['carried'] {
  const count = (is: (day: PlanDay, code: string) => boolean): number => past.filter(({ day, code }) => code !== undefined && is(day, code)).length;
  const onSite = (code: string): boolean => isOnSite({ code: code as PlanCell['code'] });
  return {
    piket: count((_, code) => code === 'PIKET'),
    monFri: count((day, code) => day.kind === 'kerja' && (day.weekday === 1 || day.weekday === 5) && onSite(code)),
    offDays: count((day, code) => day.kind !== 'kerja' && onSite(code)),
  };
}
