// The receiver when things around it break: LiveKit takes a 4xx for delivered and forgets an event after 15 s of 503.
import { randomUUID } from 'node:crypto';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { getHealth } from '../../shared/health.ts';
import { getMeeting, postTicket } from '../../shared/meetings.ts';
import { newIdentity } from '../../server/rooms/identity.ts';
import { createPresence } from '../../server/rooms/presence.ts';
import type { Told } from '../../server/rooms/telling.ts';
import { takeAway, temporaryFolder } from '../support/database.ts';
import { calledMeeting, mediaServerTells, opensLink } from '../support/meeting.ts';

const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function aMeeting({ spool = true } = {}) {
  const dataFolder = temporaryFolder();
  ends.push(() => rmSync(dataFolder, { recursive: true, force: true }));
  const setting = await calledMeeting({ guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }] }, spool ? { dataFolder } : {});
  ends.push(setting.world.close);
  const { world, room } = setting;
  const { identity } = await opensLink(world, setting.invitation('Ibu Tamu').link).call(postTicket, { params: setting.id, body: {} });
  const joins = (sid: string, more: Partial<Parameters<typeof mediaServerTells>[1]> = {}) => ({
    event: 'participant_joined',
    room: room.name,
    identity,
    sid,
    ...more,
  });
  const facts = () =>
    world.sql<
      { source: string; kind: string; sid: string | null; at: Date; deviceAt: Date | null; receivedAt: Date }[]
    >`select source, kind, sid, at, device_at as "deviceAt", received_at as "receivedAt" from rooms.presence order by id`;
  const spooled = (): string[] => readdirSync(join(dataFolder, 'spool')).filter((name) => /^\d.*\.jsonl$/.test(name));
  const alarms = async (): Promise<string[]> => (await world.visitor().call(getHealth, {})).alarms;
  const inside = async () => (await setting.chair.call(getMeeting, { params: setting.id })).inside;
  return { ...setting, identity, joins, facts, spooled, alarms, inside, dataFolder, now: world.clock.now() };
}

test.each([
  ['application/webhook+json'],
  ['application/json'],
  ['text/plain; charset=latin1'],
  ['application/x-www-form-urlencoded'],
  ['bukan jenis'],
  [';'],
  [''],
  [null],
])('an event that calls itself %j is taken', async (contentType) => {
  const { world, joins, facts } = await aMeeting();
  expect(await mediaServerTells(world, joins('PA_1'), { contentType })).toBe(200);
  expect(await facts()).toHaveLength(1);
});

test('a body without end is refused, a wrong signature too; both are an alarm', async () => {
  const { world, joins, alarms, facts } = await aMeeting();
  expect(await alarms()).toEqual([]);
  expect(await mediaServerTells(world, joins('PA_1'), { body: (body) => body + ' '.repeat(1024 * 1024) })).toBe(413);
  expect(await alarms()).toEqual(['webhook_refused']);
  expect(await mediaServerTells(world, joins('PA_1'), { secret: 'bukan-rahasianya-0123456789abcdef00' })).toBe(401);
  expect(world.app.rooms.alarms()).toMatchObject([{ what: 'webhook_refused', detail: '2' }]);
  world.clock.advance(11 * 60_000);
  expect(await alarms()).toEqual([]);
  expect(await facts()).toEqual([]);
});

test('what is signed by the media server and cannot be understood is not asked for again', async () => {
  const { world, room } = await aMeeting();
  expect(await mediaServerTells(world, { event: 'participant_joined', room: room.name, identity: 'x', sid: 'PA_1', kind: 'JENIS_BARU' })).toBe(200);
  expect(await mediaServerTells(world, { event: 'egress_started', room: room.name })).toBe(200);
});

test('events that come together are written together, each once and in order', async () => {
  const { world, joins, facts } = await aMeeting();
  const told = Array.from({ length: 30 }, (_, n) => joins(`PA_${String(n).padStart(2, '0')}`, { id: `EV_${n}` }));
  expect(new Set(await Promise.all([...told, ...told].map((one) => mediaServerTells(world, one))))).toEqual(new Set([200]));
  expect((await facts()).map((f) => f.sid)).toEqual(told.map((one) => one.sid));
  const [row] = await world.sql<{ transactions: number; forks: number }[]>`
    select count(distinct xmin::text)::int as transactions, (count(*) - count(distinct (stream, seq)))::int as forks from rooms.presence`;
  expect(row?.transactions).toBeLessThan(15);
  expect(row?.forks).toBe(0);
});

test('one event the database does not take does not sink those that came with it', async () => {
  const { world, joins, facts } = await aMeeting();
  const answers = await Promise.all([joins('PA_1'), joins('PA_2', { id: 'EV_\u0000' }), joins('PA_3')].map((told) => mediaServerTells(world, told)));
  expect(answers).toEqual([200, 503, 200]);
  expect((await facts()).map((f) => f.sid)).toEqual(['PA_1', 'PA_3']);
});

test('the same events give the same facts however they are gathered', async () => {
  const { world, invitation } = await aMeeting();
  const { member } = invitation('Ibu Tamu');
  const identities = ['a', 'b'].map((browser) => newIdentity(member, 'session', browser));
  const start = world.clock.now().getTime();
  const history = fc.array(
    fc.record({
      event: fc.constantFrom(
        'participant_joined',
        'participant_joined',
        'participant_left',
        'participant_left',
        'participant_connection_aborted',
        'room_finished',
      ),
      sid: fc.integer({ min: 1, max: 4 }),
      at: fc.integer({ min: 0, max: 300 }),
      began: fc.option(fc.integer({ min: 0, max: 300 })),
      reason: fc.constantFrom(null, 'CLIENT_INITIATED', 'CONNECTION_TIMEOUT'),
      again: fc.boolean(),
      together: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 1, maxLength: 14 },
  );
  const presence = createPresence({
    sql: world.app.sql,
    clock: world.clock,
    log: world.app.fastify.log,
    beats: { note: () => {}, flush: async () => {}, lastOf: () => null },
    changed: async () => {},
    offset: () => 0,
  });
  await fc.assert(
    fc.asyncProperty(history, async (events) => {
      const tell = async (gather: boolean): Promise<unknown> => {
        const room = await world.app.rooms.open(world.app.sql);
        const told = events.flatMap((e, n): Told[] => {
          const one: Told = {
            receivedAt: world.clock.now(),
            offset: 0,
            event: {
              id: `EV_${room.id}_${n}`,
              event: e.event,
              room: room.name,
              identity: identities[e.sid % 2] ?? '',
              sid: `PA_${e.sid}`,
              counts: true,
              at: new Date(start + e.at * 1000),
              joinedAt: e.began === null ? null : new Date(start + e.began * 1000),
              reason: e.reason,
            },
          };
          return e.again ? [one, one] : [one];
        });
        for (let n = 0; n < told.length;) {
          const size = gather ? (events[n % events.length]?.together ?? 1) : 1;
          await presence.noteEvents(told.slice(n, n + size));
          n += size;
        }
        const facts = await world.sql`select source, kind, sid, member, device, at, reason from rooms.presence where room_id = ${room.id} order by seq`;
        const sessions = await world.sql`select sid, member, joined_at, closed_at, closed_by from rooms.session where room_id = ${room.id} order by sid`;
        return { facts: [...facts], sessions: [...sessions] };
      };
      expect(await tell(true)).toEqual(await tell(false));
    }),
    { numRuns: 25 },
  );
});

test('while the database is away events wait on disk, are taken for delivered, and are in the log once when it is back', async () => {
  const { world, joins, facts, spooled, alarms, room, identity, now, inside } = await aMeeting();
  const back = await takeAway(world.sql);
  ends.push(back);
  const told = [
    joins('PA_1', { id: 'EV_1' }),
    joins('PA_2', { id: 'EV_2' }),
    { event: 'participant_left', room: room.name, identity, sid: 'PA_1', id: 'EV_3', disconnectReason: 'CLIENT_INITIATED' },
  ];
  for (const one of told) expect(await mediaServerTells(world, one)).toBe(200);
  expect(await mediaServerTells(world, told[0] ?? expect.unreachable())).toBe(200);
  expect(spooled().length).toBeGreaterThan(0);
  expect(world.app.rooms.alarms()).toMatchObject([{ what: 'spool', detail: '4' }]);
  world.clock.advance(600_000);
  await back();
  await world.app.rooms.drainSpool();
  expect((await facts()).map((f) => [f.kind, f.sid, f.receivedAt])).toEqual([
    ['joined', 'PA_1', now],
    ['joined', 'PA_2', now],
    ['left', 'PA_1', now],
  ]);
  expect(await inside()).toBe(1);
  expect(spooled()).toEqual([]);
  expect(await alarms()).toEqual([]);
});

test('a database that hangs does not keep the media server waiting', async () => {
  const { world, joins, facts, spooled } = await aMeeting();
  const held = await world.sql.reserve();
  await held`begin`;
  await held`lock table rooms.presence in exclusive mode`;
  const answers = await Promise.all([joins('PA_1', { id: 'EV_1' }), joins('PA_2', { id: 'EV_2' })].map((told) => mediaServerTells(world, told)));
  expect(answers).toEqual([200, 200]);
  expect(spooled()).toHaveLength(1);
  await held`commit`;
  held.release();
  await world.app.rooms.drainSpool();
  expect((await facts()).map((f) => f.sid)).toEqual(['PA_1', 'PA_2']);
});

test('without a place to keep them, events that cannot be stored are answered 503', async () => {
  const { world, joins, facts } = await aMeeting({ spool: false });
  const back = await takeAway(world.sql);
  ends.push(back);
  expect(await mediaServerTells(world, joins('PA_1', { id: 'EV_1' }))).toBe(503);
  await back();
  expect(await mediaServerTells(world, joins('PA_1', { id: 'EV_1' }))).toBe(200);
  expect(await facts()).toHaveLength(1);
});

test('a place that cannot be written either is an alarm, and the media server is told to try again', async () => {
  const { world, joins, dataFolder } = await aMeeting();
  writeFileSync(join(dataFolder, 'spool'), 'in the way');
  const back = await takeAway(world.sql);
  ends.push(back);
  expect(await mediaServerTells(world, joins('PA_1'))).toBe(503);
  expect(world.app.rooms.alarms()).toMatchObject([{ what: 'spool_unwritable' }]);
});

test('what a killed portal had on disk is in the log when the next one has started', async () => {
  const { world, joins, facts, spooled, dataFolder } = await aMeeting();
  const back = await takeAway(world.sql);
  ends.push(back);
  await mediaServerTells(world, joins('PA_1'));
  const [file = ''] = spooled();
  // Pid 1 lives, and did not start when this process did.
  renameSync(join(dataFolder, 'spool', file), join(dataFolder, 'spool', file.replace(`-${process.pid}-`, '-1-')));
  await back();
  await world.app.start();
  expect((await facts()).map((f) => f.sid)).toEqual(['PA_1']);
});

test('what the database will never take is kept aside and does not stand in the way of the rest', async () => {
  const { world, joins, facts, spooled, dataFolder } = await aMeeting();
  const back = await takeAway(world.sql);
  ends.push(back);
  for (const told of [joins('PA_1'), joins('PA_2', { id: 'EV_\u0000' }), joins('PA_3')]) expect(await mediaServerTells(world, told)).toBe(200);
  await back();
  await world.app.rooms.drainSpool();
  expect((await facts()).map((f) => f.sid)).toEqual(['PA_1', 'PA_3']);
  expect(spooled()).toEqual([]);
  expect(readdirSync(join(dataFolder, 'spool'))).toEqual(['ditolak.jsonl']);
  expect(world.app.rooms.alarms()).toMatchObject([{ what: 'spool_rejected', detail: '1' }]);
});

test.each([-170, -120, -11, 11, 120, 170])('events signed by a clock that is %i s ahead are taken', async (aheadSeconds) => {
  const { world, joins, facts } = await aMeeting();
  expect(await mediaServerTells(world, joins('PA_1'), { aheadSeconds })).toBe(200);
  expect(await facts()).toHaveLength(1);
});

test('after a clock was set by an hour the media server tries again until the difference is known; nothing is lost', async () => {
  const { world, livekit, joins, facts } = await aMeeting();
  const told = joins('PA_1', { id: `EV_${randomUUID()}` });
  expect(await mediaServerTells(world, told, { aheadSeconds: 3600 })).toBe(503);
  livekit.time = () => new Date(world.clock.now().getTime() + 3_600_000);
  await world.app.rooms.sweep();
  expect(await mediaServerTells(world, told, { aheadSeconds: 3600 })).toBe(200);
  expect(await facts()).toHaveLength(1);
});

test('a media server whose clock differs is an alarm; its times are told by the portal’s clock, and its own are kept', async () => {
  const { world, livekit, room, identity, joins, facts, alarms, now } = await aMeeting();
  const theirs = (ms: number): number => now.getTime() + 30_000 + ms;
  livekit.time = () => new Date(Math.floor((world.clock.now().getTime() + 30_000) / 1000) * 1000);
  await world.app.rooms.sweep();
  expect(await alarms()).toEqual(['clock_skew']);
  expect(Math.abs(Number(world.app.rooms.alarms()[0]?.detail) - 30)).toBeLessThanOrEqual(0.6);
  await mediaServerTells(world, joins('PA_1', { joinedAtMs: theirs(-5_000) }));
  livekit.arrives(room.name, identity, new Date(theirs(-7_000)));
  await world.app.rooms.sweep();
  for (const [n, ago] of [5_000, 7_000].entries()) {
    const fact = (await facts())[n] ?? expect.unreachable();
    expect(fact.deviceAt).toEqual(new Date(theirs(-ago)));
    expect(Math.abs(fact.at.getTime() - (now.getTime() - ago))).toBeLessThanOrEqual(600);
  }
  livekit.time = () => world.clock.now();
  await world.app.rooms.sweep();
  expect(await alarms()).toEqual([]);
});

test('a second of difference is nobody’s business', async () => {
  const { world, livekit, joins, facts, alarms, now } = await aMeeting();
  livekit.time = () => new Date(world.clock.now().getTime() + 1_000);
  await world.app.rooms.sweep();
  await mediaServerTells(world, joins('PA_1', { joinedAtMs: now.getTime() + 900 }));
  expect(await facts()).toMatchObject([{ at: new Date(now.getTime() + 900), deviceAt: null }]);
  expect(await alarms()).toEqual([]);
});
