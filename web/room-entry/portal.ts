// What the room asks of the portal, by name.
import type {
  deleteHand,
  deleteRemoval,
  getInvitations,
  getRoom,
  Invitation,
  JoinView,
  postJoin,
  postMeetingEnd,
  postMeetingStart,
  postRemoval,
  postTicket,
  putHand,
  RoomView,
  Ticket,
} from '../../shared/meetings.ts';
import type { z } from 'zod';
import { call } from '../platform/call.ts';

export type Join = z.output<typeof JoinView>;
export type Room = RoomView;

export const join = (meetingId: string | null): Promise<Join> => call<typeof postJoin>('POST', '/api/join', { body: meetingId === null ? {} : { meetingId } });
export const ticket = (id: string, identity: string | null, notice: number | null): Promise<Ticket> =>
  call<typeof postTicket>('POST', '/api/meetings/:id/ticket', {
    params: { id },
    body: { ...(identity !== null && { identity }), ...(notice !== null && { notice }) },
  });
export const start = (id: string): Promise<unknown> => call<typeof postMeetingStart>('POST', '/api/meetings/:id/start', { params: { id } });
export const end = (id: string): Promise<unknown> => call<typeof postMeetingEnd>('POST', '/api/meetings/:id/end', { params: { id } });
export const room = (id: string): Promise<RoomView> => call<typeof getRoom>('GET', '/api/meetings/:id/room', { params: { id } });
export const raiseHand = (id: string, raised: boolean): Promise<void> =>
  call<typeof putHand>('PUT', '/api/meetings/:id/hand', { params: { id }, body: { raised } });
export const lowerHand = (id: string, member: string): Promise<void> =>
  call<typeof deleteHand>('DELETE', '/api/meetings/:id/hands/:member', { params: { id, member } });
export const remove = (id: string, member: string, ban: boolean): Promise<void> =>
  call<typeof postRemoval>('POST', '/api/meetings/:id/members/:member/removal', {
    params: { id, member },
    body: { ban },
  });
export const letIn = (id: string, member: string): Promise<void> =>
  call<typeof deleteRemoval>('DELETE', '/api/meetings/:id/members/:member/removal', {
    params: { id, member },
  });
export const invitations = (id: string): Promise<Invitation[]> => call<typeof getInvitations>('GET', '/api/meetings/:id/invitations', { params: { id } });
