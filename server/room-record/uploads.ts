// A file on its way into the chat or the materials: announced, sent in parts, looked at when all of it is there. What is not used leaves nothing.
import type { UploadPurpose } from '../../shared/chat.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { savedName } from '../platform/file-name.ts';
import { PART_BYTES, partBytes, partsOf, type Files, type WholeFile } from '../platform/files.ts';
import { oneAtATime } from '../platform/in-turn.ts';
import { refuse } from '../platform/refusal.ts';
import type { Scanner } from '../platform/scanner.ts';
import type { Caller } from '../platform/serve.ts';
import { isWhatItSays, LOOKED_AT } from '../platform/sniff.ts';
import type { Access, Here } from './access.ts';
import { accepted, endingOf, isPicture, MOST } from './file-rules.ts';
import * as store from './upload-store.ts';

/** A picture written anew: whatever else was in the file, its position first of all, is not in this one. */
export type Cleaned = { bytes: Buffer; type: string; thumb: Buffer };
/** Looked at, and what it is; nobody's yet. */
export type Ready = { uploadId: string; whole: WholeFile; picture: Cleaned | null };
export type Kept = { fileId: string; thumbId: string | null };
type World = { sql: Sql; clock: Clock; files: Files; access: Access; scanner: Pick<Scanner, 'judge'>; cleanPicture: (bytes: Buffer) => Promise<Cleaned> };

const STALE_MS = 3_600_000;
/** Begun and not used, of one member; the oldest gives way. */
const OPEN_AT_ONCE = 5;
const NEVER_RIGHT = new Set(['kit.not_what_it_says', 'kit.photo_large', 'file.infected']);

export type Uploads = ReturnType<typeof createUploads>;

export function createUploads({ sql, clock, files, access, scanner, cleanPicture }: World) {
  /** Summing up a large file holds a connection. */
  const inTurn = oneAtATime();

  async function announce(
    caller: Caller,
    meetingId: string,
    { purpose, ...file }: { purpose: UploadPurpose; name: string; size: number },
    may: (tx: Tx, here: Here) => Promise<void>,
  ) {
    return sql.begin(async (tx) => {
      const here = await (purpose === 'materi' ? access.hereOrPreparing(tx, caller, meetingId) : access.here(tx, caller, meetingId));
      await may(tx, here);
      const { name, type } = accepted(purpose, file);
      const known = await files.find(tx, await store.filesOf(tx, meetingId, purpose));
      const bytes = [...known.values()].reduce((sum, one) => sum + one.size, file.size);
      if (known.size >= MOST[purpose].files || bytes > MOST[purpose].bytes) refuse('record.full');
      const open = await store.uploadsOf(tx, meetingId, here.member);
      await drop(tx, open.slice(0, Math.max(0, open.length - OPEN_AT_ONCE + 1)));
      const fileId = await files.begin(tx, { name, type, size: file.size });
      const upload = await store.insertUpload(tx, { meetingId, member: here.member, purpose, fileId, at: clock.now() });
      return { upload, parts: partsOf(file.size), partBytes: PART_BYTES };
    });
  }

  async function drop(tx: Tx, uploads: readonly store.UploadRow[]): Promise<void> {
    for (const { id } of uploads) await store.endUpload(tx, id);
    await files.destroy(
      tx,
      uploads.map(({ fileId }) => fileId),
    );
  }

  const own = async (tx: Tx, caller: Caller, meetingId: string, id: string): Promise<store.UploadRow> => {
    const { member } = await access.hereOrPreparing(tx, caller, meetingId);
    return (await store.uploadOf(tx, meetingId, member, id)) ?? refuse('not_found');
  };

  async function part(caller: Caller, meetingId: string, id: string, n: number, bytes: Uint8Array): Promise<void> {
    await sql.begin(async (tx) => {
      const { fileId } = await own(tx, caller, meetingId, id);
      const file = (await files.find(tx, [fileId])).get(fileId) ?? refuse('not_found');
      const expected = partBytes(file.size, n) ?? refuse('not_found');
      if (bytes.byteLength !== expected) refuse('kit.part_size', { expected });
      await files.putPart(tx, fileId, n, bytes);
      await store.touchUpload(tx, id, clock.now());
    });
  }

  const giveUp = (caller: Caller, meetingId: string, id: string): Promise<void> => sql.begin(async (tx) => drop(tx, [await own(tx, caller, meetingId, id)]));

  /** Looks at all of it, before the transaction that uses it. What can never be right is dropped at once. */
  async function ready(meetingId: string, member: string, id: string, purpose: UploadPurpose): Promise<Ready> {
    const upload = await store.uploadOf(sql, meetingId, member, id);
    if (upload?.purpose !== purpose) refuse('not_found');
    const { fileId } = upload;
    const whole = await inTurn(() => sql.begin((tx) => files.finish(tx, fileId)));
    if (!whole) refuse('kit.parts_missing', { count: (await files.missing(sql, fileId)).length });
    try {
      const { size, type, name } = whole;
      const head = await files.bytesOf(sql, fileId, 0, Math.min(size, LOOKED_AT));
      const tail = await files.bytesOf(sql, fileId, Math.max(0, size - LOOKED_AT), size);
      if (!isWhatItSays(type, head, tail)) refuse('kit.not_what_it_says', { type: name.split('.').at(-1) ?? type });
      await scanner.judge(name, files.read(fileId, 0, size));
      return { uploadId: id, whole, picture: isPicture(type) ? await cleanPicture(await files.bytesOf(sql, fileId, 0, size)) : null };
    } catch (error) {
      if (NEVER_RIGHT.has((error as { code?: string }).code ?? '')) await sql.begin((tx) => drop(tx, [upload]));
      throw error;
    }
  }

  /** In the transaction of whoever uses it; null when it was used meanwhile. */
  async function keep(tx: Tx, { uploadId, whole, picture }: Ready): Promise<Kept | null> {
    if (!(await store.lockUpload(tx, uploadId))) return null;
    if (picture === null) {
      await store.endUpload(tx, uploadId);
      return { fileId: whole.id, thumbId: null };
    }
    const fresh = await files.write(tx, { name: savedName(whole.name, endingOf(picture.type)), type: picture.type }, picture.bytes);
    const thumb = await files.write(tx, { name: 'thumb.webp', type: 'image/webp' }, picture.thumb);
    await drop(tx, [{ id: uploadId, fileId: whole.id, purpose: 'obrolan' }]);
    return { fileId: fresh.id, thumbId: thumb.id };
  }

  async function sweep(): Promise<number> {
    return sql.begin(async (tx) => {
      const stale = await store.staleUploads(tx, new Date(clock.now().getTime() - STALE_MS));
      await drop(tx, stale);
      return stale.length;
    });
  }

  return { announce, part, giveUp, ready, keep, sweep };
}
