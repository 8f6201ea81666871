// What a countdown shows. No clock in here.
const ENDING_MS = 15_000;
export type Countdown = { phase: 'running' | 'ending' | 'over'; seconds: number; share: number };

/** `share`: of the turn that is left, 1 to 0. All in milliseconds since 1970, by the server's clock. */
export function countdown({ givenAt, until, now }: { givenAt: number; until: number; now: number }): Countdown {
  const left = until - now;
  if (left <= 0) return { phase: 'over', seconds: Math.floor((now - until) / 1000), share: 0 };
  return { phase: left < ENDING_MS ? 'ending' : 'running', seconds: Math.ceil(left / 1000), share: Math.min(1, left / Math.max(1, until - givenAt)) };
}

/** `1.05`; in English `1:05` */
export const minutesText = (seconds: number, between: '.' | ':'): string => `${Math.floor(seconds / 60)}${between}${String(seconds % 60).padStart(2, '0')}`;
