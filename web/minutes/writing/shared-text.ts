// One shared text and its socket, without React: connects again by itself, merges, and knows whether the portal has saved everything.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import * as Y from 'yjs';
import type { writingClosed, WritingNews } from '../../../shared/minutes.ts';
import { forget, keep, keptFor } from './kept.ts';

export type Saving = 'connecting' | 'saving' | 'saved' | 'offline' | 'tooLarge' | 'frozen' | 'right' | 'session';
export type Writer = { id: string; name: string };
export type TextState = { saving: Saving; here: readonly Writer[] };
export type SharedText = { doc: Y.Doc; state: () => TextState; onState: (hear: () => void) => () => void; close: () => void };

/** Why the portal closed the socket for good (`writingClosed`). */
const closedFor: Record<(typeof writingClosed)[keyof typeof writingClosed], Saving> = { 4401: 'session', 4404: 'right', 4409: 'frozen' };
const KEEP_MS = 500;

export function openText(meetingId: string, personId: string): SharedText {
  const doc = new Y.Doc();
  const kept = keptFor(meetingId, personId);
  if (kept) Y.applyUpdate(doc, kept);
  const hearers = new Set<() => void>();
  let state: TextState = { saving: 'connecting', here: [] };
  let dirty = kept !== null;
  let open = false;
  let over = false;
  let timer = 0;

  const become = (next: Partial<TextState>): void => {
    state = { ...state, ...next };
    for (const hear of hearers) hear();
  };
  const show = (): void => {
    if (!over) become({ saving: open ? (dirty ? 'saving' : 'saved') : 'offline' });
  };

  const socket = new HocuspocusProviderWebsocket({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/meetings/${meetingId}/minutes/text`,
    delay: 500,
    minDelay: 500,
    maxDelay: 10_000,
  });
  const provider = new HocuspocusProvider({
    name: meetingId,
    document: doc,
    websocketProvider: socket,
    // Who is here is told by the portal, by the name it knows.
    awareness: null,
    onStateless: ({ payload }) => take(JSON.parse(payload) as WritingNews),
    onSynced: () => {
      open = true;
      show();
    },
    onClose: ({ event }) => {
      open = false;
      const reason = closedFor[event.code as keyof typeof closedFor];
      if (reason === undefined) return show();
      over = true;
      socket.disconnect();
      become({ saving: reason, here: [] });
    },
  });
  doc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin === provider || over) return;
    dirty = true;
    keepSoon();
    show();
  });
  provider.attach();
  window.addEventListener('pagehide', keepNow);
  window.addEventListener('beforeunload', warn);

  function take(news: WritingNews): void {
    if ('here' in news) return become({ here: news.here });
    if ('tooLarge' in news) return become({ saving: 'tooLarge' });
    // Only when nothing of ours is still on its way.
    if (provider.hasUnsyncedChanges) return;
    dirty = false;
    forget(meetingId, personId);
    show();
  }
  function keepNow(): void {
    window.clearTimeout(timer);
    timer = 0;
    if (dirty) keep(meetingId, personId, Y.encodeStateAsUpdate(doc));
  }
  function keepSoon(): void {
    timer ||= window.setTimeout(keepNow, KEEP_MS);
  }
  function warn(event: BeforeUnloadEvent): void {
    if (dirty && !over) event.preventDefault();
  }

  return {
    doc,
    state: () => state,
    onState: (hear) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    close() {
      keepNow();
      over = true;
      window.removeEventListener('pagehide', keepNow);
      window.removeEventListener('beforeunload', warn);
      provider.destroy();
      socket.destroy();
      doc.destroy();
    },
  };
}

/** The words of a kept text, part by part, without their look. */
export function wordsKept(meetingId: string, personId: string): string | null {
  const kept = keptFor(meetingId, personId);
  if (!kept) return null;
  const doc = new Y.Doc();
  Y.applyUpdate(doc, kept);
  const words = [...doc.share.keys()].flatMap((key) =>
    doc
      .getXmlFragment(key)
      .toJSON()
      .split(/<\/?(?:paragraph|listitem)[^<>]*>/i)
      .map((part) => part.replace(/<[^<>]*>/g, '').trim())
      .filter((part) => part !== ''),
  );
  doc.destroy();
  return words.join('\n\n');
}
