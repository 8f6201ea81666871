// What attendance reads of conferences: which were held in which room, from when to when, and who may look at one.
import type { Tx } from '../platform/database.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Access } from './access.ts';
import * as store from './store.ts';

/** `meetingId`: of the conference; meetings and conferences are read alike. It begins when its room opens for the crew. */
export type HeldConference = { meetingId: string; title: string; startsAt: Date; startedAt: Date; endedAt: Date | null };

export function createHeld({ access }: { access: Access }) {
  const byRoom = (rows: readonly store.HeldRow[]): Map<string, HeldConference> =>
    new Map(rows.map(({ roomId, id, ...one }) => [roomId, { meetingId: id, ...one }]));
  return {
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
