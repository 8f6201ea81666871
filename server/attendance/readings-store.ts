// SQL of the visits that were folded before. Thrown away and made anew whenever the log of their room has grown.
import type { Tx } from '../platform/database.ts';

export type RoomState = { roomId: string; seq: number; uptoSeq: number | null; given: string | null };
export type FoldedVisit = { roomId: string; personId: string; from: number; to: number; sure: boolean; invited: number | null };

const KEEPER_LOCK = 732_010;

/** How far each room's log goes, beside how far it was folded. */
export const statesOf = (tx: Tx, roomIds: readonly string[]): Promise<RoomState[]> => tx<RoomState[]>`
  select r.id as "roomId", coalesce(h.seq, 0)::float8 as seq, f.upto_seq::float8 as "uptoSeq", f.given
  from unnest(${[...roomIds]}::uuid[]) as r (id) left join ledger.head h on h.stream = 'presence:' || r.id left join attendance.folded f on f.room_id = r.id`;

/** False while somebody else keeps visits: nobody waits, and nobody writes twice. Until the end of the transaction. */
export const mayKeep = async (tx: Tx): Promise<boolean> =>
  (await tx<{ mine: boolean }[]>`select pg_try_advisory_xact_lock(${KEEPER_LOCK}) as mine`)[0]?.mine ?? false;

export async function keep(tx: Tx, rooms: readonly Pick<RoomState, 'roomId' | 'seq' | 'given'>[], visits: readonly FoldedVisit[]): Promise<void> {
  const ids = rooms.map((r) => r.roomId);
  await tx`delete from attendance.visit where room_id = any(${ids}::uuid[])`;
  await tx`
    insert into attendance.folded (room_id, upto_seq, given)
    select * from unnest(${ids}::uuid[], ${rooms.map((r) => r.seq)}::bigint[], ${rooms.map((r) => r.given)}::text[])
    on conflict (room_id) do update set upto_seq = excluded.upto_seq, given = excluded.given`;
  await tx`
    insert into attendance.visit (room_id, person_id, from_ms, to_ms, sure, invited_ms)
    select room_id, person_id, from_ms, to_ms, sure = 1, invited_ms
    from unnest(${visits.map((v) => v.roomId)}::uuid[], ${visits.map((v) => v.personId)}::uuid[], ${visits.map((v) => v.from)}::bigint[],
      ${visits.map((v) => v.to)}::bigint[], ${visits.map((v) => Number(v.sure))}::int[], ${visits.map((v) => v.invited)}::bigint[])
      as v (room_id, person_id, from_ms, to_ms, sure, invited_ms)`;
}

/** One text a person, `<room> <from> <to> <sure> <invited>` for each visit: a fifth of what rows would take. */
export const visitsOf = (tx: Tx, personIds: readonly string[], from: Date, to: Date) => tx<{ personId: string; visits: string }[]>`
  select person_id as "personId", string_agg(concat_ws(' ', room_id, from_ms, to_ms, sure::int, invited_ms), ',') as visits
  from attendance.visit where person_id = any(${[...personIds]}::uuid[]) and from_ms >= ${from.getTime()} and from_ms < ${to.getTime()} group by person_id`;
