// A person's own devices that ring while the portal is closed.
import type { Device, OwnDevices, Result } from '../../../shared/channels.ts';
import { createHash } from 'node:crypto';
import type { People } from '../../people/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { refuse } from '../../platform/refusal.ts';
import type { SignedIn } from '../../platform/serve.ts';
import type { Push } from '../../platform/push.ts';
import { pushOutcome } from './outcome.ts';
import * as store from './store.ts';

/** A device rings for this long after the portal was opened on it. */
const DAYS = 30;
const MOST_DEVICES = 10;
const TRIAL_EVERY_MS = 5_000;
export const RING_SECONDS = 60;

export const ringingSince = (now: Date): Date => new Date(now.getTime() - DAYS * 86_400_000);

export function createDevices({ sql, clock, people, push }: { sql: Sql; clock: Clock; people: People; push: Push | null }) {
  async function own(person: SignedIn): Promise<OwnDevices> {
    const devices = await store.devicesOf(sql, [person.id], ringingSince(clock.now()));
    const results = await store.resultsOf(
      sql,
      devices.map(({ id }) => id),
      1,
    );
    const lastOf = new Map(results.map((row) => [row.target, row]));
    return { publicKey: push?.publicKey ?? null, days: DAYS, devices: devices.map((row) => view(row, lastOf.get(row.id) ?? null)) };
  }

  type Given = { endpoint: string; keys: { p256dh: string; auth: string }; language: 'id' | 'en' };
  async function register(person: SignedIn, { endpoint, keys, language }: Given, userAgent: string): Promise<Device> {
    if (!push) refuse('push.off');
    if (!push.allows(endpoint)) refuse('push.host', { host: new URL(endpoint).host });
    const now = clock.now();
    const name = people.deviceInWords(userAgent);
    const row = await sql.begin(async (tx) => {
      const others = (await store.devicesOf(tx, [person.id], new Date(0))).filter((d) => d.endpoint !== endpoint);
      if (others.length >= MOST_DEVICES) refuse('push.too_many', { most: MOST_DEVICES });
      return store.saveDevice(tx, { personId: person.id, endpoint, ...keys, name, language, sessionId: person.sessionId, at: now });
    });
    return view(row, null);
  }

  async function remove(person: SignedIn, id: string): Promise<void> {
    await store.removeDevice(sql, person.id, id, clock.now(), 'dimatikan');
  }

  /** Signed out there, or everywhere but here: what rang for that sign-in rings no more. */
  async function signedOut(tx: Tx, ended: { sessionId: string } | { personId: string; except: string | null }): Promise<void> {
    if ('sessionId' in ended) await store.removeDeviceOfSession(tx, ended.sessionId, clock.now());
    else await store.removeDevicesOf(tx, ended.personId, ended.except, clock.now());
  }

  async function trial(person: SignedIn, id: string): Promise<Result> {
    if (!push) refuse('push.off');
    const device = (await store.ownDevice(sql, person.id, id)) ?? refuse('not_found');
    await notTooSoon(sql, clock.now(), id);
    const trialId = await store.insertTrial(sql, { channel: 'push', target: id, personId: person.id, at: clock.now() });
    const message = { kind: 'trial', id: trialId, language: device.language };
    const outcome = pushOutcome(await push.send(device, message, { topic: trialId.replaceAll('-', ''), seconds: RING_SECONDS }), 0);
    return sql.begin(async (tx) => {
      const now = clock.now();
      if (outcome.kind === 'gone') await store.removeDevice(tx, null, id, now, 'berakhir');
      const row = await store.lockTrial(tx, trialId);
      // The device may have answered before the service did.
      if (row?.state !== 'antre') return { state: row?.state ?? 'gagal', detail: null, at: now.toISOString(), trial: true };
      return asResult(await store.saveTrial(tx, trialId, outcome.kind === 'sent' ? 'dikirim' : 'gagal', 'detail' in outcome ? outcome.detail : null, now));
    });
  }

  return { own, register, remove, signedOut, trial };
}

const view = (row: store.OwnDevice, last: store.ResultRow | null): Device => ({
  id: row.id,
  name: row.name,
  mark: createHash('sha256').update(row.endpoint).digest('hex'),
  since: row.registeredAt.toISOString(),
  seenAt: row.seenAt.toISOString(),
  last: last && asResult(last),
});

export const asResult = ({ state, detail, at, trial }: Omit<store.ResultRow, 'target'>): Result => ({ state, detail, at: at.toISOString(), trial });

export async function notTooSoon(tx: Tx, now: Date, target: string): Promise<void> {
  const last = await store.lastTrial(tx, target);
  const wait = last === null ? 0 : last.getTime() + TRIAL_EVERY_MS - now.getTime();
  if (wait > 0) refuse('limit.reached', { seconds: Math.ceil(wait / 1000) });
}
