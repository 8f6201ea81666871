// What a step of the ladder does to a post, as things stand. Pure: steps, posts and people go in, happenings come out, in the order of the steps.
import type { Channel, LadderAct, LadderStep } from '../../shared/calls.ts';
import type { Callee, Rung } from './call.ts';
import type { ChainMember } from './desk/chain.ts';

export type Act = Exclude<LadderAct, 'dering'> | 'menyusul' | 'tunggu_masuk';
/** Of a post (`seatId`), of one person (`calleeId`), or of every post of the call (neither). `channels`: over which it rings. */
export type Step = { id: string; callId: string; act: Act; channels: Channel[]; seatId: string | null; calleeId: string | null; dueAt: Date };
export type Seat = {
  id: string;
  no: number;
  positionId: string | null;
  title: string;
  unitId: string | null;
  unitName: string;
  opdName: string | null;
  chain: ChainMember[];
};

/** What came of a step. `baru`: somebody is rung who was not called yet; `disambung`: they are called for another post already. */
export type Happening = { stepId: string; seatId: string | null } & (
  | { what: 'berhenti' }
  | { what: 'tidak_ada' }
  | { what: 'dering' | 'kanal'; calleeIds: string[]; channels: Channel[] }
  | { what: 'baru'; act: Act; n: number; member: ChainMember; channels: Channel[] }
  | { what: 'disambung'; act: Act; n: number; member: ChainMember; calleeId: string }
);

/** Posts with who was rung for them; people of the call by id. `able`: may still sign in. */
export type Standing = {
  seats: ReadonlyMap<string, { seat: Seat; rung: readonly Pick<Rung, 'n' | 'calleeId'>[] }>;
  callees: ReadonlyMap<string, Pick<Callee, 'id' | 'personId' | 'state'>>;
  able: ReadonlySet<string>;
};

const BASE: Channel[] = ['tab', 'push'];

/** The channels each step of a ladder rings over: its own for `kanal`, else all that were used up to then. */
export function channelsByStep(ladder: readonly LadderStep[]): Channel[][] {
  const used = new Set<Channel>();
  return ladder.map((step, n) => {
    for (const channel of step.channels.length > 0 || n > 0 ? step.channels : BASE) used.add(channel);
    return step.act === 'kanal' ? [...step.channels] : [...used];
  });
}

/** Who is rung next for a post; by the ladder only deputies, or only who is on duty. Who said no, or may not sign in any more, is passed over. */
export function nextOf(
  { seat, rung }: { seat: Seat; rung: readonly Pick<Rung, 'n'>[] },
  { callees, able }: Pick<Standing, 'callees' | 'able'>,
  only: 'pengganti' | 'piket' | null,
): { n: number; member: ChainMember } | null {
  const done = new Set(rung.map(({ n }) => n));
  const gone = new Set([...callees.values()].filter(({ state }) => state === 'menolak').map(({ personId }) => personId));
  const fits = ({ as }: ChainMember): boolean => only === null || (only === 'piket') === (as === 'piket');
  const n = seat.chain.findIndex((m, i) => !done.has(i) && fits(m) && able.has(m.personId) && !gone.has(m.personId));
  const member = seat.chain[n];
  return member ? { n, member } : null;
}

/** Nobody of a post has joined, answered, or is on the way. */
const isOpen = (rung: readonly Pick<Rung, 'calleeId'>[], state: (id: string) => Callee['state'] | undefined): boolean =>
  rung.length > 0 && rung.every(({ calleeId }) => state(calleeId) === 'memanggil');

export const isOfCall = ({ seatId, calleeId }: Pick<Step, 'seatId' | 'calleeId'>): boolean => seatId === null && calleeId === null;

/** A step of the whole call becomes one of each post, in their order. */
export const spread = (steps: readonly Step[], seatIds: readonly string[]): Step[] =>
  steps.flatMap((step) => (isOfCall(step) ? seatIds.map((seatId) => ({ ...step, seatId })) : [step]));

/** What came of a step, for all posts it concerned: whatever happened to one of them says more than that nothing did. */
const SAYS = ['baru', 'disambung', 'dering', 'kanal', 'tidak_ada', 'berhenti'] as const;
export function outcomes(steps: readonly Step[], happenings: readonly Happening[]): { id: string; outcome: string }[] {
  const all = new Map<string, Set<string>>();
  for (const { stepId, what } of happenings) all.set(stepId, (all.get(stepId) ?? new Set<string>()).add(what));
  return steps.map(({ id }) => ({ id, outcome: SAYS.find((what) => all.get(id)?.has(what)) ?? 'berhenti' }));
}

/**
 * Steps that are due, in order. What one of them does is what the next one finds: a deputy who was just rung is not rung anew
 * for another post, and nobody rings twice at once however many steps are overdue.
 */
export function climb(steps: readonly Step[], { seats, callees, able }: Standing): Happening[] {
  const state = new Map([...callees].map(([id, callee]) => [id, callee.state]));
  const idOf = new Map([...callees.values()].map(({ id, personId }) => [personId, id]));
  const rungOf = new Map([...seats].map(([id, { rung }]) => [id, [...rung]]));
  const rings = new Set<string>();
  const ringOnce = (ids: readonly string[]): string[] => ids.filter((id) => !rings.has(id) && rings.add(id));

  function one(step: Step): Happening {
    const base = { stepId: step.id, seatId: step.seatId };
    if (step.calleeId !== null) {
      const waited = step.act === 'menyusul' ? 'menyusul' : 'menjawab';
      if (state.get(step.calleeId) !== waited) return { ...base, what: 'berhenti' };
      state.set(step.calleeId, 'memanggil');
      return { ...base, what: 'dering', calleeIds: ringOnce([step.calleeId]), channels: step.channels };
    }
    const found = seats.get(step.seatId ?? '');
    const rung = rungOf.get(step.seatId ?? '') ?? [];
    if (!found || !isOpen(rung, (id) => state.get(id))) return { ...base, what: 'berhenti' };
    const ids = rung.map(({ calleeId }) => calleeId);
    if (step.act === 'kanal') return { ...base, what: 'kanal', calleeIds: ids, channels: step.channels };
    if (step.act === 'dering_ulang') return { ...base, what: 'dering', calleeIds: ringOnce(ids), channels: step.channels };
    const next = nextOf({ seat: found.seat, rung }, { callees, able }, step.act === 'piket' ? 'piket' : 'pengganti');
    if (!next) return { ...base, what: 'tidak_ada' };
    const known = idOf.get(next.member.personId);
    const calleeId = known ?? `baru:${next.member.personId}`;
    rung.push({ n: next.n, calleeId });
    if (known !== undefined) return { ...base, what: 'disambung', act: step.act, ...next, calleeId };
    idOf.set(next.member.personId, calleeId);
    state.set(calleeId, 'memanggil');
    rings.add(calleeId);
    return { ...base, what: 'baru', act: step.act, ...next, channels: step.channels };
  }
  return steps.map(one);
}
