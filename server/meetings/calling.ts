// Calling a meeting: now or for later, who is invited, start, end, links. A verb is one transaction.
import type { z } from 'zod';
import type { Invitation as InvitationView, Invite, MeetingCard, Sifat } from '../../shared/meetings.ts';
import type { Opd, Zone } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { clockText, dayIn } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Invitee, People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import type { Access } from './access.ts';
import type { EndedListener } from './ending.ts';
import type { Holding } from './inside.ts';
import { invite } from './invite.ts';
import { linkAtOnce, linkHash, linkToken } from './links.ts';
import { mustStand, wordFor, type Meeting } from './meeting.ts';
import type { Places } from './places.ts';
import { createPreparing, type Plan, type PlanListener } from './preparing.ts';
import * as store from './store.ts';
import * as views from './views.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: People;
  rooms: Rooms;
  secret: string;
  access: Access;
  places: Places;
  ended: EndedListener;
  planned: PlanListener;
  holding: () => Pick<Holding, 'entryMuted'>;
};
type Choice = z.output<typeof Invite>;
export type NewPlan = Omit<Plan, 'description'> & { description?: string | null; invite: Choice };
/** Who planned it, where that is not the chair; which of a series it is. */
export type PlannedAs = { plannerId?: string; seriesId?: string; occursAt?: Date };

const LIST_DAYS = 30;

export function createCalling({ sql, clock, people, rooms, secret, access, places, ended, planned, holding }: World) {
  const { place, mustBeRunning, cards, cardOf } = places;
  const { change, cancel, news } = createPreparing({ clock, access, places, planned });
  /** The chair's home unit decides letterhead, number series and zone. */
  async function homeOf(tx: Tx, chairId: string): Promise<Opd> {
    const chair = (await people.persons(tx, [chairId])).get(chairId);
    const opds = await people.opds(tx);
    const home = opds.find((o) => o.id === chair?.opd?.id) ?? opds.find((o) => o.kind === 'opd');
    return home ?? refuse('not_found');
  }

  async function addInvited(tx: Tx, meetingId: string, chairId: string, choice: Choice, zone: Zone): Promise<void> {
    const now = clock.now();
    const invitees = await people.resolve(tx, { people: [chairId, ...choice.people], positions: choice.positions, units: choice.units }, dayIn(now, zone));
    await invite(tx, rooms, secret, meetingId, invitees, choice.guests, chairId, now);
  }

  /** Everybody invited gets their right in the room; those who have one already keep it. */
  async function admitInvited(tx: Tx, meeting: Meeting): Promise<void> {
    if (meeting.roomId === null) return;
    const invitations = await store.invitationsOf(tx, meeting.id);
    await rooms.admit(
      tx,
      meeting.roomId,
      invitations.map((i) => ({
        member: i.member,
        personId: i.personId,
        name: i.name,
        word: wordFor(meeting, i.personId),
      })),
    );
  }

  const must = (choice: Choice): void => {
    if (choice.people.length + choice.positions.length + choice.units.length + choice.guests.length === 0) refuse('meeting.nobody_invited');
  };
  const topicsOf = (invitations: readonly store.Invitation[]): string[] => invitations.flatMap((i) => (i.personId ? [`person:${i.personId}`] : []));

  async function tellAll(tx: Tx, meetingId: string, type: 'meeting.changed' | 'meeting.invited'): Promise<void> {
    await tell(tx, [`meeting:${meetingId}`, ...topicsOf(await store.invitationsOf(tx, meetingId))], { type, meetingId });
  }

  /** A meeting that runs from now on, its room open; nobody is invited yet and nobody is told. */
  async function beginNow(tx: Tx, chairId: string, about: { title: string; sifat: Sifat; opdId: string }): Promise<string> {
    const now = clock.now();
    const room = await rooms.open(tx);
    const times = { startsAt: now, endsAt: null, startedAt: now };
    const id = await store.insertMeeting(tx, { ...about, ...times, chairId, instant: true, place: 'Daring', roomId: room.id }, now);
    await store.noteAct(tx, id, { byId: chairId, act: 'dimulai' }, now);
    return id;
  }

  /** Invites people as they were resolved by the caller and lets them in; who is invited already stays as they were. Nobody is told. */
  async function letIn(tx: Tx, meetingId: string, byId: string, invitees: readonly Invitee[]): Promise<void> {
    const meeting = (await store.meetingById(tx, meetingId)) ?? refuse('not_found');
    const added = await invite(tx, rooms, secret, meetingId, invitees, [], byId, clock.now());
    if (meeting.roomId === null) return;
    const members = added.map((i) => ({ member: i.member, personId: i.personId, name: i.name, word: wordFor(meeting, i.personId) }));
    await rooms.admit(tx, meeting.roomId, members);
  }

  /** A running meeting of the own chair, locked. */
  async function chairedRunning(tx: Tx, person: SignedIn, id: string): Promise<Meeting> {
    const meeting = await access.chaired(tx, person, id);
    await mustBeRunning(tx, meeting);
    return meeting;
  }

  /** Rapat sekarang: the room is open when this returns. */
  async function startNow(person: SignedIn, input: { title: string; sifat: Sifat; invite: Choice }): Promise<MeetingCard> {
    must(input.invite);
    return sql.begin(async (tx) => {
      const home = await homeOf(tx, person.id);
      const id = await beginNow(tx, person.id, { title: input.title, sifat: input.sifat, opdId: home.id });
      await addInvited(tx, id, person.id, input.invite, home.zone);
      await admitInvited(tx, (await store.meetingById(tx, id)) ?? refuse('not_found'));
      await tellAll(tx, id, 'meeting.invited');
      return cardOf(tx, id, person);
    });
  }

  /** A meeting for later; its chair opens it. */
  async function plan(tx: Tx, chairId: string, input: NewPlan, { plannerId = chairId, seriesId, occursAt }: PlannedAs = {}): Promise<string> {
    must(input.invite);
    const home = await homeOf(tx, chairId);
    const id = await store.insertMeeting(
      tx,
      {
        ...input,
        opdId: home.id,
        chairId,
        instant: false,
        startedAt: null,
        roomId: null,
        plannerId: plannerId === chairId ? null : plannerId,
        seriesId: seriesId ?? null,
        occursAt: occursAt ?? null,
      },
      clock.now(),
    );
    await addInvited(tx, id, chairId, input.invite, home.zone);
    await news(tx, id, 'direncanakan', { before: null, reason: null, byId: plannerId });
    return id;
  }

  async function start(person: SignedIn, id: string): Promise<MeetingCard> {
    return sql.begin(async (tx) => {
      const meeting = await access.chaired(tx, person, id);
      const zone = (await place(tx, meeting)).opd?.zone ?? 'Asia/Jakarta';
      mustStand(meeting);
      if (meeting.state === 'berakhir') refuse('meeting.ended', { time: clockText(meeting.endedAt, zone) });
      if (meeting.state === 'terjadwal') await openRoom(tx, meeting, { byId: person.id, act: 'dimulai' });
      return cardOf(tx, id, person);
    });
  }

  async function openRoom(tx: Tx, meeting: Meeting, act: { byId: string | null; act: string }): Promise<void> {
    const now = clock.now();
    const room = await rooms.open(tx);
    await store.startMeeting(tx, meeting.id, room.id, now);
    await admitInvited(tx, { ...meeting, roomId: room.id });
    // Named before it began.
    for (const { member } of await store.rolesOf(tx, meeting.id)) await rooms.setRight(tx, room.id, member, 'host');
    if (await holding().entryMuted(tx, meeting.id)) await rooms.setEntryMuted(tx, room.id, true);
    await store.noteAct(tx, meeting.id, act, now);
    await tellAll(tx, meeting.id, 'meeting.changed');
  }

  /** By the schedule, nobody having pressed anything: the same record as the chair's start. Answers whether it opened now. */
  async function startByPlan(tx: Tx, id: string): Promise<boolean> {
    const meeting = await store.lockMeeting(tx, id);
    if (meeting?.state !== 'terjadwal') return false;
    await openRoom(tx, meeting, { byId: null, act: 'dimulai menurut jadwal' });
    return true;
  }

  /** Ends for all. Ending twice is ending once. A meeting that never began cannot end. */
  async function end(person: SignedIn, id: string): Promise<MeetingCard> {
    return sql.begin(async (tx) => {
      const meeting = await access.moderated(tx, person, id);
      if (meeting.state === 'terjadwal' || meeting.state === 'dibatalkan') await mustBeRunning(tx, meeting);
      if (meeting.state === 'berlangsung') {
        await store.endMeeting(tx, id, person.id, clock.now());
        if (meeting.roomId) await rooms.close(tx, meeting.roomId);
        await store.noteAct(tx, id, { byId: person.id, act: 'diakhiri' }, clock.now());
        await ended(tx, id);
        await tellAll(tx, id, 'meeting.changed');
      }
      return cardOf(tx, id, person);
    });
  }

  const list = (person: SignedIn): Promise<MeetingCard[]> =>
    store.meetingsOf(sql, person.id, new Date(clock.now().getTime() - LIST_DAYS * 86_400_000), clock.now()).then((found) => cards(sql, found, person));

  async function invitations(tx: Tx, meeting: Meeting): Promise<InvitationView[]> {
    const standings = meeting.roomId ? new Map((await rooms.members(tx, meeting.roomId)).map((m) => [m.member, m])) : new Map();
    return (await store.invitationsOf(tx, meeting.id)).map((i) =>
      views.invitationView(
        i,
        secret,
        standings.get(i.member) ?? {
          word: wordFor(meeting, i.personId),
          removedAt: null,
          banned: false,
        },
      ),
    );
  }
  const listInvitations = (person: SignedIn, id: string): Promise<InvitationView[]> =>
    sql.begin(async (tx) => told(tx, person, await invitations(tx, await access.prepared(tx, person, id)), id));

  /** Whoever is told a list of the invited is on record. */
  async function told(tx: Tx, person: SignedIn, list: InvitationView[], id: string): Promise<InvitationView[]> {
    const persons = list.flatMap((i) => (i.member.startsWith('p_') ? [i.member.slice(2)] : []));
    await people.noteAccess(tx, { by: person.id, what: 'undangan.baca', subject: id, count: list.length, scope: { kind: 'meeting', id }, persons });
    return list;
  }

  const inviteMore = (person: SignedIn, id: string, choice: Choice): Promise<InvitationView[]> =>
    sql.begin(async (tx) => told(tx, person, await invitations(tx, await inviteIn(tx, person, id, choice)), id));

  async function inviteIn(tx: Tx, person: SignedIn, id: string, choice: Choice): Promise<Meeting> {
    must(choice);
    const meeting = await access.prepared(tx, person, id);
    const zone = (await place(tx, meeting)).opd?.zone ?? 'Asia/Jakarta';
    mustStand(meeting);
    if (meeting.state === 'berakhir') refuse('meeting.ended', { time: clockText(meeting.endedAt, zone) });
    const before = new Set((await store.invitationsOf(tx, id)).map((i) => i.member));
    await addInvited(tx, id, meeting.chairId, choice, zone);
    await admitInvited(tx, meeting);
    const added = (await store.invitationsOf(tx, id)).filter((i) => !before.has(i.member));
    if (meeting.state === 'terjadwal' && added.length > 0)
      await planned(tx, {
        meetingId: id,
        version: meeting.version,
        kind: 'diundang',
        before: null,
        reason: null,
        members: added.map((i) => i.member),
        byId: person.id,
      });
    await tell(tx, topicsOf(added), {
      type: meeting.state === 'berlangsung' ? 'meeting.invited' : 'meeting.changed',
      meetingId: id,
    });
    await tell(tx, [`meeting:${id}`, `host:${id}`], { type: 'room.changed', meetingId: id });
    return meeting;
  }

  /** Where each of these persons gets in as themselves, signed in or not: a path of this portal. Whoever is not invited (any more) is left out. */
  async function ownLinks(tx: Tx, meetingId: string, personIds: readonly string[]): Promise<Map<string, string>> {
    return new Map(
      (await store.validLinks(tx, meetingId, personIds)).map(({ id, personId, version }) => [personId, linkAtOnce(linkToken(secret, id, version))]),
    );
  }

  /** A new link; the former one is dead at once, and so is whoever is inside by it when they come back. */
  async function renewLink(person: SignedIn, id: string, invitationId: string): Promise<InvitationView> {
    return sql.begin(async (tx) => {
      const meeting = await access.prepared(tx, person, id);
      const found = (await store.invitationsOf(tx, id)).find((i) => i.id === invitationId) ?? refuse('not_found');
      const version = found.linkVersion + 1;
      await store.setLink(tx, found.id, version, linkHash(linkToken(secret, found.id, version)));
      await store.noteAct(tx, id, { byId: person.id, act: 'tautan baru', member: found.member }, clock.now());
      return (await invitations(tx, meeting)).find((i) => i.id === invitationId) ?? refuse('not_found');
    });
  }

  return {
    beginNow,
    letIn,
    chairedRunning,
    startNow,
    plan,
    change,
    cancel,
    start,
    startByPlan,
    end,
    list,
    listInvitations,
    inviteMore,
    inviteIn,
    ownLinks,
    renewLink,
    homeOf,
  };
}
