// The recorder of one room as a process: started, adopted, told, heard. Nothing else starts one. What to do when it ends is the caller's
// to decide. docs/decisions/0057-recording-by-tracks.md has the lines.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';

/** Of one room. `token`: a hidden listener's, and on standard input only. Sizes in bytes, times in seconds. */
export type RecorderConfig = {
  url: string;
  token: string;
  folder: string;
  prefix: string;
  leastFreeBytes: number;
  /** How long it goes on without a portal. */ orphanSeconds: number;
  /** How long it tries to come back to the media server. */ reconnectSeconds: number;
};

const at = z.number();
const track = z.string();
const part = z.number().int();
/** Where in time: `report` = the media server's own clock, `arrival` = ours when it came. */
const clock = z.enum(['report', 'arrival']);

/** A line of index.jsonl. Times are milliseconds of the epoch, with fractions. */
export const Entry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session_opened'), at, session: z.number().int(), pid: z.number().int(), version: z.literal(1) }),
  z.object({ type: z.literal('session_closed'), at, session: z.number().int(), reason: z.string(), detail: z.string() }),
  z.object({ type: z.literal('connected'), at, session: z.number().int() }),
  z.object({ type: z.literal('lost'), at, since: at }),
  z.object({ type: z.literal('gap'), at, from: at, to: at }),
  z.object({ type: z.literal('orphaned'), at }),
  z.object({
    type: z.literal('track_opened'),
    at,
    track,
    participant: z.string(),
    identity: z.string(),
    kind: z.enum(['audio', 'video']),
    source: z.string(),
    codec: z.string(),
    muted: z.boolean(),
    width: z.number().int().default(0),
    height: z.number().int().default(0),
  }),
  z.object({ type: z.literal('track_closed'), at, track, lost: z.number().int(), bytes: z.number(), reason: z.string() }),
  z.object({ type: z.literal('first_packet'), at, track }),
  z.object({
    type: z.literal('part_opened'),
    at,
    part,
    file: z.string(),
    track,
    codec: z.string(),
    width: z.number().int(),
    height: z.number().int(),
    /** RTP time of its first frame, unwrapped, and its clock's ticks a second. */ rtp: z.number(),
    rate: z.number(),
    /** When that frame was. */ wall: at,
    clock,
  }),
  z.object({
    type: z.literal('part_closed'),
    at,
    part,
    track,
    frames: z.number().int(),
    bytes: z.number(),
    ms: z.number(),
    reason: z.string(),
    wall: at,
    clock,
  }),
  z.object({ type: z.literal('part_left'), at, part, file: z.string(), bytes: z.number() }),
  z.object({ type: z.literal('clock'), at, part, track, rtp: z.number(), ms: z.number(), wall: at }),
  z.object({ type: z.literal('muted'), at, track }),
  z.object({ type: z.literal('unmuted'), at, track }),
  z.object({ type: z.literal('loss'), at, track, lost: z.number().int(), part: part.optional(), ms: z.number().optional() }),
  z.object({ type: z.literal('pli'), at, track }),
  z.object({ type: z.literal('mark'), at, mark: z.string() }),
  z.object({ type: z.literal('notice'), at, code: z.string(), track: track.optional(), codec: z.string().optional() }),
]);
export type Entry = z.output<typeof Entry>;

const Ended = z.object({ type: z.literal('ended'), at, reason: z.string(), detail: z.string().default('') });
const Fact = z.union([
  Entry,
  z.object({ type: z.literal('ready'), at, session: z.number().int(), pid: z.number().int() }),
  z.object({ type: z.literal('state'), at, pid: z.number().int(), session: z.number().int(), state: z.string(), tracks: z.array(z.string()) }),
  z.object({ type: z.literal('heartbeat'), at, state: z.string(), tracks: z.number().int(), bytes: z.number(), lost: z.number().int(), free: z.number() }),
  z.object({ type: z.literal('needs_token'), at, refused: z.boolean() }),
  z.object({ type: z.literal('missed'), at, lines: z.number().int() }),
  Ended,
]);
/** What it says: the lines of the index as they are kept, and a few that are only said. */
export type Fact = z.output<typeof Fact>;

/** `reason`: its own word (`stopped`, `room_closed`, `removed`, `replaced`, `lost`, `empty`, `orphaned`, `disk`, `busy`, `config`, `folder`), or `died`. */
export type End = { reason: string; detail: string };

export type Recorder = {
  /** A clean end: everything that was heard is kept. Answers when it has ended. */
  stop(): Promise<End>;
  mark(text: string): Promise<void>;
  giveToken(token: string): Promise<void>;
  /** Leaves it to itself and to the next portal. */
  letGo(): void;
  ended: Promise<End>;
};

/** Facts come one after another; while `said` is busy none is read, and the recorder does not wait for it. */
type Said = (fact: Fact) => void | Promise<void>;

/** Its own group, and nothing of our environment: neither Ctrl-C nor a secret of the portal reaches it. */
export function startRecorder({ binary, config, said }: { binary: string; config: RecorderConfig; said: Said }): Recorder {
  const child = spawn(binary, [], { cwd: '/', detached: true, stdio: ['pipe', 'pipe', 'ignore'], env: {} });
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
  const recorder = speak({
    input: child.stdin,
    output: child.stdout,
    gone,
    said,
    letGo: () => {
      child.stdin.destroy();
      child.stdout.destroy();
      child.unref();
    },
  });
  void recorder.send(config);
  return recorder;
}

const State = z.object({ pid: z.number().int().positive(), session: z.number().int(), state: z.string() });
/** Longer addresses of sockets are cut by the system. */
const LONGEST_ADDRESS = 100;

/** The recorder that an earlier portal left in this folder; null: none lives there. */
export async function adoptRecorder({ folder, said }: { folder: string; said: Said }): Promise<Recorder | null> {
  const state = readState(folder);
  if (state === null || state.state === 'ended') return null;
  const whole = join(folder, 'control.sock');
  // Its working directory is the folder.
  const socket = await open(whole.length < LONGEST_ADDRESS ? whole : `/proc/${state.pid}/cwd/control.sock`);
  if (!socket) return null;
  const gone = new Promise<string>((resolve) => socket.once('close', () => resolve('closed')));
  return speak({ input: socket, output: socket, gone, said, letGo: () => socket.destroy() });
}

function readState(folder: string): z.output<typeof State> | null {
  try {
    return State.parse(JSON.parse(readFileSync(join(folder, 'recorder.json'), 'utf8')));
  } catch {
    return null;
  }
}

const open = (address: string): Promise<Socket | null> =>
  new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => resolve(socket));
    // A socket that its process left behind refuses.
    socket.once('error', () => resolve(null));
  });

type Ways = { input: Writable; output: Readable; gone: Promise<string>; said: Said; letGo: () => void };

function speak({ input, output, gone, said, letGo }: Ways): Recorder & { send(line: object): Promise<void> } {
  let end: End | null = null;
  // A recorder that has ended reads no more; the end says so.
  input.on('error', () => {});
  output.on('error', () => {});
  const lines = createInterface({ input: output, crlfDelay: Infinity });
  const heard = listen();

  async function listen(): Promise<void> {
    for await (const text of lines) {
      const fact = parse(text);
      if (!fact) continue;
      if (fact.type === 'ended') end = { reason: fact.reason, detail: fact.detail };
      await said(fact);
    }
  }

  const send = (line: object): Promise<void> =>
    new Promise((resolve) => {
      if (!input.writable) return resolve();
      input.write(`${JSON.stringify(line)}\n`, () => resolve());
    });

  const ended = (async (): Promise<End> => {
    const detail = await gone;
    await heard.catch(() => {});
    return end ?? { reason: 'died', detail };
  })();

  return {
    send,
    ended,
    letGo: () => {
      lines.close();
      letGo();
    },
    mark: async (mark) => send({ mark }),
    giveToken: async (token) => send({ token }),
    stop: async () => {
      await send({ stop: true });
      return ended;
    },
  };
}

/** A line of a newer recorder that is not understood is left out. */
function parse(text: string): Fact | null {
  try {
    return Fact.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
