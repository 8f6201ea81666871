// Who calls, in the record of one meeting, and what they may do with it.
import type { Tx } from '../platform/database.ts';
import { Refusal, refuse } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { Dossier, Meetings } from '../meetings/index.ts';
import type { Rooms } from '../rooms/index.ts';

/** What others know of a meeting, asked at the moment it is needed. */
export type Officers = {
  notulisOf: (tx: Tx, meetingId: string) => Promise<string | null>;
  /** Chair or co-host. */
  mayModerate: (tx: Tx, caller: Caller, meetingId: string) => Promise<boolean>;
  /** Who may write in the chat, and the seconds between two messages of one; those who lead always may. */
  chatRule: (tx: Tx, meetingId: string) => Promise<{ chat: string; slowSeconds: number }>;
  /** Who goes for whom by *disposisi*: members by the member who goes. */
  deputies: (tx: Tx, meetingId: string) => Promise<Map<string, string>>;
};
type Meeting = Awaited<ReturnType<Meetings['insider']>>['meeting'];
export type Here = {
  meeting: Meeting;
  caller: Caller;
  member: string;
  name: string;
  badge: Dossier['invitations'][number]['badge'];
  /** Chair, co-host or notulis. */
  leads: boolean;
  /** Chair or notulis: whose record it is. */
  writes: boolean;
};
export type AccessWorld = {
  meetings: Pick<Meetings, 'insider' | 'dossier' | 'mayPrepare' | 'mustBeRunning'>;
  rooms: Pick<Rooms, 'membersInside' | 'personMember'>;
  officers: Officers;
};
export type Access = ReturnType<typeof createAccess>;

export function createAccess({ meetings, rooms, officers }: AccessWorld) {
  async function here(tx: Tx, caller: Caller, id: string): Promise<Here> {
    const { meeting, invitation, member } = await meetings.insider(caller, id, tx);
    const writes = await isWriter(tx, caller, meeting);
    return { meeting, caller, member, name: invitation.name, badge: invitation.badge, writes, leads: writes || (await officers.mayModerate(tx, caller, id)) };
  }

  async function isWriter(tx: Tx, { person }: Caller, meeting: Meeting): Promise<boolean> {
    return person !== null && (person.id === meeting.chairId || person.id === (await officers.notulisOf(tx, meeting.id)));
  }

  const prepares = ({ caller, meeting }: Here): boolean => caller.person !== null && meetings.mayPrepare(caller.person, meeting);

  /** Who prepares a meeting need not be invited to it. */
  async function hereOrPreparing(tx: Tx, caller: Caller, id: string): Promise<Here> {
    try {
      return await here(tx, caller, id);
    } catch (error) {
      const { person } = caller;
      if (!(error instanceof Refusal) || error.code !== 'not_found' || person === null || caller.link !== null) throw error;
      return preparing(tx, person, caller, id);
    }
  }
  async function preparing(tx: Tx, person: SignedIn, caller: Caller, id: string): Promise<Here> {
    const meeting = await meetings.dossier(tx, id);
    if (!meeting || !meetings.mayPrepare(person, meeting)) refuse('not_found');
    return { meeting, caller, member: rooms.personMember(person.id), name: person.name, badge: null, writes: false, leads: false };
  }

  const mustRun = (tx: Tx, { meeting }: Here): Promise<void> => meetings.mustBeRunning(tx, meeting);
  /** Ended or called off is over; not begun is not. */
  const mustNotBeOver = async (tx: Tx, { meeting }: Here): Promise<void> => (meeting.state === 'terjadwal' ? undefined : mustRun(tx, { meeting } as Here));
  const isInside = async (tx: Tx, { meeting, member }: Here): Promise<boolean> =>
    meeting.roomId !== null && (await rooms.membersInside(tx, meeting.roomId)).includes(member);

  return { here, hereOrPreparing, prepares, mustRun, mustNotBeOver, isInside };
}
