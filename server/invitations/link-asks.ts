// A personal link that is opened in another browser asks to move there. Its owner, whoever prepares the meeting or leads it says yes or no; a
// no counts, also after a yes. Then the former browser is out.
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { AskState, LinkAsk } from '../../shared/invitations.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller } from '../platform/serve.ts';
import type { Meeting, Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import type { Invited } from './answering.ts';
import type { Tell } from './sending.ts';
import * as store from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'deviceInWords'>;
  rooms: Pick<Rooms, 'browserMark' | 'putOut'>;
  meetings: Pick<Meetings, 'invitationOfToken' | 'bindLink' | 'invitationsOf' | 'meetingsByIds' | 'mayPrepare' | 'mayModerate' | 'noteAct' | 'lockMeeting'>;
  notice: Tell;
};

/** An ask that nobody heard for so long waits no more; the page that asks, asks again. */
const WAITS_MS = 15 * 60_000;
const AFTER_NO_MS = 60_000;

export function createLinkAsks({ sql, clock, people, rooms, meetings, notice }: World) {
  async function linkOf(tx: Tx, caller: Caller): Promise<Invited> {
    const invitation = caller.link === null ? null : await meetings.invitationOfToken(tx, caller.link);
    if (!invitation || invitation.linkRevokedAt || invitation.linkOffAt) refuse('link.revoked');
    return invitation;
  }
  const markOf = (caller: Caller): string => rooms.browserMark(caller.device());
  const serverTime = (): string => clock.now().toISOString();
  const isFree = (invitation: Invited, mark: string): boolean => invitation.linkBrowser === null || invitation.linkBrowser === mark;

  const ask = (caller: Caller, userAgent: string): Promise<z.input<typeof AskState>> =>
    sql.begin(async (tx) => {
      const invitation = await linkOf(tx, caller);
      const browser = markOf(caller);
      if (isFree(invitation, browser)) return { state: 'diizinkan', serverTime: serverTime() };
      const now = clock.now();
      const last = await store.lastAsk(tx, invitation.id, browser, invitation.linkVersion);
      if (last?.outcome === 'ditolak' && last.decidedAt) {
        const wait = last.decidedAt.getTime() + AFTER_NO_MS - now.getTime();
        if (wait > 0) refuse('limit.reached', { seconds: Math.ceil(wait / 1000) });
      }
      const waits = last?.outcome === null && now.getTime() - last.at.getTime() < WAITS_MS;
      if (waits) return { state: 'menunggu', serverTime: serverTime() };
      if (last?.outcome === null) await store.renewAsk(tx, last.id, now);
      else {
        const { id: invitationId, meetingId, member, linkVersion, linkBrowser: formerBrowser } = invitation;
        const device = people.deviceInWords(userAgent);
        if (!(await store.insertAsk(tx, { id: randomUUID(), invitationId, meetingId, member, linkVersion, browser, device, formerBrowser, at: now })))
          return { state: 'menunggu', serverTime: serverTime() };
      }
      await tellAsked(tx, invitation);
      return { state: 'menunggu', serverTime: serverTime() };
    });

  /** Who may decide hears of it: in the room by its topic, elsewhere by a notice. */
  async function tellAsked(tx: Tx, invitation: Invited): Promise<void> {
    const [meeting] = await meetings.meetingsByIds(tx, [invitation.meetingId]);
    if (!meeting) return;
    await tellChanged(tx, meeting, invitation);
    await notice(tx, {
      personIds: [...new Set([meeting.chairId, ...(invitation.personId ? [invitation.personId] : [])])],
      meeting,
      mailed: true,
      title: { id: 'Minta izin pindah perangkat', en: 'Asks to move to another device' },
      id: `Tautan ${invitation.name} dibuka di perangkat lain. Izinkan hanya bila Anda yakin siapa orangnya.`,
      en: `The link of ${invitation.name} was opened on another device. Allow it only if you are sure who that is.`,
    });
  }
  async function tellChanged(tx: Tx, meeting: Meeting, { member, personId }: Invited): Promise<void> {
    const persons = [meeting.chairId, meeting.plannerId, personId].flatMap((id) => (id ? [`person:${id}`] : []));
    await tell(tx, [`meeting:${meeting.id}`, `host:${meeting.id}`, ...new Set(persons)], { type: 'link.asked', meetingId: meeting.id, member });
  }

  async function state(caller: Caller): Promise<z.input<typeof AskState>> {
    const invitation = await linkOf(sql, caller);
    const browser = markOf(caller);
    if (isFree(invitation, browser)) return { state: 'diizinkan', serverTime: serverTime() };
    const last = await store.lastAsk(sql, invitation.id, browser, invitation.linkVersion);
    // A yes by which another browser came in since is no yes any more.
    return { state: last?.outcome === 'ditolak' ? 'ditolak' : 'menunggu', serverTime: serverTime() };
  }

  /** Null: a stranger. */
  async function standingOf(
    tx: Tx,
    caller: Caller,
    meetingId: string,
  ): Promise<{ meeting: Meeting; leads: boolean; own: Invited | null; all: Invited[] } | null> {
    const [meeting] = await meetings.meetingsByIds(tx, [meetingId]);
    if (!meeting) return null;
    const all = await meetings.invitationsOf(tx, meetingId);
    const { person } = caller;
    const leads = person !== null && (meetings.mayPrepare(person, meeting) || (await meetings.mayModerate(tx, caller, meetingId)));
    const signedIn = person ? all.find((i) => i.personId === person.id) : undefined;
    const byLink = caller.link === null ? null : await meetings.invitationOfToken(tx, caller.link);
    const holds = byLink?.meetingId === meetingId && !byLink.linkRevokedAt && !byLink.linkOffAt && byLink.linkBrowser === markOf(caller) ? byLink : null;
    const own = signedIn ?? holds;
    return leads || own ? { meeting, leads, own, all } : null;
  }

  async function list(caller: Caller, meetingId: string): Promise<z.input<typeof LinkAsk>[]> {
    const standing = (await standingOf(sql, caller, meetingId)) ?? refuse('not_found');
    return (await waiting(sql, meetingId, standing.all)).filter((a) => standing.leads || a.member === standing.own?.member);
  }
  async function waiting(tx: Tx, meetingId: string, all: readonly Invited[]): Promise<z.input<typeof LinkAsk>[]> {
    const rows = await store.waitingAsks(tx, meetingId, new Date(clock.now().getTime() - WAITS_MS));
    return rows.flatMap((a) => {
      const of = all.find((i) => i.id === a.invitationId && i.linkVersion === a.linkVersion);
      return of ? [{ id: a.id, member: of.member, name: of.name, position: of.position ?? of.institution, device: a.device, at: a.at.toISOString() }] : [];
    });
  }

  async function decide(caller: Caller, meetingId: string, askId: string, allow: boolean): Promise<void> {
    const out = await sql.begin(async (tx) => {
      // A new link of the same moment comes before or after; what was allowed for the former one opens nothing of it.
      await meetings.lockMeeting(tx, meetingId);
      const asked = await store.lockAsk(tx, askId);
      const standing = await standingOf(tx, caller, meetingId);
      if (!asked || asked.meetingId !== meetingId || !standing) refuse('not_found');
      const invitation = standing.all.find((i) => i.id === asked.invitationId && i.linkVersion === asked.linkVersion) ?? refuse('not_found');
      if (!standing.leads && standing.own?.member !== asked.member) refuse('link.ask_not_yours');
      if (asked.outcome === 'ditolak' && allow) refuse('link.ask_denied');
      if (asked.outcome === (allow ? 'diizinkan' : 'ditolak')) return null;
      const by = caller.person?.id ?? standing.own?.member ?? '';
      await store.decideAsk(tx, askId, allow ? 'diizinkan' : 'ditolak', by, clock.now());
      const moved = allow || (asked.outcome === 'diizinkan' && invitation.linkBrowser === asked.browser);
      const next = allow ? asked.browser : asked.formerBrowser;
      if (moved && next !== null) await meetings.bindLink(tx, invitation.id, next);
      await meetings.noteAct(
        tx,
        meetingId,
        { byId: caller.person?.id ?? null, act: allow ? 'pindah perangkat diizinkan' : 'pindah perangkat ditolak', member: asked.member, detail: asked.device },
        clock.now(),
      );
      await tellChanged(tx, standing.meeting, invitation);
      const former = moved ? invitation.linkBrowser : null;
      return standing.meeting.roomId && former ? { roomId: standing.meeting.roomId, member: asked.member, browser: former } : null;
    });
    if (out) await rooms.putOut(out.roomId, out.member, out.browser);
  }

  return { ask, state, list, waiting, decide };
}
