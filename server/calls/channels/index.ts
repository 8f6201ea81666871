// Reaching a person who has no tab open: Web Push, and the gateways an administrator set up. Says how everybody can be reached, sends,
// tries again, hears what came of it, and falls silent when the call is answered or over.
import type { FastifyBaseLogger } from 'fastify';
import type { Channel, Reach } from '../../../shared/calls.ts';
import type { Sifat } from '../../../shared/meetings.ts';
import type { People } from '../../people/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { PushSettings } from '../../platform/push.ts';
import type { Route } from '../../platform/serve.ts';
import { waLink } from './phone.ts';

export type Channels = ReturnType<typeof createChannels>;

/** One person to ring, in one round. `link`: where *Gabung* leads, for those whose gateway sends a text. */
export type Ring = {
  hopRound: number;
  calleeId: string;
  personId: string;
  call: { id: string; meetingId: string; subject: string; sifat: Sifat; callerName: string; callerAs: string; placedAt: Date };
  link: string;
};
/** What a hop came to. `detail`: why, in words, where it failed. */
export type HopNews = { calleeId: string; channel: Channel; kind: 'dikirim' | 'diterima' | 'berdering' | 'gagal'; detail: string | null };
export type HopListener = (tx: Tx, news: HopNews) => Promise<void>;
export type QuietWhy = 'menjawab' | 'menolak' | 'menyusul' | 'bergabung' | 'dibatalkan' | 'berakhir';

export type ChannelParts = {
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  jobs: Jobs;
  live: { openTabs?: (tx: Tx, personIds: readonly string[]) => Promise<Map<string, number>> };
  people: People;
  secret: string;
  origin: string | null;
  /** null = Web Push is off. */
  push: PushSettings | null;
};

export function createChannels({ live }: ChannelParts) {
  const listeners: HopListener[] = [];

  /** Called in the transaction that changes a hop of push or a gateway; hops of tabs are the calls' own. */
  function onHop(listener: HopListener): void {
    listeners.push(listener);
  }

  /** How each can be reached at this moment. */
  async function reach(tx: Tx, personIds: readonly string[]): Promise<Map<string, Reach>> {
    const tabs = (await live.openTabs?.(tx, personIds)) ?? new Map<string, number>();
    return new Map(personIds.map((id) => [id, { tabs: tabs.get(id) ?? 0, push: 0, gateways: [], phone: false }]));
  }

  /** Hops for every channel but `tab`, and the jobs that send them when this transaction is committed. */
  async function dispatch(_tx: Tx, _rings: readonly Ring[], _channels: readonly Channel[]): Promise<void> {}

  /** What waits for these people is not sent any more; what was shown is closed. */
  async function quiet(_tx: Tx, _callId: string, _personIds: readonly string[], _why: QuietWhy): Promise<void> {}

  /** `https://wa.me/…` of each whose number is known, to send this text by hand. */
  async function waLinks(_tx: Tx, _texts: ReadonlyMap<string, string>): Promise<Map<string, string>> {
    return new Map();
  }

  const routes: Route[] = [];
  return { reach, dispatch, quiet, onHop, waLink, waLinks, routes };
}
