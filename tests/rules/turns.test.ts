// Turns to speak and locks, as pure rules: whatever people press, one speaks at a time, everybody who asked comes first, and locked stays locked.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barsFor, endingOf, inForm, inOrder, nextOf, vacantFrom, type Ask } from '../../server/moderation/rules.ts';
import type { Lock } from '../../shared/moderation.ts';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 23, 2) + seconds * 1000);
const LOCKS: Lock[] = ['mikrofon', 'kamera', 'layar'];

test('who asked first is next; who spoke already waits for those who have not', () => {
  const asks: Ask[] = [
    { member: 'tuti', raisedAt: at(9), turnsHad: 0, inside: true },
    { member: 'joko', raisedAt: at(1), turnsHad: 1, inside: true },
    { member: 'sari', raisedAt: at(5), turnsHad: 0, inside: true },
  ];
  expect(inOrder(asks).map(({ member }) => member)).toEqual(['sari', 'tuti', 'joko']);
  expect(nextOf(asks)).toBe('sari');
  expect(nextOf(asks.map((ask) => ({ ...ask, inside: ask.member !== 'sari' })))).toBe('tuti');
  expect(nextOf([])).toBeNull();
});

test('a turn ends at zero, after eight seconds out of the room, or with the right to be there', () => {
  const turn = { until: at(60), awaySince: null };
  expect(endingOf(turn, true, at(59.9))).toBeNull();
  expect(endingOf(turn, true, at(60))).toBe('waktu_habis');
  expect(endingOf({ ...turn, awaySince: at(10) }, true, at(17))).toBeNull();
  expect(endingOf({ ...turn, awaySince: at(10) }, true, at(18))).toBe('keluar');
  expect(endingOf(turn, false, at(1))).toBe('keluar');
});

test('the lead is free a minute after the last who leads has gone, or after the beginning when none of them came', () => {
  expect(vacantFrom(at(30), at(0))).toEqual({ since: at(30), from: at(90) });
  expect(vacantFrom(null, at(0))).toEqual({ since: at(0), from: at(60) });
});

test('a turn opens the microphone and nothing else of what is locked', () => {
  fc.assert(
    fc.property(fc.subarray(LOCKS), (locks) => {
      const [locked, turn] = [barsFor(locks), barsFor(locks, { turn: true })];
      expect(locked.includes('microphone')).toBe(locks.includes('mikrofon'));
      expect(turn).toEqual(locked.filter((source) => source !== 'microphone'));
      expect(inForm(locks.toReversed())).toEqual(inForm(locks));
    }),
  );
});

type Step = { kind: 'raise' | 'leave' | 'come'; who: number } | { kind: 'next' | 'end' } | { kind: 'lock' | 'open'; what: Lock };
const who = fc.integer({ min: 0, max: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('raise' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('leave' as const, 'come' as const), who }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('next' as const, 'end' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('lock' as const, 'open' as const), what: fc.constantFrom(...LOCKS) }) },
);

test('whatever is pressed: at most one turn, nobody twice before others who asked and are there, locked stays locked', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let locks: Lock[] = [];
      let speaks: number | null = null;
      const hands = new Map<number, Date>();
      const had = new Map<number, number>();
      const out = new Set<number>();
      const asks = (): Ask[] => [...hands].map(([one, raisedAt]) => ({ member: String(one), raisedAt, turnsHad: had.get(one) ?? 0, inside: !out.has(one) }));
      steps.forEach((now, n) => {
        if (now.kind === 'raise' && !hands.has(now.who) && speaks !== now.who) hands.set(now.who, at(n));
        if (now.kind === 'leave') out.add(now.who);
        if (now.kind === 'come') out.delete(now.who);
        if (now.kind === 'lock') locks = inForm([...locks, now.what]);
        if (now.kind === 'open') locks = locks.filter((one) => one !== now.what);
        if (now.kind === 'end') speaks = null;
        if (now.kind === 'next' && speaks === null) {
          const next = nextOf(asks());
          if (next !== null) {
            const given = Number(next);
            // Nobody who asked, is there and spoke less often was passed over.
            for (const ask of asks()) if (ask.inside) expect(ask.turnsHad).toBeGreaterThanOrEqual(had.get(given) ?? 0);
            expect(out.has(given)).toBe(false);
            speaks = given;
            had.set(given, (had.get(given) ?? 0) + 1);
            hands.delete(given);
          }
        }
        for (let one = 0; one <= 4; one += 1)
          expect(barsFor(locks, { turn: one === speaks }).includes('microphone')).toBe(locks.includes('mikrofon') && one !== speaks);
      });
    }),
  );
});
