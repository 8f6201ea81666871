// A file of the kit on its way: announced, sent in parts in any order, looked at when all of it is there. What is looked at no longer changes.
import type { DeskKit, KitKind } from '../../../shared/press-kit.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { PART_BYTES, partBytes, partsOf, type Files, type WholeFile } from '../../platform/files.ts';
import { savedName } from '../../platform/file-name.ts';
import { oneAtATime } from '../../platform/in-turn.ts';
import { refuse } from '../../platform/refusal.ts';
import type { Scanner } from '../../platform/scanner.ts';
import type { SignedIn } from '../../platform/serve.ts';
import { cleanPhoto } from '../../platform/photo.ts';
import { accepted } from './rule.ts';
import { isWhatItSays, LOOKED_AT } from '../../platform/sniff.ts';
import * as store from './store.ts';

type Change = (conferenceId: string, work: (tx: Tx, now: Date) => Promise<void>) => Promise<DeskKit>;
type Announced = { name: string; type: string; size: number; modified: string | null };

const STALE_MS = 86_400_000;
const ENDINGS: Record<string, string> = { 'image/jpeg': 'jpg', 'image/png': 'png' };

type World = { sql: Sql; clock: Clock; files: Files; scanner: Pick<Scanner, 'judge'>; change: Change };

export function createUploads({ sql, clock, files, scanner, change }: World) {
  /** Summing up a large file holds a connection for seconds. */
  const inTurn = oneAtATime();

  /** The same file again goes on where it stopped; another one takes the place of what had arrived. */
  async function announce(conferenceId: string, itemId: string, file: Announced) {
    return sql.begin(async (tx) => {
      const item = (await store.itemOf(tx, conferenceId, itemId)) ?? refuse('not_found');
      const { name, type } = accepted(item.kind, file);
      await store.lockKit(tx, conferenceId);
      const open = (await store.openUploads(tx, conferenceId)).find((upload) => upload.itemId === itemId);
      const begun = open && (await files.find(tx, [open.fileId])).get(open.fileId);
      const modified = file.modified === null ? null : new Date(file.modified);
      const goesOn = begun?.name === name && begun.type === type && begun.size === file.size && open?.modified?.getTime() === modified?.getTime();
      if (open && goesOn) return { upload: open.id, parts: partsOf(file.size), partBytes: PART_BYTES, missing: await files.missing(tx, open.fileId) };
      if (open) await drop(tx, [open]);
      const fileId = await files.begin(tx, { name, type, size: file.size });
      const upload = await store.insertUpload(tx, { conferenceId, itemId, fileId, modified, at: clock.now() });
      return { upload, parts: partsOf(file.size), partBytes: PART_BYTES, missing: await files.missing(tx, fileId) };
    });
  }

  async function drop(tx: Tx, uploads: readonly { id: string; fileId: string }[]): Promise<void> {
    await store.dropUploads(
      tx,
      uploads.map((u) => u.id),
    );
    await files.destroy(
      tx,
      uploads.map((u) => u.fileId),
    );
  }

  async function part(conferenceId: string, uploadId: string, n: number, bytes: Uint8Array): Promise<void> {
    await sql.begin(async (tx) => {
      const upload = (await store.uploadOf(tx, conferenceId, uploadId)) ?? refuse('not_found');
      if (upload.done || upload.fileId === null) return;
      const file = (await files.find(tx, [upload.fileId])).get(upload.fileId) ?? refuse('not_found');
      const expected = partBytes(file.size, n) ?? refuse('not_found');
      if (bytes.byteLength !== expected) refuse('kit.part_size', { expected });
      await files.putPart(tx, file.id, n, bytes);
      await store.touchUpload(tx, uploadId, clock.now());
    });
  }

  async function complete(person: SignedIn, conferenceId: string, uploadId: string): Promise<DeskKit> {
    const upload = (await store.uploadOf(sql, conferenceId, uploadId)) ?? refuse('not_found');
    if (upload.done || upload.fileId === null) return change(conferenceId, async () => {});
    const { fileId, itemId } = upload;
    const arrived = await inTurn(() => sql.begin((tx) => files.finish(tx, fileId)));
    if (!arrived) refuse('kit.parts_missing', { count: (await files.missing(sql, fileId)).length });
    const item = (await store.itemOf(sql, conferenceId, itemId)) ?? refuse('not_found');
    try {
      await look(arrived);
      const photo = item.kind === 'foto' ? await cleanPhoto(await files.bytesOf(sql, fileId, 0, arrived.size), wordsOf(item)) : null;
      return await change(conferenceId, async (tx, now) => {
        await store.lockUpload(tx, uploadId);
        const current = await store.uploadOf(tx, conferenceId, uploadId);
        const before = await store.itemOf(tx, conferenceId, itemId);
        // Two who say so at the same time are one.
        if (!current || current.done || !before) return;
        const kept = photo ? await files.write(tx, { name: renamed(arrived.name, photo.type), type: photo.type }, photo.bytes) : arrived;
        const thumb = photo && (await files.write(tx, { name: 'thumb.webp', type: 'image/webp' }, photo.thumb));
        await store.saveFile(tx, itemId, kept.id, thumb?.id ?? null, now);
        await store.endUpload(tx, uploadId, now);
        await files.destroy(tx, [before.fileId ?? [], before.thumbId ?? [], photo ? arrived.id : []].flat());
        await store.insertAct(tx, {
          conferenceId,
          at: now,
          byId: person.id,
          byName: person.name,
          act: 'berkas',
          itemId,
          title: item.title,
          fileName: kept.name,
          fileSha256: kept.sha256,
        });
      });
    } catch (error) {
      const code = (error as { code?: string }).code;
      // It will never be right: nothing of it is kept.
      if (code === 'kit.not_what_it_says' || code === 'kit.photo_large' || code === 'file.infected')
        await sql.begin((tx) => drop(tx, [{ id: uploadId, fileId }]));
      throw error;
    }
  }

  async function look({ id, size, type, name }: WholeFile): Promise<void> {
    const head = await files.bytesOf(sql, id, 0, Math.min(size, LOOKED_AT));
    const tail = await files.bytesOf(sql, id, Math.max(0, size - LOOKED_AT), size);
    if (!isWhatItSays(type, head, tail)) refuse('kit.not_what_it_says', { type: name.split('.').at(-1) ?? type });
    await scanner.judge(name, files.read(id, 0, size));
  }

  /** Uploads that nobody has gone on with for a day leave nothing. */
  async function sweep(): Promise<number> {
    return sql.begin(async (tx) => {
      const stale = await store.staleUploads(tx, new Date(clock.now().getTime() - STALE_MS));
      await drop(tx, stale);
      return stale.length;
    });
  }

  return { announce, part, complete, sweep };
}

const renamed = (name: string, type: string): string => savedName(name, ENDINGS[type] ?? 'jpg');
export const wordsOf = ({ caption, credit, licence }: Pick<store.ItemRow, 'caption' | 'credit' | 'licence'>) => ({
  caption: caption ?? '',
  credit: credit ?? '',
  licence: licence ?? '',
});
/** A photo is never without them. */
export function checkWords(kind: KitKind, words: Pick<store.ItemRow, 'caption' | 'credit' | 'licence'>): void {
  const empty = (['caption', 'credit', 'licence'] as const).filter((field) => kind === 'foto' && words[field] === null);
  if (empty.length > 0)
    refuse(
      'kit.photo_words',
      {},
      empty.map((path) => ({ path, message: 'wajib diisi' })),
    );
}
