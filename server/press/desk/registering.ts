// Registering, by anybody. The answer is the same whether or not an address is known: a browser without a pass always becomes somebody
// new who waits, and the address alone is told the link that opens what belongs to it.
import type { z } from 'zod';
import type * as wire from '../../../shared/press-desk.ts';
import type { BodyOf } from '../../../shared/endpoint.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import type { Mail } from '../../platform/mail.ts';
import { refuse, type Language } from '../../platform/refusal.ts';
import type { Caller } from '../../platform/serve.ts';
import { isRegistrationOpen, type Conf } from '../index.ts';
import type { createLimits } from './limits.ts';
import { emailKey, outletKey } from './names.ts';
import type { createPressNotice } from './notice.ts';
import type { createOutlets } from './outlets.ts';
import { deviceMark, type Passes } from './passes.ts';
import { isPhone } from './rules.ts';
import * as store from './store.ts';
import { recordOf, type createViewing, type JournalistRecord } from './viewing.ts';

type World = {
  sql: Sql;
  clock: Clock;
  mail: Pick<Mail, 'send' | 'from'>;
  passes: Passes;
  limits: ReturnType<typeof createLimits>;
  notice: ReturnType<typeof createPressNotice>;
  outlets: ReturnType<typeof createOutlets>;
  viewing: ReturnType<typeof createViewing>;
  confOf: (slug: string) => Promise<Conf>;
  /** The desk hears of it. */
  heard: (tx: Tx, conf: Conf) => Promise<void>;
  advance: (tx: Tx, conf: Conf, journalist: JournalistRecord, question: { topic: string; text: string }) => Promise<void>;
};
type Body = BodyOf<typeof wire.postRegistration>;
type Own = z.input<typeof wire.OwnRegistration>;
export type Asking = { caller: Caller; ip: string; language: Language };

/** A form whose answer was lost is sent again within this time. */
const AGAIN_MS = 15 * 60_000;

export function createRegistering(world: World) {
  const { sql, clock, mail, passes, limits, notice, outlets, viewing, confOf, heard, advance } = world;

  async function look(slug: string, { caller, language }: Pick<Asking, 'caller' | 'language'>) {
    // The form's browser has its mark before it is sent.
    caller.device();
    const conf = await confOf(slug);
    const [{ version, texts }, holder] = await Promise.all([notice.current(), passes.holderId(sql, caller)]);
    return {
      open: isRegistrationOpen(conf, clock.now()),
      own: holder === null ? null : await viewing.own(sql, conf, holder),
      mails: mail.from !== null,
      notice: { version, ...texts[language] },
    };
  }

  async function register(slug: string, body: Body, { caller, ip, language }: Asking): Promise<{ own: Own; cookie: string | null }> {
    const device = caller.device();
    const [holder, known] = await Promise.all([passes.holderId(sql, caller), passes.isKnownBrowser(sql, caller)]);
    limits.mustBeWithin('isian', { ip, device, known });
    const [conf, current] = await Promise.all([confOf(slug), notice.current()]);
    mustBeWhole(body, language);
    if (body.notice !== current.version) refuse('notice.required', { version: current.version });

    return sql.begin(async (tx) => {
      await store.lockKey(tx, body.key);
      const sent = await store.registrationByKey(tx, body.key);
      if (sent) return again(tx, conf, body, sent, { holder, caller });
      const open = isRegistrationOpen(conf, clock.now());
      if (!open && (holder === null || (await store.registrationOf(tx, conf.id, holder)) === null)) refuse('registration.closed');
      const { id, cookie } = holder === null ? await newcomer(tx, body, caller) : { id: await returning(tx, holder, body), cookie: null };
      await notice.keepProof(tx, { notice: current, journalistId: id, language, device: deviceMark(device) });
      await enter(tx, conf, id, body);
      await heard(tx, conf);
      return { own: (await viewing.own(tx, conf, id))!, cookie };
    });
  }

  function mustBeWhole(body: Body, language: Language): void {
    const wrong = (path: string, id: string, en: string): never => refuse('input.invalid', {}, [{ path, message: language === 'en' ? en : id }]);
    if (body.phone && !isPhone(body.phone))
      wrong('phone', 'Tulis nomor telepon, misalnya 0812 3456 7890.', 'Give a telephone number, such as +62 812 3456 7890.');
    if (outletKey(body.outlet) === '') wrong('outlet', 'Nama media harus memuat huruf atau angka.', 'The name of the outlet needs letters or digits.');
    if (!/\p{L}/u.test(body.name)) wrong('name', 'Nama harus memuat huruf.', 'A name needs letters.');
  }

  /** The same form once more: its own browser is answered what it was, and gets its pass if the first answer was lost on the way. */
  async function again(
    tx: Tx,
    conf: Conf,
    body: Body,
    sent: { conferenceId: string; journalistId: string; at: Date },
    { holder, caller }: { holder: string | null; caller: Caller },
  ): Promise<{ own: Own; cookie: string | null }> {
    const [who] = await store.journalists(tx, [sent.journalistId]);
    const same = sent.conferenceId === conf.id && who !== undefined && emailKey(who.email) === emailKey(body.email);
    const late = clock.now().getTime() - sent.at.getTime() > AGAIN_MS;
    if (!same || (holder !== sent.journalistId && (holder !== null || late))) refuse('input.invalid', {}, [{ path: 'key', message: 'key' }]);
    const cookie = holder === null ? await passes.keep(tx, sent.journalistId, deviceMark(caller.device()), 'isian') : null;
    return { own: (await viewing.own(tx, conf, sent.journalistId))!, cookie };
  }

  async function newcomer(tx: Tx, body: Body, caller: Caller): Promise<{ id: string; cookie: string }> {
    const id = await admit(tx, body, null);
    return { id, cookie: await passes.keep(tx, id, deviceMark(caller.device()), 'isian') };
  }

  /** Somebody new. An address that is another's already makes a claim to it, and nothing more. */
  async function admit(
    tx: Tx,
    who: Pick<Body, 'name' | 'outlet' | 'outletKind' | 'email' | 'card'> & Partial<Pick<Body, 'phone' | 'platform'>>,
    byId: string | null,
  ) {
    const key = emailKey(who.email);
    await store.lockAddress(tx, key);
    const owner = await store.ownerOf(tx, key);
    const at = clock.now();
    const journalistId = await store.insertJournalist(tx, { emailKey: key, claims: owner?.confirmed ? owner.id : null, at });
    const outletId = await outlets.called(tx, { name: who.outlet, kind: who.outletKind });
    await store.insertRecord(tx, {
      journalistId,
      name: who.name,
      outletId,
      email: who.email,
      phone: who.phone || null,
      card: who.card,
      platform: who.platform ?? null,
      byId,
      at,
    });
    await passes.renew(tx, journalistId, byId);
    return journalistId;
  }

  /** Name and outlet are those known; the desk changes them. What else was filled in is newer. */
  async function returning(tx: Tx, id: string, body: Body): Promise<string> {
    await store.lockJournalist(tx, id);
    const [who] = await store.journalists(tx, [id]);
    if (!who) refuse('registration.closed');
    if (emailKey(who.email) !== emailKey(body.email)) refuse('registration.other_person', { name: who.name });
    const next = { phone: body.phone || who.phone, card: body.card ?? who.card, platform: body.platform ?? who.platform };
    const changed = next.phone !== who.phone || next.platform !== who.platform || next.card?.number !== who.card?.number || next.card?.kind !== who.card?.kind;
    if (changed)
      await store.insertRecord(tx, { journalistId: id, name: who.name, outletId: who.outletId, email: who.email, ...next, byId: null, at: clock.now() });
    return id;
  }

  async function enter(tx: Tx, conf: Conf, journalistId: string, { key, question }: Pick<Body, 'key' | 'question'>): Promise<void> {
    const id = await store.insertRegistration(tx, { conferenceId: conf.id, journalistId, key, question, byId: null, at: clock.now() });
    const [who] = await store.journalists(tx, [journalistId]);
    const row = await store.registrationOf(tx, conf.id, journalistId);
    if (!who || !row) return;
    const asked = question !== null && (id !== null || (await store.addQuestion(tx, row.id, question)));
    if (asked) await advance(tx, conf, recordOf(who), question);
    if (id === null) return;
    if (viewing.standingAt(conf, row).state === 'diterima') await mail.send(tx, 'pers.diterima', [row.id]);
    else if (!who.confirmed && limits.mayWrite(emailKey(who.email))) await mail.send(tx, 'pers.tautan', [row.id]);
  }

  return { look, register, admit };
}
