// The parts of a ZIP file as text, by name and in its order.
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { fromBuffer, type Entry, type Options, type ZipFile } from 'yauzl';

const open = promisify<Buffer, Options, ZipFile>(fromBuffer);

export async function unpacked(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await open(bytes, { lazyEntries: true, autoClose: false });
  const read = promisify(zip.openReadStream.bind(zip) as (entry: Entry, done: (error: Error | null, stream: NodeJS.ReadableStream) => void) => void);
  const parts = new Map<string, string>();
  while (parts.size < zip.entryCount) {
    const next = once(zip, 'entry') as Promise<[Entry]>;
    zip.readEntry();
    const [entry] = await next;
    parts.set(entry.fileName, await text(await read(entry)));
  }
  zip.close();
  return parts;
}
