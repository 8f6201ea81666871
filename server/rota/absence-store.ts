// SQL of leave, sickness and travel. An absence is never edited; it is revoked by a row of its own.
import type { Tx } from '../platform/database.ts';
import type { By } from './store.ts';

export type AbsenceRow = {
  id: string;
  opdId: string;
  personId: string;
  code: 'CUTI' | 'SAKIT' | 'DL';
  from: string;
  until: string;
  long: boolean;
  basis: string;
  byName: string;
  at: Date;
  revokedReason: string | null;
  revokedBy: string | null;
  revokedAt: Date | null;
};
const columns = (tx: Tx) => tx`
  a.id, a.opd_id as "opdId", a.person_id as "personId", a.code, lower(a.held)::text as "from", (upper(a.held) - 1)::text as until, a.long, a.basis,
  coalesce(a.by_name, '–') as "byName", a.at, r.reason as "revokedReason", r.by_name as "revokedBy", r.at as "revokedAt"
  from rota.absence a left join rota.absence_revoked r on r.absence_id = a.id`;

/** Of these people, those that touch the days; revoked ones too where asked. */
export const absencesOf = (tx: Tx, personIds: readonly string[], { from, until, revoked = false }: { from: string; until: string; revoked?: boolean }) => tx<
  AbsenceRow[]
>`
  select ${columns(tx)} where a.person_id = any(${[...personIds]}::uuid[]) and a.held && daterange(${from}, ${until}, '[]') and (${revoked} or r.absence_id is null)
  order by lower(a.held), a.at, a.id`;
export const absenceById = async (tx: Tx, id: string): Promise<AbsenceRow | null> =>
  (await tx<AbsenceRow[]>`select ${columns(tx)} where a.id = ${id}`)[0] ?? null;
/** One after another for a person. */
export const lockAbsences = async (tx: Tx, personId: string): Promise<void> =>
  void (await tx`select pg_advisory_xact_lock(hashtextextended(${`rota.absence ${personId}`}, 0))`);
export async function insertAbsence(tx: Tx, a: Pick<AbsenceRow, 'opdId' | 'personId' | 'code' | 'from' | 'until' | 'long' | 'basis'>, by: By): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into rota.absence (opd_id, person_id, code, held, long, basis, by_id, by_name, at)
    values (${a.opdId}, ${a.personId}, ${a.code}, daterange(${a.from}, ${a.until}, '[]'), ${a.long}, ${a.basis}, ${by.id}, ${by.name}, ${by.at}) returning id`;
  if (!row) throw new Error('absence was not inserted');
  return row.id;
}
/** False when it was revoked before. */
export const revokeAbsence = async (tx: Tx, id: string, reason: string, by: By): Promise<boolean> =>
  (
    await tx`
    insert into rota.absence_revoked (absence_id, reason, by_id, by_name, at) values (${id}, ${reason}, ${by.id}, ${by.name}, ${by.at}) on conflict do nothing`
  ).count > 0;
