// A month of an OPD with 5,000 meetings of a year in the database, 20 invited to each, over HTTP; and the script of the calendar page
// as it is served, React and the frame around it included.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { getCalendar } from '../../shared/calendar.ts';
import { postSession } from '../../shared/people.ts';
import { buildApp } from '../../server/app.ts';
import { portalItself } from '../../server/people/index.ts';
import type { Sql } from '../../server/platform/database.ts';
import { serveWeb } from '../../server/platform/web.ts';
import { newPerson, openChromium } from '../support/browser.ts';
import { copyDatabase, startTestDatabase } from '../support/database.ts';
import { portalClient } from '../support/portal-client.ts';
import { settableClock } from '../support/world.ts';
import { median, quantile, report, round } from './figures.ts';

const MEETINGS = 5_000;
const INVITED = 20;
const PEOPLE = 400;
const ROUNDS = 40;
const WEB = 'dist/web';

/** Spread over the working hours of a year; every tenth is in a room. */
async function fill(sql: Sql, opdId: string): Promise<void> {
  await sql`
    insert into people.person (name, opd_id) select 'Pegawai ' || n, ${opdId} from generate_series(1, ${PEOPLE}) n`;
  await sql`
    with persons as (select array_agg(id order by id) as ids from people.person where opd_id = ${opdId}),
    made as (
      insert into meetings.meeting (title, sifat, opd_id, chair_id, instant, place, starts_at, ends_at, created_at)
      select 'Rapat ' || n, 'biasa', ${opdId}, (select ids[1 + n % ${PEOPLE}] from persons), false, case when n % 10 = 0 then 'Ruang Rapat ' || n % 7 else 'Daring' end, at, at + interval '1 hour', at
      from (select n, '2026-01-01T00:00:00Z'::timestamptz + (n * 365.0 / ${MEETINGS}) * interval '1 day' as at from generate_series(1, ${MEETINGS}) n) as planned
      returning id, chair_id, created_at
    )
    insert into meetings.invitation (meeting_id, member, person_id, name, via, link_hash, invited_at)
    select made.id, 'p_' || person.id, person.id, 'Pegawai', 'Nama', made.id || ' ' || person.id, made.created_at
    from made, persons, lateral (
      select made.chair_id as id union select ids[1 + (('x' || substr(md5(made.id::text || k), 1, 6))::bit(24)::int % ${PEOPLE})] from generate_series(1, ${INVITED - 1}) k
    ) person`;
  await sql`analyze`;
}

/** Every script a browser loads to show the page to somebody signed in, as large as it is served. */
async function scriptKB(url: string, cookies: ReadonlyMap<string, string>): Promise<{ kB: number; files: number }> {
  const browser = await openChromium();
  try {
    const { page, context } = await newPerson(browser, url);
    await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
    const scripts = new Set<string>();
    page.on('response', (response) => void (response.request().resourceType() === 'script' && scripts.add(new URL(response.url()).pathname)));
    await page.goto(`${url}/kalender?lihat=bulan&hari=2026-06-15`, { waitUntil: 'networkidle' });
    await page.getByRole('grid').waitFor();
    const size = (path: string): number => statSync([join(WEB, `${path}.br`), join(WEB, path)].find((file) => existsSync(file)) ?? '').size;
    return { kB: [...scripts].reduce((sum, path) => sum + size(path), 0) / 1000, files: scripts.size };
  } finally {
    await browser.close();
  }
}

const stop = await startTestDatabase();
try {
  const database = await copyDatabase();
  const clock = settableClock('2026-06-15T02:00:00Z');
  const world = {
    logger: false,
    media: null,
    secret: 'rahasia-ukur-0123456789abcdefghijklmn',
    origin: null,
    listenUrl: 'http://ukur.test',
    secure: false,
  } as const;
  const app = await buildApp({ sql: database.sql, clock, ...world, trustProxy: false });
  const { people } = app;
  const opd = await people.addOpd({ parentId: null, name: 'Dinas Ukur', abbreviation: 'Ukur', aliases: [], kind: 'opd', zone: 'Asia/Jakarta' });
  await fill(database.owner, opd.id);
  const login = { login: 'admin@ukur.example', password: 'sandi-ukur-kalender' };
  const { id } = await people.addPerson(portalItself, { name: 'Admin Ukur', nip: null, email: login.login, phone: null, opdId: opd.id });
  await people.grantRoles(portalItself, id, [{ role: 'admin_opd', opdId: opd.id }]);
  await people.givePassword([id], login.password);
  await serveWeb(app.fastify, { origin: null, secure: false, mark: app.mark });
  const url = await app.fastify.listen({ port: 0, host: '127.0.0.1' });
  const admin = portalClient(url);
  await admin.call(postSession, { body: login });

  /** Milliseconds from asking to the last byte; the month as the page asks for it, in whole weeks. */
  async function month(of: string): Promise<{ ms: number; entries: number; bytes: number }> {
    const begun = performance.now();
    const reply = await fetch(`${url}${getCalendar.path}?${new URLSearchParams({ from: '2026-06-01', to: '2026-07-05', of }).toString()}`, {
      headers: { cookie: admin.cookie() },
    });
    const text = await reply.text();
    const ms = performance.now() - begun;
    return { ms, entries: getCalendar.reply.parse(JSON.parse(text)).entries.length, bytes: text.length };
  }
  const ofOpd = `opd:${opd.id}`;
  for (let n = 0; n < 5; n += 1) await month(ofOpd);
  const times: number[] = [];
  const rooms: number[] = [];
  let last = await month(ofOpd);
  for (let n = 0; n < ROUNDS; n += 1) {
    last = await month(ofOpd);
    times.push(last.ms);
    rooms.push((await month('ruang:Ruang Rapat 3')).ms);
  }
  if (last.entries < MEETINGS / 12) throw new Error(`the month has ${last.entries} meetings`);
  const script = await scriptKB(url, admin.cookies);
  const figures = {
    serverMs: round(median(times)),
    serverP95Ms: round(quantile(times, 0.95)),
    roomMs: round(median(rooms)),
    meetings: MEETINGS,
    entries: last.entries,
    replyKB: round(last.bytes / 1000, 0),
    scriptKB: round(script.kB, 1),
    scripts: script.files,
  };
  report({ bench: 'calendar', figures, aims: { serverMs: { max: 50 }, scriptKB: { max: 120 } } });
  await app.close();
  await database.drop();
} finally {
  await stop();
}
