// One's own hand. The order is the server's; a press shows at once and the number follows.
import { useEffect, useState } from 'react';
import * as portal from './portal.ts';

export type HandSnapshot = { number: number | null; raised: boolean; toggle?: () => void };

export function useHand({ meetingId, number, refresh }: { meetingId: string; number: number | null; refresh: () => void }): HandSnapshot {
  const [asked, setAsked] = useState<boolean | null>(null);
  useEffect(() => setAsked(null), [number]);
  const raised = asked ?? number !== null;

  async function toggle(): Promise<void> {
    const next = !raised;
    setAsked(next);
    try {
      await portal.raiseHand(meetingId, next);
      refresh();
    } catch {
      setAsked(null);
    }
  }
  return {
    number: raised ? number : null,
    raised,
    toggle: asked !== null ? undefined : () => void toggle(),
  };
}
