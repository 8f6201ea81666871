// SQL of the kit. What the public reads goes through `visible`, with the time of the question.
import type { KitKind, ReleaseBlock } from '../../../shared/press-kit.ts';
import type { ConferenceState } from '../../../shared/press.ts';
import type { Tx } from '../../platform/database.ts';

export type KitRow = { embargoAt: Date | null; announced: boolean };
export type Words = {
  title: string;
  caption: string | null;
  credit: string | null;
  licence: string | null;
  number: string | null;
  contact: string | null;
  release: ReleaseBlock[] | null;
  embargoAt: Date | null;
};
/** With the kit's time and the conference's state, so that the rule can be asked of the row alone. */
export type ItemRow = Words & {
  id: string;
  conferenceId: string;
  kind: KitKind;
  withdrawn: boolean;
  fileId: string | null;
  thumbId: string | null;
  readyAt: Date | null;
  version: number;
  kitAt: Date | null;
  state: ConferenceState;
};

const columns = (tx: Tx) => tx`
  i.id, i.conference_id as "conferenceId", i.kind, i.title, i.caption, i.credit, i.licence, i.number, i.contact, i.release, i.embargo_at as "embargoAt",
  i.withdrawn, i.file_id as "fileId", i.thumb_id as "thumbId", i.ready_at as "readyAt", i.version, k.embargo_at as "kitAt", c.state`;
const from = (tx: Tx) => tx`
  from press.kit_item i join press.kit k on k.conference_id = i.conference_id join press.conference c on c.id = i.conference_id`;
/** rule.ts `isVisible`, where the rows are chosen: what is not visible is not read. */
const visible = (tx: Tx, now: Date) => tx`
  k.embargo_at is not null and coalesce(i.embargo_at, k.embargo_at) <= ${now} and not i.withdrawn and i.ready_at is not null
  and c.state not in ('draft', 'dibatalkan')`;
const order = (tx: Tx) => tx`order by array_position(array['siaran', 'data', 'foto', 'video', 'rekaman'], i.kind), i.made_at, i.id`;

export const published = (tx: Tx, conferenceId: string, now: Date) =>
  tx<ItemRow[]>`select ${columns(tx)} ${from(tx)} where i.conference_id = ${conferenceId} and ${visible(tx, now)} ${order(tx)}`;
export const publishedItem = async (tx: Tx, id: string, now: Date): Promise<ItemRow | null> =>
  (await tx<ItemRow[]>`select ${columns(tx)} ${from(tx)} where i.id = ${id} and ${visible(tx, now)}`)[0] ?? null;

export const all = (tx: Tx, conferenceId: string) => tx<ItemRow[]>`select ${columns(tx)} ${from(tx)} where i.conference_id = ${conferenceId} ${order(tx)}`;
export const itemOf = async (tx: Tx, conferenceId: string, id: string): Promise<ItemRow | null> =>
  (await tx<ItemRow[]>`select ${columns(tx)} ${from(tx)} where i.conference_id = ${conferenceId} and i.id = ${id}`)[0] ?? null;

export const kitOf = async (tx: Tx, conferenceId: string): Promise<KitRow> =>
  (await tx<KitRow[]>`select embargo_at as "embargoAt", announced from press.kit where conference_id = ${conferenceId}`)[0] ?? {
    embargoAt: null,
    announced: false,
  };
/** Whoever changes a kit does so one after another. */
export async function lockKit(tx: Tx, conferenceId: string): Promise<KitRow> {
  await tx`insert into press.kit (conference_id) values (${conferenceId}) on conflict do nothing`;
  const [row] = await tx<KitRow[]>`select embargo_at as "embargoAt", announced from press.kit where conference_id = ${conferenceId} for update`;
  return row!;
}
export const saveKit = (tx: Tx, conferenceId: string, { embargoAt, announced }: KitRow) =>
  tx`update press.kit set embargo_at = ${embargoAt}, announced = ${announced} where conference_id = ${conferenceId}`;

const json = (tx: Tx, release: ReleaseBlock[] | null) => (release === null ? null : tx.json(release));

export async function insertItem(tx: Tx, conferenceId: string, kind: KitKind, w: Words, now: Date): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into press.kit_item (conference_id, kind, title, caption, credit, licence, number, contact, release, embargo_at, made_at, ready_at)
    values (${conferenceId}, ${kind}, ${w.title}, ${w.caption}, ${w.credit}, ${w.licence}, ${w.number}, ${w.contact}, ${json(tx, w.release)},
      ${w.embargoAt}, ${now}, ${w.release === null ? null : now})
    returning id`;
  return row!.id;
}

/** Answers false when somebody else has changed it since `version`. */
export async function saveWords(tx: Tx, id: string, version: number, w: Words & { withdrawn: boolean }, now: Date): Promise<boolean> {
  const { count } = await tx`
    update press.kit_item set title = ${w.title}, caption = ${w.caption}, credit = ${w.credit}, licence = ${w.licence}, number = ${w.number},
      contact = ${w.contact}, release = ${json(tx, w.release)}, embargo_at = ${w.embargoAt}, withdrawn = ${w.withdrawn}, version = version + 1,
      ready_at = case when kind <> 'siaran' then ready_at when ${w.release === null} then null else coalesce(ready_at, ${now}) end
    where id = ${id} and version = ${version}`;
  return count === 1;
}
/** The file of an item, whole. */
export const saveFile = (tx: Tx, id: string, fileId: string | null, thumbId: string | null, now: Date) => tx`
  update press.kit_item set file_id = ${fileId}, thumb_id = ${thumbId},
    ready_at = case when kind = 'siaran' then ready_at else coalesce(ready_at, ${now}) end
  where id = ${id}`;

export type Upload = { id: string; conferenceId: string; itemId: string; fileId: string | null; done: boolean };
export type OpenUpload = { id: string; itemId: string; fileId: string; modified: Date | null };

export const openUploads = (tx: Tx, conferenceId: string) => tx<OpenUpload[]>`
  select id, item_id as "itemId", file_id as "fileId", modified from press.kit_upload where conference_id = ${conferenceId} and done_at is null`;
export const uploadOf = async (tx: Tx, conferenceId: string, id: string): Promise<Upload | null> =>
  (
    await tx<Upload[]>`
      select id, conference_id as "conferenceId", item_id as "itemId", file_id as "fileId", done_at is not null as done
      from press.kit_upload where id = ${id} and conference_id = ${conferenceId}`
  )[0] ?? null;
export const lockUpload = (tx: Tx, id: string) => tx`select id from press.kit_upload where id = ${id} for update`;
export async function insertUpload(tx: Tx, u: { conferenceId: string; itemId: string; fileId: string; modified: Date | null; at: Date }): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into press.kit_upload (conference_id, item_id, file_id, modified, begun_at, touched_at)
    values (${u.conferenceId}, ${u.itemId}, ${u.fileId}, ${u.modified}, ${u.at}, ${u.at}) returning id`;
  return row!.id;
}
export const touchUpload = (tx: Tx, id: string, at: Date) => tx`update press.kit_upload set touched_at = ${at} where id = ${id}`;
export const endUpload = (tx: Tx, id: string, at: Date) => tx`update press.kit_upload set done_at = ${at} where id = ${id}`;
export const dropUploads = async (tx: Tx, ids: readonly string[]): Promise<void> =>
  void (ids.length > 0 && (await tx`delete from press.kit_upload where id = any(${[...ids]}::uuid[]) and done_at is null`));
/** Uploads that nobody went on with; locked, so that of two sweeps one takes them away. */
export const staleUploads = (tx: Tx, before: Date) => tx<{ id: string; fileId: string }[]>`
  select id, file_id as "fileId" from press.kit_upload where done_at is null and touched_at < ${before} limit 100 for update skip locked`;

export type Act = {
  conferenceId: string;
  at: Date;
  byId: string | null;
  byName: string | null;
  act: 'embargo' | 'ditambah' | 'diubah' | 'ditarik' | 'dikembalikan' | 'berkas';
  itemId?: string;
  title?: string;
  embargoAt?: Date | null;
  announced?: boolean;
  fileName?: string;
  fileSha256?: string;
};
export const insertAct = (tx: Tx, a: Act) => tx`
  insert into press.kit_act (conference_id, at, by_id, by_name, act, item_id, title, embargo_at, announced, file_name, file_sha256)
  values (${a.conferenceId}, ${a.at}, ${a.byId}, ${a.byName}, ${a.act}, ${a.itemId ?? null}, ${a.title ?? null}, ${a.embargoAt ?? null},
    ${a.announced ?? null}, ${a.fileName ?? null}, ${a.fileSha256 ?? null})`;

type Download = { conferenceId: string; itemId: string | null; sha256: string; journalistId: string | null; outlet: string | null; browser: string; at: Date };
/** One that goes on within the hour is the same download. Answers its id. */
export async function beginDownload(tx: Tx, d: Download, since: Date): Promise<string> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`${d.browser} ${d.sha256}`}, 0))`;
  const [known] = await tx<{ id: string }[]>`
    update press.kit_download set last_at = ${d.at}
    where id = (select id from press.kit_download where conference_id = ${d.conferenceId} and item_id is not distinct from ${d.itemId} and browser = ${d.browser}
        and sha256 = ${d.sha256} and last_at > ${since} order by id desc limit 1)
    returning id`;
  if (known) return known.id;
  const [row] = await tx<{ id: string }[]>`
    insert into press.kit_download (conference_id, item_id, sha256, journalist_id, outlet, browser, begun_at, last_at)
    values (${d.conferenceId}, ${d.itemId}, ${d.sha256}, ${d.journalistId}, ${d.outlet}, ${d.browser}, ${d.at}, ${d.at}) returning id`;
  return row!.id;
}
export const countBytes = (tx: Tx, id: string, bytes: number, at: Date) =>
  tx`update press.kit_download set bytes = bytes + ${bytes}, last_at = greatest(last_at, ${at}) where id = ${id}`;

export type Downloaded = { outlet: string | null; files: number; bytes: number; lastAt: Date };
export const downloads = (tx: Tx, conferenceId: string) => tx<Downloaded[]>`
  select outlet, count(*)::int as files, sum(bytes)::float8 as bytes, max(last_at) as "lastAt"
  from press.kit_download where conference_id = ${conferenceId} group by outlet order by count(*) desc, outlet nulls last`;
