// Reminders under any order of planning, moving, calling off, inviting, answering and looking: nobody is told twice of one hour, nobody of an
// hour that is not, and whoever was there in time is told whenever a portal looked in time.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueOf, knewBefore, type ReminderKind } from '../../server/notifications/reminder-rules.ts';

const MINUTE_MS = 60_000;
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 23) + minute * MINUTE_MS);
const WINDOWS: Record<ReminderKind, { from: number; to: number }> = { h1: { from: 1440, to: 60 }, j1: { from: 60, to: 10 }, m10: { from: 10, to: 0 } };

type Step =
  | { act: 'wait'; minutes: number }
  | { act: 'look' }
  | { act: 'move'; ahead: number }
  | { act: 'cancel' }
  | { act: 'invite'; who: number }
  | { act: 'answer'; who: number; comes: boolean };
const who = fc.integer({ min: 0, max: 3 });
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ act: fc.constant('wait' as const), minutes: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 1500 })) }),
    },
    { weight: 8, arbitrary: fc.record({ act: fc.constant('look' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({ act: fc.constant('move' as const), ahead: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 3000 })) }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('cancel' as const) }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('invite' as const), who }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('answer' as const), who, comes: fc.boolean() }) },
  ),
  { maxLength: 60 },
);

type Given = { version: number; kind: ReminderKind; who: number; minute: number };
type Look = {
  minute: number;
  version: number;
  since: number;
  starts: number;
  cancelled: boolean;
  invited: ReadonlyMap<number, number>;
  away: ReadonlySet<number>;
};

/** As the sweep does it: the turn and the rows are kept together. */
function played(first: number, all: readonly Step[]): { given: Given[]; looks: Look[] } {
  let [now, starts, version, since, cancelled] = [0, first, 0, 0, false];
  const invited = new Map([[0, 0]]);
  const away = new Set<number>();
  const turns = new Set<string>();
  const given: Given[] = [];
  const looks: Look[] = [];
  for (const step of all) {
    if (step.act === 'wait') now += step.minutes;
    else if (step.act === 'move' && !cancelled && now < starts) [starts, since, version] = [now + step.ahead, now, version + 1];
    else if (step.act === 'cancel') cancelled = true;
    else if (step.act === 'invite' && !invited.has(step.who)) invited.set(step.who, now);
    else if (step.act === 'answer' && step.comes) away.delete(step.who);
    else if (step.act === 'answer') away.add(step.who);
    else if (step.act === 'look') {
      looks.push({ minute: now, version, since, starts, cancelled, invited: new Map(invited), away: new Set(away) });
      const kind = cancelled ? null : dueOf({ startsAt: at(starts), since: at(since) }, at(now));
      if (kind === null || turns.has(`${version} ${kind}`)) continue;
      turns.add(`${version} ${kind}`);
      for (const [who, invitedAt] of invited)
        if (!away.has(who) && knewBefore(kind, at(starts), at(invitedAt))) given.push({ version, kind, who, minute: now });
    }
  }
  return { given, looks };
}

/** The same in words: the first look in the window of a kind, of an hour that was set and people who were invited before the window opened. */
function wanted(looks: readonly Look[]): Given[] {
  return [...new Set(looks.map(({ version }) => version))].flatMap((version) =>
    (['h1', 'j1', 'm10'] as const).flatMap((kind) => {
      const look = looks.find((one) => {
        const left = one.starts - one.minute;
        return one.version === version && !one.cancelled && left <= WINDOWS[kind].from && left > WINDOWS[kind].to;
      });
      if (!look || look.since > look.starts - WINDOWS[kind].from) return [];
      return [...look.invited]
        .filter(([one, invitedAt]) => !look.away.has(one) && invitedAt <= look.starts - WINDOWS[kind].from)
        .map(([one]) => ({ version, kind, who: one, minute: look.minute }));
    }),
  );
}

const keyOf = ({ version, kind, who }: Given): string => `${version} ${kind} ${who}`;

test('whatever happens in whatever order, what is given is what was wanted, each once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), steps, (first, all) => {
      const { given, looks } = played(first, all);
      expect(new Set(given.map(keyOf)).size).toBe(given.length);
      expect(given.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)))).toEqual(wanted(looks).toSorted((a, b) => keyOf(a).localeCompare(keyOf(b))));
    }),
    { numRuns: 3_000 },
  );
});

test('planned to the minute a day, an hour or ten minutes ahead, that reminder is due at once; a minute later it is not', () => {
  for (const [kind, { from }] of Object.entries(WINDOWS)) {
    expect(dueOf({ startsAt: at(from), since: at(0) }, at(0))).toBe(kind);
    expect(dueOf({ startsAt: at(from - 1), since: at(0) }, at(0))).toBeNull();
  }
  expect(dueOf({ startsAt: at(0), since: at(-2000) }, at(0))).toBeNull();
});
