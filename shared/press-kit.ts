// The press kit on the wire. What stands under embargo is not there: no byte, name, size or count, for nobody but the desk.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { ById, Id, Instant, line } from './people.ts';
import { BySlug } from './press.ts';

export const KitKind = z.enum(['siaran', 'data', 'foto', 'video', 'rekaman']);
export type KitKind = z.infer<typeof KitKind>;

/** The text of a release: what its editor saves, and what page and paper are made from. */
export const ReleaseRun = z.object({
  text: z.string().max(10_000),
  bold: z.boolean(),
  italic: z.boolean(),
  link: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
});
export const ReleaseBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), runs: z.array(ReleaseRun).max(200) }),
  z.object({ kind: z.literal('paragraph'), runs: z.array(ReleaseRun).max(500) }),
  z.object({ kind: z.literal('quote'), runs: z.array(ReleaseRun).max(500) }),
  z.object({ kind: z.literal('bullet'), runs: z.array(ReleaseRun).max(500) }),
  z.object({ kind: z.literal('ordered'), runs: z.array(ReleaseRun).max(500) }),
]);
export type ReleaseBlock = z.infer<typeof ReleaseBlock>;
export const Release = z.array(ReleaseBlock).max(400);

export const KitItem = z.object({
  id: Id,
  kind: KitKind,
  title: z.string(),
  caption: z.string().nullable(),
  credit: z.string().nullable(),
  licence: z.string().nullable(),
  /** Of a release: number of the letter, and whom to ask. */
  number: z.string().nullable(),
  contact: z.string().nullable(),
  release: Release.nullable(),
  publishedAt: Instant,
  /** Address, name as saved, bytes, media type; a release has its PDF here. */
  file: z.object({ url: z.string(), name: z.string(), size: z.number(), type: z.string() }).nullable(),
  thumb: z.string().nullable(),
});
export type KitItem = z.infer<typeof KitItem>;
export const PublicKit = z.object({
  /** The announced time of publication while it has not come; says nothing about what there is, or whether. */
  announcedFor: Instant.nullable(),
  items: z.array(KitItem),
  zip: z.object({ url: z.string(), size: z.number() }).nullable(),
  serverTime: Instant,
});
export type PublicKit = z.infer<typeof PublicKit>;
export const getKit = endpoint('GET', '/api/press/:slug/kit', { who: 'visitor', summary: 'What is published now.', params: BySlug, reply: PublicKit });
export const getKitFile = endpoint('GET', '/api/press/kit/:item/:name', {
  who: 'visitor',
  summary: 'A file of the kit: Range, ETag, HEAD; counted for the outlet of the pass. Before its time it is not found.',
  params: z.object({ item: Id, name: z.string().max(200) }),
  reply: file('*/*'),
});
export const getKitThumb = endpoint('GET', '/api/press/kit/:item/thumb.webp', {
  who: 'anyone',
  summary: 'A small picture of a photo that is published.',
  params: z.object({ item: Id }),
  reply: file('image/webp'),
});
export const getKitZip = endpoint('GET', '/api/press/:slug/kit.zip', {
  who: 'visitor',
  summary: 'All that is published now, as one file; resumes while it stays the same.',
  params: BySlug,
  reply: file('application/zip'),
});

/** As the desk sees it. */
export const DeskItem = KitItem.omit({ publishedAt: true }).extend({
  /** Its own time instead of the kit's. */
  embargoAt: Instant.nullable(),
  withdrawn: z.boolean(),
  /** Parts of its file that have arrived; null = none expected or whole. */
  arriving: z.object({ parts: z.number(), of: z.number() }).nullable(),
  visible: z.boolean(),
  version: z.number(),
});
export type DeskItem = z.infer<typeof DeskItem>;
export const DeskKit = z.object({
  /** T. null = nothing is published. */
  embargoAt: Instant.nullable(),
  /** Whether pages may name T. */
  announced: z.boolean(),
  items: z.array(DeskItem),
  downloads: z.array(z.object({ outlet: z.string().nullable(), files: z.number(), bytes: z.number(), lastAt: Instant })),
  partBytes: z.number(),
  mostBytes: z.number(),
  serverTime: Instant,
});
export type DeskKit = z.infer<typeof DeskKit>;
export const getDeskKit = endpoint('GET', '/api/conferences/:id/kit', {
  who: ['operator_dkis'],
  summary: 'The kit with all that waits.',
  params: ById,
  reply: DeskKit,
});
export const putKitEmbargo = endpoint('PUT', '/api/conferences/:id/kit', {
  who: ['operator_dkis'],
  summary: 'Set, move or withdraw T. On record.',
  params: ById,
  body: z.object({ embargoAt: Instant.nullable(), announced: z.boolean() }),
  reply: DeskKit,
});
const ItemInput = z.object({
  title: line(160),
  caption: line(500).nullable().default(null),
  credit: line(120).nullable().default(null),
  licence: line(120).nullable().default(null),
  number: line(80).nullable().default(null),
  contact: line(200).nullable().default(null),
  embargoAt: Instant.nullable().default(null),
});
export const postKitItem = endpoint('POST', '/api/conferences/:id/kit/items', {
  who: ['operator_dkis'],
  once: true,
  summary: 'Add to the kit. A photo needs caption, credit and licence.',
  params: ById,
  body: ItemInput.extend({ kind: KitKind, release: Release.nullable().default(null) }),
  reply: DeskKit,
  refusals: ['kit.photo_words', 'kit.too_many'],
});
export const putKitItem = endpoint('PUT', '/api/conferences/:id/kit/items/:item', {
  who: ['operator_dkis'],
  summary: 'Change words, text or its own time; withdraw it or bring it back.',
  params: z.object({ id: Id, item: Id }),
  body: ItemInput.extend({ release: Release.nullable().default(null), withdrawn: z.boolean().default(false), version: z.number().int() }),
  reply: DeskKit,
  refusals: ['kit.photo_words', 'kit.changed'],
});
export const postKitFile = endpoint('POST', '/api/conferences/:id/kit/items/:item/file', {
  who: ['operator_dkis'],
  summary: 'Announce the file of an item: it is sent in parts, in any order, and goes on where it stopped.',
  params: z.object({ id: Id, item: Id }),
  body: z.object({
    name: line(160),
    type: z.string().max(100),
    size: z.number().int().min(1),
    /** When it last changed on the sender's disk: another file of the same name begins anew. */
    modified: Instant.nullable().default(null),
  }),
  reply: z.object({ upload: Id, parts: z.number(), partBytes: z.number(), missing: z.array(z.number()) }),
  refusals: ['kit.file_type', 'kit.file_large'],
});
export const putKitPart = endpoint('PUT', '/api/conferences/:id/kit/uploads/:upload/parts/:part', {
  who: ['operator_dkis'],
  summary: 'One part, from 0; all but the last have `partBytes`. Sending one again is harmless.',
  params: z.object({ id: Id, upload: Id, part: z.coerce.number().int().min(0).max(100_000) }),
  bodyType: 'application/octet-stream',
  body: z.instanceof(Uint8Array),
  refusals: ['kit.part_size'],
});
export const postKitComplete = endpoint('POST', '/api/conferences/:id/kit/uploads/:upload', {
  who: ['operator_dkis'],
  summary: 'All parts are there: looked at, cleaned (a photo loses its position), and the file of the item from now on.',
  params: z.object({ id: Id, upload: Id }),
  reply: DeskKit,
  refusals: ['file.infected', 'file.not_scanned', 'kit.parts_missing', 'kit.not_what_it_says', 'kit.photo_large', 'kit.photo_unavailable'],
});
export const getDeskFile = endpoint('GET', '/api/conferences/:id/kit/items/:item/file', {
  who: ['operator_dkis'],
  summary: 'The file before its time, for the desk to look at.',
  params: z.object({ id: Id, item: Id }),
  query: z.object({ thumb: z.enum(['1']).optional() }),
  reply: file('*/*'),
});
