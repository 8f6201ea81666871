// What may be planned, and how empty cells are filled. Pure.
import type { CellInput, PlanCell, PlanSheet } from '../../shared/rota.ts';
import { addDays } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { Cells } from './sheet.ts';
import type { NewCell } from './store.ts';

const MOST_PROBLEMS = 20;
type Known = Pick<PlanSheet, 'people' | 'days' | 'shifts' | 'livedUntil'>;

/** Refuses people, days and codes that do not fit, each by its place; and days that are lived. */
export function mustFit(cells: readonly CellInput[], { people, days, shifts, livedUntil }: Known): void {
  const persons = new Set(people.map(({ id }) => id));
  const dayOf = new Map(days.map((day) => [day.date, day]));
  const names = new Set(shifts.map(({ name }) => name));
  const problems: { path: string; message: string }[] = [];
  cells.forEach(({ personId, date, code, shift }, n) => {
    const day = dayOf.get(date);
    const say = (field: string, message: string): void => void problems.push({ path: `cells.${n}.${field}`, message });
    if (!persons.has(personId)) say('personId', 'bukan pegawai OPD ini');
    else if (!day) say('date', `${date} bukan hari di bulan ini`);
    else if (code === 'CUTI' || code === 'SAKIT' || code === 'DL') say('code', 'cuti, sakit, dan dinas luar dicatat dengan dasarnya di daftar cuti');
    else if (day.kind !== 'kerja' && (code === 'WFO' || code === 'WFH')) say('code', `${date} hari libur: hanya PIKET atau LIBUR`);
    else if (shift !== null && (code !== 'PIKET' || !names.has(shift))) say('shift', `giliran "${shift}" tidak ada di aturan yang berlaku`);
  });
  if (problems.length > 0) refuse('input.invalid', { count: problems.length }, problems.slice(0, MOST_PROBLEMS));
  if (livedUntil !== null && cells.some(({ date }) => date <= livedUntil)) refuse('rota.day_fixed', { until: livedUntil });
}

/** Where to fill: empty cells of these people and days on which nobody is on leave. */
export function emptyCells(sheet: PlanSheet, { from, until, personIds }: { from: string; until: string; personIds?: readonly string[] | undefined }) {
  const only = personIds ? new Set(personIds) : null;
  return sheet.people
    .filter(({ id }) => only === null || only.has(id))
    .flatMap((person) =>
      sheet.days.flatMap((day, n) =>
        from <= day.date && day.date <= until && !sheet.cells[person.id]?.[n] && !person.absences.some((a) => a.from <= day.date && day.date <= a.until)
          ? [{ personId: person.id, day }]
          : [],
      ),
    );
}

export const filled = (where: ReturnType<typeof emptyCells>, code: 'WFO' | 'WFH'): NewCell[] =>
  where.map(({ personId, day }) => ({ personId, date: day.date, code: day.kind === 'kerja' ? code : 'LIBUR', shift: null }));

/** What was planned so many weeks before, week upon week; leave and free days that are working days now are not copied. */
export function copied(where: ReturnType<typeof emptyCells>, former: Cells, weeks: number): NewCell[] {
  const found: NewCell[] = [];
  const known = new Map([...former].map(([id, row]) => [id, new Map(row)]));
  for (const { personId, day } of where.toSorted((a, b) => (a.day.date < b.day.date ? -1 : a.day.date > b.day.date ? 1 : 0))) {
    const row = known.get(personId);
    const cell = row?.get(addDays(day.date, -7 * weeks));
    const fits = cell && fitting(cell, day.kind === 'kerja');
    if (!row || !fits) continue;
    row.set(day.date, fits);
    found.push({ personId, date: day.date, ...fits });
  }
  return found;
}
function fitting(cell: PlanCell, isWorking: boolean): PlanCell | null {
  if (cell.code === 'PIKET') return cell;
  if (!isWorking) return cell.code === 'WFO' || cell.code === 'WFH' || cell.code === 'LIBUR' ? { code: 'LIBUR', shift: null } : null;
  return cell.code === 'WFO' || cell.code === 'WFH' ? { code: cell.code, shift: null } : null;
}
