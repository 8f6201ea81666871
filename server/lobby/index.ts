// The lobby: whoever is not invited waits in the portal, in no room, until a host admits them.
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell, type Live } from '../platform/live.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Notifications } from '../notifications/index.ts';
import type { People } from '../people/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { createDeciding } from './deciding.ts';
import { createHosts } from './hosts.ts';
import { createLimits } from './limits.ts';
import { lobbyRoutes } from './routes.ts';
import { AWAY_MS } from './rules.ts';
import { createSetting } from './setting.ts';
import * as store from './store.ts';
import { createWaiting } from './waiting.ts';

type World = {
  sql: Sql;
  clock: Clock;
  live: Pick<Live, 'allow'>;
  people: People;
  rooms: Rooms;
  meetings: Meetings;
  notifications: Pick<Notifications, 'notify'>;
  secret: string;
};

export type Lobby = ReturnType<typeof createLobby>;

export function createLobby({ sql, clock, live, people, rooms, meetings, notifications, secret }: World) {
  const hosts = createHosts({ meetings });
  const limits = createLimits({ clock });

  async function told(tx: Tx, meetingId: string, knockIds: readonly string[]): Promise<void> {
    const [meeting] = await meetings.meetingsByIds(tx, [meetingId]);
    if (!meeting) return;
    const persons = (await hosts.idsOf(tx, meeting)).map((id) => `person:${id}`);
    await tell(tx, [...persons, `host:${meetingId}`], { type: 'lobby.changed', meetingId });
    if (knockIds.length > 0)
      await tell(
        tx,
        knockIds.map((id) => `knock:${id}`),
        { type: 'knock.changed' },
      );
  }

  async function heard(tx: Tx, meetingId: string, arrived: store.Knock | null): Promise<void> {
    await told(tx, meetingId, []);
    if (arrived) await callHosts(tx, arrived);
  }

  /** Whoever comes first calls the hosts to the door; who comes while somebody waits already is seen there. */
  async function callHosts(tx: Tx, { meetingId, id, name, unit }: store.Knock): Promise<void> {
    const [meeting] = await meetings.meetingsByIds(tx, [meetingId]);
    const now = clock.now();
    const waiting = (await store.outside(tx, meetingId)).filter((k) => k.state === 'menunggu' && now.getTime() - k.seenAt.getTime() <= AWAY_MS);
    if (!meeting || waiting.some((k) => k.id !== id)) return;
    const who = unit === null ? name : `${name} (${unit})`;
    await notifications.notify(tx, {
      kind: 'ruang_tunggu',
      personIds: await hosts.idsOf(tx, meeting),
      ref: meetingId,
      words: {
        id: { title: 'Ada yang menunggu', text: `${who} meminta masuk ke “${meeting.title}”.` },
        en: { title: 'Somebody is waiting', text: `${who} asks to be let into “${meeting.title}”.` },
      },
      path: `/rapat/${meetingId}`,
      urgent: true,
      until: new Date(now.getTime() + AWAY_MS),
    });
  }

  const waiting = createWaiting({ sql, clock, people, rooms, meetings, limits, hosts, heard });
  const deciding = createDeciding({ sql, clock, people, meetings, hosts, told });
  const setting = createSetting({ sql, clock, people, meetings, secret, told });

  live.allow('knock', async (caller, id) => Boolean(await waiting.own(sql, id, caller)));
  meetings.onPlanned(setting.heardPlan);
  meetings.onEnded(async (tx, id) => told(tx, id, await store.waitingIds(tx, id)));

  return { hosts: { may: hosts.may, idsOf: hosts.idsOf }, set: setting.set, openDue: setting.openDue, routes: lobbyRoutes({ waiting, deciding, setting }) };
}
