// The urgent call: who is called for which post rings at once, answers, and is followed by the ladder until somebody has joined.
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Live } from '../platform/live.ts';
import type { Meter } from '../platform/metrics.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { createAcknowledging } from './acknowledging.ts';
import { createAnswering } from './answering.ts';
import { createBoards } from './board.ts';
import type { Channels } from './channels/index.ts';
import { createClimbing } from './climbing.ts';
import type { Desk } from './desk/index.ts';
import { createIncoming } from './incoming.ts';
import { createJoining } from './joining.ts';
import { ownCalls } from './own.ts';
import { createPlaces } from './places.ts';
import { createPlacing } from './placing.ts';
import { createRinging } from './ringing.ts';
import { callRoutes } from './routes.ts';
import { createRunner } from './runner.ts';
import { calledUnits, neededUnits, standings } from './standings.ts';
import { createSteering } from './steering.ts';
import { createWhereabouts } from './whereabouts.ts';

/** `origin`: where people reach the portal, for links that travel outside it. */
type World = {
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  live: Pick<Live, 'allow' | 'hear' | 'openTabs'>;
  people: Pick<People, 'resolve' | 'opds' | 'noteAccess' | 'chainsFor'>;
  rooms: Rooms;
  meetings: Meetings;
  desk: Desk;
  channels: Channels;
  origin: string;
  meter: Pick<Meter, 'rang'>;
};

export type Calls = ReturnType<typeof createCalls>;
export function createCalls({ sql, clock, log, live, people, rooms, meetings, desk, channels, origin, meter }: World) {
  const places = createPlaces({ people });
  const whereabouts = createWhereabouts({ clock, meetings, rooms });
  const ringing = createRinging({ clock, live, meetings, channels, origin });
  const climbing = createClimbing({ clock, people, meetings, places, ringing, whereabouts });
  const placing = createPlacing({ sql, clock, people, meetings, desk, ringing, whereabouts });
  const answering = createAnswering({ sql, clock, meetings, places, ringing });
  const steering = createSteering({ sql, clock, meetings, places, climbing, ringing, whereabouts });
  const boards = createBoards({ sql, clock, people, meetings, channels, places, whereabouts, origin });
  const incoming = createIncoming({ sql, clock, meetings, rooms, places });
  const { notePresence, noteEnded } = createJoining({ clock, meetings, ringing, whereabouts });
  const { hear, noteHop } = createAcknowledging({ sql, clock, meter });
  const { runLadder } = createRunner({ sql, clock, log, meetings, climbing });

  live.allow('call', async ({ person }, id) => person !== null && boards.mayWatch(person, id));
  live.hear('ringing', hear);
  channels.onHop(noteHop);
  rooms.onPresence(notePresence);
  meetings.onEnded(noteEnded);

  const standingsOf = (tx: Tx, meetingIds: readonly string[]) => standings({ people, places }, tx, meetingIds);
  const routes = callRoutes({ ...placing, ...answering, ...steering, ...boards, ...incoming });
  return { routes, runLadder, ownCalls, standings: standingsOf, unitsOf: calledUnits, quorumOf: neededUnits };
}
