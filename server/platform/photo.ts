// The only file that imports sharp. A photo is opened once and written anew, upright and in plain colour: whatever else was in the file, its
// position first of all, is not in ours. The library is a package of its platform; where there is none, photos are refused by name.
import type { Sharp, SharpOptions } from 'sharp';
import { oneAtATime } from './in-turn.ts';
import { refuse } from './refusal.ts';
import { withWords, type PhotoWords } from './exif.ts';

export type CleanPhoto = { bytes: Buffer; type: 'image/jpeg' | 'image/png'; thumb: Buffer };
type Open = (bytes: Buffer, options: SharpOptions) => Sharp;

const MEGAPIXELS = 64;
const LIMIT = { limitInputPixels: MEGAPIXELS * 1_000_000, failOn: 'error', sequentialRead: true } as const;
const THUMB = 480;

let opening: Promise<Open | null> | null = null;
const library = (): Promise<Open | null> =>
  (opening ??= import('sharp').then(
    ({ default: sharp }) => {
      // One picture at a time, on one core, and nothing of it kept.
      sharp.cache(false);
      sharp.concurrency(1);
      return sharp;
    },
    () => null,
  ));

/** Each may take a picture's worth of memory. */
const inTurn = oneAtATime();

export const cleanPhoto = (bytes: Buffer, words: PhotoWords): Promise<CleanPhoto> => inTurn(() => clean(bytes, words));

async function clean(bytes: Buffer, words: PhotoWords): Promise<CleanPhoto> {
  const open = (await library()) ?? refuse('kit.photo_unavailable');
  const plain = await opened(async () => {
    const { format, width, height, hasAlpha } = await open(bytes, LIMIT).metadata();
    if (width * height > LIMIT.limitInputPixels) refuse('kit.photo_large', { limit: MEGAPIXELS });
    // A drawing stays as sharp as it is; WebP becomes what every newsroom opens.
    const isDrawing = format === 'png' || (format === 'webp' && hasAlpha);
    const upright = open(bytes, LIMIT).autoOrient();
    return isDrawing
      ? ({ type: 'image/png', bytes: await upright.png().toBuffer() } as const)
      : ({ type: 'image/jpeg', bytes: await upright.jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer() } as const);
  });
  const thumb = await open(plain.bytes, LIMIT).resize(THUMB, THUMB, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 78 }).toBuffer();
  return { type: plain.type, thumb, bytes: await worded(open, plain.type, plain.bytes, words) };
}

/** The same picture with other words. */
export const rewordPhoto = (bytes: Buffer, type: string, words: PhotoWords): Promise<Buffer> =>
  inTurn(async () => worded((await library()) ?? refuse('kit.photo_unavailable'), type, bytes, words));

async function worded(open: Open, type: string, bytes: Buffer, words: PhotoWords): Promise<Buffer> {
  if (type === 'image/jpeg') return withWords(bytes, words);
  // Without loss, so once more is harmless.
  const fields = { ImageDescription: words.caption, Artist: words.credit, Copyright: words.licence };
  return open(bytes, LIMIT).withExif({ IFD0: fields }).png().toBuffer();
}

async function opened<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Refusal' || 'code' in error) throw error;
    if (/pixel limit/i.test(error.message)) refuse('kit.photo_large', { limit: MEGAPIXELS });
    refuse('kit.not_what_it_says', { type: 'foto' });
  }
}

/** A picture that was drawn, as a photo would come: the demonstration city has none of anybody. null: there is no library here. */
export async function drawnPhoto(svg: string): Promise<Buffer | null> {
  const open = await library();
  return open && open(Buffer.from(svg), LIMIT).jpeg({ quality: 82 }).toBuffer();
}
