// SQL of the attendance machine's log. Rows are only added.
import type { CaseFacts, CaseKind, MachineCase, MachineFormat } from '../../shared/machine.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { Tx } from '../platform/database.ts';
import type { Punch } from './machine-rules.ts';

type By = { id: string; name: string };
/** Two files of one OPD come one after the other. */
export const lockOpd = async (tx: Tx, opdId: string): Promise<void> =>
  void (await tx`select pg_advisory_xact_lock(hashtextextended(${`attendance.machine ${opdId}`}, 0))`);

export const formatOf = async (tx: Tx, opdId: string): Promise<MachineFormat | null> =>
  (await tx<{ format: MachineFormat }[]>`select format from attendance.machine_format where opd_id = ${opdId} order by id desc limit 1`)[0]?.format ?? null;
export const insertFormat = (tx: Tx, opdId: string, format: MachineFormat, by: By, at: Date) =>
  tx`insert into attendance.machine_format (opd_id, format, by_id, by_name, at) values (${opdId}, ${tx.json(format)}, ${by.id}, ${by.name}, ${at})`;

export type Import = {
  id: string;
  fileName: string | null;
  sha256: string;
  lines: number;
  added: number;
  already: number;
  refused: number;
  /** Files whose touches this one had too. */
  repeats: readonly string[] | null;
  byId: string | null;
  byName: string | null;
  at: Date;
  withdrawn: { byName: string | null; at: string; reason: string | null } | null;
};
const imports = (tx: Tx) => tx`
  select i.id, i.file_name as "fileName", i.sha256, i.lines, i.added, i.already, i.refused, i.repeats, i.by_id as "byId", i.by_name as "byName", i.at,
    case when w.id is not null then jsonb_build_object('byName', w.by_name, 'at', w.at, 'reason', w.reason) end as withdrawn
  from attendance.machine_import i left join attendance.machine_withdrawal w on w.import_id = i.id`;
export const importsOf = (tx: Tx, opdId: string, limit: number) =>
  tx<Import[]>`${imports(tx)} where i.opd_id = ${opdId} order by i.at desc, i.id limit ${limit}`;
export const importById = async (tx: Tx, opdId: string, id: string): Promise<Import | null> =>
  (await tx<Import[]>`${imports(tx)} where i.opd_id = ${opdId} and i.id = ${id}`)[0] ?? null;
/** This very file, read by these very columns, and not withdrawn. */
export const importOf = async (tx: Tx, opdId: string, sha256: string, format: MachineFormat): Promise<Import | null> =>
  (
    await tx<Import[]>`${imports(tx)} where i.opd_id = ${opdId} and i.sha256 = ${sha256} and i.format = ${tx.json(format)} and w.id is null
    order by i.at limit 1`
  )[0] ?? null;
type NewImport = Omit<Import, 'byId' | 'byName' | 'withdrawn'> & { format: MachineFormat };
export const insertImport = (tx: Tx, opdId: string, i: NewImport, by: By) => tx`
  insert into attendance.machine_import (id, opd_id, file_name, sha256, format, lines, added, already, refused, repeats, by_id, by_name, at)
  values (${i.id}, ${opdId}, ${i.fileName}, ${i.sha256}, ${tx.json(i.format)}, ${i.lines}, ${i.added}, ${i.already}, ${i.refused},
    ${i.repeats === null ? null : [...i.repeats]}::uuid[], ${by.id}, ${by.name}, ${i.at})`;
export const insertWithdrawal = (tx: Tx, opdId: string, w: { importId: string; reason: string; at: Date }, by: By) => tx`
  insert into attendance.machine_withdrawal (opd_id, import_id, reason, by_id, by_name, at) values (${opdId}, ${w.importId}, ${w.reason}, ${by.id}, ${by.name}, ${w.at})`;

/** Sorted by time. */
export const insertTouches = (tx: Tx, opdId: string, importId: string, touches: readonly Punch[]) => tx`
  insert into attendance.touches (opd_id, import_id, first_at, last_at, lines, pins, times, devices)
  values (${opdId}, ${importId}, ${touches[0]!.at}, ${touches.at(-1)!.at}, ${touches.map((t) => t.line)}::int[], ${touches.map((t) => t.pin)}::text[],
    ${touches.map((t) => t.at.getTime())}::bigint[], ${touches.map((t) => t.device)}::text[])`;

const counting = (tx: Tx) => tx`not exists (select from attendance.machine_withdrawal w where w.import_id = t.import_id)`;
export type Touch = { importId: string; pin: string; at: Date; device: string };
/** In the order of time; of files that were not withdrawn. `to` is not included. */
export async function touchesBetween(tx: Tx, opdId: string, from: Date, to: Date): Promise<Touch[]> {
  const portions = await tx<{ importId: string; pins: string[]; times: string[]; devices: string[] }[]>`
    select t.import_id as "importId", t.pins, t.times, t.devices from attendance.touches t
    where t.opd_id = ${opdId} and t.last_at >= ${from} and t.first_at < ${to} and t.pins is not null and ${counting(tx)} order by t.id`;
  return portions
    .flatMap(({ importId, pins, times, devices }) =>
      times.flatMap((time, n): Touch[] => {
        const ms = Number(time);
        return ms >= from.getTime() && ms < to.getTime() ? [{ importId, pin: pins[n]!, at: new Date(ms), device: devices[n]! }] : [];
      }),
    )
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}
export const lastTouch = async (tx: Tx, opdId: string): Promise<Date | null> =>
  (await tx<{ at: Date | null }[]>`select max(t.last_at) as at from attendance.touches t where t.opd_id = ${opdId} and ${counting(tx)}`)[0]?.at ?? null;
/** Every number on record with how often and when last. */
export const pinsSeen = (tx: Tx, opdId: string) =>
  tx<{ pin: string; punches: number; last: Date }[]>`
  select u.pin, count(*)::int as punches, to_timestamp(max(u.ms) / 1000.0) as last
  from attendance.touches t, unnest(t.pins, t.times) as u (pin, ms)
  where t.opd_id = ${opdId} and t.pins is not null and ${counting(tx)} group by u.pin order by punches desc, u.pin`;

export type PinRow = { pin: string; personId: string | null; from: string; byName: string | null };
/** What was said last, first. */
export const pinsOf = (tx: Tx, opdId: string) =>
  tx<PinRow[]>`select pin, person_id as "personId", from_day::text as "from", by_name as "byName" from attendance.machine_pin
  where opd_id = ${opdId} and pin is not null order by from_day desc, id desc`;
/** Numbers somebody was ever named for, and where; the newest first. */
export const pinsOfPerson = (tx: Tx, personId: string) =>
  tx<{ opdId: string; pin: string; from: string; byName: string | null }[]>`
  select opd_id as "opdId", pin, from_day::text as "from", by_name as "byName" from attendance.machine_pin
  where person_id = ${personId} and pin is not null order by from_day desc, id desc`;
export const insertPin = (tx: Tx, opdId: string, p: Omit<PinRow, 'byName'>, by: By, at: Date) =>
  tx`insert into attendance.machine_pin (opd_id, pin, person_id, from_day, by_id, by_name, at) values (${opdId}, ${p.pin}, ${p.personId}, ${p.from}, ${by.id}, ${by.name}, ${at})`;

export type Decision = {
  personId: string;
  date: string;
  kind: CaseKind;
  seen: string;
  facts: CaseFacts;
  act: NonNullable<MachineCase['decided']>['act'];
  code: DayCode | null;
  note: string | null;
  byName: string | null;
  at: Date;
};
/** The newest of each person, day and kind. */
export const decisionsBetween = (tx: Tx, opdId: string, from: string, to: string) => tx<Decision[]>`
  select distinct on (person_id, date, kind) person_id as "personId", date::text as date, kind, seen, facts, act, code, note, by_name as "byName", at
  from attendance.machine_decision where opd_id = ${opdId} and date between ${from} and ${to} and person_id is not null order by person_id, date, kind, id desc`;
/** All that was said of somebody's days, the newest first. */
export const decisionsAbout = (tx: Tx, personId: string, from: string, to: string) => tx<Omit<Decision, 'personId' | 'seen' | 'facts'>[]>`
  select date::text as date, kind, act, code, note, by_name as "byName", at from attendance.machine_decision
  where person_id = ${personId} and date between ${from} and ${to} order by id desc`;
export const insertDecision = (tx: Tx, opdId: string, d: Omit<Decision, 'byName'>, by: By) => tx`
  insert into attendance.machine_decision (opd_id, person_id, date, kind, seen, facts, act, code, note, by_id, by_name, at)
  values (${opdId}, ${d.personId}, ${d.date}, ${d.kind}, ${d.seen}, ${tx.json(d.facts)}, ${d.act}, ${d.code}, ${d.note}, ${by.id}, ${by.name}, ${d.at})`;

export type Reckoning = { from: string; to: string; at: Date };
/** The newest first. */
export const reckoningsOf = (tx: Tx, opdId: string, from: string, to: string) => tx<Reckoning[]>`
  select from_day::text as "from", until_day::text as "to", at from attendance.reckoning
  where opd_id = ${opdId} and from_day <= ${to} and until_day >= ${from} order by id desc`;
export const insertReckoning = (tx: Tx, opdId: string, r: Reckoning & { reason: string }, by: By) =>
  tx`insert into attendance.reckoning (opd_id, from_day, until_day, reason, by_id, by_name, at) values (${opdId}, ${r.from}, ${r.to}, ${r.reason}, ${by.id}, ${by.name}, ${r.at})`;
