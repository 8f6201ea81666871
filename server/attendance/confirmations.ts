// Which days a named human has confirmed, for readings and exports. Confirming is confirmations-desk.ts.
import type { Outcome } from '../../shared/confirmations.ts';
import type { People } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import * as store from './confirmations-store.ts';

/** Valid only while `fingerprint` equals the reading's. `by` is a name. */
export type Confirmed = { personId: string; date: string; outcome: Outcome; by: string; byId: string; at: Date; reason: string | null; fingerprint: string };
export type ConfirmedDays = Map<`${string} ${string}`, Confirmed>;
export type Confirmations = ReturnType<typeof createConfirmations>;

export function createConfirmations({ people }: { people: Pick<People, 'persons'> }) {
  /** The newest of each person and day, by `<person> <date>`. */
  async function of(tx: Tx, personIds: readonly string[], from: string, to: string): Promise<ConfirmedDays> {
    const rows = personIds.length === 0 ? [] : await store.newest(tx, personIds, from, to);
    const names = await people.persons(tx, [...new Set(rows.flatMap((r) => r.byId ?? []))]);
    return new Map(rows.map((r) => [`${r.personId} ${r.date}`, { ...r, byId: r.byId ?? '', by: names.get(r.byId ?? '')?.name ?? '–' }] as const));
  }
  return { of };
}
