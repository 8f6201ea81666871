// SQL of attendance: the register and the frozen sheets. Presence itself is not kept here; it is read from rooms.
import type { Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import { thawed, type Paper } from './paper.ts';

export type Frozen = { meetingId: string; content: Paper; fingerprint: string; code: string };
export type NewSheet = Frozen & { opdId: string; year: number; serial: number; number: string; at: Date; by: string };

/** Two who finalise one meeting at once come one after the other. */
export const lockMeeting = async (tx: Tx, meetingId: string): Promise<void> =>
  void (await tx`select pg_advisory_xact_lock(hashtextextended(${`attendance.sheet ${meetingId}`}, 0))`);

export const sheetOf = async (tx: Tx, meetingId: string): Promise<Frozen | null> =>
  asNow(await tx`select meeting_id as "meetingId", content, fingerprint, code from attendance.sheet where meeting_id = ${meetingId}`);
export const sheetByCode = async (tx: Tx, code: string): Promise<Frozen | null> =>
  asNow(await tx`select meeting_id as "meetingId", content, fingerprint, code from attendance.sheet where code = ${code}`);
/** Past its retention only its number and fingerprint are left. */
const asNow = ([frozen]: readonly (Omit<Frozen, 'content'> & { content: Paper | null })[]): Frozen | null =>
  frozen ? { ...frozen, content: thawed(frozen.content ?? refuse('sheet.destroyed')) } : null;

/** The next number of an OPD and year. The row stays locked until the transaction ends, so that no number is lost or given twice. */
export async function nextSerial(tx: Tx, opdId: string, year: number): Promise<number> {
  const [row] = await tx<{ last: number }[]>`
    insert into attendance.register (opd_id, year, last) values (${opdId}, ${year}, 1)
    on conflict (opd_id, year) do update set last = attendance.register.last + 1 returning last`;
  if (!row) throw new Error('register gave no number');
  return row.last;
}

export async function insertSheet(tx: Tx, sheet: NewSheet): Promise<void> {
  await tx`
    insert into attendance.sheet (meeting_id, opd_id, year, serial, number, code, content, fingerprint, finalised_at, finalised_by)
    values (${sheet.meetingId}, ${sheet.opdId}, ${sheet.year}, ${sheet.serial}, ${sheet.number}, ${sheet.code}, ${tx.json(sheet.content)}, ${sheet.fingerprint}, ${sheet.at}, ${sheet.by})`;
}
