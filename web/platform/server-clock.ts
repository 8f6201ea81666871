// The server's clock in the browser: seconds count on between answers, and a wrong clock on the device shows nothing wrong.
import { useEffect, useSyncExternalStore } from 'react';
import { hearServerTime, serverNow } from './server-time.ts';

let now = -Infinity;
let timer = 0;
const hearers = new Set<() => void>();

function beat(): void {
  now = serverNow();
  for (const hear of hearers) hear();
}

function listen(hear: () => void): () => void {
  hearers.add(hear);
  if (hearers.size === 1) timer = window.setInterval(beat, 1000);
  return () => {
    hearers.delete(hear);
    if (hearers.size === 0) window.clearInterval(timer);
  };
}

/** Milliseconds since 1970 by the server's clock, anew each second; one beat for all who look. `ticking` false: as it was told. */
export function useServerNow(serverTime: string, ticking = true): number {
  const told = Date.parse(serverTime);
  useEffect(() => {
    hearServerTime(told);
    beat();
  }, [told]);
  const at = useSyncExternalStore(listen, () => now);
  return ticking ? Math.max(at, told) : told;
}
