// SQL of day codes. Rows are only added.
import type { DayCode } from '../../shared/roster.ts';
import type { Tx } from '../platform/database.ts';

export const newestCodes = (tx: Tx, personIds: readonly string[], date: string) => tx<{ personId: string; code: DayCode; basis: string }[]>`
  select distinct on (person_id) person_id as "personId", code, basis from roster.day_code
  where person_id = any(${[...personIds]}::uuid[]) and date = ${date} order by person_id, id desc`;

export const insertCodes = (
  tx: Tx,
  codes: readonly { personId: string; code: DayCode }[],
  day: { date: string; basis: string; by: string | null; at: Date },
) => tx`
  insert into roster.day_code (person_id, date, code, basis, set_by, set_at)
  select c.person_id, ${day.date}, c.code, ${day.basis}, ${day.by}, ${day.at}
  from unnest(${codes.map((c) => c.personId)}::uuid[], ${codes.map((c) => c.code)}::text[]) as c (person_id, code)`;
