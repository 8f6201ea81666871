// Readiness before a meeting: what people found when they checked their own devices and network, for themselves and for the hosts. The path
// to the media server is tried in a room of its own, in which everybody is hidden and nobody may send.
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import * as wire from '../../shared/readiness.ts';
import type { Readiness, ReadinessRow } from '../../shared/readiness.ts';
import type { Ticket } from '../../shared/meetings.ts';
import type { BodyOf } from '../../shared/endpoint.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import { serve, signallingUrl, type Caller, type Route, type SignedIn } from '../platform/serve.ts';
import type { Lobby } from '../lobby/index.ts';
import type { People } from '../people/index.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Rooms } from '../rooms/index.ts';
import * as store from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  rooms: Pick<Rooms, 'open' | 'admit' | 'standing' | 'ticket' | 'viewerMember' | 'mediaState'>;
  meetings: Pick<Meetings, 'insider' | 'standing' | 'dossier' | 'isInvited' | 'meetingsByIds'>;
  /** Who leads, serves or prepares a meeting. */
  hosts: Lobby['hosts'];
  people: Pick<People, 'noteAccess'>;
  origin: string | null;
};
const UNCHECKED: Readiness = { state: 'belum', problems: [], path: null, roundTripMs: null, upKbit: null, downKbit: null, checkedAt: null };
const NAME = 'Pemeriksaan';

export function createReadiness({ sql, clock, rooms, meetings, people, hosts, origin }: World) {
  async function keep(caller: Caller, id: string, found: BodyOf<typeof wire.putReadiness>): Promise<Readiness> {
    return sql.begin(async (tx) => {
      const { meeting, member } = await meetings.insider(caller, id, tx);
      if (meeting.state === 'berakhir') refuse('meeting.ended');
      if (meeting.state === 'dibatalkan') refuse('meeting.cancelled');
      const checked = { ...found, problems: [...new Set(found.problems)], member, at: clock.now() };
      await store.keep(tx, id, checked);
      const persons = (await hosts.idsOf(tx, meeting)).map((one) => `person:${one}`);
      await tell(tx, [...persons, `host:${id}`], { type: 'readiness.changed', meetingId: id });
      return viewOf(checked);
    });
  }

  async function own(caller: Caller, id: string): Promise<Readiness> {
    const { member } = await meetings.insider(caller, id);
    return viewOf(await store.ofMember(sql, id, member));
  }

  async function list(person: SignedIn, id: string): Promise<ReadinessRow[]> {
    const meeting = (await meetings.meetingsByIds(sql, [id]))[0] ?? refuse('not_found');
    if (!(await hosts.may(sql, person, meeting))) refuse((await meetings.isInvited(sql, id, person.id)) ? 'readiness.not_host' : 'not_found');
    const [dossier, checked] = await Promise.all([meetings.dossier(sql, id), store.ofMeeting(sql, id)]);
    const found = new Map(checked.map((one) => [one.member, one]));
    const invited = (dossier?.invitations ?? []).filter((one) => one.linkRevokedAt === null);
    const persons = invited.flatMap((one) => one.personId ?? []);
    await people.noteAccess(sql, { by: person.id, what: 'kesiapan.baca', subject: id, count: invited.length, scope: { kind: 'meeting', id }, persons });
    return invited.map(({ member, name, position, opdName, badge }) => ({
      member,
      name,
      position,
      opdName,
      badge,
      readiness: viewOf(found.get(member) ?? null),
    }));
  }

  /** A session, or a link that is still good; the id of whoever it is. */
  async function known(caller: Caller): Promise<{ id: string; via: 'session' | 'link'; personId: string | null }> {
    if (caller.link === null) return caller.person ? { id: caller.person.id, via: 'session', personId: caller.person.id } : refuse('session.required');
    const { invitation, via } = await meetings.standing(caller, undefined);
    return { id: invitation.id, via, personId: null };
  }

  async function checkRoom(tx: Tx): Promise<string> {
    const held = await store.roomId(tx);
    if (held !== null) return held;
    await store.keepRoom(tx, (await rooms.open(tx, { watched: true })).id);
    return (await store.roomId(tx)) ?? refuse('portal.unavailable');
  }

  async function ticket(caller: Caller, url: string): Promise<z.input<typeof Ticket>> {
    const { id, via, personId } = await known(caller);
    if (rooms.mediaState() !== 'ready') refuse('media.unavailable');
    const member = rooms.viewerMember(id);
    const standing = await sql.begin(async (tx) => {
      const roomId = await checkRoom(tx);
      await rooms.admit(tx, roomId, [{ member, personId, name: NAME, word: 'viewer' }]);
      return (await rooms.standing(tx, roomId, member)) ?? refuse('not_found');
    });
    return { url, ...(await rooms.ticket(standing, member, { via, browser: caller.device(), linkVersion: 0 })) };
  }

  async function bytes(caller: Caller): Promise<{ content: Buffer }> {
    await known(caller);
    // Not compressible: what is measured is the line.
    return { content: randomBytes(wire.CHECK_BYTES) };
  }
  const take = async (caller: Caller): Promise<void> => void (await known(caller));

  const routes: Route[] = [
    serve(wire.putReadiness, ({ caller, params, body }) => keep(caller, params.id, body)),
    serve(wire.getMyReadiness, ({ caller, params }) => own(caller, params.id)),
    serve(wire.getReadiness, ({ person, params }) => list(person, params.id)),
    serve(wire.postCheckTicket, ({ caller, request }) => ticket(caller, signallingUrl(request, origin))),
    serve(wire.getCheckBytes, ({ caller }) => bytes(caller)),
    serve(wire.postCheckBytes, ({ caller }) => take(caller)),
  ];
  return { routes };
}

function viewOf(checked: store.Checked | null): Readiness {
  if (checked === null) return UNCHECKED;
  const { problems, path, roundTripMs, upKbit, downKbit, at } = checked;
  return { state: problems.length === 0 ? 'siap' : 'masalah', problems, path, roundTripMs, upKbit, downKbit, checkedAt: at.toISOString() };
}
