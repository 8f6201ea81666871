// SQL of private feeds.
import type { Tx } from '../platform/database.ts';

export type FeedRow = { personId: string; version: number; tokenHash: string | null; madeAt: Date; readAt: Date | null; roster: boolean };
const columns = (tx: Tx) => tx`person_id as "personId", version, token_hash as "tokenHash", made_at as "madeAt", read_at as "readAt", roster`;

export const feedOf = async (tx: Tx, personId: string): Promise<FeedRow | null> =>
  (await tx<FeedRow[]>`select ${columns(tx)} from calendar.feed where person_id = ${personId}`)[0] ?? null;
export const feedByHash = async (tx: Tx, hash: string): Promise<FeedRow | null> =>
  (await tx<FeedRow[]>`select ${columns(tx)} from calendar.feed where token_hash = ${hash}`)[0] ?? null;
/** The version after the last one, also where that was taken back; nobody else counts meanwhile. */
export async function nextVersion(tx: Tx, personId: string, now: Date): Promise<number> {
  const [row] = await tx<{ version: number }[]>`
    insert into calendar.feed (person_id, version, made_at) values (${personId}, 1, ${now})
    on conflict (person_id) do update set version = calendar.feed.version + 1, made_at = ${now}, read_at = null returning version`;
  return row?.version ?? 1;
}
export const setHash = async (tx: Tx, personId: string, hash: string): Promise<void> =>
  void (await tx`update calendar.feed set token_hash = ${hash} where person_id = ${personId}`);
export const setRoster = async (tx: Tx, personId: string, roster: boolean): Promise<void> =>
  void (await tx`update calendar.feed set roster = ${roster} where person_id = ${personId} and token_hash is not null`);
export const revoke = async (tx: Tx, personId: string): Promise<void> =>
  void (await tx`update calendar.feed set token_hash = null where person_id = ${personId}`);
/** Once an hour is enough to see that it is used. */
export const noteRead = async (tx: Tx, personId: string, now: Date): Promise<void> =>
  void (await tx`update calendar.feed set read_at = ${now} where person_id = ${personId} and (read_at is null or read_at < ${now}::timestamptz - interval '1 hour')`);
