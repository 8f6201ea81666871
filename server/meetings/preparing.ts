// A planned meeting is moved, changed or called off. The version counts up each time, what was before stays on record, and who wants to
// know hears of it in the same transaction: letters, reminders, calendars.
import type { Sifat } from '../../shared/meetings.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { clockText } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Access } from './access.ts';
import { mustBePlanned, type Meeting } from './meeting.ts';
import type { Places } from './places.ts';
import * as store from './store.ts';

/** What people are invited to. */
export type Plan = { title: string; sifat: Sifat; place: string; description: string | null; startsAt: Date; endsAt: Date | null };
/**
 * `members`: whom it concerns: who was invited now, else everybody invited. `before`: what is another thing now; of `diubah` only.
 * Of `direncanakan` and `diundang` nobody was told yet.
 */
export type PlanNews = {
  meetingId: string;
  version: number;
  kind: 'direncanakan' | 'diundang' | 'diubah' | 'dibatalkan';
  before: Partial<Plan> | null;
  reason: string | null;
  members: readonly string[];
  byId: string;
};
export type PlanListener = (tx: Tx, news: PlanNews) => Promise<void>;
type World = { clock: Clock; access: Pick<Access, 'prepared'>; places: Pick<Places, 'place'>; planned: PlanListener };

export const LONGEST_PLAN_MS = 24 * 3_600_000;

/** Not past, and in order. */
export function mustBeAhead(times: Pick<Plan, 'startsAt' | 'endsAt'>, now: Date): void {
  if (times.startsAt.getTime() <= now.getTime()) refuse('meeting.past', {}, [{ path: 'startsAt', message: 'pilih waktu yang akan datang' }]);
  mustBeInOrder(times);
}

export function mustBeInOrder({ startsAt, endsAt }: Pick<Plan, 'startsAt' | 'endsAt'>): void {
  const length = endsAt === null ? 1 : endsAt.getTime() - startsAt.getTime();
  if (length <= 0 || length > LONGEST_PLAN_MS) refuse('meeting.times', {}, [{ path: 'endsAt', message: 'harus sesudah waktu mulai, paling lama 24 jam' }]);
}

export function createPreparing({ clock, access, places: { place }, planned }: World) {
  async function toChange(tx: Tx, person: SignedIn, id: string): Promise<Meeting> {
    const meeting = await access.prepared(tx, person, id);
    const zone = (await place(tx, meeting)).opd?.zone ?? 'Asia/Jakarta';
    mustBePlanned(meeting, (at) => clockText(at, zone));
    return meeting;
  }

  async function news(tx: Tx, id: string, kind: PlanNews['kind'], more: Pick<PlanNews, 'before' | 'reason' | 'byId'>): Promise<void> {
    const meeting = (await store.meetingById(tx, id)) ?? refuse('not_found');
    const invitations = await store.invitationsOf(tx, id);
    await tell(tx, [`meeting:${id}`, `host:${id}`, ...invitations.flatMap((i) => (i.personId ? [`person:${i.personId}`] : []))], {
      type: 'meeting.changed',
      meetingId: id,
    });
    await planned(tx, { meetingId: id, version: meeting.version, kind, members: invitations.map((i) => i.member), ...more });
  }

  /** `version`: the one it was made from. Saying the same again changes nothing. Answers whether something changed. */
  async function change(tx: Tx, person: SignedIn, id: string, wanted: Partial<Plan>, { version, reason }: { version?: number; reason: string | null }) {
    const meeting = await toChange(tx, person, id);
    if (version !== undefined && version !== meeting.version) refuse('meeting.changed');
    const former: Plan = {
      title: meeting.title,
      sifat: meeting.sifat,
      place: meeting.place,
      description: meeting.description,
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
    };
    const next: Plan = { ...former, ...wanted };
    const same = (key: keyof Plan): boolean =>
      Number(former[key] instanceof Date) + Number(next[key] instanceof Date) === 2 ? Number(former[key]) === Number(next[key]) : former[key] === next[key];
    const before = Object.fromEntries(Object.entries(former).filter(([key]) => !same(key as keyof Plan))) as Partial<Plan>;
    if (Object.keys(before).length === 0) return false;
    if ('startsAt' in before || 'endsAt' in before) mustBeAhead(next, clock.now());
    await store.savePlan(tx, id, next);
    await store.insertChange(tx, { meetingId: id, version: meeting.version + 1, kind: 'diubah', before, reason, byId: person.id }, clock.now());
    await news(tx, id, 'diubah', { before, reason, byId: person.id });
    return true;
  }

  async function cancel(tx: Tx, person: SignedIn, id: string, reason: string): Promise<void> {
    const meeting = await access.prepared(tx, person, id);
    if (meeting.state === 'dibatalkan') return;
    await toChange(tx, person, id);
    await store.cancelMeeting(tx, id, person.id, reason, clock.now());
    await store.insertChange(tx, { meetingId: id, version: meeting.version + 1, kind: 'dibatalkan', before: {}, reason, byId: person.id }, clock.now());
    await news(tx, id, 'dibatalkan', { before: null, reason, byId: person.id });
  }

  return { change, cancel, news };
}
