// Rights on their way to the media server: told once, told anew when they changed meanwhile, never lost, never one waiting for another.
import { afterEach, expect, test } from 'vitest';
import { postTicket } from '../../shared/meetings.ts';
import { calledMeeting, mediaServerTells, opensLink } from '../support/meeting.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

const NAMES = ['Ibu Tamu', 'Bapak Tamu'];
async function insideARoom() {
  const setting = await calledMeeting({ guests: NAMES.map((name) => ({ name, institution: 'Yayasan Contoh' })) });
  const { world, livekit, room, invitation, id } = setting;
  worlds.push(world);
  // They were invited a while ago: whoever joins right after a change is told again.
  world.clock.advance(60_000);
  const enters = async (name: string, sid: string) => {
    const { identity } = await opensLink(world, invitation(name).link).call(postTicket, { params: id, body: {} });
    livekit.arrives(room.name, identity, world.clock.now());
    await mediaServerTells(world, { event: 'participant_joined', room: room.name, identity, sid });
    return identity;
  };
  const told = () => livekit.calls.filter((c) => c.verb === 'allow' || c.verb === 'remove').map((c) => [c.identity?.split(':')[0], c.word ?? 'removed']);
  const set = (name: string, word: 'audience' | 'speaker' | 'none') => world.app.rooms.setRight(world.sql, room.id, invitation(name).member, word);
  const unapplied = async () => (await world.sql`select from rooms.member where applied_at is null`).length;
  return { ...setting, enters, told, set, unapplied };
}

test('who is known to be inside is told before the list is asked, on every device, and each once', async () => {
  const { livekit, world, enters, set, told, invitation } = await insideARoom();
  await enters('Ibu Tamu', 'PA_1');
  await enters('Ibu Tamu', 'PA_2');
  await enters('Bapak Tamu', 'PA_3');
  const { list } = livekit;
  const seen: number[] = [];
  livekit.list = async (room) => {
    seen.push(told().length);
    return list(room);
  };
  await set('Ibu Tamu', 'audience');
  await world.app.rooms.sweep();
  const { member } = invitation('Ibu Tamu');
  expect(seen[0]).toBe(2);
  expect(told()).toEqual([
    [member, 'audience'],
    [member, 'audience'],
  ]);
});

test('who came a moment ago, and is known to the media server alone, is told too', async () => {
  const { world, livekit, room, set, told, invitation } = await insideARoom();
  const { member } = invitation('Ibu Tamu');
  livekit.arrives(room.name, `${member}:l${'A'.repeat(16)}`, world.clock.now());
  await set('Ibu Tamu', 'audience');
  await world.app.rooms.sweep();
  expect(told()).toEqual([[member, 'audience']]);
});

test('a word that changes while the former one is being told is told after it, and is the last', async () => {
  const { world, livekit, enters, set, told, unapplied, invitation } = await insideARoom();
  await enters('Ibu Tamu', 'PA_1');
  await set('Ibu Tamu', 'audience');
  const { allow } = livekit;
  livekit.allow = async (...given) => {
    livekit.allow = allow;
    await allow(...given);
    await set('Ibu Tamu', 'speaker');
  };
  await world.app.rooms.sweep();
  const { member } = invitation('Ibu Tamu');
  expect(told()).toEqual([
    [member, 'audience'],
    [member, 'speaker'],
  ]);
  expect(await unapplied()).toBe(0);
});

test('a right that another process is telling is left to it, and taken over when that process has died', async () => {
  const { world, enters, set, told, unapplied, invitation } = await insideARoom();
  await enters('Ibu Tamu', 'PA_1');
  await set('Ibu Tamu', 'audience');
  await world.sql`update rooms.member set claimed_until = now() + interval '10 seconds' where applied_at is null`;
  await world.app.rooms.sweep();
  expect([told(), await unapplied()]).toEqual([[], 1]);
  await world.sql`update rooms.member set claimed_until = now() - interval '1 second' where applied_at is null`;
  await world.app.rooms.sweep();
  expect([told(), await unapplied()]).toEqual([[[invitation('Ibu Tamu').member, 'audience']], 0]);
});

test('one that the media server does not take holds up no other, and is told by the next sweep', async () => {
  const { world, livekit, enters, set, told, unapplied, invitation } = await insideARoom();
  const first = await enters('Ibu Tamu', 'PA_1');
  await enters('Bapak Tamu', 'PA_2');
  const { allow } = livekit;
  livekit.allow = async (...given) => {
    if (given[1] === first) throw new Error('away');
    await allow(...given);
  };
  await set('Ibu Tamu', 'audience');
  await set('Bapak Tamu', 'audience');
  await world.app.rooms.sweep();
  expect([told(), await unapplied()]).toEqual([[[invitation('Bapak Tamu').member, 'audience']], 1]);
  livekit.allow = allow;
  await world.app.rooms.sweep();
  expect([told().length, await unapplied()]).toEqual([2, 0]);
});

test('nobody who writes a right waits for one that is being told', async () => {
  const { world, livekit, enters, set } = await insideARoom();
  await enters('Ibu Tamu', 'PA_1');
  await set('Ibu Tamu', 'audience');
  const { allow } = livekit;
  let written = false;
  livekit.allow = async (...given) => {
    await allow(...given);
    if (written) return;
    written = true;
    // With a row lock held until the media server has answered this would never come back.
    await set('Ibu Tamu', 'none');
  };
  await world.app.rooms.sweep();
  expect(livekit.calls.at(-1)?.verb).toBe('remove');
});
