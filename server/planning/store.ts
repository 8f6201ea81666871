// SQL of planning: series, who was moved alone, requests, lists of holidays.
import type { Holiday } from '../../shared/planning.ts';
import type { Zone } from '../../shared/people.ts';
import type { Tx } from '../platform/database.ts';

export type Series = { id: string; rule: string; zone: Zone; startsAt: Date; skipped: Date[] };

/** Claims this key for a new meeting; another request with it waits for this transaction. Answers the meeting it was used for. */
export async function claimRequest(tx: Tx, byId: string, key: string): Promise<{ meetingId: string } | null> {
  const { count } = await tx`insert into planning.request (by_id, key) values (${byId}, ${key}) on conflict do nothing`;
  if (count > 0) return null;
  const [row] = await tx<{ meetingId: string | null }[]>`select meeting_id as "meetingId" from planning.request where by_id = ${byId} and key = ${key}`;
  return row && row.meetingId !== null ? { meetingId: row.meetingId } : null;
}
export const keepRequest = async (tx: Tx, byId: string, key: string, meetingId: string): Promise<void> =>
  void (await tx`update planning.request set meeting_id = ${meetingId} where by_id = ${byId} and key = ${key}`);

export async function insertSeries(tx: Tx, s: Omit<Series, 'id'>, byId: string, now: Date): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into planning.series (rule, zone, starts_at, skipped, made_by, made_at)
    values (${s.rule}, ${s.zone}, ${s.startsAt}, ${s.skipped.map((at) => at.toISOString())}::timestamptz[], ${byId}, ${now}) returning id`;
  return row!.id;
}
const seriesColumns = (tx: Tx) => tx`id, rule, zone, starts_at as "startsAt", skipped`;
export const seriesById = async (tx: Tx, id: string): Promise<Series | null> =>
  (await tx<Series[]>`select ${seriesColumns(tx)} from planning.series where id = ${id}`)[0] ?? null;
/** Whoever changes several of a series holds it first. */
export const lockSeries = async (tx: Tx, id: string): Promise<Series | null> =>
  (await tx<Series[]>`select ${seriesColumns(tx)} from planning.series where id = ${id} for update`)[0] ?? null;

export const movedAlone = async (tx: Tx, meetingIds: readonly string[]): Promise<Set<string>> =>
  new Set((await tx<{ id: string }[]>`select meeting_id as id from planning.moved where meeting_id = any(${[...meetingIds]}::uuid[])`).map((row) => row.id));
export const noteMoved = async (tx: Tx, meetingId: string, now: Date): Promise<void> =>
  void (await tx`insert into planning.moved (meeting_id, moved_at) values (${meetingId}, ${now}) on conflict (meeting_id) do update set moved_at = excluded.moved_at`);
export const forgetMoved = async (tx: Tx, meetingIds: readonly string[]): Promise<void> =>
  void (await tx`delete from planning.moved where meeting_id = any(${[...meetingIds]}::uuid[])`);

export type HolidayList = { year: number; version: number; holidays: Holiday[]; byId: string | null; at: Date };
export const holidayLists = (tx: Tx, years: readonly number[]): Promise<HolidayList[]> => tx<HolidayList[]>`
  select distinct on (year) year, version, holidays, by_id as "byId", at from planning.holiday_list
  where year = any(${[...years]}::int[]) order by year, version desc`;
/** Every version, the newest first. */
export const holidayVersions = (tx: Tx, years: readonly number[]): Promise<HolidayList[]> => tx<HolidayList[]>`
  select year, version, holidays, by_id as "byId", at from planning.holiday_list where year = any(${[...years]}::int[]) order by year, version desc`;
/** Answers whether it is the next one; somebody else's may be there already. */
export const insertHolidayList = async (tx: Tx, l: HolidayList): Promise<boolean> =>
  (
    await tx`
    insert into planning.holiday_list (year, version, holidays, by_id, at)
    select ${l.year}, ${l.version}, ${tx.json(l.holidays)}, ${l.byId}, ${l.at}
    where ${l.version} = 1 or exists (select from planning.holiday_list where year = ${l.year} and version = ${l.version - 1})
    on conflict do nothing`
  ).count > 0;
