// What attendance reads of conferences: which were held in which room, from when to when, and who may look at one.
import type { Tx } from '../platform/database.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Access } from './access.ts';
import type { CrewDesk } from './crew.ts';
import { isOver } from './states.ts';
import * as store from './store.ts';

/** Taken for what has no end. */
const LASTS_MS = 3_600_000;

/** `meetingId`: of the conference; meetings and conferences are read alike. It begins when its room opens for the crew. */
export type HeldConference = { meetingId: string; title: string; startsAt: Date; startedAt: Date; endedAt: Date | null };

export function createHeld({ access, crew }: { access: Access; crew: Pick<CrewDesk, 'crewOfAll'> }) {
  const byRoom = (rows: readonly store.HeldRow[]): Map<string, HeldConference> =>
    new Map(rows.map(({ roomId, id, ...one }) => [roomId, { meetingId: id, ...one }]));
  /** Where these persons are of the crew, planned or on air, between two instants. `title` null: not this reader's. */
  async function crewSpans(tx: Tx, personIds: readonly string[], { from, to }: { from: Date; to: Date }, reader: SignedIn | null) {
    const confs = (await store.conferencesBetween(tx, from, to)).filter((conf) => !isOver(conf.state));
    const crews = confs.length === 0 ? new Map<string, never[]>() : await crew.crewOfAll(tx, confs);
    const asked = new Set(personIds);
    const spans: { personId: string; title: string | null; from: Date; to: Date }[] = [];
    for (const conf of confs) {
      const persons = new Set((crews.get(conf.id) ?? []).flatMap((one) => (one.personId !== null && asked.has(one.personId) ? [one.personId] : [])));
      if (persons.size === 0) continue;
      const opens = reader === null || conf.announcedAt !== null || (await access.mayRead(tx, reader, conf));
      const end = conf.endsAt ?? new Date(conf.startsAt.getTime() + LASTS_MS);
      for (const personId of persons) spans.push({ personId, title: opens ? conf.title : null, from: conf.startsAt, to: end });
    }
    return spans;
  }

  return {
    crewSpans,
    heldBetween: async (tx: Tx, from: Date, to: Date): Promise<Map<string, HeldConference>> => byRoom(await store.heldBetween(tx, from, to)),
    heldIn: async (tx: Tx, roomIds: readonly string[]): Promise<Map<string, HeldConference>> => byRoom(await store.heldIn(tx, roomIds)),
    async named(tx: Tx, ids: readonly string[], reader: SignedIn | null): Promise<Map<string, { title: string; opens: boolean }>> {
      const found = new Map<string, { title: string; opens: boolean }>();
      for (const conf of await store.conferencesByIds(tx, ids))
        found.set(conf.id, { title: conf.title, opens: reader !== null && (await access.mayRead(tx, reader, conf)) });
      return found;
    },
  };
}
