// What a screen reader is told, and nothing more: a hand of somebody else, a message while the chat is closed, the own hand lowered.
import { useEffect, useRef, useState } from 'react';
import type { Room } from './portal.ts';
import { useWords } from './use-words.ts';

export function useNotices({ view, you, chatOpen }: { view: Room | null; you: string; chatOpen: boolean }): string {
  const { notices } = useWords();
  const [notice, setNotice] = useState('');
  const before = useRef<Room | null>(null);
  useEffect(() => {
    const last = before.current;
    before.current = view;
    if (!last || !view || last === view) return;
    const raised = (room: Room, member: string): boolean => room.hands.some((hand) => hand.member === member);
    const fresh = view.hands.find(({ member }) => member !== you && !raised(last, member));
    const message = chatOpen ? undefined : view.chat.slice(last.chat.length).findLast(({ member }) => member !== you);
    if (raised(last, you) && !raised(view, you)) setNotice(notices.handLowered);
    else if (fresh) setNotice(notices.handRaised(view.people.find(({ member }) => member === fresh.member)?.name ?? ''));
    else if (message) setNotice(notices.message(message.name));
  }, [view, you, chatOpen, notices]);
  return notice;
}
