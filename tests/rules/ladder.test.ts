import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CalleeState, LadderStep, RungAs } from '../../shared/calls.ts';
import { channelsByStep, climb, nextOf, type Act, type Happening, type Seat, type Standing, type Step } from '../../server/calls/ladder.ts';

const at = new Date('2026-11-23T02:00:00Z');
const seat = (id: string, chain: readonly [personId: string, as: RungAs][]): Seat => ({
  id,
  no: 1,
  positionId: id,
  title: id,
  unitId: id,
  unitName: id,
  opdName: null,
  chain: chain.map(([personId, as]) => ({ personId, name: personId, label: personId, as, why: as })),
});
let count = 0;
const step = (act: Act, seatId: string | null, calleeId: string | null = null): Step => ({
  id: String((count += 1)),
  callId: 'c',
  act,
  channels: ['tab', 'push'],
  seatId,
  calleeId,
  dueAt: at,
});
/** Each post's first was rung; everybody may sign in. A person's id is their callee's. */
function standing(seats: readonly Seat[], states: Record<string, CalleeState> = {}): Standing {
  const firsts = seats.flatMap((s) => s.chain[0]?.personId ?? []);
  return {
    seats: new Map(seats.map((s) => [s.id, { seat: s, rung: s.chain[0] ? [{ n: 0, calleeId: s.chain[0].personId }] : [] }])),
    callees: new Map(firsts.map((id) => [id, { id, personId: id, state: states[id] ?? 'memanggil' }])),
    able: new Set(seats.flatMap((s) => s.chain.map((m) => m.personId))),
  };
}
const says = (all: readonly Happening[]): string[] =>
  all.map((h) => ('member' in h ? `${h.what} ${h.member.personId}` : 'calleeIds' in h ? `${h.what} ${h.calleeIds.join(',')}` : h.what));

const dinkes = seat('dinkes', [
  ['kepala', 'definitif'],
  ['plh', 'plh'],
  ['sekretaris', 'pengganti'],
  ['petugas', 'piket'],
]);

test('who does not answer is rung again, then over other channels, then the deputy, then who is on duty', () => {
  const steps = [step('dering_ulang', 'dinkes'), step('kanal', 'dinkes'), step('pengganti', 'dinkes'), step('piket', 'dinkes')];
  expect(says(climb(steps, standing([dinkes])))).toEqual(['dering kepala', 'kanal kepala', 'baru plh', 'baru petugas']);
});

test.each<CalleeState>(['menjawab', 'menolak', 'menyusul', 'bergabung', 'dibatalkan', 'berakhir'])('a post whose first is %s is left alone', (state) => {
  const steps = (['dering_ulang', 'kanal', 'pengganti', 'piket'] as const).map((act) => step(act, 'dinkes'));
  expect(new Set(says(climb(steps, standing([dinkes], { kepala: state }))))).toEqual(new Set(['berhenti']));
});

test('nobody is left: it is said, and nothing rings', () => {
  const alone = seat('alone', [['kepala', 'definitif']]);
  expect(says(climb([step('pengganti', 'alone'), step('piket', 'alone')], standing([alone])))).toEqual(['tidak_ada', 'tidak_ada']);
});

test('a deputy who is called for another post already is linked and not rung anew; one who is on the way stops the ladder', () => {
  const other = seat('other', [['plh', 'definitif']]);
  const steps = [step('pengganti', 'dinkes'), step('piket', 'dinkes')];
  expect(says(climb(steps, standing([dinkes, other])))).toEqual(['disambung plh', 'baru petugas']);
  expect(says(climb(steps, standing([dinkes, other], { plh: 'menyusul' })))).toEqual(['disambung plh', 'berhenti']);
});

test('a deputy who has declined, or may not sign in any more, is passed over', () => {
  const other = seat('other', [['plh', 'definitif']]);
  expect(says(climb([step('pengganti', 'dinkes')], standing([dinkes, other], { plh: 'menolak' })))).toEqual(['baru sekretaris']);
  const able = new Set(['kepala', 'sekretaris']);
  expect(says(climb([step('pengganti', 'dinkes')], { ...standing([dinkes]), able }))).toEqual(['baru sekretaris']);
});

test('by hand, everybody of the chain comes in turn', () => {
  const { callees, able } = standing([dinkes]);
  expect(nextOf({ seat: dinkes, rung: [{ n: 0 }, { n: 1 }] }, { callees, able }, null)?.member.personId).toBe('sekretaris');
  expect(nextOf({ seat: dinkes, rung: [{ n: 0 }, { n: 1 }, { n: 2 }] }, { callees, able }, null)?.member.personId).toBe('petugas');
});

test('who said menyusul and is late, or pressed gabung and is not inside, rings once more; who came does not', () => {
  const late = [step('menyusul', null, 'kepala'), step('tunggu_masuk', null, 'kepala')];
  expect(says(climb(late, standing([dinkes], { kepala: 'menyusul' })))).toEqual(['dering kepala', 'berhenti']);
  expect(says(climb(late, standing([dinkes], { kepala: 'menjawab' })))).toEqual(['berhenti', 'dering kepala']);
  expect(says(climb(late, standing([dinkes], { kepala: 'bergabung' })))).toEqual(['berhenti', 'berhenti']);
});

test('a step rings over all channels used up to it; kanal over its own only', () => {
  const ladder: LadderStep[] = [
    { afterSeconds: 0, act: 'dering', channels: [] },
    { afterSeconds: 20, act: 'dering_ulang', channels: [] },
    { afterSeconds: 45, act: 'kanal', channels: ['sms'] },
    { afterSeconds: 60, act: 'pengganti', channels: [] },
  ];
  expect(channelsByStep(ladder)).toEqual([['tab', 'push'], ['tab', 'push'], ['sms'], ['tab', 'push', 'sms']]);
});

/** Three posts whose people overlap in any way, any states, any steps due together in any order. */
const scenes = fc
  .record({
    chains: fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
    states: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.constantFrom<CalleeState>('memanggil', 'menjawab', 'menolak', 'menyusul', 'bergabung')),
    acts: fc.array(fc.record({ act: fc.constantFrom<Act>('dering_ulang', 'kanal', 'pengganti', 'piket'), n: fc.nat(2) }), { minLength: 1, maxLength: 12 }),
  })
  .map(({ chains, states, acts }) => {
    const as = ['definitif', 'plh', 'pengganti', 'piket'] as const;
    const seats = chains.map((chain, n) =>
      seat(
        `s${n}`,
        chain.map((personId, i): [string, RungAs] => [personId, as[i] ?? 'piket']),
      ),
    );
    return { seats, scene: standing(seats, states), steps: acts.map(({ act, n }) => step(act, `s${n % seats.length}`)) };
  });

test('each step comes to exactly one end, in order; nobody rings twice at once; nobody who answered rings; nobody is rung twice for a post', () => {
  fc.assert(
    fc.property(scenes, ({ scene, steps }) => {
      const all = climb(steps, scene);
      expect(all.map((h) => h.stepId)).toEqual(steps.map((s) => s.id));
      const rings = all.flatMap((h) => (h.what === 'dering' ? h.calleeIds : h.what === 'baru' ? [h.member.personId] : []));
      expect(new Set(rings).size).toBe(rings.length);
      for (const id of rings) expect(scene.callees.get(id)?.state ?? 'memanggil').toBe('memanggil');
      for (const h of all) if (h.what === 'baru') expect(scene.callees.has(h.member.personId)).toBe(false);
      for (const { seat: one, rung } of scene.seats.values()) {
        const places = [...rung.map((r) => r.n), ...all.flatMap((h) => (h.seatId === one.id && 'n' in h ? [h.n] : []))];
        expect(new Set(places).size).toBe(places.length);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a post somebody of which has joined stays as it is, whatever comes due', () => {
  fc.assert(
    fc.property(scenes, ({ scene, steps }) => {
      const joined = new Set(
        [...scene.seats].filter(([, { rung }]) => rung.some((r) => scene.callees.get(r.calleeId)?.state === 'bergabung')).map(([id]) => id),
      );
      for (const h of climb(steps, scene)) if (h.seatId !== null && joined.has(h.seatId)) expect(h.what).toBe('berhenti');
    }),
    { numRuns: 1_000 },
  );
});
