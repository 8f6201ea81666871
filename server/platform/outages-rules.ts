// Rules of outages. A window is known from a pulse: two signs of life too far apart. Pure; time is an argument.
export type OutageWhat = 'portal' | 'database' | 'media';
/** `to: null` = it is away now. Ended windows are rows of the ledger; an open one is known from the pulse. */
export type Outage = { id: string; what: OutageWhat; from: Date; to: Date | null };
export type OutageSpan = { from: Date; to: Date };

export const PULSE_MS = 5_000;
/** Signs of life further apart than this are an outage: three pulses. */
export const GAP_MS = 15_000;
/** A pulse this far ahead was written by a clock that was wrong, and is not waited for. */
export const AHEAD_MS = 60_000;

/** Null before the first sign of life ever: nobody was away from what had not begun. */
export const gapSince = (last: Date | null, now: Date): OutageSpan | null =>
  last !== null && now.getTime() - last.getTime() > GAP_MS ? { from: last, to: now } : null;

export const nextPulse = (last: Date | null, now: Date): Date => (last !== null && last > now && last.getTime() - now.getTime() <= AHEAD_MS ? last : now);

/** What this process knows of the media server. Times by the portal's clock. Who did not ask knows nothing. */
export type MediaSigns = {
  /** Its process ended then, as its supervisor told. */
  exitAt: Date | null;
  /** It was asked and did not answer, since its last answer. */
  silentSince: Date | null;
  /** Its first answer afterwards. */
  backAt: Date;
};

/** `last`: the last answer any portal process had. An exit gives exact edges, however short; silence those of the questions. */
export function mediaWindow({ exitAt, silentSince, backAt }: MediaSigns, last: Date | null): OutageSpan | null {
  if (exitAt === null) return gapSince(silentSince && last && last > silentSince ? last : silentSince, backAt);
  // It had stopped answering before it ended.
  const from = gapSince(silentSince, exitAt)?.from ?? exitAt;
  return from < backAt ? { from, to: backAt } : null;
}

/** Windows of one kind that overlap or touch are one, under the name of the first; nothing is cut off. By their beginning. */
export function joined(windows: readonly Outage[]): Outage[] {
  const done: Outage[] = [];
  for (const window of windows.toSorted((a, b) => a.from.getTime() - b.from.getTime() || compare(a, b))) {
    const before = done.findIndex((w) => w.what === window.what && (w.to === null || w.to >= window.from));
    const last = done[before];
    if (last) done[before] = { ...last, to: last.to === null || window.to === null ? null : window.to > last.to ? window.to : last.to };
    else done.push(window);
  }
  return done;
}
const compare = (a: Outage, b: Outage): number => (`${a.what} ${a.id}` < `${b.what} ${b.id}` ? -1 : 1);
