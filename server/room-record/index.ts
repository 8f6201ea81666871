// What is kept with the room: chat with files, polls, materials shown in step.
import type { Clock } from '../platform/clock.ts';
import type { Sql } from '../platform/database.ts';
import type { Files } from '../platform/files.ts';
import type { Scanner } from '../platform/scanner.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import { createAccess, type AccessWorld } from './access.ts';
import { createChat } from './chat.ts';
import { createMaterials } from './materials.ts';
import { createPolls } from './polls.ts';
import { roomRecordRoutes } from './routes.ts';
import { createUploads, type Cleaned } from './uploads.ts';

type World = AccessWorld & {
  sql: Sql;
  clock: Clock;
  files: Files;
  people: Pick<People, 'opds' | 'noteAccess' | 'persons'>;
  meetings: Pick<Meetings, 'onEnded'>;
  /** Seals what is secret, together with what stands in the database. */
  secret: string;
  /** The one before. */
  formerSecret?: string | null;
  scanner: Pick<Scanner, 'judge'>;
  cleanPicture: (bytes: Buffer) => Promise<Cleaned>;
};
export type RoomRecord = ReturnType<typeof createRoomRecord>;

export function createRoomRecord(world: World) {
  const access = createAccess(world);
  const uploads = createUploads({ ...world, access });
  const chat = createChat({ ...world, access, uploads });
  const polls = createPolls({ ...world, access });
  const materials = createMaterials({ ...world, access, uploads });
  world.meetings.onEnded(polls.endAll);
  return { routes: roomRecordRoutes({ chat, uploads, polls, materials }), sweepUploads: uploads.sweep, pollsOf: polls.recorded };
}
