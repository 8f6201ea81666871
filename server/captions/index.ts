// Captions: who types them, what is shown while people speak, and the transcript that is left of it.
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { serve, type Route } from '../platform/serve.ts';
import * as wire from '../../shared/captions.ts';
import type { People } from '../people/index.ts';
import { createAccess, type AccessWorld } from './access.ts';
import { vttSegment } from './cues.ts';
import { createDesk } from './desk.ts';
import { createReading } from './reading.ts';

/** A line that began this long before a segment may still stand in it. */
const LONGEST_MS = 60_000;

type World = AccessWorld & { sql: Sql; clock: Clock; people: Pick<People, 'opds' | 'noteAccess' | 'persons'> };

export function createCaptions(world: World) {
  const access = createAccess(world);
  const reading = createReading({ ...world, access });
  const desk = createDesk({ ...world, access, reading });
  const routes: Route[] = [
    serve(wire.getCaptions, ({ caller, params, query }) => reading.read(caller, params, query.after)),
    serve(wire.getCaptionDesk, ({ caller, params }) => desk.desk(caller, params)),
    serve(wire.postCaptions, ({ caller, params, body }) => desk.say(caller, params, body)),
    serve(wire.putCaptionDraft, ({ caller, params, body }) => desk.draft(caller, params, body)),
    serve(wire.putCaption, ({ caller, params, body }) => desk.correct(caller, params, body)),
    serve(wire.postCaptionConfirmation, ({ caller, params, body }) => desk.confirm(caller, params, body.lines)),
    serve(wire.getTranscript, ({ caller, params, query }) => reading.transcript(caller, params, query.q)),
    serve(wire.getCaptionsVtt, ({ caller, params, language }) => reading.fileOf(caller, params, 'vtt', language)),
    serve(wire.getTranscriptText, ({ caller, params, language }) => reading.fileOf(caller, params, 'txt', language)),
    serve(wire.getTranscriptWord, ({ caller, params, language }) => reading.fileOf(caller, params, 'docx', language)),
    serve(wire.putTranscriptPublic, ({ caller, person, params, body }) => desk.publish(caller, person, params, body.published)),
    serve(wire.getCaptioners, ({ caller, params }) => desk.captioners(caller, params)),
    serve(wire.putCaptioner, ({ caller, person, params, body }) => desk.name(caller, person, params, body)),
    serve(wire.putCaptionShorts, ({ caller, params, body }) => desk.putShorts(caller, params, body)),
  ];
  /** The subtitles beside one segment of the stream of a conference; `clock`: which instant its timestamp stands for. */
  const subtitles = async (tx: Tx, id: string, from: Date, to: Date, clock?: { zero: number; mpegts: number }): Promise<string> =>
    vttSegment(await reading.linesBetween(tx, { of: 'pers', id }, new Date(from.getTime() - LONGEST_MS), to), from.getTime(), to.getTime(), clock);
  return { routes, heard: desk.heard, subtitles };
}
