// Somebody else's LiveKit, watched from outside: it answers our key, refuses it, or does not answer.
import { setTimeout as sleep } from 'node:timers/promises';
import type { MediaServer } from './media.ts';
import { StartProblem } from './start-problem.ts';

/** `refused`: it answered, and our key is not one of its own. */
export type Probe = (url: string, key: string, secret: string) => Promise<'ok' | 'refused' | 'away'>;
export type OutsideLiveKit = Pick<MediaServer, 'url' | 'tokenKey' | 'webhookKey'>;
export type OutsideMedia = MediaServer & { reason(): string | null };

const PROBE_MS = 5000;

export async function connectOutsideMedia(livekit: OutsideLiveKit, probe: Probe, say: (line: string) => void): Promise<OutsideMedia> {
  const { url, tokenKey, webhookKey } = livekit;
  const readyCallbacks: (() => void)[] = [];
  const stopped = new AbortController();
  const look = async (): ReturnType<Probe> => probe(url, tokenKey.key, tokenKey.secret);

  const first = await look();
  if (first === 'refused') throw new StartProblem(`LiveKit di ${url} menolak LIVEKIT_API_KEY dan LIVEKIT_API_SECRET.`);
  if (first === 'away') say(`LiveKit di ${url} belum menjawab; portal tetap berjalan dan mencoba lagi tiap ${PROBE_MS / 1000} dtk.`);
  let state: 'ready' | 'unavailable' = first === 'ok' ? 'ready' : 'unavailable';

  async function watch(): Promise<void> {
    while (!stopped.signal.aborted) {
      await sleep(PROBE_MS, undefined, { signal: stopped.signal, ref: false });
      const now = (await look()) === 'ok' ? 'ready' : 'unavailable';
      const before = state;
      state = now;
      if (before === now) continue;
      say(now === 'ready' ? `LiveKit di ${url} menjawab lagi.` : `LiveKit di ${url} tidak menjawab.`);
      if (now === 'ready') for (const callback of readyCallbacks) callback();
    }
  }
  watch().catch(() => {});

  return {
    url,
    tokenKey,
    webhookKey,
    state: () => state,
    reason: () => (state === 'ready' ? null : `LiveKit di ${url} tidak menjawab`),
    onReady(callback) {
      readyCallbacks.push(callback);
      if (state === 'ready') queueMicrotask(callback);
    },
    // From outside an exit and a cut line look the same, and a cut line ends nobody's presence: the polls tell who is gone.
    onExit: () => {},
    tellsEveryExit: false,
    stop: async () => stopped.abort(),
  };
}
