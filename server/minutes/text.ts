// The shared text and the paragraphs that are read from it. The only file here, beside writing.ts, that knows Yjs.
import * as Y from 'yjs';
import type { MinutesPart, Paragraph } from '../../shared/minutes.ts';

/** Bytes of the shared text with all its history; a thick book of minutes has about a fifth of it. */
export const MOST_BYTES = 2 * 1024 * 1024;

export const OPENING = 'pembukaan';
export const CLOSING = 'penutup';
export const OTHER = 'lain';
export const keyOf = (agendaId: string): string => `butir:${agendaId}`;

/** What is kept, with what somebody else has saved meanwhile; null when it adds nothing. */
export function merged(kept: Uint8Array | null, now: Uint8Array): Uint8Array | null {
  if (kept === null) return now;
  const doc = new Y.Doc();
  Y.applyUpdate(doc, kept);
  const before = Y.snapshot(doc);
  Y.applyUpdate(doc, now);
  const same = Y.equalSnapshots(before, Y.snapshot(doc));
  const bytes = same ? null : Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return bytes;
}

/** Parts in order: opening, each item of the agenda, whatever belongs to none, closing. Every part has a paragraph, be it empty. */
export function partsOf(kept: Uint8Array | null, agenda: readonly { id: string; text: string }[]): MinutesPart[] {
  const doc = new Y.Doc();
  if (kept) Y.applyUpdate(doc, kept);
  const read = (key: string): Paragraph[] => {
    const found = paragraphsOf(doc.getXmlFragment(key));
    return (found.length > 0 ? found : [{ list: null, depth: 0, n: null, runs: [] }]).map((p, n) => ({ id: `${key}#${n + 1}`, ...p }));
  };
  const items = agenda.map(({ id, text }): MinutesPart => ({ key: keyOf(id), kind: 'butir', title: text, paragraphs: read(keyOf(id)) }));
  const known = new Set(items.map(({ key }) => key));
  const left = [...doc.share.keys()].filter((key) => key.startsWith('butir:') && !known.has(key)).map(read);
  const other = [...read(OTHER), ...left.flat()].filter(hasText);
  const parts: MinutesPart[] = [
    { key: OPENING, kind: 'pembukaan', title: null, paragraphs: read(OPENING) },
    ...items,
    ...(other.length > 0 || items.length === 0 ? [{ key: OTHER, kind: 'lain' as const, title: null, paragraphs: other.length > 0 ? other : read(OTHER) }] : []),
    { key: CLOSING, kind: 'penutup', title: null, paragraphs: read(CLOSING) },
  ];
  doc.destroy();
  return parts;
}

const hasText = ({ runs }: Pick<Paragraph, 'runs'>): boolean => runs.some((run) => run.text.trim() !== '');

type Found = Omit<Paragraph, 'id'>;
type TextRun = Paragraph['runs'][number];
type List = { kind: 'bullet' | 'ordered'; depth: number };
/** A browser may send any tree: what is not known is read for its text alone. */
function paragraphsOf(fragment: Y.XmlFragment | Y.XmlElement, list: List | null = null): Found[] {
  let n = 0;
  return fragment.toArray().flatMap((node): Found[] => {
    if (node instanceof Y.XmlText) return [{ list: list?.kind ?? null, depth: list?.depth ?? 0, n: null, runs: runsOf(node) }];
    if (!(node instanceof Y.XmlElement)) return [];
    if (node.nodeName === 'paragraph') return [{ list: null, depth: list?.depth ?? 0, n: null, runs: node.toArray().flatMap(runsIn) }];
    if (node.nodeName === 'bulletList') return paragraphsOf(node, { kind: 'bullet', depth: list ? list.depth + 1 : 0 });
    if (node.nodeName === 'orderedList') return paragraphsOf(node, { kind: 'ordered', depth: list ? list.depth + 1 : 0 });
    if (node.nodeName !== 'listItem' || !list) return paragraphsOf(node, list);
    n += 1;
    // The first paragraph of an item carries its mark; the others stand under it.
    const number = n;
    const inside = paragraphsOf(node, list);
    return inside.map((p, i) => (i === 0 ? { ...p, list: list.kind, n: list.kind === 'ordered' ? number : null } : p));
  });
}

const runsIn = (node: unknown): TextRun[] => {
  if (node instanceof Y.XmlText) return runsOf(node);
  return node instanceof Y.XmlElement && node.nodeName === 'hardBreak' ? [{ text: ' ', bold: false, italic: false }] : [];
};
type Delta = { insert?: unknown; attributes?: Record<string, unknown> };
const runsOf = (text: Y.XmlText): TextRun[] =>
  (text.toDelta() as Delta[]).flatMap(({ insert, attributes = {} }) =>
    // NUL and half characters are no text, and Postgres keeps neither.
    typeof insert === 'string' ? [{ text: insert.replace(/[\p{Cs}\0]/gu, ''), bold: 'bold' in attributes, italic: 'italic' in attributes }] : [],
  );
