// How a meeting is held at this moment, as its room shows it; and what was done by whom.
import type { z } from 'zod';
import type { Moderation, ModerationAct } from '../../shared/moderation.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { inOrder, nextOf, vacantFrom } from './rules.ts';
import * as store from './store.ts';

export type LookingWorld = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'persons' | 'noteAccess'>;
  rooms: Pick<Rooms, 'personMember' | 'membersInside' | 'devicesInside' | 'lastInside'>;
  meetings: Pick<Meetings, 'rolesOf' | 'dossier' | 'actsOf' | 'mayReadAttendance'>;
  /** Who writes the minutes: a person. */
  notulisOf: (tx: Tx, meetingId: string) => Promise<string | null>;
};
type Meeting = { id: string; chairId: string; roomId: string | null; state: string; startedAt: Date | null };
type Hand = { member: string; raisedAt: Date };
type Candidate = { member: string; name: string };
export type Looking = ReturnType<typeof createLooking>;

const MOST_ACTS = 500;
const iso = (at: Date): string => at.toISOString();

export function createLooking({ sql, clock, people, rooms, meetings, notulisOf }: LookingWorld) {
  /** Chair and co-hosts. */
  const leadersOf = async (tx: Tx, { id, chairId }: Pick<Meeting, 'id' | 'chairId'>): Promise<string[]> => [
    rooms.personMember(chairId),
    ...(await meetings.rolesOf(tx, id)).flatMap(({ member, role }) => (role === 'ko_host' ? [member] : [])),
  ];

  /** Who leads now; else since when nobody does, and whom it falls to: the highest in rank inside who has signed in. */
  async function vacancyOf(tx: Tx, meeting: Meeting): Promise<{ ledBy: string } | { since: Date; from: Date; candidate: Candidate | null }> {
    const roomId = meeting.roomId ?? refuse('not_found');
    const [leaders, inside] = [await leadersOf(tx, meeting), new Set(await rooms.membersInside(tx, roomId))];
    const ledBy = leaders.find((member) => inside.has(member));
    if (ledBy !== undefined) return { ledBy };
    const span = vacantFrom(await rooms.lastInside(tx, roomId, leaders), meeting.startedAt ?? clock.now());
    return { ...span, candidate: await candidateOf(tx, meeting.id, roomId, inside) };
  }

  const isChair = ({ chairId }: Meeting, member: string): boolean => rooms.personMember(chairId) === member;

  async function candidateOf(tx: Tx, id: string, roomId: string, inside: ReadonlySet<string>): Promise<Candidate | null> {
    // As the invited are listed: by rank.
    const officials = ((await meetings.dossier(tx, id))?.invitations ?? []).filter((i) => i.personId !== null && i.badge === null && inside.has(i.member));
    for (const { member, name } of officials)
      if ((await rooms.devicesInside(tx, roomId, member)).some((device) => device.startsWith('s'))) return { member, name };
    return null;
  }

  async function view(
    tx: Tx,
    meeting: Meeting,
    caller: Caller,
    member: string,
    raised: Hand[],
  ): Promise<{ hands: Hand[]; moderation: z.input<typeof Moderation> }> {
    const held = await store.heldOf(tx, meeting.id);
    const roles = await meetings.rolesOf(tx, meeting.id);
    const notulis = await notulisOf(tx, meeting.id);
    const runs = meeting.state === 'berlangsung' && meeting.roomId !== null;
    const inside = new Set(runs && meeting.roomId ? await rooms.membersInside(tx, meeting.roomId) : []);
    const asks = inOrder(raised.map((hand) => ({ ...hand, turnsHad: held.had[hand.member] ?? 0, inside: inside.has(hand.member) })));
    const vacancy = runs ? await vacancyOf(tx, meeting) : null;
    const vacant = vacancy && !('ledBy' in vacancy) ? vacancy : null;
    const you = caller.person ? rooms.personMember(caller.person.id) : null;
    const role = roles.find((one) => one.member === you)?.role ?? null;
    const word = roles.find((one) => one.member === member)?.role ?? null;
    // By a link one is let in as oneself, barred from nothing as the chair; who leads others has signed in.
    const appoints = caller.person?.id === meeting.chairId;
    return {
      hands: asks.map(({ member, raisedAt }) => ({ member, raisedAt })),
      moderation: {
        you: {
          moderates: appoints || role === 'ko_host',
          serves: appoints || role !== null,
          appoints,
          locks: word !== null || isChair(meeting, member) ? [] : held.locks.filter((lock) => lock !== 'mikrofon' || held.turn?.member !== member),
          mayTakeOver: vacant !== null && vacant.candidate !== null && vacant.candidate.member === you && vacant.from <= clock.now(),
        },
        roles: [
          { member: rooms.personMember(meeting.chairId), role: 'pimpinan' },
          ...roles,
          ...(notulis === null ? [] : [{ member: rooms.personMember(notulis), role: 'notulis' as const }]),
        ],
        locks: held.locks,
        turn: held.turn && {
          id: held.turn.id,
          member: held.turn.member,
          givenAt: iso(held.turn.givenAt),
          until: iso(held.turn.until),
          awaySince: held.turn.awaySince && iso(held.turn.awaySince),
        },
        next: nextOf(asks),
        spotlight: held.spotlight,
        chat: held.chat,
        slowSeconds: held.slowSeconds,
        entryMuted: held.entryMuted,
        turnSeconds: held.turnSeconds,
        vacancy: vacant && { since: iso(vacant.since), from: iso(vacant.from), name: vacant.candidate?.name ?? null },
      },
    };
  }

  async function acts(person: SignedIn, id: string): Promise<z.input<typeof ModerationAct>[]> {
    return sql.begin(async (tx) => {
      const meeting = (await meetings.dossier(tx, id)) ?? refuse('not_found');
      const leads = (await leadersOf(tx, meeting)).includes(rooms.personMember(person.id));
      if (!leads && !meetings.mayReadAttendance(person, meeting)) {
        if (!meeting.invitations.some((i) => i.personId === person.id)) refuse('not_found');
        refuse('meeting.not_moderator');
      }
      const rows = await meetings.actsOf(tx, id, MOST_ACTS);
      if (!leads)
        await people.noteAccess(tx, {
          by: person.id,
          what: 'tindakan.baca',
          subject: id,
          count: rows.length,
          scope: { kind: 'meeting', id },
          persons: rows.flatMap(({ member }) => (member?.startsWith('p_') ? [member.slice(2)] : [])),
        });
      const by = await people.persons(tx, [...new Set(rows.flatMap(({ byId }) => byId ?? []))]);
      const names = new Map(meeting.invitations.map((i) => [i.member, i.name]));
      return rows.map(({ at, byId, act, member, detail }) => ({
        at: iso(at),
        byName: byId === null ? null : (by.get(byId)?.name ?? ''),
        act,
        name: member === null ? null : (names.get(member) ?? null),
        detail,
      }));
    });
  }

  return { leadersOf, vacancyOf, view, acts };
}
