// What the press room asks of the portal, by name.
import type { Ticket } from '../../shared/meetings.ts';
import type { getFloor } from '../../shared/press-floor.ts';
import type { getPressRoom, postPressJoin, postPressLeave, postPressTicket } from '../../shared/press-room.ts';
import { call } from '../platform/call.ts';
import type { Floor, Join, Room } from './visit.ts';

export const join = (slug: string): Promise<Join> => call<typeof postPressJoin>('POST', '/api/press/:slug/join', { params: { slug } });
export const ticket = (slug: string, identity: string | null, notice: number | null): Promise<Ticket> =>
  call<typeof postPressTicket>('POST', '/api/press/:slug/ticket', {
    params: { slug },
    body: { ...(identity !== null && { identity }), ...(notice !== null && { notice }) },
  });
export const room = (slug: string): Promise<Room> => call<typeof getPressRoom>('GET', '/api/press/:slug/room', { params: { slug } });
export const floor = (slug: string): Promise<Floor> => call<typeof getFloor>('GET', '/api/press/:slug/floor', { params: { slug } });
export const leave = (slug: string, identity: string): Promise<void> =>
  call<typeof postPressLeave>('POST', '/api/press/:slug/leave', { params: { slug }, body: { identity } });
