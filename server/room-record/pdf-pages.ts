// How many pages a PDF says it has, without drawing it: the largest /Count of its page trees (ISO 32000-1, 7.7.3), in plain sight or in
// compressed object streams (7.5.7). Null where it cannot be known: encrypted, or made to cost more work than a count is worth. Pure.
import { inflateSync } from 'node:zlib';

const TREE = /\/Type\s*\/Pages\b/g;
const PACKED = /\/Type\s*\/ObjStm\b/g;
const COUNT = /\/Count\s+(\d{1,9})(?!\d|\s+\d+\s+R)/;
const MOST_TREES = 1_000;
/** How far the dictionary of a tree reaches to either side. */
const REACH = 64 * 1024;
/** Of all streams together, opened. */
const MOST_OPENED = 64 * 1024 * 1024;

export function pagesOf(pdf: Buffer): number | null {
  const plain = pdf.toString('latin1');
  const texts = [plain, ...packed(plain, pdf)];
  const places = texts.flatMap((text) => [...text.matchAll(TREE)].map(({ index }) => ({ text, index })));
  if (places.length > MOST_TREES) return null;
  const counts = places.map(({ text, index }) =>
    Number(COUNT.exec(dictionaryAround(text.slice(Math.max(0, index - REACH), index + REACH), Math.min(index, REACH)))?.[1] ?? 0),
  );
  return Math.max(0, ...counts) || null;
}

/** The dictionary that holds this place, less those inside it: resources have counts of their own. */
function dictionaryAround(text: string, at: number): string {
  let depth = 0;
  let from = at;
  for (; from > 0; from -= 1) {
    const pair = text.slice(from - 2, from);
    if (pair === '<<' && depth === 0) break;
    if (pair === '<<') depth -= 1;
    else if (pair === '>>') depth += 1;
    else continue;
    from -= 1;
  }
  depth = 0;
  let own = '';
  for (let to = from; to < text.length; to += 1) {
    const pair = text.slice(to, to + 2);
    if (pair === '>>' && depth === 0) break;
    if (pair === '<<') depth += 1;
    else if (pair === '>>') depth -= 1;
    else {
      if (depth === 0) own += text[to];
      continue;
    }
    to += 1;
  }
  return own;
}

/** The texts of object streams; one that cannot be opened is left out. */
function packed(plain: string, pdf: Buffer): string[] {
  const texts: string[] = [];
  let left = MOST_OPENED;
  for (const { index } of plain.matchAll(PACKED)) {
    const begins = plain.indexOf('stream', index);
    const from = begins + (plain.startsWith('\r\n', begins + 6) ? 8 : 7);
    const to = plain.indexOf('endstream', from);
    if (begins < 0 || to < 0 || left <= 0) break;
    try {
      const text = inflateSync(pdf.subarray(from, to), { maxOutputLength: left }).toString('latin1');
      left -= text.length;
      texts.push(text);
    } catch {
      // Another filter, a key, or more than is left.
      left -= to - from;
    }
  }
  return texts;
}
