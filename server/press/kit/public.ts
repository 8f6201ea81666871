// What everybody may read of a kit. Every question asks the rule anew, with the time it was asked at; nothing is kept from one to the next.
import { createHash, createHmac } from 'node:crypto';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { KitItem, PublicKit } from '../../../shared/press-kit.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import type { FileRecord, Files } from '../../platform/files.ts';
import { ranged, type Ranged } from '../../platform/ranged.ts';
import { refuse } from '../../platform/refusal.ts';
import { createBuckets } from '../../platform/buckets.ts';
import { knownDevice } from '../../platform/marks.ts';
import type { Caller, ServedFile } from '../../platform/serve.ts';
import type { Conf, Press } from '../index.ts';
import { bundleOf, distinct, type Bundle } from './bundle.ts';
import { announcedFor, isVisible, publishedFrom } from './rule.ts';
import * as store from './store.ts';

/** Who holds the press pass of a caller, as the desk knows them. */
export type Holder = { id: string; outlet: string };
export type World = {
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  press: Pick<Press, 'bySlug'>;
  desk: { holder: (tx: Tx, caller: Caller) => Promise<Holder | null> };
  files: Files;
  secret: string;
};
export type Asked = { caller: Caller; request: FastifyRequest; reply: FastifyReply };
type Whole = FileRecord & { sha256: string };
type Shown = { row: store.ItemRow; at: Date; file: Whole | null; thumb: Whole | null };
export type PublicKitView = z.input<typeof PublicKit>;

/** A download that goes on within this time is the same one. */
const RESUMES_MS = 3_600_000;
/** A newsroom of three hundred at once, then one a second; whoever makes up a browser for each question is counted as one. */
const BROWSERS = { size: 300, everyMs: 1_000 };
/** After so many bytes of an answer it is asked again whether they may be read. */
const LOOKS_AGAIN = 8 * 1024 * 1024;
const FOLDER = { siaran: 'siaran', data: 'data', foto: 'foto', video: 'video', rekaman: 'rekaman' } as const;

export const timesOf = (row: store.ItemRow) => ({
  item: { embargoAt: row.embargoAt, withdrawn: row.withdrawn, whole: row.readyAt !== null },
  kit: { embargoAt: row.kitAt },
});
export const isShown = (row: store.ItemRow, now: Date): boolean => isVisible(timesOf(row).item, timesOf(row).kit, row, now);
const isWhole = (file: FileRecord | undefined): file is Whole => file !== undefined && file.sha256 !== null;

export function createPublic({ sql, clock, log, press, desk, files, secret }: World) {
  const counting = new Set<Promise<void>>();
  const another = createBuckets(BROWSERS);

  async function shown(tx: Tx, rows: readonly store.ItemRow[], now: Date): Promise<Shown[]> {
    const visible = rows.filter((row) => isShown(row, now));
    const found = await files.find(
      tx,
      visible.flatMap((row) => [row.fileId ?? [], row.thumbId ?? []].flat()),
    );
    return visible.map((row) => {
      const file = found.get(row.fileId ?? '');
      const thumb = found.get(row.thumbId ?? '');
      const { item, kit } = timesOf(row);
      const from = publishedFrom(item, kit) ?? now;
      // Added after T: from then on.
      const at = row.readyAt !== null && row.readyAt > from ? row.readyAt : from;
      return { row, at, file: isWhole(file) ? file : null, thumb: isWhole(thumb) ? thumb : null };
    });
  }

  /** The only way to what is visible. */
  async function published(tx: Tx, conf: Pick<Conf, 'id' | 'slug' | 'state'>, now: Date): Promise<PublicKitView> {
    const items = await shown(tx, await store.published(tx, conf.id, now), now);
    const bundle = bundleFor(items);
    return {
      announcedFor: announcedFor(await store.kitOf(tx, conf.id), conf, now)?.toISOString() ?? null,
      items: items.map(view),
      zip: bundle && { url: `/api/press/${conf.slug}/kit.zip`, size: bundle.size },
      serverTime: now.toISOString(),
    };
  }

  function view({ row, at, file, thumb }: Shown): z.input<typeof KitItem> {
    const { id, kind, title, caption, credit, licence, number, contact, release } = row;
    const address = `/api/press/kit/${id}`;
    return {
      id,
      kind,
      title,
      caption,
      credit,
      licence,
      number,
      contact,
      release,
      publishedAt: at.toISOString(),
      file: file && { url: `${address}/${file.name}`, name: file.name, size: file.size, type: file.type },
      thumb: thumb && `${address}/thumb.webp`,
    };
  }

  function bundleFor(items: readonly Shown[]): Bundle | null {
    const named = items.flatMap(({ row, at, file }) => (file ? [{ row, at, file }] : []));
    if (named.length === 0) return null;
    const names = distinct(named.map(({ row, file }) => `${FOLDER[row.kind]}/${file.name}`));
    const text = Buffer.from(named.map(({ row }, n) => linesOf(row, names[n] ?? '')).join('\r\n\r\n'), 'utf8');
    const newest = named.reduce((last, { at }) => (at > last ? at : last), named[0]!.at);
    return bundleOf([
      ...named.map(({ at, file }, n) => ({
        name: names[n] ?? file.name,
        at,
        size: file.size,
        sha256: file.sha256,
        read: () => files.read(file.id, 0, file.size),
      })),
      { name: 'keterangan.txt', at: newest, size: text.length, sha256: createHash('sha256').update(text).digest('hex'), read: () => once(text) },
    ]);
  }

  /** Unknown, under embargo, withdrawn, without its file: one question, one answer. */
  async function one(id: string): Promise<{ row: store.ItemRow; file: Whole | null; thumb: Whole | null }> {
    const now = clock.now();
    const row = await store.publishedItem(sql, id, now);
    const [found] = row ? await shown(sql, [row], now) : [];
    return found ?? refuse('not_found');
  }

  async function file(asked: Asked, id: string, name: string): Promise<ServedFile> {
    const { row, file: whole } = await one(id);
    if (!whole || whole.name !== name) refuse('not_found');
    const still = async (): Promise<boolean> => (await store.publishedItem(sql, id, clock.now())) !== null;
    return send(
      asked,
      { conferenceId: row.conferenceId, itemId: id },
      { ...whole, name, read: (from, to) => whileShown(files.read(whole.id, from, to), still) },
    );
  }

  async function thumb({ request, reply }: Pick<Asked, 'request' | 'reply'>, id: string): Promise<ServedFile> {
    const small = (await one(id)).thumb ?? refuse('not_found');
    return ranged(request, reply, { ...small, name: null, read: (from, to) => files.read(small.id, from, to) });
  }

  async function zip(asked: Asked, slug: string): Promise<ServedFile> {
    const now = clock.now();
    const conf = await press.bySlug(sql, slug);
    if (!conf || conf.announcedAt === null) refuse('not_found');
    const rows = await store.published(sql, conf.id, now);
    const { sha256, size, read } = bundleFor(await shown(sql, rows, now)) ?? refuse('not_found');
    const still = async (): Promise<boolean> => {
      const shownNow = new Set((await store.published(sql, conf.id, clock.now())).map(({ id }) => id));
      return rows.every(({ id }) => shownNow.has(id));
    };
    const bytes = { sha256, size, type: 'application/zip', name: `materi-${slug}.zip` };
    return send(asked, { conferenceId: conf.id, itemId: null }, { ...bytes, read: (from, to) => whileShown(read(from, to), still) });
  }

  function send({ caller, request, reply }: Asked, which: { conferenceId: string; itemId: string | null }, bytes: Ranged): ServedFile {
    const count = async (sent: number): Promise<void> => {
      const now = clock.now();
      await sql.begin(async (tx) => {
        const holder = await desk.holder(tx, caller);
        const id = await store.beginDownload(
          tx,
          { ...which, sha256: bytes.sha256, journalistId: holder?.id ?? null, outlet: holder?.outlet ?? null, browser: browserOf(holder, request), at: now },
          new Date(now.getTime() - RESUMES_MS),
        );
        await store.countBytes(tx, id, sent, now);
      });
    };
    return ranged(request, reply, {
      ...bytes,
      sent: (sent) => {
        if (sent === 0) return;
        const counted = count(sent).catch((error: unknown) => log.warn({ err: error, ...which }, 'a download was not counted'));
        counting.add(counted);
        void counted.finally(() => counting.delete(counted));
      },
    });
  }

  function browserOf(holder: Holder | null, request: FastifyRequest): string {
    const said = knownDevice(request) ?? `${request.ip} ${request.headers['user-agent'] ?? ''}`;
    const known = holder ? `pers ${holder.id}` : another(request.ip, clock.now()) === 0 ? said : request.ip;
    return createHmac('sha256', secret).update(`unduhan ${known}`).digest('base64url').slice(0, 22);
  }

  async function kit(slug: string): Promise<PublicKitView> {
    const conf = await press.bySlug(sql, slug);
    if (!conf || conf.announcedAt === null) refuse('not_found');
    return published(sql, conf, clock.now());
  }

  /** Downloads that ended are counted. */
  const settled = async (): Promise<void> => void (await Promise.all(counting));

  return { published, kit, file, thumb, zip, settled };
}

/** A large file takes minutes to go out: it ends in the middle when its time was moved or it was withdrawn. */
async function* whileShown(bytes: AsyncIterable<Buffer>, still: () => Promise<boolean>): AsyncGenerator<Buffer> {
  let since = 0;
  for await (const piece of bytes) {
    if (since >= LOOKS_AGAIN) {
      if (!(await still())) throw new Error('withdrawn while it was read');
      since = 0;
    }
    yield piece;
    since += piece.length;
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

const linesOf = ({ title, caption, credit, licence }: store.ItemRow, name: string): string =>
  [
    name,
    title,
    ...[
      ['Keterangan', caption],
      ['Kredit', credit],
      ['Lisensi', licence],
    ].flatMap(([label, text]) => (text ? [`${label}: ${text}`] : [])),
  ].join('\r\n');
