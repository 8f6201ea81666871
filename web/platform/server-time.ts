// The server's clock in the browser; a wrong clock on the device shows nothing wrong. No React.

// What the server's clock is ahead of the page's. An answer is always older than it looks, by the way it came: the highest is nearest to the truth.
let ahead = -Infinity;

/** An answer told this instant; milliseconds since 1970. */
export function hearServerTime(told: number): void {
  ahead = Math.max(ahead, told - performance.now());
}

/** Milliseconds since 1970; -Infinity before any answer. */
export const serverNow = (): number => ahead + performance.now();
