/** A face moves at twelve frames a second; a camera that gives fewer is not asked for more than half of what it gives. */
const ENOUGH = 12;

export const isTooSlow = ({ frames, ms, rate }: { frames: number; ms: number; rate: number }): boolean => (frames * 1000) / ms < Math.min(ENOUGH, rate / 2);
