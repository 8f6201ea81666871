// Endpoint → verb.
import type { FastifyRequest } from 'fastify';
import * as wire from '../../../shared/press-room.ts';
import { knownDevice } from '../../platform/marks.ts';
import { serve, signallingUrl, type Route } from '../../platform/serve.ts';
import type { Entering, From } from './entering.ts';

/** Before the handler asks for the device, which would give the browser a cookie. */
const from = (request: FastifyRequest): From => ({ ip: request.ip, cookie: knownDevice(request) !== null });

export const roomRoutes = (room: Entering, origin: string | null): Route[] => [
  serve(wire.postPressJoin, ({ caller, params, request }) => room.join(caller, params.slug, from(request), signallingUrl(request, origin))),
  serve(wire.postPressTicket, ({ caller, params, body, language, request }) =>
    room.ticket(caller, params.slug, { ...body, language }, from(request), signallingUrl(request, origin)),
  ),
  serve(wire.getPressRoom, ({ caller, params }) => room.room(caller, params.slug)),
  serve(wire.postPressLeave, ({ caller, params, body }) => room.leave(caller, params.slug, body.identity)),
  serve(wire.postPressRemoval, ({ caller, person, params }) => room.remove(caller, person, params.id, params.member)),
];
