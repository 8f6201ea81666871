import { request } from 'node:http';
import { crc32 } from 'node:zlib';
import exifr from 'exifr';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromBuffer } from 'yauzl';
import {
  getDeskFile,
  getDeskKit,
  getKit,
  getKitFile,
  getKitThumb,
  getKitZip,
  postKitComplete,
  postKitFile,
  postKitItem,
  putKitEmbargo,
  putKitItem,
  putKitPart,
  type KitItem,
} from '../../shared/press-kit.ts';
import { getChecks, postConferenceState } from '../../shared/press.ts';
import { makeCast, refusalIn, type Cast } from '../support/cast.ts';
import { csv, kitOf, pdf, photoWithPlace, RELEASE, video, type TestKit } from '../support/press-kit.ts';
import { plannedConference } from '../support/press.ts';
import { originOf } from '../support/live-socket.ts';
import { textOfPdf } from '../support/pdf.ts';
import { makeWorld, type Client, type World } from '../support/world.ts';

/** Ten o'clock and a half; the world begins at nine. */
const T = '2026-11-23T03:30:00.000Z';
const PHOTO = { name: 'posko.jpg', type: 'image/jpeg' };
const PART = 1024 * 1024;

let world: World;
let cast: Cast;
let conference: Awaited<ReturnType<typeof plannedConference>>;
let guest: Client;
let kit: TestKit;

beforeEach(async () => {
  world = await makeWorld();
  cast = await makeCast(world);
  conference = await plannedConference(world, cast, { state: 'registrasi' });
  guest = world.visitor();
  kit = kitOf(conference, guest);
});
afterEach(() => world.close());

const fileOf = (item: KitItem | undefined) => ({ item: item?.id ?? '', name: item?.file?.name ?? '' });
const fetched = (item: KitItem | undefined, headers: Record<string, string> = {}, client = guest) => client.send(getKitFile, { params: fileOf(item) }, headers);
const count = async (table: 'file' | 'part'): Promise<number> =>
  (await world.sql<{ n: number }[]>`select count(*)::int as n from files.${world.sql(table)}`)[0]!.n;

describe('a release', () => {
  test('is text and paper at T; the copy of the desk says until when it waits, the published one does not', async () => {
    await kit.setT(T);
    const item = await kit.add({ kind: 'siaran', title: 'Posko banjir dibuka', number: '480/17/DKIS', contact: 'Humas, humas@uji.example' });
    const waiting = await conference.operator.send(getDeskFile, { params: { ...conference.params, item: item.id } });
    const early = await textOfPdf(waiting.payload);
    expect(early).toContain('EMBARGO sampai Senin, 23 November 2026 pukul 10.30 WIB');

    world.clock.set(T);
    const [release] = (await kit.published()).items;
    expect(release).toMatchObject({ title: 'Posko banjir dibuka', number: '480/17/DKIS', release: RELEASE, publishedAt: T });
    const paper = await fetched(release);
    expect(paper.headers['content-type']).toBe('application/pdf');
    const text = await textOfPdf(paper.payload);
    expect(text).toContain('PEMERINTAH KOTA UJI');
    expect(text).toContain('DINAS SOSIAL');
    expect(text).toContain('Nomor: 480/17/DKIS · Senin, 23 November 2026');
    expect(text).toContain('2. Kedua, logistik');
    expect(text).toContain('Humas, humas@uji.example');
    expect(text).toContain(`/pers/${conference.slug.slug}`);
    expect(text).not.toContain('EMBARGO');
    expect(paper.payload.length).toBe(release?.file?.size);
  });

  test('moved to another day bears that day', async () => {
    await kit.setT(T);
    await kit.add({ kind: 'siaran' });
    await kit.setT('2026-11-24T03:30:00.000Z');
    world.clock.set('2026-11-24T03:30:00.000Z');
    expect(await textOfPdf((await fetched((await kit.published()).items[0])).payload)).toContain('Selasa, 24 November 2026');
  });

  test('without a word is not published', async () => {
    await kit.setT(T);
    await kit.add({ kind: 'siaran', release: [{ kind: 'paragraph', runs: [{ text: ' ', bold: false, italic: false, link: null }] }] });
    world.clock.set(T);
    expect((await kit.published()).items).toEqual([]);
  });

  test('a link in it is an address of the web, and nothing else', async () => {
    const release = [{ kind: 'paragraph' as const, runs: [{ text: 'klik', bold: false, italic: false, link: 'javascript:alert(1)' }] }];
    expect(await conference.operator.refusalOf(postKitItem, { params: conference.params, body: { kind: 'siaran', title: 'x', release } })).toBe(
      'input.invalid',
    );
  });

  test('two who write: the second is told, and nothing is lost', async () => {
    const item = await kit.add({ kind: 'siaran' });
    await kit.change(item, { title: 'Judul dari operator pertama' });
    expect(await refusalIn(kit.change(item, { title: 'Judul dari operator kedua' }))).toMatchObject({ code: 'kit.changed' });
    expect((await kit.desk()).items[0]?.title).toBe('Judul dari operator pertama');
  });
});

describe('a file arrives', () => {
  const bytes = video(3 * PART + 17);
  const sent = { name: 'banjir.mp4', type: 'video/mp4', bytes };

  test('in any order, any part twice, goes on after a stop, and is there when it is whole', async () => {
    await kit.setT(T);
    const item = await kit.add({ kind: 'video' });
    const { upload, parts, partBytes, missing } = await kit.announce(item, sent);
    expect({ parts, partBytes, missing }).toEqual({ parts: 4, partBytes: PART, missing: [0, 1, 2, 3] });
    const at = (n: number) => bytes.subarray(n * PART, (n + 1) * PART);
    await kit.part(upload, 3, at(3));
    await kit.part(upload, 1, at(1));
    await kit.part(upload, 1, at(1));
    expect((await kit.desk()).items[0]).toMatchObject({ file: null, arriving: { parts: 2, of: 4 } });
    expect(await refusalIn(kit.complete(upload))).toMatchObject({ code: 'kit.parts_missing', values: { count: 2 } });

    // The page was loaded again: the same file is announced again.
    expect(await kit.announce(item, sent)).toMatchObject({ upload, missing: [0, 2] });
    await kit.part(upload, 2, at(2));
    await kit.part(upload, 0, at(0));
    await kit.complete(upload);
    expect((await kit.complete(upload)).items[0]).toMatchObject({ file: { name: 'banjir.mp4', size: bytes.length }, arriving: null });

    // A part that comes late changes nothing of what was looked at.
    await kit.part(upload, 0, Buffer.alloc(PART));
    world.clock.set(T);
    expect((await fetched((await kit.published()).items[0])).payload.equals(bytes)).toBe(true);
  });

  test('another file in its place begins anew and leaves nothing of the first', async () => {
    const item = await kit.add({ kind: 'video' });
    const first = await kit.announce(item, sent);
    await kit.part(first.upload, 0, bytes.subarray(0, PART));
    const second = await kit.announce(item, { ...sent, modified: '2026-11-21T01:00:00.000Z' });
    expect(second).toMatchObject({ missing: [0, 1, 2, 3] });
    expect(second.upload).not.toBe(first.upload);
    expect([await count('file'), await count('part')]).toEqual([1, 0]);
    expect(await refusalIn(kit.part(first.upload, 0, bytes.subarray(0, PART)))).toMatchObject({ code: 'not_found' });
  });

  test('a part of another length, or one there is none of, is refused', async () => {
    const { upload } = await kit.announce(await kit.add({ kind: 'video' }), sent);
    expect(await refusalIn(kit.part(upload, 0, Buffer.alloc(10)))).toMatchObject({ code: 'kit.part_size', values: { expected: PART } });
    expect(await refusalIn(kit.part(upload, 3, Buffer.alloc(16)))).toMatchObject({ code: 'kit.part_size', values: { expected: 17 } });
    expect(await refusalIn(kit.part(upload, 4, Buffer.alloc(16)))).toMatchObject({ code: 'not_found' });
  });

  test('a part that stops half-way leaves nothing', async () => {
    const { upload } = await kit.announce(await kit.add({ kind: 'video' }), sent);
    const origin = new URL(await originOf(world));
    const path = putKitPart.path.replace(':id', conference.id).replace(':upload', upload).replace(':part', '0');
    const cookie = [...conference.operator.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    for (let n = 0; n < 20; n += 1)
      await new Promise<void>((resolve) => {
        const headers = { cookie, origin: origin.origin, 'content-type': 'application/octet-stream', 'content-length': PART };
        const half = request({ host: origin.hostname, port: origin.port, method: 'PUT', path, headers });
        half.on('error', () => resolve());
        half.on('close', () => resolve());
        half.write(bytes.subarray(0, PART / 2), () => half.destroy());
      });
    expect(await count('part')).toBe(0);
    expect((await kit.announce((await kit.desk()).items[0]!, sent)).missing).toEqual([0, 1, 2, 3]);
  });

  test('what nobody goes on with for a day is taken away', async () => {
    const { upload } = await kit.announce(await kit.add({ kind: 'video' }), sent);
    await kit.part(upload, 0, bytes.subarray(0, PART));
    world.clock.advance(23 * 3_600_000);
    expect(await world.app.kit.sweepUploads()).toBe(0);
    world.clock.advance(2 * 3_600_000);
    expect(await world.app.kit.sweepUploads()).toBe(1);
    expect([await count('file'), await count('part')]).toEqual([0, 0]);
  });

  test('that is not what it says is refused, and nothing of it is kept', async () => {
    const item = await kit.add({ kind: 'data' });
    const page = Buffer.from('<!doctype html><script>alert(document.cookie)</script>');
    for (const bad of [
      { name: 'laporan.pdf', type: 'application/pdf', bytes: page },
      { name: 'laporan.pdf', type: 'application/pdf', bytes: Buffer.concat([Buffer.from('%PDF-1.7 '), page]) },
      { name: 'data.csv', type: 'text/csv', bytes: page },
      { name: 'data.zip', type: 'application/zip', bytes: pdf() },
    ])
      expect(await refusalIn(kit.send(item, bad))).toMatchObject({ code: 'kit.not_what_it_says' });
    expect(await refusalIn(kit.send(item, { name: 'logo.svg', type: 'image/svg+xml', bytes: Buffer.from('<svg/>') }))).toMatchObject({ code: 'kit.file_type' });
    expect(await refusalIn(kit.send(await kit.add({ kind: 'siaran' }), { name: 'a.pdf', type: 'application/pdf', bytes: pdf() }))).toMatchObject({
      code: 'kit.file_type',
    });
    // The paper of the release that was just added is the one file there is.
    expect(await count('file')).toBe(1);
  });

  test('under a name that means a folder is saved under a plain one', async () => {
    await kit.setT(T);
    await kit.addFile({ kind: 'data' }, { name: '../../.ssh/kunci"\r\n; x.csv', type: 'text/csv', bytes: csv() });
    world.clock.set(T);
    const [item] = (await kit.published()).items;
    expect(item?.file?.name).toBe('kunci-x.csv');
    expect((await fetched(item)).headers['content-disposition']).toBe(`attachment; filename="kunci-x.csv"; filename*=UTF-8''kunci-x.csv`);
  });

  test('replaced by another: the new one is served, the old one is gone', async () => {
    await kit.setT(T);
    const item = await kit.addFile({ kind: 'data' }, { name: 'data.csv', type: 'text/csv', bytes: csv(5) });
    await kit.send(item, { name: 'data-benar.csv', type: 'text/csv', bytes: csv(9) });
    world.clock.set(T);
    const [now] = (await kit.published()).items;
    expect((await fetched(now)).payload.equals(csv(9))).toBe(true);
    expect(await guest.refusalOf(getKitFile, { params: { item: item.id, name: 'data.csv' } })).toBe('not_found');
    expect(await count('file')).toBe(1);
  });
});

describe('a photo', () => {
  test('loses its place and whatever its telephone wrote, stands upright, and says caption, credit and licence', async () => {
    await kit.setT(T);
    const bytes = await photoWithPlace();
    expect(await exifr.gps(bytes)).toMatchObject({ latitude: -6.7 });
    await kit.addFile({ kind: 'foto', caption: 'Warga di posko', credit: 'Humas – Kota Uji', licence: 'CC BY 4.0' }, { ...PHOTO, bytes });
    world.clock.set(T);
    const [item] = (await kit.published()).items;
    const { payload } = await fetched(item);
    expect(payload.includes('Telepon')).toBe(false);
    expect(await exifr.gps(payload)).toBeUndefined();
    const read = (await exifr.parse(payload, { gps: true, xmp: true, iptc: true, icc: false })) as Record<string, string>;
    expect(Object.keys(read).toSorted()).toEqual(['Artist', 'Copyright', 'ImageDescription']);
    expect(read).toMatchObject({ ImageDescription: 'Warga di posko', Copyright: 'CC BY 4.0' });
    expect(await sharp(payload).metadata()).toMatchObject({ format: 'jpeg', width: 600, height: 900 });

    const thumb = await guest.send(getKitThumb, { params: { item: item?.id ?? '' } });
    expect(item?.thumb).toBe(`/api/press/kit/${item?.id}/thumb.webp`);
    expect(await sharp(thumb.payload).metadata()).toMatchObject({ format: 'webp', width: 320, height: 480 });
    expect((await sharp(thumb.payload).metadata()).exif).toBeUndefined();
  });

  test('with a corrected caption has the corrected one inside too, and the same picture', async () => {
    await kit.setT(T);
    for (const type of ['jpg', 'png'] as const) {
      const picture =
        type === 'jpg'
          ? await photoWithPlace()
          : await sharp({ create: { width: 40, height: 30, channels: 4, background: '#ff000080' } })
              .png()
              .toBuffer();
      const item = await kit.addFile({ kind: 'foto', title: type }, { name: `a.${type}`, type: type === 'jpg' ? 'image/jpeg' : 'image/png', bytes: picture });
      await kit.change(await kit.titled(type), { caption: 'Nama yang benar' });
      world.clock.set(T);
      const shown = (await kit.published()).items.find(({ id }) => id === item.id);
      const { payload } = await fetched(shown);
      expect(await exifr.parse(payload)).toMatchObject({ ImageDescription: 'Nama yang benar', Artist: 'Humas Kota Uji' });
      expect(payload.includes('Warga di posko')).toBe(false);
    }
    expect(await count('file')).toBe(4);
  });

  test('without caption, credit or licence is refused, field by field', async () => {
    const refusal = await refusalIn(
      conference.operator.call(postKitItem, { params: conference.params, body: { kind: 'foto', title: 'Posko', caption: 'Ada' } }),
    );
    expect(refusal).toMatchObject({ code: 'kit.photo_words', fields: [{ path: 'credit' }, { path: 'licence' }] });
  });

  test('of nine hundred megapixels in a few bytes is refused without being opened', async () => {
    const bomb = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    bomb.writeUInt32BE(30_000, 16);
    bomb.writeUInt32BE(30_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    const item = await kit.add({ kind: 'foto' });
    expect(await refusalIn(kit.send(item, { name: 'bom.png', type: 'image/png', bytes: bomb }))).toMatchObject({
      code: 'kit.photo_large',
      values: { limit: 64 },
    });
    expect(await count('file')).toBe(0);
  });

  test('that only begins like one is refused', async () => {
    const item = await kit.add({ kind: 'foto' });
    const broken = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('bukan foto')]);
    expect(await refusalIn(kit.send(item, { ...PHOTO, bytes: broken }))).toMatchObject({ code: 'kit.not_what_it_says' });
  });
});

describe('a download', () => {
  const bytes = video(2 * PART + 500);
  let item: KitItem | undefined;
  beforeEach(async () => {
    await kit.setT(T);
    await kit.addFile({ kind: 'video' }, { name: 'banjir.mp4', type: 'video/mp4', bytes });
    world.clock.set(T);
    [item] = (await kit.published()).items;
  });

  test('says what it is, may not be kept without asking, and can do nothing as a page', async () => {
    const { status, headers, payload } = await fetched(item);
    expect(status).toBe(200);
    expect(payload.equals(bytes)).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': String(bytes.length),
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(headers['etag']).toMatch(/^"[0-9a-f]{64}"$/);
  });

  test('asked with HEAD says the same and sends nothing', async () => {
    const whole = await fetched(item);
    const reply = await world.app.fastify.inject({ method: 'HEAD', url: item?.file?.url ?? '', headers: { range: 'bytes=0-9' } });
    expect(reply.statusCode).toBe(200);
    expect(reply.rawPayload.length).toBe(0);
    for (const name of ['etag', 'content-length', 'content-type', 'accept-ranges', 'cache-control', 'content-disposition'])
      expect(reply.headers[name]).toBe(whole.headers[name]);
    await world.app.kit.settled();
    expect((await kit.desk()).downloads).toMatchObject([{ files: 1 }]);
  });

  test('goes on where it stopped, across parts, while it is the same file', async () => {
    const etag = String((await fetched(item)).headers['etag']);
    const from = PART - 7;
    const rest = await fetched(item, { range: `bytes=${from}-`, 'if-range': etag });
    expect(rest.status).toBe(206);
    expect(rest.headers['content-range']).toBe(`bytes ${from}-${bytes.length - 1}/${bytes.length}`);
    expect(rest.payload.equals(bytes.subarray(from))).toBe(true);
    expect((await fetched(item, { range: 'bytes=-500' })).payload.equals(bytes.subarray(-500))).toBe(true);
    expect((await fetched(item, { range: 'bytes=0-9', 'if-range': '"lain"' })).status).toBe(200);
    expect((await fetched(item, { range: 'bytes=0-1,4-5' })).status).toBe(200);
    const outside = await fetched(item, { range: `bytes=${bytes.length}-` });
    expect([outside.status, outside.headers['content-range'], outside.payload.length]).toEqual([416, `bytes */${bytes.length}`, 0]);
    expect(await fetched(item, { 'if-none-match': etag })).toMatchObject({ status: 304, text: '', headers: { etag } });
  });

  test('is counted for the outlet once, however often it goes on within the hour', async () => {
    const etag = String((await fetched(item)).headers['etag']);
    await fetched(item, { range: 'bytes=0-99', 'if-range': etag });
    await world.app.kit.settled();
    world.clock.advance(59 * 60_000);
    await fetched(item, { range: 'bytes=100-199' });
    await world.app.kit.settled();
    expect((await kit.desk()).downloads).toEqual([{ outlet: null, files: 1, bytes: bytes.length + 200, lastAt: world.clock.now().toISOString() }]);
    world.clock.advance(61 * 60_000);
    await fetched(item);
    await fetched(item, { 'user-agent': 'peramban lain' });
    await fetched(item, { 'if-none-match': etag });
    await world.app.kit.settled();
    expect((await kit.desk()).downloads).toMatchObject([{ files: 3 }]);
  });

  test('nobody knows a browser by what is kept of it', async () => {
    await fetched(item, { 'user-agent': 'Peramban Uji' });
    await world.app.kit.settled();
    const [row] = await world.sql`select * from press.kit_download`;
    expect(JSON.stringify(row)).not.toMatch(/127\.0\.0\.1|Peramban/);
  });
});

describe('all as one file', () => {
  beforeEach(async () => {
    await kit.setT(T);
    await kit.add({ kind: 'siaran', title: 'Posko' });
    await kit.addFile({ kind: 'data' }, { name: 'data.csv', type: 'text/csv', bytes: csv() });
    await kit.addFile({ kind: 'foto', title: 'Satu' }, { ...PHOTO, bytes: await photoWithPlace() });
    await kit.addFile({ kind: 'foto', title: 'Dua' }, { ...PHOTO, bytes: await photoWithPlace(300, 300) });
    await kit.addFile({ kind: 'video', embargoAt: '2026-11-23T09:00:00.000Z' }, { name: 'nanti.mp4', type: 'video/mp4', bytes: video(5000) });
    world.clock.set(T);
  });
  const zip = (headers: Record<string, string> = {}) => guest.send(getKitZip, { params: conference.slug }, headers);

  test('holds what is published now and nothing else, of the size that was told, always the same bytes', async () => {
    const { payload, headers } = await zip();
    expect((await kit.published()).zip).toEqual({ url: `/api/press/${conference.slug.slug}/kit.zip`, size: payload.length });
    expect(headers['content-length']).toBe(String(payload.length));
    const inside = await entriesOf(payload);
    expect([...inside.keys()]).toEqual(['siaran/siaran-pers-Posko.pdf', 'data/data.csv', 'foto/posko.jpg', 'foto/posko-2.jpg', 'keterangan.txt']);
    expect(inside.get('data/data.csv')?.equals(csv())).toBe(true);
    expect(inside.get('keterangan.txt')?.toString()).toContain('Kredit: Humas Kota Uji');
    const again = await zip();
    expect(again.payload.equals(payload)).toBe(true);
    expect(again.headers['etag']).toBe(headers['etag']);
    world.clock.set('2026-11-23T09:00:00Z');
    const later = await zip();
    expect([...(await entriesOf(later.payload)).keys()]).toContain('video/nanti.mp4');
    expect(later.headers['etag']).not.toBe(headers['etag']);
  });

  test('goes on where it stopped, and begins anew once something was added', async () => {
    const { payload, headers } = await zip();
    const etag = String(headers['etag']);
    for (const from of [1, 1000, payload.length - 30]) {
      const rest = await zip({ range: `bytes=${from}-`, 'if-range': etag });
      expect(rest.status).toBe(206);
      expect(rest.payload.equals(payload.subarray(from))).toBe(true);
    }
    expect((await zip({ range: 'bytes=10-19' })).payload.equals(payload.subarray(10, 20))).toBe(true);
    expect((await zip({ 'if-none-match': etag })).status).toBe(304);
    world.clock.set('2026-11-23T09:00:00Z');
    expect((await zip({ range: 'bytes=10-19', 'if-range': etag })).status).toBe(200);
  });
});

describe('who may', () => {
  test('the desk is the operators own: nobody else reads or changes a kit', async () => {
    const { params } = conference;
    const item = await kit.add({ kind: 'data' });
    const one = { ...params, item: item.id };
    for (const [client, code] of [
      [conference.narasumber, 'role.missing'],
      [guest, 'session.required'],
    ] as const) {
      expect(await client.refusalOf(getDeskKit, { params })).toBe(code);
      expect(await client.refusalOf(putKitEmbargo, { params, body: { embargoAt: T, announced: true } })).toBe(code);
      expect(await client.refusalOf(postKitItem, { params, body: { kind: 'data', title: 'x' } })).toBe(code);
      expect(await client.refusalOf(putKitItem, { params: one, body: { title: 'x', version: 1 } })).toBe(code);
      expect(await client.refusalOf(postKitFile, { params: one, body: { name: 'a.csv', type: 'text/csv', size: 1 } })).toBe(code);
      expect(await client.refusalOf(postKitComplete, { params: { ...params, upload: item.id } })).toBe(code);
      expect(await client.refusalOf(putKitPart, { params: { ...params, upload: item.id, part: '0' }, body: Buffer.alloc(1) })).toBe(code);
      expect(await client.refusalOf(getDeskFile, { params: one })).toBe(code);
    }
  });

  test('an item or an upload of another conference is not found', async () => {
    const other = await plannedConference(world, cast, { plan: { title: 'Lain' } });
    const item = await kit.add({ kind: 'data' });
    const { upload } = await kit.announce(item, { name: 'a.csv', type: 'text/csv', bytes: csv() });
    const one = { ...other.params, item: item.id };
    const { operator } = conference;
    expect(await operator.refusalOf(putKitItem, { params: one, body: { title: 'x', version: 1 } })).toBe('not_found');
    expect(await operator.refusalOf(postKitFile, { params: one, body: { name: 'a.csv', type: 'text/csv', size: 1 } })).toBe('not_found');
    expect(await operator.refusalOf(getDeskFile, { params: one })).toBe('not_found');
    expect(await operator.refusalOf(postKitComplete, { params: { ...other.params, upload } })).toBe('not_found');
    expect(await operator.refusalOf(putKitPart, { params: { ...other.params, upload, part: '0' }, body: new Uint8Array(csv()) })).toBe('not_found');
    expect(await operator.refusalOf(getDeskKit, { params: { id: item.id } })).toBe('not_found');
    expect(await operator.refusalOf(putKitEmbargo, { params: { id: item.id }, body: { embargoAt: null, announced: false } })).toBe('not_found');
  });

  test('a kit holds a hundred items', async () => {
    await kit.setT(T);
    await world.sql`insert into press.kit_item (conference_id, kind, title, made_at) select ${conference.id}, 'data', n::text, now() from generate_series(1, 100) n`;
    expect(await refusalIn(kit.add({ kind: 'data' }))).toMatchObject({ code: 'kit.too_many', values: { limit: 100 } });
  });

  test('whoever set or moved T, or changed an item, is on record for good', async () => {
    await kit.setT(T, true);
    await kit.setT(T, true);
    const item = await kit.add({ kind: 'siaran', title: 'Posko' });
    await kit.change(item, { withdrawn: true });
    await kit.change(await kit.titled('Posko'), { withdrawn: false });
    await kit.setT(null);
    const acts = await world.sql<{ act: string; by_name: string }[]>`select act, by_name from press.kit_act order by id`;
    expect(acts.map((a) => a.act)).toEqual(['embargo', 'ditambah', 'ditarik', 'dikembalikan', 'embargo']);
    expect(new Set(acts.map((a) => a.by_name))).toEqual(new Set(['Dian Operator']));
    await expect(world.app.sql`update press.kit_act set by_name = 'x'`).rejects.toThrow(/permission|denied/);
  });
});

test('siap tayang sees a kit once it has a time and something in it', async () => {
  const open = async () => (await conference.operator.call(getChecks, { params: conference.params })).find((c) => c.name === 'materi')?.ok;
  expect(await open()).toBe(false);
  await kit.setT(T);
  expect(await open()).toBe(false);
  await kit.add({ kind: 'siaran' });
  expect(await open()).toBe(true);
});

test('the address on the paper is the one the conference is announced under', async () => {
  const draft = await plannedConference(world, cast, { plan: { title: 'Konsep awal' } });
  const its = kitOf(draft, guest);
  await its.setT('2026-11-23T02:00:00.000Z');
  await its.add({ kind: 'siaran' });
  await world.sql`update press.conference set slug = '2026-11-23-judul-akhir' where id = ${draft.id}`;
  await draft.operator.call(postConferenceState, { params: draft.params, body: { to: 'diumumkan' } });
  const { items } = await guest.call(getKit, { params: { slug: '2026-11-23-judul-akhir' } });
  expect(await textOfPdf((await fetched(items[0])).payload)).toContain('/pers/2026-11-23-judul-akhir');
});

function entriesOf(bytes: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    const inside = new Map<string, Buffer>();
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (failed, zip) => {
      if (failed) return reject(failed);
      zip.on('end', () => resolve(inside));
      zip.on('error', reject);
      zip.on('entry', (entry: { fileName: string }) => {
        zip.openReadStream(entry as never, (problem, stream) => {
          if (problem) return reject(problem);
          const parts: Buffer[] = [];
          stream.on('data', (part: Buffer) => parts.push(part));
          stream.on('end', () => {
            inside.set(entry.fileName, Buffer.concat(parts));
            zip.readEntry();
          });
        });
      });
      zip.readEntry();
    });
  });
}
