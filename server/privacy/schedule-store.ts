// SQL of the retention schedule. Rows of the ledger: added, never changed.
import type { Tx } from '../platform/database.ts';

export type ClassRow = {
  key: string;
  name: string;
  basis: string;
  months: number;
  action: 'musnah' | 'tinjau';
  active: boolean;
  at: Date;
  byId: string | null;
};

const columns = (tx: Tx) => tx`key, name, basis, months, action, active, at, by_id as "byId"`;

/** The rows in force, in the order the classes were first written down. */
export const newest = (tx: Tx): Promise<ClassRow[]> => tx<ClassRow[]>`
  select ${columns(tx)} from (
    select distinct on (key) *, min(id) over (partition by key) as place from privacy.retention_class order by key, id desc
  ) c order by place`;

/** Everything a class ever was, newest first. */
export const history = (tx: Tx): Promise<ClassRow[]> => tx<ClassRow[]>`select ${columns(tx)} from privacy.retention_class order by id desc`;

export const lockSchedule = (tx: Tx) => tx`select pg_advisory_xact_lock(hashtext('privacy.retention_class'))`;
export const insertClass = (tx: Tx, c: ClassRow) => tx`
  insert into privacy.retention_class (key, name, basis, months, action, active, at, by_id)
  values (${c.key}, ${c.name}, ${c.basis}, ${c.months}, ${c.action}, ${c.active}, ${c.at}, ${c.byId})`;
