// Hemat data as a rule: what gives way on a weak link, in which order, and when it comes back. Sound never gives way. Time is an argument.
/** From everything to sound alone: first what one sees of others, then the own camera at its lowest, then the own camera off. */
export const STEPS = ['semua', 'tanpa_gambar', 'kamera_rendah', 'kamera_mati'] as const;
export type Step = (typeof STEPS)[number];
export type Link = { quality: 'good' | 'poor' | 'lost'; /** Part of the packets that never came, 0 to 1. */ loss: number; saveData: boolean };
export type Saver = {
  /** `hidup`, `mati`: by hand, until it is given back to the link. */
  by: 'sendiri' | 'hidup' | 'mati';
  step: number;
  /** Since when the link is as it is now, in milliseconds; null: neither weak nor good enough to come back. */
  weakSince: number | null;
  goodSince: number | null;
  /** How long it must be good before more is asked of it; grows when it was asked too soon. */
  patience: number;
  /** When more was last asked of the link. */
  raisedAt: number | null;
};

const WEAK_LOSS = 0.08;
const GOOD_LOSS = 0.03;
/** A link must be weak, and good again, this long: what passes within a breath changes nothing. */
const WEAK_MS = 4_000;
const FURTHER_MS = 6_000;
const GOOD_MS = 20_000;
const LONGEST_PATIENCE_MS = 160_000;
/** Weak again so soon after more was asked of it: it was too soon. */
const TOO_SOON_MS = 30_000;

export const freshSaver = (by: Saver['by'] = 'sendiri'): Saver => ({
  by,
  step: by === 'hidup' ? 1 : 0,
  weakSince: null,
  goodSince: null,
  patience: GOOD_MS,
  raisedAt: null,
});
export const stepOf = ({ by, step }: Saver): Step => (by === 'mati' ? 'semua' : (STEPS[step] ?? 'kamera_mati'));

/** By hand: on keeps sound and shared screens at once; off stays off, whatever the link is. */
export const choose = (saver: Saver, by: Saver['by']): Saver => ({
  ...freshSaver(by),
  step: by === 'hidup' ? Math.max(1, saver.step) : by === 'mati' ? 0 : saver.step,
});

/** A lost link carries nothing to judge by: what was decided stays. */
export function heed(saver: Saver, link: Link, now: number): Saver {
  if (saver.by === 'mati' || link.quality === 'lost') return { ...saver, weakSince: null, goodSince: null };
  const floor = saver.by === 'hidup' || link.saveData ? 1 : 0;
  if (saver.step < floor) return { ...saver, step: floor };
  const weak = link.quality === 'poor' || link.loss >= WEAK_LOSS;
  const good = link.quality === 'good' && link.loss <= GOOD_LOSS;
  const next = { ...saver, weakSince: weak ? (saver.weakSince ?? now) : null, goodSince: good ? (saver.goodSince ?? now) : null };
  if (next.weakSince !== null && now - next.weakSince >= (saver.step === 0 ? WEAK_MS : FURTHER_MS) && saver.step < STEPS.length - 1) {
    const tooSoon = saver.raisedAt !== null && now - saver.raisedAt < TOO_SOON_MS;
    return { ...next, step: saver.step + 1, weakSince: now, patience: tooSoon ? Math.min(LONGEST_PATIENCE_MS, saver.patience * 2) : saver.patience };
  }
  if (next.goodSince !== null && now - next.goodSince >= saver.patience && saver.step > floor)
    return { ...next, step: saver.step - 1, goodSince: now, raisedAt: now };
  return next;
}
