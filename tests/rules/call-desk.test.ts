import { expect, test } from 'vitest';
import { checkLadder, DEFAULT_LADDERS } from '../../server/calls/desk/ladder.ts';
import { isReached } from '../../server/calls/desk/limit.ts';
import type { LadderStep } from '../../shared/calls.ts';
import { refusalOf } from '../support/refusal.ts';

const step = (afterSeconds: number, act: LadderStep['act'], channels: LadderStep['channels'] = []): LadderStep => ({ afterSeconds, act, channels });

test.each(Object.entries(DEFAULT_LADDERS))('the ladder the portal begins with for %s keeps its own rules', (_, steps) => {
  expect(refusalOf(() => checkLadder(steps))).toBeNull();
});

test.each<[string, LadderStep[], string]>([
  ['begins later than second 0', [step(5, 'dering')], 'ladder.order'],
  ['begins with a deputy', [step(0, 'pengganti')], 'ladder.order'],
  ['goes back in time', [step(0, 'dering'), step(60, 'dering_ulang'), step(30, 'pengganti')], 'ladder.order'],
  ['rings first twice', [step(0, 'dering'), step(10, 'dering')], 'ladder.order'],
  ['names no channel for a step by channel', [step(0, 'dering'), step(10, 'kanal')], 'input.invalid'],
])('a ladder that %s is refused', (_, steps, code) => {
  expect(refusalOf(() => checkLadder(steps))).toBe(code);
});

test('two steps at the same second are in order', () => {
  expect(refusalOf(() => checkLadder([step(0, 'dering'), step(45, 'kanal', ['sms']), step(45, 'dering_ulang')]))).toBeNull();
});

test('the fourth call within the minutes needs a reason, the third does not', () => {
  expect([0, 2, 3, 9].map((placed) => isReached({ most: 3, minutes: 10, placed }))).toEqual([false, false, true, true]);
});
