// Endpoint → verb.
import * as wire from '../../shared/proceedings.ts';
import { serve, type Route } from '../platform/serve.ts';
import type { ProceedingsDesk } from './desk.ts';

export const proceedingsRoutes = (desk: ProceedingsDesk): Route[] => [
  serve(wire.getProceedings, ({ caller, params }) => desk.open(caller, params.id)),
  serve(wire.putAgenda, ({ caller, params, body }) => desk.setAgenda(caller, params.id, body)),
  serve(wire.putAgendaNow, ({ caller, params, body }) => desk.setAgendaNow(caller, params.id, body)),
  serve(wire.putNotulis, ({ person, params, body }) => desk.nameNotulis(person, params.id, body.personId)),
  serve(wire.putQuorum, ({ person, params, body }) => desk.setQuorum(person, params.id, body)),
  serve(wire.postDecision, ({ caller, params, body }) => desk.draft(caller, params.id, body)),
  serve(wire.putDecision, ({ caller, params, body }) => desk.change(caller, params.id, params.decision, body)),
  serve(wire.postReading, ({ caller, params, body }) => desk.read(caller, params.id, params.decision, body.version)),
  serve(wire.deleteReading, ({ caller, params }) => desk.unread(caller, params.id, params.decision)),
  serve(wire.putVoice, ({ caller, params, body }) => desk.speak(caller, params.id, params.decision, body)),
  serve(wire.postConfirmation, ({ person, params, body }) => desk.confirm(person, params.id, params.decision, body)),
  serve(wire.postDecisionRevocation, ({ person, params, body }) => desk.revoke(person, params.id, params.decision, body.reason)),
  serve(wire.postRollCall, ({ caller, params, body }) => desk.callRoll(caller, params.id, body.after)),
  serve(wire.putRollMark, ({ caller, params, body }) => desk.mark(caller, params.id, params.member, body)),
];
