// Endpoint → verb.
import * as wire from '../../shared/planning.ts';
import { serve, type Route } from '../platform/serve.ts';
import type { createAsking } from './asking.ts';
import { readHolidays, type createHolidays } from './holidays.ts';
import type { createPlanned } from './planned.ts';

type Verbs = { planned: ReturnType<typeof createPlanned>; asking: ReturnType<typeof createAsking>; holidays: ReturnType<typeof createHolidays> };

export const planningRoutes = ({ planned, asking, holidays }: Verbs): Route[] => [
  serve(wire.postMeeting, ({ person, body }) => planned.plan(person, body)),
  serve(wire.getPlan, ({ person, params }) => planned.view(person, params.id)),
  serve(wire.putPlan, ({ person, params, body }) => planned.change(person, params.id, body)),
  serve(wire.postCancellation, ({ person, params, body }) => planned.cancel(person, params.id, body)),
  serve(wire.postPlanInvitations, ({ person, params, body }) => planned.inviteMore(person, params.id, body)),
  serve(wire.getPlanChanges, ({ caller, params }) => planned.changes(caller, params.id)),
  serve(wire.postConflicts, ({ person, body }) => asking.conflicts(person, body)),
  serve(wire.postTimes, ({ person, body }) => asking.times(person, body)),
  serve(wire.getHolidays, ({ query }) => holidays.ofYear(query.year)),
  serve(wire.putHolidays, ({ person, body }) => holidays.put(person, body)),
  serve(wire.postHolidayReading, ({ body }) => readHolidays(body)),
];
