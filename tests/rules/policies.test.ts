import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PolicyRule } from '../../shared/policies.ts';
import { contestOf, decide, resolve, type Ground, type Standing } from '../../server/policies/resolve.ts';
import { addDays } from '../../server/platform/local-time.ts';

const DAY = '2026-12-01';
const ground: Ground = {
  top: 'dinas',
  units: [
    { id: 'dinas', parentId: null, kind: 'opd' },
    { id: 'bidang-a', parentId: 'dinas', kind: 'bidang' },
    { id: 'bidang-b', parentId: 'dinas', kind: 'bidang' },
    { id: 'seksi-a1', parentId: 'bidang-a', kind: 'seksi' },
    { id: 'kosong', parentId: 'dinas', kind: 'seksi' },
  ],
  staff: [
    { id: 'kepala', unitId: 'dinas' },
    { id: 'ani', unitId: 'bidang-a' },
    { id: 'budi', unitId: 'seksi-a1' },
    { id: 'cici', unitId: 'seksi-a1' },
    { id: 'dedi', unitId: 'bidang-b' },
  ],
  groups: [{ personId: 'cici', name: 'guru', from: '2026-12-10', until: '2026-12-20' }],
};
const cap = (percent: number, countedIn: 'opd' | 'bidang' | 'seksi' = 'opd'): PolicyRule => ({ kind: 'batas_hadir', percent, countedIn });
const weekly = (days: number): PolicyRule => ({ kind: 'wfh_mingguan', days });
let n = 0;
type About = { units?: string[]; functions?: string[]; date?: string; number?: string; from?: string; until?: string | null };
function standing(
  rule: PolicyRule,
  { units = [], functions = [], date = '2026-01-05', number = 'SE 1/2026', from = '2026-01-01', until = null }: About = {},
): Standing {
  n += 1;
  const id = `r${String(n).padStart(3, '0')}`;
  return { id, rule, scope: { units, functions }, basis: 'angka 1', policy: { id: `p-${number}`, number, title: 'SE', date }, from, until };
}
const wonBy = (rules: Standing[], day = DAY) => decide(rules, ground, day).won.map(({ rule, units, people }) => [rule.id, units, people]);

test('the rule of a bidang decides for its people, the region’s for all the others', () => {
  const [region, own] = [standing(weekly(2)), standing(weekly(1), { units: ['bidang-a'] })];
  expect(wonBy([region, own])).toEqual([
    [region.id, ['dinas'], ['dedi', 'kepala']],
    [own.id, ['bidang-a'], null],
  ]);
  expect(decide([region, own], ground, DAY).lost).toEqual([{ rule: region, to: own, why: 'cakupan', people: 3 }]);
});

test('an OPD before the region, a seksi before its bidang, a function group before any unit', () => {
  const region = standing(weekly(4));
  const opd = standing(weekly(3), { units: ['dinas'] });
  const bidang = standing(weekly(2), { units: ['bidang-a'] });
  const seksi = standing(weekly(1), { units: ['seksi-a1'] });
  const guru = standing(weekly(0), { functions: ['guru'] });
  const guruHere = standing(weekly(0), { units: ['dinas'], functions: ['guru'] });
  expect(wonBy([region, opd])).toEqual([[opd.id, ['dinas'], null]]);
  expect(wonBy([region, opd, bidang, seksi]).map(([id]) => id)).toEqual([opd.id, bidang.id, seksi.id]);
  const on12th = decide([seksi, guru, guruHere], ground, '2026-12-12');
  expect(on12th.won.find(({ people }) => people?.includes('cici'))?.rule.id).toBe(guruHere.id);
  expect(on12th.lost).toEqual(
    [
      { rule: guru, to: guruHere, why: 'cakupan', people: 1 },
      { rule: seksi, to: guruHere, why: 'kelompok', people: 1 },
    ].toSorted((a, b) => a.rule.id.localeCompare(b.rule.id)),
  );
});

test('as narrow as each other: the newer by date decides, then the later number, read as a number', () => {
  const old = standing(weekly(5), { date: '2026-01-05', number: 'SE 900/2026' });
  const newer = standing(weekly(4), { date: '2026-02-01', number: 'SE 9/2026' });
  const later = standing(weekly(3), { date: '2026-02-01', number: 'SE 10/2026' });
  expect(wonBy([old, newer]).map(([id]) => id)).toEqual([newer.id]);
  expect(wonBy([newer, later]).map(([id]) => id)).toEqual([later.id]);
  expect(decide([old, newer, later], ground, DAY).lost.map(({ rule, why }) => [rule.id, why])).toEqual([
    [old.id, 'tanggal'],
    [newer.id, 'nomor'],
  ]);
});

test('two caps hold side by side where they count in different units; in one unit the narrower', () => {
  const whole = standing(cap(50));
  const bidang = standing(cap(50, 'bidang'), { units: [], number: 'SE 2/2026' });
  const own = standing(cap(30, 'bidang'), { units: ['bidang-a'] });
  expect(wonBy([whole, own])).toEqual([
    [whole.id, ['dinas'], null],
    [own.id, ['bidang-a'], null],
  ]);
  expect(wonBy([bidang, own])).toEqual([
    [bidang.id, ['bidang-b'], null],
    [own.id, ['bidang-a'], null],
  ]);
});

test('a rule for teachers takes the teachers out of the rule for everybody in the same unit, on the days they are teachers', () => {
  const [all, guru] = [standing(cap(50)), standing(cap(20), { functions: ['guru'] })];
  expect(wonBy([all, guru], '2026-12-09')).toEqual([[all.id, ['dinas'], null]]);
  expect(decide([all, guru], ground, '2026-12-09').lost).toEqual([{ rule: guru, to: null, why: 'tanpa_anggota', people: 0 }]);
  expect(wonBy([all, guru], '2026-12-10')).toEqual([
    [all.id, ['dinas'], ['ani', 'budi', 'dedi', 'kepala']],
    [guru.id, ['dinas'], ['cici']],
  ]);
  expect(resolve([all, guru], ground, '2026-12-01', '2026-12-31').map(({ id, from, until }) => [id, from, until])).toEqual([
    [all.id, '2026-12-01', '2026-12-09'],
    [all.id, '2026-12-10', '2026-12-20'],
    [guru.id, '2026-12-10', '2026-12-20'],
    [all.id, '2026-12-21', '2026-12-31'],
  ]);
});

test('an OPD whose people may not be at home at all has no cap; one bidang of it counts in the cap of the whole', () => {
  const [half, exempt, part] = [
    standing(cap(50)),
    standing({ kind: 'dikecualikan' }, { units: ['dinas'] }),
    standing({ kind: 'dikecualikan' }, { units: ['bidang-a'] }),
  ];
  const { won, lost } = decide([half, exempt], ground, DAY);
  expect(won.map(({ rule, people }) => [rule.id, people])).toEqual([[exempt.id, null]]);
  expect(lost).toEqual([{ rule: half, to: exempt, why: 'dikecualikan', people: 5 }]);
  expect(wonBy([half, part]).map(([id]) => id)).toEqual([half.id, part.id]);
});

test('a unit on alert is counted where it is named, also while nobody is placed in it', () => {
  const siaga = standing({ kind: 'siaga', min: 2, shifts: [] }, { units: ['kosong', 'bidang-a', 'dinas-lain'] });
  expect(wonBy([siaga])).toEqual([[siaga.id, ['bidang-a', 'kosong'], null]]);
  expect(wonBy([standing({ kind: 'siaga', min: 2, shifts: [] }, { units: ['dinas-lain'] })])).toEqual([]);
});

test('first at home by age and by health are two things', () => {
  const [age, health] = [standing({ kind: 'dahulukan_rumah', by: 'usia', fromAge: 50 }), standing({ kind: 'dahulukan_rumah', by: 'kesehatan', fromAge: null })];
  expect(wonBy([age, health])).toEqual([
    [health.id, ['dinas'], null],
    [age.id, ['dinas'], null],
  ]);
});

const units = ground.units.map(({ id }) => id);
const someDay = fc.integer({ min: 0, max: 40 }).map((after) => addDays('2026-11-25', after));
const someRule: fc.Arbitrary<PolicyRule> = fc.oneof(
  fc.constantFrom<PolicyRule>(cap(50), cap(40, 'bidang'), cap(30, 'seksi'), { kind: 'dikecualikan' }, { kind: 'siaga', min: 2, shifts: [] }),
  fc.integer({ min: 0, max: 5 }).map(weekly),
  fc.constant<PolicyRule>({ kind: 'jabatan_di_kantor', levels: ['kepala_opd'], unlessPlh: true }),
  fc.constant<PolicyRule>({ kind: 'piket_layanan', min: 1, weekdays: [1, 2, 3, 4, 5], shifts: [] }),
);
const someStanding = fc
  .record({
    rule: someRule,
    units: fc.uniqueArray(fc.constantFrom(...units, 'dinas-lain'), { maxLength: 2 }),
    functions: fc.uniqueArray(fc.constantFrom('guru', 'perawat'), { maxLength: 1 }),
    date: fc.constantFrom('2026-01-05', '2026-02-01'),
    number: fc.constantFrom('SE 1/2026', 'SE 2/2026', 'SE 10/2026'),
    from: someDay,
    length: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
  })
  .map(({ rule, length, ...about }) => standing(rule, { ...about, until: length === null ? null : addDays(about.from, length) }));
const someGround: fc.Arbitrary<Ground> = fc
  .record({
    homes: fc.array(fc.constantFrom(...units), { maxLength: 7 }),
    groups: fc.array(
      fc.record({
        person: fc.nat(6),
        name: fc.constantFrom('guru', 'perawat'),
        from: someDay,
        length: fc.option(fc.integer({ min: 0, max: 15 }), { nil: null }),
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ homes, groups }) => ({
    ...ground,
    staff: homes.map((unitId, i) => ({ id: `o${i}`, unitId })),
    groups: groups.map(({ person, length, ...g }) => ({ ...g, personId: `o${person}`, until: length === null ? null : addDays(g.from, length) })),
  }));
const rulesAndGround = [fc.array(someStanding, { maxLength: 8 }), someGround] as const;
const COUNTED = ['batas_hadir', 'siaga', 'piket_layanan'];

test('nobody has two rules of a kind on a day, unless both count in different units', () => {
  fc.assert(
    fc.property(...rulesAndGround, someDay, (rules, here, day) => {
      const seen = new Set<string>();
      const below = (unit: string, of: string): boolean =>
        unit === of || (here.units.find(({ id }) => id === of)?.parentId === null ? false : below(unit, here.units.find(({ id }) => id === of)!.parentId!));
      for (const { rule, units: at, people } of decide(rules, here, day).won) {
        const counted = COUNTED.includes(rule.rule.kind);
        for (const unit of at) {
          for (const person of here.staff) {
            if (!below(unit, person.unitId) || (people && !people.includes(person.id))) continue;
            const key = `${contestOf(rule.rule)} ${person.id} ${counted ? unit : ''}`;
            if (!counted && people === null && at.some((other) => other !== unit && below(other, person.unitId))) throw new Error('one inside another');
            if (!counted && people !== null && at.indexOf(unit) !== at.findIndex((one) => below(one, person.unitId))) continue;
            expect(seen.has(key) ? key : null).toBeNull();
            seen.add(key);
          }
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('the order in which policies, units, people and groups stand never matters', () => {
  fc.assert(
    fc.property(...rulesAndGround, someDay, (rules, here, day) => {
      const turned = { ...here, units: here.units.toReversed(), staff: here.staff.toReversed(), groups: here.groups.toReversed() };
      expect(decide(rules.toReversed(), turned, day)).toEqual(decide(rules, here, day));
    }),
    { numRuns: 200 },
  );
});

test('a range of days says on each of its days what that day alone says', () => {
  fc.assert(
    fc.property(...rulesAndGround, (rules, here) => {
      const [from, until] = ['2026-12-01', '2026-12-31'];
      const ranges = resolve(rules, here, from, until);
      for (let day = from; day <= until; day = addDays(day, 1)) {
        const said = ranges.filter((r) => r.from <= day && day <= r.until).map((r) => JSON.stringify([r.id, r.units, r.people]));
        const alone = decide(rules, here, day).won.map((w) => JSON.stringify([w.rule.id, w.units, w.people]));
        expect(said.toSorted()).toEqual(alone.toSorted());
      }
    }),
    { numRuns: 60 },
  );
});
