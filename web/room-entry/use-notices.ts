// What a screen reader is told, and nothing more: a hand of somebody else, the own hand lowered; and what is handed in.
import { useEffect, useRef, useState } from 'react';
import type { Room } from './portal.ts';
import { useWords } from './use-words.ts';

export function useNotices({ view, you }: { view: Room | null; you: string }): [string, (notice: string) => void] {
  const { notices } = useWords();
  const [notice, setNotice] = useState('');
  const before = useRef<Room | null>(null);
  useEffect(() => {
    const last = before.current;
    before.current = view;
    if (!last || !view || last === view) return;
    const raised = (room: Room, member: string): boolean => room.hands.some((hand) => hand.member === member);
    const fresh = view.hands.find(({ member }) => member !== you && !raised(last, member));
    if (raised(last, you) && !raised(view, you)) setNotice(notices.handLowered);
    else if (fresh) setNotice(notices.handRaised(view.people.find(({ member }) => member === fresh.member)?.name ?? ''));
  }, [view, you, notices]);
  return [notice, setNotice];
}
