// What the portal knows of the room and of the floor, asked again when its socket says that something changed. Hundreds watch:
// whoever only watches asks within two seconds, at random; crew and journalists at once.
import { Refused, type FailureCode } from '../platform/call.ts';
import type { LiveSocket } from '../platform/live-socket.ts';
import { hearServerTime } from '../platform/server-time.ts';
import type { Kept } from './visit.ts';

const GATHER_MS = 150;
const SPREAD_MS = 2000;
const RETRY_MS = 4000;

type Plan<T> = {
  ask: () => Promise<T>;
  live: LiveSocket;
  /** Which news of this conference make the answer old. */
  hears: readonly string[];
  conferenceId: string;
  watchesOnly: () => boolean;
  onRefused: (code: FailureCode) => void;
};

export function keep<T extends { serverTime: string }>({ ask, live, hears, conferenceId, watchesOnly, onRefused }: Plan<T>): Kept<T> & { close: () => void } {
  const hearers = new Set<() => void>();
  let now: T | null = null;
  let timer = 0;
  let asking = false;
  let again = false;
  let closed = false;

  function put(value: T): void {
    hearServerTime(Date.parse(value.serverTime));
    now = value;
    for (const hear of hearers) hear();
  }

  async function refresh(): Promise<void> {
    if (closed) return;
    if (asking) return void (again = true);
    asking = true;
    try {
      put(await ask());
    } catch (error) {
      const code = error instanceof Refused ? error.code : 'offline';
      if (!closed) onRefused(code);
      soon(RETRY_MS);
    } finally {
      asking = false;
      if (again) soon(GATHER_MS);
      again = false;
    }
  }

  function soon(ms: number): void {
    window.clearTimeout(timer);
    if (!closed) timer = window.setTimeout(() => void refresh(), ms);
  }

  const wait = (): number => (watchesOnly() ? Math.random() * SPREAD_MS : GATHER_MS);
  const stops = [
    live.onMessage((message) => 'conferenceId' in message && message.conferenceId === conferenceId && hears.includes(message.type) && soon(wait())),
    live.onState((state) => state === 'open' && soon(Math.random() * SPREAD_MS)),
  ];
  return {
    snapshot: () => now,
    subscribe(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    refresh: () => void refresh(),
    put,
    close() {
      closed = true;
      window.clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}
