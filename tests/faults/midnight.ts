// A meeting over midnight of 31 December with people of all three zones: a real media server and real visitors, and a portal
// in this process, because its clock must be set by weeks. Each zone's people cross their own midnight once.
import { setTimeout as stay } from 'node:timers/promises';
import { getDayBoard } from '../../shared/attendance.ts';
import type { Zone } from '../../shared/people.ts';
import { portalItself } from '../../server/people/index.ts';
import { nipOf, PASSWORD } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { realMeeting } from '../support/real-meeting.ts';
import type { World } from '../support/world.ts';
import { compare, type Verdict, type Written } from './compare.ts';
import { openTruth, type Span } from './truth.ts';
import { startVisitors } from './visitors.ts';

const HOUR_MS = 3_600_000;
const YEAR = new Date().getUTCFullYear();
const DATES = [`${YEAR}-12-31`, `${YEAR + 1}-01-01`];
const ZONES: readonly { zone: Zone; aheadHours: number }[] = [
  { zone: 'Asia/Jakarta', aheadHours: 7 },
  { zone: 'Asia/Makassar', aheadHours: 8 },
  { zone: 'Asia/Jayapura', aheadHours: 9 },
];
/** Before midnight people come, and some time after it they leave. */
const BEFORE_MS = 15_000;
const AFTER_MS = 8_000;

type Worker = { name: string; nip: string; zone: Zone; aheadHours: number; opdId: string };

/** The midnights of the three zones, an hour apart, each in a world of its own. */
export async function overMidnight(): Promise<Verdict> {
  const all = await Promise.all(ZONES.map(crossing));
  return {
    visits: all.reduce((sum, v) => sum + v.visits, 0),
    lost: all.reduce((sum, v) => sum + v.lost, 0),
    invented: all.reduce((sum, v) => sum + v.invented, 0),
    witnessed: all.flatMap((v) => v.witnessed),
    unwitnessed: all.flatMap((v) => v.unwitnessed),
    problems: all.flatMap((v) => v.problems),
    notes: all.flatMap((v) => v.notes),
  };
}

async function crossing({ aheadHours }: (typeof ZONES)[number]): Promise<Verdict> {
  const midnight = Date.UTC(YEAR + 1, 0, 1) - aheadHours * HOUR_MS;
  const workers: Worker[] = [];
  const meeting = await realMeeting({
    now: new Date(midnight - BEFORE_MS - 10_000),
    async alsoInvite(world) {
      const ids = [];
      for (const [n, place] of ZONES.entries()) ids.push(await addWorker(world, workers, place, n));
      return ids;
    },
  });
  const visitors = startVisitors();
  try {
    const truth = openTruth();
    const people = workers.map((w) =>
      visitors.visitor(truth, w.nip, { origin: meeting.origin, meetingId: meeting.meeting.id, account: { login: w.nip, password: PASSWORD } }),
    );
    await Promise.all(people.map((p) => p.enter()));
    await stay(Math.max(0, midnight - meeting.world.clock.now().getTime()) + AFTER_MS);
    await Promise.all(people.map((p) => p.leave()));
    const bkd = await meeting.world.signIn(meeting.cast.bkd.nip, PASSWORD);
    const told = await eventually('the days know that nobody is inside', async () => {
      const written = await daysOf(bkd, workers, meeting.aheadMs);
      return [...written.values()].every((list) => list.every(({ to }) => to !== null)) && written;
    }).catch(async () => daysOf(bkd, workers, meeting.aheadMs));
    return compare(daysOfTruth(truth.visits(), workers, meeting.aheadMs), told);
  } finally {
    visitors.end();
    await meeting.close();
  }
}

async function addWorker({ app }: World, workers: Worker[], { zone, aheadHours }: (typeof ZONES)[number], n: number): Promise<string> {
  const opd = await app.people.addOpd({ parentId: null, name: `Dinas ${zone}`, abbreviation: `D${n}`, aliases: [], kind: 'opd', zone });
  const nip = nipOf(50 + n);
  const { id } = await app.people.addPerson(portalItself, { name: `Pegawai ${zone}`, nip, email: null, phone: null, opdId: opd.id });
  await app.people.givePassword([id], PASSWORD);
  for (const date of DATES) await app.roster.setCodes(app.sql, null, opd.id, { date, basis: 'SE 800/1', codes: [{ personId: id, code: 'WFH' }] });
  workers.push({ name: `Pegawai ${zone}`, nip, zone, aheadHours, opdId: opd.id });
  return id;
}

/** By person and local day, in true time. */
function daysOfTruth(visits: ReadonlyMap<string, readonly Span[]>, workers: readonly Worker[], aheadMs: number): Map<string, Span[]> {
  const days = new Map<string, Span[]>();
  for (const { nip, aheadHours } of workers)
    for (const { from, to } of visits.get(nip) ?? []) {
      const dayAt = (at: number): string => new Date(at + aheadMs + aheadHours * HOUR_MS).toISOString().slice(0, 10);
      const boundary = Date.parse(dayAt(to)) - aheadHours * HOUR_MS - aheadMs;
      const parts =
        dayAt(from) === dayAt(to)
          ? [{ from, to }]
          : [
              { from, to: boundary },
              { from: boundary, to },
            ];
      for (const part of parts) days.set(`${nip} ${dayAt(part.from)}`, [...(days.get(`${nip} ${dayAt(part.from)}`) ?? []), part]);
    }
  return days;
}

async function daysOf(reader: Awaited<ReturnType<World['signIn']>>, workers: readonly Worker[], aheadMs: number): Promise<Map<string, Written[]>> {
  const days = new Map<string, Written[]>();
  for (const { nip, name, opdId } of workers)
    for (const date of DATES) {
      const { rows } = await reader.call(getDayBoard, { params: { id: opdId }, query: { date } });
      const evidence = rows.find((row) => row.name === name)?.evidence ?? [];
      const written = evidence.map(({ from, to }) => ({ from: Date.parse(from) - aheadMs, to: to === null ? null : Date.parse(to) - aheadMs }));
      if (written.length > 0) days.set(`${nip} ${date}`, written);
    }
  return days;
}
