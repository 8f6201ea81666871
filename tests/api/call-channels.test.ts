// An urgent call that reaches who has no tab open: from the caller's tap to a device and a gateway, and back onto the caller's board.
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { getCallBoard, postAnswer, postCall, postCallCancel, postCallPreview } from '../../shared/calls.ts';
import { postDevice, postGateway, postRang } from '../../shared/channels.ts';
import { postJoin } from '../../shared/meetings.ts';
import { castWorld, PASSWORD, signIn } from '../support/cast.ts';
import { farServer, type FarAnswer } from '../support/far-server.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { makeSubscription } from '../support/subscription.ts';
import { openClient } from '../support/world.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

async function office({ push = [], sms = [] }: { push?: FarAnswer[]; sms?: FarAnswer[] } = {}) {
  const [pushes, gateway] = [await farServer(push), await farServer(sms)];
  const { world, cast } = await castWorld({
    livekit: createLiveKitDouble(),
    origin: 'https://rapat.uji.example',
    push: { contact: 'mailto:admin@uji.example', hosts: ['127.0.0.1'] },
  });
  endings.push(pushes.close, gateway.close, world.close);
  await world.sql`update people.person set phone = '0812-3456-7890' where id = ${cast.kabid.id}`;
  const admin = await signIn(world, cast.administrator);
  await admin.call(postGateway, { body: { name: 'SMS Center', channel: 'sms', url: `${gateway.url}/kirim`, enabled: true } });
  const kabid = await world.signIn(cast.kabid.nip, PASSWORD, { 'user-agent': 'Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile' });
  const subscription = makeSubscription(`${pushes.url}/kabid`);
  const { endpoint, keys } = subscription;
  await kabid.call(postDevice, { body: { endpoint, keys, language: 'id' } });
  const head = await signIn(world, cast.kepala);
  const whom = { positions: [cast.kabid.positionId!] };
  const calls = async () => head.call(postCall, { body: { key: randomUUID(), subject: 'Banjir Kelurahan Uji', sifat: 'sangat_segera', whom } });
  const boardOf = async (id: string) => (await head.call(getCallBoard, { params: { id } })).seats[0]!.rung[0]!;
  return { world, cast, pushes, gateway, kabid, head, whom, subscription, calls, boardOf };
}

test('the compose screen says how each can be reached before anybody is rung', async () => {
  const { head, whom } = await office();
  const { seats, unreachable } = await head.call(postCallPreview, { body: { whom } });
  expect(seats[0]?.chain[0]?.reach).toEqual({ tabs: 0, push: 1, gateways: ['sms'], phone: true });
  expect(unreachable).toBe(0);
});

test('the device and the gateway of the person called ring at once, and the caller sees each by its name', async () => {
  const { world, pushes, gateway, subscription, calls, boardOf } = await office();
  const { id, meetingId } = await calls();
  await world.app.jobs.runDue();
  const ring = subscription.read(pushes.heard[0]!.body);
  expect(ring).toMatchObject({ kind: 'ring', callId: id, meetingId, subject: 'Banjir Kelurahan Uji' });
  expect(JSON.parse(gateway.heard[0]!.body.toString())).toMatchObject({ call: { link: expect.stringContaining(`https://rapat.uji.example/r`) as string } });
  await world.visitor().call(postRang, { params: { id: String(ring['id']) }, body: { state: 'berdering' } });
  const callee = await boardOf(id);
  expect(callee).toMatchObject({ progress: 'berdering', reachedBy: 'push', waLink: expect.stringContaining('https://wa.me/6281234567890?text=') as string });
  expect(callee.hops.filter(({ channel }) => channel !== 'tab').map(({ channel, name, state }) => ({ channel, name, state }))).toEqual(
    expect.arrayContaining([
      { channel: 'push', name: 'Chrome di Android', state: 'berdering' },
      { channel: 'sms', name: 'SMS Center', state: 'dikirim' },
    ]),
  );
});

test('the text of a gateway, and the one to send by hand, let the person in as themselves without a session', async () => {
  const { world, cast, gateway, head, calls, boardOf } = await office();
  const { id } = await calls();
  await world.app.jobs.runDue();
  const { call } = JSON.parse(gateway.heard[0]!.body.toString()) as { call: { link: string } };
  expect(call.link).toMatch(/^https:\/\/rapat\.uji\.example\/r\?langsung#[\w-]{28}$/);
  const sent = new URL((await boardOf(id)).waLink!).searchParams.get('text');
  expect(sent).toContain(call.link);

  const phone = openClient(world.app, 'https://rapat.uji.example', call.link.split('#')[1]);
  expect((await phone.call(postJoin, { body: {} })).you).toMatchObject({ name: cast.kabid.name, signedIn: false });

  const bkd = await signIn(world, cast.bkd);
  expect((await bkd.call(getCallBoard, { params: { id } })).seats[0]!.rung[0]!.waLink).toBeNull();
  await head.call(postCallCancel, { params: { id } });
  expect((await boardOf(id)).waLink).toBeNull();
});

test('an answer on one device closes what the others show, and stops what a gateway had still to send', async () => {
  const { world, pushes, gateway, subscription, kabid, calls, boardOf } = await office({ sms: [503] });
  const { id } = await calls();
  await world.app.jobs.runDue();
  await kabid.call(postAnswer, { params: { id }, body: { answer: 'menolak', reason: 'Di lapangan, 10 menit' } });
  world.clock.advance(10_000);
  await world.app.jobs.runDue();
  expect(gateway.heard).toHaveLength(1);
  expect(pushes.heard.map(({ body }) => subscription.read(body))).toMatchObject([{ kind: 'ring' }, { kind: 'quiet', callId: id, why: 'menolak' }]);
  expect(await boardOf(id)).toMatchObject({ progress: 'menolak', reason: 'Di lapangan, 10 menit' });
});

test('a subscription that has expired is said on the board in words; the gateway still rings', async () => {
  const { world, calls, boardOf } = await office({ push: [410] });
  const { id } = await calls();
  await world.app.jobs.runDue();
  const { hops, progress, reach } = await boardOf(id);
  expect(hops).toContainEqual(
    expect.objectContaining({ channel: 'push', state: 'gagal', detail: 'Langganan pemberitahuan perangkat ini sudah berakhir (410)' }),
  );
  expect(progress).toBe('dikirim');
  expect(reach.push).toBe(0);
});

test('when nothing reaches a person the board says so', async () => {
  const { world, calls, boardOf } = await office({ push: [410], sms: [400] });
  const { id } = await calls();
  await world.app.jobs.runDue();
  expect(await boardOf(id)).toMatchObject({ progress: 'tak_terjangkau' });
});
