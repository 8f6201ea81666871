// Who is calling, at one press room: crew by session or personal link, a journalist by the pass of this browser, else a viewer.
import type { Right } from '../../../shared/meetings.ts';
import type { CrewRole } from '../../../shared/press.ts';
import type { RegistrationState } from '../../../shared/press-desk.ts';
import type { PressYou } from '../../../shared/press-room.ts';
import type { Tx } from '../../platform/database.ts';
import { refuse } from '../../platform/refusal.ts';
import type { Caller } from '../../platform/serve.ts';
import type { Rooms } from '../../rooms/index.ts';
import type { PressDesk } from '../desk/index.ts';
import type { Conf, Crew, Press } from '../index.ts';
import { foremost, isSeen, wordOf } from './rule.ts';
import * as store from './store.ts';

/** `member` null: a browser that has never watched this one. `word`: what they get when they enter first. */
export type Who = {
  kind: PressYou['kind'];
  member: string | null;
  personId: string | null;
  name: string | null;
  label: string | null;
  word: Right;
  role: CrewRole | null;
  registration: RegistrationState | null;
  via: 'session' | 'link';
  /** Of the link or pass. */
  version: number;
};
type World = {
  press: Press;
  desk: Pick<PressDesk, 'holder' | 'registrationOf' | 'passVersion'>;
  rooms: Pick<Rooms, 'browserMark' | 'personMember' | 'viewerMember'>;
};
export type Identify = ReturnType<typeof createWho>;

export function createWho({ press, desk, rooms }: World) {
  const ofCrew = (one: Crew): Who => ({
    kind: one.role,
    member: one.member,
    personId: one.personId,
    name: one.name,
    label: one.label,
    word: wordOf[one.role],
    role: one.role,
    registration: null,
    via: one.guest ? 'link' : 'session',
    version: one.guest ? one.linkVersion : 0,
  });

  async function viewer(tx: Tx, conf: Conf, caller: Caller, registration: RegistrationState | null = null): Promise<Who> {
    const id = await store.viewerOf(tx, conf.id, rooms.browserMark(caller.device()));
    const member = id === null ? null : rooms.viewerMember(id);
    return { kind: 'penonton', member, personId: null, name: null, label: null, word: 'viewer', role: null, registration, via: 'link', version: 0 };
  }

  /** The link first: it says which conference, and a guest has nothing else. */
  async function linked(tx: Tx, conf: Conf, caller: Caller): Promise<Crew | null> {
    if (caller.link === null) return null;
    const one = await press.crewByLink(tx, caller.link, caller);
    return one?.conferenceId === conf.id ? one : refuse('not_found');
  }

  async function ofPerson(tx: Tx, conf: Conf, caller: Caller): Promise<Who | null> {
    const { person } = caller;
    if (person === null) return null;
    const own = foremost((await press.crewOf(tx, conf.id)).filter((one) => one.personId === person.id));
    if (own) return ofCrew(own);
    if (!press.mayOperate(person)) return null;
    const member = rooms.personMember(person.id);
    const operator = { kind: 'operator', role: 'operator', word: wordOf.operator } as const;
    return { ...operator, member, personId: person.id, name: person.name, label: null, registration: null, via: 'session', version: 0 };
  }

  async function ofPass(tx: Tx, conf: Conf, caller: Caller): Promise<Who | null> {
    const journalist = caller.pass === null ? null : await desk.holder(tx, caller);
    if (!journalist) return null;
    const registration = (await desk.registrationOf(tx, conf.id, journalist.id))?.state ?? null;
    if (!isSeen(registration)) return { ...(await viewer(tx, conf, caller, registration)), kind: 'jurnalis', name: journalist.name };
    return {
      kind: 'jurnalis',
      member: journalist.member,
      personId: null,
      name: journalist.name,
      label: registration === 'diterima' ? `Pers · ${journalist.outlet}` : null,
      word: 'audience',
      role: null,
      registration,
      via: 'link',
      version: await desk.passVersion(tx, journalist.id),
    };
  }

  /** `watch`: whoever it is only watches. What is not announced is there for operators and crew alone. */
  return async function identify(tx: Tx, slug: string, caller: Caller, watch = false): Promise<{ conf: Conf; who: Who }> {
    const conf = (await press.bySlug(tx, slug)) ?? refuse('not_found');
    const guest = watch ? null : await linked(tx, conf, caller);
    const crew = guest ? ofCrew(guest) : await ofPerson(tx, conf, caller);
    if (crew === null && !press.isPublic(conf)) refuse('not_found');
    if (watch) return { conf, who: await viewer(tx, conf, caller) };
    return { conf, who: crew ?? (await ofPass(tx, conf, caller)) ?? (await viewer(tx, conf, caller)) };
  };
}
