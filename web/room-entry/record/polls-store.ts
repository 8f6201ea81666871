// The polls as this page knows them: asked again when the portal says so and when one's time is over.
import type { LiveSocket } from '../../platform/live-socket.ts';
import { hearServerTime, serverNow } from '../../platform/server-time.ts';
import { createAsked, type Asked } from '../asked.ts';
import * as portal from './portal.ts';

export type PollsState = Asked<portal.Polls>;
export type PollsStore = ReturnType<typeof createPollsStore>;

/** Every vote is told to everybody: those who do not look ask together. */
const SPREAD_MS = 1500;
const SOON_MS = 150;

export function createPollsStore(meetingId: string, live: Pick<LiveSocket, 'onMessage' | 'onState'>) {
  let deadline = 0;
  const asked = createAsked({ read: () => portal.readPolls(meetingId), taken });
  const { snapshot, subscribe, soon, act } = asked;

  function taken({ polls, serverTime }: portal.Polls): void {
    hearServerTime(Date.parse(serverTime));
    window.clearTimeout(deadline);
    const next = Math.min(...polls.flatMap((poll) => (poll.state === 'dibuka' && poll.deadline !== null ? [Date.parse(poll.deadline)] : [])));
    if (Number.isFinite(next)) deadline = window.setTimeout(() => soon(SOON_MS + Math.random() * SOON_MS), Math.max(0, next - serverNow()));
  }
  const isOpen = (): boolean => snapshot().now?.polls.some((poll) => poll.state === 'dibuka') ?? false;
  const stopMessages = live.onMessage((message) => {
    if (!('meetingId' in message) || message.meetingId !== meetingId) return;
    // The first of a poll comes at once to everybody; votes after it in their own time.
    if (message.type === 'polls.changed') soon(isOpen() ? SOON_MS + Math.random() * SPREAD_MS : SOON_MS);
    if (message.type === 'room.changed' && isOpen()) soon(SOON_MS + Math.random() * SPREAD_MS);
  });
  const stopState = live.onState((is) => is === 'open' && soon(Math.random() * SPREAD_MS));
  soon(0);

  return {
    snapshot,
    subscribe,
    act,
    close() {
      asked.close();
      window.clearTimeout(deadline);
      stopMessages();
      stopState();
    },
  };
}
