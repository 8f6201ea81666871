// Where a meeting belongs and how it is shown in lists: unit, chair, counts.
import type { MeetingCard } from '../../shared/meetings.ts';
import type { Opd } from '../../shared/people.ts';
import type { Tx } from '../platform/database.ts';
import { clockText } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { mayPrepare, mustRun, type Meeting, type Viewer } from './meeting.ts';
import * as store from './store.ts';
import * as views from './views.ts';

/** Whoever looks; null = the holder of a link. */
export type Places = ReturnType<typeof createPlaces>;

export function createPlaces({ people, rooms }: { people: People; rooms: Rooms }) {
  async function place(tx: Tx, meeting: Meeting): Promise<{ opd: Opd | undefined; chairName: string }> {
    const opds = await people.opds(tx);
    const chair = (await people.persons(tx, [meeting.chairId])).get(meeting.chairId);
    return { opd: opds.find((o) => o.id === meeting.opdId), chairName: chair?.name ?? '' };
  }

  /** Says no in the zone of the convening office; a running meeting costs nothing. */
  async function mustBeRunning(tx: Tx, meeting: Meeting): Promise<void> {
    if (meeting.state === 'berlangsung') return;
    const zone = (await place(tx, meeting)).opd?.zone ?? 'Asia/Jakarta';
    mustRun(meeting, (at) => clockText(at, zone));
  }

  async function cards(tx: Tx, meetings: readonly Meeting[], viewer: Viewer | null): Promise<MeetingCard[]> {
    const opds = new Map((await people.opds(tx)).map((o) => [o.id, o]));
    const chairs = await people.persons(
      tx,
      meetings.map((m) => m.chairId),
    );
    const invited = await store.invitedCounts(
      tx,
      meetings.map((m) => m.id),
    );
    const inside = await rooms.insideCounts(
      tx,
      meetings.flatMap((m) => m.roomId ?? []),
    );
    return meetings.map((m) =>
      views.card(m, {
        opd: opds.get(m.opdId),
        chairName: chairs.get(m.chairId)?.name ?? '',
        invited: invited.get(m.id) ?? 0,
        inside: m.roomId ? (inside.get(m.roomId) ?? 0) : 0,
        viewerId: viewer?.id ?? null,
        youPrepare: viewer !== null && mayPrepare(viewer, m),
      }),
    );
  }
  const cardOf = async (tx: Tx, id: string, viewer: Viewer | null): Promise<MeetingCard> => {
    const meeting = await store.meetingById(tx, id);
    const [view] = meeting ? await cards(tx, [meeting], viewer) : [];
    return view ?? refuse('not_found');
  };

  return { place, mustBeRunning, cards, cardOf };
}
