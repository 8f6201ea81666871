// Reaching a person who has no tab open: Web Push, and the gateways an administrator set up. Says how everybody can be reached, sends,
// tries again, hears what came of it, and falls silent when the call is answered or over.
import { randomUUID } from 'node:crypto';
import type { Channel, Reach } from '../../../shared/calls.ts';
import type { Sifat } from '../../../shared/meetings.ts';
import type { People } from '../../people/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import type { Jobs } from '../../platform/jobs.ts';
import { createPush, type PushSettings } from '../../platform/push.ts';
import { refuse } from '../../platform/refusal.ts';
import { createDevices, ringingSince, RING_SECONDS } from './devices.ts';
import { addressFor, createGateways, type NoticeReported } from './gateways.ts';
import { createNoticeSenders } from './notices.ts';
import { gatewayOutcome, pushOutcome, stopped, type Outcome } from './outcome.ts';
import { e164, waLink } from './phone.ts';
import { channelRoutes } from './routes.ts';
import { seal, unseal } from './seal.ts';
import * as store from './store.ts';

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
  jobs: Jobs;
  live: { openTabs: (tx: Tx, personIds: readonly string[]) => Promise<Map<string, number>> };
  people: People;
  secret: string;
  /** The one before. */
  formerSecret?: string | null;
  /** null = Web Push is off. */
  push: PushSettings | null;
  /** Where links in texts lead. */
  origin: string;
  noticeReported: NoticeReported;
};

const HOP = 'panggilan.kirim';
const QUIET = 'panggilan.hening';
/** How far a hop has come; it never goes back. */
const FAR: Record<store.HopState, number> = { antre: 0, gagal: 0, dihentikan: 0, dikirim: 1, diterima: 2, berdering: 3 };

export function createChannels({ sql, clock, jobs, live, people, secret, formerSecret = null, push: settings, origin, noticeReported }: ChannelParts) {
  const push = settings && createPush({ secret: formerSecret ?? secret, settings });
  const listeners: HopListener[] = [];
  const devices = createDevices({ sql, clock, people, push });
  const gateways = createGateways({ sql, clock, people, secret, formerSecret, heard: arrived, noticeReported });

  /** Called in the transaction that changes a hop of push or a gateway; hops of tabs are the calls' own. */
  function onHop(listener: HopListener): void {
    listeners.push(listener);
  }

  async function tellHop(tx: Tx, news: HopNews): Promise<void> {
    for (const hear of listeners) await hear(tx, news);
  }

  /** How each can be reached at this moment. */
  async function reach(tx: Tx, personIds: readonly string[]): Promise<Map<string, Reach>> {
    const tabs = await live.openTabs(tx, personIds);
    const devicesOf = new Map<string, number>();
    for (const { personId } of await ringable(tx, personIds)) devicesOf.set(personId, (devicesOf.get(personId) ?? 0) + 1);
    const channels = [...new Set((await store.enabledGateways(tx)).map(({ channel }) => channel))];
    const contacts = new Map((await people.contacts(tx, personIds)).map((contact) => [contact.id, contact]));
    return new Map(
      personIds.map((id) => {
        const contact = contacts.get(id);
        return [
          id,
          {
            tabs: tabs.get(id) ?? 0,
            push: contact ? (devicesOf.get(id) ?? 0) : 0,
            gateways: contact ? channels.filter((channel) => addressFor(channel, contact) !== null) : [],
            phone: e164(contact?.phone ?? '') !== null,
          },
        ];
      }),
    );
  }

  const ringable = async (tx: Tx, personIds: readonly string[]): Promise<store.OwnDevice[]> =>
    push ? store.devicesOf(tx, personIds, ringingSince(clock.now())) : [];

  /** Hops for every channel but `tab`, and the jobs that send them when this transaction is committed. */
  async function dispatch(tx: Tx, rings: readonly Ring[], channels: readonly Channel[]): Promise<void> {
    const ids = rings.map(({ personId }) => personId);
    const contacts = new Map((await people.contacts(tx, ids)).map((contact) => [contact.id, contact]));
    const ringing = channels.includes('push') ? await ringable(tx, ids) : [];
    const through = (await store.enabledGateways(tx)).filter(({ channel }) => channels.includes(channel));
    const hops = rings.flatMap((ring) => {
      const contact = contacts.get(ring.personId);
      if (!contact) return [];
      const to = { calleeId: ring.calleeId, round: ring.hopRound };
      const links = through.filter(({ channel }) => addressFor(channel, contact) !== null);
      return [
        ...ringing
          .filter(({ personId }) => personId === ring.personId)
          .map(({ id }) => ({ hop: { id: randomUUID(), ...to, channel: 'push' as const, target: id }, link: null })),
        ...links.map(({ id, channel }) => ({ hop: { id: randomUUID(), ...to, channel, target: id }, link: seal(secret, ring.link) })),
      ];
    });
    if (hops.length === 0) return;
    await store.insertHops(
      tx,
      hops.map(({ hop }) => hop),
      clock.now(),
    );
    await jobs.add(
      tx,
      HOP,
      hops.map(({ hop, link }) => ({ hop: hop.id, link })),
    );
  }

  /** One try of one hop. Its id is the delivery's, so a portal that dies before it has written down the answer repeats the same one. */
  async function sendHop(hopId: string, link: string | null): Promise<void> {
    const hop = await store.waitingHop(sql, hopId);
    if (!hop) return;
    const why = stopped(hop, clock.now()) ?? (hop.device || hop.gateway ? null : 'Perangkat atau gerbang sudah tidak dipakai');
    if (why !== null) return settle(hopId, async (tx) => store.saveHop(tx, hopId, 'dihentikan', clock.now(), why));
    const outcome = await tryHop(hop, link);
    await settle(hopId, async (tx, { calleeId, channel }) => {
      if (outcome.kind === 'later') {
        await store.countTry(tx, hopId, `${outcome.detail}; dicoba lagi`);
        return jobs.add(tx, HOP, [{ hop: hopId, link }], { afterMs: outcome.afterMs });
      }
      const sent = outcome.kind === 'sent';
      const detail = sent ? null : outcome.detail;
      if (outcome.kind === 'gone' && hop.device) await store.removeDevice(tx, null, hop.device.id, clock.now(), 'berakhir');
      await store.countTry(tx, hopId, null);
      await store.saveHop(tx, hopId, sent ? 'dikirim' : 'gagal', clock.now(), detail);
      await tellHop(tx, { calleeId, channel, kind: sent ? 'dikirim' : 'gagal', detail });
    });
  }

  /** While it still waits: the device may have answered before the service did, the call may be over. */
  async function settle(hopId: string, save: (tx: Tx, hop: store.HopRow) => Promise<unknown>): Promise<void> {
    await sql.begin(async (tx) => {
      const hop = await store.lockHop(tx, hopId);
      if (hop?.state === 'antre') await save(tx, hop);
    });
  }

  async function tryHop(hop: store.WaitingHop, link: string | null): Promise<Outcome> {
    const { call } = hop;
    const placedAt = new Date(call.placedAt).toISOString();
    if (hop.device && push) {
      const { id: callId, ...told } = call;
      const message = { kind: 'ring', id: hop.id, callId, ...told, placedAt, language: hop.device.language };
      return pushOutcome(await push.send(hop.device, message, { topic: topicOf(callId), seconds: RING_SECONDS }), hop.attempts);
    }
    const [contact] = await people.contacts(sql, [hop.personId]);
    const to = contact && hop.gateway && addressFor(hop.gateway.channel, contact);
    if (!hop.gateway || !to) return { kind: 'failed', detail: 'Nomor atau surel penerima sudah tidak ada' };
    const { subject, sifat, callerName: caller, callerAs } = call;
    const text = {
      subject,
      sifat,
      caller,
      callerAs,
      placedAt,
      link: link === null ? '' : unseal(formerSecret === null ? [secret] : [secret, formerSecret], link),
    };
    return gatewayOutcome(await gateways.send(hop.gateway, hop.id, to, { call: text }), hop.attempts);
  }

  /** A device or a gateway says how far a ring has come. The first word of it also says that it was sent. */
  async function arrived(tx: Tx, hop: store.HopRow, state: 'diterima' | 'berdering' | 'gagal', detail: string | null): Promise<void> {
    const { calleeId, channel } = hop;
    if (state === 'gagal' ? FAR[hop.state] > FAR.dikirim || hop.state === 'gagal' : FAR[state] <= FAR[hop.state]) return;
    if (hop.sentAt === null && state !== 'gagal') await tellHop(tx, { calleeId, channel, kind: 'dikirim', detail: null });
    await store.saveHop(tx, hop.id, state, clock.now(), detail);
    await tellHop(tx, { calleeId, channel, kind: state, detail });
  }

  /** A device says so; it is told whether it should still ring. */
  async function rang(id: string, state: 'diterima' | 'berdering'): Promise<{ rings: boolean }> {
    return sql.begin(async (tx) => {
      const hop = await store.lockHop(tx, id);
      if (hop?.channel === 'push') {
        await arrived(tx, hop, state, null);
        return { rings: hop.cancelledAt === null && hop.calleeState === 'memanggil' && hop.state !== 'dihentikan' };
      }
      const trial = (await store.lockTrial(tx, id)) ?? refuse('not_found');
      if (FAR[state] > FAR[trial.state]) await store.saveTrial(tx, id, state, null, clock.now());
      return { rings: true };
    });
  }

  /** What waits for these people is not sent any more; what was shown is closed. */
  async function quiet(tx: Tx, callId: string, personIds: readonly string[], why: QuietWhy): Promise<void> {
    if (personIds.length === 0) return;
    const shown = await store.quietHops(tx, callId, personIds, clock.now());
    if (push)
      await jobs.add(
        tx,
        QUIET,
        shown.map((device) => ({ device, call: callId, why })),
      );
  }

  async function sendQuiet(deviceId: string, callId: string, why: string): Promise<void> {
    const device = await store.deviceById(sql, deviceId);
    if (!device || !push) return;
    await push.send(device, { kind: 'quiet', callId, why, language: device.language }, { topic: topicOf(callId), seconds: RING_SECONDS });
  }

  /** `https://wa.me/…` of each whose number is known, to send this text by hand. */
  async function waLinks(tx: Tx, texts: ReadonlyMap<string, string>): Promise<Map<string, string>> {
    const contacts = await people.contacts(tx, [...texts.keys()]);
    const links = contacts.map(({ id, phone }) => [id, waLink(phone ?? '', texts.get(id) ?? '')] as const);
    return new Map(links.filter((pair): pair is readonly [string, string] => pair[1] !== null));
  }

  jobs.handle(HOP, async ({ hop = null, link = null }) => sendHop(hop ?? '', link));
  jobs.handle(QUIET, async ({ device, call, why }) => sendQuiet(device ?? '', call ?? '', why ?? ''));
  people.onSignedOut(devices.signedOut);

  const noticeSenders = createNoticeSenders({ sql, clock, people, push, gateways, origin });
  return { noticeSenders, reach, dispatch, quiet, onHop, waLinks, routes: channelRoutes({ devices, gateways, rang }) };
}

/** At most 32 characters of a topic are allowed: a UUID without its dashes. */
const topicOf = (callId: string): string => callId.replaceAll('-', '');
