// Planning a conference: when, who takes part, in which order, by which link. A verb is one transaction.
import type { ConferenceInput } from '../../shared/press.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { dayIn } from '../platform/local-time.ts';
import { refuse, type Language } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { People } from '../people/index.ts';
import type { Access, Standing } from './access.ts';
import type { Crew, CrewDesk, CrewInput } from './crew.ts';
import type { Showing, WholeView } from './showing.ts';
import { slugOf } from './slug.ts';
import { hasRoom, isOver, isPast } from './states.ts';
import * as store from './store.ts';
import type { Conf, Plan } from './store.ts';
import { stateText } from './words.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'opds'>;
  access: Access;
  crew: CrewDesk;
  showing: Showing;
  /** Somebody came, went or has a new link: other parts of the press hear of it in the transaction. */
  crewChanged: (tx: Tx, conf: Conf) => Promise<void>;
  /** It is planned otherwise now: another time perhaps. */
  replanned: (tx: Tx, conf: Conf) => Promise<void>;
};
type By = SignedIn;

/** Conferences of one day and title before an address is given up. */
const MOST_ALIKE = 50;

export function createPlanning({ sql, clock, people, access, crew, showing, crewChanged, replanned }: World) {
  async function planOf(tx: Tx, input: ConferenceInput): Promise<Plan> {
    const opd = (await people.opds(tx)).find((o) => o.id === input.opdId && o.parentId === null);
    if (!opd) refuse('input.invalid', {}, [{ path: 'opdId', message: 'Perangkat daerah ini tidak ditemukan.' }]);
    const at = (text: string | null): Date | null => (text === null ? null : new Date(text));
    const plan = { ...input, zone: opd.zone, startsAt: new Date(input.startsAt), endsAt: at(input.endsAt), registrationUntil: at(input.registrationUntil) };
    if (plan.endsAt && plan.endsAt <= plan.startsAt) refuse('conference.times', {}, [{ path: 'endsAt', message: 'Waktu selesai harus sesudah waktu mulai.' }]);
    if (plan.registrationUntil && plan.endsAt && plan.registrationUntil > plan.endsAt)
      refuse('conference.times', {}, [{ path: 'registrationUntil', message: 'Pendaftaran ditutup paling lambat saat acara selesai.' }]);
    return plan;
  }

  function mustBeToCome(plan: Plan): void {
    if (isPast(plan, clock.now())) refuse('conference.past', {}, [{ path: 'startsAt', message: 'Waktu ini sudah lewat.' }]);
  }

  const slugs = ({ title, startsAt, zone }: Pick<Plan, 'title' | 'startsAt' | 'zone'>): string[] =>
    Array.from({ length: MOST_ALIKE }, (_, index) => slugOf(dayIn(startsAt, zone), title, index + 1));

  async function plan(by: By, input: ConferenceInput): Promise<WholeView> {
    return sql.begin(async (tx) => {
      const planned = await planOf(tx, input);
      mustBeToCome(planned);
      let conf: Conf | null = null;
      await store.lockSlugs(tx);
      for (const slug of slugs(planned)) if ((conf = await store.insertConference(tx, slug, planned, by.id, clock.now()))) break;
      if (!conf) refuse('input.invalid', {}, [{ path: 'title', message: 'Sudah terlalu banyak konferensi pers berjudul sama pada hari itu.' }]);
      await store.noteAct(tx, conf.id, { by, act: 'direncanakan', to: 'draft', detail: conf.title }, clock.now());
      return showing.whole(tx, { conf, crew: [], operates: true, moderates: false, oversees: false });
    });
  }

  /** For an operator, locked, and not over. */
  async function open(tx: Tx, caller: Caller, id: string, language: Language): Promise<Standing> {
    const found = await access.standing(caller, id, { tx, lock: true });
    if (isOver(found.conf.state)) refuse('conference.over', { state: stateText(found.conf.state, language) });
    return found;
  }

  async function change(by: By, caller: Caller, id: string, { version, ...input }: ConferenceInput & { version: number }, language: Language) {
    return sql.begin(async (tx) => {
      const { conf } = await open(tx, caller, id, language);
      if (conf.version !== version) refuse('conference.changed');
      const planned = await planOf(tx, input);
      if (planned.startsAt.getTime() !== conf.startsAt.getTime()) mustBeToCome(planned);
      await store.saveConference(tx, id, planned, clock.now());
      await replanned(tx, { ...conf, ...planned });
      if (conf.announcedAt === null && slugs(conf)[0] !== slugs(planned)[0]) await rename(tx, id, planned);
      await store.noteAct(tx, id, { by, act: 'diubah', detail: changed(conf, planned).join(', ') }, clock.now());
      await showing.tell(tx, id);
      return again(tx, caller, id);
    });
  }

  async function rename(tx: Tx, id: string, planned: Plan): Promise<void> {
    await store.lockSlugs(tx);
    for (const slug of slugs(planned)) if (await store.setSlug(tx, id, slug)) return;
  }

  const again = async (tx: Tx, caller: Caller, id: string): Promise<WholeView> => showing.whole(tx, await access.standing(caller, id, { tx }));

  async function changeCrew(
    by: By,
    caller: Caller,
    id: string,
    language: Language,
    make: (tx: Tx, found: Standing) => Promise<Omit<store.Act, 'by'>>,
  ): Promise<WholeView> {
    return sql.begin(async (tx) => {
      const found = await open(tx, caller, id, language);
      await store.noteAct(tx, id, { by, ...(await make(tx, found)) }, clock.now());
      await crewChanged(tx, found.conf);
      await showing.tell(tx, id);
      return again(tx, caller, id);
    });
  }

  const addCrew = (by: By, caller: Caller, id: string, input: CrewInput, language: Language): Promise<WholeView> =>
    changeCrew(by, caller, id, language, async (tx, { conf }) => {
      const added = await crew.add(tx, conf, input, by.id);
      if (hasRoom(conf.state)) await crew.freeze(tx, conf);
      return { act: 'kru_ditambah', subject: added.id, detail: `${added.role}: ${added.name}` };
    });

  const removeCrew = (by: By, caller: Caller, id: string, crewId: string, language: Language): Promise<WholeView> =>
    changeCrew(by, caller, id, language, async (tx, found) => {
      const one = oneOf(found, crewId);
      await store.removeCrew(tx, one.id, clock.now());
      return { act: 'kru_dilepas', subject: one.id, detail: `${one.role}: ${one.name}` };
    });

  const orderCrew = (by: By, caller: Caller, id: string, order: readonly string[], language: Language): Promise<WholeView> =>
    changeCrew(by, caller, id, language, async (tx, found) => {
      const each = new Set(order);
      if (each.size !== order.length || each.size !== found.crew.length || !found.crew.every((one) => each.has(one.id)))
        refuse('input.invalid', {}, [{ path: 'order', message: 'Sebutkan setiap petugas satu kali. Muat ulang, lalu urutkan lagi.' }]);
      await store.orderCrew(tx, order);
      return { act: 'kru_diurutkan' };
    });

  const renewLink = (by: By, caller: Caller, id: string, crewId: string, language: Language): Promise<WholeView> =>
    changeCrew(by, caller, id, language, async (tx, found) => {
      const one = oneOf(found, crewId);
      if (!one.guest) refuse('not_found');
      await crew.renewLink(tx, one);
      return { act: 'tautan_baru', subject: one.id };
    });

  return { plan, change, addCrew, removeCrew, orderCrew, renewLink };
}

const oneOf = (found: Standing, crewId: string): Crew => found.crew.find((one) => one.id === crewId) ?? refuse('not_found');

/** The names of what differs, for the record. */
const changed = (before: Plan, after: Plan): string[] =>
  (Object.keys(after) as (keyof Plan)[]).filter((key) => key in before && String(before[key]) !== String(after[key]));
