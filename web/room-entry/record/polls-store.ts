// The polls as this page knows them: asked again when the portal says so and when one's time is over, replaced by the answer to every change.
import { Refused } from '../../platform/call.ts';
import type { LiveSocket } from '../../platform/live-socket.ts';
import { hearServerTime, serverNow } from '../../platform/server-time.ts';
import * as portal from './portal.ts';

export type PollsState = { now: portal.Polls | null; busy: boolean; failure: string | null };
export type PollsStore = ReturnType<typeof createPollsStore>;

/** Every vote is told to everybody: those who do not look ask together. */
const SPREAD_MS = 1500;
const SOON_MS = 150;
const RETRY_MS = 4000;

export function createPollsStore(meetingId: string, live: Pick<LiveSocket, 'onMessage' | 'onState'>) {
  const hearers = new Set<() => void>();
  let state: PollsState = { now: null, busy: false, failure: null };
  let asked = 0;
  let timer = 0;
  let deadline = 0;
  let due = Infinity;
  let closed = false;

  function change(next: Partial<PollsState>): void {
    state = { ...state, ...next };
    for (const hear of hearers) hear();
  }
  /** Answers may overtake each other: the last question counts. */
  async function take(answer: Promise<portal.Polls>): Promise<void> {
    asked += 1;
    const mine = asked;
    const now = await answer;
    if (mine !== asked || closed) return;
    hearServerTime(Date.parse(now.serverTime));
    change({ now });
    window.clearTimeout(deadline);
    const next = Math.min(...now.polls.flatMap((poll) => (poll.state === 'dibuka' && poll.deadline !== null ? [Date.parse(poll.deadline)] : [])));
    if (Number.isFinite(next)) deadline = window.setTimeout(() => soon(SOON_MS + Math.random() * SOON_MS), Math.max(0, next - serverNow()));
  }
  function soon(ms: number): void {
    const at = performance.now() + ms;
    if (at >= due || closed) return;
    due = at;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), ms);
  }
  async function ask(): Promise<void> {
    due = Infinity;
    try {
      await take(portal.readPolls(meetingId));
    } catch (error) {
      if (!(error instanceof Refused) || error.code === 'offline') soon(RETRY_MS);
    }
  }
  const isOpen = (): boolean => state.now?.polls.some((poll) => poll.state === 'dibuka') ?? false;
  const stopMessages = live.onMessage((message) => {
    if (!('meetingId' in message) || message.meetingId !== meetingId) return;
    // The first of a poll comes at once to everybody; votes after it in their own time.
    if (message.type === 'polls.changed') soon(isOpen() ? SOON_MS + Math.random() * SPREAD_MS : SOON_MS);
    if (message.type === 'room.changed' && isOpen()) soon(SOON_MS + Math.random() * SPREAD_MS);
  });
  const stopState = live.onState((is) => is === 'open' && soon(Math.random() * SPREAD_MS));
  void ask();

  return {
    snapshot: () => state,
    subscribe(hear: () => void) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    /** Answers whether it was done; else `failure` says why not. */
    async act(doing: Promise<portal.Polls>): Promise<boolean> {
      change({ busy: true, failure: null });
      try {
        await take(doing);
        change({ busy: false });
        return true;
      } catch (error) {
        change({ busy: false, failure: error instanceof Error ? error.message : String(error) });
        soon(0);
        return false;
      }
    },
    close() {
      closed = true;
      window.clearTimeout(timer);
      window.clearTimeout(deadline);
      stopMessages();
      stopState();
    },
  };
}
