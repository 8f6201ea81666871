// The floor as this page knows it: asked again when the portal says that something changed, replaced by the answer to every act.
// One a page, outside React: it lives as long as the visit.
import { Refused, type FailureCode } from '../../platform/call.ts';
import type { LiveSocket } from '../../platform/live-socket.ts';
import * as portal from './portal.ts';

/** Hundreds watch: their questions come spread. Who speaks, asks or moderates, looks at once; a burst of news is one question. */
const SPREAD_MS = 2000;
const SOON_MS = 50;
const RETRY_MS = 4000;

export type FloorVisit = {
  slug: string;
  conferenceId: string;
  live: Pick<LiveSocket, 'onMessage' | 'onState' | 'watch'>;
  /** Journalists and crew; viewers wait a moment. */
  atOnce: boolean;
};
export type FloorState = { view: portal.FloorView | null; busy: boolean; failure: string | null; lost: boolean };
/** Answers null when it was done, else why not; `failure` says it in words. */
type Act = (doing: (slug: string, conferenceId: string) => Promise<portal.FloorView>) => Promise<FailureCode | null>;
export type FloorStore = ReturnType<typeof createFloorStore>;
export type FloorSnapshot = FloorState & { act: Act; forget: () => void };

export function createFloorStore({ slug, conferenceId, live, atOnce }: FloorVisit) {
  const hearers = new Set<() => void>();
  let state: FloorState = { view: null, busy: false, failure: null, lost: false };
  let asked = 0;
  let timer = 0;
  /** When the next question is asked, by this page's own clock. */
  let due = Infinity;
  let closed = false;

  function change(next: Partial<FloorState>): void {
    state = { ...state, ...next };
    for (const hear of hearers) hear();
  }

  /** Answers may overtake each other: the last question counts. */
  async function take(answer: Promise<portal.FloorView>): Promise<void> {
    asked += 1;
    const mine = asked;
    const view = await answer;
    if (mine === asked) change({ view, lost: false });
  }

  function soon(ms: number): void {
    const at = performance.now() + ms;
    if (closed || at >= due) return;
    due = at;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), ms);
  }

  async function ask(): Promise<void> {
    due = Infinity;
    try {
      await take(portal.floor(slug));
    } catch (error) {
      if (error instanceof Refused && error.code !== 'offline' && error.code !== 'unreadable') return;
      change({ lost: true });
      soon(RETRY_MS);
    }
  }

  const act: Act = async (doing) => {
    if (state.busy) return 'unreadable';
    change({ busy: true, failure: null });
    try {
      await take(doing(slug, conferenceId));
      change({ busy: false });
      return null;
    } catch (error) {
      const code = error instanceof Refused ? error.code : 'unreadable';
      change({ busy: false, failure: error instanceof Error ? error.message : String(error) });
      // What this page shows is not what stands there; or it was done, and only the answer is lost.
      soon(code === 'offline' ? RETRY_MS : SOON_MS);
      return code;
    }
  };

  const wait = (): number => (atOnce ? SOON_MS : Math.random() * SPREAD_MS);
  const stopWatch = live.watch(`press:${conferenceId}`, () => soon(wait()));
  const stopMessages = live.onMessage((message) => {
    if ('conferenceId' in message && message.conferenceId === conferenceId && (message.type === 'floor.changed' || message.type === 'press.changed')) soon(wait());
  });
  const stopState = live.onState((is) => is === 'open' && soon(Math.random() * SPREAD_MS));
  soon(0);

  return {
    snapshot: () => state,
    subscribe(hear: () => void) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    act,
    forget: () => change({ failure: null }),
    refresh: () => soon(0),
    close() {
      closed = true;
      window.clearTimeout(timer);
      stopWatch();
      stopMessages();
      stopState();
    },
  };
}
