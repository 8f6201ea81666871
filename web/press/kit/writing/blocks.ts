// Between what the editor holds and the blocks the portal keeps. Pure.
import type { ReleaseBlock } from '../../../../shared/press-kit.ts';

type Mark = { type: string; attrs?: Record<string, unknown> };
export type Node = { type: string; text?: string; marks?: Mark[]; content?: Node[]; attrs?: Record<string, unknown> };
type Run = ReleaseBlock['runs'][number];

const MOST_LETTERS = 10_000;
const webAddress = (value: unknown): string | null => (typeof value === 'string' && /^https?:\/\/\S+$/i.test(value) && value.length <= 500 ? value : null);

function runsOf(node: Node): Run[] {
  return (node.content ?? []).flatMap((inner): Run[] => {
    if (inner.type === 'hardBreak') return [{ text: '\n', bold: false, italic: false, link: null }];
    if (inner.text === undefined) return runsOf(inner);
    const has = (type: string) => inner.marks?.find((mark) => mark.type === type);
    return [
      {
        text: inner.text.slice(0, MOST_LETTERS),
        bold: has('bold') !== undefined,
        italic: has('italic') !== undefined,
        link: webAddress(has('link')?.attrs?.['href']),
      },
    ];
  });
}

/** Lists lie flat: an item of a list in a list is an item. */
export function blocksOf(doc: Node): ReleaseBlock[] {
  const inside = (node: Node, kind: 'paragraph' | 'quote' | 'bullet' | 'ordered'): ReleaseBlock[] => {
    if (node.type === 'heading') return [{ kind: 'heading', runs: runsOf(node) }];
    if (node.type === 'paragraph') return [{ kind, runs: runsOf(node) }];
    const next = node.type === 'blockquote' ? 'quote' : node.type === 'bulletList' ? 'bullet' : node.type === 'orderedList' ? 'ordered' : kind;
    return (node.content ?? []).flatMap((inner) => inside(inner, next));
  };
  const blocks = inside(doc, 'paragraph');
  // The empty line an editor ends with is none.
  while (blocks.at(-1)?.runs.every((run) => run.text.trim() === '')) blocks.pop();
  return blocks;
}

function nodesOf(runs: readonly Run[]): Node[] {
  return runs.flatMap(({ text, bold, italic, link }) => {
    const marks: Mark[] = [
      ...(bold ? [{ type: 'bold' }] : []),
      ...(italic ? [{ type: 'italic' }] : []),
      ...(link !== null ? [{ type: 'link', attrs: { href: link } }] : []),
    ];
    return text
      .split('\n')
      .flatMap((line, n): Node[] => [
        ...(n > 0 ? [{ type: 'hardBreak' }] : []),
        ...(line === '' ? [] : [{ type: 'text', text: line, ...(marks.length > 0 && { marks }) }]),
      ]);
  });
}

export function docOf(blocks: readonly ReleaseBlock[]): Node {
  const content: Node[] = [];
  for (const { kind, runs } of blocks) {
    const paragraph: Node = { type: 'paragraph', content: nodesOf(runs) };
    const last = content.at(-1);
    if (kind === 'heading') content.push({ type: 'heading', attrs: { level: 2 }, content: nodesOf(runs) });
    else if (kind === 'paragraph') content.push(paragraph);
    else if (kind === 'quote') {
      if (last?.type === 'blockquote') last.content?.push(paragraph);
      else content.push({ type: 'blockquote', content: [paragraph] });
    } else {
      const type = kind === 'bullet' ? 'bulletList' : 'orderedList';
      const item: Node = { type: 'listItem', content: [paragraph] };
      if (last?.type === type) last.content?.push(item);
      else content.push({ type, content: [item] });
    }
  }
  return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] };
}
