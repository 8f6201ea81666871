// The chat: what the portal keeps, and what this page is still trying to say. A key makes sending again harmless.
import { useEffect, useRef, useState } from 'react';
import type { ChatMessage } from '../../shared/meetings.ts';
import { newKey } from '../platform/new-key.ts';
import * as portal from './portal.ts';

export type Outgoing = { key: string; text: string; state: 'sending' | 'failed'; why: string };
export type ChatSnapshot = {
  kept: ChatMessage[];
  outgoing: Outgoing[];
  unread: number;
  send: (text: string) => void;
  resend: (key: string) => void;
};

const NONE: ChatMessage[] = [];

export function useChat({
  meetingId,
  you,
  view,
  reading,
  refresh,
}: {
  meetingId: string;
  you: string;
  view: portal.Room | null;
  reading: boolean;
  refresh: () => void;
}): ChatSnapshot {
  const [outgoing, setOutgoing] = useState<Outgoing[]>([]);
  const [seen, setSeen] = useState<number | null>(null);
  const kept = view?.chat ?? NONE;
  const sent = useRef(new Map<string, string>());

  useEffect(() => {
    // What was said before one came in is not news.
    if (view !== null && (reading || seen === null)) setSeen(kept.length);
  }, [view, reading, seen, kept.length]);
  useEffect(() => {
    setOutgoing((list) => list.filter(({ key }) => !kept.some(({ id }) => id === (sent.current.get(key) ?? key))));
  }, [kept]);

  async function post({ key, text }: Pick<Outgoing, 'key' | 'text'>): Promise<void> {
    try {
      const message = await portal.say(meetingId, text, key);
      sent.current.set(key, message.id);
      refresh();
    } catch (error) {
      const why = error instanceof Error ? error.message : '';
      setOutgoing((list) => list.map((one) => (one.key === key ? { ...one, state: 'failed', why } : one)));
    }
  }

  function send(text: string): void {
    const one = { key: newKey(), text, state: 'sending' as const, why: '' };
    setOutgoing((list) => [...list, one]);
    void post(one);
  }

  function resend(key: string): void {
    const one = outgoing.find((other) => other.key === key);
    if (!one) return;
    setOutgoing((list) => list.map((other) => (other.key === key ? { ...other, state: 'sending' } : other)));
    void post(one);
  }

  const unread = seen === null ? 0 : kept.slice(seen).filter((message) => message.member !== you).length;
  return { kept, outgoing, unread, send, resend };
}
