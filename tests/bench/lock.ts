// A hundred people and one who leads: many microphones open, all muted, then locked, while everybody's native client publishes anyway, once a
// second. How many packets of sound are forwarded after that, and how long from the press until the media server has withdrawn the last one.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getInvitations, postMeetingNow, postTicket } from '../../shared/meetings.ts';
import { postMute, putLocks } from '../../shared/moderation.ts';
import { postSession } from '../../shared/people.ts';
import { databaseOf } from '../support/city-of-many.ts';
import { temporaryFolder } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { mediaReady, startPortal } from '../support/portal.ts';
import type { FromStubborn, ToStubborn } from './floor/stubborn-process.ts';
import { report } from './figures.ts';

const PEOPLE = Number(process.env['BENCH_PEOPLE'] ?? 100);
const PROCESSES = 4;
/** Open microphones before the lock: what two cores carry to the ears of each process. */
const SPEAK = 20;
const COUNTED_MS = 20_000;
/** The media server ends each track with silence of its own making. */
const SETTLED_MS = 2_000;

const dataFolder = temporaryFolder();
const portal = await startPortal({ dataFolder });
await mediaReady(portal);
const sql = databaseOf(dataFolder);
const children: ChildProcess[] = [];
const asks = async (child: ChildProcess, what: ToStubborn): Promise<FromStubborn> => {
  const answered = once(child, 'message') as Promise<[FromStubborn]>;
  child.send(what);
  return (await answered)[0];
};
const heard = async (): Promise<number> => {
  const all = await Promise.all(children.map(async (child) => asks(child, { do: 'heard' })));
  return all.reduce((sum, said) => sum + (said.said === 'heard' ? said.packets : 0), 0);
};
try {
  const chair = portalClient(portal.url);
  await chair.call(postSession, { body: demoLogin(portal.said(), 'Kepala Dinas Sosial') });
  const guests = Array.from({ length: PEOPLE - 1 }, (_, n) => ({ name: `Tamu Ukur ${n + 1}`, institution: 'Ukur' }));
  const { id } = await chair.call(postMeetingNow, { body: { title: 'Ukur kunci', sifat: 'biasa', invite: { guests } } });
  const params = { id };
  const links = (await chair.call(getInvitations, { params })).filter((one) => one.badge === 'Tamu');
  const tokens: string[] = [];
  for (const { link } of links) tokens.push((await portalClient(portal.url, link.split('#')[1]).call(postTicket, { params, body: { notice: 1 } })).token);
  const url = portal.url.replace(/^http/, 'ws');
  for (let n = 0; n < PROCESSES; n += 1)
    children.push(fork(join(import.meta.dirname, 'floor', 'stubborn-process.ts'), { execArgv: ['--no-warnings', '--import', 'tsx'] }));
  await Promise.all(
    children.map(async (child, n) => {
      const [hears = '', ...own] = tokens.filter((_, k) => k % PROCESSES === n);
      await asks(child, { do: 'come', url, tokens: own, hears, speak: SPEAK / PROCESSES });
    }),
  );
  const [room] = await sql<{ id: string }[]>`select room_id as id from meetings.meeting where id = ${id}`;
  const inside = async (): Promise<number> =>
    (await sql<{ n: number }[]>`select count(distinct member)::int as n from rooms.session where room_id = ${room!.id} and closed_at is null`)[0]?.n ?? 0;
  await eventually('everybody is inside', async () => (await inside()) === PEOPLE - 1, 60_000);
  const open = await heard();
  await sleep(1_000);
  const packetsBefore = (await heard()) - open;

  const muted = await eventually(
    'all are muted',
    async () =>
      chair.call(postMute, { params, body: { member: null } }).then(
        (said) => said.muted.length,
        () => null,
      ),
    60_000,
  );
  const pressed = performance.now();
  await chair.call(putLocks, { params, body: { mikrofon: true } });
  await eventually(
    'everybody’s right was told',
    async () => (await sql`select from rooms.member where room_id = ${room!.id} and applied_at is null`).length === 0,
  );
  const lockMs = Math.round(performance.now() - pressed);
  await sleep(SETTLED_MS);
  const locked = await heard();
  await Promise.all(children.map(async (child) => asks(child, { do: 'insist' })));
  await sleep(COUNTED_MS);
  const packetsForwarded = (await heard()) - locked;
  const people = (await inside()) + 1;
  report({
    bench: 'lock',
    figures: { people, packetsForwarded, lockMs, packetsBefore, muted, seconds: COUNTED_MS / 1000 },
    aims: { people: { min: PEOPLE }, packetsForwarded: { max: 0 }, packetsBefore: { min: 1 } },
  });
} finally {
  for (const child of children) child.disconnect();
  await sql.end({ timeout: 2 });
  await portal.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}
