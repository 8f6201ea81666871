// What those who lead ask of the portal, by name.
import type {
  deleteHands,
  deleteTurn,
  getActs,
  Lock,
  ModerationAct,
  postMicrophone,
  postMute,
  postTakeover,
  postTurn,
  putLocks,
  putMeetingRole,
  putRules,
  putSpotlight,
  Spot,
} from '../../../shared/moderation.ts';
import type { CallOf } from '../../../shared/endpoint.ts';
import { call } from '../../platform/call.ts';

export type Rules = CallOf<typeof putRules>['body'];

export const mute = (id: string, member: string | null): Promise<{ muted: string[] }> =>
  call<typeof postMute>('POST', '/api/meetings/:id/mute', { params: { id }, body: { member } });
export const lock = (id: string, what: Lock, on: boolean): Promise<void> =>
  call<typeof putLocks>('PUT', '/api/meetings/:id/locks', { params: { id }, body: { [what]: on } });
export const rules = (id: string, body: Rules): Promise<void> => call<typeof putRules>('PUT', '/api/meetings/:id/rules', { params: { id }, body });
export const openMicrophone = (id: string): Promise<void> => call<typeof postMicrophone>('POST', '/api/meetings/:id/microphone', { params: { id } });
export const spotlight = (id: string, spots: Spot[]): Promise<void> =>
  call<typeof putSpotlight>('PUT', '/api/meetings/:id/spotlight', { params: { id }, body: { spotlight: spots } });
export const giveTurn = (id: string, member: string | null): Promise<void> =>
  call<typeof postTurn>('POST', '/api/meetings/:id/turns', { params: { id }, body: { member } });
export const endTurn = (id: string, turn: string): Promise<void> =>
  call<typeof deleteTurn>('DELETE', '/api/meetings/:id/turns/:turn', { params: { id, turn } });
export const lowerHands = (id: string): Promise<void> => call<typeof deleteHands>('DELETE', '/api/meetings/:id/hands', { params: { id } });
export const appoint = (id: string, member: string, role: 'ko_host' | 'operator' | null): Promise<void> =>
  call<typeof putMeetingRole>('PUT', '/api/meetings/:id/roles/:member', { params: { id, member }, body: { role } });
export const takeOver = (id: string, reason: string): Promise<void> =>
  call<typeof postTakeover>('POST', '/api/meetings/:id/takeover', { params: { id }, body: { reason } });
export const acts = (id: string): Promise<ModerationAct[]> => call<typeof getActs>('GET', '/api/meetings/:id/acts', { params: { id } });
