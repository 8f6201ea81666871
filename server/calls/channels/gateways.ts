// Gateways for SMS, WhatsApp, SIP and e-mail: an address of the region that takes signed webhooks and may report back what became of each.
import type { GatewayChannel } from '../../../shared/calls.ts';
import { Report, type Gateway, type Result } from '../../../shared/channels.ts';
import type { People } from '../../people/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { mayBeCalled, post, type Answer } from '../../platform/outgoing.ts';
import { refuse } from '../../platform/refusal.ts';
import type { SignedIn } from '../../platform/serve.ts';
import { asResult, notTooSoon } from './devices.ts';
import { gatewayOutcome } from './outcome.ts';
import { e164 } from './phone.ts';
import { gatewaySecret, HOLDS_MS, signedHeaders, signedId } from './signature.ts';
import * as store from './store.ts';

export type Contact = { id: string; name: string; phone: string | null; email: string | null };
export type GatewayText = { subject: string; sifat: string; caller: string; callerAs: string; placedAt: string; link: string };
/** A gateway's word on a notice; answers whether there is one of this id. */
export type NoticeReported = (
  tx: Tx,
  id: string,
  channel: GatewayChannel,
  state: 'diterima' | 'berdering' | 'gagal',
  detail: string | null,
) => Promise<boolean>;
export type NoticeText = { title: string; text: string; link: string };
type Fields = { name: string; url: string; enabled: boolean };

/** Where a gateway of this channel reaches this person; null = nowhere. */
export function addressFor(channel: GatewayChannel, contact: Contact): { name: string; phone: string | null; email: string | null } | null {
  const phone = contact.phone === null ? null : e164(contact.phone);
  const found = channel === 'email' ? contact.email : phone;
  return found === null ? null : { name: contact.name, phone, email: contact.email };
}

export function createGateways({
  sql,
  clock,
  people,
  secret,
  formerSecret,
  heard,
  noticeReported,
}: {
  sql: Sql;
  clock: Clock;
  people: People;
  secret: string;
  /** The one before: gateways that know nothing newer still hear and are heard. */ formerSecret: string | null;
  /** A gateway's word on a hop. */
  noticeReported: NoticeReported;
  heard: (tx: Tx, hop: store.HopRow, state: 'diterima' | 'berdering' | 'gagal', detail: string | null) => Promise<void>;
}) {
  async function list(): Promise<Gateway[]> {
    const rows = await store.gateways(sql);
    const results = await store.resultsOf(
      sql,
      rows.map(({ id }) => id),
      5,
    );
    const names = await people.persons(sql, [...new Set(rows.map((row) => row.changedById))]);
    return rows.map(({ changedById, changedAt, ...row }) => ({
      ...row,
      changedAt: changedAt.toISOString(),
      changedByName: names.get(changedById)?.name ?? null,
      results: results.filter(({ target }) => target === row.id).map(asResult),
    }));
  }

  const one = async (id: string): Promise<Gateway> => (await list()).find((row) => row.id === id) ?? refuse('not_found');

  async function add(person: SignedIn, fields: Fields & { channel: GatewayChannel }): Promise<Gateway> {
    checkUrl(fields.url);
    const id = await sql.begin(async (tx) => {
      const id = await store.insertGateway(tx, fields);
      await store.noteGatewayChange(tx, { gatewayId: id, at: clock.now(), byId: person.id, what: 'dibuat', before: null, after: fields });
      return id;
    });
    return one(id);
  }

  async function change(person: SignedIn, id: string, fields: Fields): Promise<Gateway> {
    checkUrl(fields.url);
    await changing(person, id, 'diubah', (row) => ({ ...row, ...fields }));
    return one(id);
  }

  async function remove(person: SignedIn, id: string): Promise<void> {
    await sql.begin(async (tx) => {
      if (!(await store.lockGateway(tx, id))) refuse('not_found');
      await store.removeGateway(tx, id, clock.now());
      await store.noteGatewayChange(tx, { gatewayId: id, at: clock.now(), byId: person.id, what: 'dihapus', before: null, after: null });
    });
  }

  /** Seeing it and renewing it stand on record. */
  /** The newer one first. */
  const secretsOf = (id: string, version: number): string[] =>
    (formerSecret === null ? [secret] : [secret, formerSecret]).map((of) => gatewaySecret(of, id, version));

  async function secretOf(person: SignedIn, id: string, renew: boolean): Promise<{ secret: string; version: number }> {
    const what = renew ? 'rahasia_diganti' : 'rahasia_dilihat';
    const { secretVersion: version } = await changing(person, id, what, (row) => ({ ...row, secretVersion: row.secretVersion + Number(renew) }));
    return { secret: gatewaySecret(secret, id, version), version };
  }

  async function changing(
    person: SignedIn,
    id: string,
    what: 'diubah' | 'rahasia_dilihat' | 'rahasia_diganti',
    next: (row: store.GatewayRow) => store.GatewayRow,
  ): Promise<store.GatewayRow> {
    return sql.begin(async (tx) => {
      const before = (await store.lockGateway(tx, id)) ?? refuse('not_found');
      const after = next(before);
      await store.updateGateway(tx, after);
      await store.noteGatewayChange(tx, { gatewayId: id, at: clock.now(), byId: person.id, what, before, after });
      return after;
    });
  }

  /** `id`: the same for every try of a delivery, so that the gateway can tell a repetition. */
  async function send(
    gateway: store.GatewayRow,
    id: string,
    to: { name: string; phone: string | null; email: string | null },
    said: { call: GatewayText } | { notice: NoticeText } | null,
  ): Promise<Answer> {
    const now = clock.now();
    const body = JSON.stringify({
      event: said === null ? 'trial' : 'call' in said ? 'call.ring' : 'notice',
      id,
      at: now.toISOString(),
      channel: gateway.channel,
      to,
      ...said,
      text: textOf(said),
    });
    return post(gateway.url, { headers: signedHeaders(secretsOf(gateway.id, gateway.secretVersion), { id, at: now, body }), body });
  }

  async function trial(person: SignedIn, id: string): Promise<Result> {
    const gateway = (await store.gatewayById(sql, id)) ?? refuse('not_found');
    const [contact] = await people.contacts(sql, [person.id]);
    const to =
      (contact && addressFor(gateway.channel, contact)) ?? refuse('gateway.no_contact', { what: gateway.channel === 'email' ? 'surel' : 'nomor telepon' });
    await notTooSoon(sql, clock.now(), id);
    const trialId = await store.insertTrial(sql, { channel: gateway.channel, target: id, personId: person.id, at: clock.now() });
    const outcome = gatewayOutcome(await send(gateway, trialId, to, null), 0);
    return sql.begin(async (tx) => {
      const row = await store.lockTrial(tx, trialId);
      if (row?.state !== 'antre') return { state: row?.state ?? 'gagal', detail: null, at: clock.now().toISOString(), trial: true };
      const state = outcome.kind === 'sent' ? 'dikirim' : 'gagal';
      return asResult(await store.saveTrial(tx, trialId, state, 'detail' in outcome ? outcome.detail : null, clock.now()));
    });
  }

  /** A forged report, an old one, and one that was heard before are refused; what a removed gateway says too. */
  async function report(id: string, headers: Readonly<Record<string, unknown>>, body: string): Promise<void> {
    const now = clock.now();
    const gateway = await store.gatewayById(sql, id);
    const messageId = gateway && (secretsOf(id, gateway.secretVersion).flatMap((one) => signedId(one, headers, body, now) ?? [])[0] ?? null);
    if (!messageId) refuse('gateway.signature');
    const said = Report.safeParse(parsed(body));
    if (!said.success) refuse('input.invalid');
    const { id: delivery, state, detail = null } = said.data;
    await sql.begin(async (tx) => {
      if (!(await store.noteReport(tx, id, messageId, now, new Date(now.getTime() - 2 * HOLDS_MS)))) refuse('gateway.replayed');
      const hop = await store.lockHop(tx, delivery, id);
      if (hop) return heard(tx, hop, state, detail);
      if (await noticeReported(tx, delivery, gateway.channel, state, detail)) return;
      if (!(await store.lockTrial(tx, delivery, id))) refuse('not_found');
      await store.saveTrial(tx, delivery, state, detail, now);
    });
  }

  return { list, add, change, remove, secretOf, send, trial, report };
}

function textOf(said: { call: GatewayText } | { notice: NoticeText } | null): string {
  if (said === null) return 'Uji coba gerbang portal rapat. Tidak ada yang perlu dilakukan.';
  if ('notice' in said) return `${said.notice.text} ${said.notice.link}`;
  const { sifat, subject, caller, callerAs, link } = said.call;
  return `PANGGILAN MENDESAK (${sifat.replace('_', ' ')}): ${subject}. Dari ${caller}, ${callerAs}. Gabung: ${link}`;
}

function checkUrl(url: string): void {
  if (!mayBeCalled(url)) refuse('gateway.url', {}, [{ path: 'body.url', message: 'https://…' }]);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
