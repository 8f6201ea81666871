// Two real LiveKit on one real Redis, on loopback: each can be killed and started again, and Redis tells which node has a room.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../../server/platform/ports.ts';
import { probeLiveKit } from '../../server/rooms/livekit.ts';
import { temporaryFolder } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { foundLiveKit } from '../support/livekit-server.ts';

export type Nodes = Awaited<ReturnType<typeof openNodes>>;
export type Node = { url: string; has(room: string): Promise<boolean>; kill(): Promise<void>; start(): Promise<void> };

const REDIS = process.env['REDIS_BIN'] ?? 'redis-server';
export const hasRedis = (): boolean => spawnSync(REDIS, ['--version']).status === 0;

const KEY = 'APIsimpul';
const SECRET = 'rahasia-simpul-0123456789abcdefghijkl';

export async function openNodes(webhookUrl: string) {
  const found = foundLiveKit();
  if (found.kind !== 'binary') throw new Error('no livekit-server on this machine: npm run faults gets it');
  const folder = temporaryFolder();
  const redisPort = await freePort(0, 'tcp', '127.0.0.1');
  const redisFolder = join(folder, 'redis');
  mkdirSync(redisFolder);

  // Each word is on disk before it is answered, as docs/operating.md asks: a Redis that forgets its rooms would have them made twice.
  const redisArgs = ['--port', `${redisPort}`, '--bind', '127.0.0.1', '--dir', redisFolder, '--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  const redis = child(REDIS, redisArgs);
  await redis.start();
  const ask = async (...words: string[]): Promise<string> => askRedis(redisPort, words);
  const redisAnswers = async (): Promise<void> => void (await eventually('Redis answers', async () => (await ask('PING').catch(() => '')) === '+PONG', 20_000));
  await redisAnswers();

  const nodes: Node[] = [];
  for (const name of ['satu', 'dua']) {
    const [http, tcp, udp] = [await freePort(0, 'tcp', '127.0.0.1'), await freePort(0, 'tcp', '0.0.0.0'), await freePort(0, 'udp', '0.0.0.0')];
    const file = join(folder, `${name}.yaml`);
    const config = {
      port: http,
      bind_addresses: ['127.0.0.1'],
      keys: { [KEY]: SECRET },
      redis: { address: `127.0.0.1:${redisPort}` },
      rtc: {
        tcp_port: tcp,
        udp_port: udp,
        use_external_ip: false,
        node_ip: '127.0.0.1',
        ips: { includes: ['127.0.0.1/32'] },
        enable_loopback_candidate: true,
      },
      room: { auto_create: false },
      api: { enable_psrpc_for_get_list_participants: true },
      webhook: { api_key: KEY, urls: [webhookUrl], resource_url_notifier: { max_age: '24h', max_depth: 100_000 } },
      logging: { level: 'info', json: true },
    };
    writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
    const server = child(found.path, ['--config', file]);
    const url = `http://127.0.0.1:${http}`;
    const start = async (): Promise<void> => {
      await server.start();
      await eventually(`node ${name} answers`, async () => (await probeLiveKit(url, KEY, SECRET)) === 'ok', 30_000);
    };
    await start();
    nodes.push({
      url,
      start,
      kill: server.kill,
      /** It says its own name when it starts. */
      has: async (room) => {
        const id = [...server.said().matchAll(/"nodeID":\s*"([^"]+)"/g)].at(-1)?.[1];
        return id !== undefined && (await ask('HGET', 'room_node_map', room)).split('\r\n').at(-1) === id;
      },
    });
  }

  return {
    env: { LIVEKIT_URL: nodes.map(({ url }) => url).join(','), LIVEKIT_API_KEY: KEY, LIVEKIT_API_SECRET: SECRET },
    nodes,
    redis: {
      kill: redis.kill,
      async start(): Promise<void> {
        await redis.start();
        await redisAnswers();
      },
    },
    async close(): Promise<void> {
      await Promise.all([...nodes, redis].map(async ({ kill }) => kill()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Ends with this process, killed. */
function child(command: string, args: readonly string[]) {
  let running: ChildProcess | null = null;
  let text = '';
  process.once('exit', () => running?.kill('SIGKILL'));
  return {
    said: (): string => text,
    async start(): Promise<void> {
      const started = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      running = started;
      for (const stream of [started.stdout, started.stderr]) stream.setEncoding('utf8').on('data', (part: string) => (text += part));
      await once(started, 'spawn');
    },
    async kill(): Promise<void> {
      const dying = running;
      running = null;
      if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
      const gone = once(dying, 'exit');
      dying.kill('SIGKILL');
      await gone;
    },
  };
}

/** One word to Redis, and its whole answer without the last line's end. */
function askRedis(port: number, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(2_000, () => socket.destroy(new Error('Redis does not answer')));
    socket.once('error', reject);
    socket.once('data', (data) => (socket.destroy(), resolve(data.toString().trimEnd())));
    socket.write(`${words.join(' ')}\r\n`);
  });
}
