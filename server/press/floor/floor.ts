// The floor: who may be given it, for how long, and when it goes back by itself. Pure; time is an argument. Nothing is decided in a browser.
import { refuse } from '../../platform/refusal.ts';
import { isGiveable, nextOf, type Asked, type Queue } from './order.ts';
import { over } from './question.ts';

/** Out of the room this long, the floor goes back: a reload or a change of network takes less. */
export const AWAY_MS = 8_000;
/** So long after the countdown the floor is taken back. */
export const OVERTIME_MS = 60_000;
const MOST_SLOTS = 4;

export type OpenTurn = {
  id: string;
  questionId: string;
  journalistId: string;
  slot: number;
  until: Date;
  followedUpAt: Date | null;
  awaySince: Date | null;
};
/** By the moderator, by who had it, out of the room, time over, right lost, questions closed. */
export type Ending = 'dilepas' | 'dikembalikan' | 'keluar' | 'waktu_habis' | 'dicabut' | 'ditutup';
export type Floor = Queue & {
  /** The conference takes questions. */
  open: boolean;
  limit: number;
  turns: readonly OpenTurn[];
};

type Names = { nameOf: (journalistId: string) => string; outletOf: (outletId: string) => string };
/** `already`: somebody gave it a moment ago. */
export type Given = { kind: 'already' } | { kind: 'given'; slot: number; outOfOrder: boolean };

export function give(floor: Floor, question: Asked, reason: string | null, { nameOf, outletOf }: Names): Given {
  if (!floor.open) refuse('floor.closed');
  if (floor.turns.some((turn) => turn.questionId === question.id)) return { kind: 'already' };
  if (question.state === 'diajukan' || (question.state === 'disaring' && question.raisedAt === null)) refuse('question.not_screened');
  if (question.state !== 'disaring') over(question);
  if (!isGiveable(floor, question)) refuse('floor.not_inside', { name: nameOf(question.journalistId) });
  const mine = floor.turns.filter((turn) => turn.journalistId === question.journalistId);
  const holders = mine.length > 0 ? mine : floor.turns.length >= floor.limit ? floor.turns : [];
  if (holders.length > 0) refuse('floor.taken', { names: holders.map((turn) => nameOf(turn.journalistId)).join(', ') });
  const next = nextOf(floor);
  const outOfOrder = next !== null && next.id !== question.id;
  if (outOfOrder && reason === null) refuse('floor.out_of_order', { outlet: outletOf(next.outletId) }, [{ path: 'body.reason', message: 'alasan diperlukan' }]);
  const taken = new Set(floor.turns.map((turn) => turn.slot));
  const slot = Array.from({ length: MOST_SLOTS }, (_, n) => n + 1).find((n) => !taken.has(n)) ?? refuse('floor.taken', { names: '' });
  return { kind: 'given', slot, outOfOrder };
}

export function mayFollowUp(turn: Pick<OpenTurn, 'followedUpAt'> & { endedAt: Date | null }): void {
  if (turn.endedAt !== null) refuse('floor.over');
  if (turn.followedUpAt !== null) refuse('floor.follow_up_used');
}

/** Why this turn ends now without anybody's word; null = it goes on. */
export function endingOf(floor: Pick<Floor, 'open'>, turn: OpenTurn, mayStay: boolean, now: Date): Ending | null {
  if (!floor.open) return 'ditutup';
  if (!mayStay) return 'dicabut';
  if (turn.awaySince && now.getTime() - turn.awaySince.getTime() >= AWAY_MS) return 'keluar';
  if (now.getTime() - turn.until.getTime() >= OVERTIME_MS) return 'waktu_habis';
  return null;
}

/**
 * What becomes of the question when nobody says it: who was gone, or lost the right, stands in the queue again, behind by time and with
 * the turn counted; else it was asked, and counts as answered by word until somebody of the office says otherwise.
 */
export const becomes = (ending: Ending): 'disaring' | 'dijawab' => (ending === 'keluar' || ending === 'dicabut' ? 'disaring' : 'dijawab');
