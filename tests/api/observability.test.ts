// What machines ask of a running portal, and what an operator reads.
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { postMeetingNow } from '../../shared/meetings.ts';
import { getHealth, getMetrics, getReady } from '../../shared/health.ts';
import { getSystem } from '../../shared/system.ts';
import { castWorld, PASSWORD } from '../support/cast.ts';
import { takeAway, temporaryFolder } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { makeWorld, type World } from '../support/world.ts';

const TOKEN = 'kunci-angka-uji-0123456789abcdefghij';
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});
async function ownWorld(options: Parameters<typeof makeWorld>[0] = {}): Promise<World> {
  const world = await makeWorld(options);
  endings.push(() => world.close());
  return world;
}
const ask = async ({ app }: World, url: string, authorization?: string) =>
  app.fastify.inject({ method: 'GET', url, headers: { host: 'portal.test', ...(authorization !== undefined && { authorization }) } });
/** Lines of figures, without what they mean. */
const figuresIn = (text: string): string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

test('figures are not there without a token in the configuration, and only for who shows it', async () => {
  const without = await ownWorld();
  expect((await ask(without, '/metrics', 'Bearer ')).statusCode).toBe(404);
  const world = await ownWorld({ metricsToken: TOKEN });
  for (const wrong of [undefined, '', 'Bearer', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN])
    expect((await ask(world, '/metrics', wrong)).statusCode).toBe(401);
  const right = await ask(world, '/metrics', `Bearer ${TOKEN}`);
  expect(right.statusCode).toBe(200);
  expect(right.headers['content-type']).toContain('text/plain; version=0.0.4');
  expect(right.headers['cache-control']).toBe('no-store');
});

test('figures count routes by template and name no person, no meeting and no address; every figure of the dashboard and the alerts exists', async () => {
  const { world, cast } = await castWorld({ metricsToken: TOKEN });
  endings.push(() => world.close());
  const chair = await world.signIn(cast.kepala.nip, PASSWORD);
  const meeting = await chair.call(postMeetingNow, { body: { title: 'Rapat rahasia', sifat: 'biasa', invite: { people: [cast.staf.id], guests: [] } } });
  await ask(world, `/api/meetings/${meeting.id}?x=${cast.staf.nip}`);
  await ask(world, `/api/tidak-ada/${cast.staf.nip}`);
  await ask(world, `/surat/${cast.staf.id}`);
  const text = await eventually('figures of the database', async () => {
    const { body } = await ask(world, '/metrics', `Bearer ${TOKEN}`);
    return body.includes('\nportal_db_up 1\n') && body;
  });
  const lines = figuresIn(text);
  expect(lines).toContainEqual(expect.stringMatching(/^portal_http_request_duration_seconds_count\{.*route="\/api\/meetings\/:id".*status="4xx".*\} 1$/));
  expect(lines).toContain('portal_media_up -1');
  expect(lines).toContainEqual(expect.stringMatching(/^portal_build_info\{version="[\d.]+",node="[\d.]+"\} 1$/));
  for (const secret of [meeting.id, cast.staf.id, cast.staf.nip, cast.kepala.nip, 'rahasia', '127.0.0.1', 'uji.example']) expect(text).not.toContain(secret);
  const told = new Set(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
  for (const file of ['grafana-dashboard.json', 'alerts.yml']) {
    const used = new Set(readFileSync(new URL(`../../docs/examples/${file}`, import.meta.url), 'utf8').match(/\bportal_[a-z_]+/g));
    expect(used.size).toBeGreaterThan(10);
    expect([...used].filter((name) => !told.has(name))).toEqual([]);
  }
});

test('a process is ready once its work has begun; who needs media says so', async () => {
  const world = await ownWorld();
  /** A busy machine may once answer too late, which is `database`. */
  const answers = (status: number, reasons: string[], url = '/readyz') =>
    eventually(`${status} ${reasons.join()}`, async () => {
      const { statusCode, body } = await ask(world, url);
      return statusCode === status && (JSON.parse(body) as { reasons: string[] }).reasons.join() === reasons.join();
    });
  await answers(503, ['starting']);
  await world.app.start();
  await answers(200, []);
  await answers(503, ['media'], '/readyz?needs=media');
  await world.sql`delete from public.portal_migration where name like '0051%'`;
  await world.sql`insert into public.portal_migration (name, hash) values ('9999-from-a-newer-portal.sql', 'x')`;
  await answers(503, ['migrations']);
});

test('a process that closes is not ready, and says so to whoever asks before its door shuts', async () => {
  const world = await makeWorld();
  await world.app.start();
  const closed = world.app.close();
  const { statusCode, body } = await ask(world, '/readyz');
  await closed;
  await world.freeze().catch(() => null);
  expect([statusCode, JSON.parse(body)]).toMatchObject([503, { ready: false, reasons: expect.arrayContaining(['closing']) as string[] }]);
});

test('while the database is away the portal lives, is not ready, and still tells its own figures', async () => {
  const world = await ownWorld({ metricsToken: TOKEN });
  await world.app.start();
  const back = await takeAway(world.sql);
  endings.push(back);
  expect([(await ask(world, '/healthz')).statusCode, (await ask(world, '/healthz?of=process')).statusCode]).toEqual([503, 200]);
  expect((await world.visitor().call(getHealth, { query: { of: 'process' } })).status).toBe('down');
  expect((await ask(world, '/readyz')).json()).toMatchObject({ ready: false, reasons: ['database'] });
  const lines = figuresIn((await ask(world, '/metrics', `Bearer ${TOKEN}`)).body);
  expect(lines).toContain('portal_db_up 0');
  expect(lines.filter((line) => line.startsWith('portal_db_')).length).toBe(1);
  expect(lines).toContainEqual(expect.stringMatching(/^portal_live_sockets 0$/));
});

test('while every connection of the pool is taken, the portal says so by name, keeps its traffic, and the operator reads of it afterwards', async () => {
  const { world, cast } = await castWorld({ metricsToken: TOKEN });
  endings.push(() => world.close());
  await world.app.start();
  const administrator = await world.signIn(cast.administrator.nip, PASSWORD);
  // As they come: the last may be held by a turn of the portal's own that waits for another.
  const taken = Array.from({ length: world.app.sql.options.max }, () => world.app.sql.reserve());
  const free = (): void => taken.splice(0).forEach((one) => void one.then((connection) => connection.release()));
  endings.push(free);
  const health = () => world.visitor().call(getHealth, { query: {} });
  await eventually('the pool is named', async () => (await health()).alarms.includes('pool'));
  expect(await health()).toMatchObject({ status: 'degraded', database: 'ok' });
  expect((await ask(world, '/readyz')).json()).toMatchObject({ ready: true, reasons: [], notes: ['pool exhausted'] });
  expect(figuresIn((await ask(world, '/metrics', `Bearer ${TOKEN}`)).body)).toContain('portal_alarm{what="pool"} 1');
  free();
  await eventually('it is over', async () => !(await health()).alarms.includes('pool'));
  expect((await ask(world, '/readyz')).json()).toMatchObject({ ready: true, notes: [] });
  expect((await administrator.call(getSystem, {})).findings).toContainEqual(expect.objectContaining({ what: 'pool', weight: 'alarm' }));
});

test('only an administrator reads the operator’s page; it names each portal process and what is wrong', async () => {
  const { world, cast } = await castWorld({ dataFolder: temporaryFolder() });
  endings.push(() => world.close());
  await world.app.start();
  const administrator = await world.signIn(cast.administrator.nip, PASSWORD);
  for (const other of [cast.kepala, cast.adminDinsos, cast.staf])
    expect(await (await world.signIn(other.nip, PASSWORD)).refusalOf(getSystem, {})).toBe('role.missing');
  const seen = await administrator.call(getSystem, {});
  expect(seen.processes).toEqual([expect.objectContaining({ here: true, version: expect.stringMatching(/^\d+\./) })]);
  expect(seen.media).toEqual({ state: 'absent', aheadSeconds: null });
  expect(seen.disk?.bytes).toBeGreaterThan(seen.disk?.freeBytes ?? Infinity);
  expect(seen.database).toMatchObject({ standbys: [], newerMigrations: [] });
  expect(seen.findings.map((f) => f.what)).toContain('backup_none');
  await world.sql`insert into public.portal_migration (name, hash) values ('9999-from-a-newer-portal.sql', 'x')`;
  expect((await administrator.call(getSystem, {})).findings[0]).toMatchObject({
    what: 'migrations_unknown',
    weight: 'alarm',
    detail: '9999-from-a-newer-portal.sql',
  });
});

test('the two questions of machines and the figures are in the documented interface', async () => {
  const world = await ownWorld();
  const documented = (await ask(world, '/api/openapi.json')).json<{ paths: object }>().paths;
  for (const { path } of [getHealth, getReady, getMetrics, getSystem]) expect(documented).toHaveProperty([path]);
});
