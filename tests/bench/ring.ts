// The tap on "Panggil" to the ringing in 500 open portals of 500 people called by their posts: everything the portal does between is in it
// (who holds each post and who is next, invitations, the ladder's steps, the ledger). Beside it, in turn, a bare broadcast of the same bytes.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { postCall, postCallCancel } from '../../shared/calls.ts';
import type { LiveMessage } from '../../shared/live.ts';
import { getMe, postSession } from '../../shared/people.ts';
import { addMany, databaseOf } from '../support/city-of-many.ts';
import { temporaryFolder } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { mediaReady, startPortal } from '../support/portal.ts';
import { startHolders, steady } from '../support/socket-holders.ts';
import { median, quantile, report, round } from './figures.ts';

const SOCKETS = 500;
const HOLDERS = 2;
/** Not counted: code and caches come to be. */
const WARM = 4;
const ROUNDS = 12;
const TITLE = 'Banjir di tiga kelurahan: tim evakuasi dan posko';

const dataFolder = temporaryFolder();
const portal = await startPortal({ dataFolder });
await mediaReady(portal);
const sql = databaseOf(dataFolder);
const floor = fork(join(import.meta.dirname, 'floor', 'bare-ring.ts'), { execArgv: ['--import', 'tsx'] });
const open = startHolders(HOLDERS);
const bare = startHolders(HOLDERS);
try {
  const [floorPort] = (await once(floor, 'message')) as [number];
  const floorUrl = `http://127.0.0.1:${floorPort}`;
  const head = portalClient(portal.url);
  await head.call(postSession, { body: demoLogin(portal.said(), 'Kepala Dinas Sosial') });
  const { name } = await head.call(getMe, {});
  const [unit] = await sql<{ id: string }[]>`select id from people.opd where name = 'Dinas Sosial'`;
  const people = await addMany(sql, SOCKETS, unit?.id ?? null);
  await open.open(
    portal.url,
    '/api/live',
    people.map(({ cookie }) => cookie),
  );
  await bare.open(
    floorUrl,
    '/',
    people.map(() => null),
  );
  const written = async () => (await sql<{ n: number }[]>`select count(*)::int as n from live.tab`)[0]?.n === SOCKETS;
  await eventually('every tab is written down', written);

  const positions = people.flatMap(({ positionId }) => positionId ?? []);
  const call = async (key: string) =>
    head.call(postCall, {
      body: { key, subject: TITLE, sifat: 'sangat_segera', whom: { positions }, overLimitReason: 'Ukur kecepatan dering' },
    });
  const message: LiveMessage = {
    type: 'call.ringing',
    callId: randomUUID(),
    meetingId: randomUUID(),
    subject: TITLE,
    sifat: 'sangat_segera',
    callerName: name,
    callerAs: 'Kepala Dinas Sosial',
    at: new Date().toISOString(),
    round: 1,
  };
  const body = JSON.stringify(message);
  const waits = (heard: readonly number[], tap: number): number[] => heard.map((at) => at - tap);

  async function ours(): Promise<number[]> {
    const key = randomUUID();
    let tap = 0;
    const heard = await open.hear('call.ringing', async () => {
      tap = steady();
      await call(key);
    });
    await open.hear('call.quiet', async () => head.call(postCallCancel, { params: { id: key } }));
    return waits(heard, tap);
  }
  async function theirs(): Promise<number[]> {
    let tap = 0;
    const heard = await bare.hear('call.ringing', async () => {
      tap = steady();
      await fetch(floorUrl, { method: 'POST', body });
    });
    return waits(heard, tap);
  }

  const all: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  const rounds: number[] = [];
  for (let n = -WARM; n < ROUNDS; n += 1) {
    const [floorWaits, ourWaits] = [await theirs(), await ours()];
    if (n < 0) continue;
    all.bare.push(...floorWaits);
    all.ours.push(...ourWaits);
    rounds.push(quantile(ourWaits, 0.99));
  }
  const p99 = quantile(all.ours, 0.99);
  const figures = {
    p50Ms: round(quantile(all.ours, 0.5), 1),
    p99Ms: round(p99, 1),
    ratio: round(p99 / quantile(all.bare, 0.99)),
    bareP50Ms: round(quantile(all.bare, 0.5), 1),
    bareP99Ms: round(quantile(all.bare, 0.99), 1),
    middleRoundP99Ms: round(median(rounds), 1),
    sockets: SOCKETS,
    rounds: ROUNDS,
  };
  report({ bench: 'ring', figures, aims: { p99Ms: { max: 250 }, ratio: { max: 3 } } });
} finally {
  open.end();
  bare.end();
  floor.disconnect();
  await sql.end({ timeout: 2 });
  await portal.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}
