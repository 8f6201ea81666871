// Planning: meetings for later, one or several, moved and called off; who is not free; which times suit; public holidays.
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import type { Roster } from '../roster/index.ts';
import { createAsking } from './asking.ts';
import { createBusy, type ConferencesOf } from './busy.ts';
import { createHolidays } from './holidays.ts';
import { createPlanned } from './planned.ts';
import { planningRoutes } from './routes.ts';
import { seriesById, type Series } from './store.ts';

type World = { sql: Sql; clock: Clock; people: People; meetings: Meetings; roster: Roster; conferencesOf: ConferencesOf };

export function createPlanning({ sql, clock, people, meetings, roster, conferencesOf }: World) {
  const holidays = createHolidays({ sql, clock, people });
  const busy = createBusy({ people, meetings, roster, conferencesOf });
  const planned = createPlanned({ sql, clock, people, meetings, holidays: holidays.holidays });
  const asking = createAsking({ sql, clock, people, meetings, busy, holidays: holidays.holidays, planned });
  return {
    routes: planningRoutes({ planned, asking, holidays }),
    plan: planned.plan,
    /** Between two days, both included. */
    holidays: holidays.holidays,
    holidaysAsOf: holidays.holidaysAsOf,
    keepHolidays: holidays.keep,
    /** The rule of a series, as a calendar writes it; DTSTART is `startsAt` in `zone`, EXDATE `skipped`. */
    series: (tx: Tx, id: string): Promise<Series | null> => seriesById(tx, id),
    /** Who has said that they do not come stands in nobody's way. */
    heedAnswers: busy.heedAnswers,
  };
}
