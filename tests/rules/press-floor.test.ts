// Ten thousand random conferences: questions raised, taken back, screened, given, left, returned, released, over several outlets.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { QuestionState } from '../../shared/press-floor.ts';
import { AWAY_MS, becomes, endingOf, give, mayFollowUp, OVERTIME_MS, type Ending, type Floor, type OpenTurn } from '../../server/press/floor/floor.ts';
import { fairOrder, followerOf, isGiveable, nextOf, orderOf, type Asked, type Move } from '../../server/press/floor/order.ts';
import { isOpen, mayBecome, mustBeToCome, mustBecome, RAISES_MOST, reminderDue, waitBeforeRaise } from '../../server/press/floor/question.ts';
import { refusalOf } from '../support/refusal.ts';

const START = Date.parse('2026-11-23T03:00:00Z');
const TURN_MS = 120_000;
const OUTLETS = 5;
const JOURNALISTS = 9;
const journalists = Array.from({ length: JOURNALISTS }, (_, n) => `j${n}`);
const outletOf = (journalistId: string): string => `o${Number(journalistId.slice(1)) % OUTLETS}`;

function must(holds: boolean, words: string): void {
  if (!holds) throw new Error(words);
}

type Question = Asked & { was: QuestionState[] };
/** The conference as the store would keep it. What may happen is asked of the rules alone. */
class Conference {
  now = START;
  questions: Question[] = [];
  turns: (OpenTurn & { endedAt: Date | null; outletId: string })[] = [];
  inside = new Set(journalists);
  /** Of a question that could have the floor, how many others got it since. */
  waited = new Map<string, number>();
  moves: Move[] = [];
  readonly limit: number;
  private readonly choose: (floor: Floor) => Asked | null;
  constructor(limit: number, choose: (floor: Floor) => Asked | null) {
    this.limit = limit;
    this.choose = choose;
  }

  floor(): Floor {
    const had = new Map<string, number>();
    for (const { outletId } of this.turns) had.set(outletId, (had.get(outletId) ?? 0) + 1);
    return { questions: this.questions, had, moves: this.moves, inside: this.inside, open: true, limit: this.limit, turns: this.open() };
  }
  open = () => this.turns.filter((turn) => turn.endedAt === null);
  openQuestion = (journalistId: string): Question | undefined => this.questions.find((q) => q.journalistId === journalistId && isOpen(q));

  become(q: Question, to: QuestionState): boolean {
    if (!mayBecome({ state: q.state, oral: null, answeredBy: [] }, to)) return false;
    q.was.push(q.state);
    q.state = to;
    return true;
  }

  raise(journalistId: string): void {
    if (this.openQuestion(journalistId)) return;
    const raisedAt = new Date((this.now += 1));
    this.questions.push({
      id: `q${String(this.questions.length).padStart(4, '0')}`,
      journalistId,
      outletId: outletOf(journalistId),
      state: 'diajukan',
      raisedAt,
      was: [],
    });
  }

  give(): void {
    const floor = this.floor();
    const chosen = this.choose(floor);
    if (!chosen) return;
    const q = this.questions.find(({ id }) => id === chosen.id)!;
    const before = this.questions.filter((one) => isGiveable(floor, one));
    let given;
    try {
      given = give(floor, q, null, { nameOf: String, outletOf: String });
    } catch {
      return;
    }
    if (given.kind === 'already') return;
    // No second turn of an outlet before another's first: nobody who could have had it now has had fewer.
    const had = (of: Asked): number => floor.had.get(of.outletId) ?? 0;
    for (const one of before) must(had(q) <= had(one), `another turn of ${q.outletId} before ${one.outletId}`);
    for (const one of before) if (one !== q) this.waited.set(one.id, (this.waited.get(one.id) ?? 0) + 1);
    this.waited.delete(q.id);
    this.become(q, 'giliran');
    this.turns.push({
      id: `t${this.turns.length}`,
      questionId: q.id,
      journalistId: q.journalistId,
      outletId: q.outletId,
      slot: given.slot,
      until: new Date(this.now + TURN_MS),
      followedUpAt: null,
      awaySince: null,
      endedAt: null,
    });
  }

  end(turn: (typeof this.turns)[number], ending: Ending): void {
    turn.endedAt = new Date(this.now);
    const q = this.questions.find(({ id }) => id === turn.questionId)!;
    const to = becomes(ending);
    must(this.become(q, to), `${q.state} became ${to}`);
    if (to === 'disaring') q.raisedAt = new Date((this.now += 1));
  }

  sweep(): void {
    for (const turn of this.open()) {
      const ending = endingOf({ open: true }, turn, true, new Date(this.now));
      if (ending) this.end(turn, ending);
    }
  }

  goes(journalistId: string): void {
    this.inside.delete(journalistId);
    for (const q of this.questions) if (q.journalistId === journalistId) this.waited.delete(q.id);
    for (const turn of this.open()) if (turn.journalistId === journalistId) turn.awaySince ??= new Date(this.now);
  }
  comes(journalistId: string): void {
    this.inside.add(journalistId);
    for (const turn of this.open()) if (turn.journalistId === journalistId) turn.awaySince = null;
  }

  holds(): void {
    const open = this.open();
    must(open.length <= this.limit, 'more on the floor than allowed');
    must(new Set(open.map((turn) => turn.slot)).size === open.length, 'one place given twice');
    must(new Set(open.map((turn) => turn.journalistId)).size === open.length, 'two turns of one journalist');
    must(this.questions.filter((q) => q.state === 'giliran').length === open.length, 'a turn without its question');
    const asking = this.questions.filter(isOpen).map((q) => q.journalistId);
    must(new Set(asking).size === asking.length, 'two open questions of one journalist');
    // Nobody starves: of each outlet at most one turn more than this one's rank comes first, however often the others raise again.
    for (const [id, n] of this.waited) {
      const q = this.questions.find((one) => one.id === id)!;
      const had = this.turns.filter((turn) => turn.outletId === q.outletId).length;
      const ahead = this.questions.filter((one) => one.outletId === q.outletId && isOpen(one) && one.raisedAt! < q.raisedAt!).length;
      must(n <= OUTLETS * (had + ahead + 1), `${id} starves`);
    }
  }
}

type Step = { kind: 'raise' | 'withdraw' | 'screen' | 'refuse' | 'give' | 'leave' | 'return' | 'release' | 'back' | 'follow' | 'pass'; n: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom<Step['kind'][]>(
    'raise',
    'raise',
    'raise',
    'screen',
    'screen',
    'screen',
    'give',
    'give',
    'release',
    'release',
    'withdraw',
    'refuse',
    'leave',
    'return',
    'back',
    'follow',
    'pass',
  ),
  n: fc.nat({ max: 1000 }),
});

function run(limit: number, steps: readonly Step[], choose: (floor: Floor) => Asked | null = nextOf): Conference {
  const it = new Conference(limit, choose);
  for (const { kind, n } of steps) {
    const journalist = journalists[n % JOURNALISTS]!;
    const turn = it.open()[n % Math.max(it.open().length, 1)];
    const mine = it.openQuestion(journalist);
    it.now += 1;
    if (kind === 'raise') it.raise(journalist);
    // Moderators screen in the order they come to it, not in the order of the queue.
    const unscreened = it.questions.filter((q) => q.state === 'diajukan');
    if (kind === 'screen' && unscreened.length > 0) it.become(unscreened[n % unscreened.length]!, 'disaring');
    if (kind === 'refuse' && mine && it.become(mine, 'ditolak')) it.waited.delete(mine.id);
    if (kind === 'withdraw' && mine && it.become(mine, 'ditarik')) it.waited.delete(mine.id);
    if (kind === 'give') it.give();
    if (kind === 'leave') it.goes(journalist);
    if (kind === 'return') it.comes(journalist);
    if (kind === 'release' && turn) it.end(turn, 'dilepas');
    if (kind === 'back' && turn) it.end(turn, 'dikembalikan');
    if (kind === 'follow' && turn && refusalOf(() => mayFollowUp(turn)) === null)
      Object.assign(turn, { followedUpAt: new Date(it.now), until: new Date(it.now + TURN_MS / 2) });
    if (kind === 'pass') it.now += [1_000, AWAY_MS, TURN_MS, TURN_MS + OVERTIME_MS][n % 4]!;
    it.sweep();
    it.holds();
  }
  return it;
}

const conference = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.array(step, { minLength: 20, maxLength: 60 }));

test('in ten thousand conferences the floor holds no more than allowed, no outlet is second before another is first, and nobody starves', () => {
  let given = 0;
  fc.assert(
    fc.property(conference, ([limit, steps]) => {
      given += run(limit, steps).turns.length;
    }),
    { numRuns: 10_000 },
  );
  expect(given).toBeGreaterThan(10_000);
});

test('a moderator who gives by time alone is stopped', () => {
  const byTimeAlone = (floor: Floor): Asked | null =>
    floor.questions.filter((q) => isGiveable(floor, q)).toSorted((a, b) => a.raisedAt!.getTime() - b.raisedAt!.getTime())[0] ?? null;
  const steps = (['raise 0', 'raise 5', 'raise 1', 'screen 0', 'screen 0', 'screen 0', 'give 0', 'release 0', 'give 0'] as const).map((text): Step => {
    const [kind, n] = text.split(' ');
    return { kind: kind as Step['kind'], n: Number(n) };
  });
  expect(run(1, steps).turns.map((turn) => turn.journalistId)).toEqual(['j0', 'j1']);
  expect(run(1, steps, byTimeAlone).turns.map((turn) => turn.journalistId)).toEqual(['j0']);
});

const at = (second: number): Date => new Date(START + second * 1000);
const asked = (id: string, outletId: string, second: number, state: QuestionState = 'disaring'): Asked => ({
  id,
  journalistId: `j-${id}`,
  outletId,
  state,
  raisedAt: at(second),
});
const all = (questions: readonly Asked[]): Set<string> => new Set(questions.map((q) => q.journalistId));
const queue = (questions: readonly Asked[], had: [string, number][] = [], moves: Move[] = []) => ({
  questions,
  had: new Map(had),
  moves,
  inside: all(questions),
});
const ids = (order: readonly Asked[]): string[] => order.map(({ id }) => id);

test('outlet A asks twice before outlet B once: B goes before the second of A', () => {
  const questions = [asked('a1', 'A', 1), asked('a2', 'A', 2), asked('b1', 'B', 3)];
  expect(ids(orderOf(queue(questions)))).toEqual(['a1', 'b1', 'a2']);
  expect(ids(orderOf(queue(questions.slice(1), [['A', 1]])))).toEqual(['b1', 'a2']);
});

test('at the same second the order does not depend on who is looked at first', () => {
  const questions = [asked('c', 'C', 1), asked('a', 'A', 1), asked('b', 'B', 1)];
  expect(ids(orderOf(queue(questions)))).toEqual(['a', 'b', 'c']);
  expect(ids(orderOf(queue(questions.toReversed())))).toEqual(['a', 'b', 'c']);
});

test('a colleague who is out of the room or not screened yet holds nobody of the outlet back', () => {
  const questions = [asked('a1', 'A', 1), asked('a2', 'A', 2), asked('b2', 'B', 1)];
  const away = { ...queue(questions, [['B', 1]]), inside: new Set(['j-a2', 'j-b2']) };
  expect(ids(orderOf(away))).toEqual(['a1', 'a2', 'b2']);
  expect(nextOf(away)?.id).toBe('a2');
  const unscreened = queue([asked('a1', 'A', 1, 'diajukan'), asked('a2', 'A', 2), asked('b2', 'B', 1)], [['B', 1]]);
  expect(nextOf(unscreened)?.id).toBe('a2');
});

test('the second question of an outlet stands where it will be when the first is screened', () => {
  const questions = [asked('a1', 'A', 1, 'diajukan'), asked('a2', 'A', 2, 'diajukan'), asked('b1', 'B', 3, 'diajukan')];
  expect(ids(fairOrder(queue(questions)))).toEqual(['a1', 'b1', 'a2']);
});

test('a moved question stands where it was put, also when the one behind it is gone', () => {
  const questions = [asked('a', 'A', 1), asked('b', 'B', 2), asked('c', 'C', 3), asked('d', 'D', 4)];
  const move: Move = { questionId: 'd', beforeId: 'b', at: at(9) };
  const moved = orderOf(queue(questions, [], [move]));
  expect(ids(moved)).toEqual(['a', 'd', 'b', 'c']);
  expect(followerOf(moved, 'b', 'd')).toBe('c');
  expect(followerOf(moved, 'c', 'd')).toBeNull();
  const last = orderOf(queue(questions, [], [{ questionId: 'a', beforeId: null, at: at(9) }]));
  expect(ids(last)).toEqual(['b', 'c', 'd', 'a']);
});

const names = { nameOf: String, outletOf: String };
const floorOf = (questions: readonly Asked[], more: Partial<Floor> = {}): Floor => ({ ...queue(questions), open: true, limit: 1, turns: [], ...more });
const turnOf = (q: Asked): OpenTurn => ({
  id: `t-${q.id}`,
  questionId: q.id,
  journalistId: q.journalistId,
  slot: 1,
  until: at(120),
  followedUpAt: null,
  awaySince: null,
});

test('who stands first gets the floor; anybody else needs a reason; who is not there cannot get it', () => {
  const [a, b] = [asked('a', 'A', 1), asked('b', 'B', 2)];
  const floor = floorOf([a, b]);
  expect(give(floor, a, null, names)).toEqual({ kind: 'given', slot: 1, outOfOrder: false });
  expect(refusalOf(() => give(floor, b, null, names))).toBe('floor.out_of_order');
  expect(give(floor, b, 'narasumber harus pergi', names)).toEqual({ kind: 'given', slot: 1, outOfOrder: true });
  const without = { ...floor, inside: new Set([b.journalistId]) };
  expect(give(without, b, null, names)).toEqual({ kind: 'given', slot: 1, outOfOrder: false });
  expect(refusalOf(() => give(without, a, 'alasan', names))).toBe('floor.not_inside');
});

test('one place is not given twice, and giving what is given is harmless', () => {
  const [a, b] = [asked('a', 'A', 1, 'giliran'), asked('b', 'B', 2)];
  const floor = floorOf([a, b], { turns: [turnOf(a)] });
  expect(give(floor, a, null, names)).toEqual({ kind: 'already' });
  expect(refusalOf(() => give(floor, b, null, names))).toBe('floor.taken');
  expect(give({ ...floor, limit: 2 }, b, null, names)).toEqual({ kind: 'given', slot: 2, outOfOrder: false });
});

test('the floor is given for screened questions, while questions are taken', () => {
  const states: QuestionState[] = ['diajukan', 'dijawab', 'ditolak', 'ditarik', 'ditunda'];
  const said = states.map((state) => refusalOf(() => give(floorOf([asked('a', 'A', 1, state)]), asked('a', 'A', 1, state), null, names)));
  expect(said).toEqual(['question.not_screened', 'question.over', 'question.over', 'question.over', 'question.over']);
  expect(refusalOf(() => give(floorOf([asked('a', 'A', 1)], { open: false }), asked('a', 'A', 1), null, names))).toBe('floor.closed');
  const inAdvance = { ...asked('a', 'A', 1), raisedAt: null };
  expect(refusalOf(() => give(floorOf([inAdvance]), inAdvance, null, names))).toBe('question.not_screened');
});

test('a turn ends by itself: out of the room eight seconds, a minute over the time, right lost, questions closed', () => {
  const turn = turnOf(asked('a', 'A', 1));
  const ends = (more: Partial<OpenTurn>, second: number, mayStay = true, open = true) => endingOf({ open }, { ...turn, ...more }, mayStay, at(second));
  expect([ends({ awaySince: at(30) }, 37.9), ends({ awaySince: at(30) }, 38)]).toEqual([null, 'keluar']);
  expect([ends({}, 179), ends({}, 180)]).toEqual([null, 'waktu_habis']);
  expect([ends({}, 1, false), ends({}, 1, true, false)]).toEqual(['dicabut', 'ditutup']);
  expect((['dilepas', 'dikembalikan', 'keluar', 'waktu_habis', 'dicabut', 'ditutup'] as const).map(becomes)).toEqual([
    'dijawab',
    'dijawab',
    'disaring',
    'dijawab',
    'disaring',
    'dijawab',
  ]);
});

test('one follow-up, and none when the turn is over', () => {
  expect(refusalOf(() => mayFollowUp({ followedUpAt: null, endedAt: null }))).toBeNull();
  expect(refusalOf(() => mayFollowUp({ followedUpAt: at(1), endedAt: null }))).toBe('floor.follow_up_used');
  expect(refusalOf(() => mayFollowUp({ followedUpAt: null, endedAt: at(1) }))).toBe('floor.over');
});

test('an answer that somebody gave stands; a turn that ended by itself may still be said to be answered or owed', () => {
  const by = (oral: boolean, ...answeredBy: string[]) => ({ state: 'dijawab' as const, oral, answeredBy });
  expect(mayBecome(by(true), 'ditunda')).toBe(true);
  expect(mayBecome(by(true, 'Hartini'), 'ditunda')).toBe(false);
  expect(mayBecome(by(false), 'dijawab')).toBe(false);
  expect(refusalOf(() => mustBecome({ state: 'ditolak', oral: null, answeredBy: [] }, 'disaring'))).toBe('question.over');
});

test('owed until today or later', () => {
  expect(refusalOf(() => mustBeToCome('2026-11-22', '2026-11-23', 'body.dueOn'))).toBe('question.due_past');
  expect(refusalOf(() => mustBeToCome('2026-11-23', '2026-11-23', 'body.dueOn'))).toBeNull();
});

test('raising and taking back without end is slowed down', () => {
  const raised = Array.from({ length: RAISES_MOST }, (_, n) => at(n));
  expect(waitBeforeRaise(raised.slice(1), at(30))).toBe(0);
  expect(waitBeforeRaise(raised, at(30))).toBe(570);
  expect(waitBeforeRaise(raised, at(600))).toBe(0);
});

test('an answer owed is reminded of the day before and on the day, from 07.30, each once', () => {
  const kind = (day: string, hour = '07.30', reminded: ('h1' | 'hari_ini')[] = [], madeOn = '2026-11-23') =>
    reminderDue({ dueOn: '2026-11-30', madeOn, reminded }, { day, hour });
  expect(['2026-11-28', '2026-11-29', '2026-11-30'].map((day) => kind(day))).toEqual([null, 'h1', 'hari_ini']);
  expect([kind('2026-11-29', '07.29'), kind('2026-11-29', '09.00', ['h1']), kind('2026-11-30', '09.00', ['h1', 'hari_ini'])]).toEqual([null, null, null]);
  expect([kind('2026-11-29', '09.00', [], '2026-11-29'), kind('2026-11-30', '09.00', [], '2026-11-29'), kind('2026-11-30', '09.00', [], '2026-11-30')]).toEqual(
    [null, 'hari_ini', null],
  );
  expect(kind('2026-12-02')).toBe('hari_ini');
});
