// Before the meeting: who has checked, what they found, and who may read it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postMeetingEnd } from '../../shared/meetings.ts';
import { CHECK_BYTES, getCheckBytes, getMyReadiness, getReadiness, postCheckBytes, postCheckTicket, putReadiness } from '../../shared/readiness.ts';
import { signIn } from '../support/cast.ts';
import { liveSocket } from '../support/live-socket.ts';
import { calledMeeting, opensLink } from '../support/meeting.ts';

async function called() {
  const setting = await calledMeeting((cast) => ({ people: [cast.kabid.id, cast.staf.id], guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }] }));
  return { ...setting, kabid: await signIn(setting.world, setting.cast.kabid), guest: opensLink(setting.world, setting.invitation('Ibu Tamu').link) };
}
let s: Awaited<ReturnType<typeof called>>;
beforeAll(async () => void (s = await called()));
afterAll(async () => s.world.close());

test('what a guest and an invited find reaches the list of the host, and the host is told at once', async () => {
  const { world, chair, guest, kabid, id } = s;
  expect((await chair.call(getReadiness, { params: id })).map((row) => row.readiness.state)).toEqual(['belum', 'belum', 'belum', 'belum']);
  const socket = await liveSocket(world, chair);
  await guest.call(putReadiness, { params: id, body: { problems: ['mikrofon', 'mikrofon'], path: 'tcp', roundTripMs: 80, upKbit: 400, downKbit: 900 } });
  expect(await socket.next('readiness.changed')).toMatchObject({ meetingId: id.id });
  await kabid.call(putReadiness, { params: id, body: { problems: [] } });
  const rows = new Map((await chair.call(getReadiness, { params: id })).map((row) => [row.name, row.readiness]));
  expect(rows.get('Ibu Tamu')).toMatchObject({ state: 'masalah', problems: ['mikrofon'], path: 'tcp', roundTripMs: 80 });
  expect(rows.get(s.cast.kabid.name)).toMatchObject({ state: 'siap', problems: [], path: null, checkedAt: world.clock.now().toISOString() });
  expect(rows.get(s.cast.staf.name)).toMatchObject({ state: 'belum', checkedAt: null });
  socket.ws.close();
});

test('the newest check counts, and everybody reads their own', async () => {
  const { guest, id } = s;
  await guest.call(putReadiness, { params: id, body: { problems: ['kamera'] } });
  await guest.call(putReadiness, { params: id, body: { problems: [] } });
  expect(await guest.call(getMyReadiness, { params: id })).toMatchObject({ state: 'siap' });
});

test('an invited who does not host reads nobody else; a stranger finds no meeting', async () => {
  const { world, cast, kabid, id } = s;
  const stranger = await signIn(world, cast.stafDinkes);
  expect(await kabid.refusalOf(getReadiness, { params: id })).toBe('readiness.not_host');
  expect(await stranger.refusalOf(getReadiness, { params: id })).toBe('not_found');
  expect(await stranger.refusalOf(putReadiness, { params: id, body: { problems: [] } })).toBe('not_found');
  expect(await stranger.refusalOf(getMyReadiness, { params: id })).toBe('not_found');
});

test('whoever checks is seen by nobody in the room of checks and may send nothing there; without session or link there is no check', async () => {
  const { world, guest, kabid, room } = s;
  const [one, other] = [await guest.call(postCheckTicket, {}), await kabid.call(postCheckTicket, {})];
  const claims = [one, other].map(
    ({ token }) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { video: Record<string, unknown> },
  );
  for (const { video } of claims) expect(video).toMatchObject({ hidden: true, canPublish: false, canPublishData: false });
  expect(claims[0]?.video['room']).toBe(claims[1]?.video['room']);
  expect(claims[0]?.video['room']).not.toBe(room.name);
  expect(one.identity).toMatch(/^v_/);
  expect(await world.visitor().refusalOf(postCheckTicket, {})).toBe('session.required');
  expect((await guest.call(getCheckBytes, {})).size).toBe(CHECK_BYTES);
  await guest.call(postCheckBytes, { body: new Uint8Array(1000) });
  expect(await world.visitor().refusalOf(getCheckBytes, {})).toBe('session.required');
  expect(await world.visitor().refusalOf(postCheckBytes, { body: new Uint8Array(1) })).toBe('session.required');
});

test('when the meeting is over nobody has to be ready any more', async () => {
  const { chair, kabid, id } = s;
  await chair.call(postMeetingEnd, { params: id });
  expect(await kabid.refusalOf(putReadiness, { params: id, body: { problems: [] } })).toBe('meeting.ended');
});
