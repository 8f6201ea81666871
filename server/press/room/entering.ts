// In and out of a press room: the page before it, tickets, what it shows, leaving, being taken out. A verb is one transaction.
import type { z } from 'zod';
import type { Right, Ticket } from '../../../shared/meetings.ts';
import type { PressJoin, PressRoomView, PressYou } from '../../../shared/press-room.ts';
import { batched } from '../../platform/batch.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { Refusal, refuse, type Language } from '../../platform/refusal.ts';
import type { Caller, SignedIn } from '../../platform/serve.ts';
import type { Notices } from '../../people/index.ts';
import type { Rooms } from '../../rooms/index.ts';
import type { PressDesk } from '../desk/index.ts';
import type { Conf, Press } from '../index.ts';
import { createLimits } from './limits.ts';
import { hasPlace, isOpenTo, mustBeOpen, PLACE_MS } from './rule.ts';
import type { Seen } from './seen.ts';
import * as store from './store.ts';
import type { Identify, Who } from './who.ts';

type World = {
  sql: Sql;
  clock: Clock;
  press: Press;
  desk: Pick<PressDesk, 'registrationOf'>;
  rooms: Rooms;
  notices: Pick<Notices, 'stateFor' | 'mustBeTold'>;
  seen: Seen;
  identify: Identify;
  /** A member leaves on purpose or is taken out; the conference is locked. */
  gone: (tx: Tx, conf: Conf, member: string) => Promise<void>;
};
/** A call as the limits see it. */
export type From = { ip: string; cookie: boolean };
export type Asked = { identity?: string | undefined; notice?: number | undefined; watch: boolean; language: Language };
type Shown = Pick<z.input<typeof PressRoomView>, 'conference' | 'crew' | 'viewers' | 'journalists'>;
type RoomTicket = Awaited<ReturnType<Rooms['ticket']>>;
export type Entering = ReturnType<typeof createEntering>;

const VIEWER_NAME = 'Penonton';

export function createEntering({ sql, clock, press, desk, rooms, notices, seen, identify, gone }: World) {
  const wait = createLimits({ clock });
  /** What everybody sees alike: hundreds ask at the same moment, and are answered together. */
  const shown = batched(async (ids) => {
    const found = new Map<string, Shown>();
    for (const id of ids) {
      const conf = await press.conference(sql, id);
      if (!conf) continue;
      const [conference, present] = await Promise.all([press.publicView(sql, conf), seen.present(sql, conf)]);
      found.set(id, { conference, ...present });
    }
    return found;
  });

  async function join(caller: Caller, slug: string, from: From, url: string): Promise<z.input<typeof PressJoin>> {
    const { conf, who } = await identify(sql, slug, caller);
    const standing = conf.roomId !== null && who.member !== null ? await rooms.standing(sql, conf.roomId, who.member) : null;
    if (isOut(standing)) refuse('meeting.removed');
    caller.device();
    const media = rooms.mediaState();
    // Journalists have read theirs when they registered; what the office tells its staff is not theirs.
    const notice = who.role === null || who.member === null ? null : await notices.stateFor(who.member);
    const now = clock.now();
    const open = conf.roomId !== null && media === 'ready' && isOpenTo(conf, who.role !== null, now);
    // A browser that opens its first page has no cookie yet: it asks for its ticket when somebody presses.
    const mayAsk = who.word === 'viewer' ? from.cookie && wait(askerOf(caller, who, from)) === 0 : who.role === null || notice?.acknowledgedAt != null;
    const ticket = open && mayAsk ? await ticketFor(caller, conf, who).catch(orNull) : null;
    const { conference, viewers } = (await shown(conf.id)) ?? refuse('not_found');
    return {
      conference,
      you: youOf(who, ticket?.word ?? standing?.word ?? null, ticket?.member ?? who.member),
      media: open || !isOpenTo(conf, who.role !== null, now) ? media : 'unavailable',
      notice,
      ticket: ticket && { url, ...ticket.ticket },
      viewers,
    };
  }

  async function ticket(caller: Caller, slug: string, asked: Asked, from: From, url: string): Promise<z.input<typeof Ticket>> {
    const { conf, who } = await identify(sql, slug, caller, asked.watch);
    mustBeOpen(conf, who.role !== null, clock.now());
    if (who.word === 'viewer') {
      const seconds = wait(askerOf(caller, who, from));
      if (seconds > 0) refuse('limit.reached', { seconds });
    } else if (who.role !== null && who.member !== null) {
      const device = rooms.browserMark(caller.device());
      await notices.mustBeTold(who.member, { given: asked.notice, language: asked.language, device, returning: asked.identity !== undefined });
    }
    return { url, ...(await ticketFor(caller, conf, who, asked.identity)).ticket };
  }

  const askerOf = (caller: Caller, who: Who, { ip, cookie }: From) => ({ ip, cookie, mark: rooms.browserMark(caller.device()), known: who.member !== null });

  /** Whoever may enter becomes a member first. */
  async function ticketFor(caller: Caller, conf: Conf, who: Who, former?: string): Promise<{ ticket: RoomTicket; member: string; word: Right }> {
    const roomId = conf.roomId ?? refuse('press.not_live', { time: '' });
    if (rooms.mediaState() !== 'ready') refuse('media.unavailable');
    const browser = caller.device();
    const { member, standing } = await admitted(conf, roomId, who, rooms.browserMark(browser));
    const given = await rooms.ticket(standing, member, { via: who.via, browser, linkVersion: who.version, former });
    return { ticket: given, member, word: standing.word };
  }

  async function admitted(conf: Conf, roomId: string, who: Who, mark: string) {
    const before = who.member === null ? null : await rooms.standing(sql, roomId, who.member);
    if (isOut(before)) refuse('meeting.removed');
    if (before && who.member !== null && before.word !== 'none' && who.word !== 'viewer') return { member: who.member, standing: before };
    return sql.begin(async (tx) => {
      const member = who.word === 'viewer' ? await takePlace(tx, conf, mark) : (who.member ?? refuse('not_found'));
      await rooms.admit(tx, roomId, [{ member, personId: who.personId, name: who.name ?? VIEWER_NAME, word: who.word }]);
      const row = (await rooms.standing(tx, roomId, member)) ?? refuse('not_found');
      if (row.word !== 'none') return { member, standing: row };
      // Whoever takes somebody out holds the conference: who comes back does so before that or not at all.
      await press.lock(tx, conf.id);
      if (isOut(await rooms.standing(tx, roomId, member))) refuse('meeting.removed');
      await rooms.setRight(tx, roomId, member, who.word);
      return { member, standing: { ...row, word: who.word } };
    });
  }

  async function takePlace(tx: Tx, conf: Conf, mark: string): Promise<string> {
    await store.lockPlaces(tx, conf.id);
    const now = clock.now();
    const own = await store.viewerOf(tx, conf.id, mark);
    const places = {
      limit: conf.viewerLimit,
      watching: await seen.watching(tx, conf),
      coming: (await store.ticketsSince(tx, conf.id, new Date(now.getTime() - PLACE_MS))).map((id) => rooms.viewerMember(id)),
      own: own === null ? null : rooms.viewerMember(own),
    };
    if (!hasPlace(places)) refuse('press.full', { limit: conf.viewerLimit });
    return rooms.viewerMember(await store.takeViewer(tx, conf.id, mark, now));
  }

  async function room(caller: Caller, slug: string): Promise<z.input<typeof PressRoomView>> {
    const { conf, who } = await identify(sql, slug, caller);
    const [view, standing] = await Promise.all([
      shown(conf.id),
      conf.roomId !== null && who.member !== null ? rooms.standing(sql, conf.roomId, who.member) : null,
    ]);
    return { ...(view ?? refuse('not_found')), you: youOf(who, standing?.word ?? null, who.member), serverTime: clock.now().toISOString() };
  }

  /** A page that goes on purpose. Another page of the same member keeps what they have. */
  async function leave(caller: Caller, slug: string, identity: string): Promise<void> {
    const { conf, who } = await identify(sql, slug, caller);
    const said = rooms.parseIdentity(identity);
    if (conf.roomId === null || said === null) return;
    const { roomId } = conf;
    const viewer = said.member.startsWith('v_') ? await store.viewerOf(sql, conf.id, rooms.browserMark(caller.device())) : null;
    if (viewer !== null && said.member === rooms.viewerMember(viewer)) return store.endTicket(sql, viewer);
    if (said.member !== who.member) return;
    await sql.begin(async (tx) => {
      if ((await rooms.devicesInside(tx, roomId, said.member)).some((device) => device !== said.device)) return;
      await gone(tx, await press.lock(tx, conf.id), said.member);
    });
    rooms.applyNow();
  }

  /** Out, and out stays out: `none` at the door, whatever pass, link or token is shown. */
  async function remove(caller: Caller, person: SignedIn, id: string, member: string): Promise<void> {
    const roomId = await sql.begin(async (tx) => {
      const conf = (await press.conference(tx, id)) ?? refuse('not_found');
      if (!(await press.mayModerate(tx, caller, conf))) {
        await press.standing(caller, id, { tx });
        refuse('press.not_moderator');
      }
      const out = { removed: true, banned: true };
      if (conf.roomId === null || member === rooms.personMember(person.id)) refuse('not_found');
      const locked = await press.lock(tx, id);
      if (!(await rooms.setRight(tx, conf.roomId, member, 'none', out))) {
        if (!member.startsWith('j_') || !(await desk.registrationOf(tx, id, member.slice(2)))) refuse('not_found');
        // Not here yet: the pass lets nobody in from now on.
        await rooms.admit(tx, conf.roomId, [{ member, personId: null, name: '', word: 'none' }]);
        await rooms.setRight(tx, conf.roomId, member, 'none', out);
      }
      await gone(tx, locked, member);
      if (/^[pg]_/.test(member)) await press.clientLive(tx, id, 'press.changed');
      return conf.roomId;
    });
    rooms.cut(roomId, member);
    rooms.applyNow();
  }

  return { join, ticket, room, leave, remove };
}

/** Taken out by name. Who only lost a task, a registration or a pass may come back with another. */
const isOut = (standing: { word: Right; banned: boolean } | null): boolean => standing !== null && standing.word === 'none' && standing.banned;

const youOf = (who: Who, word: Right | null, member: string | null): z.input<typeof PressYou> => ({
  kind: who.kind,
  member,
  name: who.name,
  label: who.label,
  right: word ?? who.word,
  role: who.role,
  registration: who.registration,
});

/** The page before the room opens all the same: what is refused now is refused again, in words, when somebody presses. */
const orNull = (error: unknown): null => {
  if (error instanceof Refusal) return null;
  throw error;
};
