// Proceedings: agenda, quorum of units, decisions read back and confirmed in the room, roll-call. Of any meeting, called or planned.
import type { FastifyBaseLogger } from 'fastify';
import type { MeetingRecord } from '../../shared/proceedings.ts';
import type { Tx } from '../platform/database.ts';
import { oneAtATime } from '../platform/in-turn.ts';
import { refuse } from '../platform/refusal.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { createDesk, type DeskWorld } from './desk.ts';
import { createReading } from './reading.ts';
import { proceedingsRoutes } from './routes.ts';
import * as store from './store.ts';

/** Many come at once: the quorum of a meeting is looked at once for all of them. */
const GATHER_MS = 400;
type World = DeskWorld & { log: FastifyBaseLogger; rooms: Pick<Rooms, 'onPresence'>; meetings: Pick<Meetings, 'idsByRoom'> };
export type Proceedings = ReturnType<typeof createProceedings>;

export function createProceedings(world: World) {
  const { rooms, meetings, log } = world;
  const reading = createReading(world);
  const desk = createDesk(world, reading);
  const waiting = new Map<string, NodeJS.Timeout>();
  const settling = new Set<Promise<void>>();
  /** Where many meetings begin at once this holds one connection, not all of the pool: the webhooks that tell of it need one too. */
  const inTurn = oneAtATime();

  rooms.onPresence(async (tx, members) => {
    for (const id of (await meetings.idsByRoom(tx, [...members.keys()])).values()) soon(id);
  });

  /** After the transaction of whoever came has ended. What a portal that dies leaves undone, the next look at the meeting does. */
  function soon(id: string): void {
    if (waiting.has(id)) return;
    waiting.set(
      id,
      setTimeout(() => {
        const work = inTurn(() => settle(id)).catch((error: unknown) => log.warn({ err: error, meetingId: id }, 'quorum was not settled'));
        settling.add(work);
        void work.finally(() => settling.delete(work));
      }, GATHER_MS).unref(),
    );
  }

  /** Whoever comes from here on is looked at once more. */
  async function settle(id: string): Promise<void> {
    if (waiting.delete(id)) await desk.settleNow(id);
  }

  /** What the minutes and the tasks take over; no access check. Of a meeting that runs, as it is now. */
  async function record(tx: Tx, meetingId: string): Promise<MeetingRecord> {
    const scene = (await reading.sceneOf(tx, meetingId)) ?? refuse('not_found');
    await desk.prepare(tx, scene);
    return reading.recordOf(tx, scene);
  }

  async function stop(): Promise<void> {
    waiting.forEach(clearTimeout);
    waiting.clear();
    await Promise.all(settling);
  }

  return {
    routes: proceedingsRoutes(desk),
    record,
    notulisOf: store.notulisOf,
    rollMarks: reading.rollMarks,
    onDecided: desk.onDecided,
    setAgendaSource: desk.setAgendaSource,
    stop,
  };
}
