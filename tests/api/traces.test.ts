// Traces, as a collector gets them, and the id by which a request is found in the log.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createTracing } from '../../server/platform/tracing.ts';
import { PASSWORD } from '../support/cast.ts';
import { calledMeeting } from '../support/meeting.ts';
import { postTicket } from '../../shared/meetings.ts';
import { makeWorld } from '../support/world.ts';

type Attribute = { key: string; value: { stringValue?: string; intValue?: number } };
type Sent = { traceId: string; spanId: string; parentSpanId?: string; name: string; attributes: Attribute[]; status: { code?: number } };
type Batch = { resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Sent[] }[] }[] };

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

/** A collector on this machine: what it was sent, as text and as spans. */
async function collector() {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      bodies.push(Buffer.concat(parts).toString());
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => server.close());
  const spans = (): Sent[] => bodies.flatMap((body) => (JSON.parse(body) as Batch).resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`, spans, text: () => bodies.join('\n') };
}

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = `00-${TRACE}-b7ad6b7169203331-01`;

test('a request, its transactions and its calls of the media server are one trace, without a person, a token or an address in it', async () => {
  const { url, spans, text } = await collector();
  const tracing = createTracing({ version: '1.2.3', url });
  const { world, cast, id } = await calledMeeting((c) => ({ people: [c.staf.id] }), { tracing, trustProxy: 'loopback' });
  endings.push(() => world.close());
  const staf = await world.signIn(cast.staf.nip, PASSWORD, { 'x-forwarded-for': '10.9.8.7', traceparent: PARENT });
  const ticket = await staf.call(postTicket, { params: id, body: {} });
  await tracing.stop();
  const all = spans();
  const asked = all.find((s) => s.name === 'POST /api/meetings/:id/ticket');
  expect(asked).toMatchObject({ traceId: TRACE, parentSpanId: 'b7ad6b7169203331' });
  const below = all.filter((s) => s.parentSpanId === asked?.spanId).map((s) => s.name);
  expect(below).toContain('livekit ensureRoom');
  expect(all.map((s) => s.name)).toContain('postgres transaction');
  expect(text()).toContain('"1.2.3"');
  for (const secret of [cast.staf.nip, cast.staf.id, cast.staf.name, PASSWORD, ticket.token, id.id, '10.9.8.7', 'portal.test'])
    expect(text()).not.toContain(secret);
});

test('a trace and an id that a stranger names are not taken over; those of a trusted proxy are', async () => {
  const { url, spans } = await collector();
  const tracing = createTracing({ version: '1', url });
  const world = await makeWorld({ tracing, trustProxy: 'loopback' });
  endings.push(() => world.close());
  const ask = async (headers: Record<string, string>) => {
    const reply = await world.app.fastify.inject({ method: 'GET', url: '/api/docs', headers: { host: 'portal.test', traceparent: PARENT, ...headers } });
    return reply.statusCode;
  };
  await ask({});
  await ask({ 'x-forwarded-for': '10.0.0.1', traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` });
  await ask({ 'x-forwarded-for': '10.0.0.1' });
  await tracing.stop();
  expect(spans().map((s) => s.traceId === TRACE)).toEqual([false, false, true]);
});

test('who reads out the reference of a failure is found in the log by it; only a trusted proxy names it', async () => {
  const lines: string[] = [];
  const world = await makeWorld({ heard: (line) => lines.push(line), trustProxy: 'loopback' });
  endings.push(() => world.close());
  world.app.fastify.log.level = 'error';
  await world.sql`drop schema people cascade`;
  const failing = async (headers: Record<string, string>) => {
    const reply = await world.app.fastify.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login: 'x', password: 'y' },
      headers: { host: 'portal.test', origin: 'http://portal.test', ...headers },
    });
    return {
      status: reply.statusCode,
      said: reply.json<{ error: { values?: { reference?: string } } }>().error.values?.reference,
      id: reply.headers['x-request-id'],
    };
  };
  const own = await failing({ 'x-request-id': 'nama-orang-lain' });
  expect(own).toMatchObject({ status: 500, said: expect.stringMatching(/^[0-9a-f]{12}$/), id: own.said });
  const named = await failing({ 'x-request-id': 'dari-proxy-0001', 'x-forwarded-for': '10.0.0.1' });
  expect(named).toMatchObject({ status: 500, said: 'dari-proxy-0001', id: 'dari-proxy-0001' });
  const malformed = await failing({ 'x-request-id': 'a b\u007fc', 'x-forwarded-for': '10.0.0.1' });
  expect(malformed.said).toMatch(/^[0-9a-f]{12}$/);
  const ids = lines.map((line) => JSON.parse(line) as { reqId: string; msg: string }).filter(({ msg }) => msg === 'unexpected failure');
  expect(ids.map(({ reqId }) => reqId)).toEqual([own.said, named.said, malformed.said]);
});
