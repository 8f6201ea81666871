// SQL of journalists, their outlets, registrations and what was decided.
import type { OutletKind, PressCard } from '../../../shared/press-desk.ts';
import type { z } from 'zod';
import type { Tx } from '../../platform/database.ts';
import type { Accreditation, Decision } from './rules.ts';

export type Card = { kind: z.infer<typeof PressCard>; number: string };
export type JournalistRow = {
  id: string;
  registeredAt: Date;
  confirmed: boolean;
  claims: string | null;
  absorbedInto: string | null;
  name: string;
  outletId: string;
  outlet: string;
  outletKind: OutletKind;
  email: string;
  phone: string | null;
  card: Card | null;
  platform: string | null;
};
export type NewRecord = {
  journalistId: string;
  name: string;
  outletId: string;
  email: string;
  phone: string | null;
  card: Card | null;
  platform: string | null;
  byId: string | null;
  at: Date;
};

const journalist = (tx: Tx) => tx`
  j.id, j.registered_at as "registeredAt", j.confirmed_at is not null as confirmed, j.claims, j.absorbed_into as "absorbedInto",
  coalesce(r.name, '–') as name, o.id as "outletId", o.name as outlet, o.kind as "outletKind", coalesce(r.email, '') as email, r.phone,
  case when r.card_number is null then null else json_build_object('kind', r.card_kind, 'number', r.card_number) end as card, r.platform`;
const fromJournalist = (tx: Tx) => tx`
  press.journalist j
  join lateral (select * from press.journalist_record n where n.journalist_id = j.id order by n.id desc limit 1) r on true
  join press.outlet o on o.id = r.outlet_id`;

export const journalists = (tx: Tx, ids: readonly string[]): Promise<JournalistRow[]> =>
  tx<JournalistRow[]>`select ${journalist(tx)} from ${fromJournalist(tx)} where j.id = any(${[...ids]}::uuid[])`;

/** Everybody who is somebody of their own; whom retention left without a name is nobody any more. */
export const everybody = (tx: Tx, most: number): Promise<JournalistRow[]> => tx<JournalistRow[]>`
  select ${journalist(tx)} from ${fromJournalist(tx)} where j.absorbed_into is null and r.name is not null order by j.registered_at desc, j.id limit ${most}`;

export const search = (tx: Tx, { like, outletId }: { like: string | null; outletId: string | null }, most: number): Promise<JournalistRow[]> => tx<
  JournalistRow[]
>`
  select ${journalist(tx)} from ${fromJournalist(tx)}
  where j.absorbed_into is null and r.name is not null and (${like}::text is null or r.name ilike ${like} or o.name ilike ${like}) and (${outletId}::uuid is null or o.id = ${outletId})
  order by lower(r.name), j.id limit ${most}`;

export const lockJournalist = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx`select id from press.journalist where id = ${id} and absorbed_into is null for update`).length > 0;

export async function insertJournalist(tx: Tx, j: { emailKey: string; claims: string | null; at: Date }): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into press.journalist (email_key, claims, registered_at) values (${j.emailKey}, ${j.claims}, ${j.at}) returning id`;
  return row!.id;
}
export const insertRecord = (tx: Tx, r: NewRecord) => tx`
  insert into press.journalist_record (journalist_id, name, outlet_id, email, phone, card_kind, card_number, platform, by_id, at)
  values (${r.journalistId}, ${r.name}, ${r.outletId}, ${r.email}, ${r.phone}, ${r.card?.kind ?? null}, ${r.card?.number ?? null}, ${r.platform}, ${r.byId}, ${r.at})`;

/** Whoever writes of one address does it after another. */
export const lockAddress = (tx: Tx, emailKey: string) => tx`select pg_advisory_xact_lock(hashtextextended(${`pers:${emailKey}`}, 0))`;
/** Whose address this is beyond doubt; else who claimed it last. */
export async function ownerOf(tx: Tx, emailKey: string): Promise<{ id: string; confirmed: boolean } | null> {
  const [row] = await tx<{ id: string; confirmed: boolean }[]>`
    select id, confirmed_at is not null as confirmed from press.journalist where email_key = ${emailKey} and absorbed_into is null
    order by confirmed_at is null, registered_at desc, id limit 1`;
  return row ?? null;
}
export const confirm = (tx: Tx, id: string, at: Date) => tx`update press.journalist set confirmed_at = ${at} where id = ${id} and confirmed_at is null`;
export const emailKeyOf = async (tx: Tx, id: string): Promise<string | null> =>
  (await tx<{ key: string | null }[]>`select email_key as key from press.journalist where id = ${id}`)[0]?.key ?? null;
/** Its registrations, and what was decided of them, go over where the other has none; its passes end. */
export async function absorb(tx: Tx, id: string, into: string, at: Date): Promise<string[]> {
  await tx`update press.journalist set absorbed_into = ${into} where id = ${id}`;
  await tx`delete from press.pass_browser where journalist_id = ${id}`;
  const moved = await tx<{ conferenceId: string }[]>`
    insert into press.registration (conference_id, journalist_id, question_topic, question_text, at)
    select conference_id, ${into}::uuid, question_topic, question_text, at from press.registration where journalist_id = ${id}
    order by conference_id
    on conflict (conference_id, journalist_id) do nothing returning conference_id as "conferenceId"`;
  await tx`
    insert into press.registration_decision (conference_id, journalist_id, act, reason, by_id, by_name, at)
    select distinct on (conference_id) conference_id, ${into}::uuid, act, reason, by_id, by_name, ${at}::timestamptz from press.registration_decision
    where journalist_id = ${id} and conference_id = any(${moved.map((row) => row.conferenceId)}::uuid[]) order by conference_id, id desc`;
  return moved.map((row) => row.conferenceId);
}

export type OutletRow = { id: string; name: string; kind: OutletKind; journalists: number };
export const outlets = (tx: Tx): Promise<OutletRow[]> => tx<OutletRow[]>`
  select o.id, o.name, o.kind, count(r.journalist_id)::int as journalists
  from press.outlet o
  left join (
    select distinct on (n.journalist_id) n.journalist_id, n.outlet_id from press.journalist_record n
    join press.journalist j on j.id = n.journalist_id and j.absorbed_into is null order by n.journalist_id, n.id desc) r on r.outlet_id = o.id
  where o.merged_into is null group by o.id order by lower(o.name), o.id`;
/** Of outlets somebody of whom was accepted once. */
export const acceptedOutlets = (tx: Tx, most: number) => tx<{ name: string; kind: OutletKind }[]>`
  select distinct o.name, o.kind, lower(o.name) as sorted from press.outlet o
  join press.journalist_record n on n.outlet_id = o.id
  where o.merged_into is null and (exists (select from press.registration_decision d where d.journalist_id = n.journalist_id and d.act = 'diterima')
    or exists (select from press.accreditation a where a.journalist_id = n.journalist_id and a.valid_until is not null))
  order by sorted limit ${most}`;
export const outlet = async (tx: Tx, id: string): Promise<OutletRow | null> => (await outlets(tx)).find((o) => o.id === id) ?? null;
export const lockOutlets = (tx: Tx) => tx`select pg_advisory_xact_lock(hashtext('press.outlet'))`;
export async function outletByKey(tx: Tx, key: string): Promise<{ id: string; name: string } | null> {
  const [row] = await tx<{ id: string; name: string }[]>`
    select o.id, o.name from press.outlet_key k join press.outlet o on o.id = k.outlet_id where k.key = ${key}`;
  return row ?? null;
}
export async function insertOutlet(tx: Tx, o: { name: string; kind: OutletKind; at: Date }): Promise<string> {
  const [row] = await tx<{ id: string }[]>`insert into press.outlet (name, kind, at) values (${o.name}, ${o.kind}, ${o.at}) returning id`;
  return row!.id;
}
export const insertOutletKey = (tx: Tx, key: string, outletId: string) => tx`
  insert into press.outlet_key (key, outlet_id) values (${key}, ${outletId}) on conflict do nothing`;
export const updateOutlet = (tx: Tx, id: string, o: { name: string; kind: OutletKind }) =>
  tx`update press.outlet set name = ${o.name}, kind = ${o.kind} where id = ${id}`;
/** Everybody of the one is of the other from now on, and so is whoever writes its name. */
export async function mergeOutlet(tx: Tx, id: string, into: string, byId: string, at: Date): Promise<void> {
  await tx`update press.outlet_key set outlet_id = ${into} where outlet_id = ${id}`;
  await tx`update press.outlet set merged_into = ${into} where id = ${id} or merged_into = ${id}`;
  await tx`
    insert into press.journalist_record (journalist_id, name, outlet_id, email, phone, card_kind, card_number, platform, by_id, at)
    select r.journalist_id, r.name, ${into}, r.email, r.phone, r.card_kind, r.card_number, r.platform, ${byId}, ${at}
    from (select distinct on (journalist_id) * from press.journalist_record order by journalist_id, id desc) r where r.outlet_id = ${id}`;
}

export type RegistrationRow = {
  id: string;
  conferenceId: string;
  journalistId: string;
  at: Date;
  question: { topic: string; text: string } | null;
  decision: Decision | null;
  accreditation: Accreditation | null;
};
/** Instants inside a JSON object come as text. */
type Told<T extends { at: Date }> = Omit<T, 'at'> & { at: string };
type RawRegistration = Omit<RegistrationRow, 'decision' | 'accreditation'> & { decision: Told<Decision> | null; accreditation: Told<Accreditation> | null };
const revived = <T extends { at: Date }>(told: Told<T> | null): T | null => (told === null ? null : ({ ...told, at: new Date(told.at) } as unknown as T));
const registered = (rows: readonly RawRegistration[]): RegistrationRow[] =>
  rows.map((row) => ({ ...row, decision: revived<Decision>(row.decision), accreditation: revived<Accreditation>(row.accreditation) }));

const registration = (tx: Tx) => tx`
  g.id, g.conference_id as "conferenceId", g.journalist_id as "journalistId", g.at,
  case when g.question_text is null then null else json_build_object('topic', g.question_topic, 'text', g.question_text) end as question,
  (select json_build_object('act', d.act, 'reason', d.reason, 'validUntil', d.valid_until, 'byName', d.by_name, 'at', d.at) from press.registration_decision d
    where d.conference_id = g.conference_id and d.journalist_id = g.journalist_id order by d.id desc limit 1) as decision,
  (select json_build_object('validUntil', a.valid_until, 'reason', a.reason, 'byName', a.by_name, 'at', a.at) from press.accreditation a
    where a.journalist_id = g.journalist_id order by a.id desc limit 1) as accreditation`;

export const registrations = async (tx: Tx, conferenceId: string): Promise<RegistrationRow[]> =>
  registered(
    await tx<RawRegistration[]>`
      select ${registration(tx)} from press.registration g join press.journalist j on j.id = g.journalist_id
      where g.conference_id = ${conferenceId} and j.absorbed_into is null order by g.at, g.id`,
  );
export const registrationsOf = async (tx: Tx, journalistId: string): Promise<RegistrationRow[]> =>
  registered(await tx<RawRegistration[]>`select ${registration(tx)} from press.registration g where g.journalist_id = ${journalistId} order by g.at, g.id`);
export const registrationOf = async (tx: Tx, conferenceId: string, journalistId: string): Promise<RegistrationRow | null> =>
  registered(
    await tx<
      RawRegistration[]
    >`select ${registration(tx)} from press.registration g where g.conference_id = ${conferenceId} and g.journalist_id = ${journalistId}`,
  )[0] ?? null;
export const registrationById = async (tx: Tx, id: string): Promise<RegistrationRow | null> =>
  registered(await tx<RawRegistration[]>`select ${registration(tx)} from press.registration g where g.id = ${id}`)[0] ?? null;
export const lockRegistration = async (tx: Tx, conferenceId: string, journalistId: string): Promise<boolean> =>
  (await tx`select id from press.registration where conference_id = ${conferenceId} and journalist_id = ${journalistId} for update`).length > 0;
export const registrationByKey = async (tx: Tx, key: string) =>
  (
    await tx<{ conferenceId: string; journalistId: string; at: Date }[]>`
    select conference_id as "conferenceId", journalist_id as "journalistId", at from press.registration where key = ${key}`
  )[0] ?? null;
export const lockKey = (tx: Tx, key: string) => tx`select pg_advisory_xact_lock(hashtextextended(${`pers-isian:${key}`}, 0))`;

type NewRegistration = {
  conferenceId: string;
  journalistId: string;
  key: string | null;
  question: { topic: string; text: string } | null;
  byId: string | null;
  at: Date;
};
export async function insertRegistration(tx: Tx, r: NewRegistration): Promise<string | null> {
  const [row] = await tx<{ id: string }[]>`
    insert into press.registration (conference_id, journalist_id, key, question_topic, question_text, by_id, at)
    values (${r.conferenceId}, ${r.journalistId}, ${r.key}, ${r.question?.topic ?? null}, ${r.question?.text ?? null}, ${r.byId}, ${r.at})
    on conflict (conference_id, journalist_id) do nothing returning id`;
  return row?.id ?? null;
}
/** Only the first one: a question in advance is asked once. */
export const addQuestion = async (tx: Tx, id: string, q: { topic: string; text: string }): Promise<boolean> =>
  (await tx`update press.registration set question_topic = ${q.topic}, question_text = ${q.text} where id = ${id} and question_text is null returning id`)
    .length > 0;

export const insertDecision = (tx: Tx, d: Decision & { conferenceId: string; journalistId: string; byId: string | null }) => tx`
  insert into press.registration_decision (conference_id, journalist_id, act, reason, valid_until, by_id, by_name, at)
  values (${d.conferenceId}, ${d.journalistId}, ${d.act}, ${d.reason}, ${d.validUntil}, ${d.byId}, ${d.byName}, ${d.at})`;
export const lastDecider = async (tx: Tx, conferenceId: string, journalistId: string): Promise<string | null> =>
  (
    await tx<{ byId: string | null }[]>`
    select by_id as "byId" from press.registration_decision where conference_id = ${conferenceId} and journalist_id = ${journalistId} order by id desc limit 1`
  )[0]?.byId ?? null;

export const accreditations = async (tx: Tx, journalistIds: readonly string[]): Promise<Map<string, Accreditation>> =>
  new Map(
    (
      await tx<(Accreditation & { journalistId: string })[]>`
      select distinct on (journalist_id) journalist_id as "journalistId", valid_until as "validUntil", reason, by_name as "byName", at
      from press.accreditation where journalist_id = any(${[...journalistIds]}::uuid[]) order by journalist_id, id desc`
    ).map(({ journalistId, ...row }) => [journalistId, row]),
  );
export const insertAccreditation = (tx: Tx, a: Accreditation & { journalistId: string; byId: string }) => tx`
  insert into press.accreditation (journalist_id, valid_until, reason, by_id, by_name, at)
  values (${a.journalistId}, ${a.validUntil}, ${a.reason}, ${a.byId}, ${a.byName}, ${a.at})`;
/** Whom this officer registered at this conference under this address. */
export const walkInOf = async (tx: Tx, conferenceId: string, emailKey: string, byId: string): Promise<string | null> =>
  (
    await tx<{ id: string }[]>`
    select j.id from press.registration g join press.journalist j on j.id = g.journalist_id
    where g.conference_id = ${conferenceId} and g.by_id = ${byId} and j.email_key = ${emailKey} and j.absorbed_into is null order by g.at limit 1`
  )[0]?.id ?? null;
export const conferencesOfOutlet = async (tx: Tx, outletId: string): Promise<string[]> =>
  (
    await tx<{ id: string }[]>`
    select distinct g.conference_id as id from press.registration g
    where exists (select from press.journalist_record r where r.journalist_id = g.journalist_id and r.outlet_id = ${outletId}) order by 1`
  ).map((row) => row.id);
