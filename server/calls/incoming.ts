// Calls as the person called sees them, and the list of those somebody placed or may read.
import type { CallCard, IncomingCall } from '../../shared/calls.ts';
import type { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { isMissed, type Callee } from './call.ts';
import type { Places } from './places.ts';
import { groupedBy } from './ringing.ts';
import * as store from './store.ts';

const DAY_MS = 86_400_000;
const MINE = { days: 30, most: 50 };
const LIST = { days: 90, most: 100 };
type World = {
  sql: Sql;
  clock: Clock;
  meetings: Pick<Meetings, 'meetingsByIds' | 'invitedCounts'>;
  rooms: Pick<Rooms, 'insideCounts'>;
  places: Places;
};

export function createIncoming({ sql, clock, meetings, rooms, places }: World) {
  async function shown(tx: Tx, callees: readonly Callee[]): Promise<IncomingCall[]> {
    if (callees.length === 0) return [];
    const meetingIds = [...new Set(callees.map((e) => e.meetingId))];
    const calls = new Map((await store.callsByIds(tx, [...new Set(callees.map((e) => e.callId))])).map((c) => [c.id, c]));
    const held = new Map((await meetings.meetingsByIds(tx, meetingIds)).map((m) => [m.id, m]));
    const inside = await rooms.insideCounts(
      tx,
      [...held.values()].flatMap((m) => m.roomId ?? []),
    );
    const invited = await meetings.invitedCounts(tx, meetingIds);
    const opds = await places.placesOf(
      tx,
      [...calls.values()].map((c) => c.opdId),
    );
    const rung = groupedBy(
      await store.rungFor(
        tx,
        callees.map((e) => e.id),
      ),
      (r) => r.calleeId,
    );
    return callees.flatMap((e) => {
      const [call, meeting] = [calls.get(e.callId), held.get(e.meetingId)];
      const opd = opds.get(call?.opdId ?? '');
      if (!call || !meeting) return [];
      return [
        {
          id: call.id,
          meetingId: call.meetingId,
          subject: call.subject,
          sifat: call.sifat,
          callerName: call.callerName,
          callerAs: call.callerAs,
          opdName: opd?.name ?? '',
          youAs: [...new Set((rung.get(e.id) ?? []).map(youAs))].join('; '),
          zone: opd?.zone ?? 'Asia/Jakarta',
          placedAt: call.placedAt.toISOString(),
          rungAt: e.rungAt.toISOString(),
          rounds: e.rounds,
          state: e.state,
          missed: isMissed(e),
          reason: e.reason,
          eta: e.eta?.toISOString() ?? null,
          inside: meeting.roomId ? (inside.get(meeting.roomId) ?? 0) : 0,
          invited: invited.get(meeting.id) ?? 0,
          meetingState: meeting.endedAt ? ('berakhir' as const) : ('berlangsung' as const),
        },
      ];
    });
  }

  async function one(person: SignedIn, callId: string): Promise<IncomingCall> {
    const call = (await store.callById(sql, callId)) ?? refuse('not_found');
    const own = (await store.calleesAt(sql, [call.meetingId], [person.id])).filter((e) => e.callId === callId);
    return (await shown(sql, own))[0] ?? refuse('not_found');
  }

  async function mine(person: SignedIn) {
    const now = clock.now();
    const callees = await store.calleesFor(sql, person.id, new Date(now.getTime() - MINE.days * DAY_MS), MINE.most);
    const recent = await shown(sql, callees);
    return {
      ringing: recent.filter((c) => c.state === 'memanggil' && c.meetingState === 'berlangsung'),
      recent,
      unseen: callees.filter((e) => isMissed(e) && (e.seenAt === null || e.seenAt < e.rungAt)).length,
      serverTime: now.toISOString(),
    };
  }

  const seen = async (person: SignedIn): Promise<void> => store.markSeen(sql, person.id, clock.now());

  /** Placed by this person, or in an OPD whose day they may read. */
  async function list(person: SignedIn): Promise<z.infer<typeof CallCard>[]> {
    const since = new Date(clock.now().getTime() - LIST.days * DAY_MS);
    const calls = await store.callsSeenBy(sql, person.id, person.managesOpds, since, LIST.most);
    const held = await meetings.meetingsByIds(sql, [...new Set(calls.map((c) => c.meetingId))]);
    const ended = new Set(held.flatMap((m) => (m.endedAt ? [m.id] : [])));
    return calls.map(({ id, meetingId, subject, sifat, callerName, placedAt, cancelledAt, called, joined }) => ({
      id,
      meetingId,
      subject,
      sifat,
      callerName,
      placedAt: placedAt.toISOString(),
      cancelledAt: cancelledAt?.toISOString() ?? null,
      running: !ended.has(meetingId) && cancelledAt === null,
      called,
      joined,
    }));
  }

  return { one, mine, seen, list };
}

/** "Plh. Kepala Dinas Kesehatan"; who stands in by structure or duty is told for what. */
function youAs({ as, label, title, unitName }: store.RungFor): string {
  if (as === 'pengganti') return `${label}, mewakili ${title}`;
  if (as === 'piket') return `Petugas piket ${unitName}`;
  return label;
}
