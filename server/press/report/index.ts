// What came of a conference: read anew each time from what was witnessed, asked and taken; nothing of it is kept twice.
import type { z } from 'zod';
import type { PressReport } from '../../../shared/press-report.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { governmentOf } from '../../platform/region.ts';
import { refuse } from '../../platform/refusal.ts';
import type { Outages } from '../../platform/outages.ts';
import { serve, type Route, type ServedFile, type SignedIn } from '../../platform/serve.ts';
import * as wire from '../../../shared/press-report.ts';
import type { Letters } from '../../letters/index.ts';
import type { People } from '../../people/index.ts';
import type { PressDesk } from '../desk/index.ts';
import type { PressFloor } from '../floor/index.ts';
import type { Conf, Press } from '../index.ts';
import type { Kit } from '../kit/index.ts';
import type { PressRoom } from '../room/index.ts';
import { reportPaper } from './paper.ts';
import { figuresOf, outletsOf, watchedOf, type Visit } from './rule.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'noteAccess' | 'regionName'>;
  press: Press;
  desk: PressDesk;
  room: PressRoom;
  floor: PressFloor;
  kit: Kit;
  letters: Pick<Letters, 'pdf' | 'origin'>;
  outages: Pick<Outages, 'between'>;
  /** Who was in a room between two instants, by member. */
  visitsIn: (tx: Tx, roomId: string, window: { from: Date | null; to: Date | null; now: Date }) => Promise<ReadonlyMap<string, readonly Visit[]>>;
};
const MINUTE_MS = 60_000;

export function createPressReport({ sql, clock, people, press, desk, room, floor, kit, letters, outages, visitsIn }: World) {
  /** For operators and for whoever manages the OPD; a conference that one may not see is not there. */
  async function readable(tx: Tx, person: SignedIn, id: string): Promise<Conf & { liveAt: Date; roomId: string }> {
    const conf = await press.conference(tx, id);
    if (!conf || !(press.mayOperate(person) || press.oversees(person, conf))) refuse('not_found');
    const { liveAt, roomId } = conf;
    if (liveAt === null || roomId === null || liveAt > clock.now()) refuse('report.too_early');
    return { ...conf, liveAt, roomId };
  }

  async function build(tx: Tx, conf: Conf & { liveAt: Date; roomId: string }): Promise<z.input<typeof PressReport>> {
    const now = clock.now();
    const air = { from: conf.liveAt, to: conf.endedAt ?? now };
    const visits = await visitsIn(tx, conf.roomId, { from: conf.liveAt, to: conf.endedAt, now });
    const journalists = await desk.registered(tx, conf.id);
    const questions = await floor.record(tx, conf);
    const taken = await kit.downloads(tx, conf.id);
    const outlets = outletsOf(journalists, visits, air, { asked: await floor.figures(tx, conf.id), log: questions, taken });
    return {
      conference: await press.publicView(tx, conf),
      minutes: Math.floor((air.to.getTime() - air.from.getTime()) / MINUTE_MS),
      figures: figuresOf(outlets, questions, taken, await room.watched(tx, conf)),
      outlets,
      crew: (await press.crewOf(tx, conf.id)).map(({ role, name, label, member }) => ({
        role,
        name,
        label,
        ...watchedOf(visits.get(member ?? '') ?? [], air),
      })),
      questions,
      waived: (await press.waivers(tx, conf.id)).map(({ name, reason, byName }) => ({ name, reason, byName })),
      outages: (await outages.between(tx, air.from, air.to)).map(({ from, to }) => ({ from: from.toISOString(), to: to?.toISOString() ?? null })),
      serverTime: now.toISOString(),
    };
  }

  /** `what`: as the log of who read a list of people has it. */
  const take = (person: SignedIn, id: string, what: string) =>
    sql.begin(async (tx) => {
      const conf = await readable(tx, person, id);
      const report = await build(tx, conf);
      await people.noteAccess(tx, { by: person.id, what, subject: conf.title, count: report.figures.registered });
      return { conf, report };
    });

  const read = async (person: SignedIn, id: string): Promise<z.input<typeof PressReport>> => (await take(person, id, 'laporan pers')).report;

  async function pdf(person: SignedIn, id: string): Promise<ServedFile> {
    const { conf, report } = await take(person, id, 'laporan pers (PDF)');
    const now = clock.now();
    const region = governmentOf(await people.regionName(sql));
    const paper = reportPaper(report, { zone: conf.zone, by: person.name, now, region, url: `${letters.origin}/pers/${conf.slug}` });
    return { content: await letters.pdf('laporan-konferensi', paper, now), name: `Laporan konferensi pers ${conf.slug}.pdf` };
  }

  const routes: Route[] = [
    serve(wire.getPressReport, ({ person, params }) => read(person, params.id)),
    serve(wire.getPressReportPdf, ({ person, params }) => pdf(person, params.id)),
  ];
  return { routes };
}
