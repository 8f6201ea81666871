// Privacy: the notice, what each person may know of their own data, how long things are kept, and what may not be destroyed.
import { getNotice } from '../../shared/privacy.ts';
import type { Notices } from '../people/index.ts';
import { serve, type Route } from '../platform/serve.ts';

export { createSchedule } from './schedule.ts';

type World = { notices: Notices };

export function createPrivacy({ notices }: World) {
  const routes: Route[] = [serve(getNotice, ({ params }) => notices.read(params.version))];
  return { routes };
}
