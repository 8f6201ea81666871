// Uploads of this page: they go on while one moves between screens, wait out a lost connection, and begin where the portal says.
import { useSyncExternalStore } from 'react';
import type { postKitComplete, postKitFile, putKitPart } from '../../../shared/press-kit.ts';
import { call, Refused } from '../../platform/call.ts';

export type Sending = { state: 'sending' | 'waiting' | 'checking' | 'failed'; done: number; of: number; failure: Refused | null };

const AT_ONCE = 3;
const AGAIN_MS = 3_000;
const running = new Map<string, { now: Sending; stop: AbortController }>();
const hearers = new Set<() => void>();
let shown: ReadonlyMap<string, Sending> = new Map();

function tell(): void {
  shown = new Map([...running].map(([id, { now }]) => [id, now]));
  for (const hear of hearers) hear();
}
function become(itemId: string, next: Partial<Sending>): void {
  const one = running.get(itemId);
  if (!one) return;
  one.now = { ...one.now, ...next };
  tell();
}
const warn = (event: BeforeUnloadEvent): void => event.preventDefault();

function listen(hear: () => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}
/** By item. */
export const useSending = (): ReadonlyMap<string, Sending> => useSyncExternalStore(listen, () => shown);

export function stopSending(itemId: string): void {
  running.get(itemId)?.stop.abort();
  end(itemId);
}
function end(itemId: string): void {
  running.delete(itemId);
  if (running.size === 0) window.removeEventListener('beforeunload', warn);
  tell();
}

/** Answers when the item has its file; a failure stays on show until the next try. */
export async function sendFile(conferenceId: string, itemId: string, file: File, done: () => void): Promise<void> {
  running.get(itemId)?.stop.abort();
  const stop = new AbortController();
  running.set(itemId, { now: { state: 'sending', done: 0, of: 1, failure: null }, stop });
  window.addEventListener('beforeunload', warn);
  tell();
  try {
    await sendParts(conferenceId, itemId, file, stop.signal);
    end(itemId);
    done();
  } catch (error) {
    if (stop.signal.aborted) return;
    if (!(error instanceof Refused)) throw error;
    become(itemId, { state: 'failed', failure: error });
    done();
  }
}

async function sendParts(id: string, item: string, file: File, signal: AbortSignal): Promise<void> {
  const body = { name: file.name, type: file.type, size: file.size, modified: new Date(file.lastModified).toISOString() };
  const { upload, parts, partBytes, missing } = await patiently(item, signal, () =>
    call<typeof postKitFile>('POST', '/api/conferences/:id/kit/items/:item/file', { params: { id, item }, body, signal }),
  );
  const waiting = [...missing];
  become(item, { done: parts - waiting.length, of: parts });
  const worker = async (): Promise<void> => {
    for (let n = waiting.shift(); n !== undefined; n = waiting.shift()) {
      const part = file.slice(n * partBytes, (n + 1) * partBytes);
      const given = { params: { id, upload, part: String(n) }, body: part as never, signal };
      await patiently(item, signal, () => call<typeof putKitPart>('PUT', '/api/conferences/:id/kit/uploads/:upload/parts/:part', given as never));
      become(item, { done: (running.get(item)?.now.done ?? 0) + 1 });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  become(item, { state: 'checking' });
  await patiently(item, signal, () => call<typeof postKitComplete>('POST', '/api/conferences/:id/kit/uploads/:upload', { params: { id, upload }, signal }));
}

/** A portal that is out of reach is asked again until it answers. */
async function patiently<T>(item: string, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      const reply = await ask();
      if (running.get(item)?.now.state === 'waiting') become(item, { state: 'sending' });
      return reply;
    } catch (error) {
      if (signal.aborted || !(error instanceof Refused) || (error.code !== 'offline' && error.code !== 'portal.unavailable')) throw error;
      become(item, { state: 'waiting' });
      await new Promise((resolve) => window.setTimeout(resolve, AGAIN_MS));
      if (signal.aborted) throw error;
    }
  }
}

const kinds: readonly (readonly [RegExp, 'foto' | 'video' | 'data'])[] = [
  [/\.(jpe?g|png|webp)$/i, 'foto'],
  [/\.(mp4|webm)$/i, 'video'],
  [/\.(xlsx|csv|pdf|zip|json)$/i, 'data'],
];
/** What a file most probably is; null: nothing the kit takes. */
export const kindOf = (name: string): 'foto' | 'video' | 'data' | null => kinds.find(([ending]) => ending.test(name))?.[1] ?? null;
/** What the file dialog offers for items of a kind. */
export const ENDINGS = {
  siaran: '',
  data: '.xlsx,.csv,.pdf,.zip,.json',
  foto: '.jpg,.jpeg,.png,.webp',
  video: '.mp4,.webm',
  rekaman: '.mp4,.webm,.m4a',
} as const;
export const EVERY_ENDING = [...new Set(Object.values(ENDINGS).flatMap((list) => list.split(',')))].filter((e) => e !== '').join(',');
