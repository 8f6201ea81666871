import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agendaSpans } from '../../server/proceedings/rules.ts';
import { accepted } from '../../server/room-record/file-rules.ts';
import { boxOf, countOf, maySpeak, newestOf, seatsOf, turnoutOf, type Elector } from '../../server/room-record/poll-rules.ts';
import { open, seal } from '../../server/room-record/sealing.ts';
import { agendaClock } from '../../web/room-entry/proceedings/agenda-clock.ts';
import { piecesOf } from '../../web/room-entry/record/pieces.ts';

const elector = fc.record({
  n: fc.nat(30),
  badge: fc.constantFrom(null, null, null, 'Tamu' as const, 'Pers' as const),
  rank: fc.nat(8),
  unit: fc.constantFrom('A', 'B', 'C'),
  post: fc.option(fc.nat(6), { nil: null }),
});
const electorsOf = (made: { n: number; badge: Elector['badge']; rank: number; unit: string; post: number | null }[]): Elector[] =>
  [...new Map(made.map((one) => [one.n, one])).values()].map(({ n, badge, rank, unit, post }) => ({
    member: `p_${n}`,
    personId: String(n),
    name: `Orang ${n}`,
    badge,
    rank,
    position: post === null ? null : { id: `j${post}`, title: `Jabatan ${post}` },
    unit: { key: unit, name: `Unit ${unit}` },
    standsFor: null,
  }));

test('nobody has two voices, the press has none, and every seat has somebody who may speak for it', () => {
  fc.assert(
    fc.property(fc.array(elector, { maxLength: 25 }), fc.constantFrom('hadir' as const, 'jabatan' as const, 'unit' as const), (made, voters) => {
      const electors = electorsOf(made);
      const seats = seatsOf(voters, electors);
      const speakers = seats.flatMap(({ members }) => members.map(({ member }) => member));
      expect(new Set(speakers).size).toBe(speakers.length);
      expect(new Set(seats.map(({ seat }) => seat)).size).toBe(seats.length);
      for (const { member, badge } of electors) if (badge === 'Pers') expect(speakers).not.toContain(member);
      for (const seat of seats) expect(seat.members.some(({ member }) => maySpeak(seat, member, undefined))).toBe(true);
    }),
  );
});

test('whatever is voted in whatever order: one vote a seat, by whoever ranks highest of those who tried first or above', () => {
  const tries = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 3 })), { maxLength: 60 });
  fc.assert(
    fc.property(
      fc.array(elector, { maxLength: 15 }),
      fc.constantFrom('hadir' as const, 'jabatan' as const, 'unit' as const),
      tries,
      (made, voters, attempts) => {
        const seats = seatsOf(voters, electorsOf(made));
        const casts: { seat: string; seatName: string; unitName: string; member: string; rank: number; name: string; choices: number[] }[] = [];
        for (const [n, choice] of attempts) {
          const seat = seats.find(({ members }) => members.some(({ member }) => member === `p_${n}`));
          if (!seat) continue;
          const before = newestOf(casts).find((one) => one.seat === seat.seat);
          if (!maySpeak(seat, `p_${n}`, before)) continue;
          const { rank } = seat.members.find(({ member }) => member === `p_${n}`)!;
          casts.push({ seat: seat.seat, seatName: seat.name, unitName: seat.unitName, member: `p_${n}`, rank, name: '', choices: [choice] });
        }
        const newest = newestOf(casts);
        expect(newest.length).toBeLessThanOrEqual(seats.length);
        for (const one of newest) expect(Math.min(...casts.filter(({ seat }) => seat === one.seat).map(({ rank }) => rank))).toBe(one.rank);
        const count = countOf(
          [1, 2, 3].map((id) => ({ id, text: '' })),
          newest.map(({ choices }) => ({ choices, by: null })),
        );
        expect(count.reduce((sum, { votes }) => sum + votes, 0)).toBe(newest.length);
        const turnout = turnoutOf(voters, seats, new Set(), newest);
        expect(turnout.voted).toBe(newest.length);
        expect(turnout.voted).toBeLessThanOrEqual(turnout.of);
      },
    ),
  );
});

test('the holder of a post and the deputy have one voice together, and the holder the last word', () => {
  const [kepala, wakil] = electorsOf([
    { n: 1, badge: null, rank: 1, unit: 'A', post: 1 },
    { n: 2, badge: null, rank: 3, unit: 'B', post: 2 },
  ]);
  const seats = seatsOf('jabatan', [kepala!, { ...wakil!, standsFor: 'p_1' }]);
  expect(seats).toMatchObject([{ seat: 'j1', name: 'Jabatan 1', unitName: 'Unit A' }]);
  expect(maySpeak(seats[0]!, 'p_2', undefined)).toBe(true);
  expect(maySpeak(seats[0]!, 'p_1', { member: 'p_2', rank: 1003 })).toBe(true);
  expect(maySpeak(seats[0]!, 'p_2', { member: 'p_1', rank: 1 })).toBe(false);
});

test('the box holds every mark once, and where a mark lies says nothing of whose it was', () => {
  const votes = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 10 }), { maxLength: 40 });
  fc.assert(
    fc.property(votes, fc.infiniteStream(fc.nat()), (cast, chance) => {
      const box = boxOf(cast, (n) => Number(chance.next().value) % n);
      expect(box.toSorted()).toEqual(cast.flat().toSorted());
    }),
  );
  // Every order of three voters comes out of every place equally often: all six shuffles, each once.
  const places = [0, 1, 2].flatMap((first) => [0, 1].map((second) => boxOf([[1], [2], [3]], (n) => (n === 3 ? first : second)).join('')));
  expect(places.toSorted()).toEqual(['123', '132', '213', '231', '312', '321']);
});

test('a sealed vote opens for its own seat and poll only, with both halves, and is as long whatever was chosen', () => {
  const half = Buffer.alloc(32, 1);
  const chosen = fc.uniqueArray(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(chosen, (choices) => {
      const sealed = seal('rahasia', half, { pollId: 'p', seat: 's', choices });
      expect(open('rahasia', half, { pollId: 'p', seat: 's', sealed })).toEqual(choices.toSorted((a, b) => a - b));
      expect(sealed.length).toBe(30);
      expect(() => open('rahasia', half, { pollId: 'p', seat: 'lain', sealed })).toThrow();
      expect(() => open('rahasia', Buffer.alloc(32, 2), { pollId: 'p', seat: 's', sealed })).toThrow();
      expect(() => open('lain', half, { pollId: 'p', seat: 's', sealed })).toThrow();
    }),
    { numRuns: 30 },
  );
});

test('a file is kept under a harmless name or not at all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const kept = accepted('obrolan', { name: `${name}.pdf`, size: 1 }).name;
      expect(kept).toMatch(/^[A-Za-z0-9-]{1,90}\.pdf$/);
    }),
  );
  for (const name of ['../../etc/passwd.pdf', '..\\x.pdf', '%2e%2e%2fx.pdf', 'C:\\x.pdf', 'nul\0.pdf', `${'a'.repeat(300)}.pdf`, 'CON.pdf'])
    expect(accepted('obrolan', { name, size: 1 }).name).toMatch(/^[A-Za-z0-9-]+\.pdf$/);
  for (const name of ['x.svg', 'x.html', 'x.pdf.exe', 'gpj\u202Eexe.scr', 'x'])
    expect(() => accepted('obrolan', { name, size: 1 })).toThrow(expect.objectContaining({ code: 'kit.file_type' }));
});

test('addresses are found as people mean them, and the pieces are the text', () => {
  const links = (text: string) => piecesOf(text).flatMap(({ link, text: of }) => (link ? [of] : []));
  expect(links('Lihat https://kota.example/a?b=1&c=2, lalu (http://x.example/d_(e)).')).toEqual(['https://kota.example/a?b=1&c=2', 'http://x.example/d_(e)']);
  expect(links('javascript:alert(1) data:text/html,x ftp://x //x.example')).toEqual([]);
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      expect(
        piecesOf(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 23, 2, minute));
test('time of the agenda adds up, also for an item one comes back to', () => {
  const steps = [
    { itemId: 'a', at: at(0) },
    { itemId: 'b', at: at(10) },
    { itemId: 'a', at: at(25) },
  ];
  expect(agendaSpans(steps, null)).toMatchObject({
    now: { itemId: 'a', since: at(25) },
    spent: [
      { itemId: 'a', ms: 600_000, to: null },
      { itemId: 'b', ms: 900_000 },
    ],
  });
  expect(agendaSpans([...steps, { itemId: null, at: at(30) }], at(40))).toMatchObject({ now: null, spent: [{ ms: 900_000, to: at(30) }, { ms: 900_000 }] });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(60)), { minLength: 1, maxLength: 20 }), (made) => {
      let minute = 0;
      const some = made.map(([itemId, more]) => ({ itemId, at: at((minute += more)) }));
      const total = agendaSpans(some, at(minute + 5)).spent.reduce((sum, { ms }) => sum + ms, 0);
      expect(total).toBe(at(minute + 5).getTime() - some[0]!.at.getTime());
    }),
  );
});

test('the clock says which item, what is left of it, and when all of it would be over', () => {
  const agenda = {
    version: 1,
    setByName: null,
    setAt: null,
    items: [
      { id: 'a', text: 'Satu', taskId: null, minutes: 20 },
      { id: 'b', text: 'Dua', taskId: null, minutes: 30 },
      { id: 'c', text: 'Tiga', taskId: null, minutes: null },
    ],
    now: { itemId: 'b', since: at(20).toISOString() },
    spent: [{ itemId: 'a', ms: 1_200_000, from: at(0).toISOString(), to: at(20).toISOString() }],
    endsAt: at(45).toISOString(),
  };
  expect(agendaClock(agenda, at(44).getTime())).toEqual({ no: 2, of: 3, leftMs: 360_000, next: 'c', overrunMs: 300_000 });
  expect(agendaClock(agenda, at(52).getTime())).toMatchObject({ leftMs: -120_000, overrunMs: 420_000 });
  expect(agendaClock({ ...agenda, now: null }, at(44).getTime())).toBeNull();
});
