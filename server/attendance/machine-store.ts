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

export type Import = { id: string; fileName: string | null; lines: number; added: number; already: number; refused: number; byName: string | null; at: Date };
const imports = (tx: Tx) => tx`select id, file_name as "fileName", lines, added, already, refused, by_name as "byName", at from attendance.machine_import`;
export const importsOf = (tx: Tx, opdId: string, limit: number) => tx<Import[]>`${imports(tx)} where opd_id = ${opdId} order by at desc, id limit ${limit}`;
/** This very file, read by these very columns. */
export const importOf = async (tx: Tx, opdId: string, sha256: string, format: MachineFormat): Promise<Import | null> =>
  (await tx<Import[]>`${imports(tx)} where opd_id = ${opdId} and sha256 = ${sha256} and format = ${tx.json(format)} order by at limit 1`)[0] ?? null;
export const insertImport = (tx: Tx, opdId: string, i: Omit<Import, 'byName'> & { sha256: string; format: MachineFormat }, by: By) => tx`
  insert into attendance.machine_import (id, opd_id, file_name, sha256, format, lines, added, already, refused, by_id, by_name, at)
  values (${i.id}, ${opdId}, ${i.fileName}, ${i.sha256}, ${tx.json(i.format)}, ${i.lines}, ${i.added}, ${i.already}, ${i.refused}, ${by.id}, ${by.name}, ${i.at})`;

const rows = (tx: Tx, punches: readonly Punch[]) => tx`
  unnest(${punches.map((p) => p.line)}::int[], ${punches.map((p) => p.pin)}::text[], ${punches.map((p) => p.at.toISOString())}::timestamptz[], ${punches.map((p) => p.device)}::text[])
    as n (line, pin, at, device)`;
/** Answers how many were new. */
export const insertPunches = async (tx: Tx, opdId: string, importId: string, punches: readonly Punch[]): Promise<number> =>
  (
    await tx`insert into attendance.punch (opd_id, import_id, line, pin, at, device)
    select ${opdId}, ${importId}, n.line, n.pin, n.at, n.device from ${rows(tx, punches)} order by n.line on conflict do nothing`
  ).count;
export const knownAlready = async (tx: Tx, opdId: string, punches: readonly Punch[]): Promise<number> =>
  (
    await tx<{ n: number }[]>`select count(*)::int as n from ${rows(tx, punches)}
    join attendance.punch p on p.opd_id = ${opdId} and p.at = n.at and p.pin = n.pin and p.device = n.device`
  )[0]?.n ?? 0;

export type Touch = { pin: string; at: Date; device: string };
export const punchesBetween = (tx: Tx, opdId: string, from: Date, to: Date) =>
  tx<Touch[]>`select pin, at, device from attendance.punch where opd_id = ${opdId} and at >= ${from} and at < ${to} and pin is not null order by at, id`;
export const lastPunch = async (tx: Tx, opdId: string): Promise<Date | null> =>
  (await tx<{ at: Date | null }[]>`select max(at) as at from attendance.punch where opd_id = ${opdId}`)[0]?.at ?? null;
/** Every number on record with how often and when last. */
export const pinsSeen = (tx: Tx, opdId: string) =>
  tx<{ pin: string; punches: number; last: Date }[]>`
  select pin, count(*)::int as punches, max(at) as last from attendance.punch where opd_id = ${opdId} and pin is not null group by pin order by punches desc, pin`;

export type PinRow = { pin: string; personId: string | null; from: string; byName: string | null };
/** What was said last, first. */
export const pinsOf = (tx: Tx, opdId: string) =>
  tx<PinRow[]>`select pin, person_id as "personId", from_day::text as "from", by_name as "byName" from attendance.machine_pin
  where opd_id = ${opdId} and pin is not null order by from_day desc, id desc`;
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
