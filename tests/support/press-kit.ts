// A press kit in a test world: what the desk adds, sends and sets, and pictures and papers made by code.
import sharp from 'sharp';
import type { BodyOf } from '../../shared/endpoint.ts';
import {
  getDeskKit,
  getKit,
  postKitComplete,
  postKitFile,
  postKitItem,
  putKitEmbargo,
  putKitItem,
  putKitPart,
  type DeskItem,
  type DeskKit,
  type KitKind,
  type PublicKit,
} from '../../shared/press-kit.ts';
import type { Client } from './world.ts';

type Conference = { params: { id: string }; slug: { slug: string }; operator: Client };
type NewItem = Partial<BodyOf<typeof postKitItem>> & { kind: KitKind };
export type Sent = { name: string; type: string; bytes: Uint8Array; modified?: string };

const plain = (text: string, link: string | null = null) => ({ text, bold: false, italic: false, link });
export const RELEASE: NonNullable<BodyOf<typeof postKitItem>['release']> = [
  { kind: 'heading', runs: [plain('Tiga posko dibuka')] },
  { kind: 'paragraph', runs: [plain('Pemerintah membuka tiga posko '), { ...plain('mulai pagi ini'), bold: true }, plain('.')] },
  { kind: 'bullet', runs: [plain('Posko utara')] },
  { kind: 'ordered', runs: [plain('Pertama, evakuasi')] },
  { kind: 'ordered', runs: [plain('Kedua, logistik')] },
  { kind: 'quote', runs: [plain('Warga diutamakan.')] },
  { kind: 'paragraph', runs: [plain('Data di laman portal', 'https://data.uji.example/banjir')] },
];

export function kitOf({ params, slug, operator }: Conference, guest: Client) {
  const desk = (): Promise<DeskKit> => operator.call(getDeskKit, { params });
  const titled = async (title: string): Promise<DeskItem> => {
    const found = (await desk()).items.find((item) => item.title === title);
    if (!found) throw new Error(`no item ${title}`);
    return found;
  };

  async function add({ kind, title = `Butir ${kind}`, ...rest }: NewItem): Promise<DeskItem> {
    const words = kind === 'foto' ? { caption: 'Warga di posko', credit: 'Humas Kota Uji', licence: 'CC BY 4.0' } : {};
    await operator.call(postKitItem, { params, body: { kind, title, ...words, ...(kind === 'siaran' && { release: RELEASE }), ...rest } });
    return titled(title);
  }

  const announce = (item: Pick<DeskItem, 'id'>, { name, type, bytes, modified = '2026-11-20T01:00:00.000Z' }: Sent) =>
    operator.call(postKitFile, { params: { ...params, item: item.id }, body: { name, type, size: bytes.byteLength, modified } });
  const part = (upload: string, n: number, bytes: Uint8Array) =>
    operator.call(putKitPart, { params: { ...params, upload, part: String(n) }, body: new Uint8Array(bytes) });
  const complete = (upload: string): Promise<DeskKit> => operator.call(postKitComplete, { params: { ...params, upload } });

  async function send(item: Pick<DeskItem, 'id'>, file: Sent): Promise<DeskKit> {
    const { upload, missing, partBytes } = await announce(item, file);
    for (const n of missing) await part(upload, n, file.bytes.subarray(n * partBytes, (n + 1) * partBytes));
    return complete(upload);
  }

  /** An item with its file. */
  async function addFile(item: NewItem, file: Sent): Promise<DeskItem> {
    const { id, title } = await add(item);
    await send({ id }, file);
    return titled(title);
  }

  const setT = (embargoAt: string | null, announced = false): Promise<DeskKit> => operator.call(putKitEmbargo, { params, body: { embargoAt, announced } });
  const change = (item: DeskItem, change: Partial<BodyOf<typeof putKitItem>>): Promise<DeskKit> => {
    const { title, caption, credit, licence, number, contact, release, embargoAt, withdrawn, version } = item;
    const body = { title, caption, credit, licence, number, contact, release, embargoAt, withdrawn, version, ...change };
    return operator.call(putKitItem, { params: { ...params, item: item.id }, body });
  };
  const published = (): Promise<PublicKit> => guest.call(getKit, { params: slug });

  return { desk, titled, add, announce, part, complete, send, addFile, setT, change, published };
}
export type TestKit = ReturnType<typeof kitOf>;

/** A photo as a telephone leaves it: lying on its side, with the place it was taken at. */
export const photoWithPlace = (width = 900, height = 600): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#7a8f6a' } })
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'Telepon', Artist: 'Pemilik Telepon' },
      IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '6/1 42/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '108/1 33/1 0/1' },
    })
    .jpeg()
    .toBuffer();

export const pdf = (bytes = 3000): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), noise(bytes - 15), Buffer.from('%%EOF\n')]);
export const csv = (lines = 20): Buffer =>
  Buffer.from(`kecamatan;pengungsi\n${Array.from({ length: lines }, (_, n) => `Kecamatan ${n};${n * 7}`).join('\n')}\n`);
/** Begins as an MP4 does; each byte says where it stands. */
export const video = (bytes: number): Buffer => {
  const whole = noise(bytes);
  whole.write('\0\0\0\x18ftypisom', 0, 'latin1');
  return whole;
};

/** Always the same, and of no use to a packer. */
function noise(bytes: number): Buffer {
  const whole = Buffer.alloc(bytes);
  let state = 1;
  for (let n = 0; n < bytes; n += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    whole[n] = state >>> 16;
  }
  return whole;
}
