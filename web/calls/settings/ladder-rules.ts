// What a ladder may look like, told while it is typed. The portal decides again.
import type { LadderStep } from '../../../shared/calls.ts';

/** As typed: seconds are text until they are a number. */
export type Typed = { key: string; seconds: string; act: LadderStep['act']; channels: LadderStep['channels'] };
export type Fault = { step: number; why: 'range' | 'down' | 'channels'; before: number };

export const secondsOf = (text: string): number => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN);

/** The first thing that is wrong, by step (from 0). */
export function faultIn(steps: readonly Typed[]): Fault | null {
  let before = 0;
  for (const [step, { seconds, act, channels }] of steps.entries()) {
    const n = secondsOf(seconds);
    if (!(n >= 0 && n <= 3600)) return { step, why: 'range', before };
    if (n < before) return { step, why: 'down', before };
    if (act === 'kanal' && channels.length === 0) return { step, why: 'channels', before };
    before = n;
  }
  return null;
}

export const asSteps = (steps: readonly Typed[]): LadderStep[] =>
  steps.map(({ seconds, act, channels }) => ({ afterSeconds: secondsOf(seconds), act, channels }));
