// What somebody should look at: on the page of disturbances, in /healthz, and once in the log when it begins and ends.
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../platform/clock.ts';

/**
 * - `clock_skew`: the media server's clock differs; detail: seconds it is ahead.
 * - `webhook_refused`: the media server (or somebody in its name) was answered 4xx; detail: how often since it began.
 * - `spool`: events wait in the data folder for the database; detail: how many.
 * - `spool_unwritable`: they cannot be kept there either.
 * - `spool_rejected`: events the database does not take, kept aside; detail: how many.
 */
export type AlarmName = 'clock_skew' | 'webhook_refused' | 'spool' | 'spool_unwritable' | 'spool_rejected';
export type Alarm = { what: AlarmName; since: Date; detail: string };
export type Alarms = ReturnType<typeof createAlarms>;

export function createAlarms({ clock, log }: { clock: Clock; log: FastifyBaseLogger }) {
  const raised = new Map<AlarmName, Alarm & { until: number }>();

  /** `lasts`: over by itself after so many milliseconds without being raised again. */
  function raise(what: AlarmName, detail: string, lasts = Infinity): void {
    const now = clock.now();
    const before = current(what);
    raised.set(what, { what, since: before?.since ?? now, detail, until: now.getTime() + lasts });
    if (!before) log.warn({ alarm: what, detail }, 'alarm');
  }

  function end(what: AlarmName): void {
    if (raised.delete(what)) log.warn({ alarm: what }, 'alarm is over');
  }

  function current(what: AlarmName): Alarm | null {
    const alarm = raised.get(what);
    if (!alarm) return null;
    if (alarm.until > clock.now().getTime()) return alarm;
    end(what);
    return null;
  }

  const list = (): Alarm[] =>
    [...raised.keys()].flatMap((what) => {
      const alarm = current(what);
      return alarm ? [{ what, since: alarm.since, detail: alarm.detail }] : [];
    });

  return { raise, end, list };
}
