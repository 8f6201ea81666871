// The captions of one room, kept up to date by the portal's socket: the last lines, and what is being typed now. No React.
import type { CaptionLine, Captions, CaptionsOf, getCaptions } from '../../shared/captions.ts';
import { call, Refused } from './call.ts';
import type { LiveSocket } from './live-socket.ts';
import { hearServerTime } from './server-time.ts';

export type CaptionDraft = { key: string; speaker: string | null; text: string };
export type CaptionsNow = { lines: readonly CaptionLine[]; drafts: readonly CaptionDraft[]; state: Captions['state']; captioned: boolean };
export type CaptionFeed = {
  snapshot: () => CaptionsNow | null;
  subscribe: (hear: () => void) => () => void;
  close: () => void;
};

const KEPT = 60;
/** Of somebody who stopped in the middle of a line. */
const DRAFT_MS = 15_000;
const AGAIN_MS = 4_000;
/** Hundreds look on: they do not all ask in the same moment. */
const SPREAD_MS = 1_500;

export function captionFeed(of: CaptionsOf, id: string, live: LiveSocket): CaptionFeed {
  const hearers = new Set<() => void>();
  const lines = new Map<string, CaptionLine>();
  const drafts = new Map<string, CaptionDraft & { n: number; timer: number }>();
  let now: CaptionsNow | null = null;
  let known: Pick<CaptionsNow, 'state' | 'captioned'> = { state: 'belum', captioned: false };
  let step = -1;
  let timer = 0;
  let closed = false;

  function draw(): void {
    if (closed) return;
    const sorted = [...lines.values()].toSorted((a, b) => a.offset - b.offset || a.step - b.step);
    for (const line of sorted.slice(0, Math.max(0, sorted.length - KEPT))) lines.delete(line.id);
    now = { ...known, lines: sorted.slice(-KEPT).filter(({ text }) => text !== ''), drafts: [...drafts.values()].filter(({ text }) => text !== '') };
    for (const hear of hearers) hear();
  }
  function take(line: CaptionLine): void {
    if ((lines.get(line.id)?.version ?? 0) <= line.version) lines.set(line.id, line);
    forget(line.id);
  }
  function forget(key: string): void {
    window.clearTimeout(drafts.get(key)?.timer);
    drafts.delete(key);
  }
  async function ask(): Promise<void> {
    try {
      const query = step < 0 ? {} : { after: step };
      const told = await call<typeof getCaptions>('GET', '/api/captions/:of/:id', { params: { of, id }, query });
      hearServerTime(Date.parse(told.serverTime));
      step = told.step;
      known = { state: told.state, captioned: known.captioned || told.captioned };
      told.lines.forEach(take);
      draw();
    } catch (error) {
      if (error instanceof Refused && error.code === 'offline') soon(AGAIN_MS);
    }
  }
  function soon(ms: number): void {
    window.clearTimeout(timer);
    if (!closed) timer = window.setTimeout(() => void ask(), ms);
  }
  const stops = [
    live.onMessage((message) => {
      if (message.type === 'press.changed' && message.conferenceId === id) return soon(Math.random() * SPREAD_MS);
      if (message.type === 'meeting.changed' && message.meetingId === id) return soon(Math.random() * SPREAD_MS);
      if (!('of' in message) || message.of !== of || message.id !== id) return;
      if (message.type === 'captions.changed') return soon(Math.random() * SPREAD_MS);
      known = { state: known.state === 'belum' ? 'berjalan' : known.state, captioned: true };
      if (message.type === 'caption.said') take(message.line);
      else if ((drafts.get(message.key)?.n ?? -1) < message.n && !lines.has(message.key)) {
        forget(message.key);
        drafts.set(message.key, {
          ...message,
          timer: window.setTimeout(() => {
            forget(message.key);
            draw();
          }, DRAFT_MS),
        });
      }
      draw();
    }),
    live.onState((state) => state === 'open' && soon(Math.random() * SPREAD_MS)),
  ];
  void ask();
  return {
    snapshot: () => now,
    subscribe(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    close() {
      closed = true;
      window.clearTimeout(timer);
      for (const { timer: one } of drafts.values()) window.clearTimeout(one);
      for (const stop of stops) stop();
    },
  };
}
