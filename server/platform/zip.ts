// A ZIP file written while its contents come: constant memory, compression outside the event loop. Enough for workbooks: no
// encryption, nothing over 4 GiB. The same contents at the same instant are the same bytes.
import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

export type ZipEntry = { name: string; chunks: Iterable<string> | AsyncIterable<string> };
type Written = { name: Buffer; crc: number; size: number; packed: number; offset: number };

/** Sizes follow the contents (bit 3), names are UTF-8 (bit 11). */
const FLAGS = 0x0808;
const DEFLATE = 8;
const LIMIT = 0xffff_ffff;

export async function* zip(entries: readonly ZipEntry[], at: Date): AsyncGenerator<Buffer> {
  const done: Written[] = [];
  let offset = 0;
  for (const { name, chunks } of entries) {
    const entry: Written = { name: Buffer.from(name), crc: 0, size: 0, packed: 0, offset };
    const head = headOf(entry, at);
    yield head;
    for await (const packed of deflated(chunks, (data) => {
      entry.crc = crc32(data, entry.crc);
      entry.size += data.length;
    })) {
      entry.packed += packed.length;
      yield packed;
    }
    if (entry.size > LIMIT) throw new Error('a file of more than 4 GiB');
    const foot = Buffer.alloc(16);
    foot.writeUInt32LE(0x08074b50, 0);
    foot.writeUInt32LE(entry.crc, 4);
    foot.writeUInt32LE(entry.packed, 8);
    foot.writeUInt32LE(entry.size, 12);
    yield foot;
    offset += head.length + entry.packed + foot.length;
    done.push(entry);
  }
  yield directoryOf(done, offset, at);
}

async function* deflated(chunks: ZipEntry['chunks'], note: (data: Buffer) => void): AsyncGenerator<Buffer> {
  async function* noted(): AsyncGenerator<Buffer> {
    for await (const text of chunks) {
      const data = Buffer.from(text);
      note(data);
      yield data;
    }
  }
  const deflate = createDeflateRaw();
  // What goes wrong on either side ends both; the loop below throws it.
  pipeline(Readable.from(noted()), deflate, () => {});
  for await (const packed of deflate) yield packed as Buffer;
}

/** DOS time: two seconds are its smallest step, UTC here. */
function clockOf(at: Date): { time: number; date: number } {
  return {
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  };
}

function headOf({ name }: Written, at: Date): Buffer {
  const head = Buffer.alloc(30);
  const { time, date } = clockOf(at);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(DEFLATE, 8);
  head.writeUInt16LE(time, 10);
  head.writeUInt16LE(date, 12);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function directoryOf(entries: readonly Written[], offset: number, at: Date): Buffer {
  const { time, date } = clockOf(at);
  const lines = entries.map(({ name, crc, packed, size, offset }) => {
    const line = Buffer.alloc(46);
    line.writeUInt32LE(0x02014b50, 0);
    line.writeUInt16LE(20, 4);
    line.writeUInt16LE(20, 6);
    line.writeUInt16LE(FLAGS, 8);
    line.writeUInt16LE(DEFLATE, 10);
    line.writeUInt16LE(time, 12);
    line.writeUInt16LE(date, 14);
    line.writeUInt32LE(crc, 16);
    line.writeUInt32LE(packed, 20);
    line.writeUInt32LE(size, 24);
    line.writeUInt16LE(name.length, 28);
    line.writeUInt32LE(offset, 42);
    return Buffer.concat([line, name]);
  });
  const length = lines.reduce((sum, line) => sum + line.length, 0);
  if (offset + length > LIMIT) throw new Error('a file of more than 4 GiB');
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...lines, end]);
}
