// One socket to the portal for live messages; no React here, so that the room's lean page can use it too.
// Reconnects by itself with a random, growing delay; watched topics are asked for again after every `ready`.
import { backOff } from '../../shared/back-off.ts';
import type { LiveAnswer, LiveMessage, LiveRequest } from '../../shared/live.ts';

export type LiveState = 'connecting' | 'open' | 'lost';
export type LiveSocket = {
  state(): LiveState;
  /**
   * Watches a topic until the returned function is called; watching twice is one watch. `watching`: from here on nothing of it is missed; what
   * was asked for before may be old.
   */
  watch(topic: string, watching?: () => void): () => void;
  onMessage(hear: (message: LiveMessage) => void): () => void;
  /** Called at every change of state, and with `open` again after a gap: what was missed must be fetched. */
  onState(hear: (state: LiveState) => void): () => void;
  /** Said only while the socket is open; nothing is kept for later. */
  say(request: LiveRequest): void;
  close(): void;
};

const BEAT_MS = 20_000;

/** `link`: the personal link of somebody without a session. */
export function openLive({ link = null }: { link?: string | null } = {}): LiveSocket {
  const topics = new Map<string, number>();
  const begun = new Map<string, Set<() => void>>();
  const hearers = new Set<(message: LiveMessage) => void>();
  const watchers = new Set<(state: LiveState) => void>();
  let socket: WebSocket | null = null;
  let state: LiveState = 'connecting';
  let tries = 0;
  let timer = 0;
  let closed = false;
  let greeted = false;

  const beat = window.setInterval(() => say({ type: 'beat' }), BEAT_MS);
  window.addEventListener('online', now);
  document.addEventListener('visibilitychange', now);
  connect();

  function say(request: LiveRequest): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(request));
  }

  function become(next: LiveState): void {
    state = next;
    for (const hear of watchers) hear(next);
  }

  function connect(): void {
    greeted = link === null;
    const ws = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/live`);
    socket = ws;
    ws.onmessage = ({ data }) => {
      if (socket === ws) take(JSON.parse(String(data)) as LiveMessage | LiveAnswer);
    };
    ws.onclose = ({ code }) => {
      if (socket !== ws) return;
      socket = null;
      if (closed) return;
      become('lost');
      // 4401: the session has ended; only a new sign-in opens another socket.
      if (code !== 4401) again();
    };
  }

  function take(message: LiveMessage | LiveAnswer): void {
    if (message.type === 'watching') for (const hear of begun.get(message.topic) ?? []) hear();
    if (message.type === 'watching' || message.type === 'refused') return;
    if (message.type !== 'ready') {
      for (const hear of hearers) hear(message);
      return;
    }
    tries = 0;
    // The portal knows a link holder only after `hello`; its second `ready` is the one that counts.
    if (!greeted && link !== null) {
      greeted = true;
      return say({ type: 'hello', link });
    }
    for (const topic of topics.keys()) say({ type: 'watch', topic });
    become('open');
  }

  function again(): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(connect, backOff(tries++, Math.random()));
  }

  /** Back online or looked at again: do not wait out the delay. */
  function now(): void {
    if (closed || socket !== null || document.visibilityState === 'hidden' || tries === 0) return;
    window.clearTimeout(timer);
    connect();
  }

  return {
    state: () => state,
    watch(topic, watching) {
      if (watching) begun.set(topic, (begun.get(topic) ?? new Set()).add(watching));
      const count = topics.get(topic) ?? 0;
      topics.set(topic, count + 1);
      if (count === 0 && state === 'open') say({ type: 'watch', topic });
      return () => {
        if (watching) begun.get(topic)?.delete(watching);
        const left = (topics.get(topic) ?? 1) - 1;
        if (left > 0) return void topics.set(topic, left);
        topics.delete(topic);
        say({ type: 'unwatch', topic });
      };
    },
    onMessage(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    onState(hear) {
      watchers.add(hear);
      return () => watchers.delete(hear);
    },
    say,
    close() {
      closed = true;
      window.clearInterval(beat);
      window.clearTimeout(timer);
      window.removeEventListener('online', now);
      document.removeEventListener('visibilitychange', now);
      socket?.close();
    },
  };
}
