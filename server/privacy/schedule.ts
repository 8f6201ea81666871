// The retention schedule: per class how long and what then. A change is a new row; the newest of a class counts.
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import type { ClassKey } from './classes.ts';
import * as store from './schedule-store.ts';

export type Schedule = ReturnType<typeof createSchedule>;
export type ClassFields = Pick<store.ClassRow, 'name' | 'basis' | 'months' | 'action' | 'active'>;

export function createSchedule({ sql, clock }: { sql: Sql; clock: Clock }) {
  async function keptMonths(tx: Tx, key: ClassKey): Promise<number> {
    const row = (await store.newest(tx)).find((c) => c.key === key);
    if (!row) throw new Error(`no retention class ${key}`);
    return row.months;
  }

  /** Saying again what is so changes nothing. */
  async function change(byId: string, key: string, fields: ClassFields): Promise<void> {
    await sql.begin(async (tx) => {
      await store.lockSchedule(tx);
      const before = (await store.newest(tx)).find((c) => c.key === key) ?? refuse('not_found');
      if ((['name', 'basis', 'months', 'action', 'active'] as const).every((field) => before[field] === fields[field])) return;
      await store.insertClass(tx, { key, ...fields, at: clock.now(), byId });
    });
  }

  return { keptMonths, change, newest: store.newest, history: store.history };
}
