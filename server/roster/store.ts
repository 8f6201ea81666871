// SQL of day codes. Rows are only added.
import type { DayCode } from '../../shared/roster.ts';
import type { Tx } from '../platform/database.ts';

export const newestCodes = (tx: Tx, personIds: readonly string[], date: string) => tx<{ personId: string; code: DayCode; basis: string }[]>`
  select distinct on (person_id) person_id as "personId", code, basis from roster.day_code
  where person_id = any(${[...personIds]}::uuid[]) and date = ${date} order by person_id, id desc`;

/** The newest codes of a period, one row a person: day by day `<days after from> <code> <basis>`, parted by U+001F and U+001E. */
export const newestCodesBetween = (tx: Tx, personIds: readonly string[], from: string, to: string) => tx<{ personId: string; days: string }[]>`
  select person_id as "personId", string_agg((date - ${from}::date) || U&'\\001F' || code || U&'\\001F' || translate(basis, U&'\\001E\\001F', ''), U&'\\001E' order by date) as days
  from (
    select distinct on (person_id, date) person_id, date, code, basis from roster.day_code
    where person_id = any(${[...personIds]}::uuid[]) and date between ${from} and ${to} order by person_id, date, id desc
  ) newest group by person_id`;

export const insertCodes = (
  tx: Tx,
  codes: readonly { personId: string; code: DayCode }[],
  day: { date: string; basis: string; by: string | null; at: Date },
) => tx`
  insert into roster.day_code (person_id, date, code, basis, set_by, set_at)
  select c.person_id, ${day.date}, c.code, ${day.basis}, ${day.by}, ${day.at}
  from unnest(${codes.map((c) => c.personId)}::uuid[], ${codes.map((c) => c.code)}::text[]) as c (person_id, code)`;

/** Who has this code on a day, by their newest row. */
export const withCode = (tx: Tx, code: DayCode, date: string) => tx<{ personId: string; basis: string }[]>`
  select d.person_id as "personId", d.basis from roster.day_code d
  where d.date = ${date} and d.code = ${code}
    and not exists (select from roster.day_code newer where newer.person_id = d.person_id and newer.date = d.date and newer.id > d.id)`;
