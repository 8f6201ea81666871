// Who calls, at the captions of one meeting or conference, and what they may do there. What is not theirs is "not found".
import type { CaptionsOf } from '../../shared/captions.ts';
import type { Zone } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { Refusal, refuse } from '../platform/refusal.ts';
import type { Caller } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Conf, Press } from '../press/index.ts';
import type { Rooms } from '../rooms/index.ts';
import * as store from './store.ts';

export type Subject = { of: CaptionsOf; id: string };
export type Voice = { member: string; name: string; label: string | null };
/** `member` null: nobody of it, who reads what is everybody's or the record of the office. */
export type Here = Subject & {
  caller: Caller;
  member: string | null;
  name: string;
  title: string;
  zone: Zone;
  state: 'belum' | 'berjalan' | 'selesai';
  startedAt: Date | null;
  endedAt: Date | null;
  roomId: string | null;
  /** Nothing is written any more. */
  closed: boolean;
  /** Was named, and still belongs to it. */
  isCaptioner: boolean;
  leads: boolean;
  edits: boolean;
  /** The record is not everybody's: who reads it is noted. */
  noted: boolean;
  /** May read all of it, and not only what is on air. */
  reads: boolean;
  voices: Voice[];
};
export type AccessWorld = {
  clock: Clock;
  people: Pick<People, 'opds'>;
  meetings: Pick<Meetings, 'insider' | 'dossier' | 'mayReadAttendance' | 'mayModerate' | 'rolesOf'>;
  press: Pick<Press, 'conference' | 'isPublic' | 'crewOf' | 'crewByLink' | 'mayModerate' | 'mayOperate' | 'oversees'>;
  rooms: Pick<Rooms, 'personMember' | 'membersInside'>;
  notulisOf: (tx: Tx, meetingId: string) => Promise<string | null>;
  /** Journalists of a conference who are seen there. */
  journalists: (tx: Tx, conferenceId: string) => Promise<Voice[]>;
};
export type Access = ReturnType<typeof createAccess>;

export function createAccess({ clock, people, meetings, press, rooms, notulisOf, journalists }: AccessWorld) {
  const here = (tx: Tx, caller: Caller, of: Subject): Promise<Here> => (of.of === 'rapat' ? atMeeting(tx, caller, of) : atConference(tx, caller, of));

  const isNamed = async (tx: Tx, of: Subject, member: string | null): Promise<boolean> =>
    member !== null && (await store.captionersOf(tx, of)).some((one) => one.member === member);

  async function atMeeting(tx: Tx, caller: Caller, subject: Subject): Promise<Here> {
    const { id } = subject;
    const dossier = caller.person === null && caller.link === null ? refuse('session.required') : ((await meetings.dossier(tx, id)) ?? refuse('not_found'));
    const { person } = caller;
    const invited = person !== null && dossier.invitations.some(({ personId }) => personId === person.id);
    const office = caller.link === null && !invited && person !== null && meetings.mayReadAttendance(person, dossier);
    const standing = office ? null : await meetings.insider(caller, id, tx);
    const member = standing?.member ?? null;
    const own = member !== null && person !== null && member === rooms.personMember(person.id);
    const isCaptioner = await isNamed(tx, subject, member);
    const serves = own && (await meetings.rolesOf(tx, id)).some((role) => role.member === member);
    const leads = own && (serves || (await meetings.mayModerate(tx, caller, id)));
    return {
      ...subject,
      caller,
      member,
      name: standing?.invitation.name ?? person?.name ?? '',
      title: dossier.title,
      zone: (await people.opds(tx)).find((opd) => opd.id === dossier.opdId)?.zone ?? 'Asia/Jakarta',
      state: dossier.state === 'berlangsung' ? 'berjalan' : dossier.state === 'berakhir' ? 'selesai' : 'belum',
      startedAt: dossier.startedAt,
      endedAt: dossier.endedAt,
      roomId: dossier.roomId,
      closed: false,
      isCaptioner,
      leads,
      edits: isCaptioner || leads || (own && person.id === (await notulisOf(tx, id))),
      noted: true,
      reads: true,
      voices: dossier.invitations.map((one) => ({ member: one.member, name: one.name, label: one.position ?? one.institution })),
    };
  }

  /** A guest of the crew comes by a link; one of another conference, or of a meeting, says nothing here. */
  async function guestOf(tx: Tx, caller: Caller, conf: Conf) {
    if (caller.link === null) return null;
    try {
      const one = await press.crewByLink(tx, caller.link, caller);
      return one?.conferenceId === conf.id ? one : null;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'link.revoked') return null;
      throw error;
    }
  }

  async function atConference(tx: Tx, caller: Caller, subject: Subject): Promise<Here> {
    const { id } = subject;
    const conf = (await press.conference(tx, id)) ?? refuse('not_found');
    const { person } = caller;
    const crew = await press.crewOf(tx, id);
    const guest = await guestOf(tx, caller, conf);
    const member = guest?.member ?? (person && rooms.personMember(person.id));
    const isCaptioner = await isNamed(tx, subject, member);
    const leads = guest === null && (await press.mayModerate(tx, caller, conf));
    const belongs = guest !== null || leads || isCaptioner || (person !== null && crew.some(({ personId }) => personId === person.id));
    const onAir = (conf.state === 'tayang' || conf.state === 'tanya_jawab') && conf.liveAt !== null;
    const published = (await store.publicationOf(tx, id))?.published === true && conf.endedAt !== null;
    if (!belongs && !press.oversees(person, conf) && !press.isPublic(conf)) refuse('not_found');
    const reads = belongs || press.oversees(person, conf) || published;
    return {
      ...subject,
      caller,
      member: belongs ? member : null,
      name: guest?.name ?? person?.name ?? '',
      title: conf.title,
      zone: conf.zone,
      // Crew hear the last five seconds before the first picture; nothing of them is everybody's.
      state: onAir && (belongs || conf.liveAt!.getTime() <= clock.now().getTime()) ? 'berjalan' : conf.endedAt !== null ? 'selesai' : 'belum',
      startedAt: conf.liveAt,
      endedAt: conf.endedAt,
      roomId: conf.roomId,
      closed: conf.state === 'arsip',
      isCaptioner,
      leads,
      edits: isCaptioner || leads,
      noted: !published,
      reads,
      voices: [
        ...crew.flatMap((one) => (one.member === null || one.role === 'jbi' ? [] : [{ member: one.member, name: one.name, label: one.label }])),
        ...(belongs ? await journalists(tx, id) : []),
      ],
    };
  }

  const insideOf = async (tx: Tx, { roomId }: Here): Promise<Set<string>> => new Set(roomId === null ? [] : await rooms.membersInside(tx, roomId));
  const keepsRegion = ({ caller: { person, link } }: Here): boolean => link === null && press.mayOperate(person);

  return { here, insideOf, keepsRegion };
}
