// Endpoint → verb.
import * as wire from '../../shared/press.ts';
import { serve, type Route } from '../platform/serve.ts';
import type { createGoing } from './going.ts';
import type { createPlanning } from './planning.ts';
import type { Showing } from './showing.ts';

type Verbs = ReturnType<typeof createPlanning> & ReturnType<typeof createGoing> & Pick<Showing, 'one' | 'list' | 'schedule' | 'publicOne'>;

export const pressRoutes = (press: Verbs): Route[] => [
  serve(wire.getConferences, ({ person }) => press.list(person)),
  serve(wire.postConference, ({ person, body }) => press.plan(person, body)),
  serve(wire.getConference, ({ caller, params }) => press.one(caller, params.id)),
  serve(wire.putConference, ({ person, caller, params, body, language }) => press.change(person, caller, params.id, body, language)),
  serve(wire.postCrew, ({ person, caller, params, body, language }) => press.addCrew(person, caller, params.id, body, language)),
  serve(wire.deleteCrew, ({ person, caller, params, language }) => press.removeCrew(person, caller, params.id, params.crew, language)),
  serve(wire.putCrewOrder, ({ person, caller, params, body, language }) => press.orderCrew(person, caller, params.id, body.order, language)),
  serve(wire.postCrewLink, ({ person, caller, params, language }) => press.renewLink(person, caller, params.id, params.crew, language)),
  serve(wire.getChecks, ({ caller, params, language }) => press.checks(caller, params.id, language)),
  serve(wire.putCheck, ({ person, caller, params, body, language }) => press.setCheck(person, caller, params.id, params.name, body, language)),
  serve(wire.postConferenceState, ({ person, caller, params, body, language }) => press.setState(person, caller, params.id, body.to, language)),
  serve(wire.postCancellation, ({ person, caller, params, body, language }) => press.cancel(person, caller, params.id, body.reason, language)),
  serve(wire.getPress, () => press.schedule()),
  serve(wire.getPressConference, ({ params }) => press.publicOne(params.slug)),
];
