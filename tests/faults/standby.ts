// `npm run faults -- standby`: a second Postgres that follows the first, synchronously; under load the first one is killed for good, the second takes its place
// behind the same address. Nothing that was acknowledged is lost, and the portal needs no new start.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../server/platform/database.ts';
import { chooseServant, ownFolder } from '../../server/platform/servant.ts';
import { report, round } from '../bench/figures.ts';
import { temporaryFolder } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { misfitsIn, nothingYet, openOffices, socketOf, write, type Offices } from './offices.ts';

const WRITERS = 4;
const LOAD_MS = 5_000;
const BACK_S = 5;

/** The folder is copied while the first one runs, and followed from there. */
async function follow({ sql, url, postmaster, postgresFolder }: Offices) {
  const place = temporaryFolder();
  const folder = join(place, 'postgres');
  const sockets = join(place, 's');
  const servant = chooseServant();
  ownFolder(sockets, servant);
  await sql`alter system set wal_keep_size = '512MB'`;
  await sql`select pg_reload_conf()`;
  const label = await sql.reserve();
  await label`select pg_backup_start('siaga', true)`;
  execFileSync('cp', ['-a', postgresFolder, folder]);
  const [stopped] = await label<{ labelfile: string }[]>`select labelfile from pg_backup_stop(false)`;
  label.release();
  rmSync(join(folder, 'postmaster.pid'), { force: true });
  const host = dirname(socketOf(url()));
  writeFileSync(join(folder, 'backup_label'), stopped?.labelfile ?? '');
  writeFileSync(join(folder, 'standby.signal'), '');
  writeFileSync(join(folder, 'postgresql.auto.conf'), `primary_conninfo = 'host=${host} user=portal application_name=siaga'\n`);
  if (servant) execFileSync('chown', ['-R', `${servant.uid}:${servant.gid}`, folder]);
  chmodSync(folder, 0o700);
  const settings = { listen_addresses: '', unix_socket_directories: sockets, max_connections: '100', shared_buffers: '128MB', timezone: 'UTC' };
  const args = ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const child = spawn(readlinkSync(`/proc/${postmaster()}/exe`), args, { cwd: '/', stdio: 'ignore', ...servant });
  await sql`alter system set synchronous_standby_names = 'siaga'`;
  await sql`select pg_reload_conf()`;
  await eventually('the second one follows', async () => (await sql`select from pg_stat_replication where sync_state = 'sync'`).length === 1, 60_000);
  const own = `postgres://portal@localhost/portal?host=${encodeURIComponent(sockets)}`;
  return {
    url: own,
    async promote(): Promise<void> {
      const client = openDatabase(own, { max: 1 });
      await client`select pg_promote(true, 30)`;
      await client.end();
    },
    async end(): Promise<void> {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGINT')) await gone;
      rmSync(place, { recursive: true, force: true });
    },
  };
}

export async function standby(): Promise<boolean> {
  const offices = await openOffices();
  const heard = nothingYet();
  const problems: string[] = [];
  let second: Awaited<ReturnType<typeof follow>> | null = null;
  let over = false;
  try {
    const following = await follow(offices);
    second = following;
    const portal = await offices.portal();
    const writers = Array.from({ length: WRITERS }, async () =>
      write(
        () => portal.url,
        offices.writers,
        () => over,
        heard,
      ),
    );
    await pause(LOAD_MS);
    await eventually('there is load', () => heard.messages.length > 20, 60_000);
    const before = { meetings: heard.meetings.length, messages: heard.messages.length };
    // Its machine is gone: whoever would start it again finds nothing.
    const pid = offices.postmaster();
    renameSync(offices.postgresFolder, `${offices.postgresFolder}.gone`);
    process.kill(pid, 'SIGKILL');
    const from = performance.now();
    await following.promote();
    offices.door.turnTo(socketOf(following.url));
    const promoted = performance.now();
    const count = heard.messages.length;
    await eventually('something is written', () => heard.messages.length > count, 60_000);
    const back = performance.now();
    await pause(LOAD_MS);
    over = true;
    await Promise.all(writers);
    if ((await Promise.race([portal.ended, Promise.resolve(null)])) !== null) problems.push(`the portal ended: ${portal.said().slice(-500)}`);
    problems.push(...(await misfitsIn(offices.sql, heard)), ...heard.wrong);
    for (const problem of new Set(problems)) console.log(`✗ ${problem}`);
    return report({
      bench: 'faults standby',
      figures: {
        acknowledgedBefore: before.meetings + before.messages,
        acknowledgedAfter: heard.meetings.length + heard.messages.length - before.meetings - before.messages,
        problems: problems.length,
        promoteSeconds: round((promoted - from) / 1000),
        backSeconds: round((back - promoted) / 1000),
      },
      aims: { acknowledgedBefore: { min: 20 }, acknowledgedAfter: { min: 1 }, problems: { max: 0 }, backSeconds: { max: BACK_S } },
    });
  } finally {
    over = true;
    await offices.close();
    await second?.end();
  }
}
