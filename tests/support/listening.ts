// What a process and its children listen at, as Linux tells it.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export type Listening = { transport: 'tcp' | 'udp'; address: string; port: number };
const LISTENS = { tcp: '0A', udp: '07' } as const;

/** A process and all that come from it. */
export function familyOf(pid: number): number[] {
  const parents = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const stat = textOf(`/proc/${name}/stat`);
    return stat === null ? [] : [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }];
  });
  const found = [pid];
  for (const one of found) found.push(...parents.filter(({ parent }) => parent === one).map(({ pid: child }) => child));
  return found;
}

export function listeningOf(pids: readonly number[]): Listening[] {
  const own = new Set(pids.flatMap(socketsOf));
  return (['tcp', 'udp'] as const).flatMap((transport) =>
    ['', '6'].flatMap((family) =>
      readFileSync(`/proc/net/${transport}${family}`, 'utf8')
        .split('\n')
        .slice(1)
        .flatMap((row) => {
          const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/);
          const [host = '', port = ''] = local.split(':');
          return own.has(inode) && state === LISTENS[transport] ? [{ transport, address: addressOf(host), port: Number.parseInt(port, 16) }] : [];
        }),
    ),
  );
}

const textOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** Words of four bytes, each the other way round. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).toReversed()).map((byte) => Number.parseInt(byte, 16));
  if (bytes.every((byte) => byte === 0)) return 'any';
  if (bytes.length === 4) return bytes.join('.');
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255;
  return mapped ? bytes.slice(12).join('.') : Buffer.from(bytes).toString('hex');
}
