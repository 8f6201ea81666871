// When a connection that was lost is tried again: a random, growing delay, so that thousands who lost it at the same moment do not come back at the same moment.
const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/** Milliseconds before try number `tries` (0 = the first): between half of the delay and all of it. `random`: 0 to 1. */
export function backOff(tries: number, random: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** tries);
  return longest / 2 + (random * longest) / 2;
}
