// The embargo on a real portal by the real clock: leaks before T over every channel, how long after T each shows, and whether the time of an
// answer tells an id under embargo from an unknown one (Mann-Whitney). Then 200 MiB up and down, and what they weigh in the portal's memory.
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { getDeskKit, postKitComplete, postKitFile, postKitItem, putKitEmbargo, type DeskKit, type KitKind } from '../../shared/press-kit.ts';
import { getConferences } from '../../shared/press.ts';
import { postSession } from '../../shared/people.ts';
import { temporaryFolder } from '../support/database.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { startPortal } from '../support/portal.ts';
import { report, round } from './figures.ts';

const AHEAD_MS = 4_000;
const TIMINGS = 500;
const MIB = 1024 * 1024;
const LARGE = 200 * MIB;

const dataFolder = temporaryFolder();
const portal = await startPortal({ dataFolder });
const agent = new Agent({ keepAlive: true });
try {
  const operator = portalClient(portal.url);
  await operator.call(postSession, { body: demoLogin(portal.said(), 'Operator DKIS') });
  const conference = (await operator.call(getConferences, {})).find(({ state }) => state === 'registrasi');
  if (!conference) throw new Error('the demonstration has no open conference');
  const params = { id: conference.id };
  const setT = (at: number): Promise<DeskKit> => operator.call(putKitEmbargo, { params, body: { embargoAt: new Date(at).toISOString(), announced: true } });
  await setT(Date.now() + 3_600_000);
  const csv = Buffer.from('kecamatan;pengungsi\nutara;12\n');
  const item = await send('data', { name: 'ukur.csv', type: 'text/csv', size: csv.length }, () => csv);
  const path = `/api/press/kit/${item}/ukur.csv`;

  const timingP = await timing(path, `/api/press/kit/${randomUUID()}/ukur.csv`);

  const target = Date.now() + AHEAD_MS;
  await setT(target);
  const channels = [path, `/api/press/${conference.slug}/kit`, `/api/press/${conference.slug}/kit.zip`, `/pers/${conference.slug}`];
  const seen = await Promise.all(channels.map((channel) => watch(channel, target)));
  const leaks = seen.reduce((sum, one) => sum + one.leaks, 0);
  const visibleMs = Math.max(...seen.map((one) => one.visibleMs));
  const asked = seen.reduce((sum, one) => sum + one.asked, 0);

  const before = resident();
  let most = before;
  const weigh = setInterval(() => (most = Math.max(most, resident())), 50);
  const piece = Buffer.alloc(MIB, 'ukur');
  const first = Buffer.from(piece);
  first.write('\0\0\0\x18ftypisom', 0, 'latin1');
  const up = performance.now();
  const large = await send('video', { name: 'besar.mp4', type: 'video/mp4', size: LARGE }, (n) => (n === 0 ? first : piece));
  const upSeconds = (performance.now() - up) / 1000;
  const down = performance.now();
  const bytes = await fetched(`/api/press/kit/${large}/besar.mp4`);
  const downSeconds = (performance.now() - down) / 1000;
  if (bytes !== LARGE) throw new Error(`${bytes} bytes came`);
  // Ten readers that take their time: nothing of it may wait in the portal.
  await Promise.all(Array.from({ length: 10 }, () => slowly(`/api/press/kit/${large}/besar.mp4`)));
  clearInterval(weigh);

  const figures = {
    leaks,
    visibleMs: round(visibleMs, 0),
    timingP: round(timingP, 3),
    asked,
    upMibPerSecond: round(LARGE / MIB / upSeconds, 1),
    downMibPerSecond: round(LARGE / MIB / downSeconds, 1),
    grownMib: round(most - before, 0),
  };
  report({ bench: 'embargo', figures, aims: { leaks: { max: 0 }, visibleMs: { max: 1000 }, timingP: { min: 0.01 }, grownMib: { max: 150 } } });

  /** An item with its file, as the desk sends it. */
  async function send(kind: KitKind, file: { name: string; type: string; size: number }, part: (n: number) => Buffer): Promise<string> {
    const title = `Ukur ${file.name}`;
    const added = (await operator.call(postKitItem, { params, body: { kind, title } })).items.find((one) => one.title === title);
    const { upload, missing } = await operator.call(postKitFile, { params: { ...params, item: added?.id ?? '' }, body: file });
    for (const n of missing) {
      const reply = await fetch(`${portal.url}/api/conferences/${params.id}/kit/uploads/${upload}/parts/${n}`, {
        method: 'PUT',
        headers: { origin: portal.url, cookie: operator.cookie(), 'content-type': 'application/octet-stream' },
        body: new Uint8Array(part(n)),
      });
      if (!reply.ok) throw new Error(`part ${n}: ${reply.status}`);
    }
    await operator.call(postKitComplete, { params: { ...params, upload } });
    return (await operator.call(getDeskKit, { params })).items.find((one) => one.title === title)?.id ?? '';
  }
} finally {
  agent.destroy();
  await portal.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}

/** Asks without pause until a second after T. */
async function watch(channel: string, target: number): Promise<{ leaks: number; visibleMs: number; asked: number }> {
  let leaks = 0;
  let asked = 0;
  for (;;) {
    const { body, status } = await ask(channel);
    const answered = Date.now();
    asked += 1;
    const there = status === 200 && (channel.endsWith('.csv') || channel.endsWith('.zip') || body.includes('ukur.csv'));
    if (there && answered < target) leaks += 1;
    if (there && answered >= target) return { leaks, visibleMs: answered - target, asked };
    if (answered > target + 10_000) return { leaks, visibleMs: Number.POSITIVE_INFINITY, asked };
    await sleep(5);
  }
}

function ask(path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${portal.url}${path}`, { agent }, (reply) => {
      const parts: Buffer[] = [];
      reply.on('data', (part: Buffer) => parts.push(part));
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, body: Buffer.concat(parts).toString('latin1') }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

async function fetched(path: string): Promise<number> {
  const reply = await fetch(`${portal.url}${path}`);
  let bytes = 0;
  for await (const part of reply.body ?? []) bytes += (part as Uint8Array).length;
  return bytes;
}

/** Takes 32 MiB, a piece each 20 ms, and goes. */
function slowly(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    const sent = request(`${portal.url}${path}`, (reply) => {
      reply.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > 32 * MIB) {
          sent.destroy();
          return resolve();
        }
        reply.pause();
        setTimeout(() => reply.resume(), 20);
      });
    });
    sent.on('error', (error) => (bytes > 32 * MIB ? resolve() : reject(error)));
    sent.end();
  });
}

/** In turn, so that whatever else the machine does falls on both. Answers the two-sided p of the rank-sum test. */
async function timing(embargoed: string, unknown: string): Promise<number> {
  const times: { which: 0 | 1; ms: number }[] = [];
  for (let n = 0; n < 100 + TIMINGS; n += 1)
    for (const which of n % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const at = performance.now();
      const { status } = await ask(which === 0 ? embargoed : unknown);
      if (status !== 404) throw new Error(`${status} before T`);
      if (n >= 100) times.push({ which, ms: performance.now() - at });
    }
  const ranked = times.toSorted((a, b) => a.ms - b.ms);
  const sum = ranked.reduce((total, { which }, rank) => total + (which === 0 ? rank + 1 : 0), 0);
  const u = sum - (TIMINGS * (TIMINGS + 1)) / 2;
  const z = Math.abs(u - (TIMINGS * TIMINGS) / 2) / Math.sqrt((TIMINGS * TIMINGS * (2 * TIMINGS + 1)) / 12);
  return 2 * (1 - normal(z));
}

/** Abramowitz and Stegun 26.2.17. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}

/** MiB of the portal's own process. */
function resident(): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${portal.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}
