// SQL that an import needs: what is already on record, in few statements.
import type { Tx } from '../platform/database.ts';
import type { KnownPerson, KnownPost } from './import.ts';

/** One import at a time: each judges what the one before has written. */
export const lockImports = (tx: Tx) => tx`select pg_advisory_xact_lock(hashtext('people.import'))`;

export const personsWith = (tx: Tx, nips: readonly string[], emails: readonly string[]) => tx<KnownPerson[]>`
  select p.id, p.name, p.nip, p.email, p.phone, p.opd_id as "opdId", u.top_id as "topId", p.disabled_at is not null as disabled,
    exists (select from people.role r where r.person_id = p.id and r.revoked_at is null) as "hasRoles"
  from people.person p left join people.opd u on u.id = p.opd_id
  where p.nip = any(${[...nips]}) or lower(p.email) = any(${[...emails]}) for update of p`;

export const posts = (tx: Tx, today: string) => tx<KnownPost[]>`
  select pos.id, pos.opd_id as "unitId", pos.title, pos.level, (
    select json_build_object('key', p.id, 'name', p.name) from people.holding h join people.person p on p.id = h.person_id
    where h.position_id = pos.id and h.kind = 'definitif' and h.held && daterange(${today}, null, '[]') order by lower(h.held) limit 1
  ) as "heldBy"
  from people.position pos order by pos.sort, pos.id`;
