import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AppliedRule } from '../../shared/policies.ts';
import type { PlanCell, PlanPerson, PlanSheet, Violation } from '../../shared/rota.ts';
import { capOf, checkerOf, countersOf, isOverridden, mondayOf, policyText, violationPlace, violationsOf, violationText } from '../../shared/rota-rules.ts';
import { dateOf, personId, planPerson, planRule, planSheet, sixtyPeople, THREE_SHIFTS, unitId } from '../support/plan-sheet.ts';

const is = (code: PlanCell['code'], shift: string | null = null): PlanCell => ({ code, shift });
/** Everybody of a day the same: what `n` has on day 0 and so on. */
const rows = (...codes: (PlanCell | null)[][]): Record<string, (PlanCell | null)[]> => Object.fromEntries(codes.map((row, n) => [personId(n), row]));
const people = (count: number, more: (n: number) => Partial<PlanPerson> = () => ({})): PlanPerson[] =>
  Array.from({ length: count }, (_, n) => planPerson(n, 1, more(n)));
const said = (sheet: PlanSheet): string[] => {
  const ruleOf = new Map(sheet.rules.map((applied) => [applied.id, applied]));
  return violationsOf(sheet).map((violation) => violationText(violation, ruleOf.get(violation.ruleId) ?? null, 'id'));
};
const medan = (percent: number, more: Partial<AppliedRule> = {}): AppliedRule =>
  planRule(
    1,
    [1],
    { kind: 'batas_hadir', percent, countedIn: 'opd' },
    { policy: { id: unitId(8_001), number: '800/1566/28.00/2020', date: '2020-10-01' }, ...more },
  );
const long = { absences: [{ from: dateOf(0), until: dateOf(60), code: 'CUTI' as const, long: true }] };

test('fifteen people, one on maternity leave: seven may be on site, the eighth breaks the circular in its own words', () => {
  const sheet = (onSite: number): PlanSheet =>
    planSheet({
      days: 1,
      people: people(15, (n) => (n === 14 ? long : {})),
      rules: [medan(50)],
      cells: rows(...Array.from({ length: 14 }, (_, n) => [is(n < onSite ? 'WFO' : 'WFH')])),
    });
  expect(countersOf(sheet(7)).units[0]?.days[0]).toMatchObject({ base: 14, cap: 7, onSite: 7, percent: 50, home: 7 });
  expect(said(sheet(7))).toEqual([]);
  expect(said(sheet(8))).toEqual(['8/14 = 57 % > 50 % (SE 800/1566/28.00/2020)']);
  expect(violationsOf(sheet(8))[0]?.figures).toEqual({ onSite: 8, base: 14, cap: 7, percent: 57, limit: 50 });
  expect(violationPlace(violationsOf(sheet(8))[0]!, sheet(8), 'id')).toBe('Dinas, 2 November 2026');
});

test('a cap is rounded down, counts piket, and spares a unit of one and days off', () => {
  expect([capOf(15, 50), capOf(3, 50), capOf(1, 50)]).toEqual([7, 1, 0]);
  const one = (count: number, code: PlanCell['code'], days = 1): PlanSheet =>
    planSheet({
      days,
      people: people(count),
      rules: [medan(50)],
      cells: rows(...Array.from({ length: count }, () => Array.from({ length: days }, () => is(code)))),
    });
  expect(said(one(1, 'WFO'))).toEqual([]);
  expect(said(one(2, 'PIKET'))).toEqual(['2/2 = 100 % > 50 % (SE 800/1566/28.00/2020)']);
  expect(violationsOf(one(2, 'PIKET', 7)).flatMap(({ dates }) => dates)).toEqual([0, 1, 2, 3, 4].map(dateOf));
  expect(said({ ...one(2, 'WFO'), rules: [medan(50, { from: dateOf(1) })] })).toEqual([]);
});

test('counted in bidang each is its own; leave that is not long stays in the base', () => {
  const staff = [
    ...people(3),
    ...Array.from({ length: 4 }, (_, n) => planPerson(3 + n, 2, n === 0 ? { absences: [{ ...long.absences[0]!, long: false }] } : {})),
  ];
  const sheet = planSheet({
    units: 2,
    days: 1,
    people: staff,
    rules: [planRule(1, [1], { kind: 'batas_hadir', percent: 50, countedIn: 'bidang' })],
    cells: rows([is('WFO')], [is('WFO')], [is('WFO')], [null], [is('WFO')], [is('WFO')], [is('WFO')]),
  });
  expect(violationsOf(sheet).map(({ unitId: unit, figures }) => [unit, figures['onSite'], figures['base']])).toEqual([[unitId(2), 3, 4]]);
});

test('a unit on alert has its least number in each shift, days off too', () => {
  const sheet = planSheet({
    days: 7,
    people: people(2),
    rules: [planRule(1, [1], { kind: 'siaga', min: 1, shifts: THREE_SHIFTS.slice(0, 2) }), planRule(2, [1], { kind: 'siaga', min: 2 })],
    cells: rows(
      Array.from({ length: 7 }, () => is('PIKET', 'pagi')),
      [is('PIKET', 'sore'), ...Array.from({ length: 6 }, () => is('WFO'))],
    ),
  });
  const broken = violationsOf(sheet);
  expect(broken.map(({ shift, dates }) => [shift, dates[0]])).toEqual([1, 2, 3, 4, 5, 6].map((day) => ['sore', dateOf(day)]));
  expect(violationText(broken[0]!, sheet.rules[0]!, 'en')).toBe('on alert 0 < 1 people, shift sore (SE 801/28.00/2026)');
});

test('who is excluded is not at home; a head is not either, unless a Plh is in force that day', () => {
  const sheet = planSheet({
    days: 2,
    people: people(2, (n) => (n === 0 ? { level: 'kepala_opd', coveredOn: [1] } : {})),
    rules: [
      planRule(1, [1], { kind: 'jabatan_di_kantor', levels: ['kepala_opd', 'sekretaris'], unlessPlh: true }),
      planRule(2, [1], { kind: 'dikecualikan' }, { people: [personId(1)] }),
    ],
    cells: rows([is('WFH'), is('WFH')], [is('WFO'), is('WFH')]),
  });
  expect(violationsOf(sheet).map(({ kind, personIds, dates }) => [kind, personIds[0], dates[0]])).toEqual([
    ['jabatan_di_kantor', personId(0), dateOf(0)],
    ['dikecualikan', personId(1), dateOf(1)],
  ]);
  const always = { ...sheet, rules: [planRule(1, [1], { kind: 'jabatan_di_kantor', levels: ['kepala_opd'], unlessPlh: false })] };
  expect(violationsOf(always)).toHaveLength(2);
});

test('two days at home a week, counted from Monday, with the days of the month before', () => {
  const week = [is('WFH'), is('WFO'), is('WFH'), is('WFO'), is('WFO')];
  const sheet = (more: Partial<PlanPerson>): PlanSheet =>
    planSheet({ days: 5, people: people(1, () => more), rules: [planRule(1, [1], { kind: 'wfh_mingguan', days: 2 })], cells: rows(week) });
  expect(said(sheet({}))).toEqual([]);
  // Saturday and Sunday before belong to another week.
  expect(said(sheet({ before: [{ date: dateOf(-1), code: 'WFH' }] }))).toEqual([]);
  const midweek: PlanSheet = { ...sheet({ before: [{ date: dateOf(0), code: 'WFH' }] }), days: sheet({}).days.slice(1), cells: rows([is('WFH'), is('WFH')]) };
  expect(said(midweek)).toEqual(['3 hari WFH seminggu > 2 (SE 801/28.00/2026)']);
  expect(countersOf(midweek).people[0]?.weeks).toEqual([{ monday: dateOf(0), wfh: 3, limit: 2 }]);
});

test('a week that was too much before the month began is not held against a plan that adds nothing to it', () => {
  const before = [0, 1, 2].map((day) => ({ date: dateOf(day), code: 'WFH' as const }));
  const rules = [planRule(1, [1], { kind: 'wfh_mingguan', days: 2 })];
  const from = (day: number, cells: PlanCell[]): PlanSheet => {
    const sheet = planSheet({ days: 7, people: people(1, () => ({ before })), rules, cells: rows(cells) });
    return { ...sheet, days: sheet.days.slice(day) };
  };
  expect(said(from(3, [is('WFO'), is('WFO'), is('LIBUR'), is('LIBUR')]))).toEqual([]);
  expect(said(from(3, [is('WFH'), is('WFO'), is('LIBUR'), is('LIBUR')]))).toEqual(['4 hari WFH seminggu > 2 (SE 801/28.00/2026)']);
});

test('a counter has somebody on duty in its hours, on its weekdays that are working days', () => {
  const sheet = planSheet({
    days: 7,
    holidays: [2],
    people: people(2),
    rules: [planRule(1, [1], { kind: 'piket_layanan', min: 1, weekdays: [1, 2, 3, 6] })],
    cells: rows([is('PIKET'), is('WFO'), is('WFO')]),
  });
  expect(violationsOf(sheet).map(({ dates }) => dates[0])).toEqual([dateOf(1)]);
  expect(said(sheet)).toEqual(['piket 0 < 1 orang (SE 801/28.00/2026)']);
});

test('work on a day of leave is a violation of no circular; who is at home first breaks nothing', () => {
  const sheet = planSheet({
    days: 2,
    people: people(1, () => ({ absences: [{ from: dateOf(0), until: dateOf(0), code: 'SAKIT', long: false }] })),
    rules: [planRule(1, [1], { kind: 'dahulukan_rumah', by: 'usia', fromAge: 50 })],
    cells: rows([is('WFO'), is('WFO')]),
  });
  expect(violationsOf(sheet)).toMatchObject([{ kind: 'cuti', dates: [dateOf(0)] }]);
  expect(said(sheet)).toEqual(['direncanakan bekerja pada hari cuti, sakit, atau dinas luar']);
});

test('what was let stand stays so while it is no worse', () => {
  const violation = (onSite: number): Pick<Violation, 'key' | 'figures'> => ({ key: 'k', figures: { onSite, cap: 7 } });
  expect(isOverridden({ ...violationsOf(sixtyPeople())[0]!, ...violation(8) }, [violation(8)])).toBe(true);
  expect(isOverridden({ ...violationsOf(sixtyPeople())[0]!, ...violation(9) }, [violation(8)])).toBe(false);
  expect(policyText('SE 3/2026')).toBe('SE 3/2026');
  expect([mondayOf('2026-11-29'), mondayOf('2026-11-30')]).toEqual(['2026-11-23', '2026-11-30']);
});

const codes = fc.constantFrom(null, is('WFO'), is('WFH'), is('PIKET'), is('PIKET', 'pagi'), is('LIBUR'));
const base = sixtyPeople();
const ids = base.people.map(({ id }) => id);
const edit = fc.record({ id: fc.constantFrom(...ids), day: fc.nat({ max: base.days.length - 1 }), cell: codes });
const planned = fc.array(edit, { maxLength: 200 }).map((edits): PlanSheet => {
  const cells = Object.fromEntries(ids.map((id): [string, (PlanCell | null)[]] => [id, base.days.map(({ kind }) => (kind === 'kerja' ? is('WFO') : null))]));
  for (const { id, day, cell } of edits) cells[id]![day] = cell;
  return { ...base, cells };
});

test('the order of people, units and rules never matters', () => {
  fc.assert(
    fc.property(planned, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (sheet, random) => {
      const shuffled = <T>(all: readonly T[]): T[] =>
        all
          .map((one) => ({ one, at: random.next().value }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ one }) => one);
      const other = { ...sheet, people: shuffled(sheet.people), rules: shuffled(sheet.rules), units: shuffled(sheet.units) };
      expect(violationsOf(other)).toEqual(violationsOf(sheet));
    }),
    { numRuns: 30 },
  );
});

test('edit by edit it is the same as looked at anew; an edit changes nothing on other days and weeks', () => {
  fc.assert(
    fc.property(planned, fc.array(edit, { minLength: 1, maxLength: 10 }), (sheet, edits) => {
      const checker = checkerOf(sheet);
      let now = sheet;
      for (const { id, day, cell } of edits) {
        const before = checker.violations();
        checker.put(id, day, cell);
        now = { ...now, cells: { ...now.cells, [id]: now.cells[id]!.with(day, cell) } };
        const week = mondayOf(now.days[day]!.date);
        const elsewhere = (all: Violation[]) => all.filter(({ dates }) => !dates.some((date) => date === now.days[day]!.date || mondayOf(date) === week));
        expect(elsewhere(checker.violations())).toEqual(elsewhere(before));
      }
      expect(checker.violations()).toEqual(violationsOf(now));
      expect(checker.counters()).toEqual(countersOf(now));
    }),
    { numRuns: 30 },
  );
});

test('days of a published month that are lived are judged no more; a week still is while a day at home lies ahead of it', () => {
  const sheet = (livedUntil: string | null): PlanSheet => ({
    ...planSheet({
      days: 5,
      people: people(2),
      rules: [planRule(1, [1], { kind: 'batas_hadir', percent: 50, countedIn: 'opd' }), planRule(2, [1], { kind: 'wfh_mingguan', days: 1 })],
      cells: rows(...[0, 1].map(() => [is('WFO'), is('WFH'), is('WFH'), is('WFO'), is('WFH')])),
    }),
    livedUntil,
  });
  const kinds = (until: string | null) =>
    violationsOf(sheet(until))
      .map(({ kind, dates }) => `${kind} ${dates[0]}`)
      .toSorted();
  const weeks = [`wfh_mingguan ${dateOf(1)}`, `wfh_mingguan ${dateOf(1)}`];
  expect(kinds(null)).toEqual([`batas_hadir ${dateOf(0)}`, `batas_hadir ${dateOf(3)}`, ...weeks]);
  expect(kinds(dateOf(0))).toEqual([`batas_hadir ${dateOf(3)}`, ...weeks]);
  expect(kinds(dateOf(3))).toEqual(weeks);
  expect(kinds(dateOf(4))).toEqual([]);
});
