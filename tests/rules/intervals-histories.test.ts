// Ten thousand random histories: what three witnesses may tell, reordered, doubled and with pieces missing, over the midnights of three zones.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partOn } from '../../server/attendance/day.ts';
import { fold, MERGE_GAP_MS, union, withManual, type Interval, type Visit, type Window } from '../../server/attendance/intervals.ts';
import { boundsOf, dayIn } from '../../server/platform/local-time.ts';
import { lengthOf, spanOf, unionOf } from '../../server/attendance/spans.ts';
import type { PresenceFact } from '../../server/rooms/index.ts';
import type { Zone } from '../../shared/people.ts';

const start = Date.parse('2026-12-31T16:30:00Z'); // over midnight of the new year in WIB
const HOUR = 3_600_000;
const members = ['p_a', 'p_b', 'g_c'];

const moment = fc.integer({ min: -120_000, max: 2 * HOUR + 120_000 }).map((ms) => new Date(start + ms));
const session = fc.integer({ min: 0, max: 8 });
const about: fc.Arbitrary<PresenceFact> = fc
  .record({
    session,
    at: moment,
    delay: fc.integer({ min: 0, max: 120_000 }),
    kind: fc.constantFrom<PresenceFact['kind'][]>('joined', 'joined', 'left', 'left', 'seen', 'absent', 'aborted', 'server_exit', 'room_closed'),
    source: fc.constantFrom<PresenceFact['source'][]>('webhook', 'poll', 'supervisor', 'heartbeat'),
    reason: fc.constantFrom(null, 'CLIENT_INITIATED', 'CONNECTION_TIMEOUT'),
  })
  .map(({ session: n, at, delay, kind: any, source, reason }) => {
    // A page says one thing only: that it is there.
    const kind = source === 'heartbeat' ? 'seen' : any;
    const whole = kind === 'server_exit' || kind === 'room_closed';
    return {
      id: '',
      roomId: n > 6 ? 'second' : 'first',
      source,
      kind,
      sid: whole ? null : `PA_${n}`,
      member: whole ? null : (members[n % 3] ?? null),
      device: whole ? null : `s${n}`,
      at,
      reason,
      receivedAt: new Date(at.getTime() + delay),
    };
  });
const history = fc.array(about, { maxLength: 40 });
const window: fc.Arbitrary<Window> = fc.record({ length: fc.integer({ min: 0, max: 2 * HOUR }), runs: fc.boolean() }).map(({ length, runs }) => {
  const end = new Date(start + length);
  return {
    from: new Date(start),
    to: runs ? null : end,
    now: runs ? end : new Date(start + 3 * HOUR),
  };
});

const upper = (w: Window): number => (w.to ?? w.now).getTime();
const endOf = (i: Interval, w: Window): number => i.to?.getTime() ?? w.now.getTime();
const length = (list: readonly Interval[], w: Window): number => list.reduce((sum, i) => sum + endOf(i, w) - i.from.getTime(), 0);

test('every history gives intervals that are sorted, disjoint, never negative and inside the meeting', () => {
  fc.assert(
    fc.property(history, window, (facts, w) => {
      for (const list of fold(facts, w).values()) {
        expect(list.length).toBeGreaterThan(0);
        list.forEach((interval, n) => {
          const [from, to, next] = [interval.from.getTime(), endOf(interval, w), list[n + 1]?.from.getTime()];
          if (from > to || from < start || to > upper(w)) throw new Error('outside or negative');
          if (next !== undefined && next - to <= MERGE_GAP_MS) throw new Error('a gap of one visit was left');
          if (interval.to === null && (w.to !== null || next !== undefined)) throw new Error('open for ever');
        });
      }
    }),
    { numRuns: 10_000 },
  );
});

test('order and repetition do not matter', () => {
  const shuffled = history.chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 })));
  fc.assert(
    fc.property(shuffled, window, ([facts, told], w) => {
      const [once, often] = [fold(facts, w), fold(told, w)];
      expect([...often]).toEqual([...once]);
    }),
    { numRuns: 10_000 },
  );
});

test('the union of the devices is at least each of them and at most their sum and the gaps', () => {
  fc.assert(
    fc.property(history, window, (facts, w) => {
      for (const [member, list] of fold(facts, w)) {
        const sids = [...new Set(facts.filter((f) => f.member === member).map((f) => `${f.roomId} ${f.sid}`))];
        const alone = sids.map((sid) =>
          length(
            fold(
              facts.filter((f) => f.sid === null || `${f.roomId} ${f.sid}` === sid),
              w,
            ).get(member) ?? [],
            w,
          ),
        );
        const together = length(list, w);
        if (together < Math.max(...alone)) throw new Error('less than one device');
        if (together > alone.reduce((a, b) => a + b, 0) + (sids.length - 1) * MERGE_GAP_MS) throw new Error('more than all devices');
      }
    }),
    { numRuns: 10_000 },
  );
});

test('facts that get lost invent nobody', () => {
  const thinned = history.chain((facts) => fc.tuple(fc.constant(facts), fc.subarray(facts)));
  fc.assert(
    fc.property(thinned, window, ([facts, left], w) => {
      const told = new Set(facts.filter((f) => f.sid !== null && f.member !== null).map((f) => f.member));
      for (const member of fold(left, w).keys()) if (!told.has(member)) throw new Error('invented');
    }),
    { numRuns: 10_000 },
  );
});

test('a scripted visitor is measured within ten seconds whatever happens to the hooks, when the polls are there', () => {
  const visit = fc.record({
    from: fc.integer({ min: 0, max: HOUR }),
    stay: fc.integer({ min: 30_000, max: HOUR }),
    joinLost: fc.boolean(),
    leaveLost: fc.boolean(),
  });
  fc.assert(
    fc.property(visit, ({ from, stay, joinLost, leaveLost }) => {
      const [inAt, outAt, poll] = [start + from, start + from + stay, 5_000];
      const lastPoll = Math.floor(outAt / poll) * poll;
      const base = {
        id: '',
        roomId: 'first',
        sid: 'PA_1',
        member: 'p_a',
        device: 's',
        reason: null,
      };
      const facts: PresenceFact[] = [
        {
          ...base,
          kind: 'joined',
          source: joinLost ? 'poll' : 'webhook',
          at: new Date(inAt),
          receivedAt: new Date(inAt + 5_000),
        },
        leaveLost
          ? {
              ...base,
              kind: 'absent',
              source: 'poll',
              at: new Date(lastPoll),
              receivedAt: new Date(lastPoll + 2 * poll),
            }
          : {
              ...base,
              kind: 'left',
              source: 'webhook',
              at: new Date(outAt),
              receivedAt: new Date(outAt),
            },
      ];
      const told =
        fold(facts, {
          from: new Date(start),
          to: new Date(start + 3 * HOUR),
          now: new Date(start + 3 * HOUR),
        }).get('p_a') ?? [];
      expect(told).toHaveLength(1);
      expect(Math.abs((told[0]?.to?.getTime() ?? 0) - outAt)).toBeLessThanOrEqual(10_000);
      expect(told[0]?.from.getTime()).toBe(inAt);
    }),
    { numRuns: 1_000 },
  );
});

test('the zones split a history at their own midnights, and the parts are the whole: on 31 December, 29 February, any night', () => {
  const zones: Zone[] = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];
  const nights = ['2026-12-31', '2028-02-29', '2028-02-28', '2026-11-23'];
  const stay = fc.record({ after: fc.integer({ min: -20 * HOUR, max: 26 * HOUR }), stay: fc.nat(50 * HOUR), runs: fc.boolean() });
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.constantFrom(...nights), stay, (zone, night, { after, stay: ms, runs }) => {
      const from = new Date(boundsOf(night, zone).to.getTime() + after);
      const now = new Date(from.getTime() + ms);
      const parts: number[] = [];
      for (let at = from.getTime() - 24 * HOUR; at < now.getTime() + 48 * HOUR; at += 24 * HOUR)
        for (const part of partOn({ from, to: runs ? null : now }, dayIn(new Date(at), zone), zone, now)) parts.push(lengthOf([spanOf(part, now)]));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(ms);
      expect(parts.every((part) => part <= 24 * HOUR)).toBe(true);
    }),
    { numRuns: 10_000 },
  );
});

test('who is inside is who joined and was not told to have left: never fewer than nobody, however it was told', () => {
  const stay = fc.record({
    member: fc.nat(2),
    from: fc.nat(HOUR),
    told: fc.constantFrom<PresenceFact['source'][]>('webhook', 'poll'),
    left: fc.boolean(),
    beats: fc.boolean(),
  });
  const told = fc.array(stay, { maxLength: 12 }).chain((stays) => {
    const facts = stays.flatMap((s, n): PresenceFact[] => {
      const base = { id: '', roomId: 'first', sid: `PA_${n}`, member: members[s.member] ?? null, device: 's', reason: null };
      const at = (ms: number) => ({ at: new Date(start + ms), receivedAt: new Date(start + ms) });
      return [
        { ...base, kind: 'joined', source: s.told, ...at(s.from) },
        ...(s.left ? [{ ...base, kind: 'left' as const, source: 'webhook' as const, ...at(s.from + 60_000) }] : []),
        ...(s.beats ? [{ ...base, kind: 'seen' as const, source: 'heartbeat' as const, ...at(s.from + 30_000) }] : []),
      ];
    });
    return fc.tuple(fc.constant(stays), fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }));
  });
  fc.assert(
    fc.property(told, ([stays, facts]) => {
      const inside = [...fold(facts, { from: new Date(start), to: null, now: new Date(start + 2 * HOUR) })].filter(([, list]) => list.at(-1)?.to === null);
      const open = new Set(stays.filter((s) => !s.left).map((s) => members[s.member]));
      expect(inside.map(([member]) => member).toSorted()).toEqual([...open].toSorted());
      const sids = stays.flatMap((s, n) => (s.left ? [] : [n]));
      const each = sids.filter(
        (n) =>
          fold(
            facts.filter((f) => f.sid === `PA_${n}`),
            { from: new Date(start), to: null, now: new Date(start + 2 * HOUR) },
          ).size === 1,
      );
      expect(each).toHaveLength(sids.length);
    }),
    { numRuns: 10_000 },
  );
});

test('whatever of the webhooks is lost, a visit is not ten seconds longer or shorter than the truth while list or page is there', () => {
  const BEAT = 10_000;
  const visit = fc.record({
    from: fc.nat(HOUR),
    stay: fc.integer({ min: 12_000, max: HOUR }),
    joinTold: fc.boolean(),
    leaveTold: fc.boolean(),
    page: fc.boolean(),
    pollPhase: fc.nat(4_999),
    beatPhase: fc.nat(2_000),
  });
  fc.assert(
    fc.property(visit, fc.integer(), (v, order) => {
      const [inAt, outAt] = [start + v.from, start + v.from + v.stay];
      const base = { id: '', roomId: 'first', sid: 'PA_1', member: 'p_a', device: 's', reason: null };
      const listed = (at: number) => start + v.pollPhase + Math.floor((at - start - v.pollPhase) / 5_000) * 5_000;
      const [lastPoll, lastBeat] = [listed(outAt), inAt + v.beatPhase + Math.floor((v.stay - v.beatPhase) / BEAT) * BEAT];
      const facts: PresenceFact[] = [
        { ...base, kind: 'joined', source: v.joinTold ? 'webhook' : 'poll', at: new Date(inAt), receivedAt: new Date(inAt + 5_000) },
        v.leaveTold
          ? { ...base, kind: 'left', source: 'webhook', at: new Date(outAt), receivedAt: new Date(outAt) }
          : { ...base, kind: 'absent', source: 'poll', at: new Date(lastPoll), receivedAt: new Date(lastPoll + 10_000) },
        ...(v.page ? [{ ...base, kind: 'seen' as const, source: 'heartbeat' as const, at: new Date(lastBeat), receivedAt: new Date(lastBeat) }] : []),
      ];
      const [told, ...more] =
        fold(order % 2 ? facts : facts.toReversed(), { from: new Date(start), to: null, now: new Date(start + 3 * HOUR) }).get('p_a') ?? [];
      expect(more).toEqual([]);
      expect(told?.from.getTime()).toBe(inAt);
      const end = told?.to?.getTime() ?? 0;
      expect(end).toBeLessThanOrEqual(outAt);
      expect(outAt - end).toBeLessThanOrEqual(5_000);
    }),
    { numRuns: 10_000 },
  );
});

test('what a human accepted joins as a union: every minute once, and nothing that was witnessed changes', () => {
  const hours = fc.array(
    fc.record({ from: fc.nat(2 * HOUR), stay: fc.nat(HOUR) }).map(({ from, stay }) => ({ from: new Date(start + from), to: new Date(start + from + stay) })),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(history, hours, (facts, accepted) => {
      const now = new Date(start + 3 * HOUR);
      for (const seen of fold(facts, { from: new Date(start), to: now, now }).values()) {
        const all = withManual(seen, accepted);
        for (const [n, interval] of all.entries()) if (n > 0 && interval.from < (all[n - 1]?.to ?? now)) throw new Error('overlap');
        expect(all.filter((i) => i.confidence !== 'manual')).toEqual(seen);
        const union = lengthOf(unionOf([...seen, ...accepted].map((i) => spanOf(i, now))));
        expect(lengthOf(all.map((i) => spanOf(i, now)))).toBe(union);
      }
    }),
    { numRuns: 10_000 },
  );
});

test('merging what is merged changes nothing', () => {
  const part = fc.record({ from: fc.nat(HOUR), stay: fc.nat(HOUR), sure: fc.boolean() });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const visits: Visit[] = parts.map(({ from, stay, sure }) => ({
        from: { at: from, sure },
        to: { at: from + stay, sure: true },
        open: false,
        sources: ['webhook'],
      }));
      const once = union(visits);
      expect(union(once)).toEqual(once);
    }),
    { numRuns: 10_000 },
  );
});
