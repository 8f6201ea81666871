// What came of each ring: tabs say it over their sockets, many at once; other channels in the transaction that changes their hop.
import { gathered } from '../platform/batch.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell, tellAll } from '../platform/live.ts';
import type { Meter } from '../platform/metrics.ts';
import type { Caller } from '../platform/serve.ts';
import type { HopNews } from './channels/index.ts';
import { noteAcks, type Ack } from './hops-store.ts';
import * as store from './store.ts';

const MOST = 500;
/** A call that rings five hundred tabs hears five hundred times; those who gather are one statement, and the board moves once. */
const PAUSE_MS = 50;

export function createAcknowledging({ sql, clock, meter }: { sql: Sql; clock: Clock; meter: Pick<Meter, 'rang'> }) {
  const write = gathered<Ack, void>(
    async (acks) => {
      const heard = await sql.begin(async (tx) => {
        await store.lockCallsByIds(tx, [...new Set(acks.map((a) => a.callId))]);
        const news = await noteAcks(tx, acks);
        await store.insertFacts(
          tx,
          news.map((n) => ({ ...n, channel: 'tab' as const })),
        );
        await tellAll(
          tx,
          [...new Set(news.map((n) => n.callId))].map((callId) => [[`call:${callId}`], { type: 'call.changed', callId }]),
        );
        return news;
      });
      for (const { kind, tookMs } of heard) meter.rang(kind === 'berdering' ? 'sounding' : 'heard', tookMs);
      return acks.map(() => undefined);
    },
    MOST,
    PAUSE_MS,
  );

  async function hear({ person }: Caller, { callId, round, sounding }: { callId: string; round: number; sounding: boolean }): Promise<void> {
    if (person) await write({ personId: person.id, callId, round, sounding, at: clock.now() });
  }

  /** The hop is locked already: the call is not taken here, see store.ts. */
  async function noteHop(tx: Tx, { calleeId, channel, kind, detail }: HopNews): Promise<void> {
    const callId = await store.callOfCallee(tx, calleeId);
    if (callId === null) return;
    const at = clock.now();
    if (kind !== 'gagal') await store.noteReached(tx, calleeId, channel, kind, at);
    if (kind !== 'dikirim') await store.insertFacts(tx, [{ callId, calleeId, at, kind, channel, detail }]);
    await tell(tx, [`call:${callId}`], { type: 'call.changed', callId });
  }

  return { hear, noteHop };
}
