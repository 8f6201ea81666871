// Policies: the circulars (SE) by which people work at home or on site, their versions, and which rule of which holds where.
import type { Clock } from '../platform/clock.ts';
import type { Sql } from '../platform/database.ts';
import type { Files } from '../platform/files.ts';
import type { Scanner } from '../platform/scanner.ts';
import type { Notifications } from '../notifications/index.ts';
import type { People } from '../people/index.ts';
import { createGroups } from './groups.ts';
import { createHolding } from './holding.ts';
import { createKeeping } from './keeping.ts';
import { createReading } from './reading.ts';
import { createRights } from './rights.ts';
import { policyRoutes } from './routes.ts';
import { createWarnings } from './warnings.ts';

type World = {
  sql: Sql;
  clock: Clock;
  files: Pick<Files, 'write' | 'bytesOf'>;
  scanner: Pick<Scanner, 'judge'>;
  people: Pick<People, 'opds' | 'topOpd' | 'staffOf' | 'persons' | 'administers' | 'mayAdminister' | 'holdersOf' | 'noteAccess'>;
  notifications: Pick<Notifications, 'notify'>;
};

export function createPolicies({ sql, clock, files, scanner, people, notifications }: World) {
  const rights = createRights({ clock, people });
  const holding = createHolding({ people });
  const reading = createReading({ sql, clock, people, rights, holding });
  const keeping = createKeeping({ sql, clock, files, scanner, people, rights, reading });
  const groups = createGroups({ sql, clock, people, holding });
  const { warn } = createWarnings({ sql, clock, people, notifications, rights });
  const { applied, functionsOf, homeFirst, readsRanks, expiring } = holding;
  return {
    routes: policyRoutes({ ...reading, ...keeping, groups }),
    applied,
    functionsOf,
    homeFirst,
    readsRanks,
    expiring,
    warn,
    add: keeping.add,
    addToGroup: groups.add,
  };
}
