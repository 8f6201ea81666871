// A page in a room says every few seconds that it is there. Whose page it is, is looked at once per socket; whether its member may
// still be there, when it is written (server/rooms/beats.ts). So ten thousand of them cost the database next to nothing, and
// they are heard while it is away.
import type { Clock } from '../platform/clock.ts';
import type { Caller } from '../platform/serve.ts';
import type { Rooms } from '../rooms/index.ts';
import type { Access } from './access.ts';

/** After a refusal, the next look. */
const AGAIN_MS = 5_000;

type Place = { roomId: string; member: string };
type World = { clock: Clock; rooms: Pick<Rooms, 'parseIdentity' | 'noteBeat'>; access: Pick<Access, 'insider'> };

export function createPresent({ clock, rooms, access }: World) {
  const places = new WeakMap<Caller, { meetingId: string; place: Place | null; until: number }>();

  async function placeOf(caller: Caller, meetingId: string): Promise<Place | null> {
    const known = places.get(caller);
    if (known?.meetingId === meetingId && clock.now().getTime() < known.until) return known.place;
    const refused = { meetingId, place: null, until: clock.now().getTime() + AGAIN_MS };
    places.set(caller, refused);
    const { room, member } = await access.insider(caller, meetingId);
    if (!room) return null;
    const place = { roomId: room.roomId, member };
    places.set(caller, { meetingId, place, until: Infinity });
    return place;
  }

  return async function present(caller: Caller, { meetingId, identity, sid }: { meetingId: string; identity: string; sid: string }): Promise<void> {
    const place = await placeOf(caller, meetingId);
    if (place && rooms.parseIdentity(identity)?.member === place.member) rooms.noteBeat(place.roomId, identity, sid);
  };
}
