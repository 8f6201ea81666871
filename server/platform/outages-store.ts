// SQL of outages: the pulse, and the ledger of windows.
import type { Tx } from './database.ts';
import type { Outage, OutageSpan, OutageWhat } from './outages-rules.ts';

const LOCK = 732_008;

/** One process at a time looks at the pulse and moves it: a window is written once. */
export const lock = async (tx: Tx): Promise<void> => void (await tx`select pg_advisory_xact_lock(${LOCK})`);
export const pulseOf = async (tx: Tx, what: 'portal' | 'media'): Promise<Date | null> =>
  (await tx<{ at: Date }[]>`select at from platform.pulse where what = ${what}`)[0]?.at ?? null;
export const setPulse = async (tx: Tx, what: 'portal' | 'media', at: Date): Promise<void> =>
  void (await tx`insert into platform.pulse (what, at) values (${what}, ${at}) on conflict (what) do update set at = excluded.at`);
export const insertOutage = async (tx: Tx, what: OutageWhat, { from, to }: OutageSpan, now: Date): Promise<void> =>
  void (await tx`insert into platform.outage (what, from_at, to_at, noted_at) values (${what}, ${from}, ${to}, ${now})`);
export const outagesBetween = (tx: Tx, from: Date, to: Date): Promise<Outage[]> =>
  tx<Outage[]>`select id::text, what, from_at as "from", to_at as "to" from platform.outage where to_at > ${from} and from_at < ${to} order by from_at, id`;
