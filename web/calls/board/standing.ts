// How a call stands at this moment, from the board as it was last told and the server's clock. Pure.
import type { BoardCallee, BoardSeat, CallBoard, Progress, RING_AGAIN_MS as Again, UNANSWERED_MS as Unanswered } from '../../../shared/calls.ts';

const UNANSWERED_MS: typeof Unanswered = 30_000;
const RING_AGAIN_MS: typeof Again = 10_000;
const waiting: ReadonlySet<Progress> = new Set(['dikirim', 'diterima', 'berdering']);

/** Nobody tells a board that half a minute has gone by: it sees so itself. */
export const progressAt = ({ progress, rungAt }: Pick<BoardCallee, 'progress' | 'rungAt'>, now: number): Progress =>
  waiting.has(progress) && now - Date.parse(rungAt) >= UNANSWERED_MS ? 'belum_menjawab' : progress;

/** Seconds until this person may be rung again by hand; 0 = now. */
export const againIn = ({ rungAt }: Pick<BoardCallee, 'rungAt'>, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(rungAt) + RING_AGAIN_MS - now) / 1000));

/** Still to answer: seconds are counted and *panggil lagi* is worth a press. */
export const isWaiting = (progress: Progress): boolean => waiting.has(progress) || progress === 'belum_menjawab';

/** Nothing rings any more. */
export const overAt = ({ endedAt, cancelledAt }: Pick<CallBoard, 'endedAt' | 'cancelledAt'>): string | null => endedAt ?? cancelledAt;

export type BoardUnit = { key: string; name: string; present: boolean; seats: BoardSeat[] };

/** Units in the order in which they were called. */
export function byUnit(seats: readonly BoardSeat[]): BoardUnit[] {
  const units = new Map<string, BoardUnit>();
  for (const seat of seats) {
    const key = seat.unitId ?? seat.unitName;
    const unit = units.get(key) ?? { key, name: seat.unitName, present: false, seats: [] };
    unit.seats.push(seat);
    unit.present ||= seat.present !== null;
    units.set(key, unit);
  }
  return [...units.values()];
}

const counted = ['bergabung', 'menjawab', 'menyusul', 'berdering', 'belum_menjawab', 'menolak', 'tak_terjangkau'] as const;
type Counted = (typeof counted)[number];

/** Each person once, however many posts they are called for; only what there is. */
export function counts(seats: readonly BoardSeat[], now: number): { word: Counted; n: number }[] {
  const people = new Map(seats.flatMap((seat) => seat.rung).map((callee) => [callee.id, callee]));
  const all = new Map<Counted, number>();
  for (const callee of people.values()) {
    const progress = progressAt(callee, now);
    const word = progress === 'dikirim' || progress === 'diterima' ? 'berdering' : counted.find((one) => one === progress);
    if (word) all.set(word, (all.get(word) ?? 0) + 1);
  }
  return counted.flatMap((word) => {
    const n = all.get(word);
    return n === undefined ? [] : [{ word, n }];
  });
}
