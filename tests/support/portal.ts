// The real portal as a process, as `npm start` makes it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { freePort } from '../../server/platform/ports.ts';
import { startOf } from '../../server/platform/processes.ts';
import { eventually } from './eventually.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A machine without any media server. */
export const NO_MEDIA = { LIVEKIT_BIN: '/tidak/ada/livekit-server' };

export type Ended = { code: number | null; signal: NodeJS.Signals | null };
export type Portal = {
  url: string;
  pid: number;
  dataFolder: string;
  /** Everything it has printed so far. */
  said(): string;
  /** Its children that live now, by the record in its data folder. */
  children(): { name: string; pid: number }[];
  ended: Promise<Ended>;
  /** SIGTERM, and how it ended. */
  stop(): Promise<Ended>;
  kill9(): Promise<Ended>;
};

type Environment = Record<string, string>;

function begin(environment: Environment): { child: ChildProcess; said: () => string; ended: Promise<Ended> } {
  const inherited = Object.fromEntries(['PATH', 'HOME', 'LIVEKIT_BIN', 'PORTAL_CACHE', 'TMPDIR', 'LANG'].map((name) => [name, process.env[name]]));
  const child = spawn(process.execPath, [join(root, 'server', 'start.mjs')], {
    cwd: root,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (part: string) => (text += part));
  const ended = once(child, 'close').then((): Ended => ({ code: child.exitCode, signal: child.signalCode }));
  return { child, said: () => text, ended };
}

/** A start that is expected to fail: what it said and its exit code. */
export async function failToStart(environment: Environment): Promise<{ code: number | null; said: string }> {
  const { child, said, ended } = begin(environment);
  const { code } = await Promise.race([ended, sleep(60_000, { code: null })]);
  child.kill('SIGKILL');
  return { code, said: said().trim() };
}

export async function startPortal({ dataFolder, env = {} }: { dataFolder: string; env?: Environment }): Promise<Portal> {
  const port = env['PORT'] ?? String(await freePort(0, 'tcp', '127.0.0.1'));
  const { child, said, ended } = begin({ PORTAL_DATA: dataFolder, ...env, PORT: port });
  const gone = ended.then(({ code }) => `ended with code ${code}`);
  for (const until = Date.now() + 120_000; !said().includes('Portal siap');) {
    const problem = await Promise.race([gone, sleep(50, null)]);
    if (problem === null && Date.now() < until) continue;
    child.kill('SIGKILL');
    throw new Error(`the portal ${problem ?? 'was not ready in time'}:\n${said()}`);
  }
  async function end(signal: NodeJS.Signals): Promise<Ended> {
    child.kill(signal);
    return ended;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    dataFolder,
    said,
    children: () => childrenIn(dataFolder),
    ended,
    stop: async () => end('SIGTERM'),
    kill9: async () => end('SIGKILL'),
  };
}

/** The portal takes people in before its media server is up; whoever needs sound and picture waits for this. */
export async function mediaReady(portal: Pick<Portal, 'url'>): Promise<void> {
  await eventually(
    'the media server is ready',
    async () => ((await (await fetch(`${portal.url}/healthz`)).json()) as { media: string }).media === 'ok',
    60_000,
  );
}

const Kept = z.object({ children: z.array(z.object({ name: z.string(), pid: z.number(), started: z.string() })) });

export function childrenIn(dataFolder: string): { name: string; pid: number }[] {
  try {
    const { children } = Kept.parse(JSON.parse(readFileSync(join(dataFolder, 'children.json'), 'utf8')));
    return children.filter(({ pid, started }) => startOf(pid) === started);
  } catch {
    return [];
  }
}

export const lives = (pid: number): boolean => startOf(pid) !== null;
