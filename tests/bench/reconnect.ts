// Two thousand people with the portal open; its process is killed and started again. How long until everybody is back, by the real client's own rule, and how late
// the event loop of the new process came meanwhile. The floor: as many open one after the other at a portal that is there.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addMany, databaseOf } from '../support/city-of-many.ts';
import { temporaryFolder } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { NO_MEDIA, startPortal, type Portal } from '../support/portal.ts';
import { startHolders, steady } from '../support/socket-holders.ts';
import { report, round } from './figures.ts';

const SOCKETS = Number(process.env['BENCH_SOCKETS'] ?? 2_000);
const HOLDERS = 2;
const WITHIN_MS = 120_000;

const dataFolder = temporaryFolder();
const loop = pathToFileURL(join(import.meta.dirname, 'floor', 'loop.mjs')).href;
const env = { ...NO_MEDIA, NODE_OPTIONS: `--import ${loop}` };
let portal = await startPortal({ dataFolder, env });
let sql = databaseOf(dataFolder);
const holders = startHolders(HOLDERS);

async function lateness({ pid, said }: Portal): Promise<{ p99: number; most: number }> {
  const before = said().length;
  process.kill(pid, 'SIGUSR2');
  const told = await eventually('the portal says how late it was', () => /\[lingkar (\{.*\})\]/.exec(said().slice(before))?.[1]);
  return JSON.parse(told) as { p99: number; most: number };
}

try {
  const cookies = (await addMany(sql, SOCKETS)).map(({ cookie }) => cookie);
  const from = steady();
  await holders.open(portal.url, '/api/live', cookies);
  const openSeconds = (steady() - from) / 1000;
  await holders.holdOn();
  await sql.end({ timeout: 2 });

  const killed = steady();
  await portal.kill9();
  const { port } = new URL(portal.url);
  portal = await startPortal({ dataFolder, env: { ...env, PORT: port } });
  const portalSeconds = (steady() - killed) / 1000;
  sql = databaseOf(dataFolder);
  await eventually('everybody is back', () => holders.back.length >= SOCKETS, WITHIN_MS);
  const { p99, most } = await lateness(portal);
  if (holders.lost.length > SOCKETS) throw new Error(`${holders.lost.length - SOCKETS} sockets were lost twice`);
  const last = Math.max(...holders.back);
  report({
    bench: 'reconnect',
    figures: {
      seconds: round((last - killed) / 1000, 1),
      loopP99Ms: Math.round(p99),
      loopMostMs: Math.round(most),
      portalSeconds: round(portalSeconds, 1),
      sockets: SOCKETS,
      openSeconds: round(openSeconds, 1),
    },
    aims: { seconds: { max: 30 }, loopP99Ms: { max: 200 } },
  });
} finally {
  holders.end();
  await sql.end({ timeout: 2 });
  await portal.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}
