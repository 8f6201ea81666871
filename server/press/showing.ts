// What is shown of a conference, and who is told that it changed.
import type { z } from 'zod';
import type { Conference, ConferenceCard, PublicConference } from '../../shared/press.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tellAll } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { mayOperate, type Access, type Standing } from './access.ts';
import type { Crew, CrewDesk } from './crew.ts';
import type { Sights } from './going.ts';
import { isOver } from './states.ts';
import * as store from './store.ts';
import type { Conf } from './store.ts';
import * as views from './views.ts';

export type PublicView = z.input<typeof PublicConference>;
export type WholeView = z.input<typeof Conference>;
export type Showing = ReturnType<typeof createShowing>;
type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'opds' | 'regionName'>;
  rooms: Pick<Rooms, 'membersInside'>;
  access: Access;
  crew: CrewDesk;
  /** `waiting`: how many registrations wait for the desk, by conference. */
  sights: Pick<Sights, 'waiting' | 'letters'>;
};

const MOST_LISTED = 200;
const MOST_PUBLIC = 100;

export const isPublic = (conf: Pick<Conf, 'announcedAt'>): boolean => conf.announcedAt !== null;

export function createShowing({ sql, clock, people, rooms, access, crew: desk, sights }: World) {
  async function publicViews(tx: Tx, confs: readonly Conf[], known?: readonly Crew[]): Promise<PublicView[]> {
    if (confs.length === 0) return [];
    const ids = confs.map((conf) => conf.id);
    const crews = known ? new Map(ids.map((id) => [id, known])) : await desk.crewOfAll(tx, confs);
    const opds = new Map((await people.opds(tx)).map((o) => [o.id, o.name]));
    const regionName = await people.regionName(tx);
    const unsigned = new Map((await store.waiversOf(tx, ids)).filter((w) => w.name === 'jbi').map((w) => [w.conferenceId, w.reason]));
    return confs.map((conf) =>
      views.publicConference(conf, {
        opdName: opds.get(conf.opdId) ?? '',
        regionName,
        crew: crews.get(conf.id) ?? [],
        withoutSigner: unsigned.get(conf.id) ?? null,
        now: clock.now(),
      }),
    );
  }
  const publicView = async (tx: Tx, conf: Conf, known?: readonly Crew[]): Promise<PublicView> =>
    (await publicViews(tx, [conf], known))[0] ?? refuse('not_found');

  const insideOf = async (tx: Tx, conf: Conf): Promise<Set<string>> => new Set(conf.roomId === null ? [] : await rooms.membersInside(tx, conf.roomId));

  async function whole(tx: Tx, { conf, crew, operates, moderates, oversees }: Standing): Promise<WholeView> {
    const letters = operates ? await sights.letters(tx, crew) : new Map<string, never>();
    return views.conference(conf, await publicView(tx, conf, crew), {
      crew,
      inside: await insideOf(tx, conf),
      linkTo: (one) => desk.linkTo(conf, one),
      mailOf: (one) => letters.get(one.id) ?? null,
      by: { operates, moderates, oversees },
    });
  }
  const one = async (caller: Caller, id: string): Promise<WholeView> => whole(sql, await access.reading(caller, id));

  async function list(person: SignedIn): Promise<z.input<typeof ConferenceCard>[]> {
    const operates = mayOperate(person);
    const found = operates ? await store.conferences(sql, { announced: false, limit: MOST_LISTED }) : await store.conferencesNear(sql, person, MOST_LISTED);
    const crews = await desk.crewOfAll(sql, found);
    const mine = found.filter((conf) => operates || access.oversees(person, conf) || crews.get(conf.id)?.some((c) => c.personId === person.id));
    const opds = new Map((await people.opds(sql)).map((o) => [o.id, o.name]));
    const atDesk = operates
      ? await sights.waiting(
          sql,
          mine.filter((conf) => !isOver(conf.state)).map((conf) => conf.id),
        )
      : null;
    return mine.map((conf) =>
      views.card(conf, { opdName: opds.get(conf.opdId) ?? '', crew: crews.get(conf.id) ?? [], waiting: atDesk && (atDesk.get(conf.id) ?? 0) }),
    );
  }

  const announced = async (tx: Tx): Promise<Conf[]> => store.conferences(tx, { announced: true, limit: MOST_PUBLIC });
  const schedule = async (): Promise<PublicView[]> => publicViews(sql, await announced(sql));

  async function publicOne(slug: string): Promise<PublicView> {
    const conf = await store.conferenceBySlug(sql, slug);
    return conf && isPublic(conf) ? publicView(sql, conf) : refuse('not_found');
  }

  /** Pages that show it ask again, at the desk and outside. */
  const tell = (tx: Tx, conferenceId: string): Promise<void> =>
    tellAll(tx, [[[`press:${conferenceId}`, `pressdesk:${conferenceId}`], { type: 'press.changed', conferenceId }]]);
  const tellDesk = (tx: Tx, conferenceId: string): Promise<void> => tellAll(tx, [[[`pressdesk:${conferenceId}`], { type: 'pressdesk.changed', conferenceId }]]);

  return { publicView, publicViews, whole, one, list, announced, schedule, publicOne, insideOf, tell, tellDesk };
}
