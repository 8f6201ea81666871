// SQL of files on their way.
import type { UploadPurpose } from '../../shared/chat.ts';
import type { Tx } from '../platform/database.ts';

export type UploadRow = { id: string; fileId: string; purpose: UploadPurpose };

export const insertUpload = async (tx: Tx, u: { meetingId: string; member: string; purpose: UploadPurpose; fileId: string; at: Date }): Promise<string> => {
  const [row] = await tx<{ id: string }[]>`
    insert into room_record.upload (meeting_id, member, purpose, file_id, touched_at) values (${u.meetingId}, ${u.member}, ${u.purpose}, ${u.fileId}, ${u.at}) returning id`;
  return row!.id;
};
export const uploadOf = async (tx: Tx, meetingId: string, member: string, id: string): Promise<UploadRow | null> =>
  (
    await tx<UploadRow[]>`
    select id, file_id as "fileId", purpose from room_record.upload where id = ${id} and meeting_id = ${meetingId} and member = ${member}`
  )[0] ?? null;
/** Whoever else holds it waits; null when it is used or gone. */
export const lockUpload = async (tx: Tx, id: string): Promise<UploadRow | null> =>
  (await tx<UploadRow[]>`select id, file_id as "fileId", purpose from room_record.upload where id = ${id} for update`)[0] ?? null;
export const touchUpload = async (tx: Tx, id: string, at: Date): Promise<void> =>
  void (await tx`update room_record.upload set touched_at = ${at} where id = ${id}`);
/** Its file is somebody's now. */
export const endUpload = async (tx: Tx, id: string): Promise<void> => void (await tx`delete from room_record.upload where id = ${id}`);
/** Of one member, oldest first. */
export const uploadsOf = (tx: Tx, meetingId: string, member: string): Promise<UploadRow[]> => tx<UploadRow[]>`
  select id, file_id as "fileId", purpose from room_record.upload where meeting_id = ${meetingId} and member = ${member} order by touched_at`;
export const staleUploads = (tx: Tx, before: Date): Promise<UploadRow[]> =>
  tx<UploadRow[]>`select id, file_id as "fileId", purpose from room_record.upload where touched_at < ${before} for update skip locked`;
/** Files of a meeting that are kept, or on their way. */
export const filesOf = async (tx: Tx, meetingId: string, purpose: UploadPurpose): Promise<string[]> =>
  (
    await tx<{ id: string }[]>`
    select file_id as id from room_record.upload where meeting_id = ${meetingId} and purpose = ${purpose}
    union all select file_id from room_record.chat where ${purpose} = 'obrolan' and meeting_id = ${meetingId} and file_id is not null
    union all select file_id from room_record.material where ${purpose} = 'materi' and meeting_id = ${meetingId}`
  ).map(({ id }) => id);
