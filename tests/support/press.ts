// A press conference in a test world: planned by the operator, its crew named, in the state a test begins with; and journalists.
import { randomUUID } from 'node:crypto';
import type { BodyOf } from '../../shared/endpoint.ts';
import {
  getConference,
  postConference,
  postConferenceState,
  postCrew,
  putCheck,
  type CheckName,
  type Conference,
  type ConferenceState,
  type CrewRow,
} from '../../shared/press.ts';
import { getRegistration, postRegistration, postRegistrationDecision } from '../../shared/press-desk.ts';
import { PASSWORD, type Cast } from './cast.ts';
import { personalToken } from '../../server/platform/personal-link.ts';
import { HOST, openClient, SECRET, type Client, type World } from './world.ts';

type Way = Exclude<ConferenceState, 'draft' | 'dibatalkan'>;
type Planned = { state?: Exclude<ConferenceState, 'dibatalkan'>; plan?: Partial<BodyOf<typeof postConference>> };

const ON_THE_WAY: readonly Way[] = ['diumumkan', 'registrasi', 'ruang_tunggu', 'tayang', 'tanya_jawab', 'selesai', 'arsip'];
const BLOCKING: readonly CheckName[] = ['media', 'moderator', 'narasumber', 'jbi', 'suara', 'rekaman', 'siaran'];

/**
 * The head of Dinas Sosial speaks (by post), the head of the field moderates, a guest interprets, the operator operates. Nobody has
 * entered the room. On air for a viewer five seconds after `tayang`: tests that watch advance the clock.
 */
export async function plannedConference(world: World, cast: Cast, { state = 'draft', plan = {} }: Planned = {}) {
  const operator = await world.signIn(cast.operator.nip, PASSWORD);
  const startsAt = new Date(world.clock.now().getTime() + 3_600_000).toISOString();
  const { id } = await operator.call(postConference, {
    body: { title: 'Penanganan banjir', summary: 'Penanganan banjir di tiga kecamatan.', opdId: cast.opds.dinsos.id, startsAt, ...plan },
  });
  const add = (role: CrewRow['role'], who: BodyOf<typeof postCrew>['who']) => operator.call(postCrew, { params: { id }, body: { role, who } });
  await add('narasumber', { kind: 'position', id: cast.kepala.positionId ?? '' });
  await add('moderator', { kind: 'person', id: cast.kabid.id });
  await add('jbi', { kind: 'guest', name: 'Ratna Isyarat', institution: 'Perkumpulan JBI Uji', email: 'ratna@jbi.example' });
  let conference = await add('operator', { kind: 'person', id: cast.operator.id });
  const goTo = async (to: Way): Promise<Conference> => {
    const first = to === 'tayang' && conference.liveAt === null;
    conference = first ? await goesOnAir(operator, id) : await operator.call(postConferenceState, { params: { id }, body: { to } });
    return conference;
  };
  for (const to of state === 'draft' ? [] : ON_THE_WAY.slice(0, ON_THE_WAY.indexOf(state) + 1)) await goTo(to);
  const crew = (role: CrewRow['role']): CrewRow => {
    const found = conference.crew.find((one) => one.role === role);
    if (!found) throw new Error(`nobody is ${role}`);
    return found;
  };
  return {
    id,
    params: { id },
    slug: { slug: conference.slug },
    conference,
    operator,
    moderator: await world.signIn(cast.kabid.nip, PASSWORD),
    narasumber: await world.signIn(cast.kepala.nip, PASSWORD),
    /** The interpreter's browser, by the personal link. */
    jbi: opensCrewLink(world, crew('jbi').link ?? ''),
    crew,
    goTo,
    again: () => operator.call(getConference, { params: { id } }),
  };
}

/** A browser that opens the personal link of a guest of the crew; nobody is signed in. */
export const opensCrewLink = (world: World, link: string): Client => openClient(world.app, `http://${HOST}`, link.split('#')[1] ?? '');

/** Goes on air with nobody there; afterwards no waiver is left, so that the public page says nothing of it. */
async function goesOnAir(operator: Client, id: string): Promise<Conference> {
  for (const name of BLOCKING) await operator.call(putCheck, { params: { id, name }, body: { waive: 'Uji' } });
  const onAir = await operator.call(postConferenceState, { params: { id }, body: { to: 'tayang' } });
  for (const name of BLOCKING) await operator.call(putCheck, { params: { id, name }, body: { waive: null } });
  return onAir;
}

type Registering = Partial<BodyOf<typeof postRegistration>> & { name: string; outlet: string };
type At = { params: { id: string }; slug: { slug: string }; operator: Client };

/** What the form sends. The address is made of name and outlet, so that two of one name are two. */
export const registrationOf = ({ name, outlet, ...rest }: Registering) => ({
  name,
  outlet,
  outletKind: 'daring' as const,
  email: `${name.split(' ')[0]}@${outlet.replaceAll(/[^a-z]/gi, '')}.example`.toLowerCase(),
  notice: 1,
  key: randomUUID(),
  ...rest,
});

/** Registers in a browser of their own; the answer and the browser, which holds the pass. */
export async function registers(world: World, { slug }: Pick<At, 'slug'>, who: Registering, client: Client = world.visitor()) {
  const { notice } = await client.call(getRegistration, { params: slug });
  const own = await client.call(postRegistration, { params: slug, body: registrationOf({ notice: notice.version, ...who }) });
  return { client, own, id: own.member.slice(2), member: own.member, name: own.name, outlet: own.outlet };
}

/** A journalist whom the desk has accepted for this conference. */
export async function journalist(world: World, conference: At, who: Registering) {
  const registered = await registers(world, conference, who);
  const params = { ...conference.params, journalist: registered.id };
  await conference.operator.call(postRegistrationDecision, { params, body: { act: 'diterima', from: registered.own.state ?? 'menunggu' } });
  return registered;
}

/** The token in the link that goes to a journalist's address. */
export const mailedToken = (journalistId: string, version = 1): string => personalToken(SECRET, 'pers-surel', journalistId, version);
