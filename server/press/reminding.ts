// Which conferences are to come, and their crew: what reminders are made from.
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import type { Ahead, Hearer, ReminderSource } from '../notifications/index.ts';
import type { People } from '../people/index.ts';
import type { Crew } from './crew.ts';
import * as store from './store.ts';
import type { Conf } from './store.ts';

type World = {
  clock: Clock;
  people: Pick<People, 'opds'>;
  crew: { crewOf: (tx: Tx, conf: Conf) => Promise<Crew[]>; linkTo: (conf: Conf, one: Crew) => `/${string}` | null };
};

export function createReminding({ clock, people, crew }: World): ReminderSource {
  async function views(tx: Tx, rows: readonly (Conf & store.Hour)[]): Promise<Ahead[]> {
    const opds = new Map((rows.length === 0 ? [] : await people.opds(tx)).map((opd) => [opd.id, opd.name]));
    return rows.map(({ id, title, place, startsAt, zone, opdId, hourVersion, hourSince }) => ({
      id,
      title,
      place,
      startsAt,
      zone,
      opdName: opds.get(opdId) ?? '',
      version: hourVersion,
      since: hourSince,
    }));
  }

  /** Each once, whatever their tasks. */
  async function hearers(tx: Tx, id: string): Promise<Hearer[]> {
    const conf = await store.conferenceById(tx, id);
    const all = conf ? await crew.crewOf(tx, conf) : [];
    const added = await store.addedAt(tx, id);
    const byMember = new Map<string, Hearer>();
    for (const one of all) {
      if (!conf || one.member === null || byMember.has(one.member)) continue;
      const rows = all.filter(({ member }) => member === one.member).map((row) => added.get(row.id)?.getTime() ?? 0);
      const since = new Date(Math.min(...rows));
      const path = crew.linkTo(conf, one) ?? `/konferensi/${id}`;
      if (one.guest) byMember.set(one.member, { member: one.member, since, path, personId: null, name: one.name, email: one.email });
      else if (one.personId !== null) byMember.set(one.member, { member: one.member, since, path, personId: one.personId });
    }
    return [...byMember.values()];
  }

  return {
    name: 'konferensi',
    ahead: async (tx, from, to) => views(tx, await store.startingBetween(tx, from, to)),
    one: async (tx, id, held) => (await views(tx, await store.toCome(tx, id, held, clock.now())))[0] ?? null,
    hearers,
  };
}
