// How a meeting's lobby is set, its common link, and the room that opens by the schedule.
import type { z } from 'zod';
import type { getLobbySetting, LobbySetting } from '../../shared/lobby.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { clockText } from '../platform/local-time.ts';
import { personalToken, tokenHash } from '../platform/personal-link.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Meetings, PlanNews } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import { isTooLate, opensAt, UNSET } from './rules.ts';
import * as store from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'opds'>;
  meetings: Pick<Meetings, 'prepared' | 'startByPlan' | 'meetingsByIds' | 'lockMeeting'>;
  secret: string;
  told: (tx: Tx, meetingId: string, knockIds: readonly string[]) => Promise<void>;
};
type View = z.input<(typeof getLobbySetting)['reply']>;

export function createSetting({ sql, clock, people, meetings, secret, told }: World) {
  const codeOf = (meetingId: string, version: number): string => personalToken(secret, 'ruang-tunggu', meetingId, version);

  async function viewOf(tx: Tx, meetingId: string): Promise<View> {
    const setting = await store.settingOf(tx, meetingId);
    const { staff, guests, showTitle, opens, minutesBefore } = setting ?? UNSET;
    const link = setting && guests ? `/m/${codeOf(meetingId, setting.codeVersion)}` : null;
    return { staff, guests, showTitle, opens, minutesBefore, link, opensAt: setting?.opensAt?.toISOString() ?? null };
  }

  async function toSet(tx: Tx, person: SignedIn, id: string) {
    const meeting = await meetings.prepared(tx, person, id);
    const zone = (await people.opds(tx)).find((o) => o.id === meeting.opdId)?.zone ?? 'Asia/Jakarta';
    if (meeting.state === 'berakhir') refuse('meeting.ended', { time: clockText(meeting.endedAt, zone) });
    if (meeting.state === 'dibatalkan') refuse('meeting.cancelled', { reason: meeting.cancelReason });
    return meeting;
  }

  const read = (person: SignedIn, id: string): Promise<View> => sql.begin(async (tx) => viewOf(tx, (await meetings.prepared(tx, person, id)).id));

  async function save(person: SignedIn, id: string, wanted: LobbySetting): Promise<View> {
    return sql.begin(async (tx) => {
      await set(tx, await toSet(tx, person, id), wanted, person.id);
      return viewOf(tx, id);
    });
  }

  async function set(tx: Tx, { id, startsAt }: { id: string; startsAt: Date }, wanted: LobbySetting, byId: string): Promise<void> {
    await store.saveSetting(tx, id, { ...wanted, opensAt: opensAt(wanted, startsAt) });
    const setting = await store.settingOf(tx, id);
    if (wanted.guests && setting?.codeVersion === 0) await newCode(tx, id, 1);
    const { staff, guests, showTitle, opens, minutesBefore } = wanted;
    await store.insertAct(tx, { meetingId: id, act: 'atur', detail: JSON.stringify({ staff, guests, showTitle, opens, minutesBefore }), byId }, clock.now());
    await told(tx, id, await store.waitingIds(tx, id));
  }

  const newCode = (tx: Tx, id: string, version: number): Promise<void> => store.saveCode(tx, id, version, tokenHash(codeOf(id, version)));

  async function renew(person: SignedIn, id: string): Promise<View> {
    return sql.begin(async (tx) => {
      await toSet(tx, person, id);
      const setting = (await store.settingOf(tx, id)) ?? refuse('not_found');
      await newCode(tx, id, setting.codeVersion + 1);
      await store.insertAct(tx, { meetingId: id, act: 'tautan', byId: person.id }, clock.now());
      return viewOf(tx, id);
    });
  }

  /** The meeting was moved: so is its opening. */
  async function heardPlan(tx: Tx, { meetingId, kind }: PlanNews): Promise<void> {
    if (kind !== 'diubah' && kind !== 'dibatalkan') return;
    const [meeting] = await meetings.meetingsByIds(tx, [meetingId]);
    if (meeting) await store.moveOpening(tx, meetingId, meeting.startsAt);
    await told(tx, meetingId, await store.waitingIds(tx, meetingId));
  }

  /** Rooms whose time has come are opened, each once: whoever is second finds it running. Answers how many opened now. */
  async function openDue(): Promise<number> {
    let opened = 0;
    for (const id of await store.dueToOpen(sql, clock.now())) if (await openOne(id)) opened += 1;
    return opened;
  }

  async function openOne(id: string): Promise<boolean> {
    return sql.begin(async (tx) => {
      const now = clock.now();
      const meeting = await meetings.lockMeeting(tx, id);
      const setting = await store.settingOf(tx, id);
      // Moved, or set otherwise, while we waited for the lock.
      if (setting?.opens !== 'jadwal' || setting.opensAt === null || setting.opensAt > now) return false;
      await store.markOpened(tx, id, now);
      if (meeting?.state !== 'terjadwal' || isTooLate(meeting, now)) return false;
      const opened = await meetings.startByPlan(tx, id);
      await told(tx, id, await store.waitingIds(tx, id));
      return opened;
    });
  }

  return { read, set, save, renew, heardPlan, openDue };
}
