// The month of a whole region over HTTP: 5,000 people over 200,000 rows of presence, and ten times the people and meetings in the
// same month. Then a file with a row for each person and day, while the event loop and the memory of the portal are watched.
// `coldSeconds`: the first reading after everything changed, when every meeting has to be folded once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getRecapTotals } from '../../shared/recap.ts';
import { postSession } from '../../shared/people.ts';
import { buildApp } from '../../server/app.ts';
import { portalItself } from '../../server/people/index.ts';
import { copyDatabase, startTestDatabase } from '../support/database.ts';
import { fillMonth, MONTH, ROWS_PER_MEETING, type Size } from '../support/history.ts';
import { portalClient } from '../support/portal-client.ts';
import { settableClock } from '../support/world.ts';
import { median, report, round } from './figures.ts';

const SMALL: Size = { people: 5_000, meetings: 200_000 / ROWS_PER_MEETING, opds: 20 };
const LARGE: Size = { people: 50_000, meetings: 2_000_000 / ROWS_PER_MEETING, opds: 20 };
const ROUNDS = 5;
const MIB = 1024 * 1024;

async function region(size: Size) {
  const database = await copyDatabase();
  await fillMonth(database.owner, size);
  const clock = settableClock('2026-12-01T02:00:00Z');
  const secret = 'rahasia-ukur-0123456789abcdefghijklmn';
  const app = await buildApp({
    sql: database.sql,
    clock,
    logger: false,
    media: null,
    secret,
    origin: null,
    listenUrl: 'http://ukur.test',
    secure: false,
    trustProxy: false,
    dataFolder: null,
  });
  const login = 'bkd@ukur.example';
  const password = 'sandi-ukur-rekap';
  const { id } = await app.people.addPerson(portalItself, { name: 'Petugas Ukur', nip: null, email: login, phone: null, opdId: null });
  await app.people.grantRoles(portalItself, id, [{ role: 'bkd', opdId: null }]);
  await app.people.givePassword([id], password);
  const url = await app.fastify.listen({ port: 0, host: '127.0.0.1' });
  const bkd = portalClient(url);
  await bkd.call(postSession, { body: { login, password } });

  /** Seconds of one month of all OPDs. */
  async function month(): Promise<number> {
    const start = performance.now();
    const reply = await fetch(`${url}${getRecapTotals.path}?month=${MONTH}`, { headers: { cookie: bkd.cookie() } });
    const { rows } = getRecapTotals.reply.parse(await reply.json());
    const seconds = (performance.now() - start) / 1000;
    const people = rows.reduce((sum, row) => sum + row.people, 0);
    if (people !== size.people) throw new Error(`the recap has ${people} people`);
    return seconds;
  }

  /** Loaded by a process of its own. Rows, seconds, the longest the event loop was held, and how far memory grew. */
  async function file(extension: 'csv' | 'xlsx'): Promise<{ seconds: number; bytes: number; lagMs: number; rssGrowthMB: number }> {
    global.gc?.();
    const lag = monitorEventLoopDelay({ resolution: 5 });
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const address = `${url}/api/recap.${extension}?${new URLSearchParams({ month: MONTH, per: 'hari', purpose: 'ukur' }).toString()}`;
    const script = `let bytes = 0; const reply = await fetch(${JSON.stringify(address)}, { headers: { cookie: ${JSON.stringify(bkd.cookie())} } });
      if (reply.status !== 200) throw new Error(String(reply.status)); for await (const part of reply.body) bytes += part.length; console.log(bytes);`;
    lag.enable();
    const start = performance.now();
    const reader = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    reader.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    await once(reader, 'close');
    const seconds = (performance.now() - start) / 1000;
    lag.disable();
    clearInterval(watch);
    if (!(Number(said) > 0)) throw new Error('nothing was loaded');
    return { seconds, bytes: Number(said), lagMs: lag.max / 1e6, rssGrowthMB: (most - before) / MIB };
  }

  async function close(): Promise<void> {
    await app.close();
    await database.drop();
  }
  return { month, file, close };
}

const stop = await startTestDatabase();
try {
  const small = await region(SMALL);
  const coldSeconds = await small.month();
  const large = await region(LARGE);
  await large.month();
  const seconds: { small: number[]; large: number[] } = { small: [], large: [] };
  for (let n = 0; n < ROUNDS; n += 1) {
    seconds.small.push(await small.month());
    seconds.large.push(await large.month());
  }
  await small.file('csv');
  const csv = await small.file('csv');
  const xlsx = await small.file('xlsx');
  const tenfold = await large.file('csv');
  const figures = {
    seconds: round(median(seconds.small)),
    growth: round(median(seconds.large) / median(seconds.small), 1),
    coldSeconds: round(coldSeconds),
    tenfoldSeconds: round(median(seconds.large)),
    exportRows: SMALL.people * 21,
    csvSeconds: round(csv.seconds),
    xlsxSeconds: round(xlsx.seconds),
    rssGrowthMB: round(Math.max(csv.rssGrowthMB, xlsx.rssGrowthMB), 0),
    tenfoldRssGrowthMB: round(tenfold.rssGrowthMB, 0),
    lagMs: round(Math.max(csv.lagMs, xlsx.lagMs), 0),
  };
  report({ bench: 'recap', figures, aims: { seconds: { max: 1 }, growth: { max: 11 }, rssGrowthMB: { max: 100 }, lagMs: { max: 100 } } });
  await small.close();
  await large.close();
} finally {
  await stop();
}
