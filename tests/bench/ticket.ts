// Authenticated tickets per second (session looked up, right decided, room known) against a bare Node server that signs the
// same token. Interleaved rounds, processes of their own, the same number of connections.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { postInvitations, postMeetingNow, postTicket } from '../../shared/meetings.ts';
import { getMe, postSession } from '../../shared/people.ts';
import { temporaryFolder } from '../support/database.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { mediaReady, startPortal } from '../support/portal.ts';
import { median, report, round } from './figures.ts';

const ROUNDS = 5;
const SECONDS = 4;
const CONNECTIONS = 20;
const ROLES = ['Kepala Bidang', 'Staf Dinas Sosial', 'Plh. Kepala Dinas Kesehatan', 'Admin OPD', 'Operator DKIS', 'BKD', 'Administrator'];

const dataFolder = temporaryFolder();
const portal = await startPortal({ dataFolder });
await mediaReady(portal);
const floor = fork(join(import.meta.dirname, 'floor', 'sign-server.ts'), { execArgv: ['--import', 'tsx'] });
try {
  const [floorPort] = (await once(floor, 'message')) as [number];
  const chair = portalClient(portal.url);
  await chair.call(postSession, { body: demoLogin(portal.said(), 'Kepala Dinas Sosial') });
  const meeting = await chair.call(postMeetingNow, {
    body: { title: 'Ukur tiket', sifat: 'biasa', invite: { guests: [{ name: 'Tamu Ukur', institution: 'Ukur' }] } },
  });

  // Several people, each with a session of their own, in turn. Each has read the notice before.
  await chair.call(postTicket, { params: { id: meeting.id }, body: {} });
  const cookies = [chair.cookie()];
  for (const role of ROLES) {
    const person = portalClient(portal.url);
    await person.call(postSession, { body: demoLogin(portal.said(), role) });
    const { id } = await person.call(getMe, {});
    await chair.call(postInvitations, { params: { id: meeting.id }, body: { people: [id] } });
    await person.call(postTicket, { params: { id: meeting.id }, body: {} });
    cookies.push(person.cookie());
  }

  const measure = async (url: string, each: Record<string, string>[]): Promise<number> => {
    const requests = each.map((headers) => ({ method: 'POST' as const, headers: { 'content-type': 'application/json', ...headers }, body: '{}' }));
    const result = await autocannon({ url, requests, connections: CONNECTIONS, duration: SECONDS });
    if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refusals, ${result.errors} errors at ${url}`);
    return result.requests.average;
  };
  const ours = (): Promise<number> =>
    measure(
      `${portal.url}/api/meetings/${meeting.id}/ticket`,
      cookies.map((cookie) => ({ origin: portal.url, cookie })),
    );
  const bare = (): Promise<number> => measure(`http://127.0.0.1:${floorPort}/`, [{}]);
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
