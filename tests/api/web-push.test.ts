// Devices that ring while the portal is closed: a real push service on this machine takes what the portal sends.
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { deleteDevice, getDevices, postDevice, postDeviceTrial, postRang } from '../../shared/channels.ts';
import { deleteSession, deleteSessions, postSession } from '../../shared/people.ts';
import { castWorld, PASSWORD, refusalIn, signIn, type Actor } from '../support/cast.ts';
import { farServer, type FarAnswer } from '../support/far-server.ts';
import { rung } from '../support/rung.ts';
import { makeSubscription, vapidOf } from '../support/subscription.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

const PHONE = { 'user-agent': 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36' };

async function office(answers: FarAnswer[] = []) {
  const service = await farServer(answers);
  const { world, cast } = await castWorld({ push: { contact: 'mailto:admin@uji.example', hosts: ['127.0.0.1'] } });
  endings.push(service.close, world.close);
  async function phoneOf(person: Actor) {
    const client = await world.signIn(person.nip, PASSWORD, PHONE);
    const subscription = makeSubscription(`${service.url}/${randomUUID()}`);
    const { endpoint, keys } = subscription;
    const device = await client.call(postDevice, { body: { endpoint, keys, language: 'id' } });
    return { client, subscription, device };
  }
  return { world, cast, service, phoneOf };
}

test('a phone that agreed rings: encrypted for it alone, signed by the portal, urgent, short-lived, one topic per call', async () => {
  const { world, cast, service, phoneOf } = await office();
  const { subscription, device } = await phoneOf(cast.staf);
  expect(device.name).toBe('Chrome di Android');
  const call = await rung(world, cast.staf);
  await call.rings(['push', 'tab']);
  await world.app.jobs.runDue();
  const [request] = service.heard;
  expect(subscription.read(request!.body)).toMatchObject({
    kind: 'ring',
    callId: call.call.id,
    meetingId: call.call.meetingId,
    subject: call.call.subject,
    callerName: 'Hartini',
    callerAs: 'Kepala Dinas Sosial',
    placedAt: world.clock.now().toISOString(),
    language: 'id',
  });
  expect(request!.body.toString('latin1')).not.toContain('bantuan');
  expect(request!.headers).toMatchObject({ ttl: '60', urgency: 'high', topic: call.call.id.replaceAll('-', ''), 'content-encoding': 'aes128gcm' });
  const { claims, publicKey } = vapidOf(request!);
  expect(claims).toMatchObject({ aud: service.url, sub: 'mailto:admin@uji.example' });
  expect((await (await signIn(world, cast.kabid)).call(getDevices, {})).publicKey).toBe(publicKey);
  expect(call.kinds()).toEqual(['push dikirim']);
  expect(await call.hops()).toMatchObject([{ channel: 'push', state: 'dikirim', attempts: 1 }]);
});

test('every device of a person is rung, and each says for itself that it arrived and that it rings', async () => {
  const { world, cast, phoneOf } = await office();
  await phoneOf(cast.staf);
  await phoneOf(cast.staf);
  const call = await rung(world, cast.staf);
  await call.rings(['push']);
  await world.app.jobs.runDue();
  const [first] = await call.hops();
  const browser = world.visitor();
  expect(await browser.call(postRang, { params: { id: first!.id }, body: { state: 'diterima' } })).toEqual({ rings: true });
  await browser.call(postRang, { params: { id: first!.id }, body: { state: 'berdering' } });
  // The phone tells twice, and late.
  await browser.call(postRang, { params: { id: first!.id }, body: { state: 'diterima' } });
  expect((await call.hops()).map(({ state }) => state).toSorted()).toEqual(['berdering', 'dikirim']);
  expect(call.kinds()).toEqual(['push dikirim', 'push dikirim', 'push diterima', 'push berdering']);
});

test('a device that answers faster than its push service leaves no step out', async () => {
  const { world, cast, phoneOf } = await office();
  await phoneOf(cast.staf);
  const call = await rung(world, cast.staf);
  await call.rings(['push']);
  const [hop] = await call.hops();
  await world.visitor().call(postRang, { params: { id: hop!.id }, body: { state: 'berdering' } });
  await world.app.jobs.runDue();
  expect(call.kinds()).toEqual(['push dikirim', 'push berdering']);
  expect(await call.hops()).toMatchObject([{ state: 'berdering' }]);
});

test('a subscription that has expired is taken off the list, and the board says why', async () => {
  const { world, cast, phoneOf } = await office([410]);
  const { client } = await phoneOf(cast.staf);
  const call = await rung(world, cast.staf);
  await call.rings(['push']);
  await world.app.jobs.runDue();
  expect(await call.hops()).toMatchObject([{ state: 'gagal', detail: 'Langganan pemberitahuan perangkat ini sudah berakhir (410)' }]);
  expect(call.news.at(-1)).toMatchObject({ kind: 'gagal', detail: expect.stringContaining('berakhir') as string });
  expect((await client.call(getDevices, {})).devices).toEqual([]);
  expect((await world.app.channels.reach(world.app.sql, [cast.staf.id])).get(cast.staf.id)?.push).toBe(0);
});

test('a busy push service is asked again when it says so, and rings once', async () => {
  const { world, cast, service, phoneOf } = await office([{ status: 429, headers: { 'retry-after': '20' } }, 503]);
  await phoneOf(cast.staf);
  const call = await rung(world, cast.staf);
  await call.rings(['push']);
  await world.app.jobs.runDue();
  expect(await call.hops()).toMatchObject([{ state: 'antre', detail: 'Layanan pemberitahuan sedang sibuk (429); dicoba lagi' }]);
  world.clock.advance(19_000);
  expect(await world.app.jobs.runDue()).toBe(0);
  world.clock.advance(1_000);
  await world.app.jobs.runDue();
  world.clock.advance(15_000);
  await world.app.jobs.runDue();
  expect(service.heard).toHaveLength(3);
  expect(await call.hops()).toMatchObject([{ state: 'dikirim', detail: null, attempts: 3 }]);
  expect(call.kinds()).toEqual(['push dikirim']);
});

test('what waits for one who has answered is not sent, and what is shown is closed once', async () => {
  const { world, cast, service, phoneOf } = await office([503]);
  const { subscription } = await phoneOf(cast.staf);
  const { subscription: other } = await phoneOf(cast.staf);
  const call = await rung(world, cast.staf);
  await call.rings(['push']);
  await world.app.jobs.runDue();
  await call.becomes('menjawab');
  for (let n = 0; n < 2; n += 1) await world.app.sql.begin(async (tx) => world.app.channels.quiet(tx, call.call.id, [cast.staf.id], 'menjawab'));
  world.clock.advance(60_000);
  await world.app.jobs.runDue();
  expect((await call.hops()).map(({ state }) => state).toSorted()).toEqual(['dihentikan', 'dikirim']);
  const [one, two, ...quiet] = service.heard;
  expect([one, two].map((request) => [subscription, other].find(({ endpoint }) => endpoint.endsWith(request!.path))!.read(request!.body)['kind'])).toEqual([
    'ring',
    'ring',
  ]);
  expect(quiet).toHaveLength(2);
  for (const request of quiet) {
    const to = [subscription, other].find(({ endpoint }) => endpoint.endsWith(request.path))!;
    expect(to.read(request.body)).toEqual({ kind: 'quiet', callId: call.call.id, why: 'menjawab', language: 'id' });
    expect(request.headers['topic']).toBe(call.call.id.replaceAll('-', ''));
  }
});

test('a job whose call was cancelled while it waited sends nothing', async () => {
  const { world, cast, service, phoneOf } = await office();
  await phoneOf(cast.staf);
  const call = await rung(world, cast.staf);
  await call.rings(['push']);
  await world.sql`update calls.call set cancelled_at = now() where id = ${call.call.id}`;
  await world.app.jobs.runDue();
  expect(service.heard).toEqual([]);
  expect(await call.hops()).toMatchObject([{ state: 'dihentikan', detail: 'Panggilan dibatalkan' }]);
  const [hop] = await call.hops();
  expect(await world.visitor().call(postRang, { params: { id: hop!.id }, body: { state: 'diterima' } })).toEqual({ rings: false });
});

test('a portal that comes back after ten minutes does not ring for what is long past', async () => {
  const { world, cast, service, phoneOf } = await office();
  await phoneOf(cast.staf);
  const call = await rung(world, cast.staf);
  await call.rings(['push']);
  world.clock.advance(600_000);
  await world.app.jobs.runDue();
  expect(service.heard).toEqual([]);
  expect(await call.hops()).toMatchObject([{ state: 'dihentikan', detail: 'Terlalu lama tertunda' }]);
});

test('a round that is overtaken by the next one is not repeated', async () => {
  const { world, cast, service, phoneOf } = await office([503]);
  await phoneOf(cast.staf);
  const call = await rung(world, cast.staf);
  await call.rings(['push']);
  await world.app.jobs.runDue();
  await world.sql`update calls.callee set rounds = 2 where id = ${call.calleeId}`;
  await call.rings(['push'], 2);
  world.clock.advance(60_000);
  await world.app.jobs.runDue();
  expect(service.heard).toHaveLength(2);
  expect((await call.hops()).map(({ detail }) => detail)).toEqual(expect.arrayContaining(['Diganti dering berikutnya', null]));
});

test('signing out ends the ringing of that device; growing old does not', async () => {
  const { world, cast, phoneOf } = await office();
  const { client } = await phoneOf(cast.staf);
  const { client: tablet } = await phoneOf(cast.staf);
  const rings = async () => (await world.app.channels.reach(world.app.sql, [cast.staf.id])).get(cast.staf.id)?.push;
  await client.call(deleteSession, {});
  expect(await rings()).toBe(1);
  world.clock.advance(13 * 3_600_000);
  expect(await tablet.refusalOf(getDevices, {})).toBe('session.required');
  expect(await rings()).toBe(1);
  // Everywhere: also where the sign-in had grown old.
  await (await signIn(world, cast.staf)).call(deleteSessions, {});
  expect(await rings()).toBe(0);
});

test('a device rings for 30 days after the portal was last opened on it', async () => {
  const { world, cast, phoneOf } = await office();
  const { subscription } = await phoneOf(cast.staf);
  const rings = async () => (await world.app.channels.reach(world.app.sql, [cast.staf.id])).get(cast.staf.id)?.push;
  world.clock.advance(29 * 86_400_000);
  const again = await signIn(world, cast.staf);
  const { endpoint, keys } = subscription;
  await again.call(postDevice, { body: { endpoint, keys, language: 'en' } });
  world.clock.advance(29 * 86_400_000);
  expect(await rings()).toBe(1);
  world.clock.advance(2 * 86_400_000);
  expect(await rings()).toBe(0);
});

test('a browser that another person uses now rings for that person only', async () => {
  const { world, cast, phoneOf } = await office();
  const { subscription, client } = await phoneOf(cast.staf);
  const { endpoint, keys } = subscription;
  await (await signIn(world, cast.kabid)).call(postDevice, { body: { endpoint, keys, language: 'id' } });
  expect((await client.call(getDevices, {})).devices).toEqual([]);
});

test('a trial ring to the own device is seen to ring; another’s device is not found', async () => {
  const { world, cast, service, phoneOf } = await office();
  const { client, subscription, device } = await phoneOf(cast.staf);
  expect(await client.call(postDeviceTrial, { params: { id: device.id } })).toMatchObject({ state: 'dikirim', trial: true });
  const told = subscription.read(service.heard[0]!.body);
  expect(told).toMatchObject({ kind: 'trial' });
  await world.visitor().call(postRang, { params: { id: String(told['id']) }, body: { state: 'berdering' } });
  expect((await client.call(getDevices, {})).devices).toMatchObject([{ id: device.id, last: { state: 'berdering', trial: true } }]);
  expect(await refusalIn(client.call(postDeviceTrial, { params: { id: device.id } }))).toMatchObject({ code: 'limit.reached' });
  const other = await signIn(world, cast.kabid);
  expect(await other.refusalOf(postDeviceTrial, { params: { id: device.id } })).toBe('not_found');
  await other.call(deleteDevice, { params: { id: device.id } });
  expect((await client.call(getDevices, {})).devices).toHaveLength(1);
  await client.call(deleteDevice, { params: { id: device.id } });
  await client.call(deleteDevice, { params: { id: device.id } });
  expect((await client.call(getDevices, {})).devices).toEqual([]);
  expect(await world.sql`select endpoint, auth, removed_why from calls.device`).toMatchObject([{ endpoint: null, auth: null, removed_why: 'dimatikan' }]);
});

test('an address that is no known push service is never called: it is refused, by name', async () => {
  const { world, cast } = await office();
  const client = await signIn(world, cast.staf);
  const { keys } = makeSubscription('');
  for (const endpoint of [
    'https://portal.internal/x',
    'http://192.168.1.1/router',
    'https://127.0.0.1.evil.example/x',
    'https://u:p@127.0.0.1/x',
    'file:///etc/passwd',
  ])
    expect(await client.refusalOf(postDevice, { body: { endpoint, keys, language: 'id' } })).toMatch(/push\.host|input\.invalid/);
  const refusal = await refusalIn(client.call(postDevice, { body: { endpoint: 'https://portal.internal/x', keys, language: 'id' } }));
  expect(refusal.message).toContain('portal.internal');
});

test('an unknown ring is not found; nobody signed in, nothing listed', async () => {
  const { world } = await office();
  expect(await world.visitor().refusalOf(postRang, { params: { id: randomUUID() }, body: { state: 'diterima' } })).toBe('not_found');
  expect(await world.visitor().refusalOf(getDevices, {})).toBe('session.required');
});

test('a portal that was not told whom a push service may write to sends none, and says so', async () => {
  const { world, cast } = await castWorld();
  endings.push(world.close);
  const client = world.visitor();
  await client.call(postSession, { body: { login: cast.staf.nip, password: PASSWORD } });
  expect(await client.call(getDevices, {})).toMatchObject({ publicKey: null, devices: [] });
  const { keys } = makeSubscription('');
  expect(await client.refusalOf(postDevice, { body: { endpoint: 'https://fcm.googleapis.com/x', keys, language: 'id' } })).toBe('push.off');
});
