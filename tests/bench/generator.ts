// Sixty people, four weeks, every rule: twenty seeds drawn up by the solver; in the same run, between them, a greedy roster as the floor
// (who has had the least is next), which shows what the seconds buy. Seconds are of the wall; the thread's own CPU is told beside.
import { countersOf, violationsOf } from '../../shared/rota-rules.ts';
import type { PlanCell, PlanSheet } from '../../shared/rota.ts';
import { generate } from '../../server/rota/generator/generate.ts';
import { sixtyPeople } from '../support/plan-sheet.ts';
import { median, quantile, report, round } from './figures.ts';

const SEEDS = Number(process.env['BENCH_SEEDS'] ?? 20);

/** Day by day: piket where it is asked for, then home as far as the caps say, each time those who have had the least. It looks at no day but today and yesterday. */
function greedy(sheet: PlanSheet): { cells: Record<string, (PlanCell | null)[]>; spread: number } {
  const cells = Object.fromEntries(sheet.people.map(({ id }) => [id, sheet.days.map((): PlanCell | null => null)]));
  const had = new Map(sheet.people.map(({ id, carried }) => [id, { piket: carried.piket, home: 0 }]));
  const isAway = (id: string, date: string): boolean =>
    sheet.people.find((one) => one.id === id)!.absences.some(({ from, until }) => from <= date && date <= until);
  const staffOf = (units: readonly string[]) => sheet.people.filter(({ unitId }) => units.some((unit) => unit === sheet.opdId || unit === unitId));
  for (const [d, { date, kind, weekday }] of sheet.days.entries()) {
    const free = (id: string): boolean => !cells[id]![d] && !isAway(id, date) && cells[id]![d - 1]?.shift !== 'malam';
    for (const { rule, units } of sheet.rules) {
      if (rule.kind !== 'piket_layanan' && rule.kind !== 'siaga') continue;
      if (rule.kind === 'siaga' ? rule.shifts.length === 0 : kind !== 'kerja' || !rule.weekdays.includes(weekday)) continue;
      for (const shift of rule.shifts.length === 0 ? [null] : rule.shifts.map(({ name }) => name))
        for (const { id } of staffOf(units)
          .filter((one) => free(one.id))
          .toSorted((a, b) => had.get(a.id)!.piket - had.get(b.id)!.piket)
          .slice(0, rule.min)) {
          cells[id]![d] = { code: 'PIKET', shift };
          had.get(id)!.piket += 1;
        }
    }
    for (const { id } of sheet.people)
      if (!cells[id]![d] && !isAway(id, date))
        cells[id]![d] = { code: kind === 'kerja' && cells[id]![d - 1]?.shift !== 'malam' ? 'WFO' : 'LIBUR', shift: null };
    if (kind !== 'kerja') continue;
    const counted = countersOf({ ...sheet, cells });
    for (const { unitId, days } of counted.units) {
      const { onSite, cap } = days[d]!;
      if (cap === null) continue;
      for (const { id } of sheet.people
        .filter((one) => one.unitId === unitId && cells[one.id]![d]?.code === 'WFO')
        .toSorted((a, b) => had.get(a.id)!.home - had.get(b.id)!.home)
        .slice(0, Math.max(0, onSite - cap))) {
        cells[id]![d] = { code: 'WFH', shift: null };
        had.get(id)!.home += 1;
      }
    }
  }
  const alert = sheet.people
    .filter(({ unitId, level, absences }) => unitId === sheet.units[4]!.id && level === 'staf' && absences.length === 0)
    .map(({ id }) => had.get(id)!.piket);
  return { cells, spread: Math.max(...alert) - Math.min(...alert) };
}

const solver: { seconds: number; gap: number; violations: number; spread: number; cpu: number }[] = [];
const floor: { seconds: number; violations: number; spread: number }[] = [];
let others = { monFri: 0, offDays: 0, home: 0 };
for (let seed = 1; seed <= SEEDS; seed += 1) {
  const sheet = sixtyPeople();
  const begun = performance.now();
  const { cells, spread } = greedy(sheet);
  floor.push({ seconds: (performance.now() - begun) / 1000, violations: violationsOf({ ...sheet, cells }).length, spread });
  const before = process.cpuUsage();
  const found = await generate(sheet, { seed, seconds: 120, stays: () => false, former: null }).found;
  const { user, system } = process.cpuUsage(before);
  if (found.is !== 'selesai') throw new Error(`seed ${seed}: ${JSON.stringify(found)}`);
  const { seconds, gap, violations, spread: even } = found.figures;
  solver.push({ seconds, gap, violations, spread: even.piket, cpu: (user + system) / 1e6 });
  others = { monFri: Math.max(others.monFri, even.monFri), offDays: Math.max(others.offDays, even.offDays), home: Math.max(others.home, even.home) };
}
const all = (of: (one: (typeof solver)[number]) => number): number[] => solver.map(of);
report({
  bench: 'generator',
  figures: {
    seconds: round(median(all(({ seconds }) => seconds))),
    slowestSeconds: round(
      quantile(
        all(({ seconds }) => seconds),
        1,
      ),
    ),
    cpuSeconds: round(median(all(({ cpu }) => cpu))),
    gap: round(Math.max(...all(({ gap }) => gap)), 4),
    violations: all(({ violations }) => violations).reduce((sum, n) => sum + n, 0),
    spread: Math.max(...all(({ spread }) => spread)),
    spreadMonFri: others.monFri,
    spreadOffDays: others.offDays,
    spreadHome: others.home,
    seeds: SEEDS,
    people: 60,
    days: 28,
    peakMB: round(process.resourceUsage().maxRSS / 1024, 0),
    floorSeconds: round(median(floor.map(({ seconds }) => seconds)), 3),
    floorViolations: round(median(floor.map(({ violations }) => violations)), 0),
    floorSpread: Math.max(...floor.map(({ spread }) => spread)),
  },
  aims: { seconds: { max: 10 }, gap: { max: 0.05 }, violations: { max: 0 }, spread: { max: 1 } },
});
