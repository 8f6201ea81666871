// Endpoint → verb.
import * as wire from '../../shared/moderation.ts';
import { serve, type Route } from '../platform/serve.ts';
import type { createLeading } from './leading.ts';
import type { Looking } from './looking.ts';

export const moderationRoutes = (leading: ReturnType<typeof createLeading>, looking: Looking): Route[] => [
  serve(wire.postMute, ({ person, params, body }) => leading.mute(person, params.id, body.member)),
  serve(wire.putLocks, ({ person, params, body }) => leading.lock(person, params.id, body)),
  serve(wire.putRules, ({ person, params, body }) => leading.setRules(person, params.id, body)),
  serve(wire.postMicrophone, ({ caller, params }) => leading.openMicrophone(caller, params.id)),
  serve(wire.putSpotlight, ({ person, params, body }) => leading.spot(person, params.id, body)),
  serve(wire.deleteHands, ({ person, params }) => leading.lowerHands(person, params.id)),
  serve(wire.postTurn, ({ person, params, body }) => leading.give(person, params.id, body)),
  serve(wire.deleteTurn, ({ caller, params }) => leading.release(caller, params.id, params.turn)),
  serve(wire.putMeetingRole, ({ person, params, body }) => leading.appoint(person, params.id, params.member, body.role)),
  serve(wire.postTakeover, ({ caller, person, params, body }) => leading.takeOver(caller, person, params.id, body.reason)),
  serve(wire.getActs, ({ person, params }) => looking.acts(person, params.id)),
];
