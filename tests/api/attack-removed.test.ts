// Whoever was removed from a meeting hears that, and nothing more of it on a socket that is still open.
import { afterEach, expect, test } from 'vitest';
import { deleteRemoval, postRemoval } from '../../shared/meetings.ts';
import { tell } from '../../server/platform/live.ts';
import { signIn } from '../support/cast.ts';
import { liveSocket, type LiveSocket } from '../support/live-socket.ts';
import { calledMeeting, opensLink } from '../support/meeting.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

async function watchedByThree() {
  const setting = await calledMeeting((cast) => ({ people: [cast.stafKantor.id], guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }] }));
  const { world, cast, chair, id, invitation } = setting;
  undo.push(world.close);
  const topic = `meeting:${id.id}` as const;
  const watching = async (socket: LiveSocket): Promise<LiveSocket> => {
    undo.push(() => socket.ws.terminate());
    socket.say({ type: 'watch', topic });
    expect(await socket.next('watching')).toEqual({ type: 'watching', topic });
    return socket;
  };
  const staff = await watching(await liveSocket(world, await signIn(world, cast.stafKantor)));
  const guest = await liveSocket(world, opensLink(world, invitation('Ibu Tamu').link));
  guest.say({ type: 'hello', link: invitation('Ibu Tamu').link.split('#')[1] ?? '' });
  await guest.next('ready');
  await watching(guest);
  const host = await watching(await liveSocket(world, chair));
  const remove = async (member: string): Promise<unknown> => chair.call(postRemoval, { params: { ...id, member }, body: { ban: false } });
  /** Told to everybody who watches; answers when the chair has it. */
  const told = async (words: string): Promise<void> => {
    await world.sql.begin((tx) => tell(tx, [topic], { type: 'chat.posted', meetingId: id.id, id: words }));
    while ((await host.next('chat.posted')).id !== words);
  };
  return { ...setting, staff, guest, topic, remove, told };
}

test.each(['staff', 'guest'] as const)('%s', async (who) => {
  const { staff, guest, cast, invitation, topic, remove, told, ...setting } = await watchedByThree();
  const [out, stays] = who === 'staff' ? [staff, guest] : [guest, staff];
  const { member } = invitation(who === 'staff' ? cast.stafKantor.name : 'Ibu Tamu');
  await told('sebelum');
  expect((await out.next('chat.posted')).id).toBe('sebelum');
  await remove(member);
  expect(await out.next('right.changed')).toMatchObject({ member });
  expect(await out.next('refused')).toEqual({ type: 'refused', topic });
  await told('sesudah');
  while ((await stays.next('chat.posted')).id !== 'sesudah');
  out.say({ type: 'watch', topic });
  expect(await out.next('refused')).toEqual({ type: 'refused', topic });
  expect(out.heard.filter(({ type }) => type === 'chat.posted')).toEqual([]);
  await setting.chair.call(deleteRemoval, { params: { ...setting.id, member } });
  out.say({ type: 'watch', topic });
  expect(await out.next('watching')).toEqual({ type: 'watching', topic });
});
