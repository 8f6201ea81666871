// Plain notices over the same devices and gateways that ring: nothing rings here.
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import type { Push } from '../../platform/push.ts';
import type { People } from '../../people/index.ts';
import { ringingSince } from './devices.ts';
import { addressFor, type createGateways } from './gateways.ts';
import { gatewayOutcome, pushOutcome, type Outcome } from './outcome.ts';
import * as store from './store.ts';

type Words = { title: string; text: string };
type Message = { id: string; noticeId: string; personId: string; words: { id: Words; en: Words }; path: string; urgent: boolean; until: Date | null };
type Sent = { kind: 'sent' } | { kind: 'later'; detail: string; afterMs: number } | { kind: 'failed'; detail: string };
type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'contacts'>;
  push: Push | null;
  gateways: Pick<ReturnType<typeof createGateways>, 'send'>;
  origin: string;
};

/** A notice may wait this long for a device that is off. */
const WAITS_MS = 12 * 3_600_000;

export function createNoticeSenders({ sql, clock, people, push, gateways, origin }: World) {
  const devicesOf = async (tx: Tx, personIds: readonly string[]) => (push ? store.devicesOf(tx, personIds, ringingSince(clock.now())) : []);

  const devices = {
    on: async () => push !== null,
    reaches: async (tx: Tx, personIds: readonly string[]) => new Set((await devicesOf(tx, personIds)).map(({ personId }) => personId)),
    /** To all devices of the person; one that has it is enough. */
    send: async ({ noticeId, personId, words, path, urgent, until }: Message, tries: number): Promise<Sent> => {
      const waits = Math.min(WAITS_MS, until ? until.getTime() - clock.now().getTime() : WAITS_MS);
      const outcomes: Outcome[] = [];
      for (const device of await devicesOf(sql, [personId])) {
        const message = { kind: 'notice', id: noticeId, ...words[device.language], path, language: device.language };
        const answer = await push!.send(device, message, {
          topic: noticeId.replaceAll('-', ''),
          seconds: Math.max(1, Math.floor(waits / 1000)),
          urgency: urgent ? 'high' : 'normal',
        });
        const outcome = pushOutcome(answer, tries);
        if (outcome.kind === 'gone') await store.removeDevice(sql, null, device.id, clock.now(), 'berakhir');
        outcomes.push(outcome);
      }
      return together(outcomes, 'Tidak ada perangkat yang terdaftar');
    },
  };

  const through = (channel: 'sms' | 'whatsapp') => ({
    on: async (tx: Tx) => (await store.enabledGateways(tx)).some((gateway) => gateway.channel === channel),
    reaches: async (tx: Tx, personIds: readonly string[]) =>
      new Set((await people.contacts(tx, personIds)).flatMap((contact) => (addressFor(channel, contact) ? [contact.id] : []))),
    /** By the first gateway that takes it: the same text twice costs twice. */
    send: async ({ id, personId, words, path }: Message, tries: number): Promise<Sent> => {
      const [contact] = await people.contacts(sql, [personId]);
      const to = contact && addressFor(channel, contact);
      if (!to) return { kind: 'failed', detail: 'Nomor penerima sudah tidak ada' };
      const outcomes: Outcome[] = [];
      for (const gateway of (await store.enabledGateways(sql)).filter((one) => one.channel === channel)) {
        const outcome = gatewayOutcome(await gateways.send(gateway, id, to, { notice: { ...words.id, link: `${origin}${path}` } }), tries);
        if (outcome.kind === 'sent') return outcome;
        outcomes.push(outcome);
      }
      return together(outcomes, 'Gerbang sudah tidak dipakai');
    },
  });

  return { push: devices, sms: through('sms'), whatsapp: through('whatsapp') };
}

/** Sent where one was; else later where one may still be. */
function together(outcomes: readonly Outcome[], nothing: string): Sent {
  const best = outcomes.find(({ kind }) => kind === 'sent') ?? outcomes.find(({ kind }) => kind === 'later') ?? outcomes[0];
  if (!best) return { kind: 'failed', detail: nothing };
  return best.kind === 'gone' ? { kind: 'failed', detail: best.detail } : best;
}
