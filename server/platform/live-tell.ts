// `tell` notifies inside the caller's transaction: Postgres delivers on commit only, to every portal process.
import type { LiveMessage } from '../../shared/live.ts';
import type { Tx } from './database.ts';

export const CHANNEL = 'portal_live';
/** Bytes of one notification, which holds 8,000. */
const MOST_NOTIFIED = 7_500;
const TOPICS_TOGETHER = 100;

/** What a notification carries: one of these, or a list of them. */
export type Packet = { topics: string[]; message: LiveMessage };
export type Telling = readonly [topics: readonly string[], message: LiveMessage];

/** Topics: `person:<id>`, `session:<id>`, `meeting:<id>`, `host:<id>`, `opd:<id>`, `call:<id>`. */
export async function tell(tx: Tx, topics: readonly string[], message: LiveMessage): Promise<void> {
  await tellAll(tx, [[topics, message]]);
}

/** Several messages, in one statement and in as few notifications as hold them: alone, or in a list. */
export async function tellAll(tx: Tx, all: readonly Telling[]): Promise<void> {
  const packets: string[][] = [];
  let room = 0;
  for (const [topics, message] of all)
    for (let i = 0; i < topics.length; i += TOPICS_TOGETHER) {
      const one = JSON.stringify({ topics: topics.slice(i, i + TOPICS_TOGETHER), message });
      const bytes = Buffer.byteLength(one);
      if (bytes < room) packets.at(-1)?.push(one);
      else packets.push([one]);
      room = (bytes < room ? room : MOST_NOTIFIED) - bytes - 1;
    }
  const payloads = packets.map((packet) => (packet.length === 1 ? (packet[0] ?? '') : `[${packet.join(',')}]`));
  if (payloads.length > 0) await tx`select pg_notify(${CHANNEL}, payload) from unnest(${payloads}::text[]) as payload`;
}
