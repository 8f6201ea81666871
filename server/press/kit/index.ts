// The press kit with embargo: what the desk prepares, and what everybody may read of it at a moment (public.ts).
import type { FastifyBaseLogger } from 'fastify';
import type { z } from 'zod';
import type { DeskItem, DeskKit, KitKind } from '../../../shared/press-kit.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { PART_BYTES, partsOf, type Files } from '../../platform/files.ts';
import { savedName } from '../../platform/file-name.ts';
import { tell } from '../../platform/live.ts';
import { ranged } from '../../platform/ranged.ts';
import { governmentOf } from '../../platform/region.ts';
import { refuse } from '../../platform/refusal.ts';
import type { ServedFile, SignedIn } from '../../platform/serve.ts';
import type { Letters } from '../../letters/index.ts';
import type { People } from '../../people/index.ts';
import type { Conf, Press } from '../index.ts';
import { rewordPhoto } from '../../platform/photo.ts';
import type { Scanner } from '../../platform/scanner.ts';
import { createPublic, isShown, timesOf, type Asked, type World as PublicWorld } from './public.ts';
import { embargoText, paperOf, written } from './release-paper.ts';
import { kitRoutes } from './routes.ts';
import { MOST_BYTES, MOST_ITEMS, publishedFrom } from './rule.ts';
import * as store from './store.ts';
import { checkWords, createUploads, wordsOf } from './uploads.ts';

type World = PublicWorld & {
  scanner: Pick<Scanner, 'judge'>;
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  people: Pick<People, 'opds' | 'regionName'>;
  press: Pick<Press, 'conference' | 'bySlug' | 'onState' | 'looksThrough'>;
  files: Files;
  letters: Pick<Letters, 'pdf' | 'available' | 'origin'>;
};
type Written = Omit<store.Words, 'embargoAt'> & { embargoAt: string | null };
export type Kit = ReturnType<typeof createKit>;

export function createKit(world: World) {
  const { sql, clock, log, people, press, files, letters } = world;
  const open = createPublic(world);

  /** One act of the desk. Pages are told only when what everybody may read has changed by it: what waits is nobody's news. */
  async function change(conferenceId: string, work: (tx: Tx, now: Date) => Promise<void>): Promise<DeskKit> {
    return sql.begin(async (tx) => {
      const conf = (await press.conference(tx, conferenceId)) ?? refuse('not_found');
      await store.lockKit(tx, conferenceId);
      const now = clock.now();
      const before = JSON.stringify(await open.published(tx, conf, now));
      await work(tx, now);
      await refreshPapers(tx, conf, now);
      await tell(tx, [`pressdesk:${conferenceId}`], { type: 'pressdesk.changed', conferenceId });
      if (JSON.stringify(await open.published(tx, conf, now)) !== before) await tell(tx, [`press:${conferenceId}`], { type: 'kit.changed', conferenceId });
      return deskKit(tx, conf, now);
    });
  }

  const uploads = createUploads({ sql, clock, files, scanner: world.scanner, change });

  async function read(conferenceId: string): Promise<DeskKit> {
    const conf = (await press.conference(sql, conferenceId)) ?? refuse('not_found');
    return deskKit(sql, conf, clock.now());
  }

  async function deskKit(tx: Tx, conf: Conf, now: Date): Promise<DeskKit> {
    const { embargoAt, announced } = await store.kitOf(tx, conf.id);
    const rows = await store.all(tx, conf.id);
    const arriving = new Map((await store.openUploads(tx, conf.id)).map((upload) => [upload.itemId, upload.fileId]));
    const parts = await files.arrived(tx, [...arriving.values()]);
    const found = await files.find(tx, [...rows.flatMap((row) => [row.fileId ?? [], row.thumbId ?? []].flat()), ...arriving.values()]);
    const view = (row: store.ItemRow): z.input<typeof DeskItem> => {
      const { id, kind, title, caption, credit, licence, number, contact, release, withdrawn, version } = row;
      const address = `/api/conferences/${conf.id}/kit/items/${id}/file`;
      const file = found.get(row.fileId ?? '');
      const waiting = found.get(arriving.get(id) ?? '');
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
        withdrawn,
        version,
        embargoAt: row.embargoAt?.toISOString() ?? null,
        file: file ? { url: address, name: file.name, size: file.size, type: file.type } : null,
        thumb: row.thumbId === null ? null : `${address}?thumb=1`,
        arriving: waiting ? { parts: parts.get(waiting.id) ?? 0, of: partsOf(waiting.size) } : null,
        visible: isShown(row, now),
      };
    };
    const downloads = await store.downloads(tx, conf.id);
    return {
      embargoAt: embargoAt?.toISOString() ?? null,
      announced,
      items: rows.map(view),
      downloads: downloads.map((d) => ({ ...d, lastAt: d.lastAt.toISOString() })),
      partBytes: PART_BYTES,
      mostBytes: MOST_BYTES,
      serverTime: now.toISOString(),
    };
  }

  const act = (tx: Tx, person: SignedIn, conferenceId: string, now: Date, what: Pick<store.Act, 'act'> & Partial<store.Act>) =>
    store.insertAct(tx, { conferenceId, at: now, byId: person.id, byName: person.name, ...what });

  async function setEmbargo(person: SignedIn, conferenceId: string, to: { embargoAt: string | null; announced: boolean }): Promise<DeskKit> {
    return change(conferenceId, async (tx, now) => {
      const embargoAt = to.embargoAt === null ? null : new Date(to.embargoAt);
      const { embargoAt: before, announced } = await store.kitOf(tx, conferenceId);
      if (before?.getTime() === embargoAt?.getTime() && announced === to.announced) return;
      await store.saveKit(tx, conferenceId, { embargoAt, announced: to.announced });
      await act(tx, person, conferenceId, now, { act: 'embargo', embargoAt, announced: to.announced });
    });
  }

  const wordsIn = (kind: KitKind, { embargoAt, release, ...words }: Written): store.Words => ({
    ...words,
    release: kind === 'siaran' ? written(release) : null,
    embargoAt: embargoAt === null ? null : new Date(embargoAt),
  });

  async function addItem(person: SignedIn, conferenceId: string, { kind, ...given }: Written & { kind: KitKind }): Promise<DeskKit> {
    checkWords(kind, given);
    return change(conferenceId, async (tx, now) => {
      if ((await store.all(tx, conferenceId)).length >= MOST_ITEMS) refuse('kit.too_many', { limit: MOST_ITEMS });
      const words = wordsIn(kind, given);
      const itemId = await store.insertItem(tx, conferenceId, kind, words, now);
      await act(tx, person, conferenceId, now, { act: 'ditambah', itemId, title: words.title, embargoAt: words.embargoAt });
    });
  }

  async function changeItem(
    person: SignedIn,
    conferenceId: string,
    itemId: string,
    { version, withdrawn, ...given }: Written & { version: number; withdrawn: boolean },
  ): Promise<DeskKit> {
    return change(conferenceId, async (tx, now) => {
      const item = (await store.itemOf(tx, conferenceId, itemId)) ?? refuse('not_found');
      checkWords(item.kind, given);
      const words = wordsIn(item.kind, given);
      if (!(await store.saveWords(tx, itemId, version, { ...words, withdrawn }, now))) refuse('kit.changed');
      if (item.kind === 'foto' && item.fileId !== null && JSON.stringify(wordsOf(item)) !== JSON.stringify(wordsOf(words))) await reword(tx, item, words, now);
      const what = withdrawn === item.withdrawn ? 'diubah' : withdrawn ? 'ditarik' : 'dikembalikan';
      await act(tx, person, conferenceId, now, { act: what, itemId, title: words.title, embargoAt: words.embargoAt });
    });
  }

  /** What stands inside the photo is what stands beside it: a corrected name is corrected there too. */
  async function reword(tx: Tx, item: store.ItemRow, words: store.Words, now: Date): Promise<void> {
    const fileId = item.fileId ?? '';
    const file = (await files.find(tx, [fileId])).get(fileId) ?? refuse('not_found');
    const bytes = await rewordPhoto(await files.bytesOf(tx, fileId, 0, file.size), file.type, wordsOf(words));
    const { id } = await files.write(tx, file, bytes);
    await store.saveFile(tx, item.id, id, item.thumbId, now);
    await files.destroy(tx, [fileId]);
  }

  async function about(tx: Tx, conf: Conf, at: Date | null) {
    const opd = (await people.opds(tx)).find((o) => o.id === conf.opdId);
    return {
      region: governmentOf(await people.regionName(tx)),
      opd: opd?.name ?? '',
      zone: conf.zone,
      at: at ?? conf.startsAt,
      url: `${letters.origin}/pers/${conf.slug}`,
    };
  }

  const releaseIn = (row: store.ItemRow) => ({ title: row.title, number: row.number, contact: row.contact, release: row.release ?? [] });

  /** The same words are the same file: only what has changed is written anew. No engine here: the text is published without a paper. */
  async function refreshPapers(tx: Tx, conf: Conf, now: Date): Promise<void> {
    for (const row of (await store.all(tx, conf.id)).filter(({ kind }) => kind === 'siaran')) {
      const at = publishedFrom(timesOf(row).item, timesOf(row).kit);
      const known = (await files.find(tx, [row.fileId ?? []].flat())).get(row.fileId ?? '');
      const bytes = row.release === null ? null : await paper(row, await about(tx, conf, at), null);
      const fresh = bytes && (await files.write(tx, { name: savedName(`siaran-pers-${row.title}`, 'pdf'), type: 'application/pdf' }, bytes));
      if (fresh?.sha256 === known?.sha256 && fresh?.name === known?.name) {
        if (fresh) await files.destroy(tx, [fresh.id]);
        continue;
      }
      await store.saveFile(tx, row.id, fresh?.id ?? null, null, now);
      if (known) await files.destroy(tx, [known.id]);
    }
  }

  async function paper(row: store.ItemRow, about_: Awaited<ReturnType<typeof about>>, embargo: string | null): Promise<Buffer | null> {
    if (!letters.available) return null;
    try {
      return await letters.pdf('siaran-pers', paperOf(releaseIn(row), about_, embargo), about_.at);
    } catch (error) {
      log.error({ err: error, itemId: row.id }, 'a release has no paper');
      return null;
    }
  }

  /** The desk looks at what waits; of a release its own copy, which says until when it is not to be used. */
  async function deskFile({ request, reply }: Pick<Asked, 'request' | 'reply'>, conferenceId: string, itemId: string, small: boolean): Promise<ServedFile> {
    const row = (await store.itemOf(sql, conferenceId, itemId)) ?? refuse('not_found');
    const now = clock.now();
    if (row.kind === 'siaran' && !isShown(row, now) && row.release !== null) {
      const conf = (await press.conference(sql, conferenceId)) ?? refuse('not_found');
      const at = publishedFrom(timesOf(row).item, timesOf(row).kit);
      const bytes = (await paper(row, await about(sql, conf, at), embargoText(at, conf.zone))) ?? refuse('pdf.unavailable');
      return { content: bytes, type: 'application/pdf', name: savedName(`embargo-${row.title}`, 'pdf') };
    }
    const id = (small ? row.thumbId : row.fileId) ?? refuse('not_found');
    const file = (await files.find(sql, [id])).get(id);
    if (!file || file.sha256 === null) refuse('not_found');
    return ranged(request, reply, { ...file, sha256: file.sha256, name: small ? null : file.name, read: (from, to) => files.read(id, from, to) });
  }

  // The address on the paper is for good once it is announced; and what is called off is nobody's to read.
  press.onState(async (tx, conf, from) => {
    if (from !== 'draft' && conf.state !== 'dibatalkan') return;
    await store.lockKit(tx, conf.id);
    await refreshPapers(tx, conf, clock.now());
    await tell(tx, [`press:${conf.id}`], { type: 'kit.changed', conferenceId: conf.id });
  });
  press.looksThrough({
    kit: async (tx, conf) =>
      (await store.kitOf(tx, conf.id)).embargoAt !== null && (await store.all(tx, conf.id)).some((i) => i.readyAt !== null && !i.withdrawn),
  });

  const verbs = { published: open.published, downloads: store.downloads, sweepUploads: uploads.sweep, settled: open.settled };
  return { ...verbs, routes: kitRoutes({ ...open, ...uploads, read, setEmbargo, addItem, changeItem, deskFile }) };
}
