// Server time only. Everything that needs the time is handed a clock; tests set theirs.
export type Clock = { now(): Date };
export const systemClock: Clock = { now: () => new Date() };
