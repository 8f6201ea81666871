// A portal as `npm start` makes it, with all that can be done to it: ended, frozen, its media server and its database too.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { getHealth } from '../../shared/health.ts';
import { getMe, postSession } from '../../shared/people.ts';
import { freePort } from '../../server/platform/ports.ts';
import { temporaryFolder } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { foundLiveKit } from '../support/livekit-server.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { lives, mediaReady, startPortal, type Portal } from '../support/portal.ts';
import { startVisitors, type VisitorProcess } from './visitors.ts';
import { openWebhookProxy } from './webhook-proxy.ts';

export type City = Awaited<ReturnType<typeof open>>;

const root = fileURLToPath(new URL('../..', import.meta.url));
const CHAIR = 'Kepala Dinas Sosial';
/** Invited by name, on several devices. */
const STAFF = 'Staf Dinas Sosial';

let before: Promise<unknown> = Promise.resolve();

/** One after another: two media servers that look for free ports at the same moment find the same ones. */
export function openCity(options: { clockMs?: number } = {}): Promise<City> {
  const opened = before.then(() => open(options));
  before = opened.catch(() => {});
  return opened;
}

async function open({ clockMs = 0 }: { clockMs?: number }) {
  const dataFolder = temporaryFolder();
  const gate = join(dataFolder, 'livekit-server');
  const PORT = String(await freePort(0, 'tcp', '127.0.0.1'));
  const origin = `http://127.0.0.1:${PORT}`;
  const proxy = await openWebhookProxy(() => `${origin}/api/livekit/webhook`);
  writeGate(gate);
  const env = {
    PORT,
    LIVEKIT_BIN: gate,
    MEDIA_WEBHOOK_URL: proxy.url,
    ...(clockMs !== 0 && { NODE_OPTIONS: `--import ${new URL('shifted-clock.mjs', import.meta.url).href}`, PORTAL_TEST_CLOCK_MS: String(clockMs) }),
  };
  let portal: Portal = await startPortal({ dataFolder, env });
  let saidBefore = '';
  await mediaReady(portal);
  const { chair, staff } = await peopleOf(portal);
  const processes: VisitorProcess[] = [];
  const child = (name: string): number => portal.children().find((c) => c.name === name)?.pid ?? 0;
  const signal = (pids: readonly number[], name: NodeJS.Signals): void => pids.forEach((pid) => process.kill(pid, name));

  return {
    origin,
    dataFolder,
    proxy,
    chair,
    staff,
    clockMs,
    /** What the portal has printed, over its restarts. */
    said: (): string => saidBefore + portal.said(),
    visitors(): VisitorProcess {
      const started = startVisitors();
      processes.push(started);
      return started;
    },
    portal: {
      kill: async () => portal.kill9(),
      async start() {
        saidBefore += portal.said();
        portal = await startPortal({ dataFolder, env });
      },
      freeze: () => signal([portal.pid], 'SIGSTOP'),
      thaw: () => signal([portal.pid], 'SIGCONT'),
      /** It has not ended of itself, and has one child of each kind. */
      async state(): Promise<string> {
        const ended = await Promise.race([portal.ended, Promise.resolve(null)]);
        if (ended !== null) return `ended: ${portal.said().slice(-2000)}`;
        const names = portal.children().map((c) => c.name);
        return names.toSorted().join(', ') === 'livekit, postgres' ? 'well' : `children: ${names.join(', ')}`;
      },
    },
    media: {
      /** Not there before `open`: each new one waits at the gate. */
      kill(): void {
        writeFileSync(`${gate}.closed`, '');
        signal([child('livekit')], 'SIGKILL');
      },
      /** When the one of this moment has ended. */
      async ended(): Promise<number> {
        const pid = child('livekit');
        await eventually('the media server has ended', () => !lives(pid), 60_000);
        return Date.now();
      },
      open: (): void => rmSync(`${gate}.closed`, { force: true }),
      freeze: () => signal([child('livekit')], 'SIGSTOP'),
      thaw: () => signal([child('livekit')], 'SIGCONT'),
      ready: () => mediaReady({ url: origin }),
    },
    database: {
      /** `pg_ctl stop -m immediate`. */
      async stopAtOnce(): Promise<void> {
        const pid = child('postgres');
        signal([pid], 'SIGQUIT');
        await eventually('the database is another one', () => ![0, pid].includes(child('postgres')), 60_000);
      },
      freeze: () => signal(familyOf(child('postgres')), 'SIGSTOP'),
      thaw: () => signal(familyOf(child('postgres')).toReversed(), 'SIGCONT'),
      ready: async () =>
        eventually(
          'the database answers',
          async () =>
            chair.call(getHealth, {}).then(
              ({ database }) => database === 'ok',
              () => false,
            ),
          60_000,
        ),
    },
    verify: async () => verifyAt(dataFolder),
    async close(): Promise<void> {
      processes.forEach((p) => p.end());
      rmSync(`${gate}.closed`, { force: true });
      await portal.stop();
      proxy.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Who calls the meetings, and who is invited to them by name. */
export async function peopleOf({ url, said }: Pick<Portal, 'url' | 'said'>) {
  const accounts = { chair: demoLogin(said(), CHAIR), staff: demoLogin(said(), STAFF) };
  const chair = portalClient(url);
  await chair.call(postSession, { body: accounts.chair });
  const staff = portalClient(url);
  await staff.call(postSession, { body: accounts.staff });
  const { id, name } = await staff.call(getMe, {});
  return { chair, staff: { id, name, account: accounts.staff } };
}

/** `npm run verify` on the running portal: what does not fit. */
export async function verifyAt(dataFolder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'server', 'verify.mjs'), '--json'], {
    env: { ...process.env, PORTAL_DATA: dataFolder },
  }).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }));
  const { ok, findings } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { ok: boolean; findings: unknown[] };
  return ok ? [] : findings.map((finding) => JSON.stringify(finding));
}

/** Started in the place of LiveKit, and becomes it as soon as the gate is open: that is how it stays away for a time. */
function writeGate(path: string): void {
  const found = foundLiveKit();
  if (found.kind !== 'binary') throw new Error('no livekit-server on this machine: npm run faults gets it');
  writeFileSync(path, `#!/bin/sh\nwhile [ -e "$0.closed" ]; do sleep 0.1; done\nexec '${found.path}' "$@"\n`, { mode: 0o755 });
}

/** A process and its children, by Linux's own record. */
function familyOf(pid: number): number[] {
  if (pid === 0) return [];
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => parentOf(candidate) === pid);
  return [pid, ...children];
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
