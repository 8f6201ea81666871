// When to try again, as pure arithmetic. Sources: the media server accepts about twenty joins a second before it suffers.
const PER_PERSON_MS = 50;
const LONGEST_FIRST_MS = 10_000;
const SHORTEST_MS = 500;
const LONGEST_MS = 4000;

/** Everybody lost the room at the same moment: spread the return over time, more people over more of it. */
export const firstWait = (people: number, random: number): number => Math.min(LONGEST_FIRST_MS, people * PER_PERSON_MS) * random;

/** From half a second to four, with a little chance in it. */
export const nextWait = (tries: number, random: number): number => Math.min(LONGEST_MS, SHORTEST_MS * 2 ** tries) * (0.75 + random / 4);
