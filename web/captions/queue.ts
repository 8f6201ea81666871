// Lines on their way: kept by this browser until the portal has them, sent in order with their times, each under a key of its own. Nothing is lost
// when the connection or the page goes, and nothing is there twice.
import type { CaptionsOf, postCaptions, SpeakerInput } from '../../shared/captions.ts';
import { call, Refused } from '../platform/call.ts';

export type Waiting = { key: string; speaker: SpeakerInput; text: string; from: string; to: string };
export type QueueState = {
  waiting: number;
  lost: boolean;
  /** Milliseconds until the last lines were there. */ latency: number | null;
  refused: string | null;
};
const AGAIN_MS = 2_500;
const BATCH = 50;

export function lineQueue(of: CaptionsOf, id: string, who: string) {
  const place = `portal.takarir.${of}.${id}.${who}`;
  const hearers = new Set<() => void>();
  let lines = read();
  let state: QueueState = { waiting: lines.length, lost: false, latency: null, refused: null };
  let sending = false;
  let timer = 0;
  let closed = true;

  function read(): Waiting[] {
    try {
      return JSON.parse(localStorage.getItem(place) ?? '[]') as Waiting[];
    } catch {
      return [];
    }
  }
  function keep(): void {
    try {
      if (lines.length === 0) localStorage.removeItem(place);
      else localStorage.setItem(place, JSON.stringify(lines));
    } catch {
      // This page alone keeps them.
    }
  }
  function become(next: Partial<QueueState>): void {
    state = { ...state, ...next, waiting: lines.length };
    for (const hear of hearers) hear();
  }
  async function send(): Promise<void> {
    window.clearTimeout(timer);
    if (sending || closed || lines.length === 0) return;
    sending = true;
    const batch = lines.slice(0, BATCH);
    const begun = performance.now();
    try {
      const told = await call<typeof postCaptions>('POST', '/api/captions/:of/:id/lines', { params: { of, id }, body: { lines: batch } });
      const there = new Set(told.lines.map((line) => line.id));
      lines = lines.filter(({ key }) => !there.has(key));
      keep();
      become({ lost: false, refused: null, latency: Math.round(performance.now() - begun) });
    } catch (error) {
      const passes = !(error instanceof Refused) || ['offline', 'portal.unavailable', 'portal.busy', 'limit.reached'].includes(error.code);
      become(passes ? { lost: true } : { refused: error.message });
      timer = window.setTimeout(() => void send(), AGAIN_MS);
      return;
    } finally {
      sending = false;
    }
    if (lines.length > 0) void send();
  }
  const online = (): void => void send();
  return {
    snapshot: () => state,
    subscribe(hear: () => void) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    put(line: Waiting) {
      lines = [...lines, line];
      keep();
      become({});
      void send();
    },
    /** Sends until the answered function is called. */
    start() {
      closed = false;
      window.addEventListener('online', online);
      void send();
      return () => {
        closed = true;
        window.clearTimeout(timer);
        window.removeEventListener('online', online);
      };
    },
  };
}
