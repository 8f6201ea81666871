// SQL of hops: the tabs' own are written here, those of push and gateways by the channels.
import type { Channel, HopState } from '../../shared/calls.ts';
import type { z } from 'zod';
import type { Tx } from '../platform/database.ts';
import { iso } from './store.ts';

export type HopRow = {
  calleeId: string;
  round: number;
  channel: Channel;
  /** Of the device or the gateway. */
  name: string | null;
  state: z.infer<typeof HopState>;
  detail: string | null;
  at: Date;
};
export const hopsOf = (tx: Tx, callId: string): Promise<HopRow[]> => tx<HopRow[]>`
  select h.callee_id as "calleeId", h.round, h.channel, coalesce(d.name, g.name) as name, h.state, h.detail, h.at
  from calls.hop h join calls.callee e on e.id = h.callee_id
  left join calls.device d on h.channel = 'push' and d.id = h.target
  left join calls.gateway g on h.channel not in ('tab', 'push') and g.id = h.target
  where e.call_id = ${callId} order by h.round, h.channel, h.at, h.id`;

/** One for all tabs of a person in one round. */
export type NewTabHop = { calleeId: string; round: number; state: 'dikirim' | 'gagal'; detail: string | null; at: Date };
export async function insertTabHops(tx: Tx, hops: readonly NewTabHop[]): Promise<void> {
  if (hops.length === 0) return;
  const column = <T>(of: (hop: NewTabHop) => T): T[] => hops.map(of);
  await tx`
    insert into calls.hop (callee_id, round, channel, state, detail, at, sent_at)
    select callee_id, round, 'tab', state, detail, at, case when state = 'dikirim' then at end
    from unnest(${column((h) => h.calleeId)}::uuid[], ${column((h) => h.round)}::int[], ${column((h) => h.state)}::text[], ${column((h) => h.detail)}::text[],
      ${column((h) => iso(h.at))}::timestamptz[]) as h (callee_id, round, state, detail, at)`;
}
export const stopTabHops = async (tx: Tx, calleeIds: readonly string[], now: Date): Promise<void> =>
  void (await tx`
    update calls.hop set state = 'dihentikan', at = ${now} where callee_id = any(${[...calleeIds]}::uuid[]) and channel = 'tab' and state in ('antre', 'dikirim')`);

export type Ack = { personId: string; callId: string; round: number; sounding: boolean; at: Date };
export type AckNews = { callId: string; calleeId: string; at: Date; kind: 'diterima' | 'berdering'; /** Since it was sent, milliseconds. */ tookMs: number };
/** What tabs say, where it is news: they say it as often as they like, and many at once. A round that never was is nobody's. */
export const noteAcks = (tx: Tx, acks: readonly Ack[]): Promise<AckNews[]> => tx<AckNews[]>`
  with said as (
    select person_id, call_id, round, bool_or(sounding) as sounding, min(at) as at
    from unnest(${acks.map((a) => a.personId)}::uuid[], ${acks.map((a) => a.callId)}::uuid[], ${acks.map((a) => a.round)}::int[],
      ${acks.map((a) => String(a.sounding))}::text[]::boolean[], ${acks.map((a) => iso(a.at))}::timestamptz[]) as a (person_id, call_id, round, sounding, at)
    group by 1, 2, 3
  ), news as (
    update calls.hop h
    set state = case when s.sounding then 'berdering' else 'diterima' end, at = s.at, detail = null, sent_at = coalesce(h.sent_at, s.at),
      delivered_at = coalesce(h.delivered_at, s.at), ringing_at = case when s.sounding then s.at end
    from said s join calls.callee e on e.call_id = s.call_id and e.person_id = s.person_id and e.state = 'memanggil'
    where h.callee_id = e.id and h.round = s.round and h.channel = 'tab' and (h.state in ('antre', 'dikirim', 'gagal') or (s.sounding and h.state = 'diterima'))
    returning e.call_id, h.callee_id, s.sounding, s.at, h.sent_at
  ), told as (
    update calls.callee e set sent_at = coalesce(e.sent_at, n.at), delivered_at = coalesce(e.delivered_at, n.at),
      ringing_at = case when n.sounding then coalesce(e.ringing_at, n.at) else e.ringing_at end, reached_by = coalesce(e.reached_by, 'tab')
    from (select callee_id, bool_or(sounding) as sounding, min(at) as at from news group by 1) n where e.id = n.callee_id
  )
  select call_id as "callId", callee_id as "calleeId", at, case when sounding then 'berdering' else 'diterima' end as kind, extract(epoch from at - sent_at)::float8 * 1000 as "tookMs" from news`;
