// A meeting on a real media server, in a world with real connections: the portal in this process, LiveKit as its child.
import { getInvitations, postMeetingNow } from '../../shared/meetings.ts';
import { makeCast, PASSWORD } from './cast.ts';
import { makeTestMedia } from './livekit-server.ts';
import { makeWorld, type World } from './world.ts';

export type RealMeeting = Awaited<ReturnType<typeof realMeeting>>;

type Options = {
  guests?: { name: string; institution: string }[];
  /** Where the media server sends its events, given the portal's receiver. */ webhookUrl?: (receiver: string) => Promise<string>;
  /** What the portal's clock shows at the beginning; then it goes on as time does. The media server's shows the true time. */ now?: Date;
  /** People beside the cast, and who of them is invited. */ alsoInvite?: (world: World) => Promise<string[]>;
};

export async function realMeeting({ guests: chosen, webhookUrl = async (receiver) => receiver, now, alsoInvite = async () => [] }: Options = {}) {
  const media = await makeTestMedia();
  const world = await makeWorld({ media });
  // The media server's clock goes on: so must ours.
  const aheadMs = now ? now.getTime() - Date.now() : 0;
  const tick = (): void => world.clock.set(new Date(Date.now() + aheadMs));
  tick();
  const follow = setInterval(tick, 20);
  const origin = await world.listen();
  await media.start(await webhookUrl(`${origin}/api/livekit/webhook`));
  await world.app.start();
  const cast = await makeCast(world);
  const chair = await world.signIn(cast.kepala.nip, PASSWORD);
  const also = await alsoInvite(world);
  const guests = chosen ?? [
    { name: 'Ibu Tamu', institution: 'Yayasan Contoh' },
    { name: 'Bapak Tamu', institution: 'Yayasan Contoh' },
  ];
  const meeting = await chair.call(postMeetingNow, {
    body: { title: 'Rapat sungguhan', sifat: 'segera', invite: { people: [cast.staf.id, ...also], guests } },
  });
  const invitations = await chair.call(getInvitations, { params: { id: meeting.id } });
  const facts = () =>
    world.sql<
      { kind: string; source: string; sid: string | null; member: string | null; at: Date }[]
    >`select kind, source, sid, member, at from rooms.presence order by id`;
  return {
    world,
    /** What the portal's clock shows more than the true time, milliseconds. */
    aheadMs,
    media,
    origin,
    door: origin.replace(/^http/, 'ws'),
    cast,
    chair,
    meeting,
    id: { id: meeting.id },
    invitations,
    facts,
    async close() {
      clearInterval(follow);
      await world.close();
      await media.remove();
    },
  };
}
