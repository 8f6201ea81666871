// Piket sekarang: who is on duty in each OPD, who comes next, and whether they can be reached.
import { isReachable } from '../../../shared/calls.ts';
import { getDuty, type DutyOfficer, type DutyOffice } from '../../../shared/duty.ts';
import type { Reach } from '../../../shared/calls.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { serve, type Route, type SignedIn } from '../../platform/serve.ts';
import type { People } from '../../people/index.ts';
import type { OnDuty, Roster } from '../../roster/index.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'opds' | 'noteAccess'>;
  roster: Pick<Roster, 'dutyBetween'>;
  reach: (tx: Tx, personIds: readonly string[]) => Promise<Map<string, Reach>>;
  mayCall: (tx: Tx, personId: string) => Promise<boolean>;
};
const WEEK_MS = 7 * 24 * 3_600_000;

export function createDuty({ sql, clock, people, roster, reach, mayCall }: World) {
  async function offices(person: SignedIn) {
    return sql.begin(async (tx) => {
      const now = clock.now();
      const opds = (await people.opds(tx)).filter(({ parentId }) => parentId === null);
      const opdIds = opds.map(({ id }) => id);
      const duties = await roster.dutyBetween(tx, { opdIds }, now, new Date(now.getTime() + WEEK_MS));
      const shown = opds.map((opd) => ({
        opd,
        ...nowAndNext(
          duties.filter(({ opdId }) => opdId === opd.id),
          now,
        ),
      }));
      const ids = [...new Set(shown.flatMap((office) => [...office.now, ...office.next].map(({ personId }) => personId)))];
      const reaches = ids.length === 0 ? new Map<string, Reach>() : await reach(tx, ids);
      if (ids.length > 0) await people.noteAccess(tx, { by: person.id, what: 'piket.baca', subject: 'piket sekarang', count: ids.length, persons: ids });
      const view = ({ personId, name, label, unitName, shift, from, until, basis }: OnDuty): DutyOfficer => {
        const known = reaches.get(personId);
        return {
          personId,
          name,
          label,
          unitName,
          shift,
          from: from.toISOString(),
          until: until.toISOString(),
          basis,
          reachable: !!known && isReachable(known),
        };
      };
      return {
        offices: shown.map(({ opd: { id, name, abbreviation, zone }, ...office }): DutyOffice => ({
          opd: { id, name, abbreviation, zone },
          now: office.now.map(view),
          next: office.next.map(view),
        })),
        mayCall: await mayCall(tx, person.id),
        serverTime: now.toISOString(),
      };
    });
  }

  const routes: Route[] = [serve(getDuty, ({ person }) => offices(person))];
  return { routes };
}

/** Sorted by when they begin: next are all who begin first. */
function nowAndNext(duties: readonly OnDuty[], at: Date): { now: OnDuty[]; next: OnDuty[] } {
  const later = duties.filter(({ from }) => from > at);
  return { now: duties.filter(({ from }) => from <= at), next: later.filter(({ from }) => from.getTime() === later[0]?.from.getTime()) };
}
