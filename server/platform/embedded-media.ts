// LiveKit as a child of the portal: found or built, configured, watched, started again, ended.
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildLiveKit, threeWays, type Found } from './livekit-binary.ts';
import { livekitConfig, RELAYS, usualPorts, type MediaPorts, type Ports } from './livekit-config.ts';
import type { MediaServer } from './media.ts';
import type { Probe } from './outside-media.ts';
import { holdPort, isFree, type Held, type Transport } from './ports.ts';
import { endings, endProcess, launch, sizeOf, tailOf, type Children } from './processes.ts';
import type { Secrets } from './secrets.ts';

export type EmbeddedMedia = MediaServer & {
  /** Begins in the background: building may take minutes, and people can sign in meanwhile. */
  start(webhookUrl: string): Promise<void>;
  /** Why it is not ready, in plain words; null when it is. */
  reason(): string | null;
  /** A child that a killed portal had left was ended at this time. */
  noteLeftoverEnded(at: Date): void;
  /** The child's pid, for the tests that kill it. */
  pid(): number | null;
};

export type EmbeddedMediaOptions = {
  found: Found;
  dataFolder: string;
  ports: MediaPorts;
  secrets: Pick<Secrets, 'livekitToken' | 'livekitWebhook'>;
  children: Children;
  probe: Probe;
  say: (line: string) => void;
};

const BACKOFF_MS = [200, 500, 1000, 2000, 5000, 15_000];
const READY_WITHIN_MS = 20_000;

export async function createEmbeddedMedia({ found, dataFolder, ports: wanted, secrets, children, probe, say }: EmbeddedMediaOptions): Promise<EmbeddedMedia> {
  const folder = join(dataFolder, 'media');
  const logFile = join(dataFolder, 'log', 'livekit.log');
  const { livekitToken: tokenKey, livekitWebhook: webhookKey } = secrets;
  const readyCallbacks: (() => void)[] = [];
  const exitCallbacks: ((at: Date, unwatched?: boolean) => void)[] = [];
  const building = new AbortController();
  /** Kept until the child opens them, and no other portal's until this one ends: it may start while the child does. */
  let { ports, letGo, giveUp } = await choosePorts(wanted);
  let child: ChildProcess | null = null;
  let state: 'ready' | 'unavailable' = 'unavailable';
  let reason: string | null = 'belum dijalankan';
  let stopping = false;
  let webhookUrl = '';

  // Stays for the life of this process: clients of its API were made with it.
  const url = `http://127.0.0.1:${ports.http}`;

  async function start(webhook: string): Promise<void> {
    webhookUrl = webhook;
    const binary = await obtain();
    if (binary !== null && !stopping) await keepRunning(binary);
  }

  async function obtain(): Promise<string | null> {
    if (found.kind === 'binary') return found.path;
    if (found.kind === 'absent') {
      reason = found.reason;
      return null;
    }
    const from = Date.now();
    reason = 'sedang dibangun';
    say('Server media sedang dibangun dengan Go (sekali saja, beberapa menit). Portal sudah dapat dipakai; rapat menyusul.');
    const timer = setInterval(() => say(`Server media masih dibangun … ${Math.round((Date.now() - from) / 1000)} dtk`), 15_000);
    try {
      const binary = await buildLiveKit(found, building.signal);
      say(`Server media selesai dibangun sesudah ${Math.round((Date.now() - from) / 1000)} dtk.`);
      return binary;
    } catch (error) {
      reason = `tidak dapat dibangun: ${error instanceof Error ? error.message : String(error)}`;
      if (!stopping) say(`Server media ${reason}. Jalan lain: ${threeWays}.`);
      return null;
    } finally {
      clearInterval(timer);
    }
  }

  /** Resolves when the child is ready for the first time, or after the first attempt failed; goes on in the background. */
  async function keepRunning(binary: string): Promise<void> {
    const first = attempt(binary);
    void first.then(async (exited) => watch(binary, exited)).catch((error: unknown) => say(`Server media tidak lagi diawasi: ${String(error)}`));
    await first;
  }

  async function watch(binary: string, before: Attempt): Promise<void> {
    let latest = before;
    for (let failures = 0; ;) {
      const { wasReady, ended } = latest;
      await ended;
      if (stopping) return;
      if (wasReady) {
        failures = 0;
        say('Server media berhenti sendiri dan dijalankan lagi.');
      }
      await sleep(BACKOFF_MS[Math.min(failures, BACKOFF_MS.length - 1)]);
      if (stopping) return;
      failures++;
      if (!wasReady && failures > 2) {
        const [others, giveUpFormer] = [await choosePorts(wanted), giveUp];
        ports = { ...others.ports, http: ports.http };
        letGo = others.letGo;
        giveUp = async () => void (await Promise.all([giveUpFormer(), others.giveUp()]));
      }
      latest = await attempt(binary);
    }
  }

  type Attempt = { wasReady: boolean; ended: Promise<void> };

  /** One life of the child, answered when it is ready or gone. */
  async function attempt(binary: string): Promise<Attempt> {
    writeFiles();
    const from = sizeOf(logFile);
    await letGo();
    const started = launch({ command: binary, args: ['--config', join(folder, 'livekit.yaml')], logFile });
    child = started;
    if (started.pid !== undefined) children.add('livekit', started.pid);
    let gone = false;
    let wasReady = false;
    const ended = new Promise<void>((resolve) => {
      const end = (): void => {
        if (gone) return;
        const at = new Date();
        gone = true;
        state = 'unavailable';
        if (wasReady) reason = 'berhenti; sedang dijalankan lagi';
        if (child === started) child = null;
        if (started.pid !== undefined) children.forget(started.pid);
        if (wasReady) for (const callback of exitCallbacks) callback(at);
        resolve();
      };
      started.once('exit', end).once('error', end);
    });
    reason = 'sedang dijalankan';
    for (const until = Date.now() + READY_WITHIN_MS; !gone && !stopping && Date.now() < until; await sleep(50)) {
      // Authenticated with our own key: another LiveKit on this port would answer everything else.
      if ((await probe(url, tokenKey.key, tokenKey.secret)) !== 'ok') continue;
      if (gone) break;
      wasReady = true;
      state = 'ready';
      reason = null;
      for (const callback of readyCallbacks) callback();
      return { wasReady: true, ended };
    }
    if (!gone && !stopping && started.pid !== undefined) await endProcess(started.pid, endings.livekit);
    const told = lastWords(tailOf(logFile, from));
    // It ends with code 0 even when its configuration is wrong: an exit before it was ready is a failure, whatever the code.
    if (!stopping && reason !== `tidak dapat dijalankan: ${told}`) say(`Server media tidak dapat dijalankan: ${told}`);
    reason = `tidak dapat dijalankan: ${told}`;
    return { wasReady: false, ended };
  }

  function writeFiles(): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const keyFile = join(folder, 'keys.yaml');
    const keys = { [tokenKey.key]: tokenKey.secret, [webhookKey.key]: webhookKey.secret };
    writeFileSync(keyFile, `${JSON.stringify(keys)}\n`, { mode: 0o600 });
    const config = livekitConfig({
      ports,
      nodeIp: wanted.nodeIp,
      keyFile,
      webhookKey: webhookKey.key,
      webhookUrl,
      metricsPassword: randomBytes(24).toString('base64url'),
    });
    writeFileSync(join(folder, 'livekit.yaml'), config, { mode: 0o600 });
  }

  async function stop(): Promise<void> {
    stopping = true;
    building.abort();
    state = 'unavailable';
    reason = 'portal sedang berhenti';
    const running = child;
    if (running?.pid !== undefined) {
      const exited = once(running, 'exit');
      await endProcess(running.pid, endings.livekit);
      // Whoever listens has heard of the exit before the database goes.
      await Promise.race([exited, sleep(1000)]);
    }
    await giveUp();
  }

  return {
    url,
    tokenKey,
    webhookKey,
    state: () => state,
    reason: () => reason,
    onReady: (callback) => void readyCallbacks.push(callback),
    onExit: (callback) => void exitCallbacks.push(callback),
    tellsEveryExit: true,
    noteLeftoverEnded: (at) => exitCallbacks.forEach((callback) => callback(at, true)),
    pid: () => child?.pid ?? null,
    start,
    stop,
  };
}

type Chosen = { ports: Ports } & Omit<Held, 'port'>;

async function choosePorts({ udp, tcp, turn, nodeIp }: MediaPorts): Promise<Chosen> {
  const kept: Held[] = [];
  const keep = async (port: number, transport: Transport, host: string): Promise<number> => {
    const held = await holdPort(port, transport, host);
    kept.push(held);
    return held.port;
  };
  // Without an address to answer on, TURN stays on this machine and needs no port that others know.
  const usualTurn = nodeIp === null ? 7883 : usualPorts.turn;
  const ports = {
    http: await keep(usualPorts.http, 'tcp', '127.0.0.1'),
    tcp: tcp ?? (await keep(usualPorts.tcp, 'tcp', '0.0.0.0')),
    udp: udp ?? (await keep(usualPorts.udp, 'udp', '0.0.0.0')),
    turn: turn ?? (await keep(usualTurn, 'udp', '0.0.0.0')),
    metrics: await keep(usualPorts.metrics, 'tcp', '127.0.0.1'),
    relayStart: await freeRange(usualPorts.relayStart),
  };
  const each = (ending: 'letGo' | 'giveUp') => async () => void (await Promise.all(kept.map(async (held) => held[ending]())));
  return { ports, letGo: each('letGo'), giveUp: each('giveUp') };
}

/** A range whose first port is free stands for the range: the relay tries the others when one is taken. */
async function freeRange(wanted: number): Promise<number> {
  for (let start = wanted; start < 65_000; start += RELAYS) if (await isFree(start, 'udp', '0.0.0.0')) return start;
  return wanted;
}

/** The reason in LiveKit's log: its last error line, its message only. */
function lastWords(log: string): string {
  const line =
    log
      .trim()
      .split('\n')
      .findLast((row) => /error|fatal|could not|in use|invalid|unknown/i.test(row)) ??
    log.trim().split('\n').at(-1) ??
    '';
  return line.slice(0, 300) || 'berhenti tanpa keterangan';
}
