// Journalists: they register, the desk verifies them, a pass in the browser says who they are. Watching depends on none of it.
import type { FastifyBaseLogger } from 'fastify';
import type { RegistrationState } from '../../../shared/press-desk.ts';
import type { Zone } from '../../../shared/people.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { tell } from '../../platform/live.ts';
import type { Mail } from '../../platform/mail.ts';
import { refuse } from '../../platform/refusal.ts';
import type { Caller, SignedIn } from '../../platform/serve.ts';
import type { Notices, People } from '../../people/index.ts';
import type { Conf, Press } from '../index.ts';
import { createDeciding } from './deciding.ts';
import { createLetters } from './letters.ts';
import { createLimits } from './limits.ts';
import { createPressNotice } from './notice.ts';
import { createOpening } from './opening.ts';
import { createOutlets } from './outlets.ts';
import { createPasses } from './passes.ts';
import { createRegistering } from './registering.ts';
import { pressDeskRoutes } from './routes.ts';
import type { Standing } from './rules.ts';
import * as passStore from './pass-store.ts';
import * as store from './store.ts';
import { createViewing, recordOf, waitingFirst, type JournalistRecord } from './viewing.ts';

export type { JournalistRecord } from './viewing.ts';

type World = {
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  people: Pick<People, 'noteAccess' | 'officials' | 'persons' | 'regionName'>;
  press: Press;
  mail: Mail;
  notices: Pick<Notices, 'officer'>;
  secret: string;
};
type Advance = (tx: Tx, conf: Conf, journalist: JournalistRecord, question: { topic: string; text: string }) => Promise<void>;
type Decided = (tx: Tx, conf: Conf, journalist: JournalistRecord, standing: Standing) => Promise<void>;
/** `from` and `into` are one person, who opened the link of the mail in the browser of `from`. */
type Joined = (tx: Tx, from: string, into: string) => Promise<void>;
/** Browsers of this one hold no pass any more. */
type Ended = (tx: Tx, conf: Conf, journalistId: string) => Promise<void>;
export type PressDesk = ReturnType<typeof createPressDesk>;

export function createPressDesk({ sql, clock, people, press, mail, notices, secret }: World) {
  const advances: Advance[] = [];
  const decisions: Decided[] = [];
  const joins: Joined[] = [];
  const ends: Ended[] = [];

  const passes = createPasses({ sql, clock, secret });
  const limits = createLimits({ clock });
  const notice = createPressNotice({ sql, clock, officer: notices.officer });
  const viewing = createViewing({ clock, people, mail });
  createLetters({ sql, clock, mail, press, passes, regionName: () => people.regionName(sql) });

  /** Announced ones only. */
  async function confOf(slug: string): Promise<Conf> {
    const conf = await press.bySlug(sql, slug);
    return conf && press.isPublic(conf) ? conf : refuse('not_found');
  }
  async function heard(tx: Tx, conf: Conf): Promise<void> {
    await tell(tx, [`pressdesk:${conf.id}`], { type: 'pressdesk.changed', conferenceId: conf.id });
  }
  /** The journalist's own page asks again too. */
  async function changed(tx: Tx, conf: Conf): Promise<void> {
    await heard(tx, conf);
    await press.clientLive(tx, conf.id, 'press.changed');
  }
  async function decided(tx: Tx, conf: Conf, journalist: JournalistRecord, standing: Standing): Promise<void> {
    for (const hear of decisions) await hear(tx, conf, journalist, standing);
    await changed(tx, conf);
  }
  async function ended(tx: Tx, conf: Conf, journalistId: string): Promise<void> {
    for (const hear of ends) await hear(tx, conf, journalistId);
    await changed(tx, conf);
  }
  async function advance(tx: Tx, conf: Conf, journalist: JournalistRecord, question: { topic: string; text: string }): Promise<void> {
    for (const hear of advances) await hear(tx, conf, journalist, question);
  }

  const outlets = createOutlets({
    sql,
    clock,
    changed: async (tx, outletId) => {
      for (const conferenceId of await store.conferencesOfOutlet(tx, outletId)) {
        const conf = await press.conference(tx, conferenceId);
        if (conf) await changed(tx, conf);
      }
    },
  });
  const registering = createRegistering({ sql, clock, mail, passes, limits, notice, outlets, viewing, confOf, heard, advance });
  const deciding = createDeciding({ sql, clock, mail, press, passes, viewing, registering, decided, ended });
  const opening = createOpening({
    sql,
    mail,
    press,
    passes,
    limits,
    viewing,
    going: deciding.going,
    joined: async (tx, from, into) => {
      for (const hear of joins) await hear(tx, from, into);
    },
    ended,
    changed,
  });

  async function standingsAt(tx: Tx, conferenceId: string) {
    const conf = await press.conference(tx, conferenceId);
    return conf ? viewing.registeredAt(tx, conf) : [];
  }

  press.looksThrough({
    waiting: async (tx, ids) => {
      const counts = new Map<string, number>();
      for (const id of ids) counts.set(id, (await standingsAt(tx, id)).filter(({ standing }) => standing.state === 'menunggu').length);
      return counts;
    },
  });

  const zoneOf = async (person: SignedIn): Promise<Zone> => (await people.persons(sql, [person.id])).get(person.id)?.opd?.zone ?? 'Asia/Jakarta';

  const verbs = {
    /** By the pass of this browser; null = none, or one that has ended. */
    async holder(tx: Tx, caller: Caller): Promise<JournalistRecord | null> {
      const id = await passes.holderId(tx, caller);
      const [row] = id === null ? [] : await store.journalists(tx, [id]);
      return row ? recordOf(row) : null;
    },
    async registrationOf(tx: Tx, conferenceId: string, journalistId: string): Promise<{ state: RegistrationState; reason: string | null } | null> {
      const conf = await press.conference(tx, conferenceId);
      const row = conf && (await store.registrationOf(tx, conferenceId, journalistId));
      if (!row) return null;
      const { state, reason } = viewing.standingAt(conf, row);
      return { state, reason };
    },
    accredited: async (tx: Tx, conferenceId: string): Promise<JournalistRecord[]> =>
      (await standingsAt(tx, conferenceId)).filter(({ standing }) => standing.state === 'diterima').map(({ journalist }) => recordOf(journalist)),
    /** With what the desk decided of each. */
    registered: async (tx: Tx, conferenceId: string): Promise<(JournalistRecord & { state: RegistrationState })[]> =>
      (await standingsAt(tx, conferenceId)).map(({ journalist, standing }) => ({ ...recordOf(journalist), state: standing.state })),
    journalists: async (tx: Tx, ids: readonly string[]): Promise<Map<string, JournalistRecord>> =>
      new Map(ids.length === 0 ? [] : (await store.journalists(tx, ids)).map((row) => [row.id, recordOf(row)])),
    /** Grows when a new pass ends the former ones: a ticket got by a former one opens the press room no more. */
    passVersion: passStore.versionOf,
    /** A question in advance, in the transaction that registers. */
    onAdvance: (listener: Advance) => void advances.push(listener),
    /** Accepted, refused, withdrawn, or their outlet changed: in the transaction that decides. */
    onDecided: (listener: Decided) => void decisions.push(listener),
    onJoined: (listener: Joined) => void joins.push(listener),
    onPassEnded: (listener: Ended) => void ends.push(listener),
  };
  const registrations = async (conf: Conf) => (await viewing.registeredAt(sql, conf)).toSorted(waitingFirst);
  const routes = pressDeskRoutes({ sql, people, press, registering, deciding, opening, outlets, viewing, registrations, zoneOf });
  return { ...verbs, routes };
}
