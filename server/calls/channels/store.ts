// SQL of devices, gateways, and the hops that go through them.
import type { Channel, GatewayChannel } from '../../../shared/calls.ts';
import type { Sifat } from '../../../shared/meetings.ts';
import type { JsonValue, Tx } from '../../platform/database.ts';
import type { Waiting } from './outcome.ts';

export type HopState = 'antre' | 'dikirim' | 'diterima' | 'berdering' | 'gagal' | 'dihentikan';
export type ResultRow = { target: string; state: HopState; detail: string | null; at: Date; trial: boolean };

export type DeviceRow = { id: string; personId: string; endpoint: string; p256dh: string; auth: string; name: string; language: 'id' | 'en' };
export type OwnDevice = DeviceRow & { registeredAt: Date; seenAt: Date };
const device = (tx: Tx) => tx`id, person_id as "personId", endpoint, p256dh, auth, name, language, registered_at as "registeredAt", seen_at as "seenAt"`;

/** Those that ring: of these persons, and opened since. */
export const devicesOf = (tx: Tx, personIds: readonly string[], since: Date) => tx<OwnDevice[]>`
  select ${device(tx)} from calls.device where person_id = any(${[...personIds]}::uuid[]) and removed_at is null and seen_at > ${since} order by registered_at, id`;

export async function ownDevice(tx: Tx, personId: string, id: string): Promise<OwnDevice | null> {
  const [row] = await tx<OwnDevice[]>`select ${device(tx)} from calls.device where id = ${id} and person_id = ${personId} and removed_at is null`;
  return row ?? null;
}

/** Whoever opens the portal in this browser has it from now on. */
export async function saveDevice(tx: Tx, d: Omit<DeviceRow, 'id'> & { sessionId: string; at: Date }): Promise<OwnDevice> {
  await tx`update calls.device set endpoint = null, p256dh = null, auth = null, removed_at = ${d.at}, removed_why = 'diganti'
    where endpoint = ${d.endpoint} and person_id <> ${d.personId}`;
  const [row] = await tx<OwnDevice[]>`
    insert into calls.device (person_id, endpoint, p256dh, auth, name, language, registered_at, seen_at, session_id)
    values (${d.personId}, ${d.endpoint}, ${d.p256dh}, ${d.auth}, ${d.name}, ${d.language}, ${d.at}, ${d.at}, ${d.sessionId})
    on conflict (endpoint) do update set p256dh = excluded.p256dh, auth = excluded.auth, name = excluded.name, language = excluded.language,
      seen_at = excluded.seen_at, session_id = excluded.session_id
    returning ${device(tx)}`;
  return row!;
}

export type Removed = 'keluar' | 'dimatikan' | 'berakhir';
const remove = (tx: Tx, at: Date, why: Removed) =>
  tx`update calls.device set endpoint = null, p256dh = null, auth = null, removed_at = ${at}, removed_why = ${why}`;
export const removeDevice = (tx: Tx, personId: string | null, id: string, at: Date, why: Removed) => tx`
  ${remove(tx, at, why)} where id = ${id} and removed_at is null and (${personId}::uuid is null or person_id = ${personId}) returning id`;
export const removeDeviceOfSession = (tx: Tx, sessionId: string, at: Date) => tx`
  ${remove(tx, at, 'keluar')} where session_id = ${sessionId} and removed_at is null`;
export const removeDevicesOf = (tx: Tx, personId: string, exceptSession: string | null, at: Date) => tx`
  ${remove(tx, at, 'keluar')} where person_id = ${personId} and session_id is distinct from ${exceptSession} and removed_at is null`;

export type GatewayRow = { id: string; name: string; channel: GatewayChannel; url: string; enabled: boolean; secretVersion: number };
const gateway = (tx: Tx) => tx`id, name, channel, url, enabled, secret_version as "secretVersion"`;
export const enabledGateways = (tx: Tx) => tx<GatewayRow[]>`select ${gateway(tx)} from calls.gateway where enabled and removed_at is null order by name, id`;
export const gatewayById = async (tx: Tx, id: string): Promise<GatewayRow | null> =>
  (await tx<GatewayRow[]>`select ${gateway(tx)} from calls.gateway where id = ${id} and removed_at is null`)[0] ?? null;
export const lockGateway = async (tx: Tx, id: string): Promise<GatewayRow | null> =>
  (await tx<GatewayRow[]>`select ${gateway(tx)} from calls.gateway where id = ${id} and removed_at is null for update`)[0] ?? null;
/** With who touched it last. */
export const gateways = (tx: Tx) => tx<(GatewayRow & { changedAt: Date; changedById: string })[]>`
  select g.id, g.name, g.channel, g.url, g.enabled, g.secret_version as "secretVersion", c.at as "changedAt", c.by_id as "changedById"
  from calls.gateway g join lateral (
    select at, by_id from calls.gateway_change where gateway_id = g.id and what <> 'rahasia_dilihat' order by id desc limit 1) c on true
  where g.removed_at is null order by g.channel, g.name, g.id`;
export async function insertGateway(tx: Tx, g: Omit<GatewayRow, 'id' | 'secretVersion'>): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into calls.gateway (name, channel, url, enabled) values (${g.name}, ${g.channel}, ${g.url}, ${g.enabled}) returning id`;
  return row!.id;
}
export const updateGateway = (tx: Tx, g: GatewayRow) => tx`
  update calls.gateway set name = ${g.name}, url = ${g.url}, enabled = ${g.enabled}, secret_version = ${g.secretVersion} where id = ${g.id}`;
export const removeGateway = (tx: Tx, id: string, at: Date) => tx`update calls.gateway set enabled = false, removed_at = ${at} where id = ${id}`;
export const noteGatewayChange = (
  tx: Tx,
  c: {
    gatewayId: string;
    at: Date;
    byId: string;
    what: 'dibuat' | 'diubah' | 'rahasia_dilihat' | 'rahasia_diganti' | 'dihapus';
    before: JsonValue;
    after: JsonValue;
  },
) => tx`
  insert into calls.gateway_change (gateway_id, at, by_id, what, before, after)
  values (${c.gatewayId}, ${c.at}, ${c.byId}, ${c.what}, ${tx.json(c.before)}, ${tx.json(c.after)})`;

/** False where this report was heard before. */
export async function noteReport(tx: Tx, gatewayId: string, messageId: string, at: Date, forgetBefore: Date): Promise<boolean> {
  await tx`delete from calls.gateway_report where at < ${forgetBefore}`;
  const rows = await tx`
    insert into calls.gateway_report (gateway_id, message_id, at) values (${gatewayId}, ${messageId}, ${at}) on conflict do nothing returning at`;
  return rows.length === 1;
}

/** The latest of each, newest first. */
export const resultsOf = (tx: Tx, targets: readonly string[], most: number) => tx<ResultRow[]>`
  select r.target, r.state, r.detail, r.at, r.trial from unnest(${[...targets]}::uuid[]) as t (id) cross join lateral (
    (select target, state, detail, at, false as trial from calls.hop where target = t.id order by at desc limit ${most})
    union all (select target, state, detail, at, true from calls.trial where target = t.id order by at desc limit ${most})
    order by at desc limit ${most}) r order by r.at desc`;

export async function insertTrial(tx: Tx, t: { channel: Channel; target: string; personId: string; at: Date }): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into calls.trial (channel, target, person_id, state, at) values (${t.channel}, ${t.target}, ${t.personId}, 'antre', ${t.at}) returning id`;
  return row!.id;
}
export const lastTrial = async (tx: Tx, target: string): Promise<Date | null> =>
  (await tx<{ at: Date }[]>`select at from calls.trial where target = ${target} order by at desc limit 1`)[0]?.at ?? null;

export type NewHop = { id: string; calleeId: string; round: number; channel: Channel; target: string };
export const insertHops = (tx: Tx, hops: readonly NewHop[], at: Date) => tx`
  insert into calls.hop (id, callee_id, round, channel, target, state, at)
  select id, "calleeId", round, channel, target, 'antre', ${at}
  from json_to_recordset(${tx.json([...hops])}::json) as h (id uuid, "calleeId" uuid, round int, channel text, target uuid)`;

export type WaitingHop = Waiting & {
  id: string;
  channel: Channel;
  attempts: number;
  calleeId: string;
  personId: string;
  call: { id: string; meetingId: string; subject: string; sifat: Sifat; callerName: string; callerAs: string; placedAt: string };
  device: DeviceRow | null;
  gateway: GatewayRow | null;
};
/** A hop that waits, with all it needs to be sent. Device or gateway is null where it was removed or switched off. */
export async function waitingHop(tx: Tx, id: string): Promise<WaitingHop | null> {
  const [row] = await tx<WaitingHop[]>`
    select h.id, h.channel, h.state, h.round, h.at, h.attempts, c.id as "calleeId", c.person_id as "personId", c.state as "calleeState",
      c.rounds, k.cancelled_at as "cancelledAt",
      json_build_object('id', k.id, 'meetingId', k.meeting_id, 'subject', k.subject, 'sifat', k.sifat, 'callerName', k.caller_name,
        'callerAs', k.caller_as, 'placedAt', k.placed_at) as call,
      case when d.id is not null then json_build_object('id', d.id, 'personId', d.person_id, 'endpoint', d.endpoint, 'p256dh', d.p256dh, 'auth', d.auth,
        'name', d.name, 'language', d.language) end as device,
      case when g.id is not null then json_build_object('id', g.id, 'name', g.name, 'channel', g.channel, 'url', g.url, 'enabled', g.enabled,
        'secretVersion', g.secret_version) end as gateway
    from calls.hop h join calls.callee c on c.id = h.callee_id join calls.call k on k.id = c.call_id
    left join calls.device d on h.channel = 'push' and d.id = h.target and d.removed_at is null and d.person_id = c.person_id
    left join calls.gateway g on h.channel <> 'push' and g.id = h.target and g.enabled and g.removed_at is null
    where h.id = ${id} and h.state = 'antre'`;
  return row ?? null;
}

export type HopRow = { id: string; calleeId: string; channel: Channel; state: HopState; sentAt: Date | null; calleeState: string; cancelledAt: Date | null };
/** `target`: only of this gateway. */
export async function lockHop(tx: Tx, id: string, target: string | null = null): Promise<HopRow | null> {
  const [row] = await tx<HopRow[]>`
    select h.id, h.callee_id as "calleeId", h.channel, h.state, h.sent_at as "sentAt", c.state as "calleeState", k.cancelled_at as "cancelledAt"
    from calls.hop h join calls.callee c on c.id = h.callee_id join calls.call k on k.id = c.call_id
    where h.id = ${id} and (${target}::uuid is null or h.target = ${target}) for update of h`;
  return row ?? null;
}
export const saveHop = (tx: Tx, id: string, state: HopState, at: Date, detail: string | null) => tx`
  update calls.hop set state = ${state}, at = ${at}, detail = ${detail},
    sent_at = case when ${state} in ('dikirim', 'diterima', 'berdering') then coalesce(sent_at, ${at}) else sent_at end,
    delivered_at = case when ${state} in ('diterima', 'berdering') then coalesce(delivered_at, ${at}) else delivered_at end,
    ringing_at = case when ${state} = 'berdering' then coalesce(ringing_at, ${at}) else ringing_at end
  where id = ${id}`;
export const countTry = (tx: Tx, id: string, detail: string | null) => tx`
  update calls.hop set attempts = attempts + 1, detail = coalesce(${detail}, detail) where id = ${id}`;

export type TrialRow = { id: string; state: HopState; personId: string };
export async function lockTrial(tx: Tx, id: string, target: string | null = null): Promise<TrialRow | null> {
  const [row] = await tx<TrialRow[]>`
    select id, state, person_id as "personId" from calls.trial where id = ${id} and (${target}::uuid is null or target = ${target}) for update`;
  return row ?? null;
}
export async function saveTrial(tx: Tx, id: string, state: HopState, detail: string | null, at: Date): Promise<Omit<ResultRow, 'target'>> {
  await tx`update calls.trial set state = ${state}, detail = ${detail}, at = ${at} where id = ${id}`;
  return { state, detail, at, trial: true };
}

/** What waits for these persons is stopped; answers the devices on which this call was shown and not closed yet. */
export async function quietHops(tx: Tx, callId: string, personIds: readonly string[], at: Date): Promise<string[]> {
  const mine = tx`callee_id in (select id from calls.callee where call_id = ${callId} and person_id = any(${[...personIds]}::uuid[]))`;
  const rows = await tx<{ target: string }[]>`
    update calls.hop set quieted_at = ${at}, state = case when state = 'antre' then 'dihentikan' else state end
    where channel = 'push' and quieted_at is null and (state in ('dikirim', 'diterima', 'berdering') or (state = 'antre' and attempts > 0)) and ${mine}
    returning target`;
  await tx`update calls.hop set state = 'dihentikan', at = ${at} where state = 'antre' and ${mine}`;
  return [...new Set(rows.map(({ target }) => target))];
}
export const deviceById = async (tx: Tx, id: string): Promise<DeviceRow | null> =>
  (await tx<DeviceRow[]>`select ${device(tx)} from calls.device where id = ${id} and removed_at is null`)[0] ?? null;
