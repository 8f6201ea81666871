// The door and the log against a real LiveKit: tokens, removals, restarts.
import { WebSocket } from 'ws';
import { afterEach, expect, test } from 'vitest';
import { getMeeting, postRemoval, postTicket, postMeetingEnd } from '../../shared/meetings.ts';
import { connectLiveKit } from '../../server/rooms/livekit.ts';
import { eventually } from '../support/eventually.ts';
import { opensLink } from '../support/meeting.ts';
import { realMeeting, type RealMeeting } from '../support/real-meeting.ts';
import { enterRoom, type Visitor } from '../support/visitor.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function aMeeting() {
  const setting = await realMeeting();
  open.push(setting.close);
  const invitation = (name: string) => setting.invitations.find((i) => i.name === name) ?? expect.unreachable(`${name} is not invited`);
  const enters = async (token: string): Promise<Visitor> => {
    const visitor = await enterRoom(setting.door, token);
    open.push(async () => visitor.leave().catch(() => {}));
    return visitor;
  };
  const inside = async () => (await setting.chair.call(getMeeting, { params: setting.id })).inside;
  const ticketOf = async (name: string) => opensLink(setting.world, invitation(name).link).call(postTicket, { params: setting.id, body: {} });
  return { ...setting, invitation, enters, inside, ticketOf };
}
const kinds = async (setting: Pick<RealMeeting, 'facts'>) => (await setting.facts()).map((f) => `${f.source} ${f.kind}`);

test('who enters through the door is inside by the media server’s own word, and outside when they leave', async () => {
  const setting = await aMeeting();
  const ticket = await setting.ticketOf('Ibu Tamu');
  const visitor = await setting.enters(ticket.token);
  await eventually('the webhook of the join', async () => (await kinds(setting)).includes('webhook joined'));
  expect(await setting.inside()).toBe(1);
  await visitor.leave();
  await eventually('the webhook of the leave', async () => (await kinds(setting)).includes('webhook left'));
  expect(await setting.inside()).toBe(0);
});

test('a removed person is out at once and no token of theirs opens the door again', async () => {
  const setting = await aMeeting();
  const [used, unused] = [await setting.ticketOf('Ibu Tamu'), await setting.ticketOf('Ibu Tamu')];
  const visitor = await setting.enters(used.token);
  const other = await setting.enters((await setting.ticketOf('Bapak Tamu')).token);
  await eventually('they see each other', () => other.sees(used.identity));
  await setting.chair.call(postRemoval, { params: { ...setting.id, member: setting.invitation('Ibu Tamu').member }, body: { ban: false } });
  await visitor.disconnected;
  await eventually('the others do not see them any more', () => !other.sees(used.identity));
  for (const { token } of [used, unused]) await expect(enterRoom(setting.door, token)).rejects.toThrow();
  expect(other.sees(used.identity)).toBe(false);
});

test('the end puts everybody out and closes the room for every token', async () => {
  const setting = await aMeeting();
  const ticket = await setting.ticketOf('Ibu Tamu');
  const visitor = await setting.enters(ticket.token);
  await eventually('somebody is inside', async () => (await setting.inside()) === 1);
  await setting.chair.call(postMeetingEnd, { params: setting.id });
  await visitor.disconnected;
  await expect(enterRoom(setting.door, ticket.token)).rejects.toThrow();
  expect(await setting.inside()).toBe(0);
});

test('a media server that is killed ends the visits at that moment; the same meeting goes on when it is back', async () => {
  const setting = await aMeeting();
  const former = await setting.ticketOf('Ibu Tamu');
  await setting.enters(former.token);
  await eventually('somebody is inside', async () => (await setting.inside()) === 1);
  const killedAt = Date.now();
  process.kill(setting.media.pid() ?? 0, 'SIGKILL');
  await eventually('the exit is on record', async () => (await kinds(setting)).includes('supervisor server_exit'));
  const exit = (await setting.facts()).find((f) => f.kind === 'server_exit');
  expect(Math.abs((exit?.at.getTime() ?? 0) - killedAt)).toBeLessThan(2_000);
  await eventually('the media server is back', () => setting.media.state() === 'ready');
  const guest = opensLink(setting.world, setting.invitation('Bapak Tamu').link);
  await setting.enters((await guest.call(postTicket, { params: setting.id, body: {} })).token);
  await eventually('somebody is inside again', async () => (await setting.inside()) >= 1);
  expect(await setting.world.sql`select id from rooms.room`).toHaveLength(1);
});

test('a signalling frame larger than any real one ends that connection only', async () => {
  const setting = await aMeeting();
  const { token } = await setting.ticketOf('Ibu Tamu');
  const socket = new WebSocket(`${setting.door}/rtc?access_token=${token}&protocol=16&auto_subscribe=1`, { headers: { origin: setting.origin } });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.send(Buffer.alloc(600 * 1024));
  await closed;
  await setting.enters((await setting.ticketOf('Bapak Tamu')).token);
});

test('a frame as large as the description of a camera and a screen passes', async () => {
  const setting = await aMeeting();
  const { token } = await setting.ticketOf('Ibu Tamu');
  const socket = new WebSocket(`${setting.door}/rtc?access_token=${token}&protocol=16&auto_subscribe=1`, { headers: { origin: setting.origin } });
  open.push(async () => socket.terminate());
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const answered = new Promise((resolve) => socket.once('pong', () => resolve('still open')).once('close', (code) => resolve(code)));
  // An unknown protobuf field, which LiveKit passes over.
  socket.send(Buffer.concat([Buffer.from([0xba, 0x3e, 0x80, 0x80, 0x02]), Buffer.alloc(32 * 1024)]));
  socket.ping();
  expect(await answered).toBe('still open');
});

test('a second token in a header is not smuggled past the judgement of the first', async () => {
  const setting = await aMeeting();
  const [judged, smuggled] = [await setting.ticketOf('Ibu Tamu'), await setting.ticketOf('Bapak Tamu')];
  const { room } = JSON.parse(Buffer.from(judged.token.split('.')[1] ?? '', 'base64url').toString()).video as { room: string };
  const socket = new WebSocket(`${setting.door}/rtc?access_token=${judged.token}&protocol=16&auto_subscribe=1`, {
    headers: { origin: setting.origin, authorization: `Bearer ${smuggled.token}` },
  });
  open.push(async () => socket.terminate());
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const listed = await eventually('the judged one is listed', async () => {
    const list = await connectLiveKit(setting.media).list(room);
    return list.length > 0 ? list : null;
  });
  expect(listed.map((p) => p.identity)).toEqual([judged.identity]);
});

test('another site’s page does not open the door with a stolen token', async () => {
  const setting = await aMeeting();
  const { token } = await setting.ticketOf('Ibu Tamu');
  const status = await new Promise((resolve) => {
    new WebSocket(`${setting.door}/rtc?access_token=${token}`, { headers: { origin: 'https://jahat.example' } })
      .once('unexpected-response', (_request, response) => resolve(response.statusCode))
      .once('error', () => resolve('error'));
  });
  expect(status).toBe(403);
});
