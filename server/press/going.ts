// Going from state to state, calling off, and siap tayang. A verb is one transaction.
import type { z } from 'zod';
import type { Check, CheckName, ConferenceState, CrewRole, CrewRow } from '../../shared/press.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { refuse, type Language } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { Rooms } from '../rooms/index.ts';
import type { Access, Standing } from './access.ts';
import { findings, isByHand, missing, type Sight } from './checks.ts';
import type { Crew, CrewDesk } from './crew.ts';
import type { Showing, WholeView } from './showing.ts';
import { canBeCalledOff, isOver, isPast, marksAt, nextStates, stepTo } from './states.ts';
import * as store from './store.ts';
import type { Conf } from './store.ts';
import { checkName, nextText, seenText, stateText } from './words.ts';

type CheckView = z.input<typeof Check>;
/** What other parts of the press see; each tells it when it is there. */
export type Sights = {
  waiting: (tx: Tx, ids: readonly string[]) => Promise<Map<string, number>>;
  /** Is a microphone of a speaker, or the interpreter's camera, published? null: the media server did not say. */
  published: (conf: Conf) => Promise<boolean | null>;
  kit: (tx: Tx, conf: Conf) => Promise<boolean>;
  /** Whether the letter to one of the crew has left, by row; who got none is not in it. */
  letters: (tx: Tx, crew: readonly Crew[]) => Promise<Map<string, NonNullable<CrewRow['mail']>>>;
};
type World = {
  sql: Sql;
  clock: Clock;
  rooms: Pick<Rooms, 'open' | 'close' | 'mediaState'>;
  access: Access;
  crew: CrewDesk;
  showing: Showing;
  sights: Sights;
  went: (tx: Tx, conf: Conf, from: ConferenceState) => Promise<void>;
};
export type CheckWord = { done?: boolean | undefined; note: string | null; waive?: string | null | undefined };

const ROLES: readonly CrewRole[] = ['narasumber', 'moderator', 'jbi', 'operator'];

export function createGoing({ sql, clock, rooms, access, crew, showing, sights, went }: World) {
  /** Asks the media server: never while a row is held. */
  const publishedOf = async (conf: Conf): Promise<boolean | null> => (conf.roomId === null ? false : sights.published(conf));

  async function sightOf(tx: Tx, { conf, crew: listed }: Standing, published: boolean | null): Promise<Sight> {
    const inside = await showing.insideOf(tx, conf);
    const count = (role: CrewRole) => {
      const these = listed.filter((one) => one.role === role);
      return { listed: these.length, inside: these.filter((one) => one.member !== null && inside.has(one.member)).length };
    };
    return {
      media: rooms.mediaState() === 'ready',
      crew: Object.fromEntries(ROLES.map((role) => [role, count(role)])) as Sight['crew'],
      published,
      waiting: (await sights.waiting(tx, [conf.id])).get(conf.id) ?? 0,
      kit: await sights.kit(tx, conf),
    };
  }

  async function found(tx: Tx, standing: Standing, published: boolean | null) {
    const said = new Map((await store.checkedOf(tx, standing.conf.id)).map((word) => [word.name, word]));
    const waived = new Map((await store.waiversOf(tx, [standing.conf.id])).map((waiver) => [waiver.name, waiver]));
    return { said, waived, list: findings(await sightOf(tx, standing, published), said) };
  }

  async function checks(caller: Caller, id: string, language: Language): Promise<CheckView[]> {
    const standing = await access.leading(caller, id);
    const { said, waived, list } = await found(sql, standing, await publishedOf(standing.conf));
    return list.map((check) => {
      const word = said.get(check.name);
      const waiver = waived.get(check.name);
      return {
        name: check.name,
        ok: check.ok,
        blocking: check.blocking,
        byHand: check.byHand,
        text: seenText(check, language),
        doneBy: word?.done ? word.byName : null,
        doneAt: word?.done ? word.at.toISOString() : null,
        note: word?.note ?? null,
        waived: waiver ? { byName: waiver.byName, at: waiver.at.toISOString(), reason: waiver.reason } : null,
      };
    });
  }

  async function setCheck(
    by: SignedIn,
    caller: Caller,
    id: string,
    name: CheckName,
    { done, note, waive }: CheckWord,
    language: Language,
  ): Promise<CheckView[]> {
    await sql.begin(async (tx) => {
      const standing = await access.leading(caller, id, { tx, lock: true });
      if (isOver(standing.conf.state)) refuse('conference.over', { state: stateText(standing.conf.state, language) });
      const word = { name, byId: by.id, byName: by.name, at: clock.now() };
      if (done !== undefined) {
        if (!isByHand(name)) refuse('check.not_by_hand');
        await store.setChecked(tx, id, { ...word, done, note });
        await store.noteAct(tx, id, { by, act: 'diperiksa', subject: name, detail: `${done ? 'sudah' : 'belum'}${note === null ? '' : `: ${note}`}` }, word.at);
      }
      if (waive !== undefined) {
        if (!standing.operates) refuse('role.missing');
        if (waive !== null) await store.setWaiver(tx, id, { ...word, reason: waive });
        if (waive !== null || (await store.dropWaiver(tx, id, name)))
          await store.noteAct(tx, id, { by, act: waive === null ? 'kesampingan_dicabut' : 'dikesampingkan', subject: name, detail: waive }, word.at);
        // Without an interpreter: the public page says so.
        if (name === 'jbi') await showing.tell(tx, id);
      }
      await showing.tellDesk(tx, id);
    });
    return checks(caller, id, language);
  }

  async function mustBeReady(tx: Tx, standing: Standing, published: boolean | null, language: Language): Promise<void> {
    const { waived, list } = await found(tx, standing, published);
    const open = missing(list, new Set(waived.keys()));
    if (open.length > 0) refuse('conference.not_ready', { missing: open.map((check) => checkName(check.name, language)).join(', ') });
  }

  function mustFollow({ conf, operates, moderates }: Standing, to: ConferenceState, language: Language): boolean {
    const by = { operates, moderates };
    const step = stepTo(conf.state, to, by);
    const text = (state: ConferenceState): string => stateText(state, language);
    if (step === 'not_yours') refuse(moderates ? 'role.missing' : 'press.not_moderator');
    if (step === 'over') refuse('conference.over', { state: text(conf.state) });
    if (step === 'order')
      refuse('conference.order', { from: text(conf.state), to: text(to), next: nextText(nextStates(conf.state, { ...by, operates: true }), language) });
    return step === 'goes';
  }

  async function setState(by: SignedIn, caller: Caller, id: string, to: ConferenceState, language: Language): Promise<WholeView> {
    const published = to === 'tayang' ? await publishedOf((await access.standing(caller, id)).conf) : null;
    return sql.begin(async (tx) => {
      const standing = await access.standing(caller, id, { tx, lock: true });
      if (!mustFollow(standing, to, language)) return showing.whole(tx, standing);
      const { conf } = standing;
      // Once on air it stays ready: who leaves does not take it off.
      if (to === 'tayang' && conf.liveAt === null) await mustBeReady(tx, standing, published, language);
      const now = clock.now();
      if (to === 'diumumkan' && isPast(conf, now)) refuse('conference.past');
      const opened = to === 'ruang_tunggu' && conf.roomId === null ? (await rooms.open(tx, { watched: true })).id : conf.roomId;
      const next: Conf = { ...conf, ...marksAt(to, conf, now), state: to, roomId: opened };
      await store.saveState(tx, next);
      if (to === 'ruang_tunggu') await crew.freeze(tx, next);
      await arrived(tx, next, conf.state, { by, act: 'keadaan' });
      return showing.whole(tx, await access.standing(caller, id, { tx }));
    });
  }

  async function arrived(tx: Tx, conf: Conf, from: ConferenceState, act: Pick<store.Act, 'by' | 'act' | 'detail'>): Promise<void> {
    await store.noteAct(tx, conf.id, { ...act, from, to: conf.state }, clock.now());
    await went(tx, conf, from);
    if (isOver(conf.state) && conf.roomId !== null) await rooms.close(tx, conf.roomId);
    await showing.tell(tx, conf.id);
  }

  /** Called off twice is called off once. */
  async function cancel(by: SignedIn, caller: Caller, id: string, reason: string, language: Language): Promise<WholeView> {
    return sql.begin(async (tx) => {
      const standing = await access.standing(caller, id, { tx, lock: true });
      const { conf, operates, moderates } = standing;
      if (conf.state === 'dibatalkan') return showing.whole(tx, standing);
      if (!canBeCalledOff(conf.state)) {
        const next = nextText(nextStates(conf.state, { operates, moderates }), language);
        refuse('conference.order', { from: stateText(conf.state, language), to: stateText('dibatalkan', language), next });
      }
      await store.callOff(tx, id, reason, clock.now());
      await arrived(tx, { ...conf, state: 'dibatalkan', cancelReason: reason }, conf.state, { by, act: 'dibatalkan', detail: reason });
      return showing.whole(tx, await access.standing(caller, id, { tx }));
    });
  }

  return { checks, setCheck, setState, cancel };
}
