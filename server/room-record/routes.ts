// Endpoint → verb.
import * as wire from '../../shared/chat.ts';
import { serve, type Route } from '../platform/serve.ts';
import type { createChat } from './chat.ts';
import type { Uploads } from './uploads.ts';

type Verbs = { chat: ReturnType<typeof createChat>; uploads: Uploads };

export const roomRecordRoutes = ({ chat, uploads }: Verbs): Route[] => [
  serve(wire.getChat, ({ caller, params, query }) => chat.read(caller, params.id, query)),
  serve(wire.postChat, ({ caller, params, body }) => chat.say(caller, params.id, body)),
  serve(wire.deleteChat, ({ caller, params }) => chat.takeBack(caller, params.id, params.message)),
  serve(wire.getChatFile, ({ caller, params, query, ...asked }) => chat.fileOf(asked, caller, params.id, params.message, query.thumb === '1')),
  serve(wire.getChatText, ({ caller, person, params }) => chat.text(caller, person, params.id)),
  serve(wire.postRoomUpload, ({ caller, params, body }) => uploads.announce(caller, params.id, body, chat.mayWrite)),
  serve(wire.putRoomPart, ({ caller, params, body }) => uploads.part(caller, params.id, params.upload, params.part, body)),
  serve(wire.deleteRoomUpload, ({ caller, params }) => uploads.giveUp(caller, params.id, params.upload)),
];
