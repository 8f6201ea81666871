// A meeting on a real media server, in a world with real connections: the portal in this process, LiveKit as its child.
import { getInvitations, postMeetingNow } from '../../shared/meetings.ts';
import { makeCast, PASSWORD } from './cast.ts';
import { makeTestMedia } from './livekit-server.ts';
import { makeWorld } from './world.ts';

export type RealMeeting = Awaited<ReturnType<typeof realMeeting>>;

type Options = {
  guests?: { name: string; institution: string }[];
  /** Where the media server sends its events, given the portal's receiver. */ webhookUrl?: (receiver: string) => Promise<string>;
};

export async function realMeeting({ guests: chosen, webhookUrl = async (receiver) => receiver }: Options = {}) {
  const media = await makeTestMedia();
  const world = await makeWorld({ media });
  world.clock.set(new Date());
  // The media server's times are real: so must ours be.
  const follow = setInterval(() => world.clock.set(new Date()), 20);
  const origin = await world.listen();
  await media.start(await webhookUrl(`${origin}/api/livekit/webhook`));
  await world.app.start();
  const cast = await makeCast(world);
  const chair = await world.signIn(cast.kepala.nip, PASSWORD);
  const guests = chosen ?? [
    { name: 'Ibu Tamu', institution: 'Yayasan Contoh' },
    { name: 'Bapak Tamu', institution: 'Yayasan Contoh' },
  ];
  const meeting = await chair.call(postMeetingNow, { body: { title: 'Rapat sungguhan', sifat: 'segera', invite: { people: [cast.staf.id], guests } } });
  const invitations = await chair.call(getInvitations, { params: { id: meeting.id } });
  const facts = () =>
    world.sql<
      { kind: string; source: string; sid: string | null; member: string | null; at: Date }[]
    >`select kind, source, sid, member, at from rooms.presence order by id`;
  return {
    world,
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
