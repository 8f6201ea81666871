// Endpoint → verb.
import * as wire from '../../shared/lobby.ts';
import { serve, type Route } from '../platform/serve.ts';
import type { createDeciding } from './deciding.ts';
import type { createSetting } from './setting.ts';
import type { createWaiting } from './waiting.ts';

type Parts = { waiting: ReturnType<typeof createWaiting>; deciding: ReturnType<typeof createDeciding>; setting: ReturnType<typeof createSetting> };

export const lobbyRoutes = ({ waiting, deciding, setting }: Parts): Route[] => [
  serve(wire.postLobbyView, ({ body, caller, language, request }) => waiting.look(body, { caller, language, ip: request.ip })),
  serve(wire.postKnock, ({ body, caller, language, request }) => waiting.knock(body, { caller, language, ip: request.ip })),
  serve(wire.deleteKnock, ({ params, caller }) => waiting.leave(params.id, caller)),
  serve(wire.getLobbyDesk, ({ person, params }) => deciding.desk(person, params.id)),
  serve(wire.getMyLobbies, ({ person }) => deciding.mine(person)),
  serve(wire.postLobbyDecision, ({ person, params, body }) => deciding.decideAll(person, params.id, body)),
  serve(wire.putLobbyMessage, ({ person, params, body }) => deciding.message(person, params.id, body)),
  serve(wire.getLobbySetting, ({ person, params }) => setting.read(person, params.id)),
  serve(wire.putLobbySetting, ({ person, params, body }) => setting.save(person, params.id, body)),
  serve(wire.postLobbyLink, ({ person, params }) => setting.renew(person, params.id)),
];
