// Gateways: a real server on this machine takes the signed webhooks and reports back what became of them.
import { createHmac, randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import {
  deleteGateway,
  getGateways,
  postGateway,
  postGatewayReport,
  postGatewaySecret,
  postGatewayTrial,
  putGateway,
  type Gateway,
} from '../../shared/channels.ts';
import { castWorld, refusalIn, signIn } from '../support/cast.ts';
import { farServer, type FarAnswer, type FarRequest } from '../support/far-server.ts';
import { rung } from '../support/rung.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

async function office(answers: FarAnswer[] = [], channel: Gateway['channel'] = 'sms') {
  const far = await farServer(answers);
  const { world, cast } = await castWorld();
  endings.push(far.close, world.close);
  await world.sql`update people.person set phone = '0812-3456-7890' where id in (${cast.staf.id}, ${cast.administrator.id})`;
  const admin = await signIn(world, cast.administrator);
  const gateway = await admin.call(postGateway, { body: { name: 'SMS Center', channel, url: `${far.url}/kirim`, enabled: true } });
  const { secret } = await admin.call(postGatewaySecret, { params: { id: gateway.id }, body: { renew: false } });
  const params = { id: gateway.id };

  /** As a gateway does, by the rules of standardwebhooks.com. */
  const sign = (key: string, id: string, timestamp: string, body: string): string =>
    `v1,${createHmac('sha256', Buffer.from(key.slice('whsec_'.length), 'base64'))
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64')}`;
  async function report(
    said: object,
    {
      key = secret,
      id = randomUUID(),
      aheadSeconds = 0,
      body = JSON.stringify(said),
    }: { key?: string; id?: string; aheadSeconds?: number; body?: string } = {},
  ): Promise<string | null> {
    const timestamp = String(Math.floor(world.clock.now().getTime() / 1000) + aheadSeconds);
    const signature = sign(key, id, timestamp, JSON.stringify(said));
    const reply = await world
      .visitor()
      .send(postGatewayReport, { params, body }, { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature });
    return reply.status === 204 ? null : (JSON.parse(reply.text) as { error: { code: string } }).error.code;
  }
  const isSigned = ({ headers, body }: FarRequest): boolean =>
    sign(secret, String(headers['webhook-id']), String(headers['webhook-timestamp']), body.toString()) === headers['webhook-signature'];
  return { world, cast, far, admin, gateway, params, secret, report, isSigned };
}

test('a gateway is told whom to reach, who calls and why, over a signature it can check; the board says it was sent', async () => {
  const { world, cast, far, isSigned } = await office();
  const call = await rung(world, cast.staf);
  await call.rings(['sms', 'push', 'tab']);
  await world.app.jobs.runDue();
  const [request] = far.heard;
  expect(request?.path).toBe('/kirim');
  expect(isSigned(request!)).toBe(true);
  const [hop] = await call.hops();
  expect(request?.headers['webhook-id']).toBe(hop?.id);
  expect(JSON.parse(request!.body.toString())).toMatchObject({
    event: 'call.ring',
    id: hop?.id,
    channel: 'sms',
    to: { name: 'Sari Dirumah', phone: '+6281234567890' },
    call: { subject: 'Penyaluran bantuan beras', caller: 'Hartini', callerAs: 'Kepala Dinas Sosial', link: 'https://rapat.contoh.go.id/r#tautan' },
    text: expect.stringContaining('PANGGILAN MENDESAK (sangat segera): Penyaluran bantuan beras.') as string,
  });
  expect(call.kinds()).toEqual(['sms dikirim']);
});

test('the join link waits in the queue unreadable', async () => {
  const { world, cast } = await office();
  await (await rung(world, cast.staf)).rings(['sms']);
  const [row] = await world.sql<{ payload: string }[]>`select payload::text from graphile_worker._private_jobs`;
  expect(row?.payload).not.toMatch(/tautan|contoh|6281|0812|Sari/);
});

test('who has no number is not reached by SMS, but by e-mail', async () => {
  const { world, cast, far } = await office([], 'email');
  const reach = await world.app.channels.reach(world.app.sql, [cast.kabid.id, cast.staf.id]);
  expect(reach.get(cast.kabid.id)).toEqual({ tabs: 0, push: 0, gateways: ['email'], phone: false });
  expect(reach.get(cast.staf.id)).toMatchObject({ gateways: ['email'], phone: true });
  const call = await rung(world, cast.kabid);
  await call.rings(['sms', 'email']);
  await world.app.jobs.runDue();
  expect(far.heard.map(({ body }) => (JSON.parse(body.toString()) as { to: unknown }).to)).toEqual([
    { name: cast.kabid.name, phone: null, email: cast.kabid.email },
  ]);
});

test('a disabled gateway, a disabled person: nothing is sent', async () => {
  const { world, cast, far, admin, gateway, params } = await office();
  const call = await rung(world, cast.staf);
  await call.rings(['sms']);
  await admin.call(putGateway, { params, body: { name: gateway.name, url: gateway.url, enabled: false } });
  await world.app.jobs.runDue();
  expect(await call.hops()).toMatchObject([{ state: 'dihentikan', detail: 'Perangkat atau gerbang sudah tidak dipakai' }]);
  await admin.call(putGateway, { params, body: { name: gateway.name, url: gateway.url, enabled: true } });
  await world.sql`update people.person set disabled_at = now() where id = ${cast.staf.id}`;
  await call.rings(['sms']);
  expect(await call.hops()).toHaveLength(1);
  expect(far.heard).toEqual([]);
});

test('a gateway in trouble is asked after 5, 15, 45 and 120 seconds, always with the same delivery; then it has failed, in words', async () => {
  const { world, cast, far } = await office([500, 502, 503, 500, 500]);
  const call = await rung(world, cast.staf);
  await call.rings(['sms']);
  const sent: number[] = [];
  for (let second = 0; second <= 200; second += 5) {
    await world.app.jobs.runDue();
    sent.push(far.heard.length);
    world.clock.advance(5_000);
  }
  expect([0, 1, 4, 13, 37].map((n) => sent[n])).toEqual([1, 2, 3, 4, 5]);
  expect([3, 12, 36, 40].map((n) => sent[n])).toEqual([2, 3, 4, 5]);
  expect(new Set(far.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(await call.hops()).toMatchObject([{ state: 'gagal', detail: 'Gerbang sedang bermasalah (500); 5 kali dicoba', attempts: 5 }]);
  expect(call.kinds()).toEqual(['sms gagal']);
});

test('a gateway that never answers is left after five seconds and tried again', async () => {
  const { world, cast, far } = await office(['never']);
  const call = await rung(world, cast.staf);
  await call.rings(['sms']);
  await world.app.jobs.runDue();
  expect(await call.hops()).toMatchObject([{ state: 'antre', detail: 'Gerbang tidak menjawab dalam 5 detik; dicoba lagi' }]);
  world.clock.advance(5_000);
  await world.app.jobs.runDue();
  expect(far.heard).toHaveLength(2);
  expect(call.kinds()).toEqual(['sms dikirim']);
});

test('a gateway that sends the portal elsewhere is not followed, and one that refuses is not asked again', async () => {
  const { world, cast, far } = await office([{ status: 307, headers: { location: '/lain' } }, 400]);
  const call = await rung(world, cast.staf);
  await call.rings(['sms']);
  await call.rings(['sms']);
  for (let n = 0; n < 3; n += 1) {
    await world.app.jobs.runDue();
    world.clock.advance(130_000);
  }
  expect(far.heard.map(({ path }) => path)).toEqual(['/kirim', '/kirim']);
  expect((await call.hops()).map(({ detail }) => detail).toSorted()).toEqual([
    'Gerbang mengalihkan ke alamat lain (307); tidak diikuti',
    'Gerbang menolak (400)',
  ]);
});

test('a portal that dies before it has written down the answer sends the same delivery again, never another one', async () => {
  const { world, cast, far } = await office();
  const call = await rung(world, cast.staf);
  await call.rings(['sms']);
  // What a killed portal leaves: the gateway was asked, the job and the hop stand as before.
  const [job] = await world.sql<{ payload: { hop: string; link: string } }[]>`select payload from graphile_worker._private_jobs`;
  await world.app.jobs.runDue();
  await world.app.jobs.add(world.app.sql, 'panggilan.kirim', [job!.payload]);
  await world.sql`update calls.hop set state = 'antre', attempts = 0, sent_at = null where callee_id = ${call.calleeId}`;
  await world.app.jobs.runDue();
  expect(far.heard).toHaveLength(2);
  expect(new Set(far.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(await call.hops()).toMatchObject([{ state: 'dikirim' }]);
});

test('a gateway reports what became of a delivery; it never goes back', async () => {
  const { world, cast, report } = await office();
  const call = await rung(world, cast.staf);
  await call.rings(['sms']);
  await world.app.jobs.runDue();
  const [hop] = await call.hops();
  expect(await report({ id: hop?.id, state: 'diterima' })).toBeNull();
  expect(await report({ id: hop?.id, state: 'berdering' })).toBeNull();
  expect(await report({ id: hop?.id, state: 'diterima' })).toBeNull();
  expect(await call.hops()).toMatchObject([{ state: 'berdering' }]);
  expect(call.kinds()).toEqual(['sms dikirim', 'sms diterima', 'sms berdering']);
});

test('a gateway says that a number cannot be reached: the board says it in its words', async () => {
  const { world, cast, report } = await office();
  const call = await rung(world, cast.staf);
  await call.rings(['sms']);
  await world.app.jobs.runDue();
  const [hop] = await call.hops();
  expect(await report({ id: hop?.id, state: 'gagal', detail: 'Nomor tidak aktif' })).toBeNull();
  expect(call.news.at(-1)).toMatchObject({ channel: 'sms', kind: 'gagal', detail: 'Nomor tidak aktif' });
});

test('a report that is forged, old, repeated, of another delivery or unreadable is refused', async () => {
  const { world, cast, report, admin, params } = await office();
  const call = await rung(world, cast.staf);
  await call.rings(['sms']);
  await world.app.jobs.runDue();
  const [hop] = await call.hops();
  const said = { id: hop?.id, state: 'berdering' };
  expect(await report(said, { key: `whsec_${Buffer.from('salah').toString('base64')}` })).toBe('gateway.signature');
  expect(await report(said, { body: JSON.stringify({ ...said, state: 'gagal' }) })).toBe('gateway.signature');
  expect(await report(said, { aheadSeconds: -301 })).toBe('gateway.signature');
  expect(await report(said, { aheadSeconds: 301 })).toBe('gateway.signature');
  expect(await report({ id: randomUUID(), state: 'berdering' })).toBe('not_found');
  expect(await report({ id: hop?.id, state: 'meledak' })).toBe('input.invalid');
  expect(await report(said, { id: 'lapor-1' })).toBeNull();
  expect(await report(said, { id: 'lapor-1' })).toBe('gateway.replayed');
  world.clock.advance(299_000);
  expect(await report(said, { id: 'lapor-1' })).toBe('gateway.replayed');
  await admin.call(postGatewaySecret, { params, body: { renew: true } });
  expect(await report(said)).toBe('gateway.signature');
  await admin.call(deleteGateway, { params });
  expect(await report(said)).toBe('gateway.signature');
});

test('the administrator sends a trial to their own number and reads what the gateway answered', async () => {
  const { world, cast, far, admin, params, report, isSigned } = await office([404, 503, 200]);
  expect(await admin.call(postGatewayTrial, { params })).toMatchObject({ state: 'gagal', detail: 'Gerbang menolak (404)', trial: true });
  expect(await refusalIn(admin.call(postGatewayTrial, { params }))).toMatchObject({ code: 'limit.reached', values: { seconds: 5 } });
  world.clock.advance(5_000);
  // A trial is tried once.
  expect(await admin.call(postGatewayTrial, { params })).toMatchObject({ state: 'gagal', detail: 'Gerbang sedang bermasalah (503)' });
  world.clock.advance(5_000);
  expect(await admin.call(postGatewayTrial, { params })).toMatchObject({ state: 'dikirim', detail: null });
  const request = far.heard[2]!;
  expect(isSigned(request)).toBe(true);
  expect(JSON.parse(request.body.toString())).toMatchObject({ event: 'trial', to: { phone: '+6281234567890' } });
  expect(await report({ id: request.headers['webhook-id'], state: 'diterima' })).toBeNull();
  expect(await admin.call(getGateways, {})).toMatchObject([
    { name: 'SMS Center', changedByName: cast.administrator.name, results: [{ state: 'diterima' }, { state: 'gagal' }, { state: 'gagal' }] },
  ]);
  await world.sql`update people.person set phone = null where id = ${cast.administrator.id}`;
  expect(await refusalIn(admin.call(postGatewayTrial, { params }))).toMatchObject({
    code: 'gateway.no_contact',
    message: expect.stringContaining('nomor telepon') as string,
  });
});

test('an address must be https, on this machine alone http; what was there before stays on record', async () => {
  const { world, admin, params, gateway } = await office();
  for (const url of ['http://sms.contoh.go.id/kirim', 'https://nama:sandi@sms.contoh.go.id', 'ftp://sms.contoh.go.id'])
    expect(await admin.refusalOf(putGateway, { params, body: { name: 'SMS', url, enabled: true } })).toBe('gateway.url');
  const renewed = await admin.call(postGatewaySecret, { params, body: { renew: true } });
  expect(renewed.version).toBe(2);
  expect(await admin.call(putGateway, { params, body: { name: 'SMS Kota', url: 'https://sms.contoh.go.id/kirim', enabled: false } })).toMatchObject({
    name: 'SMS Kota',
    enabled: false,
    secretVersion: 2,
  });
  await admin.call(deleteGateway, { params });
  expect(await admin.call(getGateways, {})).toEqual([]);
  expect(await admin.refusalOf(putGateway, { params, body: { name: 'SMS', url: gateway.url, enabled: true } })).toBe('not_found');
  const kept = await world.sql<{ what: string }[]>`select what from calls.gateway_change order by id`;
  expect(kept.map(({ what }) => what)).toEqual(['dibuat', 'rahasia_dilihat', 'rahasia_diganti', 'diubah', 'dihapus']);
});

test('gateways are the administrator’s alone', async () => {
  const { world, cast, params, gateway } = await office();
  const head = await signIn(world, cast.kepala);
  expect(await head.refusalOf(getGateways, {})).toBe('role.missing');
  expect(await head.refusalOf(postGateway, { body: { name: 'x', channel: 'sms', url: gateway.url, enabled: true } })).toBe('role.missing');
  expect(await head.refusalOf(putGateway, { params, body: { name: 'x', url: gateway.url, enabled: true } })).toBe('role.missing');
  expect(await head.refusalOf(deleteGateway, { params })).toBe('role.missing');
  expect(await head.refusalOf(postGatewaySecret, { params, body: { renew: false } })).toBe('role.missing');
  expect(await head.refusalOf(postGatewayTrial, { params })).toBe('role.missing');
});
