import { expect, test } from 'vitest';
import { conflictText } from '../../shared/rota-generator.ts';
import { violationsOf } from '../../shared/rota-rules.ts';
import type { PlanCell, PlanPerson, PlanSheet } from '../../shared/rota.ts';
import { generate, type Asked, type Found } from '../../server/rota/generator/generate.ts';
import { SolverStopped } from '../../server/rota/generator/solver.ts';
import { dateOf, personId, planPerson, planRule, planSheet, THREE_SHIFTS, unitId } from '../support/plan-sheet.ts';

const staff = (count: number, unit = 1, from = 0, more: (n: number) => Partial<PlanPerson> = () => ({})): PlanPerson[] =>
  Array.from({ length: count }, (_, n) => planPerson(from + n, unit, more(n)));
const found = async (sheet: PlanSheet, asked: Partial<Asked> = {}): Promise<Found> =>
  generate(sheet, { seed: 1, seconds: 20, stays: () => false, former: null, ...asked }).found;
async function roster(sheet: PlanSheet, asked: Partial<Asked> = {}) {
  const answer = await found(sheet, asked);
  if (answer.is !== 'selesai') throw new Error(JSON.stringify(answer));
  expect(violationsOf({ ...sheet, cells: answer.cells })).toEqual([]);
  return { ...answer, codes: (n: number): string => answer.cells[personId(n)]!.map((cell) => cell?.code ?? '-').join(' ') };
}
const count = (cells: readonly (PlanCell | null)[], is: (cell: PlanCell, day: number) => boolean): number =>
  cells.filter((cell, day) => cell !== null && is(cell, day)).length;
const onSite = ({ code }: PlanCell): boolean => code === 'WFO' || code === 'PIKET';
const isWorking = (day: number): boolean => day % 7 < 5;

test('without a rule everybody is at the office on working days and free on the others', async () => {
  const { codes } = await roster(planSheet({ days: 7, holidays: [2], people: staff(2), rules: [] }));
  expect(codes(0)).toBe('WFO WFO LIBUR WFO WFO LIBUR LIBUR');
});

test('15 people, one on maternity leave, a cap of 50 %: seven on site every day, and nobody more often than another by two', async () => {
  const people = staff(15, 1, 0, (n) => (n === 14 ? { absences: [{ from: dateOf(-40), until: dateOf(40), code: 'CUTI', long: true }] } : {}));
  const { cells, figures } = await roster(planSheet({ days: 14, people, rules: [planRule(1, [1], { kind: 'batas_hadir', percent: 50, countedIn: 'opd' })] }));
  for (let day = 0; day < 14; day += 1) if (isWorking(day)) expect(people.filter(({ id }) => onSite(cells[id]![day]!)).length).toBe(7);
  expect(figures.spread).toEqual({ piket: 0, monFri: 0, offDays: 0, home: 0 });
  expect(cells[personId(14)]!.every((cell) => cell?.code === 'CUTI')).toBe(true);
});

test('a unit on alert has its least number in each shift, nights and weekends too; a night is followed by rest, six days by a day off', async () => {
  const sheet = planSheet({
    days: 14,
    people: staff(8),
    rules: [planRule(1, [1], { kind: 'siaga', min: 1, shifts: THREE_SHIFTS }), planRule(2, [1], { kind: 'dikecualikan' })],
  });
  const { cells, figures } = await roster(sheet);
  for (const row of Object.values(cells)) {
    for (let day = 0; day < 13; day += 1)
      if (row[day]!.shift === 'malam') expect(row[day + 1]!.code === 'LIBUR' || row[day + 1]!.shift === 'malam' || row[day + 1]!.shift === 'sore').toBe(true);
    for (let day = 0; day < 8; day += 1) expect(count(row.slice(day, day + 7), ({ code }) => code === 'LIBUR')).toBeGreaterThan(0);
    for (let day = 0; day < 14; day += 1) if (isWorking(day) && row[day]!.code === 'LIBUR') expect(row[day - 1]!.shift).toBe('malam');
  }
  expect(figures.spread.piket).toBeLessThanOrEqual(1);
  expect(figures.spread.offDays).toBeLessThanOrEqual(1);
});

test('the night before the month is slept off, and days before it count in the week', async () => {
  const before = [5, 6].map((day) => ({ date: dateOf(day - 7), code: 'WFH' as const }));
  const people = staff(4, 1, 0, (n) => (n === 0 ? { before: [{ date: dateOf(-1), code: 'WFH' }] } : {}));
  const sheet = planSheet({
    days: 7,
    people,
    rules: [planRule(1, [1], { kind: 'batas_hadir', percent: 50, countedIn: 'opd' }), planRule(2, [1], { kind: 'wfh_mingguan', days: 3 })],
  });
  await roster({ ...sheet, people: sheet.people.map((person) => (person.id === personId(1) ? { ...person, before } : person)) });
});

test('who had too many days at home before the month began has none more that week, and the month can be planned', async () => {
  const before = [0, 1, 2].map((day) => ({ date: dateOf(day), code: 'WFH' as const }));
  const whole = planSheet({
    days: 7,
    people: staff(4, 1, 0, (n) => (n === 0 ? { before } : {})),
    rules: [planRule(1, [1], { kind: 'batas_hadir', percent: 75, countedIn: 'opd' }), planRule(2, [1], { kind: 'wfh_mingguan', days: 2 })],
  });
  const cells = Object.fromEntries(whole.people.map(({ id }) => [id, [null, null, null, null]]));
  const { cells: found } = await roster({ ...whole, days: whole.days.slice(3), cells });
  expect(count(found[personId(0)]!, ({ code }) => code === 'WFH')).toBe(0);
});

test('excluded units and posts that must be there are never at home, unless a Plh is in force', async () => {
  const people = [planPerson(0, 1, { level: 'kepala_opd', coveredOn: [1, 2] }), ...staff(3, 2, 1), ...staff(3, 3, 4)];
  const { cells, codes } = await roster(
    planSheet({
      units: 3,
      days: 5,
      people,
      rules: [
        planRule(1, [1], { kind: 'batas_hadir', percent: 75, countedIn: 'opd' }),
        planRule(2, [3], { kind: 'dikecualikan' }),
        planRule(3, [1], { kind: 'jabatan_di_kantor', levels: ['kepala_opd'], unlessPlh: true }),
      ],
    }),
  );
  for (const n of [4, 5, 6]) expect(codes(n)).toBe('WFO WFO WFO WFO WFO');
  for (const day of [0, 3, 4]) expect(cells[personId(0)]![day]!.code).toBe('WFO');
});

test('a counter has its piket on its weekdays, shared evenly with what was carried, and not by the head while others can', async () => {
  const people = [planPerson(0, 1, { level: 'kepala_opd' }), ...staff(5, 1, 1, (n) => ({ carried: { piket: n === 0 ? 3 : 0, monFri: 0, offDays: 0 } }))];
  const { cells, figures } = await roster(planSheet({ days: 14, people, rules: [planRule(1, [1], { kind: 'piket_layanan', min: 1, weekdays: [1, 3, 5] })] }));
  const pikets = people.map(({ id }) => count(cells[id]!, ({ code }) => code === 'PIKET'));
  expect(pikets.reduce((all, n) => all + n)).toBe(6);
  expect(pikets[0]).toBe(0);
  expect(pikets[1]).toBe(0);
  expect(figures.spread.piket).toBeLessThanOrEqual(1);
});

test('who is home first by rank is home more often than the others', async () => {
  const people = staff(6, 1, 0, (n) => ({ homeFirst: n === 5 ? 1 : 0 }));
  const { cells } = await roster(planSheet({ days: 5, people, rules: [planRule(1, [1], { kind: 'batas_hadir', percent: 50, countedIn: 'opd' })] }));
  const home = people.map(({ id }) => count(cells[id]!, ({ code }) => code === 'WFH'));
  expect(home[5]).toBe(5);
  expect(Math.max(...home.slice(0, 5)) - Math.min(...home.slice(0, 5))).toBeLessThanOrEqual(1);
});

const everything = (): PlanSheet =>
  planSheet({
    units: 3,
    days: 14,
    holidays: [9],
    people: [
      planPerson(0, 1, { level: 'kepala_opd' }),
      ...staff(4, 2, 1, (n) => (n === 1 ? { absences: [{ from: dateOf(2), until: dateOf(4), code: 'DL', long: false }] } : {})),
      ...staff(3, 3, 5),
    ],
    rules: [
      planRule(1, [2], { kind: 'batas_hadir', percent: 75, countedIn: 'bidang' }),
      planRule(2, [3], { kind: 'siaga', min: 1, shifts: THREE_SHIFTS.slice(0, 1) }),
      planRule(3, [3], { kind: 'dikecualikan' }),
      planRule(4, [1], { kind: 'jabatan_di_kantor', levels: ['kepala_opd'], unlessPlh: true }),
      planRule(5, [1], { kind: 'wfh_mingguan', days: 2 }),
      planRule(6, [2], { kind: 'piket_layanan', min: 1, weekdays: [1, 2, 3, 4, 5] }),
      planRule(7, [2], { kind: 'siaga', min: 2 }),
    ],
  });

test('all rules together; the same seed gives the same roster, another seed another', async () => {
  const [first, again, other] = [await roster(everything()), await roster(everything()), await roster(everything(), { seed: 2 })];
  expect(again.cells).toEqual(first.cells);
  expect(other.cells).not.toEqual(first.cells);
  expect(first.figures.gap).toBeLessThan(0.05);
  expect(first.figures.violations).toBe(0);
  expect(first.figures.spread.piket).toBeLessThanOrEqual(1);
});

test('published days and cells set by hand stay; of what was planned before as little changes as can', async () => {
  const sheet = everything();
  const { cells } = await roster(sheet);
  const again = await roster({ ...sheet, cells }, { seed: 7, former: cells });
  expect(again.changed).toEqual([]);
  const leaves = sheet.people.map((person) =>
    person.id === personId(3) ? { ...person, absences: [{ from: dateOf(10), until: dateOf(11), code: 'SAKIT' as const, long: false }] } : person,
  );
  const mended = await roster({ ...sheet, people: leaves, cells }, { seed: 7, former: cells, stays: (_, day) => day < 7 });
  expect(mended.changed.every(({ date }) => date >= dateOf(7))).toBe(true);
  expect(mended.changed.length).toBeLessThan(12);
  for (const { id } of sheet.people) expect(mended.cells[id]!.slice(0, 7)).toEqual(cells[id]!.slice(0, 7));
});

test('a cap of 50 % and two days at home a week cannot be: both circulars are named, with unit and days, and no other rule', async () => {
  const rules = [
    planRule(1, [2], { kind: 'batas_hadir', percent: 50, countedIn: 'bidang' }),
    planRule(2, [1], { kind: 'wfh_mingguan', days: 2 }),
    planRule(3, [3], { kind: 'piket_layanan', min: 1, weekdays: [1] }),
  ];
  const sheet = planSheet({ units: 3, days: 7, people: [...staff(4, 2), ...staff(4, 3, 4)], rules });
  const answer = await found(sheet);
  if (answer.is !== 'mustahil') throw new Error(JSON.stringify(answer));
  expect(answer.conflict.map(({ kind }) => kind)).toEqual(['batas_hadir', 'wfh_mingguan']);
  expect(answer.conflict[0]).toMatchObject({ ruleId: rules[0]!.id, unitIds: [unitId(2)], dates: [0, 1, 2, 3, 4].map(dateOf), kept: false });
  expect(conflictText(answer.conflict[0]!, sheet, rules[0]!, 'id')).toBe('batas 50 % di kantor (SE 801/28.00/2026), Bidang 2, 2–6 Nov 2026');
  expect(conflictText(answer.conflict[1]!, sheet, rules[1]!, 'en')).toContain(
    'at most 2 WFH days a week (SE 802/28.00/2026), Pegawai 0, Pegawai 1, Pegawai 2 and 1 more',
  );
});

test('a cap of 50 % and eight on alert in a unit of ten cannot be; on the days on which it cannot', async () => {
  const rules = [
    planRule(1, [1], { kind: 'batas_hadir', percent: 50, countedIn: 'opd' }),
    planRule(2, [1], { kind: 'siaga', min: 8 }, { from: dateOf(2), until: dateOf(3) }),
  ];
  const answer = await found(planSheet({ days: 7, people: staff(10), rules }));
  if (answer.is !== 'mustahil') throw new Error(JSON.stringify(answer));
  expect(answer.conflict.map(({ kind, dates }) => [kind, dates])).toEqual([
    ['batas_hadir', [dateOf(2), dateOf(3)]],
    ['siaga', [dateOf(2), dateOf(3)]],
  ]);
});

test('where a rule cannot be kept because of cells that stay, it is said', async () => {
  const rules = [planRule(1, [1], { kind: 'batas_hadir', percent: 50, countedIn: 'opd' })];
  const wfo: PlanCell[] = Array.from({ length: 5 }, () => ({ code: 'WFO', shift: null }));
  const sheet = planSheet({ days: 5, people: staff(4), rules, cells: Object.fromEntries([0, 1, 2].map((n) => [personId(n), wfo])) });
  const answer = await found(sheet, { stays: (id) => id !== personId(3) });
  if (answer.is !== 'mustahil') throw new Error(JSON.stringify(answer));
  expect(answer.conflict).toMatchObject([{ kind: 'batas_hadir', kept: true, dates: [0, 1, 2, 3, 4].map(dateOf) }]);
});

test('a job that is ended answers nothing more', async () => {
  const job = generate(everything(), { seed: 1, seconds: 20, stays: () => false, former: null });
  const answer = job.found.catch((error: unknown) => error);
  await job.end();
  expect(await answer).toBeInstanceOf(SolverStopped);
});
