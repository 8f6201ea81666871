// A virus scanner for tests: the real clamd where it is installed, with one signature of its own, and a stand-in that speaks as much of its protocol.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScannerSettings } from '../../server/platform/scanner.ts';

/** The harmless text that every scanner calls a virus, put together here so that none finds it in this file. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('-');
const CLAMD = ['/usr/sbin/clamd', '/usr/local/sbin/clamd', '/opt/homebrew/sbin/clamd'].find((path) => existsSync(path));
export const hasClamd = CLAMD !== undefined;

type Running = { settings: ScannerSettings; stop: () => Promise<unknown> };

export async function realClamd(): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'clamd-'));
  const database = join(folder, 'db');
  mkdirSync(database);
  writeFileSync(join(database, 'uji.ndb'), `Uji.Eicar:0:*:${Buffer.from(EICAR).toString('hex')}\n`);
  const path = join(folder, 's');
  writeFileSync(join(folder, 'conf'), [`DatabaseDirectory ${database}`, `LocalSocket ${path}`, 'Foreground yes', 'StreamMaxLength 8M', ''].join('\n'));
  const child = spawn(CLAMD!, ['--config-file', join(folder, 'conf')], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdout.resume();
  child.stderr.resume();
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { settings: { path }, stop };
}

/** Finds the same text, and says `OK` of everything else. Longer than `most` bytes is too long for it. */
export async function standIn(most = 8 * 1024 * 1024): Promise<Running & { port: number }> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => {});
    let held = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      held = Buffer.concat([held, bytes]);
      const said = answer(held, most);
      if (said !== null) socket.end(`${said}\0`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const stop = (): Promise<unknown> => {
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  return { settings: { host: '127.0.0.1', port }, port, stop };
}

const START = Buffer.from('zINSTREAM\0');
function answer(held: Buffer, most: number): string | null {
  if (held.equals(Buffer.from('zPING\0'))) return 'PONG';
  if (!held.subarray(0, START.length).equals(START)) return held.length > START.length ? 'UNKNOWN COMMAND' : null;
  const pieces: Buffer[] = [];
  let size = 0;
  for (let at = START.length; at + 4 <= held.length;) {
    const length = held.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces).includes(EICAR) ? 'stream: Uji.Eicar.UNOFFICIAL FOUND' : 'stream: OK';
    size += length;
    if (size > most) return 'INSTREAM size limit exceeded. ERROR';
    pieces.push(held.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}
