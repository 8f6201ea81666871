// How many watch changes without news, so that hundreds who come and go wake nobody: whoever runs the show asks often, the others rarely,
// and at once when the page is looked at again.
import { useEffect } from 'react';
import type { Visit } from './visit.ts';

const RUNS_MS = 15_000;
const WATCHES_MS = 180_000;

export function useAsking({ room }: Visit, on: boolean, runs: boolean): void {
  useEffect(() => {
    if (!on) return undefined;
    const look = (): void => void (document.visibilityState === 'visible' && room.refresh());
    const timer = window.setInterval(look, runs ? RUNS_MS : WATCHES_MS * (0.5 + Math.random()));
    document.addEventListener('visibilitychange', look);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [room, on, runs]);
}
