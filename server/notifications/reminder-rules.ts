// When somebody is reminded of what is to come. Pure; time is an argument.
const reminderKinds = ['h1', 'j1', 'm10'] as const;
export type ReminderKind = (typeof reminderKinds)[number];

const MINUTE_MS = 60_000;
const LEAD_MS: Record<ReminderKind, number> = { h1: 24 * 60 * MINUTE_MS, j1: 60 * MINUTE_MS, m10: 10 * MINUTE_MS };
/** How long before its hour an event begins to be looked at. */
export const LONGEST_LEAD_MS = LEAD_MS.h1;

/**
 * The reminder whose time it is. A portal that slept gives the last one that is still of use: from one day to one hour before it is `h1`,
 * then `j1`, then `m10`; none once it has begun.
 */
const reminderAt = (startsAt: Date, now: Date): ReminderKind | null => {
  const left = startsAt.getTime() - now.getTime();
  return left <= 0 ? null : (reminderKinds.findLast((kind) => left <= LEAD_MS[kind]) ?? null);
};

/** Who was told of this hour (or invited) after the reminder was due is not reminded by it: they have just heard. */
export const knewBefore = (kind: ReminderKind, startsAt: Date, since: Date): boolean => since.getTime() <= startsAt.getTime() - LEAD_MS[kind];

/** What is due of an event at this moment; `since`: when its hour was set. */
export function dueOf({ startsAt, since }: { startsAt: Date; since: Date }, now: Date): ReminderKind | null {
  const kind = reminderAt(startsAt, now);
  return kind !== null && knewBefore(kind, startsAt, since) ? kind : null;
}
