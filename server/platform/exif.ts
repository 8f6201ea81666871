// Caption, credit and licence inside a JPEG, as newsrooms' programs read them; written without touching the picture. Nothing else is written.
// Exif 2.32: an APP1 segment right after the start, holding a TIFF directory of text fields. Pure.
export type PhotoWords = { caption: string; credit: string; licence: string };

const DESCRIPTION = 0x010e;
const ARTIST = 0x013b;
const COPYRIGHT = 0x8298;
const TEXT = 2;
const HEAD = Buffer.from('Exif\0\0', 'latin1');

function directoryOf({ caption, credit, licence }: PhotoWords): Buffer {
  const fields = [
    { tag: DESCRIPTION, text: caption },
    { tag: ARTIST, text: credit },
    { tag: COPYRIGHT, text: licence },
  ].map(({ tag, text }) => ({ tag, bytes: Buffer.from(`${text}\0`, 'utf8') }));
  const start = 8 + 2 + fields.length * 12 + 4;
  const head = Buffer.alloc(start);
  head.write('MM\0*', 0, 'latin1');
  head.writeUInt32BE(8, 4);
  head.writeUInt16BE(fields.length, 8);
  let at = start;
  fields.forEach(({ tag, bytes }, n) => {
    const place = 10 + n * 12;
    head.writeUInt16BE(tag, place);
    head.writeUInt16BE(TEXT, place + 2);
    head.writeUInt32BE(bytes.length, place + 4);
    // Up to four bytes stand in the directory itself.
    if (bytes.length <= 4) bytes.copy(head, place + 8);
    else head.writeUInt32BE(at, place + 8);
    if (bytes.length > 4) at += bytes.length;
  });
  return Buffer.concat([head, ...fields.flatMap(({ bytes }) => (bytes.length > 4 ? [bytes] : []))]);
}

/** The same picture with these words and no others. */
export function withWords(jpeg: Buffer, words: PhotoWords): Buffer {
  const directory = directoryOf(words);
  const segment = Buffer.alloc(4);
  segment.writeUInt16BE(0xffe1, 0);
  segment.writeUInt16BE(2 + HEAD.length + directory.length, 2);
  return Buffer.concat([jpeg.subarray(0, 2), segment, HEAD, directory, ...picture(jpeg)]);
}

/** Everything after the start, without the Exif that was there. */
function picture(jpeg: Buffer): Buffer[] {
  const kept: Buffer[] = [];
  let at = 2;
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== 0xda) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if (jpeg[at + 1] !== 0xe1) kept.push(jpeg.subarray(at, end));
    at = end;
  }
  return [...kept, jpeg.subarray(at)];
}
