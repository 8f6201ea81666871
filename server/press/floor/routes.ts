// Endpoint → verb.
import * as wire from '../../../shared/press-floor.ts';
import { serve, type Route } from '../../platform/serve.ts';
import type { createAnswering } from './answering.ts';
import type { createAsking } from './asking.ts';
import type { Giving } from './giving.ts';

type Verbs = { asking: ReturnType<typeof createAsking>; giving: Giving; answering: ReturnType<typeof createAnswering> };

export const floorRoutes = ({ asking, giving, answering }: Verbs): Route[] => [
  serve(wire.getFloor, ({ caller, params }) => asking.viewOf(caller, params)),
  serve(wire.postQuestion, ({ caller, params, body }) => asking.raise(caller, params.slug, body)),
  serve(wire.postAdvanceRaise, ({ caller, params }) => asking.raiseAdvance(caller, params.slug, params.question)),
  serve(wire.deleteQuestion, ({ caller, params }) => asking.withdraw(caller, params.slug, params.question)),
  serve(wire.postFloorReturn, ({ caller, params }) => asking.giveBack(caller, params.slug)),
  serve(wire.postScreening, ({ caller, person, params, body }) => giving.screen(caller, person, params, body)),
  serve(wire.postMove, ({ caller, person, params, body }) => giving.move(caller, person, params, body)),
  serve(wire.postGive, ({ caller, person, params, body }) => giving.give(caller, person, params, body.reason)),
  serve(wire.postRelease, ({ caller, person, params, body }) => giving.release(caller, person, params, body.outcome)),
  serve(wire.postFollowUp, ({ caller, person, params }) => giving.followUp(caller, person, params)),
  serve(wire.getQuestions, ({ caller, person, params }) => answering.list(caller, person, params.id)),
  serve(wire.postAnswer, ({ caller, person, params, body }) => answering.answer(caller, person, params, body)),
  serve(wire.getOwed, ({ person }) => answering.owed(person)),
  serve(wire.getPressLog, ({ params }) => answering.logBySlug(params.slug)),
];
