import { useEffect } from 'react';

/** The screen stays on while one is in the room; asked for again whenever the page is looked at again. */
export function useWakeLock(on: boolean): void {
  useEffect(() => {
    if (!on) return undefined;
    let lock: WakeLockSentinel | null = null;
    let left = false;
    async function hold(): Promise<void> {
      if (document.visibilityState === 'hidden' || !('wakeLock' in navigator)) return;
      const held = await navigator.wakeLock.request('screen').catch(() => null);
      if (left) void held?.release();
      else lock = held;
    }
    const again = (): void => void hold();
    document.addEventListener('visibilitychange', again);
    again();
    return () => {
      left = true;
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
    };
  }, [on]);
}
