// Against misuse: how many urgent calls one person places in a short time without saying why. Pure.

/** `placed`: within the minutes before now. */
export type Limit = { most: number; minutes: number; placed: number };
export const MOST_CALLS = 3;
export const WITHIN_MINUTES = 10;

/** The next call needs a reason. */
export const isReached = ({ most, placed }: Limit): boolean => placed >= most;
