// Which days somebody has to look at before they are confirmed, and what may be said of them. Only a named human says "tidak hadir".
import { createHash } from 'node:crypto';
import type { Doubt, Outcome } from '../../shared/confirmations.ts';
import type { Zone } from '../../shared/people.ts';
import { refuse } from '../platform/refusal.ts';
import { boundsOf } from '../platform/local-time.ts';
import type { DayReading } from './readings.ts';

export const REASON_AT_LEAST = 10;

type Read = Pick<DayReading, 'mark' | 'outage' | 'confidence' | 'objected' | 'fingerprint' | 'code'>;
/** Why this day is not confirmed together with others; nothing = sure. */
export function doubtsOf(day: Read, confirmed: { fingerprint: string } | undefined): Doubt[] {
  const doubts: Doubt[] = [];
  if (confirmed && confirmed.fingerprint !== day.fingerprint) doubts.push('changed');
  if (day.objected) doubts.push('objected');
  if (day.mark === 'belum_ada_bukti') doubts.push('no_evidence');
  if (day.mark === 'gangguan_sistem') doubts.push('outage');
  if (day.mark === 'hadir_wfh' && day.confidence === 'perkiraan') doubts.push('estimated');
  return doubts;
}

/** Local midnight has passed: what happens on the day can no longer change it. */
export const isOver = (date: string, zone: Zone, now: Date): boolean => boundsOf(date, zone).to <= now;

type Said = { outcome: Outcome; reason: string | null; fingerprint: string };
export function mustConfirm(day: Read & { personId: string; date: string }, said: Said, by: { id: string; zone: Zone; now: Date }): void {
  if (day.personId === by.id) refuse('confirmation.own');
  if (!isOver(day.date, by.zone, by.now)) refuse('confirmation.day_not_over');
  if (day.code === null) refuse('confirmation.no_code');
  if (day.fingerprint !== said.fingerprint) refuse('confirmation.moved');
  if (said.outcome === 'sesuai') return;
  if ((said.reason ?? '').length < REASON_AT_LEAST)
    refuse('input.invalid', {}, [{ path: 'reason', message: `Alasan sedikitnya ${REASON_AT_LEAST} huruf: apa dasarnya, dan siapa yang memeriksa.` }]);
  if (said.outcome === 'tidak_hadir' && day.objected) refuse('confirmation.objected');
  if (said.outcome === 'tidak_hadir' && day.mark === 'hadir_wfh') refuse('confirmation.witnessed');
}

/** Names exactly these rows as they were shown, in any order. */
export function seenOf(rows: readonly { personId: string; date: string; fingerprint: string }[]): string {
  const lines = rows.map((r) => `${r.personId} ${r.date} ${r.fingerprint}`).toSorted();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
