// Ten thousand people with the portal open and nothing happening: what one process keeps in memory for each, how long they take
// to open, and how long one message to all takes. The sockets' other ends are in processes of their own.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tell } from '../../server/platform/live.ts';
import { addMany, databaseOf } from '../support/city-of-many.ts';
import { temporaryFolder } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { NO_MEDIA, startPortal } from '../support/portal.ts';
import { startHolders, steady } from '../support/socket-holders.ts';
import { median, report, round } from './figures.ts';

const SOCKETS = Number(process.env['BENCH_SOCKETS'] ?? 10_000);
/** Opened and closed before the first measure, so that code and caches are there. */
const WARM = 500;
const HOLDERS = 2;
const BROADCASTS = 3;

const dataFolder = temporaryFolder();
const measured = pathToFileURL(join(import.meta.dirname, 'floor', 'measured.mjs')).href;
const portal = await startPortal({ dataFolder, env: { ...NO_MEDIA, NODE_OPTIONS: `--expose-gc --import ${measured}` } });
const sql = databaseOf(dataFolder);
const holders = startHolders(HOLDERS);

type Memory = { rss: number; heapUsed: number; external: number };
async function memory(): Promise<Memory> {
  const before = portal.said().length;
  process.kill(portal.pid, 'SIGUSR2');
  const said = await eventually('the portal says what it holds', () => /\[memori (\{.*\})\]/.exec(portal.said().slice(before))?.[1]);
  return JSON.parse(said) as Memory;
}

try {
  const people = await addMany(sql, SOCKETS);
  const cookies = people.map(({ cookie }) => cookie);
  await holders.open(portal.url, '/api/live', cookies.slice(0, WARM));
  await holders.close();
  const before = await memory();

  const from = steady();
  await holders.open(portal.url, '/api/live', cookies);
  const openSeconds = (steady() - from) / 1000;
  await eventually('every tab is written down', async () => (await sql`select count(*)::int as n from live.tab`)[0]?.['n'] === SOCKETS);
  const idle = await memory();

  const rounds: number[] = [];
  const topics = people.map(({ id }) => `person:${id}`);
  for (let n = 0; n < BROADCASTS; n += 1) {
    const told = steady();
    const heard = await holders.hear('tasks.changed', async () => tell(sql, topics, { type: 'tasks.changed' }));
    rounds.push(Math.max(...heard) - told);
  }
  if (holders.lost.length > 0) throw new Error(`${holders.lost.length} sockets were closed: ${[...new Set(holders.lost)].join(', ')}`);
  const each = (of: keyof Memory): number => round((idle[of] - before[of]) / 1024 / SOCKETS);
  const figures = {
    kBPerSocket: each('rss'),
    heapKB: each('heapUsed'),
    externalKB: each('external'),
    sockets: SOCKETS,
    openSeconds: round(openSeconds, 1),
    broadcastMs: Math.round(median(rounds)),
  };
  report({ bench: 'sockets', figures, aims: { kBPerSocket: { max: 20 } } });
} finally {
  holders.end();
  await sql.end({ timeout: 2 });
  await portal.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}
