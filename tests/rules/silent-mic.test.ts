// A microphone that is on and gives nothing, is held back by the system, or is off while somebody speaks.
import { expect, test } from 'vitest';
import { freshMic, hear, type Heard, type SilentMic } from '../../web/room/silent-mic.ts';

const ON: Heard = { on: true, level: 0, power: 0, held: false, othersSpeak: false };
const OFF: Heard = { ...ON, on: false };

/** Ten looks a second. */
function listens(script: readonly (readonly [seconds: number, heard: Heard])[]): SilentMic & { ever: Set<SilentMic['say']> } {
  let mic = freshMic(0);
  let now = 0;
  const ever = new Set<SilentMic['say']>();
  for (const [seconds, heard] of script)
    for (let i = 0; i < seconds * 10; i += 1) {
      mic = hear(mic, heard, (now += 100));
      ever.add(mic.say);
    }
  return { ...mic, ever };
}

test('a microphone that is on and gives nothing is named after twelve seconds in which others are silent', () => {
  expect(listens([[11, ON]]).say).toBeNull();
  expect(listens([[13, ON]]).say).toBe('bisu');
});
test('while others speak nobody is told that they are not heard', () => {
  expect(listens([[60, { ...ON, othersSpeak: true }]]).ever).toEqual(new Set([null]));
  expect(
    listens([
      [7, ON],
      [60, { ...ON, othersSpeak: true }],
      [6, ON],
    ]).say,
  ).toBe('bisu');
});
test('the hum of a room is enough: a silent person with a living microphone is left alone', () => {
  expect(listens([[60, { ...ON, power: 0.0005 }]]).ever).toEqual(new Set([null]));
  expect(
    listens([
      [20, ON],
      [0.1, { ...ON, level: 0.3, power: 0.02 }],
    ]).say,
  ).toBeNull();
});
test('muted in the system is said at once, and over at once', () => {
  expect(listens([[0.1, { ...ON, held: true }]]).say).toBe('ditahan');
  expect(
    listens([
      [5, { ...ON, held: true }],
      [0.1, { ...ON, level: 0.3, power: 0.02 }],
    ]).say,
  ).toBeNull();
});
test('who speaks while it is off is told after a second; a cough is none', () => {
  expect(
    listens([
      [0.5, { ...OFF, level: 0.6 }],
      [5, OFF],
    ]).ever,
  ).toEqual(new Set([null]));
  expect(listens([[2, { ...OFF, level: 0.6 }]]).say).toBe('bicara_mati');
  expect(
    listens([
      [2, { ...OFF, level: 0.6 }],
      [10, OFF],
    ]).say,
  ).toBeNull();
});
test('a page that slept counts no time', () => {
  const mic = hear(freshMic(0), ON, 3_600_000);
  expect(mic.say).toBeNull();
});
