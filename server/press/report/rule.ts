// What a report says of an outlet and of the whole: pure counting over what the other parts of the press know.
import type { LogQuestion } from '../../../shared/press-floor.ts';
import type { PressReport, ReportOutlet } from '../../../shared/press-report.ts';
import type { RegistrationState } from '../../../shared/press-desk.ts';

export type Visit = { from: Date; to: Date | null };
export type Known = { id: string; name: string; outletId: string; outlet: string; member: string; state: RegistrationState };
export type Asked = { journalistId: string; asked: number; turns: number };
export type Taken = { outlet: string | null; files: number; bytes: number };

const MINUTE_MS = 60_000;

/** Visits of one member that do not overlap, cut to the time on air. Minutes are whole ones, as an attendance list has them. */
export function watchedOf(visits: readonly Visit[], air: { from: Date; to: Date }): { minutes: number; from: string | null; to: string | null } {
  const inside = visits
    .map(({ from, to }) => ({ from: Math.max(from.getTime(), air.from.getTime()), to: Math.min((to ?? air.to).getTime(), air.to.getTime()) }))
    .filter(({ from, to }) => to > from);
  if (inside.length === 0) return { minutes: 0, from: null, to: null };
  const length = inside.reduce((sum, { from, to }) => sum + to - from, 0);
  return {
    // Who was there for some seconds was there.
    minutes: Math.max(1, Math.floor(length / MINUTE_MS)),
    from: new Date(Math.min(...inside.map((v) => v.from))).toISOString(),
    to: new Date(Math.max(...inside.map((v) => v.to))).toISOString(),
  };
}

/** By outlet: who watched longest first. An outlet that only took files has a line of its own. */
export function outletsOf(
  journalists: readonly Known[],
  visits: ReadonlyMap<string, readonly Visit[]>,
  air: { from: Date; to: Date },
  { asked, log, taken }: { asked: readonly Asked[]; log: readonly LogQuestion[]; taken: readonly Taken[] },
): ReportOutlet[] {
  const questions = new Map(asked.map((a) => [a.journalistId, a]));
  const outlets = new Map<string, ReportOutlet>();
  const lineOf = (id: string | null, outlet: string): ReportOutlet => {
    const found = outlets.get(outlet);
    if (found) return found;
    const of = log.filter((q) => q.outlet === outlet);
    const line: ReportOutlet = {
      id,
      outlet,
      journalists: [],
      minutes: 0,
      asked: 0,
      turns: 0,
      answered: of.filter((q) => q.state === 'dijawab').length,
      owed: of.filter((q) => q.state === 'ditunda').length,
      files: 0,
      bytes: 0,
    };
    outlets.set(outlet, line);
    return line;
  };
  for (const { id, name, outletId, outlet, member, state } of journalists) {
    const line = lineOf(outletId, outlet);
    const watched = watchedOf(visits.get(member) ?? [], air);
    const { asked: own = 0, turns = 0 } = questions.get(id) ?? {};
    line.journalists.push({ id, name, state, ...watched, asked: own, turns });
    line.minutes += watched.minutes;
    line.asked += own;
    line.turns += turns;
  }
  for (const { outlet, files, bytes } of taken) {
    if (outlet === null) continue;
    const line = lineOf(null, outlet);
    line.files += files;
    line.bytes += bytes;
  }
  return [...outlets.values()].toSorted((a, b) => b.minutes - a.minutes || b.asked - a.asked || a.outlet.localeCompare(b.outlet, 'id'));
}

export function figuresOf(outlets: readonly ReportOutlet[], log: readonly LogQuestion[], taken: readonly Taken[], viewers: number): PressReport['figures'] {
  const journalists = outlets.flatMap((o) => o.journalists);
  const count = (test: (q: LogQuestion) => boolean): number => log.filter(test).length;
  return {
    registered: journalists.length,
    accepted: journalists.filter((j) => j.state === 'diterima').length,
    watched: journalists.filter((j) => j.minutes > 0).length,
    outletsWatched: outlets.filter((o) => o.minutes > 0).length,
    viewers,
    asked: count((q) => q.state !== 'ditarik'),
    turns: outlets.reduce((sum, o) => sum + o.turns, 0),
    answeredOrally: count((q) => q.state === 'dijawab' && q.oral === true),
    answeredInWriting: count((q) => q.state === 'dijawab' && q.oral !== true),
    owed: count((q) => q.state === 'ditunda'),
    refused: count((q) => q.state === 'ditolak'),
    open: count((q) => q.state === 'diajukan' || q.state === 'disaring' || q.state === 'giliran'),
    files: taken.reduce((sum, t) => sum + t.files, 0),
    bytes: taken.reduce((sum, t) => sum + t.bytes, 0),
  };
}
