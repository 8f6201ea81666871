// Who may admit: the chair, co-hosts, operators, and whoever prepares the meeting (they may invite anybody as it is).
import type { Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';

type Meeting = Awaited<ReturnType<Meetings['meetingsByIds']>>[number];
const HOSTING = new Set<string>(['ko_host', 'operator']);
export type Hosts = ReturnType<typeof createHosts>;

export function createHosts({ meetings }: { meetings: Pick<Meetings, 'mayPrepare' | 'lockMeeting' | 'meetingsByIds' | 'isInvited' | 'rolesOf'> }) {
  const servingIds = async (tx: Tx, meetingId: string): Promise<string[]> =>
    (await meetings.rolesOf(tx, meetingId)).flatMap(({ member, role }) => (HOSTING.has(role) && member.startsWith('p_') ? [member.slice(2)] : []));

  const may = async (tx: Tx, person: SignedIn, meeting: Meeting): Promise<boolean> =>
    meetings.mayPrepare(person, meeting) || (await servingIds(tx, meeting.id)).includes(person.id);

  /** Who is told that somebody waits. */
  const idsOf = async (tx: Tx, meeting: Meeting): Promise<string[]> => [
    ...new Set([meeting.chairId, ...(meeting.plannerId === null ? [] : [meeting.plannerId]), ...(await servingIds(tx, meeting.id))]),
  ];

  async function mustHost(tx: Tx, person: SignedIn, meeting: Meeting | null | undefined): Promise<Meeting> {
    if (!meeting) refuse('not_found');
    if (await may(tx, person, meeting)) return meeting;
    if (await meetings.isInvited(tx, meeting.id, person.id)) refuse('lobby.not_host');
    refuse('not_found');
  }
  const hosted = async (tx: Tx, person: SignedIn, id: string): Promise<Meeting> => mustHost(tx, person, (await meetings.meetingsByIds(tx, [id]))[0]);
  /** As above, and the meeting is locked: what is decided about it is decided one after the other. */
  const hostedAlone = async (tx: Tx, person: SignedIn, id: string): Promise<Meeting> => mustHost(tx, person, await meetings.lockMeeting(tx, id));

  return { may, idsOf, hosted, hostedAlone };
}
