// A planned meeting: who is invited to it, and a way to hold it with people who came.
import { postMeetingStart, postTicket, type Invite } from '../../shared/meetings.ts';
import type { z } from 'zod';
import type { Actor, Cast } from './cast.ts';
import { signIn } from './cast.ts';
import { mediaServerTells } from './meeting.ts';
import type { Client, World } from './world.ts';

type Choice = Partial<z.input<typeof Invite>>;
const HOUR_MS = 3_600_000;

/** Tomorrow at this hour, chaired by the head of Dinas Sosial; without an end. */
export async function plannedMeeting(
  world: World,
  cast: Cast,
  invite: Choice,
  more: { title?: string; startsAt?: Date; endsAt?: Date | null } = {},
): Promise<string> {
  const startsAt = more.startsAt ?? new Date(world.clock.now().getTime() + 24 * HOUR_MS);
  return world.app.sql.begin((tx) =>
    world.app.meetings.plan(tx, cast.kepala.id, {
      title: more.title ?? 'Koordinasi bantuan sosial',
      sifat: 'biasa',
      place: 'Daring',
      startsAt,
      endsAt: more.endsAt === undefined ? new Date(startsAt.getTime() + 2 * HOUR_MS) : more.endsAt,
      invite: { people: [], positions: [], units: [], guests: [], ...invite },
    }),
  );
}

/** The chair opens it; these come and stay. */
export async function holds(world: World, chair: Client, meetingId: string, who: readonly Pick<Actor, 'nip' | 'id'>[]): Promise<void> {
  await chair.call(postMeetingStart, { params: { id: meetingId } });
  const [room] = await world.sql<{ name: string }[]>`select r.name from rooms.room r join meetings.meeting m on m.room_id = r.id where m.id = ${meetingId}`;
  let n = 0;
  for (const person of who) {
    const { identity } = await (await signIn(world, person)).call(postTicket, { params: { id: meetingId }, body: {} });
    await mediaServerTells(world, { event: 'participant_joined', room: room!.name, identity, sid: `PA_orang${(n += 1)}` });
  }
}
