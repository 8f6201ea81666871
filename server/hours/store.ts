// SQL of work hours. Rows are only added.
import type { DayHours, OwnDay, Schedule } from '../../shared/hours.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { Tx } from '../platform/database.ts';

type Made = { why: string | null; byName: string | null; at: Date; withdrawn: { from: string; reason: string; at: Date } | null };
export type ScheduleRow = Pick<Schedule, 'id' | 'kind' | 'title' | 'from' | 'until' | 'basis'> & { unitId: string | null; week: (DayHours | null)[] } & Made;
export type OwnDayRow = Pick<OwnDay, 'id' | 'day' | 'kind' | 'name' | 'hours' | 'basis'> & { unitId: string } & Made;
export type By = { id: string; name: string };
type Withdrawn = { withdrawnFrom: string | null; withdrawnFor: string | null; withdrawnAt: Date | null };

const withdrawn = (tx: Tx) => tx`w.from_day::text as "withdrawnFrom", w.reason as "withdrawnFor", w.at as "withdrawnAt"`;
const made = <T extends Withdrawn>({ withdrawnFrom, withdrawnFor, withdrawnAt, ...row }: T) => ({
  ...row,
  withdrawn: withdrawnFrom === null || withdrawnAt === null ? null : { from: withdrawnFrom, reason: withdrawnFor ?? '', at: withdrawnAt },
});

/** Of these units and of the region. */
export const schedules = async (tx: Tx, unitIds: readonly string[]): Promise<ScheduleRow[]> =>
  (
    await tx<(Omit<ScheduleRow, 'withdrawn'> & Withdrawn)[]>`
    select s.id, s.unit_id as "unitId", s.kind, s.title, s.from_day::text as "from", s.until_day::text as until, s.week, s.basis, s.why, s.by_name as "byName", s.at, ${withdrawn(tx)}
    from hours.schedule s left join hours.withdrawal w on w.of_id = s.id
    where s.unit_id is null or s.unit_id = any(${[...unitIds]}::uuid[]) order by s.from_day desc, s.at desc, s.id`
  ).map(made);
export const ownDays = async (tx: Tx, unitIds: readonly string[]): Promise<OwnDayRow[]> =>
  (
    await tx<(Omit<OwnDayRow, 'withdrawn'> & Withdrawn)[]>`
    select d.id, d.unit_id as "unitId", d.day::text as day, d.kind, d.name, d.hours, d.basis, d.why, d.by_name as "byName", d.at, ${withdrawn(tx)}
    from hours.own_day d left join hours.withdrawal w on w.of_id = d.id
    where d.unit_id = any(${[...unitIds]}::uuid[]) order by d.day desc, d.at desc, d.id`
  ).map(made);

/** A repeated request adds nothing. */
export const insertSchedule = async (tx: Tx, s: Omit<ScheduleRow, 'withdrawn' | 'byName'>, by: By): Promise<void> =>
  void (await tx`
    insert into hours.schedule (id, unit_id, kind, title, from_day, until_day, week, basis, why, by_id, by_name, at)
    values (${s.id}, ${s.unitId}, ${s.kind}, ${s.title}, ${s.from}, ${s.until}, ${tx.json(s.week)}, ${s.basis}, ${s.why}, ${by.id}, ${by.name}, ${s.at})
    on conflict do nothing`);
export const insertOwnDay = async (tx: Tx, d: Omit<OwnDayRow, 'withdrawn' | 'byName'>, by: By): Promise<void> =>
  void (await tx`
    insert into hours.own_day (id, unit_id, day, kind, name, hours, basis, why, by_id, by_name, at)
    values (${d.id}, ${d.unitId}, ${d.day}, ${d.kind}, ${d.name}, ${d.hours === null ? null : tx.json(d.hours)}, ${d.basis}, ${d.why}, ${by.id}, ${by.name}, ${d.at})
    on conflict do nothing`);
/** Answers whether it was not withdrawn before. */
export const insertWithdrawal = async (tx: Tx, w: { ofId: string; from: string; reason: string; at: Date }, by: By): Promise<boolean> =>
  (
    await tx`insert into hours.withdrawal (of_id, from_day, reason, by_id, by_name, at) values (${w.ofId}, ${w.from}, ${w.reason}, ${by.id}, ${by.name}, ${w.at})
    on conflict do nothing`
  ).count > 0;

export type MustRecord = { codes: DayCode[]; from: string; basis: string; byName: string | null };
/** The newest first. */
export const mustRecordRows = (tx: Tx, opdId: string) => tx<MustRecord[]>`
  select codes, from_day::text as "from", basis, by_name as "byName" from hours.must_record where opd_id = ${opdId} order by id desc`;
export const insertMustRecord = async (tx: Tx, opdId: string, r: Omit<MustRecord, 'byName'>, by: By, at: Date): Promise<void> =>
  void (await tx`
    insert into hours.must_record (opd_id, from_day, codes, basis, by_id, by_name, at)
    values (${opdId}, ${r.from}, ${r.codes}, ${r.basis}, ${by.id}, ${by.name}, ${at})`);
