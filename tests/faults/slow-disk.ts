// `npm run faults -- slow-disk`: each commit waits 100 ms before its log is flushed (Postgres' own `commit_delay`, the most it allows), and the processes that write
// pages and log behind it stand still (SIGSTOP). A disk that is slow to read is not imitated.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { quantile, report, round } from '../bench/figures.ts';
import { eventually } from '../support/eventually.ts';
import { misfitsIn, nothingYet, openOffices, write } from './offices.ts';

const WRITERS = 4;
const SLOW_MS = 20_000;

/** The checkpointer and both writers. */
const writersOf = (postmaster: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        return status.includes(`PPid:\t${postmaster}\n`) && /checkpointer|background writer|walwriter/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      } catch {
        return false;
      }
    });

export async function slowDisk(): Promise<boolean> {
  const offices = await openOffices();
  const heard = nothingYet();
  let over = false;
  let frozen: number[] = [];
  try {
    const portal = await offices.portal();
    const writers = Array.from({ length: WRITERS }, async () =>
      write(
        () => portal.url,
        offices.writers,
        () => over,
        heard,
      ),
    );
    await eventually('there is load', () => heard.messages.length > 10, 60_000);
    await offices.sql`alter system set commit_delay = 100000`;
    await offices.sql`alter system set commit_siblings = 0`;
    await offices.sql`select pg_reload_conf()`;
    frozen = writersOf(offices.postmaster());
    for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    const before = heard.messages.length;
    const health: number[] = [];
    for (const until = Date.now() + SLOW_MS; Date.now() < until; await pause(100)) {
      const from = performance.now();
      await fetch(`${portal.url}/healthz`, { signal: AbortSignal.timeout(10_000) }).catch(() => null);
      health.push(performance.now() - from);
    }
    const slow = heard.messages.length - before;
    for (const pid of frozen) process.kill(pid, 'SIGCONT');
    over = true;
    await Promise.all(writers);
    const problems = [...(await misfitsIn(offices.sql, heard)), ...heard.wrong];
    for (const problem of new Set(problems)) console.log(`✗ ${problem}`);
    return report({
      bench: 'faults slow-disk',
      figures: { frozen: frozen.length, writtenMeanwhile: slow, refused: heard.refused, problems: problems.length, healthP99Ms: round(quantile(health, 0.99)) },
      aims: { frozen: { min: 2 }, writtenMeanwhile: { min: 1 }, problems: { max: 0 }, healthP99Ms: { max: 200 } },
    });
  } finally {
    over = true;
    for (const pid of frozen)
      try {
        process.kill(pid, 'SIGCONT');
      } catch {
        // Gone.
      }
    await offices.close();
  }
}
