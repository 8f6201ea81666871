import type { Readiness } from '../../shared/readiness.ts';
import type { Tx } from '../platform/database.ts';

export type Checked = Omit<Readiness, 'state' | 'checkedAt'> & { member: string; at: Date };
const columns = (tx: Tx) => tx`member, problems, path, round_trip_ms as "roundTripMs", up_kbit as "upKbit", down_kbit as "downKbit", at`;

export const keep = async (tx: Tx, meetingId: string, { member, problems, path, roundTripMs, upKbit, downKbit, at }: Checked): Promise<void> =>
  void (await tx`
    insert into readiness.checked (meeting_id, member, problems, path, round_trip_ms, up_kbit, down_kbit, at)
    values (${meetingId}, ${member}, ${problems}::text[], ${path}, ${roundTripMs}, ${upKbit}, ${downKbit}, ${at})
    on conflict (meeting_id, member) do update set problems = excluded.problems, path = excluded.path, round_trip_ms = excluded.round_trip_ms,
      up_kbit = excluded.up_kbit, down_kbit = excluded.down_kbit, at = excluded.at`);
export const ofMeeting = (tx: Tx, meetingId: string): Promise<Checked[]> => tx<Checked[]>`
  select ${columns(tx)} from readiness.checked where meeting_id = ${meetingId}`;
export const ofMember = async (tx: Tx, meetingId: string, member: string): Promise<Checked | null> =>
  (await tx<Checked[]>`select ${columns(tx)} from readiness.checked where meeting_id = ${meetingId} and member = ${member}`)[0] ?? null;

export const roomId = async (tx: Tx): Promise<string | null> =>
  (await tx<{ roomId: string }[]>`select room_id as "roomId" from readiness.room`)[0]?.roomId ?? null;
/** Two processes may open one at the same moment: the first stays. */
export const keepRoom = async (tx: Tx, id: string): Promise<void> =>
  void (await tx`insert into readiness.room (room_id) values (${id}) on conflict do nothing`);
