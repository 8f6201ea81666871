// When a meeting repeats: RFC 5545, counted by ical.js in days of the office's zone. The hour stays what it was; no zone of the region changes its clock.
import ICAL from 'ical.js';
import { MOST_OCCURRENCES, type Repeat } from '../../shared/planning.ts';
import type { Zone } from '../../shared/people.ts';
import { boundsOf, dayIn } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';

const LONGEST_YEARS = 2;
const WORKING_DAYS = ['MO', 'TU', 'WE', 'TH', 'FR'];

type Parts = { freq: 'WEEKLY' | 'MONTHLY'; interval?: number; byday?: string[]; bymonthday?: number[] };

function partsOf({ pattern }: Repeat): Parts {
  switch (pattern.kind) {
    case 'hari_kerja':
      // Not DAILY: ical.js 2.2 then also gives a first day that BYDAY leaves out.
      return { freq: 'WEEKLY', byday: WORKING_DAYS };
    case 'mingguan':
      return { freq: 'WEEKLY', interval: pattern.every, byday: [...new Set(pattern.days)] };
    case 'bulanan_tanggal':
      return { freq: 'MONTHLY', interval: pattern.every, bymonthday: [pattern.date] };
    case 'bulanan_hari':
      return { freq: 'MONTHLY', interval: pattern.every, byday: [`${pattern.nth}${pattern.day}`] };
  }
}

/**
 * The rule as a calendar writes it, and each start it gives, from the first meeting on: where that day does not fit the rule, the first that fits.
 * Refuses what is longer than two years or gives more than sixty.
 */
export function occurrences(repeat: Repeat, startsAt: Date, zone: Zone): { rule: string; starts: Date[] } {
  const first = dayIn(startsAt, zone);
  const hour = startsAt.getTime() - boundsOf(first, zone).from.getTime();
  const { ends } = repeat;
  const lastDay = yearsAfter(first, LONGEST_YEARS);
  if (ends.kind === 'sampai' && ends.day > lastDay) tooMany('day');
  const recur = ICAL.Recur.fromData({ ...partsOf(repeat), wkst: ICAL.Time.MONDAY, ...(ends.kind === 'kali' && { count: ends.times }) });
  const days = daysOf(recur, first, ends.kind === 'sampai' ? ends.day : lastDay);
  if (days.length > MOST_OCCURRENCES) tooMany('day');
  if (ends.kind === 'kali' && days.length < ends.times) tooMany('times');
  if (days.length === 0) refuse('plan.none', {}, [{ path: 'repeat', message: 'periksa hari dan akhir pengulangan' }]);
  // With a zone in DTSTART, UNTIL is in UTC (RFC 5545, 3.3.10).
  if (ends.kind === 'sampai') recur.until = ICAL.Time.fromJSDate(new Date(boundsOf(ends.day, zone).to.getTime() - 1000), true);
  return { rule: recur.toString(), starts: days.map((day) => new Date(boundsOf(day, zone).from.getTime() + hour)) };
}

/** One more than may be, so that too many is seen. */
function daysOf(recur: ICAL.Recur, first: string, last: string): string[] {
  const days: string[] = [];
  const each = recur.iterator(ICAL.Time.fromDateString(first));
  for (let next = each.next(); next && days.length <= MOST_OCCURRENCES; next = each.next()) {
    const day = next.toString().slice(0, 10);
    if (day > last) break;
    days.push(day);
  }
  return days;
}

const yearsAfter = (day: string, years: number): string => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;
const tooMany = (field: 'day' | 'times'): never =>
  refuse('plan.too_many', { most: MOST_OCCURRENCES }, [{ path: `repeat.ends.${field}`, message: `paling banyak ${MOST_OCCURRENCES} rapat dalam dua tahun` }]);
