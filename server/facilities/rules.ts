// Rules of facility requests. Pure.
import type { ItemState, RequestState } from '../../shared/facilities.ts';
import { refuse } from '../platform/refusal.ts';

const MOST_ITEMS = 20;
const LONGEST_MS = 14 * 86_400_000;
export type Span = { startsAt: Date; endsAt: Date };
/** An event without an end is taken to last this long. */
const LASTS_MS = 2 * 3_600_000;
export const spanOf = (startsAt: Date, endsAt: Date | null): Span => ({ startsAt, endsAt: endsAt ?? new Date(startsAt.getTime() + LASTS_MS) });

export function requestState(items: readonly { state: ItemState }[]): RequestState {
  const live = items.filter((item) => item.state !== 'dibatalkan');
  if (live.length === 0) return 'dibatalkan';
  if (live.some((item) => item.state === 'menunggu')) return 'menunggu';
  if (live.every((item) => item.state === 'disetujui')) return 'disetujui';
  return live.some((item) => item.state === 'disetujui') ? 'sebagian' : 'ditolak';
}

export function mustFit({ startsAt, endsAt }: Span, now: Date, path = 'endsAt'): void {
  if (endsAt <= startsAt || endsAt.getTime() - startsAt.getTime() > LONGEST_MS)
    refuse('facility.times', {}, [{ path, message: 'harus sesudah waktu mulai, paling lama 14 hari' }]);
  if (endsAt <= now) refuse('facility.over', {}, [{ path: path.replace('ends', 'starts'), message: 'pilih waktu yang akan datang' }]);
}

export function mustNotBeTooMany(count: number): void {
  if (count > MOST_ITEMS) refuse('facility.too_many', { most: MOST_ITEMS });
}

/** The event moved: what was asked for its whole length is so again, the rest keeps its distance to the beginning. */
export function movedSpan(item: Span, before: Span, after: Span): Span {
  const same = (a: Date, b: Date): boolean => a.getTime() === b.getTime();
  if (same(item.startsAt, before.startsAt) && same(item.endsAt, before.endsAt)) return after;
  const shift = after.startsAt.getTime() - before.startsAt.getTime();
  return { startsAt: new Date(item.startsAt.getTime() + shift), endsAt: new Date(item.endsAt.getTime() + shift) };
}
