// Endpoint → verb.
import * as wire from '../../shared/chat.ts';
import * as showing from '../../shared/materials.ts';
import * as polling from '../../shared/polls.ts';
import { serve, type Route } from '../platform/serve.ts';
import type { createChat } from './chat.ts';
import type { createMaterials } from './materials.ts';
import type { createPolls } from './polls.ts';
import type { Uploads } from './uploads.ts';

type Verbs = { chat: ReturnType<typeof createChat>; uploads: Uploads; polls: ReturnType<typeof createPolls>; materials: ReturnType<typeof createMaterials> };

export const roomRecordRoutes = ({ chat, uploads, polls, materials }: Verbs): Route[] => [
  serve(wire.getChat, ({ caller, params, query }) => chat.read(caller, params.id, query)),
  serve(wire.postChat, ({ caller, params, body }) => chat.say(caller, params.id, body)),
  serve(wire.deleteChat, ({ caller, params }) => chat.takeBack(caller, params.id, params.message)),
  serve(wire.getChatFile, ({ caller, params, query, ...asked }) => chat.fileOf(asked, caller, params.id, params.message, query.thumb === '1')),
  serve(wire.getChatText, ({ caller, person, params }) => chat.text(caller, person, params.id)),
  serve(wire.postRoomUpload, ({ caller, params, body }) =>
    uploads.announce(caller, params.id, body, body.purpose === 'materi' ? materials.mayPutUp : chat.mayWrite),
  ),
  serve(wire.putRoomPart, ({ caller, params, body }) => uploads.part(caller, params.id, params.upload, params.part, body)),
  serve(wire.deleteRoomUpload, ({ caller, params }) => uploads.giveUp(caller, params.id, params.upload)),
  serve(polling.getPolls, ({ caller, params }) => polls.read(caller, params.id)),
  serve(polling.postPoll, ({ caller, params, body }) => polls.ask(caller, params.id, body)),
  serve(polling.postPollOpening, ({ caller, params }) => polls.openOne(caller, params.id, params.poll)),
  serve(polling.postPollClosing, ({ caller, params }) => polls.closeOne(caller, params.id, params.poll)),
  serve(polling.putVote, ({ caller, params, body }) => polls.vote(caller, params.id, params.poll, body.choices)),
  serve(showing.getMaterials, ({ caller, params }) => materials.read(caller, params.id)),
  serve(showing.postMaterial, ({ caller, params, body }) => materials.putUp(caller, params.id, body)),
  serve(showing.deleteMaterial, ({ caller, params }) => materials.takeDown(caller, params.id, params.material)),
  serve(showing.getMaterialFile, ({ caller, params, query, ...asked }) => materials.fileOf(asked, caller, params.id, params.material, query.save === '1')),
  serve(showing.putShowing, ({ caller, params, body }) => materials.show(caller, params.id, body)),
  serve(showing.putPresenter, ({ caller, params, body }) => materials.letPresent(caller, params.id, params.member, body.presents)),
];
