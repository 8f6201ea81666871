// SQL of conferences: the plan, the crew, what was checked or waived, and the acts.
import type { CheckName, ConferenceState, CrewRole } from '../../shared/press.ts';
import type { Zone } from '../../shared/people.ts';
import type { Tx } from '../platform/database.ts';

export type Conf = {
  id: string;
  slug: string;
  title: string;
  summary: string;
  state: ConferenceState;
  opdId: string;
  zone: Zone;
  place: string;
  startsAt: Date;
  endsAt: Date | null;
  announcedAt: Date | null;
  /** First picture for viewers. */
  liveAt: Date | null;
  qaAt: Date | null;
  endedAt: Date | null;
  cancelledAt: Date | null;
  cancelReason: string | null;
  floorLimit: number;
  turnSeconds: number;
  followUpSeconds: number;
  floorCamera: boolean;
  viewerLimit: number;
  registrationUntil: Date | null;
  roomId: string | null;
  createdBy: string;
  version: number;
};
/** What an operator plans. */
export type Plan = Pick<
  Conf,
  | 'title'
  | 'summary'
  | 'opdId'
  | 'zone'
  | 'place'
  | 'startsAt'
  | 'endsAt'
  | 'floorLimit'
  | 'turnSeconds'
  | 'followUpSeconds'
  | 'floorCamera'
  | 'viewerLimit'
  | 'registrationUntil'
>;
/** A row of the crew as it is kept. `name` null: read anew until the room opens. */
export type CrewRow = {
  id: string;
  conferenceId: string;
  role: CrewRole;
  positionId: string | null;
  personId: string | null;
  name: string | null;
  label: string | null;
  opdName: string | null;
  guest: boolean;
  email: string | null;
  place: number;
  frozenAt: Date | null;
  linkVersion: number;
  linkBrowser: string | null;
};
export type NewCrew = Pick<CrewRow, 'id' | 'conferenceId' | 'role' | 'positionId' | 'personId' | 'name' | 'label' | 'guest' | 'email'> & {
  linkHash: string | null;
};
export type Act = {
  by: { id: string; name: string } | null;
  act: string;
  from?: ConferenceState;
  to?: ConferenceState;
  subject?: string;
  detail?: string | null;
};

const columns = (tx: Tx) => tx`
  c.id, c.slug, c.title, c.summary, c.state, c.opd_id as "opdId", c.zone, c.place, c.starts_at as "startsAt", c.ends_at as "endsAt", c.announced_at as "announcedAt",
  c.live_at as "liveAt", c.qa_at as "qaAt", c.ended_at as "endedAt", c.cancelled_at as "cancelledAt", c.cancel_reason as "cancelReason", c.floor_limit as "floorLimit", c.turn_seconds as "turnSeconds",
  c.follow_up_seconds as "followUpSeconds", c.floor_camera as "floorCamera", c.viewer_limit as "viewerLimit", c.registration_until as "registrationUntil",
  c.room_id as "roomId", c.created_by as "createdBy", c.version`;
const crewColumns = (tx: Tx) => tx`
  w.id, w.conference_id as "conferenceId", w.role, w.position_id as "positionId", w.person_id as "personId", w.name, w.label, w.opd_name as "opdName", w.guest, w.email,
  w.place, w.frozen_at as "frozenAt", w.link_version as "linkVersion", w.link_browser as "linkBrowser"`;

/** Addresses are given out one after the other. */
export const lockSlugs = async (tx: Tx): Promise<void> => void (await tx`select pg_advisory_xact_lock(hashtextextended('press.slug', 0))`);
/** null: an address like this one is taken. */
export const insertConference = async (tx: Tx, slug: string, p: Plan, by: string, now: Date): Promise<Conf | null> =>
  (
    await tx<Conf[]>`
    insert into press.conference as c (slug, title, summary, opd_id, zone, place, starts_at, ends_at, floor_limit, turn_seconds, follow_up_seconds, floor_camera,
      viewer_limit, registration_until, created_by, created_at, hour_since)
    values (${slug}, ${p.title}, ${p.summary}, ${p.opdId}, ${p.zone}, ${p.place}, ${p.startsAt}, ${p.endsAt}, ${p.floorLimit}, ${p.turnSeconds}, ${p.followUpSeconds},
      ${p.floorCamera}, ${p.viewerLimit}, ${p.registrationUntil}, ${by}, ${now}, ${now})
    on conflict (slug) do nothing returning ${columns(tx)}`
  )[0] ?? null;
export const saveConference = async (tx: Tx, id: string, p: Plan, now: Date): Promise<void> =>
  void (await tx`
    update press.conference set title = ${p.title}, summary = ${p.summary}, opd_id = ${p.opdId}, zone = ${p.zone}, place = ${p.place}, starts_at = ${p.startsAt},
      hour_version = hour_version + (starts_at <> ${p.startsAt})::int, hour_since = case when starts_at <> ${p.startsAt} then ${now} else hour_since end,
      ends_at = ${p.endsAt}, floor_limit = ${p.floorLimit}, turn_seconds = ${p.turnSeconds}, follow_up_seconds = ${p.followUpSeconds}, floor_camera = ${p.floorCamera},
      viewer_limit = ${p.viewerLimit}, registration_until = ${p.registrationUntil}, version = version + 1
    where id = ${id}`);
/** `hourVersion` counts up when it is moved; `hourSince`: when this hour was announced, or set. */
export type Hour = { hourVersion: number; hourSince: Date };
const announcedToCome = (tx: Tx) => tx`
  select ${columns(tx)}, c.hour_version as "hourVersion", greatest(c.hour_since, c.announced_at) as "hourSince" from press.conference c
  where c.announced_at is not null and c.ended_at is null and c.cancelled_at is null`;
export const startingBetween = (tx: Tx, from: Date, to: Date) => tx<(Conf & Hour)[]>`
  ${announcedToCome(tx)} and c.starts_at > ${from} and c.starts_at <= ${to} order by c.starts_at, c.id`;
/** This one, if it is still to come; `held`: neither moved nor called off until the transaction is over. */
export async function toCome(tx: Tx, id: string, held: boolean, now: Date): Promise<(Conf & Hour)[]> {
  if (held) await tx`select from press.conference where id = ${id} for share`;
  return tx<(Conf & Hour)[]>`${announcedToCome(tx)} and c.id = ${id} and c.starts_at > ${now}`;
}
/** When each of the crew was named. */
export const addedAt = async (tx: Tx, id: string): Promise<Map<string, Date>> =>
  new Map(
    (await tx<{ id: string; at: Date }[]>`select id, added_at as at from press.crew where conference_id = ${id} and removed_at is null`).map((row) => [
      row.id,
      row.at,
    ]),
  );
/** Answers whether the address was free. A draft only: what was announced keeps its own. */
export const setSlug = async (tx: Tx, id: string, slug: string): Promise<boolean> =>
  (
    await tx`
    update press.conference set slug = ${slug} where id = ${id} and announced_at is null and not exists (select from press.conference o where o.slug = ${slug} and o.id <> ${id})`
  ).count > 0;
export const saveState = async (tx: Tx, c: Pick<Conf, 'id' | 'state' | 'announcedAt' | 'liveAt' | 'qaAt' | 'endedAt' | 'roomId'>): Promise<void> =>
  void (await tx`
    update press.conference set state = ${c.state}, announced_at = ${c.announcedAt}, live_at = ${c.liveAt}, qa_at = ${c.qaAt}, ended_at = ${c.endedAt}, room_id = ${c.roomId}
    where id = ${c.id}`);
export const callOff = async (tx: Tx, id: string, reason: string, now: Date): Promise<void> =>
  void (await tx`update press.conference set state = 'dibatalkan', cancelled_at = ${now}, cancel_reason = ${reason} where id = ${id}`);

export const conferenceById = async (tx: Tx, id: string): Promise<Conf | null> =>
  (await tx<Conf[]>`select ${columns(tx)} from press.conference c where id = ${id}`)[0] ?? null;
export const conferenceBySlug = async (tx: Tx, slug: string): Promise<Conf | null> =>
  (await tx<Conf[]>`select ${columns(tx)} from press.conference c where slug = ${slug}`)[0] ?? null;
export const lockConference = async (tx: Tx, id: string): Promise<Conf | null> =>
  (await tx<Conf[]>`select ${columns(tx)} from press.conference c where id = ${id} for update`)[0] ?? null;
export const conferencesByRoom = (tx: Tx, roomIds: readonly string[]): Promise<Conf[]> =>
  tx<Conf[]>`select ${columns(tx)} from press.conference c where room_id = any(${[...roomIds]}::uuid[])`;
export const conferencesByIds = (tx: Tx, ids: readonly string[]): Promise<Conf[]> =>
  tx<Conf[]>`select ${columns(tx)} from press.conference c where id = any(${[...ids]}::uuid[])`;
export type HeldRow = { id: string; roomId: string; title: string; startsAt: Date; startedAt: Date; endedAt: Date | null };
/** Which had a room at some time; from when it opened. */
const held = (tx: Tx) => tx`
  select * from (
    select c.id, c.room_id as "roomId", c.title, c.starts_at as "startsAt", coalesce(c.ended_at, c.cancelled_at) as "endedAt",
      coalesce((select min(a.at) from press.act a where a.conference_id = c.id and a.to_state = 'ruang_tunggu'), c.live_at, c.starts_at) as "startedAt"
    from press.conference c where c.room_id is not null
  ) held`;
export const heldBetween = (tx: Tx, from: Date, to: Date): Promise<HeldRow[]> =>
  tx<HeldRow[]>`${held(tx)} where "startedAt" < ${to} and coalesce("endedAt", 'infinity') >= ${from}`;
export const heldIn = (tx: Tx, roomIds: readonly string[]): Promise<HeldRow[]> => tx<HeldRow[]>`${held(tx)} where "roomId" = any(${[...roomIds]}::uuid[])`;
/** Planned, or on air, at some time between two instants. */
export const conferencesBetween = (tx: Tx, from: Date, to: Date): Promise<Conf[]> => tx<Conf[]>`
  select ${columns(tx)} from press.conference c
  where least(starts_at, coalesce(live_at, starts_at)) < ${to} and greatest(starts_at, coalesce(ended_at, ends_at, starts_at)) >= ${from} order by starts_at, id`;
/** As above, by their plan only, with whether this person is of the crew, named or by a post. */
export const calendarConferences = (
  tx: Tx,
  { id, positionIds }: { id: string; positionIds: readonly string[] },
  { from, to }: { from: Date; to: Date },
): Promise<(Conf & { yours: boolean })[]> => tx<(Conf & { yours: boolean })[]>`
  select ${columns(tx)}, exists (select from press.crew w where w.conference_id = c.id and w.removed_at is null
    and (w.person_id = ${id} or (w.frozen_at is null and w.position_id = any(${[...positionIds]}::uuid[])))) as yours
  from press.conference c
  where starts_at < ${to} and coalesce(ends_at, ended_at, starts_at + interval '1 hour') > ${from} and starts_at > ${from}::timestamptz - interval '1 day'
  order by starts_at, id limit 1000`;
const fromNextToLast = (tx: Tx) => tx`
  order by state in ('selesai', 'arsip', 'dibatalkan'), case when state in ('selesai', 'arsip', 'dibatalkan') then null else starts_at end, starts_at desc, id`;
/** To come and on air by their time, then the past, the newest first. */
export const conferences = (tx: Tx, { announced, limit }: { announced: boolean; limit: number }): Promise<Conf[]> => tx<Conf[]>`
  select ${columns(tx)} from press.conference c where ${announced ? tx`announced_at is not null` : tx`true`} ${fromNextToLast(tx)} limit ${limit}`;
/** In the same order: those this person is named in, or may be by a post that is still read anew; and what their OPDs have announced. */
export const conferencesNear = (tx: Tx, { id, managesOpds }: { id: string; managesOpds: readonly string[] }, limit: number): Promise<Conf[]> => tx<Conf[]>`
  select ${columns(tx)} from press.conference c
  where exists (select from press.crew w where w.conference_id = c.id and w.removed_at is null
    and (w.person_id = ${id} or (w.position_id is not null and w.frozen_at is null)))
    or (c.announced_at is not null and c.opd_id = any(${[...managesOpds]}::uuid[]))
  ${fromNextToLast(tx)} limit ${limit}`;

export const crewOf = (tx: Tx, ids: readonly string[]): Promise<CrewRow[]> => tx<CrewRow[]>`
  select ${crewColumns(tx)} from press.crew w where conference_id = any(${[...ids]}::uuid[]) and removed_at is null order by conference_id, place, added_at, id`;
export const crewByHash = async (tx: Tx, hash: string): Promise<CrewRow | null> =>
  (await tx<CrewRow[]>`select ${crewColumns(tx)} from press.crew w where link_hash = ${hash} and removed_at is null`)[0] ?? null;
/** Those taken off too: who answered a question is still named. */
export const crewByIds = (tx: Tx, ids: readonly string[]): Promise<CrewRow[]> =>
  tx<CrewRow[]>`select ${crewColumns(tx)} from press.crew w where id = any(${[...ids]}::uuid[])`;
export const insertCrew = async (tx: Tx, c: NewCrew, by: string, now: Date): Promise<void> =>
  void (await tx`
    insert into press.crew (id, conference_id, role, position_id, person_id, name, label, guest, email, link_hash, place, added_at, added_by)
    select ${c.id}, ${c.conferenceId}, ${c.role}, ${c.positionId}, ${c.personId}, ${c.name}, ${c.label}, ${c.guest}, ${c.email}, ${c.linkHash},
      coalesce(max(place), 0) + 1, ${now}, ${by} from press.crew where conference_id = ${c.conferenceId}`);
export const freeze = async (tx: Tx, id: string, who: Pick<CrewRow, 'personId' | 'name' | 'label' | 'opdName'>, now: Date): Promise<void> =>
  void (await tx`
    update press.crew set person_id = ${who.personId}, name = ${who.name}, label = ${who.label}, opd_name = ${who.opdName}, frozen_at = ${now}
    where id = ${id} and frozen_at is null`);
export const removeCrew = async (tx: Tx, id: string, now: Date): Promise<void> =>
  void (await tx`update press.crew set removed_at = ${now} where id = ${id} and removed_at is null`);
export const orderCrew = async (tx: Tx, ids: readonly string[]): Promise<void> =>
  void (await tx`update press.crew w set place = o.place from unnest(${[...ids]}::uuid[]) with ordinality as o (id, place) where w.id = o.id`);
export const setLink = async (tx: Tx, id: string, version: number, hash: string): Promise<void> =>
  void (await tx`update press.crew set link_version = ${version}, link_hash = ${hash}, link_browser = null where id = ${id}`);
/** Binds this version of a link to the first browser that enters by it; answers whether this browser is the one. */
export const claimLink = async (tx: Tx, id: string, browser: string, version: number): Promise<boolean> =>
  (
    await tx`
    update press.crew set link_browser = ${browser}
    where id = ${id} and guest and removed_at is null and link_version = ${version} and (link_browser is null or link_browser = ${browser})`
  ).count > 0;

type Word = { name: CheckName; byId: string; byName: string; at: Date };
export const checkedOf = (tx: Tx, id: string): Promise<(Word & { done: boolean; note: string | null })[]> =>
  tx`select name, done, note, by_id as "byId", by_name as "byName", at from press.checked where conference_id = ${id}`;
export const setChecked = async (tx: Tx, id: string, c: Word & { done: boolean; note: string | null }): Promise<void> =>
  void (await tx`
    insert into press.checked (conference_id, name, done, note, by_id, by_name, at) values (${id}, ${c.name}, ${c.done}, ${c.note}, ${c.byId}, ${c.byName}, ${c.at})
    on conflict (conference_id, name) do update set done = excluded.done, note = excluded.note, by_id = excluded.by_id, by_name = excluded.by_name, at = excluded.at`);
export const waiversOf = (tx: Tx, ids: readonly string[]): Promise<(Word & { conferenceId: string; reason: string })[]> =>
  tx`select conference_id as "conferenceId", name, reason, by_id as "byId", by_name as "byName", at from press.waiver where conference_id = any(${[...ids]}::uuid[])`;
export const setWaiver = async (tx: Tx, id: string, w: Word & { reason: string }): Promise<void> =>
  void (await tx`
    insert into press.waiver (conference_id, name, reason, by_id, by_name, at) values (${id}, ${w.name}, ${w.reason}, ${w.byId}, ${w.byName}, ${w.at})
    on conflict (conference_id, name) do update set reason = excluded.reason, by_id = excluded.by_id, by_name = excluded.by_name, at = excluded.at`);
export const dropWaiver = async (tx: Tx, id: string, name: CheckName): Promise<boolean> =>
  (await tx`delete from press.waiver where conference_id = ${id} and name = ${name}`).count > 0;

export const noteAct = async (tx: Tx, conferenceId: string, a: Act, now: Date): Promise<void> =>
  void (await tx`
    insert into press.act (conference_id, at, by_id, by_name, act, from_state, to_state, subject, detail)
    values (${conferenceId}, ${now}, ${a.by?.id ?? null}, ${a.by?.name ?? null}, ${a.act}, ${a.from ?? null}, ${a.to ?? null}, ${a.subject ?? null}, ${a.detail ?? null})`);
