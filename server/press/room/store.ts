// SQL of who watches: one row per browser and conference, and nothing about a person.
import type { Tx } from '../../platform/database.ts';

export const viewerOf = async (tx: Tx, conferenceId: string, browser: string): Promise<string | null> =>
  (await tx<{ id: string }[]>`select id from press.viewer where conference_id = ${conferenceId} and browser = ${browser}`)[0]?.id ?? null;
/** Of this browser, made when it is asked for first. Its ticket keeps a place from now on. */
export async function takeViewer(tx: Tx, conferenceId: string, browser: string, now: Date): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into press.viewer (conference_id, browser, ticket_at) values (${conferenceId}, ${browser}, ${now})
    on conflict (conference_id, browser) do update set ticket_at = excluded.ticket_at returning id`;
  if (!row) throw new Error('viewer was not inserted');
  return row.id;
}
export const ticketsSince = async (tx: Tx, conferenceId: string, from: Date): Promise<string[]> =>
  (await tx<{ id: string }[]>`select id from press.viewer where conference_id = ${conferenceId} and ticket_at > ${from}`).map((row) => row.id);
/** Browsers that ever asked to watch. */
export const countViewers = async (tx: Tx, conferenceId: string): Promise<number> =>
  (await tx<{ n: number }[]>`select count(*)::int as n from press.viewer where conference_id = ${conferenceId}`)[0]?.n ?? 0;
/** The page says that it goes: its place is free as soon as the list shows it. */
export const endTicket = async (tx: Tx, id: string): Promise<void> => void (await tx`update press.viewer set ticket_at = '-infinity' where id = ${id}`);
/** Places of one conference are given out one after the other. */
export const lockPlaces = async (tx: Tx, conferenceId: string): Promise<void> =>
  void (await tx`select pg_advisory_xact_lock(hashtextextended(${`press.viewer:${conferenceId}`}, 0))`);
/** People who were on the crew once and are not now. */
export const takenOff = async (tx: Tx, conferenceId: string): Promise<string[]> =>
  (
    await tx<{ personId: string }[]>`
    select distinct person_id as "personId" from press.crew where conference_id = ${conferenceId} and removed_at is not null and person_id is not null`
  ).map((row) => row.personId);
