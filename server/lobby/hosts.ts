// Who may admit: the chair, whoever moderates, and whoever prepares the meeting (they may invite anybody as it is).
import type { Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';

type Meeting = Awaited<ReturnType<Meetings['meetingsByIds']>>[number];
/** What moderation tells; without it the chair moderates. */
export type Moderating = {
  mayModerate(tx: Tx, caller: Caller, meetingId: string): Promise<boolean>;
  /** Persons beside the chair who moderate. */
  moderators(tx: Tx, meetingId: string): Promise<string[]>;
};
export type Hosts = ReturnType<typeof createHosts>;

const asCaller = (person: SignedIn): Caller => ({ person, link: null, pass: null, device: () => '' });

export function createHosts({
  meetings,
  moderating,
}: {
  meetings: Pick<Meetings, 'mayPrepare' | 'lockMeeting' | 'meetingsByIds' | 'isInvited'>;
  moderating: Moderating | null;
}) {
  const may = async (tx: Tx, person: SignedIn, meeting: Meeting): Promise<boolean> =>
    meetings.mayPrepare(person, meeting) || (moderating !== null && (await moderating.mayModerate(tx, asCaller(person), meeting.id).catch(() => false)));

  /** Who is told that somebody waits. */
  const idsOf = async (tx: Tx, meeting: Meeting): Promise<string[]> => [
    ...new Set([meeting.chairId, ...(meeting.plannerId === null ? [] : [meeting.plannerId]), ...((await moderating?.moderators(tx, meeting.id)) ?? [])]),
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
