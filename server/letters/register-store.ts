// SQL of the number register: counters, numbers that were given, those that were voided; and the letterhead of an OPD.
import type { Tx } from '../platform/database.ts';

export type Counter = { opdId: string; series: string; classification: string; year: number };
export type NumberRow = Counter & {
  id: string;
  serial: number;
  number: string;
  day: string;
  subject: string | null;
  byName: string | null;
  at: Date;
  voided: { reason: string | null; at: string } | null;
};
export type Letterhead = { template: string | null; address: string | null; contact: string | null; place: string | null; logo: Buffer | null };

/** The row stays locked until the transaction ends. */
export async function nextSerial(tx: Tx, { opdId, series, classification, year }: Counter): Promise<number> {
  const [row] = await tx<{ last: number }[]>`
    insert into letters.counter (opd_id, series, classification, year, last) values (${opdId}, ${series}, ${classification}, ${year}, 1)
    on conflict (opd_id, series, classification, year) do update set last = letters.counter.last + 1 returning last`;
  if (!row) throw new Error('register gave no number');
  return row.last;
}

/** Where numbers go on from; false when the portal has given some already. */
export const beginAt = async (tx: Tx, { opdId, series, classification, year }: Counter, first: number): Promise<boolean> =>
  (
    await tx`
    insert into letters.counter (opd_id, series, classification, year, first, last) values (${opdId}, ${series}, ${classification}, ${year}, ${first}, ${first - 1})
    on conflict (opd_id, series, classification, year) do update set first = excluded.first, last = excluded.last where letters.counter.last = letters.counter.first - 1`
  ).count > 0;
export const countersOf = (tx: Tx, opdId: string, year: number) => tx<{ series: string; classification: string; first: number; last: number }[]>`
  select series, classification, first, last from letters.counter where opd_id = ${opdId} and year = ${year} order by classification, series`;

export async function insertNumber(
  tx: Tx,
  n: Counter & { serial: number; number: string; day: string; subject: string | null; byId: string | null; at: Date },
): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into letters.number (opd_id, series, classification, year, serial, number, day, subject, by_id, at)
    values (${n.opdId}, ${n.series}, ${n.classification}, ${n.year}, ${n.serial}, ${n.number}, ${n.day}, ${n.subject}, ${n.byId}, ${n.at}) returning id`;
  if (!row) throw new Error('number was not inserted');
  return row.id;
}
/** Answers whether it is void from now on. */
export const insertVoid = async (tx: Tx, v: { numberId: string; reason: string; byId: string | null; at: Date }): Promise<boolean> =>
  (
    await tx`
    insert into letters.voided (number_id, reason, by_id, at) values (${v.numberId}, ${v.reason}, ${v.byId}, ${v.at}) on conflict (number_id) do nothing`
  ).count > 0;

export const book = (tx: Tx, opdId: string, year: number): Promise<(NumberRow & { byId: string | null })[]> => tx<(NumberRow & { byId: string | null })[]>`
  select n.id, n.opd_id as "opdId", n.series, n.classification, n.year, n.serial, n.number, n.day, n.subject, n.by_id as "byId", n.at,
    case when v.number_id is null then null else json_build_object('reason', v.reason, 'at', v.at) end as voided
  from letters.number n left join letters.voided v on v.number_id = n.id
  where n.opd_id = ${opdId} and n.year = ${year} order by n.classification, n.series, n.serial`;
export const yearsOf = async (tx: Tx, opdId: string): Promise<number[]> =>
  (await tx<{ year: number }[]>`select distinct year from letters.number where opd_id = ${opdId} order by year desc`).map((r) => r.year);

export const letterheadOf = async (tx: Tx, opdId: string): Promise<Letterhead> =>
  (await tx<Letterhead[]>`select template, address, contact, place, logo from letters.letterhead where opd_id = ${opdId}`)[0] ?? {
    template: null,
    address: null,
    contact: null,
    place: null,
    logo: null,
  };
export const saveLetterhead = async (tx: Tx, opdId: string, h: Omit<Letterhead, 'logo'>, by: string, at: Date): Promise<void> =>
  void (await tx`
    insert into letters.letterhead (opd_id, template, address, contact, place, saved_at, saved_by)
    values (${opdId}, ${h.template}, ${h.address}, ${h.contact}, ${h.place}, ${at}, ${by})
    on conflict (opd_id) do update set template = excluded.template, address = excluded.address, contact = excluded.contact, place = excluded.place,
      saved_at = excluded.saved_at, saved_by = excluded.saved_by`);
export const saveLogo = async (tx: Tx, opdId: string, logo: Buffer | null, by: string, at: Date): Promise<void> =>
  void (await tx`
    insert into letters.letterhead (opd_id, logo, saved_at, saved_by) values (${opdId}, ${logo}, ${at}, ${by})
    on conflict (opd_id) do update set logo = excluded.logo, saved_at = excluded.saved_at, saved_by = excluded.saved_by`);
