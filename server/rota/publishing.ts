// A plan becomes what everybody goes by: a frozen revision, and day codes, in one transaction. What was published is never changed; what
// comes after (a swap, leave, a correction) is the next revision.
import { isOverridden, meantBy, policyText, violationPlace, violationsOf, violationText } from '../../shared/rota-rules.ts';
import type { AppliedRule, Shift } from '../../shared/policies.ts';
import type { Override, PlanCell, PlanDay, PlanSheet, Violation } from '../../shared/rota.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { Notifications } from '../notifications/index.ts';
import { fingerprintOf } from '../platform/canonical.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { dayIn, monthText } from '../platform/local-time.ts';
import { refuse, type Language } from '../platform/refusal.ts';
import type { Roster } from '../roster/index.ts';
import type { AbsenceRow } from './absence-store.ts';
import { dayText, firstOf, lastOf } from './plan.ts';
import { daysBetween, type Made } from './sheet.ts';
import * as store from './store.ts';

/** A month as it was published: everything a paper of it needs, the full NIP too. */
export type Content = {
  opdId: string;
  opdName: string;
  month: string;
  zone: PlanSheet['zone'];
  days: PlanDay[];
  shifts: Shift[];
  people: { id: string; name: string; nip: string | null; position: string | null; unitId: string; unitName: string }[];
  /** By person, a place a day. */
  cells: Record<string, (store.PublishedCell | null)[]>;
  rules: AppliedRule[];
  overrides: Override[];
};
export type Publication = store.PublicationRow<Content>;
/** One day of one person, as it is to be. */
export type Change = { personId: string; date: string; cell: store.PublishedCell };
type World = { clock: Clock; roster: Pick<Roster, 'setCodes' | 'codesBetween'>; notifications: Pick<Notifications, 'notify'> };
export type Publishing = ReturnType<typeof createPublishing>;
const MOST_SAID = 3;

export function createPublishing({ clock, roster, notifications }: World) {
  /** While a plan writes its own day codes it does not hear of them. */
  const writing = new WeakSet<Tx>();
  const listeners: ((tx: Tx, plan: store.PlanRow, publication: Publication) => Promise<void>)[] = [];

  const newest = async (tx: Tx, plan: store.PlanRow): Promise<Publication> =>
    (plan.revision === null ? null : await store.publication<Content>(tx, plan.id, plan.revision)) ?? refuse('rota.not_published');

  /** The plan itself, by who decides. Violations that were not let stand, and working days of nobody, are refused. */
  async function publish(tx: Tx, plan: store.PlanRow, made: Made, absences: readonly AbsenceRow[], by: store.By): Promise<store.PlanRow> {
    const overrides = await store.overridesOf(tx, plan.id);
    mustHold(made.sheet, overrides);
    mustBeWhole(made.sheet);
    const former = plan.revision === null ? null : (await newest(tx, plan)).content;
    const revision = (plan.revision ?? -1) + 1;
    const content = await contentOf(tx, made, { absences, overrides: overrides.map(overrideView), former, revision });
    return freeze(tx, { ...plan, revision }, { content, former, why: null, by });
  }

  /** Some days of what is published, and nothing else. What does not differ is left out; with nothing left there is no revision. */
  async function change(tx: Tx, plan: store.PlanRow, changes: readonly Change[], { why, by }: { why: string; by: store.By }): Promise<store.PlanRow> {
    const { content: former } = await newest(tx, plan);
    const content: Content = { ...former, cells: Object.fromEntries(Object.entries(former.cells).map(([id, row]) => [id, [...row]])) };
    for (const { personId, date, cell } of changes) {
      const row = content.cells[personId];
      const day = daysBetween(firstOf(former.month), date);
      if (row && day in row && !isSame(row[day] ?? null, cell)) row[day] = cell;
    }
    if (differencesOf(former, content).length === 0) return plan;
    return freeze(tx, { ...plan, revision: (plan.revision ?? -1) + 1, version: plan.version + 1 }, { content, former, why, by });
  }

  async function freeze(
    tx: Tx,
    plan: store.PlanRow & { revision: number },
    { content, former, why, by }: { content: Content; former: Content | null; why: string | null; by: store.By },
  ): Promise<store.PlanRow> {
    const sha256 = fingerprintOf(content);
    await store.insertPublication(tx, { planId: plan.id, revision: plan.revision, content, sha256, why, by });
    await store.savePlan(tx, plan);
    const changed = differencesOf(former, content);
    await writeCodes(tx, content, changed, by.id);
    await inform(tx, content, { changed, revision: plan.revision, first: former === null });
    const row: Publication = { planId: plan.id, revision: plan.revision, content, sha256, why, byName: by.name, at: by.at };
    for (const hear of listeners) await hear(tx, plan, row);
    return plan;
  }

  /** Into the day codes, which everybody else reads: day by day, those of one basis together. */
  async function writeCodes(tx: Tx, { opdId, shifts }: Pick<Content, 'opdId' | 'shifts'>, lines: readonly Change[], byId: string | null): Promise<void> {
    const shiftOf = new Map(shifts.map((shift) => [shift.name, shift]));
    const together = new Map<string, { date: string; basis: string; codes: { personId: string; code: DayCode; shift: Shift | null }[] }>();
    for (const { personId, date, cell } of lines) {
      const key = `${date} ${cell.basis}`;
      const one = together.get(key) ?? { date, basis: cell.basis, codes: [] };
      one.codes.push({ personId, code: cell.code, shift: shiftOf.get(cell.shift ?? '') ?? null });
      together.set(key, one);
    }
    writing.add(tx);
    for (const day of together.values()) await roster.setCodes(tx, byId, opdId, day);
    writing.delete(tx);
  }

  async function inform(
    tx: Tx,
    content: Content,
    { changed, revision, first }: { changed: readonly Change[]; revision: number; first: boolean },
  ): Promise<void> {
    const ids = [...new Set(changed.map(({ personId }) => personId))];
    const month = monthText(content.month);
    const datesOf = (id: string): string[] => changed.filter(({ personId }) => personId === id).map(({ date }) => date);
    const alike = new Map<string, string[]>();
    for (const id of ids) alike.set(first ? '' : datesOf(id).join(' '), [...(alike.get(first ? '' : datesOf(id).join(' ')) ?? []), id]);
    for (const [dates, personIds] of alike) {
      const days = dates === '' ? [] : dates.split(' ').map(dayText);
      const text = days.length === 0 ? '' : `: ${days.slice(0, MOST_SAID).join(', ')}${days.length > MOST_SAID ? ', …' : ''}`;
      await notifications.notify(tx, {
        kind: 'jadwal',
        personIds,
        ref: `${content.opdId} ${content.month} ${revision}`,
        words: {
          id: first
            ? { title: `Jadwal ${month} terbit`, text: 'Lihat hari WFO, WFH, dan piket Anda.' }
            : { title: `Jadwal Anda berubah (revisi ${revision})`, text: `${month}${text}` },
          en: first
            ? { title: `The roster of ${month} is out`, text: 'See your days at the office, at home and on duty.' }
            : { title: `Your roster changed (revision ${revision})`, text: `${month}${text}` },
        },
        path: `/jadwal-saya?bulan=${content.month}`,
      });
    }
  }

  async function contentOf(
    tx: Tx,
    { sheet, staff, opd }: Made,
    { absences, overrides, former, revision }: { absences: readonly AbsenceRow[]; overrides: Override[]; former: Content | null; revision: number },
  ): Promise<Content> {
    const first = firstOf(sheet.month);
    const today = dayIn(clock.now(), sheet.zone);
    const ids = staff.map(({ id }) => id);
    const until = today < lastOf(sheet.month) ? today : lastOf(sheet.month);
    const known = today < first ? new Map<string, never>() : await roster.codesBetween(tx, ids, first, until);
    const basisOf = basesOf(sheet, revision);
    const cellOf = (personId: string, day: number): store.PublishedCell | null => {
      const date = sheet.days[day]?.date ?? '';
      const was = former?.cells[personId]?.[day] ?? null;
      const said = known.get(personId)?.get(day);
      if (date <= today && was) return was;
      const planned = plannedCell(sheet, {
        personId,
        day,
        basis: basisOf,
        absence: absences.find((a) => a.personId === personId && a.from <= date && date <= a.until),
      });
      if (said) return { code: said.code, shift: planned?.code === said.code ? planned.shift : null, basis: said.basis };
      return planned && was && isSame(was, planned) ? was : planned;
    };
    return {
      opdId: opd.id,
      opdName: opd.name,
      month: sheet.month,
      zone: sheet.zone,
      days: sheet.days,
      shifts: sheet.shifts,
      people: staff.map(({ id, name, nip, position, unit }) => ({ id, name, nip, position, unitId: unit?.id ?? opd.id, unitName: unit?.name ?? opd.name })),
      cells: Object.fromEntries(ids.map((id) => [id, sheet.days.map((_, day) => cellOf(id, day))])),
      rules: sheet.rules,
      overrides,
    };
  }

  return {
    publish,
    change,
    newest,
    writeCodes,
    isWriting: (tx: Tx): boolean => writing.has(tx),
    onPublished: (listener: (tx: Tx, plan: store.PlanRow, publication: Publication) => Promise<void>): void => void listeners.push(listener),
  };
}

export const overrideView = (row: store.OverrideRow): Override => ({ ...row, at: row.at.toISOString() });

/** What is planned, with leave over it: who is on leave is so on working days, who travels on every day. */
function plannedCell(
  sheet: PlanSheet,
  {
    personId,
    day,
    basis,
    absence,
  }: { personId: string; day: number; basis: (personId: string, day: number, code: DayCode) => string; absence: AbsenceRow | undefined },
): store.PublishedCell | null {
  const cell = sheet.cells[personId]?.[day] ?? null;
  const today = sheet.days[day];
  const isWork = cell !== null && ['WFO', 'WFH', 'PIKET'].includes(cell.code);
  if (absence && !isWork && (today?.kind === 'kerja' || absence.code === 'DL'))
    return { code: absence.code, shift: null, basis: absence.basis, absence: absence.id, under: cell };
  if (cell) return { ...cell, basis: basis(personId, day, cell.code) };
  return today === undefined || today.kind === 'kerja' ? null : { code: 'LIBUR', shift: null, basis: today.name ?? 'Akhir pekan' };
}

const RESTS_ON: Partial<Record<DayCode, readonly string[]>> = {
  WFH: ['wfh_mingguan', 'batas_hadir'],
  PIKET: ['piket_layanan', 'siaga'],
  WFO: ['dikecualikan', 'jabatan_di_kantor', 'batas_hadir'],
};
/** `SE 800/1/2026 · Jadwal November 2026 (revisi 2)`: the circular that the code rests on, and the plan. */
function basesOf(sheet: PlanSheet, revision: number): (personId: string, day: number, code: DayCode) => string {
  const meant = meantBy(sheet);
  const plan = `Jadwal ${monthText(sheet.month)}${revision > 0 ? ` (revisi ${revision})` : ''}`;
  const rules = sheet.rules.map((applied) => ({ applied, people: meant(applied) }));
  return (personId, day, code) => {
    const date = sheet.days[day]?.date ?? '';
    const found = (RESTS_ON[code] ?? [])
      .map((kind) => rules.find(({ applied, people }) => applied.rule.kind === kind && applied.from <= date && date <= applied.until && people.has(personId)))
      .find((rule) => rule !== undefined);
    return found ? `${policyText(found.applied.policy.number)} · ${plan}` : plan;
  };
}

export const isSame = (a: PlanCell | store.PublishedCell | null, b: PlanCell | store.PublishedCell | null): boolean =>
  a?.code === b?.code && a?.shift === b?.shift;
/** Person by person, day by day: what the later says otherwise than the former, in words or basis. */
export function differencesOf(former: Content | null, later: Content): Change[] {
  return Object.entries(later.cells).flatMap(([personId, row]) =>
    row.flatMap((cell, day): Change[] => {
      const was = former?.cells[personId]?.[day] ?? null;
      return cell && !(isSame(was, cell) && was?.basis === cell.basis) ? [{ personId, date: later.days[day]?.date ?? '', cell }] : [];
    }),
  );
}

/** Refuses what breaks a rule and was not let stand. */
export function mustHold(sheet: PlanSheet, overrides: readonly Pick<Violation, 'key' | 'figures'>[]): void {
  refuseViolations(
    sheet,
    violationsOf(sheet).filter((violation) => !isOverridden(violation, overrides)),
  );
}
export function refuseViolations(sheet: PlanSheet, broken: readonly Violation[]): void {
  if (broken.length === 0) return;
  const ruleOf = new Map(sheet.rules.map((applied) => [applied.id, applied]));
  const more = broken.length - MOST_SAID;
  const said = (language: Language, rest: string): string =>
    broken
      .slice(0, MOST_SAID)
      .map((violation) => `${violationPlace(violation, sheet, language)}: ${violationText(violation, ruleOf.get(violation.ruleId) ?? null, language)}`)
      .concat(more > 0 ? [rest] : [])
      .join('; ');
  refuse('rota.violates', { what: { id: said('id', `dan ${more} lagi`), en: said('en', `and ${more} more`) }, count: broken.length });
}

export function mustBeWhole(sheet: PlanSheet): void {
  const isAway = (person: PlanSheet['people'][number], date: string): boolean => person.absences.some((a) => a.from <= date && date <= a.until);
  const open = sheet.days.flatMap(({ date, kind }, day) =>
    kind === 'kerja' ? sheet.people.filter((person) => !sheet.cells[person.id]?.[day] && !isAway(person, date)).map(({ name }) => `${name}, ${date}`) : [],
  );
  if (open.length > 0) refuse('rota.incomplete', { count: open.length, first: open[0] ?? '' });
}
