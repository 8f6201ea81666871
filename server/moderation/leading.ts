// What those who lead a meeting do, and what ends a turn without anybody's word. A verb is one transaction under the lock of the meeting, so
// that of two who lead the second sees what the first has done; what it says to the media server follows after commit.
import type { FastifyBaseLogger } from 'fastify';
import type { BodyOf } from '../../shared/endpoint.ts';
import type * as wire from '../../shared/moderation.ts';
import type { Lock } from '../../shared/moderation.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Rooms } from '../rooms/index.ts';
import type { Looking } from './looking.ts';
import { barsFor, endingOf, inForm, nextOf, type Ending } from './rules.ts';
import * as store from './store.ts';

export type LeadingWorld = {
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  rooms: Pick<
    Rooms,
    | 'setBars'
    | 'setEntryMuted'
    | 'giveVoice'
    | 'setRight'
    | 'mute'
    | 'applyNow'
    | 'membersInside'
    | 'standing'
    | 'personMember'
    | 'hands'
    | 'lowerHand'
    | 'lowerHands'
  >;
  meetings: Pick<
    Meetings,
    'moderated' | 'chaired' | 'insider' | 'mustBeRunning' | 'lockMeeting' | 'dossier' | 'rolesOf' | 'setRole' | 'noteAct' | 'onEnded' | 'mayModerate'
  >;
};
type Meeting = NonNullable<Awaited<ReturnType<Meetings['lockMeeting']>>>;
type Led = { meeting: Meeting; roomId: string; held: store.Held; act: (act: string, about?: { member?: string; detail?: string }) => Promise<void> };

const words: Record<Lock, string> = { mikrofon: 'mikrofon', kamera: 'kamera', layar: 'berbagi layar' };
const endings: Record<Ending, string> = {
  dilepas: 'diakhiri pemimpin',
  dikembalikan: 'dikembalikan',
  keluar: 'keluar dari ruang',
  waktu_habis: 'waktu habis',
  ditutup: 'rapat berakhir',
};

export function createLeading({ sql, clock, log, rooms, meetings }: LeadingWorld, { leadersOf, vacancyOf }: Looking) {
  const changed = (tx: Tx, meetingId: string): Promise<void> => tell(tx, [`meeting:${meetingId}`, `host:${meetingId}`], { type: 'room.changed', meetingId });
  const acting =
    (tx: Tx, meetingId: string, byId: string | null): Led['act'] =>
    (act, about = {}) =>
      meetings.noteAct(tx, meetingId, { byId, act, ...about }, clock.now());

  /** One change of a running meeting. `change` answers whether there was anything to do. */
  async function lead(person: SignedIn, id: string, change: (tx: Tx, led: Led) => Promise<boolean>, { serve = false } = {}): Promise<void> {
    await sql.begin(async (tx) => {
      const meeting = await meetings.moderated(tx, person, id, { serve });
      await meetings.mustBeRunning(tx, meeting);
      const roomId = meeting.roomId ?? refuse('not_found');
      if (await change(tx, { meeting, roomId, held: await store.heldOf(tx, id), act: acting(tx, id, person.id) })) await changed(tx, id);
    });
    rooms.applyNow();
  }

  async function mute(person: SignedIn, id: string, member: string | null): Promise<{ muted: string[] }> {
    let room = '';
    let spared = new Set<string>();
    await lead(
      person,
      id,
      async (tx, { meeting, roomId, act }) => {
        if (member !== null) await nameOf(tx, meeting.id, member);
        room = roomId;
        spared = new Set([...(await leadersOf(tx, meeting)), ...(await meetings.rolesOf(tx, id)).map((one) => one.member)]);
        await (member === null ? act('semua mikrofon dimatikan') : act('mikrofon dimatikan', { member }));
        return false;
      },
      { serve: true },
    );
    return { muted: await rooms.mute(room, (one) => (member === null ? !spared.has(one) : one === member)) };
  }

  const lock = (person: SignedIn, id: string, wanted: BodyOf<typeof wire.putLocks>): Promise<void> =>
    lead(person, id, async (tx, { roomId, held, act }) => {
      const is = (one: Lock): boolean => held.locks.includes(one);
      const next = inForm((Object.keys(words) as Lock[]).filter((one) => wanted[one] ?? is(one)));
      const moved = inForm((Object.keys(words) as Lock[]).filter((one) => is(one) !== next.includes(one)));
      if (moved.length === 0) return false;
      await store.saveSetting(tx, id, { ...held, locks: next });
      await rooms.setBars(tx, roomId, 'all', barsFor(next));
      if (held.turn) await rooms.setBars(tx, roomId, held.turn.member, barsFor(next, { turn: true }));
      for (const one of moved) await act(`${words[one]} ${next.includes(one) ? 'dikunci' : 'dibuka'}`);
      return true;
    });

  /** Also before it begins. */
  async function setRules(person: SignedIn, id: string, wanted: BodyOf<typeof wire.putRules>): Promise<void> {
    await sql.begin(async (tx) => {
      const meeting = await meetings.moderated(tx, person, id);
      if (meeting.state !== 'terjadwal') await meetings.mustBeRunning(tx, meeting);
      const held = await store.heldOf(tx, id);
      const next = { ...held, ...wanted };
      const told: Partial<Record<keyof typeof wanted, string>> = {
        chat: `obrolan: ${next.chat}`,
        slowSeconds: `jeda obrolan ${next.slowSeconds} detik`,
        entryMuted: next.entryMuted ? 'masuk dengan mikrofon mati' : 'masuk dengan mikrofon bebas',
        turnSeconds: `lama giliran ${next.turnSeconds} detik`,
      };
      const moved = (Object.keys(told) as (keyof typeof wanted)[]).filter((key) => next[key] !== held[key]);
      if (moved.length === 0) return;
      await store.saveSetting(tx, id, next);
      if (meeting.roomId !== null) await rooms.setEntryMuted(tx, meeting.roomId, next.entryMuted);
      for (const key of moved) await acting(tx, id, person.id)('pengaturan', { detail: told[key]! });
      await changed(tx, id);
    });
    rooms.applyNow();
  }

  /** By whoever came in muted. Nobody else sees a change before they are heard. */
  async function openMicrophone(caller: Caller, id: string): Promise<void> {
    await sql.begin(async (tx) => {
      const { meeting, member } = await meetings.insider(caller, id, tx);
      await meetings.mustBeRunning(tx, meeting);
      if (meeting.roomId !== null) await rooms.giveVoice(tx, meeting.roomId, member);
    });
    rooms.applyNow();
  }

  const spot = (person: SignedIn, id: string, { spotlight }: BodyOf<typeof wire.putSpotlight>): Promise<void> =>
    lead(
      person,
      id,
      async (tx, { held, act }) => {
        const key = (spots: store.Setting['spotlight']): string => spots.map(({ member, what }) => `${what} ${member}`).join();
        const next = spotlight.filter((one, n) => !key(spotlight.slice(0, n)).includes(key([one])));
        if (key(next) === key(held.spotlight)) return false;
        for (const { member } of next) await nameOf(tx, id, member);
        await store.saveSetting(tx, id, { ...held, spotlight: next });
        if (next.length === 0) await act('sorotan diakhiri');
        for (const { member, what } of next) await act(what === 'orang' ? 'disorot' : 'layarnya disorot', { member });
        return true;
      },
      { serve: true },
    );

  const lowerHands = (person: SignedIn, id: string): Promise<void> =>
    lead(
      person,
      id,
      async (tx, { roomId, act }) => {
        if ((await rooms.lowerHands(tx, roomId)) === 0) return false;
        await act('semua tangan diturunkan');
        return true;
      },
      { serve: true },
    );

  /** Whoever asked next, or this one, asked or not. The same again is a second tap. */
  const give = (person: SignedIn, id: string, { member: wanted, seconds }: BodyOf<typeof wire.postTurn>): Promise<void> =>
    lead(person, id, async (tx, { roomId, held, act }) => {
      if (held.turn && (wanted === null || held.turn.member === wanted)) {
        if (wanted === held.turn.member) return false;
        refuse('turn.taken', { name: await nameOf(tx, id, held.turn.member) });
      }
      if (held.turn) refuse('turn.taken', { name: await nameOf(tx, id, held.turn.member) });
      const inside = new Set(await rooms.membersInside(tx, roomId));
      const asks = (await rooms.hands(tx, roomId)).map((hand) => ({ ...hand, turnsHad: held.had[hand.member] ?? 0, inside: inside.has(hand.member) }));
      const member = wanted ?? nextOf(asks) ?? refuse('turn.nobody');
      const name = await nameOf(tx, id, member);
      if (!inside.has(member)) refuse('turn.not_inside', { name });
      const givenAt = clock.now();
      const lasts = seconds ?? held.turnSeconds;
      await store.insertTurn(tx, { meetingId: id, member, givenAt, until: new Date(givenAt.getTime() + lasts * 1000) });
      await rooms.lowerHand(tx, roomId, member);
      await rooms.setBars(tx, roomId, member, barsFor(held.locks, { turn: true }));
      await rooms.giveVoice(tx, roomId, member);
      await act('giliran diberikan', { member, detail: `${lasts} detik` });
      return true;
    });

  async function endTurn(tx: Tx, led: Pick<Led, 'act' | 'roomId'>, turn: store.TurnRow, how: Ending): Promise<void> {
    if (!(await store.endTurn(tx, turn.id, how, clock.now()))) return;
    await rooms.setBars(tx, led.roomId, turn.member, null);
    await led.act('giliran selesai', { member: turn.member, detail: endings[how] });
  }

  /** By whoever leads, or who has it. */
  async function release(caller: Caller, id: string, turnId: string): Promise<void> {
    await sql.begin(async (tx) => {
      const meeting = (await meetings.lockMeeting(tx, id)) ?? refuse('not_found');
      const { member } = await meetings.insider(caller, id, tx);
      const turn = (await store.turnById(tx, id, turnId)) ?? refuse('not_found');
      const own = turn.member === member;
      if (!own && !(await meetings.mayModerate(tx, caller, id))) refuse('meeting.not_moderator');
      if (turn.endedAt !== null || meeting.roomId === null) return;
      await endTurn(tx, { roomId: meeting.roomId, act: acting(tx, id, caller.person?.id ?? null) }, turn, own ? 'dikembalikan' : 'dilepas');
      await changed(tx, id);
    });
    rooms.applyNow();
  }

  async function look(id: string): Promise<void> {
    await sql.begin(async (tx) => {
      const meeting = await meetings.lockMeeting(tx, id);
      const { turn } = await store.heldOf(tx, id);
      if (!turn || !meeting || meeting.roomId === null) return;
      const { roomId } = meeting;
      const now = clock.now();
      const away = (await rooms.membersInside(tx, roomId)).includes(turn.member) ? null : (turn.awaySince ?? now);
      const standing = await rooms.standing(tx, roomId, turn.member);
      const ending = endingOf({ ...turn, awaySince: away }, standing !== null && standing.word !== 'none', now);
      if (ending) await endTurn(tx, { roomId, act: acting(tx, id, null) }, turn, ending);
      else if (away?.getTime() !== turn.awaySince?.getTime()) await store.setAway(tx, turn.id, away);
      else return;
      await changed(tx, id);
    });
    rooms.applyNow();
  }

  /** Each second: every meeting where somebody has the turn. */
  async function runTurns(): Promise<void> {
    for (const id of await store.busy(sql)) await look(id).catch((error: unknown) => log.warn({ err: error, meetingId: id }, 'turn was not looked at'));
  }

  /** Only the chair names who leads or serves beside them; before the meeting, too. */
  async function appoint(person: SignedIn, id: string, member: string, role: 'ko_host' | 'operator' | null): Promise<void> {
    await sql.begin(async (tx) => {
      const meeting = await meetings.chaired(tx, person, id);
      if (meeting.state !== 'terjadwal') await meetings.mustBeRunning(tx, meeting);
      await nameOf(tx, id, member);
      if (member === rooms.personMember(meeting.chairId)) refuse('meeting.chair_stays');
      if (role !== null && !member.startsWith('p_')) refuse('role.only_staff');
      const former = (await meetings.rolesOf(tx, id)).find((one) => one.member === member)?.role ?? null;
      if (!(await meetings.setRole(tx, id, member, role, { id: person.id }, clock.now()))) return;
      await enroll(tx, meeting, member, role);
      const word = { ko_host: 'ko-host', operator: 'operator' };
      await acting(tx, id, person.id)(role === null ? `tidak lagi ${word[former ?? 'ko_host']}` : `ditunjuk ${word[role]}`, { member });
      await changed(tx, id);
    });
    rooms.applyNow();
  }

  /** The word in the room follows: who leads or serves is barred from nothing. */
  async function enroll(tx: Tx, { roomId }: Meeting, member: string, role: 'ko_host' | 'operator' | null): Promise<void> {
    const standing = roomId === null ? null : await rooms.standing(tx, roomId, member);
    if (roomId === null || standing === null) return;
    if (standing.word === 'none') refuse('not_found');
    await rooms.setRight(tx, roomId, member, role === null ? 'speaker' : 'host');
  }

  /** One press by the one it falls to; the reason stays on record. */
  async function takeOver(caller: Caller, person: SignedIn, id: string, reason: string): Promise<void> {
    await sql.begin(async (tx) => {
      const meeting = (await meetings.lockMeeting(tx, id)) ?? refuse('not_found');
      const { member } = await meetings.insider({ ...caller, link: null }, id, tx);
      await meetings.mustBeRunning(tx, meeting);
      const vacancy = await vacancyOf(tx, meeting);
      if ('ledBy' in vacancy) {
        if ((await leadersOf(tx, meeting)).includes(member)) return;
        refuse('takeover.led', { name: await nameOf(tx, id, vacancy.ledBy) });
      }
      const wait = vacancy.from.getTime() - clock.now().getTime();
      if (wait > 0) refuse('takeover.soon', { seconds: Math.ceil(wait / 1000) });
      if (vacancy.candidate?.member !== member) refuse('takeover.other', { name: vacancy.candidate?.name ?? '' });
      await meetings.setRole(tx, id, member, 'ko_host', { id: person.id, takenOver: true }, clock.now());
      await enroll(tx, meeting, member, 'ko_host');
      await acting(tx, id, person.id)('mengambil alih pimpinan', { detail: reason });
      await changed(tx, id);
    });
    rooms.applyNow();
  }

  /** Of somebody invited. */
  async function nameOf(tx: Tx, id: string, member: string): Promise<string> {
    return ((await meetings.dossier(tx, id))?.invitations.find((i) => i.member === member) ?? refuse('not_found')).name;
  }

  meetings.onEnded(async (tx, id) => {
    const { turn } = await store.heldOf(tx, id);
    if (turn && (await store.endTurn(tx, turn.id, 'ditutup', clock.now())))
      await acting(tx, id, null)('giliran selesai', { member: turn.member, detail: endings.ditutup });
  });

  return { mute, lock, setRules, openMicrophone, spot, lowerHands, give, release, runTurns, appoint, takeOver };
}
