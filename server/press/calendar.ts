// Conferences for calendars (RFC 5545). Instants are in UTC, so that no client needs a table of zones; the zone of the conference
// stands in the words. The same event keeps its UID, and a later SEQUENCE replaces an earlier one.
import { ICalAlarmType, ICalCalendar, ICalEventStatus } from 'ical-generator';
import { clockText, dateText } from '../platform/local-time.ts';
import type { PublicView } from './showing.ts';
import type { Conf } from './store.ts';

const WITHOUT_END_MS = 60 * 60_000;
const ALARM_SECONDS = 15 * 60;

export type Entry = { conf: Pick<Conf, 'id' | 'version' | 'state'>; view: PublicView };

export function calendarOf(entries: readonly Entry[], { name, origin, now }: { name: string; origin: string; now: Date }): string {
  const calendar = new ICalCalendar({ name: bare(name), prodId: { company: 'Portal Rapat', product: 'Konferensi pers', language: 'ID' } });
  const zone = entries[0]?.view.zone;
  if (zone !== undefined) calendar.x('X-WR-TIMEZONE', zone);
  for (const { conf, view } of entries) {
    const start = new Date(view.startsAt);
    const called = conf.state === 'dibatalkan';
    const url = `${origin}/pers/${view.slug}`;
    const event = calendar.createEvent({
      id: `${conf.id}@${new URL(origin).hostname}`,
      // Calling it off is a change like any other.
      sequence: conf.version + Number(called),
      stamp: now,
      start,
      end: view.endsAt === null ? new Date(start.getTime() + WITHOUT_END_MS) : new Date(view.endsAt),
      summary: bare(`${called ? 'DIBATALKAN: ' : ''}${view.title}`),
      description: bare(
        [
          `${dateText(start, view.zone)}, ${clockText(start, view.zone)}`,
          ...(called && view.cancelReason ? [`Dibatalkan: ${view.cancelReason}`] : []),
          view.summary,
          url,
        ].join('\n\n'),
      ),
      location: bare(view.place),
      url,
      status: called ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
    if (!called) event.createAlarm({ type: ICalAlarmType.display, triggerBefore: ALARM_SECONDS, description: bare(view.title) });
  }
  return calendar.toString();
}

/** Line ends are the library's to write; no other control character has a place in a calendar. */
const bare = (text: string): string => text.replaceAll('\r', '').replaceAll(/[^\P{Cc}\n]/gu, ' ');
