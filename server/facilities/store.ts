// SQL of facilities: things, requests with their items, what was done.
import type { FacilityKind, ItemState, Thing } from '../../shared/facilities.ts';
import type { Tx } from '../platform/database.ts';

export type RequestRow = {
  id: string;
  opdId: string;
  meetingId: string | null;
  conferenceId: string | null;
  title: string;
  startsAt: Date;
  endsAt: Date;
  note: string | null;
  askedBy: string;
  askedName: string;
  askedAt: Date;
};
export type ItemRow = {
  id: string;
  requestId: string;
  kind: FacilityKind;
  startsAt: Date;
  endsAt: Date;
  state: ItemState;
  thingId: string | null;
  operatorId: string | null;
  note: string | null;
};

const requestColumns = (tx: Tx) => tx`
  q.id, q.opd_id as "opdId", q.meeting_id as "meetingId", q.conference_id as "conferenceId", q.title, q.starts_at as "startsAt", q.ends_at as "endsAt", q.note,
  q.asked_by as "askedBy", q.asked_name as "askedName", q.asked_at as "askedAt"`;
const itemColumns = (tx: Tx) => tx`
  i.id, i.request_id as "requestId", i.kind, lower(i.during) as "startsAt", upper(i.during) as "endsAt", i.state, i.thing_id as "thingId",
  i.operator_id as "operatorId", i.note`;

export async function insertRequest(tx: Tx, q: Omit<RequestRow, 'id'>): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into facilities.request (opd_id, meeting_id, conference_id, title, starts_at, ends_at, note, asked_by, asked_name, asked_at)
    values (${q.opdId}, ${q.meetingId}, ${q.conferenceId}, ${q.title}, ${q.startsAt}, ${q.endsAt}, ${q.note}, ${q.askedBy}, ${q.askedName}, ${q.askedAt}) returning id`;
  if (!row) throw new Error('request was not inserted');
  return row.id;
}
export const insertItem = async (tx: Tx, i: { requestId: string; n: number; kind: FacilityKind; startsAt: Date; endsAt: Date }): Promise<void> =>
  void (await tx`
    insert into facilities.item (request_id, n, kind, during, state)
    values (${i.requestId}, ${i.n}, ${i.kind}, tstzrange(${i.startsAt}, ${i.endsAt}), 'menunggu')`);

export const requestById = async (tx: Tx, id: string): Promise<RequestRow | null> =>
  (await tx<RequestRow[]>`select ${requestColumns(tx)} from facilities.request q where id = ${id}`)[0] ?? null;
export const lockRequest = async (tx: Tx, id: string): Promise<RequestRow | null> =>
  (await tx<RequestRow[]>`select ${requestColumns(tx)} from facilities.request q where id = ${id} for update`)[0] ?? null;
/** `opdIds`, `personId`: null = everybody's. The nearest first. */
export const requests = (
  tx: Tx,
  {
    personId,
    opdIds,
    since,
    meetingId,
    conferenceId,
  }: { personId: string | null; opdIds: readonly string[]; since: Date; meetingId?: string; conferenceId?: string },
): Promise<RequestRow[]> => tx<RequestRow[]>`
  select ${requestColumns(tx)} from facilities.request q
  where (${personId}::uuid is null or q.asked_by = ${personId}::uuid or q.opd_id = any(${[...opdIds]}::uuid[])) and q.ends_at > ${since}
    and (${meetingId ?? null}::uuid is null or q.meeting_id = ${meetingId ?? null}::uuid)
    and (${conferenceId ?? null}::uuid is null or q.conference_id = ${conferenceId ?? null}::uuid)
  order by q.starts_at, q.id limit 500`;
export const requestsAbout = (tx: Tx, about: { meetingId: string } | { conferenceId: string }): Promise<RequestRow[]> =>
  'meetingId' in about
    ? tx<RequestRow[]>`select ${requestColumns(tx)} from facilities.request q where q.meeting_id = ${about.meetingId} order by q.id for update`
    : tx<RequestRow[]>`select ${requestColumns(tx)} from facilities.request q where q.conference_id = ${about.conferenceId} order by q.id for update`;
export const itemsOf = (tx: Tx, requestIds: readonly string[]): Promise<ItemRow[]> => tx<ItemRow[]>`
  select ${itemColumns(tx)} from facilities.item i where i.request_id = any(${[...requestIds]}::uuid[]) order by i.request_id, i.n`;

export const moveRequest = async (tx: Tx, id: string, q: { title: string; startsAt: Date; endsAt: Date }): Promise<void> =>
  void (await tx`update facilities.request set title = ${q.title}, starts_at = ${q.startsAt}, ends_at = ${q.endsAt} where id = ${id}`);
/** Asked again at another time: whoever was named stays as a proposal. */
export const moveItem = async (tx: Tx, id: string, span: { startsAt: Date; endsAt: Date }): Promise<void> =>
  void (await tx`
    update facilities.item set during = tstzrange(${span.startsAt}, ${span.endsAt}), state = 'menunggu', note = null, decided_by = null, decided_at = null
    where id = ${id} and state in ('menunggu', 'disetujui', 'ditolak')`);
export const cancelItems = async (tx: Tx, requestId: string): Promise<number> =>
  (await tx`update facilities.item set state = 'dibatalkan' where request_id = ${requestId} and state <> 'dibatalkan'`).count;
export const cancelRequest = async (tx: Tx, id: string, at: Date): Promise<void> =>
  void (await tx`update facilities.request set cancelled_at = ${at} where id = ${id} and cancelled_at is null`);
export const decide = async (
  tx: Tx,
  i: { id: string; state: 'disetujui' | 'ditolak'; thingId: string | null; operatorId: string | null; note: string | null; by: string; at: Date },
): Promise<void> =>
  void (await tx`
    update facilities.item set state = ${i.state}, thing_id = ${i.thingId}, operator_id = ${i.operatorId}, note = ${i.note}, decided_by = ${i.by}, decided_at = ${i.at}
    where id = ${i.id} and state <> 'dibatalkan'`);

/** What was granted this room, interpreter or operator at some time of the span. */
export const taken = async (tx: Tx, given: string, { startsAt, endsAt }: { startsAt: Date; endsAt: Date }, except: string) =>
  (
    await tx<{ title: string; opdId: string; startsAt: Date; endsAt: Date }[]>`
    select q.title, q.opd_id as "opdId", lower(i.during) as "startsAt", upper(i.during) as "endsAt"
    from facilities.item i join facilities.request q on q.id = i.request_id
    where i.state = 'disetujui' and i.id <> ${except} and i.during && tstzrange(${startsAt}, ${endsAt}) and (i.thing_id = ${given} or i.operator_id = ${given})
    order by lower(i.during) limit 1`
  )[0] ?? null;

type SpanRow = ItemRow & { title: string; opdId: string; meetingId: string | null };
/** Granted or waiting, at some time between two instants. */
export const between = (tx: Tx, from: Date, to: Date): Promise<SpanRow[]> => tx<SpanRow[]>`
  select ${itemColumns(tx)}, q.title, q.opd_id as "opdId", q.meeting_id as "meetingId"
  from facilities.item i join facilities.request q on q.id = i.request_id
  where i.state in ('menunggu', 'disetujui') and i.during && tstzrange(${from}, ${to}) order by lower(i.during), q.title, i.n limit 2000`;

export const things = (tx: Tx, ids: readonly string[] | null = null): Promise<Thing[]> => tx<Thing[]>`
  select id, kind, name, detail from facilities.thing
  where case when ${ids === null} then retired_at is null else id = any(${[...(ids ?? [])]}::uuid[]) end order by kind desc, lower(name)`;
/** False when another one in use has this name. */
export const insertThing = async (tx: Tx, t: Omit<Thing, 'id'>, by: string, at: Date): Promise<boolean> =>
  (
    await tx`
    insert into facilities.thing (kind, name, detail, added_by, added_at) values (${t.kind}, ${t.name}, ${t.detail}, ${by}, ${at})
    on conflict (kind, lower(name)) where retired_at is null do nothing`
  ).count > 0;
export const isNameTaken = async (tx: Tx, id: string, name: string): Promise<boolean> =>
  (
    await tx`
    select from facilities.thing t join facilities.thing o on o.kind = t.kind and o.id <> t.id and o.retired_at is null
    where t.id = ${id} and lower(o.name) = lower(${name})`
  ).count > 0;
export const saveThing = async (tx: Tx, id: string, t: Pick<Thing, 'name' | 'detail'>): Promise<boolean> =>
  (await tx`update facilities.thing set name = ${t.name}, detail = ${t.detail} where id = ${id} and retired_at is null`).count > 0;
export const retireThing = async (tx: Tx, id: string, at: Date): Promise<boolean> =>
  (await tx`update facilities.thing set retired_at = ${at} where id = ${id} and retired_at is null`).count > 0;
export const isInUse = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx`select from facilities.item where thing_id = ${id} and state = 'disetujui' and upper(during) > ${now}`).count > 0;

export const insertAct = async (
  tx: Tx,
  a: {
    requestId: string;
    itemId?: string;
    act: 'diminta' | 'disetujui' | 'ditolak' | 'waktu' | 'dibatalkan';
    detail: string | null;
    byId: string | null;
    at: Date;
  },
): Promise<void> =>
  void (await tx`
    insert into facilities.act (request_id, item_id, act, detail, by_id, at) values (${a.requestId}, ${a.itemId ?? null}, ${a.act}, ${a.detail}, ${a.byId}, ${a.at})`);
