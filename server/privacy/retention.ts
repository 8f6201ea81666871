// What is past its time, what may not be destroyed although it is, and destruction itself. The same count says both.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { isClassKey, targetsOf } from './classes.ts';
import * as store from './retention-store.ts';
import { newest, type ClassRow } from './schedule-store.ts';

export type Reading = ClassRow & { past: number; held: number; due: number; oldest: Date | null; newest: Date | null; before: Date };
export type Destroyed = { key: string; name: string; rows: number };

/** The same day so many months earlier; the end of the month where that day does not exist. */
export function monthsBefore(now: Date, months: number): Date {
  const day = new Date(now);
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() - months);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(now.getUTCDate(), last));
  return day;
}

async function heldNow(tx: Tx): Promise<store.Held & { classes: ReadonlySet<string> }> {
  const open = await store.openHolds(tx);
  const of = (kind: store.HoldKind): string[] => open.filter((h) => h.kind === kind).map((h) => h.target);
  return { persons: of('person'), meetings: of('meeting'), classes: new Set(of('class')) };
}

/** Per class in force: past the date today, held of these, and so due. A class on hold is held whole. Reads only. */
export async function dryRun(tx: Tx, now: Date): Promise<Reading[]> {
  const held = await heldNow(tx);
  const readings: Reading[] = [];
  for (const row of await newest(tx)) {
    const before = monthsBefore(now, row.months);
    const counts = isClassKey(row.key) && row.active ? await inTurn(targetsOf(row.key), (target) => store.count(tx, target, before, held)) : [];
    const past = sum(counts.map((c) => c.past));
    const stays = held.classes.has(row.key) ? past : sum(counts.map((c) => c.held));
    readings.push({
      ...row,
      before,
      past,
      held: stays,
      due: past - stays,
      oldest: edge(
        counts.map((c) => c.oldest),
        Math.min,
      ),
      newest: edge(
        counts.map((c) => c.newest),
        Math.max,
      ),
    });
  }
  return readings;
}

/** Destroys what is due of the classes whose action is `musnah`. One transaction per class; the certificate is part of it. */
export async function destroyDue({ owner, clock }: { owner: Sql; clock: Clock }, { by, basis }: { by: string; basis: string }): Promise<Destroyed[]> {
  const run = randomUUID();
  const at = clock.now();
  const done: Destroyed[] = [];
  for (const { key, name, months, action, active } of await newest(owner)) {
    if (action !== 'musnah' || !active || !isClassKey(key)) continue;
    const rows = await owner.begin(async (tx) => {
      await store.lockHolds(tx);
      const held = await heldNow(tx);
      if (held.classes.has(key)) return 0;
      await store.allowDestroying(tx);
      return sum(await inTurn(targetsOf(key), (target) => store.destroy(tx, target, monthsBefore(at, months), held, { run, key, basis, by, at })));
    });
    done.push({ key, name, rows });
  }
  return done;
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
function edge(dates: readonly (Date | null)[], pick: (...times: number[]) => number): Date | null {
  const times = dates.flatMap((d) => (d ? [d.getTime()] : []));
  return times.length === 0 ? null : new Date(pick(...times));
}
