// Somebody else's LiveKit, watched from outside: it answers our key, refuses it, or does not answer. Several addresses are the nodes of one cluster: any
// of them takes every call, and the first that answers is asked.
import { setTimeout as sleep } from 'node:timers/promises';
import type { MediaServer } from './media.ts';
import { StartProblem } from './start-problem.ts';

/** `refused`: it answered, and our key is not one of its own. */
export type Probe = (url: string, key: string, secret: string) => Promise<'ok' | 'refused' | 'away'>;
export type OutsideLiveKit = Pick<MediaServer, 'tokenKey' | 'webhookKey' | 'formerWebhookKey'> & { urls: readonly string[] };
export type OutsideMedia = MediaServer & { reason(): string | null };

const PROBE_MS = 5000;

export async function connectOutsideMedia(livekit: OutsideLiveKit, probe: Probe, say: (line: string) => void): Promise<OutsideMedia> {
  const { urls: nodes, tokenKey, webhookKey, formerWebhookKey } = livekit;
  const name = nodes.join(', ');
  const readyCallbacks: (() => void)[] = [];
  const stopped = new AbortController();
  const look = async () => Promise.all(nodes.map(async (url) => ({ url, said: await probe(url, tokenKey.key, tokenKey.secret) })));

  const first = await look();
  const refusing = first.find(({ said }) => said === 'refused');
  if (refusing) throw new StartProblem(`LiveKit di ${refusing.url} menolak LIVEKIT_API_KEY dan LIVEKIT_API_SECRET.`);
  for (const { url, said } of first)
    if (said === 'away') say(`LiveKit di ${url} belum menjawab; portal tetap berjalan dan mencoba lagi tiap ${PROBE_MS / 1000} dtk.`);
  const answering = new Set(first.filter(({ said }) => said === 'ok').map(({ url }) => url));
  const isReady = (): boolean => answering.size > 0;
  const urls = (): string[] => nodes.toSorted((a, b) => Number(answering.has(b)) - Number(answering.has(a)));

  async function watch(): Promise<void> {
    while (!stopped.signal.aborted) {
      await sleep(PROBE_MS, undefined, { signal: stopped.signal, ref: false });
      const before = isReady();
      for (const { url, said } of await look()) {
        if (answering.has(url) === (said === 'ok')) continue;
        if (said === 'ok') answering.add(url);
        else answering.delete(url);
        say(said === 'ok' ? `LiveKit di ${url} menjawab lagi.` : `LiveKit di ${url} tidak menjawab.`);
      }
      if (isReady() && !before) for (const callback of readyCallbacks) callback();
    }
  }
  watch().catch(() => {});

  return {
    get url() {
      return urls()[0] ?? '';
    },
    urls,
    tokenKey,
    webhookKey,
    ...(formerWebhookKey && { formerWebhookKey }),
    state: () => (isReady() ? 'ready' : 'unavailable'),
    reason: () => (isReady() ? null : `LiveKit di ${name} tidak menjawab`),
    onReady(callback) {
      readyCallbacks.push(callback);
      if (isReady()) queueMicrotask(callback);
    },
    // From outside an exit and a cut line look the same, and a cut line ends nobody's presence: the polls tell who is gone.
    onExit: () => {},
    tellsEveryExit: false,
    stop: async () => stopped.abort(),
  };
}
