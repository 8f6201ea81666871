// Who is calling, at one conference. Somebody else's draft, and any conference one has no part in, is "not found".
import type { Sql, Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { Crew, CrewDesk } from './crew.ts';
import type { Authority } from './states.ts';
import * as store from './store.ts';
import type { Conf } from './store.ts';

export type Standing = Authority & { conf: Conf; crew: Crew[]; oversees: boolean };
export type Access = ReturnType<typeof createAccess>;

export const mayOperate = (person: SignedIn | null): boolean =>
  person !== null && (person.roles.includes('operator_dkis') || person.roles.includes('administrator'));

export function createAccess({ sql, crew: desk }: { sql: Sql; crew: CrewDesk }) {
  /** The link first: a guest has nothing else. */
  const linked = async (tx: Tx, caller: Caller, conf: Conf): Promise<boolean> =>
    caller.link !== null && (await desk.byLink(tx, caller.link, caller))?.conferenceId === conf.id;

  const isModerator = (person: SignedIn | null, crew: readonly Crew[]): boolean =>
    person !== null && crew.some((one) => one.role === 'moderator' && one.personId === person.id);

  async function mayModerate(tx: Tx, caller: Caller, conf: Conf): Promise<boolean> {
    return mayOperate(caller.person) || (caller.person !== null && isModerator(caller.person, await desk.crewOf(tx, conf)));
  }

  async function belongs(tx: Tx, caller: Caller, conf: Conf, crew: readonly Crew[]): Promise<boolean> {
    if (mayOperate(caller.person)) return true;
    if (caller.person && crew.some((one) => one.personId === caller.person?.id)) return true;
    return linked(tx, caller, conf);
  }

  /** Whoever answers for the OPD that holds it reads what was announced, and changes nothing. */
  const oversees = (person: SignedIn | null, conf: Conf): boolean => person !== null && conf.announcedAt !== null && person.managesOpds.includes(conf.opdId);
  const mayRead = async (tx: Tx, person: SignedIn, conf: Conf): Promise<boolean> =>
    mayOperate(person) || oversees(person, conf) || (await desk.crewOf(tx, conf)).some((one) => one.personId === person.id);

  const standingOf = ({ person }: Caller, conf: Conf, crew: Crew[]): Standing => ({
    conf,
    crew,
    operates: mayOperate(person),
    moderates: isModerator(person, crew),
    oversees: oversees(person, conf),
  });

  /** For operators and the crew; `lock` for who will change it. */
  async function standing(caller: Caller, id: string, { tx = sql, lock = false }: { tx?: Tx; lock?: boolean } = {}): Promise<Standing> {
    if (caller.person === null && caller.link === null) refuse('session.required');
    const conf = (await (lock ? store.lockConference : store.conferenceById)(tx, id)) ?? refuse('not_found');
    const crew = await desk.crewOf(tx, conf);
    if (!(await belongs(tx, caller, conf, crew))) refuse('not_found');
    return standingOf(caller, conf, crew);
  }

  /** As above, and for whoever oversees it: to read only. */
  async function reading(caller: Caller, id: string): Promise<Standing> {
    const conf = await store.conferenceById(sql, id);
    if (!conf || caller.link !== null || !oversees(caller.person, conf)) return standing(caller, id);
    return standingOf(caller, conf, await desk.crewOf(sql, conf));
  }

  /** As above, for operators and the moderator. Others of the crew are told so. */
  async function leading(caller: Caller, id: string, how: { tx?: Tx; lock?: boolean } = {}): Promise<Standing> {
    const found = await standing(caller, id, how);
    if (!found.operates && !found.moderates) refuse('press.not_moderator');
    return found;
  }

  return { standing, reading, leading, belongs, oversees, mayRead, mayModerate };
}
