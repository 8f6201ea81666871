// A room on a real media server with a recorder in it, without a portal: the recorder knows none.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AccessToken, RoomServiceClient, type VideoGrant } from 'livekit-server-sdk';
import { onPath } from '../../server/platform/livekit-binary.ts';
import { buildRecorder, findRecorder } from '../../server/recording/build.ts';
import { Entry, startRecorder, type Fact, type Recorder, type RecorderConfig } from '../../server/recording/process.ts';
import { temporaryFolder } from './database.ts';
import { makeTestMedia } from './livekit-server.ts';

const run = promisify(execFile);
const ROOM = 'ruang-rekaman';

export async function getProgram(program: 'recorder' | 'publish'): Promise<string> {
  const found = await findRecorder(program);
  if (found.kind === 'absent') throw new Error(found.reason);
  return found.kind === 'binary' ? found.path : buildRecorder(found, program);
}

export type Recording = Recorder & { facts: Fact[]; /** The first fact that fits, said or to be said. */ hears(fits: (fact: Fact) => boolean): Promise<Fact> };

export async function recordedRoom() {
  const media = await makeTestMedia();
  // Nobody listens to its events.
  await media.start('http://127.0.0.1:9/');
  const rooms = new RoomServiceClient(media.url, media.tokenKey.key, media.tokenKey.secret);
  const openRoom = async (): Promise<void> => void (await rooms.createRoom({ name: ROOM, emptyTimeout: 600 }));
  await openRoom();
  const folder = temporaryFolder();
  const left: Recorder[] = [];

  const token = async (identity: string, grant: VideoGrant = { canPublish: true, canSubscribe: false }): Promise<string> => {
    const signed = new AccessToken(media.tokenKey.key, media.tokenKey.secret, { identity, ttl: 600 });
    signed.addGrant({ roomJoin: true, room: ROOM, ...grant });
    return signed.toJwt();
  };
  const recorderToken = async (): Promise<string> => token('perekam', { hidden: true, canSubscribe: true, canPublish: false, canPublishData: false });

  const heard = (begin: (said: (fact: Fact) => void) => Recorder): Recording => {
    const facts: Fact[] = [];
    const waiting = new Set<() => void>();
    const recorder = begin((fact) => {
      facts.push(fact);
      for (const look of waiting) look();
    });
    left.push(recorder);
    const hears = (fits: (fact: Fact) => boolean): Promise<Fact> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const fact = facts.find(fits);
          if (!fact) return;
          waiting.delete(look);
          resolve(fact);
        };
        waiting.add(look);
        look();
        void recorder.ended.then(({ reason, detail }) => reject(new Error(`recorder ended: ${reason} ${detail}`)));
      });
    return Object.assign(recorder, { facts, hears });
  };

  async function record(changes: Partial<RecorderConfig> = {}): Promise<Recording> {
    const binary = await getProgram('recorder');
    const config = { url: media.url, token: await recorderToken(), folder, prefix: 'rek', leastFreeBytes: 0, orphanSeconds: 60, reconnectSeconds: 60 };
    return heard((said) => startRecorder({ binary, config: { ...config, ...changes }, said }));
  }

  return {
    media,
    rooms,
    folder,
    openRoom,
    token,
    recorderToken,
    record,
    name: ROOM,
    index: () => readIndex(folder),
    async close() {
      await Promise.all(left.map(async (one) => one.stop()));
      await media.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const readIndex = (folder: string): Entry[] =>
  readFileSync(join(folder, 'index.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((text) => Entry.parse(JSON.parse(text)));

export const partFiles = (folder: string): string[] => readdirSync(folder).filter((name) => /\.(webm|mkv)$/.test(name));

/** What publishers send again and again: four seconds, encoded once on this machine. */
export async function materials(tone: number, size = '1280x720'): Promise<{ picture: string; sound: string }> {
  const folder = join(tmpdir(), 'portal-rekam-bahan');
  mkdirSync(folder, { recursive: true });
  const made = async (name: string, args: string[]): Promise<string> => {
    const path = join(folder, name);
    if (existsSync(path)) return path;
    const half = join(folder, `${process.pid}-${name}`);
    await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', ...args, half]);
    renameSync(half, path);
    return path;
  };
  const encoded = ['-c:v', 'libvpx', '-b:v', '1700k', '-deadline', 'realtime', '-cpu-used', '8', '-g', '60'];
  return {
    picture: await made(`gambar-${size}.ivf`, ['-i', `testsrc2=size=${size}:rate=30`, '-t', '4', ...encoded]),
    sound: await made(`nada-${tone}.ogg`, [
      '-i',
      `sine=frequency=${tone}:sample_rate=48000`,
      '-t',
      '4',
      '-ac',
      '2',
      '-c:a',
      'libopus',
      '-page_duration',
      '20000',
    ]),
  };
}

export type Publisher = { /** Leaves the room. */ leave(): Promise<void> };

export async function publish(url: string, tokens: string[], tone: number, [width, height] = [1280, 720]): Promise<Publisher> {
  const files = await materials(tone, `${width}x${height}`);
  const child = spawn(await getProgram('publish'), [], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write(`${JSON.stringify({ url, tokens, ...files, width, height })}\n`);
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited.then(([code]) => Promise.reject(new Error(`publisher ended with ${String(code)}`)))]);
  return {
    async leave() {
      child.stdin.end();
      await exited;
    },
  };
}

/** Seconds of what can be decoded, from the first to the last sample. */
export async function samplesOf(path: string): Promise<Float32Array> {
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', path, '-ac', '1', '-ar', '8000', '-f', 'f32le', '-'], {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 * 1024,
  });
  return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + Math.floor(stdout.byteLength / 4) * 4));
}

export const hasFfmpeg = (): boolean => onPath('ffmpeg') !== null && onPath('ffprobe') !== null;

/** How much of this tone is in these samples of 8 kHz, 0 to about 1. */
export function toneIn(samples: Float32Array, hertz: number): number {
  const step = 2 * Math.cos((2 * Math.PI * hertz) / 8000);
  let [before, last, energy] = [0, 0, 0];
  for (const sample of samples) {
    [before, last] = [last, sample + step * last - before];
    energy += sample * sample;
  }
  return energy === 0 ? 0 : (2 * (last * last + before * before - step * last * before)) / (samples.length * energy);
}
