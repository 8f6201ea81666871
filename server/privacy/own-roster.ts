// The own roster: days to come that are said already, groups of office by function, and the sign to be at home first, which stands on no list of others' without right.
import type { z } from 'zod';
import type { OwnRoster } from '../../shared/privacy.ts';
import type { Tx } from '../platform/database.ts';
import { addDays } from '../platform/local-time.ts';
import type { Roster } from '../roster/index.ts';

const DAYS_AHEAD = 62;
type Flags = { groups: z.input<typeof OwnRoster>['groups']; homeFirst: Date | null };

export async function ownRoster(tx: Tx, roster: Pick<Roster, 'codesBetween'>, personId: string, today: string): Promise<z.input<typeof OwnRoster>> {
  const first = addDays(today, 1);
  const coded = (await roster.codesBetween(tx, [personId], first, addDays(today, DAYS_AHEAD))).get(personId) ?? [];
  const [flags] = await tx<Flags[]>`
    select (select at from policies.health_flag where person_id = ${personId}) as "homeFirst",
      (select coalesce(jsonb_agg(jsonb_build_object('name', m.name, 'from', lower(m.held), 'until', upper(m.held) - 1, 'basis', m.basis) order by lower(m.held), m.name), '[]')
        from policies.membership m where m.person_id = ${personId}) as groups`;
  return {
    ahead: [...coded].map(([n, { code, basis }]) => ({ date: addDays(first, n), code, basis })).toSorted((a, b) => a.date.localeCompare(b.date)),
    groups: flags?.groups ?? [],
    homeFirst: flags?.homeFirst?.toISOString() ?? null,
  };
}
