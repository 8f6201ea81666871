// How far a ring has come, as the board says it. Pure; by server time.
import { UNANSWERED_MS, type Progress } from '../../shared/calls.ts';
import type { Callee } from './call.ts';
import type { HopRow } from './hops-store.ts';

/** Rung without an answer since: the first ring, or the one after they had answered or been inside. */
export const waitingSince = ({ answeredAt, joinedAt, rungAt }: Pick<Callee, 'answeredAt' | 'joinedAt' | 'rungAt'>, firstAt: Date): Date =>
  answeredAt === null && joinedAt === null ? firstAt : rungAt;

/** `hops`: of all rounds; the last one counts. No channel took it, or half a minute without an answer, says more than any hop. */
export function progressOf({ state, rounds }: Pick<Callee, 'state' | 'rounds'>, hops: readonly HopRow[], since: Date, now: Date): Progress {
  if (state !== 'memanggil') return state;
  const last = hops.filter((h) => h.round === rounds);
  if (last.every((h) => h.state === 'gagal' || h.state === 'dihentikan')) return 'tak_terjangkau';
  if (now.getTime() - since.getTime() >= UNANSWERED_MS) return 'belum_menjawab';
  if (last.some((h) => h.state === 'berdering')) return 'berdering';
  return last.some((h) => h.state === 'diterima') ? 'diterima' : 'dikirim';
}
