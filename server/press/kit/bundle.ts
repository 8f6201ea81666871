// All that is published as one zip: stored, not packed (photos and video are already), in a fixed order with fixed times, so that the same
// kit is the same bytes, its size is known before it is made, and a download resumes.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

export type Entry = { name: string; at: Date; size: number; sha256: string; read: () => AsyncIterable<Buffer> };
export type Bundle = { sha256: string; size: number; read: (from: number, to: number) => AsyncGenerator<Buffer> };

/** Of one length wherever the portal stands. */
const MODE = 0o100644;

export function bundleOf(entries: readonly Entry[]): Bundle {
  const sum = createHash('sha256');
  for (const { name, at, size, sha256 } of entries) sum.update(`${name}\n${at.toISOString()}\n${size}\n${sha256}\n`);
  return { sha256: sum.digest('hex'), size: open(entries, false).size, read: (from, to) => piece(entries, from, to) };
}

/** `reading` false: to learn its size; nothing is read. */
function open(entries: readonly Entry[], reading: boolean): { size: number; zip: ZipFile; sources: Set<Readable> } {
  const zip = new ZipFile();
  const sources = new Set<Readable>();
  let size = 0;
  for (const { name, at, size: bytes, read } of entries)
    zip.addReadStreamLazy(name, { mtime: at, mode: MODE, compress: false, size: bytes }, (take) => {
      if (!reading) return;
      const source = Readable.from(read());
      sources.add(source);
      source.on('error', (error) => (zip.outputStream as Readable).destroy(error));
      source.on('close', () => sources.delete(source));
      take(null, source);
    });
  const counted: (total: number) => void = (total) => {
    size = total;
  };
  zip.end({ forceZip64Format: false, comment: '' }, counted as () => void);
  return { size, zip, sources };
}

/** The sums in a zip are of all its bytes: what was had already is made again and left out. */
async function* piece(entries: readonly Entry[], from: number, to: number): AsyncGenerator<Buffer> {
  const { zip, sources } = open(entries, true);
  let at = 0;
  try {
    for await (const chunk of zip.outputStream as AsyncIterable<Buffer>) {
      const begin = Math.max(0, from - at);
      const end = Math.min(chunk.length, to - at);
      at += chunk.length;
      if (begin < end) yield chunk.subarray(begin, end);
      if (at >= to) return;
    }
  } finally {
    for (const source of sources) source.destroy();
  }
}

/** Names inside, each once: a second one of the same name gets a number. */
export function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const [, stem = name, ending = ''] = /^(.*?)(\.[^.]*)?$/.exec(name) ?? [];
    let free = name;
    for (let n = 2; taken.has(free.toLowerCase()); n += 1) free = `${stem}-${n}${ending}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
