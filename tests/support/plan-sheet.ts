// Plans to draw up: an office of any size, its units and people by number, days from a Monday on.
import type { AppliedRule, PolicyRule, Shift } from '../../shared/policies.ts';
import type { PlanCell, PlanPerson, PlanSheet } from '../../shared/rota.ts';

export const unitId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const personId = (n: number): string => unitId(1_000 + n);
/** Day 0 is Monday, 2 November 2026. */
export const dateOf = (day: number): string => new Date(Date.UTC(2026, 10, 2 + day)).toISOString().slice(0, 10);
export const THREE_SHIFTS: Shift[] = [
  { name: 'pagi', from: '07:00', to: '15:00' },
  { name: 'sore', from: '15:00', to: '22:00' },
  { name: 'malam', from: '22:00', to: '07:00' },
];

export const planPerson = (n: number, unit: number, more: Partial<PlanPerson> = {}): PlanPerson => ({
  id: personId(n),
  name: `Pegawai ${n}`,
  position: null,
  level: 'staf',
  unitId: unitId(unit),
  functions: [],
  coveredOn: [],
  absences: [],
  homeFirst: 0,
  before: [],
  carried: { piket: 0, monFri: 0, offDays: 0 },
  ...more,
});

type Shifted = Extract<PolicyRule, { shifts: Shift[] }>;
type RuleInput = Exclude<PolicyRule, Shifted> | (Shifted extends infer R ? (R extends Shifted ? Omit<R, 'shifts'> & { shifts?: Shift[] } : never) : never);
export const planRule = (n: number, units: number[], rule: RuleInput, more: Partial<AppliedRule> = {}): AppliedRule => ({
  id: unitId(9_000 + n),
  rule: rule.kind === 'siaga' || rule.kind === 'piket_layanan' ? { shifts: [], ...rule } : rule,
  policy: { id: unitId(8_000 + n), number: `${800 + n}/28.00/2026`, date: '2026-10-01' },
  basis: `angka ${n}`,
  units: units.map(unitId),
  people: null,
  from: dateOf(0),
  until: dateOf(62),
  ...more,
});

type Plan = { units?: number; days: number; holidays?: number[]; people: PlanPerson[]; rules: AppliedRule[]; cells?: Record<string, (PlanCell | null)[]> };
/** Unit 1 is the OPD, the others are its bidang. */
export const planSheet = ({ units = 1, days, holidays = [], people, rules, cells = {} }: Plan): PlanSheet => ({
  opdId: unitId(1),
  month: '2026-11',
  zone: 'Asia/Jakarta',
  units: Array.from({ length: units }, (_, n) => ({
    id: unitId(n + 1),
    parentId: n === 0 ? null : unitId(1),
    name: n === 0 ? 'Dinas' : `Bidang ${n + 1}`,
    kind: n === 0 ? ('opd' as const) : ('bidang' as const),
  })),
  people,
  days: Array.from({ length: days }, (_, day) => ({
    date: dateOf(day),
    weekday: (day % 7) + 1,
    kind: day % 7 > 4 ? ('akhir_pekan' as const) : holidays.includes(day) ? ('libur' as const) : ('kerja' as const),
    name: null,
  })),
  shifts: [],
  cells,
  rules,
  livedUntil: null,
});

const LEADERS: Record<number, PlanPerson['level']> = { 0: 'kepala_opd', 1: 'sekretaris', 13: 'kabid', 29: 'kabid', 43: 'kabid' };
/**
 * Sixty people, four weeks, every rule there is: a cap in three bidang, one on alert round the clock and never at home, two counters,
 * a least number in one bidang, the leaders on site, three days at home a week; leave, a maternity leave, a holiday, who is home first, what was carried.
 */
export const sixtyPeople = (): PlanSheet =>
  planSheet({
    units: 5,
    days: 28,
    holidays: [16],
    people: Array.from({ length: 60 }, (_, n) =>
      planPerson(n, n === 0 ? 1 : n < 13 ? 2 : n < 29 ? 3 : n < 43 ? 4 : 5, {
        level: LEADERS[n] ?? 'staf',
        absences:
          n % 9 === 4
            ? [{ from: dateOf(n % 20), until: dateOf((n % 20) + 4), code: 'CUTI', long: false }]
            : n === 20
              ? [{ from: dateOf(-30), until: dateOf(60), code: 'CUTI', long: true }]
              : [],
        homeFirst: n % 11 === 3 ? 1 : 0,
        carried: { piket: n % 3, monFri: n % 2, offDays: n % 2 },
      }),
    ),
    rules: [
      planRule(1, [2, 3, 4], { kind: 'batas_hadir', percent: 60, countedIn: 'bidang' }),
      planRule(2, [5], { kind: 'siaga', min: 2, shifts: THREE_SHIFTS }),
      planRule(3, [5], { kind: 'dikecualikan' }),
      planRule(4, [1], { kind: 'jabatan_di_kantor', levels: ['kepala_opd', 'sekretaris'], unlessPlh: true }),
      planRule(5, [1], { kind: 'wfh_mingguan', days: 3 }),
      planRule(6, [3], { kind: 'piket_layanan', min: 2, weekdays: [1, 2, 3, 4, 5] }),
      planRule(7, [2], { kind: 'piket_layanan', min: 1, weekdays: [1, 2, 3, 4, 5] }),
      planRule(8, [4], { kind: 'siaga', min: 4 }),
      planRule(9, [1], { kind: 'dahulukan_rumah', by: 'usia', fromAge: 50 }),
    ],
  });
