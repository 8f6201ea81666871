import { expect, test } from 'vitest';
import { overAt, type Emptiness } from '../../server/meetings/ending.ts';

const at = (minutes: number): Date => new Date(Date.parse('2026-11-23T02:00:00Z') + minutes * 60_000);
const planned = { startedAt: at(0), endsAt: at(60) };
const instant = { startedAt: at(0), endsAt: null };
const room = (more: Partial<Emptiness> = {}): Emptiness => ({ inside: 0, lastSeen: null, awayUntil: null, ...more });

test('a planned meeting is over when its time is over and nobody was in for half an hour: since the last person left', () => {
  expect(overAt(planned, room({ lastSeen: at(50) }), at(79))).toBeNull();
  expect(overAt(planned, room({ lastSeen: at(50) }), at(80))).toEqual(at(50));
  expect(overAt(planned, room({ lastSeen: at(20) }), at(59))).toBeNull();
  expect(overAt(planned, room({ lastSeen: at(20) }), at(60))).toEqual(at(20));
});

test('one that goes on past its time goes on', () => {
  expect(overAt(planned, room({ inside: 1, lastSeen: at(1) }), at(600))).toBeNull();
});

test('a meeting called at once is over after an empty hour, or after twelve hours to which nobody came', () => {
  expect(overAt(instant, room({ lastSeen: at(30) }), at(89))).toBeNull();
  expect(overAt(instant, room({ lastSeen: at(30) }), at(90))).toEqual(at(30));
  expect(overAt(instant, room(), at(720))).toBeNull();
  expect(overAt(instant, room(), at(721))).toEqual(at(0));
});

test('nobody who was thrown out by an outage finds the meeting ended when it is over', () => {
  expect(overAt(instant, room({ lastSeen: at(30), awayUntil: at(120) }), at(130))).toBeNull();
  expect(overAt(instant, room({ lastSeen: at(30), awayUntil: at(120) }), at(180))).toEqual(at(30));
});

test('after a day it is over, though somebody’s tab is still inside', () => {
  const day = 24 * 60;
  expect(overAt(planned, room({ inside: 1, lastSeen: at(1) }), at(day - 1))).toBeNull();
  expect(overAt(planned, room({ inside: 1, lastSeen: at(1) }), at(day + 7))).toEqual(at(day));
  expect(overAt(planned, room({ lastSeen: at(200), awayUntil: at(day) }), at(day))).toEqual(at(200));
});
