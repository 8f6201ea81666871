// The chat as this page knows it: what the portal keeps, asked only for what is new, and what this page is still trying to say.
import type { LiveSocket } from '../../platform/live-socket.ts';
import { Refused } from '../../platform/call.ts';
import { newKey } from '../../platform/new-key.ts';
import * as portal from './portal.ts';

export type Outgoing = {
  key: string;
  text: string;
  reply: portal.ChatMessage | null;
  file: File | null;
  /** Of its file, from 0 to 1. */
  done: number;
  state: 'sending' | 'failed';
  why: string;
};
type Found = { words: string; messages: portal.ChatMessage[] } | null;
export type ChatState = {
  /** Null: not read yet. */
  messages: portal.ChatMessage[] | null;
  more: boolean;
  unread: number;
  shut: string | null;
  exports: boolean;
  outgoing: Outgoing[];
  found: Found;
  failure: string | null;
  /** Told to a screen reader once: who said something while the chat was not looked at. */
  news: { n: number; name: string } | null;
};
export type ChatStore = ReturnType<typeof createChatStore>;

const GATHER_MS = 250;
const RETRY_MS = 3000;

/** `enteredAt`: when this page came into the room, by its own clock (performance.now). */
export function createChatStore(meetingId: string, you: string, live: Pick<LiveSocket, 'onMessage' | 'onState'>, enteredAt: number) {
  const hearers = new Set<() => void>();
  const stops = new Map<string, AbortController>();
  let state: ChatState = { messages: null, more: false, unread: 0, shut: null, exports: false, outgoing: [], found: null, failure: null, news: null };
  let step = 0;
  /** What was said before one came in is not news. */
  let seen: number | null = null;
  let reading = false;
  let asking = false;
  let again = false;
  let timer = 0;
  let closed = false;

  function change(next: Partial<ChatState>): void {
    state = { ...state, ...next };
    for (const hear of hearers) hear();
  }

  function take({ messages, step: told, you: own, serverTime }: portal.Chat): void {
    step = Math.max(step, told);
    const before = state.messages;
    const byId = new Map((before ?? []).map((one) => [one.id, one]));
    const fresh = messages.filter((one) => !byId.has(one.id));
    for (const one of messages) byId.set(one.id, one);
    const gone = new Set(messages.filter((one) => one.deleted).map((one) => one.id));
    const all = [...byId.values()]
      .map((one) => (one.reply && gone.has(one.reply.id) ? { ...one, reply: { ...one.reply, text: '', deleted: true } } : one))
      .toSorted((a, b) => a.n - b.n);
    const newest = all.at(-1)?.n ?? 0;
    // This code comes a moment after the person: what was said in between is news.
    const cameAt = Date.parse(serverTime) - (performance.now() - enteredAt);
    seen ??= all.findLast((one) => Date.parse(one.at) <= cameAt)?.n ?? 0;
    if (reading) seen = Math.max(seen, newest);
    const from = seen;
    const said = before === null ? undefined : fresh.findLast((one) => one.member !== you && one.n > from);
    change({
      messages: all,
      unread: all.filter((one) => one.n > from && one.member !== you && !one.deleted).length,
      shut: own.shut,
      exports: own.exports,
      outgoing: state.outgoing.filter(({ key }) => !byId.has(key)),
      ...(said && !reading && { news: { n: said.n, name: said.name } }),
    });
  }

  async function refresh(): Promise<void> {
    if (closed) return;
    if (asking) return void (again = true);
    asking = true;
    try {
      const first = state.messages === null;
      const reply = await portal.readChat(meetingId, first ? {} : { after: step });
      take(reply);
      if (first) change({ more: reply.more });
      else if (reply.more) again = true;
    } catch {
      soon(RETRY_MS);
    } finally {
      asking = false;
      if (again) soon(0);
      again = false;
    }
  }
  function soon(ms = GATHER_MS): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void refresh(), ms);
  }

  const mine = (key: string, next: Partial<Outgoing>): void => change({ outgoing: state.outgoing.map((one) => (one.key === key ? { ...one, ...next } : one)) });

  async function post({ key, text, reply, file }: Outgoing): Promise<void> {
    const stop = new AbortController();
    stops.set(key, stop);
    try {
      const upload = file && (await portal.upload(meetingId, 'obrolan', file, stop.signal, (done) => mine(key, { done })));
      const message = await portal.say(meetingId, { text, key, ...(reply && { reply: reply.id }), ...(upload !== null && { upload }) });
      take({ messages: [message], more: false, step: 0, you: { member: you, shut: state.shut, exports: state.exports }, serverTime: message.at });
    } catch (error) {
      if (stop.signal.aborted) return;
      mine(key, { state: 'failed', why: error instanceof Error ? error.message : '' });
    } finally {
      stops.delete(key);
    }
  }

  const act = async (doing: () => Promise<unknown>): Promise<void> => {
    change({ failure: null });
    try {
      await doing();
    } catch (error) {
      change({ failure: error instanceof Refused ? error.message : String(error) });
    }
  };

  const stopMessages = live.onMessage((message) => {
    if (message.type === 'chat.posted' && message.meetingId === meetingId) soon();
    // Whether one may write can change with the rights.
    if ((message.type === 'room.changed' || message.type === 'meeting.changed') && message.meetingId === meetingId && reading) soon(1000);
  });
  const stopState = live.onState((is) => is === 'open' && soon(Math.random() * 1000));
  void refresh();

  return {
    snapshot: () => state,
    subscribe(hear: () => void) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    look(is: boolean) {
      reading = is;
      if (!is || state.messages === null) return;
      seen = Math.max(seen ?? 0, state.messages.at(-1)?.n ?? 0);
      if (state.unread > 0) change({ unread: 0 });
    },
    send(text: string, reply: portal.ChatMessage | null, file: File | null) {
      const one: Outgoing = { key: newKey(), text, reply, file, done: 0, state: 'sending', why: '' };
      change({ outgoing: [...state.outgoing, one] });
      void post(one);
    },
    resend(key: string) {
      const one = state.outgoing.find((other) => other.key === key);
      if (!one) return;
      mine(key, { state: 'sending', done: 0, why: '' });
      void post(one);
    },
    giveUp(key: string) {
      stops.get(key)?.abort();
      change({ outgoing: state.outgoing.filter((one) => one.key !== key) });
    },
    takeBack: (id: string) =>
      act(async () => {
        await portal.takeBack(meetingId, id);
        await refresh();
      }),
    older: () =>
      act(async () => {
        const first = state.messages?.[0]?.n;
        if (first === undefined) return;
        const reply = await portal.readChat(meetingId, { before: first });
        take(reply);
        change({ more: reply.more });
      }),
    search: (words: string) =>
      act(async () => {
        if (words.trim().length < 2) return change({ found: null });
        change({ found: { words, messages: (await portal.readChat(meetingId, { q: words })).messages } });
      }),
    close() {
      closed = true;
      window.clearTimeout(timer);
      for (const stop of stops.values()) stop.abort();
      stopMessages();
      stopState();
    },
  };
}
