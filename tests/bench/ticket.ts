// Authenticated tickets per second (session looked up, right decided, room known) against a bare Node server that signs the
// same token. Interleaved rounds, processes of their own, the same number of connections.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { postMeetingNow } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import { temporaryFolder } from '../support/database.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { startPortal } from '../support/portal.ts';
import { median, report, round } from './figures.ts';

const ROUNDS = 5;
const SECONDS = 4;
const CONNECTIONS = 20;

const dataFolder = temporaryFolder();
const portal = await startPortal({ dataFolder });
const floor = fork(join(import.meta.dirname, 'floor', 'sign-server.ts'), { execArgv: ['--import', 'tsx'] });
try {
  const [floorPort] = (await once(floor, 'message')) as [number];
  const chair = portalClient(portal.url);
  await chair.call(postSession, { body: demoLogin(portal.said(), 'Kepala Dinas Sosial') });
  const meeting = await chair.call(postMeetingNow, {
    body: { title: 'Ukur tiket', sifat: 'biasa', invite: { guests: [{ name: 'Tamu Ukur', institution: 'Ukur' }] } },
  });

  const measure = async (url: string, headers: Record<string, string>): Promise<number> => {
    const result = await autocannon({
      url,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
      connections: CONNECTIONS,
      duration: SECONDS,
    });
    if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refusals, ${result.errors} errors at ${url}`);
    return result.requests.average;
  };
  const ours = (): Promise<number> => measure(`${portal.url}/api/meetings/${meeting.id}/ticket`, { origin: portal.url, cookie: chair.cookie() });
  const bare = (): Promise<number> => measure(`http://127.0.0.1:${floorPort}/`, {});
  await Promise.all([ours(), bare()]);
  const rates: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let n = 0; n < ROUNDS; n += 1) {
    rates.bare.push(await bare());
    rates.ours.push(await ours());
  }
  const figures = {
    ratio: round(median(rates.ours) / median(rates.bare)),
    ticketsPerSecond: Math.round(median(rates.ours)),
    barePerSecond: Math.round(median(rates.bare)),
  };
  report({ bench: 'ticket', figures, aims: { ratio: { min: 0.3 } } });
} finally {
  floor.disconnect();
  await portal.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}
