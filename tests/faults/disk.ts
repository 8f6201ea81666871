// `npm run faults -- disk`: the database's disk is a small file system of its own in memory, and it is filled up: first the one of its tables, then the one of its log.
// Writes are refused as away, never as broken; what was acknowledged stays; with space again everything goes on by itself. Wants root, for the mount.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { getHealth } from '../../shared/health.ts';
import { getMe } from '../../shared/people.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { runningPostgres } from '../../server/platform/embedded-postgres.ts';
import { chooseServant } from '../../server/platform/servant.ts';
import { report, round } from '../bench/figures.ts';
import { demoData } from '../support/demo-data.ts';
import { eventually } from '../support/eventually.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { NO_MEDIA, startPortal } from '../support/portal.ts';
import { temporaryFolder } from '../support/database.ts';
import { misfitsIn, nothingYet, signedIn, write } from './offices.ts';

const WRITERS = 4;
/** Mebibytes each. */
const SPARE = 48;
const FULL_MS = 12_000;
const BACK_S = 15;

/** A folder moved to a small file system of its own; its former place leads there. */
function onSmallDisk(folder: string, owner: { uid: number; gid: number } | null): { place: string; end: () => void } {
  const place = temporaryFolder();
  const used = Number(execFileSync('du', ['-sm', folder], { encoding: 'utf8' }).split('\t')[0]);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${used + SPARE}m,mode=0711`, 'none', place]);
  const inside = join(place, 'data');
  execFileSync('cp', ['-a', folder, inside]);
  rmSync(folder, { recursive: true });
  symlinkSync(inside, folder);
  if (owner) execFileSync('chown', ['-h', `${owner.uid}:${owner.gid}`, folder]);
  return { place, end: () => (execFileSync('umount', ['-l', place]), rmSync(place, { recursive: true, force: true })) };
}

function fill(place: string): () => void {
  const { bavail, bsize } = statfsSync(place);
  const filler = join(place, 'penuh');
  try {
    writeFileSync(filler, Buffer.alloc(bavail * bsize));
  } catch (error) {
    // Somebody else was quicker: full it is.
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
  return () => rmSync(filler, { force: true });
}

async function fillUp(what: 'tables' | 'log'): Promise<{ problems: string[]; refused: number; backSeconds: number; acknowledged: number }> {
  const dataFolder = demoData();
  mkdirSync(dataFolder, { recursive: true });
  // A city that ended in order leaves its folder with nobody working in it.
  if (runningPostgres(dataFolder).state !== 'stopped') {
    const made = await startPortal({ dataFolder, env: NO_MEDIA });
    await made.stop();
  }
  const postgres = join(dataFolder, 'postgres');
  // Tables: one table space of the database itself, its log stays where there is room. Log: only that.
  const small = onSmallDisk(join(postgres, what === 'tables' ? 'base' : 'pg_wal'), chooseServant());
  const portal = await startPortal({ dataFolder, env: NO_MEDIA });
  const heard = nothingYet();
  const problems: string[] = [];
  let over = false;
  let backSeconds = Number.NaN;
  let refused = 0;
  try {
    const chair = demoLogin(portal.said(), 'Kepala Dinas Sosial');
    const { id: staffId } = await (await signedIn(portal.url, demoLogin(portal.said(), 'Staf Dinas Sosial'))).call(getMe, {});
    const writers = Array.from({ length: WRITERS }, async () =>
      write(
        () => portal.url,
        { chair, staffId },
        () => over,
        heard,
      ),
    );
    await eventually('there is load', () => heard.messages.length > 10, 60_000);
    const free = fill(small.place);
    const running = runningPostgres(dataFolder);
    if (running.state !== 'running') throw new Error('no database');
    const sql = openDatabase(running.url, { max: 1 });
    // What is left inside files that are there already is used up: a busy day in seconds.
    const eat = sql`create table public.eaten as select repeat(md5(n::text), 30) as t from generate_series(1, 400000) n`.catch(
      (error: { code?: string }) => error.code,
    );
    await Promise.race([eat, pause(FULL_MS)]);
    const before = heard.refused;
    await pause(FULL_MS);
    refused = heard.refused - before;
    const health = await portalClient(portal.url)
      .call(getHealth, {})
      .then(
        ({ database }) => database,
        () => 'away',
      );
    console.log(`${what}: while it was full /healthz said that the database is ${health}; ${refused} writes refused`);
    free();
    const from = performance.now();
    const count = heard.messages.length;
    await eventually('something is written', () => heard.messages.length > count, 120_000);
    backSeconds = (performance.now() - from) / 1000;
    over = true;
    await Promise.all(writers);
    await sql.end({ timeout: 1 });
    const again = runningPostgres(dataFolder);
    const look = openDatabase(again.state === 'running' ? again.url : '', { max: 1 });
    await look`drop table if exists public.eaten`;
    problems.push(...(await misfitsIn(look, heard)), ...heard.wrong);
    await look.end();
    if ((await Promise.race([portal.ended, Promise.resolve(null)])) !== null) problems.push(`${what}: the portal ended: ${portal.said().slice(-500)}`);
  } finally {
    over = true;
    await portal.stop();
    small.end();
    rmSync(dataFolder, { recursive: true, force: true });
  }
  return { problems: problems.map((problem) => `${what}: ${problem}`), refused, backSeconds, acknowledged: heard.meetings.length + heard.messages.length };
}

export async function disk(): Promise<boolean> {
  if (process.getuid?.() !== 0) {
    console.log('npm run faults -- disk mounts a small file system and needs root for it: left out.');
    process.exit(2);
  }
  const tables = await fillUp('tables');
  const log = await fillUp('log');
  const problems = [...tables.problems, ...log.problems];
  for (const problem of new Set(problems)) console.log(`✗ ${problem}`);
  return report({
    bench: 'faults disk',
    figures: {
      acknowledged: tables.acknowledged + log.acknowledged,
      refusedTables: tables.refused,
      refusedLog: log.refused,
      problems: problems.length,
      backTablesSeconds: round(tables.backSeconds),
      backLogSeconds: round(log.backSeconds),
    },
    aims: { acknowledged: { min: 20 }, problems: { max: 0 }, backTablesSeconds: { max: BACK_S }, backLogSeconds: { max: BACK_S } },
  });
}
