// Moderation: how a room of many is held. Rights are written in `rooms` and kept by the media server; who leads is kept in `meetings`.
import type { ChatLimit } from '../../shared/moderation.ts';
import type { Tx } from '../platform/database.ts';
import type { Meetings } from '../meetings/index.ts';
import { createLeading, type LeadingWorld } from './leading.ts';
import { createLooking, type LookingWorld } from './looking.ts';
import { moderationRoutes } from './routes.ts';
import * as store from './store.ts';

type World = LeadingWorld & LookingWorld & { meetings: Pick<Meetings, 'setHolding' | 'mayModerate'> };

export function createModeration(world: World) {
  const { meetings } = world;
  const looking = createLooking(world);
  const leading = createLeading(world, looking);
  meetings.setHolding({ view: looking.view, entryMuted: async (tx, id) => (await store.settingOf(tx, id)).entryMuted });

  /** Who may write in the chat, and how often; those who lead always may. */
  const chatRule = async (tx: Tx, meetingId: string): Promise<{ chat: ChatLimit; slowSeconds: number }> => {
    const { chat, slowSeconds } = await store.settingOf(tx, meetingId);
    return { chat, slowSeconds };
  };

  return {
    routes: moderationRoutes(leading, looking),
    runTurns: leading.runTurns,
    chatRule,
    /** Persons beside the chair who lead. */
    moderators: async (tx: Tx, meetingId: string): Promise<string[]> =>
      (await meetings.rolesOf(tx, meetingId)).flatMap(({ member, role }) => (role === 'ko_host' ? [member.slice(2)] : [])),
    mayModerate: meetings.mayModerate,
  };
}
