// Hours are what the office says, wherever the machine stands: the portal and the browser, in each pair of zones, on machines of three zones.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';

const ZONES = { 'Asia/Jakarta': ['WIB', 7], 'Asia/Makassar': ['WITA', 8], 'Asia/Jayapura': ['WIT', 9] } as const;
type Zone = keyof typeof ZONES;
const zones = Object.keys(ZONES) as Zone[];
const MACHINES = ['UTC', 'Asia/Tokyo', 'America/New_York'] as const;
/** At the edges of days, months and years, and when New York changes its clock. */
const WHEN = [
  ['2026-11-23', '09:30'],
  ['2026-11-01', '00:15'],
  ['2026-03-08', '14:00'],
  ['2026-12-31', '23:45'],
] as const;

const months = `
  const { feedText } = await import('./server/invitations/feed.ts');
  const { instantAt } = await import('./web/platform/format.ts');
  const texts = ${JSON.stringify(zones)}.map((zone) => {
    const startsAt = new Date(instantAt('2026-10-05', '06:30', zone));
    const meeting = (n) => ({ id: 'm' + n, seriesId: 's', occursAt: new Date(startsAt.getTime() + n * 604800000), sequence: 0, title: 'Apel', place: 'Daring', description: null,
      startsAt: new Date(startsAt.getTime() + n * 604800000), endsAt: null, cancelled: null, zone, opdName: 'Dinas', chairName: 'Ketua', invited: n !== 1 });
    const series = { rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=8', startsAt, skipped: [] };
    return feedText({ meetings: Array.from({ length: 8 }, (_, n) => meeting(n)), seriesOf: new Map([['s', series]]) }, { name: 'Uji', origin: 'https://portal.test', now: startsAt });
  });
  console.log(JSON.stringify(texts));
`;
const script = `
  const server = await import('./server/platform/local-time.ts');
  const web = await import('./web/platform/format.ts');
  const days = await import('./web/calendar/days.ts');
  const zones = ${JSON.stringify(zones)};
  const f = web.formats('id');
  const said = [];
  for (const [day, time] of ${JSON.stringify(WHEN)}) for (const office of zones) for (const reader of zones) {
    const at = web.instantAt(day, time, office);
    const entry = { startsAt: at, endsAt: null };
    said.push({
      at,
      office: [server.dayIn(new Date(at), office), server.clockText(new Date(at), office), web.dayIn(office, new Date(at)), f.time(at, office), web.clockField(at, office)],
      reader: [server.dayIn(new Date(at), reader), server.clockText(new Date(at), reader), web.dayIn(reader, new Date(at)), f.time(at, reader), web.localIn(at, reader)],
      date: [server.dateText(new Date(at), office), f.dayOf(at, office)],
      bounds: server.boundsOf(day, office).from.toISOString(),
      there: [...days.byDay([entry], reader).keys()],
      moved: days.movedTo(entry, { day: '2026-12-01' }, office).startsAt,
      month: days.daysOf('bulan', day),
    });
  }
  console.log(JSON.stringify(said));
`;
type Said = { at: string; office: string[]; reader: string[]; date: string[]; bounds: string; there: string[]; moved: string; month: string[] };

const saidOn = async <T>(machine: string, script: string): Promise<T> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    env: { ...process.env, TZ: machine },
  });
  return JSON.parse(stdout) as T;
};
/** By arithmetic of this test alone. */
const shifted = (day: string, time: string, hours: number): string => new Date(Date.parse(`${day}T${time}:00Z`) + hours * 3_600_000).toISOString();
const dotted = (local: string): string => local.slice(11, 16).replace(':', '.');

test('an hour of WIB, WITA or WIT is the same hour for readers of each zone, on a machine of any', { timeout: 60_000 }, async () => {
  const [first = [], ...others] = await Promise.all(MACHINES.map((machine) => saidOn<Said[]>(machine, script)));
  for (const other of others) expect(other).toEqual(first);
  const asked = WHEN.flatMap(([day, time]) => zones.flatMap((office) => zones.map((reader) => ({ day, time, office, reader }))));
  expect(first).toHaveLength(asked.length);
  for (const [n, { day, time, office, reader }] of asked.entries()) {
    const said = first[n]!;
    const [officeName, officeHours] = ZONES[office];
    const [readerName, readerHours] = ZONES[reader];
    const local = shifted(day, time, readerHours - officeHours);
    const clock = time.replace(':', '.');
    expect(said.at).toBe(shifted(day, time, -officeHours));
    expect(said.office).toEqual([day, `${clock} ${officeName}`, day, `${clock} ${officeName}`, time]);
    expect(said.reader).toEqual([
      local.slice(0, 10),
      `${dotted(local)} ${readerName}`,
      local.slice(0, 10),
      `${dotted(local)} ${readerName}`,
      local.slice(0, 16),
    ]);
    expect(said.date[0]).toBe(said.date[1]);
    expect(said.bounds).toBe(shifted(day, '00:00', -officeHours));
    expect(said.there[0]).toBe(local.slice(0, 10));
    expect(said.moved).toBe(shifted('2026-12-01', time, -officeHours));
    expect(new Date(`${said.month[0]}T12:00:00Z`).getUTCDay()).toBe(1);
    expect(said.month).toContain(day);
  }
});

test('half past six on Monday at the office stays that in a series, week by week, whatever zone the portal runs in', { timeout: 60_000 }, async () => {
  const [first = [], ...others] = await Promise.all(MACHINES.map((machine) => saidOn<string[]>(machine, months)));
  for (const other of others) expect(other).toEqual(first);
  for (const [n, zone] of zones.entries()) {
    const calendar = new ICAL.Component(ICAL.parse(first[n]!));
    for (const table of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(table));
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!);
    const each = event.iterator();
    const starts = Array.from({ length: 7 }, () => each.next().toJSDate().toISOString());
    expect(each.next()).toBeUndefined();
    // The second week is somebody else's; New York changes its clock on 1 November.
    const days = ['2026-10-05', '2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'];
    expect(starts).toEqual(days.map((day) => shifted(day, '06:30', -ZONES[zone][1])));
  }
});
