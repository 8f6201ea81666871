// `npm run faults -- slow-clients`: five hundred connections that send a byte a second, and one browser that never reads among five hundred that do. What honest people
// notice, what the portal keeps in memory, and when it lets go.
import { readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { tell } from '../../server/platform/live.ts';
import { quantile, report } from '../bench/figures.ts';
import { addMany, databaseOf } from '../support/city-of-many.ts';
import { temporaryFolder } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { NO_MEDIA, startPortal } from '../support/portal.ts';
import { startHolders, steady } from '../support/socket-holders.ts';

const SLOW = 500;
const HEALTHY = 500;
const SECONDS = 60;
const ASK_EVERY_MS = 100;
/** Together far more than the system keeps for one connection. */
const BIG = 6_000;
const TOLD = 2_500;

const rssMiB = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

export async function slowClients(): Promise<boolean> {
  const dataFolder = temporaryFolder();
  const portal = await startPortal({ dataFolder, env: NO_MEDIA });
  const sql = databaseOf(dataFolder);
  const holders = startHolders(1);
  const slow: Socket[] = [];
  try {
    const people = await addMany(sql, HEALTHY + 1);
    const [{ id: neverReads, cookie: ownCookie } = { id: '', cookie: '' }, ...others] = people;
    const { port, host } = new URL(portal.url);

    /** Asked one after the other while `work` goes on; milliseconds. */
    async function honest(work: Promise<unknown>): Promise<number[]> {
      let over = false;
      const took: number[] = [];
      void work.finally(() => (over = true));
      for (let n = 0; !over; n += 1) {
        const from = steady();
        const reply = await fetch(`${portal.url}/api/me`, { headers: { cookie: others[n % others.length]?.cookie ?? '' } });
        await reply.arrayBuffer();
        if (reply.status !== 200) throw new Error(`an honest person was answered ${reply.status}`);
        took.push(steady() - from);
        await sleep(ASK_EVERY_MS);
      }
      await work;
      return took;
    }

    const quiet = await honest(sleep(10_000));
    const before = rssMiB(portal.pid);
    let cut = 0;
    const text = `POST /api/session HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n`;
    for (let n = 0; n < SLOW; n += 1) {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
      socket.once('close', () => (cut += 1));
      // Half never finish their headers, half their body.
      const said = n % 2 === 0 ? text : `${text.slice(0, -2)}x-lambat: `;
      if (n % 2 === 0) socket.write(said);
      let at = 0;
      const drip = setInterval(() => socket.write(n % 2 === 0 ? ' ' : (said[at++] ?? 'x')), 1_000);
      socket.once('close', () => clearInterval(drip));
      slow.push(socket);
    }
    const dripped = await honest(sleep(SECONDS * 1_000));
    const cutInTime = cut;

    await holders.open(
      portal.url,
      '/api/live',
      others.map(({ cookie }) => cookie),
    );
    const deaf = new WebSocket(`${portal.url.replace('http', 'ws')}/api/live`, { headers: { origin: portal.url, cookie: ownCookie } });
    await new Promise((resolve) => deaf.once('message', resolve));
    deaf.pause();
    const heardAll: number[] = [];
    let most = 0;
    const telling = async (): Promise<void> => {
      for (let n = 0; n < TOLD; n += 1) {
        await tell(sql, [`person:${neverReads}`], { type: 'chat.posted', meetingId: 'x'.repeat(BIG), id: String(n) });
        if (n % 250 === 0) {
          const from = steady();
          const at = await holders.hear('tasks.changed', async () =>
            tell(
              sql,
              others.map(({ id }) => `person:${id}`),
              { type: 'tasks.changed' },
            ),
          );
          heardAll.push(...at.map((one) => one - from));
          most = Math.max(most, rssMiB(portal.pid));
        }
      }
    };
    await telling();
    deaf.resume();
    const code = await new Promise<number>((resolve) => deaf.once('close', resolve));
    await eventually('the healthy are still there', () => holders.lost.length === 0);

    const figures = {
      honestP99Ms: Math.round(quantile(dripped, 0.99)),
      quietP99Ms: Math.round(quantile(quiet, 0.99)),
      slowLeft: SLOW - cutInTime,
      healthyP99Ms: Math.round(quantile(heardAll, 0.99)),
      grewMiB: Math.round(most - before),
      deafClosedWith: code,
    };
    return report({
      bench: 'slow-clients',
      figures,
      aims: { honestP99Ms: { max: 300 }, slowLeft: { max: 0 }, healthyP99Ms: { max: 250 }, grewMiB: { max: 50 }, deafClosedWith: { min: 1013, max: 1013 } },
    });
  } finally {
    for (const socket of slow) socket.destroy();
    holders.end();
    await sql.end({ timeout: 2 });
    await portal.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
