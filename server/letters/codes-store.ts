// SQL of the codes of letters: those offered, those kept for the numbers under them, and what was done to the list.
import type { Tx } from '../platform/database.ts';

export type Change = {
  code: string;
  act: 'ditambah' | 'diubah' | 'dihapus' | 'dipakai_lagi';
  name: string;
  before: string | null;
  byId: string | null;
  at: Date;
};
const SHOWN = 100;

/** One who changes the list at a time. */
export const lockCodes = async (tx: Tx): Promise<void> => void (await tx`select pg_advisory_xact_lock(hashtextextended('letters.classification', 0))`);

export const offered = (tx: Tx) => tx<{ code: string; name: string }[]>`select code, name from letters.classification where retired_at is null order by code`;
/** `used`: how many numbers stand under it. */
export const codes = (tx: Tx) => tx<{ code: string; name: string; retired: boolean; used: number }[]>`
  select c.code, c.name, c.retired_at is not null as retired, (select count(*)::int from letters.number n where n.classification = c.code) as used
  from letters.classification c order by c.code`;
/** By code, those asked for that are known. */
export async function codesOf(tx: Tx, asked: readonly string[]): Promise<Map<string, { name: string; retired: boolean }>> {
  const rows = await tx<{ code: string; name: string; retired: boolean }[]>`
    select code, name, retired_at is not null as retired from letters.classification where code = any(${[...asked]})`;
  return new Map(rows.map(({ code, ...is }) => [code, is]));
}
export const saveCodes = async (tx: Tx, rows: readonly { code: string; name: string }[]): Promise<void> =>
  void (await tx`
    insert into letters.classification (code, name)
    select * from unnest(${rows.map(({ code }) => code)}::text[], ${rows.map(({ name }) => name)}::text[])
    on conflict (code) do update set name = excluded.name, retired_at = null`);
/** Gone where nothing stands under it, else kept and not offered. */
export async function removeCode(tx: Tx, code: string, at: Date): Promise<void> {
  await tx`delete from letters.classification c where c.code = ${code} and not exists (select from letters.number n where n.classification = c.code)`;
  await tx`update letters.classification set retired_at = ${at} where code = ${code}`;
}

export const noteChanges = async (tx: Tx, rows: readonly Change[]): Promise<void> =>
  void (await tx`
    insert into letters.classification_change ${tx(
      rows.map(({ byId, ...row }) => ({ ...row, by_id: byId })),
      'code',
      'act',
      'name',
      'before',
      'by_id',
      'at',
    )}`);
/** Newest first. */
export const changes = (tx: Tx): Promise<Change[]> => tx<Change[]>`
  select code, act, name, before, by_id as "byId", at from letters.classification_change order by id desc limit ${SHOWN}`;
