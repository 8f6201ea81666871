// Meetings: called or planned, who is invited, how each one gets in, and what the chair does.
import type { MeetingCard } from '../../shared/meetings.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tellAll, type Live } from '../platform/live.ts';
import type { Outages } from '../platform/outages.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { Notices, People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { createAccess } from './access.ts';
import { BY_LOBBY, createAdmitting } from './admitting.ts';
import { createCalling } from './calling.ts';
import { createEnding, type EndedListener } from './ending.ts';
import { createInside, type Holding } from './inside.ts';
import { createInviting } from './inviting.ts';
import { mayPrepare, type Meeting } from './meeting.ts';
import { createPlaces } from './places.ts';
import { mustBeAhead, mustBeInOrder, type PlanListener } from './preparing.ts';
import { createPresent } from './present.ts';
import { createReminding } from './reminding.ts';
import { meetingRoutes } from './routes.ts';
import * as calendar from './calendar.ts';
import * as store from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: People;
  rooms: Rooms;
  notices: Notices;
  live: Pick<Live, 'allow' | 'hear'>;
  outages: Pick<Outages, 'between'>;
  secret: string;
  origin: string | null;
};
export type { Meeting } from './meeting.ts';
export type { Plan, PlanNews } from './preparing.ts';
export type { CalendarMeeting, CalendarScope } from './calendar.ts';
/** The meeting as attendance needs it: as it was called, held and who was invited as what. */
export type Dossier = Meeting & { invitations: (store.Invitation & { linkUsed: boolean; byLobby?: boolean })[] };
export type Held = { meetingId: string; title: string; startsAt: Date; startedAt: Date; endedAt: Date | null };
const ROOMS_KNOWN = 10_000;
export type Meetings = ReturnType<typeof createMeetings>;

export function createMeetings({ sql, clock, people, rooms, notices, live, outages, secret, origin }: World) {
  const access = createAccess({ sql, rooms });
  const places = createPlaces({ people, rooms });
  let held: Holding | null = null;
  const holding = (): Holding => held ?? refuse('portal.unavailable');
  const endings: EndedListener[] = [];
  const ended: EndedListener = async (tx, id) => {
    for (const listener of endings) await listener(tx, id);
  };
  const planListeners: PlanListener[] = [];
  const planned: PlanListener = async (tx, news) => {
    for (const listener of planListeners) await listener(tx, news);
  };
  const calling = createCalling({ sql, clock, people, rooms, secret, access, places, ended, planned, holding });
  const admitting = createAdmitting({ clock, people, rooms, secret, places });
  const inviting = createInviting({ clock, rooms, secret, planned });
  const ending = createEnding({ sql, clock, rooms, outages, ended });
  const inside = createInside({ sql, clock, rooms, holding, notices, access, places });

  const reminding = createReminding({ clock, people, secret });

  live.hear('present', createPresent({ clock, rooms, access }));
  live.allow('meeting', async (caller, id) => (await access.insider(caller, id)).member);
  live.allow('host', async ({ person }, id) => {
    const found = await dossier(sql, id);
    return person !== null && found !== null && mayReadAttendance(person, found);
  });
  rooms.addEntryCheck(async (tx, roomId, { byLink, member, device }) => {
    if (!byLink || !(await idsByRoom(tx, [roomId])).has(roomId)) return true;
    const version = await store.linkVersionOf(tx, roomId, member);
    return version !== null && rooms.isOfVersion(device, version) && store.claimLink(tx, roomId, member, rooms.markOf(device), version);
  });
  rooms.onPresence(async (tx, members) => {
    const ids = [...(await idsByRoom(tx, [...members.keys()])).values()];
    await tellAll(
      tx,
      ids.map((id) => [[`meeting:${id}`], { type: 'room.changed', meetingId: id }] as const),
    );
  });

  /** A room's meeting never changes: each is looked up once. */
  const known = new Map<string, string>();
  async function idsByRoom(tx: Tx, roomIds: readonly string[]): Promise<Map<string, string>> {
    const unknown = roomIds.filter((id) => !known.has(id));
    if (known.size > ROOMS_KNOWN) known.clear();
    if (unknown.length > 0) for (const { id, roomId } of await store.meetingsByRoom(tx, unknown)) if (roomId) known.set(roomId, id);
    return new Map(
      roomIds.flatMap((roomId): [string, string][] => {
        const id = known.get(roomId);
        return id === undefined ? [] : [[roomId, id]];
      }),
    );
  }

  /** One meeting, for those who belong to it or read its attendance. */
  async function open(caller: Caller, id: string): Promise<MeetingCard> {
    const found = caller.link === null && caller.person ? await dossier(sql, id) : null;
    if (!(found && caller.person && (mayReadAttendance(caller.person, found) || mayPrepare(caller.person, found)))) await access.standing(caller, id);
    return places.cardOf(sql, id, caller.person);
  }

  async function dossier(tx: Tx, id: string): Promise<Dossier | null> {
    const meeting = await store.meetingById(tx, id);
    if (!meeting) return null;
    return {
      ...meeting,
      invitations: (await store.invitationsOf(tx, id)).map((i) => ({
        ...i,
        linkUsed: i.linkBrowser !== null,
        byLobby: i.via === BY_LOBBY,
      })),
    };
  }

  async function dossiersByRoom(tx: Tx, roomIds: readonly string[]) {
    return new Map(
      (await store.meetingsByRoom(tx, roomIds)).flatMap((m) =>
        m.roomId
          ? [
              [
                m.roomId,
                {
                  meetingId: m.id,
                  title: m.title,
                  opdId: m.opdId,
                  startsAt: m.startsAt,
                  startedAt: m.startedAt,
                  endedAt: m.endedAt,
                },
              ] as const,
            ]
          : [],
      ),
    );
  }

  /** What was held, or runs, at some time between two instants, by room. */
  async function heldBetween(tx: Tx, from: Date, to: Date): Promise<Map<string, Held>> {
    return new Map(
      (await store.meetingsBetween(tx, from, to)).flatMap(({ roomId, startedAt, ...m }): [string, Held][] =>
        roomId && startedAt ? [[roomId, { meetingId: m.id, title: m.title, startsAt: m.startsAt, startedAt, endedAt: m.endedAt }]] : [],
      ),
    );
  }

  const mayReadAttendance = (person: SignedIn, meeting: Pick<Dossier, 'chairId' | 'opdId'>): boolean =>
    meeting.chairId === person.id || person.managesOpds.includes(meeting.opdId) || person.roles.includes('administrator') || person.roles.includes('bkd');

  /** Running meetings of the own chair, the newest first. */
  const chairedNow = async (tx: Tx, personId: string): Promise<{ id: string; title: string }[]> =>
    (await store.meetingsOf(tx, personId, clock.now(), clock.now()))
      .filter((m) => m.chairId === personId && m.state === 'berlangsung')
      .toSorted((a, b) => Number(b.startedAt) - Number(a.startedAt))
      .map(({ id, title }) => ({ id, title }));

  const routes = meetingRoutes({ ...calling, ...inside, open }, origin);
  return {
    ...calling,
    ...inside,
    ...ending,
    ...admitting,
    ...inviting,
    open,
    routes,
    dossier,
    dossiersByRoom,
    idsByRoom,
    meetingsToldTo: store.meetingsToldTo,
    meetingsByIds: store.meetingsByIds,
    holdMeeting: store.holdMeeting,
    lockMeeting: store.lockMeeting,
    invitedCounts: store.invitedCounts,
    /** What was planned, changed, called off, and who was invited to it, in the transaction that does it. */
    onPlanned: (listener: PlanListener) => void planListeners.push(listener),
    mayPrepare,
    cardOf: places.cardOf,
    cards: places.cards,
    meetingsOfSeries: store.meetingsOfSeries,
    changesOf: store.changesOf,
    appointments: store.appointments,
    mustBeAhead,
    mustBeInOrder,
    prepared: access.prepared,
    onEnded: (listener: EndedListener) => void endings.push(listener),
    heldBetween,
    chairedNow,
    invitedAfterStart: store.invitedAfterStart,
    invitedSpans: store.invitedSpans,
    calendarMeetings: calendar.calendarMeetings,
    feedMeetings: calendar.feedMeetings,
    roomsUsed: calendar.roomsUsed,
    mayReadAttendance,
    /** What the invited are reminded of. */
    reminding: reminding.source,
    /** Who is invited and need not be reminded: said once, by the module that knows the answers. */
    setStaying: reminding.setStaying,
    standing: access.standing,
    insider: access.insider,
    chaired: access.chaired,
    moderated: access.moderated,
    mayModerate: access.mayModerate,
    /** How rooms are held: said once, by the module above. */
    setHolding: (by: Holding) => void (held = by),
    rolesOf: store.rolesOf,
    setRole: store.setRole,
    noteAct: store.noteAct,
    actsOf: store.actsOf,
    mustBeRunning: places.mustBeRunning,
  };
}
