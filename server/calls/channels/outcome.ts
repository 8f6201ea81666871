// What an answer of a push service or a gateway means, and whether a ring is still worth sending.
import type { Answer } from '../../platform/outgoing.ts';

export type Outcome =
  | { kind: 'sent' }
  /** This device will never answer again. */
  | { kind: 'gone'; detail: string }
  | { kind: 'later'; detail: string; afterMs: number }
  | { kind: 'failed'; detail: string };

/** After the first try, the second … ; then it has failed. */
const AFTER_MS = [5_000, 15_000, 45_000, 120_000];
/** A server may ask for more patience, as long as a ring is still a ring. */
const MOST_PATIENCE_MS = 120_000;
/** A ring that could not be sent for this long is not sent any more: the portal was away. */
const STALE_MS = 5 * 60_000;

export function pushOutcome(answer: Answer, tries: number): Outcome {
  if (answer.status === 404 || answer.status === 410)
    return { kind: 'gone', detail: `Langganan pemberitahuan perangkat ini sudah berakhir (${answer.status})` };
  if (answer.status === 401 || answer.status === 403) return { kind: 'failed', detail: `Layanan pemberitahuan menolak kunci portal (${answer.status})` };
  return outcome(answer, tries, 'Layanan pemberitahuan');
}

export const gatewayOutcome = (answer: Answer, tries: number): Outcome => outcome(answer, tries, 'Gerbang');

/** `tries`: how many there were before this one. */
function outcome(answer: Answer, tries: number, who: string): Outcome {
  if (answer.status === null) return later(`${who} ${answer.why === 'timeout' ? 'tidak menjawab dalam 5 detik' : 'tidak dapat dihubungi'}`, tries, 0);
  const { status, retryAfterMs } = answer;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status === 429) return later(`${who} sedang sibuk (429)`, tries, retryAfterMs ?? 0);
  if (status === 408 || status >= 500) return later(`${who} sedang bermasalah (${status})`, tries, retryAfterMs ?? 0);
  if (status >= 300 && status < 400) return { kind: 'failed', detail: `${who} mengalihkan ke alamat lain (${status}); tidak diikuti` };
  return { kind: 'failed', detail: `${who} menolak (${status})` };
}

function later(detail: string, tries: number, asked: number): Outcome {
  const after = AFTER_MS[tries];
  if (after === undefined) return { kind: 'failed', detail: `${detail}; ${AFTER_MS.length + 1} kali dicoba` };
  return { kind: 'later', detail, afterMs: Math.max(after, Math.min(asked, MOST_PATIENCE_MS)) };
}

export type Waiting = {
  state: string;
  round: number;
  at: Date;
  calleeState: string;
  rounds: number;
  cancelledAt: Date | null;
};

/** Why a hop that waits is not sent any more; null = it is. */
export function stopped(hop: Waiting, now: Date): string | null {
  if (hop.cancelledAt !== null || hop.calleeState === 'dibatalkan') return 'Panggilan dibatalkan';
  if (hop.calleeState === 'berakhir') return 'Panggilan sudah selesai';
  if (hop.calleeState !== 'memanggil') return 'Sudah dijawab';
  if (hop.round < hop.rounds) return 'Diganti dering berikutnya';
  return now.getTime() - hop.at.getTime() > STALE_MS ? 'Terlalu lama tertunda' : null;
}
