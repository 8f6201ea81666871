// Questions and the floor: raised by journalists, ordered fairly by outlet, given by the moderator, answered by word or in writing.
import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database.ts';
import type { Mail } from '../../platform/mail.ts';
import type { People } from '../../people/index.ts';
import type { Rooms } from '../../rooms/index.ts';
import type { PressDesk } from '../desk/index.ts';
import type { Press } from '../index.ts';
import type { PressRoom } from '../room/index.ts';
import { createAnswering } from './answering.ts';
import { createAsking } from './asking.ts';
import { createGiving } from './giving.ts';
import { floorRoutes } from './routes.ts';
import { createScenes } from './scene.ts';
import { createTelling, type TellingWorld } from './telling.ts';
import { createTurns } from './turns.ts';

type World = TellingWorld & {
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  people: Pick<People, 'noteAccess' | 'holdersOf' | 'opds'>;
  press: Press;
  desk: PressDesk;
  room: PressRoom;
  rooms: Pick<Rooms, 'standing' | 'members' | 'onPresence' | 'onApplied' | 'silence' | 'tellAgain'>;
  mail: Mail;
};
export type PressFloor = ReturnType<typeof createFloor>;

export function createFloor(world: World) {
  const { desk } = world;
  const scenes = createScenes(world);
  const telling = createTelling(world);
  const turns = createTurns(world, telling);
  const asking = createAsking(world, { scenes, turns });
  const giving = createGiving(world, { scenes, turns, viewOf: asking.viewOf });
  const answering = createAnswering(world, { scenes, turns, giving, telling });

  desk.onAdvance(async (tx, conf, journalist, question) => {
    await asking.keep(tx, conf, journalist, { ...question, key: randomUUID(), advance: true });
  });
  desk.onJoined(giving.joined);

  return {
    routes: floorRoutes({ asking, giving, answering }),
    runFloor: giving.runFloor,
    remind: answering.remind,
    log: answering.log,
    record: answering.record,
    figures: answering.figures,
    stop: giving.stop,
  };
}
