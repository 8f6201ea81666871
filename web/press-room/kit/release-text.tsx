// The text of a release: what its editor saved, and nothing else, so that no markup of anybody's comes in.
import { createElement, type ReactNode } from 'react';
import type { Release } from '../../../shared/press-kit.ts';
import type { z } from 'zod';

type Block = z.output<typeof Release>[number];
type Piece = { list: 'ul' | 'ol' | null; blocks: Block[] };
const TAGS = { heading: 'h3', paragraph: 'p', quote: 'blockquote', bullet: 'li', ordered: 'li' } as const;
const listOf = ({ kind }: Block): Piece['list'] => (kind === 'bullet' ? 'ul' : kind === 'ordered' ? 'ol' : null);

export function ReleaseText({ release }: { release: readonly Block[] }) {
  return (
    <div className="release">
      {piecesOf(release).map(({ list, blocks }, n) => {
        const drawn = blocks.map((block, m) => createElement(TAGS[block.kind], { key: m }, runsOf(block)));
        return list === null ? drawn : createElement(list, { key: n }, drawn);
      })}
    </div>
  );
}

/** Neighbouring points are one list. */
function piecesOf(release: readonly Block[]): Piece[] {
  const pieces: Piece[] = [];
  for (const block of release) {
    const list = listOf(block);
    const last = pieces.at(-1);
    if (list !== null && last?.list === list) last.blocks.push(block);
    else pieces.push({ list, blocks: [block] });
  }
  return pieces;
}

const runsOf = ({ runs }: Block): ReactNode[] =>
  runs.map(({ text, bold, italic, link }, n) => {
    const plain = italic ? <em>{text}</em> : text;
    const weighed = bold ? <strong>{plain}</strong> : plain;
    return link === null ? (
      <span key={n}>{weighed}</span>
    ) : (
      <a key={n} href={link} target="_blank" rel="noreferrer">
        {weighed}
      </a>
    );
  });
