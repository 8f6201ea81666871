// Privacy: the notice, what each person may know of their own data, how long things are kept, and what may not be destroyed.
import { getNotice } from '../../shared/notices.ts';
import * as wire from '../../shared/privacy.ts';
import type { Notices } from '../people/index.ts';
import { serve, type Route } from '../platform/serve.ts';
import { createJournalistData, type JournalistDataWorld } from './journalist-data.ts';
import { createOwnData, type OwnDataWorld } from './own-data.ts';
import { createRetentionDesk, type RetentionWorld } from './retention-desk.ts';

export { destroyDue, dryRun } from './retention.ts';
export { createSchedule } from './schedule.ts';

type World = OwnDataWorld & RetentionWorld & JournalistDataWorld & { notices: Notices };

export function createPrivacy(world: World) {
  const { notices } = world;
  const own = createOwnData(world);
  const retention = createRetentionDesk(world);
  const journalists = createJournalistData(world);
  const routes: Route[] = [
    serve(getNotice, ({ params }) => notices.read(params.version)),
    serve(wire.getMyData, ({ person, query }) => own.read(person, query)),
    serve(wire.getMyDataJson, ({ person, query }) => own.json(person, query)),
    serve(wire.getMyDataPdf, ({ person, query }) => own.pdf(person, query)),
    serve(wire.getJournalistData, ({ person, params }) => journalists.json(person, params.id)),
    serve(wire.getRetention, ({ person }) => retention.read(person)),
    serve(wire.getRetentionCsv, () => retention.csv()),
    serve(wire.putRetentionClass, ({ person, params, body }) => retention.changeClass(person, params.key, body)),
    serve(wire.postHold, ({ person, body }) => retention.hold(person, body)),
    serve(wire.postHoldLift, ({ person, params, body }) => retention.lift(person, params.id, body.reason)),
    serve(wire.putDataOfficer, ({ body }) => retention.setOfficer(body.officer)),
  ];
  return { routes };
}
