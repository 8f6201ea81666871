// What named humans decided beside the witnesses, for the readings of a meeting and of a day. Asking and deciding is corrections-desk.ts.
import type { ListedCorrection, OriginalReading } from '../../shared/attendance.ts';
import type { People } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import * as store from './corrections-store.ts';

/**
 * `from`, `to` of a meeting correction: inside then, as decided (perhaps narrower than asked). `mark` of a day correction.
 * `requestedBy` and `decidedBy` are names.
 */
export type Accepted = {
  id: string;
  personId: string;
  personName: string;
  meetingId: string | null;
  date: string;
  from: Date | null;
  to: Date | null;
  mark: 'hadir_wfh' | null;
  original: OriginalReading | null;
  reason: string;
  requestedBy: string;
  decidedBy: string;
  decidedAt: Date;
};
export type Corrections = ReturnType<typeof createCorrections>;

export function createCorrections({ people }: { people: Pick<People, 'persons'> }) {
  /** By days: meeting corrections of a day to either side come too, for a meeting over midnight; their times decide. In the order decided. */
  async function accepted(tx: Tx, where: store.Where): Promise<Accepted[]> {
    const rows = await store.acceptedRows(tx, where);
    const names = await people.persons(tx, [...new Set(rows.flatMap((r) => [r.personId, r.requestedBy, r.decision?.byId].filter((id) => id != null)))]);
    const nameOf = (id: string | null | undefined): string => names.get(id ?? '')?.name ?? '–';
    return rows.flatMap(({ id, personId, meetingId, date, mark, original, reason, requestedBy, decision }) =>
      personId === null || decision === null
        ? []
        : [
            {
              id,
              personId,
              personName: nameOf(personId),
              meetingId,
              date,
              from: decision.from,
              to: decision.to,
              mark,
              original,
              reason: reason ?? '–',
              requestedBy: nameOf(requestedBy),
              decidedBy: nameOf(decision.byId),
              decidedAt: decision.at,
            },
          ],
    );
  }

  /** Objections nobody has decided yet. */
  const open = async (tx: Tx, where: store.Where): Promise<{ personId: string; date: string; meetingId: string | null }[]> => store.openRows(tx, where);

  return { accepted, open };
}

/** As it stands under the list of a meeting. */
export const listed = (a: Accepted, afterFinal: boolean): ListedCorrection => ({
  id: a.id,
  personName: a.personName,
  original: a.original,
  from: a.from?.toISOString() ?? null,
  to: a.to?.toISOString() ?? null,
  reason: a.reason,
  requestedBy: a.requestedBy,
  decidedBy: a.decidedBy,
  decidedAt: a.decidedAt.toISOString(),
  afterFinal,
});
