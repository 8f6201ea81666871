// Notices: what the portal tells people, kept in one place, sent over the channels each of them chose, held back while they want quiet.
import type { FastifyBaseLogger } from 'fastify';
import type { Choice, NoticeChannel, NoticeKind } from '../../shared/notifications.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs.ts';
import { tell } from '../platform/live.ts';
import type { Mail } from '../platform/mail.ts';
import type { People } from '../people/index.ts';
import { usualChoice } from './choice.ts';
import type { NoticeInput } from './notice.ts';
import { createReading } from './reading.ts';
import { createReminders } from './reminders.ts';
import { notificationRoutes } from './routes.ts';
import { createSending, type Sender } from './sending.ts';
import * as store from './store.ts';

export type { NoticeInput } from './notice.ts';
export type { Ahead, Hearer, ReminderSource } from './reminders.ts';
export type { Sender } from './sending.ts';

type World = { sql: Sql; clock: Clock; log: FastifyBaseLogger; jobs: Jobs; mail: Mail; people: Pick<People, 'contacts' | 'persons' | 'opds'> };
export type Notifications = ReturnType<typeof createNotifications>;

export function createNotifications({ sql, clock, log, jobs, mail, people }: World) {
  const sending = createSending({ sql, clock, jobs, mail, people });

  /** What each has chosen, else the portal's own. */
  async function choicesOf(tx: Tx, personIds: readonly string[]): Promise<Map<string, Choice>> {
    const chosen = await store.choicesOf(tx, personIds);
    const persons = await people.persons(
      tx,
      personIds.filter((id) => !chosen.has(id)),
    );
    return new Map(
      personIds.map((id) => {
        const usual = usualChoice(persons.get(id)?.opd?.zone ?? 'Asia/Jakarta');
        const own = chosen.get(id);
        // A kind that came after they chose is sent as usual.
        return [id, own ? { ...own, channels: { ...usual.channels, ...own.channels } } : usual];
      }),
    );
  }

  /** One notice a person, in the caller's transaction. Answers the id of each by person. */
  async function notify(tx: Tx, { personIds, urgent = false, until = null, without = [], ...notice }: NoticeInput): Promise<Map<string, string>> {
    const ids = [...new Set(personIds)];
    if (ids.length === 0) return new Map();
    const rows = await store.insertNotices(tx, { ...notice, personIds: ids, urgent, until }, clock.now());
    await sending.ask(tx, rows, { kind: notice.kind, urgent, until, without }, await choicesOf(tx, ids));
    await tell(
      tx,
      ids.map((id) => `person:${id}`),
      { type: 'notices.changed' },
    );
    return new Map(rows.map(({ id, personId }) => [personId, id]));
  }

  /** Whether this person hears of this kind over this channel: for whoever sends letters of its own. */
  const wants = async (tx: Tx, personId: string, kind: NoticeKind, channel: NoticeChannel): Promise<boolean> =>
    (await choicesOf(tx, [personId])).get(personId)?.channels[kind].includes(channel) ?? false;

  const reminders = createReminders({ sql, clock, log, mail, sending, notify });
  const reading = createReading({ sql, clock, mail, sending, choicesOf });
  return {
    notify,
    wants,
    choicesOf,
    /** Another module can send over a channel. Once, before `start`. */
    setSender: (channel: Exclude<NoticeChannel, 'surel'>, sender: Sender): void => sending.setSender(channel, sender),
    /** What is to come and of whom. Once each, before `start`. */
    remindOf: reminders.addSource,
    remind: reminders.run,
    tend: sending.tend,
    waiting: async () => store.due(sql, clock.now()),
    reported: sending.reported,
    routes: notificationRoutes(reading),
  };
}
