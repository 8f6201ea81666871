// Hemat data over scripted links: pictures give way before the own camera, sound never, and nothing flaps.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choose, freshSaver, heed, stepOf, STEPS, type Link, type Saver } from '../../web/room/saver.ts';

const GOOD: Link = { quality: 'good', loss: 0, saveData: false };
const WEAK: Link = { quality: 'poor', loss: 0.2, saveData: false };
const SO_SO: Link = { quality: 'good', loss: 0.05, saveData: false };

/** Seconds of each link, one look a second; answers every step that was ever taken, in order. */
function lives(saver: Saver, script: readonly (readonly [seconds: number, link: Link])[]): { saver: Saver; steps: string[]; changes: number } {
  let now = 1_000_000;
  let changes = 0;
  const steps: string[] = [stepOf(saver)];
  for (const [seconds, link] of script)
    for (let second = 0; second < seconds; second += 1) {
      now += 1000;
      const next = heed(saver, link, now);
      if (next.step !== saver.step) {
        changes += 1;
        steps.push(stepOf(next));
      }
      saver = next;
    }
  return { saver, steps, changes };
}

test('pictures of others go first, then the own camera at its lowest, then the own camera', () => {
  expect(lives(freshSaver(), [[60, WEAK]]).steps).toEqual([...STEPS]);
});
test('weakness of a breath changes nothing', () => {
  expect(
    lives(freshSaver(), [
      [3, WEAK],
      [5, GOOD],
      [3, WEAK],
      [60, GOOD],
    ]).changes,
  ).toBe(0);
});
test('what came back too soon comes back later each time: a link that swings does not make pictures flicker', () => {
  const swings = Array.from(
    { length: 20 },
    () =>
      [
        [25, GOOD],
        [10, WEAK],
      ] as const,
  ).flat();
  const { changes } = lives(freshSaver(), [[10, WEAK], ...swings]);
  expect(changes).toBeLessThanOrEqual(8);
});
test('a good link brings everything back, one step at a time', () => {
  const weak = lives(freshSaver(), [[60, WEAK]]).saver;
  expect(lives(weak, [[600, GOOD]]).steps).toEqual(STEPS.toReversed());
});
test('a link between weak and good leaves things as they are', () => {
  const once = lives(freshSaver(), [[5, WEAK]]).saver;
  expect(lives(once, [[600, SO_SO]]).changes).toBe(0);
});
test('switched off by hand it stays off on any link; switched on it stays on and still gives way further', () => {
  expect(stepOf(lives(choose(freshSaver(), 'mati'), [[600, WEAK]]).saver)).toBe('semua');
  expect(lives(choose(freshSaver(), 'hidup'), [[600, GOOD]]).steps).toEqual(['tanpa_gambar']);
  expect(stepOf(lives(choose(freshSaver(), 'hidup'), [[60, WEAK]]).saver)).toBe('kamera_mati');
});
test('whoever tells their browser to save data gets no pictures of others until they ask for them', () => {
  expect(lives(freshSaver(), [[2, { ...GOOD, saveData: true }]]).steps).toEqual(['semua', 'tanpa_gambar']);
  expect(stepOf(lives(choose(freshSaver(), 'mati'), [[9, { ...GOOD, saveData: true }]]).saver)).toBe('semua');
});
test('a lost link decides nothing', () => {
  expect(lives(freshSaver(), [[600, { ...WEAK, quality: 'lost' }]]).changes).toBe(0);
});
test('on any link at all: one step at a time, never two changes within four seconds', () => {
  const link = fc.record({ quality: fc.constantFrom('good', 'poor', 'lost'), loss: fc.double({ min: 0, max: 1, noNaN: true }), saveData: fc.constant(false) });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), link), { maxLength: 40 }), (script) => {
      let saver = freshSaver();
      let now = 0;
      let changed = -Infinity;
      for (const [seconds, one] of script)
        for (let i = 0; i < seconds; i += 1) {
          const next = heed(saver, one, (now += 1000));
          expect(Math.abs(next.step - saver.step)).toBeLessThanOrEqual(1);
          if (next.step !== saver.step) {
            expect(now - changed).toBeGreaterThanOrEqual(4000);
            changed = now;
          }
          saver = next;
        }
    }),
  );
});
