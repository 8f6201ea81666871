// The private feed: own meetings and days of the roster as calendar programs read them. A series is its rule, less what this person is not invited to.
import { calendarOf, seriesEntries, type Entry, type Happening, type OwnDay } from './event.ts';

/** `invited` false: of the same series, and not this person's; only its start is used. */
export type FeedMeeting = Happening & { invited: boolean };
export type FeedSeries = { rule: string; startsAt: Date; skipped: readonly Date[] };
/** `days`: of the roster. */
export type Feed = { meetings: readonly FeedMeeting[]; seriesOf: ReadonlyMap<string, FeedSeries>; days?: readonly Omit<OwnDay, 'url'>[] };
/** How often a program should ask. */
const ASK_AGAIN = 'PT1H';

export function feedText({ meetings, seriesOf, days = [] }: Feed, { name, origin, now }: { name: string; origin: string; now: Date }): string {
  const ids = [...new Set(meetings.flatMap((m) => m.seriesId ?? []))];
  const repeated = ids.flatMap((id) => {
    const series = seriesOf.get(id);
    return series
      ? ofSeries(
          series,
          meetings.filter((m) => m.seriesId === id),
          origin,
        )
      : [];
  });
  const alone = meetings.filter((m) => m.invited && !(m.seriesId !== null && seriesOf.has(m.seriesId)));
  const entries = [...repeated, ...alone.map((m) => entryOf({ ...m, seriesId: null, occursAt: null }, origin))];
  const own = days.map((day) => ({ ...day, url: `${origin}/jadwal-saya?bulan=${day.date.slice(0, 7)}` }));
  const text = calendarOf(entries, { method: 'PUBLISH', host: new URL(origin).hostname, name, now, days: own });
  return text.replace('METHOD:PUBLISH\r\n', `METHOD:PUBLISH\r\nREFRESH-INTERVAL;VALUE=DURATION:${ASK_AGAIN}\r\nX-PUBLISHED-TTL:${ASK_AGAIN}\r\n`);
}

function ofSeries({ rule, startsAt, skipped }: FeedSeries, all: readonly FeedMeeting[], origin: string): Entry[] {
  const mine = all.filter((m) => m.invited).toSorted((a, b) => Number(a.occursAt) - Number(b.occursAt));
  const others = all.flatMap((m) => (m.invited || !m.occursAt ? [] : [m.occursAt]));
  const sequence = all.reduce((sum, m) => sum + m.sequence, 0);
  return seriesEntries({ rule, startsAt, except: [...skipped, ...others] }, mine, (m) => entryOf({ ...m, sequence }, origin));
}

const entryOf = (meeting: Happening, origin: string): Entry => ({ ...meeting, url: `${origin}/rapat/${meeting.id}` });
