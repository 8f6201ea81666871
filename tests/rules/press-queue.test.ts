// What the press room says of the queue and the countdown.
import { expect, test } from 'vitest';
import type { QueuePlace } from '../../shared/press-floor.ts';
import { countdown, minutesText } from '../../web/platform/countdown.ts';
import { lastMove, nextUp, ownPlace } from '../../web/press-room/floor/queue.ts';

const MOVED = { byName: 'Kirana', at: '2026-11-23T03:10:00.000Z', reason: 'Siaran langsung' };
const place = (n: number, part: Partial<QueuePlace> = {}): QueuePlace => ({
  id: `q${n}`,
  place: n,
  outlet: `Media ${n}`,
  topic: 'Banjir',
  state: 'disaring',
  raisedAt: '2026-11-23T03:00:00.000Z',
  mine: false,
  turnsHad: 0,
  moved: null,
  text: null,
  name: null,
  member: null,
  inside: true,
  ...part,
});

test('who waits reads how many stand ahead because their outlet had fewer turns, because they asked earlier, or because they were moved', () => {
  const queue = [place(1), place(2, { moved: MOVED }), place(3, { turnsHad: 1 }), place(4, { mine: true, turnsHad: 1 }), place(5)];
  expect(ownPlace(queue)).toMatchObject({ of: 5, fewer: 1, moved: 1, earlier: 1, mine: { place: 4 } });
  expect(ownPlace([place(1)])).toBeNull();
});

test('the big button passes over who is away or was not looked at, and says so', () => {
  const queue = [place(1, { inside: false }), place(2, { state: 'diajukan' }), place(3)];
  expect(nextUp(queue)).toMatchObject({ next: { id: 'q3' }, unscreened: { id: 'q2' }, away: { id: 'q1' } });
  expect(nextUp([place(1, { state: 'diajukan' })])).toMatchObject({ next: null, unscreened: { id: 'q1' }, away: null });
});

test('everybody reads the last move that still holds, with its outlet; an untouched order says nothing', () => {
  const earlier = { ...MOVED, at: '2026-11-23T03:05:00.000Z', reason: 'Tenggat' };
  expect(lastMove([place(1, { moved: MOVED }), place(2), place(3, { moved: earlier })])).toEqual({ outlet: 'Media 1', ...MOVED });
  expect(lastMove([place(1), place(2)])).toBeNull();
});

test('the countdown is amber for its last fifteen seconds and counts on after zero', () => {
  const at = (now: number) => countdown({ givenAt: 0, until: 120_000, now });
  expect(at(0)).toEqual({ phase: 'running', seconds: 120, share: 1 });
  expect(at(105_000)).toMatchObject({ phase: 'running', seconds: 15 });
  expect(at(105_001)).toMatchObject({ phase: 'ending', seconds: 15 });
  expect(at(119_999)).toMatchObject({ phase: 'ending', seconds: 1 });
  expect(at(120_000)).toEqual({ phase: 'over', seconds: 0, share: 0 });
  expect(at(132_400)).toMatchObject({ phase: 'over', seconds: 12 });
  expect(minutesText(65, '.')).toBe('1.05');
});
