import { expect, test } from 'vitest';
import type { Entry } from '../../server/recording/process.ts';
import { timelineOf, unmeasured } from '../../server/recording/timeline.ts';

const T = 1_800_000_000_000;
const track = (name: string, kind: 'audio' | 'video', muted = false): Entry => ({
  type: 'track_opened',
  at: T,
  track: name,
  participant: 'PA_1',
  identity: `p_${name}`,
  kind,
  source: kind === 'audio' ? 'microphone' : 'camera',
  codec: kind === 'audio' ? 'opus' : 'vp8',
  muted,
  width: 0,
  height: 0,
});
const opened = (part: number, name: string, wall: number): Entry => ({
  type: 'part_opened',
  at: wall + 40,
  part,
  file: `rek-000${part}-${name}.webm`,
  track: name,
  codec: 'opus',
  width: 0,
  height: 0,
  rtp: 0,
  rate: 48_000,
  wall,
  clock: 'arrival',
});
const closed = (part: number, name: string, wall: number, ms: number): Entry => ({
  type: 'part_closed',
  at: wall + ms,
  part,
  track: name,
  frames: 1,
  bytes: 1,
  ms,
  reason: 'stopped',
  wall,
  clock: 'report',
});
const clock = (part: number, name: string, ms: number, wall: number): Entry => ({ type: 'clock', at: wall, part, track: name, rtp: 0, ms, wall });
const NONE = new Map<number, number>();

test('a part lies where the last report of the media server’s clock puts it, else where its end says, else where it began', () => {
  const index = [
    ...['a', 'b', 'c'].map((name) => track(name, 'audio')),
    opened(1, 'a', T + 100),
    clock(1, 'a', 5_000, T + 5_070),
    clock(1, 'a', 15_000, T + 15_060),
    closed(1, 'a', T + 80, 20_000),
    opened(2, 'b', T + 1_000),
    closed(2, 'b', T + 950, 4_000),
    opened(3, 'c', T + 30),
  ];
  const timeline = timelineOf(index, new Map([[3, 700]]))!;
  expect(timeline.parts.map(({ part, from, to }) => [part, from - T, to - T])).toEqual([
    [3, 30, 730],
    [1, 60, 20_060],
    [2, 950, 4_950],
  ]);
  expect([timeline.from - T, timeline.to - T]).toEqual([30, 20_060]);
});

test('what nobody closed is measured by its file, and one that cannot be read is left out', () => {
  const index = [track('a', 'audio'), opened(1, 'a', T), closed(1, 'a', T, 1_000), opened(2, 'a', T + 2_000), opened(3, 'a', T + 4_000)];
  expect(unmeasured(index)).toEqual([
    { part: 2, file: 'rek-0002-a.webm' },
    { part: 3, file: 'rek-0003-a.webm' },
  ]);
  expect(timelineOf(index, new Map([[2, 500]]))!.parts.map(({ part }) => part)).toEqual([1, 2]);
});

test('nothing recorded is no timeline, and a part of a track that was never told of is nobody’s', () => {
  expect(timelineOf([], NONE)).toBeNull();
  expect(timelineOf([track('a', 'audio')], NONE)).toBeNull();
  expect(timelineOf([opened(1, 'x', T), closed(1, 'x', T, 1_000)], NONE)).toBeNull();
});

test('a camera that is off is off, from the beginning or until the end, in every part of its track and in no other', () => {
  const index: Entry[] = [
    track('a', 'video', true),
    track('b', 'video'),
    opened(1, 'a', T),
    opened(2, 'b', T),
    { type: 'unmuted', at: T + 1_000, track: 'a' },
    { type: 'muted', at: T + 4_000, track: 'a' },
    { type: 'muted', at: T + 4_500, track: 'a' },
    closed(1, 'a', T, 5_000),
    opened(3, 'a', T + 6_000),
    closed(3, 'a', T + 6_000, 2_000),
    closed(2, 'b', T, 8_000),
  ];
  const off = Object.fromEntries(timelineOf(index, NONE)!.parts.map(({ part, off }) => [part, off.map(({ from, to }) => [from - T, to - T])]));
  expect(off).toEqual({
    1: [
      [0, 1_000],
      [4_000, 5_000],
    ],
    2: [],
    3: [[6_000, 8_000]],
  });
});

test('a gap is told as far as it lies in the recording', () => {
  const index: Entry[] = [
    track('a', 'audio'),
    opened(1, 'a', T),
    closed(1, 'a', T, 1_000),
    { type: 'gap', at: T + 3_000, from: T + 1_000, to: T + 3_000 },
    opened(2, 'a', T + 3_000),
    closed(2, 'a', T + 3_000, 1_000),
    { type: 'gap', at: T + 9_000, from: T + 3_900, to: T + 9_000 },
  ];
  expect(timelineOf(index, NONE)!.gaps.map(({ from, to }) => [from - T, to - T])).toEqual([
    [1_000, 3_000],
    [3_900, 4_000],
  ]);
});
