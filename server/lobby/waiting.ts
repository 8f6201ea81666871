// Whoever waits: what they may read, knocking, going away. They are no member of anything: no row in a room, no word, no token.
import type { z } from 'zod';
import type { BodyOf } from '../../shared/endpoint.ts';
import type * as wire from '../../shared/lobby.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { clockText } from '../platform/local-time.ts';
import { tokenHash } from '../platform/personal-link.ts';
import { refuse, type Language } from '../platform/refusal.ts';
import type { Caller } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { isOdd, shownName } from './confusable.ts';
import type { Hosts } from './hosts.ts';
import type { createLimits } from './limits.ts';
import { AWAY_MS, MOST_DENIALS, UNSET } from './rules.ts';
import * as store from './store.ts';
import type { Knock, Setting } from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'persons' | 'opds'>;
  rooms: Pick<Rooms, 'browserMark' | 'membersInside' | 'personMember'>;
  meetings: Pick<Meetings, 'meetingsByIds' | 'wayOf' | 'isInvited' | 'bannedBrowsers'>;
  limits: ReturnType<typeof createLimits>;
  hosts: Hosts;
  /** Hosts hear that the list is another one. `arrived`: somebody new waits. */
  heard: (tx: Tx, meetingId: string, arrived: Knock | null) => Promise<void>;
};
type View = z.input<typeof wire.LobbyView>;
type Door = BodyOf<typeof wire.postLobbyView>;
export type Asking = { caller: Caller; ip: string; language: Language };
type Meeting = NonNullable<Awaited<ReturnType<Meetings['meetingsByIds']>>[number]>;
/** Who asks, at which meeting, and how its lobby is set. `through`: by the common link. */
type Asked = {
  meeting: Meeting;
  setting: Pick<Setting, keyof wire.LobbySetting | 'opensAt' | 'message' | 'messageAt'>;
  key: string;
  browser: string;
  caller: Caller;
  through: boolean;
};

/** Outsiders who may wait at one meeting at a time. */
const MOST_GUESTS = 200;
/** A page is noted as there at most this often. */
const SEEN_MS = 15_000;

export function createWaiting({ sql, clock, people, rooms, meetings, limits, hosts, heard }: World) {
  const away = (): Date => new Date(clock.now().getTime() - AWAY_MS);

  /** A meeting that is not this one's to knock at is not found, whatever it is. */
  async function ask(tx: Tx, { meetingId, code }: Door, caller: Caller): Promise<Asked> {
    const browser = rooms.browserMark(caller.device());
    const byCode = code === undefined ? null : await store.settingByCode(tx, tokenHash(code));
    if (code !== undefined && !byCode?.guests) refuse('not_found');
    const id = byCode?.meetingId ?? meetingId ?? refuse('input.invalid', {}, [{ path: 'meetingId', message: 'rapat atau tautan diperlukan' }]);
    if (byCode === null && caller.person === null) refuse('session.required');
    const [meeting] = await meetings.meetingsByIds(tx, [id]);
    if (!meeting) refuse('not_found');
    const setting = byCode ?? (await store.settingOf(tx, id)) ?? { ...UNSET, opensAt: null, message: null, messageAt: null };
    const { person } = caller;
    if (byCode === null && !setting.staff && !(person && (await meetings.isInvited(tx, id, person.id)))) refuse('not_found');
    return { meeting, setting, key: person ? `p_${person.id}` : `b_${browser}`, browser, caller, through: byCode !== null };
  }

  async function view(tx: Tx, { meeting, setting, caller, key }: Asked, knock: Knock | null): Promise<View> {
    const opd = (await people.opds(tx)).find((o) => o.id === meeting.opdId);
    const { person } = caller;
    const invited = person !== null && (await meetings.isInvited(tx, meeting.id, person.id));
    const admitted = knock?.state === 'masuk' && knock.invitationId !== null ? await meetings.wayOf(tx, meeting.id, knock.invitationId) : null;
    const waits = knock !== null && knock.state === 'menunggu';
    const message = (text: string | null, at: Date | null) => (text !== null && at !== null ? { text, at: at.toISOString() } : null);
    return {
      meeting: {
        title: person !== null || setting.showTitle || admitted !== null ? meeting.title : null,
        opdName: opd?.name ?? '',
        state: meeting.state,
        startsAt: meeting.startsAt.toISOString(),
        opensAt: setting.opensAt?.toISOString() ?? null,
        endedAt: meeting.endedAt?.toISOString() ?? null,
        zone: opd?.zone ?? 'Asia/Jakarta',
      },
      you: { badge: key.startsWith('p_') ? 'Pegawai' : 'Tamu', name: person?.name ?? null },
      knock: knock && {
        id: knock.id,
        state: knock.state,
        name: knock.name,
        institution: knock.unit,
        since: knock.since.toISOString(),
        place: waits ? await store.placeOf(tx, knock, away()) : null,
        message: message(knock.message, knock.messageAt),
        left: Math.max(0, MOST_DENIALS - knock.denials),
      },
      message: message(setting.message, setting.messageAt),
      hostInside: await isHostInside(tx, meeting),
      way: invited ? `/r/${meeting.id}` : admitted,
      serverTime: clock.now().toISOString(),
    };
  }

  async function isHostInside(tx: Tx, meeting: Meeting): Promise<boolean> {
    if (meeting.roomId === null || meeting.state !== 'berlangsung') return false;
    const inside = new Set(await rooms.membersInside(tx, meeting.roomId));
    return (await hosts.idsOf(tx, meeting)).some((id) => inside.has(rooms.personMember(id)));
  }

  async function within(what: 'lihat' | 'ketuk', { caller, ip }: Pick<Asking, 'caller' | 'ip'>): Promise<void> {
    const browser = rooms.browserMark(caller.device());
    const known = caller.person !== null || (await store.isKnownBrowser(sql, browser));
    limits(what, { ip, key: caller.person?.id ?? browser, known });
  }

  async function look(door: Door, asking: Asking): Promise<View> {
    await within('lihat', asking);
    const asked = await ask(sql, door, asking.caller);
    const knock = await store.knockOf(sql, asked.meeting.id, asked.key);
    const now = clock.now();
    if (knock?.state === 'menunggu' && now.getTime() - knock.seenAt.getTime() >= SEEN_MS) {
      const back = knock.seenAt < away();
      await sql.begin(async (tx) => {
        await store.seen(tx, knock.id, now);
        if (back) await heard(tx, asked.meeting.id, null);
      });
    }
    return view(sql, asked, knock);
  }

  /** Who somebody says they are; staff are who the portal knows. */
  async function claimOf(tx: Tx, { name, institution }: BodyOf<typeof wire.postKnock>, { caller, language }: Asking) {
    if (caller.person) {
      const record = (await people.persons(tx, [caller.person.id])).get(caller.person.id);
      return { name: caller.person.name, unit: [record?.position, record?.opd?.name].filter(Boolean).join(' · ') || null, odd: false };
    }
    const shown = shownName(name ?? '');
    const unit = shownName(institution ?? '', 120);
    const en = language === 'en';
    const fields = [
      ...(shown === null
        ? [
            {
              path: 'name',
              message: en
                ? 'Write your name in letters, at most 80, without signs that turn or hide it.'
                : 'Tulis nama Anda dengan huruf, paling banyak 80, tanpa tanda yang membalik atau menyembunyikannya.',
            },
          ]
        : []),
      ...(unit === null
        ? [
            {
              path: 'institution',
              message: en ? 'Write your office or institution in letters, at most 120.' : 'Tulis unit atau instansi Anda dengan huruf, paling banyak 120.',
            },
          ]
        : []),
    ];
    if (shown === null || unit === null) refuse('input.invalid', {}, fields);
    return { name: shown, unit, odd: isOdd(name ?? '') };
  }

  async function knock(body: BodyOf<typeof wire.postKnock>, asking: Asking): Promise<View> {
    await within('ketuk', asking);
    return sql.begin(async (tx) => {
      const asked = await ask(tx, body, asking.caller);
      const { meeting, key, browser } = asked;
      const zone = (await people.opds(tx)).find((o) => o.id === meeting.opdId)?.zone ?? 'Asia/Jakarta';
      if (meeting.state === 'berakhir') refuse('meeting.ended', { time: clockText(meeting.endedAt, zone) });
      if (meeting.state === 'dibatalkan') refuse('meeting.cancelled', { reason: meeting.cancelReason });
      const { person } = asking.caller;
      const former = await store.lockKnockOf(tx, meeting.id, key);
      if (person && (await meetings.isInvited(tx, meeting.id, person.id))) return view(tx, asked, former);
      if (await store.isBlocked(tx, meeting.id, browser, person?.id ?? null)) refuse('lobby.blocked');
      // Put out for good from inside: another door is the same house.
      if ((await meetings.bannedBrowsers(tx, meeting)).has(browser)) refuse('lobby.blocked');
      if (former && (former.state === 'menunggu' || former.state === 'masuk') && !(await isOver(tx, meeting.id, former))) return view(tx, asked, former);
      if (former && former.denials >= MOST_DENIALS) refuse('lobby.denied', { times: former.denials });
      if (!person && (await store.guestsWaiting(tx, meeting.id, away())) >= MOST_GUESTS) refuse('lobby.full');
      const claim = await claimOf(tx, body, asking);
      const row = await store.knock(tx, { meetingId: meeting.id, key, browser, personId: person?.id ?? null, ...claim }, former, clock.now());
      if (row) await heard(tx, meeting.id, row);
      return view(tx, asked, row ?? (await store.knockOf(tx, meeting.id, key)));
    });
  }

  /** Admitted once, and the link was replaced or taken away since. */
  const isOver = async (tx: Tx, meetingId: string, { state, invitationId }: Knock): Promise<boolean> =>
    state === 'masuk' && (invitationId === null || (await meetings.wayOf(tx, meetingId, invitationId)) === null);

  /** The row of this very browser or person; anybody else's is not found. */
  async function own(tx: Tx, id: string, caller: Caller): Promise<Knock> {
    const found = await store.knockById(tx, id);
    const key = caller.person ? `p_${caller.person.id}` : `b_${rooms.browserMark(caller.device())}`;
    return found?.key === key ? found : refuse('not_found');
  }

  async function leave(id: string, caller: Caller): Promise<void> {
    await sql.begin(async (tx) => {
      const { meetingId } = await own(tx, id, caller);
      if (await store.leave(tx, id)) await heard(tx, meetingId, null);
    });
  }

  return { look, knock, leave, own };
}
