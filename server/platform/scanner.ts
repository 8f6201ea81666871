// The office's virus scanner: clamd, over its unix socket or over TCP. A file goes to it in pieces (INSTREAM) when it is whole and before
// anybody else can have it; while the scanner cannot be asked no file is taken. Nothing else of the scanner is used.
import { connect, type Socket } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';
import { refuse } from './refusal.ts';

export type ScannerSettings = { path: string } | { host: string; port: number };
export type ScannerState = 'off' | 'ok' | 'down';
export type Scanner = ReturnType<typeof createScanner>;

/** Without a word from it for this long it is down: a file of 50 MiB is judged in seconds. */
const SILENT_MS = 30_000;
const PING_MS = 2_000;
const PIECE = 256 * 1024;
/** Longer answers are none of clamd. */
const MOST_ANSWER = 4_096;

/** `unix:/run/clamav/clamd.ctl`, `tcp://127.0.0.1:3310`; null = neither. */
export function parseScanner(text: string): ScannerSettings | null {
  const path = /^unix:(?:\/\/)?(\/[^\0]+)$/.exec(text)?.[1];
  if (path !== undefined) return { path };
  const [, host, port] = /^tcp:\/\/(\[[\da-f:]+\]|[\w.-]+):(\d{1,5})\/?$/i.exec(text) ?? [];
  if (host === undefined || port === undefined || Number(port) < 1 || Number(port) > 65_535) return null;
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}

type Bytes = Uint8Array | AsyncIterable<Uint8Array>;
type Counts = { scanned: (outcome: 'clean' | 'found' | 'down') => void };

export function createScanner({ settings, log, meter }: { settings: ScannerSettings | null; log: FastifyBaseLogger; meter: Counts }) {
  /**
   * Passes, or refuses: `file.infected` by the file's name, `file.not_scanned` when the scanner gave no verdict. Passes everything while
   * none is configured.
   */
  async function judge(name: string, bytes: Bytes): Promise<void> {
    if (settings === null) return;
    const verdict = await converse(settings, SILENT_MS, (socket) => sendFile(socket, bytes)).catch((error: unknown) => {
      log.error({ err: error }, 'virus scanner unreachable');
      return null;
    });
    if (verdict === 'stream: OK') return meter.scanned('clean');
    const found = /^stream: (.{1,200}) FOUND$/.exec(verdict ?? '')?.[1];
    if (found !== undefined) {
      meter.scanned('found');
      // Without its name, which may hold a person's.
      log.warn({ found }, 'a file with a virus was refused');
      refuse('file.infected', { name, found });
    }
    meter.scanned('down');
    if (verdict !== null) log.error({ said: verdict }, 'virus scanner gave no verdict');
    refuse('file.not_scanned', { name });
  }

  async function state(): Promise<ScannerState> {
    if (settings === null) return 'off';
    const said = await converse(settings, PING_MS, async (socket) => void socket.write('zPING\0')).catch(() => null);
    return said === 'PONG' ? 'ok' : 'down';
  }

  return { judge, state };
}

/** One connection, one question, one answer. */
function converse(settings: ScannerSettings, silentMs: number, ask: (socket: Socket) => Promise<void>): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(settings);
    let said = '';
    const end = (error: Error | null): void => {
      socket.destroy();
      if (error) reject(error);
      else resolve(said.replace(/\0.*$/s, '').trim());
    };
    socket.setTimeout(silentMs, () => end(new Error('the scanner is silent')));
    socket.setEncoding('utf8');
    socket.on('connect', () => void ask(socket).catch((error: Error) => end(error)));
    socket.on('data', (text: string) => {
      said += text;
      if (said.includes('\0') || said.length > MOST_ANSWER) end(null);
    });
    // It may answer before it has read all of it, and then closes: what it said counts.
    socket.on('error', (error) => end(said === '' ? error : null));
    socket.on('close', () => end(said === '' ? new Error('the scanner went away') : null));
  });
}

/** Each piece after its length; a length of nothing ends them. */
async function sendFile(socket: Socket, bytes: Bytes): Promise<void> {
  socket.write('zINSTREAM\0');
  for await (const part of bytes instanceof Uint8Array ? [bytes] : bytes)
    for (let at = 0; at < part.byteLength; at += PIECE) {
      if (socket.destroyed) return;
      const piece = part.subarray(at, at + PIECE);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(piece.byteLength);
      socket.write(length);
      if (!socket.write(piece)) await drained(socket);
    }
  socket.write(Buffer.alloc(4));
}

const drained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    const go = (): void => {
      socket.off('drain', go);
      socket.off('close', go);
      resolve();
    };
    socket.on('drain', go);
    socket.on('close', go);
  });
