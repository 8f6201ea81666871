// Turns a choice of people, positions, units and guests into invitation rows: each person once, as they are today.
import { randomUUID } from 'node:crypto';
import type { Tx } from '../platform/database.ts';
import type { Invitee } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { linkHash, linkToken } from './links.ts';
import type { Guest } from './meeting.ts';
import { insertInvitations, type Invitation } from './store.ts';

type NewInvitation = Omit<Invitation, 'meetingId' | 'linkVersion' | 'linkBrowser' | 'linkRevokedAt' | 'linkOffAt' | 'invitedAt'> & { linkHash: string };

type Naming = Pick<Rooms, 'personMember' | 'guestMember'>;

export function invitationRows({ personMember, guestMember }: Naming, secret: string, people: readonly Invitee[], guests: readonly Guest[]): NewInvitation[] {
  const row = (fields: Omit<NewInvitation, 'id' | 'linkHash' | 'member'>, member: (id: string) => string): NewInvitation => {
    const id = randomUUID();
    return { ...fields, id, member: member(id), linkHash: linkHash(linkToken(secret, id, 1)) };
  };
  return [
    ...people.map((p) =>
      row(
        {
          personId: p.personId,
          name: p.name,
          nip: p.nip,
          position: p.position,
          rank: p.rank,
          opdId: p.opdId,
          opdName: p.opdName,
          badge: null,
          institution: null,
          via: p.via,
          email: null,
        },
        () => personMember(p.personId),
      ),
    ),
    ...guests.map((g) =>
      row(
        {
          personId: null,
          name: g.name,
          nip: null,
          position: null,
          rank: 99,
          opdId: null,
          opdName: null,
          badge: 'Tamu',
          institution: g.institution,
          via: g.via ?? 'tamu',
          email: g.email ?? null,
        },
        guestMember,
      ),
    ),
  ];
}

/** Answers the rows as they were meant; who is invited already keeps theirs. */
export async function invite(
  tx: Tx,
  rooms: Naming,
  secret: string,
  meetingId: string,
  people: readonly Invitee[],
  guests: readonly Guest[],
  byId: string | null,
  now: Date,
): Promise<readonly NewInvitation[]> {
  const rows = invitationRows(rooms, secret, people, guests);
  await insertInvitations(tx, meetingId, rows, byId, now);
  return rows;
}
