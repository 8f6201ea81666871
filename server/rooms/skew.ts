// How far the media server's clock is ahead of the portal's. Its HTTP answers carry the time in whole seconds: each says
// "between these two", and together they say it to a fraction of a second.
export type Reading = { askedAt: number; answeredAt: number; /** Its `Date`, milliseconds. */ told: number };
/** Milliseconds the media server is ahead (negative: behind). */
export type Skew = { least: number; most: number };

/** From here on it is an alarm, and LiveKit's times are converted to the portal's. */
const ALARM_MS = 2_000;
/** Once it is one, it must come well below to end. */
const OVER_BELOW_MS = 1_500;
const KEPT = 12;

const skewOf = ({ askedAt, answeredAt, told }: Reading): Skew => ({ least: told - answeredAt, most: told + 1000 - askedAt });

/** The newest readings that can be true together: the first that does not fit is from before a clock was set. */
export function addReading(before: readonly Reading[], reading: Reading): Reading[] {
  const kept = [reading];
  let { least, most } = skewOf(reading);
  for (const earlier of before.slice(-KEPT + 1).toReversed()) {
    const one = skewOf(earlier);
    least = Math.max(least, one.least);
    most = Math.min(most, one.most);
    if (least > most) break;
    kept.unshift(earlier);
  }
  return kept;
}

export const togetherOf = (readings: readonly Reading[]): Skew | null =>
  readings.length === 0 ? null : { least: Math.max(...readings.map((r) => skewOf(r).least)), most: Math.min(...readings.map((r) => skewOf(r).most)) };

export const middleOf = ({ least, most }: Skew): number => Math.round((least + most) / 2);

/** `was`: whether it was an alarm before. */
export const isSkewed = (skew: Skew, was: boolean): boolean =>
  skew.least > ALARM_MS || skew.most < -ALARM_MS || (was && Math.abs(middleOf(skew)) > OVER_BELOW_MS);
