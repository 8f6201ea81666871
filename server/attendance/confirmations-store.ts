// SQL of confirmations: rows are only added, the newest of a person and day counts.
import type { Outcome } from '../../shared/confirmations.ts';
import type { Tx } from '../platform/database.ts';

export type ConfirmationRow = {
  personId: string;
  date: string;
  outcome: Outcome;
  reason: string | null;
  fingerprint: string;
  byId: string | null;
  at: Date;
};
export type NewConfirmation = Pick<ConfirmationRow, 'outcome' | 'reason' | 'fingerprint' | 'date'> & { personId: string };

export const newest = (tx: Tx, personIds: readonly string[], from: string, to: string) => tx<ConfirmationRow[]>`
  select distinct on (person_id, date) person_id as "personId", date, outcome, reason, fingerprint, by_id as "byId", at from attendance.confirmation
  where person_id = any(${[...personIds]}::uuid[]) and date between ${from} and ${to} order by person_id, date, id desc`;

/**
 * The streams of these persons are locked. What the newest row already says is not written again; `unconfirmed`: neither is a day
 * whose newest row is of the same reading, whatever it says of it. Answers how many rows were new.
 */
export async function insertConfirmations(
  tx: Tx,
  rows: readonly NewConfirmation[],
  by: { opdId: string; byId: string; at: Date; unconfirmed: boolean },
): Promise<number> {
  const of = <K extends keyof NewConfirmation>(key: K): NewConfirmation[K][] => rows.map((r) => r[key]);
  const dates = of('date').toSorted();
  // The newest of all is looked up once, not row by row: a bulk confirmation begins with an empty table, which no planner knows.
  const { count } = await tx`
    with newest as materialized (
      select distinct on (person_id, date) person_id, date, outcome, reason, fingerprint from attendance.confirmation
      where person_id = any(${[...new Set(of('personId'))]}::uuid[]) and date between ${dates[0] ?? null} and ${dates.at(-1) ?? null} order by person_id, date, id desc)
    insert into attendance.confirmation (person_id, opd_id, date, outcome, reason, fingerprint, by_id, at)
    select n.person_id, ${by.opdId}, n.date, n.outcome, n.reason, n.fingerprint, ${by.byId}, ${by.at}
    from unnest(${of('personId')}::uuid[], ${of('date')}::date[], ${of('outcome')}::text[], ${of('reason')}::text[], ${of('fingerprint')}::text[])
      as n (person_id, date, outcome, reason, fingerprint)
    left join newest last using (person_id, date)
    where (last.fingerprint = n.fingerprint and (${by.unconfirmed} or last.outcome = n.outcome and last.reason is not distinct from n.reason)) is not true
    order by n.person_id, n.date`;
  return count;
}
