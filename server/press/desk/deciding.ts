// The desk: who is accepted, refused or withdrawn, for one conference or until a day. Each decision is a new row.
import type { BodyOf } from '../../../shared/endpoint.ts';
import type { Zone } from '../../../shared/people.ts';
import type * as wire from '../../../shared/press-desk.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { lockStreams } from '../../platform/ledger.ts';
import { clockText, shortDateText } from '../../platform/local-time.ts';
import type { Mail } from '../../platform/mail.ts';
import { refuse, type Language } from '../../platform/refusal.ts';
import type { SignedIn } from '../../platform/serve.ts';
import { isOver, type Conf, type Press } from '../index.ts';
import { emailKey, outletKey } from './names.ts';
import type { Passes } from './passes.ts';
import type { createRegistering } from './registering.ts';
import { isInForce, isValidity, mayDecide, type Standing } from './rules.ts';
import * as store from './store.ts';
import { recordOf, type createViewing, type JournalistRecord } from './viewing.ts';

type World = {
  sql: Sql;
  clock: Clock;
  mail: Pick<Mail, 'send' | 'link'>;
  press: Pick<Press, 'conference'>;
  passes: Passes;
  viewing: ReturnType<typeof createViewing>;
  registering: Pick<ReturnType<typeof createRegistering>, 'admit'>;
  /** Desk and journalist hear of it, and the other parts of the press. */
  decided: (tx: Tx, conf: Conf, journalist: JournalistRecord, standing: Standing) => Promise<void>;
  ended: (tx: Tx, conf: Conf, journalistId: string) => Promise<void>;
};
type Words = { id: string; en: string };
const STATES: Record<Standing['state'], Words> = {
  menunggu: { id: 'menunggu', en: 'waiting' },
  diterima: { id: 'diterima', en: 'accepted' },
  ditolak: { id: 'ditolak', en: 'refused' },
  dicabut: { id: 'dicabut', en: 'withdrawn' },
};

export function createDeciding({ sql, clock, mail, press, passes, viewing, registering, decided, ended }: World) {
  const confOf = async (tx: Tx, id: string): Promise<Conf> => (await press.conference(tx, id)) ?? refuse('not_found');
  const one = async (tx: Tx, id: string): Promise<store.JournalistRow> => (await store.journalists(tx, [id]))[0] ?? refuse('not_found');

  async function decide(person: SignedIn, ids: { id: string; journalist: string }, body: BodyOf<typeof wire.postRegistrationDecision>, language: Language) {
    return sql.begin(async (tx) => {
      const conf = await confOf(tx, ids.id);
      if (!(await store.lockRegistration(tx, conf.id, ids.journalist))) refuse('not_found');
      const journalist = await one(tx, ids.journalist);
      const row = (await store.registrationOf(tx, conf.id, journalist.id))!;
      const before = viewing.standingAt(conf, row);
      const accepts = body.act === 'diterima';
      if (!accepts && body.reason === null) refuse('registration.reason', {}, [{ path: 'reason', message: language === 'en' ? 'Required.' : 'Wajib diisi.' }]);
      const validUntil = accepts ? body.validUntil : null;
      if (validUntil !== null && !isValidity(validUntil, conf.zone, clock.now())) refuse('registration.validity');
      if (before.state !== body.from) {
        // The same press again, of the same officer.
        if (before.state === body.act && (await store.lastDecider(tx, conf.id, journalist.id)) === person.id) return view(tx, conf, journalist.id, language);
        refuse('registration.decided', toldOf(before, conf.zone, language));
      }
      if (!mayDecide(before.state, body.act)) refuse('input.invalid', {}, [{ path: 'act', message: STATES[before.state][language] }]);
      const at = clock.now();
      const by = { byId: person.id, byName: person.name };
      await lockStreams(tx, [`press-decisions:${conf.id}`, ...(validUntil === null ? [] : [`accreditations:${journalist.id}`])]);
      if (validUntil !== null) await store.insertAccreditation(tx, { journalistId: journalist.id, validUntil, reason: null, ...by, at });
      await store.insertDecision(tx, {
        conferenceId: conf.id,
        journalistId: journalist.id,
        act: body.act,
        reason: accepts ? null : body.reason,
        validUntil,
        ...by,
        at,
      });
      if (before.state !== body.act) await mail.send(tx, accepts ? 'pers.diterima' : 'pers.ditolak', [row.id]);
      await decided(tx, conf, recordOf(journalist), viewing.standingAt(conf, (await store.registrationOf(tx, conf.id, journalist.id))!));
      return view(tx, conf, journalist.id, language);
    });
  }

  const toldOf = (standing: Standing, zone: Zone, language: Language) => ({
    name: standing.byName ?? '–',
    when: standing.decidedAt ? `${shortDateText(standing.decidedAt, zone)} ${clockText(standing.decidedAt, zone)}` : '–',
    state: STATES[standing.state][language],
  });

  async function view(tx: Tx, conf: Conf, journalistId: string, language: Language) {
    const row = (await store.registrationOf(tx, conf.id, journalistId))!;
    const [shown] = await viewing.views(tx, conf, [{ row, journalist: await one(tx, journalistId), standing: viewing.standingAt(conf, row) }], language);
    return shown!;
  }

  /** By telephone or at the door: accepted at once. Whose address is proven is taken for themselves. */
  async function walkIn(person: SignedIn, id: string, body: BodyOf<typeof wire.postWalkIn>, language: Language) {
    return sql.begin(async (tx) => {
      const conf = await confOf(tx, id);
      if (conf.state === 'draft' || isOver(conf.state)) refuse('registration.closed');
      if (outletKey(body.outlet) === '')
        refuse('input.invalid', {}, [{ path: 'outlet', message: language === 'en' ? 'Letters or digits.' : 'Huruf atau angka.' }]);
      const key = emailKey(body.email);
      await store.lockAddress(tx, key);
      const owner = await store.ownerOf(tx, key);
      // Pressed twice: the one this desk registered a moment ago.
      const same = owner?.confirmed ? owner.id : await store.walkInOf(tx, conf.id, key, person.id);
      const journalistId = same ?? (await registering.admit(tx, body, person.id));
      await store.insertRegistration(tx, { conferenceId: conf.id, journalistId, key: null, question: null, byId: person.id, at: clock.now() });
      await store.lockRegistration(tx, conf.id, journalistId);
      const journalist = await one(tx, journalistId);
      const row = (await store.registrationOf(tx, conf.id, journalistId))!;
      if (viewing.standingAt(conf, row).state !== 'diterima') {
        const by = { byId: person.id, byName: person.name };
        await store.insertDecision(tx, { conferenceId: conf.id, journalistId, act: 'diterima', reason: null, validUntil: null, ...by, at: clock.now() });
        await mail.send(tx, journalist.confirmed ? 'pers.diterima' : 'pers.tautan', [row.id]);
        await decided(tx, conf, recordOf(journalist), viewing.standingAt(conf, (await store.registrationOf(tx, conf.id, journalistId))!));
      }
      return { registration: await view(tx, conf, journalistId, language), link: mail.link(await passes.handedPath(tx, journalistId, conf.slug)) };
    });
  }

  /** Conferences this one registered at that are not over; in one order for everybody, because each of them is held in turn. */
  async function going(tx: Tx, journalistId: string): Promise<{ conf: Conf; row: store.RegistrationRow }[]> {
    const found: { conf: Conf; row: store.RegistrationRow }[] = [];
    for (const row of await store.registrationsOf(tx, journalistId)) {
      const conf = await press.conference(tx, row.conferenceId);
      if (conf && !isOver(conf.state)) found.push({ conf, row });
    }
    return found.toSorted((a, b) => (a.conf.id < b.conf.id ? -1 : 1));
  }

  async function accredit(person: SignedIn, id: string, { validUntil, reason }: BodyOf<typeof wire.putAccreditation>, zone: Zone) {
    return sql.begin(async (tx) => {
      if (!(await store.lockJournalist(tx, id))) refuse('not_found');
      const now = clock.now();
      const last = (await store.accreditations(tx, [id])).get(id) ?? null;
      const journalist = await one(tx, id);
      if (validUntil !== null && !isValidity(validUntil, zone, now)) refuse('registration.validity');
      if (validUntil === null && !isInForce(last, zone, now)) return card(tx, journalist, zone);
      if (validUntil === null && reason === null) refuse('registration.reason');
      if (last?.validUntil === validUntil) return card(tx, journalist, zone);
      const before = await going(tx, id);
      await store.insertAccreditation(tx, {
        journalistId: id,
        validUntil,
        reason: validUntil === null ? reason : null,
        byId: person.id,
        byName: person.name,
        at: now,
      });
      for (const { conf, row } of before) {
        const was = viewing.standingAt(conf, row);
        const is = viewing.standingAt(conf, (await store.registrationOf(tx, conf.id, id))!);
        if (was.state !== is.state) await mail.send(tx, is.state === 'diterima' ? 'pers.diterima' : 'pers.ditolak', [row.id]);
        await decided(tx, conf, recordOf(journalist), is);
      }
      return card(tx, journalist, zone);
    });
  }

  async function moveTo(person: SignedIn, id: string, outletId: string, zone: Zone) {
    return sql.begin(async (tx) => {
      if (!(await store.lockJournalist(tx, id))) refuse('not_found');
      if (!(await store.outlet(tx, outletId))) refuse('not_found');
      const { name, email, phone, card: pressCard, platform, outletId: former } = await one(tx, id);
      if (former !== outletId)
        await store.insertRecord(tx, { journalistId: id, name, outletId, email, phone, card: pressCard, platform, byId: person.id, at: clock.now() });
      const journalist = await one(tx, id);
      for (const { conf, row } of await going(tx, id)) await decided(tx, conf, recordOf(journalist), viewing.standingAt(conf, row));
      return card(tx, journalist, zone);
    });
  }

  const card = async (tx: Tx, journalist: store.JournalistRow, zone: Zone) => (await viewing.cards(tx, [journalist], zone))[0]!;

  async function newPass(person: SignedIn, id: string): Promise<{ link: string }> {
    return sql.begin(async (tx) => {
      if (!(await store.lockJournalist(tx, id))) refuse('not_found');
      await passes.renew(tx, id, person.id);
      await mail.send(tx, 'pers.tautan', [id]);
      const confs = await going(tx, id);
      for (const { conf } of confs) await ended(tx, conf, id);
      const [next] = confs.toSorted((a, b) => a.conf.startsAt.getTime() - b.conf.startsAt.getTime());
      return { link: mail.link(await passes.handedPath(tx, id, next?.conf.slug ?? null)) };
    });
  }

  return { decide, walkIn, accredit, moveTo, newPass, going };
}
