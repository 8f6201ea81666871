// SQL of the access log. Rows of the ledger: added, never changed.
import type { Tx } from '../platform/database.ts';
import type { Access } from './access.ts';

type NewAccess = Omit<Access, 'persons'> & { persons: string[] | null; at: Date };

export const insertAccess = (tx: Tx, a: NewAccess) => tx`
  insert into people.access (at, by_id, what, subject, people_count, scope_kind, scope_id, persons)
  values (${a.at}, ${a.by}, ${a.what}, ${a.subject}, ${a.count}, ${a.scope?.kind ?? null}, ${a.scope?.id ?? null}, ${a.persons})`;
