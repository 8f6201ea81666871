// SQL of day codes. Rows are only added.
import type { Shift } from '../../shared/policies.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { Tx } from '../platform/database.ts';

const shiftColumn = (tx: Tx) => tx`case when shift is not null then jsonb_build_object('name', shift, 'from', shift_from, 'to', shift_to) end as shift`;

export const newestCodes = (tx: Tx, personIds: readonly string[], date: string) => tx<
  { personId: string; code: DayCode; basis: string; shift: Shift | null }[]
>`
  select distinct on (person_id) person_id as "personId", code, basis, ${shiftColumn(tx)} from roster.day_code
  where person_id = any(${[...personIds]}::uuid[]) and date = ${date} order by person_id, id desc`;

/** The newest codes of a period, one row a person: day by day `<days after from> <code> <basis>`, parted by U+001F and U+001E. */
export const newestCodesBetween = (tx: Tx, personIds: readonly string[], from: string, to: string) => tx<{ personId: string; days: string }[]>`
  select person_id as "personId", string_agg((date - ${from}::date) || U&'\\001F' || code || U&'\\001F' || translate(basis, U&'\\001E\\001F', ''), U&'\\001E' order by date) as days
  from (
    select distinct on (person_id, date) person_id, date, code, basis from roster.day_code
    where person_id = any(${[...personIds]}::uuid[]) and date between ${from} and ${to} order by person_id, date, id desc
  ) newest group by person_id`;

/** The newest code of each day of one person. */
export const codedDays = (tx: Tx, personId: string, from: string, to: string) => tx<{ date: string; code: DayCode; basis: string; shift: Shift | null }[]>`
  select distinct on (date) date, code, basis, ${shiftColumn(tx)} from roster.day_code
  where person_id = ${personId} and date between ${from} and ${to} order by date, id desc`;

export const insertCodes = (
  tx: Tx,
  codes: readonly { personId: string; code: DayCode; shift: Shift | null }[],
  day: { date: string; basis: string; by: string | null; at: Date },
) => tx`
  insert into roster.day_code (person_id, date, code, basis, shift, shift_from, shift_to, set_by, set_at)
  select c.person_id, ${day.date}, c.code, ${day.basis}, c.shift, c.shift_from, c.shift_to, ${day.by}, ${day.at}
  from unnest(${codes.map((c) => c.personId)}::uuid[], ${codes.map((c) => c.code)}::text[],
    ${codes.map((c) => c.shift?.name ?? null)}::text[], ${codes.map((c) => c.shift?.from ?? null)}::text[], ${codes.map((c) => c.shift?.to ?? null)}::text[])
    as c (person_id, code, shift, shift_from, shift_to)`;

/** Who is on duty (PIKET) on these days, by their newest row; `personId` null: everybody. */
export const dutyDays = (tx: Tx, { from, to, personId }: { from: string; to: string; personId: string | null }) => tx<
  { personId: string; date: string; basis: string; shift: Shift | null }[]
>`
  select d.person_id as "personId", d.date, d.basis, ${shiftColumn(tx)} from roster.day_code d
  where d.date between ${from} and ${to} and d.code = 'PIKET' and (${personId}::uuid is null or d.person_id = ${personId})
    and not exists (select from roster.day_code newer where newer.person_id = d.person_id and newer.date = d.date and newer.id > d.id)`;
