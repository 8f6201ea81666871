// The press conference: planned by an operator, gone through from draft to archive, with its crew and what must be ready.
import type { FastifyBaseLogger } from 'fastify';
import type { ConferenceState } from '../../shared/press.ts';
import type { LiveMessage } from '../../shared/live.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell, type Live } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller } from '../platform/serve.ts';
import type { People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { createAccess, mayOperate } from './access.ts';
import { createCrew, type Crew } from './crew.ts';
import { createGoing, type Sights } from './going.ts';
import { createHeld } from './held.ts';
import { createPlanning } from './planning.ts';
import { createReminding } from './reminding.ts';
import { pressRoutes } from './routes.ts';
import { createShowing, isPublic } from './showing.ts';
import * as store from './store.ts';
import type { Conf } from './store.ts';

export type { Crew } from './crew.ts';
export type { Conf } from './store.ts';
export { isOnAir, isOver, hasRoom, isRegistrationOpen } from './states.ts';
export { crewMember } from './views.ts';

type World = { sql: Sql; clock: Clock; log: FastifyBaseLogger; live: Pick<Live, 'allow'>; people: People; rooms: Rooms; secret: string; origin: string | null };
type StateListener = (tx: Tx, conf: Conf, from: ConferenceState) => Promise<void>;
type PlanListener = (tx: Tx, conf: Conf) => Promise<void>;
type CrewListener = (tx: Tx, conf: Conf) => Promise<void>;
/** What is told of one conference to whoever looks at it. */
type News = Extract<LiveMessage, { conferenceId: string }>['type'];
export type Press = ReturnType<typeof createPress>;

export function createPress({ sql, clock, live, people, rooms, secret }: World) {
  const states: StateListener[] = [];
  const crews: CrewListener[] = [];
  const plans: PlanListener[] = [];
  const seen: Sights = { waiting: async () => new Map(), published: async () => null, kit: async () => false, letters: async () => new Map() };
  const sights: Sights = {
    waiting: (tx, ids) => seen.waiting(tx, ids),
    published: (conf) => seen.published(conf),
    kit: (tx, conf) => seen.kit(tx, conf),
    letters: (tx, listed) => seen.letters(tx, listed),
  };

  const crew = createCrew({ clock, people, rooms, secret });
  const access = createAccess({ sql, crew });
  const showing = createShowing({ sql, clock, people, rooms, access, crew, sights });
  const planning = createPlanning({
    sql,
    clock,
    people,
    access,
    crew,
    showing,
    crewChanged: (tx, conf) => each(crews, (hear) => hear(tx, conf)),
    replanned: (tx, conf) => each(plans, (hear) => hear(tx, conf)),
  });
  const going = createGoing({ sql, clock, rooms, access, crew, showing, sights, went: (tx, conf, from) => each(states, (hear) => hear(tx, conf, from)) });

  /** Crew and operators see a draft; everybody what was announced. */
  const mayWatch = async (caller: Caller, id: string): Promise<boolean> => {
    const conf = await store.conferenceById(sql, id);
    return conf !== null && (isPublic(conf) || access.belongs(sql, caller, conf, await crew.crewOf(sql, conf)));
  };
  /** When something of the kit or of a registration changes is nobody else's to know. */
  const mayWatchDesk = async (caller: Caller, id: string): Promise<boolean> => {
    const conf = await store.conferenceById(sql, id);
    return conf !== null && access.mayModerate(sql, caller, conf);
  };
  live.allow('press', mayWatch);
  live.allow('pressdesk', mayWatchDesk);

  const verbs = {
    conference: store.conferenceById,
    bySlug: store.conferenceBySlug,
    lock: async (tx: Tx, id: string): Promise<Conf> => (await store.lockConference(tx, id)) ?? refuse('not_found'),
    byRoom: async (tx: Tx, roomIds: readonly string[]): Promise<Map<string, Conf>> =>
      new Map((await store.conferencesByRoom(tx, roomIds)).flatMap((conf): [string, Conf][] => (conf.roomId === null ? [] : [[conf.roomId, conf]]))),
    between: store.conferencesBetween,
    calendarConferences: store.calendarConferences,
    announced: showing.announced,
    crewOf: async (tx: Tx, id: string): Promise<Crew[]> => {
      const conf = await store.conferenceById(tx, id);
      return conf ? crew.crewOf(tx, conf) : [];
    },
    /** By row, those taken off too; as they were then. */
    crewNames: async (tx: Tx, ids: readonly string[]): Promise<Map<string, string>> =>
      new Map((ids.length === 0 ? [] : await store.crewByIds(tx, ids)).flatMap((row): [string, string][] => (row.name === null ? [] : [[row.id, row.name]]))),
    /** What went on air although it was not ready, and why. */
    waivers: (tx: Tx, id: string) => store.waiversOf(tx, [id]),
    mayOperate,
    mayModerate: access.mayModerate,
    oversees: access.oversees,
    /** The conference, for operators and crew; `link.*`, `session.required` or `not_found` else. */
    standing: access.standing,
    publicView: (tx: Tx, conf: Conf) => showing.publicView(tx, conf),
    publicViews: (tx: Tx, confs: readonly Conf[]) => showing.publicViews(tx, confs),
    isPublic,
    crewByLink: crew.byLink,
    /** Binds the link of this guest to the first browser that enters by it (`rooms.browserMark`); answers whether this one is it. */
    claimLink: store.claimLink,
    /** The personal link of a guest of the crew, as a path; null for an official. */
    linkTo: crew.linkTo,
    onState: (listener: StateListener) => void states.push(listener),
    /** In the transaction that plans it anew. */
    onReplanned: (listener: PlanListener) => void plans.push(listener),
    onCrew: (listener: CrewListener) => void crews.push(listener),
    /** For attendance, which reads presence in rooms and knows nothing of the press. */
    held: createHeld({ access, crew }),
    /** Other parts of the press say what they see; siap tayang and the list ask them. */
    looksThrough: (eyes: Partial<Sights>) => void Object.assign(seen, eyes),
    /** What its crew is reminded of. */
    reminding: createReminding({ clock, people, crew }),
    clientLive: (tx: Tx, conferenceId: string, type: News): Promise<void> => tell(tx, [`press:${conferenceId}`], { type, conferenceId }),
    deskLive: showing.tellDesk,
  };
  const routes = pressRoutes({ ...planning, ...going, ...showing });
  return { ...verbs, plan: planning.plan, setState: going.setState, routes };
}

async function each<L>(listeners: readonly L[], hear: (listener: L) => Promise<void>): Promise<void> {
  for (const listener of listeners) await hear(listener);
}
