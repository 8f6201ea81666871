// SQL of materials, who presents, and what is shown now.
import type { Tx } from '../platform/database.ts';

/** `pages` null: not known. */
export type MaterialRow = { id: string; title: string; fileId: string; pages: number | null; member: string; byName: string; at: Date };
export type ShowingRow = { materialId: string | null; page: number; member: string; byName: string; step: number };

const columns = (tx: Tx) => tx`id, title, file_id as "fileId", pages, member, by_name as "byName", at from room_record.material`;
/** In the order in which they were put up. */
export const materialsOf = (tx: Tx, meetingId: string): Promise<MaterialRow[]> =>
  tx<MaterialRow[]>`select ${columns(tx)} where meeting_id = ${meetingId} order by at, id`;
export const materialOf = async (tx: Tx, meetingId: string, id: string): Promise<MaterialRow | null> =>
  (await tx<MaterialRow[]>`select ${columns(tx)} where meeting_id = ${meetingId} and id = ${id}`)[0] ?? null;
export const insertMaterial = async (tx: Tx, meetingId: string, m: MaterialRow): Promise<void> =>
  void (await tx`
    insert into room_record.material (id, meeting_id, title, file_id, pages, member, by_name, at)
    values (${m.id}, ${meetingId}, ${m.title}, ${m.fileId}, ${m.pages}, ${m.member}, ${m.byName}, ${m.at})`);
/** With its file. */
export const deleteMaterial = async (tx: Tx, id: string): Promise<void> => void (await tx`delete from room_record.material where id = ${id}`);

export const showingOf = async (tx: Tx, meetingId: string): Promise<ShowingRow | null> =>
  (
    await tx<ShowingRow[]>`
    select material_id as "materialId", page, member, by_name as "byName", step::float8 as step from room_record.showing where meeting_id = ${meetingId}`
  )[0] ?? null;
/** Answers the step of this turn: each is one higher, however many turn at once. */
export const putShowing = async (
  tx: Tx,
  meetingId: string,
  s: { materialId: string | null; page: number; member: string; byName: string },
  at: Date,
): Promise<number> => {
  const [row] = await tx<{ step: number }[]>`
    insert into room_record.showing as s (meeting_id, material_id, page, member, by_name, step, at)
    values (${meetingId}, ${s.materialId}, ${s.page}, ${s.member}, ${s.byName}, 1, ${at})
    on conflict (meeting_id) do update set material_id = excluded.material_id, page = excluded.page, member = excluded.member, by_name = excluded.by_name,
      step = s.step + 1, at = excluded.at
    returning step::float8 as step`;
  return row!.step;
};

export const presentersOf = async (tx: Tx, meetingId: string): Promise<string[]> =>
  (await tx<{ member: string }[]>`select member from room_record.presenter where meeting_id = ${meetingId} order by at, member`).map(({ member }) => member);
export const setPresenter = async (tx: Tx, meetingId: string, member: string, presents: boolean, at: Date): Promise<void> =>
  void (await (presents
    ? tx`insert into room_record.presenter (meeting_id, member, at) values (${meetingId}, ${member}, ${at}) on conflict do nothing`
    : tx`delete from room_record.presenter where meeting_id = ${meetingId} and member = ${member}`));
