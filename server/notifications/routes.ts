// Who may call what; one line each.
import { getNoticeChoice, getNotices, getUnread, postNoticesRead, putNoticeChoice } from '../../shared/notifications.ts';
import { serve, type Route } from '../platform/serve.ts';
import type { Reading } from './reading.ts';

export const notificationRoutes = (reading: Reading): Route[] => [
  serve(getNotices, ({ person, query }) => reading.list(person.id, query)),
  serve(getUnread, ({ person }) => reading.unread(person.id)),
  serve(postNoticesRead, ({ person, body }) => reading.read(person.id, body)),
  serve(getNoticeChoice, ({ person }) => reading.choosing(person.id)),
  serve(putNoticeChoice, ({ person, body }) => reading.choose(person.id, body)),
];
