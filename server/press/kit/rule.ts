// Rules of the kit: what is visible when, which files belong to which kind, what a file may be called. Pure.
import type { KitKind } from '../../../shared/press-kit.ts';
import type { ConferenceState } from '../../../shared/press.ts';
import { savedName } from '../../platform/file-name.ts';
import { refuse } from '../../platform/refusal.ts';

export type Timed = { embargoAt: Date | null };
export type Item = Timed & { withdrawn: boolean; /** There is something to read: its file is whole, its text is there. */ whole: boolean };

const HIDDEN: ReadonlySet<ConferenceState> = new Set(['draft', 'dibatalkan']);

/** T of an item: its own, else the kit's. A kit without T publishes nothing, whatever an item says. */
export const publishedFrom = (item: Timed, kit: Timed): Date | null => (kit.embargoAt === null ? null : (item.embargoAt ?? kit.embargoAt));

/** The embargo. Whoever reads for the public asks this at the moment of the question, and keeps no answer (store.ts says the same in SQL). */
export function isVisible(item: Item, kit: Timed, conference: { state: ConferenceState }, now: Date): boolean {
  const from = publishedFrom(item, kit);
  return from !== null && from <= now && !item.withdrawn && item.whole && !HIDDEN.has(conference.state);
}

/** T, while it is to come and may be named: says nothing of what there is. */
export const announcedFor = (kit: Timed & { announced: boolean }, conference: { state: ConferenceState }, now: Date): Date | null =>
  kit.announced && kit.embargoAt !== null && kit.embargoAt > now && !HIDDEN.has(conference.state) ? kit.embargoAt : null;

const MIB = 1024 * 1024;
export const MOST_ITEMS = 100;
export const MOST_BYTES = 2048 * MIB;
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Media types and what their files are called, of each kind; the text of a release is written, its file is made here. */
const TYPES: Record<KitKind, { most: number; types: Record<string, string> }> = {
  siaran: { most: 0, types: {} },
  data: {
    most: 256 * MIB,
    types: { [SHEET]: 'xlsx', 'text/csv': 'csv', 'application/pdf': 'pdf', 'application/zip': 'zip', 'application/json': 'json' },
  },
  foto: { most: 40 * MIB, types: { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } },
  video: { most: MOST_BYTES, types: { 'video/mp4': 'mp4', 'video/webm': 'webm' } },
  rekaman: { most: MOST_BYTES, types: { 'video/mp4': 'mp4', 'video/webm': 'webm', 'audio/mp4': 'm4a' } },
};
const ALIASES: Record<string, string> = {
  'application/x-zip-compressed': 'application/zip',
  'application/vnd.ms-excel': 'text/csv',
  'audio/x-m4a': 'audio/mp4',
};

/** What somebody may send as the file of an item of this kind. Browsers name some types as the system does: then the ending of the name decides. */
export function accepted(kind: KitKind, { name, type, size }: { name: string; type: string; size: number }): { name: string; type: string } {
  const { most, types } = TYPES[kind];
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase().replace('jpeg', 'jpg') ?? '';
  const named = Object.keys(types).find((t) => types[t] === ending);
  const said = ALIASES[type] ?? type;
  if (named === undefined || (said !== '' && said !== 'application/octet-stream' && said !== named))
    refuse('kit.file_type', { kind, allowed: Object.values(types).join(', ') || '–' });
  if (size > most) refuse('kit.file_large', { limit: `${most / MIB} MiB` });
  return { name: savedName(name, types[named] ?? ''), type: named };
}
