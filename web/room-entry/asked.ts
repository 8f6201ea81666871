// What the portal keeps and this page shows of it: asked again when something changed, replaced by the answer to every change.
import { Refused } from '../platform/call.ts';

export type Asked<T> = { now: T | null; busy: boolean; failure: string | null };
/** Answers whether it was done; else `failure` says why not. */
export type Act<T> = (doing: Promise<T>) => Promise<boolean>;
type Given<T> = {
  read: () => Promise<T>;
  /** Hears every answer that counts. */
  taken?: (now: T) => void;
  /** What was refused so means that what this page shows is not what stands there. */
  isStale?: (refused: Refused) => boolean;
};

const RETRY_MS = 4000;

export function createAsked<T>({ read, taken, isStale = () => true }: Given<T>) {
  const hearers = new Set<() => void>();
  let state: Asked<T> = { now: null, busy: false, failure: null };
  let asked = 0;
  let timer = 0;
  /** When the next question is asked, by this page's own clock. */
  let due = Infinity;
  let closed = false;

  function change(next: Partial<Asked<T>>): void {
    state = { ...state, ...next };
    for (const hear of hearers) hear();
  }

  /** Answers may overtake each other: the last question counts. */
  async function take(answer: Promise<T>): Promise<void> {
    asked += 1;
    const mine = asked;
    const now = await answer;
    if (mine !== asked || closed) return;
    change({ now });
    taken?.(now);
  }

  /** Never later than was promised before: what is urgent in a full room comes at once, whatever else happens. */
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
      await take(read());
    } catch (error) {
      if (!(error instanceof Refused) || error.code === 'offline') soon(RETRY_MS);
    }
  }

  const act: Act<T> = async (doing) => {
    change({ busy: true, failure: null });
    try {
      await take(doing);
      change({ busy: false });
      return true;
    } catch (error) {
      change({ busy: false, failure: error instanceof Error ? error.message : String(error) });
      if (error instanceof Refused && isStale(error)) soon(0);
      return false;
    }
  };

  return {
    snapshot: () => state,
    subscribe(hear: () => void) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    soon,
    act,
    forget: () => change({ failure: null }),
    close() {
      closed = true;
      window.clearTimeout(timer);
    },
  };
}
