import { expect, test } from 'vitest';
import { chainOf, isCallersOwn, type OnTheDay } from '../../server/calls/desk/chain.ts';
import type { HeldPost, Holder, PostChain } from '../../server/people/index.ts';
import type { DayCode } from '../../shared/roster.ts';

const holder = (name: string, kind: Holder['kind'], basis = 'SK 821.2/001/2020'): Holder => ({ personId: name.toLowerCase(), name, kind, basis });
const hartini = holder('Hartini', 'definitif');
const plh = holder('Wahyu', 'plh', 'Surat Perintah 821.3/219/2026');
const plt = holder('Budi', 'plt', 'Surat Perintah 821.4/7/2026');

const held = (title: string, level: HeldPost['level'], holders: Holder[]): HeldPost => ({
  positionId: title,
  title,
  level,
  unitId: 'dinkes',
  unitName: 'Dinas Kesehatan',
  opdId: 'dinkes',
  opdName: 'Dinas Kesehatan',
  zone: 'Asia/Jakarta',
  holders,
});
const sekretaris = held('Sekretaris Dinas Kesehatan', 'sekretaris', [holder('Ratna', 'definitif')]);
const post = (holders: Holder[], standIn: HeldPost | null = null): PostChain => ({ ...held('Kepala Dinas Kesehatan', 'kepala_opd', holders), standIn });
const onDuty = { personId: 'tuti', name: 'Tuti', label: 'Perawat', basis: 'SE 800/1/2026', shift: null };
const day = (codes: Record<string, DayCode> = {}, duty: OnTheDay['duty'] = []): OnTheDay => ({
  codes: new Map(Object.entries(codes).map(([id, code]) => [id, { code }])),
  duty,
});
const rung = (chain: ReturnType<typeof chainOf>): string => chain.map((m) => `${m.name} (${m.as})`).join(', ');

test('the holder is rung first, then the Plh, the Plt, who stands in by structure, and who is on duty; each is told why', () => {
  const chain = chainOf(post([plt, plh, hartini], sekretaris), day({}, [onDuty]), 'penelepon');
  expect(chain.map(({ name, label, as, why }) => [name, label, as, why])).toEqual([
    ['Hartini', 'Kepala Dinas Kesehatan', 'definitif', 'Pejabat definitif'],
    ['Wahyu', 'Plh. Kepala Dinas Kesehatan', 'plh', 'Plh. a.n. Kepala Dinas Kesehatan (Surat Perintah 821.3/219/2026)'],
    ['Budi', 'Plt. Kepala Dinas Kesehatan', 'plt', 'Plt. a.n. Kepala Dinas Kesehatan (Surat Perintah 821.4/7/2026)'],
    ['Ratna', 'Sekretaris Dinas Kesehatan', 'pengganti', 'Sekretaris Dinas Kesehatan, mewakili Kepala Dinas Kesehatan'],
    ['Tuti', 'Perawat', 'piket', 'Piket sekarang (SE 800/1/2026)'],
  ]);
});

test.each<[DayCode, string]>([
  ['DL', 'Wahyu (plh)'],
  ['CUTI', 'Wahyu (plh)'],
  ['SAKIT', 'Wahyu (plh)'],
  ['LIBUR', 'Wahyu (plh)'],
  ['WFO', 'Hartini (definitif), Wahyu (plh)'],
  ['WFH', 'Hartini (definitif), Wahyu (plh)'],
  ['PIKET', 'Hartini (definitif), Wahyu (plh)'],
])('a holder whose day is %s: %s', (code, expected) => {
  expect(rung(chainOf(post([hartini, plh]), day({ hartini: code }), 'penelepon'))).toBe(expected);
});

test('an empty post begins with its Plt', () => {
  expect(rung(chainOf(post([plt], sekretaris), day(), 'penelepon'))).toBe('Budi (plt), Ratna (pengganti)');
});

test('a post that nobody holds falls to who stands in by structure, and a post below that to who is on duty', () => {
  expect(rung(chainOf(post([], sekretaris), day(), 'penelepon'))).toBe('Ratna (pengganti)');
  expect(rung(chainOf(post([]), day({}, [onDuty]), 'penelepon'))).toBe('Tuti (piket)');
  expect(chainOf(post([]), day(), 'penelepon')).toEqual([]);
});

test('who stands in by structure is whoever acts there: the Plh of the sekretaris when the sekretaris is on leave', () => {
  const chain = chainOf(post([], held('Sekretaris', 'sekretaris', [holder('Ratna', 'definitif'), plh])), day({ ratna: 'CUTI' }), 'penelepon');
  expect(chain.map((m) => [m.name, m.as, m.why])).toEqual([['Wahyu', 'pengganti', 'Plh. Sekretaris, mewakili Kepala Dinas Kesehatan']]);
});

test('a person who is holder, Plh elsewhere and on duty stands in a chain once, by the first reason', () => {
  const own = post([hartini, { ...plh, personId: 'ratna', name: 'Ratna' }], sekretaris);
  expect(rung(chainOf(own, day({}, [{ ...onDuty, personId: 'ratna', name: 'Ratna' }]), 'penelepon'))).toBe('Hartini (definitif), Ratna (plh)');
});

test('on a holiday with nobody on duty those away are rung after all, and it is said', () => {
  const chain = chainOf(post([hartini], sekretaris), day({ hartini: 'LIBUR', ratna: 'LIBUR' }), 'penelepon');
  expect(chain.map((m) => m.why)).toEqual(['Pejabat definitif; hari ini libur', 'Sekretaris Dinas Kesehatan, mewakili Kepala Dinas Kesehatan; hari ini libur']);
  expect(rung(chainOf(post([hartini], sekretaris), day({ hartini: 'LIBUR', ratna: 'LIBUR' }, [onDuty]), 'penelepon'))).toBe('Tuti (piket)');
});

test('the caller is never rung, and the post the caller holds or acts in is not called', () => {
  const called = post([hartini, plh], sekretaris);
  expect(rung(chainOf(called, day(), 'wahyu'))).toBe('Hartini (definitif), Ratna (pengganti)');
  expect(isCallersOwn(called, day(), 'wahyu')).toBe(false);
  expect(isCallersOwn(called, day({ hartini: 'CUTI' }), 'wahyu')).toBe(true);
  expect(isCallersOwn(called, day({ hartini: 'CUTI' }), 'hartini')).toBe(true);
  expect(isCallersOwn(post([]), day(), 'wahyu')).toBe(false);
});
